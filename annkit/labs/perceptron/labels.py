"""Words on the perceptron's picture, each where it has room: beside arrows, at lines, in corners of sides."""

import numpy as np

from annkit.labs.base.axes import LETTER
from annkit.stage import marks
from annkit.translation import _

SIGN = 21
"""About the width of a sign before words, in stage units."""
FREE = 21
"""A number so far from all points stands well."""
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


def beside(panel, start, end, words, colour, beyond):
    """Words beside the middle of an arrow, on the side where the place `beyond` is not."""
    start, end, beyond = panel.place(*np.array([start, end, beyond]).T)
    along = (end - start) / max(1, np.hypot(*(end - start)))
    away = np.array([along[1], -along[0]])
    if away @ (start - beyond) < -0.1:
        away = -away
    anchor = "middle" if abs(away[0]) < 0.4 else "start" if away[0] > 0 else "end"
    return marks.text(panel, *panel.data(*(start + end) / 2), words, colour, anchor, 13, 14 * away, bold=True)


def at_line(panel, ends, words, colour, taken):
    """Words at that end of a line, shape (2, 2), where there is more room between the places `taken`; and where."""
    places, taken = panel.place(*ends.T), panel.place(*np.transpose(taken))
    middle = (panel.x + panel.width / 2, panel.y + panel.height / 2)
    right, low = (places > middle).T
    shifts = np.column_stack([np.where(right, -6, 6), np.where(low, -10, 12)])
    middles = places + shifts + np.column_stack([np.where(right, -1, 1) * LETTER * len(words) / 2, [0, 0]])
    k = np.hypot(*(middles[:, None] - taken[None]).transpose(2, 0, 1)).min(axis=1).argmax()
    anchor = "end" if right[k] else "start"
    mark = marks.text(panel, *ends[k], words, colour, anchor, 13, shifts[k], bold=True)
    return mark, panel.data(*middles[k])


def in_corner(panel, neuron, corners, table, label, taken):
    """The name of a class's side in one of its corners, shape (n, 2): between the places `taken`, but within the side.

    Where it has no room in any of them, only the kind's own name.
    """
    room = np.hypot(*(corners[:, None] - taken[None]).transpose(2, 0, 1)).min(axis=1)
    corners = corners[np.argsort(-room, kind="stable")]
    for short in (False, True):
        width = (SIGN + LETTER * len(_side_words(table, label, short)) + 12) * np.ptp(panel.xlim) / panel.width
        way = np.where(corners[:, 0] > sum(panel.xlim) / 2, -1, 1)
        fits = neuron.predict(np.column_stack([corners[:, 0] + way * width, corners[:, 1]])) == label
        if fits.any() or short:
            (x, y), way = corners[fits.argmax()], way[fits.argmax()]
            dy = 14 if y > sum(panel.ylim) / 2 else -14
            return side_name(panel, (x, y), (8 * way, dy), table, label, short)


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
