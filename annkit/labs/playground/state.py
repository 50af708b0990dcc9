"""What the playground's state is made of, beyond numbers and choices."""

from annkit import data, inputs
from annkit.activations import activation_called
from annkit.features import MADE
from annkit.labs.base.traits import State, TableOf, Whole
from annkit.labs.playground.board import MOST_LAYERS, MOST_UNITS
from annkit.labs.playground.past import past_of
from annkit.translation import _

NOISE = {
    "circles": 0.1, "moons": 0.1, "quadrants": 0.02, "blobs": 0.25, "spiral": 0.02, "curve": 0.02, "plane": 0.0,
    "hills": 0.0,
}  # fmt: skip
"""The tables that can be drawn, and the noise of each, if nothing else is said."""
OWN = "own"
"""The name of a table that was brought along."""
MOST_SAMPLES = 1000
ACTIVATIONS = ["tanh", "relu", "sigmoid", "identity", "leaky_relu", "gelu"]


def drawn_table(lab):
    """The table that a lab's settings ask for."""
    return getattr(data, lab.dataset)(lab.points, noise=lab.noise, seed=lab.data_seed)


class Samples(TableOf):
    """The table: drawn, or drawn and edited, or brought along."""

    def __init__(self):
        super().__init__(data.circles, columns=(2,), rows=MOST_SAMPLES)
        self._usual = lambda lab: data.circles() if lab.dataset == OWN else drawn_table(lab)

    def accepted(self, value, lab):
        table = super().accepted(value, lab)
        if table.T.shape[1] > 1:
            raise ValueError(_("the playground has one output; this table has {count}.").format(count=table.T.shape[1]))
        return table


class Inputs(State):
    """Which of the inputs that can be made the network has, in the order in which they stand."""

    def accepted(self, value, lab):
        names = {inputs.choice(self.name, name, list(MADE)) for name in inputs.names(self.name, value)}
        if not names:
            raise ValueError(_("a network needs at least one input."))
        return tuple(name for name in MADE if name in names)


class Hidden(State):
    """How many units each hidden layer has."""

    def accepted(self, value, lab):
        if not isinstance(value, (list, tuple)) or len(value) > MOST_LAYERS:
            message = _("{name} should be the units of each hidden layer, of {most} layers at most, not {value}.")
            raise ValueError(message.format(name=self.name, most=MOST_LAYERS, value=inputs.shown(value)))
        return tuple(inputs.whole(f"{self.name}[{i}]", n, low=1, high=MOST_UNITS) for i, n in enumerate(value))


class Activation(State):
    """The activation of the hidden layers: one name, or one for each layer."""

    def accepted(self, value, lab):
        if isinstance(value, str):
            return activation_called(self.name, inputs.choice(self.name, value, ACTIVATIONS)).name
        if not isinstance(value, (list, tuple)) or len(value) != len(lab.hidden):
            message = _("{name} should be one name, or one for each of the {layers} hidden layers, not {value}.")
            raise ValueError(message.format(name=self.name, layers=len(lab.hidden), value=inputs.shown(value)))
        names = tuple(inputs.choice(f"{self.name}[{i}]", name, ACTIVATIONS) for i, name in enumerate(value))
        return names[0] if len(set(names)) == 1 else names

    def fitted(self, value, lab):
        if isinstance(value, str) or len(value) == len(lab.hidden):
            return value
        return self.accepted((value + value[-1:] * len(lab.hidden))[: len(lab.hidden)], lab)


class StartWeights(State):
    """How the start weights are drawn: "glorot", "he", or a spread."""

    def accepted(self, value, lab):
        if isinstance(value, str):
            return inputs.choice(self.name, value, ["glorot", "he"])
        return inputs.number(self.name, value, 0, 100)


class PastOf(State):
    """What the network has been through; every setting in it is checked as the lab's own."""

    def accepted(self, value, lab):
        return past_of(self.name, value, lambda name, value: lab.parts[name].accepted(value, lab))


class Moment(Whole):
    """Where in its past the network stands, in batches: at most at its end."""

    def __init__(self):
        super().__init__(lambda lab: lab.past.batches, 0)

    def fitted(self, value, lab):
        return min(value, lab.past.batches)


class Sample(Whole):
    """The number of the sample that is looked at, from 1; 0 for none, and where there is no such sample any more."""

    def __init__(self):
        super().__init__(0, 0, glance=True)

    def fitted(self, value, lab):
        return value if value <= len(lab.table) else 0
