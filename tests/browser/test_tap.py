"""The taps in real JupyterLab: the point on the curve by finger, by mouse and by keys, and descent."""

import pytest
from pages import running, steady

CELLS = ["from annkit.labs import TapLab", "TapLab(w1=0.25, w2=0.5, w3=1, wanted=(0.625, 0.1875, 0.1875), tap=3)"]


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(server, browser, folder, "tap", *CELLS, has_touch=True) as opened:
        yield opened


def hold(lab, name):
    """The middle of a handle on the page, by its name."""
    steady(lab.stage)
    return lab.middle(name)


@pytest.mark.parametrize("hand", ["finger", "mouse"])
def test_the_point_is_dragged_down_its_curve_and_only_along_it(lab, page, finger, hand):
    (x, y), (left, __) = hold(lab, "point"), hold(lab, "w1")  # at 1, and at 0.25 on the same axis
    one = (x - left) / 0.75
    scroll = "document.querySelector('.jp-WindowedPanel-outer').scrollTop"
    before = page.evaluate(scroll)
    ways = [(x - share * one, y + 60) for share in (0.25, 0.5, 0.75, 0.94)]
    (finger if hand == "finger" else lab.drag)((x, y), *ways)
    assert "0.75 × 0.0625 = 0.1094" in lab.text() and "slope −0.0156" in lab.text()
    assert page.evaluate(scroll) == before
    there = hold(lab, "point")
    assert there[0] == pytest.approx(x - 0.9375 * one, abs=2) and there[1] > y
    lab.press("Undo")
    assert "0.75 × 1 = 0.8125" in lab.text(), "a drag is one change"


def test_a_tap_of_a_finger_on_a_lane_chooses_its_curve(lab, page):
    x, y = hold(lab, "w2")
    page.touchscreen.tap(x + 40, y)
    lab.stage.get_by_text("E, if only w₂ turns").wait_for()
    assert lab.chooser().first.input_value() == "w₂"


def test_keys_turn_the_point_and_descent_begins_anew_after_a_hand(lab, page):
    lab.handle("point").focus()
    lab.keys(*4 * ["ArrowLeft"])
    assert "0.75 × 0.75 = 0.625" in lab.text()
    lab.press("One step", "One step")
    assert "Step 2: w₃" in lab.text()
    lab.handle("w3").focus()
    lab.keys("ArrowLeft")
    assert "Step" not in lab.text()
    lab.button("Play").click()
    lab.says("The colours look the same.")
    assert lab.root.locator(".annkit-is-done").count()
