"""Symptoms: what can be read off a network that does not learn, each by a rule that is stated here, and what to try."""

from typing import NamedTuple

import numpy as np

from annkit.translation import _

DEAD = 0.5
"""The share of a layer's units that are dead: one or the other is in nearly every network of ReLUs."""
SATURATED, MOST = 0.99, 0.75
"""A tanh unit stands at an end of its curve where |a| is beyond the first number, a sigmoid unit where |2a − 1| is.
That is too much where more than the last share of all answers to all samples do."""
VANISHING = 1e-3
"""The slopes of the first layer's sums are so small beside the last layer's."""
LEVEL, PATIENCE, GOOD = 0.005, 100, 0.1
"""On a plateau the error fell by less than the first share in so many epochs, and is still more than the last share of
what it is when the answer is always the mean."""
WORSE, BEGINNING = 1.2, 10
"""Overfitting: the validation error is so many times what it was at its least, so many epochs ago or more."""


class Symptom(NamedTuple):
    """What was found: its name, in words what is seen, and what to try."""

    name: str
    words: str
    advice: str


def symptoms(trainer, errors=(), validation_errors=()):
    """What is wrong with a network that learns, as far as it shows.

    Parameters
    ----------
    trainer : Trainer
        It is read, not changed.
    errors, validation_errors : sequence of float
        The errors after each epoch so far, such as a `Recording` has.

    Returns
    -------
    list of Symptom
        "diverged", "dead", "saturated", "vanishing", "twins", "plateau", "overfitting", in this order; empty where
        nothing is found.

    References
    ----------
    X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS (2010);
    L. Lu and others, "Dying ReLU and initialization", Communications in Computational Physics 28 (2020).
    """
    trace = trainer.net.forward(trainer.X)
    found = [
        _diverged(trainer), _dead(trainer.net, trace), _saturated(trainer.net, trace), _vanishing(trainer, trace),
        _twins(trainer.net), _plateau(trainer, errors), _overfitting(errors, validation_errors),
    ]  # fmt: skip
    return [symptom for symptom in found if symptom]


def dead_units(net, trace):
    """For each hidden layer, which units are ReLUs that answer 0 to every sample: booleans, shape (units,)."""
    return [
        (a == 0).all(axis=0) if f.name == "relu" else np.zeros(a.shape[1], bool)
        for f, a in zip(net.activations[:-1], trace.a[:-1], strict=True)
    ]


def saturation(net, trace):
    """For each hidden unit, the share of the samples for which it stands at an end of its curve: layers of (units,)."""
    centred = {"tanh": lambda a: a, "sigmoid": lambda a: 2 * a - 1}
    return [
        (abs(centred[f.name](a)) > SATURATED).mean(axis=0) if f.name in centred else np.zeros(a.shape[1])
        for f, a in zip(net.activations[:-1], trace.a[:-1], strict=True)
    ]


def _diverged(trainer):
    if trainer.stopped:
        return Symptom("diverged", trainer.stopped, _("Take a smaller learning rate."))
    return None


def _dead(net, trace):
    shares = [dead.mean() for dead in dead_units(net, trace)]
    if not shares or max(shares) < DEAD:
        return None
    layer = int(np.argmax(shares))
    words = _("{dead} of the {units} ReLUs in hidden layer {layer} answer 0 to every sample: nothing passes back.")
    units = net.sizes[layer + 1]
    words = words.format(dead=round(shares[layer] * units), units=units, layer=layer + 1)
    return Symptom("dead", words, _("Begin anew with a smaller learning rate, or take tanh."))


def _saturated(net, trace):
    layers = saturation(net, trace)
    if not layers or (share := np.concatenate(layers).mean()) <= MOST:
        return None
    words = _(
        "{share} % of the hidden units' answers stand at an end of their curve, where it is flat: they hardly learn."
    )
    words = words.format(share=round(100 * share))
    return Symptom("saturated", words, _("Begin anew with smaller start weights, or scale the inputs."))


def _vanishing(trainer, trace):
    net = trainer.net
    if len(net.sizes) < 4:
        return None
    slopes = net.backward(trace, trainer.T, trainer.loss.name).dE_dz
    first, last = (float(np.abs(each).mean()) for each in (slopes[0], slopes[-1]))
    if not 0 < first < VANISHING * last:
        return None
    words = _("The slopes at the first layer are a {times:,.0f}th of those at the last: it hardly learns.")
    if last / first > 1e6:
        words = _("The slopes at the first layer are less than a millionth of those at the last: it hardly learns.")
    return Symptom("vanishing", words.format(times=last / first), _("Take fewer layers, or tanh or ReLU."))


def _twins(net):
    for layer, (W, b) in enumerate(zip(net.weights[:-1], net.biases[:-1], strict=True), start=1):
        columns = np.vstack([W, b])
        if columns.shape[1] > 1 and np.ptp(columns, axis=1).max() < 1e-6:
            words = _("All units of hidden layer {layer} have the same weights: they learn the same and stay one.")
            return Symptom("twins", words.format(layer=layer), _("Begin anew with weights drawn at random."))
    return None


def _plateau(trainer, errors):
    if len(errors) <= PATIENCE:
        return None
    before, now = errors[-1 - PATIENCE], errors[-1]
    idle = _error_of_the_mean(trainer.loss, trainer.T)
    if before - now > LEVEL * before or now <= GOOD * idle:
        return None
    words = _("The error has hardly changed for {epochs} epochs, and is still {error:.3g}.")
    advice = _("Try another learning rate or another start; or more units, if these can't do it.")
    return Symptom("plateau", words.format(epochs=PATIENCE, error=now), advice)


def _error_of_the_mean(loss, T):
    """E of a network that gives every sample the mean of all targets."""
    mean = np.clip(T.mean(axis=0), 1e-12, 1 - 1e-12) if loss.output else T.mean(axis=0)
    if loss.output:
        mean = np.log(mean) - (np.log1p(-mean) if loss.output.name == "sigmoid" else 0)
    return loss(np.broadcast_to(mean, T.shape), T)


def _overfitting(errors, validation_errors):
    if not len(validation_errors) or np.isnan(validation_errors[-1]):
        return None
    best = int(np.nanargmin(validation_errors))
    now = len(errors) - 1
    grown = validation_errors[now] > WORSE * validation_errors[best] and errors[now] < errors[best]
    if now - best < BEGINNING or not grown:
        return None
    words = _("On new data the error was least after epoch {epoch}; since then only the learned samples get better.")
    return Symptom("overfitting", words.format(epoch=best), _("Go back to that epoch; or more data, L2, fewer units."))
