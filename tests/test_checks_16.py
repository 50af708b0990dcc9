"""What the checks of chapter 16 call right, and what they say to the rest."""

import itertools

import numpy as np
import pytest

from annkit.checks import chapter_16
from annkit.labs import ExplainLab

# Exercise 1.


@pytest.fixture
def lab():
    """The lab of exercise 1 as the chapter makes it."""
    made = ExplainLab(x1=0.1, x2=0.9, x4=0.4, x5=0.4)
    yield made
    assert not made.error
    made.close()


def test_a_quarter_more_of_x1_turns_it(say, lab):
    lab.x1 = 0.35
    assert say(chapter_16.turn, lab).startswith("✓ Right: the row gets 13.3. What matters most over all rows")


def test_the_start_is_nothing_yet_and_so_is_the_truth(say, lab):
    assert lab.output < 9
    assert say(chapter_16.turn, lab).startswith("… Nothing here yet: turn the lab")
    lab.truth = True
    assert say(chapter_16.turn, lab).startswith("… Nothing here yet: turn the lab")


def test_the_grid_of_the_sliders_holds_few_answers_and_all_use_x1(lab):
    """All ways to turn by five twentieths: five steps, each of a feature up or down."""
    start, ways = lab.x, np.concatenate([np.eye(7), -np.eye(7)]) / 20
    steps = {tuple(sum(ways[list(five)]).round(2)) for five in itertools.combinations_with_replacement(range(14), 5)}
    turned = start + np.array(sorted(steps))
    answers = lab.model.predict(turned)
    right = turned[(answers >= chapter_16.WANTED) & (turned >= 0).all(axis=1) & (turned <= 1).all(axis=1)]
    assert 1 <= len(right) < 20 and (right[:, 0] >= 0.3 - 1e-9).all()


@pytest.mark.parametrize(
    ("turned", "words"),
    [
        ({"x4": 0.65}, "turned by 0.25 in all, the row gets 11.0; it should get at least 13."),
        ({"x1": 0.4}, "the features are turned by 0.3 in all, and 0.25 are allowed."),
        ({"x1": 0.35, "x7": 0.55}, "the features are turned by 0.3 in all"),
        ({"x1": 0.2}, "turned by 0.1 in all, the row gets"),
    ],
)
def test_too_little_and_too_much(say, lab, turned, words):
    lab.set(**turned)
    assert (line := say(chapter_16.turn, lab)).startswith("✗ Not yet") and words in line and "Hint" in line


@pytest.mark.parametrize("turned", [{"split": 3}, {"copies": 1, "x1": 0.35}, {"as_one": True}])
def test_another_table_is_a_slip(say, lab, turned):
    lab.set(**turned)
    line = say(chapter_16.turn, lab)
    assert line.startswith("✗ Not yet: the table should be as it was") and "Hint" not in line


# Exercise 2.


def by_the_book(x, W, b, V, one, other):
    return W @ ((x @ W + b > 0) * (V[:, one] - V[:, other]))


def by_nudges(x, W, b, V, one, other):
    def lead(x):
        y = np.maximum(0, x @ W + b) @ V
        return y[one] - y[other]

    return [(lead(x + d) - lead(x - d)) / 2e-6 for d in 1e-6 * np.eye(len(x))]


def by_loops(x, W, b, V, one, other):
    slopes = np.zeros(len(x))
    for unit in range(len(b)):
        if x @ W[:, unit] + b[unit] > 0:
            slopes += W[:, unit] * (V[unit, one] - V[unit, other])
    return slopes


@pytest.mark.parametrize("right", [by_the_book, by_nudges, by_loops])
def test_saliency_maps_that_are_right(say, right):
    assert say(chapter_16.saliency, right).startswith("✓ Right")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda x, W, b, V, k, j: W @ (V[:, k] - V[:, j]), "where every hidden unit is on"),
        (lambda x, W, b, V, k, j: W @ (np.maximum(0, x @ W + b) * (V[:, k] - V[:, j])), "in place of the slope of h"),
        (lambda x, W, b, V, k, j: by_the_book(x, W, 0 * b, V, k, j), "the biases decide, too"),
        (lambda x, W, b, V, k, j: W @ ((x @ W + b > 0) * V[:, k]), "the first score alone"),
        (lambda x, W, b, V, k, j: by_the_book(x, W, b, V, j, k), "all signs are turned"),
        (lambda x, W, b, V, k, j: x * by_the_book(x, W, b, V, k, j), "the slope times the input"),
        (lambda x, W, b, V, k, j: 1 + by_the_book(x, W, b, V, k, j), "with 3 inputs and 4 hidden units a slope is off"),
        (lambda x, W, b, V, k, j: V[:, k] - V[:, j], "should have shape (3,), not (4,)"),
        (lambda x: x, "your function should take (x, W, b, V, one, other)"),
        (lambda x, W, b, V, k, j: None, "returns nothing"),
    ],
)
def test_saliency_maps_that_are_wrong(say, wrong, words):
    assert (line := say(chapter_16.saliency, wrong)).startswith("✗ Not yet") and words in line


# Exercise 3.


def first_come(X, limit):
    r, kept = np.abs(np.corrcoef(X.T)), []
    for column in range(X.shape[1]):
        if all(r[column, other] <= limit for other in kept):
            kept.append(column)
    return kept


def last_come(X, limit):
    return np.array([X.shape[1] - 1 - column for column in first_come(X[:, ::-1], limit)])


@pytest.mark.parametrize("right", [first_come, last_come, lambda X, limit: tuple(first_come(X, limit))])
def test_columns_without_copies(say, right):
    assert say(chapter_16.without_copies, right).startswith("✓ Right")


def signed(X, limit):
    r, kept = np.corrcoef(X.T), []
    for column in range(X.shape[1]):
        if all(r[column, other] <= limit for other in kept):
            kept.append(column)
    return kept


def without_all_that_have_a_copy(X, limit):
    r = np.abs(np.corrcoef(X.T)) - np.eye(X.shape[1])
    return [column for column in range(X.shape[1]) if (r[column] <= limit).all()]


def without_any_that_came_before(X, limit):
    r = np.abs(np.corrcoef(X.T))
    return [column for column in range(X.shape[1]) if (r[column, :column] <= limit).all()]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda X, limit: list(range(X.shape[1])), "columns 0 and 2 are both kept, and their correlation is 1.00"),
        (signed, "columns 0 and 3 are both kept, and their correlation is −1.00"),
        (without_all_that_have_a_copy, "column 0 is left out, and it is no near copy of any that is kept"),
        (without_any_that_came_before, "column 2 is left out, and it is no near copy of any that is kept"),
        (lambda X, limit: [0], "column 1 is left out"),
        (lambda X, limit: [0, 0], "some of the numbers 0 to 2, each once"),
        (lambda X, limit: [3], "some of the numbers 0 to 2, each once"),
        (lambda X, limit: [0.5], "should return the numbers of columns"),
        (lambda X, limit: [], "your function's answer is empty"),
        (lambda X, limit: np.ones(3, bool), "your function"),
    ],
)
def test_columns_with_copies(say, wrong, words):
    assert (line := say(chapter_16.without_copies, wrong)).startswith("✗ Not yet") and words in line
