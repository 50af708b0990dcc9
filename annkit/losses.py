"""Losses: how wrong the outputs are, as one number to make small, and its slope, side by side.

Each is summed over the outputs of a sample and averaged over the samples. `squared_error` looks at the outputs. The
two cross-entropies look at the weighted sums *before* the output activation that each goes with: an output may round
to 0, which has no logarithm, while the sum still tells how wrong it is; and the slope is the plain difference o − t.

As in `activations`, what is called and `backward` check what they are given; the formulas are `f` and `back`.
"""

import numpy as np

from annkit import inputs
from annkit.activations import ACTIVATIONS, overflow_allowed, sigmoid, softmax
from annkit.translation import _


class Loss:
    """The error E of a network's answers, and its slope."""

    name = ""
    """What `train` and `Network.backward` call it."""
    output = None
    """The activation before which it looks at the sums z; None for a loss that looks at the outputs themselves."""

    def f(self, values, T):
        """E."""
        raise NotImplementedError

    def back(self, values, T):
        """dE/dvalues: dE/do, or dE/dz for a loss that looks at the sums."""
        raise NotImplementedError

    def __call__(self, values, T):
        """E, averaged over the samples.

        Parameters
        ----------
        values : array_like, shape (n, outputs)
            The outputs for `squared_error`; the weighted sums before softmax for `cross_entropy` and before sigmoid for
            `binary_cross_entropy`.
        T : array_like, shape (n, outputs)
            The targets.

        Returns
        -------
        float

        Raises
        ------
        ValueError
            If the shapes differ, an argument holds anything but finite numbers, or `T` can't be this loss's target.
        """
        values, T = self._checked(values, T)
        with overflow_allowed():
            return float(self.f(values, T))

    def backward(self, values, T):
        """dE/dvalues, shape (n, outputs), for the same arguments as a call. Raises as a call does.

        This is dE/do for `squared_error` and dE/dz for the two others.
        """
        values, T = self._checked(values, T)
        with overflow_allowed():
            return self.back(values, T)

    def _checked(self, values, T):
        values = inputs.matrix("values", values)
        T = inputs.targets("T", T, values.shape[1])
        inputs.same_rows("values", values, "T", T)
        self.check_targets("T", T)
        return values, T

    def check_targets(self, name, T):
        """Refuse targets, shape (n, outputs), that this loss can't have."""

    def __repr__(self):
        return self.name


class SquaredError(Loss):
    """Σ (t − o)², summed over the outputs and averaged over the samples.

    For one sample dE/do_k is −2 (t_k − o_k), and with a sigmoid as output the weight from unit j to output k has

        ∂E/∂w_jk = −2 (t_k − o_k) · σ(Σ w_jk o_j) (1 − σ(Σ w_jk o_j)) · o_j

    which is the lecture's formula (its part VI).

    Examples
    --------
    >>> squared_error([[0.5, 1]], [[1, 1]])
    0.25
    >>> squared_error.backward([[0.5, 1]], [[1, 1]])
    array([[-1.,  0.]])
    """

    name = "squared_error"

    def f(self, o, T):
        return ((T - o) ** 2).sum() / len(T)

    def back(self, o, T):
        return 2 * (o - T) / len(T)


class CrossEntropy(Loss):
    """−Σ t log softmax(z): for a target of one 1, minus the logarithm of what its class gets. dE/dz is o − t.

    A row of targets is a distribution: one 1 and else 0, or shares that sum to 1.

    References
    ----------
    C. M. Bishop, "Pattern Recognition and Machine Learning" (2006), section 4.3.4.

    Examples
    --------
    >>> cross_entropy([[1000, -1000]], [[0, 1]])
    2000.0
    >>> cross_entropy.backward([[1000, -1000]], [[0, 1]])
    array([[ 1., -1.]])
    """

    name = "cross_entropy"
    output = softmax

    def check_targets(self, name, T):
        """Refuse what is no distribution."""
        _from_0_to_1(self, name, T)
        wrong = np.flatnonzero(abs(T.sum(axis=1) - 1) > 1e-6)  # shares in 32-bit numbers sum to 1 within 1e-6
        if wrong.size:
            message = _('With loss="{loss}" a row of {name} should sum to 1; row {row} sums to {total:.9g}.')
            row = int(wrong[0])
            raise ValueError(message.format(loss=self.name, name=name, row=row, total=T[row].sum()))

    def f(self, z, T):
        log_total = np.logaddexp.reduce(z, axis=1, keepdims=True)
        return (T * (log_total - z)).sum() / len(T)  # log_total − z is −log softmax(z), written out

    def back(self, z, T):
        return (softmax.f(z) - T) / len(T)


class BinaryCrossEntropy(Loss):
    """−Σ (t log σ(z) + (1 − t) log(1 − σ(z))): every output is a yes or no of its own. dE/dz is o − t.

    Targets are from 0 to 1.

    References
    ----------
    C. M. Bishop, "Pattern Recognition and Machine Learning" (2006), section 4.3.2.

    Examples
    --------
    >>> binary_cross_entropy([[1000], [-1000]], [[1], [1]])
    500.0
    >>> binary_cross_entropy.backward([[1000], [-1000]], [[1], [1]])
    array([[ 0. ],
           [-0.5]])
    """

    name = "binary_cross_entropy"
    output = sigmoid

    def check_targets(self, name, T):
        """Refuse what is not from 0 to 1."""
        _from_0_to_1(self, name, T)

    def f(self, z, T):
        return (np.logaddexp(0, z) - T * z).sum() / len(T)  # both logarithms, written out and put together

    def back(self, z, T):
        return (sigmoid.f(z) - T) / len(T)


def _from_0_to_1(loss, name, T):
    wrong = T[(T < 0) | (T > 1)]
    if wrong.size:
        message = _('With loss="{loss}" the targets {name} should be from 0 to 1; there is {value:g}.')
        raise ValueError(message.format(loss=loss.name, name=name, value=wrong[0]))


squared_error, cross_entropy, binary_cross_entropy = SquaredError(), CrossEntropy(), BinaryCrossEntropy()

LOSSES = {loss.name: loss for loss in (squared_error, cross_entropy, binary_cross_entropy)}
"""Every loss by its name."""


def loss_called(name, output):
    """The loss called `name`, or `name` itself if it is one, for a network whose output activation is called `output`.

    Raises
    ------
    ValueError
        If there is no loss of that name, with the nearest that there is; or if the two make no sense together, with a
        pair that does.
    """
    name = name.name if isinstance(name, Loss) else name
    loss = LOSSES[inputs.choice("loss", name, list(LOSSES))]
    if loss.output in (None, ACTIVATIONS[output]):
        return loss
    own = [other.name for other in LOSSES.values() if other.output is ACTIVATIONS[output]]
    message = _('loss="{loss}" goes with output="{needed}"; this network has output="{output}": take loss="{own}".')
    own = (own or [squared_error.name])[0]
    raise ValueError(message.format(loss=name, needed=loss.output.name, output=output, own=own))
