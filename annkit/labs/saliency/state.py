"""What the saliency lab's state has of its own: the digit on the other side, the pixel looked at, pixels filled."""

import numpy as np

from annkit import inputs
from annkit.labs.base.traits import Choice, State
from annkit.translation import _

SIDE = 8
RUNNER_UP = "runner-up"


class Rival(Choice):
    """The digit on the other side; or whichever comes second."""

    def __init__(self):
        super().__init__([RUNNER_UP, *"0123456789"], glance=True)

    def accepted(self, value, lab):
        return super().accepted(str(value) if isinstance(value, (int, np.integer)) else value, lab)


class Pixel(State):
    """A pixel of the picture, (row, column), each counted from 1."""

    def accepted(self, value, lab):
        return _pixel(self.name, value)


class Pixels(State):
    """Several pixels, each once, row by row."""

    def accepted(self, value, lab):
        if not isinstance(value, (list, tuple, set)):
            message = _("{name} should be a list of pixels (row, column), not {value}.")
            raise ValueError(message.format(name=self.name, value=inputs.shown(value)))
        return tuple(sorted({_pixel(self.name, each) for each in value}))


def _pixel(name, value):
    if isinstance(value, (tuple, list)) and len(value) == 2:
        row, column = (inputs.whole(name, each, low=1, high=SIDE) for each in value)
        return row, column
    message = _("{name} should be a pixel (row, column), each from 1 to 8, not {value}.")
    raise ValueError(message.format(name=name, value=inputs.shown(value)))


def number_of(pixel):
    """The number of a pixel in a row of 64, from 0."""
    return SIDE * (pixel[0] - 1) + pixel[1] - 1


def pixel_of(number):
    """The pixel with a number."""
    row, column = divmod(int(number), SIDE)
    return row + 1, column + 1
