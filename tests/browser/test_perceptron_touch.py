"""The perceptron lab in real JupyterLab under a finger on a tablet: line, arrow, points and learning."""

import pytest
from pages import LabOnPage, line, running

CELLS = ["from annkit.labs import PerceptronLab\nPerceptronLab()", "PerceptronLab(w1=0, w2=0, b=0, learning=True)"]
TABLET = {"viewport": {"width": 1024, "height": 700}, "has_touch": True}


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(server, browser, folder, "perceptron_touch", *CELLS, **TABLET) as opened:
        yield opened


def numbers(lab):
    return [lab.slider(name).get_attribute("aria-valuetext") for name in ("w₁", "w₂", "b")]


@pytest.mark.parametrize("off", [0, 12])
def test_a_finger_moves_the_line_and_only_b(page, finger, off):
    lab = LabOnPage(page)
    x, y = lab.middle("line")
    finger((x + off, y), *line((x + off, y), (x + off, y + 70), steps=10))
    assert "The line goes through" in lab.text()
    w1, w2, b = numbers(lab)
    assert (w1, w2) == ("0.5", "1") and b not in ("−0.5", "0")


def test_a_finger_turns_the_arrow_and_not_b(page, finger):
    lab = LabOnPage(page)
    x, y = lab.middle("w")
    finger((x, y), *line((x, y), (x + 60, y + 20), steps=10))
    assert lab.text()
    w1, __, b = numbers(lab)
    assert w1 not in ("0.5", "0") and b == "−0.5"
    assert lab.middle("w") == pytest.approx((x + 60, y + 20), abs=8)


def test_a_finger_that_is_not_quite_on_a_point_drags_it(page, finger):
    lab = LabOnPage(page)
    x, y = lab.middle(2)
    finger((x + 10, y + 8), *line((x + 10, y + 8), (x + 10, y - 72), steps=10))
    assert "(point 2: " in lab.text()
    assert lab.middle(2) == pytest.approx((x + 10, y - 72), abs=20)


def test_a_tap_learns_once_and_others_take_it_back_and_do_it_again(page):
    lab = LabOnPage(page, 1)
    for label, corrections in (("Learn once", 1), ("Undo", 0), ("Redo", 1)):
        lab.button(label).tap()
        lab.says(f"Corrections so far: {corrections}.")
