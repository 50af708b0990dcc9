"""The vanishing lab in real JupyterLab: wires are cut by mouse and by keys, a path is led, marks are clicked."""

import pytest
from pages import running, serious_violations

from annkit.labs.vanishing import picture

WIDE = picture.RIGHT - picture.LEFT


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(
        server, browser, folder, "vanishing", "from annkit.labs import VanishingLab", "VanishingLab()"
    ) as opened:
        yield opened


def over(lab, layer, y):
    """A place over a layer of twelve, on the page."""
    return lab.at(picture.LEFT + (layer - 0.5) * WIDE / 12, y)


def test_a_wire_is_soldered_and_cut_by_clicks(lab):
    start = lab.live()
    lab.click(*over(lab, 7, picture.WIRES))
    assert "Layer 7: 1 + slope × weight" in lab.text()
    assert lab.handle("l7").get_attribute("aria-label").startswith("layer 7, its wire is soldered")
    lab.click(*lab.middle("l7"))
    assert lab.handle("l7").get_attribute("aria-label").startswith("layer 7, its wire is cut")
    lab.press("Undo", "Undo")
    assert lab.live() == start


def test_wires_are_cut_by_keys_along_the_row(lab):
    lab.root.get_by_role("combobox", name="skip").select_option("plain, a + f(z)")
    assert "All within a factor of 1.2." in lab.text()
    assert lab.root.locator(".annkit-is-done").count()
    lab.handle("l2").focus()
    for key in ("Enter", "ArrowRight", "ArrowRight", "Enter"):
        lab.keys(key)
    assert lab.handle("l4").evaluate("handle => handle === document.activeElement")
    assert not lab.root.locator(".annkit-is-done").count()
    for key in ("Enter", "ArrowLeft", "ArrowLeft", "Enter"):
        lab.keys(key)
    assert "All within a factor of 1.2." in lab.text()


def test_the_path_is_led_by_a_click_and_by_keys(lab):
    lab.click(*over(lab, 5, picture.CELLS + 5.5 * picture.CELL))
    assert "unit 6 is on the path" in lab.handle("l5").get_attribute("aria-label")
    lab.keys("ArrowDown", "ArrowDown", "ArrowDown")
    assert "unit 8 is on the path" in lab.handle("l5").get_attribute("aria-label")
    before = lab.text()
    lab.press("Strongest path")
    assert lab.text() != before


def test_glorot_and_he_are_clicked_on_the_slider(lab):
    lab.root.get_by_role("combobox", name="f", exact=True).select_option("ReLU")
    lab.press("He")
    assert "All within a factor of 1.3." in lab.text()
    assert lab.root.get_by_role("textbox", name="g, the number").input_value() == "1.4142"
    lab.press("Glorot")
    assert "All within a factor of 50." in lab.text()


def test_nothing_is_seriously_wrong_and_no_number_hides_another(lab, page):
    assert serious_violations(page) == []
    apart = """row => {
      const boxes = [...row.querySelectorAll('tspan')].map((text) => text.getBoundingClientRect());
      return boxes.slice(1).every((box, k) => !box.width || !boxes[k].width || box.x > boxes[k].right);
    }"""
    for depth in ("12", "20"):
        lab.root.get_by_role("textbox", name="depth, the number").fill(depth)
        lab.keys("Enter")
        lab.says(f"than layer {depth}.")
        for row in lab.stage.locator("text:has(tspan)").all():
            assert row.evaluate(apart)
