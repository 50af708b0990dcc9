"""Where everything stands in the picture of the convolution lab, and what the kernel looks at."""

from typing import NamedTuple

import numpy as np

from annkit import ink
from annkit.labs.convolution.puzzle import SIZE
from annkit.labs.convolution.sheet import MOST_MOVED, PICTURE, SIDE
from annkit.stage import Panel

WIDTH, HEIGHT = 818, 348
LARGE = (8, 30, 290), (346, 47), (520, 30, 290), None
"""The squares (left, top, side) of the sheet and of the map, and between them where the boards begin and how wide their
cells are."""
SHARED = (8, 50, 236), (274, 44), (434, 72, 184), (626, 72, 184)
"""The same where there are two maps."""
TOPS = (30, 131, 232)
"""Where the boards begin: what the frame shows, the kernel, and their products."""
CELL_HEIGHT = 25


class Places(NamedTuple):
    """Where everything stands: panels, in pixels of the sheet and places of the maps."""

    sheet: Panel
    boards: tuple
    first: Panel
    second: Panel
    pad: Panel


def has_two(lab):
    """Whether there are two maps: those of two kernels, or one before and after it is pooled."""
    return bool(lab.puzzle) or lab.pooling != "none"


def shows_blocks(lab):
    """Whether each place of the first map is a block that was pooled."""
    return bool(lab.puzzle) and lab.pooling != "none"


def places(lab):
    """The `Places` for the lab as it is."""
    sheet, (left, width), first, second = SHARED if has_two(lab) else LARGE
    shape, last = lab.map.shape, lab.result.shape
    around = Panel.plain(*_square(sheet), (-lab.padding, SIDE + lab.padding), (SIDE + lab.padding, -lab.padding))
    boards = tuple(Panel.plain(left, top, SIZE * width, SIZE * CELL_HEIGHT, (0, SIZE), (SIZE, 0)) for top in TOPS)
    pixel = around.width / (SIDE + 2 * lab.padding)
    x, y = around.spot(MOST_MOVED + lab.moved[0], MOST_MOVED + lab.moved[1])
    pad = Panel.plain(x, y, PICTURE * pixel, PICTURE * pixel, (0, ink.SIDE), (ink.SIDE, 0))
    return Places(
        around,
        boards,
        _grid(first, last if shows_blocks(lab) else shape),
        second and _grid(second, last),
        pad,
    )


def frame(lab):
    """The upper left corner of what the kernel looks at, in pixels of the sheet: x and y."""
    row, column = lab.cell
    return (column - 1) * lab.stride - lab.padding, (row - 1) * lab.stride - lab.padding


def looked_at(lab):
    """The pixels under the kernel, shape (3, 3)."""
    x, y = frame(lab)
    row, column = y + lab.padding, x + lab.padding
    return np.pad(lab.sheet, lab.padding)[row : row + SIZE, column : column + SIZE]


def at(lab):
    """The place of the first map that is looked at, from 0; the last block, where that place belongs to none."""
    if not shows_blocks(lab):
        return lab.cell[0] - 1, lab.cell[1] - 1
    return tuple(min((each - 1) // 2, most - 1) for each, most in zip(lab.cell, lab.result.shape, strict=True))


def paper(panel):
    """The panel of the sheet without its padding."""
    side = panel.width * SIDE / (panel.xlim[1] - panel.xlim[0])
    return Panel.plain(*panel.spot(0, 0), side, side)


def _square(place):
    left, top, side = place
    return left, top, side, side


def _grid(place, shape):
    rows, columns = shape
    return Panel.plain(*_square(place), (0, columns), (rows, 0))
