"""What the exercises of chapter 05, weights are taps, ask."""

import numpy as np

from annkit import inputs
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.checks.functions import array_of
from annkit.colour import to_light, to_srgb
from annkit.translation import N_, _
from annkit.wording import number, rounded, row_of

NAMES = ("rose", "lime", "sky")
LIGHTS = np.array([[0.75, 0, 0.25], [0.25, 0.75, 0], [0, 0.25, 0.75]])
MAUVE = (0.5625, 0.25, 0.5)
RED = (0.8125, 0.125, 0.0625)
"""The lab's last colour, which the chapter has shown to be out of reach."""
ENOUGH = 0.001
HALF_A_NUMBER = 0.51
"""An answer may be rounded to the whole numbers of a screen."""
RATE, NUDGE, NEAR = 0.1, 0.01, 1e-6
CLOSE = 0.02
"""Below this error every tap stands within two or three sixteenths of its place."""
TAPS, RIGHT = np.array([0.25, 0.75, 0.5]), np.array([0.6875, 0.25, 0.75])


@exercise(
    N_("turn the tap with the longest arrow, as far as its arrow says; then look which arrow is the longest now."),
    N_("an arrow that was gone comes back when another tap is turned. Go round again: each time E gets smaller."),
    start=Start("TapLab", w1=0.1875, w2=0.9375, w3=0.4375, wanted=MAUVE),
)
def match(lab):
    """The lab's mix is the mauve of the exercise, to within an error of 0.001."""
    if tuple(lab.wanted) != MAUVE or not np.array_equal(lab.lights, LIGHTS):
        raise Slip(_("this lab wants another colour or has other lights: press Reset, or take the exercise's own lab."))
    error = float(((np.array(MAUVE) - lab.mix) ** 2).sum())
    if error >= ENOUGH:
        message = _("E is {error}; it should be below {enough}.")
        nearly = N_("one sixteenth too far is too much now. Turn each tap by one key and back, and keep what lowers E.")
        hints = (nearly,) if error < CLOSE else None
        raise NotYet(message.format(error=number(error), enough=number(ENOUGH)), hints)
    return _("one tap was right all along, and its arrow said otherwise until the two others were right as well.")


@exercise(
    N_("three steps: from the screen's numbers to light, the weighted sum, and back; mind the 255 both times."),
)
def on_screen(function):
    """The function mixes lamps whose colours are given as a screen's numbers, in amounts of light."""
    generator = np.random.default_rng(55)
    for count in (3, 1, 5):
        colours = generator.integers(0, 256, (count, 3))
        weights = generator.integers(1, 9, count) / 8 / count
        answer = array_of(function, (3,), weights=weights, colours=colours)
        amounts = weights @ to_light(colours / 255)
        right = 255 * to_srgb(amounts)
        if np.abs(answer - right).max() > HALF_A_NUMBER:
            message = _("{count} lamps should mix to {right}; your function says {came}.")
            came = row_of(rounded(value, 4) for value in answer)
            message = message.format(count=count, right=row_of(right.round()), came=came)
            said, hint = _mixing(answer, weights, colours, amounts, right)
            raise NotYet(f"{message} {_(said)}", hint and (hint,))
    return _("half and half of two lights, computed with the screen's own numbers, comes out too dark.")


def _mixing(answer, weights, colours, amounts, right):
    """What went wrong with a mix, and what helps; nothing where it is none of the usual mistakes."""
    own_numbers = N_("a screen wants its own numbers for the mix: which function makes them of amounts?")
    if (answer == np.floor(right)).all():
        said = N_("The fractions are cut off.")
        return said, N_("`round` takes the nearest whole number, `int` the next lower one. Or leave the fractions.")
    mistakes = [
        (
            weights @ colours,
            N_("That is the weighted sum of the screen's numbers, not of the light."),
            N_("a screen's numbers can't be added up; amounts of light can. Which function of the chapter makes them?"),
        ),
        (
            255 * to_srgb(np.clip(weights @ (colours / 255), 0, 1)),
            N_("The way back is right, but what was added up were the screen's numbers, not the light."),
            N_("`to_srgb` undoes what `to_light` does: first the one, then the weighted sum, then the other."),
        ),
        (
            255 * to_light(weights @ to_srgb(colours / 255)),
            N_("The two functions have changed places."),
            N_("`to_light` makes amounts of a screen's numbers, and `to_srgb` a screen's numbers of amounts."),
        ),
        (255 * amounts, N_("These are the amounts of light, times 255."), own_numbers),
        (amounts, N_("These are the amounts of light."), own_numbers),
        (
            to_srgb(amounts),
            N_("These go up to 1; a screen's numbers go up to 255."),
            N_("what comes out of `to_srgb` is from 0 to 1, as what goes into `to_light` is."),
        ),
    ]
    for wrong, said, hint in mistakes:
        if np.allclose(answer, wrong, atol=0.01 if wrong.max() <= 1 else 1):
            return said, hint
    return "", None


@exercise(
    N_("inside your function, write E for these `lights` and `wanted`. How does it answer to a nudge of each tap?"),
    N_("`np.eye(len(weights))` has a row to nudge each weight."),
)
def one_step(function):
    """The function makes one step of descent with any number of lights; a slope may be found by a one-sided nudge."""
    generator = np.random.default_rng(5)
    for count, channels in ((3, 3), (5, 3), (2, 4), (1, 3)):
        weights, lights, wanted = (generator.integers(0, 9, n) / 8 for n in (count, (count, channels), channels))
        answer = array_of(function, weights.shape, weights=weights, lights=lights, wanted=wanted)
        right = _stepped(weights, lights, wanted)
        room = RATE * NUDGE * (lights**2).sum(axis=1)
        off = np.abs(answer - right) - room
        if off.max() > NEAR:
            which = off.argmax()
            message = _("with {count} lights weight {which} should go from {before} to {right}, not to {came}.")
            parts = {"before": weights[which], "right": right[which], "came": answer[which]}
            parts = {name: number(rounded(value, 4)) for name, value in parts.items()}
            hint = _stepping(answer, right, weights, lights, wanted)
            raise NotYet(message.format(count=count, which=which + 1, **parts), hint and (hint,))
    return _("the same lines turn one tap or a thousand, and nothing in them knows of colours.")


def _stepped(weights, lights, wanted):
    return weights + 2 * RATE * lights @ (wanted - weights @ lights)


def _stepping(answer, right, weights, lights, wanted):
    """What helps against the mistake that was made with a step; None where it is none of the usual ones."""
    step, made, one_by_one = right - weights, answer - weights, weights.copy()
    for i in range(len(weights)):
        one_by_one[i] = _stepped(one_by_one, lights, wanted)[i]

    def near(these, those):
        return np.abs(these - those).max() < 0.02 * np.abs(those).max()

    if not made.any():
        return None
    if near(answer, step):
        return N_("that is how far each weight should go; return where it then stands.")
    along = step * (made @ step) / (step @ step)
    if near(made, along) and made @ step < 0:
        return N_("that is uphill: where a slope is positive, E rises as the tap opens, and the tap should be closed.")
    if len(step) > 1 and near(answer, one_by_one):
        return N_("the first weight is right. Find all slopes before you turn any tap, then turn all at once.")
    if near(made, along):
        return N_("the way is right, its length is not: 0.1 × slope, and a slope is a change divided by its nudge.")
    return None


@exercise(
    N_("nudge each tap by 0.01, the others where they are: by how much does E change?"),
    N_("a change counts by its size; its sign only says whether to open or to close."),
)
def first_tap(furthest, first):
    """The tap that stands furthest from its right place, and the one whose nudge changes E most."""
    furthest, first = _name("furthest", furthest), _name("first", first)
    slopes = -2 * LIGHTS @ ((RIGHT - TAPS) @ LIGHTS)
    if furthest != NAMES[np.abs(TAPS - RIGHT).argmax()]:
        hint = N_("subtract `taps` from `right`: the largest difference counts, whichever sign it has.")
        raise NotYet(_("{name} is not the furthest from its right place.").format(name=furthest), (hint,))
    if first != NAMES[np.abs(slopes).argmax()]:
        raise NotYet(_("furthest is right; but nudging {name} is not what changes E most.").format(name=first))
    return _("a tap turns more than one channel, so the one that is furthest off need not be the one that helps most.")


@exercise(
    N_("don't begin with the colour: choose three weights, the one for sky below 0, and compute their mix."),
)
def out_of_reach(colour):
    """A colour that a screen shows, and that needs less than no sky, with rose and lime between 0 and 1."""
    colour = inputs.vector("colour", colour)
    if colour.shape != (3,):
        raise Slip(_("a colour is three numbers, the red, the green and the blue."))
    if (colour < 0).any():
        hint = N_("the more rose and lime there is, the more sky can be taken away before a channel falls below 0.")
        raise NotYet(_("the screen shows only amounts of light from 0 to 1."), (hint,))
    if (colour > 1).any():
        hint = N_("close the tap that sends most of what is above 1.")
        raise NotYet(_("the screen shows only amounts of light from 0 to 1."), (hint,))
    if np.allclose(colour, RED, atol=0.01):
        raise NotYet(_("this is the red of *Turn it*; find one of your own."))
    weights = np.linalg.solve(LIGHTS.T, colour)
    needed = ", ".join(f"{name} {number(rounded(w, 4))}" for name, w in zip(NAMES, weights, strict=True))
    if weights[2] > -1e-6:
        raise NotYet(_("this colour takes {needed}: sky is not below 0.").format(needed=needed))
    if (weights[:2] < -1e-9).any() or (weights[:2] > 1 + 1e-9).any():
        hint = N_("choose rose and lime from 0 to 1 first; then take a little sky away.")
        message = _("this colour takes {needed}: rose and lime should be from 0 to 1.")
        raise NotYet(message.format(needed=needed), (hint,))
    return _("the sum has no trouble with a weight below 0; a tap has.")


def _name(name, value):
    return inputs.choice(name, value.strip().lower() if isinstance(value, str) else value, NAMES)
