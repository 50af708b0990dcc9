"""Recurrent layers: an RNN and an LSTM read a sequence step by step, and the error goes back through the steps.

A sequence of samples has the shape (steps, n, features): first the step, then the sample. Every step is a weighted sum
of what comes in now and of what the layer answered before, then an activation; the weights are the same in all steps.
"""

from typing import NamedTuple

import numpy as np

from annkit import inputs
from annkit.activations import overflow_allowed, sigmoid, tanh
from annkit.losses import binary_cross_entropy
from annkit.parameters import Parametrized, drawn
from annkit.translation import _


class States(NamedTuple):
    """What a layer held before the first step, which is all 0, and after each: arrays of shape (steps + 1, n, units).

    `H` is what its units answer; `cells` what an LSTM keeps inside, and None for an RNN.
    """

    H: np.ndarray
    cells: np.ndarray | None

    @property
    def memory(self):
        """What is carried on from step to step: the cells where there are such, else `H`."""
        return self.H if self.cells is None else self.cells


class Gradients(NamedTuple):
    """The error E, dE/dparameters as one vector, and dE/dH and dE/dcells of each step, shaped as the `States`.

    A nudge of a cell nudges what is answered at its step as well; a nudge of `H` leaves the cell as it was.
    """

    E: float
    parameters: np.ndarray
    H: np.ndarray
    cells: np.ndarray | None

    @property
    def memory(self):
        """The slopes for what is carried on from step to step: the cells where there are such, else `H`."""
        return self.H if self.cells is None else self.cells


class Recurrent(Parametrized):
    """A recurrent layer, and a sigmoid unit that reads its last answer: a yes or no to each whole sequence.

    Parameters
    ----------
    features : int
        How many numbers come in at each step.
    units : int
        How many numbers the layer remembers.
    seed : int
        What the start weights are drawn from, as Glorot's rule wants it.

    Attributes
    ----------
    parameters : ndarray, shape (count,)
        Every number that can learn, in one vector; what is assigned is checked and written into it.
    W : ndarray, shape (features + units, sums)
        The weights of the layer: first the rows of the inputs, then those of what it answered before. A view.
    b : ndarray, shape (sums,)
        Its biases. A view.
    V, c : ndarray, shape (units, 1) and (1,)
        Weights and bias of the unit that reads. Views.

    Raises
    ------
    ValueError
        If a size is no whole number of at least 1, or the seed none of at least 0.
    """

    sums = 1
    """How many weighted sums each unit has."""

    def __init__(self, features, units, seed=0):
        self._shape(features, units)
        random = np.random.default_rng(inputs.whole("seed", seed, low=0))
        for rows in (self.W[: self.features], self.W[self.features :]):
            for block in np.split(rows, self.sums, axis=1):
                block[...] = drawn(random, "glorot", *block.shape)
        self.V[...] = drawn(random, "glorot", *self.V.shape)

    def _shape(self, features, units):
        self.features, self.units = inputs.whole("features", features, low=1), inputs.whole("units", units, low=1)
        before, after = self.features + self.units, self.sums * self.units
        self._parameters = np.zeros((before + 1) * after + self.units + 1)
        layer, self.V, self.c = np.split(self._parameters, [(before + 1) * after, -1])
        self.V = self.V.reshape(self.units, 1)
        layer = layer.reshape(before + 1, after)
        self.W, self.b = layer[:-1], layer[-1]

    def forward(self, X):
        """Read sequences from their first step to their last.

        Parameters
        ----------
        X : array_like, shape (steps, n, features)

        Returns
        -------
        States

        Raises
        ------
        ValueError
            If `X` has another shape, or holds anything but finite numbers.
        """
        return self._forward(self._sequences(X))[0]

    def predict(self, X):
        """How surely the layer says yes after the last step, shape (n, 1), from 0 to 1. Raises as `forward` does."""
        return sigmoid.f(self._read(self.forward(X)))

    def gradients(self, X, T):
        """The error of the answers, and its slopes, back through time.

        Parameters
        ----------
        X : array_like, shape (steps, n, features)
        T : array_like, shape (n, 1)
            What should be answered after the last step, from 0 to 1.

        Returns
        -------
        Gradients

        Raises
        ------
        ValueError
            If a shape is another one, or an argument is not of finite numbers, or a target not from 0 to 1.
        """
        X = self._sequences(X)
        states, kept = self._forward(X)
        y, T = self._read(states), inputs.targets("T", T, columns=1)
        inputs.same_rows("X[0]", X[0], "T", T)
        E, dy = binary_cross_entropy(y, T), binary_cross_entropy.backward(y, T)
        dH = np.zeros_like(states.H)
        dH[-1] = dy @ self.V.T
        dz, dcells = self._backward(states, kept, dH)
        before = np.concatenate([X, states.H[:-1]], axis=2).reshape(-1, len(self.W))
        dz = dz.reshape(-1, dz.shape[2])
        parts = before.T @ dz, dz.sum(axis=0), states.H[-1].T @ dy, dy.sum(axis=0)
        return Gradients(E, np.concatenate([part.ravel() for part in parts]), dH, dcells)

    def _read(self, states):
        return states.H[-1] @ self.V + self.c

    def _sequences(self, X):
        X = inputs.finite("X", X, least=1)
        if X.ndim != 3 or X.shape[2] != self.features:
            message = _("X should be sequences, shape (steps, n, {features}); it has shape {shape}.")
            raise ValueError(message.format(features=self.features, shape=X.shape))
        return X

    def _sums(self, x, h):
        """The weighted sums of one step, shape (n, sums)."""
        return x @ self.W[: self.features] + h @ self.W[self.features :] + self.b

    def _forward(self, X):
        """The states, and what else the way back needs."""
        raise NotImplementedError

    def _backward(self, states, kept, dH):
        """dE/dz of each step and dE/dcells, from dE/dH of the last step, which is filled in for those before."""
        raise NotImplementedError


class RNN(Recurrent):
    """Each unit is one weighted sum of inputs and of all answers before, through tanh: h ← tanh(x W + h W + b).

    References
    ----------
    J. L. Elman, "Finding structure in time", Cognitive Science 14 (1990).

    Examples
    --------
    >>> layer = RNN(features=1, units=1)
    >>> layer.W[:] = [[1], [0.5]]
    >>> layer.forward([[[1]], [[0]], [[0]]]).H.ravel().round(2)
    array([0.  , 0.76, 0.36, 0.18])
    """

    def _forward(self, X):
        H = np.zeros((len(X) + 1, X.shape[1], self.units))
        for k, x in enumerate(X):
            H[k + 1] = tanh.f(self._sums(x, H[k]))
        return States(H, None), None

    def _backward(self, states, kept, dH):
        dz = np.empty_like(dH[1:])
        for k in reversed(range(len(dz))):
            dz[k] = dH[k + 1] * (1 - states.H[k + 1] ** 2)
            dH[k] = dz[k] @ self.W[self.features :].T
        return dz, None


class LSTM(Recurrent):
    """Each unit has a cell that gates open and close: cell ← forget · cell + input · new, and h ← output · tanh(cell).

    The gates are sigmoids of weighted sums, and `new` is a tanh of one: four sums for each unit, in the columns of `W`
    in this order: forget, input, output, new.

    Parameters
    ----------
    features, units, seed : int
        As for every `Recurrent`.
    forget_bias : float
        The bias of the forget gates at the start; a positive one leaves them open, so that a cell begins by keeping.

    References
    ----------
    S. Hochreiter, J. Schmidhuber, "Long short-term memory", Neural Computation 9 (1997); F. Gers, J. Schmidhuber,
    F. Cummins, "Learning to forget: continual prediction with LSTM", Neural Computation 12 (2000).

    Examples
    --------
    >>> layer = LSTM(features=1, units=1)
    >>> layer.W[:], layer.b[:] = 0, [100, 100, 100, 0]  # all gates open, nothing new
    >>> layer.W[0, 3] = 1
    >>> layer.forward([[[1]], [[0]], [[0]]]).cells.ravel().round(2)
    array([0.  , 0.76, 0.76, 0.76])
    """

    sums = 4

    def __init__(self, features, units, seed=0, forget_bias=1.0):
        super().__init__(features, units, seed)
        self.b[: self.units] = inputs.number("forget_bias", forget_bias)

    def _forward(self, X):
        H = np.zeros((len(X) + 1, X.shape[1], self.units))
        cells, gates = np.zeros_like(H), np.empty((len(X), 4, X.shape[1], self.units))
        for k, x in enumerate(X):
            *sums, new = np.split(self._sums(x, H[k]), 4, axis=1)
            gates[k, :3], gates[k, 3] = sigmoid.f(np.array(sums)), tanh.f(new)
            forget, take, give, new = gates[k]
            cells[k + 1] = forget * cells[k] + take * new
            H[k + 1] = give * tanh.f(cells[k + 1])
        return States(H, cells), gates

    def _backward(self, states, gates, dH):
        cells, dz = states.cells, np.empty((len(gates), dH.shape[1], 4 * self.units))
        dcells = np.zeros_like(dH)
        for k in reversed(range(len(gates))):
            forget, take, give, new = gates[k]
            bent = np.tanh(cells[k + 1])
            dcells[k + 1] += dH[k + 1] * give * (1 - bent**2)
            dcell = dcells[k + 1]
            dgates = dcell * cells[k], dcell * new, dH[k + 1] * bent
            parts = [d * gate * (1 - gate) for d, gate in zip(dgates, gates[k], strict=False)]
            dz[k] = np.concatenate([*parts, dcell * take * (1 - new**2)], axis=1)
            dH[k], dcells[k] = dz[k] @ self.W[self.features :].T, dcell * forget
        return dz, dcells


def clipped(gradient, most=1.0):
    """A gradient, shortened to the length `most` where it is longer: an exploding one would throw the weights away.

    Parameters
    ----------
    gradient : array_like
        Finite numbers of any shape.
    most : float
        At least 0.

    Returns
    -------
    ndarray
        Of the same shape and direction.

    Raises
    ------
    ValueError
        If an argument is none of these.

    Examples
    --------
    >>> clipped([3, 4]), clipped([0.3, 0.4])
    (array([0.6, 0.8]), array([0.3, 0.4]))
    """
    gradient, most = inputs.finite("gradient", gradient), inputs.not_negative("most", most)
    with overflow_allowed():
        length = np.linalg.norm(gradient)
    if np.isinf(length):  # its square is no number any more
        gradient = gradient / np.abs(gradient).max()
        length = np.linalg.norm(gradient)
        return gradient * (most / length)
    return gradient * (most / length) if length > most else gradient


def marked_bit(n, steps, seed=0):
    """Sequences of bits of which one is marked in the first quarter; the answer is the marked bit.

    Parameters
    ----------
    n : int
        How many sequences.
    steps : int
        How long each is.
    seed : int or numpy.random.Generator
        What they are drawn from.

    Returns
    -------
    X : ndarray, shape (steps, n, 2)
        At each step a bit, −1 or 1, and 1 where it is the marked one, else 0.
    T : ndarray, shape (n, 1)
        1 where the marked bit is 1, else 0.

    Raises
    ------
    ValueError
        If `n` or `steps` is no whole number of at least 1, or `seed` none of at least 0 and no generator.

    Examples
    --------
    >>> X, T = marked_bit(2, 20)
    >>> X.shape, X[:, :, 1].sum(axis=0), [X[:, i][X[:, i, 1] == 1, 0].item() for i in range(2)], T.ravel()
    ((20, 2, 2), array([1., 1.]), [-1.0, 1.0], array([0., 1.]))
    """
    n, steps = inputs.whole("n", n, low=1), inputs.whole("steps", steps, low=1)
    if not isinstance(seed, np.random.Generator):
        seed = inputs.whole("seed", seed, low=0)
    random, samples = np.random.default_rng(seed), np.arange(n)
    X = np.zeros((steps, n, 2))
    X[:, :, 0] = random.integers(0, 2, (steps, n)) * 2 - 1
    marks = random.integers(0, max(1, steps // 4), n)
    X[marks, samples, 1] = 1
    return X, (X[marks, samples, :1] > 0).astype(float)
