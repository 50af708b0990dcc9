"""The matrix lab: a table times six weights, and where each of the results comes from."""

import numpy as np

from annkit import data
from annkit.labs.base.lab import Lab
from annkit.labs.base.say import Sum, Text
from annkit.labs.base.traits import Choice, Number, RowOf, TableOf, Whole
from annkit.stage import Crossing, Diagram, Node, bare, new_figure
from annkit.translation import N_, _
from annkit.wording import brief, number

WEIGHTS = ("w1", "w2", "w3", "w4", "w5", "w6")
NAMES = data.names("w", 6)
UNITS = data.names("h", 2)
INPUTS = data.names("x", 3)


class MatrixLab(Lab):
    """A table of samples X, times a matrix of weights W, and their product H = X W.

    Parameters
    ----------
    table : annkit.data.Table, optional
        Up to four rows of three features; the lecture's table if left out. Its classes are not looked at.
    w1, w2, w3, w4, w5, w6 : float
        The weights, row by row: W = (w1 w2; w3 w4; w5 w6). The first column leads to h₁, the second to h₂.
    row, unit : int
        The result that is picked: h₁ or h₂ (`unit` 1 or 2) of which row.
    samples : {"rows", "columns"}
        Whether a sample is a row, H = X W, or a column, Hᵀ = Wᵀ Xᵀ.

    Raises
    ------
    traitlets.TraitError
        If a weight is not a finite number, the table has not three columns and at most four rows, or there is no such
        result.

    Examples
    --------
    >>> lab = MatrixLab(w1=1, w3=-1, w5=0.5, row=2)
    >>> print(lab.describe().splitlines()[0])
    h₁ of row 2 = 2w₁ + 9w₃ + 1w₅ = 2 × 1 + 9 × (−1) + 1 × 0.5 = −6.5
    """

    table = TableOf(data.lecture, columns=(3,), rows=4)
    w1, w2 = Number(0.5), Number(1)
    w3, w4 = Number(-0.25), Number(0.5)
    w5, w6 = Number(1), Number(-1)
    row, unit = RowOf(glance=True), Whole(high=2, glance=True)
    samples = Choice(["rows", "columns"], glance=True)

    label = N_("Picture of the product; the picked result is a button, arrows move it")

    @property
    def W(self):
        """The weights as a matrix, shape (3, 2)."""
        return np.reshape([getattr(self, name) for name in WEIGHTS], (3, 2))

    @property
    def H(self):
        """The results, shape (rows, 2)."""
        return self.table.X @ self.W

    # The picture.

    def setting(self, now):
        """How many samples there are, and whether they are rows: from that the matrices have their shapes."""
        return len(self.table), self.samples

    def figure(self, setting):
        figure, axes = new_figure(490, 486)
        bare(axes)
        return figure

    def place(self):
        rows, samples = self.drawn_for
        shape = (rows, 3, 2) if samples == "rows" else (2, 3, rows)
        self.product = Crossing(self.stage.panels[0], *shape)
        self.diagram = Diagram(self.product.corner, [3, 2], [["", "", ""], UNITS])
        self.stage.set_lines(self.diagram.lines)

    def draw(self):
        unit, H = self.unit - 1, self.H
        lit = self.diagram.lights(Node(1, unit))
        network = self.diagram.draw(
            [self.table.X[self.row - 1], H[self.row - 1]], [[*map(brief, self.table.features)], UNITS], [self.W], lit
        )
        words = _("{unit} of row {row} is {value}")
        if self.samples == "columns":
            words = _("{unit} of column {row} is {value}")
        words = words.format(unit=UNITS[unit], row=self.row, value=number(H[self.row - 1, unit]))
        picked = self.product.result.handle(self._cell(self.row - 1, unit), words)
        live = self.product.draw(*self._parts()) + network
        self.stage.show(live, [picked], strengths=self.diagram.strengths([self.W], lit))

    def _parts(self):
        """What is drawn of each of the three matrices."""
        X, W, H = self.table.X.tolist(), self.W.tolist(), self.H.tolist()
        rows, features = [str(i + 1) for i in range(len(X))], self.table.features
        row, unit = self.row - 1, self.unit - 1
        if self.samples == "rows":
            return (
                {"numbers": X, "name": "X", "row_names": rows, "column_names": features, "row": row},
                {"numbers": W, "name": "W", "row_names": features, "column_names": UNITS, "column": unit},
                {"numbers": H, "name": "H = X W", "cell": (row, unit)},
            )
        X, W, H = (list(zip(*matrix, strict=True)) for matrix in (X, W, H))
        return (
            {"numbers": W, "name": "Wᵀ", "row_names": UNITS, "column_names": features, "row": unit},
            {"numbers": X, "name": "Xᵀ", "row_names": features, "column_names": rows, "column": row},
            {"numbers": H, "name": "Hᵀ = Wᵀ Xᵀ", "cell": (unit, row)},
        )

    def _cell(self, row, unit):
        """The cell of the result that belongs to a row and a unit, or the other way round."""
        return (row, unit) if self.samples == "rows" else (unit, row)

    # The words.

    def words(self):
        row, unit = self.row - 1, self.unit - 1
        x, weights = self.table.X[row], self.W[:, unit]
        symbols = " + ".join(f"{number(value)}{w}" for value, w in zip(x, NAMES[unit::2], strict=True))
        symbols = symbols.replace("+ −", "− ")
        sentence, caption = _("{unit} of row {row}"), _("{unit} of row {row}, {symbols}")
        if self.samples == "columns":
            sentence, caption = _("{unit} of column {row}"), _("{unit} of column {row}, {symbols}")
        parts = {"unit": UNITS[unit], "row": self.row, "symbols": symbols}
        line = f"{sentence.format(**parts)} = {symbols} = {{sum}} = {{total}}"
        names = [f"{x} × {w}" for x, w in zip(INPUTS, NAMES[unit::2], strict=True)]
        return [
            Sum(x, weights, None, self.H[row, unit], line, caption.format(**parts), names=names),
            self._shapes(),
            *(f"{name}: {', '.join(map(number, column))}" for name, column in zip(UNITS, self.H.T, strict=True)),
            Text(_("Click any number of the result, or turn a weight: which results follow?"), "help"),
        ]

    def _shapes(self):
        sentence = _("X is {n} × 3 and W is 3 × 2, so X W is {n} × 2. Row {row} of X meets column {unit} of W.")
        if self.samples == "columns":
            sentence = _(
                "Wᵀ is 2 × 3 and Xᵀ is 3 × {n}, so Wᵀ Xᵀ is 2 × {n}. Row {unit} of Wᵀ meets column {row} of Xᵀ."
            )
        return sentence.format(n=len(self.table), row=self.row, unit=self.unit)

    # What hands do.

    def clicked(self, x, y):
        """A click picks: a result, or the sample or the unit that was hit, in any of the pictures."""
        picked = self.diagram.at(x, y)
        if cell := self.product.result.at(x, y):
            self._pick(*self._cell(*cell))
        elif cell := self.product.first.at(x, y):
            self._pick(*self._cell(cell[0], None))
        elif cell := self.product.second.at(x, y):
            self._pick(*self._cell(None, cell[1]))
        elif picked and picked.end.layer:  # a unit, or an edge that leads to one
            self._pick(None, picked.end.unit)

    def pressed(self, handle, key):
        cell = self.product.result.beside(self._cell(self.row - 1, self.unit - 1), key)
        self._pick(*self._cell(*cell))

    def _pick(self, row, unit):
        self.set(row=self.row if row is None else row + 1, unit=self.unit if unit is None else unit + 1)

    def controls(self):
        views = {"rows": _("samples are rows"), "columns": _("samples are columns")}
        sliders = []
        for unit, name in enumerate(UNITS):
            pairs = zip(WEIGHTS[unit::2], NAMES[unit::2], strict=True)
            sliders += [_("to {unit}").format(unit=name), *(self.slider(*pair, -4, 4) for pair in pairs)]
        return [*sliders, self.chooser("samples", _("View"), views)]
