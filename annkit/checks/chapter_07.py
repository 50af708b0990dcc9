"""What the exercises of chapter 07, activation functions, ask."""

import numpy as np

from annkit import inputs
from annkit.activations import ACTIVATIONS, sigmoid
from annkit.checks.exercise import NotYet, exercise, returned
from annkit.translation import N_, _
from annkit.wording import number

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
BUMP_ERROR = 0.005


LEAKY_HINTS = (
    N_("put z there in the lab and read the slope in the third line. Does it get smaller as you go on?"),
    N_("a slope of 0.01 is small, but it is not below 0.005, however far you go."),
)


@exercise(
    N_("look at the grey curve of the lab: it is the slope. On which sides does it come down to 0?"),
    N_("a function that levels off on a side is flat there, far enough out. One that goes on rising there is not."),
)
def flat(places):
    """For each function a z below 0 and a z above 0 where its slope is nearer to 0 than 0.005, or "nowhere"."""
    if not isinstance(places, dict) or set(places) != set(FLAT_SOMEWHERE):
        raise NotYet(
            _("your answer should be a dictionary with the functions {names}.").format(names=", ".join(FLAT_SOMEWHERE))
        )
    for name, pair in places.items():
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise NotYet(
                _('{name} should have two answers: a z below 0 and a z above 0, or "nowhere".').format(name=name)
            )
    for name, sides in FLAT_SOMEWHERE.items():
        for sign, somewhere, answer in zip((-1, 1), sides, places[name], strict=True):
            _flat_there(name, sign, somewhere, answer)
    return _("where a function is flat, the neuron stops telling large sums from larger ones.")


@exercise(
    N_("the slope of the neuron is w times the slope of the sigmoid. What is the largest slope of a sigmoid?"),
    N_("where on the sigmoid is it steepest, and which b puts that place at x = 2? The sum there is 2 w + b."),
)
def steep(lab):
    """The sigmoid neuron of the lab has, at x = 2, a slope of at least 0.9."""
    if lab.activation != "sigmoid":
        raise NotYet(_("this exercise is about the sigmoid; your lab shows {name}.").format(name=lab.activation))
    z = 2 * lab.w + lab.b
    a = float(sigmoid(z))
    slope = lab.w * a * (1 - a)
    if slope < STEEP:
        message = _("at x = 2 the sum is {z}, and w × slope = {w} × {own} = {slope}.")
        if slope <= -STEEP:
            message += " " + _("That is steep, but downwards.")
        numbers = {"z": number(z), "w": number(lab.w), "own": _two_digits(a * (1 - a)), "slope": _two_digits(slope)}
        raise NotYet(message.format(**numbers))
    return _("a large w makes a sigmoid nearly a step, and flat almost everywhere else.")


@exercise(
    N_("one unit goes up and stays up. What has the other unit to do, and where?"),
    N_("v of the second unit is minus v of the first: then they cancel on the right."),
    N_("put the two places at the same distance left and right of 0, and try a w of about 3."),
)
def bump(lab):
    """Two sigmoids of the lab fit the bump with an error below 0.005."""
    if (lab.activation, lab.target, lab.units) != ("sigmoid", "bump", 2):
        raise NotYet(_("this exercise asks for two sigmoid units and a bump: choose them again."))
    if not lab.loss < BUMP_ERROR:
        message = _("the error is {error}; it should be below {most}.")
        raise NotYet(message.format(error=number(lab.loss), most=number(BUMP_ERROR)))
    return _("side by side, many such bumps come near any continuous curve.")


@exercise(
    N_("write (X @ W1 + b1) @ W2 + b2 on paper and multiply out: what stands right of X?"),
    N_("the bias of the first layer goes through the second layer's weights too."),
)
def collapse(function):
    """The function gives the weights and the bias of the one layer that does what two linear layers do."""
    generator = np.random.default_rng(7)
    for features, hidden, outputs in ((3, 4, 2), (2, 2, 2), (5, 1, 3)):
        X, W1, b1, W2, b2 = (
            generator.normal(size=shape)
            for shape in ((6, features), (features, hidden), hidden, (hidden, outputs), outputs)
        )
        answer = returned(function(W1, b1, W2, b2))
        if not isinstance(answer, (tuple, list)) or len(answer) != 2:
            raise NotYet(_("your function should return two things: W and b."))
        W, b = inputs.matrix("W", answer[0]), inputs.finite("b", answer[1])
        if W.shape != (features, outputs):
            message = _("for {features} inputs and {outputs} outputs W should have shape {wanted}, not {shape}.")
            raise NotYet(message.format(features=features, outputs=outputs, wanted=(features, outputs), shape=W.shape))
        if b.shape not in ((outputs,), (1, outputs)):
            message = _("for {outputs} outputs b should have shape {wanted}, not {shape}.")
            raise NotYet(message.format(outputs=outputs, wanted=(outputs,), shape=b.shape))
        difference = abs((X @ W1 + b1) @ W2 + b2 - (X @ W + b)).max()
        if difference > 1e-12:
            message = _("with random numbers the two layers and your one layer differ by {difference}.")
            raise NotYet(message.format(difference=f"{difference:.2g}"))
    return _("a third linear layer can be taken in by the same two lines.")


def _flat_there(name, sign, somewhere, answer):
    """Raise `NotYet` unless the answer for one side of one function is right."""
    side = _("left") if sign < 0 else _("right")
    if isinstance(answer, str) and answer.strip().lower() == "nowhere":
        if somewhere:
            message = _("{name} does become so flat on the {side} of 0.")
            raise NotYet(message.format(name=name, side=side))
        return
    if isinstance(answer, str):
        message = _('{name}, {side}: give a number without quotes, or "nowhere".')
        raise NotYet(message.format(name=name, side=side))
    z = inputs.number(_("{name}, {side}").format(name=name, side=side), answer)
    if z * sign <= 0:
        message = _("{name}: {z} is not {side} of 0. The first answer is for the left side, the second for the right.")
        raise NotYet(message.format(name=name, z=number(z), side=side))
    function = ACTIVATIONS[name]
    slope = float(function.backward(z, function(z), 1))
    if not abs(slope) < FLAT:
        message = _("{name} has the slope {slope} at z = {z}.")
        hints = LEAKY_HINTS if name == "leaky_relu" and sign < 0 else None
        raise NotYet(message.format(name=name, slope=number(slope), z=number(z)), hints)


def _two_digits(value):
    """Two digits that count: 0.00012 times 4 is seen to be 0.00049."""
    return number(value) if abs(value) >= 0.01 else f"{value:.2g}".replace("-", "−")
