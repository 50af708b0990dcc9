"""The perceptron lab: weights and a bias to turn, points to drag, and the line between ○ and × that follows."""

import numpy as np
import traitlets

from annkit import data, inputs
from annkit.labs.base.lab import STEP, Lab, number_of, verdict
from annkit.labs.base.say import Score, Sum, Text, Verdict
from annkit.labs.base.traits import Flag, Number, RowOf, TableOf
from annkit.labs.perceptron.advice import advice
from annkit.labs.perceptron.learning import NOTHING_LEARNT, Learning, Progress
from annkit.labs.perceptron.line import ARROW, LINE, Line, two_places
from annkit.labs.perceptron.plane import MOST_HANDLES, Plane, Window
from annkit.labs.perceptron.walks import Walks
from annkit.perceptron import Perceptron
from annkit.stage import ARROWS, Handle, marks
from annkit.translation import N_, _
from annkit.wording import number, rounded

WEIGHTS = ("w1", "w2", "w3")
START = {2: {"w1": 0.5, "w2": 1.0, "b": -0.5}, 3: {"w1": 0.5, "w2": -0.2, "w3": 0.9, "b": -2.0}}
"""The usual weights and bias, for two inputs and for three."""
PICTURES = {2: Plane(), 3: Walks()}
NEAR = 16
"""Points so near to each other, in stage units, lie under each other."""
PACE = 5
"""So many steps a second are slow enough to see each correction."""


def _usual(name):
    return Number(lambda lab: START[lab.inputs][name])


class PerceptronLab(Learning, Line, Lab):
    """One perceptron with two or three inputs.

    Parameters
    ----------
    table : annkit.data.Table, optional
        The points and the class that each should get; four points if left out.
    w1, w2, w3, b : float, optional
        The weights and the bias; w3 only for a table with three columns.
    point : int, optional
        The number of the chosen point, from 1.
    editable : bool, optional
        Whether points can be moved, added, switched and removed by hand; tables of more than 20 rows never are.
    learning : bool, optional
        Whether there are buttons to learn, and a chart of its passes. `step` then goes to the next mistake.
    progress : tuple, optional
        How far learning has come, as `code` writes it.

    Raises
    ------
    traitlets.TraitError
        If a value is not a finite number, or the table has neither two nor three columns.
    ValueError
        If w3 is given for a table with two columns.

    Examples
    --------
    >>> lab = PerceptronLab(data.logic("AND"), w1=1, w2=1, b=-1.5)
    >>> print(lab.describe())
    0 × 1 + 0 × 1 − 1.5 = −1.5 ≤ 0 → × (point 1: right)
    4 of 4 right.
    The line goes through (0, 1.5) and (1.5, 0).
    How far can you turn the arrow w before a point is wrong?
    """

    table = TableOf(data.four_points, columns=(2, 3), classes=1)
    w1, w2, w3, b = (_usual(name) for name in ("w1", "w2", "w3", "b"))
    point = RowOf(glance=True)
    editable = Flag(True)
    learning = Flag(False)
    progress = Progress(NOTHING_LEARNT)

    label = N_("Picture of the perceptron; each point is a button")

    @property
    def inputs(self):
        """How many inputs there are, two or three."""
        return self.table.X.shape[1]

    def has(self, name):
        return name != "w3" or self.inputs == 3

    @property
    def weights(self):
        """The names of the weights."""
        return WEIGHTS[: self.inputs]

    def perceptron(self):
        """The perceptron as it stands, an `annkit.Perceptron`."""
        return Perceptron([getattr(self, name) for name in self.weights], self.b)

    def scale(self, factor):
        """Multiply every weight and the bias by a number. Raises `TraitError` where one would become too large."""
        factor = inputs.number("factor", factor)
        self.set(**{name: factor * getattr(self, name) for name in (*self.weights, "b")})

    def move_point(self, x, y):
        """Move the chosen point to (x, y), to the nearest quarters within the picture. Raises `ValueError`."""
        self._need_plane()
        X = self.table.X.copy()
        X[self.point - 1] = self._nearest(x, y)
        self._set_table(X, self.table.T)

    def add_point(self, x=None, y=None):
        """Add a ○ at (x, y), or at a free place, and choose it; choose the one that is there already.

        Raises `ValueError` where the lab is full or has three inputs.
        """
        self._need_plane()
        place = self._free_place() if x is None and y is None else self._nearest(x, y)
        there = np.flatnonzero((self.table.X == place).all(axis=1))
        if len(there):
            self.point = int(there[0]) + 1
            return
        if len(self.table) >= MOST_HANDLES:
            raise ValueError(_("{count} points are as many as fit; remove one first.").format(count=MOST_HANDLES))
        self._set_table(np.vstack([self.table.X, place]), np.vstack([self.table.T, [1]]), len(self.table) + 1)

    def switch_point(self):
        """Make the chosen point a ○ if it is a ×, and a × if it is a ○."""
        T = self.table.T.copy()
        T[self.point - 1] = 1 - T[self.point - 1]
        self._set_table(self.table.X, T)

    def remove_point(self):
        """Take the chosen point away."""
        if len(self.table) == 1:
            raise ValueError(_("This is the last point; a table needs at least one."))
        keep = np.arange(len(self.table)) != self.point - 1
        self._set_table(self.table.X[keep], self.table.T[keep], min(self.point, int(keep.sum())))

    # The picture.

    @property
    def picture(self):
        """How it is drawn."""
        return PICTURES[self.inputs]

    def setting(self, now):
        return self.picture.setting(self, now)

    def figure(self, setting):
        return self.picture.figure(self, setting)

    def draw(self):
        self.stage.show(*self.picture.draw(self, self.drawn_for, *self.stage.panels))
        self.fresh = False

    def handles(self, panel, places):
        """A handle for each row, at `places`, shape (n, 2): its class as a shape, ringed where it is wrong.

        In a large table only the chosen row has one.
        """
        words = _("point {point}, {kind} at ({place}), {verdict}")
        rows = zip(self.table.X.tolist(), self.table.labels.tolist(), self.right.tolist(), places, strict=True)
        for point, (row, label, right, place) in enumerate(rows, start=1):
            if point != self.point and len(self.table) > MOST_HANDLES:
                continue
            mark = marks.point(label, ring=not right, chosen=point == self.point)
            numbers = ", ".join(map(number, row))
            label = words.format(point=point, kind=self.table.kinds[label], place=numbers, verdict=verdict(right))
            yield Handle(f"p{point}", panel, *place, mark, label, movable=self.movable)

    # The words.

    @property
    def right(self):
        """For each point, whether the perceptron gives it its class: booleans, shape (n,)."""
        return self.perceptron().predict(self.table.X) == self.table.labels

    def words(self):
        right = self.right
        return [
            self._arithmetic(right[self.point - 1]),
            Score(right),
            *(self.lesson() if self.learning else self._line_in_words()),
            Text(advice(self, right), "help"),
        ]

    def _arithmetic(self, right):
        neuron, x, kinds = self.perceptron(), self.table.X[self.point - 1], self.table.kinds
        total = neuron.sums(x[None])[0]
        answer = int(total > 0)
        sentence = _("{{sum}} = {{total}} {{end}} → {says} (point {point}: {verdict})")
        says, end = kinds[answer].replace("{", "{{").replace("}", "}}"), "> 0" if answer else "≤ 0"
        line = sentence.format(says=says, point=self.point, verdict=verdict(right))
        caption = _("Point {point} should be {kind}")
        caption = caption.format(point=self.point, kind=kinds[answer if right else 1 - answer])
        badge = Verdict(answer, self._verdict_on(kinds[answer], right))
        return Sum(x, neuron.weights, neuron.bias, total, line, caption, end, badge)

    def _verdict_on(self, says, right):
        """Whether an answer is right, to stand beside the sign of its class."""
        if says in ("×", "○"):
            return verdict(right)
        return (_("{says} is right") if right else _("{says} is wrong")).format(says=says)

    def _line_in_words(self):
        """Two points of the line, or that there is none."""
        if self.inputs == 3:
            return []
        if not (self.w1 or self.w2):
            return [_("There is no line: with both weights 0, every place gets the same answer.")]
        places = two_places(self.perceptron(), Window.around(self.table.X))
        start, end = (", ".join(number(rounded(value, 4)) for value in place) for place in places)
        return [_("The line goes through ({start}) and ({end}).").format(start=start, end=end)]

    # What hands do.

    def dragged(self, handle, x, y):
        place = self.stage.panels[0].data(x, y)
        if handle in (LINE, ARROW):
            self.turn_by_hand(handle, *place)
        else:
            self.point = number_of(handle)
            self.move_point(*place)

    def chosen(self, handle, again):
        if handle in (LINE, ARROW):
            return
        point = number_of(handle)
        if again and self.editable:
            self.point = point
            self.switch_point()
        else:
            self.point = self._under(self.point) if again else point

    def _under(self, point):
        """The next of the points that lie under each other here."""
        if self.inputs == 3:
            return point
        places = self.stage.panels[0].place(*self.table.X.T)
        near = np.flatnonzero(np.hypot(*(places - places[point - 1]).T) < NEAR) + 1
        return int(near[(near.tolist().index(point) + 1) % len(near)])

    def clicked(self, x, y):
        panel = self.stage.panels[0]
        if not panel.holds(x, y):
            return
        if self.movable:
            self.add_point(*panel.data(x, y))
        elif len(self.table) > MOST_HANDLES:
            self.point = int(np.hypot(*(panel.place(*self.table.X.T) - (x, y)).T).argmin()) + 1

    def pressed(self, handle, key):
        if handle in (LINE, ARROW):
            if key in ARROWS:
                self.turn_by_key(handle, key)
            return
        self.point = number_of(handle)
        if key in ("Enter", " ") and self.editable:
            self.switch_point()
        elif key in ARROWS and self.movable:
            self.move_point(*self.table.X[self.point - 1] + STEP * np.array(ARROWS[key]))
        elif key in ARROWS and len(self.table) > MOST_HANDLES:
            self.point = (self.point - 1 + (1 if key in ("ArrowRight", "ArrowDown") else -1)) % len(self.table) + 1
        elif key in ("Delete", "Backspace") and self.movable:
            self.remove_point()

    @property
    def movable(self):
        """Whether points can be moved by hand: in the plane, if the lab is editable and the table small."""
        return self.editable and self.inputs == 2 and len(self.table) <= MOST_HANDLES

    def controls(self):
        labels = data.names("w", self.inputs)
        controls = [self.slider(name, label, -4, 4) for name, label in zip(self.weights, labels, strict=True)]
        controls += [
            self.slider("b", "b", -8, 8),
            [
                self.button("× 2", lambda: self.scale(2), _("Double every weight and the bias")),
                self.button("× −1", lambda: self.scale(-1), _("Turn the sign of every weight and of the bias")),
            ],
        ]
        if self.learning:
            play, once, speed = self.player(_("Learn once"))
            speed.value = PACE
            controls += [_("Learn"), [play, once, speed]]
        if self.movable:
            switch = self.button(_("Switch class"), self.switch_point, _("Turn the point from ○ to ×, or back"))
            add = self.button(_("Add point"), self.add_point, _("Add a ○"))
            remove = self.button(_("Remove"), self.remove_point, _("Take the point away"))
            controls += [_("Points"), [add, switch, remove]]
        return controls

    def _set_table(self, X, T, point=None):
        table = data.table(X, T, self.table.features, self.table.kinds)
        self.set(table=table, point=self.point if point is None else point)

    def _need_plane(self):
        if self.inputs != 2:
            raise ValueError(_("only points in the plane of two inputs can be moved or added."))

    def _nearest(self, x, y):
        x, y = inputs.number("x", x), inputs.number("y", y)
        panel = self.stage.panels[0]
        (left, right), (low, high) = panel.xlim, panel.ylim
        x = np.clip(x, np.ceil(left / STEP) * STEP, np.floor(right / STEP) * STEP)
        y = np.clip(y, np.ceil(low / STEP) * STEP, np.floor(high / STEP) * STEP)
        return np.round(np.array([x, y]) / STEP) * STEP

    def _free_place(self):
        panel = self.stage.panels[0]
        x, y = (values.ravel() for values in panel.grid(9, 9))
        places = np.unique([self._nearest(*place) for place in zip(x, y, strict=True)], axis=0)
        distances = np.hypot(*(places[:, None] - self.table.X[None]).transpose(2, 0, 1)).min(axis=1)
        return places[distances.argmax()]

    @traitlets.validate("table")
    def _check_table(self, proposal):
        """A lab has a slider for each column, so another table should have as many."""
        columns = proposal["value"].X.shape[1]
        if self._built and columns != self.inputs:
            message = _("this lab takes a table of {wanted} columns, one for each input; this one has {columns}.")
            raise traitlets.TraitError(message.format(wanted=self.inputs, columns=columns))
        return proposal["value"]
