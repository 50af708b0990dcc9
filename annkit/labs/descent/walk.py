"""Where descent leads: step by step from one start, and the end of every start at once."""

import functools
import itertools

import numpy as np

from annkit.labs.descent.curves import EVERY

NEAR = 0.01
"""So near to a bottom, descent has arrived."""
FAR = 1_000_000
"""Beyond this it has left for good."""
MOST_STEPS, MOST_OWN = 500, 20
"""Descent ends after so many steps, wherever it is; a walk in fog after so many."""
STARTS, STEPS = 401, 200
"""So many starts are followed at once, for so many steps at most."""
AHEAD = 500
"""So far ahead it is looked whether a way leads beyond all bounds."""
UNSETTLED, AWAY = -1, -2
"""How a start may end beside in a valley: not yet there after all steps, or beyond all bounds."""
LOOK = 20
"""After so many steps it is looked whether all starts have ended."""


def arrived(curve, w, rate):
    """The bottom that w is so near to that no later step leaves it; None where there is none."""
    for bottom in curve.bottoms:
        if abs(w - bottom.w) <= NEAR and holds(bottom, rate):
            return bottom
    return None


def holds(bottom, rate):
    """Whether steps with this learning rate come nearer and nearer to the bottom, once they are near."""
    return 0 < rate * bottom.curvature < 2


def after(curve, w, rate):
    """Where one step leads."""
    return float(w - rate * curve.slope(w))


def is_over(curve, w, rate):
    """Whether there is no step to take from w: it has arrived, lies on level ground, or would be gone."""
    return arrived(curve, w, rate) is not None or rate * curve.slope(w) == 0 or abs(after(curve, w, rate)) > FAR


@functools.lru_cache(maxsize=64)
def path(name, start, rate, steps):
    """The places of w from the start on, as long as there are steps to take, but at most so many: a tuple."""
    curve, places = EVERY[name], [start]
    while len(places) <= steps and not is_over(curve, places[-1], rate):
        places.append(after(curve, places[-1], rate))
    return tuple(places)


@functools.lru_cache(maxsize=256)
def ends(name, rate):
    """Where `STARTS` starts across the window end: the number of a bottom, `UNSETTLED` or `AWAY`, shape (STARTS,)."""
    curve = EVERY[name]
    w = np.linspace(*curve.window, STARTS)
    kinds = np.full(STARTS, UNSETTLED, np.int8)
    for __ in range(STEPS // LOOK):
        for __ in range(LOOK):
            w = w - rate * curve.slope(w)
            np.clip(w, -FAR, FAR, out=w)  # what is out there stays there
        kinds[np.abs(w) == FAR] = AWAY
        for number, bottom in enumerate(curve.bottoms):
            if holds(bottom, rate):
                kinds[np.abs(w - bottom.w) <= NEAR] = number
        if (kinds != UNSETTLED).all():
            break
    kinds.flags.writeable = False
    return kinds


def runs(kinds):
    """Neighbours that end alike, as (kind, first, the one after the last)."""
    edges = [0, *(np.flatnonzero(np.diff(kinds)) + 1).tolist(), len(kinds)]
    return [(int(kinds[first]), first, last) for first, last in itertools.pairwise(edges)]
