"""Activations and losses: against their formulas, central differences, and at ±1000."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from networks import by_nudging

from annkit import (
    binary_cross_entropy,
    cross_entropy,
    gelu,
    identity,
    leaky_relu,
    relu,
    sigmoid,
    softmax,
    squared_error,
    step,
    tanh,
)
from annkit.activations import ACTIVATIONS
from annkit.losses import LOSSES, loss_called

SMOOTH = [sigmoid, identity, relu, tanh, leaky_relu, gelu, softmax]
SUMS = hnp.arrays(float, (4, 3), elements=st.floats(-1000, 1000))


def targets(loss, shape, random):
    if loss is cross_entropy:
        return random.dirichlet(np.ones(shape[1]), shape[0])
    return random.uniform(0, 1, shape)


@pytest.mark.parametrize("f", SMOOTH, ids=repr)
@pytest.mark.parametrize("shape", [(), (5,), (4, 3)])
def test_the_way_back_is_the_slope(f, shape):
    random = np.random.default_rng(1)
    z, upstream = random.normal(0, 2, shape), random.normal(0, 1, shape)
    z = np.where(abs(z) < 1e-3, 0.5, z)  # away from the kinks of relu and leaky_relu
    expected = by_nudging(lambda z: float((upstream * f(z)).sum()), z)
    np.testing.assert_allclose(f.backward(z, f(z), upstream), expected, atol=1e-9)


def test_what_is_taken_where_there_is_no_slope():
    assert relu.backward([-1, 0, 1], [0, 0, 1], 1).tolist() == [0, 0, 1]
    assert leaky_relu.backward([-1, 0, 1], [-0.01, 0, 1], 1).tolist() == [0.01, 0.01, 1]
    assert step.backward([-1, 0, 1], [0, 0, 1], 1).tolist() == [0, 0, 0]


@pytest.mark.parametrize("f", SMOOTH, ids=repr)
def test_one_number_gives_one_number(f):
    assert np.ndim(f(0.5)) == 0 and np.ndim(f.backward(0.5, f(0.5), 1)) == 0


@settings(deadline=None)
@given(SUMS)
def test_at_all_sums_up_to_1000_everything_is_finite(z):
    for f in ACTIVATIONS.values():
        a = f(z)
        assert np.isfinite(a).all() and np.isfinite(f.backward(z, a, 1)).all()
    T = np.eye(3)[[0, 1, 2, 0]]
    for loss in (cross_entropy, binary_cross_entropy):
        assert 0 <= loss(z, T) < np.inf
        assert (abs(loss.backward(z, T)) <= 1 / 4).all()


@settings(deadline=None)
@given(SUMS)
def test_softmax_is_a_distribution_and_shifting_a_row_changes_nothing(z):
    a = softmax(z)
    assert (a >= 0).all()
    np.testing.assert_allclose(a.sum(axis=1), 1, atol=1e-12)
    z = np.round(z)  # so that the shift is exact
    assert (softmax(z + 8) == softmax(z)).all()


@settings(deadline=None)
@given(SUMS)
def test_relations_between_activations(z):
    np.testing.assert_allclose(sigmoid(z) + sigmoid(-z), 1, atol=1e-15)
    np.testing.assert_allclose(tanh(z), 2 * sigmoid(2 * z) - 1, atol=1e-15)
    assert (relu(z) - relu(-z) == z).all()
    np.testing.assert_allclose(leaky_relu(z), relu(z) - 0.01 * relu(-z), rtol=1e-15, atol=1e-300)
    np.testing.assert_allclose(gelu(z) - gelu(-z), z, rtol=1e-14, atol=1e-300)
    pair = np.stack([z[:, 0], np.zeros(4)], axis=1)
    np.testing.assert_allclose(softmax(pair)[:, 0], sigmoid(z[:, 0]), atol=1e-15)


def test_known_values():
    assert sigmoid([-1000, 0, 1000]).tolist() == [0, 0.5, 1]
    assert gelu([0, 1000]).tolist() == [0, 1000] and gelu(-1000) == 0
    np.testing.assert_allclose(gelu.backward([-1000, 0, 1000], [0, 0, 1000], 1), [0, 0.5, 1], atol=1e-250)
    assert softmax([[1000, -1000], [-1000, -1000]]).tolist() == [[1, 0], [0.5, 0.5]]
    assert squared_error([[1, 3], [0, 0]], [[0, 1], [0, 0]]) == 2.5
    assert cross_entropy([[0, 0, 0, 0]], [[0, 1, 0, 0]]) == pytest.approx(np.log(4), rel=1e-15)
    assert cross_entropy([[1000, -1000]], [[0, 1]]) == 2000
    assert cross_entropy([[1000, -1000]], [[1, 0]]) == 0
    assert binary_cross_entropy([[1000], [-1000]], [[0], [1]]) == 1000
    assert binary_cross_entropy([[1000], [-1000]], [[1], [0]]) == 0
    assert binary_cross_entropy([[-40]], [[0]]) == pytest.approx(np.exp(-40), rel=1e-12, abs=0)


def test_gelu_is_close_to_the_normal_distribution():
    """The tanh form stands for z Φ(z); the largest difference, 0.00047, is near z = ±2.7."""
    z = np.linspace(-8, 8, 1601)
    exact = z * [(1 + math.erf(value / math.sqrt(2))) / 2 for value in z]
    difference = abs(gelu(z) - exact)
    assert 4.7e-4 < difference.max() < 4.8e-4
    assert np.ptp(gelu(z)[z < 0]) == pytest.approx(0.17, abs=1e-3)


@pytest.mark.parametrize("f", [f for f in ACTIVATIONS.values()], ids=repr)
def test_far_out_nothing_overflows_into_nan(f):
    for far in (1e100, 1e200, 1e300):
        z = np.array([[-far, 0, far]])
        a = f(z)
        assert np.isfinite(a).all() and np.isfinite(f.backward(z, a, 1)).all()


@pytest.mark.parametrize("code", [f.name for f in ACTIVATIONS.values()])
def test_the_code_of_an_activation_computes_it(code):
    f, z = ACTIVATIONS[code], np.array([[-1000, 0, 1000], [-2, 0.5, 3]])
    np.testing.assert_allclose(eval(f.code, {"np": np, "z": z}), f(z), atol=1e-15)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=repr)
def test_the_slope_of_a_loss(loss):
    random = np.random.default_rng(2)
    values, T = random.normal(0, 2, (5, 3)), targets(loss, (5, 3), random)
    expected = by_nudging(lambda values: loss(values, T), values)
    np.testing.assert_allclose(loss.backward(values, T), expected, atol=1e-9)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=repr)
def test_summed_over_outputs_and_averaged_over_samples(loss):
    random = np.random.default_rng(3)
    values, T = random.normal(0, 2, (6, 3)), targets(loss, (6, 3), random)
    alone = [loss(values[i : i + 1], T[i : i + 1]) for i in range(6)]
    assert loss(values, T) == pytest.approx(np.mean(alone), rel=1e-14)


@pytest.mark.parametrize(
    ("loss", "T", "words"),
    [
        (squared_error, [1, 0], r"T should have a column for each output, shape \(n, 2\).*np\.eye\(2\)\[T\]"),
        (squared_error, [[1]], r"shape \(n, 2\); it has shape \(1, 1\)"),
        (squared_error, [[1, 0], [0, 1]], "values has 1 rows and T has 2"),
        (squared_error, [[1, np.nan]], "T should be finite"),
        (squared_error, None, "T should be numbers, not None"),
        (cross_entropy, [[1, 1]], "row 0 sums to 2"),
        (cross_entropy, [[2, -1]], "from 0 to 1; there is 2"),
        (
            binary_cross_entropy,
            [[0, -1]],
            'loss="binary_cross_entropy" the targets T should be from 0 to 1; there is -1',
        ),
    ],
)
def test_targets_that_do_not_fit(loss, T, words):
    for call in (loss, loss.backward):
        with pytest.raises(ValueError, match=words):
            call([[0.5, 1]], T)


@pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=repr)
def test_activations_refuse_what_is_no_finite_number(f):
    for bad in ([1, np.nan], [np.inf], "text", None, [[1], [1, 2]]):
        with pytest.raises(ValueError, match="^z should be"):
            f(bad)
    with pytest.raises(ValueError, match=r"a should have the shape of z, \(2,\); it has shape \(3,\)"):
        f.backward([1, 2], [1, 2, 3], 1)
    with pytest.raises(ValueError, match="upstream should have the shape of z"):
        f.backward([1, 2], [1, 2], [1, 2, 3])


@pytest.mark.parametrize(
    ("loss", "output", "words"),
    [
        ("cross_entropy", "sigmoid", 'goes with output="softmax".*output="sigmoid": take loss="binary_cross_entropy"'),
        ("binary_cross_entropy", "softmax", 'goes with output="sigmoid".*take loss="cross_entropy"'),
        ("cross_entropy", "identity", 'take loss="squared_error"'),
        ("squared_eror", "sigmoid", "loss should be one of .* Did you mean squared_error"),
        (None, "sigmoid", "loss should be one of .*, not None"),
    ],
)
def test_pairs_that_make_no_sense(loss, output, words):
    with pytest.raises(ValueError, match=words):
        loss_called(loss, output)


def test_a_loss_may_be_given_itself():
    assert loss_called(cross_entropy, "softmax") is cross_entropy
