"""The board: where everything of the playground's picture stands, and the network's tiles and edges on it."""

import html
from functools import lru_cache

import numpy as np

from annkit.features import MADE
from annkit.labs.playground.samples import HALF
from annkit.stage import Diagram, Handle, Panel, marks
from annkit.translation import _

SIZE = WIDTH, HEIGHT = 930, 462
PLANE = Panel.plain(628, 24, 296, 296, (-HALF, HALF), (-HALF, HALF))
"""The large picture of what the network answers."""

CHART = (662, 372, 244, 62)
"""The box of the errors' curves, in stage units."""
ADDS = 700
"""Where the words begin that say what a click on the plane adds."""
BETWEEN = 352
"""The height of the row between the plane and the curves."""
LAYERS = 340
"""Where the words about all layers stand, from the left."""
LEFT, RIGHT, TOP, BOTTOM = 80, 590, 30, 436
"""The network's part of the board."""
TILE = 44
NAMES = dict(zip(MADE, ("x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin 6x₁", "sin 6x₂"), strict=True))
MOST_LAYERS, MOST_UNITS = 6, 8
REACH = 7
"""A click so near to an edge picks it."""
ALONG = np.linspace(0, 1, 25)
"""Where on an edge its distance from a click is measured."""
MANY = 12
"""Between layers with more edges than so many they are drawn thinner, as there is less room."""
BROADEST = 0.8
"""So many times as thick as in other labs is an edge at most."""
BOLD = 7.2
"""About so wide is a sign of bold text."""


class Board(Diagram):
    """The tiles of a network: every input that could be made, on the left, then the hidden layers, then the answer.

    Parameters
    ----------
    inputs : sequence of str
        Which of the inputs the network has.
    hidden : sequence of int
        How many units each hidden layer has.
    """

    def __init__(self, inputs, hidden):
        super().__init__(Panel.plain(0, 0, WIDTH, HEIGHT), [len(inputs), *hidden, 1], thickest=5)
        self.inputs, self.hidden, self.radius = tuple(inputs), tuple(hidden), TILE / 2 + 2
        columns = np.linspace(LEFT, RIGHT, len(hidden) + 2)
        rows = self._rows(len(MADE))
        self.all_inputs = np.column_stack([np.full(len(MADE), LEFT), rows])
        places = [self.all_inputs[[list(MADE).index(name) for name in inputs]]]
        places += [np.column_stack([np.full(n, x), self._rows(n)]) for n, x in zip(hidden, columns[1:-1], strict=True)]
        self.places = [*places, np.array([[PLANE.x - 16, PLANE.y + PLANE.height / 2]])]
        self.columns = columns
        ends = [(*self._place(edge.start), *self._place(edge.end)) for edge in self.edges]
        self.lines = np.array(ends) + [TILE / 2, 0, -TILE / 2, 0]
        self.lines[[edge.layer == len(hidden) for edge in self.edges], 2] += TILE / 2
        start, end = self.lines[:, None, :2], self.lines[:, None, 2:]
        s = ALONG[:, None]
        right, down = 1.5 * s * (1 - s) + s**3, 3 * s**2 - 2 * s**3  # of a curve that is level at both ends
        self.curves = start + (end - start) * np.hstack([right, down])
        half = TILE / 2
        self.tiles = [[Panel.plain(x - half, y - half, TILE, TILE) for x, y in layer] for layer in self.places[:-1]]

    @staticmethod
    def _rows(count):
        """The heights of so many tiles in a column, in its middle."""
        apart = min((BOTTOM - TOP - 14) / max(count, 1), 62)
        return (TOP + BOTTOM + 8) / 2 + (np.arange(count) - (count - 1) / 2) * apart

    def strengths(self, weights, lit=(), thickest=None):
        """As of any diagram; but where something is lit the others stay as they are: they are learning, too."""
        made = super().strengths(weights, lit, thickest)
        made[:, 1] = np.maximum(made[:, 1], 1)
        thinner = [min(BROADEST, (MANY / W.size) ** 0.5) for W in weights for __ in range(W.size)]
        made[:, 0] = np.sign(made[:, 0]) * np.ceil(np.abs(made[:, 0]) * thinner)
        return made

    def at(self, x, y, edges=True):
        """The node or the edge at a place in stage units; None where there is nothing."""
        if (node := super().at(x, y, edges=False)) or not edges:
            return node
        away = np.hypot(*(self.curves - (x, y)).T).min(axis=0)
        return self.edges[away.argmin()] if away.min() <= REACH else None

    def input_at(self, x, y):
        """The name of the input, in use or not, at a place in stage units; None where there is none."""
        near = np.abs(self.all_inputs - (x, y)).max(axis=1) <= TILE / 2
        return list(MADE)[int(near.argmax())] if near.any() else None

    @property
    def apart(self):
        """How far from the middle of a layer's head its signs stand: between them is room for words, or a number."""
        return 40 if len(self.hidden) < 5 else 17

    def signs(self):
        """Handles that add and take away units and layers."""
        made = []
        for layer, (units, x) in enumerate(zip(self.hidden, self.columns[1:-1], strict=True)):
            if units > 1:
                label = _("take a unit from hidden layer {layer}").format(layer=layer + 1)
                made.append(self._sign(f"u-{layer}", x - self.apart, "−", label))
            if units < MOST_UNITS:
                label = _("add a unit to hidden layer {layer}").format(layer=layer + 1)
                made.append(self._sign(f"u+{layer}", x + self.apart, "+", label))
        x = LAYERS
        if len(self.hidden) > 0:
            made.append(self._sign("l-", x - 74, "−", _("take the last hidden layer away"), HEIGHT - 12))
        if len(self.hidden) < MOST_LAYERS:
            made.append(self._sign("l+", x + 74, "+", _("add a hidden layer"), HEIGHT - 12))
        return made

    def words(self, x, y, options, chosen, label):
        """Handles that are words in a row from x, y, of which one is chosen.

        `options` maps ids to a mark, to what is written after it, and to what it is called in the `label`, which says
        what choosing does, with a place for the `{name}`.
        """
        made = []
        for id, (mark, text, name) in options.items():
            half, there = (BOLD * len(text) + mark_room(mark)) / 2, id == chosen
            look = 'fill="currentColor" font-weight="600"' if there else f'fill="{marks.COLOURS["soft"]}"'
            under = (
                f'<path d="M{-half:.0f},11h{2 * half:.0f}" stroke="currentColor" stroke-width="2"/>' if there else ""
            )
            drawn = (
                f'{under}<g transform="translate({9 - half:.0f},0)">{mark}</g><text x="{mark_room(mark) / 2:.0f}" '
                f'class="annkit-t annkit-pick" text-anchor="middle" font-size="13" {look}>{html.escape(text)}</text>'
            )
            said = label.format(name=name)
            said = _("{label} (now)").format(label=said) if there else said
            place = self.panel.data(x + half, y)
            made.append(Handle(id, self.panel, *place, drawn, said, movable=False, reach=(half + 4, 12)))
            x += 2 * half + 16
        return made

    def _sign(self, name, x, sign, label, y=12):
        path = "M-4,0h8" + ("M0-4v8" if sign == "+" else "")
        mark = (
            '<circle r="9" class="annkit-n annkit-pick"/>'
            f'<path d="{path}" stroke="currentColor" stroke-width="1.6" fill="none"/>'
        )
        return Handle(name, self.panel, *self.panel.data(x, y), mark, label, movable=False, reach=11)


@lru_cache
def plane_of(reach):
    """The same, reaching so far."""
    return Panel.plain(PLANE.x, PLANE.y, PLANE.width, PLANE.height, (-reach, reach), (-reach, reach))


def mark_room(mark):
    """How much room a mark before a word takes."""
    return 18 if mark else 0
