"""Optimizers: what a training does to the parameters with the gradients. Each owns its settings and moments."""

import copy
import math

import numpy as np

from annkit import inputs
from annkit.translation import _

CHECKS = {"learning_rate": inputs.not_negative, "epsilon": inputs.not_negative}
CHECKS |= dict.fromkeys(("momentum", "decay", "decay_1", "decay_2"), inputs.share)
"""What every setting of an optimizer has to be."""


class Optimizer:
    """A way to go against the gradients.

    Attributes
    ----------
    learning_rate : float
        How far to go; at least 0. It may be set between two steps, as may every other setting.
    steps : int
        How many were done.
    moments : dict of ndarray
        What is remembered of former gradients, by name; empty before the first step.
    """

    settings = ("learning_rate",)
    """What the settings are called."""
    remembers = ()
    """What the moments are called."""

    def __init__(self, **settings):
        for name in self.settings:
            setattr(self, name, settings[name])
        self.forget()

    def forget(self):
        """Begin anew, without moments."""
        vars(self).update(steps=0, moments={})

    def copy(self):
        """Another one of the same settings, moments and steps, that goes its own way."""
        other = copy.copy(self)
        vars(other)["moments"] = {name: moment.copy() for name, moment in self.moments.items()}
        return other

    def step(self, parameters, gradients):
        """Where the parameters should be next. Nothing is changed but the moments.

        Parameters
        ----------
        parameters, gradients : array_like
            Finite numbers, of one shape in all steps.

        Returns
        -------
        ndarray of that shape

        Raises
        ------
        ValueError
            If an argument is none of these.
        """
        parameters, gradients = inputs.finite("parameters", parameters), inputs.finite("gradients", gradients)
        shape = next(iter(self.moments.values()), parameters).shape
        if not parameters.shape == gradients.shape == shape:
            message = _("parameters and gradients should have the shape {shape}; they have {one} and {other}.")
            raise ValueError(message.format(shape=shape, one=parameters.shape, other=gradients.shape))
        new = np.empty_like(parameters)
        self.step_into(new, parameters, gradients)
        return new

    def step_into(self, new, parameters, gradients):
        """`step` without its checks, written into `new`, which is none of the others: a `Trainer` steps like this."""
        if not self.steps:
            vars(self)["moments"] = {name: np.zeros_like(parameters) for name in self.remembers}
        vars(self)["steps"] += 1
        self._change(new, gradients, *self.moments.values())
        np.subtract(parameters, new, out=new)

    def _change(self, change, g, *moments):
        """Write into `change` what is taken away from the parameters."""
        raise NotImplementedError

    def __setattr__(self, name, value):
        inputs.settable(self, name, self.settings)
        super().__setattr__(name, CHECKS[name](name, value))

    def __eq__(self, other):
        """Whether the other is one of the same kind and settings, whatever the two remember."""
        return type(self) is type(other) and all(getattr(self, name) == getattr(other, name) for name in self.settings)

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)}' for name in self.settings)})"


class SGD(Optimizer):
    """Stochastic gradient descent: w ← w − α g; with momentum μ, v ← μ v + g and w ← w − α v.

    Parameters
    ----------
    learning_rate : float
        α, at least 0.
    momentum : float
        μ, from 0 (none) to less than 1; 0.9 is usual, and what the name "momentum" stands for.

    Raises
    ------
    ValueError
        If a setting is not in its range.

    References
    ----------
    L. Bottou, F. Curtis, J. Nocedal, "Optimization methods for large-scale machine learning", SIAM Review 60 (2018);
    I. Sutskever and others, "On the importance of initialization and momentum in deep learning", ICML (2013), there
    with α inside of v.

    Examples
    --------
    >>> optimizer = SGD(0.5, momentum=0.5)
    >>> w = optimizer.step([1], [1])
    >>> w, optimizer.step(w, [1])
    (array([0.5]), array([-0.25]))
    """

    settings = ("learning_rate", "momentum")
    remembers = ("v",)

    def __init__(self, learning_rate=0.1, momentum=0.0):
        super().__init__(learning_rate=learning_rate, momentum=momentum)

    def _change(self, change, g, v):
        if self.momentum:
            np.multiply(v, self.momentum, out=v)
            np.add(v, g, out=v)
        else:
            v[...] = g
        np.multiply(v, self.learning_rate, out=change)


class RMSProp(Optimizer):
    """Each weight with a step of its own, smaller where gradients were large: w ← w − α g / (√s + ε).

    s ← ρ s + (1 − ρ) g² is a running mean of the squares.

    Parameters
    ----------
    learning_rate : float
        α, at least 0.
    decay : float
        ρ, from 0 to less than 1.
    epsilon : float
        ε, at least 0.

    Raises
    ------
    ValueError
        If a setting is not in its range.

    References
    ----------
    T. Tieleman, G. Hinton, "Lecture 6.5: RMSProp", Coursera, Neural networks for machine learning (2012).
    """

    settings = ("learning_rate", "decay", "epsilon")
    remembers = ("s",)

    def __init__(self, learning_rate=0.01, decay=0.99, epsilon=1e-8):
        super().__init__(learning_rate=learning_rate, decay=decay, epsilon=epsilon)

    def _change(self, change, g, s):
        _mean_of_squares(s, g, self.decay, change)
        np.sqrt(s, out=change)
        np.add(change, self.epsilon, out=change)
        _divide(g, change)
        np.multiply(change, self.learning_rate, out=change)


class Adam(Optimizer):
    """Momentum and a step of its own for each weight: w ← w − α m̂ / (√v̂ + ε).

    m ← β₁ m + (1 − β₁) g and v ← β₂ v + (1 − β₂) g² are running means. They start at 0, which is made good by
    m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ) in step t.

    Parameters
    ----------
    learning_rate : float
        α, at least 0.
    decay_1, decay_2 : float
        β₁ and β₂, from 0 to less than 1.
    epsilon : float
        ε, at least 0.

    Raises
    ------
    ValueError
        If a setting is not in its range.

    References
    ----------
    D. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR (2015), algorithm 1.
    """

    settings = ("learning_rate", "decay_1", "decay_2", "epsilon")
    remembers = ("m", "v")

    def __init__(self, learning_rate=0.001, decay_1=0.9, decay_2=0.999, epsilon=1e-8):
        super().__init__(learning_rate=learning_rate, decay_1=decay_1, decay_2=decay_2, epsilon=epsilon)

    def _change(self, change, g, m, v):
        # v before m: a training that is stopped in between is left with no m without its v, to be divided by ε alone.
        _mean_of_squares(v, g, self.decay_2, change)
        np.multiply(g, 1 - self.decay_1, out=change)
        np.multiply(m, self.decay_1, out=m)
        np.add(m, change, out=m)
        np.sqrt(v, out=change)
        np.divide(change, math.sqrt(1 - self.decay_2**self.steps), out=change)
        np.add(change, self.epsilon, out=change)
        _divide(m, change)
        np.multiply(change, self.learning_rate / (1 - self.decay_1**self.steps), out=change)


def _mean_of_squares(mean, g, decay, work):
    """mean ← decay · mean + (1 − decay) g²; `work` is room to do it in."""
    np.multiply(g, g, out=work)
    np.multiply(work, 1 - decay, out=work)
    np.multiply(mean, decay, out=mean)
    np.add(mean, work, out=mean)


def _divide(a, b):
    """b ← a / b, but 0 where b is 0: a weight whose gradient was always 0 stays, even with an epsilon of 0."""
    np.divide(a, b, out=b, where=b != 0)


OPTIMIZERS = {
    "sgd": SGD,
    "momentum": lambda: SGD(momentum=0.9),
    "rmsprop": RMSProp,
    "adam": Adam,
}
"""What makes each optimizer with its usual settings, by its short name."""


def optimizer_called(name):
    """The optimizer called `name` with its usual settings, or a copy of `name` itself if it is one.

    Raises
    ------
    ValueError
        If there is none of that name, with the nearest that there is.
    """
    if isinstance(name, Optimizer):
        return name.copy()
    return OPTIMIZERS[inputs.choice("optimizer", name, list(OPTIMIZERS))]()
