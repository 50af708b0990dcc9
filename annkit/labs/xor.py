"""The XOR lab: three perceptrons, two of them hidden, and what the hidden ones do to the four corners."""

import ipywidgets
import numpy as np

from annkit import data
from annkit.labs.base.lab import Lab, number_of, score, verdict
from annkit.labs.base.traits import Number, Whole
from annkit.labs.halfplane import crossing, side
from annkit.perceptron import Perceptron
from annkit.stage import Diagram, Handle, Stage, bare, marks, new_figure
from annkit.translation import _
from annkit.wording import number, weighted_sum

UNITS = {
    "h₁": ("w11", "w21", "b1"),
    "h₂": ("w12", "w22", "b2"),
    "o": ("v1", "v2", "c"),
}
"""The three perceptrons, each with the traits of its two weights and its bias."""
SOURCES = {"h₁": ("x₁", "x₂"), "h₂": ("x₁", "x₂"), "o": ("h₁", "h₂")}
PIXELS = 40


class XorLab(Lab):
    """Two hidden perceptrons and one that decides from their answers, on the four corners of XOR.

    Parameters
    ----------
    w11, w21, b1 : float
        The weights from x₁ and from x₂ to the hidden unit h₁, and its bias.
    w12, w22, b2 : float
        The same for the hidden unit h₂.
    v1, v2, c : float
        The weights from h₁ and from h₂ to the output o, and its bias.
    point : int
        The number of the corner in focus: 1 to 4 for 00, 01, 10, 11.

    Raises
    ------
    traitlets.TraitError
        If a value is not a finite number, or there is no such corner.

    Examples
    --------
    >>> lab = XorLab(w12=-1, w22=-1, b2=1.5, c=-1.5)
    >>> print(lab.describe().splitlines()[-2])
    4 of 4 right.
    """

    state = ("w11", "w21", "b1", "w12", "w22", "b2", "v1", "v2", "c", "point")
    glance = ("point",)
    w11, w21, b1 = Number(), Number(), Number()
    w12, w22, b2 = Number(), Number(), Number()
    v1, v2, c = Number(), Number(), Number()
    point = Whole(2, high=4)
    table = data.logic("XOR")

    def __init__(self, w11=1, w21=1, b1=-0.5, w12=1, w22=1, b2=-0.5, v1=1, v2=1, c=-0.5, point=2):
        super().__init__()
        given = (w11, w21, b1, w12, w22, b2, v1, v2, c, point)
        for name, value in zip(self.state, given, strict=True):
            setattr(self, name, value)
        stage = Stage(self._figure(), label=_("Picture of the network; each corner is a button"))
        inputs, network, self.hidden_panel = stage.panels
        self.input_panel = inputs
        self.diagram = Diagram(network, [2, 2, 1], [SOURCES["h₁"], SOURCES["o"], ["o"]])
        stage.set_lines(self.diagram.lines)
        self.build(stage, self._controls(), above=True)

    def unit(self, name):
        """One of the three perceptrons, "h₁", "h₂" or "o", as an `annkit.Perceptron`."""
        first, second, bias = (getattr(self, trait) for trait in UNITS[name])
        return Perceptron([first, second], bias)

    def hidden(self, X):
        """What the two hidden units answer to the rows of X, shape (n, 2)."""
        return np.column_stack([self.unit("h₁").predict(X), self.unit("h₂").predict(X)])

    def predict(self, X):
        """What the network answers to the rows of X, shape (n,)."""
        return self.unit("o").predict(self.hidden(X))

    @property
    def right(self):
        """For each corner, whether the network gets it right: booleans, shape (4,)."""
        return self.predict(self.table.X) == self.table.labels

    # The picture.

    def draw(self):
        right = self.right
        each = [
            marks.point(label, ring=not right[i], chosen=i + 1 == self.point)
            for i, label in enumerate(self.table.labels)
        ]
        network, strengths = self._network()
        live = self._input_plane() + network + self._hidden_plane(each)
        handles = [
            Handle(f"p{i + 1}", self.input_panel, *corner, each[i], self._corner_in_words(i, right[i]), movable=False)
            for i, corner in enumerate(self.table.X)
        ]
        x, y = self.input_panel.grid(PIXELS, PIXELS)
        answers = self.predict(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)
        self.stage.show(live, handles, [(self.input_panel, 0.35 * (2 * answers - 1))], strengths)

    def _figure(self):
        figure, (inputs, network, hidden) = new_figure(840, 300, ncols=3)
        for axes, title, names in ((inputs, _("inputs"), "x"), (hidden, _("hidden layer"), "h")):
            axes.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), xticks=(0, 1), yticks=(0, 1), title=title)
            axes.set(xlabel=f"{names}₁", ylabel=f"{names}₂")
            axes.set_aspect("equal")
            axes.grid(True)
        bare(network, title=_("network"))
        return figure

    def _input_plane(self):
        """Both hidden lines, each with an arrow to the side where its unit answers 1, and the corners' names."""
        panel = self.input_panel
        lines, labels = [], {}
        for name in ("h₁", "h₂"):
            unit = self.unit(name)
            ends = crossing(panel, unit)
            if not len(ends):
                continue
            foot, across = ends.mean(axis=0), 0.18 * unit.weights / np.hypot(*unit.weights)
            lines.append(marks.line(panel, *ends.T, width=2))
            lines.append(marks.arrow(panel, *np.array([foot, foot + across]).T, width=2))
            labels.setdefault(tuple((foot - 0.6 * across).round(3)), []).append(name)
        lines += [marks.text(panel, *place, ", ".join(names), bold=True) for place, names in labels.items()]
        names = [marks.text(panel, *corner, _corner_name(corner), size=11, shift=(0, 22)) for corner in self.table.X]
        return marks.clip(panel, *lines, *names)

    def _hidden_plane(self, each):
        panel, decide = self.hidden_panel, self.unit("o")
        sides = []
        for sign, colour in ((1, "blue"), (-1, "orange")):
            corners = side(panel, decide, sign)
            if len(corners) > 2:
                sides.append(marks.area(panel, *corners.T, colour, opacity=0.2))
        ends = crossing(panel, decide)
        line = [marks.line(panel, *ends.T, width=2.5)] if len(ends) else []
        return marks.clip(panel, *sides, *line, *self._moved_corners(each))

    def _moved_corners(self, each):
        """The corners where the hidden units put them; those that meet stand side by side."""
        places = self.hidden(self.table.X)
        met = {}
        for i, place in enumerate(map(tuple, places)):
            nth = met[place] = met.get(place, -1) + 1
            here = (place[0] + 0.3 * nth * (1 if place[0] == 0 else -1), place[1])
            yield marks.at(self.hidden_panel, *here, each[i])
            yield marks.text(self.hidden_panel, *here, _corner_name(self.table.X[i]), size=11, shift=(0, 22))

    def _network(self):
        """The network with the values of the corner in focus: its marks, and how strong its edges are."""
        corner = self.table.X[self.point - 1 : self.point]
        values = [corner[0], self.hidden(corner)[0], self.predict(corner)]
        weights = [[[self.w11, self.w12], [self.w21, self.w22]], [[self.v1], [self.v2]]]
        biased = [f"{name}, b = {number(getattr(self, bias))}" for name, (*__, bias) in UNITS.items()]
        live = self.diagram.draw(values, [SOURCES["h₁"], biased[:2], biased[2:]], weights)
        return live, self.diagram.strengths(weights)

    # The words.

    def words(self):
        corners, chosen = self.table.X, self.table.X[self.point - 1 : self.point]
        hidden, right = self.hidden(corners), self.right
        names, moved = [_corner_name(corner) for corner in corners], [_corner_name(place) for place in hidden]
        decision = _("{arithmetic} (corner {corner}: {verdict})").format(
            arithmetic=self._arithmetic("o", hidden[self.point - 1 : self.point]),
            corner=names[self.point - 1],
            verdict=verdict(right[self.point - 1]),
        )
        moves = ", ".join(f"{corner} → {place}" for corner, place in zip(names, moved, strict=True))
        return [
            self._arithmetic("h₁", chosen),
            self._arithmetic("h₂", chosen),
            decision,
            score(right, names),
            _("The hidden units move the corners: {moves}.").format(moves=moves),
        ]

    def _arithmetic(self, name, row):
        unit = self.unit(name)
        total = unit.sums(row)[0]
        comparison = "> 0 → 1" if total > 0 else "≤ 0 → 0"
        return f"{name}: {weighted_sum(row[0], unit.weights, unit.bias)} = {number(total)} {comparison}"

    def _corner_in_words(self, i, right):
        words = _("corner {corner}, {kind}, {verdict}")
        kind = self.table.kinds[self.table.labels[i]]
        return words.format(corner=_corner_name(self.table.X[i]), kind=kind, verdict=verdict(right))

    # What hands do.

    def chosen(self, handle, again):
        self.point = number_of(handle)

    def _controls(self):
        columns = []
        for name, (first, second, bias) in UNITS.items():
            sources = SOURCES[name]
            columns.append(ipywidgets.VBox([
                self._slider(first, f"{sources[0]}→{name}"),
                self._slider(second, f"{sources[1]}→{name}"),
                self._slider(bias, _("bias {unit}").format(unit=name)),
            ]))  # fmt: skip
        return [ipywidgets.HBox([*columns, self.reset_button()])]

    def _slider(self, name, label):
        return self.slider(name, label, -4, 4, width="258px")


def _corner_name(corner):
    return "".join(str(int(value)) for value in corner)
