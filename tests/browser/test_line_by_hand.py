"""The perceptron's line in real JupyterLab, taken in the hand: at its knob, and at the tip of its arrow."""

import pytest
import real_jupyterlab as real
from pages import LabOnPage, focused, running

CELLS = ["from annkit.labs import PerceptronLab\nPerceptronLab()", "PerceptronLab(w1=0, w2=0, b=0, learning=True)"]
IDS = "handles => handles.map((handle) => handle.dataset.id)"


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(server, browser, folder, "line_by_hand", *CELLS) as opened:
        yield opened


def numbers(lab):
    return [lab.slider(name).get_attribute("aria-valuetext") for name in ("w₁", "w₂", "b")]


def test_the_line_is_dragged_and_its_knob_stays_under_the_hand(lab):
    x, y = lab.middle("line")
    lab.drag((x, y), (x + 10, y + 30), (x + 20, y + 90))
    w1, w2, b = numbers(lab)
    assert (w1, w2) == ("0.5", "1") and b not in ("−0.5", "0")
    assert lab.middle("line") == pytest.approx((x + 20, y + 90), abs=12)
    lab.keys("Control+z")
    assert numbers(lab) == ["0.5", "1", "−0.5"]


def test_the_arrows_tip_follows_the_hand_and_sets_both_weights(lab, page):
    x, y = lab.middle("w")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=5)
    assert lab.middle("w") == pytest.approx((x + 60, y + 40), abs=1.5)
    page.mouse.up()
    real.settle(page)
    assert lab.middle("w") == pytest.approx((x + 60, y + 40), abs=8)
    assert numbers(lab)[2] == "−0.5" and focused(page).startswith("the arrow w = (")


def test_keys_turn_both_and_the_focus_stays(lab, page):
    lab.handle("line").focus()
    lab.keys("ArrowUp", "ArrowUp")
    assert numbers(lab) == ["0.5", "1", "−1"] and focused(page) == "the line, b = −1"
    lab.keys("Tab", "ArrowRight")
    assert numbers(lab) == ["0.75", "1", "−1"] and focused(page) == "the arrow w = (0.75, 1)"


def test_a_point_on_the_arrows_tip_can_be_taken_away_again(lab):
    before = lab.middle("w")
    lab.drag(lab.middle(3), before)
    lab.drag(lab.middle(3), (before[0] + 100, before[1]))
    assert lab.middle("w") == pytest.approx(before, abs=1)
    assert lab.middle(3)[0] == pytest.approx(before[0] + 100, abs=20)


def test_a_line_that_comes_back_lies_below_the_points(lab):
    for name in ("w₁, the number", "w₂, the number"):
        field = lab.root.get_by_label(name)
        field.fill("0")
        field.press("Enter")
    real.settle(lab.page)
    assert lab.stage.locator(".annkit-handle").evaluate_all(IDS) == ["w", "p1", "p2", "p3", "p4"]
    x, y = lab.middle("w")
    lab.drag((x, y), (x + 50, y - 30))
    assert lab.stage.locator(".annkit-handle").evaluate_all(IDS) == ["line", "w", "p1", "p2", "p3", "p4"]


def test_a_new_correction_comes_from_its_point(page):
    lab = LabOnPage(page, 1)
    lab.press("Learn once")
    assert lab.stage.locator(".annkit-coming").count() == 1
    lab.click(*lab.middle(3))
    assert lab.stage.locator(".annkit-coming").count() == 0
