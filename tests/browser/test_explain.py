"""Chapter 16's labs in real JupyterLab: a row dragged, copies by a click, a picture filled and drawn on by hand."""

import pytest
from pages import LabOnPage, focused, running

from annkit.labs.explain.picture import PANELS
from annkit.labs.saliency.picture import BARS, MAP, PAD

CELLS = ["from annkit.labs import *", "ExplainLab()", "SaliencyLab(row=4, against=8)"]


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(server, browser, folder, "explain", *CELLS) as opened:
        yield opened


@pytest.fixture
def picture(page):
    return LabOnPage(page, 1)


def test_a_dot_is_dragged_along_its_feature_and_by_keys(lab, page):
    to = lab.at(*PANELS[1].spot(0.9, 25))
    lab.drag(lab.middle("x2"), to)
    assert lab.slider("x₂").input_value() == "0.9"
    assert lab.middle("x2")[0] == pytest.approx(to[0], abs=3)
    lab.keys("ArrowLeft", "ArrowLeft")
    assert focused(page).startswith("x₂ = 0.80; slope ")
    lab.keys("Control+z")
    assert focused(page).startswith("x₂ = 0.90; slope ") or focused(page).startswith("x₂ = 0.85; slope ")


def test_a_copy_comes_by_a_click_and_importance_falls_apart(lab):
    panel = PANELS[7]
    lab.press("Show the truth")
    assert lab.root.locator(".annkit-card > .annkit-is-done").count() == 1
    assert not lab.slider("copy 1").is_visible()
    lab.click(*lab.at(panel.x + 60, panel.y + 20))
    assert "Wrong: in truth x₄ matters most" in lab.text() and lab.slider("copy 1").is_visible()
    assert lab.root.locator(".annkit-card > .annkit-is-done").count() == 0
    lab.press("x₄ and copies as one")
    assert "Right: in truth, too, x₄ matters most" in lab.text() and not lab.slider("copy 1").is_visible()
    lab.press("Undo", "Undo")
    assert lab.slider("copies").input_value() == "0"


def test_a_pixel_is_clicked_twice_and_filled(picture, page):
    place = picture.at(*MAP.spot(3, 3))
    picture.click(*place)
    assert "The pixel in row 3, column 3 has ink" in picture.text()
    picture.click(*place)
    assert "row 3, column 3 is full of ink" in picture.text()
    picture.keys("ArrowRight")
    assert focused(page).startswith("pixel in row 3, column 4, ink ")
    picture.press("Fill the rings")
    assert "Its mind has changed: from 3 to 8." in picture.text()
    assert picture.root.locator(".annkit-card > .annkit-is-done").count() == 1


def test_the_other_digit_and_ink_by_hand(picture):
    picture.click(*picture.at(BARS.x + 20, BARS.spot(0, 5)[1]))
    assert "3 leads 5 by" in picture.text() and picture.chooser().input_value() == "5"
    before = picture.text()
    picture.drag(*(picture.at(*PAD.spot(*place)) for place in [(10, 10), (14, 22)]))
    assert picture.text() != before
    picture.press("Clear")
    assert picture.text() == before
