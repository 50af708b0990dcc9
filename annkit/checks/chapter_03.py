"""What the exercises of chapter 03, the perceptron learns, ask."""

from itertools import permutations

import numpy as np

from annkit import data, inputs
from annkit.checks.exercise import NotYet, exercise
from annkit.perceptron import Perceptron
from annkit.translation import N_, _

MOST_PASSES = 1000


def mistakes_until_learnt(X, labels):
    """The mistakes of a perceptron that learns from w = b = 0 until a whole pass has none; None after 1000 passes."""
    neuron, total = Perceptron(np.zeros(X.shape[1])), 0
    for __ in range(MOST_PASSES):
        mistakes = sum(abs(neuron.learn(x, t)) for x, t in zip(X, labels, strict=True))
        total += mistakes
        if not mistakes:
            return total
    return None


def updates_until_right(x, t, weights, bias):
    """How often one row has to be learnt, one time after the other, until it is right."""
    neuron, count = Perceptron(weights, bias), 0
    while neuron.learn(x, t):
        count += 1
    return count


@exercise(
    N_("each correction moves the sum of the row by x₁² + x₂² + 1. Where should the row be to make that small?"),
    N_("the sum at the row now should be less than 0, and more than two corrections away from it."),
)
def three_updates(lab):
    """Point 1 is an O whose sum is so far below 0 that it takes exactly three corrections."""
    if lab.table.labels[0] != 1:
        raise NotYet(_("point 1 should stay an O."))
    count = updates_until_right(lab.table.X[0], 1, lab.perceptron().weights, lab.b)
    if count != 3:
        raise NotYet(
            _("point 1 takes {count} corrections, one after the other, until it is right.").format(count=count)
        )
    return _("each correction moves the sum by x₁² + x₂² + 1, not always across 0.")


@exercise(
    N_("try beginning with point 4. What does its correction do to the sum at point 2?"),
    N_("make your loop a function of the order that returns the number of mistakes, and try several orders."),
    N_("there are only 24 orders: itertools.permutations([1, 2, 3, 4]) lists them."),
)
def slowest_order(order):
    """The order of the four points in which learning from w = b = 0 makes the most mistakes."""
    table = data.four_points()
    order = inputs.vector("order", order).tolist()
    if sorted(order) != [1, 2, 3, 4]:
        raise NotYet(_("order should hold each of 1, 2, 3 and 4 once; it holds {order}.").format(order=order))
    counts = {
        rows: mistakes_until_learnt(table.X[list(rows)], table.labels[list(rows)]) for rows in permutations(range(4))
    }
    mine, most = counts[tuple(int(row) - 1 for row in order)], max(counts.values())
    if mine < most:
        raise NotYet(_("in this order it makes {mine} mistakes; there is an order with more.").format(mine=mine))
    return _("{most} mistakes; the quickest order makes {least}.").format(most=most, least=min(counts.values()))


@exercise(
    N_("a correction is w = w + (t − o) * x and b = b + (t − o), with o = 1 where x @ w + b > 0, else 0."),
    N_("go through all rows again and again, until a whole pass has no mistake."),
)
def iris_learnt(w, b):
    """A perceptron that makes no mistake on setosa against versicolor."""
    table = data.iris(["setosa", "versicolor"], ["petal length", "petal width"])
    neuron = Perceptron(inputs.vector("w", w), inputs.number("b", b))
    if len(neuron.weights) != 2:
        raise NotYet(_("w should hold two weights; it holds {count}.").format(count=len(neuron.weights)))
    wrong = int((neuron.predict(table.X) != table.labels).sum())
    if wrong:
        raise NotYet(_("{wrong} of the 100 flowers are still on the wrong side.").format(wrong=wrong))
    return _("another order of the flowers gives another line, as good to the rule.")
