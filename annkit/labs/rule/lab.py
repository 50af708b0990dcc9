"""The rule lab: a threshold, a line and two made variables, and what each says of a point that is clicked."""

import html

import ipywidgets
import numpy as np
import traitlets

from annkit import data, inputs
from annkit.labs.base.lab import Lab
from annkit.labs.base.traits import Choice, Number, Whole
from annkit.labs.rule import cards
from annkit.labs.rule.models import CUTS, GIVEN, MODELS, STEP, share_through
from annkit.labs.rule.picture import Picture, figure, room_between
from annkit.labs.rule.saying import words, written
from annkit.labs.rule.state import Days, Now, RowToLearnFrom
from annkit.stage import ARROWS
from annkit.translation import N_, _

WHEN = ("x1 above", "x1 below", "x2 above", "x2 below")
TICK = 1 / 32
"""How much farther the points move with a picture; exact in binary."""
NEAR = 6
"""Points so near to each other, in stage units, lie under each other."""


class RuleLab(Lab):
    """Three models of the same table, none of which has learnt: a hand turns them. Each says why it answers as it does.

    Parameters
    ----------
    table : annkit.data.Table, optional
        Two variables from 0 to 100 and two classes; ``data.weather(seed=1)`` if left out. The first half of its rows
        is drawn, the rest is held out.
    model : {"threshold", "line", "made"}
        Which of the three is drawn large.
    when : {"x1 above", "x1 below", "x2 above", "x2 below"}
        Where the threshold answers ○.
    cut : int
        The threshold's cut-off, from 0 to 100.
    mix, mix_cut : int
        The line: how many per cent of x₁ are in its mix, whose rest is x₂, and the cut-off above which it answers ○.
    mix1, mix2 : int
        The made variables: how many per cent of x₁ are in each mix. Given are their cut-offs, 40 and 60, and the last
        step: ○ where the first is on and the second off.
    point : int
        The number of the row that is explained, from 1.
    moved : float
        How far the points have moved, from 0, the plane of the two variables, to 1, that of the two mixes.

    Raises
    ------
    traitlets.TraitError
        If a value is none of these.

    Examples
    --------
    >>> lab = RuleLab(when="x2 above", cut=30)
    >>> print("\\n".join(lab.describe().splitlines()[:2]))
    It says rain, because x₂ is 84, above 30.
    point 1: rain is right
    """

    table = Days(lambda: data.weather(seed=1))
    model = Choice(MODELS)
    when, cut = Choice(WHEN), Whole(50, low=0, high=100)
    mix, mix_cut = Whole(50, low=0, high=100), Whole(50, low=0, high=100)
    mix1, mix2 = Whole(50, low=0, high=100), Whole(50, low=0, high=100)
    point = RowToLearnFrom(1, glance=True)
    moved = Number(0, low=0, high=1, glance=True)

    _known = None
    _held = None  # the knob that a hand drags just now, and where

    label = N_("Picture of the points and of the three models; the point that is explained is a button")
    motion = True

    # What is computed.

    @property
    def half(self):
        """How many rows are to learn from."""
        return len(self.table) // 2

    @property
    def X(self):
        """The rows to learn from, shape (half, 2)."""
        return self.table.X[: self.half]

    @property
    def labels(self):
        """The classes of the rows to learn from, 0 or 1, shape (half,)."""
        return self.table.labels[: self.half]

    @property
    def now(self):
        """The three models as they are turned, and for every row of the table whether they are right: a `Now`."""
        answer = self.answer
        if self._known is None or self._known[0] != answer:
            self._known = answer, Now(self)
        return self._known[1]

    @property
    def current(self):
        """The model that is drawn large, a `Model`."""
        return self.now.models[self.model]

    def predict(self, X):
        """What the model that is drawn large answers to the rows of X, 0 or 1, shape (n,)."""
        return self.current.predict(inputs.matrix("X", X, columns=2))

    def right(self, name=None):
        """For every row of the table, whether a model, or else the one drawn large, is right: booleans, shape (n,)."""
        return self.now.right[name or self.model]

    def share_right(self, name=None):
        """For which share of the rows held out a model, or else the one drawn large, is right."""
        return self.now.share_right(name or self.model)

    @property
    def numbers(self):
        """How many numbers have to be read to follow an answer of the model that is drawn large."""
        return self.current.numbers

    @property
    def on_the_way(self):
        """How far the points have moved: not at all unless variables are made."""
        return self.moved if self.model == "made" else 0.0

    def advance(self):
        """One step on the way to the plane of the mixes, which begins anew where it has ended. False at its end."""
        if self.model != "made":
            raise ValueError(_("only made variables move the points: choose them first."))
        self.moved = 0 if self.moved == 1 else min(1, self.moved + TICK)
        return self.moved < 1

    def settle(self, changed):
        """Whoever chooses a model sees the points where they are."""
        if "model" in changed and "moved" not in changed:
            self.moved = 0
            self.pause()

    def next_wrong(self):
        """Go on to the next point that the model gets wrong, if there is one."""
        wrong = np.flatnonzero(~self.right()[: self.half]) + 1
        if len(wrong):
            later = wrong[wrong > self.point]
            self.point = int(later[0] if len(later) else wrong[0])

    # The picture.

    def setting(self, now):
        return self.table

    def figure(self, setting):
        return figure()

    def place(self):
        self.room = room_between(self.X)

    def draw(self):
        held, self._held = self._held, None
        self._picture = Picture(self, held)
        self._picture.show()

    def words(self):
        return words(self)

    # What hands do.

    def dragged(self, handle, x, y):
        place = self.stage.panels[0].data(x, y)
        value = self._turned_to(handle, *place)
        if value is not None and value != getattr(self, handle):
            self._held = handle, x, y
            setattr(self, handle, value)

    def _turned_to(self, handle, x, y):
        """The value of a knob's part of the state whose border goes through a place, or None."""
        if handle in CUTS:
            return round(np.clip(self.current.cuts[0].mix((x, y)), 0, 100))
        at = {"mix": self.mix_cut, "mix1": GIVEN[0], "mix2": GIVEN[1]}[handle]
        return share_through(x, y, at)

    def clicked(self, x, y):
        if name := cards.at(x, y):
            self.model = name
        elif self.stage.panels[0].holds(x, y):
            self.point = int(np.hypot(*(self._picture.places - (x, y)).T).argmin()) + 1

    def chosen(self, handle, again):
        if again and handle not in self.parts:
            self.point = self._under()

    def pressed(self, handle, key):
        if handle in self.parts:
            if key in ARROWS:
                step = sum(ARROWS[key]) * (1 if handle in CUTS else STEP)
                setattr(self, handle, min(100, max(0, getattr(self, handle) + step)))
        elif key in ARROWS:
            self.point = self._beside(*ARROWS[key])
        elif key in ("Enter", " "):
            self.next_wrong()

    def _under(self):
        """The next of the points that lie under each other here."""
        places = self._picture.places
        near = np.flatnonzero(np.hypot(*(places - places[self.point - 1]).T) < NEAR) + 1
        return int(near[(near.tolist().index(self.point) + 1) % len(near)])

    def _beside(self, right, up):
        """The nearest point in a direction; the one that is explained, where there is none."""
        away = self._picture.places - self._picture.places[self.point - 1]
        ahead, aside = away @ [right, -up], np.abs(away @ [up, right])
        far = np.where(ahead > 0.5, ahead + 2 * aside, np.inf)
        return int(far.argmin()) + 1 if np.isfinite(far).any() else self.point

    def controls(self):
        self._shown_for = None
        rain = _("{kind} where").format(kind=self.table.kinds[1])
        threshold = [
            self.chooser("when", rain, dict(zip(WHEN, self._whens(), strict=True))),
            self.slider("cut", _("cut-off"), 0, 100, 1),
        ]
        per_cent = _("Per cent of {x1}; the rest is {x2}").format(x1=self.table.features[0], x2=self.table.features[1])
        line = [
            self.caption(per_cent),
            self.slider("mix", _("mix"), 0, 100, STEP),
            self.slider("mix_cut", _("cut-off"), 0, 100, 1),
        ]
        made = [
            self.caption(per_cent),
            self.slider("mix1", _("mix 1"), 0, 100, STEP),
            self.slider("mix2", _("mix 2"), 0, 100, STEP),
        ]
        move = self.slider("moved", _("move"), 0, 1, TICK)
        self._written = ipywidgets.HTML()
        self._written.add_class("annkit-model")
        given = self.caption(_("Given: {first}, {second} and the last line").format(first=GIVEN[0], second=GIVEN[1]))
        play = self.player()
        self._groups = {"threshold": threshold, "line": line, "made": [*made, given, move, *play]}
        names = {name: _(words) for name, words in MODELS.items()}
        wrong = self.button(_("Next wrong point"), self.next_wrong, _("Go to the next point that the model gets wrong"))
        written_down = [self.caption(_("The model")), self._written, given]
        chooser = self.chooser("model", _("Model"), names)
        return [chooser, *threshold, *line, *made, *written_down, move, [*play, wrong]]

    def show_controls(self):
        self._written.value = "<br>".join(map(html.escape, written(self)))
        if self._shown_for == self.model:
            return
        self._shown_for = self.model
        for name, group in self._groups.items():
            for control in group:
                control.layout.display = "" if name == self.model else "none"

    @traitlets.validate("table")
    def _check_table(self, proposal):
        """A lab's controls name its variables and what it answers, so another table should have the same names."""
        table = proposal["value"]
        if self._built and (table.features, table.kinds) != (self.table.features, self.table.kinds):
            message = _("this lab takes tables of {features} with the answers {kinds}; make another lab for this one.")
            names = {"features": ", ".join(self.table.features), "kinds": ", ".join(self.table.kinds)}
            raise traitlets.TraitError(message.format(**names))
        return table

    def _whens(self):
        sentences = [_("{variable} is above"), _("{variable} is below")]
        return [sentence.format(variable=name) for name in self.table.features for sentence in sentences]
