"""Skip connections: forward by hand, every slope by nudging, the engine, training, and all ways to write them down."""

import copy
import pickle

import numpy as np
import pytest
from networks import HIDDEN, PAIRS, assert_the_engine_agrees, by_nudging, classes, through

from annkit import Network, Trainer
from annkit.activations import overflow_allowed
from annkit.recording import Recording

ROWS = 5
SIZES = [3, 3, 4, 4, 4, 2]
SKIPS = [1, 0, 0.5, 2]
"""Past the first layer, past none into a wider one, and past two in a row; each with a factor of its own."""
EACH = ["tanh", "sigmoid", "gelu", "tanh"]


def network(activation="tanh", output="sigmoid", skips=SKIPS):
    net = Network(SIZES, activation, output, seed=3, init=0.6, skips=skips)
    net.parameters += np.random.default_rng(1).normal(0, 0.3, net.parameters.size)
    return net


def samples(n=ROWS):
    return np.random.default_rng(0).normal(0, 1, (n, 3)), classes(n, 2)


def pickled(net):
    return pickle.loads(pickle.dumps(net))


def test_forward_by_hand():
    net = Network([2, 2, 2, 1], "relu", skips=[0, 0.5])
    net.weights[0], net.weights[1] = np.eye(2), [[2, 0], [0, -1]]
    trace = net.forward([[3, 4]])
    assert trace.f[0] is trace.a[0] and trace.a[0].tolist() == [[3, 4]]
    assert trace.f[1].tolist() == [[6, 0]] and trace.a[1].tolist() == [[3 + 0.5 * 6, 4]]
    assert trace.output.tolist() == net.predict([[3, 4]]).tolist()


def test_units_that_answer_0_leave_a_plain_stack_of_skips_as_it_came():
    net = Network([4, 4, 4, 4, 4], "tanh", "identity", init=0, skips=1)
    net.weights[-1] = np.eye(4)
    assert net.predict([[1, 2, 3, 4]]).tolist() == [[1, 2, 3, 4]]
    slopes = net.backward(net.forward([[1, 2, 3, 4]]), [[0, 0, 0, 0]])
    assert all((dE_da == slopes.dE_da[-1]).all() for dE_da in slopes.dE_da)


@pytest.mark.parametrize("activation", ["tanh", "relu", EACH])
@pytest.mark.parametrize(("output", "loss"), PAIRS)
def test_every_slope_against_nudging(activation, output, loss):
    net, (X, T) = network(activation, output), samples()

    def error(parameters):
        other = net.copy()
        other.parameters = parameters
        return other.loss(other.forward(X), T, loss)

    slopes, expected = net.backward(net.forward(X), T, loss), by_nudging(error, net.parameters)
    assert np.linalg.norm(slopes.flat - expected) <= 1e-6 * np.linalg.norm(expected)
    to_X = by_nudging(lambda X: net.loss(net.forward(X), T, loss), X)
    assert np.linalg.norm(slopes.dE_dX - to_X) <= 1e-6 * np.linalg.norm(to_X)


def test_the_error_that_arrives_at_what_a_layer_hands_on():
    """∂E/∂a of a layer with a skip is that of the sum, of which what came past the units is a part."""
    net, (X, T) = network("sigmoid"), samples()
    trace = net.forward(X)
    slopes = net.backward(trace, T)

    def error(a):
        for layer in (2, 3):
            a = a + SKIPS[layer] * net.activations[layer].f(a @ net.weights[layer] + net.biases[layer])
        o = net.activations[-1].f(a @ net.weights[-1] + net.biases[-1])
        return net.loss(trace, T) + ((T - o) ** 2).sum() / ROWS

    np.testing.assert_allclose(slopes.dE_da[1], by_nudging(error, trace.a[1]), atol=1e-8)


@pytest.mark.parametrize("activation", ["step", *HIDDEN, EACH])
@pytest.mark.parametrize(("output", "loss"), PAIRS)
def test_the_engine_computes_what_the_network_computes(activation, output, loss):
    net = network(activation, output)
    for n in (1, ROWS):
        with overflow_allowed():
            assert_the_engine_agrees(net, *samples(n), loss)


@pytest.mark.parametrize("activation", ["tanh", "relu", EACH])
@pytest.mark.parametrize(("output", "loss"), PAIRS)
def test_slopes_with_dropout_against_nudging(activation, output, loss):
    net, (X, T) = network(activation, output), samples()

    def dropped(parameters):
        other = net.copy()
        other.parameters = parameters
        return through(other, X, T, loss, dropout=0.4, random=np.random.default_rng(0))

    def error(parameters):
        with overflow_allowed():
            return dropped(parameters)[0].error(T.T)

    gradients, expected = dropped(net.parameters)[1], by_nudging(error, net.parameters)
    assert np.linalg.norm(gradients - expected) <= 1e-6 * np.linalg.norm(expected)


def test_dropout_leaves_out_what_units_add_and_never_what_comes_past_them():
    net = Network([50, 50, 2], "sigmoid", seed=0, skips=2)
    X, T = np.random.default_rng(1).normal(0, 1, (20, 50)), classes(20, 2)
    hidden = through(net, X, T, "squared_error", dropout=0.4, random=np.random.default_rng(0))[0].layers[0]
    added = hidden.a.T - X
    out = np.abs(added) < 1e-12
    assert out.mean() == pytest.approx(0.4, abs=0.05)
    np.testing.assert_allclose(added[~out], 2 * hidden.f.T[~out] / 0.6, rtol=1e-9)


def test_one_number_is_for_every_layer_that_can_have_a_skip():
    assert network(skips=0.5).skips == (0.5, 0, 0.5, 0.5)
    assert network(skips=0).skips == network(skips=[0, 0, 0, 0]).skips == (0, 0, 0, 0)
    assert network(skips=np.array(SKIPS)) == network(skips=tuple(SKIPS)) == network() != network(skips=0)
    assert Network([2, 1]).skips == ()
    line = "Network of 3 inputs, 3 tanh units with a skip, 4 tanh units, 4 tanh units with a skip, 4 tanh units with a "
    assert repr(network()) == line + "skip, 2 sigmoid outputs: 78 parameters"


@pytest.mark.parametrize(
    ("sizes", "skips", "words"),
    [
        ([2, 3, 3, 1], [1, 1], r"skips\[0\] should be 0: .* here 2 come in, and there are 3 units"),
        ([2, 3, 4, 1], 1, r"skips need a hidden layer with as many units as come before it; the sizes are \[2, 3, 4"),
        ([2, 1], 1, "skips need a hidden layer"),
        ([2, 3, 3, 1], [1], r"skips should be one number, or a list of 2, one for each hidden layer; not \[1\]"),
        ([2, 3, 3, 1], [0, -1], r"skips\[1\] should be at least 0, not -1"),
        ([2, 3, 3, 1], "plain", "skips should be one number, not .plain."),
        ([2, 3, 3, 1], np.nan, "skips should be a finite number"),
        ([2, 3, 3, 1], [0, None], r"skips\[1\] should be one number"),
        ([2, 3, 3, 1], None, "skips should be one number"),
    ],
)
def test_skips_that_cannot_be(sizes, skips, words):
    with pytest.raises(ValueError, match=words):
        Network(sizes, skips=skips)


def test_a_trace_of_a_network_with_other_skips_is_refused():
    net, (X, T) = network(), samples()
    with pytest.raises(ValueError, match="trace was made by a network of other layers"):
        network(skips=0).backward(net.forward(X), T)


def test_a_trainer_learns_and_comes_back_to_its_states():
    X, T = samples(20)
    trainer = Trainer(network(), X, T, learning_rate=0.05, batch_size=6)
    recording = Recording(trainer)
    for __ in range(8):
        trainer.epoch()
        recording.add(trainer)
    assert recording.errors[-1] < recording.errors[0] and trainer.net.skips == tuple(SKIPS)
    after = trainer.net.parameters.copy()
    assert recording.restore(trainer, 3) and recording.restore(trainer, 8)
    assert (trainer.net.parameters == after).all()
    with pytest.raises(ValueError, match="state should be what state"):
        Trainer(network(skips=0), X, T).restore(trainer.state())


@pytest.mark.parametrize("again", [Network.copy, Network.frozen, copy.deepcopy, pickled])
def test_a_copy_has_the_same_skips(again):
    net, (X, __) = network(EACH), samples()
    assert again(net) == net and (again(net).predict(X) == net.predict(X)).all()


def test_as_a_file_and_as_code(tmp_path):
    net = network(EACH)
    net.save(tmp_path / "net.npz")
    assert Network.load(tmp_path / "net.npz") == net == eval(net.to_code())
    drawn = Network([2, 2, 1], seed=4, skips=0.5)
    assert drawn.to_code() == "Network([2, 2, 1], skips=[0.5], seed=4)" and eval(drawn.to_code()) == drawn


def test_a_file_without_skips_is_what_it_always_was(tmp_path):
    network(skips=0).save(tmp_path / "net.npz")
    with np.load(tmp_path / "net.npz") as file:
        assert sorted(file) == ["activation", "annkit", "output", "parameters", "sizes"]


@pytest.mark.parametrize("activation", ["relu", ["step", "sigmoid", "gelu", "tanh"]])
def test_as_a_program_of_its_own(activation):
    net, (X, __), program = network(activation), samples(), {}
    exec(net.to_numpy_code(), program)
    np.testing.assert_allclose(program["predict"](X), net.predict(X), rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("activation", ["relu", ["step", "sigmoid", "gelu", "tanh"]])
def test_as_a_program_for_pytorch(activation):
    pytest.importorskip("torch")
    net, (X, __), program = network(activation), samples(), {}
    exec(net.to_torch_code(), program)
    np.testing.assert_allclose(program["predict"](X), net.predict(X), rtol=1e-12, atol=1e-12)
