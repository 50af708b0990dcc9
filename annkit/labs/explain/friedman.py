"""The table whose truth is known, copies of a feature in it, a network that has learned it, and what explains that."""

import functools
from typing import NamedTuple

import numpy as np

from annkit import data
from annkit.engine import one_thread
from annkit.network import Network
from annkit.training import train

FEATURES, MOST_COPIES = 7, 3
ROWS, LEARN = 600, 400
COPIED = 3
"""The column of x₄, which can be copied."""
JITTER = 0.02
"""The spread of what is added to a copy."""
MIDDLE, SCALE = 0.5, 3.46
"""Inputs from 0 to 1 are brought to a mean of 0 and a spread of 1."""
SHUFFLES = 10
"""So often a column is shuffled, and the loss of R² averaged."""
PLACES = np.linspace(0, 1, 21)
"""Where curves are asked for."""


def truth(X):
    """What makes the answers, but for the noise, of the rows of X, shape (n,): columns after the fifth do nothing."""
    x1, x2, x3, x4, x5 = X[:, :5].T
    return 10 * np.sin(np.pi * x1 * x2) + 20 * (x3 - 0.5) ** 2 + 10 * x4 + 5 * x5


def table(copies=0):
    """600 rows of seven features and so many copies of x₄, all from 0 to 1 or nearly, with what is to be predicted.

    Without copies it is `sklearn.datasets.make_friedman1(600, n_features=7, noise=1, random_state=0)`, number for
    number; drawn here, as importing scikit-learn takes longer than the network's learning.

    References
    ----------
    J. Friedman, "Multivariate adaptive regression splines", The Annals of Statistics 19 (1991).
    """
    random = np.random.RandomState(0)
    X = random.uniform(size=(ROWS, FEATURES))
    y = truth(X) + random.standard_normal(ROWS)
    jitter = np.random.default_rng(0).normal(0, JITTER, (MOST_COPIES, ROWS))
    names = [f"x{k + 1}" for k in range(FEATURES)] + [f"copy {k + 1}" for k in range(copies)]
    return data.table(np.column_stack([X, *(X[:, COPIED] + jitter[:copies])]), y[:, None], names)


class Explained(NamedTuple):
    """What is to be said of a network on the rows held out, for each part of their columns."""

    parts: list
    """The columns that are turned and shuffled at once."""
    importance: np.ndarray
    """How much of R² is lost when a part is shuffled, on average."""
    dependence: np.ndarray
    """The average answer with a part at each of `PLACES`, shape (parts, places)."""

    def slopes(self, model, x):
        """How the answer goes with each part at the row x, from annkit's own way back."""
        trace = model.net.forward(_scaled(x[None, :]))
        slopes = model.net.slopes(trace, [1])[0] * SCALE * model.spread
        return np.array([slopes[columns].sum() for columns in self.parts])

    def what_if(self, x, predict):
        """What is answered when one part of the row x is moved to each of `PLACES`: shape (parts, places)."""
        X = np.tile(x, (len(self.parts), len(PLACES), 1))
        for rows, columns in zip(X, self.parts, strict=True):
            rows[:, columns] = PLACES[:, None]
        return predict(X.reshape(-1, len(x))).reshape(X.shape[:2])


class Model:
    """A network that has learned 400 rows of the table, and what is to be said of it on the other 200.

    Attributes
    ----------
    net : Network
        It answers in spreads from the mean.
    X, y : ndarray
        The rows held out, and what is true of them, noise included.
    """

    def __init__(self, copies, split):
        learn, held_out = table(copies).split(LEARN, seed=split)
        y = learn.T[:, 0]
        self.copies, self.mean, self.spread = copies, y.mean(), y.std()
        self.net = Network([learn.X.shape[1], 16, 1], activation="tanh", output="identity", seed=split)
        targets = (learn.T - self.mean) / self.spread
        train(self.net, _scaled(learn.X), targets, learning_rate=0.02, epochs=200, batch_size=20)
        self.X, self.y = held_out.X, held_out.T[:, 0]
        self.r2 = self._r2(self.predict(self.X))

    def predict(self, X):
        """The network's answers to the rows of X, shape (n,)."""
        with one_thread():  # the products are small: threads would wait for each other
            return self.net.predict(_scaled(X))[:, 0] * self.spread + self.mean

    @functools.cached_property
    def true_importance(self):
        """The same for the formula that made the answers, column by column: what a perfect model would lose."""
        return self._lost(truth, groups(self.copies, as_one=False))

    @functools.cache  # noqa: B019 (there are few models, and they stay)
    def explained(self, as_one):
        """The network, explained with x₄ and its copies one by one, or as one."""
        parts = groups(self.copies, as_one)
        dependence = np.array([[self._with(columns, place) for place in PLACES] for columns in parts])
        return Explained(parts, self._lost(self.predict, parts), dependence)

    def _with(self, columns, value):
        X = self.X.copy()
        X[:, columns] = value
        return self.predict(X).mean()

    def _lost(self, predict, groups):
        random, whole, lost = np.random.default_rng(0), self._r2(predict(self.X)), np.zeros(len(groups))
        for _ in range(SHUFFLES):
            order = random.permutation(len(self.X))
            for k, columns in enumerate(groups):
                X = self.X.copy()
                X[:, columns] = X[np.ix_(order, columns)]
                lost[k] += whole - self._r2(predict(X))
        return lost / SHUFFLES

    def _r2(self, answers):
        return 1 - np.square(self.y - answers).sum() / np.square(self.y - self.y.mean()).sum()


@functools.cache
def model(copies, split):
    """The model for so many copies and this split, learned once."""
    return Model(copies, split)


def groups(copies, as_one):
    """The columns that belong together: each by itself, or x₄ and its copies as one."""
    alone = [[column] for column in range(FEATURES + copies)]
    if as_one:
        alone[COPIED] += range(FEATURES, FEATURES + copies)
    return alone[:FEATURES] if as_one else alone


def _scaled(X):
    return (X - MIDDLE) * SCALE
