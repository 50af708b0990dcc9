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
    xlim: tuple
    ylim: tuple
    formula: str


LANDS = {
    "valley": Land(
        lambda x, y: (x**2 + 50 * y**2) / 10, lambda x, y: (x / 5, 10 * y), ((0, 0),), (-5, 5), (-2, 2),
        "E = (w₁² + 50 w₂²) / 10",
    ),
    "bowl": Land(
        lambda x, y: (x**2 + y**2) / 2, lambda x, y: (x, y), ((0, 0),), (-5, 5), (-2, 2), "E = (w₁² + w₂²) / 2"
    ),
    "hill": Land(
        lambda x, y: (3 * x**4 + 2 * x**3 - 24 * x**2 - 24 * x + 80) / 60 + y**2,
        lambda x, y: ((x + 0.5) * (x**2 - 4) / 5, 2 * y), ((2, 0), (-2, 0)), (-5, 5), (-2, 2),
        "E = (3 w₁⁴ + 2 w₁³ − 24 w₁² − 24 w₁ + 80) / 60 + w₂²",
    ),
}  # fmt: skip
NAMES = {"valley": N_("a long valley"), "bowl": N_("a round bowl"), "hill": N_("two valleys, a hill between")}
WALKERS = {"plain": N_("plain"), "momentum": N_("momentum"), "adam": N_("Adam")}


class Walk:
    """One optimizer's way from a start, as far as it was asked for."""

    def __init__(self, land, start, optimizer):
        self.land, self.optimizer = land, optimizer
        self.places, self.slopes = [np.array(start, float)], []
        self._slope(self.places[0])

    def upto(self, steps):
        """Every place up to so many steps, shape (n, 2); fewer where it has left for good."""
        while len(self.places) <= steps and np.abs(self.places[-1]).max() < FAR:
            place = np.empty(2)
            self.optimizer.step_into(place, self.places[-1], self.slopes[-1])
            self.places.append(place)
            self._slope(place)
        return np.array(self.places[: steps + 1])

    def arrived(self):
        """After how many of the steps made it came near a lowest place; None where it did not."""
        places = np.array(self.places)
        for low in self.land.lowest:
            near = np.hypot(*(places - low).T) < THERE
            if near[-1]:
                return int(len(near) - near[::-1].argmin()) if not near.all() else 0
        return None

    def _slope(self, place):
        self.slopes.append(np.array(self.land.slope(*place), float))


def walks(land, start, learning_rate, momentum):
    """The walk of each optimizer."""
    optimizers = SGD(learning_rate), SGD(learning_rate, momentum), Adam(learning_rate)
    return {name: Walk(LANDS[land], start, each) for name, each in zip(WALKERS, optimizers, strict=True)}
