"""Every control of the digits lab, driven in Python, with an untrained and a trained network."""

import numpy as np
import pytest
from hands import click, press, refuses

from annkit import Network, data, train
from annkit.labs import DigitsLab


@pytest.fixture(scope="module")
def trained():
    table = data.digits().shuffled(0)
    net = Network([64, 8, 10], activation="relu", output="softmax", seed=0)
    train(net, table.X, table.T, loss="cross_entropy", learning_rate=0.3, epochs=10, batch_size=30)
    return net


@pytest.fixture
def lab(trained):
    made = DigitsLab(trained)
    yield made
    assert not made.error
    made.close()


def test_without_arguments_it_shows_an_untrained_network():
    lab = DigitsLab()
    net = Network([64, 8, 10], activation="relu", output="softmax", seed=0)
    assert np.array_equal(lab.net.parameters, net.parameters)
    assert np.array_equal(lab.answers, net.classify(data.digits().X))


def test_it_says_what_the_network_says(lab, trained):
    right = trained.classify(lab.table.X) == lab.table.labels
    assert 1600 < right.sum() < 1797
    for row in (1, 700, 1797):
        lab._sliders["row"].move(row)
        outputs = trained.predict(lab.table.X[row - 1 : row])[0]
        digit = int(outputs.argmax())
        first, __, last = lab.describe().splitlines()
        verdict = "right" if right[row - 1] else "wrong"
        label, share = lab.table.labels[row - 1], f"{outputs[digit]:.3f}".replace("1.000", "> 0.999")
        assert first == f"Picture {row} shows the digit {label}; the largest output is {digit} ({share}): {verdict}."
        assert last == f"{right.sum()} of all 1797 pictures are right."


def test_the_next_wrong_picture_again_and_again(lab, trained):
    wrong = np.flatnonzero(trained.classify(lab.table.X) != lab.table.labels) + 1
    button = lab.children[0].children[0].children[0].children[1]
    for row in [*wrong, wrong[0]]:
        button.click()
        assert lab.row == row and "wrong." in lab.describe().splitlines()[0]


def test_all_right_is_an_error_line_and_no_move(trained):
    digits = data.digits()
    right = trained.classify(digits.X[:50]) == digits.labels[:50]
    lab = DigitsLab(trained, data.table(digits.X[:50][right], digits.T[:50][right], kinds="0123456789"))
    lab.children[0].children[0].children[0].children[1].click()
    assert lab.error == f"All {right.sum()} pictures are right." and lab.row == 1
    with pytest.raises(ValueError, match="All"):
        lab.next_wrong()


def test_the_picture_and_the_weights_of_a_hidden_unit_are_heat_maps(lab):
    lab.row = 7
    for unit in range(8):
        lab.picked = (0, unit)
        first, second = np.frombuffer(lab.stage.pixels, "u1").reshape(2, 8, 8) / 127.5 - 1
        assert np.abs(first - lab.table.X[6].reshape(8, 8)).max() < 0.01
        weights = lab.net.weights[0][:, unit].reshape(8, 8)
        assert np.abs(second - weights / np.abs(weights).max()).max() < 0.01
    lab.picked = (1, 3)
    assert len(lab.stage.boxes) == 1 and "pick a hidden unit" in lab.stage.live


def test_the_arithmetic_of_a_unit_an_output_and_an_edge(trained):
    net = Network([64, 2, 10], activation="relu", output="softmax", init=0)
    net.biases[0], net.weights[1][1, 3] = [-1, 0.5], 2
    lab = DigitsLab(net, picked=(0, 1))
    assert "Hidden unit 2: 64 products and the bias 0.5 sum to 0.5; relu(0.5) = 0.5." in lab.describe()
    lab.picked = (0, 1, 3)
    assert "From hidden unit 2 to output 3: 0.5 × 2 = 1." in lab.describe()
    lab.picked = (1, 3)
    share = np.e / (np.e + 9)
    assert f"Output 3: 2 products and the bias 0 sum to 1; softmax makes {share:.3f} of it." in lab.describe()


def test_nodes_and_edges_by_click_and_by_keys(lab):
    for picked in [*lab.diagram.nodes, (0, 3, 4)]:
        lab.picked = (0, 0)
        x, y = lab.diagram.places[picked[0]][picked[1]]
        if len(picked) == 3:
            end = lab.diagram.places[1][picked[2]]
            x, y = 0.9 * x + 0.1 * end[0], 0.9 * y + 0.1 * end[1]
        click(lab, x, y)
        assert lab.picked == picked
    for key, picked in (("ArrowRight", (1, 4)), ("ArrowDown", (1, 5)), ("ArrowLeft", (0, 0, 5))):
        press(lab, lab.stage.handles[0]["id"], key)
        assert lab.picked == picked


def test_it_keeps_a_copy_of_the_network(trained):
    net = Network([64, 8, 10], parameters=trained.parameters, activation="relu", output="softmax")
    lab = DigitsLab(net)
    before = lab.describe()
    net.parameters = 0 * net.parameters
    assert lab.describe() == before
    lab.net = net
    assert lab.describe() != before


def test_another_network_of_another_size(lab):
    lab.picked = (0, 7)
    lab.net = Network([64, 3, 10], output="softmax", seed=1)
    assert lab.picked == (0, 0) and len(lab.stage.lines) == 30
    lab.picked = (0, 2, 9)
    lab.reset()
    assert lab.picked == (0, 0) and len(lab.stage.lines) == 80


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("net", Network([64, 11, 10]), r"up to 10 units and 10 outputs; this one has the sizes \[64, 11, 10\]"),
        ("net", Network([3, 2, 10]), "a network of 64 inputs"),
        ("net", Network([64, 10]), "one hidden layer"),
        ("net", "net", "net should be a Network, not 'net'"),
        ("table", data.iris(), "a table of 64 columns.*this one has 4"),
        ("table", data.digits().X, "table should be a table"),
        ("table", data.table(np.zeros((11, 64)), np.eye(11)), "up to 10 classes; this table has 11"),
        ("row", 1798, "row should be a whole number from 1 to 1797, not 1798"),
        ("picked", (2, 0), "picked should be a node"),
    ],
)
def test_what_does_not_fit_is_said_in_one_line(lab, name, value, words):
    refuses(lab, name, value, words)


def test_code_makes_the_lab_again(trained):
    lab = DigitsLab(trained, data.digits().shuffled(3), row=9, picked=(0, 1, 2))
    again = eval(lab.code())
    assert again.describe() == lab.describe() and again.stage.svg() == lab.stage.svg()


def test_a_table_of_fewer_kinds_still_has_ten_outputs():
    lab = DigitsLab(table=data.table(np.zeros((3, 64)), [[1], [0], [1]]))
    assert ">9<" in lab.stage.svg() and lab.describe().startswith("Picture 1 shows the digit 1;")
