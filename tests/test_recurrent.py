"""Recurrent layers: forward by hand, back against nudging, and what is refused."""

import numpy as np
import pytest
from networks import by_nudging

from annkit.optimizers import Adam
from annkit.recurrent import LSTM, RNN, clipped, marked_bit

every_kind = pytest.mark.parametrize("kind", [RNN, LSTM])


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def test_an_rnn_is_tanh_of_inputs_and_of_what_it_answered():
    layer, (X, __) = RNN(2, 3, seed=4), marked_bit(5, 6, seed=1)
    h = np.zeros((5, 3))
    for x in X:
        h = np.tanh(np.hstack([x, h]) @ layer.W + layer.b)
    assert layer.forward(X).H[-1] == pytest.approx(h)
    assert layer.predict(X) == pytest.approx(sigmoid(h @ layer.V + layer.c))


def test_an_lstm_keeps_lets_in_and_tells():
    layer, (X, __) = LSTM(2, 3, seed=4), marked_bit(5, 6, seed=1)
    h, cell = np.zeros((5, 3)), np.zeros((5, 3))
    for x in X:
        forget, let_in, out, new = np.split(np.hstack([x, h]) @ layer.W + layer.b, 4, axis=1)
        cell = sigmoid(forget) * cell + sigmoid(let_in) * np.tanh(new)
        h = sigmoid(out) * np.tanh(cell)
    states = layer.forward(X)
    assert states.H[-1] == pytest.approx(h) and states.cells[-1] == pytest.approx(cell)
    assert states.H.shape == states.cells.shape == (7, 5, 3) and not states.H[0].any()
    assert layer.b.tolist() == [1] * 3 + [0] * 9


@every_kind
def test_every_gradient_is_what_nudging_finds(kind):
    layer, (X, T) = kind(2, 3, seed=1), marked_bit(5, 7, seed=2)
    found = layer.gradients(X, T)

    def error(parameters):
        layer.parameters = parameters
        return layer.gradients(X, T).E

    assert found.parameters == pytest.approx(by_nudging(error, layer.parameters.copy()), abs=1e-9)


@every_kind
def test_what_arrives_at_each_step_is_what_a_nudge_of_the_memory_finds(kind):
    """The rest of the sequence is read from a nudged state, with the formulas above written anew."""
    layer, (X, T) = kind(2, 2, seed=3), marked_bit(3, 5, seed=4)
    found, states = layer.gradients(X, T), layer.forward(X)

    def error(step, h, cell):
        for x in X[step:]:
            parts = np.split(np.hstack([x, h]) @ layer.W + layer.b, layer.sums, axis=1)
            if layer.sums == 1:
                h = np.tanh(parts[0])
            else:
                cell = sigmoid(parts[0]) * cell + sigmoid(parts[1]) * np.tanh(parts[3])
                h = sigmoid(parts[2]) * np.tanh(cell)
        o = sigmoid(h @ layer.V + layer.c)
        return -(T * np.log(o) + (1 - T) * np.log(1 - o)).mean()

    assert found.memory is (found.H if kind is RNN else found.cells)
    assert states.memory is (states.H if kind is RNN else states.cells)
    nudge = np.zeros((3, 2))
    nudge[1, 0] = 1e-5
    for step in (2, 4):
        h, cell = states.H[step], states.cells[step] if states.cells is not None else None
        slope = (error(step, h + nudge, cell) - error(step, h - nudge, cell)) / 2e-5
        assert found.H[step, 1, 0] == pytest.approx(slope, abs=1e-9)
        if cell is not None:  # what is answered at this step follows its cell
            out = h / np.tanh(cell)
            ends = [error(step, out * np.tanh(each), each) for each in (cell + nudge, cell - nudge)]
            slope = (ends[0] - ends[1]) / 2e-5
            assert found.cells[step, 1, 0] == pytest.approx(slope, abs=1e-9)


def test_an_lstm_learns_the_marked_bit():
    layer, optimizer, random = LSTM(2, 8, seed=0), Adam(0.02), np.random.default_rng(0)
    for __ in range(150):
        found = layer.gradients(*marked_bit(64, 12, random))
        if found.E < 0.05:
            break
        layer.parameters = optimizer.step(layer.parameters, clipped(found.parameters))
    X, T = marked_bit(500, 12, seed=7)
    assert ((layer.predict(X) > 0.5) == T).mean() > 0.95


def test_a_gradient_is_clipped_to_its_direction_however_large_it_is():
    for size in (1, 1e150, 1e200, 1e308):
        np.testing.assert_allclose(clipped([[0.6 * size], [-0.8 * size]], 0.5), [[0.3], [-0.4]])
    assert clipped([0, 0]).tolist() == [0, 0] and clipped([]).size == 0


def test_the_marked_bit_is_marked_once_in_the_first_quarter_and_is_the_answer():
    X, T = marked_bit(200, 20, seed=5)
    assert (X[:, :, 1].sum(axis=0) == 1).all() and not X[5:, :, 1].any()
    assert ((X[:, :, 0] * X[:, :, 1]).sum(axis=0) == 2 * T[:, 0] - 1).all()
    assert set(X[:, :, 0].ravel()) == {-1, 1} and 0.3 < T.mean() < 0.7


@every_kind
def test_the_same_seed_makes_the_same_layer_and_its_parts_are_views(kind):
    layer = kind(2, 3, seed=5)
    assert (layer.parameters == kind(2, 3, seed=5).parameters).all()
    assert (layer.parameters != kind(2, 3, seed=6).parameters).any()
    layer.parameters = np.arange(len(layer.parameters))
    assert layer.W[0, 1] == 1 and layer.c.item() == layer.parameters[-1]
    layer.V[0] = -1
    assert layer.parameters[-4] == -1


def test_what_is_refused_says_what_was_expected():
    layer = RNN(2, 3)
    for X in (np.zeros((4, 2)), np.zeros((4, 5, 3)), [[[1, float("nan")]]], "text"):
        with pytest.raises(ValueError, match="^X "):
            layer.forward(X)
    X = np.zeros((4, 5, 2))
    for T in (np.zeros(5), np.zeros((4, 1)), np.full((5, 1), 2)):
        with pytest.raises(ValueError, match="T"):
            layer.gradients(X, T)
    for arguments, words in (((0, 3), "features"), ((2, 1.5), "units"), ((2, 3, -1), "seed")):
        with pytest.raises(ValueError, match=words):
            RNN(*arguments)
    for arguments, words in (((0, 3), "n"), ((2, 0), "steps"), ((2, 3, -1), "seed"), ((2, 3, "a"), "seed")):
        with pytest.raises(ValueError, match=f"^{words} should be"):
            marked_bit(*arguments)
    with pytest.raises(ValueError, match="forget_bias"):
        LSTM(2, 3, forget_bias="open")
    with pytest.raises(ValueError, match="shape"):
        layer.parameters = [1, 2]
