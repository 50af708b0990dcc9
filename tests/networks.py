"""What the tests of whatever learns share: all kinds of networks, and slopes by nudging."""

import itertools
import sys

import numpy as np

from annkit.activations import ACTIVATIONS
from annkit.engine import Pass, with_ones
from annkit.losses import LOSSES, loss_called

HIDDEN = [name for name, f in ACTIVATIONS.items() if name == f.name != "step"]
"""The activations that something passes back through."""
PAIRS = [(f, loss.name) for loss in LOSSES.values() for f in HIDDEN if loss.output in (None, ACTIVATIONS[f])]
"""The output activations, each with the losses that go with it."""


def classes(n, kinds):
    """Targets for n samples: one 1 in each row."""
    return np.eye(kinds)[np.arange(n) % kinds]


def through(net, X, T, loss, **dropout):
    """A pass of the engine, forward and back, and the gradients that it wrote."""
    gradients = np.full_like(net.parameters, np.nan)
    whole = Pass(net, loss_called(loss, net.output), gradients, len(X), **dropout)
    X = with_ones(X).T
    whole.forward(X)
    whole.backward(X, T.T)
    return whole, gradients


def assert_the_engine_agrees(net, X, T, loss):
    """All that appears in a pass of the engine is what the network itself computes."""
    whole, gradients = through(net, X, T, loss)
    trace = net.forward(X)
    expected = net.backward(trace, T, loss)
    same(gradients, expected.flat)
    same(whole.error(T.T), net.loss(trace, T, loss))
    for layer, own in enumerate(whole.layers):
        same(own.z.T, trace.z[layer])
        same(own.f.T, trace.f[layer])
        same(own.a.T, trace.a[layer])
        same(own.dE_dz.T, expected.dE_dz[layer])
        if expected.dE_da[layer] is not None:
            same(own.dE_da.T, expected.dE_da[layer])


def same(own, expected):
    """But for the last bits."""
    np.testing.assert_allclose(own, expected, rtol=1e-12, atol=1e-12)


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
