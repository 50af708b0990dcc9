"""What the grid lab says: how far the grid is, which cells count, and the arithmetic of the picked one."""

import numpy as np

from annkit.labs.base.say import Rows, Text
from annkit.labs.grid import trials
from annkit.labs.grid.trials import CELLS, FOLDS, TABLE
from annkit.translation import _
from annkit.wording import fixed, number

ASIDE = len(TABLE) // FOLDS
"""How many samples are in a fold."""
SHOWN = 12
"""So many of the winners are named."""


def words(lab):
    """Its words, piece by piece."""
    yield _("Deal {deal}: {done} of {cells} cells.").format(deal=lab.deal, done=lab.done, cells=len(CELLS))
    if lab.best:
        yield _worth(lab, lab.best, _("Best: {cell}") if lab.done == len(CELLS) else _("Best so far: {cell}"))
    if lab.rule and lab.best:
        yield _worth(lab, lab.within[0], _("Smallest within one standard error: {cell}"))
    yield _picked(lab)
    if lab.won:
        yield _winners(lab)
    yield Text(_help(lab), "help")


def named(cell):
    """A cell in words."""
    hidden, rate = cell
    words = _("1 unit, α = {rate}") if hidden == 1 else _("{hidden} units, α = {rate}")
    return words.format(hidden=hidden, rate=number(rate))


def _worth(lab, cell, caption):
    """What a cell is worth on validation, and in truth where new points were asked."""
    caption, tried = caption.format(cell=named(cell)), lab.tried(cell)
    cells = [[_("validation"), f"{fixed(tried.mean, 2)} ± {fixed(tried.error, 3)}"]]
    if lab.asked:
        cells.append([_("new points"), fixed(trials.truth(*cell), 2)])
    return _rows(caption, cells)


def _picked(lab):
    """What the picked cell gets right of each fold, and how its mean and its standard error come of that."""
    caption = _("Picked: {cell}").format(cell=named(lab.cell))
    if not (tried := lab.tried(lab.cell)):
        return _("{picked}, not computed yet.").format(picked=caption)
    rights = [round(ASIDE * score) for score in tried.scores]
    cells = [
        [_("right: {sum}").format(sum=" + ".join(map(str, rights))), str(sum(rights))],
        [_("mean, ÷ {count}").format(count=FOLDS * ASIDE), fixed(tried.mean, 2)],
        [_("spread of the folds"), fixed(np.std(tried.scores, ddof=1), 4)],
        [_("÷ √5, standard error"), fixed(tried.error, 3)],
    ]
    if lab.asked:
        cells.append([_("new points"), fixed(trials.truth(*lab.cell), 2)])
    return _rows(caption, cells)


def _rows(caption, cells):
    lines = [f"{name} = {value}" if "+" in name else f"{name}: {value}" for name, value in cells]
    return Rows([f"{caption}; {lines[0]}", *lines[1:]], cells, caption)


def _winners(lab):
    """How many units the winner of each deal had, one after the other."""
    hidden = [str(hidden) for __, hidden, __ in lab.won]
    if len(hidden) == 1:
        return _("Units of the winner: {hidden}").format(hidden=hidden[0])
    if len(hidden) > SHOWN:
        hidden = ["…", *hidden[-SHOWN:]]
    return _("Units of the winners, deal by deal: {hidden}").format(hidden=", ".join(hidden))


def _help(lab):
    """What would help now."""
    if lab.by_hand and lab.done == len(CELLS):
        return _("Pick a cell: click it, or go there with the arrow keys.")
    if lab.done < len(CELLS):
        return _("Press Play: each cell is one network, trained five times.")
    if len(lab.won) == 1:
        return _("The flag marks the best. Where would it stand if other samples were set aside? Deal again.")
    if not lab.asked:
        return _("Will new points agree with the winner's {mean}? Ask them.").format(
            mean=fixed(lab.tried(lab.best).mean, 2)
        )
    if not lab.rule:
        return _("Which cells can hardly be told from the best? Show one standard error.")
    return _("Deal again and again: what hops, and what stays?")
