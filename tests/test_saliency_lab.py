"""Every control of the saliency lab, driven in Python: pictures, the pad, pixels filled, the other digit."""

import numpy as np
import pytest
from hands import button, click, kept, press, refuses
from networks import by_nudging

from annkit import Network, data, ink
from annkit.labs import SaliencyLab
from annkit.labs.base.pad import PAD
from annkit.labs.saliency.picture import BARS, MAP
from annkit.labs.saliency.state import number_of, pixel_of

THREE = 4
"""The first picture of a 3."""


made, lab = kept(lambda: SaliencyLab(row=THREE, against=8))


def answer(lab):
    return int(lab.net.classify(lab.shown[None])[0])


def test_without_arguments_its_network_reads_digits():
    lab = SaliencyLab()
    assert (lab.answers == lab.table.labels).mean() > 0.95
    assert lab.sides.answer == lab.digit == 0 and lab.sides.rival != 0


def test_slopes_are_those_of_the_lead_by_nudging(lab):
    for row, against in ((THREE, "8"), (1, "runner-up"), (7, "2")):
        lab.set(row=row, against=against)
        slopes = by_nudging(lambda x: lab.sides.lead(lab.net, x[None])[0], lab.shown)
        np.testing.assert_allclose(lab.now.slopes, slopes, atol=1e-6)
        y = lab.net.forward(lab.shown[None]).z[-1][0]
        assert lab.now.lead == pytest.approx(y[lab.sides.answer] - y[lab.sides.rival])


def test_colours_are_the_slopes_and_squares_are_the_ink(lab):
    *__, heat = np.split(np.frombuffer(lab.stage.pixels, "u1"), [64])
    slopes = lab.now.slopes / np.abs(lab.now.slopes).max()
    assert np.abs(heat / 127.5 - 1 - 0.75 * slopes).max() < 0.01
    assert lab.stage.live.split("/>")[0].count("M") == (lab.shown > 0).sum()


def test_the_least_ink_is_the_best_pixel_after_pixel_and_turns_it(lab):
    x, two = lab.original, lab.sides
    for k in lab.least.pixels:
        leads = [two.lead(lab.net, np.maximum(x, np.eye(64)[j])[None])[0] for j in range(64)]
        assert k == int(np.argmin(leads))
        x = np.maximum(x, np.eye(64)[k])
    assert lab.net.classify(x[None])[0] == lab.least.answer != 3
    assert answer(lab) == 3
    button(lab, "Fill the rings").click()
    assert answer(lab) == lab.least.answer and "Its mind has changed: from 3 to" in lab.describe()
    assert any(piece.get("done") for piece in lab.stage.said)
    assert lab.sides.answer == 3, "what is asked stays"
    button(lab, "Clear").click()
    assert answer(lab) == 3 and "Its mind" not in lab.describe()


def test_ink_in_the_rings_does_what_the_lab_says(lab):
    for k in lab.least.pixels:
        row, column = pixel_of(k)
        x, y = 4 * column - 2, 4 * row - 2
        lab.write([(x - 1, y - 1), (x + 1, y - 1), (x + 1, y + 1), (x - 1, y + 1)])
    assert (lab.shown[list(lab.least.pixels)] == 1).all()
    assert answer(lab) != 3 and lab.stage.live.count("a13,13") == 8 * len(lab.least.pixels)


def test_where_no_ink_helps_that_is_said():
    net = Network([64, 1, 10], output="softmax", init=0)
    lab = SaliencyLab(net)
    assert "(0.100)" in lab.describe() and lab.least.answer == lab.sides.answer == 0
    net.biases[1][:] = [9, *[0] * 9]
    lab.net = net
    assert "even with" in lab.describe()
    lab.set(table=data.table(np.ones((2, 64)), np.eye(10)[:2], kinds="0123456789"))
    assert "There is no pixel whose ink would help" in lab.describe() and "is full of ink" in lab.describe()
    assert not lab.error


def test_a_pixel_says_what_its_slope_says_and_what_is_true(lab):
    lab.pixel = (3, 3)
    k, x = number_of((3, 3)), lab.shown.copy()
    slope, missing = lab.now.slopes[k], 1 - x[k]
    x[k] = 1
    true = lab.sides.lead(lab.net, x[None])[0] - lab.now.lead
    words = f"row 3, column 3 has ink {1 - missing:.2f} and slope {slope:.2f}.".replace("-", "−")
    assert words in lab.describe()
    assert f"by {slope * missing:.2f}, says the slope; in truth by {true:.2f}.".replace("-", "−") in lab.describe()


def test_pixels_by_click_and_by_keys(lab):
    click(lab, *MAP.spot(1, 1))
    assert lab.pixel == (1, 1)
    click(lab, *MAP.spot(8.4, 8.4))
    assert lab.pixel == (8, 8)
    press(lab, "pixel", "ArrowDown")
    press(lab, "pixel", "ArrowRight")
    assert lab.pixel == (8, 8)
    press(lab, "pixel", "ArrowUp")
    press(lab, "pixel", "ArrowLeft")
    assert lab.pixel == (7, 7) and lab.untouched
    press(lab, "pixel", "Enter")
    assert lab.filled == ((7, 7),) and lab.shown[number_of((7, 7))] == 1
    press(lab, "pixel", " ")
    assert lab.filled == ()
    lab.undo()
    assert lab.filled == ((7, 7),)


def test_the_other_digit_by_list_and_by_click(lab):
    lab._choosers["against"].value = "5"
    assert lab.sides == (3, 5)
    click(lab, BARS.x + 10, BARS.spot(0, 9)[1])
    assert lab.against == "9" and lab.sides == (3, 9)
    lab.against = 3
    assert lab.sides.rival == np.argsort(lab.net.predict(lab.original[None])[0])[-2], "not against itself"
    click(lab, MAP.x - 10, 100)
    click(lab, BARS.x, 5)
    assert lab.against == "3"


def test_a_drawing_of_your_own(lab):
    button(lab, "Draw your own").click()
    assert lab.own and "The pad is empty" in lab.describe()
    lab.write([(10, 9), (14, 5), (20, 6), (22, 11), (16, 14), (23, 20), (20, 27), (9, 27)])
    assert "In your drawing the network sees 3 (" in lab.describe()
    assert np.array_equal(lab.shown, ink.seen(lab.bitmap).ravel()) and lab.sides.answer == 3
    button(lab, "Fill the rings").click()
    assert answer(lab) == lab.least.answer and lab.filled
    lab.undo()
    assert not lab.filled and lab.ink
    button(lab, f"Back to picture {THREE}").click()
    assert not lab.own and not lab.ink


def test_another_picture_takes_away_what_was_filled(lab):
    lab.fill_least()
    lab._sliders["row"].move(9)
    assert lab.row == 9 and lab.filled == ()
    lab.set(row=10, filled=[(1, 1)])
    assert lab.filled == ((1, 1),)
    button(lab, "Next wrong").click()
    assert lab.filled == () and answer(lab) != lab.digit


def test_keys_draw_on_the_pad(lab):
    press(lab, PAD, "Enter")
    press(lab, PAD, "ArrowRight")
    assert lab.ink and lab.pen == (18, 16, True)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("against", 10, "against should be one of"),
        ("against", "eight", "against should be one of"),
        ("pixel", (0, 1), "pixel should be a whole number from 1 to 8, not 0"),
        ("pixel", 3, r"pixel should be a pixel \(row, column\)"),
        ("filled", (1, 2), r"filled should be a pixel"),
        ("filled", 3, "filled should be a list of pixels"),
        ("net", Network([64, 65, 10]), "up to 64 units"),
        ("table", data.iris(), "a table of 64 columns"),
    ],
)
def test_what_makes_no_sense_is_refused(lab, name, value, words):
    refuses(lab, name, value, words)


def test_code_makes_it_again(lab):
    lab.set(row=12, against=7, pixel=(2, 5), filled=[(2, 5), (1, 1), (2, 5)])
    lab.write([(3, 3), (20, 9)])
    assert "filled=((1, 1), (2, 5))" in lab.code()
    again = eval(lab.code())
    assert again.describe() == lab.describe() and again.stage.svg() == lab.stage.svg()
