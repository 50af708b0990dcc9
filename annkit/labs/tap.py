"""The tap lab: three coloured lights through three taps, a wanted colour, and what each tap does to the error."""

import ipywidgets
import numpy as np
import traitlets

from annkit import inputs
from annkit.labs.base.lab import Lab, nearest
from annkit.labs.base.traits import Number, Refusing, Whole
from annkit.labs.tap_picture import Picture, small
from annkit.stage import ARROWS, Stage
from annkit.translation import N_, _
from annkit.wording import in_product, number, row_of, subscript, weighted_sum

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


class Amounts(Refusing):
    """Amounts of light, from 0 to 1, in an array of this shape, kept as tuples; `form` says the shape in words."""

    default_value = ()

    def __init__(self, shape, form, **traits):
        super().__init__(**traits)
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


class Before(Refusing):
    """Where the three taps were, or an empty tuple."""

    default_value = ()

    def accepted(self, value, lab):
        taps = inputs.finite(self.name, value)
        if taps.shape not in ((3,), (0,)):
            message = _("{name} should be three numbers, or () where there was no step, not {value}.")
            raise ValueError(message.format(name=self.name, value=inputs.shown(value)))
        return tuple(taps.tolist())


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
        Whether only the hand turns: no buttons for descent, and none for another colour.
    steps : int
        How many steps descent has made since a hand turned something.
    before : tuple of float
        The taps before the last of these steps; empty where there was none.

    Raises
    ------
    traitlets.TraitError
        If a tap is not a number from −100 to 100, or a colour is not three numbers from 0 to 1.

    Examples
    --------
    >>> lab = TapLab(w1=0.5, w2=0.5, w3=0.5, wanted=(0.5, 0.5, 0.75))
    >>> print(lab.describe().splitlines()[0])
    Error E = 0² + 0² + 0.25² = 0.0625
    >>> lab.step()
    >>> print(lab.describe().splitlines()[-1])
    Step 1: w = (0.5, 0.5, 0.5) − 0.1 × (−0.125, 0, −0.375) = (0.5125, 0.5, 0.5375)
    """

    state = (*TAPS, "wanted", "lights", "by_hand", "steps", "before")
    w1, w2, w3 = (Number(low=-FARTHEST, high=FARTHEST) for __ in TAPS)
    wanted = Amounts((3,), N_("three numbers, the red, the green and the blue"))
    lights = Amounts((3, 3), N_("three rows of three numbers, for each light its red, green and blue"))
    by_hand = traitlets.Bool(False)
    steps = Whole(0, low=0)
    before = Before()

    def __init__(self, w1=0.875, w2=0.375, w3=0.125, wanted=COLOURS[0], lights=LIGHTS, by_hand=False, steps=0,
                 before=()):  # fmt: skip
        super().__init__()
        given = (w1, w2, w3, wanted, lights, by_hand, steps, before)
        for name, value in zip(self.state, given, strict=True):
            setattr(self, name, value)
        self.picture = Picture()
        self.observe(self._forget, [*TAPS, "wanted", "lights"])
        label = _("Picture of the taps, of the colours and of the error; each tap can be moved")
        self.build(Stage(self.picture.figure(self), label=label), self._controls())

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
        return self.error_at(self.weights)

    @property
    def nudges(self):
        """What E changes by when each tap alone is opened by 0.01, shape (3,)."""
        return np.array([self.error_at(nudged) for nudged in self.weights + NUDGE * np.eye(3)]) - self.E

    @property
    def slopes(self):
        """What smaller and smaller nudges come to, per unit of opening, shape (3,)."""
        return self.slopes_at(self.weights)

    def error_at(self, weights):
        """E with the taps as `weights`, shape (3,), says."""
        return float(((self.wanted - weights @ np.array(self.lights)) ** 2).sum())

    def slopes_at(self, weights):
        """The slopes with the taps as `weights` says, shape (3,)."""
        lights = np.array(self.lights)
        return -2 * lights @ (self.wanted - weights @ lights)

    def advance(self):
        """One step of descent, with all taps at once. Returns False when E is small, or no tap lowers it any more."""
        if self.E < NEAR or np.abs(self.slopes).max() < FLAT:
            return False
        before, steps = self.weights, self.steps + 1
        after = before - RATE * self.slopes
        self.set(**dict(zip(TAPS, after.tolist(), strict=True)))
        self.set(steps=steps, before=tuple(before.tolist()))  # after the taps, whose turning forgets them
        return True

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

    def draw(self):
        if not self.picture.fits(self):
            self.stage.set_figure(self.picture.figure(self))
        self.stage.show(*self.picture.draw(self, *self.stage.panels))

    # The words.

    def words(self):
        return [self._error_in_words(), *self._channels_in_words(), self._nudges_in_words(), *self._step_in_words()]

    def _error_in_words(self):
        mix = self.mix
        squares = " + ".join(f"{in_product(gap)}²" for gap in self.wanted - mix)
        sentence = _("Error E = {squares} = {error}").format(squares=squares, error=small(self.E))
        if (mix < 0).any() or (mix > 1).any():
            sentence += " " + _("(No screen shows this mix: cut off at 0 and 1.)")
        return sentence

    def _channels_in_words(self):
        sentence = _("{channel}: {sum} = {mixed}, wanted {wanted}")
        for channel, sent, mixed, wanted in zip(
            self.channels, np.transpose(self.lights), self.mix, self.wanted, strict=True
        ):
            arithmetic = weighted_sum(sent, self.weights, 0)
            yield sentence.format(channel=channel, sum=arithmetic, mixed=number(mixed), wanted=number(wanted))

    def _nudges_in_words(self):
        pairs = zip(self.names, self.nudges, strict=True)
        changes = ", ".join(f"{name} {_change(change)}" for name, change in pairs)
        sentence = _("Opened by 0.01, a tap changes E by: {changes}.").format(changes=changes)
        return f"{sentence} {self._advice()}"

    def _advice(self):
        """What to turn first, or why there is nothing to turn any more."""
        if self.E < NEAR:
            return _("The colours look the same.")
        first = np.abs(self.slopes).argmax()
        slope, name = self.slopes[first], self.names[first]
        if abs(slope) < FLAT:
            return _("No tap lowers E.")
        if self.error_at(self.weights - np.copysign(NUDGE, slope) * np.eye(3)[first]) >= self.E:
            return _("Even 0.01 is too far now.")
        most = _("Most: {name}; close it.") if slope > 0 else _("Most: {name}; open it.")
        return most.format(name=name)

    def _step_in_words(self):
        """The numbers of the last step, where it is the one that led here."""
        if not self.before:
            return []
        slopes = self.slopes_at(np.array(self.before))
        if not np.allclose(self.before - RATE * slopes, self.weights):
            return []
        sentence = _("Step {count}: w = {before} − {rate} × {slopes} = {after}")
        before, slopes, after = map(_row, (self.before, slopes, self.weights))
        return [sentence.format(count=self.steps, before=before, rate=number(RATE), slopes=slopes, after=after)]

    # What hands do.

    def dragged(self, handle, x, y):
        self._turn(handle, self.stage.panels[0].data(x, y)[0])

    def pressed(self, handle, key):
        if key in ARROWS:
            self._turn(handle, getattr(self, handle) + STEP * sum(ARROWS[key]))

    def _turn(self, tap, weight):
        """To the nearest sixteenth on the tap's lane."""
        setattr(self, tap, nearest(weight, *self.picture.ends, STEP))

    def want_another(self):
        """Ask for the next of the colours."""
        following = dict(zip(COLOURS, (*COLOURS[1:], COLOURS[0]), strict=True))
        self.wanted = following.get(self.wanted, COLOURS[0])

    def _forget(self, change):
        """Whoever turns a tap or asks for another colour begins anew."""
        if self.steps:
            self.set(steps=0, before=())

    def _controls(self):
        sliders = [self.slider(tap, _("tap {tap}").format(tap=subscript(tap)), 0, 1, step=STEP) for tap in TAPS]
        reset = self.reset_button()
        if self.by_hand:
            return [*sliders, ipywidgets.HBox([reset])]
        another = self.button(_("Another colour"), self.want_another, _("Ask for another colour"))
        descent = ipywidgets.HBox(self.player(_("Let descent turn: one step")))
        return [*sliders, descent, ipywidgets.HBox([another, reset])]


def _row(values):
    return row_of(round(float(value), 4) for value in values)


def _change(value):
    """A change of E with its sign, and without one where four decimals don't show it."""
    text = f"{value:+.4f}".replace("-", "−")
    return text if any(digit in text for digit in "123456789") else text[1:]
