"""Where everything lies in the grid lab's picture: the grid, under it the plane, and the scores beside that."""

import numpy as np

from annkit.labs.grid.trials import FOLDS, HIDDEN, RATES
from annkit.stage import Panel, new_figure
from annkit.translation import _
from annkit.wording import number

WIDTH, HEIGHT = 492, 530
GRID, PLANE = (48, 4, 444, 204), (48, 272, 218, 218)
"""The grid and the plane, in stage units: x, y, width, height."""
CELL_WIDTH, CELL_HEIGHT = GRID[2] / len(HIDDEN), GRID[3] / len(RATES)
REACH = 1.75
"""The plane is seen so far from its middle."""
LOW = 0.25
SCORES = Panel.plain(336, 304, 104, 27 * (FOLDS + 1), (LOW, 1), (FOLDS + 0.5, -0.5))
"""The scores from `LOW`, below guessing, to all right: a row for each fold, and a last one for all samples."""
ROWS = (278, SCORES.y, 213, SCORES.height / (FOLDS + 1))
"""Where the rows are that choose a fold: x and y of the first, its width and height."""


def figure():
    """The set: the axes of the grid, and the plane of the samples."""
    made, (grid, plane) = new_figure(WIDTH, HEIGHT, ncols=2)
    made.set_layout_engine("none")
    for axes, (x, y, width, height) in ((grid, GRID), (plane, PLANE)):
        axes.set_position((x / WIDTH, 1 - (y + height) / HEIGHT, width / WIDTH, height / HEIGHT))
    limits = (-0.5, len(HIDDEN) - 0.5), (-0.5, len(RATES) - 0.5)
    grid.set(xlim=limits[0], ylim=limits[1], xlabel=_("hidden units"))
    grid.set_xticks(range(len(HIDDEN)), map(number, HIDDEN))
    grid.set_yticks(range(len(RATES)), [*map(number, RATES[:-1]), f"α = {number(RATES[-1])}"])
    plane.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=(-1, 0, 1), yticks=(-1, 0, 1))
    plane.set(xlabel="x₁", ylabel="x₂")
    return made


def cell_at(panel, x, y):
    """The cell of the grid at a place in stage units, or None."""
    if not panel.holds(x, y):
        return None
    column, row = (int(np.floor(value + 0.5)) for value in panel.data(x, y))
    return HIDDEN[min(column, len(HIDDEN) - 1)], RATES[min(row, len(RATES) - 1)]


def fold_at(x, y):
    """The fold, from 1, whose row of scores is at a place in stage units; 0 for that of all samples; or None."""
    left, top, width, height = ROWS
    row = int((y - top) // height)
    return (row + 1) % (FOLDS + 1) if left <= x <= left + width and 0 <= row <= FOLDS else None
