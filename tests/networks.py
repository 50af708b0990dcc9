"""What the tests of whatever learns share: all kinds of networks, and slopes by nudging."""

import itertools
import sys

import numpy as np

from annkit.activations import ACTIVATIONS
from annkit.losses import LOSSES

HIDDEN = [name for name, f in ACTIVATIONS.items() if name == f.name != "step"]
"""The activations that something passes back through."""
PAIRS = [(f, loss.name) for loss in LOSSES.values() for f in HIDDEN if loss.output in (None, ACTIVATIONS[f])]
"""The output activations, each with the losses that go with it."""


def classes(n, kinds):
    """Targets for n samples: one 1 in each row."""
    return np.eye(kinds)[np.arange(n) % kinds]


def by_nudging(f, x, h=2e-4):
    """∂f/∂x of a number f, from central differences over one and over two nudges, whose errors of order h² cancel."""

    def nudged(place, nudge):
        other = x.copy()
        other[place] += nudge
        return f(other)

    slopes = np.empty_like(x)
    for at in np.ndindex(x.shape):
        near, far = (nudged(at, times * h) - nudged(at, -times * h) for times in (1, 2))
        slopes[at] = (8 * near - far) / (12 * h)
    return slopes


def stopped(number, call):
    """Whether Ctrl-C came in `call`, when annkit ran the line of that number, counted from 0."""
    lines = itertools.count()

    def trace(frame, event, argument):
        if "annkit" not in frame.f_code.co_filename:
            return None
        if event == "line" and next(lines) == number:
            raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False
