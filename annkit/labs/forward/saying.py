"""What the forward lab says: the arithmetic of what is picked, the shapes, and the row on its way."""

import numpy as np

from annkit.labs.base.say import Rows, Sum, Text
from annkit.labs.forward.equation import written
from annkit.labs.forward.steps import HELP, HIDDEN, OUTPUT, RESULTS, STEPS, UNITS
from annkit.stage import Edge
from annkit.translation import _
from annkit.wording import brief, in_product, number, subscript, weighted_sum

LARGE = 10
"""From here on the powers of a softmax are not written out: e^10 is already 22026."""


class Saying:
    """The part of a `ForwardLab` that says what it shows."""

    def words(self):
        net, trace = self._forward()
        pieces = [*self._arithmetic(net, trace), self._way(trace)]
        if self.steps == 4:
            pieces.append(self._decisions(trace.output))
        return [*pieces, Text(_(HELP[self.steps]), "help")]

    def _spelt(self, net, trace):
        return map(str, self._arithmetic(net, trace))

    def _arithmetic(self, net, trace):
        """How the picked number comes about, as far as the steps go."""
        row = self.row - 1
        values = (self.table.X[row], trace.a[0][row])
        if isinstance(self.picked, Edge):
            return [self._carried(*self.picked, values[self.picked.layer])]
        layer, unit = self.picked
        if layer == 0:
            words = _("{name} of row {row} is {value}.")
            return [words.format(name=self.table.features[unit], row=self.row, value=number(values[0][unit]))]
        return self._summed(layer - 1, unit, values[layer - 1], net, trace)

    def _summed(self, layer, unit, values, net, trace):
        """A unit's sum, and what its activation makes of it."""
        name, done = UNITS[layer][unit], self._done(layer)
        if not done:
            return [_("{name} is not computed yet.").format(name=name)]
        sums, result = trace.z[layer][self.row - 1], trace.a[layer][self.row - 1, unit]
        line, after = f"{name}: {{sum}} = {{total}}", ""
        if done == 2 and layer == 0:
            after = f"sigmoid({number(sums[unit])}) = {number(result)}"
        pieces = [
            Sum(
                values, net.weights[layer][:, unit], net.biases[layer][unit], sums[unit],
                f"{line}, {after}" if after else line, _("{name} of row {row}").format(name=name, row=self.row),
                names=[brief(each, 4) for each in (self.table.features, *UNITS)[layer]],
                end=f"→ {number(result)}" if after else "",
                symbol=subscript((HIDDEN, OUTPUT)[layer][-1][unit]),
            )
        ]  # fmt: skip
        if done == 2 and layer == 1:
            powers = " + ".join(f"e^{in_product(y)}" for y in sums)
            equals = "≈" if result in (0, 1) else "="  # no power is 0, but the computer's may be
            line = f"e^{in_product(sums[unit])} / ({powers}) {equals} {number(result)}"
            if np.abs(sums).max() <= LARGE:
                power, total = number(np.exp(sums[unit])), number(np.exp(sums).sum())
                line = f"e^{in_product(sums[unit])} = {power}, {power} / {total} = {number(result)}"
            pieces.append(line)
        return pieces

    def _carried(self, layer, i, j, values):
        """What an edge adds to the sum at its end."""
        weight = getattr(self, self._name)
        start, end = self._ends()
        if self.steps < 2 * layer:
            return _("{name} = {weight} leads from {start} to {end}; {start} is not computed yet.").format(
                name=subscript(self._name), weight=number(weight), start=start, end=end
            )
        return _("{name} brings {product} = {value} from {start} to {end}.").format(
            name=subscript(self._name), product=weighted_sum([values[i]], [weight], 0),
            value=number(values[i] * weight), start=start, end=end,
        )  # fmt: skip

    def _way(self, trace):
        """The shapes, and the chosen row on its way through the steps that are done."""
        row = self.row - 1
        made = [self.table.X, trace.z[0], trace.a[0], trace.z[1], trace.a[1]][: self.steps + 1]
        lines, cells = [], []
        words = _("{letter} is {shape}, row {row}: {values}")
        for letter, matrix in zip(("X", *RESULTS), made, strict=False):
            (n, columns), values = matrix.shape, f"({', '.join(written(matrix[row].tolist()))})"
            lines.append(words.format(letter=letter, shape=_shape(n, columns), row=self.row, values=values))
            cells.append([letter, _shape(n, columns), values])
        n = len(self.table)
        caption = _(STEPS[self.steps]).format(
            X=_shape(n, 3), W=_shape(3, 2), Z=_shape(n, 2), V=_shape(2, 3), Y=_shape(n, 3)
        )
        lines[0] = f"{caption}\n{lines[0]}"
        return Rows(lines, cells, caption, lit=self.steps, heads=["", _("shape"), _("row {row}").format(row=self.row)])

    def _decisions(self, outputs):
        decided = [f"{row}\u00a0→\u00a0{UNITS[1][unit]}" for row, unit in enumerate(outputs.argmax(axis=1), start=1)]
        return _("The largest output of each row: {rows}.").format(rows=", ".join(decided))


def _shape(rows, columns):
    """A shape, which is not to be torn apart at the end of a line."""
    return f"{rows}\u00a0×\u00a0{columns}"
