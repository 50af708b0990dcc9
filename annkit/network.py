"""The mathematics of a network, to be read: weighted sums and activations, forward and back.

A row is a sample, a column of `weights[l]` a unit. What a network consists of is in `annkit.parameters`. A `Trainer`
computes the same in `annkit.engine`, for speed.
"""

import numpy as np

from annkit import inputs
from annkit.activations import overflow_allowed
from annkit.losses import loss_called
from annkit.parameters import Layers, views
from annkit.translation import _


class Network(Layers):
    """A network of fully connected layers.

    Parameters
    ----------
    sizes : sequence of int
        How many inputs, then how many units in each layer; the last are the outputs.
    activation, output : {"step", "sigmoid", "identity", "linear", "relu", "tanh", "leaky_relu", "gelu", "softmax"}
        The activation of the hidden layers, or a list of names with one for each; and that of the outputs.
    seed : int
        The start weights are drawn with it: the same seed, the same weights.
    init : {"glorot", "he", "uniform"} or float
        How the start weights are drawn; biases start at 0. "glorot": uniform, ±√(6 / (units before + units)). "he":
        normal, of spread √(2 / units before). "uniform": from 0 to 1. A number: normal, of that spread (0 makes all 0).
    parameters : array_like, shape (number of parameters,), optional
        What to start from instead of drawn weights.
    skips : float or list of float
        A layer with a skip adds what its units answer, times this factor, to what came in: a = (a before) + s · f(z). 1
        is a plain skip, 0 is none. One number is for every hidden layer with as many units as come before it; a list
        has one for each hidden layer.

    Attributes
    ----------
    parameters : ndarray, shape (number of parameters,)
        Every weight and bias, layer after layer: the weights row by row, then the biases.
    weights : sequence of ndarray, shape (units before, units)
        ``weights[l][j, k]`` leads from unit j before layer l to its unit k. Views into `parameters`, as are the biases:
        changing one changes the other. ``weights[l] = …`` writes into the view.
    biases : sequence of ndarray, shape (units,)
    sizes, activation, output, seed, init
        As given; `skips` has a factor for each hidden layer. `activations` are the functions, one for each layer.

    Raises
    ------
    ValueError
        If an argument is none of these, with what it should be.

    References
    ----------
    X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS (2010).
    K. He and others, "Delving deep into rectifiers", ICCV (2015); "Deep residual learning for image recognition", CVPR
    (2016).

    Examples
    --------
    >>> net = Network([2, 3, 1], seed=0)
    >>> net
    Network of 2 inputs, 3 sigmoid units, 1 sigmoid output: 13 parameters
    >>> net.weights[0].shape, net.biases[0].shape
    ((2, 3), (3,))
    >>> net.biases[1] = [-100]
    >>> net.classify([[0, 1], [1, 1]])
    array([0, 0])
    """

    def forward(self, X):
        """Send samples through the layers and keep all that appears on the way.

        Parameters
        ----------
        X : array_like, shape (n, inputs)
            Finite numbers, one row a sample.

        Returns
        -------
        Trace
            ``z[l]``, ``f[l]`` and ``a[l]``, shape (n, units), for each layer, and ``output``.

        Raises
        ------
        ValueError
            If `X` has not one column for each input or holds anything but finite numbers, a parameter is not finite, or
            a sum is too large to be a finite number.

        Examples
        --------
        >>> trace = Network([2, 3, 1], init=0).forward([[4, 3]])
        >>> trace.a[0], trace.output
        (array([[0.5, 0.5, 0.5]]), array([[0.5]]))
        """
        X = inputs.samples("X", X, self.sizes[0])
        inputs.vector("parameters", self.parameters)
        z, f, a = [], [], [X]
        layers = zip(self.weights, self.biases, self.activations, (*self.skips, 0), strict=True)
        with overflow_allowed():
            for W, b, activation, skip in layers:
                z.append(a[-1] @ W + b)
                f.append(activation.f(z[-1]))
                a.append(a[-1] + skip * f[-1] if skip else f[-1])
        refuse_infinite(_("The weighted sums are no finite numbers: X or the parameters are too large."), *z)
        return Trace(self, X, z, f, a[1:])

    def predict(self, X):
        """The outputs for every row of `X`, shape (n, outputs). Raises as `forward` does."""
        return self.forward(X).output

    def classify(self, X):
        """The class of every row of `X`, as integers of shape (n,). Raises as `forward` does.

        With one output, 1 where it is greater than ½, the middle between the targets 0 and 1, else 0; with several, the
        number of the largest, counted from 0.
        """
        outputs = self.predict(X)
        return outputs.argmax(axis=1) if self.sizes[-1] > 1 else (outputs[:, 0] > 0.5) * 1

    def loss(self, trace, T, loss="squared_error"):
        """The error E of the outputs in `trace`, a float. Takes and refuses what `backward` does."""
        loss, T = self._checked(trace, T, loss)
        with overflow_allowed():
            E = float(loss.f(trace.z[-1] if loss.output else trace.output, T))
        refuse_infinite(_("The error is no finite number: X, T or the parameters are too large."), E)
        return E

    def backward(self, trace, T, loss="squared_error"):
        """Backpropagation: how the error of the outputs in `trace` answers to each weight and bias.

        Parameters
        ----------
        trace : Trace
            What `forward` returned. The slopes are those at the parameters which it was made with.
        T : array_like, shape (n, outputs)
            The targets, a row for each sample in the trace.
        loss : {"squared_error", "cross_entropy", "binary_cross_entropy"}
            The error E; see `annkit.losses`.

        Returns
        -------
        Gradients
            ``weights[l]`` is ∂E/∂weights[l] and ``biases[l]`` is ∂E/∂biases[l], of their shapes; also ``flat``,
            ``dE_dz[l]``, ``dE_da[l]`` and ``dE_dX``. Nothing passes back through a step: what stands before one has
            slope 0.

        Raises
        ------
        ValueError
            If `T` does not fit, the loss is unknown or makes no sense with this network's output activation, or a slope
            is too large to be a finite number.

        References
        ----------
        D. Rumelhart, G. Hinton, R. Williams, "Learning representations by back-propagating errors", Nature 323 (1986).

        Examples
        --------
        >>> net = Network([1, 1], init=0)
        >>> gradients = net.backward(net.forward([[3]]), [[1]])
        >>> gradients.weights[0]  # −2 (t − o) · o (1 − o) · x = −2 · ½ · ¼ · 3
        array([[-0.75]])
        """
        loss, T = self._checked(trace, T, loss)
        with overflow_allowed():
            if loss.output:
                dE_dz, dE_da = loss.back(trace.z[-1], T), None
            else:
                dE_dz, dE_da = None, loss.back(trace.output, T)
            return self._way_back(trace, dE_dz, dE_da)

    def slopes(self, trace, direction, of="sums"):
        """How what comes out answers to each input, for the samples in `trace`.

        Parameters
        ----------
        trace : Trace
            What `forward` returned.
        direction : array_like, shape (outputs,)
            What is asked about is the sum of the outputs, each times its number here: 1 for one of them and 0 for the
            others; or 1 and −1, for what speaks for one and against another.
        of : {"sums", "outputs"}
            Whether the weighted sums of the last layer are meant, or what its activation makes of them.

        Returns
        -------
        ndarray, shape (n, inputs)
            For each sample the slopes ∂(direction · o)/∂x. For those of the error E, see ``backward(…).dE_dX``.

        Raises
        ------
        ValueError
            If an argument is none of these, or a slope is too large to be a finite number.

        References
        ----------
        K. Simonyan, A. Vedaldi, A. Zisserman, "Deep inside convolutional networks: visualising image classification
        models and saliency maps", ICLR workshop (2014).

        Examples
        --------
        >>> net = Network([2, 2], output="identity", init=0)
        >>> net.weights[0] = [[1, 4], [2, 5]]
        >>> trace = net.forward([[0.5, 0.5]])
        >>> net.slopes(trace, [1, 0]), net.slopes(trace, [1, -1])
        (array([[1., 2.]]), array([[-3., -3.]]))
        """
        self._check_trace(trace)
        direction = inputs.vector("direction", direction)
        if direction.size != self.sizes[-1]:
            message = _("direction should have {outputs} numbers, one for each output; it has {count}.")
            raise ValueError(message.format(outputs=self.sizes[-1], count=direction.size))
        slopes = np.broadcast_to(direction, trace.output.shape)
        asked = (slopes, None) if inputs.choice("of", of, ["sums", "outputs"]) == "sums" else (None, slopes)
        with overflow_allowed():
            return self._way_back(trace, *asked).dE_dX

    def _way_back(self, trace, dE_dz, dE_da):
        """From the slopes at the last layer's sums or, where these are None, at its activations: the `Gradients`."""
        W, z, f = trace.weights, trace.z, trace.f
        a = [trace.X, *trace.a]  # a[l] goes into layer l, a[l + 1] comes out of it
        at_z, at_a = [None] * len(W), [None] * len(a)
        dE_dW, dE_db = [None] * len(W), [None] * len(W)
        at_z[-1], at_a[-1] = dE_dz, dE_da
        for layer, skip in reversed([*enumerate((*self.skips, 0))]):
            if at_z[layer] is None:
                at_f = skip * at_a[layer + 1] if skip else at_a[layer + 1]
                at_z[layer] = self.activations[layer].back(z[layer], f[layer], at_f)
            dE_dW[layer] = a[layer].T @ at_z[layer]
            dE_db[layer] = at_z[layer].sum(axis=0)
            at_a[layer] = at_z[layer] @ W[layer].T
            if skip:
                at_a[layer] += at_a[layer + 1]
        found = [*dE_dW, *dE_db, *at_a[: len(W)]]
        refuse_infinite(_("The slopes are no finite numbers: X, T or the parameters are too large."), *found)
        return Gradients(self.sizes, dE_dW, dE_db, at_z, at_a)

    def _checked(self, trace, T, loss):
        """The loss and the targets, checked to go with the trace and this network."""
        loss = loss_called(loss, self.output)
        self._check_trace(trace)
        T = inputs.targets("T", T, self.sizes[-1])
        inputs.same_rows("trace", trace.output, "T", T)
        loss.check_targets("T", T)
        return loss, T

    def _check_trace(self, trace):
        if not isinstance(trace, Trace):
            message = _("trace should be what forward returned, not {value}.")
            raise ValueError(message.format(value=inputs.shown(trace)))
        if trace.architecture != self.architecture:
            raise ValueError(_("trace was made by a network of other layers; call forward of this one."))


class Trace:
    """What appeared on the way through a network: made by `Network.forward`, and never changed afterwards.

    Attributes
    ----------
    X : ndarray, shape (n, inputs)
        The samples.
    z, f, a : tuple of ndarray, shape (n, units)
        The weighted sums of each layer, what its units make of them, and what goes on to the next: the same as ``f[l]``
        where the layer has no skip.
    output : ndarray, shape (n, outputs)
        The last layer's activations.
    weights : tuple of ndarray
        The network's weights as they were: the way back goes from where the way forward went.
    """

    def __init__(self, net, X, z, f, a):
        self.X, self.z, self.f, self.a, self.output = X, tuple(z), tuple(f), tuple(a), a[-1]
        self.weights = tuple(W.copy() for W in net.weights)
        self.architecture = net.architecture


class Gradients:
    """How the error E answers to all that is in a network: made by `Network.backward`.

    Attributes
    ----------
    flat : ndarray, shape (number of parameters,)
        ∂E/∂parameters.
    weights : tuple of ndarray, shape (units before, units)
        ∂E/∂weights[l]: views into `flat`, as are those of the biases.
    biases : tuple of ndarray, shape (units,)
        ∂E/∂biases[l].
    dE_dz, dE_da : tuple of ndarray, shape (n, units)
        ∂E/∂z[l] and ∂E/∂a[l] for each layer. E is an average, so these have the 1 / n in them. A cross-entropy is
        computed from the last sums: ``dE_da[-1]`` is then None, as ∂E/∂o would be infinite where an output rounds to 0.
    dE_dX : ndarray, shape (n, inputs)
        ∂E/∂X.
    """

    def __init__(self, sizes, dE_dW, dE_db, dE_dz, dE_da):
        self.flat = np.concatenate([slopes.ravel() for layer in zip(dE_dW, dE_db, strict=True) for slopes in layer])
        self.weights, self.biases = views(self.flat, sizes)
        self.dE_dX, self.dE_dz, self.dE_da = dE_da[0], tuple(dE_dz), tuple(dE_da[1:])


def refuse_infinite(message, *arrays):
    """Refuse, with `message`, what has grown beyond all numbers."""
    if not all(np.isfinite(array).all() for array in arrays):
        raise ValueError(message)
