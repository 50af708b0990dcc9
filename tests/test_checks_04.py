"""For every exercise of chapter 04 several right and wrong answers."""

import itertools

import numpy as np
import pytest

from annkit import step
from annkit.checks import chapter_04
from annkit.labs import XorLab

OR_NAND = {"w11": 1, "w21": 1, "b1": -0.5, "w12": -1, "w22": -1, "b2": 1.5, "v1": 1, "v2": 1, "c": -1.5}
OR_AND = {**OR_NAND, "w12": 1, "w22": 1, "b2": -1.5, "v2": -1, "c": -0.5}
ONE_EACH = {**OR_AND, "w21": -1, "b2": -0.5, "w12": -1, "v2": 1}


def start_of_xor(**turned):
    """The lab of exercise 1 as the chapter makes it, or with something turned."""
    lab = XorLab(w11=-1, w21=1, b1=0.5, w12=1, w22=0, b2=-0.5, v1=1, v2=1, c=-1.5)
    lab.set(**turned)
    return lab


EXCHANGED = {"w11": 1, "w21": 1, "b1": -1.5, "w12": 2, "w22": 2, "b2": -1, "v1": -2, "v2": 1, "c": -0.5}


@pytest.mark.parametrize("solution", [OR_AND, EXCHANGED, {**OR_AND, "w11": 0.75, "v1": 2, "v2": -3}])
def test_xor_solved_with_weights_above_0(say, solution):
    assert say(chapter_04.xor, start_of_xor(**solution)).startswith("✓ Right")


@pytest.mark.parametrize("turned", [{}, {"c": -0.5}, {"w22": -1, "w11": 1}, {**OR_AND, "v2": 1}])
def test_xor_not_solved(say, turned):
    lab = start_of_xor(**turned)
    assert say(chapter_04.xor, lab).startswith("✗ Not yet" if turned else "… Nothing here yet")


def test_xor_solved_with_a_weight_below_0_is_told_so_and_given_its_hint(say):
    line = say(chapter_04.xor, start_of_xor(**OR_NAND))
    assert "all four corners are right, but w₁₂ is not above 0" in line and "switching something on" in line
    assert "but w₂₁ is not above 0" in say(chapter_04.xor, start_of_xor(**ONE_EACH))


@pytest.mark.parametrize(
    ("turned", "hint"),
    [
        ({"c": -0.5}, "slide move to 1: an × shares a place with an ○"),
        (
            {"w11": 1, "w21": 0, "b1": -0.5, "w12": 0, "w22": 1},
            "the four corners have only changed places",
        ),
        ({**OR_AND, "v2": 1}, "the hidden units have done their part"),
    ],
)
def test_the_hint_for_xor_is_that_of_the_layer_that_is_to_blame(say, fresh, turned, hint):
    assert hint in say(fresh(chapter_04.xor), start_of_xor(**turned))
    assert hint in say(fresh(chapter_04.another_xor), start_of_xor(**turned))


def test_the_start_of_xor_is_some_turns_of_its_sliders_from_a_solution(say):
    lab = start_of_xor()
    for name, value in OR_AND.items():
        assert say(chapter_04.xor, lab).startswith(("✗", "…"))
        lab._sliders[name].move(value)
    assert say(chapter_04.xor, lab).startswith("✓ Right")


def turned(**weights):
    """The lab of exercise 2, turned by hand."""
    lab = XorLab()
    lab.set(**weights)
    return lab


def test_in_a_second_solution_the_crosses_have_to_meet(say):
    for mirrored in (
        ONE_EACH,
        {**ONE_EACH, "w11": 1.5, "v1": 3},
        {**ONE_EACH, "w21": 1, "w11": -1, "w12": 1, "w22": -1},
    ):
        assert say(chapter_04.another_xor, turned(**mirrored)).startswith("✓ Right")
    for same in (OR_NAND, OR_AND):
        assert "it is the two ○ that meet" in say(chapter_04.another_xor, turned(**same))
    assert say(chapter_04.another_xor, XorLab()).startswith("… Nothing here yet")
    assert "Not yet: 3 of 4 corners" in say(chapter_04.another_xor, turned(b2=-0.25))


def loops(X, W, b, V, c):
    hidden = [
        [int(sum(x * w for x, w in zip(row, W[:, j], strict=True)) + b[j] > 0) for j in range(len(b))] for row in X
    ]
    return [
        [int(sum(h * v for h, v in zip(row, V[:, k], strict=True)) + c[k] > 0) for k in range(len(c))] for row in hidden
    ]


def at_0(z):
    """A step that is taken too early."""
    return (z >= 0) * 1


@pytest.mark.parametrize(
    ("words", "hint", "function"),
    [
        ("exactly 0", "`step` of annkit", lambda X, W, b, V, c: at_0(at_0(X @ W + b) @ V + c)),
        ("pass on their sums", "the steps between", lambda X, W, b, V, c: step((X @ W + b) @ V + c)),
        ("your outputs are sums", "is a perceptron as well", lambda X, W, b, V, c: step(X @ W + b) @ V + c),
        ("the biases are missing", "for each unit of its layer", lambda X, W, b, V, c: step(step(X @ W) @ V)),
        ("b is missing", "for each unit of its layer", lambda X, W, b, V, c: step(step(X @ W) @ V + c)),
        ("c is missing", "for each unit of its layer", lambda X, W, b, V, c: step(step(X @ W + b) @ V)),
    ],
)
def test_what_was_forgotten_is_named_and_has_its_own_hint(say, fresh, words, hint, function):
    line = say(fresh(chapter_04.forward), function)
    assert words in line and hint in line and "Hint 1 of 1" in line


@pytest.mark.parametrize("right", [lambda X, W, b, V, c: step(step(X @ W + b) @ V + c), loops])
def test_forward_written_right(say, right):
    assert say(chapter_04.forward, right).startswith("✓ Right")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda X, W, b, V, c: step(X @ W @ V + c),
        lambda X, W, b, V, c: step((X @ W + b) @ V + c),
        lambda X, W, b, V, c: step(step(X @ W) @ V),
        lambda X, W, b, V, c: step(X @ W + b),
        lambda X, W, b, V, c: step(step(X @ W + b) @ V + c)[:, 0],
        lambda X, W, b, V, c: step(at_0(X @ W + b) @ V + c),
        lambda X, W, b, V, c: at_0(step(X @ W + b) @ V + c),
        lambda *parts: "text",
    ],
)
def test_forward_written_wrong(say, wrong):
    assert say(chapter_04.forward, wrong).startswith("✗ Not yet")


def test_the_count_of_a_search(say):
    assert say(chapter_04.search, 3, 100).startswith("✓ Right")
    assert say(chapter_04.search, np.int64(3), 100.0).startswith("✓ Right")
    for wrong in ((4, 100), (3, 99), (0.75, 100), (3, "a")):
        assert say(chapter_04.search, *wrong).startswith("✗ Not yet")
    grid = np.arange(-2, 2, 0.5)
    X, t = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), [0, 1, 1, 0]
    short = sum((step(X @ [p, q] + r) == t).sum() == 3 for p, q, r in itertools.product(grid, grid, grid))
    assert "stops before it" in say(chapter_04.search, 3, short)
