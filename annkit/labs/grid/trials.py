"""What the grid lab computes: a network for every cell of the grid and every fold, and what each is worth.

Everything is computed once and kept: the same deal has the same results, however one came to it.
"""

import functools

from annkit import data
from annkit.network import Network
from annkit.search import Cell, folds
from annkit.training import train

HIDDEN = (1, 2, 3, 4, 8, 16, 32)
RATES = (0.03, 0.1, 0.3, 1.0)
CELLS = [(hidden, rate) for hidden in HIDDEN for rate in RATES]
"""In the order in which they are tried, and in which one is preferred where two are as good."""
FOLDS, EPOCHS, BATCH, SEED = 5, 150, 20, 1
TABLE = data.circles(100, noise=0.3, seed=0)
NEW = 4000
"""So many new points tell what a network is worth in truth."""
KEPT = 100 * len(CELLS)
"""The results of a hundred deals are kept."""
TIE = 1e-9
"""Means of scores that differ by less are the same."""


@functools.lru_cache(maxsize=100)
def dealt(deal):
    """For each fold the rows to learn from and those that are set aside."""
    return folds(TABLE.labels, FOLDS, seed=deal)


@functools.lru_cache(maxsize=KEPT)
def networks(hidden, rate, deal):
    """The trained networks of a cell, one for each fold that is set aside."""
    return tuple(_trained(hidden, rate, rows) for rows, __ in dealt(deal))


@functools.lru_cache(maxsize=len(CELLS))
def network_of_all(hidden, rate):
    """The network of a cell that has learned from all samples."""
    return _trained(hidden, rate, slice(None))


@functools.lru_cache(maxsize=KEPT)
def tried(hidden, rate, deal):
    """A cell with its score on each fold, a `Cell`."""
    scores = [
        _score(net, TABLE.X[rows], TABLE.labels[rows])
        for net, (__, rows) in zip(networks(hidden, rate, deal), dealt(deal), strict=True)
    ]
    return Cell({"hidden": hidden, "learning_rate": rate}, tuple(scores))


@functools.lru_cache(maxsize=len(CELLS))
def truth(hidden, rate):
    """The share of the new points that the network of a cell gets right, having learned from all samples."""
    new = _new_points()
    return _score(network_of_all(hidden, rate), new.X, new.labels)


@functools.lru_cache(maxsize=KEPT)
def best(deal, done):
    """The best of the first `done` cells, a pair (hidden, rate); None where there is none.

    Of several that are as good it is that with the fewest units, and then the smaller rate.
    """
    top = max((tried(*cell, deal).mean for cell in CELLS[:done]), default=0)
    return next((cell for cell in CELLS[:done] if tried(*cell, deal).mean > top - TIE), None)


@functools.lru_cache(maxsize=KEPT)
def within(deal, done):
    """Those of the first `done` cells that are within one standard error of the best; the first is the smallest."""
    if not done:
        return ()
    top = tried(*best(deal, done), deal)
    return tuple(cell for cell in CELLS[:done] if tried(*cell, deal).mean > top.mean - top.error - TIE)


def _trained(hidden, rate, rows):
    net = Network([2, hidden, 1], activation="tanh", seed=SEED)
    options = {"learning_rate": rate, "epochs": EPOCHS, "batch_size": BATCH, "seed": SEED}
    train(net, TABLE.X[rows], TABLE.T[rows], "binary_cross_entropy", **options)
    return net.frozen()


def _score(net, X, labels):
    return float((net.classify(X) == labels).mean())


@functools.cache
def _new_points():
    return data.circles(NEW, noise=0.3, seed=1)
