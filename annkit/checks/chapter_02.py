"""What the exercises of chapter 02, the perceptron decides, ask."""

import numpy as np

from annkit import data, inputs
from annkit.checks.exercise import NotYet, exercise
from annkit.perceptron import Perceptron
from annkit.translation import N_, _
from annkit.wording import number, weighted_sum

LINE_POINTS = np.array([[0, 2], [4, 0]])
ROW_WITH_MINUS = np.array([2, -1, 2])


@exercise(
    N_("look at the one corner that is an O: how many inputs are 1 there, and how many at its neighbours?"),
    N_("with w₁ = w₂ = 1 the sum counts the ones; choose b so that one is too few and two are enough."),
)
def and_gate(lab):
    """The lab's perceptron answers O only at (1, 1)."""
    _classify(lab, data.logic("AND"))
    return _("w₁ + w₂ + b is the sum at (1, 1), the only one that is greater than 0.")


@exercise(
    N_("start from your AND: which of the three, w₁, w₂ or b, says how many ones it takes?"),
    N_("only b has to change: one 1 is now enough, and none is not."),
)
def or_gate(lab):
    """The lab's perceptron answers X only at (0, 0)."""
    _classify(lab, data.logic("OR"))
    return _("put these three numbers beside your AND: what had to change?")


@exercise(
    N_("NAND says O exactly where AND says X: which button swaps the two sides?"),
    N_("both weights are negative, and the bias is positive: nothing on is an O, and both on is too much."),
)
def nand_gate(lab):
    """The lab's perceptron answers X only at (1, 1)."""
    _classify(lab, data.logic("NAND"))
    return _("multiply all three numbers by −1: which table do they solve now?")


@exercise(
    N_("compare rows 1 and 3: they differ only in a. Then compare rows 2 and 4."),
    N_("more of a speaks for O, and so does more of b. Which weight can then be 0?"),
    N_("with w₁ = 1, w₂ = 0.5, w₃ = 0 the four sums without bias are 5.5, 6.5, 4.5 and 4: which bias divides them?"),
)
def lecture_rows(lab):
    """The lab's perceptron calls rows 1 and 2 an O, rows 3 and 4 an X."""
    _classify(lab, data.lecture())
    return _("no single feature divides these rows; a weighted sum does.")


OTHER_SIDE = (N_("the line is the right one. What becomes of a line and its sides when you multiply w and b by −1?"),)


@exercise(
    N_("the sum has to be exactly 0 at both points. At (0, 2) it is w₂ × 2 + b, at (4, 0) it is w₁ × 4 + b."),
    N_(
        "choose any b that is not 0 and solve both for the weights. At (0, 0) the sum is b: which sign makes that an O?"
    ),
)
def line(w, b):
    """The perceptron's line goes through (0, 2) and (4, 0), and (0, 0) is on its O side."""
    neuron = Perceptron(inputs.vector("w", w), inputs.number("b", b))
    if len(neuron.weights) != 2:
        raise NotYet(_("there should be two weights; there are {count}.").format(count=len(neuron.weights)))
    if not neuron.weights.any():
        raise NotYet(_("with both weights 0 the sum is the same everywhere: there is no line."))
    for point in LINE_POINTS:
        total = neuron.sums(point[None])[0]
        size = np.abs(point * neuron.weights).sum() + abs(neuron.bias)
        if abs(total) > 1e-9 * size:
            raise NotYet(_wrong_sum(point, neuron, _("it should be 0, as the line goes through this point")))
    if neuron.bias <= 0:
        raise NotYet(_wrong_sum(np.zeros(2), neuron, _("the line is right, but here should be the O side")), OTHER_SIDE)
    return _("every positive multiple of your numbers is the same line with the same sides.")


OUTWEIGH = (
    N_("the input −1 has to outweigh 2 and 2: which of the three weights should be the large one?"),
    N_("with w₁ = w₃ = 1 the sum is 4 − w₂. Any w₂ that makes this 0 or less will do."),
)


@exercise(
    N_("a positive weight never changes the sign of its input. Which rows then can't have a sum of 0 or less?"),
    N_("try rows without a negative number. Is every one of them an O?"),
)
def always(row, weights):
    """With b = 0 and any positive weights `row` is an O; with these positive `weights` (2, −1, 2) is an X."""
    row, weights = inputs.vector("row", row), inputs.vector("weights", weights)
    for name, values in (("row", row), ("weights", weights)):
        if len(values) != 3:
            raise NotYet(_("{name} should hold three numbers; it holds {count}.").format(name=name, count=len(values)))
    if not row.any():
        raise NotYet(_("the sum of a row of zeros is 0, and 0 is not greater than 0."))
    if row.min() < 0:
        raise NotYet(_wrong_sum(row, Perceptron(_spoilers(row)), _("these positive weights make it an X")))
    if weights.min() <= 0:
        message = _("your row is right; the weights should all be greater than 0, and one is {value}.")
        raise NotYet(message.format(value=number(weights.min())), OUTWEIGH)
    if ROW_WITH_MINUS @ weights > 0:
        wrong = _wrong_sum(ROW_WITH_MINUS, Perceptron(weights), _("that is still an O"))
        raise NotYet(_("your row is right;") + " " + wrong, OUTWEIGH)
    return _("say in one sentence which rows are always an O, and why.")


def _classify(lab, table):
    """Raise `NotYet` at the first row of the table that the lab's perceptron gets wrong."""
    neuron = lab.perceptron()
    if len(neuron.weights) != table.X.shape[1]:
        message = _("this exercise needs {wanted} weights; this lab has {count}.")
        raise NotYet(message.format(wanted=table.X.shape[1], count=len(neuron.weights)))
    for row, label, answer in zip(table.X, table.labels, neuron.predict(table.X), strict=True):
        if answer != label:
            raise NotYet(_wrong_sum(row, neuron, _("this row should be an {kind}").format(kind="XO"[label])))


def _wrong_sum(row, neuron, comment):
    total = neuron.sums(row[None])[0]
    sentence = _("at ({row}) the sum is {sum} = {total}; {comment}.")
    place = ", ".join(number(value) for value in row)
    arithmetic = weighted_sum(row, neuron.weights, neuron.bias)
    return sentence.format(row=place, sum=arithmetic, total=number(total), comment=comment)


def _spoilers(row):
    """Positive weights that make the sum of a row with a negative entry negative."""
    enough = row[row > 0].sum() / -row.min() + 1
    return np.where(row == row.min(), np.ceil(enough), 1.0)
