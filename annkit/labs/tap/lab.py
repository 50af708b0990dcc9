"""The tap lab: three coloured lights through three taps, a wanted colour, and what each tap does to the error."""

from annkit import inputs
from annkit.labs.base.lab import Lab, nearest
from annkit.labs.base.traits import Flag, Number, State, Whole
from annkit.labs.tap.descent import MOST_STEPS, TAPS, Descent
from annkit.labs.tap.picture import Reach, draw, figure
from annkit.labs.tap.saying import Saying
from annkit.stage import ARROWS
from annkit.translation import N_, _
from annkit.wording import number, rounded, subscript

LIGHTS = ((0.75, 0.0, 0.25), (0.25, 0.75, 0.0), (0.0, 0.25, 0.75))
"""Rose, lime and sky. Each sends out two channels, so that a tap turns two of them; all three open make white."""
NAMES = (N_("rose"), N_("lime"), N_("sky"))
CHANNELS = (N_("red"), N_("green"), N_("blue"))
COLOURS = (
    (0.25, 0.6875, 0.6875),
    (0.625, 0.1875, 0.1875),
    (0.5, 0.5, 0.5),
    (0.375, 0.1875, 0.6875),
    (0.8125, 0.125, 0.0625),
)
"""What can be wanted: turquoise, brick, grey, violet, and a red that would take a tap opened to less than nothing."""
FARTHEST = 100
STEP = 1 / 16
"""Sliders and dragged taps move in sixteenths: exact in binary, and so is the error of every mix that they make."""


class Amounts(State):
    """Amounts of light, from 0 to 1, in an array of this shape, kept as tuples; `form` says the shape in words."""

    def __init__(self, usual, shape, form):
        super().__init__(usual)
        self.shape, self.form = shape, form

    def accepted(self, value, lab):
        array = inputs.finite(self.name, value)
        if array.shape != self.shape:
            message = _("{name} should be {form}; it has shape {shape}.")
            raise ValueError(message.format(name=self.name, form=_(self.form), shape=array.shape))
        outside = array[(array < 0) | (array > 1)]
        if outside.size:
            message = _("{name} should be amounts of light from 0 to 1; it has {value}.")
            raise ValueError(message.format(name=self.name, value=number(outside[0])))
        return tuple(map(tuple, array.tolist())) if array.ndim == 2 else tuple(array.tolist())


class Origin(State):
    """Where the three taps stood when descent began, or an empty tuple."""

    def accepted(self, value, lab):
        taps = inputs.finite(self.name, value)
        if taps.shape not in ((3,), (0,)):
            message = _("{name} should be three numbers, or () where descent has not begun, not {value}.")
            raise ValueError(message.format(name=self.name, value=inputs.shown(value)))
        return tuple(inputs.number(self.name, tap, -FARTHEST, FARTHEST) for tap in taps.tolist())


class TapLab(Descent, Saying, Lab):
    """Three lights, each through a tap, are added up to match a colour.

    Parameters
    ----------
    w1, w2, w3 : float
        How far each tap is open: 0 is closed, 1 is open. A weight may also lie outside.
    wanted : sequence of float, shape (3,)
        The red, the green and the blue of the colour to match, as amounts of light from 0 to 1.
    lights : sequence of float, shape (3, 3)
        A row for each light with its red, green and blue; rose, lime and sky if left out.
    by_hand : bool
        Whether only the hand turns: no buttons for descent and no chart of its steps, and no other colour.
    steps : int
        How many steps descent has made since a hand turned something.
    origin : tuple of float
        The taps before the first of these steps; empty where there was none.
    tap : int
        The number of the tap whose curve is drawn.

    Raises
    ------
    traitlets.TraitError
        If a tap is not a number from −100 to 100, or a colour is not three numbers from 0 to 1.

    Examples
    --------
    >>> lab = TapLab(w1=0.5, w2=0.5, w3=0.5, wanted=(0.5, 0.5, 0.75))
    >>> print(lab.describe().splitlines()[6])
    Error E = 0² + 0² + 0.25² = 0.0625
    >>> lab.step()
    >>> print(lab.describe().splitlines()[-2])
    Step 1: w₃ = 0.5 − 0.1 × (−0.375) = 0.5375
    """

    w1, w2, w3 = (Number(usual, low=-FARTHEST, high=FARTHEST) for usual in (0.875, 0.375, 0.125))
    wanted = Amounts(COLOURS[0], (3,), N_("three numbers, the red, the green and the blue"))
    lights = Amounts(LIGHTS, (3, 3), N_("three rows of three numbers, for each light its red, green and blue"))
    by_hand = Flag(False)
    steps = Whole(0, low=0, high=MOST_STEPS)
    origin = Origin(())
    tap = Whole(1, low=1, high=3, glance=True)

    label = N_(
        "Picture of the taps, of the colours and of the error; each tap can be moved, and the point on its curve"
    )

    # The picture.

    @property
    def names(self):
        """What the lights are called."""
        if self.lights == LIGHTS:
            return [_(name) for name in NAMES]
        return [_("light {number}").format(number=i + 1) for i in range(3)]

    @property
    def channels(self):
        """What the three numbers of a colour are called."""
        return [_(name) for name in CHANNELS]

    def setting(self, now):
        return Reach.of(self, now)

    def figure(self, reach):
        return figure(reach)

    def draw(self):
        self.stage.show(*draw(self, self.drawn_for, *self.stage.panels))

    # What hands do.

    def chosen(self, handle, again):
        if handle in TAPS:
            self.tap = 1 + TAPS.index(handle)

    def clicked(self, x, y):
        lanes = self.stage.panels[0]
        if lanes.holds(x, y):
            self.tap = int(nearest(lanes.data(x, y)[1], 1, 3, 1))

    def dragged(self, handle, x, y):
        self._turn(self._tap_of(handle), self.stage.panels[0].data(x, y)[0])

    def pressed(self, handle, key):
        if key in ARROWS:
            tap = self._tap_of(handle)
            self._turn(tap, getattr(self, tap) + STEP * sum(ARROWS[key]))

    def _tap_of(self, handle):
        """The tap that a handle turns: the point on the curve is the chosen one."""
        return handle if handle in TAPS else TAPS[self.tap - 1]

    def _turn(self, tap, weight):
        """To the nearest sixteenth on the tap's lane."""
        setattr(self, tap, nearest(weight, self.drawn_for.low, self.drawn_for.high, STEP))

    def want_another(self):
        """Ask for the next of the colours."""
        following = dict(zip(COLOURS, (*COLOURS[1:], COLOURS[0]), strict=True))
        self.wanted = following.get(self.wanted, COLOURS[0])

    def _opening(self, tap):
        """A slider for a tap; of what descent has found it shows four decimals, as picture and words do."""
        return self.turner(
            tap, subscript(tap), read=lambda: rounded(getattr(self, tap), 4),
            write=lambda opening: setattr(self, tap, opening), low=0, high=1,
            ends=lambda: self.parts[tap].ends(self), step=STEP,
        )  # fmt: skip

    def controls(self):
        sliders = [self._opening(tap) for tap in TAPS]
        curve = self.chooser("tap", _("Curve of"), {i + 1: subscript(tap) for i, tap in enumerate(TAPS)})
        if self.by_hand:
            return [*sliders, curve]
        another = self.button(_("Another colour"), self.want_another, _("Ask for another colour"))
        descent = [_("Let descent turn"), self.player(_("One step"))]
        return [*sliders, curve, *descent, _("Wanted"), [another]]
