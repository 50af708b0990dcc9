"""The speed lab: a network whose size is seen, its multiplications counted, and how long they take here and now."""

from annkit import inputs
from annkit.labs.base.lab import Lab
from annkit.labs.base.traits import State, Whole
from annkit.labs.speed import saying
from annkit.labs.speed.clocks import clocks
from annkit.labs.speed.measured import DIGITS, measure, measure_on_gpu
from annkit.labs.speed.staircase import DIGIT, Staircase, dashes, scale, sheets, square
from annkit.stage import ARROWS, bare, new_figure
from annkit.translation import N_, _

WIDTH, HEIGHT = 492, 548
PIXELS, CLASSES = 64, 10
DEEPEST, WIDEST = 12, 512
KEPT = 100
"""So many measurements are remembered."""


class Matrix(Whole):
    """The number of one of the network's matrices, from 1."""

    def ends(self, lab):
        """The first and the last one, for a slider."""
        return 1, lab.depth + 1

    def fitted(self, value, lab):
        return min(value, lab.depth + 1)


class Size(State):
    """How many hidden layers there are and how many units each has: a tuple."""

    def accepted(self, value, lab):
        if not isinstance(value, (tuple, list)) or len(value) != 2:
            message = _("{name} should be (depth, width), such as (2, 128), not {value}.")
            raise ValueError(message.format(name=self.name, value=inputs.shown(value)))
        depth, width = value
        return inputs.whole("depth", depth, 1, DEEPEST), inputs.whole("width", width, 1, WIDEST)


class SpeedLab(Lab):
    """A network for digits of 64 pixels: how many multiplications it takes, counted, and how long, measured.

    Parameters
    ----------
    depth : int
        How many hidden layers it has, from 1 to 12.
    width : int
        How many units each of them has, from 1 to 512.
    batch : int
        How many digits go through together, from 1 to 1,797.
    layer : int
        The matrix that is looked at, from 1.
    pinned : (int, int)
        The depth and the width of the network that it is compared with, dashed in the picture.

    Attributes
    ----------
    measurements : list of annkit.labs.speed.measured.Measured
        What was measured on this machine, the newest last. It is no part of the state.

    Raises
    ------
    traitlets.TraitError
        If a value is no whole number in its range.

    Examples
    --------
    >>> lab = SpeedLab(depth=1, width=64)
    >>> lab.describe().splitlines()[0]
    '4,810 multiplications'
    """

    depth = Whole(2, 1, DEEPEST)
    width = Whole(128, 1, WIDEST)
    batch = Whole(64, 1, DIGITS)
    layer = Matrix(1, glance=True)
    pinned = Size((2, 128), glance=True)

    label = N_("Picture of the network's matrices, and of how long they take; the matrix looked at is a button")

    def __init__(self, *values, **named):
        self.measurements, self.without_gpu = [], ""
        super().__init__(*values, **named)

    # What is computed.

    @property
    def sizes(self):
        """Inputs, units of each hidden layer, outputs: a list."""
        return self.sizes_of(self.depth, self.width)

    @staticmethod
    def sizes_of(depth, width):
        """Those of a network of another depth and width."""
        return [PIXELS, *[width] * depth, CLASSES]

    @property
    def measured(self):
        """What was measured last of this very network and batch; None where nothing was."""
        now = self.depth, self.width, self.batch
        return next((each for each in reversed(self.measurements) if each[:3] == now), None)

    def measure(self):
        """Measure what this machine can, then loops and products, and let the bars fill."""
        with self.lock:
            fastest = max((each.limit for each in self.measurements), default=0)
            self.measurements = [*self.measurements, measure(self, fastest)][-KEPT:]
            self.redraw()

    def measure_gpu(self, device=None):
        """The same on a GPU, if PyTorch finds one; else say that there is none. `device` is a stand-in for it."""
        with self.lock:
            try:
                on_gpu, self.without_gpu = measure_on_gpu(self, device), ""
            except ValueError as none:
                self.without_gpu = str(none)[:1].upper() + str(none)[1:]
            else:
                if self.measured is None:
                    self.measure()
                measured = self.measured
                others = [each for each in self.measurements if each is not measured]
                self.measurements = [*others, measured.again(on_gpu)]
            self.redraw()

    # The picture.

    def figure(self, setting):
        figure, axes = new_figure(WIDTH, HEIGHT)
        bare(axes)
        return figure

    def draw(self):
        pinned, compared = self.sizes_of(*self.pinned), self.pinned != (self.depth, self.width)
        side = scale(self.sizes, *([pinned] if compared else []))
        self.staircase = Staircase(self.sizes, side)
        paper, sheet = sheets(self.batch)
        live = [paper, self.staircase.draw(self.layer - 1), square(side), *clocks(self)]
        if compared:
            depth, width = self.pinned
            live += [Staircase(pinned, side).outline()]
            live += [dashes(_("pinned: {depth} × {width}").format(depth=depth, width=width))]
        block = self.staircase.blocks[self.layer - 1]
        label = _("matrix {layer}: {count} multiplications").format(layer=self.layer, count=f"{block.count:,}")
        handle = self.staircase.handle(self.layer - 1, label)
        self.stage.show("".join(live), [handle], [(sheet, DIGIT, "ink")])

    # What hands do.

    def clicked(self, x, y):
        matrix = self.staircase.at(x, y)
        if matrix is not None:
            self.layer = matrix + 1

    def pressed(self, handle, key):
        right, up = ARROWS.get(key, (0, 0))
        self.layer = (self.layer - 1 + right - up) % (self.depth + 1) + 1

    def pin(self):
        """Compare with this network from now on."""
        self.pinned = self.depth, self.width

    # The controls and the words.

    def controls(self):
        return [
            self.slider("depth", _("depth"), 1, 8, 1),
            self.slider("width", _("width"), 8, 256, 8),
            self.slider("batch", _("batch"), 1, 1024, 1, doubling=True),
            [self.button(_("Pin this size"), self.pin, _("Compare with this network, drawn dashed"))],
            _("This machine"),
            [
                self.button(_("Measure"), self.measure, _("How long this network takes here")),
                self.button(_("Look for a GPU"), self.measure_gpu, _("The same on a GPU, if PyTorch finds one")),
            ],
        ]

    def words(self):
        return list(saying.words(self))
