"""The digits lab: a handwritten digit goes through a network of 64 inputs, one hidden layer and ten outputs."""

import ipywidgets
import numpy as np

from annkit import data
from annkit.labs.base.lab import Lab, verdict
from annkit.labs.base.traits import NetworkOf, Picked, RowOf, TableOf
from annkit.network import Network
from annkit.stage import Diagram, Stage, bare, marks, new_figure
from annkit.translation import _
from annkit.wording import number, share_of_1, short, weighted_sum

SIDE = 8
DIGITS = 10
NAMES = "0123456789"
MOST_HIDDEN = 10


class DigitsLab(Lab):
    """A digit of 8 × 8 pixels, what the hidden units make of it, and ten outputs that sum to 1.

    Parameters
    ----------
    net : Network, optional
        64 inputs, one hidden layer of up to ten units, ten outputs. The lab keeps a copy of it, so after more training
        write ``lab.net = net``. An untrained one if left out.
    table : annkit.data.Table, optional
        Pictures in rows of 64 pixels from 0 (paper) to 1 (ink); all of `data.digits()` if left out.
    row : int
        The picture that is shown, from 1.
    picked : tuple
        The node (layer, unit) or the edge (0, hidden unit, output) that is looked at; layer 0 is the hidden one. Here
        both count from 0, so that output 3 stands for the digit 3; in words the hidden units count from 1.

    Raises
    ------
    traitlets.TraitError
        If the network or the table doesn't fit, or there is no such row, node or edge.

    Examples
    --------
    >>> lab = DigitsLab(Network([64, 4, 10], output="softmax", init=0), row=4)
    >>> print(lab.describe().splitlines()[0])
    Picture 4 shows the digit 3; the largest output is 0 (0.100): wrong.
    """

    state = ("net", "table", "row", "picked")
    glance = ("row", "picked")
    net = NetworkOf(inputs=SIDE * SIDE, hidden=MOST_HIDDEN, outputs=DIGITS)
    table = TableOf(columns=(SIDE * SIDE,), classes=DIGITS)
    row = RowOf()
    picked = Picked()

    def __init__(self, net=None, table=None, row=1, picked=(0, 0)):
        super().__init__()
        self.net = Network([64, 8, 10], activation="relu", output="softmax", seed=0) if net is None else net
        self.table = data.digits() if table is None else table
        self.row = row
        stage = Stage(self._figure(), label=_("Picture of the network; what is picked is a button, arrows move it"))
        self._counted = ()
        self._prepare(stage)
        self.picked = picked
        self.observe(self._fit, "net")
        self.build(stage, self._controls(), above=True)

    @property
    def diagram(self):
        """The hidden units, the outputs and the edges between them."""
        return self._diagram

    @property
    def answers(self):
        """The digit with the largest output, for each picture: integers of shape (n,)."""
        return self.net.classify(self.table.X)

    def next_wrong(self):
        """Go to the next picture whose digit is not the largest output. Raises `ValueError` where there is none."""
        wrong = np.flatnonzero(self.answers != self.table.labels) + 1
        if not len(wrong):
            raise ValueError(_("All {count} pictures are right.").format(count=len(self.table)))
        later = wrong[wrong > self.row]
        self.row = int(later[0] if len(later) else wrong[0])

    # The picture.

    def draw(self):
        image, pattern, network, outputs = self.stage.panels
        trace = self.net.forward(self.table.X[self.row - 1 : self.row])
        lit = self.diagram.lights(self.picked)
        hidden = [short(value, 4) for value in trace.a[0][0]]
        live = self.diagram.draw([hidden, NAMES], lit=lit) + self._bars(outputs, trace.output[0])
        heats = [(image, self.table.X[self.row - 1].reshape(SIDE, SIDE)[::-1])]
        layer, unit = self.picked[:2]
        title = _("pick a hidden unit")
        if layer == 0:
            weights = self.net.weights[0][:, unit].reshape(SIDE, SIDE)
            heats.append((pattern, weights[::-1] / (np.abs(weights).max() or 1)))
            title = _("weights of hidden unit {unit}").format(unit=unit + 1)
        live += marks.text(pattern, SIDE / 2, SIDE, title, shift=(0, -14), size=11)
        picked = self.diagram.handle(self.picked, self._arithmetic(trace))
        self.stage.show(live, [picked], heats, self.diagram.strengths([self.net.weights[1]], lit))

    def _figure(self):
        figure, axes = new_figure(840, 330, ncols=4, width_ratios=(1, 1, 1.6, 0.9))
        image, pattern, network, outputs = axes
        for panel in (image, pattern):
            panel.set(xlim=(0, SIDE), ylim=(0, SIDE), xticks=[], yticks=[])
            panel.set_aspect("equal")
            for spine in panel.spines.values():
                spine.set(visible=True, alpha=0.4)
        image.set_title(_("picture"))
        bare(network, title=_("hidden layer → outputs"))
        bare(outputs, title=_("outputs"), xlim=(-0.15, 1.45))
        return figure

    def _prepare(self, stage):
        """A diagram for the network's sizes. The thickest edge stands for its largest weight."""
        thickest = float(np.abs(self.net.weights[1]).max()) or 1
        self._diagram = Diagram(stage.panels[2], [self.net.sizes[1], DIGITS], thickest=thickest)
        stage.set_lines(self.diagram.lines)

    def _bars(self, panel, outputs):
        """A bar for each output, beside its node: blue for a largest one that is right, orange for one that is not."""
        label, largest = self.table.labels[self.row - 1], outputs.argmax()
        parts = []
        for digit, (share, place) in enumerate(zip(outputs, self.diagram.places[1], strict=True)):
            __, y = panel.data(panel.x, place[1])
            colour = "grey" if digit != largest else "blue" if digit == label else "orange"
            parts.append(marks.area(panel, [0, share, share, 0], [y - 0.03, y - 0.03, y + 0.03, y + 0.03], colour, 0.9))
            parts.append(marks.text(panel, share, y, share_of_1(share, 3), anchor="start", size=11, shift=(5, 0)))
            if digit == label:
                parts.append(marks.text(panel, 0, y, "→", anchor="end", size=16, shift=(-6, -1), bold=True))
        return "".join(parts)

    # The words.

    def words(self):
        trace = self.net.forward(self.table.X[self.row - 1 : self.row])
        label, answer = self.table.labels[self.row - 1], trace.output[0].argmax()
        sentence = _("Picture {row} shows the digit {label}; the largest output is {answer} ({share}): {verdict}.")
        return [
            sentence.format(
                row=self.row, label=label, answer=answer, share=share_of_1(trace.output[0, answer], 3),
                verdict=verdict(label == answer),
            ),
            self._arithmetic(trace),
            _("{right} of all {count} pictures are right.").format(right=self._right(), count=len(self.table)),
        ]  # fmt: skip

    def _right(self):
        """How many pictures are right, counted anew only for another network or other pictures."""
        counted = self.net, self.table
        if self._counted[:2] != counted:
            self._counted = *counted, int((self.answers == self.table.labels).sum())
        return self._counted[2]

    def _arithmetic(self, trace):
        """How the picked number comes about."""
        layer, unit = self.picked[:2]
        if len(self.picked) == 3:
            value, weight = trace.a[0][0, unit], self.net.weights[1][unit, self.picked[2]]
            product = weighted_sum([round(value, 2)], [round(weight, 2)], 0)
            words = _("From hidden unit {unit} to output {output}: {product} = {value}.")
            return words.format(
                unit=unit + 1, output=self.picked[2], product=product, value=number(round(value * weight, 2))
            )
        z, a, b = trace.z[layer][0, unit], trace.a[layer][0, unit], self.net.biases[layer][unit]
        parts = {"count": self.net.sizes[layer], "b": number(round(b, 2)), "z": number(round(z, 2))}
        if layer == 0:
            words = _("Hidden unit {unit}: {count} products and the bias {b} sum to {z}; {function}({z}) = {a}.")
            return words.format(unit=unit + 1, function=self.net.activation, a=number(round(a, 2)), **parts)
        words = _("Output {unit}: {count} products and the bias {b} sum to {z}; {function} makes {a} of it.")
        return words.format(unit=unit, function=self.net.output, a=share_of_1(a, 3), **parts)

    # What hands do.

    def clicked(self, x, y):
        if picked := self.diagram.at(x, y):
            self.picked = picked

    def pressed(self, handle, key):
        self.picked = self.diagram.beside(self.picked, key)

    def _controls(self):
        slider = self.slider("row", _("picture"), width="520px", step=1)
        wrong = self.button(_("Next wrong"), self.next_wrong, _("The next picture that the network gets wrong"))
        return [ipywidgets.HBox([slider, wrong, self.reset_button()])]

    def _fit(self, change):
        self._prepare(self.stage)
        if self.picked not in [*self.diagram.nodes, *self.diagram.edges]:
            self.picked = (0, 0)
