"""Every lab in real JupyterLab: how it looks in a laptop's window and in both themes, and what only it does."""

import pytest
import real_jupyterlab as real
from pages import LabOnPage, focused, run_in_new_cell, running, serious_violations, steady

from annkit import labs

CELLS = [
    "from annkit import data\nfrom annkit.labs import *",
    *(f"{name}()" for name in labs.__all__),
    "rows = PerceptronLab(data.lecture())\nrows",
]

INK_IS_BRIGHT = """(bright) => [...document.querySelectorAll(".annkit-stage")].every((stage) => {
  const [red] = getComputedStyle(stage).color.match(/\\d+/);
  return (red > 127) === bright;
})"""


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(server, browser, folder, "labs", *CELLS) as opened:
        real.command(opened, "application:toggle-left-area")  # the file browser
        yield opened


@pytest.fixture
def lab_of(page):
    """A lab by the name of its class."""
    return lambda name: LabOnPage(page, labs.__all__.index(name))


@pytest.fixture
def theme(page):
    """Choose a theme; at the end it is light again."""

    def choose(name):
        real.command(page, "apputils:change-theme", theme=name)
        dark = str("Dark" not in name).lower()
        page.wait_for_function("light => document.body.dataset.jpThemeLight === light", arg=dark)

    yield choose
    choose("JupyterLab Light")


# How it looks.


@pytest.mark.parametrize("name", labs.__all__)
def test_a_lab_fits_a_laptops_window(lab_of, page, name):
    lab = lab_of(name)
    seen, box = page.locator(".jp-WindowedPanel-outer").bounding_box(), lab.root.bounding_box()
    assert box["height"] < seen["height"] and box["width"] <= seen["width"]
    for part in (lab.stage, lab.root.locator(".annkit-text"), lab.button("Reset")):
        inner = part.bounding_box()
        assert inner["x"] >= box["x"] and inner["x"] + inner["width"] <= box["x"] + box["width"] + 1


@pytest.mark.parametrize("name", ["JupyterLab Dark", "JupyterLab Light"])
def test_no_serious_violation_in_either_theme(page, theme, name):
    theme(name)
    page.wait_for_function(INK_IS_BRIGHT, arg="Dark" in name)
    assert not serious_violations(page)


def test_a_picture_of_another_size_is_shown_whole(page):
    lab = LabOnPage(page, len(labs.__all__))
    before = lab.stage.bounding_box()["height"]
    run_in_new_cell(page, "rows.table = data.table([[1, 2, 3]] * 8, [[1]] * 8)")
    lab.stage.get_by_text("row 8:").wait_for()
    box, last = steady(lab.stage), lab.handle(8).bounding_box()
    assert box["height"] > before + 200
    assert last["y"] + last["height"] < box["y"] + box["height"]


# What is special about each.


def test_xor_a_corner_is_followed_through_the_network(lab_of):
    lab = lab_of("XorLab")
    lab.click(*lab.middle(4))
    assert "(corner 11: wrong)" in lab.text()
    lab.handle(1).focus()
    assert "(corner 00: right)" in lab.text()


def test_matrix_results_are_picked_by_mouse_and_by_keys(lab_of, page):
    lab, twin = lab_of("MatrixLab"), labs.MatrixLab()
    for row, unit in ((3, 1), (0, 0), (2, 1)):
        lab.click(*lab.at(*twin.product.result.middle(row, unit)))
        assert f"h{'₁₂'[unit]} of row {row + 1} = " in lab.text()
    lab.stage.locator(".annkit-handle").focus()
    for key, words in (("ArrowDown", "h₂ of row 4"), ("ArrowRight", "h₁ of row 4"), ("ArrowDown", "h₁ of row 1")):
        lab.keys(key)
        assert f"{words} = " in lab.text()
        assert focused(page).startswith(words)


def test_matrix_a_view_is_chosen_from_the_list(lab_of):
    lab = lab_of("MatrixLab")
    lab.chooser().select_option("samples are columns")
    assert "Wᵀ is 2 × 3" in lab.text()
    lab.press("Reset")
    assert "X is 4 × 3" in lab.text()
    assert lab.chooser().input_value() == "samples are rows"


def test_forward_four_steps_and_an_edge_picked(lab_of):
    lab, twin = lab_of("ForwardLab"), labs.ForwardLab()
    for step in (2, 3, 4):
        lab.press("Next step")
        assert f"Step {step} of 4" in lab.text()
    (x1, y1), (x2, y2) = twin.diagram.places[0][1], twin.diagram.places[1][0]
    lab.click(*lab.at(0.8 * x1 + 0.2 * x2, 0.8 * y1 + 0.2 * y2))
    assert "w₃ brings 3 × (−0.5)" in lab.text()
    lab.slider("w₃").focus()
    lab.keys(*8 * ["ArrowRight"])
    assert "w₃ brings 3 × 1.5" in lab.text()
    lab.stage.locator(".annkit-handle").focus()
    lab.keys("ArrowRight")
    assert "h₁: 4 × 1 + 3 × 1.5 " in lab.text()


def test_softmax_scores_are_raised_together_and_one_by_key(lab_of):
    lab = lab_of("SoftmaxLab")
    before = lab.text().splitlines()
    lab.press("All + 1")
    shares = [line for line in lab.text().splitlines() if "add up to 1" in line]
    assert shares and set(shares) <= set(before), "the shares stay"
    lab.handle(3).focus()
    lab.keys("ArrowUp")
    assert not set(shares) & set(lab.text().splitlines())


def test_activation_another_one_is_drawn_on_another_set(lab_of):
    lab = lab_of("ActivationLab")
    still = lab.stage.locator("svg > g").first
    before = still.inner_html()
    lab.chooser().select_option("ReLU")
    assert "ReLU: a = f(1) = " in lab.text()
    assert still.inner_html() != before
    lab.stage.locator(".annkit-handle").first.focus()
    lab.keys(*8 * ["ArrowLeft"])
    assert "ReLU: a = f(−1) = " in lab.text()
