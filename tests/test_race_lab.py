"""Every control of the race lab, driven in Python; who wins where, with margins."""

import numpy as np
import pytest
from hands import button, kept, refuses

from annkit import Network, data, train
from annkit.labs import RaceLab
from annkit.labs.race import EPOCHS, KINDS

made, lab = kept(RaceLab)


def shares(lab):
    """What both get right at the end of the race."""
    lab.epochs = EPOCHS
    return [run.upto(EPOCHS)[-1] for run in lab.runs]


def test_a_race_is_a_training(lab):
    learned, new = data.digits().shuffled(0).split(1497)
    net = Network([64, 32, 32, 32, 32, 10], "relu", "softmax", seed=0)
    right = [(net.classify(new.X) == new.labels).mean()]
    train(net, learned.X, learned.T, "cross_entropy", 0.1, epochs=2, batch_size=32)
    lab.step(2)
    run = lab.runs[1]
    assert run.upto(0) == right and run.upto(2)[-1] == (net.classify(new.X) == new.labels).mean()


def test_where_the_claim_holds_and_where_it_does_not(lab):
    sigmoid, relu = shares(lab)
    assert sigmoid < 0.3 and relu > 0.9 and "ReLU (2) is first above 0.9" in lab.describe()
    lab.set(kind1="sigmoid with wires", kind2="tanh")
    assert min(shares(lab)) > 0.9
    lab.set(layers=6, kind1="relu", rate1=0.5, rate2=0.5)
    relu, tanh = shares(lab)
    assert relu < 0.8 and tanh > 0.9
    lab.set(layers=1, kind1="sigmoid", rate1=2, kind2="relu", rate2=0.1)
    assert min(shares(lab)) > 0.9


def test_how_much_arrives_at_layer_1(lab):
    assert lab.runs[0].arrives < 0.05 < lab.runs[1].arrives
    lab.kind1 = "sigmoid with wires"
    assert lab.runs[0].arrives == pytest.approx(1, abs=0.2)
    lab.layers = 1
    assert [run.arrives for run in lab.runs] == [1, 1]


def test_another_pair_begins_at_the_start_and_undo_brings_the_race_back(lab):
    for __ in range(3):
        button(lab, "Epoch").click()
    assert lab.epochs == 3
    before = lab.describe()
    lab._sliders["rate1"].move(0.8)
    assert lab.epochs == 0
    lab.undo()
    assert lab.describe() == before
    lab.set(seed=1, epochs=2)
    assert lab.epochs == 2 and eval(lab.code()).describe() == lab.describe()


def test_play_ends_with_the_race(lab):
    lab.epochs = EPOCHS - 1
    lab.play()
    lab.stage.listener({"event": "tick"})
    assert lab.epochs == EPOCHS and not lab.stage.playing
    lab.step()
    assert lab.epochs == EPOCHS


def test_every_control(lab):
    assert list(lab._sliders) == ["epochs", "layers", "rate1", "rate2", "seed"]
    for name in ("rate1", "rate2", "layers", "seed"):
        slider = lab._sliders[name]
        for value in (slider.low, slider.high):
            slider.move(value)
            assert getattr(lab, name) == value and not lab.error
        lab.reset()
    lab._sliders["epochs"].move(2)
    assert lab.epochs == 2
    for kind in [*KINDS][1:]:
        lab._choosers["kind1"].value = kind
        assert lab.kind1 == kind and lab.epochs == 0
    lab.set(kind1="relu", kind2="relu", rate1=0.1)
    lab.epochs = 8
    assert "Both are above 0.9 at epoch" in lab.describe()


def test_one_that_diverges_says_so_and_keeps_its_place(lab):
    with np.errstate(all="ignore"):
        lab.set(kind2="relu", rate2=100, epochs=5)
    assert "Network 2 has diverged: its α is too large." in lab.describe()
    assert "nan" not in lab.describe() and len(lab.runs[1].upto(5)) < 6


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("layers", 0, "layers should be a whole number from 1 to 6"),
        ("layers", 7, "from 1 to 6, not 7"),
        ("rate1", -1, "rate1 should be"),
        ("rate2", "fast", "rate2 should be"),
        ("kind1", "step", "kind1 should be one of sigmoid, tanh, relu, sigmoid with wires, not 'step'"),
        ("epochs", 21, "epochs should be a whole number from 0 to 20, not 21"),
        ("seed", -1, "seed should be a whole number from 0 to 1000"),
    ],
)
def test_what_is_refused(lab, name, value, words):
    refuses(lab, name, value, words)
