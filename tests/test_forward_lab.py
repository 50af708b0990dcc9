"""Every control of the forward lab, driven in Python: sliders, steps, picking, tables that fit and that don't."""

import re

import numpy as np
import pytest
from hands import click, press, refuses

from annkit import Network, data, sigmoid, softmax
from annkit.labs import ForwardLab
from annkit.labs.forward import HIDDEN, OUTPUT, WEIGHTS

W = np.array([[1, -1], [-0.5, 0.5], [-1, 1]])
SUMS = data.lecture().X @ W + [0, -1]


@pytest.fixture
def lab():
    made = ForwardLab()
    yield made
    assert not made.error
    made.close()


def test_the_four_steps_are_those_of_the_formulas(lab):
    net = lab.network()
    assert (net.sizes, net.activation, net.output) == ((3, 2, 2), "sigmoid", "softmax")
    assert np.array_equal(net.weights[0], W) and np.array_equal(net.biases[0], [0, -1])
    outputs = softmax(sigmoid(SUMS) @ [[2, -2], [-1, 1]] + [-0.5, 0.5])
    assert np.abs(net.predict(lab.table.X) - outputs).max() < 1e-15
    lab.steps = 4
    decided = ", ".join(f"{row} → {'o₁ o₂'.split()[unit]}" for row, unit in enumerate(outputs.argmax(axis=1), start=1))
    assert lab.describe().endswith(f"The larger output decides the class of each row: {decided}.")


def test_step_by_step_the_numbers_come_into_place(lab):
    lab.steps = 0
    assert lab.describe().splitlines() == [
        "h₁ is not computed yet.", "Nothing is computed yet: press Next step.", "Row 1: x = (4, 3, 2)",
    ]  # fmt: skip
    assert lab.stage.live.count(">·<") == 4 + 8
    lab.step()
    assert lab.describe().splitlines() == [
        "h₁: 4 × 1 + 3 × (−0.5) + 2 × (−1) = 0.5",
        "Step 1 of 4, inputs times weights: Z = X W + b. 4 × 3 times 3 × 2 gives 4 × 2.",
        "Row 1: x = (4, 3, 2) → z = (0.5, −1.5)",
    ]
    lab.step()
    assert lab.describe().splitlines()[0].endswith("= 0.5, sigmoid(0.5) = 0.6225")
    assert "h₁, z = 0.5" in lab.stage.live and ">0.622<" in lab.stage.live
    lab.step()
    assert lab.picked == (2, 0)
    assert lab.describe().startswith("o₁: 0.6225 × 2 + 0.1824 × (−1) − 0.5 = 0.5625\nStep 3 of 4")
    lab.step()
    assert "e^0.5625 / (e^0.5625 + e^(−0.5625)) = 0.7549" in lab.describe()
    before = lab.describe()
    lab.step()
    assert lab.describe() == before and lab.steps == 4


def test_every_slider_at_both_ends_and_at_zero_agrees_with_a_network(lab):
    lab.steps = 4
    assert set(lab._sliders) == {*WEIGHTS, "row"}
    for name in WEIGHTS:
        slider = lab._sliders[name]
        for value in (slider.low, slider.high, 0.0):
            slider.move(value)
            assert getattr(lab, name) == value
            net = Network([3, 2, 2], output="softmax", init=0)
            for layer, rows in enumerate((HIDDEN, OUTPUT)):
                net.weights[layer] = [[getattr(lab, trait) for trait in row] for row in rows[:-1]]
                net.biases[layer] = [getattr(lab, trait) for trait in rows[-1]]
            assert np.array_equal(lab.network().parameters, net.parameters)
        lab._sliders[name].move(1)
    lab.reset()
    assert lab.describe() == ForwardLab().describe()


def test_every_row_and_every_step_by_hand(lab):
    for row in (1, 2, 3, 4):
        lab._sliders["row"].move(row)
        assert (
            lab.row == row and f"Row {row}: x = ({', '.join(f'{x:g}' for x in lab.table.X[row - 1])})" in lab.describe()
        )
    buttons = {button.description: button for button in lab.children[0].children[0].children[1].children[1:]}
    buttons["Start over"].click()
    assert lab.steps == 0
    for steps in (1, 2, 3, 4, 4):
        buttons["Next step"].click()
        assert lab.steps == steps
    buttons["Reset"].click()
    assert (lab.steps, lab.row) == (1, 1)


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
    assert len(said) == 7 + 10
    assert {
        "b of row 1 is 3.",
        "w₃ brings 3 × (−0.5) = −1.5 from b to h₁.",
        "v₂ brings 0.6225 × (−2) = −1.2449 from h₁ to o₂.",
    } <= said
    lab.steps = 1
    lab.picked = (1, 0, 1)
    assert lab.describe().startswith("v₂ = −2 leads from h₁ to o₂; h₁ is not computed yet.")


@pytest.mark.parametrize("steps", range(5))
def test_clicks_in_the_matrices_pick_rows_and_units(lab, steps):
    lab.steps = steps
    layer = 1 if steps < 3 else 2
    *__, result = lab._equation.matrices
    for row in range(4):
        for unit in range(2):
            click(lab, *result.middle(row, unit))
            assert (lab.row, lab.picked) == (row + 1, (layer, unit))
            *__, result = lab._equation.matrices
    click(lab, *lab._equation.matrices[0].middle(1, 0))
    assert lab.row == 2
    if steps in (0, 1, 3):
        click(lab, *lab._equation.matrices[1].middle(1, 0))
        assert (lab.row, lab.picked) == (2, (layer, 0))
        click(lab, *lab._equation.matrices[2].middle(0, 1))
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
    assert len(re.findall("annkit-nl", lab.stage.live)) == 4 + 1  # four nodes, and the cell of the result


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("row", 5, "row should be a whole number from 1 to 4, not 5"),
        ("row", 0, "row should be a whole number from 1 to 4, not 0"),
        ("steps", 5, "steps should be a whole number from 0 to 4, not 5"),
        ("steps", 1.5, "steps should be a whole number, not 1.5"),
        ("picked", (3, 0), "picked should be a node"),
        ("picked", "h1", "picked should be a node"),
        ("table", [[1, 2, 3]], "table should be a table, such as data.table"),
        ("table", data.four_points(), "a table of 3 columns.*this one has 2"),
        ("table", data.table(np.ones((5, 3)), np.ones((5, 1))), "up to 4 rows; this table has 5"),
        ("table", data.table(np.eye(3), np.eye(3)), "up to 2 classes; this table has 3"),
        ("table", data.table([[1e7, 0, 0]], [[1]]), "up to 1,000,000; the table has 1e"),
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


def test_a_table_of_fewer_rows_and_other_names(lab):
    lab.row = 4
    lab.table = data.table([[1, 0, 2], [0, 1, 0]], [[1], [0]], ["<i>", "q", "r"])
    assert lab.row == 2 and "Row 2: x = (0, 1, 0)" in lab.describe() and "gives 2 × 2." in lab.describe()
    assert "&lt;i&gt;" in lab.stage.live and "<i>" not in lab.stage.live
    lab.table = data.lecture()


def test_large_numbers_do_no_harm(lab):
    lab.set(**{name: 1e6 for name in WEIGHTS}, steps=4)
    lab.v2 = -1e6
    assert "nan" not in lab.describe() and "p = (1, 0)" in lab.describe()


def test_code_makes_the_lab_again():
    lab = ForwardLab(w1=1 / 3, c2=-2.5, row=3, steps=4, picked=(1, 0, 1))
    again = eval(lab.code())
    assert again.describe() == lab.describe() and again.stage.svg() == lab.stage.svg()
