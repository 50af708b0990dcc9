"""Tables: samples with what should come out for each, checked when they are made, and never changed."""

from dataclasses import dataclass, replace

import numpy as np

from annkit import inputs
from annkit.translation import _
from annkit.wording import subscript

MOST_FEATURES = 1_000_000
"""So many columns can be named."""


@dataclass(frozen=True, eq=False, repr=False)
class Table:
    """Samples with what should come out for each: its class, or numbers. Make one with `table`, which checks it."""

    X: np.ndarray
    """The features, shape (n, inputs): one row a sample."""
    T: np.ndarray
    """The targets. Classes: shape (n, 1), 1 for ○ and 0 for ×; or (n, kinds), 1 in the column of the sample's kind,
    else 0. Numbers to be fitted: shape (n, outputs)."""
    features: tuple
    """The name of each column of X."""
    kinds: tuple
    """What a × and what a ○ is called, in this order; or what each column of T stands for. Empty where the targets
    are numbers to be fitted."""
    call: str = ""
    """The call that makes this table, for a table too long to be written out."""
    unmoved: tuple = ()
    """The row that was moved last, and the call before it was: to move it on makes the call no longer."""

    @property
    def labels(self):
        """The number of each sample's kind, counted from 0: integers of shape (n,).

        Raises `ValueError` where the targets are numbers to be fitted.
        """
        if not self.kinds:
            raise ValueError(_("the targets of this table are numbers to be fitted: its samples have no labels."))
        return self.T[:, 0].astype(int) if self.T.shape[1] == 1 else self.T.argmax(axis=1)

    def __len__(self):
        return len(self.X)

    def shuffled(self, seed):
        """The same samples in another order; the same seed, the same order."""
        seed = inputs.whole("seed", seed, low=0)
        return self._rows(self._order(seed), f"shuffled({seed})")

    def split(self, train_size, seed=0):
        """Two tables of the shuffled samples: one to learn from, and one to test what was learned on the rest.

        Parameters
        ----------
        train_size : int or float
            How many samples the first table gets; or, between 0.0 and 1.0, its share of them. The second gets the rest.
        seed : int
            The order is that of ``shuffled(seed)``.

        Returns
        -------
        train, test : Table

        Raises
        ------
        ValueError
            If one of the two would be empty, or an argument is none of these.

        Examples
        --------
        >>> from annkit import data
        >>> train, test = data.iris().split(0.8, seed=0)
        >>> len(train), len(test)
        (120, 30)
        >>> test.call.split(".")[2:]
        ['split(120, seed=0)[1]']
        """
        seed, most = inputs.whole("seed", seed, low=0), len(self) - 1
        if most == 0:
            raise ValueError(_("a table of one sample can't be split."))
        share = isinstance(train_size, (float, np.floating)) and 0 < train_size < 1
        count = round(float(train_size) * len(self)) if share else train_size
        try:
            count = inputs.whole("train_size", count, low=1, high=most)
        except ValueError:
            message = _(
                "train_size should leave each of the two tables a sample: a whole number from 1 to {most}, or a share "
                "between 0 and 1, not {value}."
            )
            raise ValueError(message.format(most=most, value=inputs.shown(train_size))) from None
        order, call = self._order(seed), f"split({count}, seed={seed})"
        return self._rows(order[:count], f"{call}[0]"), self._rows(order[count:], f"{call}[1]")

    def moved(self, row, x):
        """The same table, with other features in a row, counted from 0: `x`, shape (inputs,)."""
        row, x = self._row(row), self._features(x)
        X = self.X.copy()
        X[row] = x
        call = self.unmoved[1] if self.unmoved[:1] == (row,) else self.call
        return self._edited(X, self.T, call and f"{call}.moved({row}, {x.tolist()})", (row, call))

    def with_row(self, x, t):
        """The same table and, as its last row, one more: features `x`, shape (inputs,), and targets `t`, (outputs,)."""
        x, t = self._features(x), inputs.targets("t", [t], self.T.shape[1])[0]
        X, T = np.vstack([self.X, x]), np.vstack([self.T, t])
        if self.kinds and (wrong := _why_no_classes(T)):
            raise ValueError(wrong)
        given = t.astype(int).tolist() if self.kinds else t.tolist()
        return self._edited(X, T, self.call and f"{self.call}.with_row({x.tolist()}, {given})")

    def without_row(self, row):
        """The same table without one of its rows, counted from 0; the last one left can't be taken away."""
        row = self._row(row)
        if len(self) == 1:
            raise ValueError(_("This is the last point; a table needs at least one."))
        X, T = np.delete(self.X, row, axis=0), np.delete(self.T, row, axis=0)
        return self._edited(X, T, self.call and f"{self.call}.without_row({row})")

    def _row(self, row):
        return inputs.whole("row", row, low=0, high=len(self) - 1)

    def _features(self, x):
        x = inputs.vector("x", x)
        if x.shape != self.X.shape[1:]:
            message = _("x should have {columns} numbers, one for each feature; it has {count}.")
            raise ValueError(message.format(columns=self.X.shape[1], count=x.size))
        return x

    def _edited(self, X, T, call, unmoved=()):
        X, T = _read_only(X, T)
        return replace(self, X=X, T=T, call=call, unmoved=unmoved)

    def _order(self, seed):
        return np.random.default_rng(seed).permutation(len(self))

    def _rows(self, rows, call):
        """A table of these rows; `call` is what makes it of this one."""
        return self._edited(self.X[rows], self.T[rows], self.call and f"{self.call}.{call}")

    def __eq__(self, other):
        if self is other or not isinstance(other, Table):
            return self is other
        same_names = (self.features, self.kinds) == (other.features, other.kinds)
        return same_names and np.array_equal(self.X, other.X) and np.array_equal(self.T, other.T)

    def __repr__(self):
        if self.call:
            return self.call
        T = self.T.astype(int) if self.kinds else self.T
        return f"data.table({self.X.tolist()}, {T.tolist()}, {list(self.features)}, {list(self.kinds)})"


def table(X, T, features=None, kinds=None):
    """A checked table, of samples and their classes, or of samples and numbers to be fitted.

    Parameters
    ----------
    X : array_like, shape (n, inputs)
        Finite numbers, one row a sample.
    T : array_like, shape (n, 1), (n, kinds) or (n, outputs)
        Classes, in one column: 1 for ○, 0 for ×. In several: 1 in the column of the sample's kind, 0 in the others. All
        else is numbers to be fitted.
    features : sequence of str, optional
        A name for each column; x₁, x₂, … if left out.
    kinds : sequence of str, optional
        What a × and what a ○ is called, or what each column of `T` stands for. Left out: × and ○, or 1, 2, … Empty:
        `T` is numbers to be fitted, even where all of them are 0 or 1.

    Raises
    ------
    ValueError
        If the shapes don't fit, a number is not finite, `T` holds no classes although there are names for them, or
        names are missing, too long, there twice or not to be printed.

    Examples
    --------
    >>> table([[1], [2]], [[1], [0]]).kinds
    ('×', '○')
    >>> table([[1], [2]], [[0.25], [3]])
    data.table([[1.0], [2.0]], [[0.25], [3.0]], ['x₁'], [])
    """
    T = _targets(T)
    one_column = inputs.finite("X", X).shape == T.shape[:1]
    X = inputs.matrix("X", X, columns=1 if one_column else None)
    inputs.same_rows("X", X, "T", T)
    columns = X.shape[1]
    message = _("features should name the {columns} columns of X; it has {count} names.")
    features = names("x", columns) if features is None else _as_many("features", features, columns, message)
    return Table(*_read_only(X, T), features, _kinds(T, kinds))


def _targets(T):
    """The targets as rows. A row of them is refused with what would be right."""
    array = inputs.finite("T", T, least=1)
    if array.ndim == 1:
        labels = np.unique(T)
        if labels.dtype.kind in "iu" and len(labels) > 2 and np.array_equal(labels, np.arange(len(labels))):
            return inputs.targets("T", T, columns=len(labels))  # these are the numbers of kinds
        return inputs.matrix("T", T, columns=1)
    return inputs.matrix("T", T)


def _kinds(T, kinds):
    """What the classes are called, or () for numbers to be fitted."""
    columns, no_classes = T.shape[1], _why_no_classes(T)
    if kinds is None:
        if no_classes:
            return ()
        return ("×", "○") if columns == 1 else tuple(map(str, range(1, columns + 1)))
    kinds = kinds if isinstance(kinds, str) else inputs.names("kinds", kinds)
    if not kinds:
        return ()
    if no_classes:
        raise ValueError(no_classes)
    if columns == 1:
        return _as_many("kinds", kinds, 2, _("kinds should be two names, for × and for ○; it has {count}."))
    message = _("kinds should name the {columns} columns of T; it has {count} names.")
    return _as_many("kinds", kinds, columns, message)


def _why_no_classes(T):
    """Why these targets are no classes, in words; or None."""
    if not (fine := np.isin(T, (0, 1))).all():
        return _("T should hold 1 for ○ and 0 for ×; it holds {value:g}.").format(value=T[~fine][0])
    if T.shape[1] > 1 and not (fine := T.sum(axis=1) == 1).all():
        message = _("Each row of T should hold a single 1, for its kind; row {row} does not.")
        return message.format(row=fine.argmin())
    return None


def _as_many(argument, value, columns, message):
    """A name for each of so many columns; `message` refuses another number of names."""
    given = value if isinstance(value, str) else inputs.names(argument, value)
    if len(given) != columns:
        message = message.format(columns=columns, count=len(given))
        if isinstance(value, str):
            message += " " + _("A text stands for names of one letter each; put names into a list.")
        raise ValueError(message)
    return inputs.names(argument, given)


def _read_only(*arrays):
    for array in arrays:
        array.flags.writeable = False
    return arrays


def names(letter, count):
    """`letter` with the indices 1 to `count`: x₁, x₂, …"""
    count = inputs.whole("count", count, low=0, high=MOST_FEATURES)
    return tuple(subscript(f"{letter}{i}") for i in range(1, count + 1))
