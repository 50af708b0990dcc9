"""What the exercises of chapter 04, XOR and the multilayer perceptron, ask."""

import numpy as np

from annkit import data, inputs
from annkit.activations import step
from annkit.checks.exercise import NotYet, Start, exercise
from annkit.checks.functions import array_of
from annkit.translation import N_, _

GRID = np.arange(-2, 2.25, 0.5)
MIXED = (
    N_("slide move to 1: an × shares a place with an ○ there, and no line tells them apart. Turn a hidden unit first."),
    N_("which corners does each hidden unit answer 1 to? Turn one until it finds something that the other doesn't."),
)
ONLY_MOVED = (
    N_("the four corners have only changed places, and no line divides them. Turn a hidden unit until two meet."),
    N_("a unit that answers 1 to one corner alone, or to three, brings corners together."),
)
OUTPUT = (
    N_("the hidden units have done their part. Slide move to 1, and turn v₁, v₂ and c until a line divides ○ from ×."),
    N_("at which places in the hidden plane are the ○? The sum there should be above 0, and at the others 0 or less."),
)
ABOVE_0 = (N_("with both weights above 0 a unit can be an OR or an AND. Take one of each, and then turn the output."),)
AGAINST = (N_("the output should say ○ where the OR answers 1 and the AND 0: so one of its weights is below 0."),)
BELOW_0 = (
    N_("with both weights above 0, switching something on can only raise a unit's sum. Which answers can it give?"),
    N_("it can be an OR or an AND. Take one of each. What should the output say where both answer 1?"),
)
APART = (
    N_("think of a unit that answers 1 at a single corner: which corners meet then, when the other unit does so too?"),
    N_("let h₁ find 10 alone and h₂ find 01 alone; then the output has only to be an OR."),
)


@exercise(start=Start("XorLab", w11=-1, w21=1, b1=0.5, w12=1, w22=0, b2=-0.5, v1=1, v2=1, c=-1.5))
def xor(lab):
    """The lab's network gets all four corners of XOR right, with no weight of 0 or less in its hidden units."""
    _expect_solved(lab, ABOVE_0, AGAINST)
    for name, value in {"w₁₁": lab.w11, "w₂₁": lab.w21, "w₁₂": lab.w12, "w₂₂": lab.w22}.items():
        if value <= 0:
            message = _("all four corners are right, but {name} is not above 0, and this time it should be.")
            raise NotYet(message.format(name=name), BELOW_0)
    return _("at least one is on, but not both: the AND speaks against.")


@exercise(start=Start("XorLab", w11=1, w21=1, b1=-0.5, w12=1, w22=1, b2=-0.5, v1=1, v2=1, c=-0.5))
def another_xor(lab):
    """The lab's network solves XOR, and its hidden units bring the two × to one place."""
    _expect_solved(lab, APART)
    hidden = lab.hidden(data.logic("XOR").X)
    if (hidden[0] != hidden[3]).any():
        raise NotYet(_("all four corners are right, but it is the two ○ that meet, not the two ×."), APART)
    return _("different weights, other places, the same decision: the hidden answers are nobody's but the network's.")


@exercise(
    N_("first the hidden layer: the step of X @ W + b. What is the shape of the result for four rows and two units?"),
    N_("then the same with V and c, from the hidden layer instead of X."),
)
def forward(function):
    """The function gives the outputs of a network with one hidden layer of step units, whose sums may be 0."""
    generator = np.random.default_rng(4)
    for rows, features, hidden, outputs in ((4, 2, 2, 1), (5, 3, 4, 2), (8, 3, 4, 2)):
        shapes = (rows, features), (features, hidden), hidden, (hidden, outputs), outputs
        X, W, b, V, c = network = [generator.integers(-2, 3, shape) / 2 for shape in shapes]
        right = _two_layers(step, *network)
        answer = array_of(function, right.shape, X=X, W=W, b=b, V=V, c=c)
        if (answer != right).any():
            count = int((answer != right).sum())
            reason, hints = _mistake(answer, *network)
            reason = reason or _("{count} of {size} answers differ from the network's.")
            message = _("for {rows} rows of random inputs: {reason}")
            reason = reason.format(count=count, size=right.size)
            raise NotYet(message.format(rows=rows, reason=reason), hints)
    return _("two lines of code for two layers; a further layer is one line more.")


@exercise(
    N_("three loops, one inside the other, over the nine values for w₁, w₂ and b; count the corners that are right."),
    N_("(step(X @ [w1, w2] + b) == t).sum() counts the right corners of one perceptron."),
)
def search(best, count):
    """The most corners that one perceptron of the grid gets right, and how many of the 729 do."""
    best, count = inputs.number("best", best), inputs.number("count", count)
    right, without_end = _corners_right(GRID), _corners_right(GRID[:-1])
    if best != right.max():
        raise NotYet(_("best should be the number of corners, out of 4; {best:g} is not it.").format(best=best))
    if count != (right == right.max()).sum():
        message = _("{best:g} corners is the most, but {count:g} is not the number of perceptrons that reach it.")
        ends = N_("the grid has nine values, the 2 among them; np.arange(-2, 2, 0.5) stops before it.")
        add = N_("go through all 729 once more, and add 1 for each that gets as many right as the best.")
        hints = (ends,) if count == (without_end == right.max()).sum() else (add,)
        raise NotYet(message.format(best=best, count=count), hints)
    return _("the search proves it for the grid; the inequalities for all weights.")


def _two_layers(unit, X, W, b, V, c):
    return unit(unit(X @ W + b) @ V + c)


def _mistake(answer, X, W, b, V, c):
    """What has gone wrong in this answer, and its hints, where it can be told; otherwise nothing and None."""
    bias = N_("a layer has one bias for each unit of its layer, added to the unit's sum before the step.")
    known = [
        (
            _two_layers(lambda z: z >= 0, X, W, b, V, c),
            _("your units answer 1 where their sum is exactly 0; it should be greater than 0."),
            N_("`step` of annkit answers 0 to a sum of 0."),
        ),
        (
            step((X @ W + b) @ V + c),
            _("your hidden units pass on their sums, not their answers: a step is missing."),
            N_("without the steps between, two layers are no more than one."),
        ),
        (
            step(X @ W + b) @ V + c,
            _("your outputs are sums, not answers: a step is missing."),
            N_("the output is a perceptron as well: it answers 1 or 0."),
        ),
        (step(step(X @ W) @ V), _("the biases are missing: b belongs to the hidden sums, c to the output's."), bias),
        (step(step(X @ W) @ V + c), _("b is missing: it belongs to the hidden sums."), bias),
        (step(step(X @ W + b) @ V), _("c is missing: it belongs to the output's sums."), bias),
    ]
    return next(((words, (hint,)) for wrong, words, hint in known if (answer == wrong).all()), ("", None))


def _corners_right(values):
    """How many corners of XOR each perceptron of a grid of these values gets right."""
    table = data.logic("XOR")
    w1, w2, b = (each.ravel() for each in np.meshgrid(values, values, values))
    sums = np.outer(table.X[:, 0], w1) + np.outer(table.X[:, 1], w2) + b
    return (step(sums).T == table.labels).sum(axis=1)


def _expect_solved(lab, hidden_hints, output_hints=()):
    """Refuse a network that gets a corner wrong: hints of the layer that is to blame, and then the exercise's own."""
    table = data.logic("XOR")
    if lab.right.all():
        return
    corners = ", ".join("".join(str(int(value)) for value in corner) for corner in table.X[~lab.right])
    message = _("{right} of 4 corners are right; wrong: {corners}.").format(right=lab.right.sum(), corners=corners)
    places = [tuple(place) for place in lab.hidden(table.X).tolist()]
    apart = set(zip(places, table.labels.tolist(), strict=True))
    if len(apart) > len(set(places)):
        raise NotYet(message, MIXED + hidden_hints)
    raise NotYet(message, ONLY_MOVED + hidden_hints if len(apart) == 4 else OUTPUT + output_hints)
