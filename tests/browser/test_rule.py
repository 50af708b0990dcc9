"""The three models that explain themselves, in real JupyterLab: a point clicked and read, borders, cards, the move."""

import re

import pytest
from pages import TICKS, LabOnPage, focused, running

from annkit import data
from annkit.labs import RuleLab

CELLS = ["from annkit.labs import *", "RuleLab()", "RuleLab(model='made', mix1=20, mix2=40)"]


@pytest.fixture(scope="module", params=["no-preference", "reduce"])
def page(request, server, browser, folder):
    with running(server, browser, folder, f"rule-{request.param}", *CELLS, reduced_motion=request.param) as opened:
        opened.calm = request.param == "reduce"
        yield opened


def at(lab, x, y):
    """Where a place of the plane is on the page."""
    return lab.at(*RuleLab().stage.panels[0].place(x, y)[0].tolist())


def shown(lab, text):
    return lab.root.get_by_text(text, exact=True).is_visible()


def test_a_point_is_clicked_and_each_model_says_why(lab):
    days = data.weather(seed=1)
    row = 5
    x1, x2 = days.X[row].astype(int).tolist()
    same = [k for k in range(100) if (days.X[k] == days.X[row]).all()]
    lab.click(*at(lab, x1, x2))
    assert re.search(rf"because x₁ is {x1}, (not )?above 50\.", lab.text())
    assert any(f"point {k + 1}: " in lab.text() for k in same)
    lab.click(*middle_of_card(lab, 1))
    assert f"The mix: {x1} × 0.5 + {x2} × 0.5 = " in lab.text()
    lab.click(*middle_of_card(lab, 2))
    assert lab.text().count(f": {x1} × 0.5 + {x2} × 0.5 = ") == 2
    assert "Numbers to read: 16." in lab.text() and shown(lab, "numbers to read")
    lab.click(*middle_of_card(lab, 0))
    assert "Numbers to read: 2." in lab.text()


def middle_of_card(lab, k):
    return lab.at(78 + 168 * k, 500)


def test_points_and_knobs_are_reached_and_moved_by_keys(lab, page):
    lab.stage.locator(".annkit-handle").last.focus()
    before = focused(page)
    assert before.startswith("point 1, rain at (3, 84), wrong")
    lab.keys("ArrowRight")
    assert focused(page).startswith("point ") and focused(page) != before, "the focus goes along"
    lab.keys("Enter")
    assert "is wrong" in lab.text()
    lab.handle("cut").focus()
    lab.keys("ArrowLeft", "ArrowLeft", "ArrowRight")
    assert focused(page) == "the border, cut = 49"
    lab.keys("Control+z")
    assert "above 48." in lab.text() or "not above 48." in lab.text()


def test_borders_are_dragged(lab):
    lab.drag(lab.middle("cut"), at(lab, 29, 40))
    assert lab.slider("cut-off").input_value() == "29"
    lab.root.get_by_role("combobox").nth(1).select_option("x₂ is above")
    assert "70 of 100 to learn from" in lab.text()
    lab.click(*middle_of_card(lab, 2))
    lab.drag(lab.middle("mix1"), at(lab, 100, 25))
    lab.drag(lab.middle("mix2"), at(lab, 100, 34))
    assert "100 of 100 to learn from, 100 of 100 held out" in lab.text()
    assert lab.root.locator(".annkit-card > .annkit-is-done").count() == 1
    lab.press("Undo")
    assert "100 of 100" not in lab.text()


def test_only_the_sliders_of_the_model_are_there(lab):
    for k, names in enumerate((["cut-off"], ["mix", "cut-off"], ["mix 1", "mix 2", "move"])):
        lab.click(*middle_of_card(lab, k))
        assert [each.get_attribute("aria-label") for each in lab.root.get_by_role("slider").all()] == names


def test_play_moves_the_points_and_at_once_where_no_motion_is_wanted(page):
    lab = LabOnPage(page, 1)
    before = page.evaluate(TICKS)
    lab.press("Play")
    moved = lab.slider("move")
    page.wait_for_function("e => e.value === '1'", arg=moved.element_handle())
    pictures = page.evaluate(TICKS) - before
    assert pictures <= 4 if page.calm else pictures >= 32
    lab.says("Here each made variable is a straight cut.")
    assert lab.stage.get_by_text("mix 1", exact=True).count() == 1
    lab.slider("mix 1").focus()
    lab.keys("ArrowRight")
    assert lab.slider("mix 1").input_value() == "25"
    assert "Here each made variable is a straight cut." in lab.text(), "points slide where they are"
