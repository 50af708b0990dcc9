"""The network diagram: nodes in layers with their values, edges with their weights."""

import html

import numpy as np

from annkit import wording
from annkit.stage import marks

RADIUS = 15


class Diagram:
    """A network's nodes and edges, placed in a panel whose axes run from 0 to 1.

    Parameters
    ----------
    panel : Panel
        Where it is drawn.
    sizes : sequence of int
        The number of nodes in each layer, inputs first.
    names : sequence of sequences of str
        What each node is called.
    """

    def __init__(self, panel, sizes, names):
        self.panel, self.names = panel, names
        columns = np.linspace(0.12, 0.88, len(sizes))
        self.places = [
            panel.place(np.full(size, x), 1 - (np.arange(size) + 0.5) / size)
            for x, size in zip(columns, sizes, strict=True)
        ]

    def draw(self, values, weights, biases):
        """Marks for one set of numbers.

        Parameters
        ----------
        values : list of array_like, shape (nodes,)
            What each node holds, layer by layer, as words.
        weights : list of array_like, shape (nodes, nodes of the next layer)
        biases : list of array_like, shape (nodes,)
            One list for each layer after the inputs; written over the nodes.
        """
        edges = [
            self._edge(start, end, weight)
            for layer, matrix in enumerate(weights)
            for start, row in zip(self.places[layer], matrix, strict=True)
            for end, weight in zip(self.places[layer + 1], row, strict=True)
        ]
        biases = [[None] * len(self.places[0]), *biases]
        nodes = [
            self._node(place, name, value, bias)
            for layer in range(len(self.places))
            for place, name, value, bias in zip(
                self.places[layer], self.names[layer], values[layer], biases[layer], strict=True
            )
        ]
        return f'{"".join(edges)}<g text-anchor="middle" fill="{marks.COLOURS["ink"]}">{"".join(nodes)}</g>'

    def _edge(self, start, end, weight):
        colour = marks.COLOURS["blue" if weight > 0 else "orange" if weight < 0 else "grey"]
        width = 0.8 + 1.6 * min(abs(weight), 5)
        dash = "" if weight else ' stroke-dasharray="3 3"'
        (x1, y1), (x2, y2) = start, end
        return (
            f'<path d="M{x1:.1f},{y1:.1f}L{x2:.1f},{y2:.1f}" stroke="{colour}" stroke-width="{width:.1f}"'
            f' stroke-opacity="0.75"{dash}/>'
        )

    def _node(self, place, name, value, bias):
        x, y = place
        above = name if bias is None else f"{name}, b = {wording.number(bias)}"
        return (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}" class="annkit-d"/>'
            f'<text x="{x:.1f}" y="{y:.1f}" class="annkit-t annkit-b" font-size="12">{html.escape(value)}</text>'
            f'<text x="{x:.1f}" y="{y - RADIUS - 9:.1f}" class="annkit-t" font-size="11">{html.escape(above)}</text>'
        )
