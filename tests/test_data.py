"""The tables that are made or come with scikit-learn, and tables of several kinds."""

import numpy as np
import pytest

from annkit import Perceptron, data

MADE = [data.circles, data.moons, data.blobs, data.spiral]


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


def test_iris():
    iris = data.iris()
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


def test_digits():
    digits = data.digits()
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
    assert data.table([[1]], [[1]]).kinds == ("X", "O")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: data.circles(1), "n should be a whole number of at least 2, not 1"),
        (lambda: data.moons("many"), "n should be a whole number, not 'many'"),
        (lambda: data.spiral(10.5), "n should be a whole number"),
        (lambda: data.circles(noise=-1), "noise should be at least 0, not -1"),
        (lambda: data.circles(noise=np.nan), "noise should be a finite number"),
        (lambda: data.blobs(noise=None), "noise should be one number"),
        (lambda: data.moons(seed=-1), "seed should be a whole number of at least 0"),
        (lambda: data.moons(seed=None), "seed should be a whole number"),
        (lambda: data.blobs(kinds=1), "kinds should be a whole number of at least 2"),
        (lambda: data.blobs(2, kinds=3), "n should be a whole number of at least 3"),
        (lambda: data.iris(["setosa", "virginca"]), "kinds should be one of .* Did you mean virginica"),
        (lambda: data.iris(["setosa"]), "kinds should be a list of at least 2 of setosa, versicolor, virginica"),
        (lambda: data.iris("setosa"), "kinds should be a list of at least 2"),
        (lambda: data.iris(None), "kinds should be a list of at least 2"),
        (lambda: data.iris(["setosa", "setosa"]), "kinds should name each only once"),
        (lambda: data.iris(features=[]), "features should be a list of at least 1 of sepal length"),
        (lambda: data.iris(features=["petal lenght"]), "Did you mean petal length"),
        (lambda: data.table([[1], [2]], [[1, 0], [1, 1]]), "row 1 does not"),
        (lambda: data.table([[1], [2]], [[1, 0], [0, 0]]), "Each row of T should hold a single 1, for its kind; row 1"),
        (lambda: data.table([[1]], [[1, 0]], kinds=["a"]), "kinds should name the 2 columns of T; it has 1 names"),
    ],
)
def test_what_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
