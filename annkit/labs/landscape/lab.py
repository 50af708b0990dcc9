"""The landscape lab: where three optimizers go from one start, step by step."""

from annkit.labs.base.lab import STEP, Lab, nearest
from annkit.labs.base.traits import Choice, Number, Whole
from annkit.labs.landscape import saying
from annkit.labs.landscape.chart import HEIGHT, WIDTH, chart, crosses, ends, trail
from annkit.labs.landscape.lands import LANDS, MOST_STEPS, NAMES, WALKERS, XLIM, YLIM, walks
from annkit.stage import ARROWS, Handle, marks, new_figure
from annkit.translation import N_, _
from annkit.wording import number


class LandscapeLab(Lab):
    """An error over two weights, and three optimizers that go down on it from the same start.

    Parameters
    ----------
    land : {"valley", "bowl", "hill"}
        The error.
    w1, w2 : float
        Where all three start.
    learning_rate, momentum : float
        α, of all three, and μ, of the second.
    steps : int
        How many they have made.
    walker : {"plain", "momentum", "adam"}
        The one whose arithmetic is shown.
    """

    label = N_("Contours of an error over two weights, with the ways of three optimizers")
    land = Choice(list(LANDS))
    w1 = Number(-4, *XLIM)
    w2 = Number(1, *YLIM)
    learning_rate = Number(0.1, 0, 10)
    momentum = Number(0.8, 0, 0.99)
    steps = Whole(0, 0, MOST_STEPS, glance=True)
    walker = Choice(list(WALKERS), usual="momentum", glance=True)

    @property
    def walks(self):
        """Each optimizer's `Walk`."""
        key = self.land, (self.w1, self.w2), self.learning_rate, self.momentum
        if self._walked != key:
            self._walked, self._walks = key, walks(*key)
        return self._walks

    def advance(self):
        """All three make a step. Returns False after the last that is shown."""
        if self.steps >= MOST_STEPS:
            return False
        self.steps += 1
        return not all(walk.left(self.steps) or walk.arrived(self.steps) is not None for walk in self.walks.values())

    # The picture.

    def setting(self, now):
        return self.land

    def figure(self, setting):
        figure, axes = new_figure(WIDTH, HEIGHT)
        axes.set(xlim=XLIM, ylim=YLIM, xlabel="w₁", ylabel="w₂", yticks=range(-2, 3), xticks=range(-5, 6))
        axes.grid(False)
        return figure

    def place(self):
        (panel,) = self.stage.panels
        self._chart = chart(panel, LANDS[self.land])

    def draw(self):
        (panel,) = self.stage.panels
        shown = {name: walk.upto(self.steps) for name, walk in self.walks.items()}
        live = [crosses(panel, LANDS[self.land]), *(trail(panel, name, places) for name, places in shown.items())]
        if self.steps:
            live += ends(panel, shown, self.walker)
        start = Handle("start", panel, self.w1, self.w2, marks.dot(8, middle=True), self._start_words())
        self.stage.show(marks.clip(panel, *live), [start], steady=self._chart)

    def _start_words(self):
        return _("start at w₁ = {w1}, w₂ = {w2}").format(w1=number(self.w1), w2=number(self.w2))

    # Hands.

    def dragged(self, handle, x, y):
        (panel,) = self.stage.panels
        x, y = panel.data(x, y)
        self.set(w1=nearest(x, *XLIM), w2=nearest(y, *YLIM))

    def pressed(self, handle, key):
        right, up = ARROWS.get(key, (0, 0))
        self.set(w1=nearest(self.w1 + STEP * right, *XLIM), w2=nearest(self.w2 + STEP * up, *YLIM))

    # The controls and the words.

    def controls(self):
        return [
            self.player(_("Step"), pace=5),
            self.slider("steps", _("steps"), 0, MOST_STEPS, 1),
            self.slider("learning_rate", "α", 0, 0.5, 0.01),
            self.slider("momentum", "μ", 0, 0.95, 0.05),
            self.chooser("land", _("error"), {name: _(words) for name, words in NAMES.items()}),
            _("where all three start"),
            self.slider("w1", "w₁", *XLIM),
            self.slider("w2", "w₂", *YLIM),
            self.chooser("walker", _("arithmetic of"), {name: _(words) for name, words in WALKERS.items()}),
        ]

    def words(self):
        return list(saying.words(self))

    _walked = _walks = None
