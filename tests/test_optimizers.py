"""Optimizers: each against its published formula, number by number, and against PyTorch's."""

import itertools
import math

import numpy as np
import pytest
from networks import stopped

from annkit import SGD, Adam, RMSProp
from annkit.optimizers import OPTIMIZERS, optimizer_called

STEPS, NUMBERS = 30, 4
MADE = [
    SGD(),
    SGD(0.5),
    SGD(0.1, momentum=0.9),
    SGD(0.01, momentum=0.5),
    RMSProp(),
    RMSProp(0.1, decay=0.5, epsilon=1e-3),
    RMSProp(0.1, decay=0),
    Adam(),
    Adam(0.1, decay_1=0.5, decay_2=0.75, epsilon=1e-3),
    Adam(0.01, decay_1=0, decay_2=0.9),
]


def slopes(seed=0):
    """Gradients of all sizes, one row a step; that of the first number is always 0."""
    random = np.random.default_rng(seed)
    gradients = random.normal(0, 1, (STEPS, NUMBERS)) * 10.0 ** random.integers(-3, 3, (STEPS, NUMBERS))
    gradients[:, 0] = 0
    return gradients


def sgd(o, w, g, t, past):
    """v ← μ v + g, w ← w − α v"""
    past["v"] = o.momentum * past.get("v", 0) + g
    return w - o.learning_rate * past["v"]


def rmsprop(o, w, g, t, past):
    """s ← ρ s + (1 − ρ) g², w ← w − α g / (√s + ε)"""
    past["s"] = o.decay * past.get("s", 0) + (1 - o.decay) * g**2
    return w - o.learning_rate * g / (math.sqrt(past["s"]) + o.epsilon)


def adam(o, w, g, t, past):
    """Algorithm 1 of D. Kingma, J. Ba (2015), line by line."""
    past["m"] = o.decay_1 * past.get("m", 0) + (1 - o.decay_1) * g
    past["v"] = o.decay_2 * past.get("v", 0) + (1 - o.decay_2) * g**2
    m_hat = past["m"] / (1 - o.decay_1**t)
    v_hat = past["v"] / (1 - o.decay_2**t)
    return w - o.learning_rate * m_hat / (math.sqrt(v_hat) + o.epsilon)


FORMULAS = {SGD: sgd, RMSProp: rmsprop, Adam: adam}


def by_hand(optimizer, parameters, changes=None):
    """Where each step leads, one number after the other; `changes` are settings for single steps and those after."""
    optimizer, formula = optimizer.copy(), FORMULAS[type(optimizer)]
    w, past = list(parameters), [{} for __ in parameters]
    for t, row in enumerate(slopes().tolist(), start=1):
        for name, value in (changes or {}).get(t, {}).items():
            setattr(optimizer, name, value)
        w = [formula(optimizer, *numbers, t, own) for *numbers, own in zip(w, row, past, strict=True)]
        yield w


@pytest.mark.parametrize("optimizer", MADE, ids=repr)
def test_every_step_against_the_formula(optimizer):
    optimizer, w = optimizer.copy(), np.linspace(-1, 2, NUMBERS)
    for row, expected in zip(slopes(), by_hand(optimizer, w), strict=True):
        w = optimizer.step(w, row)
        np.testing.assert_allclose(w, expected, rtol=1e-12, atol=1e-12)
    assert optimizer.steps == STEPS


@pytest.mark.parametrize("optimizer", MADE, ids=repr)
def test_settings_may_change_between_steps(optimizer):
    optimizer, w = optimizer.copy(), np.linspace(-1, 2, NUMBERS)
    changes = {5: {"learning_rate": 0.05}, 15: {"learning_rate": 0}, 20: {"learning_rate": 0.02}}
    for name in set(optimizer.settings) & {"momentum", "decay", "decay_1", "decay_2"}:
        for t, value in ((8, 0.8), (12, 0), (17, 0.3)):
            changes[t] = {**changes.get(t, {}), name: value}
    for t, expected in enumerate(by_hand(optimizer, w, changes), start=1):
        for name, value in changes.get(t, {}).items():
            setattr(optimizer, name, value)
        w = optimizer.step(w, slopes()[t - 1])
        np.testing.assert_allclose(w, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("optimizer", MADE, ids=repr)
def test_every_step_against_pytorch(optimizer):
    torch = pytest.importorskip("torch")
    optimizer, w = optimizer.copy(), np.linspace(-1, 2, NUMBERS)
    parameter = torch.nn.Parameter(torch.tensor(w))
    if isinstance(optimizer, SGD):
        other = torch.optim.SGD([parameter], lr=optimizer.learning_rate, momentum=optimizer.momentum)
    elif isinstance(optimizer, RMSProp):
        options = {"alpha": optimizer.decay, "eps": optimizer.epsilon}
        other = torch.optim.RMSprop([parameter], lr=optimizer.learning_rate, **options)
    else:
        options = {"betas": (optimizer.decay_1, optimizer.decay_2), "eps": optimizer.epsilon}
        other = torch.optim.Adam([parameter], lr=optimizer.learning_rate, **options)
    for row in slopes():
        w = optimizer.step(w, row)
        parameter.grad = torch.tensor(row)
        other.step()
        np.testing.assert_allclose(w, parameter.detach().numpy(), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("optimizer", MADE, ids=repr)
def test_a_copy_goes_on_by_itself_and_one_that_forgot_begins_anew(optimizer):
    optimizer, w = optimizer.copy(), np.ones(NUMBERS)
    start = [optimizer.step(w, row) for row in slopes()[:5]]
    other = optimizer.copy()
    ahead = [optimizer.step(w, row) for row in slopes()[5:10]]
    assert other.steps == 5 and other == optimizer
    assert all((other.step(w, row) == expected).all() for row, expected in zip(slopes()[5:10], ahead, strict=True))
    other.forget()
    assert other.steps == 0 and not other.moments and optimizer.moments
    assert all((other.step(w, row) == expected).all() for row, expected in zip(slopes()[:5], start, strict=True))
    other.learning_rate = 9
    assert other != optimizer


@pytest.mark.parametrize("optimizer", MADE, ids=repr)
def test_a_step_changes_nothing_that_it_is_given(optimizer):
    optimizer, w, g = optimizer.copy(), np.ones((2, 2)), np.ones((2, 2))
    new = optimizer.step(w, g)
    kept = new.copy()
    optimizer.step(new, g)
    assert (w == 1).all() and (g == 1).all() and (new == kept).all()


@pytest.mark.parametrize("optimizer", MADE, ids=repr)
def test_a_step_that_is_stopped_leaves_no_moment_for_a_jump(optimizer):
    """As an m without its v would, divided by ε alone."""
    for line in itertools.count():
        own, w = optimizer.copy(), np.ones(1)
        if not stopped(line, lambda own=own, w=w: own.step_into(np.empty(1), w, np.ones(1))):
            break
        assert abs(own.step(w, [0]) - w)[0] <= own.learning_rate
    assert line > 3


def test_without_an_epsilon_a_gradient_of_0_is_no_step():
    for optimizer in (RMSProp(epsilon=0), Adam(epsilon=0)):
        assert optimizer.step([1, 2], [0, 0]).tolist() == [1, 2]


@pytest.mark.parametrize("optimizer", MADE, ids=repr)
def test_it_is_shown_as_the_code_that_makes_it(optimizer):
    assert eval(repr(optimizer)) == optimizer != "optimizer"


def test_names_are_short_for_usual_settings():
    assert [optimizer_called(name) for name in OPTIMIZERS] == [SGD(0.1), SGD(0.1, 0.9), RMSProp(0.01), Adam(0.001)]
    own = Adam(0.5)
    assert optimizer_called(own) == own and optimizer_called(own) is not own
    for bad in ("sdg", None, Adam, 5):
        with pytest.raises(ValueError, match="optimizer should be one of sgd, momentum, rmsprop, adam, not"):
            optimizer_called(bad)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("learning_rate", -0.1, r"learning_rate should be at least 0, not -0\.1"),
        ("learning_rate", np.nan, "learning_rate should be a finite number"),
        ("learning_rate", "fast", "learning_rate should be one number, not 'fast'"),
        ("learning_rate", None, "learning_rate should be one number, not None"),
        ("epsilon", -1, "epsilon should be at least 0"),
        ("momentum", 1, "momentum should be less than 1, not 1"),
        ("momentum", -0.5, "momentum should be at least 0"),
        ("decay", 1.5, "decay should be less than 1"),
        ("decay_1", 1, "decay_1 should be less than 1"),
        ("decay_2", "0.9", "decay_2 should be one number"),
    ],
)
def test_settings_that_cannot_be(name, value, words):
    for kind in [kind for kind in (SGD, RMSProp, Adam) if name in kind.settings]:
        optimizer = kind()
        with pytest.raises(ValueError, match=words):
            kind(**{name: value})
        with pytest.raises(ValueError, match=words):
            setattr(optimizer, name, value)
        assert optimizer == kind()


def test_what_is_no_setting_cannot_be_set():
    for name in ("leraning_rate", "decay", "steps", "moments"):
        with pytest.raises(AttributeError, match=f"SGD has no {name} to set; it has learning_rate, momentum"):
            setattr(SGD(), name, 0.5)


@pytest.mark.parametrize(
    ("parameters", "gradients", "words"),
    [
        ([1, 2], [1], r"should have the shape \(2,\); they have \(2,\) and \(1,\)"),
        ([1], [1], r"should have the shape \(2,\); they have \(1,\) and \(1,\)"),
        ([1, np.nan], [1, 1], "parameters should be finite"),
        ([1, 2], None, "gradients should be numbers"),
    ],
)
def test_steps_that_cannot_be(parameters, gradients, words):
    optimizer = Adam()
    optimizer.step([1, 2], [1, 1])
    with pytest.raises(ValueError, match=words):
        optimizer.step(parameters, gradients)
    assert optimizer.steps == 1
