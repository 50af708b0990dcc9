"""What the exercises of chapter 03, the perceptron learns, ask."""

from itertools import permutations

import numpy as np

from annkit import data, inputs
from annkit.checks.chapter_02 import perceptron_of, to_scale
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.perceptron import Perceptron
from annkit.translation import N_, _
from annkit.wording import number, row_of

MOST_PASSES = 1000
MANY = 100
"""Corrections that nobody counts any more."""


SLOW_POINTS = np.array([[0, -3], [-3, 3], [2, -1], [3, -3]]), np.array([0, 1, 1, 1])
"""The points of the second exercise, and their targets."""


def mistakes_until_learnt(X, labels):
    """The mistakes of a perceptron that learns from w = b = 0 until a whole pass has none; None after 1000 passes."""
    neuron, total = Perceptron(np.zeros(X.shape[1])), 0
    for __ in range(MOST_PASSES):
        mistakes = sum(abs(neuron.learn(x, t)) for x, t in zip(X, labels, strict=True))
        total += mistakes
        if not mistakes:
            return total
    return None


def corrections_until_right(x, t, neuron):
    """How often `neuron` still has to learn this row until it is right; None where that is too often."""
    neuron = Perceptron(neuron.weights, neuron.bias)
    return next((count for count in range(MANY) if not neuron.learn(x, t)), None)


RIGHT_AT_ONCE = (
    N_("nothing has to be corrected, as its sum is greater than 0. It should begin below 0, far enough for three."),
    N_("press Reset: there the sum begins at −5, and a correction brings 3."),
)
TOO_FEW = (
    N_("a correction brings x₁² + x₂² + 1. Where should the point be, so that it brings less?"),
    N_("or let the sum begin further below 0. Two corrections should not be enough, three should."),
)
TOO_MANY = (
    N_("a correction brings x₁² + x₂² + 1. Where should the point be, so that it brings more?"),
    N_("or let the sum begin nearer to 0. Two corrections should not be enough, three should."),
)


@exercise(start=Start("PerceptronLab", w1=-2, w2=-2, b=-1))
def three_corrections(lab):
    """The lab's one point is a ○ that takes exactly three corrections, made already or still to come."""
    if len(lab.table) != 1 or lab.table.labels[0] != 1:
        raise Slip(_("the lab should keep its one point, a ○."))
    x, neuron = lab.table.X[0], lab.perceptron()
    __, mistakes, passes, *__ = lab.progress
    made, gain = mistakes + sum(each for each, __ in passes), float(x @ x) + 1
    left = corrections_until_right(x, 1, neuron)
    if left is None:
        raise NotYet(_("this point takes {count} corrections or more until it is right.").format(count=MANY), TOO_MANY)
    count, start = made + left, neuron.sums(x[None])[0] - made * gain
    if count != 3:
        message = _("the sum begins at {sum}, and each correction brings {gain}: it takes {count} to be right.")
        hints = TOO_MANY if count > 3 else TOO_FEW if count else RIGHT_AT_ONCE
        raise NotYet(message.format(sum=number(start), gain=number(gain), count=count), hints)
    return _("a correction moves the sum by x₁² + x₂² + 1, which need not bring it across 0.")


@exercise(
    N_("make your loop a function of the order that returns the number of mistakes, and try several orders."),
    N_("there are only 24 orders. Let a loop go through itertools.permutations([1, 2, 3, 4]) and keep the worst."),
)
def slowest_order(order):
    """The order of the four points in which learning from w = b = 0 makes the most mistakes."""
    (X, t), order = SLOW_POINTS, inputs.vector("order", order)
    if sorted(order) != [1, 2, 3, 4]:
        raise Slip(_("order should hold each of 1, 2, 3 and 4 once; it is {order}.").format(order=row_of(order)))
    counts = {rows: mistakes_until_learnt(X[list(rows)], t[list(rows)]) for rows in permutations(range(4))}
    mine, most = counts[tuple(int(row) - 1 for row in order)], max(counts.values())
    if mine < most:
        message = _("in this order it makes {mine} mistakes. The orders make from {least} to {most}.")
        raise NotYet(message.format(mine=mine, least=min(counts.values()), most=most))
    return _("{most} mistakes; the quickest order makes {least}.").format(most=most, least=min(counts.values()))


ONE_FEATURE = (N_("let the rule find both: begin at w = (0, 0) and b = 0, and add or take away whole rows."),)
UNTIL_NONE = (
    N_("a correction is w = w + (t − o) * x and b = b + (t − o), with o = 1 where x @ w + b > 0, else 0."),
    N_("go through all rows again and again, until a whole pass has no mistake."),
)


@exercise()
def iris_learnt(w, b):
    """A learnt perceptron that makes no mistake on setosa against versicolor.

    Nobody sees from a perceptron how it was found, but the rule adds whole rows: in 60,000 random orders from zeros a
    weight came to 0 nine times. A line that was set by hand for one feature alone has such a weight.
    """
    table = data.iris(["setosa", "versicolor"], ["petal length", "petal width"])
    neuron = perceptron_of(w, b)
    wrong = int((to_scale(neuron).predict(table.X) != table.labels).sum())
    if wrong:
        message = _("{wrong} of the 100 flowers are still on the wrong side.")
        raise NotYet(message.format(wrong=wrong), UNTIL_NONE)
    if not neuron.weights.all():
        message = _(
            "this line looks at one feature alone, {feature}; the rule adds whole rows, and finds both weights."
        )
        raise NotYet(message.format(feature=table.features[int(neuron.weights[0] == 0)]), ONE_FEATURE)
    return _("another order of the flowers gives another line, as good to the rule.")
