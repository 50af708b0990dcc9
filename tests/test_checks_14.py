"""What the checks of chapter 14 call right, and what they say to the rest."""

import numpy as np
import pytest

from annkit.checks import chapter_14
from annkit.labs import GridLab
from annkit.labs.grid.trials import CELLS


@pytest.fixture
def lab():
    """The lab of exercise 1 as the chapter makes it."""
    made = GridLab(deal=3, done=28, by_hand=True, cell=(16, 0.1))
    yield made
    assert not made.error
    made.close()


# Exercise 1.


def test_one_cell_of_the_grid_is_right_and_the_start_is_nothing_yet(say, lab):
    assert say(chapter_14.one_standard_error, lab).startswith("… Nothing here yet: turn the lab")
    right = []
    for cell in CELLS:
        lab._hidden.value, lab._rate.value = cell
        line = say(chapter_14.one_standard_error, lab)
        right += [cell] * line.startswith("✓")
        assert line[0] in "✓✗" or cell == (16, 0.1)
    assert right == [(3, 0.3)]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ((8, 0.3), "0.85 is within one standard error, but a smaller network is so, too."),
        ((3, 1.0), "so many units are right; of two learning rates that are within, take the smaller."),
        ((2, 0.1), "0.72 is more than one standard error below the best."),
        ((32, 0.3), "0.80 is more than one standard error below the best."),
    ],
)
def test_what_is_wrong_with_another_cell(say, lab, cell, words):
    lab.cell = cell
    line = say(chapter_14.one_standard_error, lab)
    assert words in line and "Hint" in line


def test_another_deal_or_half_a_grid_is_a_slip(say, lab):
    lab.set(done=27, cell=(3, 0.3))
    line = say(chapter_14.one_standard_error, lab)
    assert "whole: press Reset" in line and "Hint" not in line


# Exercise 2.


def smallest(cells):
    means = {cell: np.mean(scores) for cell, scores in cells.items()}
    best = max(means, key=means.get)
    error = np.std(cells[best], ddof=1) / np.sqrt(len(cells[best]))
    return min(cell for cell in cells if means[cell] >= means[best] - error)


def in_a_loop(cells):
    best_mean = best_error = 0
    for scores in cells.values():
        n, mean = len(scores), sum(scores) / len(scores)
        if mean > best_mean:
            best_mean = mean
            best_error = (sum((score - mean) ** 2 for score in scores) / (n - 1) / n) ** 0.5
    good = [cell for cell, scores in cells.items() if sum(scores) / len(scores) > best_mean - best_error]
    return sorted(good)[0]


def as_an_array(cells):
    return np.array(smallest(cells))


@pytest.mark.parametrize("function", [smallest, in_a_loop, as_an_array])
def test_the_rule_however_it_is_written(say, function):
    assert say(chapter_14.smallest, function).startswith("✓ Right")


def with_error(error):
    def found(cells):
        means = {cell: np.mean(scores) for cell, scores in cells.items()}
        best = max(means, key=means.get)
        return min(cell for cell in cells if means[cell] >= means[best] - error(cells[best]))

    return found


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (with_error(lambda scores: 0), "That is the best itself."),
        (with_error(lambda scores: 1), "yours is (1, 1.0)."),
        (with_error(lambda scores: np.std(scores, ddof=1)), "is a spread, not a standard error."),
        (with_error(lambda scores: np.std(scores) / np.sqrt(len(scores))), "The spread is a little too small."),
        (with_error(lambda scores: np.std(scores, ddof=1) / np.sqrt(5)), "There are ten scores here, not five."),
        (lambda cells: max(cells), "yours is (32, 1.0)."),
        (lambda cells: (5, 5), "(5, 5.0) is none of the cells"),
        (lambda cells: cells[0], "your function stops"),
    ],
)
def test_what_is_wrong_with_another_rule(say, fresh, function, words):
    line = say(fresh(chapter_14.smallest), function)
    assert line.startswith("✗ Not yet") and words in line and "Hint" in line


@pytest.mark.parametrize(
    ("function", "words"),
    [(lambda cells: 3, "a pair (hidden, rate), not 3"), (lambda cells: ("a", "b"), "a pair"), (7, "a function")],
)
def test_what_has_not_the_form_of_an_answer_costs_no_hint(say, fresh, function, words):
    line = say(fresh(chapter_14.smallest), function)
    assert words in line and "Hint" not in line


def test_every_case_catches_somebody():
    """In each, another part of the rule decides: none could be left out."""
    rules = [
        with_error(lambda scores: 0),
        with_error(lambda scores: np.std(scores, ddof=1)),
        with_error(lambda scores: np.std(scores) / np.sqrt(len(scores))),
        with_error(lambda scores: np.std(scores, ddof=1) / np.sqrt(5)),
        lambda cells: max(smallest(cells), (smallest(cells)[0], 1.0)),
    ]
    right = [smallest(cells) for cells in chapter_14.CASES]
    assert right == [(8, 1.0), (32, 0.1), (4, 0.3), (4, 0.3), (4, 0.1)]
    for rule in rules:
        assert [rule(cells) for cells in chapter_14.CASES] != right


# Exercise 3.


def test_how_many_trainings(say):
    assert say(chapter_14.trainings, 601).startswith("✓ Right")


@pytest.mark.parametrize(
    ("answer", "words", "hint"),
    [
        (600, "learns from all the data?", "and one more"),
        (60, "is how many cells", "one training for each cell and each fold"),
        (61, "is how many cells", "one training for each cell and each fold"),
        (120, "each with each", "And each of them 3 times?"),
        (121, "each with each", "And each of them 3 times?"),
        (12, "12 is not it.", "one training for each cell and each fold"),
    ],
)
def test_another_number_of_trainings(say, fresh, answer, words, hint):
    line = say(fresh(chapter_14.trainings), answer)
    assert words in line and hint in line
