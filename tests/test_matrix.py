"""A matrix and an equation on the stage: where their cells are, and that nothing overlaps or leaves the panel."""

import itertools
import re

import numpy as np
import pytest

from annkit.stage import Crossing, Equation, Matrix, Stage, new_figure

CHARACTER = 0.6  # of the font's size, the width of a digit
WIDTH, HEIGHT = 600, 204
EQUATIONS = {
    "one": [(1, 1)],
    "X W = H": [(4, 3), (3, 2), (4, 2)],
    "turned": [(2, 3), (3, 4), (2, 4)],
    "one row": [(1, 3), (3, 2), (1, 2)],
    "five signs": [(2, 2)] * 4,
}


def panel(width=WIDTH, height=HEIGHT):
    """A panel that does not begin at the corner of the stage."""
    figure, (__, axes) = new_figure(width + 100, height, ncols=2, width_ratios=(100, width))
    for each in (__, axes):
        each.axis("off")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    return Stage(figure).panels[1]


def matrix(rows=3, columns=2):
    return Matrix(panel(), 300, 50, rows, columns, 44)


def texts(live):
    """The words of every text and its box: left, top, right, bottom."""
    words, boxes = [], []
    for x, y, size, text in re.findall(r'<text x="([\d.-]+)" y="([\d.-]+)" font-size="([\d.]+)"[^>]*>([^<]*)', live):
        x, y, size = float(x), float(y), float(size)
        half = CHARACTER * size * len(text) / 2
        words.append(text)
        boxes.append((x - half, y - 0.42 * size, x + half, y + 0.42 * size))
    return words, np.array(boxes)


def overlapping(boxes):
    left, top, right, bottom = boxes.T
    over = (left[:, None] < right) & (left < right[:, None]) & (top[:, None] < bottom) & (top < bottom[:, None])
    return int((over.sum() - len(boxes)) / 2)


def test_the_middle_of_every_cell_is_in_it_and_its_corners_too():
    made = matrix()
    for row, column in itertools.product(range(3), range(2)):
        x, y = made.middle(row, column)
        assert made.at(x, y) == (row, column)
        for right, down in itertools.product((-0.49, 0.49), repeat=2):
            assert made.at(x + right * made.width, y + down * made.height) == (row, column)


@pytest.mark.parametrize(("x", "y"), [(299, 60), (389, 60), (310, 49), (310, 129), (250, 60), (310, 0), (-1e6, 1e6)])
def test_beside_the_matrix_is_no_cell(x, y):
    made = matrix()
    assert (made.left, made.right, made.top, made.bottom) == (300, 388, 50, 128)
    assert made.at(x, y) is None


def test_arrow_keys_go_round_the_edges_and_reach_every_cell():
    made = matrix()
    assert made.beside((0, 0), "ArrowLeft") == (0, 1)
    assert made.beside((0, 0), "ArrowUp") == (2, 0)
    assert made.beside((2, 1), "ArrowDown") == (0, 1)
    assert made.beside((2, 1), "ArrowRight") == (2, 0)
    for key in ("Enter", " ", "Delete", "x"):
        assert made.beside((1, 1), key) == (1, 1)
    reached, new = set(), {(0, 0)}
    while new:
        reached |= new
        keys = ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown")
        new = {made.beside(cell, key) for cell in new for key in keys} - reached
    assert len(reached) == 6


def test_a_handle_stands_in_the_middle_of_its_cell_with_an_id_of_its_own():
    made, ids = matrix(), set()
    for cell in itertools.product(range(3), range(2)):
        state = made.handle(cell, "words").state()
        assert (state["x"], state["y"]) == pytest.approx(made.middle(*cell), abs=0.06)
        assert state["label"] == "words" and state["box"] is None
        ids.add(state["id"])
    assert len(ids) == 6


def test_numbers_are_written_short_and_words_as_they_are_but_escaped():
    live = matrix().draw([[0.5, -0.25], [1 / 3, -1234.567], ["w₁", "<b>"]], name="A & B")
    words, __ = texts(live)
    assert words == ["0.5", "−0.25", "0.3333", "−1235", "w₁", "&lt;b&gt;", "A &amp; B"]


def bands(live):
    """Left, top, right and bottom of what is lit, and of what has a frame."""
    found = re.findall(
        r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" rx="4" class="([\w-]+)"', live
    )
    return {
        kind: (float(x), float(y), float(x) + float(width), float(y) + float(height))
        for x, y, width, height, kind in found
    }


def test_a_row_a_column_and_a_cell_are_lit_where_they_are():
    made, numbers = matrix(), np.zeros((3, 2)).tolist()
    assert bands(made.draw(numbers)) == {}
    assert bands(made.draw(numbers, row=1)) == {"annkit-lit": (300, 76, 388, 102)}
    assert bands(made.draw(numbers, column=1)) == {"annkit-lit": (344, 50, 388, 128)}
    assert bands(made.draw(numbers, cell=(2, 0))) == {"annkit-nl": (301, 103, 343, 127)}


@pytest.mark.parametrize("value", [0, 7.5, -0.12345, -123456.0, 1e-7])
@pytest.mark.parametrize("shapes", EQUATIONS.values(), ids=EQUATIONS.keys())
def test_nothing_overlaps_and_all_stays_in_the_panel(shapes, value):
    place = panel()
    signs = ["×"] * (len(shapes) - 2) + ["="] * (len(shapes) > 1)
    equation = Equation(place, shapes, signs)
    parts = [
        {
            "numbers": np.full(shape, value).tolist(), "name": "H = X W", "column_names": ["letters"[:6]] * shape[1],
            "row_names": [str(i + 1) for i in range(shape[0])] if which == 0 else (), "row": 0,
        }
        for which, shape in enumerate(shapes)
    ]  # fmt: skip
    live = equation.draw(*parts)
    words, boxes = texts(live)
    rows = shapes[0][0]
    assert len(words) == sum(r * c + c + 1 for r, c in shapes) + rows + len(signs)
    assert overlapping(boxes) == 0
    assert boxes[:, 0].min() >= place.x and boxes[:, 2].max() <= place.x + place.width
    assert boxes[:, 1].min() >= place.y and boxes[:, 3].max() <= place.y + place.height
    for path in re.findall(r'<path d="([^"]+)"', live):
        across = [float(x) for x in re.findall(r"[MH]([\d.]+)", path)]
        assert place.x <= min(across) and max(across) <= place.x + place.width


def test_matrices_stand_side_by_side_and_no_place_belongs_to_two():
    equation = Equation(panel(), EQUATIONS["turned"], "×=")
    for one, next_one in itertools.pairwise(equation.matrices):
        assert next_one.left - one.right >= 30
        assert (one.top + one.bottom) / 2 == pytest.approx((next_one.top + next_one.bottom) / 2)
    for made in equation.matrices:
        for row, column in itertools.product(range(made.rows), range(made.columns)):
            hit = [other.at(*made.middle(row, column)) for other in equation.matrices]
            assert hit.count(None) == 2 and (row, column) in hit


def test_the_signs_stand_in_the_gaps():
    equation = Equation(panel(), EQUATIONS["X W = H"], ["×", "="])
    live = equation.draw(*({"numbers": np.zeros(shape).tolist()} for shape in EQUATIONS["X W = H"]))
    words, boxes = texts(live)
    for sign, (one, next_one) in zip("×=", itertools.pairwise(equation.matrices), strict=True):
        left, __, right, __ = boxes[words.index(sign)]
        assert one.right < left and right < next_one.left
    with pytest.raises(ValueError):
        equation.draw({"numbers": [[1]]})


def test_an_equation_can_be_made_larger_where_there_is_room():
    small, large = Equation(panel(), [(2, 2), (2, 1)], ["="]), Equation(panel(), [(2, 2), (2, 1)], ["="], 64, 32)
    assert [matrix.height for matrix in large.matrices] == [32, 32] and large.matrices[0].width == 64
    assert {
        size for size in re.findall(r'font-size="([\d.]+)">1', large.matrices[0].draw(np.ones((2, 2)).tolist()))
    } == {"16"}
    assert small.middle == large.middle
    assert (large.matrices[0].top + large.matrices[0].bottom) / 2 == pytest.approx(large.middle)


CROSSINGS = {"X W": (4, 3, 2), "Wᵀ Xᵀ": (2, 3, 4), "one row": (1, 3, 2), "square": (2, 2, 2)}


@pytest.mark.parametrize("shape", CROSSINGS.values(), ids=CROSSINGS.keys())
def test_in_a_crossing_a_row_and_a_column_meet_in_the_cell_that_they_make(shape):
    rows, length, columns = shape
    place = panel(height=450)
    crossing = Crossing(place, rows, length, columns)
    for row, column, k in itertools.product(range(rows), range(columns), range(length)):
        x, y = crossing.result.middle(row, column)
        assert crossing.first.middle(row, k)[1] == pytest.approx(y) and crossing.first.middle(row, k)[0] < x
        assert crossing.second.middle(k, column)[0] == pytest.approx(x) and crossing.second.middle(k, column)[1] < y
    corner = crossing.corner
    assert (corner.x, corner.y) == (place.x, place.y)
    assert corner.x + corner.width <= crossing.first.right < crossing.second.left
    assert corner.y + corner.height <= crossing.second.bottom < crossing.first.top


@pytest.mark.parametrize("value", [0, -0.12345, -123456.0])
@pytest.mark.parametrize("shape", CROSSINGS.values(), ids=CROSSINGS.keys())
def test_in_a_crossing_nothing_overlaps_and_all_stays_in_the_panel(shape, value):
    rows, length, columns = shape
    place = panel(width=490, height=450)
    parts = [
        {
            "numbers": np.full(size, value).tolist(), "name": "Hᵀ = Wᵀ Xᵀ" if which == 2 else "X",
            "row_names": ["letters"] * size[0] if which < 2 else (),
            "column_names": ["letters"] * size[1] if which < 2 else (),
        }
        for which, size in enumerate([(rows, length), (length, columns), (rows, columns)])
    ]  # fmt: skip
    words, boxes = texts(Crossing(place, rows, length, columns).draw(*parts))
    assert (
        words.count("lett…") == 0 and words.count("let…") == rows + length and words.count("lette…") == length + columns
    )
    assert overlapping(boxes) == 0
    assert boxes[:, 0].min() >= place.x and boxes[:, 2].max() <= place.x + place.width
    assert boxes[:, 1].min() >= place.y and boxes[:, 3].max() <= place.y + place.height


def test_letters_of_mathematics_are_set_in_italics_and_words_are_not():
    live = matrix().draw(
        np.zeros((3, 2)).tolist(), name="H = X W", row_names=["1", "x₂", "no"], column_names=["h₁", "cm"]
    )
    assert set(re.findall(r'class="annkit-i">([^<]+)', live)) == {"H = X W", "x₂", "h₁"}
