"""The digits lab itself: a picture of the data or a drawing, a network, ten shares, and where each comes from."""

import numpy as np

from annkit.labs.base.lab import verdict
from annkit.labs.base.pad import PAD
from annkit.labs.base.say import Score, Text
from annkit.labs.base.traits import Picked
from annkit.labs.digits import picture
from annkit.labs.digits.pictures import DigitPictures
from annkit.stage import Diagram, Edge, Node, bare, new_figure
from annkit.translation import N_, _
from annkit.wording import number, rounded, weighted_sum


class DigitsLab(DigitPictures):
    """A digit of 8 × 8 pixels, of the data or drawn, what the hidden units make of it, and ten outputs.

    Parameters
    ----------
    net : Network, optional
        64 inputs, one hidden layer of up to ten units, ten outputs. The lab keeps a copy of it, so after more training
        write ``lab.net = net``. An untrained one if left out.
    table : annkit.data.Table, optional
        Pictures in rows of 64 pixels from 0 (paper) to 1 (ink); all of `data.digits()` if left out.
    row : int
        The picture that is shown, from 1.
    own : bool
        Whether the pad shows no picture, but only what is drawn on it.
    ink : str
        What is drawn on the pad, as `annkit.ink.to_text` writes it: on the picture, where there is one.
    pen : tuple
        Where the pen is that keys move, (x, y, whether it is down); None until a key has moved it.
    picked : tuple
        The node (layer, unit) or the edge (0, hidden unit, output) that is looked at; layer 0 is the hidden one. Here
        both count from 0, so that output 3 stands for the digit 3; in words the hidden units count from 1.

    Raises
    ------
    traitlets.TraitError
        If the network or the table doesn't fit, the ink is none, or there is no such row, node or edge.

    Examples
    --------
    >>> from annkit import Network
    >>> lab = DigitsLab(Network([64, 4, 10], output="softmax", init=0), row=4)
    >>> print(lab.describe().splitlines()[0])
    Picture 4 shows 3; the largest output is 0 (0.100): wrong.
    """

    picked = Picked((0, 0))

    label = N_("Picture of a pad and a network; what is picked is a button, arrows move it")
    wide = True

    @property
    def layers(self):
        """How many hidden units and outputs there are."""
        return self.net.sizes[1:]

    # The picture.

    def setting(self, now):
        return self.layers

    def figure(self, layers):
        figure, axes = new_figure(*picture.SIZE)
        bare(axes)
        picture.prepare(axes)
        return figure

    def place(self):
        self.diagram = Diagram(picture.NETWORK, self.drawn_for)
        self.stage.set_lines(self.diagram.lines)

    def draw(self):
        trace, lit = self._forward(), self._lights()
        V = self.net.weights[1]
        self.stage.show(
            picture.live(self, trace.a[0][0], trace.output[0], lit),
            [self.diagram.handle(self.picked, self._arithmetic(trace))],
            picture.heats(self),
            self.diagram.strengths([V], lit, thickest=np.abs(V).max()),
            [self.pad_to_draw_on()],
        )

    def _forward(self):
        return self.net.forward(self.shown[None, :])

    def _lights(self):
        """What is lit with what is picked: for a hidden unit also what it says to the outputs."""
        lit = self.diagram.lights(self.picked)
        if isinstance(self.picked, Node) and self.picked.layer == 0:
            lit |= {edge for edge in self.diagram.edges if edge.unit == self.picked.unit}
        return lit

    # The words.

    def words(self):
        trace = self._forward()
        pieces = [self._answer(trace.output[0]), self._arithmetic(trace)]
        if self.own:
            pieces.append(_("Ink: {count} of {all} pixels.").format(count=self.bitmap.sum(), all=self.bitmap.size))
        else:
            pieces.append(Score(self._right()))
        return [*pieces, Text(self._help(), "help")]

    def _answer(self, outputs):
        """Which output is the largest, and whether that is right."""
        first, second = np.argsort(-outputs, kind="stable")[:2]
        said = {"row": self.row, "digit": self.digit, "answer": first, "second": second, "count": self.bitmap.sum()}
        said |= {"share": self._written(outputs[first]), "less": self._written(outputs[second])}
        if not self.own:
            words = _("Picture {row} shows {digit}; the largest output is {answer} ({share}): {verdict}.")
            if self.ink:
                words = _(
                    "Picture {row} shows {digit}; with {count} pixels of ink, the largest output is {answer} ({share})."
                )
            return words.format(verdict=verdict(self.digit == first), **said)
        words = _("In your drawing the network sees {answer} ({share}), then {second} ({less}).")
        if not self.ink:
            words = _("The pad is empty, and still the largest output is {answer} ({share}): one of ten always is.")
        return words.format(**said)

    def _help(self):
        if self.own and self.ink:
            return _(
                "Your ink is cut out, stretched, set upright and counted in 8 × 8 blocks: the network sees only these."
            )
        if self.own:
            return _(
                "Draw a digit with the mouse or a finger; or Tab to the pad: arrows move the pen, Enter sets it down."
            )
        return _("Draw on the picture: does the answer change? Or press Draw your own.")

    def _arithmetic(self, trace):
        """How the picked number comes about."""
        layer, unit = self.picked[:2]
        if isinstance(self.picked, Edge):
            value, weight = trace.a[0][0, unit], self.net.weights[1][unit, self.picked.to]
            product = weighted_sum(*([rounded(each, 2) or each] for each in (value, weight)), 0)
            words = _("From hidden unit {unit} to output {output}: {product} {equals}.")
            return words.format(unit=unit + 1, output=self.picked.to, product=product, equals=_equals(value * weight))
        z, a, b = trace.z[layer][0, unit], trace.a[layer][0, unit], self.net.biases[layer][unit]
        parts = {"count": self.net.sizes[layer], "b": number(rounded(b, 2)), "z": number(rounded(z, 2))}
        if layer == 0:
            words = _("Hidden unit {unit}: {count} products and the bias {b} sum to {z}; {function}({z}) {equals}.")
            return words.format(unit=unit + 1, function=self.net.activation, equals=_equals(a), **parts)
        words = _("Output {unit}: {count} products and the bias {b} sum to {z}; {function} makes {a} of it.")
        return words.format(unit=unit, function=self.net.output, a=self._written(a), **parts)

    # What hands do.

    def clicked(self, x, y):
        if picked := self.diagram.at(x, y):
            self.picked = picked

    def pressed(self, handle, key):
        if handle == PAD:
            self.draw_by_key(key)
        else:
            self.picked = self.diagram.beside(self.picked, key)


def _equals(value):
    """A number with two decimals; where these make 0 or 1 of what is only near that, it is only about that."""
    near = rounded(value, 2)
    return f"{'≈' if near in (-1, 0, 1) and near != value else '='} {number(near)}"
