"""The perceptron, the step and the tables, against what the source works out by hand."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from annkit import Perceptron, data, step
from annkit.labs import PerceptronLab

QUARTERS = st.integers(-40, 40).map(lambda n: n / 4)


def quarters(shape):
    return hnp.arrays(float, shape, elements=QUARTERS)


def test_the_lectures_row():
    neuron = Perceptron([0.5, -0.2, 0.9], bias=-2)
    np.testing.assert_allclose(neuron.sums(data.lecture().X), [1.2, -1.9, 0.7, -0.9], atol=1e-12)
    assert neuron.predict([[4, 3, 2]]).tolist() == [1]


def test_step_at_zero_is_zero():
    assert step([-0.25, 0, 0.25]).tolist() == [0, 0, 1]
    assert step(0) == 0
    assert step(5e-324) == 1


@settings(deadline=None)
@given(quarters((6, 3)), quarters(3), QUARTERS, st.sampled_from([0.25, 0.5, 2, 8]))
def test_scaling_changes_no_decision_and_scales_the_sum(X, w, b, factor):
    one, other = Perceptron(w, b), Perceptron(factor * w, factor * b)
    assert (one.predict(X) == other.predict(X)).all()
    assert (other.sums(X) == factor * one.sums(X)).all()


@settings(deadline=None)
@given(quarters((6, 3)), quarters(3), QUARTERS)
def test_turning_every_sign_swaps_the_sides(X, w, b):
    off_the_line = Perceptron(w, b).sums(X) != 0
    answers, turned = Perceptron(w, b).predict(X), Perceptron(-w, -b).predict(X)
    assert (answers + turned)[off_the_line].tolist() == [1] * off_the_line.sum()


@settings(deadline=None)
@given(quarters((6, 3)), quarters(3), QUARTERS)
def test_the_same_as_a_loop_over_rows(X, w, b):
    by_hand = [sum(x_i * w_i for x_i, w_i in zip(row, w, strict=True)) + b for row in X]
    assert Perceptron(w, b).sums(X).tolist() == by_hand
    assert Perceptron(w, b).predict(X).tolist() == [int(total > 0) for total in by_hand]


def test_the_perceptron_keeps_its_own_weights():
    w = np.array([1.0, 2.0])
    neuron = Perceptron(w)
    w[0] = 9
    assert neuron.weights.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("name", "answers"), [("AND", [0, 0, 0, 1]), ("OR", [0, 1, 1, 1]), ("NAND", [1, 1, 1, 0]), ("XOR", [0, 1, 1, 0])]
)
def test_logic(name, answers):
    table = data.logic(name)
    assert table.X.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert table.labels.tolist() == answers
    assert table.T.shape == (4, 1)


def divided_by_one_threshold(feature, labels):
    cuts = [-np.inf, *np.sort(feature)]
    return any(((feature > cut) == (labels == side)).all() for cut in cuts for side in (0, 1))


@pytest.mark.parametrize("table", [data.fruits(), data.lecture()], ids=["fruits", "lecture"])
def test_no_single_feature_divides_but_a_weighted_sum_does(table):
    for feature in table.X.T:
        assert not divided_by_one_threshold(feature, table.labels)
    weights = {2: ([-0.5, 1], 1.5), 3: ([1, 0.5, 0], -5)}[table.X.shape[1]]
    assert (Perceptron(*weights).predict(table.X) == table.labels).all()


def test_four_points_are_divided_by_a_line_of_quarters():
    table = data.four_points()
    assert (Perceptron([-1, 1], 1.5).predict(table.X) == table.labels).all()


@pytest.mark.parametrize("table", [data.fruits(), data.lecture(), data.four_points(), data.logic("XOR")])
def test_tables_are_exact_in_quarters_and_can_be_written_down(table):
    assert (table.X * 4 == np.round(table.X * 4)).all()
    assert eval(repr(table), {"data": data}) == table
    assert table != data.logic("AND")
    with pytest.raises(ValueError, match="read-only"):
        table.X[0, 0] = 1


@pytest.mark.parametrize("nudge", [0, 1e-12, -1e-12])
def test_what_chapter_03_counts_on_irises_does_not_hang_on_last_digits(nudge):
    """Another machine may round a sum otherwise; the mistakes of each pass must stay."""
    flowers = data.iris(["setosa", "versicolor"], ["petal length", "petal width"]).shuffled(seed=0)
    w, b, mistakes = np.zeros(2), 0.0, []
    for __ in range(2):
        mistakes.append(0)
        for x, target in zip(flowers.X, flowers.labels, strict=True):
            error = target - int(x @ w + b + (nudge if w.any() else 0) > 0)
            w, b = w + error * x, b + error
            mistakes[-1] += abs(int(error))
    assert mistakes == [10, 0]


def test_the_rule_adds_missed_and_takes_away_false():
    neuron = Perceptron([0, 0])
    assert [neuron.learn(x, t) for x, t in (([-2, 2], 1), ([1, -1], 0), ([-1, 1], 0))] == [1, 0, -1]
    assert neuron.weights.tolist() == [-1, 1] and neuron.bias == 0
    for x, t in (([1], 1), ([1, 2], 2), ([1, "a"], 1), ([1, 2], None)):
        with pytest.raises(ValueError):
            neuron.learn(x, t)
    assert neuron.weights.tolist() == [-1, 1] and neuron.bias == 0


def test_what_is_set_is_checked_and_what_is_not_there_cannot_be_set():
    neuron = Perceptron([1, 2], bias=3)
    neuron.weights, neuron.bias = [4, 5], 6
    assert neuron.predict([[-1, 0]]).tolist() == [1]
    for name, value in (("weights", [1, None]), ("weights", [[1]]), ("bias", "6"), ("bias", np.nan)):
        with pytest.raises(ValueError, match=f"{name} should be"):
            setattr(neuron, name, value)
    with pytest.raises(AttributeError, match="Perceptron has no wieghts to set; .* Did you mean weights"):
        neuron.wieghts = [1, 2]
    assert neuron.weights.tolist() == [4, 5] and neuron.bias == 6 and not hasattr(neuron, "wieghts")


def test_sums_beyond_all_numbers_are_refused():
    for neuron, X in ((Perceptron([1e308, 1e308]), [[1, 1]]), (Perceptron([1e308, 1e308]), [[10, -10]])):
        for method in (neuron.sums, neuron.predict):
            with pytest.raises(ValueError, match="The weighted sums are no finite numbers"):
                method(X)


def test_what_the_lab_learns_from_measured_petals_has_no_dust_of_rounding():
    """Weights that are sums of petals have one decimal, as the petals have, and no 2.2e−16 where 0 should be."""
    flowers = data.iris(["versicolor", "virginica"], ["petal length", "petal width"]).shuffled(seed=0)
    lab = PerceptronLab(flowers, w1=0, w2=0, b=0, learning=True)
    for __ in range(60):
        lab.step()
        assert all(weight == round(weight, 1) for weight in (lab.w1, lab.w2, lab.b))
        assert not re.search(r"\de[−+]", lab.describe())
    lab.close()


def separable(rows):
    """A table that the line x₁ + 2 x₂ = 0.5 divides, with no point on it."""
    return rows, (rows @ [1, 2] > 0.5) * 1


@settings(deadline=None)
@given(hnp.arrays(float, (8, 2), elements=st.integers(-5, 5)))
def test_novikoffs_bound(X):
    X, t = separable(X)
    rows, line = np.column_stack([X, np.ones(len(X))]), np.array([1, 2, -0.5])
    margin = (np.where(t == 1, 1, -1) * (rows @ line)).min() / np.linalg.norm(line)
    bound = (np.linalg.norm(rows, axis=1).max() / margin) ** 2
    neuron, mistakes, wrong = Perceptron([0, 0]), 0, True
    while wrong:
        wrong = sum(abs(neuron.learn(x, target)) for x, target in zip(X, t, strict=True))
        mistakes += wrong
        assert mistakes <= bound
