"""The convolution lab itself: a picture, nine shared weights, the map that they make, and a puzzle that hides them."""

import functools

import ipywidgets
import numpy as np

from annkit import data
from annkit.labs.base.lab import Lab
from annkit.labs.base.pad import Ink, Pen
from annkit.labs.base.traits import Choice, Flag, Whole
from annkit.labs.convolution import picture, places, puzzle, sheet
from annkit.labs.convolution.hands import Hands
from annkit.labs.convolution.saying import Saying
from annkit.labs.convolution.state import Cell, Kernel, Moved
from annkit.stage import bare, new_figure
from annkit.translation import N_, _

IDENTITY = ((0.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 0.0))
NAMES = (
    (N_("upper left"), N_("upper middle"), N_("upper right")),
    (N_("middle left"), N_("middle"), N_("middle right")),
    (N_("lower left"), N_("lower middle"), N_("lower right")),
)
"""What the weights of the kernel are called, by their places."""


class ConvolutionLab(Hands, Saying, Lab):
    """A picture, a kernel of 3 × 3 weights that looks at one part of it after the other, and the map of what it finds.

    Parameters
    ----------
    picture : {"digit", "upright", "level", "dot", "own"}
        What lies on the sheet of 12 × 12 pixels: a handwritten digit, an upright or a level bar, a dot, or a drawing.
    row : int
        Which digit of `data.digits()`, from 1.
    moved : tuple of int
        How far the picture is moved to the right and down, −2 to 2 each.
    kernel : array_like, shape (3, 3)
        The weights, from −1000 to 1000.
    padding, stride : int
        How many rows of zeros are laid around the sheet, 0 or 1, and how far the kernel goes in one step, 1 to 3.
    pooling : {"none", "max", "mean"}
        What becomes of each block of 2 × 2 places of the map.
    cell : tuple of int
        The row and the column of the map whose sum is shown, from 1.
    ink, pen : str, tuple
        What is drawn, as `annkit.ink.to_text` writes it, and where the pen is that keys move.
    drawing : bool
        Whether hands on your own picture draw; otherwise they move it.
    puzzle : int
        The number of a kernel that is hidden and to be found, from 1; 0 for none.

    Raises
    ------
    traitlets.TraitError
        If a value is none of these.

    References
    ----------
    Y. LeCun and others, "Backpropagation applied to handwritten zip code recognition", Neural Computation 1 (1989).

    Examples
    --------
    >>> lab = ConvolutionLab("upright", kernel=[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], cell=(5, 4))
    >>> print(lab.describe().splitlines()[0])
    Row 5, column 4 of the map: 4
    >>> lab.map.shape
    (10, 10)
    """

    picture = Choice(sheet.PICTURES)
    row = Whole(2, 1, 1797)
    moved = Moved((0, 0))
    kernel = Kernel(IDENTITY)
    padding, stride = Whole(0, 0, 1), Whole(1, 1, 3)
    pooling = Choice(["none", "max", "mean"])
    cell = Cell(lambda lab: (5, 5) if lab.stride == 1 else (2, 2), glance=True)
    ink, pen = Ink(""), Pen(None, glance=True)
    drawing = Flag(False, glance=True)
    puzzle = Whole(0, 0, puzzle.MOST)

    label = N_("Picture, kernel and map; the frame and the picture can be moved")
    wide = True

    # What is computed.

    @property
    def laid(self):
        """What lies on the sheet, and where."""
        return sheet.Laid(self.picture, self.row, self.ink, *self.moved)

    @property
    def sheet(self):
        """The sheet, shape (12, 12), read-only."""
        return sheet.sheet(self.laid)

    @property
    def K(self):
        """The kernel, shape (3, 3)."""
        return np.array(self.kernel)

    @property
    def map(self):
        """What the kernel makes of the sheet, shape (rows, columns), read-only."""
        return sheet.mapped(self.laid, self.kernel, self.padding, self.stride)

    @property
    def result(self):
        """The map, pooled where it is to be."""
        return self.answered(self.laid, self.kernel)

    @property
    def wanted(self):
        """What the hidden kernel makes of the sheet; None without a puzzle."""
        return self.answered(self.laid, puzzle.hidden(self.puzzle)) if self.puzzle else None

    @property
    def found(self):
        """Whether this is the hidden kernel."""
        return bool(self.puzzle) and puzzle.near(self.kernel, puzzle.hidden(self.puzzle))

    def answered(self, laid, kernel):
        """What comes out in the end with this on the sheet and such a kernel."""
        return sheet.answer(laid, kernel, self.padding, self.stride, self.pooling)

    @property
    def is_drawing(self):
        """Whether hands on the picture draw."""
        return self.drawing and self.picture == "own"

    @property
    def digit(self):
        """The digit that the picture shows; None where it is no digit of the data."""
        return int(data.digits().labels[self.row - 1]) if self.picture == "digit" else None

    def advance(self):
        """One step of gradient descent towards the hidden kernel. Returns False where there is none, or it is found."""
        if not self.puzzle or self.found:
            return False
        kernel = puzzle.descended(self.sheet, self.kernel, self.wanted, self.padding, self.stride, self.pooling)
        if kernel is None:
            return False
        self.kernel = kernel
        return True

    def next_puzzle(self):
        """Hide another kernel, and begin with one that changes nothing."""
        self.set(puzzle=self.puzzle % puzzle.MOST + 1, kernel=IDENTITY)

    def end_puzzle(self):
        """Hide no kernel any more."""
        self.pause()
        self.puzzle = 0

    def turn(self):
        """Turn the kernel by a quarter, clockwise."""
        self.kernel = np.rot90(self.K, -1)

    def settle(self, changed):
        if "row" in changed and "picture" not in changed:
            self.picture = "digit"
        if "picture" in changed and "drawing" not in changed:
            self.drawing = self.picture == "own" and not self.ink

    # The picture.

    def figure(self, setting):
        figure, axes = new_figure(places.WIDTH, places.HEIGHT)
        bare(axes)
        return figure

    def draw(self):
        where = places.places(self)
        self.stage.show(
            picture.live(self, where),
            picture.handles(self, where),
            picture.heats(self, where),
            pads=[self.pad_to_draw_on()] if self.is_drawing else [],
            steady=picture.steady(self, where),
        )

    # The controls.

    def controls(self):
        kinds = {kind: _(words) for kind, words in sheet.PICTURES.items()}
        self._draw = self.button("", self._turn_drawing, _("Whether a hand on the picture draws or moves it"))
        self._clear = self.button(_("Clear"), self.clear, _("Take all ink off the picture"))
        self._play, self._once = self.player(_("Step"), speeds=False)
        self._ended = self.button(_("End it"), self.end_puzzle, _("Hide no kernel any more"))
        self.add_class("annkit-close")
        numbers = {name: {each: str(each) for each in range(low, high + 1)} for name, low, high in STEPS}
        pools = {"none": _("none"), "max": _("max"), "mean": _("mean")}
        self._number = self.slider("row", _("number"), step=1)
        return [
            self.chooser("picture", _("Picture"), kinds),
            self._number,
            [self._draw, self._clear],
            _("The kernel"),
            self._board(),
            [
                self.button(_("All 0"), self._all_0, _("Set all nine weights to 0")),
                self.button(_("Turn"), self.turn, _("Turn the kernel by a quarter, clockwise")),
                self.button("× −1", self._other_sign, _("Change the sign of every weight")),
            ],
            [
                self.chooser("padding", _("padding"), numbers["padding"]),
                self.chooser("stride", _("stride"), numbers["stride"]),
            ],
            self.chooser("pooling", _("pooling"), pools),
            [self.button(_("Hide a kernel"), self.next_puzzle, _("A puzzle: find the kernel by its map")), self._ended],
            [self._play, self._once],
        ]

    def _board(self):
        """The nine sliders, in three rows."""
        sliders = []
        for r, names in enumerate(NAMES):
            for c, name in enumerate(names):
                read, write = functools.partial(self._weight, r, c), functools.partial(self._set_weight, r, c)
                sliders.append(self.turner(f"k{r + 1}{c + 1}", _(name), read, write, -2, 2))
        board = ipywidgets.Box(sliders)
        board.add_class("annkit-board")
        return board

    def show_controls(self):
        own = self.picture == "own"
        self._draw.description = _("Move it") if self.is_drawing else _("Draw on it") if own else _("Draw your own")
        self._clear.disabled = not own
        for widget in (self._ended, self._play, self._once):
            widget.layout.display = "" if self.puzzle else "none"

    def _turn_drawing(self):
        if self.picture == "own":
            self.drawing = not self.drawing
        else:
            self.set(picture="own", drawing=True)

    def _weight(self, r, c):
        return self.kernel[r][c]

    def _set_weight(self, r, c, value):
        K = self.K
        K[r, c] = value
        self.kernel = K

    def _all_0(self):
        self.kernel = np.zeros((puzzle.SIZE, puzzle.SIZE))

    def _other_sign(self):
        self.kernel = 0 - self.K  # 0, not −0


STEPS = (("padding", 0, 1), ("stride", 1, 3))
"""What is chosen from, from the least to the greatest."""
