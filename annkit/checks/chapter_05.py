"""What the exercises of chapter 05, weights are taps, ask."""

import numpy as np

from annkit import inputs
from annkit.checks.exercise import NotYet, exercise, returned
from annkit.colour import to_light, to_srgb
from annkit.translation import N_, _
from annkit.wording import number, row_of

NAMES = ("rose", "lime", "sky")
LIGHTS = np.array([[0.75, 0, 0.25], [0.25, 0.75, 0], [0, 0.25, 0.75]])
MAUVE = (0.5625, 0.25, 0.5)
RED = (0.8125, 0.125, 0.0625)
"""The lab's last colour, which the chapter has shown to be out of reach."""
ENOUGH = 0.001
HALF_A_NUMBER = 0.51
"""An answer may be rounded to the whole numbers of a screen."""
RATE, NUDGE, NEAR = 0.1, 0.01, 1e-6
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
    N_("the numbers of a screen can't be added up; amounts of light can. Which function of the chapter makes them?"),
    N_("three steps: from the screen's numbers to light, the weighted sum, and back; mind the 255 both times."),
)
def on_screen(function):
    """The function mixes lamps whose colours are given as a screen's numbers, in amounts of light."""
    generator = np.random.default_rng(55)
    for count in (3, 1, 5):
        colours = generator.integers(0, 256, (count, 3))
        weights = generator.integers(1, 9, count) / 8 / count
        answer = returned(function(weights.copy(), colours.copy()))
        answer = inputs.finite("your function's answer", answer)
        right = 255 * to_srgb(weights @ to_light(colours / 255))
        if answer.shape != (3,):
            message = _("the mix should be three numbers, red, green and blue, of shape (3,), not {shape}.")
            raise NotYet(message.format(shape=answer.shape))
        if np.abs(answer - right).max() > HALF_A_NUMBER:
            message = _("{count} lamps should mix to {right}; your function says {came}.")
            if np.allclose(answer, weights @ colours, atol=1):
                message += " " + _("That is the weighted sum of the screen's numbers, not of the light.")
            raise NotYet(message.format(count=count, right=row_of(right.round()), came=row_of(answer.round(4))))
    return _("half and half of two lights, computed with the screen's own numbers, comes out too dark.")


@exercise(
    N_("inside your function, write E for these `lights` and `wanted`. How does it answer to a nudge of each tap?"),
    N_("`np.eye(len(weights))` has a row to nudge each weight. Find all slopes first, then turn all taps at once."),
)
def one_step(function):
    """The function makes one step of descent with any number of lights; a slope may be found by a one-sided nudge."""
    generator = np.random.default_rng(5)
    for count, channels in ((3, 3), (5, 3), (2, 4), (1, 3)):
        weights, lights, wanted = (generator.integers(0, 9, n) / 8 for n in (count, (count, channels), channels))
        answer = returned(function(weights.copy(), lights.copy(), wanted.copy()))
        answer = inputs.finite("your function's answer", answer)
        if answer.shape != (count,):
            message = _("with {count} lights the new weights should have shape ({count},), not {shape}.")
            raise NotYet(message.format(count=count, shape=answer.shape))
        right = weights + 2 * RATE * lights @ (wanted - weights @ lights)
        off = np.abs(answer - right) - RATE * NUDGE * (lights**2).sum(axis=1)
        if off.max() > NEAR:
            which = off.argmax()
            message = _("with {count} lights weight {which} should go from {before} to {right}, not to {came}.")
            parts = {"before": weights[which], "right": right[which], "came": answer[which]}
            parts = {name: number(round(float(value), 4)) for name, value in parts.items()}
            raise NotYet(message.format(count=count, which=which + 1, **parts))
    return _("the same lines turn one tap or a thousand, and nothing in them knows of colours.")


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
    if np.allclose(colour, RED, atol=0.01):
        raise NotYet(_("this is the red of *Turn it*; find one of your own."))
    weights = np.linalg.solve(LIGHTS.T, colour)
    needed = ", ".join(f"{name} {number(round(w, 4))}" for name, w in zip(NAMES, weights, strict=True))
    if weights[2] > -1e-6:
        raise NotYet(_("this colour takes {needed}: sky is not below 0.").format(needed=needed))
    if (weights[:2] < -1e-9).any() or (weights[:2] > 1 + 1e-9).any():
        raise NotYet(_("this colour takes {needed}: rose and lime should be from 0 to 1.").format(needed=needed))
    return _("the sum has no trouble with a weight below 0; a tap has.")


def _name(name, value):
    return inputs.choice(name, value.strip().lower() if isinstance(value, str) else value, NAMES)
