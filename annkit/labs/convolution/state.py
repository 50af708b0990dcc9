"""The parts of the convolution lab's state that no other lab has: a kernel, a move, a place of the map."""

import numpy as np

from annkit import inputs
from annkit.labs.base.traits import State
from annkit.labs.convolution.puzzle import SIZE
from annkit.labs.convolution.sheet import MOST_MOVED, SIDE
from annkit.translation import N_, _

FAR = 1000
"""The largest weight that can be set in code."""


class Kernel(State):
    """Nine weights in three rows, a tuple of tuples."""

    def accepted(self, value, lab):
        K = inputs.finite(self.name, value)
        if K.shape != (SIZE, SIZE):
            message = _("{name} should be three rows of three weights; it has shape {shape}.")
            raise ValueError(message.format(name=self.name, shape=K.shape))
        if np.abs(K).max() > FAR:
            message = _("{name} should have weights from −{far} to {far}, not {value}.")
            raise ValueError(
                message.format(name=self.name, far=FAR, value=inputs.shown(float(K.flat[np.abs(K).argmax()])))
            )
        return tuple(map(tuple, K.tolist()))


class Pair(State):
    """Two whole numbers, within what `ends` says."""

    asked = ""
    """What they should be."""

    def ends(self, lab):
        """The least and the greatest of each."""
        raise NotImplementedError

    def accepted(self, value, lab):
        value = value.tolist() if isinstance(value, np.ndarray) else value
        if not isinstance(value, (tuple, list)) or len(value) != 2:
            raise ValueError(_(self.asked).format(name=self.name, value=inputs.shown(value)))
        return tuple(inputs.whole(self.name, each, *ends) for each, ends in zip(value, self.ends(lab), strict=True))

    def fitted(self, value, lab):
        return tuple(min(most, max(least, each)) for each, (least, most) in zip(value, self.ends(lab), strict=True))


class Moved(Pair):
    """How far the picture is moved: to the right, and down."""

    asked = N_("{name} should be two whole numbers, how far to the right and how far down, not {value}.")

    def ends(self, lab):
        return [(-MOST_MOVED, MOST_MOVED)] * 2


class Cell(Pair):
    """A place of the map: its row and its column, from 1."""

    asked = N_("{name} should be two whole numbers, a row and a column of the map, not {value}.")

    def ends(self, lab):
        return [(1, across(lab.padding, lab.stride))] * 2


def across(padding, stride):
    """How many rows, and columns, the map has."""
    return (SIDE + 2 * padding - SIZE) // stride + 1
