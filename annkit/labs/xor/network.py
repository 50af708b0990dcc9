"""The XOR lab's network: three perceptrons, each a small plane of the inputs, and edges between them."""

import numpy as np

from annkit.labs.xor.layout import COLOURS, DASHES, ENDS, SMALL, STAGE, STARTS, shades, sides, texts, word
from annkit.labs.xor.move import cells
from annkit.stage import marks, strengths_of
from annkit.wording import short

EDGES = {
    "w11": ("x₁", "h₁"), "w12": ("x₁", "h₂"), "w21": ("x₂", "h₁"), "w22": ("x₂", "h₂"), "v1": ("h₁", "o"),
    "v2": ("h₂", "o"),
}  # fmt: skip
"""For each weight the node that its edge leads from, and the one that it leads to."""
LINES = np.array([[*STARTS[start], *ENDS[end]] for start, end in EDGES.values()])
"""The edges as `Stage.set_lines` takes them."""
ALONG = [0.5, 0.34, 0.34, 0.5, 0.5, 0.5]
"""How far along each edge its weight is written."""
BIASES = {"h₁": ("b₁", "b1"), "h₂": ("b₂", "b2"), "o": ("c", "c")}
"""Each perceptron's bias: as it is written, and the trait."""
THICKEST = 4
"""A weight of this size has the thickest edge."""


def strengths(lab):
    """How thick each edge is, and its colour, for `Stage.show`."""
    return strengths_of(_weights(lab), np.ones(len(EDGES)), THICKEST)


def network(lab):
    """Marks for all of it: planes, corners, names, weights, biases, and the answers for the corner in focus."""
    return _planes(lab) + _corners(lab) + _names(lab) + _weights_written(lab) + _answers(lab)


def _planes(lab):
    """Where in the plane of the inputs each unit answers 1, the output by way of the hidden ones."""
    parts = [(SMALL["o"], outline, lab.now.output.at(*answers) > 0) for answers, outline in cells(lab.now.hidden)]
    lines = []
    for name, line in zip(("h₁", "h₂"), lab.now.hidden, strict=True):
        parts += sides(SMALL[name], line)
        if ends := line.ends():
            lines.append(marks.line(SMALL[name], *zip(*ends, strict=True), COLOURS[name], 2.5, DASHES[name]))
    return shades(parts) + "".join(lines)


def _corners(lab):
    """The four corners in each small plane, the one in focus on a disc."""
    X, labels, chosen = lab.table.X, lab.table.labels, lab.point - 1
    x, y = np.concatenate([panel.place(*X.T) for panel in SMALL.values()]).T.reshape(2, len(SMALL), len(X))
    discs = "".join(f"M{a:.0f},{b:.0f}h0" for a, b in zip(x[:, chosen], y[:, chosen], strict=True))
    rings = "".join(
        f'<path d="{discs}" class="annkit-p" stroke="{marks.COLOURS[colour]}" stroke-width="{width}"/>'
        for colour, width in (("ink", 19), ("paper", 16.5))
    )
    return rings + "".join(
        marks.points(STAGE, x[:, labels == label].ravel(), y[:, labels == label].ravel(), label) for label in (0, 1)
    )


def _names(lab):
    """The names over the hidden units, and the biases under all three."""
    names, biases = [], []
    for unit, panel in SMALL.items():
        middle = panel.x + panel.width / 2
        written, trait = BIASES[unit]
        biases.append(word(middle, panel.y + panel.height + 14, f"{written} = {short(getattr(lab, trait))}"))
        if unit != "o":  # whose name never changes, and stands on the set
            names.append(word(middle, panel.y - 14, unit, COLOURS[unit]))
    return texts("annkit-t", 15, *biases) + texts("annkit-t annkit-b annkit-i", 16, *names)


def _weights_written(lab):
    written = [
        word(ax + share * (bx - ax), ay + share * (by - ay), short(weight))
        for weight, (ax, ay, bx, by), share in zip(_weights(lab), LINES.tolist(), ALONG, strict=True)
    ]
    return texts("annkit-t annkit-e annkit-b", 15, *written)


def _answers(lab):
    """What each node answers for the corner in focus, in a circle."""
    now, corner = lab.now, lab.point - 1
    answers = [*lab.table.X[corner], *now.move.answers[corner], now.outputs[corner]]
    circles = [f'<circle cx="{x:g}" cy="{y:g}" r="{15 if name in SMALL else 19}"/>' for name, (x, y) in STARTS.items()]
    values = [word(*place, f"{answer:g}") for place, answer in zip(STARTS.values(), answers, strict=True)]
    return f'<g class="annkit-n">{"".join(circles)}</g>' + texts("annkit-v", 17, *values)


def _weights(lab):
    return [getattr(lab, name) for name in EDGES]
