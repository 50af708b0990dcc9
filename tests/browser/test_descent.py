"""The descent lab in real JupyterLab: the point and the ring under a mouse, keys, stripes, play, and a walk in fog."""

import pytest
from pages import LabOnPage, focused, running

from annkit.labs import DescentLab

CELLS = [
    "from annkit.labs import DescentLab\nDescentLab('valleys', start=-3)",
    "DescentLab()",
    "DescentLab('land 1', fog=True)",
]


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(server, browser, folder, "descent", *CELLS) as opened:
        yield opened


def place(lab, twin, w, panel=0):
    """Where a weight is on the page, in the middle of a panel; `twin` is the same lab here."""
    panel = twin.stage.panels[panel]
    return lab.at(panel.place(w, 0)[0, 0], panel.y + panel.height / 2)


def test_the_point_follows_the_mouse_along_its_curve(page):
    lab, twin = LabOnPage(page), DescentLab("valleys", start=-3)
    lab.drag(lab.middle("point"), place(lab, twin, 1), place(lab, twin, 3.5))
    assert "At the start, w = 3.5." in lab.text()
    twin.start = 3.5
    x, y = lab.middle("point")
    panel = twin.stage.panels[0]
    assert (x, y) == pytest.approx(lab.at(*panel.place(3.5, twin.E)[0]), abs=2)
    lab.press("Undo")
    assert "At the start, w = −3." in lab.text()


def test_the_ring_turns_alpha_and_the_step_lands_there(page):
    lab, twin = LabOnPage(page, 1), DescentLab()
    lab.drag(lab.middle("landing"), place(lab, twin, 3))
    assert "0 − 0.5 × (−6) = 3" in lab.text()
    lab.press("Step")
    assert "Exactly at the lowest place" in lab.text()
    lab.root.locator(".annkit-text .annkit-done").wait_for()


def test_a_stripe_is_clicked_and_its_start_goes_where_its_colour_says(page):
    lab, twin = LabOnPage(page), DescentLab("valleys", start=-3)
    for start, end in ((0.5, "At the lowest place"), (-3.5, "In the other valley")):
        lab.click(*place(lab, twin, start, 1))
        assert f"At the start, w = {str(start).replace('-', '−')}." in lab.text()
        lab.button("Play").click()
        lab.says(end)
        lab.button("Play").wait_for()


def test_all_of_it_by_keys(page):
    lab = LabOnPage(page, 1)
    lab.handle("point").focus()
    lab.keys(*4 * ["ArrowRight"])
    assert focused(page).startswith("the point: w = 1, ")
    lab.keys("Enter")
    assert "After 1 step, w = 1.4." in lab.text()
    lab.handle("landing").focus()
    lab.keys("ArrowUp", "ArrowUp")
    assert "After 1 step, w = 1.8." in lab.text(), "the step that was taken follows α"
    lab.keys("Control+z")
    assert "After 1 step, w = 1.6." in lab.text()


def test_a_diverging_lab_keeps_the_point_at_the_edge_in_reach(page):
    lab, twin = LabOnPage(page, 1), DescentLab()
    lab.slider("α").focus()
    lab.keys("End")
    lab.press(*6 * ["Step"])
    lab.says("Diverging")
    x, y = lab.middle("point")
    box = lab.stage.bounding_box()
    assert box["x"] < x < box["x"] + box["width"] and box["y"] < y < box["y"] + box["height"]
    lab.drag((x, y), place(lab, twin, 4))
    assert "At the start, w = 4." in lab.text()
    assert lab.error.inner_text() == ""


def test_a_walk_in_fog_and_its_lifting(page):
    lab, twin = LabOnPage(page, 2), DescentLab("land 1", fog=True)
    lab.says("Fog. You stand at w = 3.5.")
    assert not lab.slider("α").is_visible() and not lab.button("Play").is_visible()
    lab.drag(lab.middle("landing"), place(lab, twin, 1), place(lab, twin, -1))
    assert "Your step: −4.5, to w = −1." in lab.text()
    lab.press("Step")
    assert "Step 1: w = −1, slope 0.5" in lab.text()
    lab.handle("landing").focus()
    lab.keys("ArrowLeft")
    assert "Your step: −0.25, to w = −1.25." in lab.text()
    lab.press("Step")
    assert "the ground is level" in lab.text()
    lab.press("Lift the fog")
    assert "You found the lowest place" in lab.text() and "You: 2 steps to w = −1.25, E = 0." in lab.text()
    assert lab.slider("α").is_visible() and lab.button("Play").is_visible()
    lab.press("Walk in fog")
    lab.says("Fog. You stand at w = 4.")
