"""`train`: a loop over a trainer's epochs, the same by seed, stopped where it diverges; and what it learns."""

import numpy as np
import pytest

from annkit import Network, Trainer, data, train
from annkit.optimizers import OPTIMIZERS

MOONS = data.moons(60, noise=0.1, seed=1)
OPTIONS = {"learning_rate": 0.5, "batch_size": 7, "seed": 3}


def net():
    return Network([2, 4, 3, 1], "tanh", seed=0)


def moons(own, **options):
    """A short training."""
    return train(own, MOONS.X, MOONS.T, **{"epochs": 5, **OPTIONS, **options})


def test_train_is_a_loop_over_epochs():
    others = data.moons(20, noise=0.1, seed=2)
    options = {"validation": (others.X, others.T), "optimizer": "momentum", "l1": 0.001, "l2": 0.002, "dropout": 0.1}
    own, validation = Trainer(net(), MOONS.X, MOONS.T, **OPTIONS, **options), []
    losses = [own.error()]
    for __ in range(6):
        validation.append(own.validation_error())
        losses.append(own.epoch())
    other = net()
    history = moons(other, epochs=6, **options)
    assert history.losses == losses and history.validation_losses == [*validation, own.validation_error()]
    assert other == own.net and len(history) == 6 and history.stopped is None
    assert repr(history) == f"History of 6 epochs: loss from {losses[0]:.4g} to {losses[-1]:.4g}."


@pytest.mark.parametrize("option", [{}, {"dropout": 0.5}])
def test_the_same_seed_the_same_training(option):
    nets = [net() for __ in range(3)]
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    for own, seed in zip(nets, [3, 3, 4], strict=True):
        moons(own, seed=seed, **option)
    assert nets[0] == nets[1] != nets[2]
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002


def test_all_rows_at_once_are_never_shuffled():
    nets = [net() for __ in range(4)]
    for own, size, seed in zip(nets, [None, 60, 1000, 60], [0, 0, 0, 9], strict=True):
        moons(own, batch_size=size, seed=seed)
    assert all(own == nets[0] for own in nets)


def test_it_learns():
    xor = data.logic("XOR")
    own = Network([2, 3, 1], activation="tanh", seed=1)
    history = train(own, xor.X, xor.T, learning_rate=1, epochs=1000)
    assert own.classify(xor.X).tolist() == [0, 1, 1, 0]
    assert history.losses[-1] < 0.01 < history.losses[0]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_classes_of_iris_are_learned_with_softmax(name):
    iris = data.iris()
    X = (iris.X - iris.X.mean(axis=0)) / iris.X.std(axis=0)
    own = Network([4, 8, 3], "relu", "softmax", seed=0)
    train(own, X, iris.T, loss="cross_entropy", optimizer=name, epochs=100, batch_size=10)
    assert (own.classify(X) == iris.labels).mean() > 0.95


def test_penalties_make_weights_small_and_l1_makes_them_0():
    plain, small, few = (net() for __ in range(3))
    for own, options in ((plain, {}), (small, {"l2": 0.01}), (few, {"l1": 0.003})):
        moons(own, epochs=300, batch_size=None, **options)
    assert np.linalg.norm(small.weights[0]) < np.linalg.norm(plain.weights[0])
    near_0 = [sum((abs(W) < 0.01).sum() for W in own.weights) for own in (plain, few)]
    assert near_0[0] < near_0[1]


def test_a_linear_network_finds_the_line():
    X = np.linspace(-1, 1, 20)[:, None]
    own = Network([1, 3, 1], "identity", "identity", seed=0)
    train(own, X, 20 * X + 10, learning_rate=0.01, epochs=2000)
    np.testing.assert_allclose(own.predict([[0], [1]]), [[10], [30]], atol=1e-6)


@pytest.mark.parametrize("batch_size", [None, 2])
@pytest.mark.parametrize("activation", ["identity", "relu"])
def test_a_training_that_diverges_stops_and_keeps_the_last_finite_weights(batch_size, activation):
    X = np.array([[1.0], [2.0], [3.0]])
    own, other = (Network([1, 3, 1], activation, "identity", seed=0) for __ in range(2))
    options = {"learning_rate": 3, "batch_size": batch_size}
    with pytest.warns(RuntimeWarning, match="Learning diverged in epoch .* smaller than 3 may help") as caught:
        history = train(own, X, X, epochs=1000, validation=(X + 1, X), **options)
    assert caught[0].filename == __file__
    assert history.stopped == str(caught[0].message) and history.stopped in repr(history)
    assert len(history) < 1000 and f"epoch {len(history) + 1}:" in history.stopped
    assert len(history.validation_losses) == len(history.losses)
    assert np.isfinite(own.parameters).all() and np.isfinite(history.losses + history.validation_losses).all()
    assert own.loss(own.forward(X), X) == pytest.approx(history.losses[-1])
    if len(history):
        train(other, X, X, epochs=len(history), **options)
    assert own == other


BAD_EPOCHS = [
    (0, "epochs should be a whole number of at least 1, not 0"),
    (2.5, r"epochs should be a whole number, not 2\.5"),
    ("ten", "epochs should be a whole number, not 'ten'"),
    (None, "epochs should be a whole number, not None"),
    (True, "epochs should be a whole number, not True"),
]


@pytest.mark.parametrize(("bad", "words"), BAD_EPOCHS)
def test_epochs_that_cannot_be(bad, words):
    own = net()
    with pytest.raises(ValueError, match=words):
        moons(own, epochs=bad)
    assert own == net()


def test_validation_data_that_are_too_large_are_refused():
    own = Network([1, 1], output="identity", seed=0)
    with pytest.raises(ValueError, match="The error of this network on validation is no finite number"):
        train(own, [[1]], [[1]], validation=([[1e300]], [[1]]))
    assert own == Network([1, 1], output="identity", seed=0)
