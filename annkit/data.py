"""Small tables to learn from. Every value is exact in binary, so that what is printed as 0 is 0."""

from dataclasses import dataclass

import numpy as np

from annkit import inputs
from annkit.language import _

LOGIC = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "NAND": (1, 1, 1, 0), "XOR": (0, 1, 1, 0)}


@dataclass(frozen=True, eq=False, repr=False)
class Table:
    """Samples with the class that each should get. Make one with `table`, which checks it."""

    X: np.ndarray
    """The features, shape (n, inputs): one row a sample."""
    T: np.ndarray
    """The targets, shape (n, 1): 1 for O and 0 for X."""
    features: tuple
    """The name of each column of X."""
    kinds: tuple
    """What an X and what an O is called, in this order."""

    @property
    def labels(self):
        """The targets as one row of integers, shape (n,)."""
        return self.T[:, 0].astype(int)

    def __len__(self):
        return len(self.X)

    def __eq__(self, other):
        return isinstance(other, Table) and self._parts() == other._parts()

    def __repr__(self):
        X, T, features, kinds = self._parts()
        return f"data.table({X}, {T}, {list(features)}, {list(kinds)})"

    def _parts(self):
        return self.X.tolist(), self.T.astype(int).tolist(), self.features, self.kinds


def table(X, T, features=None, kinds=("X", "O")):
    """A checked table.

    Parameters
    ----------
    X : array_like, shape (n, inputs)
        Finite numbers, one row a sample.
    T : array_like, shape (n, 1)
        1 for O, 0 for X.
    features : sequence of str, optional
        A name for each column; x₁, x₂, … if left out.
    kinds : pair of str
        What an X is called and what an O is called.

    Raises
    ------
    ValueError
        If the shapes don't fit, a target is neither 0 nor 1, or a name is missing.
    """
    X = inputs.matrix("X", X)
    T = inputs.matrix("T", T, columns=1)
    if len(X) != len(T):
        message = _("X and T should have a row for each sample; X has {x} rows and T has {t}.")
        raise ValueError(message.format(x=len(X), t=len(T)))
    if not np.isin(T, (0, 1)).all():
        wrong = T[~np.isin(T, (0, 1))][0]
        raise ValueError(_("T should hold 1 for O and 0 for X; it holds {value:g}.").format(value=wrong))
    features = tuple(features) if features is not None else names("x", X.shape[1])
    if len(features) != X.shape[1]:
        message = _("features should name the {columns} columns of X; it has {count} names.")
        raise ValueError(message.format(columns=X.shape[1], count=len(features)))
    if len(tuple(kinds)) != 2:
        message = _("kinds should be two names, for X and for O; it has {count}.")
        raise ValueError(message.format(count=len(tuple(kinds))))
    X.flags.writeable = T.flags.writeable = False
    return Table(X, T, features, tuple(kinds))


def names(letter, count):
    """`letter` with the indices 1 to `count`: x₁, x₂, …"""
    return tuple(letter + str(i).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")) for i in range(1, count + 1))


def logic(name):
    """The four corners 00, 01, 10, 11 with the answers of a logical operation.

    Parameters
    ----------
    name : {"AND", "OR", "NAND", "XOR"}

    Raises
    ------
    ValueError
        If `name` is none of these.
    """
    inputs.choice("name", name, list(LOGIC))
    return table([[0, 0], [0, 1], [1, 0], [1, 1]], np.array(LOGIC[name])[:, None])


def lecture():
    """The lecture's table of three features a, b, c in four rows.

    The features are the lecture's (its part IV). The lecture calls the first row an O; the other three classes are
    ours, chosen so that no single feature divides them.
    """
    return table([[4, 3, 2], [2, 9, 1], [3, 3, 2], [2, 4, 1]], [[1], [1], [0], [0]], features="abc")


def four_points():
    """Four points around the middle of the plane, three O and one X: a line divides them, but not the first you try."""
    return table([[-2, 2], [1, -1], [2, 1], [-1, -1]], [[1], [0], [1], [1]])


def fruits():
    """Tangerines (X) and lemons (O): width in centimetres and weight in hundreds of grams. The numbers are made up.

    At the same width a lemon is the heavier one. Neither width nor weight divides the two alone.
    """
    tangerines = [[5, 0.75], [5.5, 0.75], [6, 1], [6.5, 1.25], [7, 1.5]]
    lemons = [[4.5, 1], [5, 1.25], [5.5, 1.5], [6, 1.75], [6.5, 2]]
    targets = np.repeat([[0], [1]], 5, axis=0)
    return table(tangerines + lemons, targets, ["width (cm)", "weight (100 g)"], ["tangerine", "lemon"])
