"""The convolution lab in real JupyterLab: frame and picture dragged, a drawing, the board, the hidden kernel."""

import pytest
from pages import focused, running

from annkit.labs.convolution.places import LARGE

CELLS = ["from annkit.labs import *\nConvolutionLab(kernel=[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])"]


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(server, browser, folder, "convolution", *CELLS) as opened:
        yield opened


def pixel(lab):
    """How wide a pixel of the sheet of 12 × 12 is on the page."""
    side = LARGE[0][2]
    return (lab.at(side, 0)[0] - lab.at(0, 0)[0]) / 12


def test_the_frame_and_the_picture_are_dragged_and_moved_by_keys(lab, page):
    x, y = lab.middle("frame")
    one = pixel(lab)
    lab.drag((x, y), (x + 2 * one, y - one))
    assert "Row 4, column 7 of the map" in lab.text()
    lab.keys("ArrowDown", "ArrowRight")
    assert "Row 5, column 8 of the map" in lab.text()
    x, y = lab.middle("digit")
    lab.drag((x - 3 * one, y + 3 * one), (x - 2 * one, y + one))
    assert "Moved by (1, −2), right and down: what comes out is the same, moved by (1, −2)." in lab.text()
    lab.keys("ArrowDown")
    assert focused(page) == "the picture, moved by 1 to the right and −1 down"
    lab.press("Undo")
    assert "Moved by (1, −2)" in lab.text()


def test_a_click_in_the_map_and_arrows_there(lab):
    left, top, side = LARGE[2]
    lab.click(*lab.at(left + 0.75 * side, top + 0.55 * side))
    assert "Row 6, column 8 of the map" in lab.text()
    lab.handle("cell").focus()
    lab.keys("ArrowUp", "ArrowLeft")
    assert "Row 5, column 7 of the map" in lab.text()


def test_a_digit_is_drawn_and_moved(lab, page):
    lab.press("Draw your own")
    box = lab.stage.locator(".annkit-pad").bounding_box()
    places = [(box["x"] + a * box["width"], box["y"] + b * box["height"]) for a, b in ((0.5, 0.1), (0.5, 0.9))]
    lab.drag(*places, steps=8)
    assert "Row 5, column 4" not in lab.text()
    drawn = lab.text()
    lab.press("Move it")
    x, y = lab.middle("digit")
    lab.drag((x - 3 * pixel(lab), y), (x - 2 * pixel(lab), y))
    assert "what comes out is the same, moved by (1, 0)." in lab.text()
    lab.press("Undo", "Draw on it")
    assert lab.text() == drawn


def test_a_weight_is_turned_by_keys_and_typed(lab):
    lab.slider("upper middle").focus()
    lab.keys("ArrowRight", "ArrowRight")
    assert "0.9375 × 0.5" in lab.text()
    field = lab.root.get_by_role("textbox", name="middle, the number", exact=True)
    field.fill("−1,5")
    lab.keys("Enter")
    assert "1 × (−1.5)" in lab.text() and lab.slider("middle").input_value() == "-1.5"


def test_a_hidden_kernel_is_found_by_hand_and_by_descent(lab):
    lab.press("Hide a kernel")
    assert not lab.root.locator(".annkit-is-done").count()
    for name, value in (("middle", "0"), ("middle left", "1")):
        lab.root.get_by_role("textbox", name=f"{name}, the number", exact=True).fill(value)
        lab.keys("Enter")
    assert "Found: this is kernel 1" in lab.text() and lab.root.locator(".annkit-is-done").count() == 1
    lab.press("Hide a kernel", "Play")
    lab.says("Found: this is kernel 2")
    lab.press("Undo")
    assert "Found" not in lab.text()
    lab.press("End it")
    assert not lab.button("Play").is_visible()
