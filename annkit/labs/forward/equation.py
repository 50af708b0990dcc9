"""The equation of one step: its matrices, the biases under the weights that they belong to."""

import html

from annkit.labs.forward.steps import BIASES, FORMULAS, SUMS, UNITS, WEIGHTS, layer_of
from annkit.stage import Matrix
from annkit.wording import alike, brief, fixed, number

WIDTH, HEIGHT = 54, 34
"""The largest size of a cell, in stage units."""
LEFT, GAP, ABOVE, BELOW, BETWEEN = 22, 46, 26, 26, 14
"""Room for the rows' names, for a sign, above and below the matrices, and between the weights and the biases."""
ARROW = 2.5
"""The way of an activation takes so many times the room of a sign."""
DIGITS = 5
"""So many characters a number has."""
CHARACTER = 0.6
"""The width of a digit, of its size."""
LARGEST, NAME, SIGN = 16, 13.5, 19
"""The size of numbers, of names, and of the signs between."""


class Equation:
    """The matrices of a step in a panel: what comes in, the weights over the biases, and what comes out.

    Parameters
    ----------
    panel : Panel
    step : int
        1 to 4.
    rows : int
        How many samples go through.
    sizes : sequence of int
        The number of units in each layer, inputs first.
    """

    def __init__(self, panel, step, rows, sizes):
        self.panel, self.step = panel, step
        layer, sums = layer_of(step), step in SUMS
        before, after = sizes[layer], sizes[layer + 1]
        columns, signs = (before + after + after, 2) if sums else (after + after, ARROW)
        lines = max(rows, before + 1) if sums else rows
        width = min(WIDTH, (panel.width - LEFT - signs * GAP - 12) / columns)
        height = min(HEIGHT, (panel.height - ABOVE - BELOW - BETWEEN * sums) / lines)
        left = panel.x + (panel.width - columns * width - signs * GAP + LEFT) / 2
        self.middle = panel.y + ABOVE + (panel.height - ABOVE - BELOW) / 2

        def matrix(left, top, rows, columns):
            return Matrix(panel, left, top, rows, columns, width, height)

        top = self.middle - rows * height / 2
        self.matrices = {"first": matrix(left, top, rows, before if sums else after)}
        left = self.matrices["first"].right + GAP * (1 if sums else ARROW)
        if sums:
            up = self.middle - ((before + 1) * height + BETWEEN) / 2
            weights = self.matrices["weights"] = matrix(left, up, before, after)
            self.matrices["biases"] = matrix(left, weights.bottom + BETWEEN, 1, after)
            left = weights.right + GAP
        self.matrices["result"] = matrix(left, top, rows, after)

    def draw(self, numbers, lit, row_names, column_names):
        """Marks for one set of numbers.

        Parameters
        ----------
        numbers : dict
            What stands in "first", "weights", "biases" and "result"; None in a result that is not computed yet.
        lit : dict
            What of each is lit: its "row" or its "column", and the "cell" in a frame.
        row_names, column_names : sequence of str
            What the samples are called, and what the columns that come in.
        """
        parts = [mark for name, matrix in self.matrices.items() for mark in _lights(matrix, **lit.get(name, {}))]
        brackets = "".join(_brackets(matrix) for matrix in self.matrices.values())
        parts.append(f'<path d="{brackets}" fill="none" stroke="currentColor" stroke-width="1.5"/>')
        parts += [_numbers(matrix, numbers[name]) for name, matrix in self.matrices.items()]
        parts += [self._names(row_names, column_names), self._signs()]
        how = 'text-anchor="middle" dominant-baseline="central" fill="currentColor" class="annkit-pick"'
        return f"<g {how}>{''.join(parts)}</g>"

    def at(self, x, y):
        """The name of the matrix at a place in stage units, and the cell there; None beside them."""
        for name, matrix in self.matrices.items():
            if cell := matrix.at(x, y):
                return name, cell
        return None

    def _names(self, row_names, column_names):
        """What rows and columns are called, and the letters of the matrices."""
        first, result = self.matrices["first"], self.matrices["result"]
        plain = [_text(first.left - 12, first.middle(i, 0)[1], name) for i, name in enumerate(row_names)]
        letters = [
            _text(matrix.middle(0, j)[0], matrix.top - 13, brief(name))
            for matrix, names in (
                (first, column_names),
                (self.matrices.get("weights"), self._units),
                (result, self._units),
            )
            if matrix
            for j, name in enumerate(names)
        ]
        comes, *middle, goes = self._letters()
        letters += [_text((m.left + m.right) / 2, m.bottom + 15, name) for m, name in ((first, comes), (result, goes))]
        for name, letter in zip(("weights", "biases"), middle, strict=False):
            matrix = self.matrices[name]
            letters.append(_text(matrix.right + 15, matrix.middle(0, 0)[1], letter))
        return f'<g font-size="{NAME}">{"".join(plain)}<g class="annkit-i">{"".join(letters)}</g></g>'

    def _signs(self):
        """What stands between the matrices."""
        first, result = self.matrices["first"], self.matrices["result"]
        if "weights" not in self.matrices:
            middle = (first.right + result.left) / 2
            arrow = f"M{middle - 34:.0f},{self.middle + 10:.0f}h66m-8,-5l8,5l-8,5"
            function = FORMULAS[self.step - 1].split()[-1].partition("(")[0]
            line = f'<path d="{arrow}" fill="none" stroke="currentColor" stroke-width="1.8"/>'
            return line + f'<g font-size="15">{_text(middle, self.middle - 8, function)}</g>'
        weights, biases = self.matrices["weights"], self.matrices["biases"]
        left, right = weights.left - GAP / 2, weights.right + GAP / 2
        signs = _text(left, (weights.top + weights.bottom) / 2, "×") + _text(left, biases.middle(0, 0)[1], "+")
        return f'<g font-size="{SIGN}">{signs}{_text(right, self.middle, "=")}</g>'

    @property
    def _units(self):
        return UNITS[layer_of(self.step)]

    def _letters(self):
        """The letters of the matrices, the result last."""
        goes, __, comes, *rest = FORMULAS[self.step - 1].split()
        layer = layer_of(self.step)
        return (comes, WEIGHTS[layer], BIASES[layer], goes) if rest else (comes.partition("(")[2].rstrip(")"), goes)


def _lights(matrix, row=None, column=None, cell=None):
    """A band behind what is lit, and a frame around a cell."""
    left, top, width, height = matrix.left, matrix.top, matrix.width, matrix.height
    if row is not None:
        yield _box(left, top + row * height, matrix.columns * width, height, "annkit-lit")
    if column is not None:
        yield _box(left + column * width, top, width, matrix.rows * height, "annkit-lit")
    if cell is not None:
        yield _box(left + cell[1] * width + 1, top + cell[0] * height + 1, width - 2, height - 2, "annkit-nl")


def _box(x, y, width, height, look):
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="4" class="{look}"/>'


def _brackets(matrix):
    top, bottom = matrix.top - 2, matrix.bottom + 2
    return "".join(
        f"M{x + inward:.0f},{top:.0f}H{x:.0f}V{bottom:.0f}H{x + inward:.0f}"
        for x, inward in ((matrix.left - 2, 5), (matrix.right + 2, -5))
    )


def _numbers(matrix, numbers):
    """All numbers with the same decimals and in one size, in which the longest has room."""
    texts = ["·"] * matrix.rows * matrix.columns if numbers is None else written(numbers.ravel().tolist())
    size = min(LARGEST, (matrix.width - 4) / (CHARACTER * max(map(len, texts))))
    places = (matrix.middle(*divmod(k, matrix.columns)) for k in range(len(texts)))
    marks = "".join(_text(*place, text) for place, text in zip(places, texts, strict=True))
    return f'<g font-size="{size:.3g}">{marks}</g>'


def written(values):
    """Numbers that stand together, with two decimals where more would be needed, and in little room."""
    exact, two = [number(value) for value in values], [fixed(value, 2) for value in values]
    if max(map(len, exact)) <= DIGITS - 1:
        return exact
    fine = all(float(text.replace("−", "-")) or not value for text, value in zip(two, values, strict=True))
    return two if fine and max(map(len, two)) <= DIGITS else alike(values, DIGITS)


def _text(x, y, words):
    return f'<text x="{x:.0f}" y="{y:.0f}">{html.escape(words)}</text>'
