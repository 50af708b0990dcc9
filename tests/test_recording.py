"""A recorded training: every error, and every epoch again, to the last bit."""

import pickle

import numpy as np
import pytest

from annkit import Network, Trainer, data
from annkit.recording import THIN, WHOLE, Recording

TABLE = data.moons(20)


def learning(**options):
    net = Network([2, 3, 1], "tanh", seed=1)
    options = {"learning_rate": 0.1, "batch_size": 7, "optimizer": "adam", "dropout": 0.2} | options
    return Trainer(net, TABLE.X, TABLE.T, loss="binary_cross_entropy", **options)


def recorded(trainer, epochs, parameters=None):
    recording = Recording(trainer)
    for __ in range(epochs):
        trainer.epoch()
        recording.add(trainer)
        if parameters is not None:
            parameters[trainer.epochs] = trainer.net.parameters.copy()
    return recording


def test_every_epoch_comes_back_to_the_last_bit_and_goes_on_as_it_did():
    trainer, parameters = learning(), {}
    parameters[0] = trainer.net.parameters.copy()
    recording = recorded(trainer, 3 * WHOLE, parameters)
    for epoch in (0, 1, 15, 16, 500, 1000, 1999, 2000, 2001, 2999, 3000):
        assert recording.restore(trainer, epoch) and trainer.epochs == epoch
        assert trainer.net.parameters.tobytes() == parameters[epoch].tobytes()
        if epoch < 3000:
            trainer.epoch()
            assert trainer.net.parameters.tobytes() == parameters[epoch + 1].tobytes()


@pytest.mark.parametrize("batch_size", [None, 20, 6])
def test_the_shuffled_order_need_not_be_kept(batch_size):
    trainer, parameters = learning(batch_size=batch_size, dropout=0), {}
    recording = recorded(trainer, 4, parameters)
    trainer.batch_size = 9
    trainer.epoch()
    for epoch in (1, 3):
        recording.restore(trainer, epoch)
        trainer.epoch()
        assert trainer.net.parameters.tobytes() == parameters[epoch + 1].tobytes()


def test_the_last_thousand_are_whole_and_the_others_ever_thinner():
    recording = recorded(learning(batch_size=None), 5 * WHOLE)
    kept = recording.kept
    assert recording.last == 5000 and len(recording.errors) == 5001 and kept[0] == 0
    gaps = np.diff(kept)
    assert (gaps[kept[:-1] >= 4000] == 1).all() and (np.diff(kept[kept < 3000]) % THIN == 0).all()
    for since, until, apart in ((3000, 4000, THIN), (1000, 3000, 2 * THIN), (0, 1000, 4 * THIN)):
        assert gaps[(since <= kept[:-1]) & (kept[1:] <= until)].max() == apart


def test_100_000_epochs_take_less_than_20_megabytes():
    kept = WHOLE + sum(WHOLE * 2**k / (THIN * 2**k) for k in range(7))
    net = Network([7, *[8] * 6, 1])
    X = np.zeros((200, 7))
    trainer = Trainer(net, X, X[:, :1], optimizer="adam", batch_size=10)
    trainer.epoch()
    state = Recording(trainer).state(1)
    alone = state._replace(settings={})
    assert kept * len(pickle.dumps(alone)) + 100_000 * 16 < 20e6


def test_errors_and_validation_errors_are_those_of_the_trainer():
    trainer = learning(validation=(TABLE.X[:5], TABLE.T[:5]), dropout=0)
    recording = Recording(trainer)
    expected, validated = [trainer.error()], [trainer.validation_error()]
    for __ in range(3):
        expected.append(trainer.epoch())
        validated.append(trainer.validation_error())
        recording.add(trainer)
    assert recording.errors.tolist() == expected and recording.validation_errors.tolist() == validated
    assert np.isnan(recorded(learning(), 2).validation_errors).all()


def test_a_cut_is_a_recording_of_its_own():
    trainer = learning()
    recording = recorded(trainer, 8)
    other = recording.cut(5)
    other.restore(trainer, 5)
    trainer.learning_rate = 0.01
    trainer.epoch()
    other.add(trainer)
    assert other.last == 6 and recording.last == 8 and other.errors[6] != recording.errors[6]
    assert other.errors[:6] == recording.errors[:6]


def test_what_does_not_go_on_is_refused():
    trainer = learning()
    recording = recorded(trainer, 2)
    with pytest.raises(ValueError, match="goes on with the end of epoch 3; the trainer is at 2"):
        recording.add(trainer)
    trainer.epoch()
    trainer.batch()
    with pytest.raises(ValueError, match="goes on with the end of epoch 3"):
        recording.add(trainer)
    for epoch in (-1, 3, 1.5):
        with pytest.raises(ValueError, match="epoch should be a whole number"):
            recording.restore(trainer, epoch)
    trainer.batch()
    with pytest.raises(ValueError, match="begins between two epochs"):
        Recording(trainer)
