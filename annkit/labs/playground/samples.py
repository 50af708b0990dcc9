"""A playground's table as a network gets it: scaled to its plane, made inputs, some to learn from and some held out."""

import math

import numpy as np

from annkit.features import made

HALF = 1.25
"""The plane reaches from minus this to this, in both directions, unless samples lie farther out."""

ROOM = 1.03
"""So many times as far as the farthest sample reaches a plane that had to grow."""
LOTS = 20, 11
"""The seed of what is held out: none that a table is drawn with."""


def window(table):
    """The middle and the half width of the part of the plane that is shown: 0 and `HALF` where all points lie in it."""
    low, high = table.X.min(axis=0), table.X.max(axis=0)
    if max(-low.min(), high.max()) <= 1.5 * HALF and (high - low).max() >= HALF / 4:
        return np.zeros(2), np.full(2, HALF)
    half = np.where(high > low, (high - low) / 2, 1.0)
    return (low + high) / 2, half * HALF


def scaled(X, table):
    """Places in the plane as numbers from about −1 to 1."""
    middle, half = window(table)
    return (X - middle) / (half / HALF)


def reach(table):
    """How far the plane has to reach for all samples to be seen: `HALF`, or farther where some lie farther out."""
    far = float(np.abs(scaled(table.X, table)).max())
    return HALF if far <= HALF else math.ceil(far * ROOM * 8) / 8


def held_out(table, share):
    """Which samples are not learned from: booleans, shape (n,). A sample that is added changes no other's side."""
    order = np.random.default_rng(LOTS).random(len(table))
    held = order >= share
    if held.all():
        held[order.argmin()] = False
    return held


def inputs_of(start, table):
    """What a network of this start gets of every sample, shape (n, inputs)."""
    return made(scaled(table.X, table), start.inputs)


def samples(start, settings):
    """The inputs and targets to learn from, and those to validate on, a pair, or None where there are none."""
    table = settings.table
    X, held = inputs_of(start, table), held_out(table, settings.share)
    validation = (X[held], table.T[held]) if held.any() else None
    return X[~held], table.T[~held], validation
