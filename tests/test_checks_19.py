"""The exercises of chapter 19: several right and wrong answers for each."""

import numpy as np
import pytest

from annkit.checks import chapter_19 as checks
from annkit.labs import RecurrentLab

OPEN = "1" * 21


def latch(**changed):
    """The lab of the first exercise as the chapter makes it, or with something turned."""
    lab = RecurrentLab("tanh", w=0.75, disturbed=True)
    lab.set(**changed)
    return lab


def roll(**changed):
    """The lab of the second exercise as the chapter makes it, or with something drawn."""
    lab = RecurrentLab("lstm", x=checks.BITS, mark=4)
    lab.set(**changed)
    return lab


def hint(line):
    """What follows the number of the hint."""
    return line.split(": ", 2)[2]


# One bit.


def test_the_weights_that_hold_a_bit_and_let_a_nudge_through(say, fresh):
    assert say(fresh(checks.one_bit), latch()).startswith("… Nothing here yet")
    lab, found = latch(), []
    for k in range(-40, 41):
        lab._sliders["w"].move(k / 20)
        if say(fresh(checks.one_bit), lab).startswith("✓ Right: a firmer latch"):
            found.append(lab.w)
    assert found == [1.2, 1.25, 1.3]


@pytest.mark.parametrize(
    ("w", "words"),
    [(0.5, "the two lines run together"), (1, "the disturbances are stronger"), (-1.75, "a negative w turns")],
)
def test_a_weight_that_loses_the_bit(say, fresh, w, words):
    line = say(fresh(checks.one_bit), latch(w=w))
    assert line.startswith(f"✗ Not yet: with w = {str(w).replace('-', '−')} the last steps answer ") and words in line


@pytest.mark.parametrize(("w", "left"), [(1.35, "2.4·10⁻⁶"), (2, "5.8·10⁻¹⁶"), (100, "0")])
def test_a_latch_that_lets_no_nudge_through(say, fresh, w, left):
    line = say(fresh(checks.one_bit), latch(w=w))
    assert f"both bits last, but only {left} of a nudge arrives" in line and "the bar at step 0 too low" in line


def test_a_lab_made_wrongly_in_code_is_an_answer(say, fresh):
    lab = RecurrentLab("tanh", w=0.5, disturbed=True)
    assert lab.untouched and "Hint 1 of" in say(fresh(checks.one_bit), lab)


def test_the_task_itself_stays(say, fresh):
    for changed in ({"disturbed": False}, {"unit": "linear"}, {"mark": 12}, {"x": "0" * 19 + "+"}):
        line = say(fresh(checks.one_bit), latch(w=1.5, **changed))
        assert line.startswith("✗ Not yet: turn w alone") and "Hint" not in line


# The marked bit, by hand.


@pytest.mark.parametrize(
    "changed",
    [
        {"input_gate": "00001", "z": 6},
        {"input_gate": "00001", "z": 5, "output_gate": "0" * 18 + "111"},
        {"input_gate": "11111", "forget_gate": "11110" + "1" * 16, "z": 6},
        {"input_gate": "00001", "forget_gate": "0" * 5 + "1" * 16, "z": 8},
    ],
)
def test_rolls_that_carry_the_bit(say, fresh, changed):
    assert say(fresh(checks.marked_by_hand), roll(**changed)).startswith("✓ Right: the gates know nothing of the bits")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"input_gate": "", "z": 6}, "through which gate does a bit get into the cell?"),
        ({"input_gate": "00001", "forget_gate": "1" * 9, "z": 6}, "where does it fall to 0"),
        ({"input_gate": "00001", "output_gate": "1" * 19, "z": 6}, "is it open in the last three steps?"),
        ({"input_gate": "00001", "z": 3}, "not quite open"),
        ({"input_gate": "000011", "z": 6}, "something of them gets into the cell"),
        ({"input_gate": "10001", "z": 6}, "something of them gets into the cell"),
        ({"z": 6}, "something of them gets into the cell"),
    ],
)
def test_rolls_that_lose_it(say, fresh, changed, words):
    line = say(fresh(checks.marked_by_hand), roll(**changed))
    assert line.startswith("✗ Not yet: with the inputs ") and "Hint 1 of" in line and words in line


def test_the_roll_as_the_chapter_makes_it(say, fresh):
    assert say(fresh(checks.marked_by_hand), roll()).startswith("… Nothing here yet")
    line = say(fresh(checks.marked_by_hand), roll(mark=5))
    assert line.startswith("✗ Not yet") and "Hint" not in line


def test_the_check_computes_what_the_lab_does():
    lab = roll(input_gate="0100101", forget_gate="1101" + "1" * 17, output_gate="0011" + "1" * 17, z=3)
    assert checks.answers(lab.run(1).gates, lab.run(1).x) == pytest.approx(lab.run(1).h)


# For a hundred steps.


@pytest.mark.parametrize("z", [7, 7.0, np.float64(7)])
def test_seven_is_enough_for_a_hundred_steps(say, fresh, z):
    assert say(fresh(checks.hundred_steps), z).startswith("✓ Right: five times as many steps")


@pytest.mark.parametrize(
    ("z", "words"),
    [(6.75, "0.889"), (0, "is left after 100 steps"), (8, "a smaller quarter will do")],
)
def test_another_push_is_not(say, fresh, z, words):
    line = say(fresh(checks.hundred_steps), z)
    assert line.startswith("✗ Not yet") and words in line and "Hint 1 of 2" in line


@pytest.mark.parametrize("z", ["7", 6.9, float("nan"), [7]])
def test_what_is_no_quarter_costs_no_hint(say, fresh, z):
    line = say(fresh(checks.hundred_steps), z)
    assert line.startswith("✗ Not yet") and "Hint" not in line


# The unrolled gradient.


def backward(w, h):
    arriving, total = 1.0, 0.0
    for k in range(len(h) - 1, 0, -1):
        through = arriving * (1 - h[k] ** 2)
        total, arriving = total + through * h[k - 1], through * w
    return total


def forward(w, h):
    slope = 0.0
    for before, now in zip(h[:-1], h[1:], strict=True):
        slope = (1 - now**2) * (before + w * slope)
    return slope


def nudged(w, h):
    """With the inputs that must have come in."""
    x = np.arctanh(h[1:]) - w * h[:-1]
    ends = [checks.answered(w + nudge, x)[-1] for nudge in (1e-6, -1e-6)]
    return (ends[0] - ends[1]) / 2e-6


@pytest.mark.parametrize("function", [backward, forward, nudged, lambda w, h: np.array([backward(w, h)])])
def test_slopes_that_are_right(say, fresh, function):
    assert say(fresh(checks.unrolled), function).startswith("✓ Right: every step has its share")


def last_alone(w, h):
    return (1 - h[-1] ** 2) * h[-2]


def without_bend(w, h):
    return sum(w ** (len(h) - 1 - k) * h[k - 1] for k in range(1, len(h)))


def of_the_start(w, h):
    return np.prod([w * (1 - each**2) for each in h[1:]])


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (last_alone, "the share of the last step alone"),
        (without_bend, "each step passes a tanh"),
        (of_the_start, "how much of a nudge of h at the start arrives"),
        (lambda w, h: -1.0, "at step k, w multiplies h[k − 1]"),
    ],
)
def test_slopes_that_are_wrong(say, fresh, function, words):
    line = say(fresh(checks.unrolled), function)
    assert line.startswith("✗ Not yet") and "Hint 1 of" in line and words in line


def test_a_blank_is_nothing_yet_and_a_row_is_a_slip(say, fresh):
    def blanked(w, h):
        share = ...
        return 0.0 + share

    assert say(fresh(checks.unrolled), blanked).startswith("… Nothing here yet")
    line = say(fresh(checks.unrolled), lambda w, h: np.zeros(3))
    assert line.startswith("✗ Not yet: your function should return one number") and "Hint" not in line
