"""What the exercises of chapter 06, weighted sums are matrix products, ask."""

import re

import numpy as np

from annkit import data, inputs
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.checks.functions import array_of, arrays_of, expect_shape, quarters
from annkit.translation import N_, _
from annkit.wording import number, row_of

ACCURACY = 1e-9
"""How far from each other two results may be, for their size, that count as equal."""
FIT = ((150, 3), "no", (150, 2), (2, 150), (4, 4), (4, 3))
"""The six answers of exercise 4."""
SIDES = N_("write the two shapes side by side. The two numbers in the middle have to be equal; what is left outside?")
SHAPE_HINTS = (
    SIDES,
    SIDES,
    N_("do the first product first, then write its shape beside that of V."),
    N_("`.T` turns a shape around: X.T is 4 × 150. What are V.T and W.T?"),
    N_("`.T` turns a shape around: X.T is 4 × 150."),
    N_("M needs as many rows as X has columns, and as many columns as V has rows."),
)
"""For each of these answers."""
GOAL = ((-2.0, 0.5), (-0.5, 1.5))
"""The rows that bring the F of exercise 2 where it is wanted."""
PRODUCTS = {"matmul", "dot", "inner", "einsum", "tensordot", "matvec", "vecmat", "vecdot"}
"""What NumPy calls its functions that multiply and add up."""


class WithoutAt(np.ndarray):
    """A matrix that refuses to be multiplied by another as a whole; a row or a column of it may be multiplied."""

    def __array_ufunc__(self, ufunc, method, *operands, **named):
        _expect_no_product(ufunc, operands)
        if "out" in named:
            named["out"] = tuple(map(np.asarray, named["out"]))
        result = getattr(ufunc, method)(*map(np.asarray, operands), **named)
        return result.view(WithoutAt) if isinstance(result, np.ndarray) else result

    def __array_function__(self, function, types, operands, named):
        _expect_no_product(function, operands)
        return super().__array_function__(function, types, operands, named)

    def dot(self, *other):
        return np.dot(self, *other)


@exercise(
    N_("in which of the three features do rows 1 and 3 differ? Which weight multiplies it on the way to h₁?"),
    N_("a feature that is multiplied by 0 makes no difference."),
    start=Start("MatrixLab", w1=1, w2=1, w3=0.5, w4=0.5, w5=3, w6=-1),
)
def alike(lab):
    """In the lab h₁ is equal for rows 1 and 3, and different for row 2."""
    X = data.lecture().X
    if lab.table.X.shape != X.shape or (lab.table.X != X).any():
        raise Slip(_("this exercise is about the lecture's table; this lab has another one."))
    first, second, third, __ = (float(value) for value in lab.H[:, 0])
    near = ACCURACY * float((np.abs(X) @ np.abs(lab.W)).max())
    if abs(first - third) > near:
        message = _("h₁ is {first} in row 1 and {third} in row 3; the two should be equal.")
        raise NotYet(message.format(first=number(first), third=number(third)))
    if abs(first - second) <= near:
        message = _("h₁ is {first} in rows 1 and 3, as it should be, but in row 2 as well.")
        raise NotYet(
            message.format(first=number(first)),
            hints=(N_("which of the other two weights of h₁ meets a number that row 2 alone has?"),),
        )
    return _("from h₁ alone nobody can tell row 1 from row 3 any more: what a product drops is gone.")


@exercise(
    N_("the stem of the F runs beside arrow 2, and its arms point the way of arrow 1. On the dashed F as well."),
    N_("arrow 1 ends in the corner of the dashed tile to which the arms point, starting at the foot of the F."),
    start=Start("SpaceLab", w1=1, w2=0.5, w3=-1, w4=1, goal=1),
)
def onto(lab):
    """In the lab the F lies on the first dashed F."""
    if lab.goal != 1:
        raise Slip(_("this exercise is about the dashed F of SpaceLab(goal=1); this lab has another goal."))
    right = [np.allclose(row, wanted, atol=ACCURACY) for row, wanted in zip(lab.W, GOAL, strict=True)]
    if all(right):
        return _("the two corners of a tile beside (0, 0) are all there is to a matrix: they are its rows.")
    if np.allclose(lab.W, GOAL[::-1], atol=ACCURACY):
        raise NotYet(
            _("the tile lies on the dashed tile, but the F on it is turned over."),
            hints=(N_("the same two corners, but which arrow goes to which? Look at the stem."),),
        )
    if any(right):
        message = _("arrow {right} is where it should be, arrow {wrong} is not.")
        raise NotYet(message.format(right=1 + right.index(True), wrong=1 + right.index(False)))
    if lab.area >= 0:
        raise NotYet(_("the dashed F is turned over, and yours is not."))
    raise NotYet(_("the F is not on the dashed one."))


@exercise(start=Start("SpaceLab", w1=1, w2=0, w3=0, w4=1, goal=0))
def half(lab):
    """In the lab areas become half as large and are turned over, and (1, 1) stays where it is."""
    end = np.ones(2) @ lab.W
    if not np.allclose(end, 1, atol=ACCURACY):
        message = _("(1, 1) goes to {end}; it should stay where it is.")
        raise NotYet(
            message.format(end=row_of(end)),
            hints=(
                N_("drag x to (1, 1) and look at its way: along which arrows does it lead, and how often?"),
                N_("(1, 1) goes to row 1 plus row 2. What should w₁ + w₃ be, and w₂ + w₄?"),
            ),
        )
    if abs(lab.area - 0.5) <= ACCURACY:
        raise NotYet(
            _("areas become half as large, as they should, but they are not turned over."),
            hints=(N_("what happens to the F when the two arrows change places?"),),
        )
    if abs(lab.area + 0.5) > ACCURACY:
        message = _("w₁w₄ − w₂w₃ is {area}. Which number should it be?")
        raise NotYet(
            message.format(area=number(lab.area)),
            hints=(
                N_("half as large and turned over is −0.5. Keep the rows' sum: what one arrow gains, the other gives."),
                N_("turn w₁ up by a quarter and w₃ down by a quarter: how does w₁w₄ − w₂w₃ change?"),
            ),
        )
    return _("(1, 1) is 1 × row 1 + 1 × row 2, so the rows had to add up to (1, 1), whatever the area.")


@exercise()
def shapes(answers):
    """The shape of each product, or "no" where there is none, and the shape of the matrix that fits in between."""
    if not isinstance(answers, (list, tuple)) or len(answers) != len(FIT):
        message = _('the answer should be a list of {count}, each a shape such as (2, 3), or "no".')
        raise Slip(message.format(count=len(FIT)))
    given = [_shape(which, answer) for which, answer in enumerate(answers, start=1)]
    wrong = [which for which, (mine, right) in enumerate(zip(given, FIT, strict=True), start=1) if mine != right]
    if wrong:
        message = _("{right} of {count} are right; look again at {which}.")
        which = ", ".join(map(str, wrong))
        reason = message.format(right=len(FIT) - len(wrong), count=len(FIT), which=which)
        raise NotYet(reason, hints=(SHAPE_HINTS[wrong[0] - 1],))
    return _("the shapes alone tell you, before anything is multiplied.")


@exercise(
    N_("how many rows and columns has the result? `A.shape` and `B.shape` know. Start with `np.zeros` of that shape."),
    N_("loop over the rows of A, and inside over the columns of B: element [i, j] is A[i] times B[:, j], added up."),
)
def product(function):
    """The function gives the matrix product of any two matrices that fit."""
    generator = np.random.default_rng(6)
    for rows, middle, columns in ((2, 2, 2), (4, 3, 2), (2, 3, 5), (1, 4, 1), (3, 1, 4)):
        A, B = quarters(generator, (rows, middle), (middle, columns))
        right = A @ B
        answer = array_of(function, right.shape, A=A.view(WithoutAt), B=B.view(WithoutAt))
        off = np.argwhere(~np.isclose(answer, right, rtol=ACCURACY, atol=ACCURACY))
        if len(off):
            where = tuple(off[0].tolist())
            message = _("for A of shape {A} and B of shape {B} element {where} is {value}; it should be {right}.")
            values = {"value": number(answer[where]), "right": number(right[where])}
            hint = _multiplying(answer, A, B)
            raise NotYet(message.format(A=A.shape, B=B.shape, where=list(where), **values), hint and (hint,))
    return _("three numbers say how much work it was: rows × columns × the length of a sum.")


@exercise(
    N_("b is added in every row, so whatever multiplies it has to be the same in every row."),
    N_("`np.column_stack` puts a column beside a matrix, `np.vstack` puts a row under one. A column of which number?"),
)
def one_more(function):
    """The function gives X1 and W1, X with one more column and W with one more row, so that X1 W1 = X W + b."""
    generator = np.random.default_rng(60)
    for rows, features, units in ((4, 3, 2), (5, 2, 4), (3, 3, 1)):
        X, W, b, other_X, other_W, other_b = quarters(generator, *2 * ((rows, features), (features, units), (units,)))
        X1, W1 = arrays_of(function, ("X1", "W1"), X=X, W=W, b=b)
        expect_shape("X1", X1, (rows, features + 1), X=X, W=W, b=b)
        expect_shape("W1", W1, (features + 1, units), X=X, W=W, b=b)
        if not np.allclose(X1 @ W1, X @ W + b, rtol=ACCURACY, atol=ACCURACY):
            message = _("the shapes are right, but X1 @ W1 is not X @ W + b: it is off by up to {off}.")
            shifted = any(np.allclose(X1 @ np.roll(W1, by, axis=0), X @ W + b) for by in (1, -1))
            meet = N_("the new column has to meet the new row: both come last, or both come first.")
            message = message.format(off=number(np.abs(X1 @ W1 - (X @ W + b)).max()))
            raise NotYet(message, (meet,) if shifted else None)
        __, W1_again = arrays_of(function, ("X1", "W1"), X=other_X, W=W, b=b)
        X1_again, __ = arrays_of(function, ("X1", "W1"), X=X, W=other_W, b=other_b)
        if not np.array_equal(X1_again, X1) or not np.array_equal(W1_again, W1):
            raise NotYet(_("X1 should hold only what is in X, and W1 only what is in W and b."))
    return _("a bias is a weight too: that of an input which is always the same.")


def _multiplying(answer, A, B):
    """What helps against the mistake that was made with a product; None where it is none of the usual ones."""
    right = A @ B
    if A.shape == B.shape and np.allclose(answer, A * B):
        return N_("that is element by element, as `*` does it. Here a row of A meets a column of B, and is added up.")
    if A.shape == B.shape and np.allclose(answer, B @ A):
        return N_("that is B times A. It is the rows of A that meet the columns of B.")
    if answer.shape == right.T.shape and np.allclose(answer, right.T):
        return N_("rows and columns are exchanged: element [i, j] is row i of A with column j of B.")
    return None


def _expect_no_product(function, operands):
    """Refuse NumPy's products where they are given two whole matrices."""
    if function.__name__ in PRODUCTS and sum(map(_is_matrix, operands)) > 1:
        name = "@" if function is np.matmul else f"np.{function.__name__}"
        message = _("`{name}` makes the whole product at once; build it from the rows of A and the columns of B.")
        raise NotYet(message.format(name=name))


def _is_matrix(operand):
    """Whether it has several rows and several columns."""
    return sum(length > 1 for length in np.shape(operand)) > 1


def _shape(which, answer):
    """An answer as a pair of int, or "no"."""
    shape = answer
    if isinstance(shape, str):
        if shape.strip(" .!").casefold() in ("no", "none", "impossible"):
            return "no"
        pair = re.fullmatch(r"[\s(\[]*(\d+)[^\d.+−-]+(\d+)[\s)\].]*", shape)
        shape = tuple(map(int, pair.groups())) if pair else None
    if isinstance(shape, np.ndarray):
        shape = shape.tolist()
    if not isinstance(shape, (list, tuple)) or len(shape) != 2:
        message = _('answer {which} should be two numbers in brackets, such as (2, 3), or "no"; it is {value}.')
        raise Slip(message.format(which=which, value=inputs.shown(answer)))
    name = _("a number in answer {which}").format(which=which)
    return tuple(inputs.whole(name, value, low=1) for value in shape)
