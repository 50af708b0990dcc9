"""What a finger does in real JupyterLab: it drags, taps, draws, and scrolls where there is nothing to move."""

import json

import pytest
from pages import LabOnPage, line, run_in_new_cell, running, steady

CELLS = [
    "from annkit.labs import PerceptronLab\nlab = PerceptronLab()\nlab",
    """
from annkit.labs.base.lab import Lab
from annkit.stage import Pad, new_figure

class Paper(Lab):
    heard = []

    def figure(self, setting):
        return new_figure(300, 200)[0]

    def draw(self):
        self.stage.show(pads=[Pad("paper", self.stage.panels[0], "a sheet to draw on")])

    def words(self):
        return ["What you draw."]

    def controls(self):
        return []

    def stroked(self, pad, points, first, last):
        self.heard.append([points, first, last])

paper = Paper()
paper
""",
    *["# far away\n" * 40] * 2,
]
COUNT_CANCELLED = """() => {
  window.cancelled = 0;
  window.addEventListener("pointercancel", () => { window.cancelled += 1; }, { capture: true, once: true });
}"""


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(server, browser, folder, "touch", *CELLS, has_touch=True) as opened:
        yield opened


def scrolled(page):
    return page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop")


def test_a_point_is_dragged_down_without_scrolling(page, finger):
    lab = LabOnPage(page)
    before, (x, y) = scrolled(page), lab.middle(1)
    page.evaluate(COUNT_CANCELLED)
    finger((x, y), *line((x, y), (x, y + 150)))
    assert "(point 1: " in lab.text()
    assert lab.middle(1) == pytest.approx((x, y + 150), abs=12), "on the nearest quarter"
    assert scrolled(page) == before and page.evaluate("window.cancelled") == 0


def test_a_tap_adds_a_point_and_another_switches_it(page, finger):
    lab = LabOnPage(page)
    box = steady(lab.stage)
    finger((box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.75))
    lab.handle(5).wait_for()
    assert "3 of 5 right." in lab.text()
    finger(lab.middle(5))
    assert "4 of 5 right." in lab.text()


@pytest.mark.parametrize("where", [".annkit-stage", ".annkit-text"])
def test_a_swipe_where_there_is_nothing_to_move_scrolls_the_page(page, finger, where):
    lab = LabOnPage(page)
    words, box = lab.text(), steady(lab.root.locator(where))
    x, y = box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.75
    before = scrolled(page)
    finger((x, y), *line((x, y), (x, y + (150 if before > 200 else -150))))
    page.wait_for_function(
        "before => document.querySelector('.jp-WindowedPanel-outer').scrollTop !== before", arg=before
    )
    assert lab.text() == words


def test_a_swipe_that_begins_on_a_slider_scrolls_and_turns_nothing(page, finger):
    lab = LabOnPage(page)
    words, box = lab.text(), steady(lab.slider("w₂"))
    x, y = box["x"] + box["width"] * 0.1, box["y"] + box["height"] / 2
    before = scrolled(page)
    finger((x, y), *line((x, y), (x, y + (150 if before > 200 else -150))))
    page.wait_for_function(
        "before => document.querySelector('.jp-WindowedPanel-outer').scrollTop !== before", arg=before
    )
    assert lab.text() == words


@pytest.mark.parametrize("hand", ["finger", "mouse"])
def test_every_point_of_a_stroke_arrives(page, finger, hand):
    run_in_new_cell(page, "Paper.heard.clear()")
    paper = LabOnPage(page, 1)
    before = scrolled(page)
    drawn = [(60, 30), *line((60, 30), (200, 160), steps=40)]
    start, *ways = (paper.at(*place) for place in drawn)
    if hand == "finger":
        finger(start, *ways)
    else:
        paper.drag(start, *ways, steps=1)
    assert scrolled(page) == before
    paper.text()
    heard = json.loads(run_in_new_cell(page, "import json; print(json.dumps(Paper.heard))"))
    assert [first for __, first, __ in heard] == [True] + (len(heard) - 1) * [False]
    assert [last for __, __, last in heard] == (len(heard) - 1) * [False] + [True]
    points = [tuple(point) for points, __, __ in heard for point in points]
    assert len(points) in (41, 42)  # where it was let go is told as well
    for point, place in zip(points, [*drawn, drawn[-1]], strict=False):
        assert point == pytest.approx(place, abs=1)
