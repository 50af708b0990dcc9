"""The perceptron lab: weights and a bias to turn, points to drag, and the line between O and X that follows."""

import ipywidgets
import numpy as np
import traitlets

from annkit import data, inputs
from annkit.labs.base.lab import STEP, Lab, number_of, score, verdict
from annkit.labs.base.traits import Number, RowOf, TableOf
from annkit.labs.halfplane import crossing
from annkit.labs.perceptron_learning import START as NOTHING_LEARNT
from annkit.labs.perceptron_learning import Learning
from annkit.labs.perceptron_pictures import MOST_HANDLES, Plane, Sums, Window
from annkit.perceptron import Perceptron
from annkit.stage import ARROWS, Handle, Stage, marks
from annkit.translation import _
from annkit.wording import number, weighted_sum

START = {2: {"w1": 0.5, "w2": 1.0, "b": -0.5}, 3: {"w1": 0.5, "w2": -0.2, "w3": 0.9, "b": -2.0}}


class PerceptronLab(Learning, Lab):
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
    0 × 1 + 0 × 1 − 1.5 = −1.5 ≤ 0 → X (point 1: right)
    4 of 4 right.
    The line goes from (0, 1.5) to (1.5, 0).
    """

    glance = ("point",)
    table = TableOf(columns=(2, 3), classes=1)
    w1, w2, w3, b = Number(), Number(), Number(), Number()
    point = RowOf()
    editable = traitlets.Bool(True)

    def __init__(self, table=None, *, w1=None, w2=None, w3=None, b=None, point=1, editable=True, learning=False,
                 progress=NOTHING_LEARNT):  # fmt: skip
        super().__init__()
        self.table = data.four_points() if table is None else table
        count = self.table.X.shape[1]
        self._weights = tuple(START[count])[:-1]
        self.state = ("table", *self._weights, "b", "point", "editable", "learning", "progress")
        given = {name: value for name, value in (("w1", w1), ("w2", w2), ("w3", w3), ("b", b)) if value is not None}
        for name, value in (START[count] | given).items():
            inputs.choice("name", name, self.state)
            setattr(self, name, value)
        self.point = point
        self.editable = editable
        self.learning = learning
        self.progress = progress
        self.picture = Plane() if count == 2 else Sums()
        label = _("Picture of the perceptron; each point is a button")
        self.build(Stage(self.picture.figure(self), label=label), self._controls())
        self.observe(self._forget, ["table", *self._weights, "b"])

    def perceptron(self):
        """The perceptron as it stands, an `annkit.Perceptron`."""
        return Perceptron([getattr(self, name) for name in self._weights], self.b)

    def scale(self, factor):
        """Multiply every weight and the bias by a number. Raises `TraitError` where one would become too large."""
        factor = inputs.number("factor", factor)
        self.set(**{name: factor * getattr(self, name) for name in (*self._weights, "b")})

    def move_point(self, x, y):
        """Move the chosen point to (x, y), to the nearest quarters within the picture. Raises `ValueError`."""
        self._need_plane()
        X = self.table.X.copy()
        X[self.point - 1] = self._nearest(x, y)
        self._set_table(X, self.table.T)

    def add_point(self, x=None, y=None):
        """Add an O at (x, y), or at a free place, and choose it; choose the one that is there already.

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
        """Make the chosen point an O if it is an X, and an X if it is an O."""
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

    def draw(self):
        if not self.picture.fits(self, *self.stage.panels):
            self.stage.set_figure(self.picture.figure(self))
        self.stage.show(*self.picture.draw(self, *self.stage.panels))

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
            self._arithmetic(right),
            score(right, [str(point) for point in range(1, len(self.table) + 1)]),
            *(self.lesson() if self.learning else self._line_in_words()),
        ]

    def _arithmetic(self, right):
        neuron, row = self.perceptron(), self.table.X[self.point - 1]
        total = neuron.sums(row[None, :])[0]
        comparison = "> 0 → O" if total > 0 else "≤ 0 → X"
        sentence = _("{sum} = {total} {comparison} (point {point}: {verdict})")
        return sentence.format(
            sum=weighted_sum(row, neuron.weights, neuron.bias), total=number(total), comparison=comparison,
            point=self.point, verdict=verdict(right[self.point - 1]),
        )  # fmt: skip

    def _line_in_words(self):
        if len(self._weights) != 2:
            return []
        # Within the window that the table asks for: the picture may still be wider, from where a point was before.
        windows = Window.around(self.table.X), self.stage.panels[0]
        ends = next(filter(len, (crossing(window, self.perceptron()) for window in windows)), ())
        if not len(ends):
            return [_("There is no line in the picture: every place in it gets the same answer.")]
        start, end = (", ".join(number(round(value, 4)) for value in place) for place in ends)
        return [_("The line goes from ({start}) to ({end}).").format(start=start, end=end)]

    # What hands do.

    def dragged(self, handle, x, y):
        self.point = number_of(handle)
        self.move_point(*self.stage.panels[0].data(x, y))

    def chosen(self, handle, again):
        self.point = number_of(handle)
        if again and self.editable:
            self.switch_point()

    def clicked(self, x, y):
        panel = self.stage.panels[0]
        if not panel.holds(x, y):
            return
        if self.movable:
            self.add_point(*panel.data(x, y))
        elif len(self.table) > MOST_HANDLES:
            self.point = int(np.hypot(*(panel.place(*self.table.X.T) - (x, y)).T).argmin()) + 1

    def pressed(self, handle, key):
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
        return self.editable and len(self._weights) == 2 and len(self.table) <= MOST_HANDLES

    def _controls(self):
        labels = data.names("w", len(self._weights))
        controls = [self.slider(name, label, -4, 4) for name, label in zip(self._weights, labels, strict=True)]
        controls.append(self.slider("b", "b", -8, 8))
        rows = [[
            self.button("× 2", lambda: self.scale(2), _("Double every weight and the bias")),
            self.button("× −1", lambda: self.scale(-1), _("Turn the sign of every weight and of the bias")),
            self.button(_("Reset"), self.reset, _("Back to the start, the points too")),
        ]]  # fmt: skip
        if self.movable:
            rows.append([
                self.button(_("Add point"), self.add_point, _("Add an O")),
                self.button(_("Switch class"), self.switch_point, _("Turn the chosen point from O to X, or back")),
                self.button(_("Remove"), self.remove_point, _("Take the chosen point away")),
            ])  # fmt: skip
        if self.learning:
            rows.append(self.player(_("Learn once")))
        return controls + [ipywidgets.HBox(row) for row in rows]

    def _set_table(self, X, T, point=None):
        table = data.table(X, T, self.table.features, self.table.kinds)
        self.set(table=table, point=self.point if point is None else point)

    def _need_plane(self):
        if len(self._weights) != 2:
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
        if self._built and columns != len(self._weights):
            message = _("this lab takes a table of {wanted} columns, one for each input; this one has {columns}.")
            raise traitlets.TraitError(message.format(wanted=len(self._weights), columns=columns))
        return proposal["value"]
