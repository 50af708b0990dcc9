"""The landscape lab: where three optimizers go from one start, step by step."""

import numpy as np
from contourpy import contour_generator

from annkit.labs.base.lab import Lab, nearest
from annkit.labs.base.say import Badge, Rows, Text
from annkit.labs.base.traits import Choice, Number, Whole
from annkit.labs.landscape.lands import FAR, LANDS, MOST_STEPS, NAMES, WALKERS, walks
from annkit.stage import ARROWS, Handle, marks, new_figure
from annkit.translation import N_, _
from annkit.wording import fixed, in_product, number, rounded, signed

LOOKS = {"plain": ("ink", ""), "momentum": ("violet", "6 3"), "adam": ("teal", "2 3")}
"""Each walker's colour and dashes."""
LEVELS = 14


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
    w1 = Number(-4, -5, 5)
    w2 = Number(1, -2, 2)
    learning_rate = Number(0.1, 0, 10)
    momentum = Number(0.8, 0, 0.99)
    steps = Whole(0, 0, MOST_STEPS, glance=True)
    walker = Choice(list(WALKERS), usual="momentum", glance=True)

    @property
    def walks(self):
        """Each optimizer's `Walk`, made as far as the steps go."""
        key = self.land, (self.w1, self.w2), self.learning_rate, self.momentum
        if self._walked != key:
            self._walked, self._walks = key, walks(*key)
        for walk in self._walks.values():
            walk.upto(self.steps)
        return self._walks

    def advance(self):
        """All three make a step. Returns False after the last that is shown."""
        if self.steps >= MOST_STEPS:
            return False
        self.steps += 1
        return not all(self.gone(walk) for walk in self.walks.values())

    def gone(self, walk):
        """Whether a walk has arrived, or left for good, by the steps that are shown."""
        places = walk.upto(self.steps)
        return walk.arrived() is not None and walk.arrived() <= self.steps or np.abs(places[-1]).max() >= FAR

    # The picture.

    def setting(self, now):
        return self.land

    def figure(self, setting):
        land = LANDS[setting]
        figure, axes = new_figure(560, 400)
        axes.set(xlim=land.xlim, ylim=land.ylim, xlabel="w₁", ylabel="w₂")
        axes.grid(False)
        return figure

    def place(self):
        (panel,) = self.stage.panels
        land = LANDS[self.land]
        x, y = panel.grid(48, 64)
        heights = np.sqrt(land.error(x, y) - min(land.error(*low) for low in land.lowest))
        self._shades = 0.75 - 0.75 * heights / heights.max()
        lines = contour_generator(x, y, heights)
        levels = np.linspace(0, heights.max(), LEVELS + 2)[1:-1]
        self._contours = "".join(
            marks.line(panel, *line.T, "ink", 0.8, opacity=0.35) for level in levels for line in lines.lines(level)
        )

    def draw(self):
        (panel,) = self.stage.panels
        parts = [self._contours]
        for low in LANDS[self.land].lowest:
            parts.append(marks.at(panel, *low, '<path d="M-6,0h12M0-6v12" stroke="currentColor" stroke-width="2"/>'))
        for name, walk in self.walks.items():
            places = walk.upto(self.steps)
            colour, dash = LOOKS[name]
            parts.append(marks.line(panel, *places.T, colour, 2.2, dash or None))
            parts.append(_steps(panel, places, colour))
        handles = [Handle("start", panel, self.w1, self.w2, marks.dot(8, middle=True), self._start_words())]
        for name, walk in self.walks.items():
            place, letter = walk.upto(self.steps)[-1], _(WALKERS[name])[0].upper()
            if self.steps and np.abs(place).max() < FAR:
                parts.append(marks.at(panel, *place, marks.disc(LOOKS[name][0], letter, 9)))
        self.stage.show(marks.clip(panel, *parts), handles, [(panel, self._shades, "ink")])

    def _start_words(self):
        return _("start at w₁ = {w1}, w₂ = {w2}").format(w1=number(self.w1), w2=number(self.w2))

    # Hands.

    def dragged(self, handle, x, y):
        (panel,), land = self.stage.panels, LANDS[self.land]
        x, y = panel.data(x, y)
        self.set(w1=nearest(x, *land.xlim), w2=nearest(y, *land.ylim))

    def pressed(self, handle, key):
        right, up = ARROWS.get(key, (0, 0))
        land = LANDS[self.land]
        self.set(w1=nearest(self.w1 + right / 4, *land.xlim), w2=nearest(self.w2 + up / 4, *land.ylim))

    # The controls and the words.

    def controls(self):
        return [
            self.player(_("Step"), pace=5),
            self.slider("steps", _("steps"), 0, MOST_STEPS, 1),
            self.slider("learning_rate", "α", 0, 0.5, 0.01),
            self.slider("momentum", "μ", 0, 0.95, 0.05),
            self.chooser("land", _("error"), {name: _(words) for name, words in NAMES.items()}),
            self.chooser("walker", _("shown"), {name: _(words) for name, words in WALKERS.items()}),
            self.slider("w1", "w1", -5, 5),
            self.slider("w2", "w2", -2, 2),
        ]

    def words(self):
        land = LANDS[self.land]
        return [Text(land.formula, "lead"), self._standings(land), *self._arithmetic(), *self._verdict()]

    def _standings(self, land):
        """Where each of the three is."""
        lines, cells = [], []
        words = _("{walker}: w₁ = {w1}, w₂ = {w2}, E = {E}")
        for name, walk in self.walks.items():
            place = walk.upto(self.steps)[-1]
            E = land.error(*place)
            texts = [fixed(value, 3) if abs(value) < 1e5 else number(rounded(value, 0)) for value in (*place, E)]
            lines.append(words.format(walker=_(WALKERS[name]), w1=texts[0], w2=texts[1], E=texts[2]))
            cells.append([_(WALKERS[name]), *texts])
        caption = _("after {steps} steps").format(steps=self.steps)
        lines[0] = f"{caption}\n{lines[0]}"
        return Rows(lines, cells, caption, lit=list(WALKERS).index(self.walker), heads=["", "w₁", "w₂", "E"])

    def _arithmetic(self):
        """The last step of the walker that is shown, weight by weight."""
        walk, k = self.walks[self.walker], self.steps
        places = walk.upto(k)
        if not k or len(places) <= k:
            return [_("Its first step goes against the slope {slope}.").format(slope=_pair(walk.slopes[0]))]
        before, after, slope = places[k - 1], places[k], walk.slopes[k - 1]
        lines = []
        for i, letter in enumerate(("w₁", "w₂")):
            step = self._step(walk, k, i)
            lines.append(f"{letter} = {number(rounded(before[i], 4))} {step} = {number(rounded(after[i], 4))}")
        caption = _("step {k}, slope {slope}").format(k=k, slope=_pair(slope))
        lines[0] = f"{caption}\n{lines[0]}"
        return [Rows(lines, [line.split(" = ", 1) for line in [lines[0].split("\n")[1], *lines[1:]]], caption)]

    def _step(self, walk, k, i):
        """What a step takes away from a weight, with its numbers."""
        rate, slope = number(self.learning_rate), float(walk.slopes[k - 1][i])
        if self.walker == "plain":
            return f"− {rate} × {in_product(rounded(slope, 4))}"
        if self.walker == "momentum":
            v = float((walk.places[k - 1] - walk.places[k])[i] / self.learning_rate) if self.learning_rate else 0.0
            return f"− {rate} × {in_product(rounded(v, 4))}"
        change = float((walk.places[k - 1] - walk.places[k])[i])
        return signed(-rounded(change, 4))

    def _verdict(self):
        """Who has arrived, and when."""
        arrived = {name: walk.arrived() for name, walk in self.walks.items()}
        said = [
            _("{walker} after {steps}").format(walker=_(WALKERS[name]), steps=steps)
            for name, steps in arrived.items()
            if steps is not None and steps <= self.steps
        ]
        if any(np.abs(walk.upto(self.steps)[-1]).max() >= FAR for walk in self.walks.values()):
            yield Badge(_("One has left for good: α is too large for it."), good=False)
        if said:
            yield Badge(_("Within 0.01 of a lowest place: {who}.").format(who=", ".join(said)), good=len(said) == 3)
        yield Text(_("Drag the start, or play. Then turn α and μ: who is first?"), "help")

    _walked = _walks = None


def _steps(panel, places, colour):
    """A dot for every step."""
    shown = np.clip(panel.place(*places[-150:].T), -1e4, 1e4)
    dots = "".join(f"M{x:.0f},{y:.0f}h0" for x, y in shown)
    return f'<path d="{dots}" class="annkit-p" stroke="{marks.COLOURS[colour]}" stroke-width="5"/>'


def _pair(slope):
    return f"({number(rounded(slope[0], 3))}, {number(rounded(slope[1], 3))})"
