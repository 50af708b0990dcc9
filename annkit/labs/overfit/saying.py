"""What the overfitting lab says: its errors on its points and on new data, now and at best, and what would help."""

import numpy as np

from annkit.labs.base.say import Badge, Rows, Text
from annkit.labs.overfit.fits import MORE, MOST_EPOCHS, NEW
from annkit.labs.overfit.picture import COARSE, MARK
from annkit.translation import _
from annkit.wording import fixed, number, rounded

DECIMALS = 3


def words(lab):
    """All of it, as pieces."""
    yield Text(_lead(lab), "lead")
    yield _errors(lab)
    if lab.moved and lab.epoch:
        more = min(MORE, lab.epoch)
        yield _("With the points as you moved them it learned {more} epochs more, on from here.").format(more=more)
    elif lab.epoch:
        yield Badge(VERDICTS[verdict(lab)](), good=verdict(lab) == "fits")
    if lab.ghosts:
        yield _spread(lab)
    if lab.decay or lab.dropout:
        yield _made_small(lab)
    yield Text(_help(lab), "help")


VERDICTS = {
    "fits": lambda: _("It generalises: new data below {mark}.").format(mark=number(MARK)),
    "overfitted": lambda: _("Overfitted: it has learned the noise of its points."),
    "underfitted": lambda: _("Underfitted: it is farther from its points than the sine."),
}


def verdict(lab):
    """How it does, by the digits shown: if new data is not below the mark, whether it has learned its points' noise."""
    learned, new, noise = (rounded(error, DECIMALS) for error in (*lab.now, _sines(*lab.table)))
    return "fits" if new < MARK else "overfitted" if learned < noise else "underfitted"


def _lead(lab):
    if lab.units == 1:
        return _("Epoch {epoch}, 1 unit.").format(epoch=lab.epoch)
    return _("Epoch {epoch}, {units} units.").format(epoch=lab.epoch, units=lab.units)


def _errors(lab):
    """The errors in a table: now, at best on the way, and those of the sine."""
    best = lab.best
    rows = [(_("now"), *lab.now)]
    if lab.learned:
        rows.append((_("best, epoch {epoch}").format(epoch=best), *lab.at(best)))
    rows.append((_("the sine itself"), _sines(*lab.table), _sines(NEW.X, NEW.T)))
    cells = [[name, *(fixed(error, DECIMALS) for error in both)] for name, *both in rows]
    said = _("{row}: {learned} on its {points} points, {new} on new data")
    lines = [said.format(row=name, learned=one, points=lab.points, new=other) for name, one, other in cells]
    heads = ["", _("{points} points").format(points=lab.points), _("new data")]
    return Rows(lines, cells, _("error"), lit=0, heads=heads)


def _sines(X, T):
    """The error of the sine, which is that of the noise."""
    return float(np.mean((T - np.sin(X)) ** 2))


def _made_small(lab):
    """What it makes small: the error on its points and, by decay, its weights; or that units are left out."""
    if lab.dropout:
        said = _("With dropout {share} each unit is left out with this probability, anew for each point and epoch.")
        return said.format(share=number(lab.dropout))
    learned, squares = rounded(lab.now[0], DECIMALS), rounded(sum((W**2).sum() for W in lab.net.weights), 1)
    decay = rounded(lab.decay * squares, DECIMALS)
    texts = [fixed(value, DECIMALS) for value in (learned, decay, rounded(learned + decay, DECIMALS))]
    product = f"{number(lab.decay)} × {fixed(squares, 1)}"
    said = _("It makes E + λ Σ w² small: {error} + {product} = {total}")
    line = said.format(error=texts[0], product=product, total=texts[2])
    names = [_("E on its points"), f"λ Σ w² = {product}", "E + λ Σ w²"]
    return Rows([line], [list(row) for row in zip(names, texts, strict=True)], _("what it makes small"), total=True)


def _spread(lab):
    """How far the curves lie apart."""
    curves = [lab.curve(COARSE), *lab.cloud(COARSE)]
    spread = fixed(np.std(curves, axis=0).mean(), 2)
    return _("{count} curves, each from its own {points} points: they lie ± {spread} around their mean.").format(
        count=len(curves), points=lab.points, spread=spread
    )


def _help(lab):
    if not lab.epoch:
        return _("Press Play: it learns the points. When is it good on new data, the pale dots?")
    if lab.moved:
        return _("How far does the curve follow a point? Try it with 2 units, with decay, and back at the best epoch.")
    state = verdict(lab)
    if state == "overfitted":
        return _("Where on its way was it best? Go back there; or turn one slider until new data is below the mark.")
    if state == "underfitted":
        held = lab.decay or lab.dropout
        if held and lab.learned == MOST_EPOCHS:
            return _("It is held too tight to bend: try less decay, or less dropout.")
        return _("It has not bent enough yet: learn on, or give it more units.")
    if not lab.ghosts and lab.has_handles:
        return _("Drag a point: does the curve follow? And what would other points have made of it?")
    if not lab.ghosts:
        return _("What would other points have made of it?")
    return _("Turn units, decay or points, or go back in time: when is the cloud narrow, and is it right, too?")
