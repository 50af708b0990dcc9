"""The tap lab: three coloured lights through three taps, a wanted colour, and what each tap does to the error."""

import numpy as np

from annkit import inputs
from annkit.labs.base.lab import Lab, nearest
from annkit.labs.base.say import Badge, Rows, Text
from annkit.labs.base.traits import Flag, Number, State, Whole
from annkit.labs.tap.picture import Reach, draw, figure, small
from annkit.stage import ARROWS
from annkit.translation import N_, _
from annkit.wording import in_product, number, rounded, subscript, weighted_sum

TAPS = ("w1", "w2", "w3")
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
RATE = 0.1
"""Descent turns a tap by so much of its slope. From 1/9 on, the brightest lights there can be would make it swing."""
NEAR = 1e-5
"""Descent ends below this error: on a screen, with 256 numbers a channel, the two colours then look the same."""
FLAT = 1e-4
"""A slope that descent doesn't follow any more."""
NUDGE = 0.01
LEVEL = 1e-9
"""Slopes that differ by less than this share, or places of taps that lie so near to each other, are equal."""
TINY = 0.00005
"""Squares below this are about 0 beside a gap of four decimals."""
MOST_STEPS = 10_000
"""Descent ends after so many steps, wherever it is."""


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


class TapLab(Lab):
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

    _way, _walked = None, ()

    # What is computed.

    @property
    def weights(self):
        """How far the taps are open, shape (3,)."""
        return np.array([self.w1, self.w2, self.w3])

    @property
    def mix(self):
        """The red, the green and the blue of the mixed light, shape (3,): weighted sums of what the lights send."""
        return self.weights @ np.array(self.lights)

    @property
    def E(self):
        """The error: (wanted − mixed)², added up over red, green and blue."""
        return self._error(self.weights)

    @property
    def nudges(self):
        """What E changes by when each tap alone is opened by 0.01, shape (3,)."""
        return np.array([self._error(nudged) for nudged in self.weights + NUDGE * np.eye(3)]) - self.E

    @property
    def slopes(self):
        """What smaller and smaller nudges come to, per unit of opening, shape (3,)."""
        return self._slopes(self.weights)

    def error_at(self, weights):
        """E with the taps as `weights`, shape (3,), says."""
        return self._error(_three(weights))

    def slopes_at(self, weights):
        """The slopes with the taps as `weights` says, shape (3,)."""
        return self._slopes(_three(weights))

    def _error(self, weights):
        return float(((self.wanted - weights @ np.array(self.lights)) ** 2).sum())

    def _slopes(self, weights):
        lights = np.array(self.lights)
        return -2 * lights @ (self.wanted - weights @ lights)

    def advance(self):
        """One step of descent, with all taps at once. Returns False when E is small, or no tap lowers it any more."""
        steps, origin = (self.steps, self.origin) if self._led_here else (0, tuple(self.weights.tolist()))
        if self.E < NEAR or np.abs(self.slopes).max() < FLAT or steps == MOST_STEPS:
            return False
        after = dict(zip(TAPS, self._stepped(self.weights).tolist(), strict=True))
        self.set(**after, steps=steps + 1, origin=origin)
        return True

    def _stepped(self, weights):
        return weights - RATE * self._slopes(weights)

    @property
    def path(self):
        """Where the taps stood before each step of descent and stand now, shape (steps + 1, 3)."""
        return np.array(self._walk()) if self._led_here else self.weights[None]

    @property
    def errors(self):
        """E before each step of descent and now, shape (steps + 1,)."""
        return ((self.wanted - self.path @ np.array(self.lights)) ** 2).sum(axis=1)

    @property
    def _led_here(self):
        """Whether so many steps from the origin led to where the taps stand."""
        return bool(self.origin) and bool(np.abs(self._walk()[-1] - self.weights).max() < LEVEL)

    def _walk(self):
        """The taps after 0, 1, … steps from the origin, which is all that the state holds of the way."""
        way = self.origin, self.wanted, self.lights
        if self._way != way:
            self._way, self._walked = way, [np.array(self.origin)]
        while len(self._walked) <= self.steps:
            self._walked.append(self._stepped(self._walked[-1]))
        return self._walked[: self.steps + 1]

    def settle(self, changed):
        """Whoever turns a tap or asks for another colour begins anew."""
        if self.steps and "steps" not in changed and changed & {*TAPS, "wanted", "lights"}:
            self.set(steps=0, origin=())

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

    # The words.

    def words(self):
        pieces, mix, first = [self._mix_in_words(), self._error_in_words()], self.mix, self._first()
        if (mix < 0).any() or (mix > 1).any():
            pieces.append(_("No screen shows this mix: it is cut off at 0 and 1."))
        if self.E < NEAR:
            pieces.append(Badge(_("The colours look the same."), good=True))
        pieces.append(self._nudges_in_words(first))
        if self.steps and self._led_here:
            pieces.append(self._step_in_words())
        return [*pieces, *self._help(first)]

    def _mix_in_words(self):
        """Each channel of the mix as a weighted sum; in the cells without what a light doesn't send."""
        lines, cells = [], []
        for channel, sent, mixed in zip(self.channels, np.transpose(self.lights), self.mix, strict=True):
            lines.append(f"{channel}: {weighted_sum(sent, self.weights, 0)} = {number(mixed)}")
            terms = [f"{number(a)} × {in_product(w)}" for a, w in zip(sent, self.weights, strict=True) if a]
            cells.append([channel, " + ".join(terms) or "0"])
        return Rows(lines, cells, _("mixed = light × opening, added up"))

    def _error_in_words(self):
        """The gap in each channel and its square, and E, the sum of the squares."""
        gap = _("{channel}: wanted {wanted} − mixed {mixed} = gap {gap}, squared {square}")
        gaps, lines, cells = self.wanted - self.mix, [], []
        for name, *numbers in zip(self.channels, self.wanted, self.mix, gaps, gaps**2, strict=True):
            wanted, mixed, missing, square = map(number, numbers)
            square = "≈ 0" if 0 < numbers[-1] < TINY else square
            lines.append(gap.format(channel=name, wanted=wanted, mixed=mixed, gap=missing, square=square))
            cells.append([name, wanted, mixed, missing, square])
        squares = " + ".join(f"{in_product(gap)}²" for gap in gaps)
        lines.append(_("Error E = {squares} = {error}").format(squares=squares, error=small(self.E)))
        cells.append(["E", small(self.E)])
        heads = ["", _("wanted"), _("mixed"), _("gap"), _("gap²")]
        return Rows(lines, cells, _("E = (wanted − mixed)², added up"), heads=heads, signed=[3], total=True)

    def _nudges_in_words(self, first):
        """What a nudge of each tap does to E, and the slopes."""
        sentence = _("{name} + 0.01: E changes by {change}, slope {slope}")
        lines, cells = [], []
        for name, change, slope in zip(self.names, self.nudges, self.slopes, strict=True):
            change, slope = _change(change), number(rounded(slope, 4))
            lines.append(sentence.format(name=name, change=change, slope=slope))
            cells.append([f"{name} + {NUDGE}", change, slope])
        heads, lit = [_("a nudge"), _("changes E by"), _("slope")], int(first[0]) if len(first) == 1 else None
        return Rows(lines, cells, heads=heads, signed=[1, 2], lit=lit)

    def _step_in_words(self):
        """The numbers of the last step."""
        before, after = self.path[-2:]
        sentence = _("Step {count}: {tap} = {before} − {rate} × {slope} = {after}")
        lines, cells = [], []
        for tap, *numbers in zip(TAPS, before, self._slopes(before), after, strict=True):
            name, (was, slope, now) = subscript(tap), (rounded(value, 4) for value in numbers)
            parts = {"before": number(was), "slope": in_product(slope), "after": number(now)}
            lines.append(sentence.format(count=self.steps, tap=name, rate=number(RATE), **parts))
            cells.append([name, number(was), number(slope), number(now)])
        formula = _("− {rate} × slope").format(rate=number(RATE)).replace(" ", "\N{NO-BREAK SPACE}")
        heads = [_("Step {count}:").format(count=self.steps), _("old"), formula, _("= new")]
        return Rows(lines, cells, heads=heads, signed=[2])

    def _first(self):
        """The numbers of the taps to turn first: those of the steepest slope; none where nothing has to be turned."""
        steepness = np.abs(self.slopes)
        if self.E < NEAR or steepness.max() < FLAT:
            return []
        return np.flatnonzero(steepness > steepness.max() * (1 - LEVEL))

    def _help(self, first):
        """What to turn first, or why there is nothing to turn any more."""
        if self.E < NEAR:
            return []
        if not len(first):
            return [Text(_("No tap lowers E."), "help")]
        slope, name = self.slopes[first[0]], self.names[first[0]]
        if self._error(self.weights - np.copysign(NUDGE, slope) * np.eye(3)[first[0]]) >= self.E:
            sentence = _("Even a nudge of 0.01 is too far now.")
        elif len(first) > 1:
            sentence = _("These help equally: {names}.").format(names=", ".join(self.names[i] for i in first))
        else:
            sentence = _("What helps most now: close {name}.") if slope > 0 else _("What helps most now: open {name}.")
        return [Text(sentence.format(name=name), "help")]

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

    def controls(self):
        sliders = [self.slider(tap, subscript(tap), 0, 1, step=STEP) for tap in TAPS]
        curve = self.chooser("tap", _("Curve of"), {i + 1: subscript(tap) for i, tap in enumerate(TAPS)})
        if self.by_hand:
            return [*sliders, curve]
        another = self.button(_("Another colour"), self.want_another, _("Ask for another colour"))
        descent = [_("Let descent turn"), self.player(_("One step"))]
        return [*sliders, curve, *descent, _("Wanted"), [another]]


def _three(weights):
    weights = inputs.vector("weights", weights)
    if weights.size != 3:
        raise ValueError(_("weights should be three numbers, not {count}.").format(count=weights.size))
    return weights


def _change(value):
    """A change of E with its sign, and without one where four decimals don't show it."""
    text = f"{value:+.4f}".replace("-", "−")
    return text if any(digit in text for digit in "123456789") else text[1:]
