"""What the convolution lab says: a sum in numbers, the size of the map, what moves along, and how near a guess is."""

import numpy as np

from annkit.labs.base.say import Badge, Rows, Score, Text
from annkit.labs.convolution import sheet
from annkit.labs.convolution.places import looked_at
from annkit.labs.convolution.puzzle import NEAR, SIZE, error_of
from annkit.translation import _
from annkit.wording import in_product, number, rounded, row_of

SMALL = 0.0001
"""An error below this is only said to be so."""
DECIMALS, LEAST = 4, 0.00005 + 1e-9
"""Of weights and sums so many decimals are shown; by less than this a sum may differ that is rounded only once."""


class Agreeing(Score):
    """How many places of two maps agree."""

    def __str__(self):
        return _("{right} of {count} places agree.").format(right=self.right.sum(), count=len(self.right))


class Saying:
    """The part of a `ConvolutionLab` that says what it shows."""

    def words(self):
        pieces = [self._lead(), self._arithmetic()]
        if self.puzzle:
            pieces += self._nearness()
        else:
            pieces.append(self._size() if self.moved == (0, 0) else self._moved())
            pieces.append(self._count() if self.pooling == "none" else self._pooled())
        return [*pieces, Text(self._help(), "help")]

    def _lead(self):
        row, column = self.cell
        words = _("Row {row}, column {column} of the map: {value}")
        if self.puzzle and self.pooling != "none":
            words = _("Row {row}, column {column} of your map before pooling: {value}")
        return words.format(row=row, column=column, value=number(self._value()))

    def _value(self):
        return self.map[self.cell[0] - 1, self.cell[1] - 1]

    def _arithmetic(self):
        """Nine products in three rows, each with its sum, and under them the sum of the three."""
        lines, cells, shown = [], [], 0
        for pixels, weights in zip(looked_at(self), self.K, strict=True):
            sign, total = _equals(pixels, weights)
            pairs = [(number(x), in_product(k)) for x, k in zip(pixels, weights, strict=True)]
            shown += rounded(pixels @ weights, DECIMALS)
            lines.append(f"{' + '.join(f'{x} × {k}' for x, k in pairs)} {sign} {total}")
            (x, k), *others = pairs
            cells.append([x, "×", k, *(part for x, k in others for part in ("+", x, "×", k)), sign, total])
        exact = abs(shown - rounded(self._value(), DECIMALS)) < LEAST
        words = _("the sum: {value}") if exact else _("the sum, rounded last: {value}")
        lines.append(words.format(value=number(self._value())))
        cells.append(lines[-1].split(": "))
        return Rows(lines, cells, signed=[1, 2, 6, 10, 12], total=True)

    def _size(self):
        """How many rows and columns the map has, and why."""
        side, count = sheet.SIDE + 2 * self.padding, len(self.map)
        words = _("({side} − {size}) / {stride} + 1 = {count}: the map is {count} × {count}.")
        if (side - SIZE) % self.stride:
            words = _("({side} − {size}) / {stride}, rounded down, + 1 = {count}: the map is {count} × {count}.")
        if self.padding:
            words = words.replace("{side}", f"{sheet.SIDE} + 2 × {self.padding}", 1)
        return words.format(side=side, size=SIZE, stride=self.stride, count=count)

    def _count(self):
        """How few weights make so many sums."""
        sums, pixels = self.map.size, sheet.SIDE**2
        words = _("9 weights make all {sums} sums. A full layer would have {pixels} × {sums} = {weights:,} weights.")
        return words.format(sums=sums, pixels=pixels, weights=pixels * sums)

    def _pooled(self):
        row, column = ((each - 1) // 2 for each in self.cell)
        if max(row, column) >= len(self.result):
            return _("This place is in no block: the last row and column are left over.")
        block = self.map[2 * row : 2 * row + 2, 2 * column : 2 * column + 2].ravel()
        words = _("Its block: the largest of {numbers} is {value}.")
        if self.pooling == "mean":
            words = _("Its block: the mean of {numbers} is {value}.")
        return words.format(numbers=", ".join(map(number, block)), value=number(self.result[row, column]))

    def _moved(self):
        """Whether what comes out has moved along with the picture."""
        still = self.answered(self.laid.in_the_middle(), self.kernel)
        step = self.stride * (1 if self.pooling == "none" else 2)
        said = {"moved": row_of(self.moved), "step": step}
        if any(each % step for each in self.moved):
            words = _("Moved by {moved}, right and down: what comes out can only go in steps of {step} pixels.")
            return words.format(**said)
        right, down = (each // step for each in self.moved)
        words = _("Moved by {moved}, right and down: what comes out is the same, moved by {along}.")
        if not np.array_equal(*_overlap(still, self.result, right, down)):
            words = _("Moved by {moved}, right and down: what comes out is another map.")
        return words.format(along=row_of((right, down)), **said)

    def _nearness(self):
        """How near your map is to the one that is wanted, and whether the kernel is found."""
        mine, wanted = self.result, self.wanted
        agreeing = Agreeing((np.abs(mine - wanted) <= NEAR).ravel())
        error = error_of(mine, wanted)
        shown = _("< {least}").format(least=number(SMALL)) if 0 < error < SMALL else number(error)
        error = _("E, the mean squared difference: {error}").format(error=shown)
        if self.found:
            return [agreeing, error, Badge(_("Found: this is kernel {puzzle}.").format(puzzle=self.puzzle), good=True)]
        if agreeing.right.all():
            return [error, Badge(_("The two maps are alike, and yet it is another kernel."), good=False)]
        return [agreeing, error]

    def _help(self):
        if self.is_drawing:
            return _("Draw with the mouse, a finger, or the pad's keys; then press Move it, and drag what you drew.")
        if self.puzzle:
            return self._help_with_puzzle()
        if not self.sheet.any():
            return _("There is nothing on the sheet, and every sum is 0: choose a picture, or draw one.")
        if not self.K.any():
            return _("Every weight is 0, and so is every sum: turn one of the nine.")
        if self.moved == (0, 0):
            return _("Drag the frame over the picture, or the picture itself: what does the map do?")
        return _("Turn a weight: which places of the map answer?")

    def _help_with_puzzle(self):
        if self.found:
            return _("Hide another one, or change the picture: the maps stay alike.")
        if self.picture == "dot":
            return _("The dot meets one weight after the other. Where in the map is the weight at the upper left?")
        if not (np.abs(self.result - self.wanted) > NEAR).any():
            return _("This picture can't tell the two kernels apart. Show them another one.")
        return _(
            "Turn a weight: does E fall? Which picture would tell you most? Or press Play: descent turns all nine."
        )


def _equals(pixels, weights):
    """The sum of three products, and = before it; or ≈ where the digits that are shown make another one."""
    total, read = pixels @ weights, [rounded(k, DECIMALS) for k in weights]
    return "=" if abs(pixels @ read - rounded(total, DECIMALS)) < LEAST else "≈", number(total)


def _overlap(still, moved, right, down):
    """The parts of two maps that lie over each other where the second is moved so far."""
    rows, columns = still.shape
    a = still[max(0, -down) : rows - max(0, down), max(0, -right) : columns - max(0, right)]
    b = moved[max(0, down) : rows - max(0, -down), max(0, right) : columns - max(0, -right)]
    return a, b
