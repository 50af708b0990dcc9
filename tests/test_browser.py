"""Chapter 02 in real JupyterLab and a real browser, as a learner goes through it."""

import contextlib
import os
import shutil

import nbformat
import pytest
import real_jupyterlab as real

from annkit.wording import number

if not real.browser_path():
    if os.environ.get("ANNKIT_REQUIRE_BROWSER"):
        pytest.fail("ANNKIT_REQUIRE_BROWSER is set, and there is neither Chromium nor Chrome here", pytrace=False)
    pytest.skip("there is neither Chromium nor Chrome here", allow_module_level=True)

CHAPTER = "02_the_perceptron_decides.ipynb"
SOON = 10_000  # milliseconds


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("lab")
    shutil.copytree(real.ROOT / "notebooks" / "en", made, dirs_exist_ok=True)
    return made


@pytest.fixture(scope="module")
def server(folder):
    with real.server(folder) as address_and_token:
        yield address_and_token


@pytest.fixture(scope="module")
def browser():
    with real.chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def page(server, browser):
    """The chapter with every cell run."""
    opened = real.open_notebook(browser, *server, CHAPTER)
    real.run_all(opened)
    opened.locator(".annkit-handle").first.wait_for()
    yield opened
    opened.close()


@contextlib.contextmanager
def running(server, browser, name, **size):
    """A page with a notebook, every cell run. At the end nothing may have gone wrong in it."""
    opened = real.open_notebook(browser, *server, name, **size)
    real.run_all(opened)
    yield opened
    assert opened.problems == []
    opened.close()


class LabOnPage:
    """One lab, found by its number on the page, scrolled into view and reset."""

    def __init__(self, page, number):
        self.page = page
        self.root = page.locator(".annkit-lab").nth(number)
        self.root.scroll_into_view_if_needed()
        self.button("Reset").click()
        self.stage = self.root.locator(".annkit-stage")
        self.error = self.root.locator(".annkit-error")

    def button(self, label):
        return self.root.get_by_role("button", name=label, exact=True)

    def slider(self, label):
        return self.root.get_by_role("slider", name=label)

    def handle(self, number):
        return self.stage.locator(f"[data-id=p{number}]")

    def says(self, words):
        """Wait until the text under the picture has these words."""
        self.root.locator(".annkit-text").get_by_text(words).wait_for(timeout=SOON)

    def live(self):
        return self.stage.locator(".annkit-live").inner_html()

    def middle(self, number):
        box = self.handle(number).bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.fixture
def lab(page):
    return LabOnPage(page, 0)


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_a_slider_by_keyboard_moves_the_picture_and_not_the_notebook(lab, page):
    before = lab.live()
    lab.slider("w₁").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    lab.says("−2 × 1 + 2 × 1 − 0.5 = −0.5 ≤ 0 → X (point 1: wrong)")
    assert lab.live() != before
    assert focused(page) == "w₁"
    assert lab.slider("w₁").get_attribute("aria-valuetext") == "1"


def test_a_slider_by_mouse(lab, page):
    box = lab.slider("b").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = lab.live()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 400, y, steps=8)
    page.mouse.up()
    lab.says("−2 × 0.5 + 2 × 1 − 8 = −7 ≤ 0")
    assert lab.live() != before


@pytest.mark.parametrize(
    ("number", "sum_after"), [(0, "−2 × 32 + 2 × 64 − 32 = 32"), (5, "4 × 32 + 3 × (−12.8) + 2 × 57.6")]
)
def test_doubling_often_doubles_every_number_to_the_last(page, number, sum_after):
    """The browser must not send back what a slider's old range would have allowed."""
    lab = LabOnPage(page, number)
    for __ in range(6):
        lab.button("× 2").click()
    lab.says(sum_after)
    page.wait_for_timeout(500)
    lab.says(sum_after)
    lab.button("Reset").click()
    lab.says("(point 1: right)")


def test_a_point_follows_the_pointer_and_then_lies_on_a_quarter(lab, page):
    unit = (lab.middle(2)[0] - lab.middle(1)[0]) / 3  # points 1 and 2 are 3 apart in x₁
    x, y = lab.middle(3)
    page.mouse.move(x, y)
    page.mouse.down()
    for dx, dy in ((-37, 21), (-90, 111), (-143, 160)):
        page.mouse.move(x + dx, y + dy, steps=4)
        assert lab.middle(3) == pytest.approx((x + dx, y + dy), abs=1.5)
    lab.says("(point 3: wrong)")
    page.mouse.up()
    place = [number(round(4 * value) / 4) for value in (2 + dx / unit, 1 - dy / unit)]
    lab.stage.get_by_label(f"point 3, O at ({', '.join(place)}), wrong").wait_for(timeout=SOON)
    assert page.evaluate("String(getSelection())") == ""
    assert "point 3" in focused(page)


def test_a_click_beside_the_points_adds_one_and_a_second_click_switches_it(lab, page):
    box = lab.stage.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.75)
    lab.says("3 of 5 right. Wrong: 4, 5.")
    lab.handle(5).wait_for()
    page.wait_for_function("() => document.activeElement.dataset.id === 'p5'", timeout=SOON)
    page.mouse.click(*lab.middle(5))
    lab.says("4 of 5 right. Wrong: 4.")
    page.mouse.click(*lab.middle(4))
    lab.says("(point 4: wrong)")
    page.mouse.click(*lab.middle(4))
    lab.says("5 of 5 right.")


def test_the_focus_stays_through_redraws_and_keys_move_the_point(lab, page):
    lab.handle(2).focus()
    lab.says("(point 2: right)")
    for __ in range(6):
        page.keyboard.press("ArrowUp")
    lab.says("1 × 0.5 + 0.5 × 1 − 0.5 = 0.5 > 0 → O (point 2: wrong)")
    assert "point 2, X at (1, 0.5), wrong" == focused(page)
    page.keyboard.press("Enter")
    lab.says("(point 2: right)")
    page.keyboard.press("Delete")
    lab.says("2 of 3 right.")
    assert "point 2, O at (2, 1), right" == focused(page)
    page.keyboard.press("Tab")
    lab.says("(point 3: wrong)")
    page.keyboard.press("Delete")
    lab.says("2 of 2 right.")
    assert "point 2, O at (2, 1), right" == focused(page)


def test_an_error_becomes_a_line_and_goes_with_the_next_move(lab, page):
    for __ in range(3):
        lab.button("Remove").click()
    lab.says("0 of 1 right.")
    picture = lab.live()
    lab.button("Remove").click()
    lab.error.get_by_text("This is the last point; a table needs at least one.").wait_for(timeout=SOON)
    assert lab.live() == picture
    lab.button("Add point").click()
    lab.says("1 of 2 right.")
    assert lab.error.inner_text() == ""


def test_code_moves_what_is_on_the_page(lab, page):
    """A cell of one's own sets the trait; the slider, the words and the picture follow."""
    run_in_new_cell(page, "lab.w2 = 9")
    lab.says("2 × 9")
    assert lab.slider("w₂").input_value() == "9"
    run_in_new_cell(page, "lab.table = data.table([[10, 20], [12, 24]], [[0], [1]], ['width', 'height'])")
    lab.stage.get_by_text("height").wait_for(timeout=SOON)
    run_in_new_cell(page, "lab.reset()")
    lab.says("3 of 4 right.")


def run_in_new_cell(page, source):
    """Type a line into a cell of its own, run it and take the cell away again."""
    real.command(page, "notebook:insert-cell-below")
    real.command(page, "notebook:enter-edit-mode")
    page.keyboard.type(source)
    real.command(page, "notebook:run-cell")
    real.command(page, "notebook:delete-cell")


def test_a_lab_fits_a_laptops_window(lab, page):
    page.set_viewport_size({"width": 1280, "height": 800})
    seen = page.locator(".jp-WindowedPanel-outer, .jp-Notebook").first.bounding_box()
    box = lab.root.bounding_box()
    assert box["height"] < seen["height"] and box["width"] <= seen["width"]
    for part in (lab.stage, lab.root.locator(".annkit-text"), lab.button("Remove")):
        inner = part.bounding_box()
        assert inner["x"] >= box["x"] and inner["x"] + inner["width"] <= box["x"] + box["width"] + 1


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_no_serious_violation_in_either_theme(lab, page, theme):
    real.command(page, "apputils:change-theme", theme=theme)
    dark = "Dark" in theme
    page.wait_for_function("dark => (document.body.dataset.jpThemeLight === 'false') === dark", arg=dark, timeout=SOON)
    ink = page.evaluate("e => getComputedStyle(e).color", lab.stage.element_handle())
    red = int(ink.split("(")[1].split(",")[0])
    assert red > 150 if dark else red < 100
    lab.root.scroll_into_view_if_needed()
    assert not serious_violations(page)


def test_a_wrong_answer_a_hint_and_the_right_one(page):
    exercise = LabOnPage(page, 2)
    check = page.locator(".jp-CodeCell", has_text="checks.and_gate(and_lab)")

    def ask():
        check.locator(".jp-InputPrompt").click()
        page.keyboard.press("Control+Enter")

    exercise.slider("b").focus()
    page.keyboard.press("ArrowLeft")
    exercise.says("− 0.75")
    ask()
    check.get_by_text("✗ Not yet: at (0, 1) the sum is 0 × 0.5 + 1 × 1 − 0.75 = 0.25").wait_for(timeout=SOON)
    check.get_by_text("Hint 1 of 2").wait_for(timeout=SOON)
    exercise.slider("b").focus()
    page.keyboard.press("ArrowLeft")
    exercise.says("4 of 4 right.")
    ask()
    check.get_by_text("✓ Right").wait_for(timeout=SOON)


def test_saved_and_opened_again_it_shows_its_pictures(page, server, browser, folder):
    real.command(page, "docmanager:save")
    page.wait_for_function("() => !document.querySelector('.jp-mod-dirty')", timeout=SOON)
    assert page.problems == []
    saved = nbformat.read(folder / CHAPTER, as_version=4)
    assert "widget-view" not in nbformat.writes(saved)
    real.shut_down_kernels(*server)
    again = real.open_notebook(browser, *server, CHAPTER)
    picture = again.locator(".jp-OutputArea-output img[src^='data:image/svg+xml']").first
    picture.scroll_into_view_if_needed()
    assert "3 of 4 right." in picture.get_attribute("alt")
    assert again.evaluate("e => e.complete && e.naturalWidth > 300", picture.element_handle())
    assert not again.get_by_text("model not found").count()
    assert again.problems == []
    again.close()


def serious_violations(page):
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(page, context=".annkit-lab").response
    return [
        (violation["id"], violation["nodes"][0]["html"])
        for violation in results["violations"]
        if violation["impact"] in ("serious", "critical")
    ]


OTHERS = [path.name for path in sorted((real.ROOT / "notebooks" / "en").glob("*.ipynb")) if path.name != CHAPTER]


@pytest.mark.parametrize("chapter", OTHERS)
def test_every_other_chapter_runs_and_every_lab_in_it_turns(server, browser, chapter):
    with running(server, browser, chapter) as page:
        page.locator(".annkit-handle").first.wait_for()
        for root in page.locator(".annkit-lab").all():
            root.scroll_into_view_if_needed()
            picture = root.locator(".annkit-stage .annkit-live")
            before = picture.inner_html()
            slider = root.get_by_role("slider").last
            slider.focus()
            for __ in range(4):
                page.keyboard.press("ArrowRight")
            page.wait_for_function(
                "([e, before]) => e.innerHTML !== before", arg=[picture.element_handle(), before], timeout=SOON
            )
            assert root.locator(".annkit-error").inner_text() == ""
        assert not serious_violations(page)


def test_learning_step_by_step_and_by_itself(server, browser):
    with running(server, browser, "03_the_perceptron_learns.ipynb") as page:
        lab = LabOnPage(page, 0)
        lab.button("Learn once").click()
        lab.says(
            "Point 1 should be an O, but its sum was 0: add its row, w = (0, 0) + (−2, 2) = (−2, 2), b = 0 + 1 = 1."
        )
        lab.button("Play").click()
        lab.says("A whole pass without a mistake: it has learnt. Mistakes: 3, 0.")


def test_a_corner_is_followed_through_the_network(server, browser):
    with running(server, browser, "04_xor_and_the_multilayer_perceptron.ipynb") as page:
        lab = LabOnPage(page, 0)
        lab.handle(4).click()
        lab.says("o: 1 × 1 + 1 × 1 − 0.5 = 1.5 > 0 → 1 (corner 11: wrong)")
        lab.handle(1).focus()
        lab.says("(corner 00: right)")


GROWING = """
from annkit import data
from annkit.labs import PerceptronLab
lab = PerceptronLab(data.lecture())
lab
"""


def test_a_picture_of_another_size_is_shown_whole(server, browser, folder):
    more = "lab.table = data.table([[1, 2, 3]] * 8, [[1]] * 8)"
    real.write_notebook(folder / "grow.ipynb", [GROWING])
    with running(server, browser, "grow.ipynb", height=1200) as page:
        stage = page.locator(".annkit-stage")
        stage.wait_for()
        before = stage.bounding_box()["height"]
        run_in_new_cell(page, more)
        stage.get_by_text("row 8:").wait_for(timeout=SOON)
        assert stage.bounding_box()["height"] > before + 200
        box, last = stage.bounding_box(), stage.locator("[data-id=p8]").bounding_box()
        assert last["y"] + last["height"] < box["y"] + box["height"]


PLAYING = """
from annkit.labs import PerceptronLab
class Turning(PerceptronLab):
    turns = 0
    def advance(self):
        type(self).turns += 1
        self.b = self.turns
        return True
lab = Turning()
lab
"""


def test_play_is_driven_by_the_view_that_can_be_seen(server, browser, folder):
    real.write_notebook(folder / "play.ipynb", [PLAYING, "lab.play()", *["# far away\n" * 40] * 3, "print(lab.turns)"])
    with running(server, browser, "play.ipynb") as page:
        lab = page.locator(".annkit-lab")
        page.wait_for_function(
            """lab => {
                lab.scrollIntoView();
                const bias = lab.querySelector('.annkit-text').textContent.match(/ \\+ (\\d+) = /);
                return bias && Number(bias[1]) > 10;
            }""",
            arg=lab.element_handle(), timeout=real.PATIENCE,
        )  # fmt: skip

        last = page.locator(".jp-CodeCell").last

        def turns():
            last.locator(".jp-InputPrompt").click()
            before = last.locator(".jp-InputPrompt").inner_text()
            page.keyboard.press("Control+Enter")
            page.wait_for_function(
                "([e, before]) => /\\d/.test(e.innerText) && e.innerText !== before",
                arg=[last.locator(".jp-InputPrompt").element_handle(), before],
            )
            return int(last.locator(".jp-OutputArea-output").inner_text())

        last.scroll_into_view_if_needed()
        turns()
        page.wait_for_timeout(500)  # for the ticks that were on their way
        out_of_sight = turns()
        page.wait_for_timeout(500)
        assert out_of_sight > 10 and turns() == out_of_sight


PART_2 = ["from annkit.labs import *\nMatrixLab()", "ForwardLab()", "TapLab()", "SoftmaxLab()", "ActivationLab()"]


@pytest.fixture(scope="module")
def part_2(server, browser, folder):
    """A page with the labs of part 2."""
    real.write_notebook(folder / "part_2.ipynb", PART_2)
    with running(server, browser, "part_2.ipynb") as opened:
        opened.locator(".annkit-handle").first.wait_for()
        yield opened


def in_stage(lab, x, y):
    """Stage units as a place on the page."""
    return lab.stage.evaluate(
        """(e, [x, y]) => {
            const at = new DOMPoint(x, y).matrixTransform(e.querySelector("svg").getScreenCTM());
            return [at.x, at.y];
        }""",
        [x, y],
    )


def test_results_of_a_matrix_product_are_picked_by_mouse_and_by_keys(part_2):
    from annkit.labs import MatrixLab

    lab, twin = LabOnPage(part_2, 0), MatrixLab()
    for row, unit in ((3, 1), (0, 0), (2, 1)):
        part_2.mouse.click(*in_stage(lab, *twin._equation().matrices[-1].middle(row, unit)))
        lab.says(f"h{'₁₂'[unit]} of row {row + 1} = ")
    lab.stage.locator(".annkit-handle").focus()
    for key, words in (
        ("ArrowDown", "h₂ of row 4 = "),
        ("ArrowRight", "h₁ of row 4 = "),
        ("ArrowDown", "h₁ of row 1 = "),
    ):
        part_2.keyboard.press(key)
        lab.says(words)
        lab.stage.get_by_label(words.removesuffix(" = ")).wait_for(timeout=SOON)
        assert focused(part_2).startswith(words.removesuffix(" = "))


def test_a_view_is_chosen_from_the_list(part_2):
    lab = LabOnPage(part_2, 0)
    lab.root.get_by_role("combobox").select_option("samples are columns")
    lab.says("Wᵀ is 2 × 3 and Xᵀ is 3 × 4, so Wᵀ Xᵀ is 2 × 4.")
    lab.button("Reset").click()
    lab.says("X is 4 × 3 and W is 3 × 2")
    assert lab.root.get_by_role("combobox").input_value() == "samples are rows"


def test_four_steps_forward_and_an_edge_picked(part_2):
    from annkit.labs import ForwardLab

    lab, twin = LabOnPage(part_2, 1), ForwardLab()
    colour = "e => getComputedStyle(e).stroke + e.getAttribute('stroke-width')"
    edge = lab.stage.locator("path.annkit-plus, path.annkit-minus").first
    before = edge.evaluate(colour)
    for step in (2, 3, 4):
        lab.button("Next step").click()
        lab.says(f"Step {step} of 4")
    lab.says("The larger output decides the class of each row")
    (x1, y1), (x2, y2) = twin.diagram.places[0][1], twin.diagram.places[1][0]
    part_2.mouse.click(*in_stage(lab, 0.8 * x1 + 0.2 * x2, 0.8 * y1 + 0.2 * y2))
    lab.says("w₃ brings 3 × (−0.5) = −1.5 from b to h₁.")
    lab.stage.locator(".annkit-handle").focus()
    part_2.keyboard.press("ArrowRight")
    lab.says("h₁: 4 × 1 + 3 × (−0.5) + 2 × (−1) = 0.5, sigmoid(0.5) = 0.6225")
    lab.slider("w₁").focus()
    for __ in range(8):
        part_2.keyboard.press("ArrowLeft")
    lab.says("h₁: 4 × (−1) + 3 × (−0.5)")
    assert edge.evaluate(colour) != before


def test_a_tap_is_dragged_and_descent_turns_all_three(part_2):
    lab = LabOnPage(part_2, 2)
    handle = lab.stage.locator(".annkit-handle").first
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = lab.root.locator(".annkit-text").inner_text()
    part_2.mouse.move(x, y)
    part_2.mouse.down()
    part_2.mouse.move(x - 80, y, steps=6)
    part_2.mouse.up()
    part_2.wait_for_function(
        "([e, before]) => e.innerText !== before", arg=[lab.root.locator(".annkit-text").element_handle(), before],
        timeout=SOON,
    )  # fmt: skip
    lab.button("Let descent turn: one step").click()
    lab.says("Step 1: ")
    lab.button("Play").click()
    lab.button("Play").wait_for(timeout=real.PATIENCE)  # it is called Stop until it has come to its end
    lab.says("Step ")


def test_scores_are_raised_together_and_one_by_key(part_2):
    lab = LabOnPage(part_2, 3)
    lab.button("All + 1").click()
    lab.says("cat 0.6652, dog 0.2447, bird 0.09: together 1")
    lab.handle(3).focus()
    part_2.keyboard.press("ArrowUp")
    lab.says("bird: 1.25 / 1")


def test_another_activation_is_drawn_on_another_set(part_2):
    lab = LabOnPage(part_2, 4)
    before = lab.stage.locator("svg > g").first.inner_html()
    lab.root.get_by_role("combobox").select_option("ReLU")
    lab.says("ReLU: a = f(1) = max(1, 0) = 1.")
    assert lab.stage.locator("svg > g").first.inner_html() != before
    lab.stage.locator(".annkit-handle").first.focus()
    for __ in range(8):
        part_2.keyboard.press("ArrowLeft")
    lab.says("ReLU: a = f(−1) = max(−1, 0) = 0.")
