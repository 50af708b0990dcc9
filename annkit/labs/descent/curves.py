"""The error curves of the descent lab: three to look at, and four lands to be walked in fog."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from annkit.translation import N_

FOGGY = (-5, 5)
"""From where to where every land reaches, so that its ends don't tell which it is."""


class Bottom(NamedTuple):
    """A place where the error is lower than all around, and how fast the slope changes there."""

    w: float
    curvature: float


@dataclass(frozen=True)
class Curve:
    """An error E of one weight w. `E` and `slope` take a number or an array."""

    title: str
    E: Callable
    slope: Callable
    bottoms: tuple
    """From left to right."""
    tops: tuple
    """The hills between them, where the slope is 0 too."""
    ends: tuple
    """From where to where a start may lie, and a little less than what is drawn."""
    high: float
    """How high E is drawn."""
    tick: float
    """How far apart the numbers at the axis of E are."""
    start: float
    pool: float
    """How deep the pools are that are drawn at the bottoms."""
    rate: float = 0.1
    """The usual α, and how far its slider goes at least."""
    rates: float = 1.25
    formula: str = ""

    @property
    def lowest(self):
        """The bottom with the smallest error."""
        return min(self.bottoms, key=lambda bottom: self.E(bottom.w))

    @property
    def window(self):
        """What is drawn of w: a fortieth more than the ends on either side."""
        low, high = self.ends
        margin = (high - low) / 40
        return low - margin, high + margin


def moved(curve, title, by, mirrored=False, **changed):
    """The same curve farther to the right, and before that mirrored at w = 0 where that is wanted."""
    sign = -1 if mirrored else 1
    bottoms = sorted(Bottom(sign * w + by, curvature) for w, curvature in curve.bottoms)
    return replace(
        curve, title=title, bottoms=tuple(bottoms), tops=tuple(sign * w + by for w in curve.tops), ends=FOGGY,
        formula="",
        E=lambda w: curve.E(sign * (w - by)), slope=lambda w: sign * curve.slope(sign * (w - by)), **changed,
    )  # fmt: skip


def _sigmoid(z):
    """`annkit.sigmoid` for numbers too, and quick: a lab computes thousands."""
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def _neurons_error(w):
    return ((1 - _sigmoid(w)) ** 2 + _sigmoid(2 * w) ** 2) / 2


def _neurons_slope(w):
    once, twice = _sigmoid(w), _sigmoid(2 * w)
    return 2 * twice * twice * (1 - twice) - (1 - once) * (1 - once) * once


# Products instead of powers: they are the same to the last digit on every machine, and for numbers as for arrays.
BOWL = Curve(
    N_("a bowl"), lambda w: (w - 3) * (w - 3), lambda w: 2 * (w - 3), (Bottom(3, 2),), (),
    ends=(-2, 8), high=26, tick=5, start=0, pool=1.2, formula="(w − 3)²",
)  # fmt: skip
NEURON = Curve(
    N_("one neuron's"), _neurons_error, _neurons_slope, (Bottom(-0.3649033642147771, 0.3251737),), (),
    ends=(-6, 6), high=0.56, tick=0.1, start=-4, pool=0.03, rates=10, rate=1,
    formula="½ ((1 − σ(w))² + σ(2w)²)",
)  # fmt: skip
VALLEYS = Curve(
    N_("two valleys"), lambda w: ((((3 * w + 2) * w - 24) * w - 24) * w + 80) / 60,
    lambda w: (w + 0.5) * (w * w - 4) / 5, (Bottom(-2, 1.2), Bottom(2, 2)), (-0.5,),
    ends=(-4, 4), high=8.6, tick=2, start=-4, pool=0.28, formula="(3w⁴ + 2w³ − 24w² − 24w + 80) / 60",
)  # fmt: skip
CURVES = {"bowl": BOWL, "neuron": NEURON, "valleys": VALLEYS}
LANDS = {
    "land 1": moved(BOWL, N_("land 1"), -4.25, start=3.5, high=28),
    "land 2": moved(VALLEYS, N_("land 2"), 0.5, mirrored=True, start=4),
    "land 3": moved(NEURON, N_("land 3"), 1, mirrored=True, start=4.5),
    "land 4": moved(VALLEYS, N_("land 4"), -0.25, start=-4),
}
"""What is under the fog."""
EVERY = CURVES | LANDS
