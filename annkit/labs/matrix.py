"""The matrix lab: a table times six weights, and where each of the results comes from."""

import ipywidgets
import numpy as np

from annkit import data
from annkit.labs.base.lab import Lab
from annkit.labs.base.traits import Choice, Number, RowOf, TableOf, Whole
from annkit.stage import Diagram, Equation, Stage, bare, new_figure
from annkit.translation import _
from annkit.wording import brief, number, weighted_sum

WEIGHTS = ("w1", "w2", "w3", "w4", "w5", "w6")
NAMES = data.names("w", 6)
UNITS = data.names("h", 2)


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

    state = ("table", *WEIGHTS, "row", "unit", "samples")
    glance = ("row", "unit", "samples")
    table = TableOf(columns=(3,), rows=4)
    w1, w2, w3 = Number(), Number(), Number()
    w4, w5, w6 = Number(), Number(), Number()
    row, unit = RowOf(), Whole(high=2)
    samples = Choice(["rows", "columns"])

    def __init__(self, table=None, *, w1=0.5, w2=1, w3=-0.25, w4=0.5, w5=1, w6=-1, row=1, unit=1, samples="rows"):
        super().__init__()
        self.table = data.lecture() if table is None else table
        given = (w1, w2, w3, w4, w5, w6, row, unit, samples)
        for name, value in zip(self.state[1:], given, strict=True):
            setattr(self, name, value)
        stage = Stage(self._figure(), label=_("Picture of the product; the picked result is a button, arrows move it"))
        self.diagram = Diagram(stage.panels[1], [3, 2], [["a", "b", "c"], UNITS])
        stage.set_lines(self.diagram.lines)
        self.build(stage, self._controls(), above=True)

    @property
    def W(self):
        """The weights as a matrix, shape (3, 2)."""
        return np.reshape([getattr(self, name) for name in WEIGHTS], (3, 2))

    @property
    def H(self):
        """The results, shape (rows, 2)."""
        return self.table.X @ self.W

    # The picture.

    def draw(self):
        equation, parts = self._equation(), self._parts()
        unit, H = self.unit - 1, self.H
        lit = self.diagram.lights((1, unit))
        network = self.diagram.draw(
            [self.table.X[self.row - 1], H[self.row - 1]], [[*map(brief, self.table.features)], UNITS], [self.W], lit
        )
        words = _("{unit} of row {row} is {value}")
        if self.samples == "columns":
            words = _("{unit} of column {row} is {value}")
        words = words.format(unit=UNITS[unit], row=self.row, value=number(H[self.row - 1, unit]))
        picked = equation.matrices[-1].handle(self._cell(self.row - 1, unit), words)
        self.stage.show(equation.draw(*parts) + network, [picked], strengths=self.diagram.strengths([self.W], lit))

    def _figure(self):
        figure, (matrices, network) = new_figure(840, 210, ncols=2, width_ratios=(2.6, 1))
        bare(matrices)
        bare(network)
        return figure

    def _equation(self):
        shapes = [self.table.X.shape, (3, 2), (len(self.table), 2)]
        if self.samples == "columns":
            shapes = [shapes[1][::-1], shapes[0][::-1], shapes[2][::-1]]
        return Equation(self.stage.panels[0], shapes, ["×", "="])

    def _parts(self):
        """What is drawn of each of the three matrices."""
        X, W, H = self.table.X.tolist(), self.W.tolist(), self.H.tolist()
        rows, features = [str(i + 1) for i in range(len(X))], self.table.features
        row, unit = self.row - 1, self.unit - 1
        if self.samples == "rows":
            return (
                {"numbers": X, "name": "X", "row_names": rows, "column_names": features, "row": row},
                {"numbers": W, "name": "W", "column_names": UNITS, "column": unit},
                {"numbers": H, "name": "H = X W", "column_names": UNITS, "cell": (row, unit)},
            )
        X, W, H = (list(zip(*matrix, strict=True)) for matrix in (X, W, H))
        return (
            {"numbers": W, "name": "Wᵀ", "row_names": UNITS, "column_names": features, "row": unit},
            {"numbers": X, "name": "Xᵀ", "column_names": rows, "column": row},
            {"numbers": H, "name": "Hᵀ = Wᵀ Xᵀ", "column_names": rows, "cell": (unit, row)},
        )

    def _cell(self, row, unit):
        """The cell of the result that belongs to a row and a unit, or the other way round."""
        return (row, unit) if self.samples == "rows" else (unit, row)

    # The words.

    def words(self):
        X, H, W = self.table.X, self.H, self.W
        row, unit = self.row - 1, self.unit - 1
        symbols = " + ".join(f"{number(x)}{w}" for x, w in zip(X[row], NAMES[unit::2], strict=True))
        symbols = symbols.replace("+ −", "− ")
        sentence = _("{unit} of row {row} = {symbols} = {sum} = {value}")
        if self.samples == "columns":
            sentence = _("{unit} of column {row} = {symbols} = {sum} = {value}")
        return [
            sentence.format(
                unit=UNITS[unit], row=self.row, symbols=symbols,
                sum=weighted_sum(X[row], W[:, unit], 0), value=number(H[row, unit]),
            ),
            self._shapes(),
            *(f"{name}: {', '.join(map(number, column))}" for name, column in zip(UNITS, H.T, strict=True)),
        ]  # fmt: skip

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
        first, second, result = self._equation().matrices
        node = self.diagram.at(x, y)
        if cell := result.at(x, y):
            self._pick(*self._cell(*cell))
        elif cell := first.at(x, y):
            self._pick(*self._cell(cell[0], None))
        elif cell := second.at(x, y):
            self._pick(*self._cell(None, cell[1]))
        elif node and node[0] + len(node) > 2:  # a unit, or an edge that leads to one
            self._pick(None, node[-1])

    def pressed(self, handle, key):
        cell = self._equation().matrices[-1].beside(self._cell(self.row - 1, self.unit - 1), key)
        self._pick(*self._cell(*cell))

    def _pick(self, row, unit):
        self.row = self.row if row is None else row + 1
        self.unit = self.unit if unit is None else unit + 1

    def _controls(self):
        columns = []
        for unit in range(2):
            pairs = zip(WEIGHTS[unit::2], NAMES[unit::2], strict=True)
            columns.append(ipywidgets.VBox([self.slider(weight, label, -4, 4, "300px") for weight, label in pairs]))
        views = {"rows": _("samples are rows"), "columns": _("samples are columns")}
        more = [self.chooser("samples", _("View"), views), self.reset_button()]
        return [ipywidgets.HBox([*columns, ipywidgets.VBox(more, layout={"margin": "0 0 0 20px"})])]
