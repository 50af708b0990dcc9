"""The tables that are made or come with scikit-learn, and tables of several kinds."""

import html
import re
from xml.etree import ElementTree

import numpy as np
import pytest

from annkit import Perceptron, data
from annkit.inputs import NOT_IN_NAMES

MADE = [data.circles, data.moons, data.blobs, data.spiral, data.quadrants, data.curve]


@pytest.mark.parametrize("make", MADE)
@pytest.mark.parametrize("n", [2, 51, 200])
def test_made_tables(make, n):
    table = make(n, seed=4)
    assert table.X.shape == (n, 2) and table.T.shape == (n, 1) and len(table) == n
    assert table.labels.sum() == n // 2
    assert (table.X * 64 == np.round(table.X * 64)).all() and abs(table.X).max() < 3
    assert make(n, seed=4) == table != make(n, seed=5)
    assert eval(repr(table), {"data": data}) == table
    assert len(repr(table)) < 60


@pytest.mark.parametrize("make", MADE)
def test_without_noise_the_shape_is_exact_and_with_it_it_is_not(make):
    assert make(50, noise=0) != make(50, noise=0.3)
    assert eval(repr(make(50, noise=0.125)), {"data": data}) == make(50, noise=0.125)


def test_what_the_shapes_are():
    circles, blobs = data.circles(400, noise=0), data.blobs(400, noise=0.1)
    radius = np.hypot(*circles.X.T)
    assert radius[circles.labels == 1].max() < 0.55 < 0.75 < radius[circles.labels == 0].min()
    assert (Perceptron([-1, -1]).predict(blobs.X) == blobs.labels).all()
    spiral = data.spiral(400, noise=0)
    turned = spiral.X[spiral.labels == 1] * -1  # half a turn lays one arm on the other
    gaps = np.abs(turned[:, None] - spiral.X[spiral.labels == 0]).sum(axis=2).min(axis=1)
    assert np.median(gaps) < 0.05


def test_blobs_of_several_kinds():
    table = data.blobs(10, kinds=3, seed=1)
    assert table.T.sum(axis=0).tolist() == [4, 3, 3] and (table.T.sum(axis=1) == 1).all()
    assert (table.T.argmax(axis=1) == table.labels).all() and table.kinds == ("1", "2", "3")
    assert eval(repr(table), {"data": data}) == table


@pytest.mark.parametrize(("town", "mixes"), [("valley", (20, 40)), ("coast", (85, 65))])
@pytest.mark.parametrize("n", [2, 7, 200])
def test_weather_is_rain_exactly_where_the_first_mix_is_high_and_the_second_low(n, town, mixes):
    days = data.weather(n, seed=3, town=town)
    x1, x2 = days.X.astype(int).T
    first, second = (share * x1 + (100 - share) * x2 for share in mixes)
    assert days.X.shape == (n, 2) and (days.X == np.round(days.X)).all() and days.X.min() >= 0 and days.X.max() <= 100
    assert (days.labels == ((first > 4000) & (second < 6000))).all()
    assert np.abs([first - 4000, second - 6000]).min() >= 100, "no day lies nearer than 1 to a cut-off"
    assert days.labels.tolist() == [1, 0] * (n // 2) + [1] * (n % 2), "rain and dry take turns"
    assert days.kinds == ("dry", "rain") and days.features == ("x₁", "x₂")
    assert eval(repr(days), {"data": data}) == days != data.weather(n, seed=4, town=town)


def test_weather_in_decimals_is_as_the_chapter_computes_it_whatever_is_rounded():
    days = data.weather(1000, seed=5)
    x1, x2 = days.X.T
    assert (((0.2 * x1 + 0.8 * x2 > 40) & (0.4 * x1 + 0.6 * x2 < 60)) == days.labels).all()
    assert repr(data.weather(seed=1)) == "data.weather(200, seed=1)"
    assert repr(data.weather(town="coast")) == "data.weather(200, seed=0, town='coast')"


def test_iris():
    from sklearn.datasets import load_iris

    iris, theirs = data.iris(), load_iris()
    assert (iris.X == theirs.data).all() and (iris.labels == theirs.target).all()
    assert list(iris.features) == theirs.feature_names and list(iris.kinds) == theirs.target_names.tolist()
    assert iris.X.shape == (150, 4) and iris.T.shape == (150, 3) and iris.T.sum(axis=0).tolist() == [50, 50, 50]
    assert iris.kinds == ("setosa", "versicolor", "virginica") and iris.features[2] == "petal length (cm)"
    assert iris.X[0].tolist() == [5.1, 3.5, 1.4, 0.2] and iris.labels[[0, 50, 149]].tolist() == [0, 1, 2]
    assert eval(repr(iris), {"data": data}) == iris


def test_two_kinds_and_two_features_of_iris():
    pair = data.iris(["setosa", "virginica"], ["petal length", "petal width"])
    assert pair.X.shape == (100, 2) and pair.T.shape == (100, 1) and pair.kinds == ("setosa", "virginica")
    assert (pair.X == data.iris().X[np.r_[:50, 100:150], 2:]).all()
    assert pair.labels.tolist() == [0] * 50 + [1] * 50
    assert eval(repr(pair), {"data": data}) == pair
    turned = data.iris(["virginica", "setosa"], ["petal width"])
    assert turned.X[0].tolist() == [2.5] and turned.kinds == ("virginica", "setosa")


def test_ten_irises():
    ten, pair = data.ten_irises(), data.iris(["setosa", "versicolor"], ["petal length", "sepal length"])
    assert (ten.features, ten.kinds) == (pair.features, pair.kinds) and ten.labels.tolist() == [0] * 5 + [1] * 5
    assert (ten.X == pair.X[4::10]).all() and repr(ten) == "data.ten_irises()"


def test_digits():
    from sklearn.datasets import load_digits

    digits, theirs = data.digits(), load_digits()
    assert (digits.X * 16 == theirs.data).all() and (digits.labels == theirs.target).all()
    assert digits.X.shape == (1797, 64) and digits.T.shape == (1797, 10) and digits.kinds == tuple("0123456789")
    assert digits.X.min() == 0 and digits.X.max() == 1 and (digits.X * 16 == np.round(digits.X * 16)).all()
    assert digits.labels[:10].tolist() == list(range(10))
    assert repr(digits) == "data.digits()"


def test_a_table_of_several_kinds_can_be_written_down():
    table = data.table([[1], [2], [3]], np.eye(3), kinds=["a", "b", "c"])
    assert (
        repr(table) == "data.table([[1.0], [2.0], [3.0]], [[1, 0, 0], [0, 1, 0], [0, 0, 1]], ['x₁'], ['a', 'b', 'c'])"
    )
    assert eval(repr(table), {"data": data}) == table
    assert table.labels.tolist() == [0, 1, 2]
    assert data.table([[1]], [[1]]).kinds == ("×", "○")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: data.circles(1), "n should be a whole number from 2 to 1000000, not 1"),
        (lambda: data.circles(10**12), "n should be a whole number from 2 to 1000000"),
        (lambda: data.moons("many"), "n should be a whole number, not 'many'"),
        (lambda: data.spiral(10.5), "n should be a whole number"),
        (lambda: data.circles(noise=-1), "noise should be from 0 to 1000, not −1"),
        (lambda: data.circles(noise=1e300), "noise should be from 0 to 1000"),
        (lambda: data.circles(noise=np.nan), "noise should be a finite number"),
        (lambda: data.blobs(noise=None), "noise should be one number"),
        (lambda: data.moons(seed=-1), "seed should be a whole number of at least 0"),
        (lambda: data.moons(seed=None), "seed should be a whole number"),
        (lambda: data.weather(1), "n should be a whole number from 2 to 1000000, not 1"),
        (lambda: data.weather(town="vally"), "town should be one of valley, coast, not 'vally'. Did you mean valley?"),
        (lambda: data.weather(town=None), "town should be one of valley, coast, not None"),
        (lambda: data.weather(seed="a"), "seed should be a whole number, not 'a'"),
        (lambda: data.blobs(kinds=1), "kinds should be a whole number from 2 to 100"),
        (lambda: data.blobs(2, kinds=3), "n should be a whole number from 3 to"),
        (lambda: data.iris(["setosa", "virginca"]), "kinds should be one of .* Did you mean virginica"),
        (lambda: data.iris(["setosa"]), "kinds should be a list of at least 2 of setosa, versicolor, virginica"),
        (lambda: data.iris("setosa"), "kinds should be a list of at least 2"),
        (lambda: data.iris(None), "kinds should be a list of at least 2"),
        (lambda: data.iris(["setosa", "setosa"]), "kinds should name each only once"),
        (lambda: data.iris(features=[]), "features should be a list of at least 1 of sepal length"),
        (lambda: data.iris(features=["petal lenght"]), "Did you mean petal length"),
        (lambda: data.table([[1], [2]], [[1, 0], [1, 1]], kinds="ab"), "row 1 does not"),
        (lambda: data.table([[1], [2]], [[1, 0], [0, 0]], kinds="ab"), "should hold a single 1, for its kind; row 1"),
        (lambda: data.table([[1]], [[1, 0]], kinds=["a"]), "kinds should name the 2 columns of T; it has 1 names"),
        (lambda: data.table([[1]], [[0.5]], kinds=["a", "b"]), "T should hold 1 for ○ and 0 for ×; it holds 0.5"),
        (lambda: data.names("x", "many"), "count should be a whole number"),
    ],
)
def test_what_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_targets_that_are_no_classes_are_numbers_to_be_fitted():
    table = data.table([[0, 1], [1, 0], [2, 2]], [[0.5, 1e300], [-2, 0.1 + 0.2], [1 / 3, 5e-324]])
    assert table.kinds == () and table.T[1].tolist() == [-2, 0.1 + 0.2]
    for made in (table, table.shuffled(seed=1), *table.split(2)):
        again = eval(repr(made), {"data": data})
        assert again == made and again.T.tolist() == made.T.tolist() and made.kinds == ()
        with pytest.raises(ValueError, match="the targets of this table are numbers to be fitted"):
            _ = made.labels


@pytest.mark.parametrize("T", [[[0], [1], [1]], [[1, 0], [0, 1], [0, 1]]])
def test_0_and_1_are_classes_unless_told_otherwise(T):
    X = [[1], [2], [3]]
    classes, numbers = data.table(X, T), data.table(X, T, kinds=())
    assert classes.kinds and not numbers.kinds and classes != numbers
    for table in (classes, numbers, numbers.shuffled(0)):
        assert eval(repr(table), {"data": data}) == table
    assert data.table(X, [[1, 1], [0, 1], [0, 0]]).kinds == ()


def test_one_row_of_targets_gets_the_code_that_makes_columns_of_it():
    X, hints = [[1], [2], [3]], {
        "np.array(T)[:, None]": [1, 0, 1],
        "T[:, None]": np.array([0.5, 2, 3]),
        "np.eye(3)[T]": [0, 2, 1],
    }  # fmt: skip
    for hint, T in hints.items():
        with pytest.raises(ValueError, match=re.escape(f"Perhaps you mean {hint}.")):
            data.table(X, T)
        data.table(X, eval(hint, {"np": np, "T": T}))
    with pytest.raises(ValueError, match=r"X should have rows and columns; .*mean np.array\(X\)\[:, None\]"):
        data.table([1, 2, 3], [[1], [2], [3]])


TABLES = [data.iris(), data.circles(51), data.logic("XOR"), data.table([[1], [2], [3]], [[0.5], [1.5], [2.5]])]


@pytest.mark.parametrize("table", TABLES, ids=["iris", "circles", "XOR", "numbers"])
@pytest.mark.parametrize("train_size", [1, 0.5, 0.34, np.float32(0.75), np.int64(2)])
def test_both_parts_of_a_split_together_are_the_table(table, train_size):
    parts = table.split(train_size, seed=3)
    shuffled = table.shuffled(seed=3)
    assert len(parts[0]) == (train_size if train_size >= 1 else round(float(train_size) * len(table)))
    assert np.array_equal(np.vstack([part.X for part in parts]), shuffled.X)
    assert np.array_equal(np.vstack([part.T for part in parts]), shuffled.T)
    assert table.split(train_size, seed=3) == parts != table.split(train_size, seed=4)
    for part in parts:
        assert (part.features, part.kinds) == (table.features, table.kinds)
        assert eval(repr(part), {"data": data}) == part
        for array in (part.X, part.T):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1


def test_a_split_is_written_as_the_call_that_makes_it():
    train, test = data.digits().split(1500, seed=0)
    assert (len(train), len(test)) == (1500, 297)
    assert repr(test) == "data.digits().split(1500, seed=0)[1]"
    assert repr(train.shuffled(seed=2)) == "data.digits().split(1500, seed=0)[0].shuffled(2)"
    assert len(repr(data.iris().split(0.75)[0])) < 200


@pytest.mark.parametrize("train_size", [0, 4, -1, 0.0, 1.0, 0.1, 0.9, 1.5, np.nan, "half", None, True, [2]])
def test_what_leaves_one_part_empty_is_refused(train_size):
    with pytest.raises(ValueError, match="train_size should leave each of the two tables a sample: .* from 1 to 3, or"):
        data.logic("OR").split(train_size)


def test_one_sample_cannot_be_split_and_a_seed_is_a_whole_number():
    with pytest.raises(ValueError, match="a table of one sample can't be split"):
        data.table([[1]], [[1]]).split(1)
    for method in (data.circles(9).shuffled, lambda seed: data.circles(9).split(3, seed=seed)):
        for seed in (None, "0", 1.5, -1, [1]):
            with pytest.raises(ValueError, match="seed should be a whole number"):
                method(seed)


def test_names_are_plain_texts():
    names = np.array(["width", "높이 (cm)"])
    table = data.table([[1, 2]], [[0]], features=names, kinds=iter(["<i>", "a & b"]))
    assert table.features == ("width", "높이 (cm)") and table.kinds == ("<i>", "a & b")
    assert {type(name) for name in table.features} == {str} and eval(repr(table), {"data": data}) == table
    assert data.table([[1, 2, 3]], [[0]], features="abc").features == ("a", "b", "c")
    assert type(data.iris(np.array(["setosa", "virginica"])).kinds[0]) is str


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (5, "be a list of names, not 5"),
        ({"a", "b"}, "be a list of names, not {'"),
        (np.array("a"), "be a list of names, not array"),
        ([1, "b"], "each a text; 1 is none"),
        (["a", None], "each a text; None is none"),
        (["a", b"b"], "each a text; b'b' is none"),
        (["a", ""], "be a list of names; '' is empty"),
        (["a", " \u3000"], "is empty"),
        (["a", "b" * 61], "at most 60 characters; 'bbb.*… is longer"),
        (["a", "a"], "different names; 'a' is there twice"),
        (["a", "b\0"], r"names on one line; 'b\\x00' has a character that can't be printed"),
        (["a", "\ud800"], r"'\\ud800' has a character that can't be printed"),
        (["a", "two\nlines"], "names on one line"),
        (["a", "\ufffe"], "has a character that can't be printed"),
        (["a", "b", "c"], "it has 3"),
        ("temperature", "it has 11.* A text stands for names of one letter each"),
    ],
)
@pytest.mark.parametrize("argument", ["features", "kinds"])
def test_names_that_cannot_be_shown_are_refused(argument, names, words):
    with pytest.raises(ValueError, match=f"^{argument} should .*{words}") as caught:
        data.table([[1, 2]], [[0]], **{argument: names})
    assert str(caught.value).isprintable()


def test_every_character_of_a_name_can_stand_in_an_svg():
    """All that is accepted, in one document, which has to be well-formed and give the same back."""
    accepted = "".join(c for c in map(chr, range(0x110000)) if not NOT_IN_NAMES.search(c))
    assert len(accepted) > 1_000_000
    assert ElementTree.fromstring(f"<text>{html.escape(accepted)}</text>".encode()).text == accepted


def test_numbers_to_be_fitted_over_the_plane():
    plane, hills = data.plane(50), data.hills(400)
    assert not plane.kinds and not hills.kinds and eval(repr(hills)) == hills
    assert (abs(plane.T[:, 0] - plane.X.mean(axis=1)) <= 1 / 128).all()
    for x, y, up in data.HILLS:
        near = np.hypot(*(hills.X - (x, y)).T) < 0.1
        assert near.any() and (hills.T[near, 0] * up > 0.7).all()


def test_a_sine_has_its_noise_in_t_alone():
    exact, noisy = data.sine(400, noise=0, seed=1), data.sine(400, noise=0.3, seed=1)
    assert not exact.kinds and eval(repr(noisy)) == noisy and exact.features == ("x",)
    assert (exact.X == noisy.X).all() and (np.diff(exact.X[:, 0]) >= 0).all() and np.ptp(exact.X) > 5.9
    assert (abs(exact.T - np.sin(exact.X)) <= 1 / 64).all() and np.std(noisy.T - exact.T) == pytest.approx(
        0.3, abs=0.03
    )
    assert (64 * np.hstack([noisy.X, noisy.T]) % 1 == 0).all() and abs(noisy.X).max() <= 3
    for values, words in (
        (dict(n=1), "n should be"),
        (dict(noise=-1), "noise should be"),
        (dict(seed=-1), "seed should"),
    ):
        with pytest.raises(ValueError, match=words):
            data.sine(**values)


def test_quadrants_are_xor_and_the_curve_divides():
    table = data.quadrants(100, noise=0)
    assert ((table.X[:, 0] * table.X[:, 1] < 0) == table.labels).all()
    table = data.curve(100, noise=0)
    assert ((table.X[:, 1] > np.sin(np.pi * table.X[:, 0]) / 2) == table.labels).all()


@pytest.mark.parametrize("table", [data.circles(6), data.logic("XOR"), data.hills(5), data.blobs(9, kinds=3)], ids=repr)
def test_rows_moved_added_and_taken_away(table):
    t = table.T[0].tolist()
    edited = table.moved(2, [0.5, -1]).with_row([3, 4], t).without_row(0).moved(1, [9, 9])
    X = np.vstack([table.X[1:], [3, 4]])
    X[1] = [9, 9]
    assert (edited.X == X).all() and (edited.T == np.vstack([table.T[1:], t])).all()
    assert eval(repr(edited)) == edited and (edited.features, edited.kinds) == (table.features, table.kinds)
    assert not edited.X.flags.writeable and not edited.T.flags.writeable


def test_a_row_that_is_dragged_about_makes_the_call_no_longer():
    table = data.circles(6).without_row(1)
    there = table.moved(2, [1, 1]).moved(2, [1, 2]).moved(2, [1, 3])
    assert repr(there) == "data.circles(6, noise=0.1, seed=0).without_row(1).moved(2, [1.0, 3.0])"
    again = there.moved(1, [0, 0]).moved(2, [5, 5])
    assert repr(again).count("moved") == 3 and eval(repr(again)) == again
    assert repr(table.moved(0, [1, 1]).shuffled(3).moved(0, [2, 2])).count("moved(0") == 2


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda table: table.moved(6, [1, 1]), "row should be a whole number from 0 to 5"),
        (lambda table: table.moved(0, [1]), "x should have 2 numbers, one for each feature; it has 1"),
        (lambda table: table.moved(0, [1, np.nan]), "finite"),
        (lambda table: table.with_row([1, 1], [2]), "T should hold 1 for ○ and 0 for ×; it holds 2"),
        (lambda table: table.with_row([1, 1], [0, 1]), "t should have a column for each output"),
        (lambda table: table.without_row(-1), "row should be a whole number"),
        (lambda table: data.table([[1]], [[1]]).without_row(0), "the last point"),
    ],
)
def test_edits_that_are_refused(edit, words):
    with pytest.raises(ValueError, match=words):
        edit(data.circles(6))
