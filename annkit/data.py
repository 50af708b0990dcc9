"""Tables to learn from. Every made-up value is exact in binary, so that what is printed as 0 is 0."""

import functools
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from annkit import inputs
from annkit.reading import read
from annkit.tables import Table, names, table
from annkit.translation import _

__all__ = [
    "Table", "table", "names", "read", "logic", "lecture", "four_points", "fruits", "circles", "moons", "spiral",
    "blobs", "quadrants", "curve", "plane", "hills", "sine", "weather", "iris", "ten_irises", "digits",
]  # fmt: skip

LOGIC = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "NAND": (1, 1, 1, 0), "XOR": (0, 1, 1, 0)}
MIXES = {"valley": (20, 40), "coast": (85, 65)}
"""For each town how many per cent of x₁ are in the two mixes on which its weather hangs."""
IRISES = "setosa", "versicolor", "virginica"
MEASURED = "sepal length", "sepal width", "petal length", "petal width"
MOST_SAMPLES, MOST_KINDS, MOST_NOISE = 1_000_000, 100, 1000
"""The most of each that a made-up table can have."""


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
    """A disc of ○ with a ring of × around it, in the plane. Made up, as are all tables up to `sine`.

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


def quadrants(n=200, noise=0.02, seed=0):
    """XOR all over the plane: ○ where one coordinate is positive and the other negative. As `circles`."""
    n, noise, random = _checked(n, noise, seed)
    is_o = np.arange(n) < n // 2
    first, second = random.uniform(0.05, 1, (2, n))
    side = random.choice([-1, 1], n)
    X = np.stack([side * first, np.where(is_o, -side, side) * second], axis=1)
    return _made("quadrants", X, is_o, noise, seed, random)


def curve(n=200, noise=0.02, seed=0):
    """○ above a wave, × below it: x₂ against sin(π x₁) / 2. Parameters and errors are those of `circles`."""
    n, noise, random = _checked(n, noise, seed)
    is_o = np.arange(n) < n // 2
    x = random.uniform(-1, 1, n)
    wave = np.sin(np.pi * x) / 2
    away = random.uniform(0.05, 1, n) * np.where(is_o, 1 - wave, -1 - wave)
    return _made("curve", np.stack([x, wave + away], axis=1), is_o, noise, seed, random)


def plane(n=200, noise=0, seed=0):
    """Numbers to be fitted that lie in a plane over the plane, t = (x₁ + x₂) / 2. As `circles`, but no classes."""
    n, noise, random = _checked(n, noise, seed)
    X = random.uniform(-1, 1, (n, 2))
    return _made("plane", X, X.mean(axis=1), noise, seed, random)


HILLS = [(-0.7, 0.45, 1), (0, 0.45, -1), (0.7, 0.45, 1), (-0.7, -0.45, -1), (0, -0.45, 1), (0.7, -0.45, -1)]
"""Where hills (1) and hollows (−1) of the table `hills` are."""


def hills(n=200, noise=0, seed=0):
    """Numbers to be fitted over the plane: three hills and three hollows, each a Gaussian. As `circles`, no classes."""
    n, noise, random = _checked(n, noise, seed)
    X = random.uniform(-1, 1, (n, 2))
    t = sum(up * np.exp(-((X - (x, y)) ** 2).sum(axis=1) / (2 * 0.2**2)) for x, y, up in HILLS)
    return _made("hills", X, t, noise, seed, random)


def sine(n=15, noise=0.3, seed=0):
    """Numbers to be fitted along a line: t = sin x, with noise, where x lies between −3 and 3. In the order of x.

    Parameters
    ----------
    n : int
        How many samples; from 2 to a million.
    noise : float
        The spread of what is added to each t, from 0 to 1000.
    seed : int
        The same seed, the same table.

    Returns
    -------
    Table
        One feature and one column of targets. Its values are rounded to multiples of 1/64, and it is written as the
        call that makes it.

    Raises
    ------
    ValueError
        If an argument is none of these.

    Examples
    --------
    >>> sine(4)
    data.sine(4, noise=0.3, seed=0)
    >>> sine(4).X.T, sine(4).T.T
    (array([[-2.90625 , -2.75    , -1.375   ,  0.828125]]), array([[-0.40625 , -0.265625, -0.59375 ,  1.015625]]))
    """
    n, noise, random = _checked(n, noise, seed)
    x = np.sort(random.uniform(-3, 3, n))
    X, T = np.round(np.array([x, np.sin(x) + noise * random.standard_normal(n)])[:, :, None] * 64) / 64
    return replace(table(X, T, ["x"], kinds=()), call=f"data.sine({n}, noise={noise!r}, seed={seed})")


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
    rows = _rows("iris.csv", skiprows=1)
    chosen = _some("kinds", kinds, list(IRISES), least=2)
    columns = _some("features", MEASURED if features is None else features, list(MEASURED), least=1)
    X = np.concatenate([rows[rows[:, 4] == kind][:, columns] for kind in chosen])
    kind = np.repeat(np.arange(len(chosen)), 50)
    T = kind[:, None] if len(chosen) == 2 else np.eye(len(chosen))[kind]
    features, kinds = [f"{MEASURED[i]} (cm)" for i in columns], [IRISES[i] for i in chosen]
    call = f"data.iris({kinds}, {[MEASURED[i] for i in columns]})"
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
    rows = _rows("digits.csv.gz")
    pixels = [f"({row}, {column})" for row in range(8) for column in range(8)]
    made = table(rows[:, :64] / 16, np.eye(10)[rows[:, 64].astype(int)], pixels, "0123456789")
    return replace(made, call="data.digits()")


def _rows(file, **how):
    """The numbers in a file that comes with scikit-learn, read without importing it, which would take a second."""
    return np.loadtxt(Path(find_spec("sklearn").origin).parent / "datasets" / "data" / file, delimiter=",", **how)


def _checked(n, noise, seed, least=2):
    n = inputs.whole("n", n, low=least, high=MOST_SAMPLES)
    noise = inputs.number("noise", noise, low=0, high=MOST_NOISE)
    return n, noise, np.random.default_rng(inputs.whole("seed", seed, low=0))


def _around(radius, angle):
    return np.stack(np.broadcast_arrays(radius * np.cos(angle), radius * np.sin(angle)), axis=1)


def _made(name, X, T, noise, seed, random, more=""):
    """A table of samples with noise, in steps of 1/64: exact in binary, and the same on every machine."""
    X = np.round((X + noise * random.standard_normal(X.shape)) * 64) / 64
    T = np.round(np.reshape(T, (len(X), -1)) * 64) / 64
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
