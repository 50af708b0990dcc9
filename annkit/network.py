"""The network: layers of weighted sums and activations, forward and back.

A row is a sample, a column of `weights[l]` a unit: z = a_before @ weights[l] + biases[l], then a = activation(z).

Inside, in `Pass`, it is the other way round, a column is a sample: (A W)ᵀ = Wᵀ Aᵀ. All numbers of a unit then lie side
by side in memory, and below the last unit there is room for a row of ones, whose weights are the biases. A layer is one
product forward and two back, biases included.
"""

import io
import operator
import os
from pathlib import Path

import numpy as np

from annkit import inputs
from annkit.activations import activation as activation_called
from annkit.activations import overflow_allowed, softmax
from annkit.losses import fitting
from annkit.translation import _

INITS = ["glorot", "he", "uniform"]


class Network:
    """A network of fully connected layers.

    Parameters
    ----------
    sizes : sequence of int
        How many inputs, then how many units in each layer; the last are the outputs.
    activation, output : {"step", "sigmoid", "identity", "linear", "relu", "tanh", "leaky_relu", "gelu", "softmax"}
        The activation of the hidden layers, and that of the outputs.
    seed : int
        The start weights are drawn with it: the same seed, the same weights.
    init : {"glorot", "he", "uniform"} or float
        How the start weights are drawn; biases start at 0. "glorot": uniform, ±√(6 / (units before + units)). "he":
        normal, of spread √(2 / units before). "uniform": from 0 to 1. A number: normal, of that spread (0 makes all 0).
    parameters : array_like, shape (number of parameters,), optional
        What to start from instead of drawn weights.

    Attributes
    ----------
    parameters : ndarray, shape (number of parameters,)
        Every weight and bias, layer after layer: the weights row by row, then the biases.
    weights : sequence of ndarray, shape (units before, units)
        ``weights[l][j, k]`` leads from unit j before layer l to its unit k. Views into `parameters`, as are the biases:
        changing one changes the other. ``weights[l] = …`` writes into the view.
    biases : sequence of ndarray, shape (units,)
    sizes : tuple of int
    activation, output : str
        Their names; `activations` are the functions, one for each layer.

    Raises
    ------
    ValueError
        If an argument is none of these, with what it should be.

    References
    ----------
    X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS (2010).
    K. He and others, "Delving deep into rectifiers", ICCV (2015).

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

    def __init__(self, sizes, activation="sigmoid", output="sigmoid", seed=0, init="glorot", parameters=None):
        self.sizes = checked_sizes(sizes)
        hidden, last = activation_called("activation", activation), activation_called("output", output)
        self.activation, self.output = hidden.name, last.name
        self.activations = [hidden] * (len(self.sizes) - 2) + [last]
        for units, function in zip(self.sizes[1:], self.activations, strict=True):
            if function is softmax and units == 1:
                raise ValueError(_("softmax over a single unit is always 1; take sigmoid, or two units."))
        seed = inputs.whole("seed", seed, low=0)
        if isinstance(init, str):
            inputs.choice("init", init, INITS)
        else:
            init = inputs.not_negative("init", init)
        self._parameters = np.zeros(count(self.sizes))
        self.weights = Views("weights", [block[:-1] for block in blocks(self._parameters, self.sizes)])
        self.biases = Views("biases", [block[-1] for block in blocks(self._parameters, self.sizes)])
        random = np.random.default_rng(seed)
        for W in self.weights:
            W[...] = drawn(random, init, *W.shape)
        if parameters is not None:
            self.parameters = parameters

    @property
    def parameters(self):
        """Every weight and bias as one vector. What is assigned is checked and written into it."""
        return self._parameters

    @parameters.setter
    def parameters(self, values):
        """Write checked values into the vector, whose views are the weights and biases."""
        write("parameters", values, self._parameters)

    def forward(self, X):
        """Send samples through the layers and keep all that appears on the way.

        Parameters
        ----------
        X : array_like, shape (n, inputs)
            Finite numbers, one row a sample.

        Returns
        -------
        Trace
            ``z[l]`` and ``a[l]``, shape (n, units), for each layer, and ``output``. Its arrays are its own: what is
            changed or learned later does not change it.

        Raises
        ------
        ValueError
            If `X` has not one column for each input or holds anything but finite numbers, or a parameter is not finite.

        Examples
        --------
        >>> trace = Network([2, 3, 1], init=0).forward([[4, 3]])
        >>> trace.a[0], trace.output
        (array([[0.5, 0.5, 0.5]]), array([[0.5]]))
        """
        X = inputs.samples("X", X, self.sizes[0])
        inputs.vector("parameters", self._parameters)
        return Trace(self, X)

    def predict(self, X):
        """The outputs for every row of `X`, shape (n, outputs). Raises as `forward` does."""
        return np.ascontiguousarray(self.forward(X).output)

    def classify(self, X):
        """The class of every row of `X`, as integers of shape (n,). Raises as `forward` does.

        With one output, 1 where it is greater than ½, the middle between the targets 0 and 1, else 0; with several, the
        number of the largest, counted from 0.
        """
        outputs = self.predict(X)
        return outputs.argmax(axis=1) if self.sizes[-1] > 1 else (outputs[:, 0] > 0.5) * 1

    def loss(self, trace, T, loss="squared_error"):
        """The error E of the outputs in `trace`, a float. Takes and refuses what `backward` does."""
        function, T = self._against(trace, T, loss)
        with overflow_allowed():
            return trace._pass.loss(T.T, function)

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
            ``weights[l]`` is ∂E/∂weights[l] and ``biases[l]`` is ∂E/∂biases[l], of their shapes; ``flat`` is
            ∂E/∂parameters. Nothing passes back through a step: what stands before one has slope 0.

        Raises
        ------
        ValueError
            If `T` does not fit, or the loss is unknown or makes no sense with this network's output activation.

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
        function, T = self._against(trace, T, loss)
        with overflow_allowed():
            trace._pass.backward(with_ones(trace.X).T, T.T, function)
        return Gradients(trace._pass.gradients.copy(), self.sizes)

    def _against(self, trace, T, loss):
        """The loss and the targets, checked to go with the trace and this network."""
        function = fitting(loss, self.output)
        if not isinstance(trace, Trace):
            message = _("trace should be what forward returned, not {value}.")
            raise ValueError(message.format(value=inputs.shown(trace)))
        if (trace.sizes, trace.activations) != (self.sizes, self.activations):
            raise ValueError(_("trace was made by a network of other layers; call forward of this one."))
        T = inputs.targets("T", T, self.sizes[-1])
        inputs.same_rows("trace", trace.output, "T", T)
        function.check_targets("T", T)
        return function, T

    def to_code(self):
        """This network as one expression of Python that makes it again, to the last bit."""
        return (
            f"Network({list(self.sizes)}, activation={self.activation!r}, output={self.output!r}, "
            f"parameters={self.parameters.tolist()})"
        )

    def to_numpy_code(self):
        """This network as a program that needs only NumPy: its numbers, its activations, and `predict(X)`.

        Returns
        -------
        str
            Python that runs as it stands. Its `predict` gives this network's outputs, to the last few bits.
        """
        used = {function.name: function for function in self.activations}
        lines = ["import numpy as np", ""]
        for i, (W, b) in enumerate(zip(self.weights, self.biases, strict=True), start=1):
            rows = "".join(f"    {row},\n" for row in W.tolist())
            lines += [f"W{i} = np.array([\n{rows}])", f"b{i} = np.array({b.tolist()})"]
        for function in used.values():
            lines += ["", "", f"def {function.name}(z):", f"    return {function.code}"]
        lines += ["", "", "def predict(X):", "    a0 = np.asarray(X, dtype=float)"]
        for i, function in enumerate(self.activations, start=1):
            lines.append(f"    a{i} = {function.name}(a{i - 1} @ W{i} + b{i})")
        return "\n".join([*lines, f"    return a{len(self.activations)}", ""])

    def save(self, path):
        """Write this network to a file, to be read by `load`.

        Parameters
        ----------
        path : str or path
            The file, by custom ending in ``.npz``; one that is there already is replaced.

        Raises
        ------
        ValueError
            If `path` is no path. OSError if the file cannot be written.
        """
        path = checked_path(path)
        content = io.BytesIO()  # first whole in memory, so that a failure leaves the file as it was
        parts = {"sizes": self.sizes, "activation": self.activation, "output": self.output}
        np.savez(content, annkit="network 1", parameters=self.parameters, **parts)
        path.write_bytes(content.getvalue())

    @staticmethod
    def load(path):
        """The network that `save` wrote.

        Parameters
        ----------
        path : str or path

        Returns
        -------
        Network

        Raises
        ------
        ValueError
            If the file is damaged or no network of annkit. OSError if it cannot be read.
        """
        content = checked_path(path).read_bytes()
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as parts:
                if str(parts["annkit"]) != "network 1":
                    raise ValueError
                sizes, functions = parts["sizes"].tolist(), (str(parts["activation"]), str(parts["output"]))
                parameters = parts["parameters"]
                if parameters.shape != (count(checked_sizes(sizes)),):
                    raise ValueError
            net = Network(sizes, *functions)
            net.parameters = parameters
        except Exception:  # whatever a file of any kind may raise
            message = _("{path} is damaged, or it is no network saved by annkit.")
            raise ValueError(message.format(path=path)) from None
        return net

    def __setattr__(self, name, value):
        if name != "parameters" and name in vars(self):
            message = _(
                "{name} of a network stays as it was made. To change numbers, set parameters, weights[l] or biases[l]."
            )
            raise AttributeError(message.format(name=name))
        super().__setattr__(name, value)

    def __getstate__(self):
        # Copied and pickled as what it is made of: views would each be copied by themselves and be views no more.
        return self.sizes, self.activation, self.output, self.parameters.copy()

    def __setstate__(self, state):
        *made_of, parameters = state
        self.__init__(*made_of)
        self.parameters[...] = parameters

    def __eq__(self, other):
        """Whether the other network is built alike and holds the same numbers."""
        if not isinstance(other, Network):
            return NotImplemented
        kinds = [(net.sizes, net.activation, net.output) for net in (self, other)]
        return kinds[0] == kinds[1] and np.array_equal(self.parameters, other.parameters)

    def __repr__(self):
        names = [function.name for function in self.activations]
        layers = [f"{units} {name} unit{'s'[: units != 1]}" for units, name in zip(self.sizes[1:], names, strict=True)]
        layers[-1] = layers[-1].replace("unit", "output")
        start = f"{self.sizes[0]} input{'s'[: self.sizes[0] != 1]}"
        return f"Network of {', '.join([start, *layers])}: {self.parameters.size} parameters"


class Trace:
    """What appeared on the way through a network: made by `Network.forward`.

    Attributes
    ----------
    X : ndarray, shape (n, inputs)
        The samples.
    z, a : tuple of ndarray, shape (n, units)
        The weighted sums and the activations of each layer.
    output : ndarray, shape (n, outputs)
        The last layer's activations.
    """

    def __init__(self, net, X):
        self.X, self.sizes, self.activations = X, net.sizes, net.activations
        # A copy, so that the way back goes from where the way forward went, whatever the network learns meanwhile.
        parameters = net.parameters.copy()
        self._pass = Pass(net.sizes, net.activations, parameters, np.zeros_like(parameters), len(X))
        with overflow_allowed():
            self._pass.forward(with_ones(X).T)
        self.z = tuple(layer.z.T for layer in self._pass.layers)
        self.a = tuple(layer.a.T for layer in self._pass.layers)
        self.output = self.a[-1]


class Gradients:
    """How the error E answers to each parameter of a network: made by `Network.backward`.

    Attributes
    ----------
    flat : ndarray, shape (number of parameters,)
        ∂E/∂parameters.
    weights : tuple of ndarray, shape (units before, units)
        ∂E/∂weights[l]: views into `flat`, as are those of the biases.
    biases : tuple of ndarray, shape (units,)
        ∂E/∂biases[l].
    """

    def __init__(self, flat, sizes):
        self.flat = flat
        self.weights = tuple(block[:-1] for block in blocks(flat, sizes))
        self.biases = tuple(block[-1] for block in blocks(flat, sizes))


class Pass:
    """The arithmetic of a network for n samples at once, and the arrays in which it is done. A column is a sample.

    Parameters
    ----------
    sizes : sequence of int
    activations : list of Activation, one for each layer
    parameters, gradients : ndarray
        The flat vector that is read, and the one that `backward` writes.
    n : int
    """

    def __init__(self, sizes, activations, parameters, gradients, n):
        self.gradients = gradients
        parts = zip(activations, blocks(parameters, sizes), blocks(gradients, sizes), strict=True)
        self.layers = [Layer(*part, n) for part in parts]
        self._backward = list(zip(self.layers[:-1], self.layers[1:], strict=True))[::-1]

    def forward(self, X):
        """Compute z and a of every layer from the samples `X`, shape (inputs + 1, n), the last row of them ones."""
        for layer in self.layers:
            np.dot(layer.blockT, X, out=layer.z)
            layer.forward(layer.z, out=layer.a)
            X = layer.a_and_ones

    def loss(self, T, loss):
        """The error E after `forward`, for the targets `T`, shape (outputs, n)."""
        last = self.layers[-1]
        return loss.value(last.z if loss.output else last.a, T)

    def backward(self, X, T, loss):
        """Compute ∂E/∂parameters after `forward`, from the same `X` and the targets `T`, shape (outputs, n)."""
        layer = self.layers[-1]
        if loss.output:
            loss.gradient_into(layer.a, T, out=layer.dE_dz)
        else:
            loss.gradient_into(layer.a, T, out=layer.dE_da)
            layer.backward(layer.z, layer.a, layer.dE_da, out=layer.dE_dz)
        for before, layer in self._backward:
            np.dot(before.a_and_ones, layer.dE_dzT, out=layer.gradient)
            np.dot(layer.weights, layer.dE_dz, out=before.dE_da)
            before.backward(before.z, before.a, before.dE_da, out=before.dE_dz)
        np.dot(X, self.layers[0].dE_dzT, out=self.layers[0].gradient)


class Layer:
    """What one layer needs in a `Pass`: arrays of shape (units, n), and views that a loop would make over and over."""

    __slots__ = "forward backward blockT weights gradient z a_and_ones a dE_da dE_dz dE_dzT".split()

    def __init__(self, activation, block, gradient, n):
        self.forward, self.backward = activation.forward_into, activation.backward_into
        self.blockT, self.weights, self.gradient = block.T, block[:-1], gradient
        units = block.shape[1]
        self.z, self.dE_da, self.dE_dz = (np.zeros((units, n)) for __ in range(3))
        self.dE_dzT = self.dE_dz.T
        self.a_and_ones = np.ones((units + 1, n))
        self.a = self.a_and_ones[:-1]


class Views(tuple):
    """Arrays of a network, by layer. ``weights[l] = …`` writes into the array instead of replacing it."""

    def __new__(cls, name, arrays):
        views = super().__new__(cls, arrays)
        views.name = name
        return views

    def __setitem__(self, layer, values):
        layer = operator.index(layer)
        write(f"{self.name}[{layer}]", values, self[layer])


def blocks(flat, sizes):
    """Each layer's part of a flat vector, a view of shape (units before + 1, units): weights, then a row of biases."""
    parts = []
    for before, units in zip(sizes[:-1], sizes[1:], strict=True):
        parts.append(flat[: (before + 1) * units].reshape(before + 1, units))
        flat = flat[(before + 1) * units :]
    return parts


def count(sizes):
    """How many parameters a network of these sizes has."""
    return sum((before + 1) * units for before, units in zip(sizes[:-1], sizes[1:], strict=True))


def with_ones(X):
    """`X` with a column of ones behind it, for the biases to weigh."""
    return np.column_stack([X, np.ones(len(X))])


def write(name, values, into):
    """Write checked numbers into an array of the same shape."""
    values = inputs.finite(name, values)
    if values.shape != into.shape:
        message = _("{name} should have shape {expected}; it has shape {shape}.")
        raise ValueError(message.format(name=name, expected=into.shape, shape=values.shape))
    into[...] = values


def drawn(random, init, before, units):
    """Start weights, shape (before, units)."""
    if init == "glorot":
        limit = np.sqrt(6 / (before + units))
        return random.uniform(-limit, limit, (before, units))
    if init == "uniform":
        return random.uniform(0, 1, (before, units))
    spread = np.sqrt(2 / before) if init == "he" else init
    return random.normal(0, spread, (before, units))


def checked_sizes(sizes):
    """The sizes of a network as a tuple of int."""
    sizes = sizes.tolist() if isinstance(sizes, np.ndarray) else sizes
    if not isinstance(sizes, (list, tuple)) or len(sizes) < 2:
        message = _(
            "sizes should be how many inputs, then how many units in each layer, such as [2, 3, 1]; not {value}."
        )
        raise ValueError(message.format(value=inputs.shown(sizes)))
    return tuple(inputs.whole(f"sizes[{i}]", size, low=1) for i, size in enumerate(sizes))


def checked_path(path):
    """A file's path as a Path."""
    if not isinstance(path, (str, os.PathLike)) or not str(path):
        raise ValueError(_("path should be the name of a file, not {value}.").format(value=inputs.shown(path)))
    return Path(path)
