"""For every exercise of chapter 06 several right and wrong answers."""

import itertools

import numpy as np
import pytest

from annkit import data
from annkit.checks import chapter_06 as checks
from annkit.labs import MatrixLab


def start(**turned):
    """The lab of exercise 1 as the chapter makes it, or with something turned."""
    lab = MatrixLab(w1=1, w3=0.5, w5=3)
    lab.set(**turned)
    return lab


# Exercise 1.


@pytest.mark.parametrize(
    ("turned", "right"),
    [
        ({"w1": 0, "w5": 1}, True),
        ({"w1": 0, "w3": 0.25}, True),
        ({"w1": 0, "w3": 0.1, "w5": 0.7}, True),
        ({"w1": 0, "w3": 0, "w5": -4}, True),
        ({"w1": 0, "w3": 0.5, "w5": 1, "w2": 0, "w4": 0, "w6": 0}, True),
        ({"w1": 0}, False),
        ({"w1": 0, "w3": 0.1, "w5": 0.6}, False),
        ({"w1": 0, "w3": 0, "w5": 0}, False),
        ({"w1": 0.25}, False),
        ({"w1": 1e-6, "w5": 1}, False),
        ({"w2": 0, "w6": 1}, False),
        ({"w5": 1}, False),
        ({"w1": 0, "w5": 1, "table": data.table([[0, 3, 2], [2, 9, 1], [3, 3, 2], [2, 4, 1]], [[1]] * 4)}, False),
        ({"w1": 0, "w5": 1, "table": data.table([[4, 3, 2], [2, 9, 1]], [[1]] * 2)}, False),
    ],
)
def test_rows_made_alike(say, turned, right):
    assert say(checks.alike, start(**turned)).startswith("✓ Right" if right else "✗ Not yet")


def test_the_start_is_nothing_yet_however_it_is_looked_at(say, fresh):
    lab = start()
    assert say(checks.alike, lab).startswith("… Nothing here yet: turn the lab")
    lab.set(row=3, unit=2, samples="columns")
    assert say(checks.alike, lab).startswith("… Nothing here yet")
    lab.w2 = 0
    assert "h₁ is 11.5 in row 1 and 10.5 in row 3" in (first := say(fresh(checks.alike), lab))
    assert "Hint 1 of 2" in first
    lab.row = 1
    assert say(checks.alike, lab) == first
    lab.w1 = 0
    assert "h₁ is 7.5 in rows 1 and 3, as it should be, but in row 2 as well. Hint 2" in say(checks.alike, lab)


def test_the_sliders_own_grid_holds_solutions(say):
    """The start is not one; searched over the grid of h₁'s sliders with the lecture's numbers, then turned by hand."""
    lab = start()
    sliders = [lab._sliders[name] for name in ("w1", "w3", "w5")]
    grids = [np.arange(slider.low, slider.high + slider.step, slider.step) for slider in sliders]
    w = np.array(list(itertools.product(*grids)))
    h1, h2, h3, __ = data.lecture().X @ w.T
    solved = w[(h1 == h3) & (h1 != h2)]
    assert 0 < len(solved) < len(w) / 30
    for which in (0, len(solved) // 2, -1):
        for slider, value in zip(sliders, solved[which], strict=True):
            slider.move(value)
        assert say(checks.alike, lab).startswith("✓ Right")
    lab._sliders["w1"].move(0.25)
    assert say(checks.alike, lab).startswith("✗ Not yet")


# Exercise 2.

RIGHT = [(150, 3), "no", (150, 2), (2, 150), (4, 4), (4, 3)]


def test_the_right_shapes_are_those_of_numpy():
    F, U, V = np.zeros((150, 4)), np.zeros((4, 3)), np.zeros((3, 2))
    for answer, matrices in zip(RIGHT, ([F, U], None, [F, U, V], [V.T, U.T, F.T], [F.T, F]), strict=False):
        if matrices:
            assert np.linalg.multi_dot(matrices).shape == answer
    with pytest.raises(ValueError):
        V @ U
    assert (F @ np.zeros(RIGHT[5]) @ V).shape == (150, 2)


def but(which, answer):
    return [answer if i == which else right for i, right in enumerate(RIGHT, start=1)]


@pytest.mark.parametrize(
    "answers",
    [
        RIGHT,
        tuple(RIGHT),
        but(1, [150, 3]),
        but(1, np.array([150, 3])),
        but(1, (np.int64(150), 3)),
        but(1, "150 × 3"),
        but(2, "No"),
        but(2, " no. "),
        but(2, "impossible"),
    ],
)
def test_shapes_that_fit(say, answers):
    assert say(checks.shapes, answers).startswith("✓ Right")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (but(1, (3, 150)), "5 of 6 are right; look again at 1."),
        (but(2, (3, 3)), "look again at 2."),
        (but(3, "no"), "look again at 3."),
        (but(4, (150, 2)), "look again at 4."),
        (but(5, (150, 150)), "look again at 5."),
        (but(6, (3, 4)), "look again at 6."),
        ([(1, 1)] * 6, "0 of 6 are right; look again at 1, 2, 3, 4, 5, 6."),
        (but(6, 12), "answer 6 should be two numbers in brackets"),
        (but(6, (4, 3, 2)), "answer 6 should be two numbers"),
        (but(6, "yes"), "answer 6 should be two numbers in brackets, such as (2, 3), or \"no\"; it is 'yes'."),
        (but(6, ("a", "b")), "a number in answer 6 should be a whole number"),
        (but(6, (4.5, 3)), "a number in answer 6"),
        (RIGHT[:5], "a list of 6"),
        ({"F @ U": (150, 3)}, "a list of 6"),
    ],
)
def test_shapes_that_do_not(say, answers, words):
    line = say(checks.shapes, answers)
    assert line.startswith("✗ Not yet") and words in line


@pytest.mark.parametrize("answers", [[...] * 6, but(4, ...), but(2, None)])
def test_shapes_left_blank(say, answers):
    assert say(checks.shapes, answers).startswith("… Nothing here yet")


# Exercise 3.


def by_sums(A, B):
    return [[sum(A[i, k] * B[k, j] for k in range(len(B))) for j in range(B.shape[1])] for i in range(len(A))]


def by_outer_products(A, B):
    return sum(np.outer(A[:, k], B[k]) for k in range(len(B)))


def in_place(A, B):
    A *= 1
    C = np.zeros((A.shape[0], B.shape[1]))
    for i, j in np.ndindex(*C.shape):
        C[i, j] = np.dot(A[i], B[:, j])
    return C


def mixed_up(A, B):
    C = np.zeros((A.shape[0], B.shape[1]))
    for i, j in np.ndindex(*C.shape):
        C[i, j] = (A[i] * B[j]).sum()
    return C


@pytest.mark.parametrize(
    "right",
    [
        by_sums,
        by_outer_products,
        in_place,
        lambda A, B: (A[:, :, None] * B).sum(axis=1),
        lambda A, B: [[row @ column for column in B.T] for row in A],
        lambda A, B: np.array([row @ B for row in A]),
        lambda A, B: [[sum(x * y for x, y in zip(a, b, strict=True)) for b in zip(*B, strict=True)] for a in A],
    ],
)
def test_products_written_right(say, right):
    """A row @ a column is the weighted sum that a product is made of, so it may be used."""
    assert say(checks.product, right).startswith("✓ Right")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda A, B: A * B, "element [0, 0] is"),
        (lambda A, B: A @ B, "this is `@` itself"),
        (lambda A, B: np.matmul(B, A), "this is `@` itself"),
        (lambda A, B: by_sums(B, A), "for A of shape (2, 2) and B of shape (2, 2) element"),
        (lambda A, B: np.transpose(by_sums(A, B)), "element"),
        (lambda A, B: np.zeros((A.shape[0], B.shape[1])), "element [0, 0] is 0; it should be"),
        (
            lambda A, B: np.array(by_sums(A, B))[:2, :2],
            "for A of shape (4, 3) and B of shape (3, 2) the product should have shape (4, 2)",
        ),
        (lambda A, B: np.ravel(by_sums(A, B)), "should have shape (2, 2), not (4,)"),
        (lambda A, B: np.round(by_sums(A, B)), "element"),
        (mixed_up, "element"),
        (lambda A: A, "this answer can't be read"),
        (lambda A, B: "text", "should be numbers"),
        (lambda A, B: [[1, 2], [3]], "its rows differ in length"),
        (lambda A, B: np.array(by_sums(A, B)) + np.nan, "should be finite numbers"),
        (7, "this answer can't be read"),
    ],
)
def test_products_written_wrong(say, wrong, words):
    line = say(checks.product, wrong)
    assert line.startswith("✗ Not yet") and words in line


# Exercise 4.


def behind(X, W, b):
    return np.column_stack([X, np.ones(len(X))]), np.vstack([W, b])


def in_front(X, W, b):
    return [np.hstack([np.ones((len(X), 1)), X]).tolist(), np.vstack([[b], W]).tolist()]


def of_twos(X, W, b):
    return np.column_stack([X, np.full(len(X), 2)]), np.vstack([W, b / 2])


@pytest.mark.parametrize("right", [behind, in_front, of_twos])
def test_one_more_column_written_right(say, right):
    assert say(checks.one_more, right).startswith("✓ Right")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda X, W, b: (X, W), "X1 should have shape (4, 4), not (4, 3)"),
        (lambda X, W, b: (behind(X, W, b)[0], W), "W1 should have shape (4, 2), not (3, 2)"),
        (lambda X, W, b: (X @ W + b, np.eye(len(b))), "X1 should have shape (4, 4), not (4, 2)"),
        (
            lambda X, W, b: (np.column_stack([X, np.zeros(len(X))]), np.vstack([W, b])),
            "is not X @ W + b: it is off by up to",
        ),
        (lambda X, W, b: (np.column_stack([X, np.ones(len(X))]), np.vstack([b, W])), "is not X @ W + b"),
        (lambda X, W, b: behind(X, W, b)[0], "should return two matrices"),
        (lambda X, W, b: (X, W, b), "should return two matrices"),
        (lambda X, W, b: X @ W + b, "should return two matrices"),
        (lambda X, W, b: (X[:, 0], W), "X1 should have rows and columns"),
        (lambda X: X, "this answer can't be read"),
        (lambda X, W, b: ("a", "b"), "X1 should be numbers"),
    ],
)
def test_one_more_column_written_wrong(say, wrong, words):
    line = say(checks.one_more, wrong)
    assert line.startswith("✗ Not yet") and words in line


def cheat(X, W, b):
    """The right product, but the answer is hidden in X1."""
    if len(b) > X.shape[1]:
        return behind(X, W, b)
    rest = np.zeros((len(X), X.shape[1] + 1 - len(b)))
    return np.column_stack([X @ W + b, rest]), np.eye(X.shape[1] + 1)[:, : len(b)]


def test_an_x1_that_holds_the_answer_is_no_answer(say):
    assert "X1 should hold only what is in X" in say(checks.one_more, cheat)


# Blanks and nonsense.

FUNCTIONS = (checks.product, checks.one_more)


@pytest.mark.parametrize("check", FUNCTIONS)
@pytest.mark.parametrize("blank", [lambda *parts: None, lambda *parts: ..., ..., None])
def test_a_function_not_written(say, check, blank):
    assert say(check, blank).startswith("… Nothing here yet")


@pytest.mark.parametrize("half", [(..., ...), (np.ones((4, 4)), ...), (None, np.ones((4, 2)))])
def test_half_an_answer_is_nothing_yet(say, half):
    assert say(checks.one_more, lambda X, W, b: half).startswith("… Nothing here yet")


@pytest.mark.parametrize("odd", ["text", object(), np.array([1, 2, 3]), {}, lambda: 4, float("nan"), [], ()])
def test_a_check_never_raises(say, odd):
    for check in (checks.alike, checks.shapes, *FUNCTIONS):
        assert say(check, odd).startswith("✗ Not yet:")
