"""The XOR lab: three perceptrons, two of them hidden, and what the hidden ones do to the four corners."""

import numpy as np

from annkit import data, inputs
from annkit.labs.base.lab import Lab, number_of
from annkit.labs.base.traits import Number, Whole
from annkit.labs.xor import layout
from annkit.labs.xor.move import Line, Move
from annkit.labs.xor.network import LINES, network, strengths
from annkit.labs.xor.plane import Plane
from annkit.labs.xor.saying import Saying
from annkit.perceptron import Perceptron
from annkit.stage import bare, new_figure
from annkit.translation import N_, _
from annkit.wording import subscript

UNITS = {
    "h₁": ("w11", "w21", "b1"),
    "h₂": ("w12", "w22", "b2"),
    "o": ("v1", "v2", "c"),
}
"""The three perceptrons, each with the traits of its two weights and its bias."""
SOURCES = {"h₁": ("x₁", "x₂"), "h₂": ("x₁", "x₂"), "o": ("h₁", "h₂")}
STEP = 1 / 64
"""How far the corners go in one step of play; exact in binary."""


class Now:
    """What follows from the state of an `XorLab`.

    Attributes
    ----------
    hidden, output : list of Line, Line
        Those of the two hidden units in the plane of the inputs, and that of the output in the hidden plane.
    move : Move
    places : list of tuple
        Where the corners are by now.
    totals, outputs, right : ndarray, shape (4,)
        For each corner the output's sum, its answer, and whether that is right.
    """

    def __init__(self, lab):
        self.hidden, self.output = (
            [Line(lab.w11, lab.w21, lab.b1), Line(lab.w12, lab.w22, lab.b2)],
            Line(lab.v1, lab.v2, lab.c),
        )
        self.move = Move(lab.table.X, [[lab.w11, lab.w12], [lab.w21, lab.w22]], [lab.b1, lab.b2], lab.moved)
        self.places = [tuple(place) for place in self.move.places().round(6).tolist()]
        self.totals = self.move.answers @ [lab.v1, lab.v2] + lab.c
        self.outputs = (self.totals > 0) * 1
        self.right = self.outputs == lab.table.labels


class XorLab(Saying, Lab):
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
    moved : float
        What the large plane shows, from 0, the inputs, over 0.5, the weighted sums of the hidden units, to 1, their
        answers.

    Raises
    ------
    traitlets.TraitError
        If a value is not a finite number, or there is no such corner.

    Examples
    --------
    >>> lab = XorLab(w12=-1, w22=-1, b2=1.5, c=-1.5)
    >>> print(lab.describe().splitlines()[0])
    4 of 4 right.
    """

    w11, w21, b1 = Number(1), Number(1), Number(-0.5)
    w12, w22, b2 = Number(1), Number(1), Number(-0.5)
    v1, v2, c = Number(1), Number(1), Number(-0.5)
    point = Whole(2, high=4, glance=True)
    moved = Number(0, low=0, high=1, glance=True)

    label = N_("Picture of the network and of the plane; each corner is a button")
    wide = True
    motion = True
    table = data.logic("XOR")
    units = UNITS
    names = ("00", "01", "10", "11")
    _known = None

    def unit(self, name):
        """One of the three perceptrons, "h₁", "h₂" or "o", as an `annkit.Perceptron`."""
        first, second, bias = (getattr(self, trait) for trait in UNITS[inputs.choice("name", name, list(UNITS))])
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

    def advance(self):
        """Move the corners on, from the inputs to the hidden units' answers, and from there back to the start."""
        self.moved = 0 if self.moved == 1 else min(1, round((self.moved + STEP) / STEP) * STEP)
        return self.moved < 1

    @property
    def now(self):
        """What follows from the state: a `Now`."""
        state = self._snapshot()
        if self._known is None or self._known[0] != state:
            self._known = state, Now(self)
        return self._known[1]

    # The picture.

    def figure(self, setting):
        figure, axes = new_figure(*layout.SIZE)
        bare(axes)
        layout.prepare(axes)
        return figure

    def place(self):
        self.stage.set_lines(LINES)

    def draw(self):
        plane = Plane(self)
        corners, handles = plane.corners()
        self.stage.show(network(self) + plane.live() + corners, handles, strengths=strengths(self))

    # What hands do.

    def chosen(self, handle, again):
        self.point = number_of(handle)

    def controls(self):
        self.add_class("annkit-tight")
        controls = [
            _("Inputs → hidden plane"),
            self.slider("moved", _("move"), 0, 1, 0.05),
            self.player(),
        ]
        for name, traits in UNITS.items():
            (first, second), (v, w, b) = SOURCES[name], map(subscript, traits)
            controls.append(f"{name} = step({first} {v} + {second} {w} + {b})")
            controls += [self.slider(trait, subscript(trait), -4, 4) for trait in traits]
        return controls
