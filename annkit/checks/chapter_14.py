"""What the exercises of chapter 14, choosing the structure, ask."""

import numpy as np

from annkit import inputs
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.checks.functions import returned
from annkit.translation import N_, _
from annkit.wording import fixed, number

DEAL, DONE = 3, 28
"""The deal of exercise 1, and how many cells its grid has."""
TRAININGS = 5 * 4 * 3 * 10 + 1
TIE = 1e-9
"""Means and levels that differ by less are the same."""
CASES = [
    {  # the smallest within is neither the best nor the smallest of all
        (1, 1.0): (0.55, 0.6, 0.5, 0.65, 0.6), (3, 1.0): (0.8, 0.85, 0.75, 0.85, 0.85),
        (8, 1.0): (0.85, 0.9, 0.75, 0.9, 0.9), (32, 1.0): (0.95, 0.75, 0.9, 0.95, 0.8),
    },
    {  # nobody but the best is within
        (32, 0.1): (0.9, 0.9, 0.9, 0.85, 0.9), (2, 0.3): (0.8, 0.8, 0.85, 0.8, 0.8),
        (16, 0.1): (0.85, 0.8, 0.85, 0.85, 0.85),
    },
    {  # of as many units, the smaller rate; and the largest comes first
        (16, 0.3): (0.95, 0.75, 0.85, 0.8, 0.95), (4, 1.0): (0.9, 0.8, 0.85, 0.8, 0.85),
        (4, 0.3): (0.85, 0.8, 0.85, 0.85, 0.8), (2, 0.3): (0.7, 0.65, 0.75, 0.7, 0.7),
    },
    {  # it counts whether the spread is divided by n − 1 or by n
        (32, 0.3): (0.7, 0.9, 0.7, 0.9, 0.8), (2, 0.3): (0.75, 0.7, 0.8, 0.75, 0.7),
        (4, 0.3): (0.75, 0.8, 0.75, 0.75, 0.74), (8, 0.3): (0.75, 0.8, 0.75, 0.75, 0.8),
    },
    {  # ten folds
        (8, 0.1): (0.9, 0.8, 0.9, 0.7, 0.9, 0.8, 1.0, 0.9, 0.8, 0.9),
        (3, 0.1): (0.8, 0.8, 0.9, 0.8, 0.8, 0.9, 0.8, 0.8, 0.8, 0.9),
        (4, 0.1): (0.8, 0.8, 0.9, 0.9, 0.8, 0.9, 0.8, 0.9, 0.8, 0.9),
    },
]  # fmt: skip
"""Grids of cells with their scores: in each, another part of the rule decides."""


@exercise(
    N_("the best has the flag. Pick it: what is its mean, and how much is one standard error?"),
    N_("take the error from the mean, and go through the grid from the left: which column reaches that first?"),
    start=Start("GridLab", cell=(16, 0.1)),
)
def one_standard_error(lab):
    """The smallest cell within one standard error of the best is picked."""
    if (lab.deal, lab.done) != (DEAL, DONE):
        raise Slip(_("this is about the grid of deal {deal}, whole: press Reset.").format(deal=DEAL))
    smallest, (hidden, rate) = lab.within[0], lab.cell
    best, own = lab.tried(lab.best), lab.tried(lab.cell)
    said = {"hidden": hidden, "rate": number(rate), "mean": fixed(own.mean, 2)}
    if lab.cell not in lab.within:
        message = _("{mean} is more than one standard error below the best.")
        raise NotYet(message.format(**said))
    if hidden > smallest[0]:
        raise NotYet(_("{mean} is within one standard error, but a smaller network is so, too.").format(**said))
    if rate > smallest[1]:
        raise NotYet(
            _("so many units are right; of two learning rates that are within, take the smaller.").format(**said),
            hints=(N_("look down its column: which other cell is within?"),),
        )
    message = _("{hidden} units, {mean}: {best} − {error} = {level} is reached.")
    level = fixed(best.mean - best.error, 3)
    return message.format(best=fixed(best.mean, 2), error=fixed(best.error, 3), level=level, **said)


@exercise(
    N_("from the best mean take one standard error of its own scores; compare the other means with that."),
    N_("min of pairs (hidden, rate) is the one with the fewest units, and of these the one with the smaller rate."),
)
def smallest(function):
    """The fewest units, then the smaller rate, of all whose mean is within one standard error of the best."""
    for cells in CASES:
        answer, right = _pair(returned(function, cells=cells)), _smallest(cells)
        if answer not in cells:
            message = _("{answer} is none of the cells {cells}.")
            raise NotYet(message.format(answer=inputs.shown(answer), cells=_listed(cells)))
        if answer == right:
            continue
        said = {"cells": _listed(cells), "answer": answer, "right": right}
        reason, hint = _mistake(cells, answer)
        message = _("of the cells {cells} it is {right}; yours is {answer}.").format(**said)
        raise NotYet(f"{message} {reason}".strip(), hints=hint)
    return _("which cell wins is luck to a good part; which is the smallest that keeps up, much less.")


FOR_EACH = N_("one training for each cell and each fold.")
ONE_MORE = N_("and one more: the chosen network learns from all samples at the end.")


@exercise(FOR_EACH, ONE_MORE)
def trainings(answer):
    """5 × 4 × 3 cells on 10 folds, and the last one on all the data."""
    answer = inputs.number("trainings", answer)
    if answer == TRAININGS - 1:
        raise NotYet(_("600 are for choosing. And what then learns from all the data?"), hints=(ONE_MORE,))
    if answer in (5 * 4 * 3, 5 * 4 * 3 + 1):
        raise NotYet(_("60 is how many cells there are; each is trained once for every fold."), hints=(FOR_EACH,))
    if answer in ((5 + 4 + 3) * 10, (5 + 4 + 3) * 10 + 1):
        message = _("the sizes, rates and activations are combined, each with each.")
        raise NotYet(message, hints=(N_("5 sizes and 4 rates are the 20 cells of a grid. And each of them 3 times?"),))
    if answer != TRAININGS:
        raise NotYet(_("{answer} is not it.").format(answer=number(answer)))
    return _("each further parameter multiplies: that is why a search wants more than one machine.")


def _pair(answer):
    try:
        hidden, rate = answer
        return int(hidden), float(rate)
    except (TypeError, ValueError):
        message = _("your function should return a pair (hidden, rate), not {value}.")
        raise Slip(message.format(value=inputs.shown(answer))) from None


def _smallest(cells, error=lambda scores: np.std(scores, ddof=1) / np.sqrt(len(scores))):
    means = {cell: np.mean(scores) for cell, scores in cells.items()}
    best = min(cell for cell in cells if means[cell] > max(means.values()) - TIE)
    return min(cell for cell in cells if means[cell] > means[best] - error(cells[best]) - TIE)


def _mistake(cells, answer):
    """What a wrong answer comes from, and a hint that belongs to it; nothing where it can't be told."""
    means = {cell: np.mean(scores) for cell, scores in cells.items()}
    if answer == _smallest(cells, lambda scores: np.std(scores, ddof=1) / np.sqrt(5)):
        return _("There are ten scores here, not five."), (N_("divide by the root of len(scores)."),)
    if answer == _smallest(cells, lambda scores: np.std(scores, ddof=1)):
        hint = N_("the spread of one score is s; the error of their mean is s / √n, with n scores.")
        return _("So far below the best is a spread, not a standard error."), (hint,)
    if answer == _smallest(cells, lambda scores: np.std(scores) / np.sqrt(len(scores))):
        hint = N_("np.std(scores, ddof=1) divides by n − 1, as the chapter does; without ddof it divides by n.")
        return _("The spread is a little too small."), (hint,)
    if answer == max(cells, key=means.get):
        return _("That is the best itself."), (N_("which smaller ones are within one standard error of it?"),)
    return "", None


def _listed(cells):
    """Cells with their means, for a sentence."""
    return ", ".join(f"{cell}: {fixed(np.mean(scores), 3)}" for cell, scores in cells.items())
