"""The error over two weights: how it would be with others in their place, and the way that was gone."""

import numpy as np
from contourpy import contour_generator

from annkit.activations import overflow_allowed
from annkit.labs.playground.board import PLANE
from annkit.stage import Panel, marks

COUNT = 16
"""So many values are tried for each of the two."""
MOST_SAMPLES = 120
"""More samples than these are not asked: every so-maniest stands for the others."""
LEVELS = np.linspace(0.08, 0.95, 8) ** 2
"""Where lines of the same error are drawn, as shares of the way from the least to the largest."""


class Surface:
    """The error over the two weights or biases that a lab's `pair` names.

    Parameters
    ----------
    lab : Playground
    panel : Panel, optional
        The plane to draw on; one that holds all that was gone through, if left out.

    Attributes
    ----------
    panel : Panel
        The plane, with these two as its axes.
    errors : ndarray, shape (COUNT, COUNT)
    """

    def __init__(self, lab, panel=None):
        self.places = [lab.place_of(thing) for thing in lab.pair]
        self.ways = [(way.path(self.places), colour) for way, colour, __ in lab.curves]
        self.here = lab.trainer.net.parameters[self.places]
        seen = np.vstack([self.here, *(way for way, __ in self.ways)])
        (left, low), (right, high) = np.floor(seen.min(axis=0) - 1), np.ceil(seen.max(axis=0) + 1)
        plane = Panel.plain(PLANE.x, PLANE.y, PLANE.width, PLANE.height, (left, right), (low, high))
        self.panel = panel or plane
        self.errors = self._errors(lab.trainer)

    def _errors(self, trainer):
        every = -(-len(trainer.X) // MOST_SAMPLES)
        return errors(trainer.net, trainer.X[::every], trainer.T[::every], self.places, *self.panel.grid(COUNT, COUNT),
                      trainer.loss.name == "squared_error")  # fmt: skip

    def heat(self):
        """The errors as a shade of ink, dark where they are large."""
        low, high = self.errors.min(), self.errors.max()
        return self.panel, 0.5 * np.sqrt((self.errors - low) / max(high - low, 1e-12)), "ink"

    def draw(self):
        """The lines of the same error, the ways, and where it stands."""
        x, y = self.panel.grid(COUNT, COUNT)
        low, high = self.errors.min(), self.errors.max()
        lines = contour_generator(x, y, self.errors)
        drawn = [
            marks.line(self.panel, *line.T, "ink", 1, opacity=0.35)
            for share in LEVELS
            for line in lines.lines(low + share * (high - low))
        ]
        for way, colour in self.ways:
            drawn += [marks.line(self.panel, *way.T, "paper", 4, opacity=0.7), marks.line(self.panel, *way.T, colour)]
        drawn.append(marks.at(self.panel, *self.here, '<circle r="6" class="annkit-nl"/>'))
        return marks.clip(self.panel, *drawn)


def errors(net, X, T, places, first, second, squared):
    """E of a network with other values in two places of its parameters, for each pair of them.

    Parameters
    ----------
    net : Network
        With one output, a sigmoid where E is not `squared`.
    X, T : ndarray, shape (n, inputs), (n, 1)
    places : pair of int
    first, second : ndarray, of one shape
    squared : bool
        Whether E is the squared error, or cross-entropy.

    Returns
    -------
    ndarray, of the shape of `first`
    """
    parameters = np.tile(net.parameters, (first.size, 1))
    parameters[:, places[0]], parameters[:, places[1]] = first.ravel(), second.ravel()
    a, at = X[None], 0
    with overflow_allowed():
        for n, m, f in zip(net.sizes, net.sizes[1:], net.activations, strict=False):
            W, b = parameters[:, at : at + n * m], parameters[:, at + n * m : at + n * m + m]
            at += n * m + m
            if len(a) == 1 and (W == W[0]).all() and (b == b[0]).all():
                W, b = W[:1], b[:1]  # before the first of the two all are the same
            z = a @ W.reshape(-1, n, m) + b[:, None]
            a = f.f(z)
        each = (T - a) ** 2 if squared else np.logaddexp(0, z) - T * z
    return np.nan_to_num(each.mean(axis=(1, 2)), nan=1e12, posinf=1e12).clip(None, 1e12).reshape(first.shape)
