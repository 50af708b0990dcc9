"""What the vanishing lab's state is made of, beyond numbers and choices: a layer, wires that are cut, and a path."""

from annkit import inputs
from annkit.labs.base.traits import State, Whole
from annkit.translation import _

UNITS = 8
"""So many of a layer's units are drawn, and may lie on the path."""


class LayerOf(Whole):
    """The number of one of the lab's layers, from 1; the last, where there are fewer."""

    def ends(self, lab):
        return 1, lab.depth

    def fitted(self, value, lab):
        return min(value, lab.depth)


class CutWires(State):
    """The layers, from 2, whose wire is cut."""

    def accepted(self, value, lab):
        if not isinstance(value, (list, tuple, set, frozenset)):
            message = _("{name} should be the layers whose wire is cut, such as (3, 5), not {value}.")
            raise ValueError(message.format(name=self.name, value=inputs.shown(value)))
        layers = [
            inputs.whole(f"{self.name}[{i}]", layer, low=2, high=max(2, lab.depth)) for i, layer in enumerate(value)
        ]
        return tuple(sorted(set(layers)))

    def fitted(self, value, lab):
        return tuple(layer for layer in value if layer <= lab.depth)


class Path(State):
    """One unit in each layer, from 1, the first layer first."""

    def accepted(self, value, lab):
        if not isinstance(value, (list, tuple)) or len(value) != lab.depth:
            message = _("{name} should be a unit for each of the {depth} layers, from 1 to {units}, not {value}.")
            said = {"name": self.name, "depth": lab.depth, "units": UNITS, "value": inputs.shown(value)}
            raise ValueError(message.format(**said))
        return tuple(inputs.whole(f"{self.name}[{i}]", unit, low=1, high=UNITS) for i, unit in enumerate(value))

    def fitted(self, value, lab):
        return (value + value[-1:] * lab.depth)[: lab.depth]
