"""Tables to learn from. Every made-up value is exact in binary, so that what is printed as 0 is 0."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from annkit import inputs
from annkit.translation import _
from annkit.wording import subscript

LOGIC = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "NAND": (1, 1, 1, 0), "XOR": (0, 1, 1, 0)}
MIXES = {"valley": (20, 40), "coast": (85, 65)}
"""For each town how many per cent of x₁ are in the two mixes on which its weather hangs."""
MOST_SAMPLES, MOST_KINDS, MOST_NOISE = 1_000_000, 100, 1000
"""The most of each that a made-up table can have."""


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
        >>> train, test = iris().split(0.8, seed=0)
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

    def _order(self, seed):
        return np.random.default_rng(seed).permutation(len(self))

    def _rows(self, rows, call):
        """A table of these rows; `call` is what makes it of this one."""
        X, T = _read_only(self.X[rows], self.T[rows])
        return replace(self, X=X, T=T, call=self.call and f"{self.call}.{call}")

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
    count = inputs.whole("count", count, low=0, high=MOST_SAMPLES)
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
    """The lecture's table of three features in four rows.

    The numbers are the lecture's (its part IV), which calls the features a, b, c. It calls the first row a ○; the other
    three classes are ours, chosen so that no single feature divides them.
    """
    return table([[4, 3, 2], [2, 9, 1], [3, 3, 2], [2, 4, 1]], [[1], [1], [0], [0]])


def four_points():
    """Four points around the middle of the plane, three ○ and one ×: a line divides them, but not the first you try."""
    return table([[-2, 2], [1, -1], [2, 1], [-1, -1]], [[1], [0], [1], [1]])


def fruits():
    """Tangerines (×) and lemons (○): width in centimetres and mass in hundreds of grams. The numbers are made up.

    At the same width a lemon is the heavier one. Neither width nor mass divides the two alone.
    """
    tangerines = [[5, 0.75], [5.5, 0.75], [6, 1], [6.5, 1.25], [7, 1.5]]
    lemons = [[4.5, 1], [5, 1.25], [5.5, 1.5], [6, 1.75], [6.5, 2]]
    targets = np.repeat([[0], [1]], 5, axis=0)
    return table(tangerines + lemons, targets, ["width (cm)", "mass (100 g)"], ["tangerine", "lemon"])


def circles(n=200, noise=0.1, seed=0):
    """A disc of ○ with a ring of × around it, in the plane. Made up, as are `moons`, `blobs` and `spiral`.

    Parameters
    ----------
    n : int
        How many samples, half of them ○ (where n is odd, × has one more); from 2 to a million.
    noise : float
        The spread of what is added to each coordinate, from 0 to 1000. The ring's radius is about 1.
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

    Parameters and errors are those of `circles`, and `kinds`, from 2 to 100 and at most `n`: with more than two, T has
    a column for each.
    """
    kinds = inputs.whole("kinds", kinds, low=2, high=MOST_KINDS)
    n, noise, random = _checked(n, noise, seed, least=kinds)
    kind = np.sort(np.arange(n) % kinds)[::-1]
    T = kind if kinds == 2 else np.eye(kinds)[kind]
    X = _around(1, 2 * np.pi * kind / kinds + np.pi / 4)
    return _made("blobs", X, T, noise, seed, random, f", kinds={kinds}" if kinds > 2 else "")


def weather(n=200, seed=0, town="valley"):
    """Made-up days: two variables from 0 to 100 that were measured on each, and whether it rained (○) on the next.

    It rained where mix 1 is greater than 40 and mix 2 less than 60. A mix is so many per cent of x₁, and the rest of
    x₂; each town has its own two. No line divides the days, and none of them lies nearer than 1 to a cut-off.

    Parameters
    ----------
    n : int
        How many days; from 2 to a million. Those with rain after them and dry ones take turns, so that any part of the
        table holds as many of each (give or take one).
    seed : int
        The same seed, the same table.
    town : {"valley", "coast"}
        Where the days are from.

    Returns
    -------
    Table
        Two features, whole numbers. It is written as the call that makes it.

    Raises
    ------
    ValueError
        If an argument is none of these.

    Examples
    --------
    >>> weather(4).X.tolist(), weather(4).labels.tolist()
    ([[64.0, 54.0], [85.0, 63.0], [51.0, 56.0], [27.0, 94.0]], [1, 0, 1, 0])
    >>> weather(town="coast")
    data.weather(200, seed=0, town='coast')
    """
    n = inputs.whole("n", n, low=2, high=MOST_SAMPLES)
    random = np.random.default_rng(inputs.whole("seed", seed, low=0))
    first, second = MIXES[inputs.choice("town", town, list(MIXES))]
    of_each, days = (n + 1) // 2, {1: np.empty((0, 2)), 0: np.empty((0, 2))}
    while min(map(len, days.values())) < of_each:
        x1, x2 = X = random.integers(0, 101, (2, 4 * n))
        # A hundred times as much: whole numbers, which are compared exactly.
        over_40 = first * x1 + (100 - first) * x2 - 4000
        over_60 = second * x1 + (100 - second) * x2 - 6000
        clear = np.minimum(abs(over_40), abs(over_60)) >= 100
        rain = (over_40 > 0) & (over_60 < 0)
        for label, these in ((1, clear & rain), (0, clear & ~rain)):
            days[label] = np.concatenate([days[label], X.T[these]])
    X = np.stack([days[1][:of_each], days[0][:of_each]], axis=1).reshape(-1, 2)[:n]
    T = 1 - np.arange(n)[:, None] % 2
    call = f"data.weather({n}, seed={seed}{'' if town == 'valley' else f', town={town!r}'})"
    return replace(table(X, T, kinds=["dry", "rain"]), call=call)


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


def ten_irises():
    """Ten of Fisher's irises, five setosa (×) and five versicolor (○): the lengths of petal and sepal in centimetres.

    Every tenth flower of each kind, from the fifth.
    """
    pair = iris(["setosa", "versicolor"], ["petal length", "sepal length"])
    return replace(table(pair.X[4::10], pair.T[4::10], pair.features, pair.kinds), call="data.ten_irises()")


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
    n = inputs.whole("n", n, low=least, high=MOST_SAMPLES)
    noise = inputs.number("noise", noise, low=0, high=MOST_NOISE)
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
    chosen = chosen.tolist() if isinstance(chosen, np.ndarray) else chosen
    if isinstance(chosen, str) or not isinstance(chosen, Sequence) or len(chosen) < least:
        message = _("{name} should be a list of at least {least} of {valid}, not {value}.")
        message = message.format(name=argument, least=least, valid=", ".join(valid), value=inputs.shown(chosen))
        raise ValueError(message)
    places = [valid.index(inputs.choice(argument, name, valid)) for name in chosen]
    if len(set(places)) < len(places):
        raise ValueError(
            _("{name} should name each only once, not {value}.").format(name=argument, value=inputs.shown(chosen))
        )
    return places
