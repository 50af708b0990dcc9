"""The move: where corners, lines and the plane itself are on their way from the inputs to the hidden units' answers.

Its first half takes every place x to its two weighted sums, which keeps lines lines. Its second half is the step: what
is greater than 0 becomes 1, all else 0. Places are those of one plane from −0.5 to 1.5. So that all four corners are
in it, the sums are drawn with 0 in the middle, and 2, or 4, 8, … where there are larger ones, as far from it as `FAR`.
"""

import itertools
import math
from typing import NamedTuple

import numpy as np

FRAME = [(-0.5, -0.5), (1.5, -0.5), (1.5, 1.5), (-0.5, 1.5)]
"""The corners of the plane."""
MIDDLE, FAR = 0.5, 0.75
TINY = 1e-200
"""Weights below this have no direction."""
SWING = 0.1
"""How much two lines that are parallel are turned to where they end: one upright, one level."""


class Line(NamedTuple):
    """Where p x + q y + r is 0; a perceptron answers 1 where it is greater. No line where p and q are 0."""

    p: float
    q: float
    r: float

    def ends(self):
        """Its two ends in the plane, or None where it does not cross it."""
        found = set()
        for (ax, ay), (bx, by) in zip(FRAME[-1:] + FRAME, FRAME, strict=False):
            before, here = self.at(ax, ay), self.at(bx, by)
            if before < 0 < here or here < 0 < before:
                share = before / (before - here)
                found.add((ax + share * (bx - ax), ay + share * (by - ay)))
            elif here == 0:
                found.add((bx, by))
        return (min(found), max(found)) if len(found) == 2 else None

    def at(self, x, y):
        """The sum at a place."""
        return self.p * x + self.q * y + self.r

    def part(self, outline, answer):
        """The part of a convex polygon, a list of places, where a perceptron gives this answer."""
        sums = [self.at(*place) for place in outline]
        if not any(sums):
            return [] if answer else outline
        if not answer:
            sums = [-total for total in sums]
        kept = []
        for k, (x, y) in enumerate(outline):
            before, here = sums[k - 1], sums[k]
            if before < 0 < here or here < 0 < before:
                share, (ax, ay) = before / (before - here), outline[k - 1]
                kept.append((ax + share * (x - ax), ay + share * (y - ay)))
            if here >= 0:
                kept.append((x, y))
        return kept if len(kept) > 2 else []


def cells(lines):
    """The parts of the plane in which two perceptrons give the same answers: pairs (answers, polygon)."""
    for answers in itertools.product((0, 1), repeat=2):
        outline = FRAME
        for line, answer in zip(lines, answers, strict=True):
            outline = line.part(outline, answer)
        if outline:
            yield answers, outline


class Move:
    """The plane on its way.

    Parameters
    ----------
    corners : ndarray, shape (n, 2)
    weights, biases : array_like, shapes (2, 2) and (2,)
        Those of the two hidden units, a column for each.
    moved : float
        How far it is, from 0 to 1.

    Attributes
    ----------
    bent, stepped : float
        How much of the first half and of the second half is done, from 0 to 1.
    sums, answers : ndarray, shape (n, 2)
        Those of the hidden units, for each corner.
    reach : list of float
        For each unit the sum that is drawn as far from the middle as `FAR`.
    """

    def __init__(self, corners, weights, biases, moved):
        self.corners, self._weights, self._biases = corners, np.array(weights, float), np.array(biases, float)
        self.bent, self.stepped = min(1, 2 * moved), max(0, 2 * moved - 1)
        self.sums = corners @ self._weights + self._biases
        self.answers = (self.sums > 0) * 1
        self.reach = [_reach(largest) for largest in np.abs(self.sums).max(axis=0).tolist()]
        zoom = FAR / np.array(self.reach)
        (p, q), (r, s) = (self._weights / np.maximum(np.abs(self._weights).max(axis=0), TINY)).tolist()
        self._parallel = abs(p * s - q * r) < 1e-9
        self._turn = (1 - self.bent) * np.eye(2) + self.bent * self._weights * zoom
        self._shift = self.bent * (MIDDLE + self._biases * zoom)

    def onward(self, X):
        """Where the first half has taken the places X by now, shape (n, 2)."""
        return X @ self._turn + self._shift

    def places(self):
        """Where the corners are, shape (n, 2)."""
        return (1 - self.stepped) * self.onward(self.corners) + self.stepped * self.answers

    def lines(self):
        """The lines of the two hidden units by now."""
        return [self._line(which) for which in (0, 1)]

    def _line(self, which):
        (w1, w2), bias = self._weights[:, which].tolist(), float(self._biases[which])
        if self.bent == 0:
            return Line(w1, w2, bias)
        size = math.hypot(w1, w2)
        if size < TINY:
            return Line(0, 0, bias) if self.bent < 1 else self._last(which)
        across = np.array([w1, w2]) / size
        foot = MIDDLE - (MIDDLE * (w1 + w2) + bias) / size * across  # as near as can be to the middle of the plane
        (ax, ay), (x, y) = (np.array([-across[1], across[0]]) @ self._turn).tolist(), self.onward(foot).tolist()
        tx, ty = (across @ self._turn).tolist()
        p, q = (ay, -ax) if ay * tx - ax * ty > 0 else (-ay, ax)  # at right angles, to the side where it answers 1
        if self._parallel:
            swing = SWING * max(0, 2 * self.bent - 1)
            p, q = (p + swing, q) if which == 0 else (p, q + swing)
        line = Line(p, q, -p * x - q * y)
        return line if math.isfinite(line.r) else Line(0, 0, bias)

    @staticmethod
    def _last(which):
        """The line of a hidden unit in the plane of the sums."""
        return Line(1 - which, which, -MIDDLE)


def _reach(largest):
    """A power of two that is no smaller than 2 and the largest sum: the scale stays while weights turn a little."""
    return 2.0 ** max(1, math.ceil(math.log2(largest))) if largest else 2.0
