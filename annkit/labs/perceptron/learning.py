"""How a perceptron learns in its lab: to the next mistake, what it changes, and how many are left pass by pass."""

import numpy as np

from annkit import data, inputs
from annkit.labs.base.say import Badge, Rows, Text
from annkit.labs.base.traits import State
from annkit.perceptron import Perceptron
from annkit.stage import marks
from annkit.translation import _
from annkit.wording import in_product, number

MOST_PASSES = 100
NOTHING_LEARNT = (0, 0, (), (), ())
EXACT = 9
"""Learnt weights are rounded to so many decimals, so that 0.3 − 0.2 − 0.1 is 0."""
LISTED = 6
"""The mistakes of so many passes are listed, of the last ones."""


class Progress(State):
    """How far learning has come.

    A tuple: the row that is looked at next (from 0), the mistakes in this pass so far, a pair (mistakes in it, points
    wrong after it) for each finished pass, the last correction as (row, difference t − o), and the best line that
    there was as (points wrong, weights, bias); () for what there is not yet.
    """

    def accepted(self, value, lab):
        try:
            row, mistakes, passes, last, best = value
            passes = tuple((int(made), int(left)) for made, left in passes)
            last = tuple(map(int, last))
            if best:
                wrong, weights, bias = best
                best = int(wrong), tuple(inputs.vector("weights", weights).tolist()), inputs.number("bias", bias)
            fine = self._fits(row, mistakes, passes, last, best, lab)
        except (TypeError, ValueError):
            fine = False
        if not fine:
            message = _("{name} should be what code() wrote for this table, not {value}.")
            raise ValueError(message.format(name=self.name, value=inputs.shown(value)))
        return int(row), int(mistakes), passes, last, best

    def _fits(self, row, mistakes, passes, last, best, lab):
        rows = len(lab.table)
        counts = [mistakes, *(count for each in passes for count in each)]
        fine = 0 <= row < rows and all(0 <= count <= rows for count in counts) and len(passes) <= MOST_PASSES
        fine &= last == () or (len(last) == 2 and 0 <= last[0] < rows and last[1] in (1, -1))
        return fine and (best == () or (0 <= best[0] <= rows and len(best[1]) == lab.inputs))


class Learning:
    """How a `PerceptronLab` learns. The lab brings `table`, `perceptron`, `weights`, `point` and `progress`."""

    fresh = False
    """Whether the last correction was made just now, and not yet drawn."""

    def advance(self):
        """Go to the next mistake and correct it. Returns False when there is none, or when play has come to its cap."""
        row, mistakes, passes, last, best = self.progress
        if self.learnt or len(passes) >= MOST_PASSES:
            return False
        neuron, X, labels, difference = self.perceptron(), self.table.X, self.table.labels, 0
        best = best or self._judged(neuron)
        while not difference and not (passes and passes[-1][0] == 0) and len(passes) < MOST_PASSES:
            looked_at, row = row, row + 1
            difference = neuron.learn(X[looked_at], labels[looked_at])
            neuron.weights = neuron.weights.round(EXACT)
            mistakes += abs(difference)
            if row == len(X):
                passes += ((mistakes, self._judged(neuron)[0]),)
                row, mistakes = 0, 0
        if difference:
            last, best = (looked_at, difference), min(best, self._judged(neuron), key=lambda each: each[0])
        weights = dict(zip(self.weights, neuron.weights.tolist(), strict=True))
        point = last[0] + 1 if difference else self.point
        self.set(**weights, b=neuron.bias, point=point, progress=(row, mistakes, passes, last, best))
        self.fresh = bool(difference)
        return bool(difference)

    def settle(self, changed):
        """Whoever turns a weight or moves a point starts learning anew."""
        if "progress" not in changed and changed & {"table", *self.weights, "b"}:
            self.progress = NOTHING_LEARNT

    def _judged(self, neuron):
        wrong = int((neuron.predict(self.table.X) != self.table.labels).sum())
        return wrong, tuple(neuron.weights.tolist()), neuron.bias

    @property
    def learnt(self):
        """Whether the last pass had no mistake: then none will ever follow."""
        passes = self.progress[2]
        return bool(passes) and passes[-1][0] == 0

    @property
    def correction(self):
        """The last correction, while it learns: its row (from 0), t − o, and the perceptron before it; else None."""
        last = self.progress[3]
        if not (self.learning and last) or self.learnt:
            return None
        (row, difference), neuron = last, self.perceptron()
        weights = (neuron.weights - difference * self.table.X[row]).round(EXACT)
        return row, difference, Perceptron(weights, round(neuron.bias - difference, EXACT))

    @property
    def best(self):
        """The best line so far and how many points it gets wrong, where it is better than the one that stands."""
        best = self.progress[4]
        if not (self.learning and best) or best[0] >= int((~self.right).sum()):
            return None
        return best[0], Perceptron(best[1], best[2])

    def lesson(self):
        """What the last correction did, and how far the passes have come, as pieces of words."""
        __, mistakes, passes, __, best = self.progress
        pieces = []
        if self.learnt:
            pieces.append(Badge(_("A whole pass without a mistake: it has learnt."), good=True))
        elif len(passes) >= MOST_PASSES:
            message = _("Stopped after {count} passes. Wrong now: {wrong}.")
            pieces.append(Badge(message.format(count=len(passes), wrong=passes[-1][1]), good=False))
        elif self.correction:
            pieces += self._arithmetic_of(*self.correction)
        return [*pieces, self._tally(mistakes, passes, best)]

    def _arithmetic_of(self, row, difference, before):
        x = self.table.X[row]
        adds = _("Point {point} should be {kind}, but its sum was {sum}: add its row.")
        takes = _("Point {point} should be {kind}, but its sum was {sum}: take its row away.")
        total = number(round(float(before.sums(x[None])[0]), 6))
        said = {"point": row + 1, "kind": self.table.kinds[self.table.labels[row]], "sum": total}
        yield Text((adds if difference > 0 else takes).format(**said))
        sign = "+" if difference > 0 else "−"
        names = [*data.names("w", self.inputs), "b"]
        steps = zip(names, [*before.weights, before.bias], [*x, 1], strict=True)
        cells = [
            [name, number(old), sign, in_product(step), "=", number(round(float(old + difference * step), EXACT))]
            for name, old, step in steps
        ]
        lines = [f"{name} = {' '.join(terms)}" for name, *terms in cells]
        yield Rows(lines, cells, heads=["", _("before"), "", _("its row"), "", _("after")])

    def _tally(self, mistakes, passes, best):
        """How many corrections there were, in all and by passes, and the best line so far."""
        total = mistakes + sum(made for made, __ in passes)
        rows = [(_("Corrections so far: {count}.").format(count=total), _("corrections so far"), str(total))]
        if not self.learnt and len(passes) < MOST_PASSES:
            line = _("In pass {number}: {count}.").format(number=len(passes) + 1, count=mistakes)
            rows.append((line, _("in pass {number}").format(number=len(passes) + 1), str(mistakes)))
        if passes:  # which the chart shows to those who see it
            before = ", ".join(str(made) for made, __ in passes[-LISTED:])
            rows[-1] = (f"{rows[-1][0]} " + _("In the passes before: {list}.").format(list=before), *rows[-1][1:])
        if best:
            line, words = _("Best line so far: {wrong} wrong."), _("{wrong} wrong")
            rows.append((line.format(wrong=best[0]), _("best line so far"), words.format(wrong=best[0])))
        return Rows([line for line, *__ in rows], [cells for __, *cells in rows])


class Chart:
    """Mistakes in each pass as bars, and the points wrong after it as a line with dots: a strip under the plane."""

    def setting(self, lab):
        """How many passes and how many mistakes it has to show."""
        __, mistakes, passes, *__ = lab.progress
        highest = max([mistakes, *(count for each in passes for count in each)])
        return (
            next(size for size in (10, 20, 50, MOST_PASSES) if size > len(passes) or size == MOST_PASSES),
            next((size for size in (4, 10, 20, 50) if size >= highest), max(100, highest)),
        )

    def prepare(self, axes, setting):
        """Draw the chart's set."""
        passes, most = setting
        axes.set(xlim=(0.4, passes + 0.6), ylim=(0, most), yticks=(0, most), xlabel=_("pass"))
        axes.set_title(_("bars: mistakes in a pass · dots: points wrong after it"), loc="left")
        axes.grid(True, axis="y")

    def draw(self, lab, panel):
        """The bars and the line, as marks; the bar of the pass that goes on is open."""
        __, mistakes, passes, *__ = lab.progress
        parts = [_bar(panel, n, made, 0.7) for n, (made, __) in enumerate(passes, start=1)]
        if mistakes:
            parts.append(_bar(panel, len(passes) + 1, mistakes, 0.3))
        if not parts:
            words = _("Play, or Learn once: each pass gets its bar here.")
            parts.append(marks.text(panel, panel.xlim[0], panel.ylim[1] / 2, words, "grey", "start", shift=(8, 0)))
        if passes:
            x, wrong = np.arange(1, len(passes) + 1), [after for __, after in passes]
            parts.append(marks.line(panel, x, wrong, "ink", 1.5))
            dot = f'<circle r="{3 if len(passes) <= 50 else 1.5}" fill="{marks.COLOURS["ink"]}"/>'
            parts += [marks.at(panel, *place, dot) for place in zip(x, wrong, strict=True)]
        return "".join(parts)


def _bar(panel, n, height, opacity):
    left, right = n - 0.35, n + 0.35
    return marks.area(panel, [left, right, right, left], [0, 0, height, height], "grey", opacity)
