"""The engine: the same numbers as the network's own forward, backward and loss, in arrays that are used again."""

import sys

import numpy as np
import pytest
from networks import HIDDEN, PAIRS, assert_the_engine_agrees, by_nudging, classes, same, through

from annkit import Network, engine
from annkit.activations import ACTIVATIONS, overflow_allowed
from annkit.engine import ACTIVATIONS_INTO, threads, with_ones

ROWS = 20


def network(depth, activation, output):
    net = Network([3, *[4] * (depth - 1), 2], activation, output, seed=depth, init=0.8)
    net.parameters += np.random.default_rng(depth).normal(0, 0.3, net.parameters.size)
    return net


def test_layers_of_different_activations():
    test_it_computes_what_the_network_computes(4, ["tanh", "relu", "gelu"], "sigmoid", "squared_error")


@pytest.mark.parametrize("depth", range(1, 7))
@pytest.mark.parametrize("activation", ["step", *HIDDEN])
@pytest.mark.parametrize(("output", "loss"), [*PAIRS, ("step", "squared_error")])
def test_it_computes_what_the_network_computes(depth, activation, output, loss):
    net = network(depth, activation, output)
    samples, targets = np.random.default_rng(0).normal(0, 1, (ROWS, 3)), classes(ROWS, 2)
    for n in (1, 7, ROWS):
        X, T = samples[:n], targets[:n]
        assert_the_engine_agrees(net, X, T, loss)


def test_its_arrays_may_be_used_again_for_other_samples_and_parameters():
    net = network(3, "tanh", "sigmoid")
    X, T = np.random.default_rng(0).normal(0, 1, (2, ROWS, 3)), classes(ROWS, 2)
    whole, gradients = through(net, X[0], T, "squared_error")
    net.parameters *= 2
    whole.forward(with_ones(X[1]).T)
    whole.backward(with_ones(X[1]).T, T.T)
    same(gradients, net.backward(net.forward(X[1]), T).flat)


@pytest.mark.parametrize("name", ["step", *HIDDEN])
@pytest.mark.parametrize("far", [1e-300, 1, 1000, 1e100, 1e300])
def test_far_out_every_activation_and_its_way_back_are_the_formulas(name, far):
    """Also at 0 and at the smallest number that there is, and with no RuntimeWarning."""
    into, back_into = ACTIVATIONS_INTO[name]
    z = np.array([[-far, -0.0, 0.0, far, far / 2, 5e-324], [far, -far, far, far, -5e-324, 0.0]])
    dE_da = np.random.default_rng(0).normal(0, 1, z.shape)
    a, dE_dz = np.full_like(z, np.nan), np.full_like(z, np.nan)
    f = ACTIVATIONS[name]
    with overflow_allowed():
        into(z.T, a.T)
        same(a, f.f(z))
        back_into(z.T, a.T, dE_da.T, dE_dz.T)
        same(dE_dz, f.back(z, a, dE_da))
    assert np.isfinite(a).all() and np.isfinite(dE_dz).all()


def dropped(net, X, T, loss="squared_error", seed=0):
    """A pass in which units are left out by a random generator of that seed."""
    return through(net, X, T, loss, dropout=0.4, random=np.random.default_rng(seed))


@pytest.mark.parametrize("activation", HIDDEN)
@pytest.mark.parametrize(("output", "loss"), PAIRS)
def test_slopes_with_dropout_against_nudging(activation, output, loss):
    net = network(4, activation, output)
    X, T = np.random.default_rng(1).normal(0, 1, (3, 3)), classes(3, 2)

    def error(parameters):
        other = net.copy()
        other.parameters = parameters
        with overflow_allowed():
            return dropped(other, X, T, loss)[0].error(T.T)

    gradients, expected = dropped(net, X, T, loss)[1], by_nudging(error, net.parameters)
    assert np.linalg.norm(gradients - expected) <= 1e-6 * np.linalg.norm(expected)


def test_units_are_left_out_or_made_larger_by_the_share_that_stays():
    net = Network([3, 50, 50, 2], "sigmoid", seed=0)
    X, T = np.random.default_rng(1).normal(0, 1, (ROWS, 3)), classes(ROWS, 2)
    whole, __ = dropped(net, X, T)
    for layer in whole.layers[:-1]:
        out, ones = layer.a_and_ones[:-1], layer.a_and_ones[-1]
        kept = out != 0
        same(out[kept], layer.f[kept] / 0.6)
        assert kept.mean() == pytest.approx(0.6, abs=0.05) and (ones == 1).all()
        assert (kept[0] != kept[1]).any() and (kept[:, 0] != kept[:, 1]).any()  # anew for each unit and each sample
    same(whole.last.a_and_ones[:-1], whole.last.a)


def test_the_same_generator_leaves_the_same_units_out():
    net = network(3, "tanh", "sigmoid")
    X, T = np.random.default_rng(1).normal(0, 1, (ROWS, 3)), classes(ROWS, 2)
    one, again, other = (dropped(net, X, T, seed=seed)[1] for seed in (0, 0, 1))
    assert (one == again).all() and (one != other).any()


def blas_threads():
    """How many threads each BLAS may use that was there when the engine first looked."""
    pytest.importorskip("threadpoolctl")
    return [pool["num_threads"] for pool in engine.blas().info() if pool["user_api"] == "blas"]


def test_small_products_are_made_on_one_thread_and_afterwards_all_is_as_before():
    before = blas_threads()
    with threads(Network([2, 64, 64, 1]), 100):
        assert set(blas_threads()) <= {1}
    assert blas_threads() == before
    for net, n in ((Network([2, 3, 1]), 10), (Network([2, 3000, 1000, 1]), 1000)):  # never two, and two that pay
        with threads(net, n):
            assert blas_threads() == before


def test_without_threadpoolctl_blas_does_as_it_likes(monkeypatch):
    monkeypatch.setitem(sys.modules, "threadpoolctl", None)  # as if it were not installed
    monkeypatch.setattr(engine, "blas", engine.blas.__wrapped__)
    with threads(Network([2, 64, 64, 1]), 100):
        assert engine.blas() is None
