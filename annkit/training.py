"""Training: forward, error, back, a step against the slope; batch after batch, epoch after epoch."""

import math
import warnings
from typing import NamedTuple

import numpy as np

from annkit import inputs
from annkit.activations import overflow_allowed, step
from annkit.engine import Pass, threads, with_ones
from annkit.losses import loss_called
from annkit.network import Network
from annkit.optimizers import Optimizer, optimizer_called
from annkit.parameters import read_only, refuse_frozen, views
from annkit.translation import _


class State(NamedTuple):
    """All that a training goes on from: made by `Trainer.state`, and never changed."""

    architecture: tuple
    """The network's sizes, activation and output."""
    parameters: np.ndarray
    settings: dict
    optimizer: Optimizer
    random: dict
    order: np.ndarray | None
    """The samples as they were shuffled for the epoch that goes on."""
    at: int
    """How many of its samples were learned from."""
    epochs: int


class Setting:
    """A number of a `Trainer` that may change between batches. It is checked; then the batches are planned anew."""

    def __init__(self, check):
        self.check = check

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, trainer, owner):
        return self if trainer is None else trainer._settings[self.name]

    def __set__(self, trainer, value):
        trainer._set(**{self.name: self.check(self.name, value)})


def _size(name, value):
    return None if value is None else inputs.whole(name, value, low=1)


SETTABLE = ["learning_rate", "batch_size", "optimizer", "l1", "l2", "dropout", "loss", "validation"]


class Trainer:
    """A network, its data and an optimizer, learning batch by batch. Everything may be changed between two batches.

    Parameters
    ----------
    net : Network
        It is changed in place, and may be changed from outside between batches.
    X : array_like, shape (n, inputs)
        The samples, a row each.
    T : array_like, shape (n, outputs)
        Their targets.
    loss : {"squared_error", "cross_entropy", "binary_cross_entropy"}
        What to make small; see `annkit.losses`.
    learning_rate : float, optional
        How far to go against the slope, at least 0; what is usual for the optimizer if left out (0.1 for "sgd").
    batch_size : int, optional
        How many samples to average the slope over before each change; all of them if left out. Before each epoch the
        samples are shuffled; the last batch has what is left over, and averages over these.
    optimizer : {"sgd", "momentum", "rmsprop", "adam"} or Optimizer
        What to do with the gradients; see `annkit.optimizers`. The trainer takes a copy, without moments.
    l1, l2 : float
        What is made small is E + l1 · Σ |w| + l2 · Σ w², over all weights, but not over the biases. The errors that are
        told are E alone.
    dropout : float
        From 0 to less than 1: while it learns, each hidden unit is left out with this probability.
    validation : pair of array_like, optional
        Samples and targets that are not learned from, as ``(Xv, Tv)``.
    seed : int
        The samples are shuffled and units left out with it: the same seed, the same training.

    Attributes
    ----------
    learning_rate, batch_size, optimizer, l1, l2, dropout, loss, validation
        May be set between batches. A new optimizer brings its own learning rate. X and T are set by `data`.
    epochs : int
        How many times the training has gone through all the data.
    stopped : str or None
        Why the last batch or epoch was not done, in words; None while all is well.

    Raises
    ------
    ValueError
        If an argument is none of these or does not fit the others; everything is then as it was.

    Notes
    -----
    Ctrl-C may stop a training at any moment. The network then has the parameters from before or after one of the
    batches, all of them finite, and learning may go on from there. Only the moments may be those of half a batch: who
    wants to go on from one exact place keeps its `state`.

    References
    ----------
    L. Bottou, F. Curtis, J. Nocedal, "Optimization methods for large-scale machine learning", SIAM Review 60 (2018).

    Examples
    --------
    >>> from annkit import Network, Trainer, data
    >>> table = data.logic("OR")
    >>> trainer = Trainer(Network([2, 1], init=0), table.X, table.T, learning_rate=1)
    >>> before = trainer.state()
    >>> [round(trainer.epoch(), 3) for __ in range(2)]
    [0.208, 0.182]
    >>> trainer.restore(before)
    >>> round(trainer.epoch(), 3)
    0.208
    """

    batch_size, dropout = Setting(_size), Setting(inputs.share)
    l1, l2 = Setting(inputs.not_negative), Setting(inputs.not_negative)

    def __init__(self, net, X, T, loss="squared_error", learning_rate=None, batch_size=None, optimizer="sgd", l1=0.0,
                 l2=0.0, dropout=0.0, validation=None, seed=0):  # fmt: skip
        if not isinstance(net, Network):
            raise ValueError(_("net should be a Network, not {value}.").format(value=inputs.shown(net)))
        if step in net.activations:
            message = _("step has slope 0 everywhere, so gradient descent learns nothing through it; take sigmoid.")
            raise ValueError(message)
        refuse_frozen(net.parameters)
        inputs.vector("parameters", net.parameters)
        self._net, self._epochs, self._stopped = net, 0, None
        self._settings = {"loss": loss_called(loss, net.output), "validation": None}
        self._gradients, self._new = np.zeros_like(net.parameters), np.zeros_like(net.parameters)
        self._weights = np.zeros_like(net.parameters)  # 1 for a weight, 0 for a bias
        for weights in views(self._weights, net.sizes)[0]:
            weights[...] = 1
        self.data(X, T)
        self.batch_size, self.l1, self.l2, self.dropout = batch_size, l1, l2, dropout
        self.validation, self.optimizer = validation, optimizer
        if learning_rate is not None:
            self.learning_rate = learning_rate
        self._random = np.random.default_rng(inputs.whole("seed", seed, low=0))
        for data, error in {"X, T": self.error(), "validation": self.validation_error()}.items():
            if error is not None and not math.isfinite(error):
                message = _(
                    "The error of this network on {data} is no finite number; they or its parameters are too large."
                )
                raise ValueError(message.format(data=data))

    @property
    def net(self):
        """The network that learns."""
        return self._net

    @property
    def X(self):
        """The samples, shape (n, inputs), read-only."""
        return self._settings["X"]

    @property
    def T(self):
        """Their targets, shape (n, outputs), read-only."""
        return self._settings["T"]

    def data(self, X, T):
        """Learn from other samples and targets from now on, however many; they are checked. A new epoch begins."""
        X, T = self._samples(X, T, "X", "T")
        vars(self).update(_order=None, _at=0, _plan=None)
        self._set(X=X, T=T)

    @property
    def loss(self):
        """What is made small, a `Loss`."""
        return self._settings["loss"]

    @loss.setter
    def loss(self, loss):
        loss = loss_called(loss, self.net.output)
        loss.check_targets("T", self.T)
        if self.validation is not None:
            loss.check_targets("validation[1]", self.validation[1])
        self._set(loss=loss)

    @property
    def validation(self):
        """Samples and targets that are not learned from, as a pair; None if there are none."""
        return self._settings["validation"]

    @validation.setter
    def validation(self, validation):
        if validation is not None:
            if not isinstance(validation, (tuple, list)) or len(validation) != 2:
                message = _("validation should be a pair (X, T), not {value}.")
                raise ValueError(message.format(value=inputs.shown(validation)))
            validation = self._samples(*validation, "validation[0]", "validation[1]")
        self._set(validation=validation)

    @property
    def optimizer(self):
        """What is done with the gradients, an `Optimizer` of this trainer's own."""
        return self._optimizer

    @optimizer.setter
    def optimizer(self, optimizer):
        optimizer = optimizer_called(optimizer)
        optimizer.forget()
        self._optimizer = optimizer

    @property
    def learning_rate(self):
        """How far the optimizer goes."""
        return self._optimizer.learning_rate

    @learning_rate.setter
    def learning_rate(self, learning_rate):
        self._optimizer.learning_rate = learning_rate

    @property
    def epochs(self):
        """How many times the training has gone through all the data."""
        return self._epochs

    @property
    def at(self):
        """How many samples of the epoch that goes on were learned from; 0 between two epochs."""
        return self._at

    @property
    def stopped(self):
        """Why the last batch or epoch was not done, in words; None while all is well."""
        return self._stopped

    def batch(self):
        """Learn from the next batch; the first of an epoch shuffles the samples.

        Returns
        -------
        bool
            Whether it was done. If not, a number would have grown beyond all bounds: `stopped` says so, the network is
            as before, and the optimizer has forgotten its moments.
        """
        self._stopped = None
        self._begin()
        done = self._learn(1)
        if not done:
            self._stop(_("The batch was not learned from: its numbers grew beyond all bounds. {advice}"))
        return done

    def epoch(self):
        """Learn from all that is left of this epoch, or from a whole one.

        Returns
        -------
        float or None
            The error on all the data afterwards. None if it diverged: `stopped` says so, the network is as before, the
            optimizer has forgotten its moments, and a new epoch begins.
        """
        self._stopped = None
        self._begin()
        before, epochs = self.net.parameters.copy(), self._epochs
        if self._learn(len(self._plan)):
            error, validation_error = self.error(), self.validation_error()
            if math.isfinite(error) and math.isfinite(validation_error or 0):
                return error
        self.net.parameters[...] = before
        self._at, self._epochs = 0, epochs
        message = _(
            "Learning diverged in epoch {epoch}: its numbers grew beyond all bounds. The weights from before that "
            "epoch are kept. {advice}"
        )
        self._stop(message, epoch=epochs + 1)
        return None

    def error(self):
        """E on all the data, with the weights as they are; infinite, or not a number, where they are too large."""
        return self._error("data", self.X, self.T)

    def validation_error(self):
        """E on the validation data; None if there is none."""
        return None if self.validation is None else self._error("validation", *self.validation)

    def penalty(self):
        """l1 · Σ |w| + l2 · Σ w², which is made small together with E."""
        weights = self.net.parameters * self._weights
        return float(self.l1 * np.abs(weights).sum() + self.l2 * (weights**2).sum())

    def state(self):
        """All that this training goes on from, a `State`: weights, data, settings, moments, and the shuffled order."""
        place = self._order, self._at, self._epochs
        random, parameters = self._random.bit_generator.state, read_only(self.net.parameters)
        return State(self.net.architecture, parameters, self._settings, self._optimizer.copy(), random, *place)

    def restore(self, state):
        """Go on from a `State` of this trainer, or of another for a network of the same layers, to the last bit.

        Raises
        ------
        ValueError
            If it is none, or of another network.
        """
        if not isinstance(state, State) or state.architecture != self.net.architecture:
            message = _("state should be what state() of a trainer for such a network returned, not {value}.")
            raise ValueError(message.format(value=inputs.shown(state)))
        self.net.parameters[...] = state.parameters
        self._random.bit_generator.state = state.random
        vars(self).update(_settings=state.settings, _optimizer=state.optimizer.copy(), _plan=None, _whole={})
        vars(self).update(_order=state.order, _at=state.at, _epochs=state.epochs, _stopped=None)

    # How it works inside.

    def __setattr__(self, name, value):
        if name[0] != "_":
            inputs.settable(self, name, SETTABLE)
        super().__setattr__(name, value)

    def __getstate__(self):
        return vars(self) | {"_plan": None, "_whole": {}}  # which work on the network itself, not on a copy of it

    def _set(self, **settings):
        """Change settings and forget what was made for the old ones, at once: a stop comes before it or after it."""
        vars(self).update(_settings=self._settings | settings, _plan=None, _whole={})

    def _samples(self, X, T, X_name, T_name):
        X = inputs.samples(X_name, X, self.net.sizes[0])
        T = inputs.targets(T_name, T, self.net.sizes[-1])
        inputs.same_rows(X_name, X, T_name, T)
        self.loss.check_targets(T_name, T)
        X.flags.writeable = T.flags.writeable = False
        return X, T

    def _begin(self):
        """Plan the batches. Where an epoch begins, shuffle the samples, or put them back if one batch has them all."""
        n = len(self.X)
        whole = (self.batch_size or n) >= n
        if self._at == 0 and whole and self._order is not None:
            self._plan = self._order = None
        if self._plan is None:
            self._make_plan()
        if self._at == 0 and not whole:
            self._order = self._random.permutation(n)
            self._order.flags.writeable = False
            self._shuffle()

    def _make_plan(self):
        """The arithmetic and the parts of every batch, by the sample it starts with, and where the one after it starts.

        A batch size that changes in the middle of an epoch is that of the batches which are left.
        """
        n = len(self.X)
        self._size = min(self.batch_size or n, n)
        self._with_ones = with_ones(self.X)
        self._shuffled = self._with_ones.copy(), self.T.copy()
        if self._order is not None:
            self._shuffle()
        passes, plan = {}, {}
        for start in {*range(0, n, self._size), *range(self._at, n, self._size)}:
            X, T = (array[start : start + self._size].T for array in self._shuffled)
            size = X.shape[1]
            if size not in passes:
                passes[size] = Pass(self.net, self.loss, self._gradients, size, self.dropout, self._random)
            plan[start] = passes[size].forward, passes[size].backward, X, T, (start + size) % n
        self._plan = plan

    def _shuffle(self):
        """Copy the samples in their order to where the batches are parts of."""
        for array, shuffled in zip((self._with_ones, self.T), self._shuffled, strict=True):
            np.take(array, self._order, axis=0, out=shuffled, mode="clip")  # any other mode would copy once more

    def _learn(self, most):
        """Learn from up to `most` of the batches that are left. False where one of them could not be done.

        The optimizer gets finite gradients alone, and makes the new parameters beside the old, which are only replaced
        by finite ones: whoever stops this, and wherever, leaves a network that computes.
        """
        parameters, gradients, new = self.net.parameters, self._gradients, self._new
        step_into, penalised = self._optimizer.step_into, self.l1 or self.l2
        with overflow_allowed(), threads(self.net, self._size):
            for __ in range(most):
                forward, backward, X, T, then = self._plan[self._at]
                forward(X)
                backward(X, T)
                if penalised:
                    self._penalise()
                if not math.isfinite(gradients.dot(gradients)):
                    return False
                step_into(new, parameters, gradients)
                if not math.isfinite(new.dot(new)):
                    return False
                parameters[...] = new
                self._at = then
                if not then:
                    self._epochs += 1
                    break
        return True

    def _penalise(self):
        """Add the slopes of l1 · Σ |w| + l2 · Σ w² to the gradients."""
        weights = self.net.parameters * self._weights
        self._gradients += self.l1 * np.sign(weights) + 2 * self.l2 * weights

    def _error(self, name, X, T):
        if name not in self._whole:
            self._whole[name] = Pass(self.net, self.loss, self._gradients, len(X)), with_ones(X).T, T.T
        whole, X, T = self._whole[name]
        with overflow_allowed(), threads(self.net, X.shape[1]):
            whole.forward(X)
            return whole.error(T)

    def _stop(self, message, **parts):
        self._optimizer.forget()  # as its moments may be very large
        advice = _("A learning_rate smaller than {rate:g} may help.").format(rate=self.learning_rate)
        self._stopped = message.format(advice=advice, **parts)


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

    def __init__(self):
        self.losses, self.validation_losses, self.stopped = [], [], None

    def __len__(self):
        """How many epochs were completed."""
        return len(self.losses) - 1

    def __repr__(self):
        words = _("History of {epochs} epochs: loss from {first:.4g} to {last:.4g}.")
        words = words.format(epochs=len(self), first=self.losses[0], last=self.losses[-1])
        return f"{words} {self.stopped}" if self.stopped else words

    def _add(self, loss, validation_loss):
        self.losses.append(loss)
        if validation_loss is not None:
            self.validation_losses.append(validation_loss)


def train(net, X, T, loss="squared_error", learning_rate=None, epochs=100, batch_size=None, optimizer="sgd", l1=0.0,
          l2=0.0, dropout=0.0, validation=None, seed=0):  # fmt: skip
    """Change a network's parameters, a little for each batch, so that its error becomes smaller.

    Parameters
    ----------
    epochs : int
        How often to go through all the data; at least 1.
    net, X, T, loss, learning_rate, batch_size, optimizer, l1, l2, dropout, validation, seed
        As for `Trainer`, which learns here for so many epochs.

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
        If an error or a parameter is no longer a finite number: the training then stops, ``history.stopped`` says so,
        and the network keeps what it had after the last epoch in which all was finite.

    Examples
    --------
    >>> from annkit import Network, data, train
    >>> xor = data.logic("XOR")
    >>> net = Network([2, 3, 1], activation="tanh", seed=1)
    >>> history = train(net, xor.X, xor.T, learning_rate=1, epochs=1000)
    >>> history.losses[-1] < 0.01, net.classify(xor.X)
    (True, array([0, 1, 1, 0]))
    """
    epochs = inputs.whole("epochs", epochs, low=1)
    options = {"l1": l1, "l2": l2, "dropout": dropout, "validation": validation, "seed": seed}
    trainer = Trainer(net, X, T, loss, learning_rate, batch_size, optimizer, **options)
    history = History()
    history._add(trainer.error(), trainer.validation_error())
    for __ in range(epochs):
        error = trainer.epoch()
        if error is None:
            history.stopped = trainer.stopped
            warnings.warn(history.stopped, RuntimeWarning, stacklevel=2)
            break
        history._add(error, trainer.validation_error())
    return history
