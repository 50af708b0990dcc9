"""The plane that a matrix moves, in real JupyterLab: arrows dragged, the motion, and none for who wants none."""

import pytest
from pages import TICKS, LabOnPage, running, steady

CELLS = ["from annkit.labs import *", "SpaceLab(goal=1)", "MatrixLab()"]
BOX = "e => { const { x, y, width, height } = e.getBBox(); return [x, y, width, height]; }"


@pytest.fixture(scope="module", params=["no-preference", "reduce"])
def page(request, server, browser, folder):
    with running(server, browser, folder, f"space-{request.param}", *CELLS, reduced_motion=request.param) as opened:
        opened.calm = request.param == "reduce"
        yield opened


def test_both_arrows_are_dragged_onto_the_dashed_tile(lab):
    words = {"a1": "(1, 0) goes to (−2, 0.5)", "a2": "(0, 1) goes to (−0.5, 1.5)"}
    x, y = lab.middle("x")  # at (2, 1)
    one = (x - lab.middle("a2")[0]) / 3  # that is at (−1, 1)
    for name, (right, up) in {"a1": (-2, 0.5), "a2": (-0.5, 1.5)}.items():
        lab.drag(lab.middle(name), (x + (right - 2) * one, y - (up - 1) * one))
        assert words[name] in lab.text()
    assert "On the dashed F." in lab.text()
    assert lab.root.locator(".annkit-is-done").count()


def test_an_arrow_and_the_point_are_moved_by_keys(lab):
    lab.handle("a2").focus()
    lab.keys("ArrowUp", "ArrowLeft")
    assert "(0, 1) goes to (−1.25, 1.25)" in lab.text()
    lab.handle("x").focus()
    lab.keys("ArrowLeft")
    assert "h₁ = 1.75 × 1 + 1 × (−1.25)" in lab.text()


def test_a_button_moves_the_plane_and_at_once_where_no_motion_is_wanted(lab, page):
    before = page.evaluate(TICKS)
    lab.press("mirror")
    moved = lab.root.get_by_role("slider", name="moved")
    page.wait_for_function("e => e.value === '1'", arg=moved.element_handle())
    assert "On the way" not in lab.text() and "are turned over" in lab.text()
    pictures = page.evaluate(TICKS) - before
    assert pictures <= 4 if page.calm else pictures >= 32
    lab.press("Undo")
    assert "Areas become 1.5 times as large." in lab.text()


def test_the_ring_of_a_picked_result_lies_around_its_number(page):
    lab = LabOnPage(page, 1)
    steady(lab.stage)
    handle = lab.stage.locator(".annkit-handle")
    handle.focus()
    x, y, width, height = handle.locator(".annkit-focus").evaluate(BOX)
    assert 30 < width / 2 < 40 and 20 < height / 2 < 30, "as large as a cell"
    assert (x, y) == (-width / 2, -height / 2)
