"""The exercises of chapter 07: several right and wrong answers for each."""

import itertools

import numpy as np
import pytest

from annkit.checks import chapter_07 as checks
from annkit.labs import ActivationLab, BumpsLab

RIGHT = {
    "sigmoid": [-6, 6],
    "tanh": [-4, 4.0],
    "relu": [-1, "nowhere"],
    "leaky_relu": ["nowhere", "Nowhere"],
    "gelu": [-5, "nowhere"],
}


def steep_lab(**values):
    """The lab of the exercise as the chapter makes it."""
    lab = ActivationLab(w=1, b=1, z=0)
    lab.set(**values)
    return lab


def bump_lab(**values):
    """The lab of the exercise as the chapter makes it."""
    lab = BumpsLab("sigmoid", "bump", units=2, w1=2, b1=3, w2=2, b2=-1)
    lab.set(**values)
    return lab


def two_lines(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2 + b2


COLLAPSES = [
    (two_lines, True),
    (lambda W1, b1, W2, b2: (np.dot(W1, W2), (b1[None, :] @ W2 + b2)), True),
    (lambda W1, b1, W2, b2: [W1 @ W2, np.eye(len(b1))[0] * 0 @ W2 + b1 @ W2 + b2], True),
    (lambda W1, b1, W2, b2: (W1 @ W2, b1 + b2 if b1.shape == b2.shape else b2), False),
    (lambda W1, b1, W2, b2: (W1 @ W2, b2), False),
    (lambda W1, b1, W2, b2: (W2 @ W1, b1 @ W2 + b2), False),
    (lambda W1, b1, W2, b2: ((W1 @ W2).T, b1 @ W2 + b2), False),
    (lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2 + b2 + 1e-9), False),
    (lambda W1, b1, W2, b2: W1 @ W2, False),
    (lambda W1, b1, W2, b2: ("W", "b"), False),
    (lambda W1, b1, W2, b2: (W1 @ W2, None), False),
]


@pytest.mark.parametrize(("function", "right"), COLLAPSES)
def test_collapse(say, function, right):
    assert say(checks.collapse, function).startswith("✓ Right" if right else "✗ Not yet")


@pytest.mark.parametrize(
    ("change", "right"),
    [
        ({}, True),
        ({"gelu": [-0.75, "nowhere"]}, True),
        ({"sigmoid": (-40, 1000)}, True),
        ({"gelu": [np.float64(-6), "nowhere"]}, True),
        ({"sigmoid": [-4, 6]}, False),
        ({"sigmoid": ["nowhere", 6]}, False),
        ({"sigmoid": [6, -6]}, False),
        ({"tanh": [-4, "nowhere"]}, False),
        ({"relu": [0, "nowhere"]}, False),
        ({"relu": [-1, 5]}, False),
        ({"leaky_relu": [-100, "nowhere"]}, False),
        ({"gelu": ["nowhere", "nowhere"]}, False),
        ({"gelu": [-1, "nowhere"]}, False),
        ({"gelu": ["never", "nowhere"]}, False),
        ({"gelu": -5}, False),
        ({"gelu": [-5]}, False),
        ({"sigmoid": [float("nan"), 6]}, False),
        ({"step": [-1, 1]}, False),
    ],
)
def test_flat(say, change, right):
    assert say(checks.flat, {**RIGHT, **change}).startswith("✓ Right" if right else "✗ Not yet")


def test_flat_says_what_is_wrong_and_where(say, fresh):
    assert "sigmoid has the slope 0.0177 at z = −4." in say(checks.flat, {**RIGHT, "sigmoid": [-4, 6]})
    assert "relu does become so flat on the left of 0." in say(checks.flat, {**RIGHT, "relu": ["nowhere"] * 2})
    assert "gelu, left: give a number without quotes" in say(checks.flat, {**RIGHT, "gelu": ["-5", "nowhere"]})
    assert "Does it get smaller?" in say(fresh(checks.flat), {**RIGHT, "leaky_relu": [-100, "nowhere"]})
    assert "0.01" not in say(checks.flat, {**RIGHT, "relu": [-1, 5]})
    assert "gelu: 5 is not left of 0." in (line := say(checks.flat, {**RIGHT, "gelu": [5, "nowhere"]}))
    assert "Hint" not in line, "the sides are only swapped"
    assert "should have two answers" in say(checks.flat, {**RIGHT, "gelu": 3})


@pytest.mark.parametrize(
    ("check", "answer", "hint"),
    [
        (checks.flat, {**RIGHT, "tanh": ["nowhere", 4]}, "come down to 0 on that side"),
        (checks.flat, {**RIGHT, "tanh": [-1, 4]}, "go on in the same direction: what does the slope do?"),
        (checks.flat, {**RIGHT, "relu": [-1, 5]}, "go on in the same direction, in the lab or with your own slope"),
        (checks.steep, {"w": 2, "b": -4}, "the largest slope of a sigmoid"),
        (checks.steep, {"w": 4, "b": -4}, "the place is not yet right"),
        (checks.steep, {"w": -4, "b": 8}, "has the sign of w"),
        (
            checks.bump,
            {"w1": 3.5, "b1": 3, "w2": 3.5, "b2": -3, "v2": -1},
            "what does its curve do where w is negative",
        ),
        (checks.bump, {"w1": 3}, "what does its curve do where w is negative?"),
        (checks.bump, {"w1": 3.5, "b1": 3, "w2": -3.5, "b2": 3}, "Which number lowers all of y"),
        (checks.bump, {"w1": 16, "b1": 16, "w2": -16, "b2": 8, "c": -1}, "are your two places?"),
        (checks.collapse, lambda W1, b1, W2, b2: (W1 @ W2 * 2, b2), "multiply out: what stands right of X?"),
        (checks.collapse, lambda W1, b1, W2, b2: (W1 @ W2, b2), "your W is right"),
    ],
)
def test_a_hint_belongs_to_the_mistake(say, fresh, check, answer, hint):
    made = {"steep": steep_lab, "bump": bump_lab}.get(check.__name__)
    assert hint in say(fresh(check), made(**answer) if made else answer)


def test_flat_with_a_blank_is_no_answer(say):
    assert say(checks.flat, {name: [..., ...] for name in RIGHT}).startswith("… Nothing here yet")
    assert say(checks.flat, {**RIGHT, "gelu": [-5, ...]}).startswith("… Nothing here yet")
    assert say(checks.flat, ...).startswith("… Nothing here yet")


@pytest.mark.parametrize(
    ("values", "right"),
    [
        ({"w": 4, "b": -8}, True),
        ({"w": 4, "b": -8.25, "z": 5}, True),
        ({"w": 3.75, "b": -7.5}, True),
        ({"w": 100, "b": -200}, True),
        ({"w": 3.5, "b": -7}, False),
        ({"w": 4, "b": 0}, False),
        ({"w": -4, "b": 8}, False),
        ({"w": 0, "b": 0}, False),
        ({"activation": "relu"}, False),
    ],
)
def test_steep(say, values, right):
    assert say(checks.steep, steep_lab(**values)).startswith("✓ Right" if right else "✗ Not yet")


def test_steep_has_numbers_whose_product_can_be_checked(say):
    assert "w × slope = 4 × 0.00012 = 0.00049." in say(checks.steep, steep_lab(w=4))
    assert "−4 × 0.25 = −1. That is steep, but downwards." in say(checks.steep, steep_lab(w=-4, b=8))


def test_another_z_is_no_answer_yet(say):
    assert say(checks.steep, steep_lab(z=2)).startswith("… Nothing here yet")


@pytest.mark.parametrize(
    ("values", "right"),
    [
        ({"w1": 3.5, "b1": 3, "w2": -3.5, "b2": 3, "c": -1}, True),
        ({"w1": -3.5, "b1": 3, "w2": 3.5, "b2": 3, "c": -1}, True),
        ({"w1": 3, "b1": 2, "v1": 1.25, "w2": -3, "b2": 2, "v2": 1.25, "c": -1.25}, True),
        ({"w1": 3.5, "b1": 3, "w2": 3.5, "b2": -3, "v2": -1}, False),
        ({"w1": -3.5, "b1": -3, "v1": -1, "w2": 3.5, "b2": -3, "v2": -1, "c": 1}, False),
        ({"w1": 3.5, "b1": 3, "w2": -3.5, "b2": 3}, False),
        ({"w1": 16, "b1": 16, "w2": -16, "b2": 16, "c": -1}, False),
        ({"target": "tent", "w1": 3.5, "b1": 3, "w2": -3.5, "b2": 3, "c": -1}, False),
        ({"units": 4}, False),
        ({"activation": "relu"}, False),
    ],
)
def test_bump(say, values, right):
    assert say(checks.bump, bump_lab(**values)).startswith("✓ Right" if right else "✗ Not yet")


def test_bump_says_which_unit_takes_away(say):
    assert "v₂ is −1, and it should be above 0" in say(checks.bump, bump_lab(v2=-1))


def test_the_sliders_own_grid_holds_solutions(say):
    lab = steep_lab()
    lab._sliders["w"].move(lab._sliders["w"].high)
    lab._sliders["b"].move(lab._sliders["b"].low)
    assert say(checks.steep, lab).startswith("✓ Right")
    lab = bump_lab()
    for name, value in {"w1": 3.5, "b1": 3, "w2": -3.5, "b2": 3, "c": -1}.items():
        slider = lab._sliders[name]
        assert slider.low <= value <= slider.high and (value - slider.low) % slider.step == 0
        slider.move(value)
    assert say(checks.bump, lab).startswith("✓ Right")


def test_new_wrong_answers_get_new_hints(say, fresh):
    lines = [say(fresh(checks.flat) if n == 0 else checks.flat, {**RIGHT, "tanh": [-n - 0.5, 4]}) for n in range(3)]
    assert [line.split(" of 2: ")[0][-6:] for line in lines] == ["Hint 1", "Hint 2", "Hint 2"]
    assert len(set(itertools.chain(lines))) == 3
