"""What the checks of chapter 13 call right, and what they say to the rest."""

import itertools

import numpy as np
import pytest

from annkit import Adam, Network, data, train
from annkit.checks import chapter_13
from annkit.labs import OverfitLab


@pytest.fixture(scope="module")
def fifteen():
    """The lab of exercise 1."""
    made = OverfitLab(sample=9)
    yield made
    assert not made.error
    made.close()


@pytest.fixture
def lab(fifteen):
    fifteen.reset()
    return fifteen


# Exercise 1.


def test_the_sliders_grid_holds_a_stretch_of_solutions_and_fails_on_both_sides(say, lab):
    lab._sliders["epoch"].move(2000)
    said = {}
    for k in (0, 1, 2, 3, 5, 8, 20, 30, 100):
        lab._sliders["decay"].move(k / 1000)
        said[k] = say(chapter_13.decay, lab)
    assert all(said[k].startswith("✓ Right") for k in (2, 3, 5, 8))
    assert all("Its own points have" in said[k] and "✗" in said[k] and "Hint" in said[k] for k in (0, 1))
    assert all("held too tight to bend" in said[k] for k in (30, 100)) and "✗" in said[20]


def test_what_else_is_turned_is_no_answer(say, lab):
    assert say(chapter_13.decay, lab).startswith("… Nothing here yet: turn the lab")
    lab.set(decay=0.005, epoch=100)
    assert "it stands at epoch 100; this one is to learn to the end" in say(chapter_13.decay, lab)
    for turned in ({"units": 2}, {"points": 60}, {"dropout": 0.1}, {"sample": 5}, {"moved": [(3, 0, 0)]}):
        lab.reset()
        lab.set(**turned)
        line = say(chapter_13.decay, lab)
        assert "only λ and the epoch are to be turned" in line and "Hint" not in line


# Exercise 2.


def stopping(errors, patience):
    best = 0
    for k in range(len(errors)):
        if errors[k] < errors[best]:
            best = k
        if k - best == patience:
            break
    return best


def waiting(errors, patience):
    least, at, waited = np.inf, 0, 0
    for k, error in enumerate(errors):
        least, at, waited = (error, k, 0) if error < least else (least, at, waited + 1)
        if waited >= patience:
            return at
    return np.int64(at)


def by_minima(errors, patience):
    for k in range(len(errors)):
        best = int(np.argmin(errors[: k + 1]))
        if k - best >= patience:
            return best
    return int(np.argmin(errors))


@pytest.mark.parametrize("right", [stopping, waiting, by_minima])
def test_stopped_in_time(say, right):
    assert say(chapter_13.best_epoch, right).startswith("✓ Right")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda errors, patience: int(np.argmin(errors)), "Nobody would have learned so far: it stops at epoch 4."),
        (lambda errors, patience: stopping(errors, patience) + patience, "is where it stops; the best one"),
        (lambda errors, patience: len(errors) - 1, "Nobody would have learned so far"),
        (lambda errors, patience: stopping(errors, patience - 1), "it is epoch"),
        (lambda errors, patience: 2, "it is epoch 5, not 2."),
        (lambda errors, patience: errors.min(), "best_epoch should be a whole number"),
        (lambda errors: 2, "should take (errors, patience), not (errors)"),
        (lambda errors, patience: errors[99], "your function stops"),
    ],
)
def test_not_stopped_in_time(say, wrong, words):
    assert (line := say(chapter_13.best_epoch, wrong)).startswith("✗ Not yet") and words in line


def test_the_cases_tell_apart_what_can_be_mixed_up():
    answers = [[f(errors, patience) for f in (stopping, waiting, by_minima)] for errors, patience in chapter_13.WAYS]
    assert all(len(set(each)) == 1 for each in answers)
    assert len({first for first, *__ in answers}) > 3


# Exercise 3.


def of_network(points, seed=3, epochs=2000):
    table, new = data.sine(points, seed=9), data.sine(100, seed=1002)
    net = Network([1, 30, 1], "tanh", "identity", seed=seed)
    train(net, table.X, table.T, optimizer=Adam(0.03), epochs=epochs)
    return [net.loss(net.forward(each.X), each.T) for each in (table, new)]


@pytest.mark.parametrize("seed", [0, 3])
def test_more_data(say, seed):
    made = {points: of_network(points, seed) for points in (chapter_13.FEW, chapter_13.MANY)}
    line = say(chapter_13.more_data, lambda points: made[points] if seed else np.array(made[points]))
    assert line.startswith("✓ Right: with 15 points 0.0") and "with 150 points 0.0" in line


GOOD = {15: (0.023, 0.322), 150: (0.09, 0.07)}


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({**GOOD, 15: (0.322, 0.023)}, "the error on its own points is to come first"),
        ({**GOOD, 15: (0.023, 0.023)}, "both errors are the same, 0.023"),
        ({**GOOD, 15: (0.131, 0.125)}, "after 2000 epochs of Adam(0.03) 30 units have less"),
        ({**GOOD, 15: (0.08, 0.1)}, "after 2000 epochs of Adam(0.03) 30 units have less"),
        ({**GOOD, 150: (0.023, 0.3)}, "both should be near 0.09"),
        ({**GOOD, 150: (0.5, 0.5)}, "both should be near 0.09"),
        ({**GOOD, 15: 0.3}, "return learned, new"),
        ({**GOOD, 15: ([0.1, 0.2], 0.3)}, "learned should have shape ()"),
    ],
)
def test_not_more_data(say, answers, words):
    line = say(chapter_13.more_data, lambda points: answers[points])
    assert line.startswith("✗ Not yet") and words in line


def test_blanks_are_nothing_yet(say):
    for check, blank in itertools.product(
        (chapter_13.best_epoch, chapter_13.more_data), (..., lambda *values: ..., lambda points: (..., ...))
    ):
        if check is chapter_13.more_data or blank is ...:
            assert say(check, blank).startswith("… Nothing here yet") or "take" in say(check, blank)
