"""What the exercises of chapter 05, weights are taps, ask."""

import numpy as np

from annkit import inputs
from annkit.checks.exercise import NothingYet, NotYet, exercise
from annkit.language import N_, _
from annkit.wording import number

NAMES = ("rose", "lime", "sky")
LIGHTS = np.array([[0.75, 0, 0.25], [0.25, 0.75, 0], [0, 0.25, 0.75]])
MAUVE = (0.5625, 0.25, 0.5)
ENOUGH = 0.001
TAPS, RIGHT = np.array([0.25, 0.75, 0.5]), np.array([0.6875, 0.25, 0.75])


@exercise(
    N_("turn the tap with the longest arrow, as far as its arrow says; then look which arrow is the longest now."),
    N_("an arrow that was gone comes back when another tap is turned. Go round again: each time E gets smaller."),
    N_("at the end one sixteenth too far is too much. Turn each tap by one key and back, and keep what lowers E."),
)
def match(lab):
    """The lab's mix is the mauve of the exercise, to within an error of 0.001."""
    if tuple(lab.wanted) != MAUVE or not np.array_equal(lab.lights, LIGHTS):
        raise NotYet(_("this lab has another colour or other lights than the exercise; press Reset."))
    error = float(((np.array(MAUVE) - lab.mix) ** 2).sum())
    if error >= ENOUGH:
        message = _("E is {error}; it should be below {enough}.")
        raise NotYet(message.format(error=number(error), enough=number(ENOUGH)))
    return _("one tap was right all along, and its arrow said otherwise until the two others were right as well.")


@exercise(
    N_("each light times its weight, then add up the lights; begin with zeros and go through them in a loop."),
    N_("one row of `lights` for each weight: `weights @ lights` is the whole sum."),
)
def mixing(function):
    """The function gives the weighted sum of any number of lights, with any weights."""
    generator = np.random.default_rng(5)
    for count, channels in ((3, 3), (5, 3), (2, 4), (1, 3)):
        weights, lights = generator.integers(-8, 17, count) / 8, generator.integers(0, 9, (count, channels)) / 8
        if (answer := function(weights.copy(), lights.copy())) is None or answer is ...:
            raise NothingYet
        answer = inputs.finite("your function's answer", answer)
        if answer.shape != (channels,):
            message = _(
                "for {count} lights of {channels} numbers the mix should have shape ({channels},), not {shape}."
            )
            raise NotYet(message.format(count=count, channels=channels, shape=answer.shape))
        if not np.allclose(answer, weights @ lights):
            message = _("for the weights {weights} and {count} lights the mix should begin with {right}, not {came}.")
            numbers = ", ".join(map(number, weights))
            right, came = number((weights @ lights)[0]), number(answer[0])
            raise NotYet(message.format(weights=f"({numbers})", count=count, right=right, came=came))
    return _("any number of lights and any weights, also those that no tap has.")


@exercise(
    N_("`furthest` compares `taps` with `right`. For `first` nudge each tap by 0.01: by how much does E change?"),
    N_("a change counts by its size; its sign only says whether to open or to close."),
)
def first_tap(furthest, first):
    """The tap that stands furthest from its right place, and the one whose nudge changes E most."""
    furthest, first = _name("furthest", furthest), _name("first", first)
    slopes = -2 * LIGHTS @ ((RIGHT - TAPS) @ LIGHTS)
    if furthest != NAMES[np.abs(TAPS - RIGHT).argmax()]:
        raise NotYet(_("{name} is not the furthest from its right place.").format(name=furthest))
    if first != NAMES[np.abs(slopes).argmax()]:
        raise NotYet(_("furthest is right; but nudging {name} is not what changes E most.").format(name=first))
    return _("a tap turns more than one channel, so the one that is furthest off need not be the one that helps most.")


@exercise(
    N_("don't begin with the colour: choose three weights, one of them below 0, and compute their mix."),
    N_("the more rose and lime there is, the more sky can be taken away before a channel falls below 0."),
)
def out_of_reach(colour):
    """A colour that a screen shows, and that needs less than no sky, with rose and lime between 0 and 1."""
    colour = inputs.vector("colour", colour)
    if colour.shape != (3,):
        raise NotYet(_("a colour is three numbers, the red, the green and the blue."))
    if (colour < 0).any() or (colour > 1).any():
        raise NotYet(_("the screen shows only amounts of light from 0 to 1."))
    weights = np.linalg.solve(LIGHTS.T, colour)
    needed = ", ".join(f"{name} {number(round(w, 4))}" for name, w in zip(NAMES, weights, strict=True))
    if weights[2] > -1e-6:
        raise NotYet(_("this colour takes {needed}: sky is not below 0.").format(needed=needed))
    if (weights[:2] < -1e-9).any() or (weights[:2] > 1 + 1e-9).any():
        raise NotYet(_("this colour takes {needed}: rose and lime should be from 0 to 1.").format(needed=needed))
    return _("the sum has no trouble with a weight below 0; a tap has.")


def _name(name, value):
    return inputs.choice(name, value.strip().lower() if isinstance(value, str) else value, NAMES)
