"""How a perceptron with two inputs is drawn: the plane, the line in it, and the points on its two sides."""

from typing import NamedTuple

import numpy as np
from matplotlib.ticker import MaxNLocator

from annkit.labs.base.axes import on_axes
from annkit.labs.base.halfplane import crossing, side
from annkit.labs.perceptron import labels
from annkit.labs.perceptron.learning import Chart
from annkit.labs.perceptron.line import Stand, line_marks
from annkit.stage import marks, new_figure
from annkit.translation import _
from annkit.wording import number

SHADE_FULL = 2.6
"""The weighted sum at which a side has three quarters of its deepest colour; at the line it is nearly paper."""
MOST_HANDLES = 20
"""Up to so many points have handles, and their numbers beside them."""
SMALL = 0.05
"""A side of so small a share of the window has no room for its name."""


ROOM = 0.03
"""The share of the picture that is left free at the left, for the chosen point's number."""


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

    def holds(self, X):
        """Whether all points, shape (n, 2), lie in it."""
        low, high = np.transpose([self.xlim, self.ylim])
        return bool(((low <= X) & (X <= high)).all())


class Plane:
    """Two inputs: both sides of the line, the arrow w at right angles to it, and points that can be dragged."""

    chart = Chart()

    def setting(self, lab, now):
        """The window, which stays as long as every point is in it; where w stands; and what else the set depends on."""
        window, X = now and now[0], lab.table.X
        if window and window.holds(X):
            stand = now[1]
        else:
            window = Window.around(X)
            stand = Stand.of(window, X)
        arrows = [lab.perceptron().weights]
        if lab.correction:
            arrows.append(lab.correction[2].weights)
        return window, stand.with_room(window, arrows), lab.table.features, lab.learning and self.chart.setting(lab)

    def figure(self, lab, setting):
        """The set: a square window around the points, one unit as long across as up."""
        window, __, features, chart_setting = setting
        if lab.learning:
            figure, (axes, chart) = new_figure(430, 452, nrows=2, height_ratios=(7, 1))
            self.chart.prepare(chart, chart_setting)
        else:
            figure, axes = new_figure(430, 400)
        figure.get_layout_engine().set(rect=(ROOM, 0, 1 - ROOM, 1))
        axes.set(xlim=window.xlim, ylim=window.ylim, xlabel=features[0], ylabel=features[1])
        axes.set_aspect("equal")
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(MaxNLocator(7, steps=[1, 2, 5, 10]))
            axis.set_major_formatter(lambda value, __: number(value))
        axes.grid(True)
        for draw, (start, end) in ((axes.axvline, axes.get_xlim()), (axes.axhline, axes.get_ylim())):
            if start < 0 < end:
                draw(0, color=axes.xaxis.label.get_color(), alpha=0.35, linewidth=1)
        return figure

    def draw(self, lab, setting, panel, *chart):
        """Live marks, handles and heat maps, as `Stage.show` takes them."""
        neuron, stand = lab.perceptron(), setting[1]
        x, y = panel.grid(32, 32)
        sums = neuron.sums(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)
        others = self._others(panel, lab)
        parts = [
            *self._sides(panel, lab, neuron, stand, others, (sums > 0).mean()),
            *(marks.line(panel, *ends.T, *look) for ends, __, look in others),
            line_marks(panel, neuron, "paper", width=7, opacity=0.55),
            line_marks(panel, neuron),
            *self._points(panel, lab),
            *self._names(panel, lab, others),
            *self._arrows(panel, lab, neuron, stand),
        ]
        live = marks.clip(panel, *parts) + "".join(on_axes(panel, *lab.table.X[lab.point - 1].tolist()))
        live += "".join(self.chart.draw(lab, one) for one in chart)
        handles = [*lab.grips(panel, stand), *lab.handles(panel, lab.table.X)]
        return live, handles, [(panel, np.tanh(sums / SHADE_FULL))]

    def _sides(self, panel, lab, neuron, stand, others, share):
        """Both sides, named where they are not too small; `share` is that of the ○ side."""
        scale = np.abs(neuron.weights).sum() + abs(neuron.bias)
        taken = np.vstack([lab.table.X, stand.tip([neuron.weights, (0, 0)]), *(ends for ends, *__ in others)])
        for label, sign, part in ((0, -1, 1 - share), (1, 1, share)):
            corners = side(panel, neuron, sign)
            if len(corners) < 3:
                continue
            yield marks.area(panel, *corners.T, labels.CLASS_COLOURS[label], opacity=0.06)
            inside = np.abs(neuron.sums(corners)) > 1e-9 * scale
            corners = corners[inside] if inside.any() else corners
            if part > SMALL:
                yield labels.in_corner(panel, neuron, corners, lab.table, label, taken)

    def _others(self, panel, lab):
        """The line before the last correction, and the best one so far, where it is another: ends, words and look."""
        others = []
        if lab.correction:
            others.append((crossing(panel, lab.correction[2]), _("before"), ("ink", 1.8, "7 5", 0.5)))
        if lab.best:
            wrong, neuron = lab.best
            words = _("best: {wrong} wrong").format(wrong=wrong)
            others.append((crossing(panel, neuron), words, ("good", 1.8)))
        return [each for each in others if len(each[0])]

    def _names(self, panel, lab, others):
        said = np.empty((0, 2))
        for ends, words, look in others:
            mark, places = labels.at_line(panel, ends, words, look[0], lab.table.X, said)
            said = np.vstack([said, places])
            yield mark

    def _arrows(self, panel, lab, neuron, stand):
        """w; after a correction also what it was, and the row that was added to it or taken away."""
        tail, tip = np.array([stand.x, stand.y]), stand.tip(neuron.weights)
        yield marks.at(panel, *tail, '<circle r="3" fill="currentColor"/>')
        if lab.correction:
            row, difference, neuron = lab.correction
            before, point = stand.tip(neuron.weights), _("point {point}").format(point=row + 1)
            colour, words = ("blue", f"+ {point}") if difference > 0 else ("orange", f"− {point}")
            yield marks.arrow(panel, *np.array([tail, before]).T, "grey", width=2, head=9)
            added = marks.arrow(panel, *np.array([before, tip]).T, colour, width=6, head=14)
            added += labels.beside(panel, before, tip, words, colour, beyond=tail)
            if lab.fresh:  # then it comes from where its point is
                added = marks.coming(added, *(panel.place(*lab.table.X[row]) - panel.place(*tip))[0])
            yield added
        yield marks.arrow(panel, *np.array([tail, tip]).T)
        corrected = bool(lab.correction)
        yield labels.beside(panel, tail, tip, "w", "ink", beyond=before if corrected else tail, other=corrected)

    def _points(self, panel, lab):
        """The way from the chosen point to both axes; the numbers of few points, or many points themselves."""
        x, y = lab.table.X[lab.point - 1]
        yield marks.line(panel, [panel.xlim[0], x, x], [y, y, panel.ylim[0]], "ink", 1, dash="4 3", opacity=0.7)
        if len(lab.table) <= MOST_HANDLES:
            yield from labels.numbers(panel, lab.table.X)
            return
        right = lab.right
        for label in (0, 1):
            for wrong in (False, True):
                rows = lab.table.X[(lab.table.labels == label) & (right != wrong)]
                yield marks.points(panel, *rows.T, label, ring=wrong)
