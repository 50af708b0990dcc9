"""Search: every cell of a grid tried on folds, and written down as soon as it is done, so that none is lost.

A cell is one choice of parameters. Where this is run on several processes or machines is joblib's business: by itself
it is done here and now, and within ``joblib.parallel_config(backend="dask")`` on a Dask cluster.
"""

import hashlib
import json
import math
import os
from typing import NamedTuple

import numpy as np

from annkit import inputs
from annkit.saving import checked_path
from annkit.translation import _


class Cell(NamedTuple):
    """What came out for one choice of parameters."""

    parameters: dict
    scores: tuple
    """The score on each fold, of a model that learned from the others."""

    @property
    def mean(self):
        """The mean score, a float; to the last bit the same for the same scores in another order."""
        return math.fsum(self.scores) / len(self.scores)

    @property
    def error(self):
        """The standard error of the mean: the spread of the scores over the root of how many there are."""
        return float(np.std(self.scores, ddof=1) / np.sqrt(len(self.scores)))


def folds(labels, count=5, seed=0):
    """Deal samples into folds, like cards: every fold gets as many of each class, give or take one.

    Parameters
    ----------
    labels : array_like, shape (n,)
        The class of each sample.
    count : int
        How many folds, from 2 to n.
    seed : int
        The same seed, the same folds.

    Returns
    -------
    list of (ndarray, ndarray)
        For each fold the numbers of the samples to learn from, and of those to validate on: what scikit-learn takes as
        ``cv``.

    Raises
    ------
    ValueError
        If an argument is none of these.

    Examples
    --------
    >>> for learn, validate in folds([0, 0, 0, 1, 1, 1], count=3):
    ...     print(learn, validate)
    [0 1 3 4] [2 5]
    [1 2 3 5] [0 4]
    [0 2 4 5] [1 3]
    """
    labels = np.asarray(labels)
    if labels.ndim != 1:
        message = _("labels should be one class for each sample, shape (n,); it has shape {shape}.")
        raise ValueError(message.format(shape=labels.shape))
    count = inputs.whole("count", count, low=2, high=len(labels))
    random, fold, dealt = np.random.default_rng(inputs.whole("seed", seed, low=0)), np.empty(len(labels), int), 0
    __, kinds = np.unique(labels, return_inverse=True)  # which knows NaN again; == does not
    for kind in range(kinds.max() + 1):
        cards = random.permutation(np.flatnonzero(kinds == kind))
        fold[cards] = (dealt + np.arange(len(cards))) % count
        dealt += len(cards)
    return [(np.flatnonzero(fold != k), np.flatnonzero(fold == k)) for k in range(count)]


def search(model, grid, X, y, folds, results=None):
    """Try every cell of a grid, and yield each as soon as it is done.

    Parameters
    ----------
    model : estimator of scikit-learn
        It is cloned for every training.
    grid : dict of list
        The values to try of each parameter, by its name.
    X : array_like, shape (n, features)
    y : array_like, shape (n,)
    folds : list of (ndarray, ndarray)
        As `folds` deals them.
    results : str or path, optional
        A file to which every finished cell is written. A search that is begun again with the same file goes on where
        it was stopped: what is in the file comes from there, and only the rest is computed. Whatever kills it, no more
        than the cells in work are lost.

    Yields
    ------
    Cell
        Those from the file first; then the others as they are finished.

    Raises
    ------
    ValueError
        If the folds are no pairs, if X and y have not as many rows, or if the file is of a search with another model,
        other data or other folds, or is damaged. OSError if it cannot be read or written.
    """
    from sklearn.base import clone
    from sklearn.model_selection import ParameterGrid
    from sklearn.utils import check_consistent_length
    from sklearn.utils.parallel import Parallel, delayed

    X, y, folds, cells = np.asarray(X), np.asarray(y), _pairs(folds), list(ParameterGrid(grid))
    check_consistent_length(X, y)
    record = Record(results, _fingerprint(model, X, y, folds)) if results is not None else None
    known = record.cells if record else {}
    yield from (Cell(cell, known[_name(cell)]) for cell in cells if _name(cell) in known)
    # In a tuple everything travels with its cell. By itself, joblib would give the data to one of Dask's workers, to be
    # fetched there by the others; if that one were killed, they would be gone.
    tasks = [delayed(_tried)((clone(model), cell, X, y, folds)) for cell in cells if _name(cell) not in known]
    for cell in Parallel(return_as="generator_unordered", batch_size=1)(tasks):
        if record:
            record.add(cell)
        yield cell


def _pairs(folds):
    """The folds as a list of pairs, to go through again and again."""
    try:
        return [(learn, validate) for learn, validate in folds]
    except (TypeError, ValueError):
        message = _(
            "folds should be pairs of rows to learn from and to validate on, as folds(y, 5) deals; not {value}."
        )
        raise ValueError(message.format(value=inputs.shown(folds))) from None


def _tried(task):
    """One cell: a training and a score for each fold."""
    model, parameters, X, y, folds = task
    model.set_params(**parameters)
    return Cell(parameters, tuple(float(model.fit(X[a], y[a]).score(X[b], y[b])) for a, b in folds))


class Record:
    """The file of a search: a line that says of which, then a line of JSON for each finished cell.

    Parameters
    ----------
    path : str or path
        It is made where there is none. Half a line at its end, where the search was killed, is taken away.
    fingerprint : str
        What the file has to be of.

    Attributes
    ----------
    cells : dict
        The scores of each cell in the file, by its name.
    """

    def __init__(self, path, fingerprint):
        self.path = checked_path(path)
        content = self.path.read_bytes() if self.path.exists() else b""
        *lines, half = content.split(b"\n")
        if not lines and not _json({"search": fingerprint}).encode().startswith(half):
            raise self._damaged(1)
        if lines and self._read(1, lines[0], "search") != (fingerprint,):
            message = _("{path} is the file of another search, of another model, other data or folds: take another.")
            raise ValueError(message.format(path=self.path))
        read = (self._read(number, line, "cell", "scores") for number, line in enumerate(lines[1:], start=2))
        self.cells = {_name(cell): tuple(scores) for cell, scores in read}
        if half:  # only now: a file of something else is left as it is
            os.truncate(self.path, len(content) - len(half))
        if not lines:
            self._write({"search": fingerprint})

    def add(self, cell):
        """Write a finished cell down; it is on the disk when this returns."""
        self._write({"cell": cell.parameters, "scores": cell.scores})

    def _write(self, entry):
        with open(self.path, "ab") as file:
            file.write(_json(entry).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def _read(self, number, line, *names):
        try:
            entry = json.loads(line)
            return tuple(entry[name] for name in names)
        except (ValueError, KeyError, TypeError):
            raise self._damaged(number) from None

    def _damaged(self, number):
        message = _("line {number} of {path} is damaged, or it is no file of a search: take another.")
        return ValueError(message.format(number=number, path=self.path))


def _fingerprint(model, X, y, folds):
    """A number, as text, that differs wherever scores could."""
    described = hashlib.sha256(f"{type(model).__qualname__} {sorted(model.get_params().items())}".encode())
    for array in (X, y, *(rows for fold in folds for rows in fold)):
        array = np.ascontiguousarray(array)
        # The bytes of objects, such as texts of pandas, are addresses: others in each process.
        content = repr(array.tolist()).encode() if array.dtype.hasobject else array.tobytes()
        described.update(f"{array.dtype} {array.shape}".encode() + content)
    return described.hexdigest()


def _name(cell):
    """The parameters of a cell as one text, in which it does not matter how they were written."""
    return _json(cell)


def _json(value):
    return json.dumps(value, sort_keys=True, default=_plain)


def _plain(value):
    """A number of NumPy as one of Python, and anything else as it is written."""
    return value.item() if isinstance(value, np.generic) else repr(value)
