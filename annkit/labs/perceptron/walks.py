"""How a perceptron with three inputs is drawn: each row as a walk along a line of numbers."""

import numpy as np

from annkit.labs.perceptron.labels import side_name
from annkit.stage import marks, new_figure
from annkit.translation import _
from annkit.wording import in_product, number

LANE = 92
"""The height of a row, in stage units."""
FIRST, STEP, END = 0.63, 0.165, 1.32
"""Where in its lane a row has its first arrow, how far below is the next, and where its mark stands at the end."""
LETTER = 7.5
"""About the width of a letter."""


class Walks:
    """Three inputs: each row is a walk along a number line, from 0 by each input times its weight, then by the bias."""

    def setting(self, lab, now):
        """How far the lanes reach, wide enough for every walk, and the rows that they are named after."""
        reach = now[0] if now else 10
        farthest = np.abs(np.cumsum(self._steps(lab), axis=1)).max()
        while farthest > 0.95 * reach:
            reach *= 2
        return reach, tuple(map(tuple, lab.table.X.tolist()))

    def figure(self, lab, setting):
        """The set: one lane a row."""
        reach, rows = setting
        figure, axes = new_figure(430, 66 + LANE * len(rows))
        axes.set(xlim=(-reach, reach), ylim=(len(rows) + 0.5, 0.5), xlabel=_("weighted sum, with its bias"), title=" ")
        axes.set_xticks(np.linspace(-reach, reach, 5))
        axes.set_yticks(range(1, len(rows) + 1), [self._lane_name(i, row) for i, row in enumerate(rows)])
        axes.tick_params(axis="y", length=0)
        axes.grid(True, axis="x")
        ink = axes.xaxis.label.get_color()
        axes.axvline(0, color=ink, linewidth=2.5)
        for border in range(1, len(rows)):
            axes.axhline(border + 0.5, color=ink, alpha=0.2, linewidth=1)
        return figure

    def draw(self, lab, setting, panel):
        """Live marks, handles and heat maps, as `Stage.show` takes them."""
        edge, (low, high) = setting[0], panel.ylim
        sides = [
            marks.area(panel, [0, edge, edge, 0], [low, low, high, high], "blue"),
            marks.area(panel, [0, -edge, -edge, 0], [low, low, high, high], "orange"),
        ]
        steps, neuron, chosen = self._steps(lab), lab.perceptron(), lab.point - 1
        walks = [
            mark
            for row, own in enumerate(steps)
            for mark in self._walk(panel, row, own, lab.table.X[row] if row == chosen else None, neuron.weights)
        ]
        ends = np.column_stack([neuron.sums(lab.table.X), np.arange(len(lab.table)) + END])
        words = "".join(
            side_name(panel, (way * edge, high), (-way, -11), lab.table, label) for label, way in enumerate((-1, 1))
        )
        return words + marks.clip(panel, *sides, self._turns(panel, steps), *walks), lab.handles(panel, ends), []

    def _walk(self, panel, row, steps, inputs, weights):
        """The arrows of a row, and what each stands for: the product, or in other rows than the chosen its value."""
        chosen, at, edge = inputs is not None, 0.0, panel.xlim[1]
        for k, step in enumerate(steps):
            lane, tip = row + FIRST + STEP * k, at + step
            yield marks.arrow(panel, [at, tip], [lane, lane], "blue" if step > 0 else "orange", width=2.5, head=8)
            words = number(step)
            if chosen:
                last = k == len(weights)
                words = f"b = {words}" if last else f"{number(inputs[k])} × {in_product(weights[k])} = {words}"
            forward, reach = step >= 0, LETTER * len(words) * 2 * edge / panel.width
            fits = abs(tip + (reach if forward else -reach)) < edge  # else they stand behind the arrow's start
            right = forward == fits
            shift, anchor = ((6, 0), "start") if right else ((-6, 0), "end")
            yield marks.text(panel, tip if fits else at, lane, words, "ink", anchor, shift=shift, bold=chosen)
            at = tip

    def _turns(self, panel, steps):
        """From the end of each arrow down to the next, and to the mark of the row, as one mark."""
        tips = np.cumsum(steps, axis=1)
        rows, columns = np.indices(steps.shape)
        lanes = rows + FIRST + STEP * columns
        ends = np.where(columns == columns.max(), rows + END, lanes + STEP)
        tops, bottoms = panel.place(tips, lanes), panel.place(tips, ends)
        path = "".join(f"M{x:.1f},{top:.1f}V{low:.1f}" for (x, top), (__, low) in zip(tops, bottoms, strict=True))
        return f'<path d="{path}" stroke="currentColor" stroke-opacity="0.6" fill="none"/>'

    def _steps(self, lab):
        bias = np.full((len(lab.table), 1), lab.b)
        return np.hstack([lab.table.X * lab.perceptron().weights, bias])

    def _lane_name(self, i, row):
        return _("row {row}:").format(row=i + 1) + "\n" + ", ".join(number(value) for value in row)
