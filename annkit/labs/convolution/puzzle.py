"""The inverse puzzle: which kernels are hidden, how near a map is to theirs, and how descent finds them."""

import numpy as np

from annkit.convolution import correlate, correlate_back, pool, pool_back

MOST = 999
"""So many kernels are hidden, one after the other."""
SIZE = 3
FLAT, DECIMALS = 1e-7, 7
"""A slope below the one is none, and so many decimals of a weight are kept."""
SHARE = 0.9
"""With the whole way to where E is lowest, step after step would go to and fro across the valley, hundreds of times."""
NEAR = 0.005
"""Weights and places of a map that differ by no more than this are alike; two kernels in quarters differ by more."""
KNOWN = (
    ((0, 0, 0), (1, 0, 0), (0, 0, 0)),
    ((0, 0, 0), (0, 0.5, 0.5), (0, 0, 0)),
    ((1, 1, 1), (0, 0, 0), (-1, -1, -1)),
    ((0, 1, 0), (0, 0, 0), (0, -1, 0)),
    ((0.25, 0.25, 0.25), (0.25, -2, 0.25), (0.25, 0.25, 0.25)),
    ((0, 1, 1), (-1, 0, 1), (-1, -1, 0)),
)
"""The first puzzles; those that come after have nine halves that are drawn with their number as the seed."""


def hidden(puzzle):
    """The kernel of a puzzle, counted from 1: a tuple of tuples."""
    if puzzle <= len(KNOWN):
        return KNOWN[puzzle - 1]
    drawn = np.random.default_rng(puzzle).integers(-4, 5, (3, 3)) / 2
    return tuple(map(tuple, drawn.tolist()))


def near(kernel, other):
    """Whether two kernels are alike."""
    return bool(np.abs(np.subtract(kernel, other)).max() <= NEAR)


def error_of(mine, wanted):
    """E, the mean of the squared differences of two maps."""
    return float(((mine - wanted) ** 2).mean())


def descended(sheet, kernel, wanted, padding, stride, pooling):
    """The kernel after a step of gradient descent on E, shape (3, 3); None where there is no slope to go down.

    The map is linear in the kernel, so it is known how far along the slope E is lowest: the step goes `SHARE` of it.
    """
    made = correlate(sheet, kernel, padding, stride)
    slope = 2 * ((made if pooling == "none" else pool(made, pooling)) - wanted) / wanted.size
    if pooling != "none":
        slope = pool_back(slope, made, pooling)
    dE_dK = correlate_back(slope, sheet, kernel, padding, stride)[1]
    if np.abs(dE_dK).max() <= FLAT:
        return None
    along = correlate(sheet, dE_dK, padding, stride)
    if pooling == "mean":
        along = pool(along, pooling)
    elif pooling == "max":
        along = along[pool_back(np.ones(wanted.shape), made) > 0]
    learning_rate = SHARE * (dE_dK**2).sum() / (2 * (along**2).sum() / wanted.size)
    return np.round(kernel - learning_rate * dE_dK, DECIMALS)
