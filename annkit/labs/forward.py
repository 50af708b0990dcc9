"""The forward lab: a row of numbers goes through a network of three inputs, two hidden units and two outputs."""

import ipywidgets
import numpy as np

from annkit import data
from annkit.labs.base.lab import Lab
from annkit.labs.base.traits import Number, Picked, RowOf, TableOf, Whole
from annkit.network import Network
from annkit.stage import Diagram, Equation, Stage, bare, new_figure
from annkit.translation import N_, _
from annkit.wording import brief, in_product, number, row_of, short, subscript, weighted_sum

HIDDEN = (("w1", "w2"), ("w3", "w4"), ("w5", "w6"), ("b1", "b2"))
OUTPUT = (("v1", "v2"), ("v3", "v4"), ("c1", "c2"))
"""The traits of each layer as they stand in its matrix of weights, the biases last: a column is a unit."""
WEIGHTS = tuple(name for row in (*HIDDEN, *OUTPUT) for name in row)
UNITS = (data.names("h", 2), data.names("o", 2))
LETTERS = ("XWbZA", "AVcYP")
"""In each layer: what comes in, the weights, the biases, the sums and what the activation makes of them."""
STEPS = (
    N_("Nothing is computed yet: press Next step."),
    N_("Step 1 of 4, inputs times weights: Z = X W + b. {n} × 3 times 3 × 2 gives {n} × 2."),
    N_("Step 2 of 4, activation: A = sigmoid(Z), number by number. The shape stays {n} × 2."),
    N_("Step 3 of 4, times the next weights: Y = A V + c. {n} × 2 times 2 × 2 gives {n} × 2."),
    N_("Step 4 of 4, output activation: P = softmax(Y). Each of the {n} rows now sums to 1."),
)


class ForwardLab(Lab):
    """Forward propagation in four steps: inputs times weights, sigmoid, times the next weights, softmax.

    Parameters
    ----------
    table : annkit.data.Table, optional
        Up to four rows of three features; the lecture's table if left out.
    w1, …, w6, b1, b2 : float
        The weights from the inputs to the hidden units, row by row: W = (w1 w2; w3 w4; w5 w6); and their biases.
    v1, …, v4, c1, c2 : float
        The weights from the hidden units to the outputs: V = (v1 v2; v3 v4); and their biases.
    row : int
        The sample that is shown in the network.
    steps : int
        How many of the four steps are done.
    picked : tuple
        The node (layer, unit) or the edge (layer, unit, unit of the next layer) whose arithmetic is written out.

    Raises
    ------
    traitlets.TraitError
        If a number is not finite, the table does not fit, or there is no such row, step, node or edge.

    Examples
    --------
    >>> lab = ForwardLab(w1=0.5, w3=-1, b1=1, steps=2)
    >>> print(lab.describe().splitlines()[0])
    h₁: 4 × 0.5 + 3 × (−1) + 2 × 1 + 1 = 2, sigmoid(2) = 0.8808
    """

    state = ("table", *WEIGHTS, "row", "steps", "picked")
    glance = ("row", "steps", "picked")
    table = TableOf(columns=(3,), classes=2, rows=4)
    w1, w2, w3, w4, w5, w6, b1, b2 = (Number() for __ in range(8))
    v1, v2, v3, v4, c1, c2 = (Number() for __ in range(6))
    row, steps = RowOf(), Whole(1, low=0, high=4)
    picked = Picked()

    def __init__(self, table=None, *, w1=1, w2=-1, w3=-0.5, w4=0.5, w5=-1, w6=1, b1=0, b2=-1, v1=2, v2=-2, v3=-1, v4=1,
                 c1=-0.5, c2=0.5, row=1, steps=1, picked=(1, 0)):  # fmt: skip
        super().__init__()
        self.table = data.lecture() if table is None else table
        stage = Stage(self._figure(), label=_("Picture of the network; what is picked is a button, arrows move it"))
        self.diagram = Diagram(stage.panels[0], [3, 2, 2], [["a", "b", "c"], *UNITS])
        stage.set_lines(self.diagram.lines)
        given = (w1, w2, w3, w4, w5, w6, b1, b2, v1, v2, v3, v4, c1, c2, row, steps, picked)
        for name, value in zip(self.state[1:], given, strict=True):
            setattr(self, name, value)
        self.build(stage, self._controls(), above=True)

    def network(self):
        """The network as it stands, an `annkit.Network`."""
        net = Network([3, 2, 2], activation="sigmoid", output="softmax", init=0)
        net.parameters = [getattr(self, name) for name in WEIGHTS]
        return net

    def advance(self):
        """One of the four steps. Returns False when all are done."""
        if self.steps == 4:
            return False
        self.steps += 1
        self.picked = (1 if self.steps < 3 else 2, self.picked[-1] if len(self.picked) == 2 and self.picked[0] else 0)
        return True

    # The picture.

    def draw(self):
        net, trace = self._forward()
        lit = self.diagram.lights(self.picked)
        network = self.diagram.draw(*self._on_nodes(trace), net.weights, lit)
        self._equation, matrices = self._product(net, trace)
        picked = self.diagram.handle(self.picked, ", ".join(self._arithmetic(net, trace)))
        self.stage.show(network + matrices, [picked], strengths=self.diagram.strengths(net.weights, lit))

    def _figure(self):
        figure, (network, matrices) = new_figure(840, 250, ncols=2, width_ratios=(1, 1.5))
        bare(matrices)
        bare(network)
        return figure

    def _forward(self):
        net = self.network()
        return net, net.forward(self.table.X)

    def _done(self, layer):
        """How many of a layer's two steps are done, the sums and the activation."""
        return min(max(self.steps - 2 * layer, 0), 2)

    def _at(self):
        """The layer that the last step belongs to, and whether it was its activation."""
        return divmod(max(self.steps, 1) - 1, 2)

    def _on_nodes(self, trace):
        """What the nodes show of the chosen row, as far as the steps go, and what is written over them."""
        row = self.row - 1
        values, notes = [self.table.X[row]], [[*map(brief, self.table.features)]]
        for layer, names in enumerate(UNITS):
            sums, activations = trace.z[layer][row], trace.a[layer][row]
            values.append((["·"] * 2, sums, activations)[self._done(layer)])
            letter = LETTERS[layer][3].lower()
            before = [f"{name}, {letter} = {short(value)}" for name, value in zip(names, sums, strict=True)]
            notes.append(before if self._done(layer) == 2 else names)
        return values, notes

    def _product(self, net, trace):
        """The matrices of this step, as an `Equation` and its marks."""
        layer, activated = self._at()
        parts, signs = (self._activation if activated else self._sums)(layer, net, trace)
        equation = Equation(self.stage.panels[1], [np.shape(part["numbers"]) for part in parts], signs)
        return equation, equation.draw(*parts)

    def _sums(self, layer, net, trace):
        """What is drawn of X W + b = Z, or of the same in the next layer, and the signs between."""
        X, W, b, Z, __ = LETTERS[layer]
        before = {"row_names": self._rows, "column_names": (self.table.features, *UNITS)[layer], "row": self.row - 1}
        unit = {"column_names": UNITS[layer], "column": self._unit(layer)}
        sums = trace.z[layer] if self.steps else np.full(trace.z[layer].shape, "·")
        parts = [
            {"numbers": (self.table.X, trace.a[0])[layer], "name": X, **before},
            {"numbers": net.weights[layer], "name": W, **unit},
            {"numbers": net.biases[layer][None], "name": b, **unit},
            {"numbers": sums, "name": f"{Z} = {X} {W} + {b}", **self._result(layer)},
        ]
        return parts, ["×", "+", "="]

    def _activation(self, layer, net, trace):
        """What is drawn of A = sigmoid(Z), or of P = softmax(Y), and the sign between."""
        *__, Z, A = LETTERS[layer]
        name, lit = f"{A} = {net.activations[layer]}({Z})", self._result(layer)
        parts = [
            {"numbers": trace.z[layer], "name": Z, "row_names": self._rows, **lit},
            {"numbers": trace.a[layer], "name": name, **lit},
        ]
        return parts, ["→"]

    @property
    def _rows(self):
        return [str(i + 1) for i in range(len(self.table))]

    def _unit(self, layer):
        """The unit of a layer that is picked, itself or at the end of an edge, or None."""
        end, unit = self.diagram.end(self.picked)
        return unit if end == layer + 1 else None

    def _result(self, layer):
        """How a result is lit: the cell that is picked, else the row."""
        unit, row = self._unit(layer), self.row - 1
        return {"column_names": UNITS[layer], **({"row": row} if unit is None else {"cell": (row, unit)})}

    # The words.

    def words(self):
        net, trace = self._forward()
        lines = [*self._arithmetic(net, trace), _(STEPS[self.steps]).format(n=len(self.table)), self._way(trace)]
        if self.steps == 4:
            lines.append(self._decisions(trace.output))
        return lines

    def _arithmetic(self, net, trace):
        """How the picked number comes about, as far as the steps go: its sum, and a softmax in a line of its own."""
        row = self.row - 1
        values = (self.table.X[row], trace.a[0][row])
        layer, *units = self.picked
        if len(units) == 2:
            return [self._carried(layer, *units, values[layer])]
        if layer == 0:
            words = _("{name} of row {row} is {value}.")
            name, value = self.table.features[units[0]], number(values[0][units[0]])
            return [words.format(name=name, row=self.row, value=value)]
        return self._summed(layer - 1, units[0], values[layer - 1], net, trace)

    def _summed(self, layer, unit, values, net, trace):
        """A unit's sum, and what its activation makes of it."""
        name, done = UNITS[layer][unit], self._done(layer)
        if not done:
            return [_("{name} is not computed yet.").format(name=name)]
        sums = trace.z[layer][self.row - 1]
        text = weighted_sum(values, net.weights[layer][:, unit], net.biases[layer][unit])
        text = f"{name}: {text} = {number(sums[unit])}"
        if done == 1:
            return [text]
        result = number(trace.a[layer][self.row - 1, unit])
        if layer == 0:
            return [f"{text}, sigmoid({number(sums[unit])}) = {result}"]
        powers = [f"e^{in_product(y)}" for y in sums]
        return [text, f"{name} = {powers[unit]} / ({' + '.join(powers)}) = {result}"]

    def _carried(self, layer, i, j, values):
        """What an edge adds to the sum at its end."""
        name = (HIDDEN, OUTPUT)[layer][i][j]
        weight, start, end = getattr(self, name), (self.table.features, *UNITS)[layer][i], UNITS[layer][j]
        if self.steps < 2 * layer:
            return _("{name} = {weight} leads from {start} to {end}; {start} is not computed yet.").format(
                name=subscript(name), weight=number(weight), start=start, end=end
            )
        return _("{name} brings {product} = {value} from {start} to {end}.").format(
            name=subscript(name), product=weighted_sum([values[i]], [weight], 0), value=number(values[i] * weight),
            start=start, end=end,
        )  # fmt: skip

    def _way(self, trace):
        """The chosen row on its way through the steps that are done."""
        row = self.row - 1
        stations = [("x", self.table.X[row])]
        for layer in (0, 1):
            both = ((LETTERS[layer][3], trace.z[layer][row]), (LETTERS[layer][4], trace.a[layer][row]))
            stations += both[: self._done(layer)]
        shown = [f"{letter.lower()} = {row_of(values)}" for letter, values in stations]
        return _("Row {row}: {way}").format(row=self.row, way=" → ".join(shown))

    def _decisions(self, outputs):
        decided = [f"{row} → {UNITS[1][unit]}" for row, unit in enumerate(outputs.argmax(axis=1), start=1)]
        return _("The larger output decides the class of each row: {classes}.").format(classes=", ".join(decided))

    # What hands do.

    def clicked(self, x, y):
        """A click picks a node or an edge, a sample in a matrix, or the unit of a column."""
        if picked := self.diagram.at(x, y):
            self.picked = picked
            return
        layer, activated = self._at()
        for place, matrix in enumerate(self._equation.matrices):
            if (cell := matrix.at(x, y)) is None:
                continue
            is_result = activated or place == 3
            if is_result or place == 0:
                self.row = cell[0] + 1
            if is_result or place > 0:
                self.picked = (layer + 1, cell[1])

    def pressed(self, handle, key):
        self.picked = self.diagram.beside(self.picked, key)

    def _controls(self):
        columns = []
        for rows in (HIDDEN, OUTPUT):
            for unit in (0, 1):
                sliders = [self._slider(row[unit]) for row in rows]
                columns.append(ipywidgets.VBox(sliders))
        row = self.slider("row", _("row"), width="205px", step=1)
        buttons = [
            self.button(_("Next step"), self.step, _("The next of the four steps")),
            self.button(_("Start over"), self._start_over, _("Before step 1")),
            self.reset_button(),
        ]
        return [ipywidgets.HBox(columns), ipywidgets.HBox([row, *buttons])]

    def _slider(self, name):
        width = 8 if name[0] in "bc" else 4
        return self.slider(name, subscript(name), -width, width, "205px")

    def _start_over(self):
        self.set(steps=0, picked=(1, 0))
