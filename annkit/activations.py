"""Activation functions: what a layer makes of its weighted sums, and the way back through each, side by side.

Every activation is called with weighted sums z and answers a, and its `backward` turns dE/da into dE/dz:

    a = sigmoid(z)
    dE_dz = sigmoid.backward(z, a, dE_da)

These two check what they are given. The formulas themselves are `f` and `back`; a row is a sample.
"""

import numpy as np

from annkit import inputs
from annkit.translation import _


def overflow_allowed():
    """Where overflow is part of the arithmetic: exp(1000) is infinite, and 1 / (1 + ∞) is the 0 that sigmoid needs."""
    return np.errstate(over="ignore", invalid="ignore")


class Activation:
    """A function of weighted sums and the way back through it.

    References
    ----------
    C. M. Bishop, "Pattern Recognition and Machine Learning" (2006), sections 5.1 and 5.3.
    """

    name = ""
    """What a `Network` calls it."""
    code = ""
    """The function of z as one NumPy expression that never overflows."""

    def f(self, z):
        """The activations a."""
        raise NotImplementedError

    def back(self, z, a, dE_da):
        """dE/dz, by the chain rule: the slope da/dz times dE/da."""
        raise NotImplementedError

    def __call__(self, z):
        """The activations a of the weighted sums `z`.

        Parameters
        ----------
        z : array_like of any shape, or a number
            Weighted sums, bias included. Where there are several axes, a row is a sample.

        Returns
        -------
        ndarray of the shape of `z` (a single number for a single number)

        Raises
        ------
        ValueError
            If `z` holds anything but finite numbers.
        """
        z = inputs.finite("z", z)
        with overflow_allowed():
            return np.asarray(self.f(z))[()]

    def backward(self, z, a, upstream):
        """dE/dz, from dE/da.

        Parameters
        ----------
        z : array_like of any shape, or a number
            The weighted sums.
        a : array_like of the shape of `z`
            What the function made of them.
        upstream : array_like of the shape of `z`, or a number
            dE/da. With 1 the answer is the slope da/dz (but for softmax, where every a depends on every z of its row).

        Returns
        -------
        ndarray of the shape of `z` (a single number for a single number)

        Raises
        ------
        ValueError
            If the shapes differ, or an argument holds anything but finite numbers.
        """
        z, a, upstream = inputs.finite("z", z), inputs.finite("a", a), inputs.finite("upstream", upstream)
        if upstream.ndim == 0:
            upstream = np.full_like(z, upstream)
        for name, array in (("a", a), ("upstream", upstream)):
            if array.shape != z.shape:
                message = _("{name} should have the shape of z, {expected}; it has shape {shape}.")
                raise ValueError(message.format(name=name, expected=z.shape, shape=array.shape))
        with overflow_allowed():
            return np.asarray(self.back(z, a, upstream))[()]

    def __repr__(self):
        return self.name


class Step(Activation):
    """1 where the weighted sum is greater than 0, else 0; integers when called.

    At exactly 0 the answer is 0: the sum has to be *greater than* the threshold. The slope is 0 on both sides and is
    taken as 0 at the jump too, so nothing is ever passed back: gradient descent cannot learn through a step.

    References
    ----------
    F. Rosenblatt, "The perceptron: a probabilistic model for information storage and organization in the brain",
    Psychological Review 65 (1958).

    Examples
    --------
    >>> step([2.2, 0, -0.7])
    array([1, 0, 0])
    """

    name = "step"
    code = "np.where(z > 0, 1.0, 0.0)"

    def __call__(self, z):
        """1 or 0 for every weighted sum in `z`, as integers of the shape of `z`."""
        return (inputs.finite("z", z) > 0) * 1

    def f(self, z):
        return np.where(z > 0, 1.0, 0.0)

    def back(self, z, a, dE_da):
        return np.zeros_like(z)


class Sigmoid(Activation):
    """1 / (1 + e⁻ᶻ): between 0 and 1, and ½ at 0. Its slope, a (1 − a), is never above ¼.

    Examples
    --------
    >>> sigmoid([-1000, 0, 1000])
    array([0. , 0.5, 1. ])
    >>> float(sigmoid.backward(0, 0.5, 1))
    0.25
    """

    name = "sigmoid"
    code = "np.exp(-np.logaddexp(0, -z))"

    def f(self, z):
        return 1 / (1 + np.exp(-z))

    def back(self, z, a, dE_da):
        return a * (1 - a) * dE_da


class Identity(Activation):
    """The weighted sum itself. Its slope is 1. Also called linear.

    Examples
    --------
    >>> identity([-2, 0.5])
    array([-2. ,  0.5])
    """

    name = "identity"
    code = "z"

    def f(self, z):
        return z.copy()

    def back(self, z, a, dE_da):
        return dE_da.copy()


class Relu(Activation):
    """The weighted sum where it is above 0, else 0. Its slope is 1 there, else 0; at the kink, z = 0, it is taken as 0.

    References
    ----------
    V. Nair, G. Hinton, "Rectified linear units improve restricted Boltzmann machines", ICML (2010).

    Examples
    --------
    >>> relu([-2, 0.5])
    array([0. , 0.5])
    """

    name = "relu"
    code = "np.maximum(z, 0)"

    def f(self, z):
        return np.maximum(z, 0)

    def back(self, z, a, dE_da):
        return (z > 0) * dE_da


class Tanh(Activation):
    """The hyperbolic tangent: a sigmoid from −1 to 1, and 0 at 0. Its slope is 1 − a².

    Examples
    --------
    >>> tanh([-1000, 0, 1000])
    array([-1.,  0.,  1.])
    """

    name = "tanh"
    code = "np.tanh(z)"

    def f(self, z):
        return np.tanh(z)

    def back(self, z, a, dE_da):
        return (1 - a**2) * dE_da


class LeakyRelu(Activation):
    """The weighted sum where it is above 0, else a hundredth of it. Its slope is 1 or 0.01, never 0.

    At the kink, z = 0, the slope is taken as 0.01.

    References
    ----------
    A. L. Maas, A. Y. Hannun, A. Y. Ng, "Rectifier nonlinearities improve neural network acoustic models", ICML workshop
    on deep learning for audio, speech and language processing (2013).

    Examples
    --------
    >>> leaky_relu([-2, 0.5])
    array([-0.02,  0.5 ])
    """

    name = "leaky_relu"
    code = "np.maximum(z, 0.01 * z)"

    def f(self, z):
        return np.maximum(z, 0.01 * z)

    def back(self, z, a, dE_da):
        return np.where(z > 0, 1, 0.01) * dE_da


class Gelu(Activation):
    """z Φ(z), the sum times its probability to be above a normal random number, in the usual tanh form.

    Φ is taken as ½ (1 + tanh u) with u = √(2/π) (z + 0.044715 z³), which is σ(2u) with the sigmoid σ. GELU is smooth.
    On the left it first falls to −0.17, near z = −0.75, and then comes back to 0.

    References
    ----------
    D. Hendrycks, K. Gimpel, "Gaussian error linear units (GELUs)", arXiv:1606.08415 (2016).

    Examples
    --------
    >>> gelu([-1, 0, 1]).round(4)
    array([-0.1588,  0.    ,  0.8412])
    """

    name = "gelu"
    code = "0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))"

    def f(self, z):
        return z * self.gate(z)

    def back(self, z, a, dE_da):
        z = np.clip(z, -20, 20)  # further out the slope is 0 or 1 to 250 digits, and z² might overflow
        gate = self.gate(z)
        steepness = np.sqrt(8 / np.pi) * (1 + 3 * 0.044715 * z**2)
        return (gate + z * steepness * gate * (1 - gate)) * dE_da

    def gate(self, z):
        """How much of z comes through: σ(2u)."""
        return sigmoid.f(np.sqrt(8 / np.pi) * (z + 0.044715 * z**3))


class Softmax(Activation):
    """A row of sums as a probability distribution: eᶻ divided by its row's total, all above 0 and 1 together.

    Every output of a row depends on every sum of that row: ∂a_k/∂z_j = a_k (1 if j is k, else 0) − a_k a_j. So the way
    back weighs what comes for one output against what comes for the others.

    References
    ----------
    J. Bridle, "Probabilistic interpretation of feedforward classification network outputs", Neurocomputing (1990).

    Examples
    --------
    >>> softmax([[0, 0], [1000, -1000]])
    array([[0.5, 0.5],
           [1. , 0. ]])
    """

    name = "softmax"
    code = "np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))"

    def __call__(self, z):
        """A distribution for every row of `z`. Refuses an empty `z`, and else what every activation does."""
        return super().__call__(inputs.finite("z", z, least=1))

    def f(self, z):
        # The largest sum of each row is taken from all of them: the quotient stays, and no e to the power overflows.
        powers = np.exp(z - z.max(axis=-1, keepdims=True))
        return powers / powers.sum(axis=-1, keepdims=True)

    def back(self, z, a, dE_da):
        return a * (dE_da - (a * dE_da).sum(axis=-1, keepdims=True))


step, sigmoid, identity, relu, tanh = Step(), Sigmoid(), Identity(), Relu(), Tanh()
leaky_relu, gelu, softmax = LeakyRelu(), Gelu(), Softmax()

ACTIVATIONS = {f.name: f for f in (step, sigmoid, identity, relu, tanh, leaky_relu, gelu, softmax)}
"""Every activation by its name; `"linear"` is another name of `"identity"`."""
ACTIVATIONS["linear"] = identity


def activation_called(argument, name):
    """The activation called `name`, or `name` itself if it is one; `argument` is what an error calls it.

    Raises
    ------
    ValueError
        If there is none of that name, with the nearest that there is.
    """
    name = name.name if isinstance(name, Activation) else name
    return ACTIVATIONS[inputs.choice(argument, name, list(ACTIVATIONS))]
