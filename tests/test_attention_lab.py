"""Every control of the attention lab, driven in Python, and its numbers worked out by hand."""

import math

import numpy as np
import pytest
from hands import button, click, drag, drop, hear, kept, press, refuses

from annkit.labs import AttentionLab
from annkit.labs.attention.sentence import COUNT, OFFERS, VALUES

made, lab = kept(AttentionLab)


def to(lab, handle, panel, x, y):
    """A handle dragged to a place of a panel and let go."""
    place = panel.spot(x, y)
    drag(lab, handle, *place)
    drop(lab, handle, *place)


def test_every_slider_at_both_ends_and_at_zero(lab):
    assert list(lab._sliders) == ["q1", "q2", "k1", "k2", "places"]
    for slider in lab._sliders.values():
        for value in (slider.low, 0, slider.high):
            slider.move(value)
            assert slider.value == value and not lab.error
            assert "nan" not in lab.stage.live + lab.describe()
    assert lab.seeks[4] == (3, 3) and lab.offers[4] == (3, 3) and lab.places == 1


def test_the_weights_by_hand(lab):
    powers = [math.exp((x + 0.5 * y) / math.sqrt(2)) for x, y in OFFERS]
    weights = np.array(powers) / sum(powers)
    assert lab.attention.weights[4] == pytest.approx(weights)
    assert lab.attention.answers[4] == pytest.approx(weights @ np.array(VALUES))
    assert "“it” looks most at “cat”: 0.46." in lab.describe()
    assert "cat: 1.41, e^(1.41) = 4.11, weight 0.46" in lab.describe()
    assert "1 × 2 + 0.5 × 0 = 2" in lab.describe()


def test_the_arrow_is_dragged_and_moved_by_keys(lab):
    to(lab, "q", lab._frame.plane, 0.06, 1.94)
    assert lab.seeks[4] == (0, 2) and "“it” looks most at “milk”: 0.76." in lab.describe()
    press(lab, "q", "ArrowUp")
    press(lab, "q", "ArrowLeft")
    press(lab, "q", "Enter")
    assert lab.seeks[4] == (-0.25, 2.25)
    to(lab, "q", lab._frame.plane, 9, -9)
    assert lab.seeks[4] == (3, -3)
    lab.undo()
    lab.undo()
    assert lab.seeks[4] == (0, 2.25), "one key is taken back"


def test_who_seeks_nothing_looks_at_all_alike(lab):
    lab.word = 4
    assert "“because” looks at all words alike." in lab.describe()
    assert lab.attention.weights[3] == pytest.approx(np.full(COUNT, 1 / COUNT))


def test_what_a_word_offers_is_dragged_also_where_places_count(lab):
    to(lab, "k2", lab._frame.plane, -3, 0.5)
    assert lab.offers[1] == (-3, 0.5)
    lab.places = 1
    press(lab, "k2", "ArrowRight")
    assert lab.offers[1] == (-2.75, 0.5)
    to(lab, "k6", lab._frame.plane, 1, 1)
    assert lab.offered[5] == pytest.approx((1, 1), abs=0.13)


def test_a_word_goes_to_another_place_and_without_places_nothing_else_changes(lab):
    before = lab.attention
    to(lab, "w1", lab._frame.strip, 0.95, 0.3)
    assert lab.order == (2, 3, 4, 5, 6, 1) and lab.word == 5
    assert lab.attention.weights.tolist() == before.weights.tolist()
    press(lab, "w1", "ArrowLeft")
    press(lab, "w1", "ArrowUp")
    assert lab.order == (2, 3, 4, 5, 1, 6)
    lab.places = 0.5
    assert lab.offered[0] == pytest.approx((2 + 0.5 * 0.5 * 1.5, 0))
    swapped = lab.attention.weights
    button(lab, "◀ Move it").click()
    assert lab.order == (2, 3, 5, 4, 1, 6) and np.abs(lab.attention.weights - swapped).max() > 0.01
    for __ in range(7):
        button(lab, "Move it ▶").click()
    assert lab.order[-1] == 5
    lab.places = 0
    np.testing.assert_allclose(lab.attention.weights, before.weights, atol=1e-15)


def test_a_word_is_picked_in_the_sentence_in_the_list_and_in_the_table(lab):
    hear(lab, event="focus", id="w3")
    assert lab.word == 5, "it may be moved while another one looks"
    hear(lab, event="click", id="w3", again=False)
    assert lab.word == 3 and lab._choosers["word"].value == 3
    press(lab, "w4", "Enter")
    assert lab.word == 4
    lab._choosers["word"].value = 2
    assert lab.word == 2 and "“left” looks most at “cat”" in lab.describe()
    lab.view = "weights"
    table = lab._frame.table
    click(lab, *table.spot(1.5, 5.5))
    assert lab.word == 6
    click(lab, table.x - 20, table.y + 5)
    assert lab.word == 1, "its name belongs to the row"
    click(lab, 5, 5)
    assert lab.word == 1
    assert "0.75" in lab.stage.live
    lab.view = "meaning"
    click(lab, *table.spot(1.5, 5.5))
    assert lab.word == 1


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("seeks", [[1, 2]], r"two numbers for each of the 6 words; it has shape \(1, 2\)"),
        ("offers", [[4, 0]] * 6, "from −3 to 3; it has 4"),
        ("offers", "many", "offers"),
        ("seeks", [[math.nan, 0]] * 6, "seeks"),
        ("order", (1, 2, 3, 4, 5, 5), "each once"),
        ("order", (1, 2, 3), "each once"),
        ("places", 2, "places"),
        ("word", 7, "word"),
        ("view", "all", "view"),
        ("order", [[1, 2, 3], [4, 5, 6]], "each once"),
    ],
)
def test_what_is_refused(lab, name, value, words):
    refuses(lab, name, value, words)


def test_code_makes_the_lab_again(lab):
    lab.set(places=0.25, order=(2, 1, 3, 6, 5, 4), word=3, view="weights")
    to(lab, "q", lab._frame.plane, 1, -1)
    again = eval(lab.code())
    assert again.describe() == lab.describe() and again.stage.live == lab.stage.live
    again.close()


def test_what_it_takes_is_said_by_what_it_is_made_of(lab):
    assert "(0.5, 0.92), mostly of “cat” and “milk”." in lab.describe()
    lab.word = 4
    assert "(−0.04, −0.17), the mean of all meanings." in lab.describe()
    lab.word = 6
    assert "(−1.55, 1.18), nearly the meaning of “milk”." in lab.describe()


def test_a_key_beyond_the_plane_is_drawn_at_its_edge_and_said_as_it_is(lab):
    lab.set(order=(2, 3, 4, 5, 6, 1), places=1)
    to(lab, "k1", lab._frame.plane, 3, 0)
    lab.offers = [(3, 0), *lab.offers[1:]]
    assert "what cat offers: (4.25, 0.00)" in lab.stage.svg() + str(lab.stage.handles)
