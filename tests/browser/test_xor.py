"""The corners of XOR in real JupyterLab: how they move, and the card of those that meet."""

import pytest
from pages import TICKS, running

CELLS = ["from annkit.labs import XorLab", "XorLab()"]
FAN = "e => getComputedStyle(e.querySelector('.annkit-fan')).display"
WAY = ("weighted sums", "Each sum becomes 0 or 1", "The plane shows where the hidden units put the corners")
"""What it says on the way, in this order."""
HEAR = """(lab) => {
  const text = lab.querySelector(".annkit-text");
  window.heard = [];
  new MutationObserver(() => window.heard.push(text.ariaLabel)).observe(text, { attributes: true });
}"""


@pytest.fixture(scope="module", params=["no-preference", "reduce"])
def page(request, server, browser, folder):
    with running(server, browser, folder, f"xor-{request.param}", *CELLS, reduced_motion=request.param) as opened:
        opened.calm = request.param == "reduce"
        yield opened


def play(lab):
    """Play, and wait until it has come to its end."""
    lab.button("Play").click()
    lab.says(WAY[-1])
    lab.button("Play").wait_for()


def test_play_moves_the_corners_over_their_sums_and_at_once_where_no_motion_is_wanted(lab, page):
    lab.root.evaluate(HEAR)
    before = page.evaluate(TICKS)
    play(lab)
    pictures = page.evaluate(TICKS) - before
    assert pictures <= 4 if page.calm else pictures >= 64
    heard = [next((k for k, words in enumerate(WAY) if words in each), None) for each in page.evaluate("window.heard")]
    seen = [k for k in heard if k is not None]
    assert seen == sorted(seen) and set(seen) == ({2} if page.calm else {0, 1, 2})
    assert lab.slider("move").get_attribute("aria-valuetext") == "1"
    lab.press("Reset")
    assert "the corners where they begin" in lab.text()


def test_corners_that_meet_unfold_on_a_card_under_the_pointer(lab, page):
    play(lab)
    lab.handle(1).focus()
    assert "(corner 00: right)" in lab.text()  # which meets none, so that no card is open
    mark = lab.handle(4)
    x, y = lab.middle(4)
    page.mouse.move(x - 150, y)
    assert mark.evaluate(FAN) == "none"
    page.mouse.move(x, y)
    assert mark.evaluate(FAN) != "none"
    assert mark.locator(".annkit-fan").get_by_text("10", exact=True).is_visible()
    picture, card = lab.stage.bounding_box(), mark.locator(".annkit-fan rect").bounding_box()
    assert card["x"] > picture["x"] and card["x"] + card["width"] < picture["x"] + picture["width"]
    lab.click(x, y)
    assert "(corner 11: wrong)" in lab.text()
    assert len({round(lab.middle(number)[0]) for number in (2, 3, 4)}) == 3, "side by side"


def test_a_corner_is_chosen_by_keys_and_a_weight_is_turned_and_undone(lab):
    lab.handle(1).focus()
    lab.keys("Tab", "Tab")
    lab.says("(corner 10: right)")
    lab.slider("c").focus()
    lab.keys(*8 * ["ArrowLeft"])
    lab.says("(corner 10: wrong)")
    assert lab.slider("c").get_attribute("aria-valuetext") == "−2.5"
    lab.keys(*8 * ["Control+z"])
    lab.says("(corner 10: right)")
    assert lab.slider("c").get_attribute("aria-valuetext") == "−0.5"
