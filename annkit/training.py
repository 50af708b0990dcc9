"""Training: forward, error, back, a step against the slope; batch after batch, epoch after epoch."""

import math
import warnings
from typing import NamedTuple

import numpy as np

from annkit import inputs
from annkit.activations import overflow_allowed, step
from annkit.losses import fitting
from annkit.network import Network, Pass, with_ones
from annkit.optimizers import OPTIMIZERS
from annkit.translation import _


class Epoch(NamedTuple):
    """How things stand after an epoch."""

    epoch: int
    """How many times the training has gone through all the data."""
    loss: float
    """The error on all the data, with the weights as they are now."""
    validation_loss: float | None
    """The error on the validation data; None if there is none."""
    stopped: str | None
    """Why the training stopped in this epoch, in words; the losses are then from before it. None while all is well."""


class History:
    """What a training remembers: made by `train`.

    Attributes
    ----------
    losses : list of float
        The error on all the data: ``losses[e]`` after e epochs, so that ``losses[0]`` is the error before any learning
        and ``losses[-1]`` that of the network as it is.
    validation_losses : list of float
        The same for the validation data; empty if there is none.
    stopped : str or None
        Why the training stopped before its end, in words.
    """

    def __init__(self, start):
        self.losses, self.validation_losses, self.stopped = [], [], None
        self._add(start)

    def _add(self, now):
        if now.stopped:
            self.stopped = now.stopped
            return
        self.losses.append(now.loss)
        if now.validation_loss is not None:
            self.validation_losses.append(now.validation_loss)

    def __len__(self):
        """How many epochs were completed."""
        return len(self.losses) - 1

    def __repr__(self):
        words = _("History of {epochs} epochs: loss from {first:.4g} to {last:.4g}.")
        words = words.format(epochs=len(self), first=self.losses[0], last=self.losses[-1])
        return f"{words} {self.stopped}" if self.stopped else words


def train(
    net,
    X,
    T,
    loss="squared_error",
    learning_rate=0.1,
    epochs=100,
    batch_size=None,
    optimizer="sgd",
    validation=None,
    seed=0,
):
    """Change a network's parameters, a little for each batch, so that its error becomes smaller.

    Parameters
    ----------
    net : Network
        It is changed in place.
    X : array_like, shape (n, inputs)
        The samples, a row each.
    T : array_like, shape (n, outputs)
        Their targets.
    loss : {"squared_error", "cross_entropy", "binary_cross_entropy"}
        What to make small; see `annkit.losses`.
    learning_rate : float
        How far to go against the slope; at least 0.
    epochs : int
        How often to go through all the data; at least 1.
    batch_size : int, optional
        How many samples to average the slope over before each change; all of them if left out. Before each epoch the
        samples are shuffled; the last batch has what is left over, and averages over these.
    optimizer : {"sgd"}
    validation : pair of array_like, optional
        Samples and targets that are not learned from, as ``(Xv, Tv)``; the error on them is recorded too.
    seed : int
        The samples are shuffled with it: the same seed, the same training.

    Returns
    -------
    History
        Its ``losses`` and ``validation_losses`` have one number more than there were epochs: the first is from before.

    Raises
    ------
    ValueError
        If an argument is none of these or does not fit the others; the network is then as it was.

    Warns
    -----
    RuntimeWarning
        If the error or a parameter is no longer a finite number: the training then stops, ``history.stopped`` says so,
        and the network keeps what it had after the last epoch in which all was finite.

    References
    ----------
    L. Bottou, F. Curtis, J. Nocedal, "Optimization methods for large-scale machine learning", SIAM Review 60 (2018).

    Examples
    --------
    >>> from annkit import Network, data, train
    >>> xor = data.logic("XOR")
    >>> net = Network([2, 3, 1], activation="tanh", seed=1)
    >>> history = train(net, xor.X, xor.T, learning_rate=1, epochs=1000)
    >>> history.losses[-1] < 0.01, net.classify(xor.X)
    (True, array([0, 1, 1, 0]))
    """
    start, steps = _prepared(net, X, T, loss, learning_rate, epochs, batch_size, optimizer, validation, seed)
    history = History(start)
    for now in steps:
        history._add(now)
    if history.stopped:
        warnings.warn(history.stopped, RuntimeWarning, stacklevel=2)
    return history


def training(
    net,
    X,
    T,
    loss="squared_error",
    learning_rate=0.1,
    epochs=100,
    batch_size=None,
    optimizer="sgd",
    validation=None,
    seed=0,
):
    """The same as `train`, one epoch at a time: arguments are checked at once, and each `next` learns for an epoch.

    Yields
    ------
    Epoch
        ``epoch`` (1, 2, …), ``loss``, ``validation_loss``, and ``stopped``: words, in place of a warning, if it
        diverged. Between epochs the network may be looked at, changed, or set back to parameters copied before.

    Examples
    --------
    >>> from annkit import Network, data, training
    >>> table = data.logic("OR")
    >>> for now in training(Network([2, 1], init=0), table.X, table.T, learning_rate=1, epochs=2):
    ...     print(now.epoch, round(now.loss, 3))
    1 0.208
    2 0.182
    """
    return _prepared(net, X, T, loss, learning_rate, epochs, batch_size, optimizer, validation, seed)[1]


def _prepared(net, X, T, loss, learning_rate, epochs, batch_size, optimizer, validation, seed):
    """How things stand before learning, as an `Epoch`, and the generator of those that follow."""
    if not isinstance(net, Network):
        raise ValueError(_("net should be a Network, not {value}.").format(value=inputs.shown(net)))
    if step in net.activations:
        message = _("step has slope 0 everywhere, so gradient descent learns nothing through it; take sigmoid instead.")
        raise ValueError(message)
    inputs.vector("parameters", net.parameters)
    function = fitting(loss, net.output)
    X, T = _samples(net, X, T, function, "X", "T")
    if validation is not None:
        if not isinstance(validation, (tuple, list)) or len(validation) != 2:
            message = _("validation should be a pair (X, T), not {value}.")
            raise ValueError(message.format(value=inputs.shown(validation)))
        validation = _samples(net, *validation, function, "validation[0]", "validation[1]")
    learning_rate = inputs.not_negative("learning_rate", learning_rate)
    epochs = inputs.whole("epochs", epochs, low=1)
    batch_size = len(X) if batch_size is None else min(inputs.whole("batch_size", batch_size, low=1), len(X))
    optimizer = OPTIMIZERS[inputs.choice("optimizer", optimizer, list(OPTIMIZERS))]
    random = np.random.default_rng(inputs.whole("seed", seed, low=0))
    gradients = np.zeros_like(net.parameters)
    optimizer = optimizer(net.parameters, gradients, learning_rate)

    def passing(n):
        """The arithmetic for n samples, on the network's own parameters."""
        return Pass(net.sizes, net.activations, net.parameters, gradients, n)

    error = _error(function, X, T, passing)
    validation_error = _error(function, *validation, passing) if validation else lambda: None
    with overflow_allowed():
        start = Epoch(0, error(), validation_error(), None)
    if not math.isfinite(start.loss):
        raise ValueError(_("The error of this network on X and T is no finite number; its parameters are too large."))
    learn = _learning(function, X, T, batch_size, random, passing, optimizer)
    return start, _epochs(start, epochs, learn, error, validation_error, net.parameters, learning_rate)


def _samples(net, X, T, loss, X_name, T_name):
    X = inputs.samples(X_name, X, net.sizes[0])
    T = inputs.targets(T_name, T, net.sizes[-1])
    inputs.same_rows(X_name, X, T_name, T)
    loss.check_targets(T_name, T)
    return X, T


def _error(loss, X, T, passing):
    """How to find the error on all of X and T."""
    whole, X, T = passing(len(X)), with_ones(X).T, T.T

    def error():
        """The error, with the parameters as they are."""
        whole.forward(X)
        return whole.loss(T, loss)

    return error


def _learning(loss, X, T, batch_size, random, passing, optimizer):
    """How to learn for one epoch. Each batch is a part of two arrays, into which the samples are shuffled."""
    X, n = with_ones(X), len(X)
    shuffled_X, shuffled_T = X.copy(), T.copy()
    passes = {}
    batches = []
    for start in range(0, n, batch_size):
        batch_X, batch_T = (array[start : start + batch_size].T for array in (shuffled_X, shuffled_T))
        size = batch_X.shape[1]
        passes[size] = passes.get(size) or passing(size)
        batches.append((passes[size].forward, passes[size].backward, batch_X, batch_T))
    update = optimizer.update

    def learn():
        """Go once through all batches, and change the parameters after each."""
        if batch_size < n:
            order = random.permutation(n)
            np.take(X, order, axis=0, out=shuffled_X, mode="clip")  # any other mode would copy once more
            np.take(T, order, axis=0, out=shuffled_T, mode="clip")
        for forward, backward, batch_X, batch_T in batches:
            forward(batch_X)
            backward(batch_X, batch_T, loss)
            update()

    return learn


def _epochs(last, epochs, learn, error, validation_error, parameters, learning_rate):
    """Learn for one epoch at every `next`; stop where numbers are no longer finite, with the parameters from before."""
    kept = np.empty_like(parameters)
    for epoch in range(1, epochs + 1):
        np.copyto(kept, parameters)
        with overflow_allowed():
            learn()
            now = Epoch(epoch, error(), validation_error(), None)
        if not (math.isfinite(now.loss) and np.isfinite(parameters).all()):
            np.copyto(parameters, kept)
            message = _(
                "Learning diverged in epoch {epoch}: its numbers grew beyond all bounds. The weights from before that "
                "epoch are kept. A learning_rate smaller than {rate:g} may help."
            )
            yield last._replace(epoch=epoch, stopped=message.format(epoch=epoch, rate=learning_rate))
            return
        last = now
        yield now
