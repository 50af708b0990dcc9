"""Every kind of bad input is refused in words that say what came and what was expected."""

import decimal
import fractions
import re

import numpy as np
import pytest

from annkit import Network, Perceptron, data, inputs, relu, softmax, squared_error, step
from annkit.labs import TapLab

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
    ("value", "columns", "hint"),
    [
        (np.array([1, 0, 1]), 1, "T[:, None]"),
        (np.array([1, 0, 1]), 3, "T[None, :]"),
        ([1, 0, 1], 1, "np.array(T)[:, None]"),
        ([1, 0, 1], 3, "[T]"),
    ],
)
def test_one_row_where_a_matrix_belongs_gets_the_code_that_mends_it(value, columns, hint):
    with pytest.raises(ValueError, match=re.escape(f"has shape (3,). Perhaps you mean {hint}.")):
        inputs.matrix("T", value, columns=columns)
    assert inputs.matrix("T", eval(hint, {"np": np, "T": value}), columns=columns).shape == (3 // columns, columns)


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
        ({"T": [1, 0]}, r"np\.array\(T\)\[:, None\]"),
        ({"T": np.array([1, 0])}, r"mean T\[:, None\]"),
        ({"T": [[1], [2]], "kinds": ["a", "b"]}, "1 for ○ and 0 for ×; it holds 2"),
        ({"T": [[1], [0, 1]]}, "T should be numbers, with as many in every row; its rows differ in length"),
        ({"X": [[1, 2], [3, np.inf]]}, "X should be finite"),
        ({"features": ["a"]}, "features should name the 2 columns of X; it has 1"),
        ({"kinds": ["a", "b", "c"]}, "kinds should be two names"),
    ],
)
def test_table_says_what_does_not_fit(change, words):
    with pytest.raises(ValueError, match=words):
        data.table(**{"X": [[1, 2], [3, 4]], "T": [[1], [0]], **change})


ODD = [
    np.str_("5"), "5", b"5", 1j, np.complex128(1), np.ma.masked, np.ma.array(5.0, mask=True), None, {}, {1}, object(),
    np.array("5"), np.array(None), np.datetime64("2020-01-01"), np.timedelta64(1, "D"), decimal.Decimal(1), (1, 2),
]  # fmt: skip


@pytest.mark.parametrize("value", ODD)
def test_what_only_looks_like_a_number_is_none(value):
    with pytest.raises(ValueError, match=r"^bias should be one number, not .*\.$"):
        inputs.number("bias", value)


@pytest.mark.parametrize("value", [[1j], ["5"], [np.str_("5")], [None], [{}], [decimal.Decimal(1)], ODD[-4:]])
def test_what_only_looks_like_numbers_is_none(value):
    with pytest.raises(ValueError, match=r"^X should be numbers, .*\.$"):
        inputs.vector("X", value)


def test_masked_numbers_are_refused_where_some_are_missing():
    with pytest.raises(ValueError, match=r"X has masked numbers; leave out those rows, or .* X\.filled"):
        inputs.matrix("X", np.ma.array([[1.0, 2.0]], mask=[[False, True]]))
    assert inputs.matrix("X", np.ma.array([[1.0, 2.0]])).tolist() == [[1, 2]]


@pytest.mark.parametrize("value", [5, 5.0, True, np.int8(5), np.float16(5), np.array(5), fractions.Fraction(5), 2**70])
def test_every_kind_of_number_is_one(value):
    assert inputs.number("bias", value) == float(value) == inputs.vector("w", [value])[0]


@pytest.mark.parametrize("value", [10**400, -(10**400), 10**5000], ids=["large", "negative", "larger"])
def test_numbers_beyond_all_floats_are_refused_as_such(value):
    with pytest.raises(ValueError, match=r"^bias should be a finite number, not .*\.$"):
        inputs.number("bias", value)
    with pytest.raises(ValueError, match="^w should be finite numbers; at index"):
        inputs.vector("w", [value])
    with pytest.raises(ValueError, match="^n should be a whole number from 1 to 9, not .{1,60}$"):
        inputs.whole("n", value, low=1, high=9)


class Silent:
    """It can't say what it is."""

    def __repr__(self):
        raise RuntimeError


def test_anything_can_be_shown_in_one_line():
    for value in (Silent(), 10**5000, "two\nlines", "\ud800\0", np.zeros((100, 100)), "x" * 10**6):
        assert len(inputs.shown(value)) <= 60 and inputs.shown(value).isprintable()


def test_a_name_of_numpy_becomes_plain_text():
    assert type(inputs.choice("activation", np.str_("relu"), ["relu", "tanh"])) is str
    assert type(inputs.names("features", np.array(["a"]))[0]) is str


NET = Network([2, 3, 1])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: softmax([]), "z is empty; it needs at least one number"),
        (lambda: relu(1j), "z should be numbers, not 1j"),
        (lambda: squared_error([[1], [0]], [[1], [0, 1]]), "T should be numbers, with as many in every row"),
        (lambda: NET.weights.__setitem__(5, [[1]]), "layer should be a whole number from -2 to 1, not 5"),
        (lambda: NET.save("a\0b"), "path .*not 'a.*b'"),
        (lambda: Network.load("a\0b"), "path .*not 'a.*b'"),
        (lambda: Network([10**12, 1]), "make 1,000,000,000,001 parameters; a network has at most"),
        (lambda: NET.predict(np.ma.array([[1.0, 2.0]], mask=[[0, 1]])), "X has masked numbers"),
        (lambda: TapLab().error_at("x"), "weights should be"),
        (lambda: TapLab().slopes_at([1, None, 2]), "weights should be"),
    ],
)
def test_what_was_once_a_raw_error_or_no_error_is_said_in_one_line(call, words):
    with pytest.raises(ValueError, match=rf"^.*{words}.*$"):
        call()


def test_no_new_attribute_is_made_by_a_slip():
    with pytest.raises(AttributeError, match="Network has no wieghts to set; .* Did you mean weights"):
        NET.wieghts = 3
    assert not hasattr(NET, "wieghts")
