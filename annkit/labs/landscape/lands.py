"""Three errors of two weights, each with its slopes, and the walks of three optimizers on them."""

from typing import NamedTuple

import numpy as np

from annkit.optimizers import SGD, Adam
from annkit.translation import N_

MOST_STEPS = 400
THERE = 0.01
"""So near to a lowest place a walk has arrived."""
FAR = 1e6
"""A walk that comes so far out has left for good."""


class Land(NamedTuple):
    """An error over the plane of two weights."""

    error: object
    """E of w₁ and w₂, arrays of one shape."""
    slope: object
    """∂E/∂w₁ and ∂E/∂w₂."""
    lowest: tuple
    """Every place where it is lowest."""
    between: float
    """Where E is k² times this, for each whole number k, a line of the map is drawn."""
    formula: str


LANDS = {
    "valley": Land(
        lambda x, y: (x**2 + 50 * y**2) / 10, lambda x, y: (x / 5, 10 * y), ((0, 0),), 1 / 8,
        "E = (w₁² + 50 w₂²) / 10",
    ),
    "bowl": Land(
        lambda x, y: (x**2 + y**2) / 2, lambda x, y: (x, y), ((0, 0),), 1 / 8, "E = (w₁² + w₂²) / 2"
    ),
    "hill": Land(
        lambda x, y: (3 * x**4 + 2 * x**3 - 24 * x**2 - 24 * x + 80) / 60 + y**2,
        lambda x, y: ((x + 0.5) * (x**2 - 4) / 5, 2 * y), ((2, 0), (-2, 0)), 1 / 20,
        "E = (3 w₁⁴ + 2 w₁³ − 24 w₁² − 24 w₁ + 80) / 60 + w₂²",
    ),
}  # fmt: skip
XLIM, YLIM = (-5, 5), (-2, 2)
"""How much of the plane is shown."""
NAMES = {"valley": N_("a long valley"), "bowl": N_("a round bowl"), "hill": N_("two valleys, a hill between")}
WALKERS = {"plain": N_("plain"), "momentum": N_("momentum"), "adam": N_("Adam")}


class Walk:
    """One optimizer's way from a start, as far as it was asked for."""

    def __init__(self, land, start, optimizer):
        self.land, self.optimizer = land, optimizer
        self._places, self._slopes = np.empty((2, MOST_STEPS + 1, 2))
        self._places[0] = start
        self._slopes[0] = land.slope(*start)
        self._made, self._left = 0, False

    def upto(self, steps):
        """Every place up to so many steps, shape (n, 2); fewer where it has left for good."""
        while self._made < min(steps, MOST_STEPS) and not self._left:
            k = self._made
            place = self._places[k + 1]
            self.optimizer.step_into(place, self._places[k], self._slopes[k])
            x, y = place.tolist()
            self._slopes[k + 1] = self.land.slope(x, y)
            self._made, self._left = k + 1, not max(abs(x), abs(y)) < FAR
        return self._places[: min(steps, self._made) + 1]

    def left(self, steps):
        """Whether it has left for good after so many steps."""
        return not np.abs(self.upto(steps)[-1]).max() < FAR

    def arrived(self, steps):
        """Since which of so many steps it is near a lowest place; None where it is not."""
        places = self.upto(steps)
        for low in self.land.lowest:
            near = np.hypot(*(places - low).T) < THERE
            if near[-1]:
                return int(len(near) - near[::-1].argmin()) if not near.all() else 0
        return None

    def slope(self, k):
        """The slope that step k, from 1, goes against, shape (2,)."""
        self.upto(k)
        return self._slopes[k - 1]

    def remembered(self, k, decay, power=1):
        """The slopes up to step k, or a power of them, summed up: each counts by `decay` less than the next."""
        self.upto(k)
        return decay ** np.arange(k - 1, -1, -1) @ self._slopes[:k] ** power


def walks(land, start, learning_rate, momentum):
    """The walk of each optimizer."""
    optimizers = SGD(learning_rate), SGD(learning_rate, momentum), Adam(learning_rate)
    return {name: Walk(LANDS[land], start, each) for name, each in zip(WALKERS, optimizers, strict=True)}
