"""What is asked of a network about one picture: its answer, its rival, slopes of the lead, and the least ink."""

from typing import NamedTuple

import numpy as np

from annkit.engine import one_thread

MOST = 3
"""So many pixels may be filled to change its mind."""


class Sides(NamedTuple):
    """Two digits: the network's answer, and the one on the other side."""

    answer: int
    rival: int

    def lead(self, net, X):
        """How far the answer's sum is ahead of the rival's, for the pictures X: shape (n,)."""
        y = net.forward(X).z[-1]
        return y[:, self.answer] - y[:, self.rival]


class Now(NamedTuple):
    """What a network makes of one picture."""

    outputs: np.ndarray
    lead: float
    slopes: np.ndarray
    """How the lead answers to each pixel, shape (64,)."""


class LeastInk(NamedTuple):
    """The pixels to be filled, what the network answers then, and the share of that."""

    pixels: tuple
    answer: int
    share: float


def sides(net, x, rival=None):
    """The digit that the network answers for the picture x and the one on the other side; the second, if left out."""
    first, second = np.argsort(-net.predict(x[None, :])[0], kind="stable")[:2].tolist()
    return Sides(first, second if rival in (None, first) else rival)


def now(net, x, two):
    """What the network makes of the picture x: a `Now`."""
    trace = net.forward(x[None, :])
    direction = np.zeros(net.sizes[-1])
    direction[two.answer], direction[two.rival] = 1, -1
    return Now(trace.output[0], float(trace.z[-1][0] @ direction), net.slopes(trace, direction)[0])


def least_ink(net, x, two):
    """Up to three pixels which, filled, bring the answer's lead down the most; no more than change the answer.

    One after the other: of all pixels the one that, in truth, not only by its slope, takes the most away.
    """
    x, pixels = x.copy(), []
    for __ in range(MOST):
        tried = np.maximum(np.eye(len(x)), x)  # in row k pixel k is full of ink
        with one_thread():  # the products are small: threads would wait for each other
            best = int(two.lead(net, tried).argmin())
        if x[best] == 1:
            break
        x[best] = 1
        pixels.append(best)
        if net.classify(x[None, :])[0] != two.answer:
            break
    outputs = net.predict(x[None, :])[0]
    return LeastInk(tuple(pixels), int(outputs.argmax()), float(outputs.max()))
