"""How a perceptron learns in its lab: to the next mistake, what it changes, and how many are left pass by pass."""

import numpy as np
import traitlets

from annkit.perceptron import Perceptron
from annkit.stage import marks
from annkit.translation import _
from annkit.wording import number, row_of

MOST_PASSES = 100
START = (0, 0, (), ())


class Learning(traitlets.HasTraits):
    """What a `PerceptronLab` needs to learn. The lab brings `table`, `perceptron`, `set` and `point`.

    Attributes
    ----------
    progress : tuple
        How far learning has come: the row that is looked at next (from 0), the mistakes in this pass so far, a pair
        (mistakes in it, points wrong after it) for each finished pass, and the last correction as (row, error) or ().
    """

    learning = traitlets.Bool(False)
    progress = traitlets.Tuple(
        traitlets.Int(), traitlets.Int(), traitlets.Tuple(), traitlets.Tuple(), default_value=START
    )

    def advance(self):
        """Go to the next mistake and correct it. Returns False when there is none, or when play has come to its cap."""
        row, mistakes, passes, last = self.progress
        if self.learnt or len(passes) >= MOST_PASSES:
            return False
        neuron, X, labels, error = self.perceptron(), self.table.X, self.table.labels, 0
        while not error and not (passes and passes[-1][0] == 0) and len(passes) < MOST_PASSES:
            looked_at, row = row, row + 1
            error = neuron.learn(X[looked_at], labels[looked_at])
            mistakes += abs(error)
            if row == len(X):
                passes += ((mistakes, int((neuron.predict(X) != labels).sum())),)
                row, mistakes = 0, 0
        last = (looked_at, error) if error else last
        weights = dict(zip(self._weights, neuron.weights.tolist(), strict=True))
        self.set(**weights, b=neuron.bias, point=last[0] + 1 if error else self.point)
        self.set(progress=(row, mistakes, passes, last))  # after the weights, whose change would reset it
        return bool(error)

    @property
    def learnt(self):
        """Whether the last pass had no mistake: then none will ever follow."""
        passes = self.progress[2]
        return bool(passes) and passes[-1][0] == 0

    def lesson(self):
        """Lines about the last correction and the passes."""
        __, mistakes, passes, last = self.progress
        lines = [self._correction(*last)] if last and not self.learnt else []
        if self.learnt:
            lines.append(
                _("A whole pass without a mistake: it has learnt. Mistakes: {list}.").format(list=_list(passes))
            )
        elif len(passes) >= MOST_PASSES:
            message = _(
                "Stopped after {count} passes: {wrong} points are still wrong. It may go on like this for ever."
            )
            lines.append(message.format(count=len(passes), wrong=passes[-1][1]))
        else:
            message = _("Pass {number}: mistakes so far {count}.").format(number=len(passes) + 1, count=mistakes)
            before = _("In the passes before: {list}.").format(list=_list(passes[-8:])) if passes else ""
            lines.append(f"{message} {before}".strip())
        return lines

    def _correction(self, row, error):
        x, neuron = self.table.X[row], self.perceptron()
        before = Perceptron(neuron.weights - error * x, neuron.bias - error)
        sentence = _(
            "Point {point} should be an {kind}, but its sum was {sum}: {verb} its row, "
            "w = {before} {sign} {row} = {after}, b = {b} {sign} 1 = {c}."
        )
        return sentence.format(
            point=row + 1, kind="XO"[int(error > 0)], verb=_("add") if error > 0 else _("take away"),
            sign="+" if error > 0 else "−", before=row_of(before.weights.round(6)), row=row_of(x.round(6)),
            after=row_of(neuron.weights.round(6)), b=number(before.bias), c=number(neuron.bias),
            sum=number(round(before.sums(x[None])[0], 6)),
        )  # fmt: skip

    def _forget(self, change):
        """Whoever turns a weight or moves a point starts learning anew."""
        self.progress = START


def _list(passes):
    return ", ".join(str(mistakes) for mistakes, __ in passes)


class Chart:
    """Mistakes in each pass as bars, and the points wrong after it as a line with dots."""

    def prepare(self, axes, lab):
        """Draw the chart's set, wide and high enough for what has happened so far."""
        self.passes, self.most = self._needed(lab)
        axes.set(xlim=(0.4, self.passes + 0.6), ylim=(0, self.most), xlabel=_("pass"))
        axes.set_title(_("bars: mistakes in each pass; dots: points wrong after it"), fontsize=10)
        axes.grid(True, axis="y")

    def fits(self, lab):
        """Whether all that has happened so far is on the chart."""
        return self._needed(lab) == (self.passes, self.most)

    def draw(self, lab, panel):
        """The bars and the line, as marks."""
        passes = lab.progress[2]
        parts = []
        for number_, (mistakes, __) in enumerate(passes, start=1):
            left, right = number_ - 0.35, number_ + 0.35
            parts.append(marks.area(panel, [left, right, right, left], [0, 0, mistakes, mistakes], "grey", 0.7))
        if passes:
            x, wrong = np.arange(1, len(passes) + 1), [after for __, after in passes]
            parts.append(marks.line(panel, x, wrong, "ink", 1.5))
            dot = f'<circle r="{3 if len(passes) <= 50 else 1.5}" fill="{marks.COLOURS["ink"]}"/>'
            parts += [marks.at(panel, *place, dot) for place in zip(x, wrong, strict=True)]
        return "".join(parts)

    def _needed(self, lab):
        passes = lab.progress[2]
        highest = max((max(pair) for pair in passes), default=0)
        return (
            next(size for size in (10, 20, 50, 100) if size >= len(passes)),
            next((size for size in (4, 10, 20, 50) if size >= highest), max(100, highest)),
        )
