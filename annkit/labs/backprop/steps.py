"""The ten steps of a round of learning, and all numbers that they bring, unit by unit, as they are worked out by hand.

Numbers are called by their names: w12 is the weight from x₁ to h₂, b2 the bias of h₂, z2 its sum, h2 its answer; v21 is
the weight from h₂ to o₁, and so on. E is the error.
"""

import math
from typing import NamedTuple

import numpy as np

from annkit.labs.base.traits import FARTHEST
from annkit.translation import _
from annkit.wording import number, subscript

HIDDEN, OUTPUT = ("w11", "w21", "b1", "w12", "w22", "b2"), ("v11", "v21", "c1", "v12", "v22", "c2")
"""All that learns, layer by layer and unit by unit: what leads to h₁ or o₁, then what leads to h₂ or o₂."""
NAMES = ("w11", "w12", "w21", "w22", "b1", "b2", "v11", "v12", "v21", "v22", "c1", "c2")
"""The same in the order of `Network.parameters`."""
BIASES = ("b1", "b2", "c1", "c2")
INTO = {"h1": HIDDEN[:3], "h2": HIDDEN[3:], "o1": OUTPUT[:3], "o2": OUTPUT[3:]}
"""What leads to each unit."""
SUM_OF = {"h1": "z1", "h2": "z2", "o1": "y1", "o2": "y2"}
STATIONS = ("h1", "h2", "o1", "o2", "E", "o1", "o2", "h1", "h2", "update")
"""What each of the ten steps is about: four units forward, the error, four units back, and the weights are changed."""
FORWARD, ERROR, BACK = 4, 5, 9
"""So many steps are done when all outputs are there, the error, all slopes. The tenth begins the next round."""
MOST = 20_000
"""Rounds after which a lab does not go on."""
FAR_ENOUGH = 256
"""So many rounds there is room for at first."""

BORN = {"E": ERROR, "p1": ERROR, "p2": ERROR}
"""After which step of a round each number is there; what is always there is left out."""
SLOPE_BORN = {}
"""The same for the slope of E at each number."""
for _step, _unit in enumerate(STATIONS[:FORWARD], start=1):
    BORN |= {SUM_OF[_unit]: _step, _unit: _step}
for _step, _unit in enumerate(STATIONS[ERROR:BACK], start=ERROR + 1):
    SLOPE_BORN |= dict.fromkeys((_unit, SUM_OF[_unit], *INTO[_unit]), _step)


def end(name):
    """The unit that a weight or a bias leads to."""
    return ("h" if name[0] in "wb" else "o") + name[-1]


def start(name):
    """The node that a weight comes from; None for a bias."""
    return {"w": "x", "v": "h"}[name[0]] + name[1] if name[0] in "wv" else None


class Setup(NamedTuple):
    """All that stays while the weights learn."""

    x: tuple
    t: tuple
    learning_rate: float
    half: bool
    learn_biases: bool
    activation: str


def sigmoid(z):
    """1 / (1 + e^−z), also where e^−z is too large for a number."""
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


FUNCTIONS = {
    "sigmoid": (sigmoid, lambda z, h: h * (1 - h)),
    "tanh": (math.tanh, lambda z, h: 1 - h * h),
    "relu": (lambda z: max(z, 0.0), lambda z, h: 1.0 if z > 0 else 0.0),
}
"""Each activation and its slope, at the sum z where it answers h."""


def forward(parameters, setup):
    """All numbers on the way to the error, by their names."""
    n = dict(zip(NAMES, parameters, strict=True))
    n["x1"], n["x2"] = setup.x
    n["t1"], n["t2"] = setup.t
    f, __ = FUNCTIONS[setup.activation]
    for j in "12":
        n["z" + j] = n["x1"] * n["w1" + j] + n["x2"] * n["w2" + j] + n["b" + j]
        n["h" + j] = f(n["z" + j])
    for k in "12":
        n["y" + k] = n["h1"] * n["v1" + k] + n["h2"] * n["v2" + k] + n["c" + k]
        n["o" + k] = sigmoid(n["y" + k])
        n["p" + k] = (n["t" + k] - n["o" + k]) ** 2
    n["E"] = n["p1"] + n["p2"]
    if setup.half:
        n["E"] /= 2
    return n


def backward(n, setup):
    """The slope of the error at each of the numbers `n`, such as ∂E/∂v₁₁, by the name of that number."""
    slopes, factor = {}, -1 if setup.half else -2
    __, slope = FUNCTIONS[setup.activation]
    for k in "12":
        slopes["o" + k] = factor * (n["t" + k] - n["o" + k])
        slopes["y" + k] = slopes["o" + k] * n["o" + k] * (1 - n["o" + k])
        slopes["v1" + k], slopes["v2" + k] = slopes["y" + k] * n["h1"], slopes["y" + k] * n["h2"]
        slopes["c" + k] = slopes["y" + k]
    for j in "12":
        slopes["h" + j] = slopes["y1"] * n[f"v{j}1"] + slopes["y2"] * n[f"v{j}2"]
        slopes["z" + j] = slopes["h" + j] * slope(n["z" + j], n["h" + j])
        slopes["w1" + j], slopes["w2" + j] = slopes["z" + j] * n["x1"], slopes["z" + j] * n["x2"]
        slopes["b" + j] = slopes["z" + j]
    return slopes


def learns(name, setup):
    """Whether this weight or bias is changed by an update."""
    return setup.learn_biases or name not in BIASES


def update(parameters, slopes, setup):
    """The parameters one step of gradient descent further."""
    return [
        value - setup.learning_rate * slopes[name] if learns(name, setup) else value
        for name, value in zip(NAMES, parameters, strict=True)
    ]


class Run:
    """Round after round of learning from one start, each worked out once.

    Parameters
    ----------
    start : sequence of float
        All weights and biases, in the order of `NAMES`.
    setup : Setup
    """

    def __init__(self, start, setup):
        self.setup, self._known = setup, 0
        self._parameters, self._errors = np.empty((FAR_ENOUGH, len(NAMES))), np.empty(FAR_ENOUGH)
        self._add(start)

    def parameters(self, rounds):
        """All weights and biases after so many rounds, as a list.

        Raises
        ------
        ValueError
            If one of them has become too large.
        """
        while self._known <= rounds:
            self._learn()
        return self._parameters[rounds].tolist()

    def errors(self, rounds):
        """The error at the start and after each of the rounds, shape (rounds + 1,)."""
        self.parameters(rounds)
        return self._errors[: rounds + 1]

    def _learn(self):
        before = [self._last[name] for name in NAMES]
        after = update(before, backward(self._last, self.setup), self.setup)
        for name, value in zip(NAMES, after, strict=True):
            if not abs(value) <= FARTHEST:
                message = _(
                    "Round {round} would make {name} = {value}: with α = {rate} learning diverges. The weights stay as "
                    "they were; try a smaller α."
                )
                said = {"round": self._known, "name": subscript(name), "value": number(value)}
                raise ValueError(message.format(**said, rate=number(self.setup.learning_rate)))
        self._add(after)

    def _add(self, parameters):
        if self._known == len(self._errors):
            self._parameters = np.concatenate([self._parameters, np.empty_like(self._parameters)])
            self._errors = np.concatenate([self._errors, np.empty_like(self._errors)])
        self._last = forward(parameters, self.setup)
        self._parameters[self._known], self._errors[self._known] = parameters, self._last["E"]
        self._known += 1
