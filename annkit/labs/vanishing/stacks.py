"""Several deep networks at their start, computed at once: how large activations and errors are at each layer."""

import functools

import numpy as np

from annkit.activations import overflow_allowed
from annkit.engine import ACTIVATIONS_INTO, one_thread

WIDTH, INPUTS, SAMPLES = 64, 2, 32
SEEDS = 7
"""So many networks, one for each seed from 0; an odd number, so that the median is one of them."""
MOST_LAYERS = 20


@functools.cache
def drawn():
    """The samples and targets, which all networks see, and for each layer the weights of all networks at spread 1.

    A layer's weights are the same however deep the network is: shapes (seeds, units before, units).
    """
    random = np.random.default_rng(0)
    X, T = random.standard_normal((SAMPLES, INPUTS)), (random.uniform(size=(SAMPLES, 1)) > 0.5) * 1.0
    shapes = [(INPUTS, WIDTH), *[(WIDTH, WIDTH)] * (MOST_LAYERS - 1)]
    layers, last = [], []
    for seed in range(SEEDS):
        random = np.random.default_rng(seed + 1)
        last.append(random.standard_normal((WIDTH, 1)) / np.sqrt(WIDTH))
        layers.append([random.standard_normal(shape) / np.sqrt(shape[0]) for shape in shapes])
    return X, T, [np.stack(weights) for weights in zip(*layers, strict=True)], np.stack(last)


class Stacks:
    """What appears in the networks on one way forward and one way back.

    Parameters
    ----------
    activation : {"sigmoid", "tanh", "relu"}
        Of the hidden layers; the one output is a sigmoid, and the error its cross-entropy.
    spread : float
        g: weights are drawn with the standard deviation g / √(units before). Biases are 0.
    factors : sequence of float
        One for each hidden layer: that of its skip, 0 where it has none.

    Attributes
    ----------
    activations, errors : ndarray, shape (seeds, layers)
        The size (root mean square) of a and of ∂E/∂a.
    slopes : ndarray, shape (layers, units)
        f′(z) of each unit, in the first network and for the first sample.
    """

    def __init__(self, activation, spread, factors):
        self.spread, self.factors = spread, tuple(factors)
        f, back = ACTIVATIONS_INTO[activation]
        with overflow_allowed(), one_thread():
            sums, answers, a = self._forward(f)
            self.errors = self._backward(back, sums, answers, a)
            z, h = (np.array([each[0, 0] for each in given]) for given in (sums, answers))
            self.slopes = np.empty_like(z)
            back(z, h, np.ones_like(z), self.slopes)

    def weight(self, layer, start, end):
        """In the first network, the weight from a unit of the layer before to a unit of this one; all from 1."""
        return float(self.spread * drawn()[2][layer - 1][0, start - 1, end - 1])

    def _forward(self, f):
        """z and f(z) of each layer, shape (seeds, samples, units), and a of the last."""
        X, __, layers, __ = drawn()
        a = np.broadcast_to(X, (SEEDS, *X.shape))
        sums, answers, sizes = [], [], []
        for weights, factor in zip(layers, self.factors, strict=False):
            z = a @ weights
            z *= self.spread
            h = np.empty_like(z)
            f(z, h)
            a = a + factor * h if factor else h
            sums.append(z)
            answers.append(h)
            sizes.append(size(a))
        self.activations = np.transpose(sizes)
        return sums, answers, a

    def _backward(self, back, sums, answers, a):
        """The sizes of ∂E/∂a, shape (seeds, layers)."""
        __, T, layers, last = drawn()
        dE_dy = (1 / (1 + np.exp(-self.spread * (a @ last))) - T) / SAMPLES
        dE_da, sizes = self.spread * dE_dy * last[:, None, :, 0], []
        for layer in reversed(range(len(self.factors))):
            sizes.append(size(dE_da))
            if not layer:
                break
            factor, dE_dz = self.factors[layer], np.empty_like(dE_da)
            back(sums[layer], answers[layer], dE_da, dE_dz)
            before = dE_dz @ layers[layer].transpose(0, 2, 1)
            before *= self.spread * (factor or 1)
            if factor:
                before += dE_da
            dE_da = before
        return np.transpose(sizes[::-1])


def size(numbers):
    """The root mean square in each network, shape (seeds,)."""
    return np.sqrt(np.einsum("sij,sij->s", numbers, numbers) / numbers[0].size)
