"""The perceptron's lab in real JupyterLab, turned as a learner turns it: by mouse, by keys and by code."""

import pytest
from pages import LabOnPage, focused, middle, run_in_new_cell, running, steady

from annkit.wording import number

CELLS = [
    "from annkit import data\nfrom annkit.labs import PerceptronLab\nlab = PerceptronLab()\nlab",
    "PerceptronLab(data.lecture())",
    "gate = PerceptronLab(data.logic('AND'), editable=False)\ngate",
    "from annkit.checks import chapter_02 as checks\nchecks.and_gate(gate)",
    "PerceptronLab()",
    "PerceptronLab(data.logic('AND'), w1=1, w2=1, b=-1.5)",
]


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(server, browser, folder, "mouse_and_keys", *CELLS) as opened:
        yield opened


def test_a_slider_by_keyboard_moves_the_picture_and_not_the_notebook(lab, page):
    before = lab.live()
    lab.slider("w₁").focus()
    lab.keys("ArrowRight", "ArrowRight", "ArrowUp", "ArrowDown")
    assert lab.text().startswith("−2 × 1 + ")
    assert lab.live() != before
    assert focused(page) == "w₁"
    assert lab.slider("w₁").get_attribute("aria-valuetext") == "1"


def test_a_slider_by_mouse(lab):
    before = lab.live()
    x, y = middle(lab.slider("b").bounding_box())
    lab.drag((x, y), (x - 400, y))
    assert lab.slider("b").get_attribute("aria-valuetext") == "−8"
    assert " − 8 = " in lab.text() and lab.live() != before


def test_turning_does_not_make_the_kernel_look_busy(lab, page):
    """JupyterLab would fetch another icon for its tab four times a picture, and have time for half as many pictures."""
    page.evaluate("""() => {
      window.busy = 0;
      const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
      kernel.statusChanged.connect((_, status) => { window.busy += status === "busy"; });
    }""")
    before = lab.live()
    lab.slider("w₁").focus()
    lab.keys(*4 * ["ArrowRight"])
    assert lab.live() != before
    assert page.evaluate("window.busy") == 0


@pytest.mark.parametrize(("which", "sums"), [(0, "−2 × 32 + 2 × 64 − 32 "), (1, "4 × 32 + 3 × (−12.8) + 2 × 57.6 ")])
def test_doubling_often_doubles_every_number_to_the_last(page, which, sums):
    """The browser must not send back what a slider's old range would have allowed."""
    lab = LabOnPage(page, which)
    for __ in range(6):
        lab.button("× 2").click()
    assert lab.text().startswith(sums)
    lab.press("× −1", "× −1")  # which would take up what came back
    assert lab.text().startswith(sums)


def test_a_point_follows_the_pointer_and_then_lies_on_a_quarter(lab, page):
    unit = (lab.middle(2)[0] - lab.middle(1)[0]) / 3  # points 1 and 2 are 3 apart in x₁
    x, y = lab.middle(3)
    page.mouse.move(x, y)
    page.mouse.down()
    for dx, dy in ((-37, 21), (-90, 111), (-143, 160)):
        page.mouse.move(x + dx, y + dy, steps=4)
        assert lab.middle(3) == pytest.approx((x + dx, y + dy), abs=1.5)
    assert "(point 3: wrong)" in lab.text(), "the words follow while it is held"
    page.mouse.up()
    place = ", ".join(number(round(4 * value) / 4) for value in (2 + dx / unit, 1 - dy / unit))
    lab.stage.get_by_label(f"point 3, ○ at ({place}), wrong").wait_for()
    assert page.evaluate("String(getSelection())") == ""
    assert "point 3" in focused(page)


def test_a_click_beside_the_points_adds_one_and_a_second_click_switches_it(lab, page):
    box = steady(lab.stage)
    lab.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.75)
    assert "3 of 5 right. Wrong: 4, 5." in lab.text()
    assert focused(page).startswith("point 5")
    lab.click(*lab.middle(5))
    assert "4 of 5 right. Wrong: 4." in lab.text()
    lab.click(*lab.middle(4))
    assert "(point 4: wrong)" in lab.text()
    lab.click(*lab.middle(4))
    assert "5 of 5 right." in lab.text()


def test_the_focus_stays_through_redraws_and_keys_move_the_point(lab, page):
    lab.handle(2).focus()
    assert "(point 2: right)" in lab.text()
    lab.keys(*6 * ["ArrowUp"])
    assert "(point 2: wrong)" in lab.text()
    assert focused(page) == "point 2, × at (1, 0.5), wrong"
    lab.keys("Enter")
    assert focused(page) == "point 2, ○ at (1, 0.5), right"
    lab.keys("Delete")
    assert focused(page) == "point 2, ○ at (2, 1), right"
    lab.keys("Tab")
    assert focused(page).startswith("point 3, ")
    lab.keys("Delete")
    assert "2 of 2 right." in lab.text()
    assert focused(page) == "point 2, ○ at (2, 1), right"


def test_an_error_becomes_a_line_and_goes_with_the_next_move(lab):
    lab.press("Remove", "Remove", "Remove")
    assert "0 of 1 right." in lab.text()
    picture = lab.live()
    lab.press("Remove")
    assert lab.error.inner_text().startswith("This is the last point")
    assert lab.live() == picture
    lab.press("Add point")
    assert "1 of 2 right." in lab.text()
    assert lab.error.inner_text() == ""


def test_what_has_come_to_rest_is_read_out(lab):
    lab.slider("b").focus()
    lab.keys("ArrowLeft", "ArrowLeft")
    lab.root.get_by_role("status").filter(has_text="2 × 1 − 1 = ").wait_for()
    assert lab.root.get_by_role("status").text_content() == lab.text()


def test_code_moves_what_is_on_the_page(lab, page):
    """A cell of one's own sets the trait; the slider, the words and the picture follow."""
    run_in_new_cell(page, "lab.w2 = 9")
    assert "2 × 9" in lab.text()
    assert lab.slider("w₂").input_value() == "9"
    run_in_new_cell(page, "lab.table = data.table([[10, 20], [12, 24]], [[0], [1]], ['width', 'height'])")
    lab.stage.get_by_text("height").wait_for()
    run_in_new_cell(page, "lab.reset()")
    assert "3 of 4 right." in lab.text()


def test_a_wrong_answer_a_hint_and_the_right_one(page):
    gate = LabOnPage(page, 2)
    check = page.locator(".jp-CodeCell", has_text="checks.and_gate(gate)")

    def ask():
        check.locator(".jp-InputPrompt").click()
        page.keyboard.press("Control+Enter")

    gate.slider("b").focus()
    gate.keys("ArrowLeft")
    ask()
    check.get_by_text("✗ Not yet: at (0, 1) the sum is ").wait_for()
    check.get_by_text("Hint 1 of 2").wait_for()
    gate.slider("b").focus()
    gate.keys("ArrowLeft")
    assert "4 of 4 right." in gate.text()
    ask()
    check.get_by_text("✓ Right").wait_for()


@pytest.mark.parametrize("where", ["slider", "button", "handle"])
def test_shift_and_enter_go_on_to_the_next_cell_and_keep_what_was_turned(lab, page, where):
    turn_by_key(lab)
    words = lab.text()
    {"slider": lab.slider("w₁"), "button": lab.button("× 2"), "handle": lab.handle(1)}[where].focus()
    lab.keys("Shift+Enter")
    assert page.evaluate("document.activeElement.matches('.jp-Cell.jp-mod-active')")
    assert "data.lecture" in page.locator(".jp-Cell.jp-mod-active").inner_text()
    assert lab.text() == words


def test_a_lab_that_is_solved_from_the_start_has_a_green_edge(page):
    edge = "e => getComputedStyle(e.querySelector('.annkit-card')).borderTopColor"
    colours = [page.locator(".annkit-lab").nth(k).evaluate(edge) for k in (4, 3)]
    assert colours[0] == "rgb(26, 127, 75)" != colours[1]


# Undo and redo.


def turn_by_key(lab):
    lab.slider("w₂").focus()
    lab.keys("ArrowRight")


def turn_by_mouse(lab):
    x, y = middle(lab.slider("w₂").bounding_box())
    lab.drag((x, y), (x + 30, y), (x + 60, y))


def drag_a_point(lab):
    x, y = lab.middle(3)
    lab.drag((x, y), (x - 40, y + 50), (x - 100, y + 90), (x - 90, y + 140))


@pytest.mark.parametrize("act", [turn_by_key, turn_by_mouse, drag_a_point])
@pytest.mark.parametrize("again", ["Control+y", "Control+Shift+z"])
def test_keys_undo_and_redo_at_once_all_that_a_hand_did(lab, act, again):
    lab.handle(3).focus()
    before = lab.text()
    act(lab)
    after = lab.text()
    assert after != before
    lab.keys("Control+z")
    assert lab.text() == before
    lab.keys(again)
    assert lab.text() == after


def test_buttons_undo_and_redo_and_hand_the_focus_to_each_other(page):
    lab = LabOnPage(page, 3)  # with a short history
    has_focus = "e => document.activeElement === e"
    before = lab.text()
    turn_by_key(lab)
    after = lab.text()
    while lab.button("Undo").is_enabled():
        lab.press("Undo")
    page.wait_for_function(has_focus, arg=lab.button("Redo").element_handle())
    while lab.button("Redo").is_enabled():
        lab.keys("Enter")
    page.wait_for_function(has_focus, arg=lab.button("Undo").element_handle())
    assert lab.text() == after
    lab.keys("Enter")
    assert lab.text() == before


def test_undo_in_a_lab_leaves_its_cell_alone_and_the_other_way_round(page):
    lab = LabOnPage(page, 3)
    cell = page.locator(".jp-CodeCell").nth(4).locator(".cm-content")
    source = cell.inner_text()
    cell.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" # mine")
    turn_by_key(lab)
    while lab.button("Undo").is_enabled():
        lab.keys("Control+z")
    lab.keys("Control+z")  # once more than there is anything to take back
    assert cell.inner_text() == source + " # mine"
    words = lab.text()
    cell.click()
    page.keyboard.press("Control+z")
    page.wait_for_function("([e, source]) => e.innerText === source", arg=[cell.element_handle(), source])
    assert lab.text() == words


# The wheel.


@pytest.mark.parametrize("where", [".annkit-live", ".annkit-slider input[type=range]", ".annkit-text"])
def test_the_wheel_over_a_lab_scrolls_the_notebook(lab, page, where):
    scrolled = "() => document.querySelector('.jp-WindowedPanel-outer').scrollTop"
    box = steady(lab.root.locator(where).first)
    value, before = lab.slider("w₁").input_value(), page.evaluate(scrolled)
    page.mouse.move(*middle(box))
    page.mouse.wheel(0, 60 if before < 60 else -60)
    page.wait_for_function(f"before => ({scrolled})() !== before", arg=before)
    assert lab.slider("w₁").input_value() == value
    assert lab.root.evaluate("e => [e, ...e.querySelectorAll('*')].every(part => part.scrollTop === 0)")
