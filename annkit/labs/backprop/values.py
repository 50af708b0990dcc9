"""What a backprop lab is given: two matrices, two rows of biases, a pair of inputs or targets; kept as tuples."""

import numpy as np

from annkit import inputs
from annkit.labs.base.traits import FARTHEST, State
from annkit.translation import _


class Pair(State):
    """Two numbers, such as an input for each of two nodes."""

    def accepted(self, value, lab):
        return _pair(self.name, value)


class PairOfRows(State):
    """The biases of two layers, two numbers each."""

    def accepted(self, value, lab):
        message = _("{name} should be those of both layers, [b, c], two numbers each; this is {value}.")
        first, second = _two(self.name, value, message)
        return _pair(f"{self.name}[0]", first), _pair(f"{self.name}[1]", second)


class PairOfMatrices(State):
    """The weights of two layers, each of two rows (where they come from) and two columns (where they lead to)."""

    def accepted(self, value, lab):
        message = _("{name} should be two matrices, [W, V], each with 2 rows and 2 columns; this is {value}.")
        first, second = _two(self.name, value, message)
        return _square(f"{self.name}[0]", first), _square(f"{self.name}[1]", second)


def _two(name, value, message):
    """Two things of a list, a tuple or an array."""
    try:
        first, second = (None, None, None) if isinstance(value, (str, dict, set, frozenset)) else value
    except (TypeError, ValueError):
        raise ValueError(message.format(name=name, value=inputs.shown(value))) from None
    return first, second


def _pair(name, value):
    array = inputs.vector(name, value)
    if array.shape != (2,):
        message = _("{name} should be two numbers, one for each node; it has {count}.")
        raise ValueError(message.format(name=name, count=len(array)))
    return tuple(_near(name, array).tolist())


def _square(name, value):
    array = inputs.finite(name, value, least=1)
    if array.shape != (2, 2):
        message = _(
            "{name} should have 2 rows, one for each node where a weight comes from, and 2 columns, one for each unit "
            "where it leads to; it has shape {shape}."
        )
        raise ValueError(message.format(name=name, shape=array.shape))
    return tuple(map(tuple, _near(name, array).tolist()))


def _near(name, array):
    """Refuse numbers that are too large to be drawn."""
    largest = array.flat[np.abs(array).argmax()]
    inputs.number(name, largest, -FARTHEST, FARTHEST)
    return array
