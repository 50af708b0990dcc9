"""Training: each epoch by hand, the same by seed, refused with nothing changed, stopped when it diverges."""

import copy
import itertools
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annkit import Network, data, train, training
from annkit.training import Epoch

MOONS = data.moons(60, noise=0.1, seed=1)


def net(seed=0):
    return Network([2, 4, 3, 1], activation="tanh", output="sigmoid", seed=seed)


def moons(given_net, **options):
    return train(
        given_net, MOONS.X, MOONS.T, **{"epochs": 5, "learning_rate": 0.5, "batch_size": 7, "seed": 3, **options}
    )


def by_hand(given_net, X, T, loss, learning_rate, epochs, batch_size, seed):
    """The same with the public forward and backward."""
    random = np.random.default_rng(seed)
    for __ in range(epochs):
        order = random.permutation(len(X)) if batch_size < len(X) else np.arange(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            gradients = given_net.backward(given_net.forward(X[batch]), T[batch], loss)
            given_net.parameters -= learning_rate * gradients.flat


@settings(deadline=None, max_examples=50)
@given(
    st.sampled_from([("sigmoid", "squared_error"), ("softmax", "cross_entropy"), ("sigmoid", "binary_cross_entropy")]),
    st.sampled_from(["sigmoid", "relu", "tanh", "identity", "softmax"]),
    st.integers(1, 12),
    st.integers(0, 10**6),
)
def test_an_epoch_by_hand(pair, activation, batch_size, seed):
    """A last smaller batch averages over what it has; a batch larger than the data is all of it."""
    output, loss = pair
    random = np.random.default_rng(seed)
    X, T = random.normal(0, 1, (10, 3)), np.eye(2)[random.integers(0, 2, 10)]
    one, other = (Network([3, 4, 2], activation, output, seed=seed) for __ in range(2))
    train(one, X, T, loss=loss, learning_rate=0.3, epochs=3, batch_size=batch_size, seed=seed)
    by_hand(other, X, T, loss, 0.3, 3, batch_size, seed)
    np.testing.assert_allclose(one.parameters, other.parameters, atol=1e-12)


def test_losses_are_those_of_the_network_after_each_epoch():
    validation = data.moons(20, seed=2)
    whole = net()
    history = moons(whole, validation=(validation.X, validation.T))
    one = net()
    for epochs, (loss, validation_loss) in enumerate(zip(history.losses, history.validation_losses, strict=True)):
        one = net()
        if epochs:
            moons(one, epochs=epochs)
        assert one.loss(one.forward(MOONS.X), MOONS.T) == pytest.approx(loss, rel=1e-13)
        assert one.loss(one.forward(validation.X), validation.T) == pytest.approx(validation_loss, rel=1e-13)
    assert (one.parameters == whole.parameters).all() and len(history) == 5 and history.stopped is None


def test_train_and_training_are_the_same_epoch_by_epoch():
    one, other = net(), net()
    history = moons(one, epochs=6)
    steps = list(training(other, MOONS.X, MOONS.T, learning_rate=0.5, batch_size=7, seed=3, epochs=6))
    assert [step.loss for step in steps] == history.losses[1:]
    assert [step.epoch for step in steps] == [1, 2, 3, 4, 5, 6]
    assert {(step.validation_loss, step.stopped) for step in steps} == {(None, None)}
    assert (one.parameters == other.parameters).all()


def test_the_same_seed_the_same_training():
    nets = [net() for __ in range(3)]
    for own, seed in zip(nets, [3, 3, 4], strict=True):
        moons(own, seed=seed)
    assert (nets[0].parameters == nets[1].parameters).all()
    assert (nets[0].parameters != nets[2].parameters).any()


def test_seeds_do_not_touch_numpys_own():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    moons(net())
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002


def test_all_rows_at_once_are_never_shuffled():
    nets = [net() for __ in range(4)]
    for own, size, seed in zip(nets, [None, 60, 1000, 60], [0, 0, 0, 9], strict=True):
        moons(own, batch_size=size, seed=seed)
    assert all((own.parameters == nets[0].parameters).all() for own in nets)


def test_between_epochs_the_network_may_be_set_back():
    own = net()
    steps = training(own, MOONS.X, MOONS.T, learning_rate=0.5, epochs=3)
    first = next(steps)
    kept = own.parameters.copy()
    second = next(steps)
    own.parameters = kept
    assert next(steps).loss == second.loss < first.loss


def test_what_was_given_may_change_afterwards_and_stays_as_it_was():
    X, T = MOONS.X.copy(), MOONS.T.copy()
    one, other = net(), net()
    steps = training(one, X, T, batch_size=10, epochs=3)
    next(steps)
    assert (X == MOONS.X).all() and (T == MOONS.T).all()
    X[:], T[:] = 0, 0
    list(steps)
    train(other, MOONS.X, MOONS.T, batch_size=10, epochs=3)
    assert (one.parameters == other.parameters).all()


def test_it_learns():
    xor = data.logic("XOR")
    own = Network([2, 3, 1], activation="tanh", seed=1)
    history = train(own, xor.X, xor.T, learning_rate=1, epochs=1000)
    assert own.classify(xor.X).tolist() == [0, 1, 1, 0]
    assert history.losses[-1] < 0.01 < history.losses[0]
    assert repr(history).startswith("History of 1000 epochs: loss from 0.2")


def test_classes_of_iris_are_learned_with_softmax():
    iris = data.iris()
    X = (iris.X - iris.X.mean(axis=0)) / iris.X.std(axis=0)
    own = Network([4, 8, 3], "relu", "softmax", seed=0)
    train(own, X, iris.T, loss="cross_entropy", learning_rate=0.1, epochs=100, batch_size=10)
    assert (own.classify(X) == iris.labels).mean() > 0.95


def test_a_rate_of_0_changes_nothing():
    own = net()
    before = own.parameters.copy()
    history = moons(own, learning_rate=0)
    assert (own.parameters == before).all() and len(set(history.losses)) == 1


def test_a_linear_network_finds_the_line():
    X = np.linspace(-1, 1, 20)[:, None]
    own = Network([1, 3, 1], "identity", "identity", seed=0)
    train(own, X, 20 * X + 10, learning_rate=0.01, epochs=2000)
    np.testing.assert_allclose(own.predict([[0], [1]]), [[10], [30]], atol=1e-6)


def diverging(**options):
    own = Network([1, 3, 1], "identity", "identity", seed=0)
    X = np.array([[1.0], [2.0], [3.0]])
    return own, X, {"learning_rate": 3, "epochs": 1000, **options}


@pytest.mark.parametrize("batch_size", [None, 2])
@pytest.mark.parametrize("activation", ["identity", "relu"])
def test_a_training_that_diverges_stops_and_keeps_the_last_finite_weights(batch_size, activation):
    X = np.array([[1.0], [2.0], [3.0]])
    own, other = (Network([1, 3, 1], activation, "identity", seed=0) for __ in range(2))
    options = {"learning_rate": 3, "batch_size": batch_size}
    validation = (X + 1, X)
    with pytest.warns(RuntimeWarning, match="Learning diverged in epoch .* smaller than 3 may help") as caught:
        history = train(own, X, X, epochs=1000, validation=validation, **options)
    assert caught[0].filename == __file__
    assert history.stopped == str(caught[0].message) and history.stopped in repr(history)
    assert len(history) < 1000 and f"epoch {len(history) + 1}:" in history.stopped
    assert len(history.validation_losses) == len(history.losses)
    assert np.isfinite(own.parameters).all() and np.isfinite(history.losses).all()
    assert own.loss(own.forward(X), X) == pytest.approx(history.losses[-1])
    if len(history):
        train(other, X, X, epochs=len(history), **options)
    assert (own.parameters == other.parameters).all()


def test_divergence_in_the_very_first_epoch_keeps_the_start_weights():
    own, X, options = diverging(learning_rate=1e200)
    before = own.parameters.copy()
    with pytest.warns(RuntimeWarning, match="diverged in epoch 1"):
        history = train(own, X, X, **options)
    assert (own.parameters == before).all() and len(history) == 0 and len(history.losses) == 1


def test_training_says_in_its_last_epoch_that_it_diverged():
    own, X, options = diverging()
    *steps, last = training(own, X, X, **options)
    assert last == Epoch(len(steps) + 1, steps[-1].loss, None, last.stopped) and "diverged" in last.stopped
    assert all(step.stopped is None for step in steps)


BAD = [
    ({"X": [1, 2]}, r"X should have rows and columns; it has shape \(2,\)"),
    ({"X": [[1, 2, 3]] * 60}, r"X should have 2 columns, one for each input; it has shape \(60, 3\)"),
    ({"X": MOONS.X[1:]}, "X and T should have a row for each sample; X has 59 rows and T has 60"),
    ({"X": np.full((60, 2), np.nan)}, "X should be finite"),
    ({"X": np.full((60, 2), np.inf)}, "X should be finite"),
    ({"X": "text"}, "X should be numbers, not 'text'"),
    ({"X": None}, "X should be numbers, not None"),
    ({"X": []}, "X is empty"),
    ({"X": np.empty((0, 2)), "T": np.empty((0, 1))}, "X is empty"),
    ({"T": MOONS.labels}, r"T should have a column for each output, .*Perhaps you mean T\[:, None\]"),
    ({"T": np.eye(2)[MOONS.labels]}, r"shape \(n, 1\); it has shape \(60, 2\)"),
    ({"T": MOONS.T * np.nan}, "T should be finite"),
    ({"T": None}, "T should be numbers"),
    ({"T": MOONS.T + 1, "loss": "binary_cross_entropy"}, "the targets T should be from 0 to 1; there is 2"),
    ({"loss": "cross_entropy"}, 'goes with output="softmax".*take loss="binary_cross_entropy"'),
    ({"loss": "squared_eror"}, "loss should be one of .* Did you mean squared_error"),
    ({"loss": None}, "loss should be one of"),
    ({"learning_rate": -0.1}, r"learning_rate should be at least 0, not -0\.1"),
    ({"learning_rate": np.nan}, "learning_rate should be a finite number"),
    ({"learning_rate": np.inf}, "learning_rate should be a finite number"),
    ({"learning_rate": "fast"}, "learning_rate should be one number, not 'fast'"),
    ({"learning_rate": None}, "learning_rate should be one number, not None"),
    ({"epochs": 0}, "epochs should be a whole number of at least 1, not 0"),
    ({"epochs": 2.5}, r"epochs should be a whole number, not 2\.5"),
    ({"epochs": "ten"}, "epochs should be a whole number, not 'ten'"),
    ({"epochs": None}, "epochs should be a whole number, not None"),
    ({"epochs": True}, "epochs should be a whole number, not True"),
    ({"batch_size": 0}, "batch_size should be a whole number of at least 1, not 0"),
    ({"batch_size": -5}, "batch_size should be a whole number of at least 1, not -5"),
    ({"batch_size": 10.0}, "batch_size should be a whole number"),
    ({"batch_size": "all"}, "batch_size should be a whole number"),
    ({"optimizer": "sdg"}, "optimizer should be one of sgd, not 'sdg'. Did you mean sgd"),
    ({"optimizer": None}, "optimizer should be one of sgd"),
    ({"validation": MOONS.X}, r"validation should be a pair \(X, T\)"),
    ({"validation": (MOONS.X,)}, r"validation should be a pair \(X, T\)"),
    ({"validation": 5}, r"validation should be a pair \(X, T\), not 5"),
    (
        {"validation": (MOONS.X, MOONS.labels)},
        r"validation\[1\] should have .*Perhaps you mean validation\[1\]\[:, None\]",
    ),
    ({"validation": (MOONS.X[:3], MOONS.T)}, r"validation\[0\] and validation\[1\] should have a row for each sample"),
    ({"validation": (MOONS.T, MOONS.T)}, r"validation\[0\] should have 2 columns"),
    ({"seed": -1}, "seed should be a whole number of at least 0"),
    ({"seed": None}, "seed should be a whole number, not None"),
]


@pytest.mark.parametrize(("change", "words"), BAD, ids=str)
@pytest.mark.parametrize("call", [train, training])
def test_bad_input_is_refused_at_the_call_with_nothing_changed(call, change, words):
    own = net()
    before, state = own.parameters.copy(), pickle.dumps(own)
    options = {"X": MOONS.X, "T": MOONS.T, "epochs": 2, **copy.deepcopy(change)}
    with pytest.raises(ValueError, match=words):
        call(own, **options)
    assert own.parameters.tobytes() == before.tobytes() and pickle.dumps(own) == state


def test_networks_that_cannot_be_trained():
    for bad in (None, [2, 3, 1], "net"):
        with pytest.raises(ValueError, match="net should be a Network, not"):
            training(bad, MOONS.X, MOONS.T)
    for names in itertools.product(["step", "tanh"], ["step", "sigmoid"]):
        if "step" in names:
            with pytest.raises(ValueError, match="step has slope 0 everywhere, so gradient descent learns nothing"):
                training(Network([2, 3, 1], *names), MOONS.X, MOONS.T)
    own = Network([2, 3, 1], output="identity")
    own.parameters[0] = np.inf
    with pytest.raises(ValueError, match="parameters should be finite numbers"):
        train(own, MOONS.X, MOONS.T)
    own.parameters[:] = 1e200
    with pytest.raises(ValueError, match="The error of this network on X and T is no finite number"):
        train(own, MOONS.X, MOONS.T)
    assert (own.parameters == 1e200).all()
