"""One step of learning for one sample, explained: forward, error, backward, update, with the numbers in them."""

import numpy as np

from annkit.labs.base.say import Sum, Text
from annkit.labs.playground.board import NAMES
from annkit.labs.playground.samples import held_out, inputs_of
from annkit.stage import Edge, Node
from annkit.translation import N_, _
from annkit.wording import in_product, number, signed, subscript

STEPS = [N_("not explained"), N_("1 forward"), N_("2 error"), N_("3 backward"), N_("4 update")]


class Explained:
    """A step for the sample that is looked at, with the network as it stands.

    Parameters
    ----------
    lab : Playground
    """

    def __init__(self, lab):
        self.lab, self.net = lab, lab.trainer.net
        learned = np.flatnonzero(~held_out(lab.table, lab.share))
        self.row = lab.point - 1 if lab.point else int(learned[0])
        one = slice(self.row, self.row + 1)
        self.X, self.T = inputs_of(lab.start, lab.table)[one], lab.table.T[one]
        self.loss = lab.start.loss(lab.settings)
        self.trace = self.net.forward(self.X)
        self.a = [self.X, *self.trace.a]
        self.gradients = self.net.backward(self.trace, self.T, self.loss)

    def values(self):
        """What stands on each tile: the answers to the sample, or on the way back how the error answers to them."""
        if self.lab.explain < 3:
            return [a[0] for a in self.a]
        slopes = [self.gradients.dE_dX, *self.gradients.dE_da[:-1], self.gradients.dE_dz[-1]]
        return [slope[0] for slope in slopes]

    def words(self):
        """The step as pieces."""
        x, y = self.lab.table.X[self.row]
        which = _("Point {point} at ({x}, {y}): {step}.")
        step = _(STEPS[self.lab.explain]).split(" ", 1)[1]
        head = which.format(point=self.row + 1, x=number(x), y=number(y), step=step)
        thing = self.lab.picked
        node = thing.end if self.lab.explain == 1 or isinstance(thing, Node) else None
        maker = {1: self._forward, 2: self._error, 3: self._backward, 4: self._update}[self.lab.explain]
        return [Text(head, "lead"), *maker(thing, node)]

    def _forward(self, thing, node):
        layer, unit = node
        if not layer:
            return [_("{name} = {value} goes in.").format(name=self._name(node), value=number(self.a[0][0, unit]))]
        W, b = self.net.weights[layer - 1][:, unit], float(self.net.biases[layer - 1][unit])
        names = [self._name(Node(layer - 1, i)) for i in range(len(W))]
        z, a = float(self.trace.z[layer - 1][0, unit]), float(self.a[layer][0, unit])
        end = _("→ {name} = {function}({z}) = {a}").format(
            name=self._name(node), function=self.net.activations[layer - 1].name, z=number(z), a=number(a)
        )
        return [
            Sum(self.a[layer - 1][0].tolist(), W.tolist(), b, z, line="{sum} = {total} {end}", end=end, names=names)
        ]

    def _error(self, thing, node):
        o, t = float(self.trace.output[0, 0]), float(self.T[0, 0])
        E = self.net.loss(self.trace, self.T, self.loss)
        if self.loss == "squared_error":
            text = _("E = (t − o)² = ({t} − {o})² = {E}")
            return [text.format(t=number(t), o=number(o), E=number(E))]
        said = _("E = −log o = −log {o} = {E}") if t else _("E = −log (1 − o) = −log (1 − {o}) = {E}")
        return [_("The target is {t}.").format(t=number(t)), said.format(o=number(o), E=number(E))]

    def _backward(self, thing, node):
        if isinstance(thing, Edge):
            slope, a = float(self.gradients.dE_dz[thing.layer][0, thing.to]), float(self.a[thing.layer][0, thing.unit])
            text = _("∂E/∂w = ∂E/∂z of {end} × {start} = {slope} × {a} = {product}")
            return [
                text.format(
                    end=self._name(thing.end), start=self._name(thing.start), slope=number(slope), a=in_product(a),
                    product=number(self.gradients.weights[thing.layer][thing.unit, thing.to]),
                )
            ]  # fmt: skip
        layer, unit = thing
        if layer == len(self.a) - 1:
            z = float(self.gradients.dE_dz[-1][0, 0])
            o, t = number(self.trace.output[0, 0]), number(self.T[0, 0])
            if self.loss == "squared_error":
                return [_("∂E/∂z of o = −2 (t − o) × the slope at z = {z}").format(z=number(z))]
            return [_("∂E/∂z of o = o − t = {o} − {t} = {z}").format(o=o, t=t, z=number(z))]
        slopes = self.gradients.dE_dz[layer][0].tolist()
        names = [self._name(Node(layer + 1, k)) for k in range(len(slopes))]
        total = float(self.values_of(layer)[unit])
        line = _("∂E/∂{name} = {{sum}} = {{total}}").format(name=self._name(thing))
        return [
            Sum(
                slopes,
                self.net.weights[layer][unit].tolist(),
                None,
                total,
                line=line,
                caption=line[: line.index("=")],
                names=names,
            )
        ]

    def _update(self, thing, node):
        place = self.lab.place_of(self.lab.picked)
        if place is None:
            return [_("An input does not change.")]
        w, slope, rate = float(self.net.parameters[place]), float(self.gradients.flat[place]), self.lab.learning_rate
        text = _("{name} − α × slope = {w} {minus} × {slope} = {new}").format(
            name="w" if isinstance(thing, Edge) else "b", w=number(w), minus=signed(-rate), slope=in_product(slope),
            new=number(w - rate * slope),
        )  # fmt: skip
        return [text, Text(_("A batch does this with the average of its samples' slopes."), "help")]

    def values_of(self, layer):
        """How the error answers to each answer of a layer."""
        return (self.gradients.dE_da[layer - 1] if layer else self.gradients.dE_dX)[0]

    def _name(self, node):
        layer, unit = node
        if not layer:
            return NAMES[self.lab.inputs[unit]]
        return "o" if layer == len(self.a) - 1 else subscript(f"h{unit + 1}")
