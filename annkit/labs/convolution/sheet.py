"""The sheet that the kernel slides over, with a picture that has room to be moved; and the maps that are made of it."""

import functools
from typing import NamedTuple

import numpy as np

from annkit import data, ink
from annkit.convolution import correlate, pool
from annkit.translation import N_

SIDE, PICTURE = 12, 8
"""The sheet is so many pixels wide and high, and what lies on it so many."""
MOST_MOVED = (SIDE - PICTURE) // 2
"""A picture is moved at most so far to each side: all of it stays on the sheet."""
PICTURES = {
    "digit": N_("a digit of the data"),
    "upright": N_("an upright bar"),
    "level": N_("a level bar"),
    "dot": N_("a single dot"),
    "own": N_("your own drawing"),
}


class Laid(NamedTuple):
    """What lies on the sheet, and where."""

    kind: str
    """One of `PICTURES`."""
    row: int
    """Which digit, from 1."""
    ink: str
    """What is drawn, as `annkit.ink.to_text` writes it."""
    right: int
    down: int
    """How far it is moved from the middle."""

    def in_the_middle(self):
        """The same before it was moved."""
        return self._replace(right=0, down=0)


def picture(laid):
    """What lies on the sheet: 8 × 8 pixels from 0 to 1."""
    if laid.kind == "digit":
        return data.digits().X[laid.row - 1].reshape(PICTURE, PICTURE)
    if laid.kind == "own":
        return ink.counted(ink.from_text(laid.ink))
    pixels = np.zeros((PICTURE, PICTURE))
    places = {"upright": np.s_[:, 3:5], "level": np.s_[3:5, :], "dot": np.s_[3, 3]}
    pixels[places[laid.kind]] = 1
    return pixels


@functools.lru_cache(maxsize=4)
def sheet(laid):
    """The whole sheet with what is laid on it, shape (12, 12), read-only."""
    made = np.zeros((SIDE, SIDE))
    top, left = MOST_MOVED + laid.down, MOST_MOVED + laid.right
    made[top : top + PICTURE, left : left + PICTURE] = picture(laid)
    made.flags.writeable = False
    return made


@functools.lru_cache(maxsize=8)
def mapped(laid, kernel, padding, stride):
    """The map that a kernel, a tuple of tuples, makes of the sheet, read-only."""
    made = correlate(sheet(laid), kernel, padding, stride)
    made.flags.writeable = False
    return made


@functools.lru_cache(maxsize=8)
def answer(laid, kernel, padding, stride, pooling):
    """What comes out in the end: the map, pooled where it is to be; read-only."""
    made = mapped(laid, kernel, padding, stride)
    if pooling != "none":
        made = pool(made, pooling)
        made.flags.writeable = False
    return made
