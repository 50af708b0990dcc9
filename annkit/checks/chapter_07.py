"""What the exercises of chapter 07, activation functions, ask."""

import numpy as np

from annkit import inputs
from annkit.activations import ACTIVATIONS, sigmoid
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.checks.functions import arrays_of, expect_shape
from annkit.translation import N_, _
from annkit.wording import number, subscript

FLAT = 0.005
FLAT_SOMEWHERE = {
    "sigmoid": (True, True),
    "tanh": (True, True),
    "relu": (True, False),
    "leaky_relu": (False, False),
    "gelu": (True, False),
}
"""For each function, whether its slope is nearer to 0 than `FLAT` somewhere left of 0, and somewhere right of 0."""
STEEP = 0.9
BUMP_ERROR, NEAR_0 = 0.005, 0.1
"""The error of a bump that fits, and how near to 0 it is at both ends."""


SOMEWHERE_HINTS = (
    N_("look at the grey curve of the lab: it is the slope. Does it come down to 0 on that side, far enough out?"),
    N_("a function that levels off on a side is flat there. One that goes on rising or falling there is not."),
)
FARTHER_HINTS = (
    N_("put z there in the lab, and go on in the same direction: what does the slope do?"),
    N_("the lab goes from −6 to 6. Read the slope at its end on that side."),
)
NOWHERE_HINTS = (
    N_("go on in the same direction, in the lab or with your own slope. Does it get smaller?"),
    N_("below 0.005 is asked for. Is there such a place, where the slope stays as it is however far you go?"),
)


@exercise(*SOMEWHERE_HINTS)
def flat(places):
    """For each function a z below 0 and a z above 0 where its slope is nearer to 0 than 0.005, or "nowhere"."""
    if not isinstance(places, dict) or set(places) != set(FLAT_SOMEWHERE):
        message = _("your answer should be a dictionary with the functions {names}.")
        raise Slip(message.format(names=", ".join(FLAT_SOMEWHERE)))
    for name, pair in places.items():
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            message = _('{name} should have two answers: a z below 0 and a z above 0, or "nowhere".')
            raise Slip(message.format(name=name))
    for name, sides in FLAT_SOMEWHERE.items():
        for sign, somewhere, answer in zip((-1, 1), sides, places[name], strict=True):
            _flat_there(name, sign, somewhere, answer)
    return _("where a function is flat, the neuron gives nearly the same answer to different sums.")


STEEPNESS_HINTS = (
    N_("the slope of the neuron is w times the slope of the sigmoid. What is the largest slope of a sigmoid?"),
    N_("the slope of a sigmoid is at most a quarter. Which w makes at least 0.9 of that?"),
)
PLACE_HINTS = (
    N_("your w is enough; the place is not yet right. Where on the sigmoid is it steepest?"),
    N_("which b puts the sum 0 at x = 2? The sum there is 2 w + b."),
)
DOWNWARDS_HINTS = (N_("the slope of the neuron has the sign of w."),)


@exercise(*STEEPNESS_HINTS, start=Start("ActivationLab", w=1, b=1))
def steep(lab):
    """The sigmoid neuron of the lab has, at x = 2, a slope of at least 0.9."""
    if lab.activation != "sigmoid":
        raise Slip(_("this exercise is about the sigmoid; your lab shows {name}.").format(name=lab.activation))
    z = 2 * lab.w + lab.b
    a = float(sigmoid(z))
    slope = lab.w * a * (1 - a)
    if slope < STEEP:
        message = _("at x = 2 the sum is {z}, and w × slope = {w} × {own} = {slope}.")
        hints = PLACE_HINTS if lab.w / 4 >= STEEP else STEEPNESS_HINTS
        if slope <= -STEEP:
            message, hints = message + " " + _("That is steep, but downwards."), DOWNWARDS_HINTS
        numbers = {"z": number(z), "w": number(lab.w), "own": _two_digits(a * (1 - a)), "slope": _two_digits(slope)}
        raise NotYet(message.format(**numbers), hints)
    return _("a large w makes a sigmoid nearly a step, and flat almost everywhere else.")


ADDING_HINTS = (
    N_("a unit that adds can go down to the right, too: what does its curve do where w is negative?"),
    N_("let one unit go up to the right and the other up to the left. Which number lowers all of y?"),
)
ENDS_HINTS = (
    N_("read y at both ends of the picture: how far is it from 0 there? Which number lowers all of y?"),
    N_("where one unit is high and the other 0 there should be nothing left: take their height away with c."),
)
SHAPE_HINTS = (
    N_("at both ends y is near 0 already. The bump is the same on both sides of 0: are your two places?"),
    N_("put the two places at the same distance left and right of 0, and try a w of about 3 and one of about −3."),
)


@exercise(*ENDS_HINTS, start=Start("BumpsLab", w1=2, b1=3, v1=1, w2=2, b2=-1, v2=1, c=0))
def bump(lab):
    """Two sigmoids of the lab, both with a v above 0, fit the bump with an error below 0.005."""
    if (lab.activation, lab.target, lab.units) != ("sigmoid", "bump", 2):
        raise Slip(_("this exercise asks for two sigmoid units and a bump: choose them again."))
    for name in ("v1", "v2"):
        if getattr(lab, name) <= 0:
            message = _("{name} is {value}, and it should be above 0: here no unit takes away.")
            raise NotYet(message.format(name=subscript(name), value=number(getattr(lab, name))), ADDING_HINTS)
    if not lab.loss < BUMP_ERROR:
        message = _("the error is {error}; it should be below {most}.")
        hints = SHAPE_HINTS if abs(lab.y([-3, 3])).max() < NEAR_0 else ENDS_HINTS
        if lab.w1 * lab.w2 >= 0:  # both go up to the same side
            hints = ADDING_HINTS
        raise NotYet(message.format(error=number(lab.loss), most=number(BUMP_ERROR)), hints)
    return _("to take a sigmoid away is to add it turned around, and to lower all of y by its height.")


WEIGHTS_HINTS = (
    N_("write (X @ W1 + b1) @ W2 + b2 on paper and multiply out: what stands right of X?"),
    N_("W1 comes first, then W2: in which order does the product of the two have the right shape?"),
)
BIAS_HINTS = (
    N_("your W is right. What is left of (X @ W1 + b1) @ W2 + b2 where X is all 0?"),
    N_("the bias of the first layer goes through the second layer's weights too."),
)


@exercise(*WEIGHTS_HINTS)
def collapse(function):
    """The function gives the weights and the bias of the one layer that does what two linear layers do."""
    generator = np.random.default_rng(7)
    for features, hidden, outputs in ((3, 4, 2), (2, 2, 2), (5, 1, 3)):
        X, W1, b1, W2, b2 = (
            generator.normal(size=shape)
            for shape in ((6, features), (features, hidden), hidden, (hidden, outputs), outputs)
        )
        given = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
        W, b = arrays_of(function, ("W", "b"), **given)
        expect_shape("W", W, (features, outputs), **given)
        expect_shape("b", b[0] if b.shape == (1, outputs) else b, (outputs,), **given)
        difference = abs((X @ W1 + b1) @ W2 + b2 - (X @ W + b)).max()
        if difference > 1e-12:
            message = _("with random numbers the two layers and your one layer differ by {difference}.")
            hints = WEIGHTS_HINTS if abs(W1 @ W2 - W).max() > 1e-12 else BIAS_HINTS
            raise NotYet(message.format(difference=f"{difference:.2g}"), hints)
    return _("a third linear layer can be taken in by the same two lines.")


def _flat_there(name, sign, somewhere, answer):
    """Raise `NotYet` unless the answer for one side of one function is right."""
    side = _("left") if sign < 0 else _("right")
    if isinstance(answer, str) and answer.strip().lower() == "nowhere":
        if somewhere:
            message = _("{name} does become so flat on the {side} of 0.")
            raise NotYet(message.format(name=name, side=side), SOMEWHERE_HINTS)
        return
    if isinstance(answer, str):
        message = _('{name}, {side}: give a number without quotes, or "nowhere".')
        raise Slip(message.format(name=name, side=side))
    z = inputs.number(_("{name}, {side}").format(name=name, side=side), answer)
    if z * sign <= 0:
        message = _("{name}: {z} is not {side} of 0. The first answer is for the left side, the second for the right.")
        raise Slip(message.format(name=name, z=number(z), side=side))
    function = ACTIVATIONS[name]
    slope = float(function.backward(z, function(z), 1))
    if not abs(slope) < FLAT:
        message = _("{name} has the slope {slope} at z = {z}.")
        hints = FARTHER_HINTS if somewhere else NOWHERE_HINTS
        raise NotYet(message.format(name=name, slope=number(slope), z=number(z)), hints)


def _two_digits(value):
    """Two digits that count: 0.00012 times 4 is seen to be 0.00049."""
    return number(value) if abs(value) >= 0.01 else f"{value:.2g}".replace("-", "−")
