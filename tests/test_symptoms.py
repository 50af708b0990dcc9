"""Every symptom is found in a network that was made to have it, and not in one that learns well."""

import numpy as np
import pytest

from annkit import Network, Trainer, data, train
from annkit.recording import Recording
from annkit.symptoms import dead_units, saturation, symptoms

MOONS = data.moons(200)


def trainer_of(sizes, activation, rate, table=MOONS, **options):
    net = Network([2, *sizes, 1], activation, **{"output": "sigmoid", "init": options.pop("init", "glorot")})
    options = {"loss": "binary_cross_entropy", "batch_size": 10} | options
    return Trainer(net, table.X, table.T, learning_rate=rate, **options)


def found_after(epochs, trainer):
    recording = Recording(trainer)
    for __ in range(epochs):
        if trainer.epoch() is None:
            break
        recording.add(trainer)
    return {each.name: each for each in symptoms(trainer, recording.errors, recording.validation_errors)}


def test_a_network_that_learns_well_has_none():
    for activation in ("tanh", "relu", "sigmoid"):
        assert not found_after(300, trainer_of([8, 8], activation, 0.3 if activation != "relu" else 0.1))
    assert not symptoms(trainer_of([8], "tanh", 0.3))


def test_dead_relus():
    found = found_after(100, trainer_of([8, 8], "relu", 3))
    assert "8 of the 8 ReLUs in hidden layer 2 answer 0" in found["dead"].words
    net = Network([2, 3, 1], "relu")
    net.biases[0] = [-1000, 0, 1000]
    assert dead_units(net, net.forward(MOONS.X))[0].tolist() == [True, False, False]


def test_saturated_units():
    trainer = trainer_of([8, 8], "tanh", 0.3, init=20)
    assert "stand at an end of their curve" in found_after(0, trainer)["saturated"].words
    net = Network([2, 2, 1], ["sigmoid"])
    net.biases[0] = [-1000, 0]
    assert saturation(net, net.forward(MOONS.X))[0].tolist() == [1, 0]


def test_vanishing_slopes():
    found = found_after(20, trainer_of([8] * 6, "sigmoid", 0.3))
    assert "hardly learns" in found["vanishing"].words and "tanh" in found["vanishing"].advice


@pytest.mark.parametrize("layer", [1, 2])
def test_units_that_stay_twins(layer):
    trainer = trainer_of([4, 4], "tanh", 0.3)
    trainer.net.weights[layer - 1][...], trainer.net.biases[layer - 1][...] = 0.5, 0
    assert f"hidden layer {layer} have the same" in found_after(0, trainer)["twins"].words


@pytest.mark.parametrize("loss", ["squared_error", "binary_cross_entropy"])
def test_a_plateau(loss):
    found = found_after(1500, trainer_of([1], "tanh", 1, data.circles(100), loss=loss, batch_size=None))
    assert "hardly changed for 100 epochs" in found["plateau"].words
    assert "plateau" not in found_after(150, trainer_of([8], "tanh", 0.3, loss=loss))
    learned = trainer_of([8, 8], "tanh", 0.3)
    train(learned.net, learned.X, learned.T, loss=loss, learning_rate=0.3, batch_size=10, epochs=300)
    assert "plateau" not in {each.name for each in symptoms(learned, [1e-6] * 200)}  # it is good already


def test_a_plateau_of_several_classes():
    T = np.eye(3)[np.arange(30) % 3]
    trainer = Trainer(Network([2, 3], output="softmax", init=0), data.moons(30).X, T, loss="cross_entropy")
    assert symptoms(trainer, [np.log(3)] * 200)[-1].name == "plateau"


def test_overfitting():
    table = data.moons(120, noise=0.4)
    learn, new = table.split(0.3)
    trainer = trainer_of([16, 16], "relu", 0.01, learn, optimizer="adam", validation=(new.X, new.T))
    found = found_after(300, trainer)
    assert "only the learned samples get better" in found["overfitting"].words
    healthy = trainer_of([4], "tanh", 0.1, validation=(MOONS.X, MOONS.T))
    assert "overfitting" not in found_after(100, healthy)


def test_diverged():
    trainer = Trainer(Network([2, 1], output="identity"), MOONS.X, MOONS.T, learning_rate=1e200)
    found = found_after(50, trainer)
    assert "grew beyond all bounds" in found["diverged"].words
