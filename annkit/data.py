"""Tables to learn from. Every made-up value is exact in binary, so that what is printed as 0 is 0."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from annkit import inputs
from annkit.translation import _
from annkit.wording import subscript

LOGIC = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "NAND": (1, 1, 1, 0), "XOR": (0, 1, 1, 0)}


@dataclass(frozen=True, eq=False, repr=False)
class Table:
    """Samples with the class that each should get. Make one with `table`, which checks it."""

    X: np.ndarray
    """The features, shape (n, inputs): one row a sample."""
    T: np.ndarray
    """The targets: shape (n, 1), 1 for O and 0 for X; or (n, kinds), 1 in the column of the sample's kind, else 0."""
    features: tuple
    """The name of each column of X."""
    kinds: tuple
    """What an X and what an O is called, in this order; or what each column of T stands for."""
    call: str = ""
    """The call that makes this table, for a table too long to be written out."""

    @property
    def labels(self):
        """The number of each sample's kind, counted from 0: integers of shape (n,)."""
        return self.T[:, 0].astype(int) if self.T.shape[1] == 1 else self.T.argmax(axis=1)

    def __len__(self):
        return len(self.X)

    def shuffled(self, seed):
        """The same samples in another order; the same seed, the same order."""
        order = np.random.default_rng(seed).permutation(len(self))
        call = f"{self.call}.shuffled({seed})" if self.call else ""
        return replace(table(self.X[order], self.T[order], self.features, self.kinds), call=call)

    def __eq__(self, other):
        return self is other or isinstance(other, Table) and self._parts() == other._parts()

    def __repr__(self):
        if self.call:
            return self.call
        X, T, features, kinds = self._parts()
        return f"data.table({X}, {T}, {list(features)}, {list(kinds)})"

    def _parts(self):
        return self.X.tolist(), self.T.astype(int).tolist(), self.features, self.kinds


def table(X, T, features=None, kinds=None):
    """A checked table.

    Parameters
    ----------
    X : array_like, shape (n, inputs)
        Finite numbers, one row a sample.
    T : array_like, shape (n, 1) or (n, kinds)
        One column: 1 for O, 0 for X. Several: 1 in the column of the sample's kind, 0 in the others.
    features : sequence of str, optional
        A name for each column; x₁, x₂, … if left out.
    kinds : sequence of str, optional
        What an X and what an O is called, or what each column of `T` stands for. Left out: X and O, or 1, 2, …

    Raises
    ------
    ValueError
        If the shapes don't fit, a target is neither 0 nor 1, a row of several has not one 1, or a name is missing.
    """
    X = inputs.matrix("X", X)
    T = inputs.matrix("T", T, columns=None if np.ndim(T) > 1 else 1)
    inputs.same_rows("X", X, "T", T)
    if not np.isin(T, (0, 1)).all():
        wrong = T[~np.isin(T, (0, 1))][0]
        raise ValueError(_("T should hold 1 for O and 0 for X; it holds {value:g}.").format(value=wrong))
    columns = T.shape[1]
    if columns > 1 and not (T.sum(axis=1) == 1).all():
        row = int(np.flatnonzero(T.sum(axis=1) != 1)[0])
        raise ValueError(_("Each row of T should hold a single 1, for its kind; row {row} does not.").format(row=row))
    features = tuple(features) if features is not None else names("x", X.shape[1])
    if len(features) != X.shape[1]:
        message = _("features should name the {columns} columns of X; it has {count} names.")
        raise ValueError(message.format(columns=X.shape[1], count=len(features)))
    if kinds is None:
        kinds = ("X", "O") if columns == 1 else map(str, range(1, columns + 1))
    kinds = tuple(kinds)
    if columns == 1 and len(kinds) != 2:
        message = _("kinds should be two names, for X and for O; it has {count}.")
        raise ValueError(message.format(count=len(kinds)))
    if columns > 1 and len(kinds) != columns:
        message = _("kinds should name the {columns} columns of T; it has {count} names.")
        raise ValueError(message.format(columns=columns, count=len(kinds)))
    X.flags.writeable = T.flags.writeable = False
    return Table(X, T, features, kinds)


def names(letter, count):
    """`letter` with the indices 1 to `count`: x₁, x₂, …"""
    return tuple(subscript(f"{letter}{i}") for i in range(1, count + 1))


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
    """Tangerines (X) and lemons (O): width in centimetres and mass in hundreds of grams. The numbers are made up.

    At the same width a lemon is the heavier one. Neither width nor mass divides the two alone.
    """
    tangerines = [[5, 0.75], [5.5, 0.75], [6, 1], [6.5, 1.25], [7, 1.5]]
    lemons = [[4.5, 1], [5, 1.25], [5.5, 1.5], [6, 1.75], [6.5, 2]]
    targets = np.repeat([[0], [1]], 5, axis=0)
    return table(tangerines + lemons, targets, ["width (cm)", "mass (100 g)"], ["tangerine", "lemon"])


def circles(n=200, noise=0.1, seed=0):
    """A disc of O with a ring of X around it, in the plane. Made up, as are `moons`, `blobs` and `spiral`.

    Parameters
    ----------
    n : int
        How many samples, half of them O (where n is odd, X has one more); at least 2.
    noise : float
        The spread of what is added to each coordinate, at least 0. The ring's radius is about 1.
    seed : int
        The same seed, the same table.

    Returns
    -------
    Table
        Two features. Its values are rounded to multiples of 1/64, and it is written as the call that makes it.

    Raises
    ------
    ValueError
        If an argument is none of these.

    Examples
    --------
    >>> circles(50)
    data.circles(50, noise=0.1, seed=0)
    >>> circles(50).X.shape, circles(50).T.shape
    ((50, 2), (50, 1))
    """
    n, noise, random = _checked(n, noise, seed)
    is_o = np.arange(n) < n // 2
    radius = np.where(is_o, 0.5 * np.sqrt(random.uniform(size=n)), random.uniform(0.8, 1.1, n))
    X = _around(radius, random.uniform(0, 2 * np.pi, n))
    return _made("circles", X, is_o, noise, seed, random)


def moons(n=200, noise=0.1, seed=0):
    """Two half circles of radius 1 that reach into each other. Parameters and errors are those of `circles`."""
    n, noise, random = _checked(n, noise, seed)
    is_o = np.arange(n) < n // 2
    upper = _around(1, random.uniform(0, np.pi, n))
    X = np.where(is_o[:, None], upper, [1, 0.5] - upper) - [0.5, 0.25]
    return _made("moons", X, is_o, noise, seed, random)


def spiral(n=200, noise=0.02, seed=0):
    """Two arms that wind around each other, one and a half times. Parameters and errors are those of `circles`."""
    n, noise, random = _checked(n, noise, seed)
    is_o = np.arange(n) < n // 2
    radius = random.uniform(0.05, 1, n)
    X = _around(radius, 3 * np.pi * radius + np.pi * is_o)
    return _made("spiral", X, is_o, noise, seed, random)


def blobs(n=200, noise=0.25, seed=0, kinds=2):
    """A heap of samples for each kind, their middles at even distances on a circle of radius 1.

    Parameters and errors are those of `circles`, and `kinds`, at least 2 and at most `n`: with more than two, T has a
    column for each.
    """
    kinds = inputs.whole("kinds", kinds, low=2)
    n, noise, random = _checked(n, noise, seed, least=kinds)
    kind = np.sort(np.arange(n) % kinds)[::-1]
    T = kind if kinds == 2 else np.eye(kinds)[kind]
    X = _around(1, 2 * np.pi * kind / kinds + np.pi / 4)
    return _made("blobs", X, T, noise, seed, random, f", kinds={kinds}" if kinds > 2 else "")


def iris(kinds=("setosa", "versicolor", "virginica"), features=None):
    """Fisher's irises: 50 of each kind, measured in centimetres. They come with scikit-learn.

    Parameters
    ----------
    kinds : sequence of {"setosa", "versicolor", "virginica"}
        At least two of the three. With two, T has one column: 1 for the second.
    features : sequence, optional
        Some of "sepal length", "sepal width", "petal length", "petal width"; all four if left out.

    Returns
    -------
    Table

    Raises
    ------
    ValueError
        If a name is none of these or given twice, or there are too few.

    References
    ----------
    R. Fisher, "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7 (1936).

    Examples
    --------
    >>> pair = iris(["setosa", "versicolor"], ["petal length", "petal width"])
    >>> pair.X.shape, pair.T.shape, pair.features
    ((100, 2), (100, 1), ('petal length (cm)', 'petal width (cm)'))
    """
    from sklearn.datasets import load_iris

    bunch = load_iris()
    measured = [name.removesuffix(" (cm)") for name in bunch.feature_names]
    chosen = _some("kinds", kinds, bunch.target_names.tolist(), least=2)
    columns = _some("features", measured if features is None else features, measured, least=1)
    X = np.concatenate([bunch.data[bunch.target == kind][:, columns] for kind in chosen])
    kind = np.repeat(np.arange(len(chosen)), 50)
    T = kind[:, None] if len(chosen) == 2 else np.eye(len(chosen))[kind]
    features, kinds = [bunch.feature_names[i] for i in columns], [str(bunch.target_names[i]) for i in chosen]
    call = f"data.iris({kinds}, {[measured[i] for i in columns]})"
    return replace(table(X, T, features, kinds), call=call)


@functools.cache
def digits():
    """1797 handwritten digits of 8 × 8 pixels from 0 (paper) to 1 (ink), in steps of 1/16. They come with scikit-learn.

    Returns
    -------
    Table
        X has shape (1797, 64), a picture's rows one after another; T has shape (1797, 10), a column for each digit.

    References
    ----------
    E. Alpaydin, C. Kaynak, "Optical recognition of handwritten digits", UCI Machine Learning Repository (1998).

    Examples
    --------
    >>> digits().labels[:3]
    array([0, 1, 2])
    """
    from sklearn.datasets import load_digits

    bunch = load_digits()
    pixels = [f"({row}, {column})" for row in range(8) for column in range(8)]
    made = table(bunch.data / 16, np.eye(10)[bunch.target], pixels, "0123456789")
    return replace(made, call="data.digits()")


def _checked(n, noise, seed, least=2):
    n, noise = inputs.whole("n", n, low=least), inputs.not_negative("noise", noise)
    return n, noise, np.random.default_rng(inputs.whole("seed", seed, low=0))


def _around(radius, angle):
    return np.stack(np.broadcast_arrays(radius * np.cos(angle), radius * np.sin(angle)), axis=1)


def _made(name, X, T, noise, seed, random, more=""):
    """A table of samples with noise, in steps of 1/64: exact in binary, and the same on every machine."""
    X = np.round((X + noise * random.standard_normal(X.shape)) * 64) / 64
    T = np.reshape(T, (len(X), -1)) * 1.0
    return replace(table(X, T), call=f"data.{name}({len(X)}, noise={noise!r}, seed={seed}{more})")


def _some(argument, chosen, valid, least):
    """The places in `valid` of the names in `chosen`."""
    if isinstance(chosen, str) or not isinstance(chosen, Sequence) or len(chosen) < least:
        message = _("{name} should be a list of at least {least} of {valid}, not {value}.")
        message = message.format(name=argument, least=least, valid=", ".join(valid), value=inputs.shown(chosen))
        raise ValueError(message)
    places = [valid.index(inputs.choice(argument, name, valid)) for name in chosen]
    if len(set(places)) < len(places):
        raise ValueError(_("{name} should name each only once, not {value}.").format(name=argument, value=chosen))
    return places
