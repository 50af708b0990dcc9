"""The overfitting lab in real JupyterLab: it learns in sight, goes back in time, follows a point, and grows a cloud."""

import pytest
from pages import running, serious_violations


@pytest.fixture(scope="module")
def page(server, browser, folder):
    cells = ["from annkit.labs import OverfitLab", "OverfitLab()"]
    with running(server, browser, folder, "overfit", *cells) as opened:
        yield opened


def to_the_end(lab):
    lab.slider("epoch").focus()
    lab.keys("End")
    lab.says("Epoch 2000")


def test_it_learns_and_goes_back_to_the_best(lab):
    lab.press("Play")
    lab.root.locator('.annkit-text:not([aria-label*="Epoch 0,"])').wait_for()
    lab.press("Stop")
    to_the_end(lab)
    assert "Overfitted" in lab.text()
    lab.press("Back to the best")
    assert "Epoch 50," in lab.text() and lab.root.locator(".annkit-is-done").count()


def test_the_ring_goes_back_in_time_and_the_best_is_clicked(lab):
    to_the_end(lab)
    now, best = lab.middle("now"), lab.middle("best")
    lab.drag(now, (best[0] + 60, now[1]))
    assert "Epoch 50," not in lab.text() and "Epoch 2000" not in lab.text()
    assert lab.middle("now")[0] == pytest.approx(best[0] + 60, abs=4)
    lab.click(*best)
    assert "Epoch 50," in lab.text()
    lab.handle("now").focus()
    lab.keys("ArrowRight", "ArrowUp")
    assert "Epoch 160," in lab.text()


def test_the_curve_follows_a_point(lab):
    to_the_end(lab)
    before, (x, y) = lab.live(), lab.middle(6)
    lab.drag((x, y), (x, y - 60))
    assert "it learned 200 epochs more" in lab.text() and lab.live() != before
    lab.handle(6).focus()
    lab.keys("ArrowDown")
    lab.press("Undo", "Undo")
    assert lab.live() == before and "learned 200 epochs more" not in lab.text()


def test_a_cloud_grows_and_comes_anew_with_other_settings(lab):
    lab.slider("epoch").focus()
    lab.keys("PageUp")
    lab.press("Twenty times")
    lab.says("21 curves")
    lab.button("Play").wait_for()
    lab.slider("units").focus()
    lab.keys("Home")
    lab.says("1 unit.")
    lab.says("21 curves")
    lab.button("Play").wait_for()
    assert not lab.error.inner_text()


def test_nothing_is_seriously_wrong(lab, page):
    to_the_end(lab)
    assert serious_violations(page) == []
