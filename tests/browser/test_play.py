"""Labs that play in real JupyterLab: to their end, from anew after a pause, and only as long as somebody sees them."""

import pytest
from pages import LabOnPage, middle, running, steady

CELLS = [
    "from annkit.labs import PerceptronLab, TapLab\nPerceptronLab(w1=0, w2=0, b=0, learning=True)",
    "TapLab()",
    """
class Turning(PerceptronLab):
    def advance(self):
        self.b += 1
        return True

    def controls(self):
        return [self.player("Turn")]

Turning(b=0)
""",
    *["# far away\n" * 40] * 3,
]
TICKS = "() => messages.sent.filter(({ event }) => event === 'tick').length"
OUT_OF_SIGHT = """(stage) => new Promise((resolve) => {
  const eye = new IntersectionObserver((entries) => { if (!entries.at(-1).isIntersecting) resolve(eye.disconnect()); });
  eye.observe(stage);
})"""
"""Told in the same breath as the stage, which looks in the same way."""
THIRTY_TURNS = """() => new Promise((resolve) => {
  let turns = 0;
  const timer = setInterval(() => { if (++turns === 30) resolve(clearInterval(timer)); }, 1000 / 30);
})"""
"""Of a timer such as the one that makes a lab play."""


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(server, browser, folder, "play", *CELLS) as opened:
        yield opened


def play_to_the_end(lab):
    lab.button("Play").click()
    lab.root.locator(".widget-toggle-button:not(.mod-active)").wait_for()
    lab.button("Play").wait_for()  # it was called Stop


def test_a_perceptron_learns_step_by_step_and_by_itself(page):
    lab = LabOnPage(page)
    lab.press("Learn once")
    assert "Corrections so far: 1." in lab.text()
    play_to_the_end(lab)
    assert "A whole pass without a mistake" in lab.text()


def test_a_tap_is_dragged_and_descent_turns_all_three(page):
    lab = LabOnPage(page, 1)
    before = lab.text()
    x, y = middle(lab.stage.locator(".annkit-handle").first.bounding_box())
    lab.drag((x, y), (x - 80, y))
    assert lab.text() != before
    lab.press("One step")
    assert "Step 1: " in lab.text()
    play_to_the_end(lab)
    assert "Step " in lab.text() and "Step 1: " not in lab.text()


def turning(lab):
    """Wait until it has turned some more."""
    lab.page.wait_for_function(f"before => ({TICKS})() > before + 10", arg=lab.page.evaluate(TICKS))


def test_play_stops_and_begins_anew(page):
    lab = LabOnPage(page, 2)
    for __ in range(3):
        lab.button("Play").click()
        turning(lab)
        lab.press("Stop")
        stopped = lab.text()
        lab.press("Turn")
        assert lab.text() != stopped
    lab.press("Undo", "Undo")
    assert lab.text() != stopped
    lab.press("Reset")


def test_play_is_driven_by_the_view_that_can_be_seen(page):
    lab = LabOnPage(page, 2)
    lab.button("Play").click()
    turning(lab)
    steady(page.locator(".jp-CodeCell").last)
    lab.stage.evaluate(OUT_OF_SIGHT)
    ticks, words = page.evaluate(TICKS), lab.text()
    page.evaluate(THIRTY_TURNS)
    assert page.evaluate(TICKS) == ticks and lab.text() == words
    steady(lab.stage)
    turning(lab)
    lab.press("Stop")
    assert lab.text() != words
