"""The recurrent lab in real JupyterLab: the roll under a mouse, a finger and keys, the mark, and play."""

import pytest
from pages import LabOnPage, focused, running

from annkit.labs import RecurrentLab

BITS = "+-+--++-+-++--+-+-++-"
CELLS = [
    "from annkit.labs import RecurrentLab\nRecurrentLab(disturbed=True)",
    f"RecurrentLab('lstm', x='{BITS}', mark=4, z=6)",
]


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(server, browser, folder, "recurrent", *CELLS, has_touch=True) as opened:
        yield opened


def cell(lab, twin, row, step):
    """Where a cell of the roll is on the page; `twin` is the same lab here."""
    return lab.at(*twin.stage.panels[0].spot(step, row + 0.5))


def test_w_is_turned_until_both_bits_last(page):
    lab = LabOnPage(page)
    assert "Neither bit lasts" in lab.text()
    lab.slider("w").focus()
    lab.keys(*12 * ["ArrowRight"])
    assert "∂h₂₀/∂h₀ = 1.4·10⁻⁸" in lab.text()
    lab.root.locator(".annkit-text .annkit-done").wait_for()
    lab.handle("mark").focus()
    lab.keys("ArrowRight", "ArrowRight")
    assert focused(page).startswith("the bit to remember comes in at step 2")


def test_gates_are_drawn_by_mouse_and_by_finger(page, finger):
    lab, twin = LabOnPage(page, 1), RecurrentLab("lstm", x=BITS, mark=4, z=6)
    lab.drag(cell(lab, twin, 2, 5), cell(lab, twin, 2, 20))
    finger(cell(lab, twin, 2, 3), cell(lab, twin, 2, 1), cell(lab, twin, 2, 0))
    twin.input_gate = "00001"
    lab.says("Both bits last")
    twin.set(k=0, row=2)
    assert lab.text() == twin.describe()
    lab.press("Undo")
    twin.set(input_gate="11111", k=20)
    assert lab.text() == twin.describe(), "the finger's stroke is gone, the mouse's is still there"


def test_the_roll_by_keys(page):
    lab = LabOnPage(page, 1)
    lab.handle("roll").focus()
    lab.keys("ArrowDown", "ArrowRight", "Enter")
    assert focused(page).startswith("forget gate, step 2: 0.0025")
    lab.keys("ArrowRight", "Delete", "Control+z")
    assert focused(page).startswith("forget gate, step 2: 0.0025"), "what was done up to Enter stays"


def test_the_step_is_dragged_and_played(page):
    lab, twin = LabOnPage(page), RecurrentLab(disturbed=True)
    panel = twin.stage.panels[1]
    lab.drag(lab.middle("k"), lab.at(*panel.spot(17, 0)))
    assert "Step 17, bit +1" in lab.text()
    lab.button("Play").click()
    lab.says("Step 20, bit +1")
    lab.button("Play").wait_for()
