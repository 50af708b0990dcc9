"""The exercises of chapter 09: several right and wrong answers for each."""

import numpy as np
import pytest

from annkit import sigmoid
from annkit.checks import chapter_09 as checks
from annkit.labs import DescentLab


def bowl(**changed):
    """The lab of the first exercise as the chapter makes it, or with something turned."""
    lab = DescentLab("bowl", start=-1, learning_rate=0.1)
    lab.set(**changed)
    return lab


def valleys(**changed):
    """The lab of the third exercise as the chapter makes it, or with something turned."""
    lab = DescentLab("valleys", start=-4, learning_rate=0.1)
    lab.set(**changed)
    return lab


# In one step.


@pytest.mark.parametrize(
    "changed",
    [{"learning_rate": 0.5}, {"learning_rate": 0.5, "steps": 1}, {"start": 7.25, "learning_rate": 0.5, "steps": 4}],
)
def test_a_half_lands_at_once_from_anywhere(say, fresh, changed):
    assert say(fresh(checks.one_step), bowl(**changed)).startswith("✓ Right: it does so from every start")


def test_a_wrong_rate_is_told_where_it_lands(say, fresh):
    assert say(fresh(checks.one_step), bowl()).startswith("… Nothing here yet")
    line = say(checks.one_step, bowl(learning_rate=0.4))
    assert "with α = 0.4 the first step goes from −1 to 2.2, not to 3. Hint 1 of 2: a step is α × slope long" in line
    line = say(checks.one_step, bowl(learning_rate=0.75))
    assert "goes from −1 to 5, not to 3. Hint 1 of 2: the first step goes past the bottom" in line


def test_another_curve_or_a_start_at_the_bottom_is_a_slip(say, fresh):
    for lab in (bowl(curve="valleys"), bowl(start=3), bowl(curve="land 1")):
        line = say(fresh(checks.one_step), lab)
        assert line.startswith("✗ Not yet") and "Hint" not in line


def test_the_sliders_grid_has_one_solution(say, fresh):
    found = []
    lab = bowl()
    slider = lab._sliders["learning_rate"]
    for k in range(round(slider.high / slider.step) + 1):
        slider.move(k * slider.step)
        if say(fresh(checks.one_step), lab).startswith("✓"):
            found.append(lab.learning_rate)
    assert found == [0.5]


# At the limit.


@pytest.mark.parametrize("answer", [(0, 6, 1.1), (0.0, np.float64(6), 11 / 10), (0, 6, -1.1), (-0.0, 6, 6.6 / 6)])
def test_limits(say, fresh, answer):
    assert say(fresh(checks.limits), *answer).startswith("✓ Right: each step multiplies the distance to 3 by 1 − 2α")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((6, 0, 1.1), "after_100 = 6: with α = 1 it is elsewhere then. Hint 1 of 2: let the lab do it"),
        ((3, 3, 1.1), "after_100 = 3"),
        ((0, 0, 1.1), "after_101 = 0"),
        ((0, 6, 1.05), "times = 1.05: with α = 1.05 the distance to 3 does not become so many times as large."),
        ((0, 6, 0.1), "times = 0.1"),
    ],
)
def test_limits_that_are_wrong(say, fresh, answer, words):
    line = say(fresh(checks.limits), *answer)
    assert line.startswith("✗ Not yet") and words in line


@pytest.mark.parametrize("answer", [("0", 6, 1.1), (0, None, 1.1), (0, 6, float("nan")), (0, [6], 1.1)])
def test_what_is_no_number_costs_no_hint(say, fresh, answer):
    line = say(fresh(checks.limits), *answer)
    assert line.startswith("✗ Not yet") and "Hint" not in line


def test_a_blank_among_the_answers_is_nothing_yet(say, fresh):
    assert say(fresh(checks.limits), 0, 6, ...).startswith("… Nothing here yet")


# The other valley.


def test_the_rates_that_reach_the_other_valley_are_those_of_the_settings(say, fresh):
    lab = valleys()
    slider, right, wrong = lab._sliders["learning_rate"], [], {}
    for k in range(1, round(slider.high / slider.step) + 1):
        lab.reset()
        slider.move(k * slider.step)
        lab.step(500)
        line = say(fresh(checks.other_valley), lab)
        if line.startswith("✓"):
            right.append(k)
        else:
            wrong[k] = line
    assert right == list(range(9, 18))
    assert "with α = 0.4 it is at w = −2 after 500 steps" in wrong[8] and "beyond the hill" in wrong[8]
    assert "with α = 0.9 it is at w = −2 after 500 steps" in wrong[18] and "Land lower" in wrong[18]
    assert "with α = 0.95 it leaves for good" in wrong[19] and "Turn α down" in wrong[19]


def test_who_has_not_played_to_the_end_is_told_so(say, fresh):
    line = say(fresh(checks.other_valley), valleys(learning_rate=0.5, steps=2))
    assert "with α = 0.5 it will get there; now it stands at w = 0.4772" in line and "press Play" in line
    assert say(checks.other_valley, valleys(learning_rate=0.5, steps=6)).startswith("✓ Right: one long step")


def test_only_alpha_may_be_turned(say, fresh):
    for lab in (valleys(start=3, steps=99), valleys(curve="bowl"), valleys(fog=True)):
        line = say(fresh(checks.other_valley), lab)
        assert line.startswith("✗ Not yet") and "Hint" not in line
    assert "turn α alone" in say(checks.other_valley, valleys(start=3, steps=99))
    assert say(checks.other_valley, valleys()).startswith("… Nothing here yet")


# A slope for any error.


def E(w):
    return ((1 - sigmoid(w)) ** 2 + sigmoid(2 * w) ** 2) / 2


def formula(w):
    s, t = sigmoid(w), sigmoid(2 * w)
    return -(1 - s) * s * (1 - s) + 2 * t * t * (1 - t)


@pytest.mark.parametrize(
    "function",
    [
        lambda w: (E(w + 1e-6) - E(w - 1e-6)) / 2e-6,
        lambda w: (E(w + 1e-5) - E(w)) / 1e-5,
        lambda w: (E(w) - E(w - 1e-7)) / 1e-7,
        lambda w: np.array([(E(each + 0.001) - E(each - 0.001)) / 0.002 for each in w]),
        lambda w: [float(formula(each)) for each in w],
        checks.neurons_slope,
    ],
)
def test_slopes_found_in_any_way_are_right(say, fresh, function):
    assert say(fresh(checks.nudged), function).startswith("✓ Right: nobody had to know a formula")


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda w: (E(w - 1e-6) - E(w + 1e-6)) / 2e-6, "the sign is turned"),
        (lambda w: (E(w + 1e-6) - E(w)) / 2e-6, "this is half of the slope"),
        (lambda w: (E(w + 1e-6) - E(w - 1e-6)) / 1e-6, "this is half of the slope, or twice"),
        (lambda w: E(w + 1e-6) - E(w - 1e-6), "this is how much E changes"),
        (lambda w: (E(w + 1e-20) - E(w)) / 1e-20, "take a nudge of about a millionth"),
        (lambda w: (E(w + 0.1) - E(w)) / 0.1, "take a nudge of about a millionth"),
        (lambda w: E(w), "E(w + nudge) − E(w − nudge) is how much E changes"),
    ],
)
def test_a_wrong_slope_gets_the_hint_of_its_mistake(say, fresh, function, words):
    line = say(fresh(checks.nudged), function)
    assert line.startswith("✗ Not yet: at w = ") and words in line


@pytest.mark.parametrize("function", [lambda w: 0.1, lambda w: "steep", lambda: 1, lambda w: w[:2], 5, lambda w: None])
def test_what_is_no_row_of_slopes_costs_no_hint(say, fresh, function):
    line = say(fresh(checks.nudged), function)
    assert line.startswith("✗ Not yet") and "Hint" not in line
    assert say(checks.nudged, lambda w: ...).startswith("… Nothing here yet")


# Down the bowl.


def slope(w):
    return 2 * (w - 3)


def loop(w, alpha, steps):
    for __ in range(steps):
        w = w - alpha * slope(w)
    return w


def in_place(w, alpha, steps):
    for __ in range(steps):
        w -= alpha * slope(w)
    return w


def while_loop(w, alpha, steps):
    path = [w]
    while len(path) <= steps:
        path.append(path[-1] - alpha * slope(path[-1]))
    return path[-1]


def recursive(w, alpha, steps):
    return recursive(w - alpha * slope(w), alpha, steps - 1) if steps else w


def uphill(w, alpha, steps):
    for __ in range(steps):
        w = w + alpha * slope(w)
    return w


def frozen(w, alpha, steps):
    steep = slope(w)
    for __ in range(steps):
        w = w - alpha * steep
    return w


def one_more(w, alpha, steps):
    for __ in range(steps + 1):
        w = w - alpha * slope(w)
    return w


def one_less(w, alpha, steps):
    for __ in range(1, steps):
        w = w - alpha * slope(w)
    return w


def without(w, alpha, steps):
    for __ in range(steps):
        w = w - slope(w)
    return w


@pytest.mark.parametrize(
    "function", [loop, in_place, while_loop, recursive, lambda w, alpha, steps: 3 + (w - 3) * (1 - 2 * alpha) ** steps]
)
def test_every_loop_that_goes_down_is_right(say, fresh, function):
    assert say(fresh(checks.descend), function).startswith("✓ Right: with another slope")


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (uphill, "it goes uphill"),
        (frozen, "compute it inside of the loop"),
        (one_more, "count the steps"),
        (one_less, "count the steps"),
        (without, "α decides"),
        (lambda w, alpha, steps: w - alpha * slope(w), "in a loop over range(steps)"),
        (lambda w, alpha, steps: w * 0, "in a loop over range(steps)"),
    ],
)
def test_a_wrong_loop_gets_the_hint_of_its_mistake(say, fresh, function, words):
    line = say(fresh(checks.descend), function)
    assert line.startswith("✗ Not yet: from w = ") and words in line


def test_what_returns_no_number_costs_no_hint(say, fresh):
    check = fresh(checks.descend)
    assert "should return one number, the last w." in say(check, lambda w, alpha, steps: [w, w])
    assert "returns nothing" in say(check, lambda w, alpha, steps: None)
    assert "should take (w, alpha, steps)" in say(check, lambda w: w)
    assert say(check, lambda w, alpha, steps: ...).startswith("… Nothing here yet")
    assert "your function stops" in say(check, lambda w, alpha, steps: w / {})
