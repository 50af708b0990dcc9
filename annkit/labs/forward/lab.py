"""The forward lab itself: three inputs, two hidden units, three outputs, and every number in reach."""

from annkit import data
from annkit.labs.base.lab import STEP, Lab
from annkit.labs.base.traits import Number, Picked, RowOf, TableOf, Whole
from annkit.labs.forward.equation import Equation
from annkit.labs.forward.saying import Saying
from annkit.labs.forward.steps import FORMULAS, HIDDEN, OUTPUT, RESULTS, SUMS, UNITS, layer_of
from annkit.network import Network
from annkit.stage import Diagram, Edge, Node, Panel, bare, marks, new_figure
from annkit.stage.marks import COLOURS
from annkit.translation import N_, _
from annkit.wording import brief, short, subscript

NUMBERS = tuple(name for row in (*HIDDEN, *OUTPUT) for name in row)
"""The traits of all weights and biases, in the order of `Network.parameters`."""
WIDTH, HEIGHT = 490, 492
NETWORK, FORMULA = Panel.plain(0, 2, WIDTH, 252), Panel.plain(0, 304, WIDTH, 188)
CHIPS = [Panel.plain(1 + 122.5 * k, 264, 119, 30) for k in range(4)]
"""Where the four formulas stand, to be clicked."""

FAR_A_STEP = 6
"""So far is what is picked dragged up for its number to grow by a quarter."""


class ForwardLab(Saying, Lab):
    """Forward propagation in four steps: inputs times weights, sigmoid, times the next weights, softmax.

    Parameters
    ----------
    table : annkit.data.Table, optional
        Up to four rows of three features; the lecture's table if left out. Its classes are not looked at.
    w1, …, w6, b1, b2 : float
        The weights from the inputs to the hidden units, row by row: W = (w1 w2; w3 w4; w5 w6); and their biases.
    v1, …, v6, c1, c2, c3 : float
        The weights from the hidden units to the outputs: V = (v1 v2 v3; v4 v5 v6); and their biases.
    row : int
        The sample that is shown in the network.
    steps : int
        How many of the four steps are done.
    picked : tuple
        The node (layer, unit) or the edge (layer, unit, unit of the next layer) whose arithmetic is written out, and
        whose number the slider turns: the weight of an edge, the bias of a unit, or an input of the sample.

    Raises
    ------
    traitlets.TraitError
        If a number is not finite, the table does not fit, or there is no such row, step, node or edge.

    Examples
    --------
    >>> lab = ForwardLab(w1=0.5, w3=-1, b1=1, steps=2)
    >>> print(lab.describe().splitlines()[0])
    h₁: 4 × 0.5 + 3 × (−1) + 2 × (−1) + 1 = −2, sigmoid(−2) = 0.1192
    """

    table = TableOf(data.lecture, columns=(3,), rows=4)
    w1, w2, w3, w4, w5, w6 = (Number(usual) for usual in (1, -1, -0.5, 0.5, -1, 1))
    b1, b2 = Number(0), Number(-1)
    v1, v2, v3, v4, v5, v6 = (Number(usual) for usual in (2, -1, -1, -1, 2, -1))
    c1, c2, c3 = Number(-0.5), Number(-1), Number(1)
    row, steps = RowOf(glance=True), Whole(1, low=0, high=4, glance=True)
    picked = Picked((1, 0))

    label = N_("Picture of the network; what is picked is a button, arrows move it")
    motion = True
    layers = (3, 2, 3)

    def network(self):
        """The network as it stands, an `annkit.Network`."""
        net = Network(self.layers, activation="sigmoid", output="softmax", init=0)
        net.parameters = [getattr(self, name) for name in NUMBERS]
        return net

    def advance(self):
        """One of the four steps; after the last it begins anew. Returns False when all are done."""
        self._go_to((self.steps + 1) % 5)
        return self.steps < 4

    def _go_to(self, steps):
        """Have so many steps done, and look at a unit of the last one's layer."""
        unit = self.picked.unit if isinstance(self.picked, Node) and self.picked.layer else 0
        layer = layer_of(max(steps, 1)) + 1
        self.set(steps=steps, picked=Node(layer, min(unit, self.layers[layer] - 1)))

    # The number that is picked.

    @property
    def _name(self):
        """The trait of the weight or bias that is picked; None for an input."""
        if isinstance(self.picked, Edge):
            layer, i, j = self.picked
            return (HIDDEN, OUTPUT)[layer][i][j]
        layer, unit = self.picked
        return (HIDDEN, OUTPUT)[layer - 1][-1][unit] if layer else None

    def _read(self, state=None):
        """The number that is picked, as it is or as it was in another state."""
        state = state or self._snapshot()
        return state[self._name] if self._name else float(state["table"].X[self.row - 1, self.picked.unit])

    def _write(self, value):
        if self._name:
            setattr(self, self._name, value)
            return
        X = self.table.X.copy()
        X[self.row - 1, self.picked.unit] = value
        self.table = data.table(X, self.table.T, self.table.features, self.table.kinds)

    def _symbol(self):
        return subscript(self._name) if self._name else brief(self.table.features[self.picked.unit])

    def _far(self):
        """How far the slider goes at least."""
        return 4 if isinstance(self.picked, Edge) else 8

    def _which(self):
        """What the picked number is, in words."""
        if isinstance(self.picked, Edge):
            start, end = self._ends()
            return _("the weight from {start} to {end}").format(start=brief(start, 20), end=end)
        if self.picked.layer:
            return _("the bias of {unit}").format(unit=UNITS[self.picked.layer - 1][self.picked.unit])
        return _("an input of row {row}").format(row=self.row)

    def _ends(self):
        """The names of the nodes where the picked edge starts and ends."""
        layer, i, j = self.picked
        return (self.table.features, *UNITS)[layer][i], UNITS[layer][j]

    # The picture.

    def figure(self, setting):
        figure, axes = new_figure(WIDTH, HEIGHT)
        bare(axes, xlim=(0, WIDTH), ylim=(HEIGHT, 0))
        axes.set_position((0, 0, 1, 1))
        for chip, formula in zip(CHIPS, FORMULAS, strict=True):
            middle, ink = (chip.x + chip.width / 2, chip.y + chip.height / 2), axes.xaxis.label.get_color()
            axes.text(*middle, formula, color=ink, style="italic", size=13.5, ha="center", va="center")
        return figure

    def place(self):
        self.diagram = Diagram(NETWORK, self.layers, [[""] * 3, *UNITS], biased=True)
        self.stage.set_lines(self.diagram.lines)

    def draw(self):
        net, trace = self._forward()
        lit = self.diagram.lights(self.picked)
        network = self.diagram.draw(*self._on_nodes(trace), net.weights, lit, net.biases)
        picked = self.diagram.handle(self.picked, ", ".join(self._spelt(net, trace)), movable=True)
        live = network + self._chips() + self._matrices(net, trace)
        self.stage.show(live, [picked], strengths=self.diagram.strengths(net.weights, lit))

    def _forward(self):
        net = self.network()
        return net, net.forward(self.table.X)

    def _done(self, layer):
        """How many of a layer's two steps are done, the sums and the activation."""
        return min(max(self.steps - 2 * layer, 0), 2)

    def _on_nodes(self, trace):
        """What the nodes show of the chosen row, as far as the steps go, and what is written over them."""
        row = self.row - 1
        values, notes = [self.table.X[row]], [[*map(brief, self.table.features)]]
        for layer, names in enumerate(UNITS):
            sums, activations = trace.z[layer][row], trace.a[layer][row]
            values.append((["·"] * len(names), sums, activations)[self._done(layer)])
            letter = RESULTS[2 * layer].lower()
            before = [f"{name}, {letter} = {short(value)}" for name, value in zip(names, sums, strict=True)]
            notes.append(before if self._done(layer) == 2 else names)
        return values, notes

    def _chips(self):
        """The formula of the last step, lit, and a veil over those to come."""
        shown = []
        for step, (chip, formula) in enumerate(zip(CHIPS, FORMULAS, strict=True), start=1):
            box = f'x="{chip.x:g}" y="{chip.y:g}" width="{chip.width:g}" height="{chip.height:g}" rx="7"'
            if step > self.steps:
                shown.append(f'<rect {box} fill="{COLOURS["paper"]}" fill-opacity="0.5"/>')
            elif step == self.steps:
                words = marks.text(chip, 0.5, 0.5, formula, size=13.5)
                shown.append(f'<rect {box} class="annkit-nl"/><g class="annkit-i">{words}</g>')
        return f'<g class="annkit-pick">{"".join(shown)}</g>'

    def _matrices(self, net, trace):
        """The equation of this step."""
        step = max(self.steps, 1)
        layer, sums = layer_of(step), step in SUMS
        self._equation = Equation(FORMULA, step, len(self.table), self.layers)
        before, names = (self.table.X, trace.a[0])[layer], (self.table.features, *UNITS)
        numbers = {
            "first": before if sums else trace.z[layer],
            "weights": net.weights[layer], "biases": net.biases[layer],
            "result": None if not self.steps else trace.z[layer] if sums else trace.a[layer],
        }  # fmt: skip
        rows = [str(i + 1) for i in range(len(self.table))]
        return self._equation.draw(numbers, self._lit(step), rows, names[layer] if sums else UNITS[layer])

    def _lit(self, step):
        """What of each matrix is lit: the row of the sample, the column of the unit, the cell of what is picked."""
        layer, row, picked = layer_of(step), self.row - 1, self.picked
        lit = {"first": {"row": row}, "weights": {}, "biases": {}, "result": {"row": row}}
        if picked.end.layer == layer + 1:
            unit = picked.end.unit
            lit |= {"weights": {"column": unit}, "biases": {"column": unit}, "result": {"cell": (row, unit)}}
            if isinstance(picked, Edge):
                lit |= {"weights": {"cell": (picked.unit, unit)}, "biases": {}}
            if step == 2:  # number by number
                lit["first"] = {"cell": (row, unit)}
        elif picked == Node(layer, picked.end.unit) and step in SUMS:
            lit |= {"first": {"row": row, "cell": (row, picked.unit)}, "weights": {"row": picked.unit}}
        return lit

    # What hands do.

    def clicked(self, x, y):
        """A click picks a step, a node or an edge, a sample in a matrix, or a number of the matrices."""
        for step, chip in enumerate(CHIPS, start=1):
            if chip.holds(x, y):
                self._go_to(step)
                return
        if picked := self.diagram.at(x, y):
            self.picked = picked
        elif found := self._equation.at(x, y):
            name, (row, column) = found
            layer = layer_of(max(self.steps, 1))
            if name == "weights":
                self.picked = Edge(layer, row, column)
            elif name == "biases":
                self.picked = Node(layer + 1, column)
            elif name == "result" or self.steps in (2, 4):
                self.set(row=row + 1, picked=Node(layer + 1, column))
            else:
                self.row = row + 1

    def dragged(self, handle, x, y):
        """Up is more, down is less, from what the number was when the hand took hold."""
        begun = self._history.gesture == ("drag", handle)
        before = self._read(self._history.next("back") if begun else None)
        start = self.diagram.middle(self.picked)[1]
        self._write(before + STEP * round((start - y) / FAR_A_STEP))

    def pressed(self, handle, key):
        self.picked = self.diagram.beside(self.picked, key)

    def controls(self):
        self._caption = self.caption("")
        turner = self.turner(
            "picked", self._symbol, self._read, self._write, lambda: -self._far(), self._far, step=0.25
        )  # fmt: skip
        return [
            self.player(_("Next step"), pace=1),
            self.slider("steps", _("steps"), step=1),
            self.slider("row", _("row"), step=1),
            self._caption,
            turner,
        ]

    def show_controls(self):
        self._caption.value = _("Picked: {which}").format(which=self._which())
