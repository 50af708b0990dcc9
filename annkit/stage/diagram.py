"""The network diagram: nodes in layers with their values, edges with their weights, one of them picked."""

import html
import operator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from annkit import wording
from annkit.stage.marks import COLOURS, sign_colour
from annkit.stage.set import CHARACTER, SYMBOL
from annkit.stage.stage import ARROWS, Handle

LARGEST, SMALLEST = 24, 9
"""The radius of a node, in stage units; a value of five characters stands in it."""
TEXT = 13.5
"""The size of names, weights and biases."""
NAME = 24
"""How high a node's name stands over it, with a little air."""
TAG = 18
"""How high the tag is on which a node has its bias; half of it hangs below the node."""
SHARES = (0.95, 0.95, 0.85, 0.7, 0.6, 0.55)
"""How large a value is written, of the node's radius, by its number of characters."""
LABEL = 17
"""How far apart the weights written on edges have to be."""
REACH = 7
"""A click so near to an edge picks it."""


class Node(NamedTuple):
    """One node of a network: all count from 0, and layer 0 comes first."""

    layer: int
    unit: int

    @property
    def end(self):
        """The node itself, as an edge has one at its end."""
        return self

    def lies_in(self, sizes):
        """Whether a network with so many nodes in each layer has this one."""
        return 0 <= self.layer < len(sizes) and 0 <= self.unit < sizes[self.layer]

    def __repr__(self):
        return repr(tuple(self))


class Edge(NamedTuple):
    """One edge of a network, from a unit of a layer to a unit of the next."""

    layer: int
    unit: int
    to: int

    @property
    def start(self):
        """The node where it begins."""
        return Node(self.layer, self.unit)

    @property
    def end(self):
        """The node where it ends."""
        return Node(self.layer + 1, self.to)

    def lies_in(self, sizes):
        """Whether a network with so many nodes in each layer has this one."""
        return self.start.lies_in(sizes) and self.end.lies_in(sizes)

    def __repr__(self):
        return repr(tuple(self))


def picked(value):
    """A `Node` from two whole numbers, an `Edge` from three, or None from anything else."""
    kind = {2: Node, 3: Edge}.get(len(value)) if isinstance(value, (tuple, list)) else None
    try:
        return kind and kind(*map(_whole, value))
    except TypeError:
        return None


def _whole(value):
    return (
        int(value) if isinstance(value, (float, np.floating)) and float(value).is_integer() else operator.index(value)
    )


class Diagram:
    """A network's nodes and edges, placed in a panel whose axes run from 0 to 1.

    The edges are placed once, by `stage.set_lines(diagram.lines)`; each picture then needs only `strengths`. What can
    be picked is a `Node` or an `Edge`.

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
    biased : bool
        Whether there is room below each node for its bias.
    """

    def __init__(self, panel, sizes, names=None, thickest=5, biased=False):
        self.panel, self.sizes, self.names, self.thickest = panel, tuple(sizes), names, thickest
        columns = np.linspace(0.12, 0.88, len(sizes))
        room = panel.height / max(sizes)
        self.biased, below = biased, TAG / 2 * biased
        self.named = names is not None and (room - NAME - below) / 2 >= 0.66 * LARGEST
        above = NAME if self.named else 0
        self.radius = float(np.clip((room - above - below) / 2 - (not self.named) * 2, SMALLEST, LARGEST))
        down = (above - below) / 2 / panel.height
        self.places = [
            panel.place(np.full(size, x), 1 - down - (np.arange(size) + 0.5) / size * (1 - down))
            for x, size in zip(columns, sizes, strict=True)
        ]
        self.nodes = [Node(layer, unit) for layer, size in enumerate(self.sizes) for unit in range(size)]
        self.edges = [
            Edge(layer, i, j) for layer, (n, m) in enumerate(pairwise(self.sizes)) for i in range(n) for j in range(m)
        ]
        self.lines = np.array([[*self._place(edge.start), *self._place(edge.end)] for edge in self.edges])
        along = [self._label_place(layer) for layer in range(len(sizes) - 1)]
        self._labelled = [share is not None for share in along]
        shares = np.array([along[edge.layer] or 0.5 for edge in self.edges])[:, None]
        self._label_places = ((1 - shares) * self.lines[:, :2] + shares * self.lines[:, 2:]).tolist()

    def strengths(self, weights, lit=(), thickest=None):
        """How thick each edge is, its colour, and whether it is lit, for `Stage.show`.

        Parameters
        ----------
        weights : list of array_like, shape (nodes, nodes of the next layer)
        lit : collection of nodes and edges
            These edges stand out and all others are faint; where nothing is lit, all are alike.
        thickest : float, optional
            The weight that has the thickest edge in this picture.
        """
        flat = np.concatenate([np.ravel(matrix) for matrix in weights])
        emphasis = [2 * (edge in lit) for edge in self.edges] if lit else np.ones(len(flat))
        return strengths_of(flat, emphasis, thickest or self.thickest)

    def draw(self, values, notes=None, weights=None, lit=(), biases=None):
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
        biases : list of sequences of float, optional
            Those of all layers but the first: each hangs on its node, as what is added there.
        """
        parts = [] if weights is None else list(self._weights(weights, lit))
        for layer, numbers in enumerate(values):
            parts += self._layer(layer, numbers, lit)
        if biases is not None:
            parts += self._tags(biases, lit)
        if self.named:
            parts += self._notes(notes or self.names)
        return f'<g text-anchor="middle" fill="currentColor">{"".join(parts)}</g>'

    def lights(self, picked):
        """All that is lit with a node (the edges that end in it, and where they start) or with an edge (its ends)."""
        if isinstance(picked, Edge):
            return {picked, picked.start, picked.end}
        layer, unit = picked
        before = [Edge(layer - 1, i, unit) for i in range(self.sizes[layer - 1])] if layer else []
        return {picked, *before, *(edge.start for edge in before)}

    # Picking.

    def at(self, x, y, edges=True):
        """The node, or where `edges` is true the edge, at a place in stage units; None where there is nothing."""
        for layer, places in enumerate(self.places):
            right, down = (np.array((x, y)) - places).T
            distances = np.hypot(right, np.where(down > 0, np.maximum(down - TAG / 2 * self.biased, 0), down))
            if distances.min() <= self.radius + 3:
                return Node(layer, int(distances.argmin()))
        if not edges:
            return None
        start, end = self.lines[:, :2], self.lines[:, 2:]
        along = end - start
        share = np.clip((((x, y) - start) * along).sum(axis=1) / (along**2).sum(axis=1), 0, 1)
        distances = np.hypot(*(start + share[:, None] * along - (x, y)).T)
        return self.edges[distances.argmin()] if distances.min() <= REACH else None

    def beside(self, picked, key, edges=True):
        """What an arrow key goes to from what is picked: up and down to the next of its kind, left and right along."""
        right, up = ARROWS.get(key, (0, 0))
        if up:
            same = [
                other
                for other in (*self.nodes, *self.edges)
                if (type(other), other.layer) == (type(picked), picked.layer)
            ]
            return same[(same.index(picked) - up) % len(same)]
        if not right:
            return picked
        if isinstance(picked, Edge):
            return picked.start if right < 0 else picked.end
        layer, unit = picked
        if not 0 <= layer + right < len(self.sizes):
            return picked
        if not edges:
            return Node(layer + right, min(unit, self.sizes[layer + right] - 1))
        return Edge(layer, unit, 0) if right > 0 else Edge(layer - 1, 0, unit)

    def middle(self, picked):
        """The place of a node, or the middle of an edge, in stage units."""
        if isinstance(picked, Node):
            return self._place(picked)
        return (self._place(picked.start) + self._place(picked.end)) / 2

    def handle(self, picked, label, movable=False):
        """What is picked, as a handle; each has an id of its own, so that a screen reader says it anew.

        One that is `movable` can be dragged up and down.
        """
        x, y = self.middle(picked)
        node = isinstance(picked, Node)
        mark, reach = ("", self.radius + 1) if node else ('<circle r="5" class="annkit-nl"/>', 14)
        name, place = "n" + "-".join(map(str, picked)), self.panel.data(x, y)
        return Handle(name, self.panel, *place, mark, label, movable, axes="y", reach=reach)

    # How it works inside.

    def _place(self, node):
        return self.places[node.layer][node.unit]

    def _label_place(self, layer):
        """How far along the edges from this layer their weights are written, so that none hides another, or None."""
        start, end = self.places[layer], self.places[layer + 1]
        clear = self.radius + (20 if layer == 0 else 38)  # a hidden node's note may be wide
        best = 0, None
        for share in (0.25, 0.3, 0.35, 0.4, 0.45, 0.55, 0.6):
            places = np.sort(((1 - share) * start[:, None, 1] + share * end[None, :, 1]).ravel())
            apart = np.diff(places).min(initial=2 * LABEL)
            if share * (end[0, 0] - start[0, 0]) >= clear and apart >= LABEL:
                best = max(best, (apart, share), key=lambda pair: pair[0])
        return best[1]

    def _weights(self, weights, lit):
        """The weights on their edges, in the colours of their signs."""
        alike = {}
        for edge, place in zip(self.edges, self._label_places, strict=True):
            if not self._labelled[edge.layer] and edge not in lit:
                continue
            weight = float(weights[edge.layer][edge.unit][edge.to])
            how = "" if not lit else ' font-weight="bold"' if edge in lit else ' opacity="0.6"'
            alike.setdefault((sign_colour(weight), how), []).append(_text(place, wording.short(weight)))
        for (colour, how), texts in alike.items():
            yield _group("annkit-t annkit-e", f'font-size="{TEXT}" fill="{COLOURS[colour]}"{how}', texts)

    def _layer(self, layer, numbers, lit):
        """The nodes of a layer and what they hold, in one size, in which the longest has room."""
        texts = [value if isinstance(value, str) else wording.short(value) for value in numbers]
        size = min(0.65 * LARGEST, SHARES[min(max(map(len, texts)), 5)] * self.radius)
        size = max(10, size)
        for unit, (place, words) in enumerate(zip(self.places[layer].tolist(), texts, strict=True)):
            x, y = place
            look = "annkit-nl" if Node(layer, unit) in lit else "annkit-n"
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{self.radius:.1f}" class="{look} annkit-pick"/>'
            yield f'<text x="{x:.1f}" y="{y:.1f}" class="annkit-v" font-size="{size:.1f}">{html.escape(words)}</text>'

    def _tags(self, biases, lit):
        """What is added at each node, on a tag that hangs on it."""
        alike = {}
        for layer, numbers in enumerate(biases, start=1):
            for unit, bias in enumerate(numbers):
                (x, y), words = self._place(Node(layer, unit)), wording.short(bias)
                words, y = f"+{words}" if bias >= 0 else words, y + self.radius
                width, thick = CHARACTER * TEXT * len(words) + 10, 2.5 if Node(layer, unit) in lit else 1
                box = f'x="{x - width / 2:.1f}" y="{y - TAG / 2:.1f}" width="{width:.1f}" height="{TAG}" rx="9"'
                tags, texts = alike.setdefault(sign_colour(bias), ([], []))
                tags.append(f'<rect {box} stroke-width="{thick}"/>')
                texts.append(_text((x, y), words))
        for colour, (tags, texts) in alike.items():
            colour = COLOURS[colour]
            yield _group("annkit-pick", f'fill="{COLOURS["paper"]}" stroke="{colour}"', tags)
            yield _group("annkit-v", f'font-size="{TEXT}" fill="{colour}"', texts)

    def _notes(self, notes):
        """What is written over the nodes; letters of mathematics in italics."""
        plain, letters = [], []
        for node in self.nodes:
            words = notes[node.layer][node.unit]
            into = letters if SYMBOL.fullmatch(words) else plain
            into.append(_text(self._place(node) + self._beside_node(node), words))
        yield _group("annkit-t", f'font-size="{TEXT}"', plain)
        yield _group("annkit-t annkit-i", f'font-size="{TEXT}"', letters)

    def _beside_node(self, node):
        """Where a node's name stands: over it, but under the lowest of a layer, whose edges lie above it."""
        layer, unit = node
        away = self.radius + 11
        under = layer and 0 < unit == self.sizes[layer] - 1 and not self.biased
        room = self.panel.y + self.panel.height - self.places[layer][unit][1]
        return (0, away) if under and room > away + 7 else (0, -away)


def strengths_of(weights, emphasis, thickest):
    """How lines that stand for weights look, for `Stage.show`.

    Parameters
    ----------
    weights : sequence of float
    emphasis : sequence of int
        For each line 0, 1 or 2: faint, plain or lit.
    thickest : float
        A weight of this size, and any larger one, has the thickest line.
    """
    strength = np.clip(127 * np.asarray(weights) / thickest, -127, 127)
    strength = np.where(strength > 0, np.ceil(strength), np.floor(strength))  # only 0 is drawn as 0
    return np.column_stack([strength, emphasis]).astype(np.int8)


def _text(place, words):
    x, y = place
    return f'<text x="{x:.1f}" y="{y:.1f}">{html.escape(words)}</text>'


def _group(look, how, parts):
    return f'<g class="{look}" {how}>{"".join(parts)}</g>' if parts else ""
