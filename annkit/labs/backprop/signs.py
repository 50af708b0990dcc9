"""Call the sign first: ▲ where E grows with a weight, ▼ where it falls, before the way back shows it."""

import numpy as np

from annkit import inputs
from annkit.labs.backprop.steps import ERROR, HIDDEN, NAMES, OUTPUT, Setup, backward, forward
from annkit.labs.base.traits import State
from annkit.translation import _

UP, DOWN, OPEN = "▲", "▼", "?"
NONE_YET = OPEN * len(NAMES)
LAYERS = {ERROR: OUTPUT, ERROR + 2: HIDDEN}
"""The edges whose slopes come next after so many steps, a whole layer at once."""
KEYS = {"ArrowUp": UP, "ArrowDown": DOWN, "Delete": OPEN, "Backspace": OPEN}
"""What a key on an edge calls."""
CLEAR = 0.004
"""In numbers that are dealt every slope is at least so large."""


class Calls(State):
    """A sign for each weight and bias, in the order of `NAMES`, such as "▲▼??????????"; "" while none are called."""

    def accepted(self, value, lab):
        if isinstance(value, str) and (not value or len(value) == len(NAMES) and set(value) <= {UP, DOWN, OPEN}):
            return str(value)
        message = _('{name} should be twelve signs ▲, ▼ or ?, or "" for no game, not {value}.')
        raise ValueError(message.format(name=self.name, value=inputs.shown(value)))


def called(calls, name):
    """What was called for an edge: ▲, ▼ or ?."""
    return calls[NAMES.index(name)]


def call(calls, name, sign):
    """The calls with one more."""
    k = NAMES.index(name)
    return calls[:k] + sign + calls[k + 1 :]


def right(calls, name, slope):
    """Whether a call is right."""
    return called(calls, name) == (UP if slope > 0 else DOWN)


def missing(calls, slopes, names):
    """Those of the edges that have a slope and no call yet."""
    return [name for name in names if slopes[name] and called(calls, name) == OPEN]


def dealt(seed=None):
    """New numbers for a game: weights, biases, x, t. Without a seed nobody knows them before.

    Slopes are large enough to be reasoned about, and both signs are among those of the first layer.
    """
    random = np.random.default_rng(seed)
    while True:
        p = (random.choice([-1, 1], 12) * random.integers(1, 7, 12) / 4).tolist()
        x = (random.choice([-1, 1], 2) * random.integers(1, 5, 2) / 4).tolist()
        t = random.integers(0, 2, 2).astype(float).tolist()
        setup = Setup(x, t, 0, False, True, "sigmoid")
        slopes = backward(forward(p, setup), setup)
        if min(abs(slopes[name]) for name in NAMES) >= CLEAR and len({slopes[name] > 0 for name in HIDDEN}) == 2:
            return {"weights": ((p[0:2], p[2:4]), (p[6:8], p[8:10])), "biases": (p[4:6], p[10:12]), "x": x, "t": t}
