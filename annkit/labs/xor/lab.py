"""The XOR lab: three perceptrons, two of them hidden, and what the hidden ones do to the four corners."""

import numpy as np

from annkit import data, inputs
from annkit.labs.base.lab import Lab, number_of, verdict
from annkit.labs.base.say import Rows, Score, Text
from annkit.labs.base.traits import Number, Whole
from annkit.labs.xor import picture
from annkit.labs.xor.move import Move
from annkit.perceptron import Perceptron
from annkit.stage import bare, new_figure
from annkit.translation import N_, _
from annkit.wording import in_product, number, row_of, signed, subscript, weighted_sum

UNITS = {
    "h₁": ("w11", "w21", "b1"),
    "h₂": ("w12", "w22", "b2"),
    "o": ("v1", "v2", "c"),
}
"""The three perceptrons, each with the traits of its two weights and its bias."""
SOURCES = {"h₁": ("x₁", "x₂"), "h₂": ("x₁", "x₂"), "o": ("h₁", "h₂")}
STEP = 1 / 40
"""How far the corners go in one step of play."""


class Now:
    """What follows from the state of an `XorLab`: the `move`, where its corners stand, what the output answers."""

    def __init__(self, lab):
        self.move = Move(lab.table.X, [[lab.w11, lab.w12], [lab.w21, lab.w22]], [lab.b1, lab.b2], lab.moved)
        self.places = [tuple(place) for place in self.move.places().round(6).tolist()]
        self.totals = self.move.answers @ [lab.v1, lab.v2] + lab.c
        self.outputs = (self.totals > 0) * 1
        self.right = self.outputs == lab.table.labels


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
        figure, axes = new_figure(*picture.SIZE)
        bare(axes)
        picture.prepare(axes)
        return figure

    def place(self):
        self.stage.set_lines(picture.LINES)

    def draw(self):
        drawn = picture.Picture(self)
        corners, handles = drawn.corners()
        self.stage.show(drawn.live() + corners, handles, strengths=drawn.strengths())

    # The words.

    def words(self):
        return [Score(self.now.right, self.names), self._arithmetic(), self._where(), self._help()]

    def _arithmetic(self):
        """How the three units answer for the corner in focus."""
        corner, now, lines, cells = self.point - 1, self.now, [], []
        rows = [*2 * [self.table.X[corner]], now.move.answers[corner]]
        sums = [*now.move.sums[corner], now.totals[corner]]
        for (name, traits), row, total in zip(UNITS.items(), rows, sums, strict=True):
            *weights, bias = (getattr(self, trait) for trait in traits)
            end, answer = ("> 0", 1) if total > 0 else ("≤ 0", 0)
            lines.append(f"{name}: {weighted_sum(row, weights, bias)} = {number(total)} {end} → {answer}")
            products = [f"{number(x)} × {in_product(w)}" for x, w in zip(row, weights, strict=True)]
            cells.append([name, products[0], "+", products[1], signed(bias), "=", number(total), end, f"→ {answer}"])
        said = {"corner": self.names[corner], "verdict": verdict(now.right[corner])}
        lines[-1] += " " + _("(corner {corner}: {verdict})").format(**said)
        cells[-1][-1] += " " + self.table.kinds[answer] + " " + _("(corner {corner}: {verdict})").format(**said)
        return Rows(lines, cells)

    def _where(self):
        """What the plane shows, and where the corners go."""
        if 0 < self.moved <= 0.5:
            goes, words = map(row_of, self.now.move.sums), _("The corners go to their weighted sums: {moves}.")
        else:
            goes = map(_corner_name, self.now.move.answers)
            words = _("Each sum becomes 0 or 1, and the corners go: {moves}.")
            if self.moved == 0:
                words = _("The plane shows the inputs. The hidden units move the corners: {moves}.")
            elif self.moved == 1:
                words = _("The plane shows where the hidden units put the corners: {moves}.")
        pairs = zip(self.names, goes, strict=True)
        return Text(words.format(moves=", ".join(f"{name} → {place}" for name, place in pairs)))

    def _help(self):
        """What would help now."""
        met, labels = {}, self.table.labels.tolist()
        for i, place in enumerate(map(tuple, self.now.move.answers.tolist())):
            met.setdefault(place, []).append(i)
        mixed = [group for group in met.values() if len({labels[i] for i in group}) == 2]
        if self.now.right.all():
            words = _("Solved: at their new places one line divides the corners.")
            if self.moved < 1:
                words += " " + _("Play shows how they get there.")
        elif mixed:
            corners = ", ".join(f"{self.table.kinds[labels[i]]} {self.names[i]}" for i in mixed[0])
            words = _("In the hidden plane {corners} share a place: no line can tell them apart. Turn a hidden unit.")
            words = words.format(corners=corners)
        elif len(met) == 4:
            words = _("The corners have only changed places: no line divides them. Turn a hidden unit until two meet.")
        else:
            words = _("In the hidden plane a line can divide the corners now: turn v₁, v₂ and c until it does.")
        return Text(words, "help")

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


def _corner_name(corner):
    return "".join(str(int(value)) for value in corner)
