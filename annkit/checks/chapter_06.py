"""What the exercises of chapter 06, weighted sums are matrix products, ask."""

import re

import numpy as np

from annkit import data, inputs
from annkit.checks.exercise import NotYet, exercise, returned
from annkit.translation import N_, _
from annkit.wording import number

ACCURACY = 1e-9
"""How far from each other two results may be, for their size, that count as equal."""
FIT = ((150, 3), "no", (150, 2), (2, 150), (4, 4), (4, 3))
"""The six answers of exercise 2."""


class WithoutAt(np.ndarray):
    """A matrix that refuses to be multiplied by `@` as a whole; a row `@` a column is a weighted sum, and goes."""

    def __array_ufunc__(self, ufunc, method, *operands, **named):
        if ufunc is np.matmul and all(np.ndim(operand) > 1 for operand in operands):
            raise NotYet(_("this is `@` itself; build the product from the rows of A and the columns of B."))
        if "out" in named:
            named["out"] = tuple(map(np.asarray, named["out"]))
        return getattr(ufunc, method)(*map(np.asarray, operands), **named)


@exercise(
    N_("in which of the features a, b and c do rows 1 and 3 differ? Which weight multiplies it on the way to h₁?"),
    N_("that weight has to be 0. If row 2 agrees as well now, turn one of the other two weights of h₁."),
)
def alike(lab):
    """In the lab h₁ is equal for rows 1 and 3, and different for row 2."""
    X = data.lecture().X
    if lab.table.X.shape != X.shape or (lab.table.X != X).any():
        raise NotYet(_("this exercise is about the lecture's table; this lab has another one."))
    first, second, third, __ = (float(value) for value in lab.H[:, 0])
    near = ACCURACY * float((np.abs(X) @ np.abs(lab.W)).max())
    if abs(first - third) > near:
        message = _("h₁ is {first} in row 1 and {third} in row 3; the two should be equal.")
        raise NotYet(message.format(first=number(first), third=number(third)))
    if abs(first - second) <= near:
        message = _("h₁ is {first} in rows 1 and 3, as it should be, but in row 2 as well.")
        raise NotYet(message.format(first=number(first)))
    return _("from h₁ alone nobody can tell row 1 from row 3 any more: what a product drops is gone.")


@exercise(
    N_("write the two shapes side by side. The two numbers in the middle have to be equal; what is left outside?"),
    N_("`.T` turns a shape around: (150, 4) becomes (4, 150). In a row of three, do the first product first."),
)
def shapes(answers):
    """The shape of each product, or "no" where there is none, and the shape of the matrix that fits in between."""
    if not isinstance(answers, (list, tuple)) or len(answers) != len(FIT):
        message = _('the answer should be a list of {count}, each a shape such as (2, 3), or "no".')
        raise NotYet(message.format(count=len(FIT)))
    given = [_shape(which, answer) for which, answer in enumerate(answers, start=1)]
    wrong = [str(which) for which, (mine, right) in enumerate(zip(given, FIT, strict=True), start=1) if mine != right]
    if wrong:
        message = _("{right} of {count} are right; look again at {which}.")
        raise NotYet(message.format(right=len(FIT) - len(wrong), count=len(FIT), which=", ".join(wrong)))
    return _("the shapes alone tell you, before anything is multiplied.")


@exercise(
    N_("how many rows and columns has the result? `A.shape` and `B.shape` know. Start with `np.zeros` of that shape."),
    N_("loop over the rows of A, and inside over the columns of B: element [i, j] is A[i] times B[:, j], added up."),
)
def product(function):
    """The function gives the matrix product of any two matrices that fit."""
    generator = np.random.default_rng(6)
    for rows, middle, columns in ((2, 2, 2), (4, 3, 2), (2, 3, 5), (1, 4, 1), (3, 1, 4)):
        A, B = (generator.integers(-8, 9, shape) / 4 for shape in ((rows, middle), (middle, columns)))
        right, shown = A @ B, {"A": A.shape, "B": B.shape}
        answer = inputs.finite("your function's answer", returned(function(A.view(WithoutAt), B.view(WithoutAt))))
        if answer.shape != right.shape:
            message = _("for A of shape {A} and B of shape {B} the product should have shape {right}, not {shape}.")
            raise NotYet(message.format(**shown, right=right.shape, shape=answer.shape))
        off = np.argwhere(~np.isclose(answer, right, rtol=ACCURACY, atol=ACCURACY))
        if len(off):
            where = tuple(off[0].tolist())
            message = _("for A of shape {A} and B of shape {B} element {where} is {value}; it should be {right}.")
            values = {"value": number(answer[where]), "right": number(right[where])}
            raise NotYet(message.format(**shown, where=list(where), **values))
    return _("three numbers say how much work it was: rows × columns × the length of a sum.")


@exercise(
    N_("b is added in every row, so whatever multiplies it has to be the same in every row."),
    N_("`np.column_stack` puts a column beside a matrix, `np.vstack` puts a row under one. A column of which number?"),
)
def one_more(function):
    """The function gives X1 and W1, X with one more column and W with one more row, so that X1 W1 = X W + b."""
    generator = np.random.default_rng(60)
    for rows, features, units in ((4, 3, 2), (5, 2, 4), (3, 3, 1)):
        X, W, b, other_X, other_W, other_b = (
            generator.integers(-8, 9, shape) / 4 for shape in 2 * ((rows, features), (features, units), (units,))
        )
        X1, W1 = _two(function(X.copy(), W.copy(), b.copy()))
        for name, came, right in (("X1", X1, (rows, features + 1)), ("W1", W1, (features + 1, units))):
            if came.shape != right:
                message = _("for X of shape {X} and W of shape {W}, {name} should have shape {right}, not {shape}.")
                raise NotYet(message.format(X=X.shape, W=W.shape, name=name, right=right, shape=came.shape))
        if not np.allclose(X1 @ W1, X @ W + b, rtol=ACCURACY, atol=ACCURACY):
            message = _("the shapes are right, but X1 @ W1 is not X @ W + b: it is off by up to {off}.")
            raise NotYet(message.format(off=number(np.abs(X1 @ W1 - (X @ W + b)).max())))
        if (_two(function(other_X, W, b))[1] != W1).any() or (_two(function(X, other_W, other_b))[0] != X1).any():
            raise NotYet(_("X1 should hold only what is in X, and W1 only what is in W and b."))
    return _("a bias is a weight too: that of an input which is always the same.")


def _shape(which, answer):
    """An answer as a pair of int, or "no"."""
    shape = answer
    if isinstance(shape, str):
        if shape.strip(" .!").casefold() in ("no", "none", "impossible"):
            return "no"
        shape = tuple(map(int, re.findall(r"\d+", shape)))
    if isinstance(shape, np.ndarray):
        shape = shape.tolist()
    if not isinstance(shape, (list, tuple)) or len(shape) != 2:
        message = _('answer {which} should be two numbers in brackets, such as (2, 3), or "no"; it is {value}.')
        raise NotYet(message.format(which=which, value=inputs.shown(answer)))
    return tuple(inputs.whole(f"a number in answer {which}", value, low=1) for value in shape)


def _two(answer):
    """What a learner's function returned, as two matrices."""
    parts = returned(answer)
    if not isinstance(parts, (list, tuple)) or len(parts) != 2:
        raise NotYet(_("your function should return two matrices: return X1, W1."))
    return [inputs.matrix(name, part) for name, part in zip(("X1", "W1"), parts, strict=True)]
