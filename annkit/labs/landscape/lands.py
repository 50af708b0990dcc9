"""Three errors of two weights, each with its slopes, and the walks of three optimizers on them."""

import math
from typing import NamedTuple

import numpy as np

from annkit.translation import N_

MOST_STEPS = 400
THERE = 0.01
"""So near to a lowest place a walk has arrived."""
FAR = 1e6
"""A walk that comes so far out has left for good."""

ONE, TWO, EPSILON = 0.9, 0.999, 1e-8
"""How much Adam's two averages remember, and what it divides by at least."""


class Land(NamedTuple):
    """An error over the plane of two weights."""

    error: object
    """E of w₁ and w₂, arrays of one shape."""
    slope: object
    """∂E/∂w₁ and ∂E/∂w₂."""
    lowest: tuple
    """Every place where it is lowest."""
    formula: str


LANDS = {
    "valley": Land(
        lambda x, y: (x**2 + 50 * y**2) / 10, lambda x, y: (x / 5, 10 * y), ((0, 0),),
        "E = (w₁² + 50 w₂²) / 10",
    ),
    "bowl": Land(
        lambda x, y: (x**2 + y**2) / 2, lambda x, y: (x, y), ((0, 0),), "E = (w₁² + w₂²) / 2"
    ),
    "hill": Land(
        lambda x, y: (3 * x**4 + 2 * x**3 - 24 * x**2 - 24 * x + 80) / 60 + y**2,
        lambda x, y: ((x + 0.5) * (x**2 - 4) / 5, 2 * y), ((2, 0), (-2, 0)),
        "E = (3 w₁⁴ + 2 w₁³ − 24 w₁² − 24 w₁ + 80) / 60 + w₂²",
    ),
}  # fmt: skip
XLIM, YLIM = (-5, 5), (-2, 2)
"""How much of the plane is shown."""
NAMES = {"valley": N_("a long valley"), "bowl": N_("a round bowl"), "hill": N_("two valleys, a hill between")}
WALKERS = {"plain": N_("plain"), "momentum": N_("momentum"), "adam": N_("Adam")}


def descent(rate, mu=0.0):
    """What plain descent, or momentum, takes away from one weight, slope by slope."""
    v = 0.0

    def change(g):
        nonlocal v
        v = mu * v + g
        return rate * v

    return change


def adam(rate):
    """What Adam takes away from one weight, slope by slope."""
    m = s = 0.0
    k = 0

    def change(g):
        nonlocal m, s, k
        m, s, k = ONE * m + (1 - ONE) * g, TWO * s + (1 - TWO) * g * g, k + 1
        return rate * (m / (1 - ONE**k)) / (math.sqrt(s / (1 - TWO**k)) + EPSILON)

    return change


class Walk:
    """One optimizer's way from a start, as far as it was asked for: `rule()` makes what goes for one weight."""

    def __init__(self, land, start, rule):
        self.land, self._changes = land, (rule(), rule())
        self._places, self._slopes = [tuple(map(float, start))], [land.slope(*start)]

    def upto(self, steps):
        """Every place up to so many steps, shape (n, 2); fewer where it has left for good."""
        self._go_on(steps)
        return np.array(self._places[: steps + 1])

    def place(self, steps):
        """The place after so many steps; the last, where it has left for good before."""
        self._go_on(steps)
        return self._places[: steps + 1][-1]

    def _go_on(self, steps):
        places, slopes, (first, second) = self._places, self._slopes, self._changes
        while len(places) <= steps and _near(*places[-1]):
            x, y = places[-1]
            along, across = slopes[-1]
            places.append((x - first(along), y - second(across)))
            slopes.append(self.land.slope(*places[-1]))

    def left(self, steps):
        """Whether it has left for good after so many steps."""
        return not _near(*self.place(steps))

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
        self._go_on(k)
        return np.array(self._slopes[k - 1])

    def remembered(self, k, decay, power=1):
        """The slopes up to step k, or a power of them, summed up: each counts by `decay` less than the next."""
        self._go_on(k)
        return decay ** np.arange(k - 1, -1, -1) @ np.array(self._slopes[:k]) ** power


def _near(x, y):
    return -FAR < x < FAR and -FAR < y < FAR


def walks(land, start, learning_rate, momentum):
    """The walk of each optimizer."""
    rules = {
        "plain": lambda: descent(learning_rate),
        "momentum": lambda: descent(learning_rate, momentum),
        "adam": lambda: adam(learning_rate),
    }
    return {name: Walk(LANDS[land], start, rule) for name, rule in rules.items()}
