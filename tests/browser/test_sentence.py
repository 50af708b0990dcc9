"""The attention lab in real JupyterLab: the arrow and the words by mouse, finger and keys."""

import pytest
from pages import LabOnPage, focused, line, running

from annkit.labs import AttentionLab

CELLS = ["from annkit.labs import AttentionLab", "AttentionLab()"]


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(server, browser, folder, "attention", *CELLS, has_touch=True) as opened:
        yield opened


@pytest.fixture(autouse=True)
def start(page):
    yield
    LabOnPage(page).press("Reset")


def test_the_arrow_is_dragged_to_the_milk(lab):
    milk = AttentionLab().stage.panels[2].spot(0, 2)
    lab.drag(lab.middle("q"), lab.at(*milk))
    assert "“it” looks most at “milk”: 0.76." in lab.text()
    assert lab.slider("q₂").input_value() == "2"


def test_a_word_that_is_clicked_looks_and_one_that_is_dragged_goes_to_another_place(lab):
    lab.click(*lab.middle("w6"))
    assert "“sour” looks most at “milk”: 0.75." in lab.text()
    first, second, last = (lab.middle(word) for word in ("w1", "w2", "w6"))
    lab.drag(first, last)
    assert "“sour” looks most at “milk”: 0.75." in lab.text(), "the one that is dragged is not the one that looks"
    assert lab.middle("w1")[0] == pytest.approx(last[0], abs=3)
    assert lab.middle("w2")[0] == pytest.approx(first[0], abs=3)
    assert lab.middle("w3")[0] == pytest.approx(second[0], abs=3)


def test_a_finger_moves_what_a_word_offers(lab, finger):
    x, y = lab.middle("k2")
    finger((x, y), *line((x, y), (x, y + 60), steps=6))
    assert lab.text() and lab.middle("k2")[1] == pytest.approx(y + 60, abs=8)


def test_by_keys_alone(lab, page):
    lab.handle("w1").focus()
    lab.keys("Enter")
    assert "“cat” looks most" in lab.text()
    lab.keys("ArrowRight")
    assert focused(page).startswith("cat, at place 2")
    lab.handle("q").focus()
    lab.keys("ArrowUp")
    assert lab.slider("q₂").input_value() == "-1.25"
    lab.keys("Control+z")
    assert lab.slider("q₂").input_value() == "-1.5"
