"""The explain lab itself: a row to turn, copies to add, and the truth to mark explanations by."""

import numpy as np

from annkit.labs.base.lab import Lab
from annkit.labs.base.traits import Flag, Number, Whole
from annkit.labs.explain import friedman, picture, saying
from annkit.labs.explain.friedman import FEATURES, MOST_COPIES
from annkit.stage import ARROWS, bare, new_figure
from annkit.translation import N_, _

STEPS = 20
"""Hands turn features in so many steps from 0 to 1."""
MOST_SPLITS = 20
COPIES = tuple(f"copy{k + 1}" for k in range(MOST_COPIES))


class ExplainLab(Lab):
    """A network on a table whose truth is known: what it would answer if, what matters to it, and whether that is so.

    The answers are made of x₁ to x₅ by a formula, with noise; x₆ and x₇ do nothing. The network learns 400 rows and is
    explained on the other 200.

    Parameters
    ----------
    copies : int
        How many copies of x₄ the table has as well, from 0 to 3; each is a little off.
    split : int
        Which rows are held out, and which start weights are drawn; from 1 to 20.
    as_one : bool
        Whether x₄ and its copies are turned and shuffled as one.
    truth : bool
        Whether the formula is shown, and what a perfect model would lose.
    x1, x2, x3, x4, x5, x6, x7 : float
        The row that is explained, from 0 to 1.
    copy1, copy2, copy3 : float
        Its copies of x₄, where there are some; what x₄ is, if left out and when their number changes.

    Examples
    --------
    >>> lab = ExplainLab(x1=0.9)
    >>> lab.model.net.sizes, lab.importance.round(1).tolist()
    ((7, 16, 1), [0.4, 0.6, 0.2, 0.6, 0.2, 0.0, 0.0])
    """

    copies = Whole(0, 0, MOST_COPIES)
    split = Whole(7, 1, MOST_SPLITS)
    as_one = Flag(False)
    truth = Flag(False, glance=True)
    x1, x2, x3, x4 = Number(0.5, 0, 1), Number(0.5, 0, 1), Number(0.5, 0, 1), Number(0.5, 0, 1)
    x5, x6, x7 = Number(0.5, 0, 1), Number(0.5, 0, 1), Number(0.5, 0, 1)
    copy1, copy2, copy3 = (Number(lambda lab: lab.x4, 0, 1) for _ in range(MOST_COPIES))

    label = N_("For each feature the network's answer along it, with the row's place to drag, and its importance")
    wide = True
    _drawn = None

    # What is computed.

    @property
    def model(self):
        """The network that has learned, a `friedman.Model`."""
        return friedman.model(self.copies, self.split)

    @property
    def columns(self):
        """The names of the parts of the state that make the row."""
        return [*(f"x{k + 1}" for k in range(FEATURES)), *COPIES[: self.copies]]

    @property
    def x(self):
        """The row that is explained, shape (columns,)."""
        x = np.array([getattr(self, name) for name in self.columns])
        if self.as_one:
            x[FEATURES:] = self.x4
        return x

    @property
    def output(self):
        """What the network answers for the row."""
        return float(self.model.predict(self.x[None, :])[0])

    @property
    def explained(self):
        """What is said of that network, a `friedman.Explained`."""
        return self.model.explained(self.as_one)

    @property
    def slopes(self):
        """How the answer goes with each feature at this row, shape (features,)."""
        return self.explained.slopes(self.model, self.x)

    @property
    def r2(self):
        """R² on the rows held out."""
        return float(self.model.r2)

    @property
    def importance(self):
        """How much of R² is lost when a feature is shuffled, shape (features,)."""
        return self.explained.importance

    def add_copy(self):
        """Add a copy of x₄ to the table, and let a network learn that."""
        if self.copies < MOST_COPIES:
            self.copies += 1

    def settle(self, changed):
        """Copies are what x₄ is: where there are others than before, and where it is turned with them."""
        if not changed & set(COPIES) and ("copies" in changed or self.as_one and changed & {"x4", "as_one"}):
            self.set(**dict.fromkeys(COPIES, self.x4))

    # The picture.

    def setting(self, now):
        return len(self.explained.parts)

    def figure(self, columns):
        figure, axes = new_figure(*picture.SIZE)
        bare(axes)
        picture.prepare(axes, columns)
        return figure

    def draw(self):
        if self._drawn is not self.explained:
            self._drawn, self._steady = self.explained, picture.steady(self.explained)
        now = picture.Now(self.x, self.output, self.slopes)
        self.stage.show(picture.live(self, now), picture.handles(self, now), steady=self._steady)

    def words(self):
        return list(saying.words(self))

    # What hands do.

    def dragged(self, handle, x, y):
        self._turn(handle, picture.PANELS[self.columns.index(handle)].data(x, y)[0])

    def pressed(self, handle, key):
        if key in ARROWS:
            self._turn(handle, getattr(self, handle) + sum(ARROWS[key]) / STEPS)

    def clicked(self, x, y):
        if picture.place_of_copy(x, y, self.copies):
            self.add_copy()

    def _turn(self, name, value):
        value = round(min(1, max(0, value)) * STEPS) / STEPS
        setattr(self, name, value)

    def controls(self):
        self.add_class("annkit-tight")
        self._flags = {
            "truth": self.button("", lambda: self.set(truth=not self.truth), _("The formula that made the answers")),
            "as_one": self.button(
                "", lambda: self.set(as_one=not self.as_one), _("Turn and shuffle x₄ and its copies as one")
            ),
        }
        self._flags["truth"].add_class("annkit-strong")
        features = [self.slider(f"x{k + 1}", picture.written(k), 0, 1, 1 / STEPS) for k in range(FEATURES)]
        self._copies = [
            self.slider(name, picture.written(FEATURES + k), 0, 1, 1 / STEPS) for k, name in enumerate(COPIES)
        ]
        return [
            _("What if the row were another?"),
            *features,
            *self._copies,
            _("The table"),
            self.slider("copies", _("copies"), 0, MOST_COPIES, 1),
            self.slider("split", _("split"), 1, MOST_SPLITS, 1),
            [self._flags["truth"], self._flags["as_one"]],
        ]

    def show_controls(self):
        for k, slider in enumerate(self._copies):
            slider.layout.display = "" if k < self.copies and not self.as_one else "none"
        self._flags["truth"].description = _("Hide the truth") if self.truth else _("Show the truth")
        self._flags["as_one"].description = _("x₄ alone") if self.as_one else _("x₄ and copies as one")
        self._flags["as_one"].disabled = not self.copies
