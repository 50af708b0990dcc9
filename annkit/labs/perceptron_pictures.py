"""How a perceptron is drawn: as a line in the plane of two inputs, or, for three inputs, as sums on a number line."""

from typing import NamedTuple

import numpy as np

from annkit.labs.halfplane import crossing, side
from annkit.labs.perceptron_learning import Chart
from annkit.stage import marks, new_figure
from annkit.translation import _
from annkit.wording import number

SHADE_FULL = 6
"""The weighted sum at which a side has its deepest colour."""
ARROW_UNIT = 26
"""The length of the weight arrow, in stage units for a weight of 1; it is drawn no longer than LONGEST_ARROW."""
LONGEST_ARROW = 140
MOST_HANDLES = 20
"""Up to so many points have handles, and their numbers beside them."""


class Window(NamedTuple):
    """A square part of the plane."""

    xlim: tuple
    ylim: tuple

    @classmethod
    def around(cls, X):
        """The part in which points, shape (n, 2), are shown."""
        low, high = X.min(axis=0), X.max(axis=0)
        half = max(1, 0.75 * (high - low).max())
        low, high = (low + high) / 2 - half, (low + high) / 2 + half
        up = np.where((X.min(axis=0) > 0) & (low < 0), -low, 0)  # no window below 0 for what is never negative
        return cls(*zip((low + up).tolist(), (high + up).tolist(), strict=True))


class Plane:
    """Two inputs: both sides of the line, the weight arrow at right angles to it, and points that can be dragged."""

    def __init__(self):
        self.chart = Chart()

    def figure(self, lab):
        """The set: a square window around the points, one unit as long across as up."""
        features = self._features = lab.table.features
        window = Window.around(lab.table.X)
        if lab.learning:
            figure, (axes, chart) = new_figure(430, 500, nrows=2, height_ratios=(3.4, 1))
            self.chart.prepare(chart, lab)
        else:
            figure, axes = new_figure(430, 400)
        axes.set(xlim=window.xlim, ylim=window.ylim, xlabel=features[0], ylabel=features[1])
        axes.set_aspect("equal")
        axes.grid(True)
        for draw, (start, end) in ((axes.axvline, axes.get_xlim()), (axes.axhline, axes.get_ylim())):
            if start < 0 < end:
                draw(0, color=axes.xaxis.label.get_color(), alpha=0.35, linewidth=1)
        return figure

    def fits(self, lab, panel, *chart):
        """Whether every point is in the window, the axes have the right names, and the chart is large enough."""
        if chart and not self.chart.fits(lab):
            return False
        (left, right), (low, high) = panel.xlim, panel.ylim
        x, y = lab.table.X.T
        inside = (left <= x) & (x <= right) & (low <= y) & (y <= high)
        return bool(inside.all()) and lab.table.features == self._features

    def draw(self, lab, panel, *chart):
        """Live marks, handles and heat maps, as `Stage.show` takes them."""
        neuron, table = lab.perceptron(), lab.table
        x, y = panel.grid(32, 32)
        sums = neuron.sums(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)
        parts = [*self._sides(panel, neuron, table.X), *self._line(panel, neuron), *self._choice(panel, lab)]
        live = marks.clip(panel, *parts) + "".join(self.chart.draw(lab, one) for one in chart)
        return live, lab.handles(panel, table.X), [(panel, sums / SHADE_FULL)]

    def _sides(self, panel, neuron, X):
        scale = np.abs(neuron.weights).sum() + abs(neuron.bias)
        for sign, colour, words in ((1, "blue", _("O side")), (-1, "orange", _("X side"))):
            corners = side(panel, neuron, sign)
            if len(corners) < 3:
                continue
            yield marks.area(panel, *corners.T, colour)
            inside = np.abs(neuron.sums(corners)) > 1e-9 * scale
            x, y = self._free_corner(panel, corners[inside] if inside.any() else corners, X)
            right, top = x > sum(panel.xlim) / 2, y > sum(panel.ylim) / 2
            shift = (-6 if right else 6, 12 if top else -12)
            yield marks.text(panel, x, y, words, colour, "end" if right else "start", shift=shift, bold=True)

    def _free_corner(self, panel, corners, X):
        """The corner that is farthest from the points; the lower left one last, for coordinates are written there."""
        distances = np.hypot(*(corners[:, None] - X[None]).transpose(2, 0, 1)).min(axis=1)
        lower_left = (corners == (panel.xlim[0], panel.ylim[0])).all(axis=1)
        return corners[np.argmax(np.where(lower_left, 0, distances))]

    def _line(self, panel, neuron):
        ends, size = crossing(panel, neuron), np.hypot(*neuron.weights)
        if not len(ends) or size < 1e-6:
            return
        yield marks.line(panel, *ends.T, width=2.5)
        foot = ends.mean(axis=0)
        unit = (panel.xlim[1] - panel.xlim[0]) / panel.width
        length = min(ARROW_UNIT * size, LONGEST_ARROW)
        tip = foot + neuron.weights / size * length * unit
        yield marks.arrow(panel, *np.array([foot, tip]).T)
        beside = foot + neuron.weights / size * (length + 14) * unit
        yield marks.text(panel, *beside, "w", bold=True)

    def _choice(self, panel, lab):
        if len(lab.table) <= MOST_HANDLES:
            for i, place in enumerate(lab.table.X):
                yield marks.text(panel, *place, str(i + 1), size=10, shift=(15, -15))
        else:
            right = lab.right
            for label in (0, 1):
                for wrong in (False, True):
                    rows = lab.table.X[(lab.table.labels == label) & (right != wrong)]
                    yield marks.points(panel, *rows.T, label, ring=wrong)
        x, y = lab.table.X[lab.point - 1]
        left, low = panel.xlim[0], panel.ylim[0]
        yield marks.line(panel, [left, x, x], [y, y, low], "ink", 1, dash="4 3", opacity=0.7)
        yield marks.text(panel, x, low, number(x), shift=(0, -10), bold=True)
        yield marks.text(panel, left, y, number(y), anchor="start", shift=(6, 0), bold=True)


class Sums:
    """Three inputs: each row is a walk along a number line, from 0 by each input times its weight, then by the bias."""

    reach = 10

    def figure(self, lab):
        """The set: one lane a row, wide enough for every walk."""
        self.reach, X = self._needed(lab), lab.table.X
        figure, axes = new_figure(430, 70 + 80 * len(X))
        axes.set(
            xlim=(-self.reach, self.reach), ylim=(len(X) + 0.5, 0.5), xlabel=_("weighted sum, with its bias"), title=" "
        )
        axes.set_xticks(np.linspace(-self.reach, self.reach, 5))
        axes.set_yticks(range(1, len(X) + 1), [self._lane_name(i, row) for i, row in enumerate(X)])
        axes.tick_params(axis="y", length=0)
        axes.grid(True, axis="x")
        self._drawn = X, lab.table.features
        return figure

    def fits(self, lab, panel):
        """Whether the lanes are those of this table, and wide enough; they become narrower only on reset."""
        X, features = self._drawn
        needed = self._needed(lab)
        wide_enough = needed == self.reach if lab.untouched else needed <= self.reach
        return wide_enough and features == lab.table.features and np.array_equal(X, lab.table.X)

    def draw(self, lab, panel):
        """Live marks, handles and heat maps, as `Stage.show` takes them."""
        edge, (low, high) = self.reach, panel.ylim
        sides = [
            marks.area(panel, [0, edge, edge, 0], [low, low, high, high], "blue"),
            marks.area(panel, [0, -edge, -edge, 0], [low, low, high, high], "orange"),
            marks.line(panel, [0, 0], [low, high], width=2.5),
            *(marks.line(panel, [-edge, edge], [i + 0.5, i + 0.5], width=1, opacity=0.2) for i in range(1, int(low))),
        ]
        walks = [mark for i, steps in enumerate(self._steps(lab)) for mark in self._walk(panel, lab, i, steps)]
        ends = np.column_stack([lab.perceptron().sums(lab.table.X), np.arange(len(lab.table)) + 1.3])
        words = marks.text(panel, edge, high, _("O side"), "blue", "end", shift=(0, -10), bold=True)
        words += marks.text(panel, -edge, high, _("X side"), "orange", "start", shift=(0, -10), bold=True)
        return words + marks.clip(panel, *sides, *walks), lab.handles(panel, ends), []

    def _walk(self, panel, lab, i, steps):
        at = 0.0
        for k, step in enumerate(steps):
            lane, tip = i + 0.66 + 0.15 * k, at + step
            yield marks.arrow(panel, [at, tip], [lane, lane], "blue" if step > 0 else "orange", width=2.5, head=8)
            last = k == len(steps) - 1
            yield marks.line(panel, [tip, tip], [lane, i + 1.3 if last else lane + 0.15], width=1, opacity=0.6)
            if lab.point == i + 1:
                yield marks.text(panel, -self.reach, lane, self._step_name(lab, i, k), anchor="start", shift=(6, 0))
            at = tip

    def _steps(self, lab):
        bias = np.full((len(lab.table), 1), lab.b)
        return np.hstack([lab.table.X * lab.perceptron().weights, bias])

    def _needed(self, lab):
        farthest, reach = np.abs(np.cumsum(self._steps(lab), axis=1)).max(), 10
        while farthest > 0.95 * reach:
            reach *= 2
        return reach

    def _step_name(self, lab, i, k):
        weights = lab.perceptron().weights
        return f"{number(lab.table.X[i, k])} × {number(weights[k])}" if k < len(weights) else "b"

    def _lane_name(self, i, row):
        return _("row {row}:").format(row=i + 1) + "\n" + ", ".join(number(value) for value in row)
