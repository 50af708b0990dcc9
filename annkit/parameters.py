"""What a network consists of: the sizes and functions of its layers, and one flat vector with all their numbers."""

import numpy as np

from annkit import export, inputs, saving
from annkit.activations import activation_called, softmax
from annkit.translation import _

INITS = ["glorot", "he", "uniform"]
MOST_PARAMETERS = 10_000_000
"""So many take 80 MB, and a training several times as much."""


class Parametrized:
    """What has every number that can learn in one vector, `_parameters`, into which its other arrays are views."""

    @property
    def parameters(self):
        """Every number that can learn, as one vector. What is assigned is checked and written into it."""
        return self._parameters

    @parameters.setter
    def parameters(self, values):
        write("parameters", values, self._parameters)


class Layers(Parametrized):
    """The layers of a `Network`, where they are described: made, changed, compared, copied and saved."""

    def __init__(self, sizes, activation="sigmoid", output="sigmoid", seed=0, init="glorot", parameters=None, skips=0):
        sizes = checked_sizes(sizes)
        skips = _skips(skips, sizes)
        activation, hidden = _hidden(activation, len(sizes) - 2)
        last = activation_called("output", output)
        functions = (*hidden, last)
        if any(f is softmax and units == 1 for f, units in zip(functions, sizes[1:], strict=True)):
            raise ValueError(_("softmax over a single unit is always 1; take sigmoid, or two units."))
        seed = inputs.whole("seed", seed, low=0)
        init = inputs.choice("init", init, INITS) if isinstance(init, str) else inputs.not_negative("init", init)
        vars(self).update(sizes=sizes, activation=activation, output=last.name, activations=functions)
        vars(self).update(skips=skips, seed=seed, init=init)
        self._hold(np.zeros(count(sizes)))
        if parameters is not None:
            self.parameters = parameters
            return
        random = np.random.default_rng(seed)
        for W in self.weights:
            W[...] = drawn(random, init, *W.shape)

    def _hold(self, parameters):
        weights, biases = views(parameters, self.sizes)
        weights, biases = Views("weights", weights), Views("biases", biases)
        vars(self).update(_parameters=parameters, weights=weights, biases=biases)

    @property
    def architecture(self):
        """The sizes, the activation, the output and the skips: all but the numbers."""
        return self.sizes, self.activation, self.output, self.skips

    def copy(self):
        """A network with the same numbers that may be changed by itself, also where this one is read-only."""
        return self._with(self.parameters.copy())

    def frozen(self):
        """A copy that nobody can change: it computes, but to learn or to turn a weight takes a `copy` of it."""
        return self._with(read_only(self.parameters))

    def _with(self, parameters):
        other = object.__new__(type(self))
        vars(other).update(vars(self))
        other._hold(parameters)
        return other

    def to_code(self):
        """This network as one expression of Python that makes it again, to the last bit.

        It says how the network came about, by its seed, as long as no parameter was changed; then it lists them all.
        Raises ValueError if a parameter is not finite.
        """
        inputs.vector("parameters", self.parameters)
        return export.to_code(self)

    def to_numpy_code(self):
        """This network as a program that needs only NumPy: its numbers, its activations, and `predict(X)`.

        Its `predict` gives this network's outputs, to the last few bits. Raises ValueError if a parameter is not
        finite.
        """
        inputs.vector("parameters", self.parameters)
        return export.to_numpy_code(self)

    def to_torch_code(self):
        """This network as a program for PyTorch: ``model``, in 64-bit numbers, and `predict(X)`.

        Its `predict` gives this network's outputs, to the last few bits, and ``model`` can learn on. Raises ValueError
        if a parameter is not finite.
        """
        inputs.vector("parameters", self.parameters)
        return export.to_torch_code(self)

    def save(self, path):
        """Write this network to a file, to be read by `load`.

        Parameters
        ----------
        path : str or path
            The file, by custom ending in ``.npz``. One that is there already is replaced when the new one is whole.

        Raises
        ------
        ValueError
            If `path` is no path, or a parameter is not finite. OSError if the file cannot be written.
        """
        parameters = inputs.vector("parameters", self.parameters)
        parts = {"skips": self.skips} if any(self.skips) else {}  # an older annkit reads what it can compute
        parts |= {"sizes": self.sizes, "activation": self.activation, "output": self.output}
        saving.save(path, **parts, parameters=parameters)

    @classmethod
    def load(cls, path):
        """The network that `save` wrote.

        Raises
        ------
        ValueError
            If the file is damaged or no network of annkit. OSError if it cannot be read.
        """

        def make(sizes, activation, output, parameters, skips=0):
            return cls(sizes, activation.tolist(), str(output), parameters=parameters, skips=np.asarray(skips).tolist())

        return saving.load(path, make)

    def __setattr__(self, name, value):
        if name in vars(self):
            message = _(
                "{name} of a network stays as it was made. To change numbers, set parameters, weights[l] or biases[l]."
            )
            raise AttributeError(message.format(name=name))
        inputs.settable(self, name, ["parameters", "weights", "biases"])
        super().__setattr__(name, value)

    def __getstate__(self):
        # Copied and pickled as what it is made of: views would each be copied by themselves and be views no more.
        made_of = "sizes", "activation", "output", "seed", "init", "skips"
        made_of = {name: getattr(self, name) for name in made_of}
        return made_of, self.parameters.copy(), self.parameters.flags.writeable

    def __setstate__(self, state):
        made_of, parameters, writeable = state
        self.__init__(**made_of)
        self._hold(parameters if writeable else read_only(parameters))

    def __eq__(self, other):
        """Whether the other network is built alike and holds the same numbers."""
        if not isinstance(other, Layers):
            return NotImplemented
        return self.architecture == other.architecture and np.array_equal(self.parameters, other.parameters)

    def __repr__(self):
        names = [function.name for function in self.activations]
        layers = [f"{units} {name} unit{'s'[: units != 1]}" for units, name in zip(self.sizes[1:], names, strict=True)]
        layers = [layer + " with a skip" * bool(skip) for layer, skip in zip(layers, (*self.skips, 0), strict=True)]
        layers[-1] = layers[-1].replace("unit", "output")
        start = f"{self.sizes[0]} input{'s'[: self.sizes[0] != 1]}"
        return f"Network of {', '.join([start, *layers])}: {self.parameters.size} parameters"


class Views(tuple):
    """Arrays of a network, by layer. ``weights[l] = …`` writes into the array instead of replacing it."""

    def __new__(cls, name, arrays):
        views = super().__new__(cls, arrays)
        views.name = name
        return views

    def __setitem__(self, layer, values):
        layer = inputs.whole("layer", layer, low=-len(self), high=len(self) - 1)
        write(f"{self.name}[{layer}]", values, self[layer])


def blocks(flat, sizes):
    """Each layer's part of a flat vector, a view of shape (units before + 1, units): weights, then a row of biases."""
    parts = []
    for before, units in zip(sizes[:-1], sizes[1:], strict=True):
        parts.append(flat[: (before + 1) * units].reshape(before + 1, units))
        flat = flat[(before + 1) * units :]
    return parts


def views(flat, sizes):
    """The weights and the biases of each layer as views into a flat vector."""
    layers = blocks(flat, sizes)
    return tuple(block[:-1] for block in layers), tuple(block[-1] for block in layers)


def count(sizes):
    """How many parameters a network of these sizes has."""
    return sum((before + 1) * units for before, units in zip(sizes[:-1], sizes[1:], strict=True))


def checked_sizes(sizes):
    """The sizes of a network as a tuple of int."""
    sizes = sizes.tolist() if isinstance(sizes, np.ndarray) else sizes
    if not isinstance(sizes, (list, tuple)) or len(sizes) < 2:
        message = _(
            "sizes should be how many inputs, then how many units in each layer, such as [2, 3, 1]; not {value}."
        )
        raise ValueError(message.format(value=inputs.shown(sizes)))
    sizes = tuple(inputs.whole(f"sizes[{i}]", size, low=1) for i, size in enumerate(sizes))
    if count(sizes) > MOST_PARAMETERS:
        message = _("sizes {sizes} make {count:,} parameters; a network has at most {most:,}. Take fewer units.")
        raise ValueError(message.format(sizes=inputs.shown(list(sizes)), count=count(sizes), most=MOST_PARAMETERS))
    return sizes


def _hidden(activation, layers):
    """What the hidden layers' activation is called, a name or one for each, and the function of each."""
    if not isinstance(activation, (list, tuple)):
        function = activation_called("activation", activation)
        return function.name, [function] * layers
    if len(activation) != layers:
        message = _("activation should be one name, or a list of {layers}, one for each hidden layer; not {value}.")
        raise ValueError(message.format(layers=layers, value=inputs.shown(activation)))
    functions = [activation_called(f"activation[{i}]", name) for i, name in enumerate(activation)]
    names = tuple(function.name for function in functions)
    return names[0] if len(set(names)) == 1 else names, functions


def _skips(skips, sizes):
    """The factor of each hidden layer's skip, 0 where it has none, as a tuple of float."""
    fits = [before == units for before, units in zip(sizes[:-2], sizes[1:-1], strict=True)]
    if not isinstance(skips, (list, tuple, np.ndarray)):
        factor = inputs.not_negative("skips", skips)
        if factor and not any(fits):
            message = _("skips need a hidden layer with as many units as come before it; the sizes are {sizes}.")
            raise ValueError(message.format(sizes=list(sizes)))
        return tuple(factor * fit for fit in fits)
    if len(skips) != len(fits):
        message = _("skips should be one number, or a list of {layers}, one for each hidden layer; not {value}.")
        raise ValueError(message.format(layers=len(fits), value=inputs.shown(skips)))
    skips = tuple(inputs.not_negative(f"skips[{i}]", skip) for i, skip in enumerate(skips))
    for i, (skip, fit) in enumerate(zip(skips, fits, strict=True)):
        if skip and not fit:
            message = _(
                "skips[{i}] should be 0: a skip adds what comes into a layer to what its units answer, so there have "
                "to be as many of both; here {before} come in, and there are {units} units."
            )
            raise ValueError(message.format(i=i, before=sizes[i], units=sizes[i + 1]))
    return skips


def drawn(random, init, before, units):
    """Start weights, shape (before, units)."""
    if init == "glorot":
        limit = np.sqrt(6 / (before + units))
        return random.uniform(-limit, limit, (before, units))
    if init == "uniform":
        return random.uniform(0, 1, (before, units))
    spread = np.sqrt(2 / before) if init == "he" else init
    return random.normal(0, spread, (before, units))


def write(name, values, into):
    """Write checked numbers into an array of the same shape."""
    refuse_frozen(into)
    values = inputs.finite(name, values)
    if values.shape != into.shape:
        message = _("{name} should have shape {expected}; it has shape {shape}.")
        raise ValueError(message.format(name=name, expected=into.shape, shape=values.shape))
    into[...] = values


def read_only(vector):
    """A copy of a vector that nobody can change: NumPy makes bytes never writeable again."""
    return np.frombuffer(vector.tobytes())


def refuse_frozen(array):
    """Refuse to change a network whose numbers are read-only."""
    if not array.flags.writeable:
        message = _("This network is read-only: it belongs to a lab or a record. Take a copy of it, net.copy().")
        raise ValueError(message)
