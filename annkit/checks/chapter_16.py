"""What the exercises of chapter 16, looking into the black box, ask."""

import numpy as np

from annkit import inputs
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.checks.functions import array_of, returned
from annkit.translation import N_, _
from annkit.wording import fixed, number

ROW = {"x1": 0.1, "x2": 0.9, "x3": 0.5, "x4": 0.4, "x5": 0.4, "x6": 0.5, "x7": 0.5}
"""The row of the exercise as the chapter makes it."""
WANTED, BUDGET = 13, 0.25
TABLE = {"copies": 0, "split": 7, "as_one": False}
CLOSE = 1e-6
SLIPS = (
    (lambda x, W, b, V, k, j: W @ (V[:, k] - V[:, j]), N_("that is what comes out where every hidden unit is on.")),
    (
        lambda x, W, b, V, k, j: W @ (np.maximum(0, x @ W + b) * (V[:, k] - V[:, j])),
        N_("that is what comes out with h in place of the slope of h, which is 1 or 0."),
    ),
    (lambda x, W, b, V, k, j: W @ ((x @ W > 0) * (V[:, k] - V[:, j])), N_("the biases decide, too, which unit is on.")),
    (lambda x, W, b, V, k, j: W @ ((x @ W + b > 0) * V[:, k]), N_("that is the slope of the first score alone.")),
    (lambda x, W, b, V, k, j: -_slopes(x, W, b, V, k, j), N_("all signs are turned: which score is taken away?")),
    (lambda x, W, b, V, k, j: x * _slopes(x, W, b, V, k, j), N_("that is the slope times the input.")),
)
"""Other maps, which learners make by mistake, and what they are told then."""
ALIKE = 0.9


@exercise(
    N_("look at the numbers at the upper right of the panels: they are the slopes here."),
    N_("with a slope of 20, a quarter of one unit brings about 5."),
    start=Start("ExplainLab", **ROW),
)
def turn(lab):
    """The lab's row gets at least 13, and all features together are turned by at most 0.25."""
    if any(getattr(lab, name) != value for name, value in TABLE.items()):
        raise Slip(_("the table should be as it was, without copies, and split 7. Press Reset, then turn the row."))
    turned = sum(abs(getattr(lab, name) - value) for name, value in ROW.items())
    said = {"turned": number(round(turned, 6)), "answer": fixed(lab.output, 1), "budget": BUDGET, "wanted": WANTED}
    if turned > BUDGET + CLOSE:
        message = _("the features are turned by {turned} in all, and {budget} are allowed.")
        raise NotYet(message.format(**said))
    if lab.output < WANTED:
        message = _("turned by {turned} in all, the row gets {answer}; it should get at least {wanted}.")
        raise NotYet(message.format(**said))
    return _("the row gets {answer}. What matters most over all rows is not what matters here.").format(**said)


@exercise(
    N_("z = x W + b is one number for each hidden unit. Where it is above 0, h goes as z goes; else h stays 0."),
    N_("from input i to the difference there is a way through each unit: W[i, unit], its slope (1 or 0), and "
       "V[unit, one] − V[unit, other]. Multiply along each way, and sum."),
)  # fmt: skip
def saliency(function):
    """The slopes of one score minus another at each input, for one row and one hidden layer of ReLUs."""
    random = np.random.default_rng(16)
    for features, hidden, outputs in ((3, 4, 2), (5, 8, 3), (64, 12, 10)):
        W, b, V = (
            random.normal(size=(features, hidden)),
            random.normal(size=hidden),
            random.normal(size=(hidden, outputs)),
        )
        x, (one, other) = random.normal(size=features), (outputs - 1, 0)
        given = {"x": x, "W": W, "b": b, "V": V, "one": one, "other": other}
        answer, right = array_of(function, (features,), **given), _slopes(*given.values())
        if (off := np.abs(answer - right).max()) > CLOSE * max(1, np.abs(right).max()):
            for otherwise, words in SLIPS:
                if np.allclose(answer, otherwise(*given.values())):
                    raise NotYet(_(words))
            message = _("with {features} inputs and {hidden} hidden units a slope is off by {off}.")
            raise NotYet(message.format(features=features, hidden=hidden, off=f"{off:.2g}"))
    return _("one way back gives all slopes; nudging 64 pixels would ask the network 128 times.")


@exercise(
    N_("np.abs(np.corrcoef(X.T)) has the size of the correlation of every two columns."),
    N_("go through the columns, and keep one if it is no copy of those that are kept already."),
)
def without_copies(function):
    """The numbers of columns: no two kept are near copies, and whatever is left out is one of a kept one."""
    for X, limit in _tables():
        kept = _columns(returned(function, X=X, limit=limit), X.shape[1])
        r = np.abs(np.corrcoef(X.T)) - np.eye(X.shape[1])
        both = np.argwhere(np.triu(r[np.ix_(kept, kept)] > limit))
        if len(both):
            first, second = (kept[k] for k in both[0])
            message = _("columns {first} and {second} are both kept, and their correlation is {r}.")
            said = np.corrcoef(X[:, first], X[:, second])[0, 1]
            raise NotYet(message.format(first=first, second=second, r=fixed(said, 2)))
        for column in set(range(X.shape[1])) - set(kept):
            if not (r[column, kept] > limit).any():
                message = _("column {column} is left out, and it is no near copy of any that is kept.")
                raise NotYet(message.format(column=column))
    return _("each kept column now speaks for its copies, too: what it is called is still a choice.")


def _slopes(x, W, b, V, one, other):
    return W @ ((x @ W + b > 0) * (V[:, one] - V[:, other]))


def _tables():
    """Tables with copies and limits: none; a copy and its negative; a chain whose ends are no copies; many."""
    random = np.random.default_rng(16)
    a, b, c = random.normal(size=(3, 200))
    yield np.column_stack([a, b, c]), ALIKE
    yield np.column_stack([a, b, a + 0.01 * c, -a + 0.01 * b]), ALIKE
    yield np.column_stack([a, a + 0.4 * b, a + 0.8 * b, c]), ALIKE
    yield random.normal(size=(100, 4)) @ random.normal(size=(4, 12)), 0.7


def _columns(answer, count):
    """The answer as a list of numbers of columns, refused where it is none."""
    columns = inputs.vector(_("your function's answer"), answer)
    if (columns != columns.round()).any():
        raise Slip(
            _("your function should return the numbers of columns, not {value}.").format(value=inputs.shown(answer))
        )
    columns = columns.astype(int).tolist()
    if min(columns) < 0 or max(columns) >= count or len(set(columns)) < len(columns):
        message = _("for {count} columns your function should return some of the numbers 0 to {last}, each once.")
        raise Slip(message.format(count=count, last=count - 1))
    return columns
