"""Every control of the matrix lab, driven in Python: sliders, view, all eight results, rows, columns, units, edges."""

import itertools
import re

import numpy as np
import pytest
from hands import button, click, press, refuses

from annkit import Network, data
from annkit.labs import MatrixLab
from annkit.labs.matrix import WEIGHTS
from annkit.wording import alike, number

CHARACTER = 0.6  # of the font's size, the width of a digit
SUMS = {
    (1, 1): (4, "w₁", 3, "w₃", 2, "w₅"), (1, 2): (4, "w₂", 3, "w₄", 2, "w₆"),
    (2, 1): (2, "w₁", 9, "w₃", 1, "w₅"), (2, 2): (2, "w₂", 9, "w₄", 1, "w₆"),
    (3, 1): (3, "w₁", 3, "w₃", 2, "w₅"), (3, 2): (3, "w₂", 3, "w₄", 2, "w₆"),
    (4, 1): (2, "w₁", 4, "w₃", 1, "w₅"), (4, 2): (2, "w₂", 4, "w₄", 1, "w₆"),
}  # fmt: skip
"""The lecture's eight sums (its part IV), by row and unit."""
EVERY = list(SUMS)
IRISES = data.iris(features=["sepal length", "petal length", "petal width"])


@pytest.fixture(params=["rows", "columns"])
def lab(request):
    made = MatrixLab(samples=request.param)
    yield made
    assert not made.error
    made.close()


def places(lab):
    """The three matrices as they are drawn now: what is multiplied, and the result."""
    return lab.product.first, lab.product.second, lab.product.result


def turned(lab, row, column):
    return (row, column) if lab.samples == "rows" else (column, row)


def press_picked(lab, key):
    (handle,) = lab.stage.handles
    press(lab, handle["id"], key)


def drawn_numbers(lab):
    """The numbers in the three matrices, as they are written in the picture."""
    numbers = re.findall(r'<text x="[\d.]+" y="[\d.]+" font-size="(?!13.5")[\d.]+">([^<]*)', lab.stage.live)
    X, W, H = numbers[:12], numbers[12:18], numbers[18:]
    if lab.samples == "rows":
        return np.reshape(X, (4, 3)), np.reshape(W, (3, 2)), np.reshape(H, (4, 2))
    W, X = numbers[:6], numbers[6:18]
    return np.reshape(X, (3, 4)).T, np.reshape(W, (2, 3)).T, np.reshape(H, (2, 4)).T


def listed(values):
    return ", ".join(map(number, values))


# Numbers.


def test_every_slider_at_both_ends_and_at_zero_agrees_with_a_network(lab):
    net = Network([3, 2], output="linear")
    assert len(lab._sliders) == 6
    for name, slider in lab._sliders.items():
        for value in (slider.low, slider.high, 0.0):
            slider.move(value)
            assert getattr(lab, name) == value
            net.weights[0] = [[lab.w1, lab.w2], [lab.w3, lab.w4], [lab.w5, lab.w6]]
            assert (lab.H == net.predict(lab.table.X)).all()
            written = drawn_numbers(lab)
            for drawn, right in zip(written, (lab.table.X, lab.W, lab.H), strict=True):
                assert drawn.ravel().tolist() == alike(right.ravel(), 6)
            assert lab.words()[2:4] == [f"h₁: {listed(lab.H[:, 0])}", f"h₂: {listed(lab.H[:, 1])}"]
        lab.reset()
        assert lab.untouched


@pytest.mark.parametrize(("row", "unit"), EVERY)
def test_the_eight_sums_of_the_lecture(row, unit):
    weights = dict(zip(WEIGHTS, (2, 3, 5, 7, 11, 13), strict=True))
    parts = SUMS[row, unit]
    counts, names = parts[::2], parts[1::2]
    symbols = " + ".join(f"{count}{name}" for count, name in zip(counts, names, strict=True))
    values = [weights[f"w{'₀₁₂₃₄₅₆'.index(name[1])}"] for name in names]
    numbers = " + ".join(f"{count} × {value}" for count, value in zip(counts, values, strict=True))
    total = sum(count * value for count, value in zip(counts, values, strict=True))
    lab = MatrixLab(**weights, row=row, unit=unit)
    assert lab.describe().splitlines()[0] == f"h{'₁₂'[unit - 1]} of row {row} = {symbols} = {numbers} = {total}"
    assert lab.H[row - 1, unit - 1] == total


def test_the_words_at_the_start_and_turned_over():
    lab = MatrixLab(row=3, unit=2)
    numbers = ["h₁: 3.25, −0.25, 2.75, 1", "h₂: 3.5, 5.5, 2.5, 3"]
    first = "h₂ of row 3 = 3w₂ + 3w₄ + 2w₆ = 3 × 1 + 3 × 0.5 + 2 × (−1) = 2.5"
    shapes = "X is 4 × 3 and W is 3 × 2, so X W is 4 × 2. Row 3 of X meets column 2 of W."
    assert lab.describe().splitlines()[:-1] == [first, shapes, *numbers]
    lab.samples = "columns"
    first = first.replace("row", "column")
    shapes = "Wᵀ is 2 × 3 and Xᵀ is 3 × 4, so Wᵀ Xᵀ is 2 × 4. Row 2 of Wᵀ meets column 3 of Xᵀ."
    assert lab.describe().splitlines()[:-1] == [first, shapes, *numbers]


def test_the_arithmetic_is_set_product_by_product():
    said = MatrixLab(row=3, unit=2).stage.said[0]
    assert (said["kind"], said["caption"], said["total"]) == ("sum", "h₂ of row 3, 3w₂ + 3w₄ + 2w₆", "2.5")
    assert said["names"] == ["x₁ × w₂", "x₂ × w₄", "x₃ × w₆"] and said["bias"] is None
    assert said["products"] == [["3", "1", "3"], ["3", "0.5", "1.5"], ["2", "−1", "−2"]]
    assert MatrixLab(row=3, unit=2, samples="columns").stage.said[0]["caption"].startswith("h₂ of column 3, ")


def test_a_negative_number_in_the_table_is_taken_away():
    lab = MatrixLab(data.table([[-1, -2, 0.5]], [[1]]))
    assert lab.describe().startswith("h₁ of row 1 = −1w₁ − 2w₃ + 0.5w₅ = −1 × 0.5 + (−2) × (−0.25) + 0.5 × 1 = 0.5\n")


# Picking.


@pytest.mark.parametrize(("row", "unit"), EVERY)
def test_a_click_picks_every_result(lab, row, unit):
    click(lab, *places(lab)[-1].middle(*turned(lab, row - 1, unit - 1)))
    assert (lab.row, lab.unit) == (row, unit)
    sample = "row" if lab.samples == "rows" else "column"
    assert lab.describe().startswith(f"h{'₁₂'[unit - 1]} of {sample} {row} = ")
    assert lab.untouched, "what is looked at is no answer"


def test_arrow_keys_go_round_all_eight_results(lab):
    seen = []
    for key in ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowUp", "ArrowUp"]:
        seen.append((lab.row, lab.unit))
        press_picked(
            lab,
            key
            if lab.samples == "rows"
            else {"ArrowDown": "ArrowRight", "ArrowRight": "ArrowDown"}.get(key, "ArrowLeft"),
        )
    assert [*seen, (lab.row, lab.unit)] == [(1, 1), (2, 1), (3, 1), (4, 1), (4, 2), (3, 2), (2, 2), (1, 2)]
    for key in ("Enter", " ", "Delete", "Backspace"):
        press_picked(lab, key)
    assert (lab.row, lab.unit) == (1, 2)
    for key, place in (("ArrowUp", 0), ("ArrowLeft", 1)):
        before = turned(lab, lab.row, lab.unit)
        press_picked(lab, key)
        after = turned(lab, lab.row, lab.unit)
        assert after[1 - place] == before[1 - place]
        last = {"rows": (4, 2), "columns": (2, 4)}[lab.samples][place]
        assert after[place] == (before[place] - 2) % last + 1


def test_a_click_on_the_table_picks_its_sample_and_keeps_the_unit(lab):
    lab.unit = 2
    X = places(lab)[0 if lab.samples == "rows" else 1]
    for row, feature in itertools.product((2, 4, 1, 3), range(3)):
        click(lab, *X.middle(*turned(lab, row - 1, feature)))
        assert (lab.row, lab.unit) == (row, 2)


def test_a_click_on_the_weights_picks_their_unit_and_keeps_the_row(lab):
    lab.row = 3
    W = places(lab)[1 if lab.samples == "rows" else 0]
    for unit, feature in itertools.product((2, 1), range(3)):
        click(lab, *W.middle(*turned(lab, feature, unit - 1)))
        assert (lab.row, lab.unit) == (3, unit)


def test_a_click_on_a_unit_or_on_an_edge_to_it_picks_it(lab):
    lab.row = 2
    for unit in (1, 0):
        click(lab, *lab.diagram.places[1][unit])
        assert (lab.row, lab.unit) == (2, unit + 1)
    for (__, ___, unit), (x1, y1, x2, y2) in zip(lab.diagram.edges, lab.diagram.lines, strict=True):
        click(lab, 0.7 * x1 + 0.3 * x2, 0.7 * y1 + 0.3 * y2)
        assert (lab.row, lab.unit) == (2, unit + 1)


def test_a_click_on_an_input_or_on_nothing_changes_nothing(lab):
    lab.set(row=2, unit=2)
    before = lab.describe(), lab.stage.svg()
    result = places(lab)[-1]
    for place in [*lab.diagram.places[0], (2, 2), (result.right + 8, result.top), (result.left, result.bottom + 8)]:
        click(lab, *place)
        assert (lab.describe(), lab.stage.svg()) == before


def test_the_handle_is_the_picked_result_in_words(lab):
    for row, unit in EVERY:
        lab.set(row=row, unit=unit)
        (handle,) = lab.stage.handles
        value = f"{lab.H[row - 1, unit - 1]:g}".replace("-", "−")
        sample = "row" if lab.samples == "rows" else "column"
        assert handle["label"] == f"h{'₁₂'[unit - 1]} of {sample} {row} is {value}"
        result = places(lab)[-1]
        middle = result.middle(*turned(lab, row - 1, unit - 1))
        assert (handle["x"], handle["y"]) == pytest.approx(middle, abs=0.06)
        across, up, __ = handle["reach"]
        assert result.width / 2 - 4 < across < result.width / 2, "the ring lies around the cell, not in it"
        assert result.height / 2 - 4 < up < result.height / 2
    assert len({(lab.set(row=r, unit=u), lab.stage.handles[0]["id"])[1] for r, u in EVERY}) == 8


# The picture.


def lit_boxes(lab):
    found = re.findall(
        r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"[^>]*"annkit-lit"', lab.stage.live
    )
    return [tuple(map(float, box)) for box in found]


@pytest.mark.parametrize(("row", "unit"), EVERY)
def test_row_column_and_edges_of_the_picked_result_light_up_together(lab, row, unit):
    lab.set(row=row, unit=unit)
    first, second, __ = places(lab)
    band, pillar = lit_boxes(lab)
    across, down = turned(lab, row - 1, unit - 1)
    high = first.height
    assert band == pytest.approx((first.left, first.top + across * high, first.right - first.left, high), abs=0.11)
    assert pillar == pytest.approx(
        (second.left + down * second.width, second.top, second.width, second.bottom - second.top), abs=0.11
    )
    strengths = np.frombuffer(lab.stage.strengths, np.int8).reshape(-1, 2)
    lit = [edge for edge, (__, emphasis) in zip(lab.diagram.edges, strengths.tolist(), strict=True) if emphasis == 2]
    assert lit == [(0, feature, unit - 1) for feature in range(3)]
    assert (strengths[:, 1] == 0).sum() == 3
    assert (np.sign(strengths[:, 0]) == np.sign(lab.W.ravel())).all()
    assert lab.stage.live.count("annkit-nl ") == 4, "three inputs and the unit"


def test_the_network_shows_the_picked_row(lab):
    for row in (1, 2, 3, 4):
        lab.row = row
        values = re.findall(r'class="annkit-v" font-size="[\d.]+">([^<]+)<', lab.stage.live)
        expected = [*lab.table.X[row - 1], *lab.H[row - 1]]
        assert values == [f"{value:g}".replace("-", "−") for value in expected]


def texts(lab):
    """The box of every text in the live picture."""
    boxes = []
    for x, y, size, words in re.findall(
        r'<text x="([\d.-]+)" y="([\d.-]+)"[^>]* font-size="([\d.]+)">([^<]*)', lab.stage.live
    ):
        x, y, size = float(x), float(y), float(size)
        half = CHARACTER * size * len(words) / 2
        boxes.append((x - half, y - 0.42 * size, x + half, y + 0.42 * size))
    return np.array(boxes)


LONG = {"w1": -1234.5, "w2": -1e6, "w3": 1 / 3, "w4": -0.0625, "w5": 1e-7, "w6": -99.875}
TABLES = {
    "lecture": data.lecture(),
    "one row": data.table([[-0.125, 123456, -9.99]], [[1]]),
    "long names": data.table(IRISES.X[:4], IRISES.T[:4], IRISES.features, IRISES.kinds),
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
@pytest.mark.parametrize("weights", [{}, LONG], ids=["start", "long"])
@pytest.mark.parametrize("samples", ["rows", "columns"])
def test_nothing_overlaps_and_all_stays_in_the_picture(table, weights, samples):
    boxes = texts(MatrixLab(table, **weights, samples=samples))
    left, top, right, bottom = boxes.T
    width, height = 490, 450
    assert left.min() >= 0 and top.min() >= 0 and right.max() <= width and bottom.max() <= height
    over = (left[:, None] < right) & (left < right[:, None]) & (top[:, None] < bottom) & (top < bottom[:, None])
    assert over.sum() == len(boxes)  # each only with itself


def test_long_names_are_cut_and_short_ones_are_not():
    live = MatrixLab(TABLES["long names"]).stage.live
    assert live.count(">sepal…<") == 2 and live.count(">petal…<") == 4 and "sepal length" not in live
    assert live.count(">sep…<") == 1, "beside W there is less room"
    assert MatrixLab(data.table([[1, 2, 3]], [[0]], ["height", "b", "c"])).stage.live.count(">height<") == 2


def test_lines_of_words_are_short_enough_and_few():
    for row, unit in EVERY:
        lab = MatrixLab(w1=-3.75, w2=-3.75, w3=-3.75, w4=-3.75, w5=-3.75, w6=-3.75, row=row, unit=unit)
        lines = lab.describe().splitlines()
        assert len(lines) <= 6 and max(map(len, lines)) < 95


# The view, reset, code, and what is refused.


def test_the_view_is_chosen_by_hand_and_by_code():
    lab = MatrixLab(row=3, unit=2)
    chooser = lab._choosers["samples"]
    chooser.value = "columns"
    assert lab.samples == "columns" and "Hᵀ = Wᵀ Xᵀ" in lab.stage.live and (lab.row, lab.unit) == (3, 2)
    assert lab.untouched
    lab.samples = "rows"
    assert chooser.value == "rows" and "H = X W" in lab.stage.live and not lab.error


def test_both_views_show_the_same_numbers():
    rows, columns = MatrixLab(**LONG), MatrixLab(**LONG, samples="columns")
    for one, other in zip(drawn_numbers(rows), drawn_numbers(columns), strict=True):
        assert (one == other).all()


def test_reset_brings_everything_back(lab):
    before = lab.describe(), lab.stage.svg()
    lab._sliders["w4"].move(-3.5)
    lab.set(row=4, unit=2)
    assert not lab.untouched and "w4" in lab.answer and "row" not in lab.answer
    button(lab, "Reset").click()
    assert (lab.describe(), lab.stage.svg()) == before and lab.untouched


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("row", 5, "row should be a whole number from 1 to 4, not 5"),
        ("row", 0, "row should be a whole number from 1 to 4, not 0"),
        ("row", 1.5, "row should be a whole number"),
        ("unit", 3, "unit should be a whole number from 1 to 2, not 3"),
        ("unit", "h₁", "unit should be a whole number"),
        ("samples", "row", "samples should be one of rows, columns, not 'row'. Did you mean rows"),
        ("samples", None, "samples should be one of rows, columns"),
        ("table", [[1, 2, 3]], "table should be a table, such as data.table"),
        ("table", data.logic("AND"), "a table of 3 columns, one for each input; this one has 2"),
        ("table", data.digits(), "a table of 3 columns, one for each input; this one has 64"),
        ("table", data.table(np.ones((5, 3)), np.ones((5, 1))), "draws up to 4 rows; this table has 5"),
        ("table", data.table([[1e9, 0, 0]], [[1]]), "the table has 1000000000"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line_and_the_old_state_stands(lab, name, value, words):
    refuses(lab, name, value, words)


def test_fewer_rows_than_the_picked_one():
    lab = MatrixLab(row=4, unit=2)
    lab.table = data.table([[1, 2, 3], [0, 0, 1]], [[1], [0]])
    assert (lab.product.first.rows, lab.product.result.rows) == (2, 2)
    assert lab.row == 2 and lab.describe().startswith("h₂ of row 2 = 0w₂ + 0w₄ + 1w₆ = ")
    assert "X is 2 × 3 and W is 3 × 2, so X W is 2 × 2." in lab.describe()
    press_picked(lab, "ArrowDown")
    assert (lab.row, lab.unit) == (1, 2) and not lab.error


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"w1": 1 / 3, "w6": -2.5, "row": 4, "unit": 2, "samples": "columns"},
        {"table": TABLES["one row"], "w3": 1e-7},
        {"table": TABLES["long names"], "row": 2, **LONG},
    ],
)
def test_code_makes_the_lab_again(changed):
    lab = MatrixLab()
    lab.set(**changed)
    again = eval(lab.code(), {"MatrixLab": MatrixLab, "data": data})
    assert again.describe() == lab.describe() and (again.H == lab.H).all() and again.code() == lab.code()


def test_it_is_light():
    lab = MatrixLab(**LONG)
    sent = len(lab.stage.live.encode()) + len(str(lab.stage.handles)) + len(lab.stage.strengths)
    assert sent <= 8_000 and len(lab.stage.saved(lab.describe())) <= 60_000
