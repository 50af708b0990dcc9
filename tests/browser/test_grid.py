"""The grid lab in real JupyterLab: it fills in while it plays, cells and folds are picked, and the flag hops."""

import pytest
from pages import running, serious_violations

from annkit.labs.grid.board import GRID, ROWS


@pytest.fixture(scope="module")
def page(server, browser, folder):
    cells = ["from annkit.labs import GridLab", "GridLab(done=12)"]
    with running(server, browser, folder, "grid", *cells) as opened:
        yield opened


def place(column, row):
    """The middle of a cell, in stage units; rows count from above."""
    return GRID[0] + GRID[2] * (column + 0.5) / 7, GRID[1] + GRID[3] * (row + 0.5) / 4


def says(lab, words):
    """Wait until the lab says so."""
    lab.root.locator(f'.annkit-text[aria-label*="{words}"]').wait_for()


def goes_on(lab, *stands):
    """Wait until the lab says none of these, and stop it, wherever it is by then."""
    lab.root.locator(".annkit-text" + "".join(f':not([aria-label*="{words}"])' for words in stands)).wait_for()
    lab.root.locator(".annkit-strong").first.click()
    lab.button("Play").wait_for()


def test_it_fills_in_while_it_plays_and_stops_with_what_it_has(lab):
    lab.press("Play")
    goes_on(lab, "12 of 28 cells")
    before = lab.text()
    assert "12 of 28" not in before
    lab.slider("cells").focus()
    lab.keys("Home")
    says(lab, "0 of 28 cells")
    lab.keys("End")
    assert lab.text() == before


def test_a_cell_and_a_fold_are_clicked_and_then_go_by_keys(lab, page):
    page.mouse.click(*lab.at(*place(2, 0)))
    says(lab, "Picked: 3 units, α = 1")
    lab.handle("cell").focus()
    lab.keys("ArrowLeft", "ArrowDown")
    says(lab, "Picked: 2 units, α = 0.3")
    page.mouse.click(*lab.at(ROWS[0] + 20, ROWS[1] + 2.5 * ROWS[3]))
    lab.stage.get_by_text("fold 3 set aside").wait_for()
    lab.handle("fold").focus()
    lab.keys("ArrowDown")
    lab.stage.get_by_text("fold 4 set aside").wait_for()


def test_the_lists_pick_too(lab):
    lab.root.get_by_role("combobox", name="units").select_option("3")
    lab.root.get_by_role("combobox", name="α").select_option("0.3")
    says(lab, "Picked: 3 units, α = 0.3")


def test_folds_are_dealt_again_and_new_points_are_asked(lab, page):
    lab.press("Deal the folds again")
    goes_on(lab, "Deal 1", "2: 0 of 28 cells")
    lab.press("Ask 4,000 new points", "Show one standard error")
    says(lab, "Smallest within one standard error")
    says(lab, "new points: 0.")
    assert lab.button("Hide the new points").is_visible()
    assert serious_violations(page) == []
