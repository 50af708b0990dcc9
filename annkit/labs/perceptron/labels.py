"""Words on the perceptron's picture, each where it has room: beside arrows, at lines, in corners of sides."""

import numpy as np

from annkit.labs.base.axes import LETTER
from annkit.stage import marks
from annkit.translation import _

SIGN = 21
"""About the width of a sign before words, in stage units."""
FREE = 21
"""A number so far from all points stands well."""
NARROW = 7
"""The width of a letter of narrow ones: words of this width may still have room."""
HALF = 9
"""Half the height of a line of words."""
APART = 12
"""Words keep so far away from points, where they can."""
CLASS_COLOURS = "orange", "blue"
"""Those of × and ○."""


def numbers(panel, places):
    """A number beside each of some places, shape (n, 2), in that of its four corners where there is most room."""
    at = panel.place(*np.transpose(places))
    shifts = np.array([(16, -15), (-16, -15), (16, 15), (-16, 15)])
    apart = np.hypot(*(at[:, None, None] + shifts[:, None] - at).transpose(3, 0, 1, 2))
    room = np.minimum(apart.min(axis=2), FREE)
    for i, (place, best) in enumerate(zip(places, room.argmax(axis=1), strict=True), start=1):
        yield marks.text(panel, *place, str(i), size=12, shift=shifts[best])


def beside(panel, start, end, words, colour, beyond, other=False):
    """Words beside the middle of an arrow, on the side where the place `beyond` is not.

    Where it lies on the arrow's own line: on one side, or on the `other`. Where they would leave the panel or cover the
    arrow's tip, they stand at its other side, or to its right or left.
    """
    start, end, beyond = panel.place(*np.array([start, end, beyond]).T)
    along = (end - start) / max(1, np.hypot(*(end - start)))
    away = np.array([along[1], -along[0]]) * (-1 if other else 1)
    if away @ (start - beyond) < -0.1:
        away = -away
    middle, half = (start + end) / 2, np.array([LETTER * len(words) / 2, HALF])
    sides = np.array([away, -away])
    shifts = 14 * sides + half * [1, 0] * np.where(np.abs(sides) < 0.4, 0, np.sign(sides))
    reach = half[0] + 14 + abs(end - start)[0] / 2
    middles = middle + np.vstack([shifts, [(reach, 0), (-reach, 0)]])
    low = np.array([panel.x, panel.y])
    held = np.clip(middles, low + half, low + (panel.width, panel.height) - half)
    fits = (held == middles).all(axis=1) & (np.maximum(abs(end - middles) - half, 0).max(axis=1) > 4)
    return marks.text(panel, *panel.data(*held[fits.argmax()]), words, colour, "middle", 13, bold=True)


def at_line(panel, ends, words, colour, taken, said):
    """Words at an end of a line, shape (2, 2); and where they are: both their ends and their middle, shape (3, 2).

    They stand where most room is between the places `taken`; but first of all on no words that are `said` already.
    """
    places = panel.place(*ends.T)
    right, low = (places > (panel.x + panel.width / 2, panel.y + panel.height / 2)).T
    inward, half = np.where(right, -1, 1), np.array([LETTER * len(words) / 2, HALF])
    shifts = np.column_stack([6 * inward, np.where(low, -10, 12)])
    shifts = np.vstack([shifts, shifts + np.column_stack([[0, 0], np.where(low, 22, -22)])])  # then on its other side
    ends, places, right, inward = (np.concatenate([each, each]) for each in (ends, places, right, inward))
    middles = places + shifts + np.column_stack([inward * half[0], 0 * inward])
    room = np.minimum(_room(panel, middles, half, taken), FREE) + FREE * (_room(panel, middles, half, said) > HALF)
    within = (middles[:, 1] > panel.y + HALF) & (middles[:, 1] < panel.y + panel.height - HALF)
    k = np.where(within, room, -1).argmax()
    mark = marks.text(panel, *ends[k], words, colour, "end" if right[k] else "start", 13, shifts[k], bold=True)
    return mark, _data(panel, middles[k] + half[0] * np.array([[-1, 0], [0, 0], [1, 0]]))


def _room(panel, middles, half, taken):
    """How far boxes of this half size around `middles`, shape (m, 2), are from the nearest place that is taken."""
    apart = np.maximum(np.abs(middles[:, None] - panel.place(*np.transpose(taken))) - half, 0)
    return np.hypot(*apart.transpose(2, 0, 1)).min(axis=1, initial=np.inf)


def in_corner(panel, neuron, corners, table, label, taken):
    """The name of a class's side in one of its corners, shape (n, 2), where it lies within the side and on nothing.

    `taken` are the places of what else is there. Where the name has no room in a corner, the kind's own name may have;
    where that has none either, it may have some elsewhere on the side.
    """
    places = panel.place(*corners.T)
    order = np.argsort(-_room(panel, places, 0, taken), kind="stable")
    ways = np.where(places[order, 0] > panel.x + panel.width / 2, -1, 1)
    low = np.where(places[order, 1] > panel.y + panel.height / 2, -14, 14)
    places, shifts = places[order], np.column_stack([8 * ways, low])
    for anywhere in (False, True):
        for short in (False, True):
            half = np.array([(SIGN + NARROW * len(_side_words(table, label, short))) / 2, HALF])
            if anywhere:
                places, shifts, ways = _everywhere(panel, half)
            middles = places + shifts + np.column_stack([ways * half[0], 0 * ways])
            free = _within(panel, neuron, label, middles, half) & (_room(panel, middles, half, taken) > APART)
            if free.any():
                k = free.argmax()
                return side_name(panel, panel.data(*places[k]), shifts[k], table, label, short)
    return ""


def _everywhere(panel, half):
    """Places all over a panel where words may begin, their shift and their way: as for corners."""
    x = np.linspace(panel.x + 8, panel.x + panel.width - 8 - 2 * half[0], 9)
    y = np.linspace(panel.y + 14, panel.y + panel.height - 14, 13)
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    return places, np.zeros_like(places), np.ones(len(places))


def _within(panel, neuron, label, middles, half):
    """Which of some boxes lie on a class's side with all four corners."""
    corners = _data(panel, middles[:, None] + half * np.array([(-1, -1), (1, -1), (-1, 1), (1, 1)]))
    return ((corners @ neuron.weights + neuron.bias > 0) == label).all(axis=1)


def _data(panel, places):
    """Stage units, shape (…, 2), in data coordinates."""
    (left, right), (low, high) = panel.xlim, panel.ylim
    return (left, high) + (places - (panel.x, panel.y)) / (panel.width, panel.height) * (right - left, low - high)


def _side_words(table, label, short):
    kind = table.kinds[label]
    if kind in ("×", "○"):
        return _("side")
    return kind if short else _("{kind} side").format(kind=kind)


def side_name(panel, place, shift, table, label, short=False):
    """The sign of a class and the name of its side: to the right of a place, or to its left for a shift below 0."""
    words, (dx, dy) = _side_words(table, label, short), shift
    if dx > 0:
        sign_at, anchor, dx = dx + SIGN / 2, "start", dx + SIGN
    else:
        sign_at, anchor = dx - LETTER * len(words) - SIGN / 2, "end"
    at = panel.data(*(panel.place(*place)[0] + (sign_at, dy)))
    sign = marks.at(panel, *at, f'<g transform="scale(0.7)">{marks.point(label)}</g>')
    return sign + marks.text(panel, *place, words, CLASS_COLOURS[label], anchor, 13, (dx, dy), bold=True)
