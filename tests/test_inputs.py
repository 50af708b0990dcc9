"""Every kind of bad input is refused in words that say what came and what was expected."""

import numpy as np
import pytest

from annkit import Perceptron, data, inputs, step

NOT_NUMBERS = ["text", None, [[1, "a"]], {}, object()]
NOT_FINITE = [np.nan, np.inf, -np.inf, [[1.0, np.nan]]]


@pytest.mark.parametrize("value", NOT_NUMBERS + NOT_FINITE)
@pytest.mark.parametrize("accept", [inputs.number, inputs.vector, inputs.matrix, inputs.finite])
def test_what_is_no_finite_number_is_refused_by_name(accept, value):
    with pytest.raises(ValueError, match="^weight .*should be"):
        accept("weight", value)


@pytest.mark.parametrize("value", [[], [[]], np.empty((0, 3))])
@pytest.mark.parametrize("accept", [inputs.vector, inputs.matrix])
def test_nothing_at_all(accept, value):
    with pytest.raises(ValueError, match="X is empty; it needs at least one number"):
        accept("X", value)


def test_rows_of_different_length():
    with pytest.raises(ValueError, match="its rows differ in length"):
        inputs.matrix("X", [[1, 2], [3]])


@pytest.mark.parametrize(
    ("columns", "hint"), [(1, r"Perhaps you mean T\[:, None\]"), (3, r"Perhaps you mean T\[None, :\]")]
)
def test_one_row_where_a_matrix_belongs(columns, hint):
    with pytest.raises(ValueError, match=r"T .*has shape \(3,\)\. " + hint):
        inputs.matrix("T", [1, 0, 1], columns=columns)


@pytest.mark.parametrize("shape", [(), (2, 2, 2)])
def test_neither_row_nor_matrix(shape):
    with pytest.raises(ValueError, match=r"should have rows and columns"):
        inputs.matrix("X", np.ones(shape))
    with pytest.raises(ValueError, match=r"should be one row of numbers"):
        inputs.vector("w", np.ones(shape))


def test_wrong_number_of_columns():
    with pytest.raises(ValueError, match=r"X should have 2 columns; it has shape \(1, 3\)"):
        inputs.matrix("X", [[1, 2, 3]], columns=2)


def test_number_out_of_range():
    with pytest.raises(ValueError, match="rate should be from 0 to 1, not 2"):
        inputs.number("rate", 2, low=0, high=1)


def test_several_numbers_where_one_belongs():
    with pytest.raises(ValueError, match="bias should be one number"):
        inputs.number("bias", [1, 2])


def test_unknown_name_gets_the_nearest():
    with pytest.raises(ValueError, match="name should be one of AND, OR, NAND, XOR, not 'nad'. Did you mean NAND"):
        data.logic("nad")
    with pytest.raises(ValueError, match=r"not 'zebra'\.$"):
        data.logic("zebra")
    with pytest.raises(ValueError, match="not 5"):
        data.logic(5)


def test_a_long_value_is_shown_short():
    assert len(inputs.shown("x" * 1000)) <= 60


def test_accepted_arrays_are_new():
    given = np.ones((2, 2))
    inputs.matrix("X", given)[0, 0] = 5
    assert given[0, 0] == 1


def test_perceptron_and_step_refuse_before_they_compute():
    neuron = Perceptron([1, 2], bias=3)
    for bad in ([1, 2], [[1, 2, 3]], [[1, np.nan]], [["a", "b"]], []):
        with pytest.raises(ValueError, match="X"):
            neuron.predict(bad)
    with pytest.raises(ValueError, match="weights"):
        Perceptron([[1, 2]])
    with pytest.raises(ValueError, match="bias"):
        Perceptron([1], bias="high")
    with pytest.raises(ValueError, match="z should be finite numbers; at index"):
        step([1, np.nan])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"T": [[1]]}, "X has 2 rows and T has 1"),
        ({"T": [1, 0]}, r"T\[:, None\]"),
        ({"T": [[1], [2]]}, "1 for O and 0 for X; it holds 2"),
        ({"X": [[1, 2], [3, np.inf]]}, "X should be finite"),
        ({"features": ["a"]}, "features should name the 2 columns of X; it has 1"),
        ({"kinds": ["a", "b", "c"]}, "kinds should be two names"),
    ],
)
def test_table_says_what_does_not_fit(change, words):
    with pytest.raises(ValueError, match=words):
        data.table(**{"X": [[1, 2], [3, 4]], "T": [[1], [0]], **change})
