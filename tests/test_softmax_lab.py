"""Every control of the softmax lab, driven in Python: both ends, bad values, drags, keys, and scores of ±1000."""

import itertools
import math
import re

import numpy as np
import pytest
from hands import button, drag, press, refuses

from annkit import softmax
from annkit.labs import SoftmaxLab


@pytest.fixture
def lab():
    made = SoftmaxLab()
    yield made
    assert not made.error
    made.close()


def by_hand(lab):
    """The shares from differences alone, which never overflow here: 1 / Σ e^((other − own) / temperature)."""
    scores = [y / lab.temperature for y in (lab.y1, lab.y2, lab.y3)]
    return [1 / sum(math.exp(min(other - own, 700)) for other in scores) for own in scores]


def drag_to(lab, handle, value, x=0):
    drag(lab, handle, *lab.stage.panels[0].place(x, value)[0])


def test_every_slider_at_both_ends_and_at_zero(lab):
    assert list(lab._sliders) == ["y1", "y2", "y3", "temperature"]
    for name, slider in lab._sliders.items():
        for value in (slider.low, slider.high, 0.0, 1.0):
            if name == "temperature" and value == 0:
                continue
            slider.move(value)
            assert getattr(lab, name) == value
            assert lab.shares == pytest.approx(by_hand(lab), abs=1e-12)
            assert lab.shares.sum() == pytest.approx(1, abs=1e-15)
        lab.reset()


def test_the_numbers_worked_out_by_hand(lab):
    assert lab.describe().splitlines() == [
        "The shares add up to 1; cat is ahead of dog by 0.4205.",
        "cat: 2 / 1 = 2, e^2 = 7.3891, 7.3891 / 11.1073 = 0.6652",
        "dog: 1 / 1 = 1, e^1 = 2.7183, 2.7183 / 11.1073 = 0.2447",
        "bird: 0 / 1 = 0, e^0 = 1, 1 / 11.1073 = 0.09",
        "The powers add up to 11.1073: a share is its power / 11.1073.",
        "Only differences count: cat is 1 above dog and 2 above bird.",
        "Press All + 1: what becomes of the powers, and what of the shares?",
    ]


def test_the_arithmetic_stands_in_columns_that_are_narrow():
    rows = SoftmaxLab().words()[1]
    assert rows.heads == ["", "cat", "dog", "bird"] and rows.cells == [
        ["score", "2", "1", "0"],
        ["/ 1", "2", "1", "0"],
        ["e^", "7.3891", "2.7183", "1"],
        ["share", "0.6652", "0.2447", "0.09"],
    ]
    rows = SoftmaxLab(1000, -4, 0, temperature=0.25).words()[1]
    assert rows.cells[2:] == [
        ["− 4000", "0", "−4016", "−4000"],
        ["e^", "1", "≈ 0", "≈ 0"],
        ["share", "≈ 1", "≈ 0", "≈ 0"],
    ]
    lab = SoftmaxLab()
    for y1, y2, y3 in itertools.product((-1000, 0, 1 / 3, 999.75), (-999.5, -3.75, 4), (-0.25, 3, 12)):
        for temperature in (0.25, 3.75):
            lab.set(y1=y1, y2=y2, y3=y3, temperature=temperature)
            cells = lab.words()[1].cells
            assert all(len(cell) <= 6 for row in cells for cell in row[1:]), cells
    lab.close()


@pytest.mark.parametrize(
    ("state", "words"),
    [({"y1": 0, "y2": 0}, "Raise one"), ({}, "All + 1"), ({"y3": -8, "y1": 8}, "exactly 0")],
)
def test_the_help_asks_what_fits_the_state(state, words):
    assert words in SoftmaxLab(**state).describe().splitlines()[-1]


def test_a_temperature_divides_the_scores_before_the_power():
    assert "cat: 2 / 0.5 = 4, e^4 = 54.5982," in SoftmaxLab(temperature=0.5).describe()
    assert SoftmaxLab(4, 2, 0, temperature=2).shares == pytest.approx(SoftmaxLab(2, 1, 0).shares, abs=1e-15)


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ((1, 1, 1), "all three are level"),
        ((1, 3, 3), "dog and bird are level"),
        ((3, -1, 3), "cat and bird are level"),
        ((0, -1, 1), "bird is ahead of cat by"),
        ((-4, 4, 3.75), "dog is ahead of bird by"),
    ],
)
def test_who_is_ahead(scores, words):
    assert f"add up to 1; {words}" in SoftmaxLab(*scores).describe()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("temperature", [0.25, 1, 100])
def test_scores_of_a_thousand_neither_overflow_nor_vanish(temperature):
    lab = SoftmaxLab(temperature=temperature)
    for scores in itertools.product((-1000, 0, 1000), repeat=3):
        lab.set(**dict(zip(("y1", "y2", "y3"), scores, strict=True)))
        words = lab.describe() + lab.stage.svg()
        assert not re.search(r"\bnan\b|\binf\b|∞", words)
        assert np.isfinite(lab.shares).all() and lab.shares.sum() == pytest.approx(1)
        assert lab.shares == pytest.approx(by_hand(lab), abs=1e-12)
        assert ("is taken away first" in words) == (abs(max(scores)) / temperature > 10)


def test_the_words_say_what_is_taken_away():
    lines = SoftmaxLab(1000, 999.5, -1000, temperature=0.25).describe().splitlines()
    assert lines[1] == "cat: 1000 / 0.25 = 4000, 4000 − 4000 = 0, e^0 = 1, 1 / 1.1353 = 0.8808"
    assert lines[3] == "bird: −1000 / 0.25 = −4000, −4000 − 4000 = −8000, e^(−8000) ≈ 0, 0 / 1.1353 ≈ 0"
    assert lines[5] == "The largest, 4000, is taken away first: no power is too large, and no share changes."
    lines = SoftmaxLab(-1000, -1000, -999).describe().splitlines()
    assert lines[1].startswith("cat: −1000 / 1 = −1000, −1000 + 999 = −1, e^(−1) = 0.3679")
    assert lines[5] == "The largest, −999, is taken away first: the total is not 0, and no share changes."


def test_lines_are_short_wherever_the_sliders_stand():
    lab = SoftmaxLab()
    for y1, y2, temperature in itertools.product((-4, -0.25, 2.75, 4), (-3.75, 0, 3.75), (0.25, 0.75, 1.75, 4)):
        lab.set(y1=y1, y2=y2, temperature=temperature)
        lines = lab.describe().splitlines()
        assert max(map(len, lines)) < 95 and len(lines) == 7


def test_adding_the_same_to_all_three_changes_no_share(lab):
    before, first = lab.shares, lab.describe().splitlines()[0]
    for __ in range(5):
        button(lab, "All + 1").click()
    assert (lab.y1, lab.y2, lab.y3) == (7, 6, 5) and lab.describe().splitlines()[0] == first
    for __ in range(12):
        button(lab, "All − 1").click()
    assert (lab.y1, lab.y2, lab.y3) == (-5, -6, -7)
    assert lab.shares == pytest.approx(before, abs=1e-15)
    button(lab, "Reset").click()
    assert lab.untouched and lab.stage.panels[0].ylim == (-5.2, 5.2)


def test_at_the_end_of_the_range_the_button_says_so_and_nothing_moves():
    lab = SoftmaxLab(y2=1000)
    before = lab.scores.tolist(), lab.stage.svg()
    button(lab, "All + 1").click()
    assert lab.error == "y2 should be from −1000 to 1000, not 1001."
    assert (lab.scores.tolist(), lab.stage.svg()) == before


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("temperature", 0, "temperature should be from 0.25 to 100, not 0"),
        ("temperature", -1, "temperature should be from 0.25 to 100, not −1"),
        ("temperature", float("nan"), "temperature should be a finite number"),
        ("temperature", "hot", "temperature should be one number"),
        ("y1", 1001, "y1 should be from −1000 to 1000, not 1001"),
        ("y2", "2", "y2 should be one number"),
        ("y3", float("inf"), "y3 should be a finite number"),
        ("y3", None, "y3 should be one number"),
    ],
)
def test_what_is_refused_leaves_state_and_picture(lab, name, value, words):
    refuses(lab, name, value, words)


def test_a_tip_is_dragged_up_and_down_to_quarters(lab):
    drag_to(lab, "p2", 3.1, x=1)
    assert lab.y2 == 3 and "dog is ahead of cat" in lab.describe()
    drag_to(lab, "p3", -2.4, x=0.2)
    assert lab.y3 == -2.5 and (lab.y1, lab.y2) == (2, 3)
    for value, stays in ((9, 4), (-9, -4)):
        drag_to(lab, "p1", value)
        assert lab.y1 == stays


def test_keys_move_a_score_by_a_quarter_and_stop_at_the_pictures_end(lab):
    for key, value in (("ArrowUp", 2.25), ("ArrowRight", 2.5), ("ArrowDown", 2.25), ("ArrowLeft", 2), ("Enter", 2)):
        press(lab, "p1", key)
        assert lab.y1 == value
    for __ in range(30):
        press(lab, "p3", "ArrowUp")
    assert lab.y3 == 4 and lab.stage.panels[0].ylim == (-5.2, 5.2)


def test_a_score_set_between_quarters_stays_until_a_hand_moves_it(lab):
    lab.y1 = 1 / 3
    assert lab.y1 == 1 / 3 and "cat: 0.3333 / 1" in lab.describe()
    assert eval(lab.code(), {"SoftmaxLab": SoftmaxLab}).describe() == lab.describe()
    press(lab, "p1", "ArrowUp")
    assert lab.y1 == 0.5


def test_the_picture_grows_with_the_scores_and_shows_every_tip(lab):
    for value, high in ((4, 4), (4.25, 5), (-1000, 1000), (0.5, 1000)):
        lab.y3 = value
        panel = lab.stage.panels[0]
        assert panel.ylim == pytest.approx((-1.3 * high, 1.3 * high))
        assert {(lab._sliders[name].low, lab._sliders[name].high) for name in ("y1", "y2", "y3")} == {(-high, high)}
        assert all(panel.holds(handle["x"], handle["y"]) for handle in lab.stage.handles)


def test_no_bar_shrinks_while_all_scores_rise(lab):
    heights = np.zeros(3)
    for __ in range(8):
        lab.raise_all(1)
        panel = lab.stage.panels[0]
        now = panel.place(0, 0)[0, 1] - panel.place(range(3), lab.scores)[:, 1]
        assert (now > heights - 0.1).all()
        heights = now


def test_the_bars_are_as_high_as_the_numbers():
    lab = SoftmaxLab(1, 1, 1, temperature=4)
    __, shares, together = lab.stage.panels
    bars = [
        np.array([corner.split(",") for corner in points.split()], float)
        for points in re.findall(r'<polygon points="([^"]*)"', lab.stage.live)
    ]
    assert len(bars) == 9
    unit = shares.place(0, 0)[0, 1] - shares.place(0, 1)[0, 1]
    assert [np.ptp(bar[:, 1]) for bar in bars[3:]] == pytest.approx([unit / 3] * 6, abs=0.2)
    stack = bars[6:]
    assert stack[0][:, 1].min() == pytest.approx(together.place(0, 1)[0, 1], abs=0.1)
    assert stack[2][:, 1].max() == pytest.approx(together.place(0, 0)[0, 1], abs=0.1)
    for upper, lower in itertools.pairwise(stack):
        assert upper[:, 1].max() == lower[:, 1].min()


def test_names_tell_the_classes_apart_and_a_sliver_has_none(lab):
    assert [re.search(f"[>]{name}<", lab.stage.still) is not None for name in ("cat", "dog", "bird")] == [True] * 3
    assert all(f">{name}<" in lab.stage.live for name in ("cat", "dog", "bird"))
    lab.y3 = -4
    assert ">bird<" not in lab.stage.live and ">&lt; 0.01<" in lab.stage.live


def test_handles_say_what_they_are(lab):
    assert [handle["label"] for handle in lab.stage.handles] == [
        "score of cat: 2; its share is 0.6652",
        "score of dog: 1; its share is 0.2447",
        "score of bird: 0; its share is 0.09",
    ]
    assert all(handle["box"] for handle in lab.stage.handles)


@pytest.mark.parametrize("state", [{}, {"y1": -1000}, {"y1": 1 / 3, "temperature": 0.25}, {"y2": 8, "y3": 2.5}])
def test_code_makes_the_lab_again(state):
    lab = SoftmaxLab(**state)
    again = eval(lab.code(), {"SoftmaxLab": SoftmaxLab})
    assert again.describe() == lab.describe() and again.scores.tolist() == lab.scores.tolist()


def test_a_score_is_taken_back_and_done_again(lab):
    drag_to(lab, "p2", 3.1, x=1)
    button(lab, "All + 1").click()
    for undone in (3, 1):
        button(lab, "Undo").click()
        assert lab.y2 == undone
    button(lab, "Redo").click()
    assert lab.y2 == 3


def test_it_computes_what_annkit_does():
    lab = SoftmaxLab(1.5, -2, 0.25, temperature=0.75)
    assert (lab.shares == softmax(lab.scores / 0.75)).all()
