"""What hands do in chapter 08's labs in real JupyterLab: a digit is drawn, and what is picked is turned."""

import pytest
from pages import LabOnPage, focused, middle, running

from annkit.labs.digits.picture import PAD

CELLS = [
    """
from annkit import Network, data, train
from annkit.labs import DigitsLab

learn, test = data.digits().split(1500, seed=0)
net = Network([64, 10, 10], activation="sigmoid", output="softmax", seed=6)
train(net, learn.X, learn.T, loss="cross_entropy", learning_rate=0.5, epochs=60, batch_size=32)
lab = DigitsLab(net, test)
lab
""",
    "from annkit.labs import ForwardLab\nForwardLab()",
]
TWO = [(10, 9), (14, 5), (20, 6), (22, 11), (16, 19), (9, 27), (23, 27)]


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(server, browser, folder, "pad", *CELLS, has_touch=True) as opened:
        yield opened


@pytest.fixture
def lab(page):
    lab = LabOnPage(page)
    lab.press("Draw your own")
    lab.says("The pad is empty")
    return lab


def way(lab, places):
    """Places of the pad on the page."""
    return [lab.at(*place) for place in PAD.place(*zip(*places, strict=True)).tolist()]


def drawn(lab):
    words = lab.text()
    assert "In your drawing the network sees 2 (" in words
    lab.press("Undo")
    assert "The pad is empty" in lab.text(), "a stroke is one step"
    lab.press("Redo")
    assert lab.text() == words
    lab.press("Clear")
    assert "The pad is empty" in lab.text()


def test_by_mouse(lab):
    lab.drag(*way(lab, TWO), steps=6)
    drawn(lab)


def test_by_finger_and_the_page_stays(lab, page, finger):
    before = page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop")
    finger(*way(lab, TWO))
    assert page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop") == before
    drawn(lab)


def test_by_keys_alone(lab, page):
    pad = lab.stage.locator(".annkit-pad")
    pad.focus()
    lab.keys(*["ArrowUp"] * 6, *["ArrowLeft"] * 3, "Enter", *["ArrowRight"] * 5, *["ArrowDown"] * 4)
    assert "pen down at 20, 12" in focused(page)
    lab.keys(*["ArrowDown", "ArrowLeft"] * 5, *["ArrowDown"] * 2, *["ArrowRight"] * 6, "Enter")
    assert "pen up at 22, 26" in focused(page)
    drawn(lab)


def test_on_a_picture_and_back(lab):
    lab.press("Back to picture 1")
    assert "Picture 1 shows" in lab.text()
    lab.drag(*way(lab, [(4, 4), (28, 28)]), steps=6)
    assert "pixels of ink, the largest output is" in lab.text()
    lab.press("Clear")
    assert "pixels of ink" not in lab.text()


def test_what_is_picked_is_dragged_where_it_is(page):
    lab = LabOnPage(page, 1)
    handle, bias = lab.stage.locator(".annkit-handle"), lab.slider("b₁")
    x, y = middle(handle.bounding_box())
    lab.drag((x, y), (x, y - 60))
    assert float(bias.input_value()) > 1
    assert middle(handle.bounding_box()) == pytest.approx((x, y), abs=1), "it is not moved, but turned"
    lab.press("Undo")
    assert float(bias.input_value()) == 0


def test_the_slider_is_that_of_what_is_picked(page):
    lab = LabOnPage(page, 1)
    lab.stage.locator(".annkit-handle").focus()
    lab.keys("ArrowLeft")
    assert lab.slider("w₁").input_value() == "1" and not lab.slider("b₁").count()
    field = lab.root.get_by_role("textbox", name="w₁, the number")
    field.fill("−2,5")
    lab.keys("Enter")
    assert "w₁ brings 4 × (−2.5) = −10" in lab.text()
