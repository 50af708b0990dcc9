"""The trainer: each step as done by hand, changed on the way, taken back, stopped; and what it refuses."""

import copy
import itertools
import pickle
import re
import signal

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from networks import HIDDEN, PAIRS, classes, stopped

from annkit import SGD, Adam, Network, RMSProp, Trainer, data, engine, train
from annkit.optimizers import Optimizer

MOONS = data.moons(60, noise=0.1, seed=1)
OTHERS = data.moons(20, noise=0.1, seed=2)


def net(seed=0):
    return Network([2, 4, 3, 1], "tanh", seed=seed)


def trainer(**options):
    return Trainer(net(), MOONS.X, MOONS.T, **{"learning_rate": 0.5, "batch_size": 7, "seed": 3, **options})


class Hand:
    """A trainer made of the public forward and backward, one batch after the other."""

    def __init__(self, net, X, T, seed=0):
        self.net, self.random, self.epochs = net, np.random.default_rng(seed), 0
        self.loss, self.optimizer = "squared_error", SGD(0.1)
        self.batch_size, self.l1, self.l2, self.dropout = None, 0, 0, 0
        self.data(X, T)

    def data(self, X, T):
        self.X, self.T, self.left = X, T, []

    def batch(self):
        n = len(self.X)
        size = min(self.batch_size or n, n)
        if not len(self.left):
            self.left = self.random.permutation(n) if size < n else np.arange(n)
        rows, self.left = self.left[:size], self.left[size:]
        slopes = self.slopes(self.X[rows], self.T[rows])
        for own, W in zip(slopes.weights, self.net.weights, strict=True):
            own += self.l1 * np.sign(W) + 2 * self.l2 * W
        self.net.parameters = self.optimizer.step(self.net.parameters, slopes.flat)
        self.epochs += not len(self.left)

    def epoch(self):
        self.batch()
        while len(self.left):
            self.batch()

    def slopes(self, X, T):
        """For dropout the mean over the samples, each with a network of its own: what is left out has weights of 0."""
        if not self.dropout:
            return self.net.backward(self.net.forward(X), T, self.loss)
        kept = [self.random.random((units, len(X))) >= self.dropout for units in self.net.sizes[1:-1]]
        each = []
        for i in range(len(X)):
            thinned, factors = self.net.copy(), [units[:, i : i + 1] / (1 - self.dropout) for units in kept]
            for W, factor in zip(thinned.weights[1:], factors, strict=True):
                W *= factor
            each.append(thinned.backward(thinned.forward(X[i : i + 1]), T[i : i + 1], self.loss))
            for slopes, factor in zip(each[-1].weights[1:], factors, strict=True):
                slopes *= factor
        each[0].flat[:] = np.mean([slopes.flat for slopes in each], axis=0)
        return each[0]


@settings(deadline=None, max_examples=50)
@given(
    st.sampled_from(PAIRS),
    st.sampled_from(HIDDEN),
    st.sampled_from([SGD(0.02), SGD(0.01, momentum=0.9), RMSProp(), Adam()]),
    st.integers(1, 12),
    st.integers(0, 10**6),
)
def test_epochs_by_hand(pair, activation, optimizer, batch_size, seed):
    """A last smaller batch averages over what it has; a batch larger than the data is all of it."""
    output, loss = pair
    random = np.random.default_rng(seed)
    X, T = random.normal(0, 1, (10, 3)), classes(10, 2)
    one, other = (Network([3, 4, 2], activation, output, seed=seed) for __ in range(2))
    hand = Hand(other, X, T, seed)
    hand.loss, hand.optimizer, hand.batch_size = loss, optimizer.copy(), batch_size
    train(one, X, T, loss=loss, optimizer=optimizer, epochs=3, batch_size=batch_size, seed=seed)
    for __ in range(3):
        hand.epoch()
    np.testing.assert_allclose(one.parameters, other.parameters, rtol=1e-10, atol=1e-12)


CHANGES = {
    "batch_size": [None, 1, 3, 4, 10, 99],
    "dropout": [0, 0.3],
    "optimizer": [SGD(0.3), SGD(0.1, momentum=0.9), RMSProp(), Adam()],
    "learning_rate": [0, 0.05, 0.5],
    "l1": [0, 0.01],
    "l2": [0, 0.02],
    "loss": ["squared_error", "binary_cross_entropy"],
    "data": [(MOONS.X[:13], MOONS.T[:13]), (OTHERS.X[:5], OTHERS.T[:5])],
    "weight": [0, -1],
}
CHANGE = st.one_of(*(st.tuples(st.just(name), st.sampled_from(values)) for name, values in CHANGES.items()))


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(CHANGE, st.integers(0, 3), st.booleans()), min_size=3, max_size=8), st.integers(0, 10**6))
@example([(("batch_size", 4), 2, True), (("l1", 0), 1, True)], 0)  # the batches of the epoch after a change
@example([(("batch_size", None), 0, True), (("dropout", 0.3), 1, True)], 0)  # all at once, in their own order
def test_whatever_is_changed_between_batches_takes_effect_at_once(steps, seed):
    """Each step changes something, learns from some batches, and then maybe from what is left of the epoch."""
    own = Trainer(net(), MOONS.X[:10], MOONS.T[:10], batch_size=3, seed=seed)
    hand = Hand(net(), MOONS.X[:10], MOONS.T[:10], seed)
    hand.batch_size = 3
    own.batch()
    hand.batch()
    for (name, value), batches, whole in steps:
        if name == "data":
            own.data(*value)
            hand.data(*value)
        elif name == "weight":
            own.net.weights[1][2, 1] = hand.net.weights[1][2, 1] = value
        elif name == "learning_rate":
            own.learning_rate = hand.optimizer.learning_rate = value
        else:
            setattr(own, name, value)
            setattr(hand, name, copy.deepcopy(value))
        for __ in range(batches):
            assert own.batch()
            hand.batch()
        if whole:
            assert own.epoch() == own.error()
            hand.epoch()
        assert own.epochs == hand.epochs
        np.testing.assert_allclose(own.net.parameters, hand.net.parameters, rtol=1e-10, atol=1e-12)
        assert own.error() == pytest.approx(hand.net.loss(hand.net.forward(hand.X), hand.T, hand.loss), rel=1e-9)


def test_settings_of_the_optimizer_may_change_too():
    own, hand = trainer(optimizer="adam"), Hand(net(), MOONS.X, MOONS.T, seed=3)
    hand.optimizer, hand.batch_size = Adam(0.5), 7
    for __ in range(20):
        own.batch()
        hand.batch()
        own.optimizer.decay_1 = hand.optimizer.decay_1 = 0.5
    np.testing.assert_allclose(own.net.parameters, hand.net.parameters, rtol=1e-10, atol=1e-12)


def test_batches_add_up_to_epochs():
    one, other, third = (trainer(optimizer="adam", dropout=0.2) for __ in range(3))
    for __ in range(2):
        error = one.epoch()
        assert all(other.batch() for __ in range(9))
        for __ in range(4):
            third.batch()
        assert third.epoch() == error == other.error()
    assert one.net == other.net == third.net and one.epochs == other.epochs == third.epochs == 2


def test_errors_are_told_without_dropout_and_without_penalty():
    own = trainer(dropout=0.5, l1=0.1, l2=0.2, validation=(OTHERS.X, OTHERS.T))
    error = own.epoch()
    assert error == own.error() == pytest.approx(own.net.loss(own.net.forward(MOONS.X), MOONS.T), rel=1e-12)
    validation_error = own.net.loss(own.net.forward(OTHERS.X), OTHERS.T)
    assert own.validation_error() == pytest.approx(validation_error, rel=1e-12)
    weights = np.concatenate([W.ravel() for W in own.net.weights])
    assert own.penalty() == pytest.approx(0.1 * abs(weights).sum() + 0.2 * (weights**2).sum(), rel=1e-12)


def test_validation_changes_nothing_but_what_is_told():
    one, other = trainer(), trainer()
    assert one.validation_error() is None
    one.validation = MOONS.X, MOONS.T
    assert one.epoch() == other.epoch() == one.validation_error()
    one.validation = OTHERS.X, OTHERS.T
    other.validation = OTHERS.X[::-1], OTHERS.T[::-1]
    assert one.epoch() == other.epoch() != one.validation_error() == pytest.approx(other.validation_error())
    one.validation = None
    assert one.validation_error() is None


def test_what_was_given_may_change_afterwards_and_stays_as_it_was():
    X, T, optimizer = MOONS.X.copy(), MOONS.T.copy(), Adam(0.1)
    optimizer.step(np.ones(5), np.ones(5))  # what it remembers of another training does not count
    one = Trainer(net(), X, T, optimizer=optimizer, batch_size=10)
    other = Trainer(net(), MOONS.X, MOONS.T, optimizer=Adam(0.1), batch_size=10)
    one.epoch()
    assert (X == MOONS.X).all() and (T == MOONS.T).all() and optimizer.steps == 1
    X[:], T[:], optimizer.learning_rate = 0, 0, 9
    one.epoch()
    other.epoch()
    other.epoch()
    assert one.net == other.net
    with pytest.raises(ValueError, match="read-only"):
        one.X[0] = 1


RUNS = {
    "plain": {},
    "all at once": {"batch_size": None},
    "momentum, penalties": {"optimizer": SGD(0.1, momentum=0.9), "l1": 1e-4, "l2": 1e-3},
    "rmsprop, dropout": {"optimizer": RMSProp(0.01), "dropout": 0.3},
    "adam, dropout, validation": {"optimizer": "adam", "dropout": 0.2, "validation": (OTHERS.X, OTHERS.T)},
}


def bits(value):
    """A value that says all there is of a state, to the last bit."""
    if isinstance(value, np.ndarray):
        return value.tobytes()
    if isinstance(value, dict):
        return {name: bits(part) for name, part in value.items()}
    if isinstance(value, tuple):
        return [bits(part) for part in value]
    if isinstance(value, Optimizer):
        return repr(value), value.steps, bits(value.moments)
    return repr(value)


def epochs(own, number=100):
    """All that so many epochs tell, and where they lead."""
    return [(own.epoch(), own.validation_error(), own.epochs) for __ in range(number)], bits(own.state())


def disturb(own):
    """Go on with other data and settings."""
    own.epoch()
    own.batch()
    own.data(OTHERS.X, OTHERS.T)
    own.optimizer, own.dropout, own.l1, own.batch_size = "rmsprop", 0.5, 0.1, 3
    own.validation, own.loss = (MOONS.X, MOONS.T), "squared_error"
    own.net.parameters = own.net.parameters + 1
    own.epoch()
    own.batch()


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("batches", [0, 9, 13])
def test_from_a_restored_state_all_goes_on_to_the_last_bit(run, batches):
    own = trainer(**RUNS[run])
    for __ in range(batches):
        own.batch()
    state = own.state()
    kept, written = bits(state), pickle.dumps(state)
    expected = epochs(own)
    disturb(own)
    own.restore(state)
    assert own.stopped is None and epochs(own) == expected
    other = Trainer(net(seed=5), OTHERS.X, OTHERS.T)
    other.epoch()
    for again in (other, own, other):
        again.restore(state)
        assert epochs(again) == expected
    other.restore(pickle.loads(written))
    assert epochs(other) == expected
    assert bits(state) == kept


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda own: pickle.loads(pickle.dumps(own))])
def test_a_copy_of_a_trainer_goes_on_by_itself(duplicate):
    own = trainer(optimizer="adam", dropout=0.2)
    own.batch()
    own.error()
    other = duplicate(own)
    assert epochs(other) == epochs(own)
    own.net.parameters[:] = 0
    assert other.net.parameters.all()


def test_states_that_do_not_fit():
    own = trainer()
    own.epoch()
    before = bits(own.state())
    others = [Network([2, 4, 3, 1], "relu"), Network([2, 3, 4, 1], "tanh"), Network([2, 4, 3, 1], "tanh", "identity")]
    for bad in [None, own, {}, *(Trainer(other, MOONS.X, MOONS.T).state() for other in others)]:
        with pytest.raises(ValueError, match="state should be what state.. of a trainer for such a network returned"):
            own.restore(bad)
    assert bits(own.state()) == before


FAR = 1e110
HURRIED = [SGD(FAR), SGD(FAR, momentum=0.9), RMSProp(FAR), Adam(FAR)]
"""Optimizers after whose first step the slopes are infinite."""


def line(optimizer, **options):
    """A trainer that is to learn the line t = x."""
    X = np.arange(1.0, 7)[:, None]
    own = Network([1, 3, 1], "identity", "identity", seed=0, init="uniform")
    return Trainer(own, X, X, optimizer=optimizer, batch_size=1, **options)


@pytest.mark.parametrize("optimizer", HURRIED, ids=repr)
def test_an_epoch_that_diverges_is_taken_back(optimizer):
    own, start = line(optimizer), line(optimizer).net
    for __ in range(2):
        assert own.epoch() is None and own.net == start and own.epochs == 0 and not own.optimizer.moments
        words = "Learning diverged in epoch 1: its numbers grew .* from before that epoch are kept. .* smaller than 1e"
        assert re.match(words, own.stopped)
    own.learning_rate = 1e-3
    assert own.epoch() < line(optimizer).error() and own.stopped is None
    assert own.epochs == 1 and own.optimizer.steps == len(own.X)


@pytest.mark.parametrize("optimizer", HURRIED, ids=repr)
def test_a_batch_that_diverges_is_taken_back(optimizer):
    own = line(optimizer)
    assert own.batch() and own.stopped is None
    before = own.net.copy()
    assert not own.batch() and own.net == before and not own.optimizer.moments
    assert own.stopped.startswith("The batch was not learned from: its numbers grew beyond all bounds. A learning_rate")
    own.net.parameters, own.learning_rate = line(optimizer).net.parameters, 1e-3
    assert own.batch() and own.stopped is None and own.state().at == 2


@pytest.mark.parametrize("rate", [1e152, 1e308])
def test_a_step_that_is_too_far_is_taken_back(rate):
    """The first is to weights of an infinite error, the second to infinite weights."""
    own = line(SGD(rate))
    own.batch_size = None
    assert own.epoch() is None and own.net == line("sgd").net and own.epochs == 0
    assert own.batch() == (rate == 1e152) == (own.net != line("sgd").net)


def test_a_validation_error_that_is_infinite_stops_a_training():
    own = line(SGD(1e60), validation=([[1e100]], [[1]]))
    own.batch_size = None
    assert own.epoch() is None and own.net == line("sgd").net and own.epochs == 0
    own.validation = None
    assert own.epoch() > 1e100


STATE = line("adam").state()
ACTIONS = {
    "epoch": Trainer.epoch,
    "batch": Trainer.batch,
    "data": lambda own: own.data([[1], [2]], [[3], [4]]),
    "setting": lambda own: setattr(own, "batch_size", 2),
    "optimizer": lambda own: setattr(own, "optimizer", "adam"),
    "restore": lambda own: own.restore(STATE),
}


@pytest.mark.parametrize("optimizer", [*HURRIED, SGD(1e308)], ids=repr)
@pytest.mark.parametrize("action", ACTIONS)
def test_a_stop_at_any_line_leaves_finite_weights_and_a_training_that_goes_on(optimizer, action):
    start = line(optimizer, learning_rate=1e-3).state()
    expected = epochs(line(optimizer, learning_rate=1e-3), 3)
    for number in itertools.count():
        own = line(optimizer)
        own.batch()
        if not stopped(number, lambda own=own: ACTIONS[action](own)):
            break
        assert np.isfinite(own.net.parameters).all()
        assert all(np.isfinite(moment).all() for moment in own.optimizer.moments.values())
        own.net.parameters, own.learning_rate = start.parameters, 1e-3
        error = own.epoch() or own.epoch()  # very large moments, which stay with the first, are forgotten then
        assert error == pytest.approx(own.net.loss(own.net.forward(own.X), own.T))
        own.restore(start)
        assert epochs(own, 3) == expected
    assert number > 5


def test_a_real_ctrl_c_leaves_finite_weights(monkeypatch):
    """It comes on the way back, when the slopes are no finite numbers."""

    def back(z, a, dE_da, out):
        engine.identity_back(z, a, dE_da, out)
        if not np.isfinite(out).all():
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setitem(engine.ACTIVATIONS_INTO, "identity", (engine.identity, back))
    own, before = line(SGD(FAR)), signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            own.epoch()
    finally:
        signal.signal(signal.SIGINT, before)
    assert np.isfinite(own.net.parameters).all() and own.stopped is None


def test_what_is_no_setting_cannot_be_set():
    own = trainer()
    with pytest.raises(AttributeError, match="Trainer has no leraning_rate to set; .* Did you mean learning_rate?"):
        own.leraning_rate = 3
    for name in ("X", "T", "net", "epochs", "stopped"):
        with pytest.raises(AttributeError, match=f"Trainer has no {name} to set"):
            setattr(own, name, None)


BAD = [
    ({"X": np.array([1, 2])}, r"X should have rows and columns; it has shape \(2,\)"),
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
    ({"T": MOONS.T + 1e200}, "The error of this network on X, T is no finite number"),
    ({"seed": -1}, "seed should be a whole number of at least 0"),
    ({"seed": None}, "seed should be a whole number, not None"),
]
BAD_SETTINGS = [
    ("loss", "cross_entropy", 'goes with output="softmax".*take loss="binary_cross_entropy"'),
    ("loss", "squared_eror", "loss should be one of .* Did you mean squared_error"),
    ("loss", None, "loss should be one of"),
    ("learning_rate", -0.1, r"learning_rate should be at least 0, not -0\.1"),
    ("learning_rate", np.nan, "learning_rate should be a finite number"),
    ("learning_rate", np.inf, "learning_rate should be a finite number"),
    ("learning_rate", "fast", "learning_rate should be one number, not 'fast'"),
    ("batch_size", 0, "batch_size should be a whole number of at least 1, not 0"),
    ("batch_size", -5, "batch_size should be a whole number of at least 1, not -5"),
    ("batch_size", 10.0, "batch_size should be a whole number"),
    ("batch_size", "all", "batch_size should be a whole number"),
    ("optimizer", "adm", "optimizer should be one of sgd, momentum, rmsprop, adam, not 'adm'. Did you mean adam"),
    ("optimizer", None, "optimizer should be one of sgd"),
    ("l1", -1, "l1 should be at least 0, not -1"),
    ("l2", np.inf, "l2 should be a finite number"),
    ("l2", None, "l2 should be one number, not None"),
    ("dropout", 1, "dropout should be less than 1, not 1"),
    ("dropout", -0.1, "dropout should be at least 0"),
    ("dropout", "half", "dropout should be one number, not 'half'"),
    ("validation", MOONS.X, r"validation should be a pair \(X, T\)"),
    ("validation", (MOONS.X,), r"validation should be a pair \(X, T\)"),
    ("validation", 5, r"validation should be a pair \(X, T\), not 5"),
    ("validation", (MOONS.X, MOONS.labels), r"validation\[1\] should have .*mean validation\[1\]\[:, None\]"),
    ("validation", (MOONS.X[:3], MOONS.T), r"validation\[0\] and validation\[1\] should have a row for each sample"),
    ("validation", (MOONS.T, MOONS.T), r"validation\[0\] should have 2 columns"),
]


@pytest.mark.parametrize(
    ("change", "words"), BAD + [({name: bad}, words) for name, bad, words in BAD_SETTINGS], ids=str
)
@pytest.mark.parametrize("call", [train, Trainer])
def test_bad_input_is_refused_at_the_call_with_nothing_changed(call, change, words):
    own = net()
    with pytest.raises(ValueError, match=words):
        call(own, **{"X": MOONS.X, "T": MOONS.T, **change})
    assert own == net()


@pytest.mark.parametrize(("name", "bad", "words"), BAD_SETTINGS)
def test_a_refused_setting_leaves_everything_as_it_was(name, bad, words):
    own, other = (trainer(optimizer="adam", dropout=0.2, validation=(OTHERS.X, OTHERS.T)) for __ in range(2))
    assert own.batch() and other.batch()
    with pytest.raises(ValueError, match=words):
        setattr(own, name, bad)
    assert bits(own.state()) == bits(other.state()) and epochs(own, 3) == epochs(other, 3)


@pytest.mark.parametrize(("change", "words"), [case for case in BAD if case[0].keys() <= {"X", "T"}][:-1])
def test_refused_data_leave_everything_as_it_was(change, words):
    own, other = trainer(), trainer()
    assert own.batch() and other.batch()
    with pytest.raises(ValueError, match=words):
        own.data(**{"X": MOONS.X, "T": MOONS.T, **change})
    assert bits(own.state()) == bits(other.state()) and epochs(own, 3) == epochs(other, 3)


def test_a_loss_that_does_not_fit_the_targets_is_refused():
    own = Trainer(net(), MOONS.X, MOONS.T, validation=(MOONS.X, MOONS.T + 1))
    with pytest.raises(ValueError, match=r"the targets validation\[1\] should be from 0 to 1; there is 2"):
        own.loss = "binary_cross_entropy"
    own.validation = None
    own.data(MOONS.X, MOONS.T + 1)
    with pytest.raises(ValueError, match="the targets T should be from 0 to 1; there is 2"):
        own.loss = "binary_cross_entropy"
    assert repr(own.loss) == "squared_error"


def test_networks_that_cannot_be_trained():
    for bad in (None, [2, 3, 1], "net"):
        with pytest.raises(ValueError, match="net should be a Network, not"):
            Trainer(bad, MOONS.X, MOONS.T)
    for names in itertools.product(["step", "tanh"], ["step", "sigmoid"]):
        if "step" in names:
            with pytest.raises(ValueError, match="step has slope 0 everywhere, so gradient descent learns nothing"):
                Trainer(Network([2, 3, 1], *names), MOONS.X, MOONS.T)
    with pytest.raises(ValueError, match="This network is read-only: .* Take a copy of it"):
        Trainer(net().frozen(), MOONS.X, MOONS.T)
    own = Network([2, 3, 1], output="identity")
    own.parameters[0] = np.inf
    with pytest.raises(ValueError, match="parameters should be finite numbers"):
        train(own, MOONS.X, MOONS.T)
    own.parameters[:] = 1e200
    with pytest.raises(ValueError, match="The error of this network on X, T is no finite number"):
        train(own, MOONS.X, MOONS.T)
    assert (own.parameters == 1e200).all()
