"""The speed lab in real JupyterLab: its doubling slider, its matrices under mouse and keys, and bars in real time."""

import pytest
from pages import focused, running, serious_violations

from annkit.labs import SpeedLab

FILLING = """(stage) => [...stage.querySelectorAll(".annkit-filling")].flatMap((bar) => bar.getAnimations()).map(
  (animation) => animation.effect.getComputedTiming().duration / 1000
)"""


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(server, browser, folder, "speed", "from annkit.labs import SpeedLab", "SpeedLab()") as opened:
        yield opened


def test_the_batch_doubles_and_can_be_typed(lab):
    slider, field = lab.slider("batch"), lab.root.get_by_role("textbox", name="batch, the number")
    slider.focus()
    for key, batch in (("ArrowRight", "128"), ("ArrowLeft", "64"), ("Home", "1"), ("End", "1024")):
        lab.keys(key)
        lab.text()
        assert f"× {int(batch):,}<" in lab.live() and field.input_value() == batch
    box = slider.bounding_box()
    lab.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    lab.text()
    assert field.input_value() == "32", "half the way is half of the doublings"
    field.fill("100")
    field.press("Enter")
    lab.text()
    assert "× 100<" in lab.live()
    assert slider.get_attribute("aria-valuetext") == "100"


def test_matrices_are_picked_by_mouse_and_by_keys(lab, page):
    twin = SpeedLab()
    left, top, width, height = twin.staircase.box(twin.staircase.blocks[1])
    lab.click(*lab.at(left + width / 2, top + height / 2))
    lab.text()
    lab.handle("m2").focus()
    assert focused(page) == "matrix 2: 16,512 multiplications"
    lab.keys("ArrowRight")
    lab.text()
    assert focused(page) == "matrix 3: 1,290 multiplications"
    twin.close()


def test_what_is_pinned_stays_dashed(lab):
    lab.slider("width").focus()
    lab.keys("ArrowRight")
    assert "of the pinned 2 × 128." in lab.text()
    assert "stroke-dasharray" in lab.live()
    lab.press("Pin this size")
    assert "pinned" not in lab.text() and "stroke-dasharray" not in lab.live()


def test_bars_fill_in_the_time_that_was_measured(lab):
    assert "measured here" not in lab.text()
    lab.press("Measure")
    assert "2 × 128, batch 64: @ takes" in lab.text()
    durations = lab.stage.evaluate(FILLING)
    assert max(durations) == pytest.approx(1797 * 26122 * 10, rel=1e-4), "by hand it takes years"
    lab.slider("depth").focus()
    lab.keys("ArrowRight")
    assert "press Measure" in lab.text() and not lab.stage.evaluate(FILLING)


def test_a_gpu_is_looked_for_and_nothing_is_seriously_wrong(lab, page):
    lab.press("Look for a GPU")
    assert "GPU" in lab.text() and not lab.error.inner_text()
    assert serious_violations(page) == []
