"""For every exercise of chapter 06 several right and wrong answers."""

import itertools

import numpy as np
import pytest

from annkit import data
from annkit.checks import chapter_06 as checks
from annkit.labs import MatrixLab, SpaceLab
from annkit.labs.space import GOALS, MOVES


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
    assert "h₁ is 7.5 in rows 1 and 3, as it should be, but in row 2 as well. Hint 1 of 1" in say(checks.alike, lab)


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


def onto(*weights, **turned):
    lab = SpaceLab(goal=1)
    names = ("w1", "w2", "w3", "w4")
    lab.set(**dict(zip(names, weights, strict=True)) if weights else {}, **turned)
    return lab


def test_the_goal_of_the_check_is_that_of_the_lab():
    assert np.ravel(checks.GOAL).tolist() == list(GOALS[0])


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ((-2, 0.5, -0.5, 1.5), "✓ Right"),
        ((-2 + 1e-12, 0.5, -0.5, 1.5), "✓ Right"),
        ((-0.5, 1.5, -2, 0.5), "the F on it is turned over. Hint 1 of 1: the same two corners"),
        ((-2, 0.5, -1, 1), "arrow 1 is where it should be, arrow 2 is not. Hint 1 of 2"),
        ((1, 0.5, -0.5, 1.5), "arrow 2 is where it should be, arrow 1 is not. Hint 1 of 2"),
        ((1, 0, 0, 1), "the dashed F is turned over, and yours is not. Hint 1 of 2: the stem"),
        ((1, 0, 0, -1), "the F is not on the dashed one."),
        ((-2, 0.5, -0.5, 1.25), "arrow 1 is where it should be"),
        ((2, -0.5, 0.5, -1.5), "the F is not on the dashed one."),
        ((-2, -0.5, 0.5, 1.5), "the dashed F"),
    ],
)
def test_the_letter_laid_onto_the_dashed_one(say, fresh, weights, words):
    line = say(fresh(checks.onto), onto(*weights))
    assert words in line and line.startswith("✓ Right" if words.startswith("✓") else "✗ Not yet")


def test_what_is_only_looked_at_is_no_answer_and_another_goal_no_exercise(say):
    assert say(checks.onto, onto()).startswith("… Nothing here yet")
    assert say(checks.onto, onto(x1=-1, moved=0.5, samples="columns")).startswith("… Nothing here yet")
    for name in MOVES:
        assert say(checks.onto, onto(*MOVES[name])).startswith("✗ Not yet")
    line = say(checks.onto, onto(*GOALS[1], goal=2))
    assert line.startswith("✗ Not yet") and "SpaceLab(goal=1)" in line and "Hint" not in line


# Exercise 3.


def half(*weights, **turned):
    lab = SpaceLab(w1=1, w2=0, w3=0, w4=1, x1=1, x2=1)
    names = ("w1", "w2", "w3", "w4")
    lab.set(**dict(zip(names, weights, strict=True)) if weights else {}, **turned)
    return lab


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ((0, 0.5, 1, 0.5), "✓ Right"),
        ((0.25, 0.75, 0.75, 0.25), "✓ Right"),
        ((-1, -0.5, 2, 1.5), "✓ Right"),
        ((1 / 3, 5 / 6, 2 / 3, 1 / 6), "✓ Right"),
        ((0.5, 0, 0.5, 1), "half as large, as they should, but they are not turned over. Hint 1 of 1"),
        ((0, 1, 1, 0), "w₁w₄ − w₂w₃ is −1. Which number should it be? Hint 1 of 2: half as large and turned over"),
        ((0.5, 0.5, 0.5, 0.5), "w₁w₄ − w₂w₃ is 0."),
        ((0.5, 0, 0, -1), "(1, 1) goes to (0.5, −1); it should stay where it is. Hint 1 of 2: drag x"),
        ((1, 0, 0, -0.5), "(1, 1) goes to (1, −0.5)"),
        ((0, 0.5, 1, 0.25), "(1, 1) goes to (1, 0.75)"),
        ((0, 0, 0, 0), "(1, 1) goes to (0, 0)"),
    ],
)
def test_half_as_large_and_turned_over(say, fresh, weights, words):
    line = say(fresh(checks.half), half(*weights))
    assert words in line and line.startswith("✓ Right" if words.startswith("✓") else "✗ Not yet")


def test_quarters_hold_many_solutions_and_the_start_is_none(say):
    assert say(checks.half, half()).startswith("… Nothing here yet")
    assert say(checks.half, half(x1=0, samples="columns")).startswith("… Nothing here yet")
    lab, solved = half(), 0
    for w1 in np.arange(-3, 3.25, 0.25):
        weights = {"w1": w1, "w2": w1 + 0.5, "w3": 1 - w1, "w4": 0.5 - w1}
        if max(map(abs, weights.values())) <= 3:
            for name, value in weights.items():
                lab._sliders[name].move(value)
            solved += say(checks.half, lab).startswith("✓ Right")
    assert solved == 19, "w₁ from −2 to 2.5"
    assert "SpaceLab, not MatrixLab" in say(checks.half, MatrixLab())


# Exercise 4.

RIGHT = [(150, 3), "no", (150, 2), (2, 150), (4, 4), (4, 3)]


def test_the_right_shapes_are_those_of_numpy():
    X, W, V = np.zeros((150, 4)), np.zeros((4, 3)), np.zeros((3, 2))
    for answer, matrices in zip(RIGHT, ([X, W], None, [X, W, V], [V.T, W.T, X.T], [X.T, X]), strict=False):
        if matrices:
            assert np.linalg.multi_dot(matrices).shape == answer
    with pytest.raises(ValueError):
        V @ W
    assert (X @ np.zeros(RIGHT[5]) @ V).shape == (150, 2)


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
        (but(2, None), "it is None."),
        (but(1, "(-150, 3)"), "answer 1 should be two numbers"),
        (but(1, "(−150, 3)"), "answer 1 should be two numbers"),
        (but(1, "(150, 3.5)"), "answer 1 should be two numbers"),
        (but(1, (-150, 3)), "a number in answer 1 should be a whole number of at least 1"),
        (RIGHT[:5], "a list of 6"),
        ({"X @ W": (150, 3)}, "a list of 6"),
    ],
)
def test_shapes_that_do_not(say, answers, words):
    line = say(checks.shapes, answers)
    assert line.startswith("✗ Not yet") and words in line


@pytest.mark.parametrize(("which", "hint"), list(enumerate(checks.SHAPE_HINTS, start=1)))
def test_each_shape_has_its_own_hint(say, fresh, which, hint):
    assert f"Hint 1 of 1: {hint}" in say(fresh(checks.shapes), but(which, (7, 7)))


@pytest.mark.parametrize("answers", [[...] * 6, but(4, ...)])
def test_shapes_left_blank(say, answers):
    assert say(checks.shapes, answers).startswith("… Nothing here yet")


# Exercise 5.


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


def by_single_rows_and_columns(A, B):
    """A row as a matrix of one row, and a column as a matrix of one column."""
    C = np.zeros((A.shape[0], B.shape[1]))
    for i, j in np.ndindex(*C.shape):
        C[i : i + 1, j : j + 1] += A[i : i + 1] @ B[:, j : j + 1]
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
        lambda A, B: np.column_stack([A.dot(column) for column in B.T]),
        lambda A, B: [[np.dot(row, column) for column in B.T] for row in A],
        lambda A, B: [[np.einsum("i,i", row, column) for column in B.T] for row in A],
        by_single_rows_and_columns,
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
        (lambda A, B: A @ B, "`@` makes the whole product"),
        (lambda A, B: np.matmul(B, A), "`@` makes the whole product"),
        (lambda A, B: A[:, None, :] @ B, "`@` makes the whole product"),
        (lambda A, B: (A * 1) @ (B + 0), "`@` makes the whole product"),
        (lambda A, B: (B.T @ A.T).T, "`@` makes the whole product"),
        (lambda A, B: A.dot(B), "`np.dot` makes the whole product"),
        (lambda A, B: np.dot(A, B), "`np.dot` makes the whole product"),
        (lambda A, B: np.dot(A, B.tolist()), "`np.dot` makes the whole product"),
        (lambda A, B: np.inner(A, B.T), "`np.inner` makes the whole product"),
        (lambda A, B: np.einsum("ik,kj->ij", A, B), "`np.einsum` makes the whole product"),
        (lambda A, B: np.tensordot(A, B, axes=1), "`np.tensordot` makes the whole product"),
        (lambda A, B: np.linalg.multi_dot([A, B]), "`np.dot` makes the whole product"),
        (lambda A, B: np.linalg.matmul(A, B), "makes the whole product"),
        (lambda A, B: by_sums(B, A), "for A of shape (2, 2) and B of shape (2, 2) element"),
        (lambda A, B: np.transpose(by_sums(A, B)), "element"),
        (lambda A, B: np.zeros((A.shape[0], B.shape[1])), "element [0, 0] is 0; it should be"),
        (
            lambda A, B: np.array(by_sums(A, B))[:2, :2],
            "for A of shape (4, 3), B of shape (3, 2), your function's answer should have shape (4, 2), not (2, 2).",
        ),
        (lambda A, B: np.ravel(by_sums(A, B)), "should have shape (2, 2), not (4,)"),
        (lambda A, B: np.round(by_sums(A, B)), "element"),
        (mixed_up, "element"),
        (lambda A, B: "text", "should be numbers"),
        (lambda A, B: [[1, 2], [3]], "its rows differ in length"),
        (lambda A, B: np.array(by_sums(A, B)) + np.nan, "should be finite numbers"),
    ],
)
def test_products_written_wrong(say, wrong, words):
    line = say(checks.product, wrong)
    assert line.startswith("✗ Not yet") and words in line


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda A, B: A * B, "that is element by element"),
        (lambda A, B: by_sums(B, A), "that is B times A"),
        (lambda A, B: np.transpose(by_sums(A, B)), "rows and columns are exchanged"),
        (lambda A, B: np.zeros((A.shape[0], B.shape[1])), "how many rows and columns has the result?"),
    ],
)
def test_each_mistake_with_a_product_has_its_hint(say, fresh, wrong, hint):
    assert hint in say(fresh(checks.product), wrong)


# Exercise 6.


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
        (lambda X, W, b: behind(X, W, b)[0], "should return two things: return X1, W1."),
        (lambda X, W, b: (X, W, b), "should return two things"),
        (lambda X, W, b: (X[:, 0], W), "X1 should have shape (4, 4), not (4,)"),
        (lambda X, W, b: (None, W), "X1 should be numbers, not None"),
        (lambda X, W, b: ("a", "b"), "X1 should be numbers"),
    ],
)
def test_one_more_column_written_wrong(say, wrong, words):
    line = say(checks.one_more, wrong)
    assert line.startswith("✗ Not yet") and words in line


def test_a_column_and_a_row_that_do_not_meet_are_told_so(say, fresh):
    for one, other in ((behind, in_front), (in_front, behind)):
        line = say(fresh(checks.one_more), lambda X, W, b, one=one, other=other: (one(X, W, b)[0], other(X, W, b)[1]))
        assert "both come last, or both come first" in line


def cheat(X, W, b):
    """The right product, but the answer is hidden in X1."""
    if len(b) > X.shape[1]:
        return behind(X, W, b)
    rest = np.zeros((len(X), X.shape[1] + 1 - len(b)))
    return np.column_stack([X @ W + b, rest]), np.eye(X.shape[1] + 1)[:, : len(b)]


def test_an_x1_that_holds_the_answer_is_no_answer(say):
    assert "X1 should hold only what is in X" in say(checks.one_more, cheat)
