"""Pieces of the bumps lab's picture: the grips, the farthest place, where curves are drawn and named."""

import numpy as np

from annkit.labs.bumps.targets import NOTHING, X
from annkit.stage import marks
from annkit.translation import _

HIGHEST = 2
"""So high and so low are v and c turned by hand, and y is shown a little farther."""
GAP = 15
"""Words at the right edge are so far apart, in stage units."""
BESIDE, WORD, TALL, ROUND = 7, 54, 20, 12
"""How far beside its place the word for the farthest stands, how long it is, and how much room a grip takes there."""


def disc(k, picked):
    """The grip of a unit, drawn around (0, 0): its number, on colour where it is picked."""
    number = f'<text class="annkit-v" text-anchor="middle" font-size="14" fill="currentColor">{k}</text>'
    return f'<circle r="12" class="{"annkit-nl" if picked else "annkit-n"}"/>{number}'


def distance(panel, x, y, wanted, grips):
    """The way from y to what it should be, where that is longest; its name stands where no grip lies on it."""
    if abs(y - wanted) < NOTHING:
        return
    yield marks.line(panel, [x, x], [y, wanted], "ink", 1.5, "2 3")
    yield marks.at(panel, x, y, '<circle r="4" fill="currentColor"/>')
    middle = np.clip((y + wanted) / 2, -HIGHEST, HIGHEST)
    ((at, height),) = panel.place(x, middle)
    near = [left for left, top in (panel.spot(grip.x, grip.y) for grip in grips) if abs(top - height) < TALL]
    for side in (-1, 1) if x >= 0 else (1, -1):
        ends = sorted((at + BESIDE * side, at + (BESIDE + WORD) * side))
        inside = panel.x <= ends[0] and ends[1] <= panel.x + panel.width
        if inside and not any(ends[0] - ROUND < left < ends[1] + ROUND for left in near):
            anchor = "start" if side > 0 else "end"
            yield marks.text(panel, x, middle, _("farthest"), "ink", anchor, 13, (BESIDE * side, 0))
            return


def places(w, middle):
    """Where a unit is drawn: everywhere, closer where it bends, and on both sides of where it may jump."""
    x = X[::6]
    if w:
        with np.errstate(over="ignore", invalid="ignore"):
            bend = middle + np.arange(-8, 9) * 0.75 / abs(w)
        x = np.concatenate([x, bend, middle + np.array([-1e-6, 1e-6])])
    return np.unique(x[abs(x) <= 3])


def spread(places, panel):
    """The places from above, in stage units, moved apart to `GAP` and kept within the panel."""
    order = np.argsort(places, kind="stable")
    low, high = panel.y + GAP / 2, panel.y + panel.height - GAP / 2
    spread = np.empty(len(places))
    for k in order:
        low = spread[k] = max(low, places[k])
        low += GAP
    for k in order[::-1]:
        high = spread[k] = min(high, spread[k])
        high -= GAP
    return spread
