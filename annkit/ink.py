"""Ink on a pad of 32 × 32: strokes, and the picture of 8 × 8 that a network of handwritten digits is shown.

An ink is an array of booleans, shape (32, 32), the first row on top; true where there is ink.
"""

import numpy as np

from annkit import inputs
from annkit.translation import _

SIDE, BLOCK = 32, 4
WIDE = 20
"""So many columns wide a digit is made, and all 32 rows high."""
MOST = 1.5
"""But stretched in one direction at most so many times as much as in the other: a line stays a line."""
THIN, THICK = (108, 256), (412, 560)
"""With less ink than this it gets thicker, twice or once; with more it gets thinner, once or twice."""
EDGE = 2
"""So many rows at the ends of a digit don't count where it is set upright."""
PEN = 1.5
"""The radius of the pen, in pixels of the pad."""
_middles = np.arange(SIDE) + 0.5


def stroke(points, pen=PEN):
    """The ink of a pen that is led through some points.

    Parameters
    ----------
    points : array_like, shape (n, 2)
        Across and down from the pad's upper left corner, 0 to 32 each; a single one makes a dot. What lies beside the
        pad makes no ink.
    pen : float
        The radius of the pen, above 0.

    Returns
    -------
    ndarray of bool, shape (32, 32)

    Raises
    ------
    ValueError
        If the points are no such numbers.

    Examples
    --------
    >>> stroke([(4, 10), (28, 10)], pen=2).sum(axis=1)[7:13]
    array([ 0, 26, 28, 28, 26,  0])
    """
    points = inputs.matrix("points", points, columns=2)
    pen = inputs.number("pen", pen, low=0)
    ink = np.zeros((SIDE, SIDE), bool)
    for (x, y), (to_x, to_y) in zip(points, np.concatenate([points[1:], points[-1:]]), strict=True):
        right, down = to_x - x, to_y - y
        across, along = _middles - x, (_middles - y)[:, None]
        share = np.clip((across * right + along * down) / (right**2 + down**2 or 1), 0, 1)
        ink |= (across - share * right) ** 2 + (along - share * down) ** 2 <= pen**2
    return ink


def normal(ink):
    """The ink as the bitmaps were made from which the pictures of `annkit.data.digits` were counted.

    It is cut out, stretched to 20 × 32 in the middle of the pad, made thicker or thinner, and set upright. (A digit
    that is very narrow or very wide is stretched less here than there.)

    Parameters
    ----------
    ink : ndarray of bool, shape (32, 32)

    Returns
    -------
    ndarray of bool, shape (32, 32)
        Without any ink where there was none.

    References
    ----------
    M. Garris and others, "NIST form-based handprint recognition system", NISTIR 5469 (1994).
    """
    return _upright(_even(_stretched(ink))) if ink.any() else np.zeros((SIDE, SIDE), bool)


def _stretched(ink):
    """The box around the ink, stretched and put in the middle: each pixel looks up where it comes from."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    box = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    (height, width), middle = box.shape, _middles - SIDE / 2
    down, across = SIDE / height, WIDE / width
    down, across = min(down, MOST * across), min(across, MOST * down)
    row = np.floor(middle / down + height / 2).astype(int)
    column = np.floor(middle / across + width / 2).astype(int)
    inside = ((row >= 0) & (row < height))[:, None] & (column >= 0) & (column < width)
    return inside & box[row.clip(0, height - 1)[:, None], column.clip(0, width - 1)]


def _even(ink):
    """Strokes of about the same thickness in every drawing."""
    count = ink.sum()
    for __ in range(sum(count < least for least in THIN)):
        ink = np.logical_or.reduce(_and_beside(ink))
    for __ in range(sum(count > most for most in THICK)):
        ink = np.logical_and.reduce(_and_beside(ink))
    return ink


def _and_beside(ink):
    """The ink, and it moved by one pixel in each of the four directions."""
    wide = np.pad(ink, 1)
    return ink, wide[:-2, 1:-1], wide[2:, 1:-1], wide[1:-1, :-2], wide[1:-1, 2:]


def _upright(ink):
    """The rows shifted until the leftmost ink near the top and near the bottom stand one above the other."""
    rows = np.flatnonzero(ink.any(axis=1))
    top, bottom = (rows[0] + EDGE, rows[-1] - EDGE) if len(rows) else (0, 0)
    if bottom <= top or not (ink[top].any() and ink[bottom].any()):
        return ink
    lean = (int(ink[top].argmax()) - int(ink[bottom].argmax())) / (bottom - top)
    shift = np.floor((np.arange(SIDE) - SIDE // 2) * lean + 0.5).astype(int)
    column = np.arange(SIDE) - shift[:, None]
    inside = (column >= 0) & (column < SIDE)
    return inside & np.take_along_axis(ink, column.clip(0, SIDE - 1), axis=1)


def counted(ink):
    """How much ink there is in each block of 4 × 4, from 0 to 1 in sixteenths: shape (8, 8).

    Examples
    --------
    >>> counted(stroke([(0, 2), (32, 2)], pen=2))[0]
    array([1., 1., 1., 1., 1., 1., 1., 1.])
    """
    blocks = SIDE // BLOCK
    return ink.reshape(blocks, BLOCK, blocks, BLOCK).sum(axis=(1, 3)) / BLOCK**2


def seen(ink):
    """The picture that a network is shown of a drawing: `counted` of `normal`, shape (8, 8)."""
    return counted(normal(ink))


def to_text(ink):
    """An ink as a short text: its rows as hexadecimal numbers, with dots between; the last rows without ink left out.

    Examples
    --------
    >>> to_text(stroke([(30, 2), (30, 4)], pen=2))
    '6.f.f.f.f.6'
    """
    rows = np.packbits(ink, axis=1).view(">u4").ravel().tolist()
    return ".".join(f"{row:x}" if row else "" for row in rows).rstrip(".")


def from_text(text):
    """The ink that `to_text` wrote. Raises `ValueError` where it did not write this."""
    message = _("ink should be a text that annkit.ink.to_text writes, not {value}.")
    rows = text.split(".") if isinstance(text, str) else None
    if (
        rows is None
        or len(rows) > SIDE
        or not all(len(row) <= 8 and set(row) <= set("0123456789abcdef") for row in rows)
    ):
        raise ValueError(message.format(value=inputs.shown(text)))
    numbers = [int(row or "0", 16) for row in rows] + [0] * (SIDE - len(rows))
    return np.unpackbits(np.array(numbers, ">u4").view("u1").reshape(SIDE, -1), axis=1).astype(bool)
