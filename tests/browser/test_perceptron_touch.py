"""The perceptron lab in real JupyterLab under a finger on a tablet: line, arrow, points and learning."""

import pytest
from pages import LabOnPage, middle, running

CELLS = ["from annkit.labs import PerceptronLab\nPerceptronLab()", "PerceptronLab(w1=0, w2=0, b=0, learning=True)"]
TABLET = {"viewport": {"width": 1024, "height": 700}, "has_touch": True}


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(server, browser, folder, "perceptron_touch", *CELLS, **TABLET) as opened:
        yield opened


@pytest.fixture(scope="module")
def swipe(page):
    """Put a finger down, move it in a straight line, and lift it."""
    session = page.context.new_cdp_session(page)

    def act(start, end=None, steps=10):
        ways = [tuple(a + (b - a) * k / steps for a, b in zip(start, end, strict=True)) for k in range(1, steps + 1)]
        for kind, places in [("Start", [start]), *(("Move", [way]) for way in ways), ("End", [])]:
            points = [{"x": x, "y": y} for x, y in places]
            session.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    return act


def place(lab, id):
    return middle(lab.stage.locator(f"[data-id={id}]").bounding_box())


def numbers(lab):
    return [lab.slider(name).get_attribute("aria-valuetext") for name in ("w₁", "w₂", "b")]


@pytest.mark.parametrize("off", [0, 12])
def test_a_finger_moves_the_line_and_only_b(page, swipe, off):
    lab = LabOnPage(page)
    x, y = place(lab, "line")
    swipe((x + off, y), (x + off, y + 70))
    assert "The line goes through" in lab.text()
    w1, w2, b = numbers(lab)
    assert (w1, w2) == ("0.5", "1") and b not in ("−0.5", "0")


def test_a_finger_turns_the_arrow_and_not_b(page, swipe):
    lab = LabOnPage(page)
    x, y = place(lab, "w")
    swipe((x, y), (x + 60, y + 20))
    assert lab.text()
    w1, __, b = numbers(lab)
    assert w1 not in ("0.5", "0") and b == "−0.5"
    assert place(lab, "w") == pytest.approx((x + 60, y + 20), abs=8)


def test_a_finger_that_is_not_quite_on_a_point_drags_it(page, swipe):
    lab = LabOnPage(page)
    x, y = lab.middle(2)
    swipe((x + 10, y + 8), (x + 10, y - 72))
    assert "(point 2: " in lab.text()
    assert lab.middle(2) == pytest.approx((x + 10, y - 72), abs=20)


def test_a_tap_learns_once_and_others_take_it_back_and_do_it_again(page):
    lab = LabOnPage(page, 1)
    for label, corrections in (("Learn once", 1), ("Undo", 0), ("Redo", 1)):
        lab.button(label).tap()
        lab.says(f"Corrections so far: {corrections}.")
