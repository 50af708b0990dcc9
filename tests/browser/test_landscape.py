"""The landscape in real JupyterLab: its start is dragged, its trails are scrubbed, and it plays."""

import pytest
from pages import running, serious_violations


@pytest.fixture(scope="module")
def page(server, browser, folder):
    cells = ["from annkit.labs import LandscapeLab", "LandscapeLab()"]
    with running(server, browser, folder, "landscape", *cells) as opened:
        yield opened


def scrub(lab, key, times=1):
    """A key on the slider of the steps."""
    lab.slider("steps").focus()
    lab.keys(*[key] * times)


def test_the_start_is_dragged_and_the_trails_begin_there(lab):
    scrub(lab, "ArrowRight", 3)
    x, y = lab.middle("start")  # at (−4, 1)
    lab.handle("start").focus()
    lab.keys("ArrowRight", "ArrowDown")
    right, down = lab.middle("start")
    across, up = 4 * (right - x), 4 * (down - y)  # how long one is on the page
    assert across > 30 and up > 80
    lab.drag((right, down), (x + 6 * across, y + 2 * up))  # to (2, −1)
    assert "step 3 of momentum" in lab.text()
    scrub(lab, "Home")
    assert "plain: w₁ = 2.000, w₂ = −1.000" in lab.text()
    lab.press("Undo", "Undo")  # the scrub, and the drag
    scrub(lab, "Home")
    assert "plain: w₁ = −3.750, w₂ = 0.750" in lab.text()


def test_a_drag_ends_at_the_edge_of_the_chart(lab):
    x, y = lab.middle("start")
    lab.drag((x, y), (x - 60, y - 700))
    assert "w₁ = −5.000, w₂ = 2.000" in lab.text()
    assert not lab.error.inner_text()


def test_steps_are_scrubbed_there_and_back(lab):
    scrub(lab, "ArrowRight", 2)
    two, drawn = lab.text(), lab.live()
    scrub(lab, "End")
    assert "after 400 steps" in lab.text() and "There at step 51 (momentum)" in lab.text()
    assert lab.root.locator(".annkit-is-done").count()
    scrub(lab, "Home")
    assert "after 0 steps" in lab.text()
    scrub(lab, "ArrowRight", 2)
    assert (lab.text(), lab.live()) == (two, drawn)


def test_it_plays_and_stops(lab):
    lab.press("Play")
    lab.root.locator('.annkit-text:not([aria-label*="after 0 steps"])').wait_for()
    lab.press("Stop")
    assert lab.button("Play").is_visible()


def test_no_number_is_wrapped_and_nothing_is_seriously_wrong(lab, page):
    scrub(lab, "End")
    for walker in ("plain", "momentum", "Adam"):
        lab.root.get_by_role("combobox", name="arithmetic of").select_option(walker)
        assert f"step 400 of {walker}" in lab.text()
        tall = "rows => [...rows.children].map(cell => cell.getBoundingClientRect().height)"
        for rows in lab.root.locator(".annkit-rows").all():
            assert max(rows.evaluate(tall)) < 34, "one line each"
    assert serious_violations(page) == []
