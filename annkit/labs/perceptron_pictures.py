"""How a perceptron is drawn: as a line in the plane of two inputs, or, for three inputs, as sums on a number line."""

import numpy as np

from annkit.data import names
from annkit.language import _
from annkit.stage import Handle, marks, new_figure
from annkit.wording import number

SHADE_FULL = 6
"""The weighted sum at which a side has its deepest colour."""
ARROW_UNIT = 26
"""The length of the weight arrow, in stage units for a weight of 1."""


class Plane:
    """Two inputs: both sides of the line, the weight arrow at right angles to it, and points that can be dragged."""

    movable = True

    def figure(self, table):
        """The set for a table: a square window around its points, one unit as long across as up."""
        low, high = table.X.min(axis=0), table.X.max(axis=0)
        half = max(1, 0.75 * (high - low).max())
        low, high = (low + high) / 2 - half, (low + high) / 2 + half
        figure, axes = new_figure(430, 400)
        axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), xlabel=table.features[0], ylabel=table.features[1])
        axes.set_aspect("equal")
        axes.grid(True)
        for draw, (start, end) in ((axes.axvline, axes.get_xlim()), (axes.axhline, axes.get_ylim())):
            if start < 0 < end:
                draw(0, color=axes.xaxis.label.get_color(), alpha=0.35, linewidth=1)
        return figure

    def fits(self, table, panel):
        """Whether every point of the table is in the window."""
        (left, right), (low, high) = panel.xlim, panel.ylim
        x, y = table.X.T
        return bool(((left <= x) & (x <= right) & (low <= y) & (y <= high)).all())

    def draw(self, lab, panel):
        """Live marks, handles and heat maps."""
        neuron, table = lab.perceptron(), lab.table
        x, y = panel.grid(32, 32)
        sums = neuron.sums(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)
        live = marks.clip(panel, *self._sides(panel, neuron), *self._line(panel, neuron), *self._focus(panel, lab))
        handles = [
            Handle(f"p{i + 1}", panel, *table.X[i], lab.mark(i), lab.point_in_words(i)) for i in range(len(table))
        ]
        return live, handles, [(panel, sums / SHADE_FULL)]

    def _sides(self, panel, neuron):
        for sign, colour, letter in ((1, "blue", "O"), (-1, "orange", "X")):
            corners = side(panel, neuron, sign)
            if len(corners) < 3:
                continue
            yield marks.area(panel, *corners.T, colour)
            middle = corners.mean(axis=0)
            yield f'<g opacity="0.3">{marks.text(panel, *middle, letter, colour, size=34, bold=True)}</g>'

    def _line(self, panel, neuron):
        ends = crossing(panel, neuron)
        if len(ends) < 2:
            return
        yield marks.line(panel, *ends.T, width=2.5)
        foot = ends.mean(axis=0)
        unit = (panel.xlim[1] - panel.xlim[0]) / panel.width
        tip = foot + neuron.weights * ARROW_UNIT * unit
        yield marks.arrow(panel, *np.array([foot, tip]).T)
        beside = foot + neuron.weights * (ARROW_UNIT + 14 / np.hypot(*neuron.weights)) * unit
        yield marks.text(panel, *beside, "w", bold=True)

    def _focus(self, panel, lab):
        x, y = lab.table.X[lab.point - 1]
        left, low = panel.xlim[0], panel.ylim[0]
        yield marks.line(panel, [left, x, x], [y, y, low], "ink", 1, dash="4 3", opacity=0.7)
        yield marks.text(panel, x, low, number(x), shift=(0, -10), bold=True)
        yield marks.text(panel, left, y, number(y), anchor="start", shift=(6, 0), bold=True)


class Sums:
    """Three inputs: each row is a walk along a number line, from 0 by the bias, then by each input times its weight."""

    movable = False
    reach = 10

    def figure(self, table):
        """The set for a table: one lane a row, from the most negative sum shown to the most positive."""
        figure, axes = new_figure(430, 90 + 62 * len(table))
        rows = range(1, len(table) + 1)
        axes.set(xlim=(-self.reach, self.reach), ylim=(len(table) + 0.5, 0.5), xlabel=_("weighted sum + b"))
        axes.set_yticks(rows, [", ".join(number(v) for v in row) for row in table.X])
        axes.tick_params(axis="y", length=0)
        axes.grid(True, axis="x")
        axes.set_ylabel(", ".join(table.features))
        self._drawn = table.X
        return figure

    def fits(self, table, panel):
        """Whether the lanes are those of this table."""
        return np.array_equal(table.X, self._drawn)

    def draw(self, lab, panel):
        """Live marks, handles and heat maps."""
        table, neuron, edge = lab.table, lab.perceptron(), self.reach
        low, high = panel.ylim
        sides = [
            marks.area(panel, [0, edge, edge, 0], [low, low, high, high], "blue"),
            marks.area(panel, [0, -edge, -edge, 0], [low, low, high, high], "orange"),
            marks.line(panel, [0, 0], [low, high], width=2.5),
        ]
        for letter, colour, x in (("O", "blue", 0.93), ("X", "orange", -0.93)):
            words = marks.text(panel, x * edge, high + 0.3, letter, colour, size=22, bold=True)
            sides.append(f'<g opacity="0.5">{words}</g>')
        walks = [mark for i in range(len(table)) for mark in self._walk(panel, lab, neuron, i)]
        places = np.clip(neuron.sums(table.X), -edge + 0.3, edge - 0.3)
        handles = [
            Handle(f"p{i + 1}", panel, places[i], i + 1.22, lab.mark(i), lab.point_in_words(i), movable=False)
            for i in range(len(table))
        ]
        return marks.clip(panel, *sides, *walks), handles, []

    def _walk(self, panel, lab, neuron, i):
        steps = [neuron.bias, *(lab.table.X[i] * neuron.weights)]
        names_of_steps = ["b", *names("w", len(neuron.weights))]
        at = 0.0
        for k, (step, name) in enumerate(zip(steps, names_of_steps, strict=True)):
            lane = i + 0.64 + 0.13 * k
            colour = "blue" if step > 0 else "orange"
            yield marks.arrow(panel, [at, at + step], [lane, lane], colour, width=2.5, head=8)
            if lab.point == i + 1 and step:
                yield marks.text(panel, max(at, at + step), lane, name, anchor="start", size=10, shift=(4, 0))
            at += step
        yield marks.line(panel, [at, at], [i + 0.6, i + 1.22], "ink", 1, dash="3 2", opacity=0.7)


def side(panel, neuron, sign):
    """The corners of that part of a panel where the weighted sum has this sign, shape (corners, 2)."""
    (left, right), (low, high) = panel.xlim, panel.ylim
    frame = np.array([[left, low], [right, low], [right, high], [left, high]])
    sums = sign * neuron.sums(frame)
    if not sums.any():
        return frame if sign < 0 else frame[:0]
    corners = []
    for k in range(4):
        if sums[k - 1] * sums[k] < 0:
            share = sums[k - 1] / (sums[k - 1] - sums[k])
            corners.append(frame[k - 1] + share * (frame[k] - frame[k - 1]))
        if sums[k] >= 0:
            corners.append(frame[k])
    return np.array(corners)


def crossing(panel, neuron):
    """The two ends of the line within a panel where the weighted sum is 0, shape (2, 2), or none, shape (0, 2)."""
    if not neuron.weights.any():
        return np.empty((0, 2))
    (left, right), (low, high) = panel.xlim, panel.ylim
    (w1, w2), b = neuron.weights, neuron.bias
    ends = []
    if w2:
        ends += [(x, -(w1 * x + b) / w2) for x in (left, right)]
    if w1:
        ends += [(-(w2 * y + b) / w1, y) for y in (low, high)]
    inside = [(x, y) for x, y in ends if left <= x <= right and low <= y <= high]
    if not inside:
        return np.empty((0, 2))
    ends = np.array([min(inside), max(inside)])
    return ends if np.ptp(ends, axis=0).any() else np.empty((0, 2))
