"""What the exercises of chapter 10, backpropagation, ask."""

import numpy as np

from annkit import Network, inputs
from annkit.activations import sigmoid
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.checks.functions import arrays_of
from annkit.translation import N_, _
from annkit.wording import number, rounded, subscript

X_OF_LAB, T_OF_LAB = (1, 0.5), (1, 0)
WEIGHTS = (((0.5, -0.75), (-0.25, 1)), ((1, -0.5), (-0.75, 0.5)))
BIASES = ((0.25, -0.5), (0.25, -0.25))
"""The lab of exercise 1 as the chapter makes it."""
QUIET, WRONG = 0.001, 0.5
"""Below the one is every slope of the first layer, above the other the error."""
OPEN = 0.25
"""The slope of a sigmoid in its middle."""
CLOSE = 1e-6
"""As near as slopes that were computed have to come."""
NUDGED = 0.01
"""As near as slopes may come that were found by nudging one side: a hundredth of their size."""
HIDDEN = {"W", "b"}
"""What the planted mistake gives wrong slopes to."""

LOUDER = (
    N_("quiet it is already, but not wrong enough. Which number could drive an output to the side where its target is "
       "not?"),
    N_("t is (1, 0). A very negative c₁ brings o₁ to 0, whatever the hidden layer says."),
)  # fmt: skip


@exercise(
    N_("pick an edge of the first layer and read its chain rule, factor by factor. Which of its factors could you make "
       "small?"),
    N_("a slope of the first layer is a product of four: how wrong o is, how steep o's sigmoid is, V, and how steep "
       "h's sigmoid is. E should stay large, so leave the first alone."),
    N_("a sigmoid is flat where its sum is far from 0, and a bias moves a sum. Two biases of one layer are enough."),
    start=Start("BackpropLab", weights=WEIGHTS, biases=BIASES),
)  # fmt: skip
def silent(lab):
    """In the lab no slope of the first layer reaches 0.001, though the error is above 0.5."""
    if tuple(lab.x) != X_OF_LAB or tuple(lab.t) != T_OF_LAB:
        raise Slip(_("x and t should stay (1, 0.5) and (1, 0) here: undo until they are back, or press Reset."))
    net = lab.network()
    trace = net.forward([X_OF_LAB])
    gradients, E = net.backward(trace, [T_OF_LAB]), net.loss(trace, [T_OF_LAB])
    name, slope = _largest(gradients)
    if abs(slope) >= QUIET:
        message = _("the slope of {name} is {slope}; in size it should be below {most}. (E is {E}.)")
        raise NotYet(message.format(name=name, slope=number(slope), most=number(QUIET), E=number(E)))
    if not E > WRONG:
        message = _("every slope of the first layer is below {most} in size, but E is {E}, not above {least}.")
        raise NotYet(message.format(most=number(QUIET), E=number(E), least=number(WRONG)), LOUDER)
    return _(DOORS[_shut(net, trace)])


DOORS = {
    "output": N_("you shut the door at the outputs: o is so near to 0 or 1 that its sigmoid is flat, and nothing gets "
                 "past it. Two other doors can be shut as well."),
    "hidden": N_("you shut the door at the hidden layer: slopes do come back as far as h, but its activation is flat "
                 "there. Two other doors can be shut as well."),
    "V": N_("you shut the door between the layers: where V is 0, no output can say anything to h. Two other doors can "
            "be shut as well."),
    "several": N_("you shut more than one door: open any one of them, and still hardly anything gets through."),
    "cancel": N_("no door is shut: what the two outputs say to h cancels out. There are three doors that can be shut "
                 "as well."),
}  # fmt: skip
"""What is said about the door that was shut."""


def _largest(gradients):
    """The name and the slope of what has the largest slope in the first layer."""
    slopes = {f"w{j + 1}{k + 1}": gradients.weights[0][j, k] for j in range(2) for k in range(2)}
    slopes |= {f"b{k + 1}": gradients.biases[0][k] for k in range(2)}
    name = max(slopes, key=lambda name: abs(slopes[name]))
    return subscript(name), slopes[name]


def _shut(net, trace):
    """Which door keeps the slopes from the first layer: the one that, if it alone were opened, would let most in."""
    hidden, output = (f.backward(z, a, 1) for f, z, a in zip(net.activations, trace.z, trace.a, strict=True))
    wrong, V = abs(trace.output - T_OF_LAB), abs(net.weights[1])

    def let_in(output=output, V=V, hidden=hidden):
        return (2 * wrong * output @ V.T * hidden).max()

    if let_in() >= QUIET:
        return "cancel"
    doors = {
        "output": let_in(output=np.maximum(output, OPEN)),
        "hidden": let_in(hidden=np.maximum(hidden, OPEN)),
        "V": let_in(V=np.maximum(V, 1)),
    }
    return max(doors, key=doors.get) if max(doors.values()) >= QUIET else "several"


@exercise(
    N_("draw it: each of u, w₁ and x₁, and every path from there to E. Slopes along a path multiply, paths add up."),
)
def three_slopes(dE_du, dE_dw1, dE_dx1):
    """The slopes of u, w₁ and x₁ in a network whose first input has a second path, straight to the output."""
    given = {"dE_du": dE_du, "dE_dw1": dE_dw1, "dE_dx1": dE_dx1}
    right, mistakes = _shortcut()
    for name, value in given.items():
        value = inputs.number(name, value)
        if not _near(value, right[name]):
            message = _("{name} is not {value}.").format(name=name, value=number(rounded(value, 4)))
            hints = [hint for wrong, hint in mistakes[name] if _near(value, wrong)]
            raise NotYet(message, tuple(hints[:1]) or None)
    return _(
        "an input has a slope as well, although nobody turns it: that is what a layer hands back to the one before."
    )


UPHILL = N_("in size it is right. Look at its sign: does E rise or fall as this number grows?")
NO_TWO = N_("it is half of what it should be: the slope of a square has a 2.")
FLAT_OUTPUT = N_("you have the slope of a sigmoid at the output. But here the output is the sum itself.")
NO_SIGMOID = N_("on the path through h there is a sigmoid. What is its slope there?")
ONE_WAY = N_("that is one of two paths from x₁ to E. What does the other one lead through?")


def _shortcut():
    """The slopes that `three_slopes` asks for, and for each the usual mistakes with what helps."""
    x1, x2, t = 3, -0.75, 2
    w1, w2, b, v, c, u = 0.5, 1, -0.25, -2, 0.25, 0.5
    h = float(sigmoid(x1 * w1 + x2 * w2 + b))
    o = h * v + x1 * u + c
    dE_do, bend = -2 * (t - o), h * (1 - h)
    through = v * bend
    right = {"dE_du": dE_do * x1, "dE_dw1": dE_do * through * x1, "dE_dx1": dE_do * (u + through * w1)}
    flat = float(sigmoid(o) * (1 - sigmoid(o)))
    mistakes = {
        name: [(-slope, UPHILL), (slope / 2, NO_TWO), (slope * flat, FLAT_OUTPUT)] for name, slope in right.items()
    }
    mistakes["dE_dw1"] += [(dE_do * v * x1, NO_SIGMOID)]
    mistakes["dE_dx1"] += [(dE_do * u, ONE_WAY), (dE_do * through * w1, ONE_WAY), (dE_do * (u + v * w1), NO_SIGMOID)]
    return right, mistakes


def _near(value, right):
    return abs(value - right) <= NUDGED * abs(right)


@exercise(
    N_("three lines of the chapter's backward do it for the hidden layer; here they stand for any layer."),
    N_("first dE_dZ: what comes from behind, times the slope of the sigmoid. Everything else follows from it."),
)
def layer_back(function):
    """The function takes a table of slopes back through one layer of sigmoids; its answer is checked by nudging."""
    generator = np.random.default_rng(10)
    for rows, before, units in ((4, 2, 3), (1, 3, 1), (5, 4, 2), (3, 3, 3)):
        shapes = {"X": (rows, before), "W": (before, units), "b": units, "dE_dA": (rows, units)}
        given = {name: generator.normal(size=shape) for name, shape in shapes.items()}
        answers = arrays_of(function, ("dE_dW", "dE_db", "dE_dX"), **given)
        for of, answer in zip("WbX", answers, strict=True):
            answer = answer[0] if of == "b" and answer.shape == (1, units) else answer
            if wrong := _differs(f"dE_d{of}", answer, _nudged(of, given)):
                hint = _mistaken_layer(of, answer, **given)
                raise NotYet(wrong, hint and (hint,))
    return _("call it for the last layer, hand its dE_dX to the layer before, and so on: that is the whole way back.")


def _differs(name, answer, right):
    """Where these slopes differ most from the right ones, in words; None where they don't."""
    if answer.shape != right.shape:
        message = _("{name} should have shape {wanted}, not {shape}.")
        raise Slip(message.format(name=name, wanted=right.shape, shape=answer.shape))
    off = abs(answer - right)
    if off.max() < CLOSE:
        return None
    place = np.unravel_index(off.argmax(), off.shape)
    message = _("with random numbers {name}[{place}] is {answer}; nudging gives {right}.")
    numbers = {"answer": number(rounded(answer[place], 4)), "right": number(rounded(right[place], 4))}
    return message.format(name=name, place=", ".join(map(str, place)), **numbers)


def _nudged(name, given, nudge=1e-5):
    """What nudging every number of the array `name` does to Σ A · dE_dA, whose slope for A is dE_dA."""

    def total(values):
        X, W, b, dE_dA = (given | {name: values}).values()
        return (sigmoid.f(X @ W + b) * dE_dA).sum()

    values = given[name]
    slopes = np.empty_like(values)
    for place in np.ndindex(values.shape):
        step = np.zeros_like(values)
        step[place] = nudge
        slopes[place] = (total(values + step) - total(values - step)) / (2 * nudge)
    return slopes


NOT_BENT = N_("that lets the slopes through as if there were no sigmoid. How does A answer to Z?")
OF_THE_SUM = N_("the slope of a sigmoid is a (1 − a), with what the sigmoid answers, not z (1 − z) with the sum.")
AVERAGED = N_("that is the mean over the rows. dE_dA has the 1 / n in it already: add the rows up.")
TURNED = N_(
    "here W goes forward once more. What unit k says comes back to input j through W[j, k]: the other way round."
)


def _mistaken_layer(name, answer, X, W, b, dE_dA):
    """What helps against the mistake that was made with the slopes of `name`; None where it is none of the usual."""
    Z = X @ W + b
    A = sigmoid.f(Z)

    def of(dE_dZ):
        return {"W": X.T @ dE_dZ, "b": dE_dZ.sum(axis=0), "X": dE_dZ @ W.T}[name]

    right = dE_dA * A * (1 - A)
    mistakes = [(of(dE_dA), NOT_BENT), (of(dE_dA * Z * (1 - Z)), OF_THE_SUM), (of(right) / len(X), AVERAGED)]
    if name == "X" and W.shape[0] == W.shape[1]:
        mistakes.append((right @ W, TURNED))
    return next((hint for wrong, hint in mistakes if abs(answer - wrong).max() < CLOSE), None)


WHICH = (
    N_("nudge each of the four, and lay your slopes beside those of `backward`. E stands in the cell."),
    N_("the slopes of one layer are right, those of the other are not. What do only the wrong ones pass on their way?"),
)
MASK = (
    N_("the slopes of V and c are right, so all is well as far back as dE_dO. What comes after it?"),
    N_("print H >= 0. Is there any False in it? What is H made of?"),
    N_("a ReLU has slope 1 where its sum is above 0, and 0 where it is below. Its answer H is there 0, not below 0."),
)


@exercise(*MASK)
def planted(wrong, mended):
    """`wrong` names what has wrong slopes in the chapter's planted `backward`; `mended` has all of them right."""
    names = _names(wrong)
    if names != HIDDEN:
        message = _("you say that these have wrong slopes: {names}. Nudging says otherwise.")
        raise NotYet(message.format(names=", ".join(sorted(names)) or _("none")), WHICH)
    generator = np.random.default_rng(1986)
    for rows, *sizes in ((3, 2, 3, 1), (6, 3, 4, 2), (1, 2, 2, 3)):
        net = Network(sizes, activation="relu", output="identity")
        net.parameters = generator.normal(size=net.parameters.size)
        X, T = generator.normal(size=(rows, sizes[0])), generator.normal(size=(rows, sizes[-1]))
        (W, V), (b, c) = net.weights, net.biases
        slopes = net.backward(net.forward(X), T)
        right = zip(("dE_dW", "dE_db", "dE_dV", "dE_dc"), _by_layer(slopes), strict=True)
        answers = arrays_of(mended, ("dE_dW", "dE_db", "dE_dV", "dE_dc"), X=X, T=T, W=W, b=b, V=V, c=c)
        for answer, (name, its) in zip(answers, right, strict=True):
            if off := _differs(name, answer, its):
                raise NotYet(off)
    return _("what a ReLU answers is never below 0, so the mask let everything through. Nothing stops, and a network "
             "even learns with it, only worse: it takes a nudge to see it.")  # fmt: skip


def _by_layer(gradients):
    return [slopes for layer in zip(gradients.weights, gradients.biases, strict=True) for slopes in layer]


def _names(value):
    """The names in a learner's answer, as a set."""
    if isinstance(value, str):
        value = value.replace(",", " ").split()
    if not isinstance(value, (list, tuple, set, frozenset)):
        message = _('wrong should be a list of names, such as ["W", "c"], not {value}.')
        raise Slip(message.format(value=inputs.shown(value)))
    return {inputs.choice("wrong", name, ("W", "b", "V", "c")) for name in value}
