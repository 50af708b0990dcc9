"""What the exercises of chapter 04, XOR and the multilayer perceptron, ask."""

import numpy as np

from annkit import data, inputs
from annkit.activations import step
from annkit.checks.exercise import NotYet, exercise, returned
from annkit.translation import N_, _

GRID = np.arange(-2, 2.25, 0.5)


@exercise(
    N_("look at the hidden plane: can a line divide the four points there? If not, turn the hidden units first."),
    N_("let one hidden unit be an OR, and turn the other into the NAND of chapter 02."),
    N_("with OR and NAND in the hidden layer the two O corners meet at (1, 1): let the output be an AND."),
)
def xor(lab):
    """The lab's network gets all four corners of XOR right."""
    _solves(lab)
    return _("the hidden units have moved the corners so that one line is enough.")


@exercise(
    N_("keep your first solution. What if h₁ says O for 10 alone? What is left for h₂ to find?"),
    N_("let h₁ find 10 alone and h₂ find 01 alone; then the output has only to be an OR."),
)
def another_xor(first, second):
    """Both networks solve XOR, and their hidden units put the corners at different places."""
    _solves(first, _("the lab of exercise 1:"))
    _solves(second)
    corners = data.logic("XOR").X
    columns = [{tuple(column) for column in lab.hidden(corners).T} for lab in (first, second)]
    if columns[0] == columns[1]:
        raise NotYet(_("both move the corners to the same places, at most with h₁ and h₂ exchanged."))
    return _("different weights, different hidden answers, the same decision.")


@exercise(
    N_("first the hidden layer: the step of X @ W + b. What is the shape of the result for four rows and two units?"),
    N_("then the same with V and c, from the hidden layer instead of X."),
)
def forward(function):
    """The function gives the outputs of a network with one hidden layer of step units."""
    generator = np.random.default_rng(4)
    for rows, features, hidden, outputs in ((4, 2, 2, 1), (5, 3, 4, 2)):
        X, W, b, V, c = (
            generator.integers(-8, 9, shape) / 4
            for shape in ((rows, features), (features, hidden), hidden, (hidden, outputs), outputs)
        )
        answer = returned(function(X, W, b, V, c))
        answer, right = inputs.finite("your function's answer", answer), step(step(X @ W + b) @ V + c)
        if answer.shape != right.shape:
            message = _(
                "for X of shape {X} and {hidden} hidden units the answer should have shape {right}, not {shape}."
            )
            raise NotYet(message.format(X=X.shape, hidden=hidden, right=right.shape, shape=answer.shape))
        if (answer != right).any():
            message = _("for {rows} rows of random inputs {count} of {size} answers differ from the network's.")
            raise NotYet(message.format(rows=rows, count=int((answer != right).sum()), size=right.size))
    return _("two lines of code for two layers; a further layer is one line more.")


@exercise(
    N_("three loops, one inside the other, over the nine values for w₁, w₂ and b; count the corners that are right."),
    N_("(step(X @ [w1, w2] + b) == t).sum() counts the right corners of one perceptron."),
)
def search(best, count):
    """The most corners that one perceptron of the grid gets right, and how many of the 729 do."""
    table = data.logic("XOR")
    w1, w2, b = (values.ravel() for values in np.meshgrid(GRID, GRID, GRID))
    right = (step(np.outer(table.X[:, 0], w1) + np.outer(table.X[:, 1], w2) + b).T == table.labels).sum(axis=1)
    best, count = inputs.number("best", best), inputs.number("count", count)
    if best != right.max():
        raise NotYet(_("best should be the number of corners, out of 4; {best:g} is not it.").format(best=best))
    if count != (right == right.max()).sum():
        message = _("{best:g} corners is the most, but {count:g} is not the number of perceptrons that reach it.")
        raise NotYet(message.format(best=best, count=count))
    return _("the search proves it for the grid; the inequalities for all weights.")


def _solves(lab, which=""):
    wrong = data.logic("XOR").X[~lab.right]
    if len(wrong):
        corners = ", ".join("".join(str(int(value)) for value in corner) for corner in wrong)
        message = _("{right} of 4 corners are right; wrong: {corners}.")
        raise NotYet(f"{which} {message.format(right=4 - len(wrong), corners=corners)}".strip())
