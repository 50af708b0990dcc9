"""The rule lab's picture: the plane of the points, and where a model says what in it."""

import numpy as np

from annkit.labs.base.axes import on_axes
from annkit.labs.base.halfplane import crossing
from annkit.labs.base.lab import verdict
from annkit.labs.rule import cards
from annkit.labs.rule.models import CUTS, GIVEN, KNOBS
from annkit.labs.rule.saying import MADE
from annkit.stage import Handle, Panel, bare, marks, new_figure
from annkit.translation import _
from annkit.wording import brief, number, row_of

WIDTH, HEIGHT = 492, 534
STAGE = Panel.whole(WIDTH, HEIGHT)
"""The whole picture, in stage units."""
SQUARE = Panel.plain(0, 0, 1, 1, (0, 100), (0, 100))
"""The plane of the two variables."""
MARGIN = 3
"""The plane is seen so far beyond 0 and 100, so that points at its edge are whole."""
ANSWERS = "orange", "blue"
"""The colours of × and ○."""
COLOURS = "violet", "teal"
"""The colours of the two made variables."""
SHADE, CORNER = 0.22, 0.1
TENS = np.arange(0, 101, 20)
SHEET = np.array([[[[a, 0], [a, 100]], [[0, a], [100, a]]] for a in TENS], float).reshape(-1, 2, 2)
"""The grid of the two variables, which is seen moving, shape (12, 2, 2)."""
PLACES = np.array([(x, y) for x in range(9, 94, 6) for y in range(7, 95, 5)], float)
"""Where it can be written what a model says, in the plane of the two variables."""
WIDE = 1.9
"""Words need so many times more room to their sides than above and below."""
INSET, ARROW, WORDS = 16, 18, 31
"""So far from the end of a border lies its knob; so far beside it end its arrow and stand its words. In stage units."""
ALONG = np.array([[0.25, 0.33, 0.17, 0.41, 0.49, 0.57, 0.65], [0.72, 0.64, 0.8, 0.56, 0.48, 0.4, 0.32]])
"""Where along its border each made variable's words may stand, the usual place first."""
ROOM = 28, 14
"""How much room they need: so far to either side, and so far up and down. In stage units."""


def figure():
    """The set: the plane, and room for the cards."""
    made, (plane, below) = new_figure(WIDTH, HEIGHT, nrows=2, height_ratios=(HEIGHT - 118, 110))
    limits = (-MARGIN, 100 + MARGIN)
    plane.set(xlim=limits, ylim=limits, xticks=TENS, yticks=TENS)
    plane.grid(True)
    plane.set_ylabel(" ", fontsize=9)  # room for the axis' name among its numbers
    bare(below)
    return made


def room_between(X):
    """How much room there is at each of `PLACES` between the points X, shape (n, 2)."""
    gaps = np.abs(PLACES[:, None] - X[None]) / (WIDE, 1)
    return gaps.max(axis=2).min(axis=1)


class Picture:
    """The picture of a `RuleLab` as it is now.

    Parameters
    ----------
    held : tuple, optional
        The knob that a hand holds, and where, in stage units.

    Attributes
    ----------
    places : ndarray, shape (n, 2)
        Where its points are, in stage units.
    """

    def __init__(self, lab, held=None):
        self.lab, self.panel, self.held = lab, lab.stage.panels[0], held
        self.made, self.way = lab.model == "made", lab.on_the_way
        self.now = lab.now
        self.model, self.right = self.now.models[lab.model], self.now.right[lab.model][: lab.half]
        self.turn = np.eye(2)
        if self.way:
            shares = np.array([[cut.share, 100 - cut.share] for cut in self.model.cuts]) / 100
            self.turn = (1 - self.way) * self.turn + self.way * shares.T
        self.X, self.labels, self.chosen = lab.X @ self.turn, lab.labels, lab.point - 1
        self.places = self.panel.place(*self.X.T)
        self.borders = [crossing(SQUARE, cut.border) @ self.turn for cut in self.model.cuts]

    def show(self):
        """Put it on the lab's stage."""
        plane = [*self._regions(), *self._lines(), *self._points(), *self._says(), *self._on_sides()]
        axes = [*self._names(), *self._chosen_on_axes()]
        models = {name: (model, self.now.share_right(name)) for name, model in self.now.models.items()}
        live = marks.clip(self.panel, *plane) + "".join(axes) + cards.drawn(models, self.lab.model)
        self.lab.stage.show(live, [*self._knobs(), self._point()])

    # Where the model says what.

    def _regions(self):
        """The plane of the variables, which moves as a sheet; and at last the corner where the made variables say ○."""
        if self.way:
            first, second = GIVEN
            corner = [first, 100, 100, first], [0, 0, second, second]
            yield marks.area(self.panel, *corner, "blue", CORNER * self.way)
        for outline, answer in self.model.cells():
            yield marks.area(self.panel, *(outline @ self.turn).T, ANSWERS[answer], SHADE)
        if self.way:
            yield marks.lines(self.panel, SHEET @ self.turn, width=1, opacity=0.14)

    def _lines(self):
        """The borders; and on the way to the plane of the mixes the cut-offs there, which they lead to."""
        for k, ends in enumerate(self.borders):
            if self.way:
                guide = [GIVEN[k]] * 2, [0, 100]
                yield marks.line(self.panel, *(guide[::-1] if k else guide), COLOURS[k], 2, "3 5", self.way)
            if len(ends):
                yield marks.line(self.panel, *ends.T, "paper", 7, opacity=0.6)
                yield marks.line(self.panel, *ends.T, COLOURS[k] if self.made else "ink", 3)

    def _says(self):
        """What the model says, once for each answer: where points and borders leave it most room."""
        kinds = self.lab.table.kinds
        if self.way:
            words = marks.text(self.panel, 100, GIVEN[1], kinds[1], "blue", "end", 14, (-4, 14), bold=True)
            yield faded(words, self.way)
            return
        room = np.min([self.lab.room, *(cut.away(PLACES) for cut in self.model.cuts)], axis=0)
        answers = self.model.predict(PLACES)
        for answer in (0, 1):
            here = np.where(answers == answer, room, 0)
            if here.any():
                yield marks.text(self.panel, *PLACES[here.argmax()], kinds[answer], ANSWERS[answer], size=15, bold=True)

    def _on_sides(self):
        """An arrow to the side where each made variable is on: from its border, or on the way from its cut-off."""
        for k, ends in enumerate(self.borders if self.made else ()):
            if self.way or len(ends):
                foot, across = self._foot_at_cut_off(k) if self.way else self._foot_at_border(k, ends)
                tip, words = (self.panel.data(*(foot + far * across)) for far in (ARROW, WORDS))
                mark = marks.arrow(self.panel, *np.transpose([self.panel.data(*foot), tip]), COLOURS[k], 2, 8)
                called, shift = _("{name} on").format(name=MADE[k]), (14 * across[0], 0)
                mark += marks.text(self.panel, *words, called, COLOURS[k], size=13, bold=True, shift=shift)
                yield faded(mark, self.way or 1)

    def _foot_at_cut_off(self, k):
        """Where the arrow of a made variable begins in the plane of the mixes, and its way, in stage units."""
        place, across = [((GIVEN[0], 97), (1, 0)), ((97, GIVEN[1]), (0, -1))][k]
        return self.panel.place(*place)[0], np.array(across)

    def _foot_at_border(self, k, ends):
        """Where it begins on a border, and its way: to the right and up, where mixes are larger."""
        start, end = self.panel.place(*ends.T)
        across = np.array([end[1] - start[1], start[0] - end[0]]) / np.hypot(*(end - start))
        across = across if across[0] > across[1] else -across
        feet = start + ALONG[k][:, None] * (end - start)
        words = feet + WORDS * across + (14 * across[0], 0)
        gaps = (np.abs(words[:, None] - self.places) / ROOM).max(axis=2).min(axis=1)
        return feet[np.minimum(gaps, 1).argmax()], across  # the first with room; else the one with most

    # The points.

    def _points(self):
        for label in (0, 1):
            for wrong in (False, True):
                these = (self.labels == label) & (self.right != wrong)
                yield marks.points(self.panel, *self.X[these].T, label, ring=wrong)

    def _chosen_on_axes(self):
        """The way from the point that is explained to both axes, and its numbers there."""
        x, y = self.X[self.chosen].tolist()
        corner = [self.panel.xlim[0], x, x], [y, y, self.panel.ylim[0]]
        yield marks.line(self.panel, *corner, "ink", 1, dash="4 3", opacity=0.7)
        yield from on_axes(self.panel, x, y)

    def _names(self):
        """The names of the axes, among their numbers: half way there those of the mixes come instead."""
        (x, y), colours, opacity = map(brief, self.lab.table.features), ("ink", "ink"), 1 - 2 * self.way
        if opacity < 0:
            (x, y), colours, opacity = (_("mix 1"), _("mix 2")), COLOURS, -opacity
        names = marks.text(self.panel, 90, -MARGIN, x, colours[0], size=13, shift=(0, 13), bold=True)
        names += marks.text(self.panel, -MARGIN, 90, y, colours[1], "end", 13, (-2, 0), bold=True)
        yield faded(names, opacity)

    # What can be taken hold of.

    def _point(self):
        """The point that is explained."""
        i, table = self.chosen, self.lab.table
        label, wrong = self.labels[i], not self.right[i]
        words = _("point {point}, {kind} at {place}, {verdict}")
        said = {"point": i + 1, "kind": table.kinds[label], "place": row_of(table.X[i]), "verdict": verdict(not wrong)}
        mark = marks.point(label, ring=wrong, chosen=True)
        return Handle(f"p{i + 1}", self.panel, *self.X[i], mark, words.format(**said), movable=False)

    def _knobs(self):
        """What moves and what turns the borders; on the way to the mixes nothing does."""
        for k, ends in enumerate(self.borders):
            for name in KNOBS[self.lab.model][k] if len(ends) and not self.way else ():
                start, end = places = self.panel.place(*ends.T)
                x, y = self._on_border(name, *places, self.model.cuts[k].at)
                words = _("the border, {name} = {value}").format(name=name, value=number(getattr(self.lab, name)))
                mark = marks.grip(np.degrees(np.arctan2(end[0] - start[0], start[1] - end[1])))
                yield Handle(name, STAGE, x, y, mark, words, axes="", reach=13)

    def _on_border(self, name, start, end, pivot):
        """Where on its border a knob is, in stage units. One that moves it: at the hand, else in its middle.

        One that turns it: near the end at the hand, else near that which is farther from the place that stays.
        """
        held = np.array(self.held[1:]) if self.held and self.held[0] == name else None
        length = np.hypot(*(end - start))
        along = (end - start) / length
        if name in CUTS:
            far = length / 2 if held is None else np.clip((held - start) @ along, 0, length)
            return start + far * along
        if held is None:
            held = start + end - self.panel.place(pivot, pivot)[0]  # opposite of the place that stays
        near_start = np.hypot(*(held - start)) < np.hypot(*(held - end))
        far = min(INSET, length / 2)
        return start + far * along if near_start else end - far * along


def faded(mark, opacity):
    """A mark that is there only so far."""
    return f'<g opacity="{opacity:.3g}">{mark}</g>' if opacity < 1 else mark
