"""What the exercises of chapter 02, the perceptron decides, ask."""

import numpy as np

from annkit import data, inputs
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.perceptron import Perceptron
from annkit.translation import N_, _
from annkit.wording import number, weighted_sum

LINE_POINTS = np.array([[0, 2], [4, 0]])
ROW_WITH_MINUS = np.array([2, -1, 2])
GATE = Start("PerceptronLab", w1=0.5, w2=1, b=-0.5)
TOO_LOW = N_("there the sum has to grow above 0. At a corner only b counts, and the weights of the inputs that are 1.")
TOO_HIGH = N_("there the sum has to come down to 0. At a corner only b counts, and the weights of inputs that are 1.")


@exercise(start=GATE)
def and_gate(lab):
    """The lab's perceptron answers ○ only at (1, 1)."""
    last = N_("with w₁ = w₂ = 1 the sum counts the ones; choose b so that one is too few and two are enough.")
    _classify(lab, data.logic("AND"), _gate_hints(last))
    return _("w₁ + w₂ + b is the sum at (1, 1), the only one that is greater than 0.")


@exercise(start=GATE)
def or_gate(lab):
    """The lab's perceptron answers × only at (0, 0)."""
    last = N_("start from your AND: only b has to change. One 1 is now enough, and none is not.")
    _classify(lab, data.logic("OR"), _gate_hints(last))
    return _("put these three numbers beside your AND: what had to change?")


@exercise(start=GATE)
def nand_gate(lab):
    """The lab's perceptron answers × only at (1, 1)."""
    last = N_("NAND says ○ exactly where AND says ×: which button swaps the two sides? But look at sums of exactly 0.")
    _classify(lab, data.logic("NAND"), _gate_hints(last))
    return _("multiply all three numbers by −1: which table do they solve now?")


def _gate_hints(last):
    """For each corner the hints where it is wrong: a missed ○ needs a larger sum, a false ○ a smaller one."""
    return lambda row, label: (TOO_LOW if label else TOO_HIGH, last)


DIVIDE_1_3 = N_("rows 1 and 3 differ only in x₁. Row 1 should be ○ and row 3 ×: which sign must w₁ have?")
DIVIDE_2_4 = N_("rows 2 and 4 differ only in x₂. Row 2 should be ○ and row 4 ×: which sign must w₂ have?")
CROSSWISE = N_("rows 1 and 2 should both have a larger sum than rows 3 and 4. Compare row 1 with 4, and row 2 with 3.")
ONLY_BIAS = N_("rows 1 and 2 have the two largest sums, so the weights are fine. Which b lets only these two exceed 0?")
BOTH = N_("with w₁ = 1, w₂ = 0.5, w₃ = 0 the four sums without bias are 5.5, 6.5, 4.5 and 4: which bias divides them?")


@exercise(start=Start("PerceptronLab", w1=0.5, w2=-0.2, w3=0.9, b=-2))
def lecture_rows(lab):
    """The lab's perceptron calls rows 1 and 2 a ○, rows 3 and 4 a ×."""
    _classify(lab, data.lecture(), lambda *__: _rows_hints(lab.perceptron()))
    return _("no single feature divides these rows; a weighted sum does.")


def _rows_hints(neuron):
    """What is still missing: the sign of a weight, an order of the four sums that a bias can divide, or the bias."""
    sums = neuron.sums(data.lecture().X)
    if neuron.weights[0] <= 0:
        return DIVIDE_1_3, BOTH
    if neuron.weights[1] <= 0:
        return DIVIDE_2_4, BOTH
    return (ONLY_BIAS if sums[:2].min() > sums[2:].max() else CROSSWISE), BOTH


OTHER_SIDE = (N_("the line is the right one. What becomes of a line and its sides when you multiply w and b by −1?"),)


NO_LINE = (N_("a line needs a weight that is not 0: choose one, and find the others from it."),)
SOLVE = N_("choose a b that is not 0, and solve w₂ × 2 + b = 0 and w₁ × 4 + b = 0 for the weights.")
AT_POINT = (
    (N_("at (0, 2) only w₂ and b take part: w₂ × 2 + b should be 0."), SOLVE),
    (N_("at (4, 0) only w₁ and b take part: w₁ × 4 + b should be 0."), SOLVE),
)


@exercise()
def line(w, b):
    """The perceptron's line goes through (0, 2) and (4, 0), and (0, 0) is on its ○ side."""
    neuron = perceptron_of(w, b)
    if not neuron.weights.any():
        raise NotYet(_("with both weights 0 the sum is the same everywhere: there is no line."), NO_LINE)
    same = to_scale(neuron)
    for point, hints in zip(LINE_POINTS, AT_POINT, strict=True):
        size = np.abs(point * same.weights).sum() + abs(same.bias)
        if abs(same.sums(point[None])[0]) > 1e-9 * size:
            raise NotYet(_wrong_sum(point, neuron, _("it should be 0, as the line goes through this point")), hints)
    if neuron.bias <= 0:
        raise NotYet(_wrong_sum(np.zeros(2), neuron, _("the line is right, but here should be the ○ side")), OTHER_SIDE)
    return _("every positive multiple of your numbers is the same line with the same sides.")


OUTWEIGH = (
    N_("the input −1 has to outweigh 2 and 2: which of the three weights should be the large one?"),
    N_("with w₁ = w₃ = 1 the sum is 4 − w₂. Any w₂ that makes this 0 or less will do."),
)


ALL_ZERO = (N_("one entry that is not 0 is enough. Which sign should it have?"),)


@exercise(
    N_("a positive weight never changes the sign of its input. Which rows then can't have a sum of 0 or less?"),
    N_("try rows without a negative number. Is every one of them a ○?"),
)
def always(row, weights):
    """With b = 0 and any positive weights `row` is a ○; with these positive `weights` (2, −1, 2) is a ×."""
    row, weights = inputs.vector("row", row), inputs.vector("weights", weights)
    for name, values in (("row", row), ("weights", weights)):
        if len(values) != 3:
            raise Slip(_("{name} should hold three numbers; it holds {count}.").format(name=name, count=len(values)))
    if not row.any():
        raise NotYet(_("the sum of a row of zeros is 0, and 0 is not greater than 0."), ALL_ZERO)
    if row.min() < 0:
        raise NotYet(_wrong_sum(row, Perceptron(_spoilers(row)), _("these positive weights make it a ×")))
    if weights.min() <= 0:
        message = _("your row is right; the weights should all be greater than 0, and one is {value}.")
        raise NotYet(message.format(value=number(weights.min())), OUTWEIGH)
    if ROW_WITH_MINUS @ weights > 0:
        comment = _("that is still a ○, but your row is right")
        raise NotYet(_wrong_sum(ROW_WITH_MINUS, Perceptron(weights), comment), OUTWEIGH)
    return _("say in one sentence which rows are always a ○, and why.")


def perceptron_of(w, b):
    """The perceptron with these two weights and this bias."""
    w, b = inputs.vector("w", w), inputs.number("b", b)
    if len(w) != 2:
        raise Slip(_("w should hold two weights; it holds {count}.").format(count=len(w)))
    return Perceptron(w, b)


def to_scale(neuron):
    """The same line and the same sides in numbers of up to 1; with numbers of 10³⁰⁸ the sums would be infinite."""
    most = max(np.abs(neuron.weights).max(), abs(neuron.bias)) or 1
    return Perceptron(neuron.weights / most, neuron.bias / most)


def _classify(lab, table, hints_for):
    """Raise `NotYet` at the first row that the lab's perceptron gets wrong, with the hints for this row and class."""
    neuron = lab.perceptron()
    if len(neuron.weights) != table.X.shape[1]:
        message = _("this exercise needs {wanted} weights; this lab has {count}.")
        raise Slip(message.format(wanted=table.X.shape[1], count=len(neuron.weights)))
    for row, label, answer in zip(table.X, table.labels, neuron.predict(table.X), strict=True):
        if answer != label:
            reason = _wrong_sum(row, neuron, _("this row should be a {kind}").format(kind=table.kinds[label]))
            raise NotYet(reason, hints_for(row, label))


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
