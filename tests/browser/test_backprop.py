"""The backprop lab in real JupyterLab: steps there and back, an edge turned, signs called by mouse and by keys."""

import pytest
from pages import focused, run_in_new_cell, running, serious_violations

from annkit.labs import BackpropLab
from annkit.labs.backprop import places
from annkit.labs.backprop.steps import HIDDEN, OUTPUT

CELLS = [
    "from annkit.labs import BackpropLab\n"
    "lab = BackpropLab([[[0.5, -0.75], [-0.25, 1]], [[1, -0.5], [-0.75, 0.5]]], [[0.25, -0.5], [0.25, -0.25]],\n"
    "                  learning_rate=0.5)\n"
    "lab"
]
SEED = 3


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(server, browser, folder, "backprop", *CELLS) as opened:
        yield opened


@pytest.fixture
def slopes():
    """Those of the numbers that are dealt with this seed."""
    dealt = BackpropLab()
    dealt.deal(SEED)
    found = dealt.now.slopes
    dealt.close()
    return found


def pick(lab, name):
    """Click on a node or on the number of an edge."""
    lab.click(*lab.at(*(places.NODES.get(name) or places.LABELS[name])))


def call(lab, name, up):
    """Click ▲ or ▼ under the number of an edge."""
    x, y = places.LABELS[name]
    lab.click(*lab.at(x + (-13 if up else 13), y + places.UNDER))


def test_steps_forward_and_back_by_buttons_and_by_a_click(lab):
    assert lab.text().startswith("Round 1: nothing is computed yet.") and ">0.6514<" not in lab.live()
    lab.press("Next step")
    assert "sigmoid(0.625) = 0.6514" in lab.text() and ">0.6514<" in lab.live()
    lab.click(*lab.at(places.STEPS[8][0], places.TRACK))
    assert "step 9 of 10: back to h₂. E = 0.2741." in lab.text() and ">−0.0564<" in lab.live()
    lab.press("Back", "Back")
    assert "step 7 of 10: back to o₂." in lab.text() and ">−0.0564<" not in lab.live()
    lab.click(*lab.at(places.STEPS[9][0], places.TRACK))
    assert lab.text().startswith("Update 1: ")
    lab.press("Back")
    assert "Round 1, step 9 of 10" in lab.text()
    lab.press("Whole round")
    assert "Round 2, step 9 of 10" in lab.text() and "Not good yet" in lab.text()


def test_an_edge_is_picked_and_turned_by_keys_and_by_typing(lab, page):
    lab.click(*lab.at(places.STEPS[8][0], places.TRACK))
    pick(lab, "w12")
    assert "∂E/∂w₁₂ = (∂E/∂y₁ v₂₁ + ∂E/∂y₂ v₂₂) × h₂ (1 − h₂) × x₁" in lab.text()
    assert focused(page).startswith("∂E/∂w₁₂ = ") and lab.live().count("annkit-mark") == 3
    lab.slider("w₁₂").focus()
    lab.keys("ArrowRight")
    assert "next w₁₂: −0.5 − 0.5 × " in lab.text()
    field = lab.root.get_by_role("textbox", name="w₁₂, the number")
    field.fill("0,149780716")
    lab.keys("Enter")
    assert "next w₁₂: 0.14978 − 0.5 × " in lab.text()
    field.fill("a")
    lab.keys("Enter")
    assert field.get_attribute("aria-invalid") == "true" and "0.14978 − 0.5 × " in lab.text()
    lab.keys("Escape")
    lab.press("Undo", "Undo")
    assert "next w₁₂: −0.75 − 0.5 × " in lab.text()


def test_arrow_keys_walk_from_node_to_edge_to_node(lab, page):
    pick(lab, "x1")
    for key in ("ArrowRight", "ArrowDown"):
        lab.keys(key)
    assert lab.text().splitlines()[1].startswith("w₁₂ = −0.75 leads from x₁ to h₂.")
    for __ in range(3):
        lab.keys("ArrowRight")
    assert focused(page) == "y₁ = h₁ v₁₁ + h₂ v₂₁ + c₁, o₁ = sigmoid(y₁)"


def test_signs_are_called_by_mouse_and_counted_layer_by_layer(lab, page, slopes):
    run_in_new_cell(page, f"lab.deal({SEED})")
    lab.press("Next step")
    assert lab.error.inner_text().startswith("Call these signs first")
    for name in OUTPUT:
        call(lab, name, (slopes[name] > 0) != (name == "c2"))
    lab.press("Next step")
    assert "Second layer: 5 of 6 right. Wrong: c₂." in lab.text() and lab.error.inner_text() == ""
    call(lab, "c2", slopes["c2"] > 0)
    assert "Second layer: 5 of 6 right." in lab.text(), "too late"
    for name in HIDDEN:
        call(lab, name, slopes[name] > 0)
    lab.press("Next step")
    assert "11 of 12 right. Wrong: c₂." in lab.text()
    assert lab.button("Undo").is_disabled()


def test_signs_are_called_by_keys_alone(lab, page, slopes):
    run_in_new_cell(page, f"lab.deal({SEED})")
    for layer in (OUTPUT, HIDDEN):
        lab.stage.locator(".annkit-handle").focus()
        for name in layer:
            lab.keys("ArrowUp" if slopes[name] > 0 else "ArrowDown")
            lab.keys("ArrowRight")
        lab.button("Next step").focus()
        lab.keys("Enter")
    assert "12 of 12 right." in lab.text()
    assert lab.root.locator(".annkit-is-done").count()


def test_it_plays_until_it_is_good_and_stops(lab, page):
    lab.slider("α").focus()
    lab.keys("End")
    lab.chooser().first.select_option("300 a second")
    lab.press("Play")
    lab.root.locator(".annkit-is-done").wait_for()
    lab.button("Play").wait_for()
    assert "Good in round " in lab.text()


def test_nobody_is_shut_out(lab, page):
    lab.click(*lab.at(places.STEPS[8][0], places.TRACK))
    assert serious_violations(page) == []
