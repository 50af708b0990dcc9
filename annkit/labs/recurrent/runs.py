"""One unit or one LSTM cell on a sequence, and how far a nudge at each step reaches."""

import functools
import math
from typing import NamedTuple

import numpy as np

LAST = 20
"""The number of the last step; the first is 0."""
STEPS = LAST + 1
ASKED = 3
"""In so many of the last steps the memory has to show the bit."""
CLEAR = 0.5
"""So far from 0, and on the bit's side."""
NOISE = (np.random.default_rng(0).uniform(-0.3, 0.3, LAST) * 64).round() / 64
"""What disturbs the inputs from step 1 on, in 64ths, which are exact in binary."""
VALUES = {"0": 0.0, "+": 1.0, "-": -1.0}
UNITS = ("tanh", "linear", "lstm")
GATES = ("forget_gate", "input_gate", "output_gate")


class Played(NamedTuple):
    """All that a run depends on, as in a `RecurrentLab`: its texts have a sign for each step."""

    unit: str
    w: float
    x: str
    mark: int
    disturbed: bool
    gates: tuple
    z: float


class Run(NamedTuple):
    """A memory at each step: arrays of shape (steps,), and `gates` of shape (3, steps).

    `x` is what comes in, `sums` what is summed in each step, `h` what is answered. An LSTM has a `cell`, to which `new`
    comes; a plain unit remembers its answer, and `cell` is the same as `h`.
    `slopes` says how much of a nudge of the memory at each step arrives in it at the last one.
    """

    x: np.ndarray
    sums: np.ndarray
    cell: np.ndarray
    h: np.ndarray
    gates: np.ndarray
    new: np.ndarray
    slopes: np.ndarray

    def shows(self, bit):
        """Whether the last steps all show the bit, 1 or −1."""
        return bool((bit * self.h[-ASKED:] > CLEAR).all())


@functools.lru_cache(maxsize=64)
def run(played, bit):
    """The `Run` where the input at the marked step is `bit`, 1 or −1."""
    x = np.array([VALUES[sign] for sign in played.x])
    x[played.mark] = bit
    if played.disturbed:
        x[1:] += NOISE * (np.arange(1, STEPS) != played.mark)
    drawn = np.array([[sign == "1" for sign in row] for row in played.gates])
    gates = 1 / (1 + np.exp(np.where(drawn, -played.z, played.z)))
    return _cell(x, gates) if played.unit == "lstm" else _unit(played, x, gates)


def _unit(played, x, gates):
    """A plain unit, which answers f(w h + x)."""
    sums, h, factors, before = np.empty_like(x), np.empty_like(x), np.empty_like(x), 0.0
    for k, comes in enumerate(x.tolist()):
        sums[k] = z = played.w * before + comes
        h[k] = before = math.tanh(z) if played.unit == "tanh" else z
        factors[k] = played.w * (1 - before**2) if played.unit == "tanh" else played.w
    return Run(x, sums, h, h, gates, x, _products(factors))


def _cell(x, gates):
    """An LSTM whose gates are given, and whose new value sees the input alone."""
    (forget, let_in, out), new = gates, np.tanh(x)
    cell, before = np.empty_like(x), 0.0
    for k in range(len(x)):
        cell[k] = before = forget[k] * before + let_in[k] * new[k]
    return Run(x, x, cell, out * np.tanh(cell), gates, new, _products(forget))


def _products(factors):
    """For each step the product of all factors after it: 1 for the last one."""
    return np.append(np.cumprod(factors[:0:-1])[::-1], 1.0)
