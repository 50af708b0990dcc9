"""The network diagram: nodes in layers with their values, edges with their weights, one of them picked."""

import html
from itertools import pairwise

import numpy as np

from annkit import wording
from annkit.stage.stage import ARROWS, Handle

LARGEST, SMALLEST = 19, 9
"""The radius of a node, in stage units; a value of five characters stands in it."""
NAME = 22
"""How high a node's name stands over it, with a little air."""
LABEL = 13
"""How far apart the weights written on edges have to be."""
REACH = 7
"""A click so near to an edge picks it."""


class Diagram:
    """A network's nodes and edges, placed in a panel whose axes run from 0 to 1.

    The edges are placed once, by `stage.set_lines(diagram.lines)`; each picture then needs only `strengths`. What can
    be picked is a node, called (layer, unit), or an edge, called (layer, unit, unit of the next layer).

    Parameters
    ----------
    panel : Panel
        Where it is drawn.
    sizes : sequence of int
        The number of nodes in each layer, two layers at least, inputs first.
    names : sequence of sequences of str, optional
        What each node is called; written over it where there is room.
    thickest : float
        A weight of this size, and any larger one, has the thickest edge.
    """

    def __init__(self, panel, sizes, names=None, thickest=5):
        self.panel, self.sizes, self.names, self.thickest = panel, tuple(sizes), names, thickest
        columns = np.linspace(0.12, 0.88, len(sizes))
        room = panel.height / max(sizes)
        self.named = names is not None and (room - NAME) / 2 >= 0.83 * LARGEST
        self.radius = float(np.clip((room - NAME) / 2 if self.named else room / 2 - 2, SMALLEST, LARGEST))
        down = NAME / 2 / panel.height if self.named else 0
        self.places = [
            panel.place(np.full(size, x), 1 - down - (np.arange(size) + 0.5) / size * (1 - down))
            for x, size in zip(columns, sizes, strict=True)
        ]
        self.nodes = [(layer, unit) for layer, size in enumerate(self.sizes) for unit in range(size)]
        self.edges = [
            (layer, i, j) for layer, (n, m) in enumerate(pairwise(self.sizes)) for i in range(n) for j in range(m)
        ]
        self.lines = np.array([[*self.places[layer][i], *self.places[layer + 1][j]] for layer, i, j in self.edges])
        self._along = [self._label_place(layer) for layer in range(len(sizes) - 1)]

    def strengths(self, weights, lit=()):
        """How thick each edge is, its colour, and whether it is lit, for `Stage.show`.

        Parameters
        ----------
        weights : list of array_like, shape (nodes, nodes of the next layer)
        lit : collection of nodes and edges
            These edges stand out and all others are faint; where nothing is lit, all are alike.
        """
        flat = np.concatenate([np.ravel(matrix) for matrix in weights])
        strength = np.clip(127 * flat / self.thickest, -127, 127)
        strength = np.where(strength > 0, np.ceil(strength), np.floor(strength))  # only 0 is drawn as 0
        emphasis = [2 * (edge in lit) for edge in self.edges] if lit else np.ones(len(flat))
        return np.column_stack([strength, emphasis]).astype(np.int8)

    def draw(self, values, notes=None, weights=None, lit=()):
        """Marks for one set of numbers.

        Parameters
        ----------
        values : list of sequences of float or str
            What each node holds, layer by layer.
        notes : list of sequences of str, optional
            What is written over each node in place of its name.
        weights : list of array_like, optional
            They are written on their edges, in those layers where there is room.
        lit : collection of nodes and edges
            These nodes stand out. A lit edge has its weight written on it even where there is little room.
        """
        notes = notes or self.names
        parts = []
        if weights is not None:
            shown = [e for e in self.edges if self._along[e[0]] is not None or e in lit]
            parts += [self._weight(edge, weights[edge[0]][edge[1]][edge[2]], lit) for edge in shown]
        for layer, places in enumerate(self.places):
            for unit, place in enumerate(places):
                parts.append(self._node(place, values[layer][unit], (layer, unit) in lit))
                if self.named:
                    parts.append(_text(place + self._beside_node(layer, unit), notes[layer][unit], 11))
        return f'<g text-anchor="middle" fill="currentColor">{"".join(parts)}</g>'

    def lights(self, picked):
        """All that is lit with a node (the edges that end in it, and where they start) or with an edge (its ends)."""
        layer, *units = picked
        if len(units) == 2:
            return {picked, (layer, units[0]), (layer + 1, units[1])}
        before = range(self.sizes[layer - 1]) if layer else ()
        return {picked} | {(layer - 1, i, *units) for i in before} | {(layer - 1, i) for i in before}

    def end(self, picked):
        """The node where what is picked ends, as (layer, unit): a node itself, or where an edge leads to."""
        layer, *units = picked
        return (layer, *units) if len(units) == 1 else (layer + 1, units[1])

    # Picking.

    def at(self, x, y, edges=True):
        """The node, or where `edges` is true the edge, at a place in stage units; None where there is nothing."""
        for layer, places in enumerate(self.places):
            distances = np.hypot(*(places - (x, y)).T)
            if distances.min() <= self.radius + 3:
                return layer, int(distances.argmin())
        if not edges:
            return None
        start, end = self.lines[:, :2], self.lines[:, 2:]
        along = end - start
        share = np.clip((((x, y) - start) * along).sum(axis=1) / (along**2).sum(axis=1), 0, 1)
        distances = np.hypot(*(start + share[:, None] * along - (x, y)).T)
        return self.edges[distances.argmin()] if distances.min() <= REACH else None

    def beside(self, picked, key, edges=True):
        """What an arrow key goes to from what is picked: up and down to the next of its kind, left and right along."""
        layer, *units = picked
        right, up = ARROWS.get(key, (0, 0))
        if up:
            same = [each for each in (self.nodes, self.edges)[len(units) - 1] if each[0] == layer]
            return same[(same.index(picked) - up) % len(same)]
        if not right:
            return picked
        if len(units) == 2:
            return (layer, units[0]) if right < 0 else (layer + 1, units[1])
        (unit,) = units
        if not 0 <= layer + right < len(self.sizes):
            return picked
        if not edges:
            return layer + right, min(unit, self.sizes[layer + right] - 1)
        return (layer, unit, 0) if right > 0 else (layer - 1, 0, unit)

    def handle(self, picked, label):
        """What is picked, as a handle; each has an id of its own, so that a screen reader says it anew."""
        (x, y) = self._middle(picked)
        mark = "" if len(picked) == 2 else '<circle r="5" class="annkit-nl"/>'
        return Handle("n" + "-".join(map(str, picked)), self.panel, *self.panel.data(x, y), mark, label, movable=False)

    # How it works inside.

    def _middle(self, picked):
        if len(picked) == 2:
            return self.places[picked[0]][picked[1]]
        layer, i, j = picked
        return (self.places[layer][i] + self.places[layer + 1][j]) / 2

    def _label_place(self, layer):
        """How far along the edges from this layer their weights are written, so that none hides another, or None."""
        start, end = self.places[layer], self.places[layer + 1]
        clear = self.radius + (18 if layer == 0 else 28)  # a hidden node's note may be wide
        best = 0, None
        for share in (0.25, 0.3, 0.35, 0.4, 0.45, 0.55, 0.6):
            places = np.sort(((1 - share) * start[:, None, 1] + share * end[None, :, 1]).ravel())
            apart = np.diff(places).min(initial=2 * LABEL)
            if share * (end[0, 0] - start[0, 0]) >= clear and apart >= LABEL:
                best = max(best, (apart, share), key=lambda pair: pair[0])
        return best[1]

    def _beside_node(self, layer, unit):
        """Where a node's name stands: over it, but under the lowest of a layer, whose edges lie above it."""
        away = self.radius + 9
        under = layer and 0 < unit == self.sizes[layer] - 1
        room = self.panel.y + self.panel.height - self.places[layer][unit][1]
        return (0, away) if under and room > away + 6 else (0, -away)

    def _weight(self, edge, weight, lit):
        layer, i, j = edge
        share = self._along[layer] or 0.5
        place = (1 - share) * self.places[layer][i] + share * self.places[layer + 1][j]
        how = "" if not lit else ' font-weight="bold"' if edge in lit else ' opacity="0.5"'
        return _text(place, wording.short(weight), 11, "annkit-t annkit-e", how)

    def _node(self, place, value, lit):
        x, y = place
        value = value if isinstance(value, str) else wording.short(value)
        size = max(10, (0.6 if len(value) < 5 else 0.55) * self.radius)
        return (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{self.radius:.1f}" class="annkit-n{"l" * lit} annkit-pick"/>'
            f'<text x="{x:.1f}" y="{y:.1f}" class="annkit-v" font-size="{size:.1f}">{html.escape(value)}</text>'
        )


def _text(place, words, size, look="annkit-t", how=""):
    x, y = place
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{look}" font-size="{size}"{how}>{html.escape(words)}</text>'
