"""What is learned: a network that fits points of a sine, epoch by epoch, as far as it is asked for."""

import functools
from array import array
from typing import NamedTuple

import numpy as np

from annkit import data
from annkit.network import Network
from annkit.optimizers import Adam
from annkit.training import Trainer

RATE, NOISE = 0.03, 0.3
MOST_EPOCHS, EVERY = 2000, 10
"""So many epochs are learned at most, and after every so many the network is looked at."""
MORE = 200
"""So many epochs, or as many as it had, it learns on from where it is when a point is moved."""
START = 3
"""The seed of the start weights: the same for all points, so that only these make the curves differ."""
NEW = data.sine(100, NOISE, seed=1002)
"""New data, which no network here learns from."""
KEPT = 32
"""So many fits are remembered."""


class Setup(NamedTuple):
    """What is learned, and how."""

    units: int
    points: int
    decay: float
    dropout: float
    sample: int


class Fit:
    """A network on its way: its errors every ten epochs, and its weights, to go back to.

    Attributes
    ----------
    errors, new_errors : array of float
        On the points it learns from, and on new data: before it learned, and after every ten epochs.
    """

    def __init__(self, net, X, T, setup):
        self._trainer = Trainer(
            net, X, T, optimizer=Adam(RATE), l2=setup.decay, dropout=setup.dropout, validation=(NEW.X, NEW.T),
            seed=START,
        )  # fmt: skip
        self.errors, self.new_errors, self._weights = array("d"), array("d"), []
        self._look()

    def upto(self, epochs):
        """The same fit, after so many epochs at least."""
        while len(self._weights) <= epochs // EVERY:
            while self._trainer.epochs < EVERY * len(self._weights) and self._trainer.batch():
                pass  # a batch has all points: it is an epoch
            self._look()
        return self

    def network(self, epoch):
        """The network as it was after an epoch."""
        net = self.upto(epoch)._trainer.net.copy()
        net.parameters = self._weights[epoch // EVERY]
        return net

    def curve(self, x, epoch):
        """What it answered at the places x, shape (n,), after an epoch."""
        return self.network(epoch).predict(x[:, None])[:, 0]

    def best(self, epochs):
        """After which of so many epochs its error on new data was least."""
        return EVERY * int(np.argmin(self.upto(epochs).new_errors[: epochs // EVERY + 1]))

    @property
    def X(self):
        """The points' x, shape (points, 1)."""
        return self._trainer.X

    @property
    def T(self):
        """Their t, shape (points, 1)."""
        return self._trainer.T

    def _look(self):
        self.errors.append(self._trainer.error())
        self.new_errors.append(self._trainer.validation_error())
        self._weights.append(self._trainer.net.parameters.copy())


@functools.lru_cache(KEPT)
def fit(setup):
    """The fit of the points as they were drawn."""
    table = data.sine(setup.points, NOISE, setup.sample)
    net = Network([1, setup.units, 1], "tanh", "identity", seed=START)
    return Fit(net, table.X, table.T, setup)


@functools.lru_cache(KEPT)
def refit(setup, epoch, moved):
    """The fit that goes on from an epoch with some points moved: `moved` has the number, x and t of each."""
    X, T = fit(setup).X.copy(), fit(setup).T.copy()
    for k, x, t in moved:
        X[k - 1], T[k - 1] = x, t
    return Fit(fit(setup).network(epoch), X, T, setup).upto(min(MORE, epoch))
