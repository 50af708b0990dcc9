"""What the exercises of chapter 08, forward propagation, ask."""

from itertools import pairwise

import numpy as np

from annkit import data, inputs
from annkit.activations import sigmoid, softmax
from annkit.checks.exercise import NotYet, exercise, returned
from annkit.translation import N_, _
from annkit.wording import number, row_of

CLOSE = 1e-6
"""As near as an answer in decimals has to come."""
SCORES = (
    [[2, 1, 0], [0, 0, 0], [-1, 3, 0.5]],
    [[1000, 1001, 1002]],
    [[-1000, -1001, -1002]],
    [[-1000, 0, 1000]],
    [[1000, 999], [-1000, -1000], [0, 1], [0.25, -745]],
)
"""What `stable` is tried with, small scores first."""
WANTED = np.array([0.5, 0.3, 0.2])


@exercise(
    N_("which of the three inputs tells row 2 from the other rows?"),
    N_("turn one hidden unit so that its sigmoid is above 0.5 for row 2 and below it for the others: a positive weight "
       "for b and a negative bias."),
    N_("now let that hidden unit speak for o₁, and a negative c₁ against it, so that only a unit near 1 wins."),
)  # fmt: skip
def only_row_2(lab):
    """The lab's network gives o₁ more than o₂ for row 2, and less for the three other rows."""
    X, table = data.lecture().X, lab.table.X
    if table.shape != X.shape or (table != X).any():
        raise NotYet(_("this lab has other rows than the exercise's four."))
    trace = lab.network().forward(X)
    ahead = trace.z[-1][:, 0] - trace.z[-1][:, 1]
    level = [str(row) for row, lead in enumerate(ahead, start=1) if lead == 0]
    if level:
        message = _("o₁ and o₂ are equal for these rows: {rows}. Neither class wins there.")
        raise NotYet(message.format(rows=", ".join(level)))
    rows = [row for row, lead in enumerate(ahead, start=1) if lead > 0]
    if not rows:
        raise NotYet(_("no row is of class 1: o₂ is the larger output everywhere."))
    if rows != [2]:
        message = _("class 1 wins in these rows: {rows}. It should win in row 2 alone.")
        raise NotYet(message.format(rows=", ".join(map(str, rows))))
    first = trace.output[:, 0]
    others = np.delete(first, 1).max()
    note = _("row 2 has o₁ = {own:.2f}; the most that another row has is {others:.2f}.")
    return note.format(own=first[1], others=others)


@exercise(
    N_("one layer: its sums are `A @ W + b`, and what its activation makes of them goes into the next layer as A."),
    N_("every layer but the last has a sigmoid. `layers[:-1]` holds these, and `layers[-1]` is the last."),
)
def forward(function):
    """The function gives the outputs of a network with any number of layers: sigmoids, and a softmax at the end."""
    generator = np.random.default_rng(8)
    for rows, *sizes in ((4, 3, 2, 2), (5, 2, 4, 3, 3), (1, 6, 3, 4, 2, 10), (3, 4, 2)):
        X, *layers = (
            generator.integers(-8, 9, shape) / 4
            for shape in [(rows, sizes[0]), *((before + 1, units) for before, units in pairwise(sizes))]
        )
        layers = [(layer[1:], layer[0]) for layer in layers]
        answer = _answer(function, X.copy(), [(W.copy(), b.copy()) for W, b in layers])
        answer, right = inputs.finite("your function's answer", answer), _forward(X, layers)
        network = " → ".join(map(str, sizes))
        if answer.shape != right.shape:
            message = _("for X of shape {X} and a network {network} the answer should have shape {right}, not {shape}.")
            raise NotYet(message.format(X=X.shape, network=network, right=right.shape, shape=answer.shape))
        _sums_to_1(answer)
        if (off := np.abs(answer - right).max()) > CLOSE:
            message = _("every row sums to 1, but in a network {network} of random numbers an output is off by {off}.")
            raise NotYet(message.format(network=network, off=f"{off:.2g}"))
    return _("the same line for every layer but the last: a deeper network needs no more code, only a longer list.")


@exercise(
    N_("e^1000 is more than the computer can hold, and 0 / 0 is no number. But only differences of scores count."),
    N_("take something away from every score of a row before np.exp: then the shares stay. Which number is safe, "
       "whatever the row?"),
    N_("the largest of each row is: Z - Z.max(axis=1, keepdims=True)."),
)  # fmt: skip
def stable(function):
    """The function is a softmax of each row that gives the right shares for every finite row of scores."""
    names = getattr(getattr(function, "__code__", None), "co_names", ())
    if function is softmax or "softmax" in names and function.__globals__.get("softmax", softmax) is softmax:
        raise NotYet(_("this is annkit's softmax, which is safe already; write one of your own, with np.exp."))
    for scores in SCORES:
        Z = np.array(scores, dtype=float)
        try:
            answer = np.array(_answer(function, Z.copy()), dtype=float)
        except OverflowError:
            raise NotYet(_("for {scores} the power is too large for Python.").format(scores=row_of(Z[0]))) from None
        right = softmax(Z)
        if answer.shape != right.shape:
            message = _("for scores of shape {Z} the answer should have this shape too, not {shape}.")
            raise NotYet(message.format(Z=Z.shape, shape=answer.shape))
        for row, got, wanted in zip(Z, answer, right, strict=True):
            if not np.isfinite(got).all() or np.abs(got - wanted).max() > CLOSE:
                message = _("for the scores {scores} your function gives {got}; the shares are {wanted}.")
                raise NotYet(message.format(scores=row_of(row), got=row_of(got), wanted=row_of(wanted)))
    return _("only differences of scores count, so a row may be moved to where no power is too large.")


@exercise(
    N_("shares go like powers: e^z₁, e^z₂ and e^z₃ should be as 5 to 3 to 2."),
    N_("e to which power is 5? np.log, the natural logarithm, undoes np.exp."),
)
def scores_for(scores):
    """The softmax of these three scores is 0.5, 0.3 and 0.2."""
    scores = inputs.vector("scores", scores)
    if scores.shape != WANTED.shape:
        raise NotYet(_("there should be three scores, not {count}.").format(count=scores.size))
    shares = softmax(scores)
    if np.abs(shares - WANTED).max() > 0.001:
        message = _("the shares of these scores are {shares}, not {wanted}.")
        raise NotYet(message.format(shares=row_of(shares), wanted=row_of(WANTED)))
    return _("add any number to all three: these are right too.")


def _forward(X, layers):
    """The way forward that `forward` asks for, shape (rows, outputs)."""
    *hidden, (W_last, b_last) = layers
    for W, b in hidden:
        X = sigmoid(X @ W + b)
    return softmax(X @ W_last + b_last)


def _answer(function, *arguments):
    """What a learner's function returns, its overflows in silence."""
    with np.errstate(all="ignore"):
        return returned(function(*arguments))


def _sums_to_1(answer):
    """Refuse outputs whose rows don't sum to 1, and say what else does."""
    totals = answer.sum(axis=1)
    if np.abs(totals - 1).max() < CLOSE:
        return
    message = _("row 1 of your answer sums to {total}; a softmax makes every row sum to 1.")
    if np.abs(answer.sum(axis=0) - 1).max() < CLOSE or abs(answer.sum() - 1) < CLOSE:
        message = _("row 1 of your answer sums to {total}: take the total of each row, not of a column or of all.")
    raise NotYet(message.format(total=number(totals[0])))
