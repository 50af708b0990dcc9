"""Every control of the forward lab, driven in Python: steps, picking, turning what is picked, tables."""

import re

import numpy as np
import pytest
from hands import button, click, drag, drop, hear, press, refuses

from annkit import Network, data, sigmoid, softmax
from annkit.labs import ForwardLab
from annkit.labs.forward.equation import written
from annkit.labs.forward.lab import CHIPS, NUMBERS
from annkit.labs.forward.steps import HIDDEN, OUTPUT

W, b = np.array([[1, -1], [-0.5, 0.5], [-1, 1]]), np.array([0, -1])
V, c = np.array([[2, -1, -1], [-1, 2, -1]]), np.array([-0.5, -1, 1])
SUMS = data.lecture().X @ W + b


@pytest.fixture
def lab():
    made = ForwardLab()
    yield made
    assert not made.error
    made.close()


def turner(lab):
    return lab._sliders["picked"]


def test_the_four_steps_are_those_of_the_formulas(lab):
    net = lab.network()
    assert (net.sizes, net.activation, net.output) == ((3, 2, 3), "sigmoid", "softmax")
    assert np.array_equal(net.weights[0], W) and np.array_equal(net.biases[0], b)
    assert np.array_equal(net.weights[1], V) and np.array_equal(net.biases[1], c)
    outputs = softmax(sigmoid(SUMS) @ V + c)
    assert np.abs(net.predict(lab.table.X) - outputs).max() < 1e-15
    lab.steps = 4
    decided = ", ".join(
        f"{row}\u00a0→\u00a0{'o₁ o₂ o₃'.split()[k]}" for row, k in enumerate(outputs.argmax(axis=1), start=1)
    )
    assert f"The largest output of each row: {decided}." in lab.describe()
    assert set(outputs.argmax(axis=1)) == {0, 1, 2}, "each class has a row"


def test_step_by_step_the_numbers_come_into_place(lab):
    lab.steps = 0
    assert lab.describe().splitlines()[:3] == [
        "h₁ is not computed yet.", "Nothing is computed yet.", "X is 4\u00a0×\u00a03, row 1: (4, 3, 2)",
    ]  # fmt: skip
    assert lab.stage.live.count(">·<") == 5 + 8
    lab.step()
    assert lab.describe().startswith("h₁: 4 × 1 + 3 × (−0.5) + 2 × (−1) = 0.5\nStep 1 of 4")
    assert "Z is 4\u00a0×\u00a02, row 1: (0.5, −1.5)" in lab.describe()
    lab.step()
    assert lab.describe().splitlines()[0].endswith("= 0.5, sigmoid(0.5) = 0.6225")
    assert "h₁, z = 0.5" in lab.stage.live and ">0.622<" in lab.stage.live
    lab.step()
    assert lab.picked == (2, 0)
    assert lab.describe().startswith("o₁: 0.6225 × 2 + 0.1824 × (−1) − 0.5 = 0.5625\nStep 3 of 4")
    lab.step()
    powers = np.exp(sigmoid(SUMS[0]) @ V + c)
    assert f"e^0.5625 = 1.755, 1.755 / {powers.sum():.4f} = {powers[0] / powers.sum():.4f}" in lab.describe()
    assert "O is 4\u00a0×\u00a03" in lab.describe()
    before = lab.describe()
    lab.step()
    assert lab.describe() == before and lab.steps == 4


def test_it_plays_one_step_a_second_and_stops_at_the_last(lab):
    assert lab.pace == 1
    lab.steps = 0
    lab.play()
    for steps in (1, 2, 3, 4, 4):
        assert lab.stage.playing
        hear(lab, event="tick", n=lab.stage.answered + 1)
        assert lab.steps == steps
    assert not lab.stage.playing
    lab.undo()
    assert lab.steps == 0, "one play is one change"


def test_whatever_is_picked_can_be_turned(lab):
    """Every weight and bias by the one slider, to both ends and to 0; the network follows."""
    assert set(lab._sliders) == {"row", "steps", "picked"}
    lab.steps = 4
    turned = set()
    for picked in [*lab.diagram.edges, *(node for node in lab.diagram.nodes if node.layer)]:
        lab.picked = picked
        name = turner(lab).label
        for value in (turner(lab).low, turner(lab).high, 0.0, 2.5):
            turner(lab).move(value)
            net = Network([3, 2, 3], output="softmax", init=0)
            for layer, rows in enumerate((HIDDEN, OUTPUT)):
                net.weights[layer] = [[getattr(lab, trait) for trait in row] for row in rows[:-1]]
                net.biases[layer] = [getattr(lab, trait) for trait in rows[-1]]
            assert np.array_equal(lab.network().parameters, net.parameters)
            matrices = net.weights if len(picked) == 3 else net.biases
            layer = picked[0] if len(picked) == 3 else picked[0] - 1
            assert matrices[layer][picked[1:]] == value == turner(lab).value
        turned.add(name)
    assert turned == {name.translate(str.maketrans("123456", "₁₂₃₄₅₆")) for name in NUMBERS}
    lab.reset()
    assert lab.describe() == ForwardLab().describe()


def test_the_slider_is_that_of_what_is_picked(lab):
    lab.picked = (0, 1, 0)
    assert (turner(lab).label, turner(lab).value, turner(lab).low, turner(lab).high) == ("w₃", -0.5, -4, 4)
    assert lab._caption.value == "Picked: the weight from x₂ to h₁"
    lab.v6 = 11
    lab.picked = (1, 1, 2)
    assert (turner(lab).label, turner(lab).value, turner(lab).high) == ("v₆", 11, 12)
    lab.picked = (2, 2)
    assert (turner(lab).label, turner(lab).value, turner(lab).high) == ("c₃", 1, 8)
    assert turner(lab).field == "c₃, the number" and lab._caption.value == "Picked: the bias of o₃"


def test_an_input_of_the_row_can_be_turned_too_and_taken_back(lab):
    lab.set(row=2, picked=(0, 1), steps=1)
    assert (turner(lab).label, turner(lab).value, turner(lab).high) == ("x₂", 9, 24)
    turner(lab).move(2.5)
    assert lab.table.X.tolist() == [[4, 3, 2], [2, 2.5, 1], [3, 3, 2], [2, 4, 1]]
    assert lab.describe().startswith("x₂ of row 2 is 2.5.") and lab.table.kinds == data.lecture().kinds
    again = eval(lab.code())
    assert again.describe() == lab.describe() and again.stage.svg() == lab.stage.svg()
    lab.undo()
    assert lab.table == data.lecture() and turner(lab).value == 9


@pytest.mark.parametrize("picked", [(0, 0, 0), (1, 1), (2, 0), (0, 2)])
def test_what_is_picked_is_dragged_up_and_down_where_it_is(lab, picked):
    lab.picked = picked
    (handle,) = lab.stage.handles
    assert handle["box"] and handle["axes"] == "y"
    x, y, before = handle["x"], handle["y"], turner(lab).value
    drag(lab, handle["id"], x, y - 7)
    drag(lab, handle["id"], x, y - 30)
    assert turner(lab).value == before + 5 * 0.25
    drop(lab, handle["id"], x, y + 12)
    assert turner(lab).value == before - 0.5
    drop(lab, handle["id"], x, y - 12)
    assert turner(lab).value == before, "the next drag begins where the last ended"
    lab.undo()
    lab.undo()
    assert turner(lab).value == before and not lab.undo() or lab.picked != picked


def test_every_row_and_every_step_by_hand(lab):
    for row in (1, 2, 3, 4):
        lab._sliders["row"].move(row)
        values = ", ".join(f"{x:g}" for x in lab.table.X[row - 1])
        assert lab.row == row and f"row {row}: ({values})" in lab.describe()
    for steps in (0, 3, 4):
        lab._sliders["steps"].move(steps)
        assert lab.steps == steps
    lab.steps = 0
    for steps in (1, 2, 3, 4, 4):
        button(lab, "Next step").click()
        assert lab.steps == steps
    button(lab, "Reset").click()
    assert (lab.steps, lab.row) == (1, 1)


def test_a_formula_is_clicked_to_go_to_its_step(lab):
    for steps in (4, 2, 3, 1):
        click(lab, *CHIPS[steps - 1].place(0.5, 0.5)[0])
        assert lab.steps == steps and lab.picked[0] == (1 if steps < 3 else 2)


def test_whatever_is_clicked_in_the_network_is_picked_and_explained(lab):
    lab.steps = 4
    said = set()
    for picked in [*lab.diagram.nodes, *lab.diagram.edges]:
        x, y = lab.diagram.places[picked[0]][picked[1]]
        if len(picked) == 3:
            end = lab.diagram.places[picked[0] + 1][picked[2]]
            x, y = 0.75 * x + 0.25 * end[0], 0.75 * y + 0.25 * end[1]
        click(lab, x, y)
        assert lab.picked == picked
        said.add(lab.describe().splitlines()[0])
        assert lab.describe().replace("\n", ", ").startswith(lab.stage.handles[0]["label"])
    assert len(said) == 8 + 12
    assert {
        "x₂ of row 1 is 3.",
        "w₃ brings 3 × (−0.5) = −1.5 from x₂ to h₁.",
        "v₂ brings 0.6225 × (−1) = −0.6225 from h₁ to o₂.",
    } <= said
    lab.steps = 1
    lab.picked = (1, 0, 1)
    assert lab.describe().startswith("v₂ = −1 leads from h₁ to o₂; h₁ is not computed yet.")
    x, y = lab.diagram.places[1][0]
    click(lab, x, y + lab.diagram.radius + 5)
    assert lab.picked == (1, 0), "the bias hangs on its node"


@pytest.mark.parametrize("steps", range(5))
def test_clicks_in_the_matrices_pick_rows_units_and_weights(lab, steps):
    lab.steps = steps
    layer, units = (1, 2) if steps < 3 else (2, 3)
    for row in range(4):
        for unit in range(units):
            click(lab, *lab._equation.matrices["result"].middle(row, unit))
            assert (lab.row, lab.picked) == (row + 1, (layer, unit))
    click(lab, *lab._equation.matrices["first"].middle(1, 0))
    assert lab.row == 2
    if steps in (0, 1, 3):
        click(lab, *lab._equation.matrices["weights"].middle(1, 0))
        assert (lab.row, lab.picked) == (2, (layer - 1, 1, 0))
        click(lab, *lab._equation.matrices["biases"].middle(0, 1))
        assert (lab.row, lab.picked) == (2, (layer, 1))
    before = lab.code()
    click(lab, 1, 1)
    assert lab.code() == before


def test_arrow_keys_walk_through_the_network(lab):
    way = []
    lab.picked = (0, 0)
    for key in ["ArrowRight"] * 4 + ["ArrowDown", "ArrowLeft", "ArrowUp", "Enter"]:
        press(lab, lab.stage.handles[0]["id"], key)
        way.append(lab.picked)
    assert way == [(0, 0, 0), (1, 0), (1, 0, 0), (2, 0), (2, 1), (1, 0, 1), (1, 0, 0), (1, 0, 0)]


def test_what_is_picked_is_lit_and_all_else_is_faint(lab):
    lab.picked = (1, 1)
    emphasis = np.frombuffer(lab.stage.strengths, np.int8).reshape(-1, 2)[:, 1]
    lit = {edge for edge, how in zip(lab.diagram.edges, emphasis, strict=True) if how == 2}
    assert lit == {(0, 0, 1), (0, 1, 1), (0, 2, 1)}
    nodes, cell, formula = 4, 1, 1
    assert len(re.findall("annkit-nl", lab.stage.live)) == nodes + cell + formula
    assert len(re.findall('class="annkit-lit"', lab.stage.live)) == 3, "a row, a column, a bias"


def test_every_bias_hangs_on_its_node_with_its_sign(lab):
    live = lab.diagram.draw([["·"] * 3, ["·"] * 2, ["·"] * 3], biases=lab.network().biases)
    assert sorted(re.findall(r">([+−][\d.]+)<", live)) == sorted(["+0", "−1", "−0.5", "−1", "+1"])


def test_numbers_of_a_matrix_have_two_decimals_where_more_would_be_needed():
    assert written([0.5, -1.5, 4]) == ["0.5", "−1.5", "4"]
    assert written([0.62246, -1.25, 1]) == ["0.62", "−1.25", "1.00"]
    assert written([0.0004, 0.5]) == ["4e−4", "0.5"] and written([1234.5, 0]) == ["1235", "0"]


@pytest.mark.parametrize("steps", range(5))
@pytest.mark.parametrize("value", [1, -0.123456, 87654.0])
def test_no_number_reaches_its_neighbour(lab, steps, value):
    lab.set(**{name: value for name in NUMBERS}, steps=steps)
    equation = lab.stage.live[lab.stage.live.index("<rect", lab.stage.live.index("annkit-i")) :]
    boxes = []
    for size, texts in re.findall(r'<g font-size="([\d.]+)">((?:<text [^>]*>[^<]*</text>)+)</g>', equation):
        for x, y, words in re.findall(r'<text x="(\d+)" y="(\d+)">([^<]*)<', texts):
            half = 0.3 * float(size) * len(words)
            boxes.append((int(x) - half, int(y) - 5, int(x) + half, int(y) + 5))
    left, top, right, bottom = np.array(boxes).T
    assert len(boxes) > 12 and left.min() >= 0 and right.max() <= 490 and bottom.max() <= 492
    over = (left[:, None] < right) & (left < right[:, None]) & (top[:, None] < bottom) & (top < bottom[:, None])
    assert over.sum() == len(boxes)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("row", 5, "row should be a whole number from 1 to 4, not 5"),
        ("row", 0, "row should be a whole number from 1 to 4, not 0"),
        ("steps", 5, "steps should be a whole number from 0 to 4, not 5"),
        ("steps", 1.5, "steps should be a whole number, not 1.5"),
        ("v6", "1", "v6 should be one number"),
        ("c3", np.nan, "c3 should be a finite number"),
        ("picked", (3, 0), "picked should be a node"),
        ("picked", (2, 3), "picked should be a node"),
        ("picked", "h1", "picked should be a node"),
        ("table", [[1, 2, 3]], "table should be a table, such as data.table"),
        ("table", data.four_points(), "a table of 3 columns.*this one has 2"),
        ("table", data.table(np.ones((5, 3)), np.ones((5, 1))), "up to 4 rows; this table has 5"),
        ("table", data.table([[1e7, 0, 0]], [[1]]), "up to 1,000,000; the table has 1000000000"),
    ],
)
def test_what_does_not_fit_is_said_in_one_line(lab, name, value, words):
    refuses(lab, name, value, words)


@pytest.mark.parametrize(
    ("X", "T", "words"), [([[1, 2, np.nan]], [[1]], "finite"), ([], [], "empty"), ([[1, 2, "a"]], [[1]], "numbers")]
)
def test_no_table_is_made_of_what_is_no_number(X, T, words):
    with pytest.raises(ValueError, match=words):
        ForwardLab(data.table(X, T))


@pytest.mark.parametrize("T", [[[1], [0]], [[1, 0, 0], [0, 0, 1]], [[0.25], [7]]], ids=["classes", "kinds", "numbers"])
def test_a_table_of_fewer_rows_and_other_names(lab, T):
    lab.set(row=4, steps=4)
    lab.table = data.table([[1, 0, 2], [0, 1, 0]], T, ["<i>", "q", "a long name"])
    assert lab.row == 2 and "row 2: (0, 1, 0)" in lab.describe() and "still 2\u00a0×\u00a03" in lab.describe()
    assert "&lt;i&gt;" in lab.stage.live and "<i>" not in lab.stage.live
    lab.picked = (0, 2)
    turner(lab).move(1.5)
    assert lab.table.X[1, 2] == 1.5 and lab.table.features[0] == "<i>" and lab.table.T.tolist() == T
    assert eval(lab.code()).describe() == lab.describe()


def test_large_numbers_do_no_harm(lab):
    lab.set(**{name: 1e6 for name in NUMBERS}, steps=4, picked=(2, 1))
    lab.v2 = -1e6
    assert "nan" not in lab.describe() and "∞" not in lab.describe() and "row 1: (0.5, 0, 0.5)" in lab.describe()
    assert "≈ 0" in lab.describe()


def test_code_makes_the_lab_again():
    lab = ForwardLab(w1=1 / 3, c2=-2.5, v6=0.75, row=3, steps=4, picked=(1, 0, 2))
    again = eval(lab.code())
    assert again.describe() == lab.describe() and again.stage.svg() == lab.stage.svg()
