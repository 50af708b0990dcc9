"""The exercises of chapter 01: several right and wrong answers for each."""

import itertools

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from annkit import data
from annkit.checks import chapter_01 as checks
from annkit.labs import PerceptronLab, RuleLab


def coast(**state):
    """The days of the exercises."""
    return RuleLab(data.weather(seed=2, town="coast"), **state)


STARTS = {checks.best_threshold: {}, checks.made_variables: {"model": "made"}}
"""For each lab exercise, what its lab is made with in the chapter."""


@pytest.mark.parametrize(("check", "state"), STARTS.items())
def test_a_lab_as_it_was_made_is_nothing_yet(say, check, state):
    lab = coast(**state)
    assert say(check, lab).startswith("… Nothing here yet: turn the lab")
    lab.set(point=7)
    assert say(check, lab).startswith("… Nothing here yet")


@pytest.mark.parametrize(
    ("state", "right"),
    [
        ({"when": "x1 above", "cut": 34}, True),
        ({"when": "x1 above", "cut": 35}, True),
        ({"when": "x1 above", "cut": 34, "mix1": 20, "moved": 0.5}, True),
        ({"when": "x1 above", "cut": 36}, False),
        ({"when": "x1 below", "cut": 70}, False),
        ({"when": "x2 above", "cut": 34}, False),
        ({"when": "x1 above", "cut": 34, "model": "line"}, False),
        ({"model": "line", "mix": 85, "mix_cut": 40}, False),
    ],
)
def test_best_threshold(say, state, right):
    lab = coast()
    lab.set(**state)
    assert say(checks.best_threshold, lab).startswith("✓ Right: 72 of 100" if right else "✗ Not yet")


def test_the_hint_for_a_threshold_is_that_of_the_mistake(say, fresh):
    lab = coast()
    lab.cut = 20
    assert "the side is right. Drag the border" in say(fresh(checks.best_threshold), lab)
    lab.when = "x2 above"
    assert "the list has four sides" in say(fresh(checks.best_threshold), lab)
    lab.model = "made"
    line = say(fresh(checks.best_threshold), lab)
    assert "choose it again" in line and "Hint" not in line


@pytest.mark.parametrize(
    ("mixes", "right"),
    [
        ((85, 65), True), ((90, 70), True), ((80, 65), True), ((95, 70), True),
        ((20, 40), False), ((85, 60), False), ((85, 75), False), ((100, 65), False), ((65, 85), False),
    ],
)  # fmt: skip
def test_made_variables(say, mixes, right):
    lab = coast(model="made")
    lab.set(mix1=mixes[0], mix2=mixes[1])
    assert say(checks.made_variables, lab).startswith("✓ Right: two mixes" if right else "✗ Not yet")


def test_the_hint_for_two_mixes_is_about_the_one_that_is_worse(say, fresh):
    lab = coast(model="made", mix2=65)
    lab.mix1 = 30
    assert "due to mix 1. Its border is the violet one" in say(fresh(checks.made_variables), lab)
    lab.set(mix1=85, mix2=20)
    line = say(fresh(checks.made_variables), lab)
    assert "to learn from are right, and" in line and "due to mix 2. Its border is the green one" in line
    lab.model = "line"
    line = say(fresh(checks.made_variables), lab)
    assert "choose them again" in line and "Hint" not in line


@pytest.mark.parametrize(("check", "state"), STARTS.items())
def test_other_days_and_another_lab_are_no_answer(say, check, state):
    lab = coast(**state)
    lab.set(table=data.weather(seed=2), mix1=20, mix2=40, cut=30)
    assert "about the days of the coast" in say(check, lab)
    assert "this exercise asks for its RuleLab, not PerceptronLab." in say(check, PerceptronLab(w1=1))


def test_the_sliders_own_grid_holds_a_solution(say):
    lab = coast()
    lab._sliders["cut"].move(34)
    assert say(checks.best_threshold, lab).startswith("✓ Right")
    lab, X = coast(model="made"), data.weather(seed=2, town="coast").X
    solved = []
    for pair in itertools.product(range(0, 101, 5), repeat=2):
        first, second = (X @ [share, 100 - share] for share in pair)
        right = ((first > 4000) & (second <= 6000)) == lab.table.labels
        if min(right[:100].sum(), right[100:].sum()) >= 95:
            solved.append(pair)
    assert 4 <= len(solved) <= 20 and (85, 65) in solved, "found by turning, hardly by chance"
    for name, value in zip(("mix1", "mix2"), solved[0], strict=True):
        lab._sliders[name].move(value)
    assert say(checks.made_variables, lab).startswith("✓ Right")


TUMOURS = load_breast_cancer()
X = TUMOURS.data[:, [TUMOURS.feature_names.tolist().index(name) for name in checks.THREE]]
SCALED = (X - X.mean(axis=0)) / X.std(axis=0)
RIGHT = LogisticRegression().fit(SCALED, TUMOURS.target).coef_
RAW = LogisticRegression(max_iter=10_000).fit(X, TUMOURS.target).coef_[0]
IN_A_PIPE = make_pipeline(StandardScaler(), LogisticRegression(solver="liblinear")).fit(X, TUMOURS.target)[-1].coef_


@pytest.mark.parametrize(
    ("weights", "name", "right"),
    [
        (RIGHT, "worst perimeter", True),
        (RIGHT[0].tolist(), " Worst Perimeter", True),
        (np.round(RIGHT, 1), "worst perimeter", True),
        (IN_A_PIPE, "worst perimeter", True),
        (LogisticRegression().fit(SCALED * np.sqrt(568 / 569), TUMOURS.target).coef_, "worst perimeter", True),
        (RIGHT, "worst smoothness", False),
        (RAW, "worst smoothness", False),
        (RAW, "worst perimeter", False),
        (RAW * X.std(axis=0), "worst perimeter", False),
        (-RIGHT, "worst perimeter", False),
        (np.abs(RIGHT), "worst perimeter", False),
        (RIGHT[0, :2], "worst perimeter", False),
        (RIGHT, "worst radius", False),
        (RIGHT, 1, False),
        (["a", "b", "c"], "worst perimeter", False),
        ([np.nan, 1, 1], "worst perimeter", False),
    ],
)
def test_strongest_reason(say, weights, name, right):
    assert say(checks.strongest_reason, weights, name).startswith("✓ Right" if right else "✗ Not yet")


def test_weights_in_raw_units_and_the_wrong_name_have_their_hints(say, fresh):
    assert np.abs(RAW).argmax() == 2, "without scaling the smallest unit looks strongest"
    line = say(fresh(checks.strongest_reason), RAW, "worst smoothness")
    assert "are not the weights of the three variables" in line and "Are the units alike?" in line
    assert "largest of them in size" in say(fresh(checks.strongest_reason), RIGHT, "worst texture")
    assert "Hint" not in say(fresh(checks.strongest_reason), RIGHT, "perimeter")
    assert say(checks.strongest_reason, ..., ...).startswith("… Nothing here yet")


def test_the_strongest_reason_is_the_same_whichever_patients_are_left_out():
    random = np.random.default_rng(0)
    for __ in range(20):
        some = random.permutation(len(X))[: len(X) * 4 // 5]
        weights = LogisticRegression().fit(SCALED[some], TUMOURS.target[some]).coef_[0]
        assert np.abs(weights).argmax() == 1 and abs(weights[1]) > 2.5 * np.sort(np.abs(weights))[1]
