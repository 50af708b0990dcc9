"""Tables that were pasted: read whatever stands between the columns, or refused with the line that is wrong."""

import numpy as np
import pytest

from annkit import data

ROWS = [[1.5, -2, 0], [0.25, 3, 1], [4, 1000, 1]]


def written(divider, comma=".", head=()):
    lines = [divider.join(str(number).replace(".", comma) for number in row) for row in ROWS]
    return "\n".join([*head, *lines])


@pytest.mark.parametrize("divider", [",", ", ", ";", "; ", "\t", " ", "   "])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_whatever_stands_between(divider, end):
    table = data.read(written(divider).replace("\n", end))
    assert table == data.table([row[:2] for row in ROWS], [[0], [1], [1]])


@pytest.mark.parametrize("divider", [";", "\t", " ", "; "])
def test_decimal_commas(divider):
    assert data.read(written(divider, ",")) == data.read(written(","))


def test_names_of_columns_and_of_classes():
    table = data.read('"width (cm)";mass;fruit\n1,5;2;lemon\n3;4;lime\n5;6;lemon')
    assert (table.features, table.kinds) == (("width (cm)", "mass"), ("lemon", "lime"))
    assert table.labels.tolist() == [0, 1, 0]


def test_classes_or_numbers():
    assert data.read("1,2,-1\n3,4,1").kinds == ("−1", "1")
    assert data.read("1,2,−1\n3,4,1").labels.tolist() == [0, 1]
    fitted = data.read("1,2,0.5\n3,4,1e-3")
    assert not fitted.kinds and fitted.T[:, 0].tolist() == [0.5, 0.001]
    assert data.read("1,2,1\n3,4,1").labels.tolist() == [1, 1]
    assert data.read("1\t0\n2\t1").X.shape == (2, 1)


def test_what_was_written_is_read():
    table = data.circles(30)
    text = "\n".join(f"{x!r}\t{y!r}\t{t}" for (x, y), t in zip(table.X.tolist(), table.labels, strict=True))
    np.testing.assert_array_equal(data.read(text).X, table.X)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no lines"),
        ("\n \n", "no lines"),
        (None, "text should be the text of a table, not None"),
        ("1\n2", "Line 1 has one column"),
        ("1,2,0\n\n3,x,1", "Line 3: x₂ should be a number, not 'x'"),
        ("1,2,0\n3,1", "Line 2 has 2 columns, the lines before it have 3"),
        ("a,b,c\n1,2,0\n3,,1", "Line 3: b should be a number, not ''"),
        ("a,b\n1,2,0\n3,4,1", "names 2 columns; line 2 has 3"),
        ("1,2,0\n3,nan,1", "Line 2: x₂ should be a number, not 'nan'"),
        ("1,2,0\n3,1e999,1", "Line 2: x₂ should be a finite number"),
        ("1,2,a\n3,4,b\n5,6,c", "Line 3: 'c' is a third class, after a and b"),
        ("1,2,a\n3,4,a", "Every line ends with a; there should be two"),
        ("1,2,a\n3,4,", "Line 2 says nothing in its last column"),
        ("1,2,0\n" * 10_001, "has 10,001 rows; at most 10,000"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, words):
    with pytest.raises(ValueError, match=words):
        data.read(text)
