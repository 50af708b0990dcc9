"""The table whose truth is known, copies of a feature in it, a network that has learned it, and what explains that."""

import functools

import numpy as np

from annkit import data
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

    References
    ----------
    J. Friedman, "Multivariate adaptive regression splines", The Annals of Statistics 19 (1991).
    """
    from sklearn.datasets import make_friedman1

    X, y = make_friedman1(ROWS, n_features=FEATURES, noise=1, random_state=0)
    jitter = np.random.default_rng(0).normal(0, JITTER, (MOST_COPIES, ROWS))
    names = [f"x{k + 1}" for k in range(FEATURES)] + [f"copy {k + 1}" for k in range(copies)]
    return data.table(np.column_stack([X, *(X[:, COPIED] + jitter[:copies])]), y[:, None], names)


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
        return self.net.predict(_scaled(X))[:, 0] * self.spread + self.mean

    def slopes(self, x):
        """∂answer/∂x at one row, shape (columns,), from annkit's own way back."""
        trace = self.net.forward(_scaled(x[None, :]))
        return self.net.slopes(trace, [1])[0] * SCALE * self.spread

    @functools.cached_property
    def groups(self):
        """The columns that are shuffled at once, one list for each way: every column alone; x₄ and its copies as one.

        The second holds no copies by themselves.
        """
        columns = range(self.X.shape[1])
        copies = [c for c in columns if c >= FEATURES]
        return [[c] for c in columns], [[c, *copies] if c == COPIED else [c] for c in range(FEATURES)]

    @functools.cache  # noqa: B019 (there are few models, and they stay)
    def importance(self, together=False):
        """How much of R² is lost when a column is shuffled, shape (columns,), on average."""
        return self._lost(self.predict, self.groups[together])

    @functools.cached_property
    def true_importance(self):
        """The same for the formula that made the answers: what a perfect model's importance would be."""
        return self._lost(truth, self.groups[0])

    @functools.cached_property
    def dependence(self):
        """The average answer of all rows held out, with one column at each of `PLACES`: shape (columns, places)."""
        return np.array([[self._with(c, place) for place in PLACES] for c in range(self.X.shape[1])])

    def _with(self, column, value):
        X = self.X.copy()
        X[:, column] = value
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


@functools.lru_cache(maxsize=64)
def model(copies, split):
    """The model for so many copies and this split, learned once."""
    return Model(copies, split)


def what_if(x, predict):
    """What is answered when one feature of the row x is moved to each of `PLACES`: shape (columns, places)."""
    columns = len(x)
    X = np.tile(x, (columns, len(PLACES), 1))
    X[np.arange(columns), :, np.arange(columns)] = PLACES
    return predict(X.reshape(-1, columns)).reshape(columns, len(PLACES))


def _scaled(X):
    return (X - MIDDLE) * SCALE
