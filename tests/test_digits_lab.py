"""Every control of the digits lab, driven in Python: pictures, the pad, what is picked, networks trained or not."""

import re

import numpy as np
import pytest
import traitlets
from hands import button, click, hear, press, refuses

from annkit import Network, data, ink, train
from annkit.labs import DigitsLab
from annkit.labs.base.pad import PAD


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


def stroke(lab, places, first=True, last=True):
    """What a hand draws, through places of the pad."""
    points = np.round(lab.pad.place(*np.transpose(places)), 1).tolist()
    hear(lab, event="stroke", id=PAD, points=points, first=first, last=last, n=lab.stage.moved + 1)


def pixels(lab):
    """The heat maps of the picture by their place, as numbers of 0 to 255."""
    found, start, bytes_ = {}, 0, np.frombuffer(lab.stage.pixels, "u1")
    for x, y, __, __, rows, columns, palette in lab.stage.boxes:
        found[x, y, palette] = bytes_[start : start + rows * columns].reshape(rows, columns)
        start += rows * columns
    assert start == len(bytes_)
    return found


SEVEN = [(9, 5), (23, 5), (13, 27)]


# Pictures.


def test_without_arguments_it_shows_an_untrained_network():
    lab = DigitsLab()
    net = Network([64, 8, 10], activation="sigmoid", output="softmax", seed=0)
    assert np.array_equal(lab.net.parameters, net.parameters)
    assert np.array_equal(lab.answers, net.classify(data.digits().X))


def test_it_says_what_the_network_says(lab, trained):
    right = trained.classify(lab.table.X) == lab.table.labels
    assert 1600 < right.sum() < 1797
    for row in (1, 700, 1797):
        lab._sliders["row"].move(row)
        outputs = trained.predict(lab.table.X[row - 1 : row])[0]
        digit = int(outputs.argmax())
        first, __, count, __ = lab.describe().splitlines()
        verdict = "right" if right[row - 1] else "wrong"
        label, share = lab.table.labels[row - 1], f"{outputs[digit]:.3f}".replace("1.000", "> 0.999")
        assert first == f"Picture {row} shows {label}; the largest output is {digit} ({share}): {verdict}."
        assert count == f"{right.sum()} of 1797 right."


def test_the_next_wrong_picture_again_and_again(lab, trained):
    wrong = np.flatnonzero(trained.classify(lab.table.X) != lab.table.labels) + 1
    for row in [*wrong, wrong[0]]:
        button(lab, "Next wrong").click()
        assert lab.row == row and "wrong." in lab.describe().splitlines()[0]


def test_all_right_is_an_error_line_and_no_move_and_the_card_is_done(trained):
    digits = data.digits()
    right = trained.classify(digits.X[:50]) == digits.labels[:50]
    lab = DigitsLab(trained, data.table(digits.X[:50][right], digits.T[:50][right], kinds="0123456789"))
    assert any(piece.get("done") for piece in lab.stage.said)
    button(lab, "Next wrong").click()
    assert lab.error == f"All {right.sum()} pictures are right." and lab.row == 1
    with pytest.raises(ValueError, match="All"):
        lab.next_wrong()


def test_wrong_pictures_are_named_where_they_are_few(trained):
    digits = data.digits()
    wrong = np.flatnonzero(trained.classify(digits.X[:300]) != digits.labels[:300]) + 1
    assert 0 < len(wrong) <= 20
    lab = DigitsLab(trained, data.table(digits.X[:300], digits.T[:300], kinds="0123456789"))
    assert f"{300 - len(wrong)} of 300 right. Wrong: {', '.join(map(str, wrong))}." in lab.describe()


def test_the_pad_the_picture_that_is_seen_and_the_weights_of_a_unit_are_heat_maps(lab):
    lab.row = 7
    picture = np.round(255 * lab.table.X[6].reshape(8, 8))
    for unit in range(8):
        lab.picked = (0, unit)
        seen, weights, pad = pixels(lab).values()
        assert (seen == picture).all() and (pad == picture).all()
        wanted = lab.net.weights[0][:, unit].reshape(8, 8)
        assert np.abs(weights / 127.5 - 1 - wanted / np.abs(wanted).max()).max() < 0.01
        assert f"weights of unit {unit + 1}" in lab.stage.live


def test_for_an_output_the_weights_are_those_of_the_product(lab):
    lab.picked = (1, 3)
    __, weights, __ = pixels(lab).values()
    wanted = (lab.net.weights[0] @ lab.net.weights[1])[:, 3].reshape(8, 8)
    assert np.abs(weights / 127.5 - 1 - wanted / np.abs(wanted).max()).max() < 0.01
    assert "W V, to output 3" in lab.stage.live
    lab.picked = (0, 2, 3)
    assert "weights of unit 3" in lab.stage.live


# What is picked.


def lit(lab):
    emphasis = np.frombuffer(lab.stage.strengths, np.int8).reshape(-1, 2)[:, 1]
    return {edge for edge, how in zip(lab.diagram.edges, emphasis, strict=True) if how == 2}


def test_a_hidden_unit_lights_what_it_says_and_an_output_what_it_hears(lab):
    lab.picked = (0, 5)
    assert lit(lab) == {(0, 5, digit) for digit in range(10)}
    lab.picked = (1, 7)
    assert lit(lab) == {(0, unit, 7) for unit in range(8)}
    lab.picked = (0, 2, 4)
    assert lit(lab) == {(0, 2, 4)}


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


@pytest.mark.parametrize(
    ("bias", "weight", "unit", "edge"),
    [
        (8, 2, "sum to 8; sigmoid(8) ≈ 1.", "1 × 2 = 2."),
        (-6.5, -1.5, "sum to −6.5; sigmoid(−6.5) ≈ 0.", "0.0015 × (−1.5) ≈ 0."),
        (0, 2, "sum to 0; sigmoid(0) = 0.5.", "0.5 × 2 = 1."),
        (-5.25, 1, "sum to −5.25; sigmoid(−5.25) = 0.01.", "0.01 × 1 = 0.01."),
    ],
)
def test_what_is_nearly_0_or_1_is_not_said_to_be_that(bias, weight, unit, edge):
    net = Network([64, 1, 10], activation="sigmoid", output="softmax", init=0)
    net.biases[0], net.weights[1][0, 3] = [bias], weight
    lab = DigitsLab(net)
    assert unit in lab.describe()
    assert ("≈0" in lab.stage.live) == ("≈ 0" in unit), "beside its node as well"
    lab.picked = (0, 0, 3)
    assert edge in lab.describe()


def test_weights_too_large_to_be_multiplied_have_colours_all_the_same(lab):
    net = Network([64, 2, 10], activation="sigmoid", output="softmax", seed=0)
    net.parameters *= 1e200
    lab.set(net=net, picked=(1, 3))
    __, weights, __ = pixels(lab).values()
    assert len(np.unique(weights)) > 30


def test_nodes_and_edges_by_click_and_by_keys(lab):
    for picked in [*lab.diagram.nodes, (0, 3, 4)]:
        lab.picked = (0, 0)
        x, y = lab.diagram.places[picked[0]][picked[1]]
        if len(picked) == 3:
            end = lab.diagram.places[1][picked[2]]
            x, y = 0.7 * x + 0.3 * end[0], 0.7 * y + 0.3 * end[1]
        click(lab, x, y)
        assert lab.picked == picked
    for key, picked in (("ArrowRight", (1, 4)), ("ArrowDown", (1, 5)), ("ArrowLeft", (0, 0, 5))):
        press(lab, lab.stage.handles[0]["id"], key)
        assert lab.picked == picked


# The pad.


def test_an_empty_pad_still_gets_an_answer(lab, trained):
    lab.row = 7
    button(lab, "Draw your own").click()
    assert lab.own and not lab.ink and lab.digit is None and not lab.shown.any()
    assert "Ink: 0 of 1024 pixels." in lab.describe()
    share = trained.predict(np.zeros((1, 64))).max()
    assert lab.describe().startswith("The pad is empty, and still the largest output is ")
    assert f"({share:.3f})" in lab.describe() and "right" not in lab.describe() and ">→<" not in lab.stage.live
    button(lab, "Back to picture 7").click()
    assert not lab.own and lab.describe().startswith("Picture 7 shows ")


def test_a_stroke_is_ink_and_what_the_network_sees_is_made_of_it(lab, trained):
    lab.start_drawing()
    stroke(lab, SEVEN)
    x, y = lab.stage.pads[0]["pad"][:2]
    assert lab.stage.pads[0]["id"] == PAD and (x, y) == (lab.pad.x, lab.pad.y)
    drawn = ink.stroke(SEVEN)
    assert np.abs(lab.bitmap ^ drawn).sum() <= 4, "but for the rounding of the places"
    assert np.array_equal(lab.shown, ink.seen(lab.bitmap).ravel())
    shares = trained.predict(lab.shown[None])[0]
    first, second = np.argsort(-shares)[:2]
    assert lab.describe().startswith(f"In your drawing the network sees {first} (")
    assert f", then {second} (" in lab.describe()
    assert (pixels(lab)[lab.pad.x, lab.pad.y, 1] == 255 * lab.bitmap).all()


def test_a_stroke_in_parts_is_one_line_and_is_undone_as_one(lab):
    lab.start_drawing()
    whole = DigitsLab(lab.net, own=True)
    whole.write(SEVEN)
    stroke(lab, SEVEN[:1], last=False)
    assert lab.ink, "ink comes with the first touch"
    stroke(lab, SEVEN[1:2], first=False, last=False)
    stroke(lab, SEVEN[2:], first=False)
    assert np.abs(lab.bitmap ^ whole.bitmap).sum() <= 4
    one = lab.ink
    stroke(lab, [(20, 20)])
    assert lab.ink != one
    lab.undo()
    assert lab.ink == one
    lab.undo()
    assert lab.ink == "" and lab.own
    lab.redo()
    assert lab.ink == one
    lab.clear()
    assert lab.ink == "" and lab.own
    lab.undo()
    assert lab.ink == one


def test_a_new_stroke_does_not_begin_where_the_last_one_ended(lab):
    lab.start_drawing()
    stroke(lab, [(4, 4)], last=False)
    stroke(lab, [(28, 28)])
    assert lab.bitmap.sum() == 2 * ink.stroke([(4, 4)]).sum()
    stroke(lab, [(4, 28)], last=False)
    hear(lab, event="stroke", id=PAD, points=[], first=False, last=True, n=9)
    assert lab.bitmap.sum() == 3 * ink.stroke([(4, 4)]).sum()


def test_ink_on_a_picture_is_added_where_it_is(lab, trained):
    lab.row = 2
    picture = lab.shown.copy()
    stroke(lab, [(16, 3), (16, 29)])
    assert not lab.own and np.array_equal(lab.shown, np.maximum(picture, ink.counted(lab.bitmap).ravel()))
    answer = trained.classify(lab.shown[None])[0]
    assert lab.describe().startswith(
        f"Picture 2 shows 1; with {lab.bitmap.sum()} pixels of ink, the largest output is {answer} ("
    )
    assert len(pixels(lab)) == 4, "the picture and the ink lie on the pad"
    button(lab, "Clear").click()
    assert np.array_equal(lab.shown, picture)
    lab.write([(3, 3)])
    lab._sliders["row"].move(3)
    assert lab.ink == "" and "Picture 3 shows 2; the largest" in lab.describe()
    lab.undo()
    assert lab.row == 2 and lab.ink


def test_another_picture_or_other_data_take_the_place_of_a_drawing(lab):
    for change in (
        lambda: lab._sliders["row"].move(5),
        lab.next_wrong,
        lambda: lab.set(table=data.digits().shuffled(1)),
    ):
        lab.start_drawing()
        lab.write(SEVEN)
        change()
        assert not lab.own and lab.ink == ""
    lab.set(row=9, own=True, ink=ink.to_text(ink.stroke(SEVEN)))
    assert lab.own and lab.ink and lab.row == 9


def test_keys_move_the_pen_and_draw_while_it_is_down(lab):
    lab.start_drawing()
    assert lab.pen is None and "annkit-lit" not in lab.stage.live
    press(lab, PAD, "ArrowLeft")
    press(lab, PAD, "ArrowUp")
    assert lab.pen == (14, 14, False) and lab.ink == "" and "pen up at 14, 14" in lab.stage.pads[0]["label"]
    press(lab, PAD, "Enter")
    assert lab.pen == (14, 14, True) and np.array_equal(lab.bitmap, ink.stroke([(14, 14)]))
    for __ in range(3):
        press(lab, PAD, "ArrowRight")
    assert lab.pen == (20, 14, True) and "pen down at 20, 14" in lab.stage.pads[0]["label"]
    assert np.array_equal(lab.bitmap, ink.stroke([(14, 14), (20, 14)]))
    press(lab, PAD, "Enter")
    press(lab, PAD, "ArrowDown")
    assert lab.pen == (20, 16, False)
    line = lab.ink
    for __ in range(8):
        press(lab, PAD, "ArrowDown")
    press(lab, PAD, " ")
    assert lab.pen == (20, 32, False)
    assert np.array_equal(lab.bitmap, ink.stroke([(14, 14), (20, 14)]) | ink.stroke([(20, 32)]))
    lab.undo()
    assert lab.ink == line, "a dot is undone by itself"
    lab.undo()
    assert lab.ink == "", "and so is all that was drawn while the pen was down"


def test_delete_rubs_out_and_the_pen_stays_on_the_pad(lab):
    lab.start_drawing()
    lab.write([(0, 0), (32, 0)])
    lab.pen = (2, 2, False)
    for __ in range(3):
        press(lab, PAD, "ArrowLeft")
        press(lab, PAD, "ArrowUp")
    assert lab.pen == (0, 0, False)
    before = lab.bitmap.sum()
    press(lab, PAD, "Delete")
    assert not lab.bitmap[:2, :2].any() and 0 < lab.bitmap.sum() < before
    lab.undo()
    assert lab.bitmap.sum() == before
    stroke(lab, [(16, 16)])
    assert lab.pen is None, "a hand needs no pen"


@pytest.mark.parametrize("own", [True, False])
def test_code_of_a_drawing_is_short_and_makes_it_again(own):
    lab = DigitsLab(own=own, row=11, picked=(1, 3), pen=(4, 6, True))
    lab.write(SEVEN)
    lab.write([(12, 15), (20, 15)])
    assert len(lab.code()) < 350
    again = eval(lab.code())
    assert again.describe() == lab.describe() and again.stage.svg() == lab.stage.svg()


def test_ink_alone_makes_no_other_answer_untouched():
    lab = DigitsLab()
    assert lab.untouched
    lab.row = 5
    assert lab.untouched
    lab.write(SEVEN)
    assert not lab.untouched
    lab.reset()
    assert lab.untouched and lab.ink == ""


# Networks and tables.


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
        ("own", 1, "own should be True or False, not 1"),
        ("ink", "hello", "ink should be a text that annkit.ink.to_text writes, not 'hello'"),
        ("ink", None, "ink should be a text"),
        ("pen", (1, 2), "pen should be None or"),
        ("pen", (33, 2, True), "pen should be a whole number from 0 to 32, not 33"),
        ("pen", "x", "pen should be None or"),
    ],
)
def test_what_does_not_fit_is_said_in_one_line(lab, name, value, words):
    if (name, value) == ("ink", None):
        with pytest.raises(traitlets.TraitError, match=words):
            lab.ink = None
        return
    refuses(lab, name, value, words)


@pytest.mark.parametrize("points", [[], [(1, 2, 3)], [(np.nan, 1)], "seven"])
def test_a_stroke_of_no_points_is_refused(lab, points):
    before = lab.code()
    with pytest.raises(ValueError, match="points"):
        lab.write(points)
    assert lab.code() == before


def test_code_makes_the_lab_again(trained):
    lab = DigitsLab(trained, data.digits().shuffled(3), row=9, picked=(0, 1, 2))
    again = eval(lab.code())
    assert again.describe() == lab.describe() and again.stage.svg() == lab.stage.svg()


def test_a_table_of_fewer_kinds_still_has_ten_outputs():
    lab = DigitsLab(table=data.table(np.zeros((3, 64)), [[1], [0], [1]]))
    assert ">9<" in lab.stage.svg() and lab.describe().startswith("Picture 1 shows 1;")


def test_outputs_that_are_no_shares_are_told_as_the_numbers_they_are():
    net = Network([64, 4, 10], output="identity", init=0)
    net.biases[1] = [158.5, -9.51, *[0] * 8]
    lab = DigitsLab(net)
    assert "the largest output is 0 (158.5): right." in lab.describe()
    assert ">158.5</text>" in lab.stage.live and ">−9.51</text>" in lab.stage.live


def test_every_number_of_a_hidden_unit_has_room_beside_its_node():
    net = Network([64, 4, 10], activation="identity", output="softmax", init=0)
    net.biases[0] = [0.002, -0.004, -12345.6, 0]
    lab = DigitsLab(net)
    written = re.search(r'text-anchor="end".*?</g>', lab.stage.live)[0]
    assert re.findall(r">([^<]+)</text>", written) == ["≈0", "≈0", "−1e4", "0"]


def test_a_network_whose_numbers_overflow_is_refused_and_the_old_one_stays(lab, trained):
    net = Network([64, 4, 10], activation="identity", output="softmax", init=0)
    net.parameters[:] = 1e200
    with pytest.raises(ValueError, match="too large"):
        lab.net = net
    assert lab.net == trained
