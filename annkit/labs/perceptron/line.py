"""The line by hand: it is dragged at a knob, and turned by its arrow w, which stands where it has room."""

from typing import NamedTuple

import numpy as np

from annkit.labs.base.halfplane import crossing
from annkit.labs.base.lab import STEP, nearest
from annkit.labs.base.traits import FARTHEST
from annkit.perceptron import Perceptron
from annkit.stage import ARROWS, Handle, marks
from annkit.translation import _
from annkit.wording import number, row_of

LINE, ARROW = "line", "w"
"""The handles' ids."""
UNIT = 0.09
"""The length of w for a weight of 1, as a share of the window; it is halved for longer ones."""
EDGE = 0.03
"""The arrow stays so far away from the window's edge, as a share of it."""
INNER = 0.2
"""Where (0, 0) lies so far in the window, w begins there."""
APART = 34
"""The knob keeps so far away from points, in stage units, where it can."""


class Stand(NamedTuple):
    """Where the arrow w begins, and how long a weight of 1 is drawn; in data coordinates."""

    x: float
    y: float
    unit: float

    @classmethod
    def of(cls, window, X):
        """At (0, 0); where that is not well within the window, in the middle of the quarter with the most room."""
        low, high = np.transpose([window.xlim, window.ylim])
        size = high - low
        unit = UNIT * float(size[0])
        if (low + INNER * size <= 0).all() and (high - INNER * size >= 0).all():
            return cls(0.0, 0.0, unit)
        quarters = low + size * [[0.25, 0.75], [0.75, 0.25], [0.75, 0.75], [0.25, 0.25]]
        room = np.hypot(*(quarters[:, None] - X[None]).transpose(2, 0, 1)).min(axis=1)
        return cls(*quarters[room.argmax()].tolist(), unit)

    def tip(self, weights):
        """Where the arrow of these weights ends, shape (2,) or (n, 2)."""
        return np.array([self.x, self.y]) + self.unit * np.asarray(weights)

    def weights(self, x, y):
        """The weights whose arrow ends at (x, y)."""
        return (np.array([x, y]) - [self.x, self.y]) / self.unit

    def with_room(self, window, arrows):
        """The same, its unit halved until all these arrows, shape (n, 2), end within the window."""
        low, high = _inner(window)
        while ((tips := self.tip(arrows)) < low).any() or (tips > high).any():
            self = self._replace(unit=self.unit / 2)
        return self


def _inner(window):
    low, high = np.transpose([window.xlim, window.ylim])
    return low + EDGE * (high - low), high - EDGE * (high - low)


class Line:
    """How a `PerceptronLab` of two inputs is turned in its picture. The lab brings `perceptron` and its weights."""

    _held = None  # where a hand drags the line just now

    def grips(self, panel, stand):
        """The handles of the line, where there is one in the panel, and of the arrow."""
        neuron = self.perceptron()
        ends = crossing(panel, neuron)
        if len(ends):
            place = self._knob(panel, ends, stand.tip([neuron.weights, (0, 0)]))
            w1, w2 = neuron.weights
            mark = marks.grip(np.degrees(np.arctan2(-w2, w1)))
            label = _("the line, b = {b}").format(b=number(self.b))
            yield Handle(LINE, panel, *place, mark, label, axes="", reach=13)
        label = _("the arrow w = {weights}").format(weights=row_of(neuron.weights))
        yield Handle(ARROW, panel, *stand.tip(neuron.weights), '<circle r="4.5" class="annkit-n"/>', label, reach=12)

    def turn_by_hand(self, handle, x, y):
        """One of the two was dragged to (x, y): the line moves to there, or the weights are those of the arrow."""
        if handle == LINE:
            before = self.b
            self._shift_line(-float(self.perceptron().weights @ (x, y)))
            self._held = (x, y) if self.b != before else None  # else nothing is drawn that would take it
        else:
            window, stand = self.drawn_for[:2]
            w1, w2 = stand.weights(*np.clip((x, y), *_inner(window)))
            self.set(w1=nearest(w1, -FARTHEST, FARTHEST), w2=nearest(w2, -FARTHEST, FARTHEST))

    def turn_by_key(self, handle, key):
        """An arrow key on one of the two: the line moves that way, or the tip of the arrow."""
        way = np.array(ARROWS[key])
        if handle == LINE:
            self._shift_line(self.b - STEP * float(np.sign(self.perceptron().weights @ way)))
        else:
            w1, w2 = self.perceptron().weights + STEP * way
            self.set(w1=float(w1), w2=float(w2))

    def _shift_line(self, b):
        """Another bias, the nearest quarter to `b`, as long as the line stays in the picture."""
        b = nearest(b, -FARTHEST, FARTHEST)
        if len(crossing(self.stage.panels[0], Perceptron(self.perceptron().weights, b))):
            self.b = b

    def _knob(self, panel, ends, arrow):
        """Where on the line its knob is: at the hand that drags it, else as near to the middle as it has room.

        It keeps away from points and from both ends of the `arrow`, shape (2, 2). In data coordinates, as two floats.
        """
        held, self._held = self._held, None
        start, end = panel.place(*ends.T)
        length = np.hypot(*(end - start))
        along = (end - start) / length
        wanted = panel.place(*held)[0] if held else np.array([panel.x + panel.width / 2, panel.y + panel.height / 2])
        at = np.clip((wanted - start) @ along, 0, length)
        if held is None:
            shifts = at + APART * np.array([0, 1, -1, 2, -2, 3, -3, 4, -4])
            shifts = shifts[(shifts > APART / 2) & (shifts < length - APART / 2)]
            others = panel.place(*np.vstack([self.table.X, arrow]).T)
            if len(shifts):
                places = start + shifts[:, None] * along
                room = np.hypot(*(places[:, None] - others[None]).transpose(2, 0, 1)).min(axis=1)
                at = shifts[np.argmax(np.minimum(room, APART))]
        return panel.data(*(start + at * along))


def line_marks(panel, neuron, colour="ink", width=2.5, dash=None, opacity=1):
    """The line of a perceptron within a panel, as marks; none where it has none there."""
    ends = crossing(panel, neuron)
    return marks.line(panel, *ends.T, colour, width, dash, opacity) if len(ends) else ""


def two_places(neuron, window):
    """Two places of the line of a perceptron, shape (2, 2), for words: where it crosses the axes.

    Where the line lies in the window, but crosses an axis outside of it, a place at a round number within is told
    instead.
    """
    (w1, w2), b = neuron.weights, neuron.bias
    with np.errstate(over="ignore"):
        if not w2:
            places = np.array([(-b / w1, 0), (-b / w1, 1)])
        elif not w1:
            places = np.array([(0, -b / w2), (1, -b / w2)])
        else:
            places = np.array([(0, -b / w2), (-b / w1, 0)] if b else [(0, 0), (1, -w1 / w2)])
    ends = crossing(window, neuron)
    if window.holds(places) or not len(ends):
        return places
    along = 0 if abs(w1) <= abs(w2) else 1
    low, high = sorted(ends[:, along])
    unit = 10 ** np.floor(np.log10(high - low)) / 2
    ends[:, along] = unit * np.array([np.ceil(low / unit), np.floor(high / unit)])
    ends[:, 1 - along] = -(neuron.weights[along] * ends[:, along] + b) / neuron.weights[1 - along]
    for place in places:
        if window.holds(place[None]):
            return np.array([place, max(ends, key=lambda end: np.hypot(*(end - place)))])
    return ends
