"""The network: its slopes against nudging and the source's formula, its views, its copies, its refusals."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import HIDDEN, PAIRS, by_nudging, classes

from annkit import Network, binary_cross_entropy, cross_entropy, data, leaky_relu, relu, sigmoid, squared_error
from annkit.activations import overflow_allowed
from annkit.losses import LOSSES

BAD_X = [[1, 2], [[1, 2, 3]], [[1, np.nan]], [[1, -np.inf]], [["a", "b"]], "text", None, [], [[1, 2], [3]], [[[1, 2]]]]


def away_from_kinks(depth, activation, output):
    """A network and samples with all sums of units that have a kink well away from 0."""
    for seed in range(1000):
        random = np.random.default_rng(seed)
        net = Network([3, *[4] * (depth - 1), 2], activation, output, seed=seed, init=0.8)
        net.parameters += random.normal(0, 0.3, net.parameters.size)
        X = random.normal(0, 1, (3, 3))
        z = net.forward(X).z
        kinked = [s for s, f in zip(z, net.activations, strict=True) if f in (relu, leaky_relu)]
        if all(abs(s).min() > 5e-3 for s in kinked):
            return net, X
    raise AssertionError("no such network found")


def layer_by_nudging(net, layer, a, T, loss):
    """The slopes of E for the weights, biases and sums of a layer, and for what comes into it, `a`."""
    W, b, ahead = net.weights[layer], net.biases[layer], range(layer + 1, len(net.weights))

    def error(z):
        with overflow_allowed():
            for after in ahead:
                z = net.activations[after - 1].f(z) @ net.weights[after] + net.biases[after]
            return loss.f(z if loss.output else net.activations[-1].f(z), T)

    yield by_nudging(lambda W: error(a @ W + b), W)
    yield by_nudging(lambda b: error(a @ W + b), b)
    yield by_nudging(error, a @ W + b)
    yield by_nudging(lambda a: error(a @ W + b), a)


@pytest.mark.parametrize("depth", range(1, 7))
@pytest.mark.parametrize("activation", HIDDEN)
@pytest.mark.parametrize(("output", "loss"), PAIRS)
def test_every_slope_against_nudging(depth, activation, output, loss):
    net, X = away_from_kinks(depth, activation, output)
    T, loss = classes(3, 2), LOSSES[loss]
    trace = net.forward(X)
    slopes = net.backward(trace, T, loss)
    dE_da = [slopes.dE_dX, *slopes.dE_da]
    for layer, a in enumerate([X, *trace.a[:-1]]):
        own = slopes.weights[layer], slopes.biases[layer], slopes.dE_dz[layer], dE_da[layer]
        for slope, expected in zip(own, layer_by_nudging(net, layer, a, T, loss), strict=True):
            assert np.linalg.norm(slope - expected) <= 1e-6 * np.linalg.norm(expected)
    assert dE_da[-1] is None if loss.output else (dE_da[-1] == loss.backward(trace.output, T)).all()


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 4), st.integers(1, 4), st.integers(1, 3))
def test_the_sources_formula(seed, inputs, hidden, outputs):
    """∂E/∂w_jk = −2 (t_k − o_k) · σ(Σ w_jk o_j) (1 − σ(Σ w_jk o_j)) · o_j for one sample, then a layer before."""
    random = np.random.default_rng(seed)
    net = Network([inputs, hidden, outputs], seed=seed, init=2)
    net.parameters += random.normal(0, 1, net.parameters.size)
    X, T = random.normal(0, 2, (1, inputs)), random.uniform(0, 1, (1, outputs))
    trace = net.forward(X)
    gradients = net.backward(trace, T)
    o_j, W = trace.a[0][0], net.weights[1]
    answer = np.empty(outputs)
    for k in range(outputs):
        total = sum(W[j, k] * o_j[j] for j in range(hidden)) + net.biases[1][k]
        answer[k] = -2 * (T[0, k] - sigmoid(total)) * sigmoid(total) * (1 - sigmoid(total))
        for j in range(hidden):
            assert gradients.weights[1][j, k] == pytest.approx(answer[k] * o_j[j], abs=1e-12)
        assert gradients.biases[1][k] == pytest.approx(answer[k], abs=1e-12)
    for j in range(hidden):
        back = sum(answer[k] * W[j, k] for k in range(outputs)) * o_j[j] * (1 - o_j[j])
        for i in range(inputs):
            assert gradients.weights[0][i, j] == pytest.approx(back * X[0, i], abs=1e-12)


def test_forward_by_hand():
    net = Network([2, 2, 1], activation="relu", output="identity")
    net.weights[0] = [[1, -1], [2, 1]]
    net.biases[0] = [0.5, -3]
    net.weights[1] = [[2], [4]]
    net.biases[1] = [-1]
    trace = net.forward([[1, 2], [0, 4]])
    assert trace.z[0].tolist() == [[5.5, -2], [8.5, 1]]
    assert trace.a[0].tolist() == [[5.5, 0], [8.5, 1]]
    assert trace.output.tolist() == trace.a[1].tolist() == trace.z[1].tolist() == [[10], [20]]
    assert net.loss(trace, [[11], [18]]) == (1 + 4) / 2


def test_rows_are_samples_as_in_the_source():
    """The lecture's 4 × 3 table times 3 × 2 weights: 4w1 + 3w3 + 2w5 and its seven companions."""
    net = Network([3, 2], output="identity")
    w1, w2, w3, w4, w5, w6 = w = [0.5, -1, 2, 0.25, -0.5, 4]
    net.weights[0] = np.reshape(w, (3, 2))
    rows = data.lecture().X
    expected = [[a * w1 + b * w3 + c * w5, a * w2 + b * w4 + c * w6] for a, b, c in rows]
    assert net.predict(rows).tolist() == expected


@settings(deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(HIDDEN), st.sampled_from(PAIRS))
def test_slopes_average_over_samples_and_samples_do_not_see_each_other(seed, activation, pair):
    output, loss = pair
    net = Network([2, 3, 4, 2], activation, output, seed=seed)
    X, T = np.random.default_rng(seed).normal(0, 2, (5, 2)), classes(5, 2)
    whole = net.backward(net.forward(X), T, loss)
    alone = [net.backward(net.forward(X[i : i + 1]), T[i : i + 1], loss) for i in range(5)]
    np.testing.assert_allclose(whole.flat, np.mean([one.flat for one in alone], axis=0), atol=1e-13)
    np.testing.assert_allclose(whole.dE_dX, np.vstack([one.dE_dX for one in alone]) / 5, atol=1e-13)
    np.testing.assert_allclose(net.predict(X)[3:], net.predict(X[3:]), atol=1e-14)


@settings(deadline=None)
@given(st.integers(0, 10**6))
def test_linear_layers_collapse_into_one(seed):
    deep, one = Network([3, 4, 5, 2], "linear", "linear", seed=seed), Network([3, 2], output="identity")
    for b in deep.biases:
        b += 0.5
    one.weights[0] = deep.weights[0] @ deep.weights[1] @ deep.weights[2]
    one.biases[0] = (deep.biases[0] @ deep.weights[1] + deep.biases[1]) @ deep.weights[2] + deep.biases[2]
    X = np.random.default_rng(seed).normal(0, 3, (6, 3))
    np.testing.assert_allclose(deep.predict(X), one.predict(X), atol=1e-12)


@settings(deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(HIDDEN), st.permutations(range(4)))
def test_hidden_units_may_change_places(seed, activation, order):
    net, other = (Network([2, 4, 2], activation, seed=seed) for __ in range(2))
    other.weights[0], other.biases[0] = net.weights[0][:, order], net.biases[0][order]
    other.weights[1] = net.weights[1][order]
    X = np.random.default_rng(seed).normal(0, 2, (5, 2))
    np.testing.assert_allclose(net.predict(X), other.predict(X), atol=1e-14)


def test_nothing_passes_back_through_a_step():
    net = Network([2, 3, 1], activation="step", output="sigmoid")
    gradients = net.backward(net.forward([[1, 2]]), [[1]])
    assert not gradients.weights[0].any() and gradients.biases[1].any()
    assert net.loss(net.forward([[1, 2]]), [[1]]) > 0


def test_weights_and_biases_are_views_into_the_parameters():
    net = Network([2, 3, 1], seed=0)
    assert [W.shape for W in net.weights] == [(2, 3), (3, 1)] and [b.shape for b in net.biases] == [(3,), (1,)]
    net.parameters = np.arange(13)
    assert net.weights[0].tolist() == [[0, 1, 2], [3, 4, 5]] and net.biases[0].tolist() == [6, 7, 8]
    assert net.weights[1].tolist() == [[9], [10], [11]] and net.biases[1].tolist() == [12]
    net.weights[0][1, 2] = 50
    net.biases[1] += 1
    net.weights[1] = [[7], [7], [7]]
    assert net.parameters.tolist() == [0, 1, 2, 3, 4, 50, 6, 7, 8, 7, 7, 7, 13]
    gradients = net.backward(net.forward([[1, 2]]), [[1]])
    gradients.flat[:] = np.arange(13)
    assert gradients.weights[1].tolist() == [[9], [10], [11]] and gradients.biases[0].tolist() == [6, 7, 8]


COPIES = [Network.copy, copy.copy, copy.deepcopy, lambda net: pickle.loads(pickle.dumps(net))]


@pytest.mark.parametrize("duplicate", COPIES)
def test_a_copy_has_views_of_its_own(duplicate):
    net = Network([2, 3, 1], "tanh", seed=3)
    net.parameters += 0.1
    other = duplicate(net)
    assert other == net and repr(other) == repr(net)
    other.parameters[:] = 0
    assert not other.weights[0].any() and net.weights[0].all() and other != net


@pytest.mark.parametrize("duplicate", COPIES[1:])
def test_what_is_frozen_computes_and_stays_as_it_is(duplicate):
    net = Network([2, 3, 1], seed=3)
    frozen = duplicate(net.frozen())
    net.parameters += 1
    assert (frozen.predict([[1, 2]]) == Network([2, 3, 1], seed=3).predict([[1, 2]])).all()
    for change in (
        lambda: setattr(frozen, "parameters", np.zeros(13)),
        lambda: frozen.weights.__setitem__(0, np.zeros((2, 3))),
        lambda: frozen.biases[0].fill(0),
        lambda: frozen.parameters.setflags(write=True),
    ):
        with pytest.raises(ValueError, match="read-only|WRITEABLE"):
            change()
    free = frozen.copy()
    free.weights[0][0, 0] = 9
    assert free != frozen == Network([2, 3, 1], seed=3)


def test_networks_that_are_equal():
    net = Network([2, 3, 2], "tanh", "softmax", seed=5)
    again = Network([2, 3, 2], "tanh", "softmax", parameters=net.parameters)
    assert again == net and again.parameters is not net.parameters
    assert Network([2, 3, 2], "relu", "softmax", parameters=net.parameters) != net
    assert Network([2, 3, 2], "tanh", "sigmoid", parameters=net.parameters) != net
    again.biases[1][0] += 1
    assert again != net and net != "net"


def test_each_hidden_layer_may_have_an_activation_of_its_own():
    net = Network([2, 3, 2, 1], ["tanh", "relu"], seed=5)
    trace = net.forward([[1, -2], [3, 4]])
    assert (trace.a[0] == np.tanh(trace.z[0])).all() and (trace.a[1] == np.maximum(trace.z[1], 0)).all()
    assert net.activation == ("tanh", "relu") and net != Network([2, 3, 2, 1], ["relu", "tanh"], seed=5)
    assert net == Network([2, 3, 2, 1], np.array(["tanh", "relu"]).tolist(), seed=5)
    assert Network([2, 3, 2, 1], ["tanh", "tanh"]).activation == "tanh"
    T = [[0], [1]]
    expected = net.backward(trace, T, "squared_error").flat
    sizes, activation, *__ = net.architecture
    errors = by_nudging(
        lambda p: ((Network(sizes, activation, parameters=p).predict(trace.X) - T) ** 2).mean(), net.parameters
    )
    np.testing.assert_allclose(errors, expected, atol=1e-9)


def test_a_kept_trace_never_changes():
    net = Network([2, 3, 1], seed=0)
    X = np.array([[1.0, 2.0]])
    trace = net.forward(X)
    kept, gradients = copy.deepcopy((trace.z, trace.a, trace.X)), net.backward(trace, [[1]]).flat
    first = gradients.copy()
    net.backward(trace, [[0]])
    assert (gradients == first).all()
    X[:] = 9
    net.parameters[:] = 5
    net.backward(net.forward(X), [[0]])
    for own, before in zip(trace.z + trace.a + (trace.X,), kept[0] + kept[1] + (kept[2],), strict=True):
        assert (own == before).all()
    assert (net.backward(trace, [[1]]).flat == gradients).all()


def test_start_weights():
    def weights(init, seed=0):
        return Network([400, 100], init=init, seed=seed).weights[0]

    assert (weights("glorot") == weights("glorot")).all() and (weights("glorot") != weights("glorot", seed=1)).all()
    assert 0.99 * np.sqrt(6 / 500) < abs(weights("glorot")).max() <= np.sqrt(6 / 500)
    assert weights("he").std() == pytest.approx(np.sqrt(2 / 400), rel=0.02)
    assert weights("uniform").min() >= 0 and weights("uniform").max() <= 1
    assert weights("uniform").mean() == pytest.approx(0.5, rel=0.02)
    assert weights(0.3).std() == pytest.approx(0.3, rel=0.02)
    assert not weights(0).any()
    assert not any(b.any() for init in ("glorot", "he", "uniform", 2) for b in Network([2, 3, 1], init=init).biases)


def test_classes():
    net = Network([1, 1], output="identity", init=0)
    net.weights[0] = [[1]]
    assert net.classify([[0.4], [0.5], [0.6]]).tolist() == [0, 0, 1]
    net = Network([2, 2], output="softmax")
    net.weights[0] = np.eye(2)
    assert net.classify([[1, 2], [3, 0]]).tolist() == [1, 0]


def test_sums_of_1000_are_no_trouble():
    X, T = np.array([[1.0, 1.0], [-1.0, -1.0]]), np.eye(2)
    for output, loss in [("softmax", "cross_entropy"), ("sigmoid", "binary_cross_entropy")]:
        net = Network([2, 2], output=output)
        net.weights[0] = [[500, -500], [500, -500]]
        for targets, error in ((T, 0), (1 - T, 2000)):
            trace = net.forward(X)
            assert net.loss(trace, targets, loss) == error
            assert np.isfinite(net.backward(trace, targets, loss).flat).all()
        assert net.loss(trace, T, loss) == {"softmax": cross_entropy, "sigmoid": binary_cross_entropy}[output](
            trace.z[0], T
        )


def test_the_loss_is_that_of_the_losses():
    net = Network([2, 3, 2], seed=2)
    trace = net.forward([[1, 2], [3, 4]])
    assert net.loss(trace, np.eye(2)) == pytest.approx(squared_error(trace.output, np.eye(2)), rel=1e-15)
    assert net.loss(trace, np.eye(2), squared_error) == net.loss(trace, np.eye(2))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sizes": [2]}, r"sizes should be how many inputs, .* such as \[2, 3, 1\]; not \[2\]"),
        ({"sizes": 5}, "sizes should be how many inputs"),
        ({"sizes": np.array(5)}, "sizes should be how many inputs"),
        ({"sizes": np.ones((2, 2))}, r"sizes\[0\] should be a whole number, not \[1"),
        ({"sizes": None}, "sizes should be how many inputs"),
        ({"sizes": "2-3-1"}, "sizes should be how many inputs"),
        ({"sizes": [2, 0, 1]}, r"sizes\[1\] should be a whole number of at least 1, not 0"),
        ({"sizes": [2, 3.5, 1]}, r"sizes\[1\] should be a whole number, not 3\.5"),
        ({"sizes": [2, "3", 1]}, r"sizes\[1\] should be a whole number, not '3'"),
        ({"sizes": [2, True, 1]}, r"sizes\[1\] should be a whole number, not True"),
        ({"activation": "sigmod"}, "activation should be one of step, .* not 'sigmod'. Did you mean sigmoid"),
        ({"activation": None}, "activation should be one of .* not None"),
        ({"activation": ["tanh", "relu"]}, "a list of 1, one for each hidden layer; not \\['tanh', 'relu'"),
        ({"activation": ["rleu"]}, r"activation\[0\] should be one of .* Did you mean relu"),
        ({"output": "softmx"}, "output should be one of .* Did you mean softmax"),
        (
            {"sizes": [10**12, 1]},
            r"sizes \[1000000000000, 1\] make 1,000,000,000,001 parameters; a network has at most",
        ),
        ({"output": "softmax"}, "softmax over a single unit is always 1"),
        ({"sizes": [2, 1, 2], "activation": "softmax"}, "softmax over a single unit"),
        ({"init": "glorott"}, "init should be one of glorot, he, uniform, not 'glorott'. Did you mean glorot"),
        ({"init": -1}, "init should be at least 0, not -1"),
        ({"init": np.inf}, "init should be a finite number"),
        ({"init": None}, "init should be"),
        ({"seed": -1}, "seed should be a whole number of at least 0"),
        ({"seed": None}, "seed should be a whole number, not None"),
        ({"seed": 1.5}, "seed should be a whole number"),
    ],
)
def test_networks_that_cannot_be(change, words):
    with pytest.raises(ValueError, match=words):
        Network(**{"sizes": [2, 3, 1], **change})


def test_a_network_does_not_start_from_parameters_that_do_not_fit():
    with pytest.raises(ValueError, match=r"parameters should have shape \(17,\); it has shape \(16,\)"):
        Network([2, 3, 2], parameters=np.zeros(16))


@pytest.mark.parametrize("bad", BAD_X, ids=repr)
def test_samples_that_do_not_fit(bad):
    net = Network([2, 3, 1])
    before = net.parameters.copy()
    for call in (net.forward, net.predict, net.classify):
        with pytest.raises(ValueError, match="^X "):
            call(bad)
    assert (net.parameters == before).all()


def test_what_is_said_about_samples():
    with pytest.raises(ValueError, match=r"X should have 2 columns, one for each input; it has shape \(1, 3\)"):
        Network([2, 1]).predict([[1, 2, 3]])
    with pytest.raises(ValueError, match=r"Perhaps you mean X\[None, :\]"):
        Network([2, 1]).predict(np.array([1, 2]))
    with pytest.raises(ValueError, match=r"Perhaps you mean \[X\]"):
        Network([2, 1]).predict([1, 2])
    with pytest.raises(ValueError, match=r"Perhaps you mean X\[:, None\]"):
        Network([1, 1]).predict(np.array([1, 2]))


@pytest.mark.parametrize(
    ("T", "words"),
    [
        (
            np.array([1, 0]),
            r"T should have a column for each output, shape \(n, 1\).* shape \(2,\). Perhaps you mean T\[:, None\]",
        ),
        ([[1, 0], [0, 1]], r"shape \(n, 1\); it has shape \(2, 2\)"),
        ([[1]], "trace has 2 rows and T has 1"),
        ([[1], [np.nan]], r"T should be finite numbers; at index \(1, 0\)"),
        ([["a"], ["b"]], "T should be numbers"),
        ([], "T is empty"),
        (None, "T should be numbers, not None"),
    ],
)
def test_targets_that_do_not_fit(T, words):
    net = Network([2, 3, 1])
    trace = net.forward([[1, 2], [3, 4]])
    for call in (net.backward, net.loss):
        with pytest.raises(ValueError, match=words):
            call(trace, T)


def test_what_else_backward_refuses():
    net = Network([2, 3, 1])
    trace = net.forward([[1, 2]])
    for bad in (None, [[0.5]], trace.output):
        with pytest.raises(ValueError, match="trace should be what forward returned"):
            net.backward(bad, [[1]])
    for other in (Network([2, 4, 1]), Network([2, 3, 1], "tanh")):
        with pytest.raises(ValueError, match="trace was made by a network of other layers"):
            other.backward(trace, [[1]])
    with pytest.raises(ValueError, match='loss="cross_entropy" goes with output="softmax"'):
        net.backward(trace, [[1]], loss="cross_entropy")
    with pytest.raises(ValueError, match="Did you mean squared_error"):
        net.backward(trace, [[1]], loss="squared")
    with pytest.raises(ValueError, match="from 0 to 1; there is 3"):
        net.backward(trace, [[3]], loss="binary_cross_entropy")


def test_numbers_that_are_refused_change_nothing():
    net = Network([2, 3, 1])
    before = net.parameters.copy()
    with pytest.raises(ValueError, match=r"parameters should have shape \(13,\); it has shape \(2,\)"):
        net.parameters = [1, 2]
    with pytest.raises(ValueError, match="parameters should be finite"):
        net.parameters = [np.nan] * 13
    with pytest.raises(ValueError, match=r"weights\[0\] should have shape \(2, 3\); it has shape \(3, 2\)"):
        net.weights[0] = np.ones((3, 2))
    with pytest.raises(ValueError, match=r"biases\[1\] should be numbers, not 'big'"):
        net.biases[1] = "big"
    with pytest.raises(ValueError, match="layer should be a whole number from -2 to 1, not 5"):
        net.weights[5] = np.ones((2, 3))
    for name in ("weights", "biases", "activation", "activations", "output", "sizes", "seed"):
        with pytest.raises(AttributeError, match=f"{name} of a network stays as it was made"):
            setattr(net, name, None)
    with pytest.raises(AttributeError, match="Network has no wieghts to set; .* Did you mean weights?"):
        net.wieghts = 3
    assert (net.parameters == before).all()


def test_what_is_no_finite_number_does_not_come_out():
    net = Network([2, 1], output="identity")
    net.weights[0] = [[1e100], [-1e100]]
    with pytest.raises(ValueError, match="The error is no finite number"):
        net.loss(net.forward([[1e100, 0]]), [[0]])
    for x in ([1e300, 0], [1e300, 1e300]):  # to infinity, and to infinity minus infinity
        with pytest.raises(ValueError, match="The weighted sums are no finite numbers: X or the parameters are too"):
            net.predict([x])
    for x in ([1e150, 1e150], [0, 0]):  # too large for the weights, and for dE/dX alone
        with pytest.raises(ValueError, match="The slopes are no finite numbers"):
            net.backward(net.forward([x]), [[-1e250]])
    net.weights[0][0] = np.nan
    with pytest.raises(ValueError, match="parameters should be finite numbers; at index"):
        net.predict([[1, 2]])


@pytest.mark.parametrize("output", ["identity", "softmax", "sigmoid"])
@pytest.mark.parametrize("of", ["sums", "outputs"])
def test_how_outputs_answer_to_inputs_against_nudging(output, of):
    direction, X = np.array([1, -2.5]), np.random.default_rng(0).normal(size=(3, 4))
    for skips in (0, 0.5):
        net = Network([4, 5, 5, 2], activation="tanh", output=output, seed=1, init=0.5, skips=skips)

        def asked(X, net=net):
            trace = net.forward(X)
            return ((trace.z[-1] if of == "sums" else trace.output) @ direction).sum()

        np.testing.assert_allclose(net.slopes(net.forward(X), direction, of), by_nudging(asked, X), atol=1e-7)


def test_slopes_of_outputs_refuse_what_makes_no_sense():
    net = Network([2, 3, 2])
    trace = net.forward([[1, 2]])
    for arguments, words in (
        ((trace, [1]), "direction should have 2 numbers, one for each output; it has 1"),
        ((trace, [1, 0], "errors"), "of should be one of"),
        ((trace.output, [1, 0]), "trace should be what forward returned"),
        ((Network([2, 4, 2]).forward([[1, 2]]), [1, 0]), "trace was made by a network of other layers"),
    ):
        with pytest.raises(ValueError, match=words):
            net.slopes(*arguments)
