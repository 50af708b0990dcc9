"""The bumps lab itself: its units, its picture of their sum beside the target, and what hands do."""

import ipywidgets
import numpy as np

from annkit import inputs
from annkit.activations import ACTIVATIONS
from annkit.labs.base.history import GLANCE
from annkit.labs.base.lab import STEP, Lab, nearest, number_of
from annkit.labs.base.traits import Choice, Number, Whole
from annkit.labs.bumps.picture import HIGHEST, disc, distance, places, spread
from annkit.labs.bumps.saying import FUNCTIONS, Saying
from annkit.labs.bumps.targets import DRAWN, GOOD, NAMES, TARGETS, X
from annkit.stage import ARROWS, Handle, marks, new_figure
from annkit.translation import N_, _
from annkit.wording import number, subscript

UNITS = [(f"w{k}", f"b{k}", f"v{k}") for k in (1, 2, 3, 4)]
"""The traits of each unit: the weight and the bias of its sum, and the weight of what it answers."""
FINE = 0.125
"""Heights move in eighths."""
DASHES = ("8 3", "2 3", "8 3 2 3", "4 6")
LEAST_ERROR, LARGEST_ERROR = 1e-4, 1000
"""The ends of the error's bar."""


class UnitOf(Whole):
    """The number of one of the lab's units, from 1; its last, where there are fewer now."""

    def ends(self, lab):
        """The first and the last unit."""
        return 1, lab.units

    def fitted(self, value, lab):
        return min(value, lab.units)


class BumpsLab(Saying, Lab):
    """A curve made of units, y(x) = c + v₁ f(w₁ x + b₁) + v₂ f(w₂ x + b₂) + …, beside the curve that it should be.

    Parameters
    ----------
    activation : {"step", "sigmoid", "linear", "relu", "tanh"}
        The function f.
    target : {"bump", "box", "tent", "wave"}
        What y should be: e^(−x²); 1 between −1 and 1, else 0; 1 − |x|, but never below 0; sin 1.5x.
    units : int
        How many units are added up, 1 to 4.
    w1, b1, v1, ..., w4, b4, v4 : float
        For each unit the weight and the bias of its sum, and the weight of what it answers.
    c : float
        The bias of y.
    picked : int
        The unit whose sliders are shown.

    Raises
    ------
    traitlets.TraitError
        If there is no such function, target or unit, or a value is not a finite number.

    Examples
    --------
    >>> lab = BumpsLab("step", "box", units=2, v2=-1)
    >>> print(lab.describe().splitlines()[0])
    Error 0
    """

    activation, target = Choice(FUNCTIONS, "sigmoid"), Choice(TARGETS, "box")
    units = Whole(1, high=len(UNITS))
    w1, b1, v1 = Number(4), Number(4), Number(1)
    w2, b2, v2 = Number(4), Number(-4), Number(1)
    w3, b3, v3 = Number(4), Number(0), Number(0)
    w4, b4, v4 = Number(4), Number(-8), Number(0)
    c = Number(0)
    picked = UnitOf(1, glance=True)

    label = N_("Picture of the curves; each unit has a button where its sum is 0")

    @property
    def weights(self):
        """w, b and v of the units that are there, shape (3, units)."""
        return np.array([[getattr(self, name) for name in unit] for unit in UNITS[: self.units]]).T

    def shares(self, x):
        """What each unit adds at the places x, shape (n,): shape (n, units)."""
        w, b, v = self.weights
        x = inputs.vector("x", x)
        return ACTIVATIONS[self.activation](np.outer(x, w) + b) * v

    def y(self, x):
        """The sum at the places x, of shape (n,)."""
        return self.c + self.shares(x).sum(axis=1)

    @property
    def loss(self):
        """The mean of (y − target)² at the places `X`."""
        return self.fit[0]

    @property
    def fit(self):
        """The loss, and where y is farthest from the target, the last such place: x, y and what it should be."""
        y, wanted = self.y(X), TARGETS[self.target](X)
        off = y - wanted
        far = abs(off).round(6)
        worst = np.flatnonzero(far == far.max())[-1]
        return float(np.mean(off**2)), float(X[worst]), float(y[worst]), float(wanted[worst])

    @property
    def middles(self):
        """Where the sum of each unit is 0, shape (units,); not a number where its w is 0."""
        w, b, __ = self.weights
        with np.errstate(over="ignore"):  # a w next to 0 has its place at infinity
            return np.divide(-b, w, out=np.full(len(w), np.nan), where=w != 0)

    # The picture.

    def setting(self, now):
        return self.target

    def figure(self, target):
        figure, (curves, bar) = new_figure(490, 425, ncols=2, width_ratios=(14, 1))
        curves.set(xlim=(-3, 3.8), ylim=(-HIGHEST - 0.3, HIGHEST + 0.3), xlabel="x")
        curves.set_xticks(range(-3, 4))
        curves.grid(True)
        curves.plot([-3, 3], [0, 0], color=curves.xaxis.label.get_color(), linewidth=0.8)
        curves.plot(DRAWN, TARGETS[target](DRAWN), color="grey", alpha=0.45, linewidth=8)
        curves.text(-2.95, TARGETS[target](-3) - 0.1, _("target"), color="grey", size=13, va="top")
        bar.set(xlim=(0, 1), ylim=(LEAST_ERROR, LARGEST_ERROR), yscale="log", xticks=())
        bar.set_title(_("error"), size=12)
        ticks = ["0.0001", "0.01", "1", "100"]
        bar.set_yticks([float(tick) for tick in ticks], ticks)
        bar.minorticks_off()
        for axes in (curves, bar):
            axes.tick_params(labelsize=12.5)
        bar.grid(True)
        return figure

    def draw(self):
        curves, bar = self.stage.panels
        error, *farthest = self.fit
        grips = list(self._handles(curves))
        inside = marks.clip(curves, *self._curves(curves), *distance(curves, *farthest, grips))
        self.stage.show(inside + self._names(curves) + self._bar(bar, error), grips)

    def _curves(self, panel):
        """What each unit adds, blue where it adds and orange where it takes away, and the sum."""
        middles, f = self.middles, ACTIVATIONS[self.activation]
        across = [places(*unit) for unit in zip(self.weights[0], middles, strict=True)]
        for k, (w, b, v) in enumerate(self.weights.T):
            colour, width = marks.sign_colour(v), 2.5 if k + 1 == self.picked else 1.5
            yield marks.line(panel, across[k], v * f(w * across[k] + b), colour, width, DASHES[k])
            if w:
                yield marks.line(panel, [middles[k]] * 2, [0, v], colour, width)
        x = np.unique(np.concatenate([*across, X[::3]]))
        yield marks.line(panel, x, self.y(x), width=3)

    def _names(self, panel):
        """What each curve is called, at its right end; where two ends meet, one name stands under the other."""
        end = np.array([3.0])
        heights = [*self.shares(end)[0], *self.y(end)]
        names = [_("unit {k}").format(k=k + 1) for k in range(self.units)] + ["y"]
        colours = [*map(marks.sign_colour, self.weights[2]), "ink"]
        wanted = panel.place(end.repeat(len(heights)), heights)[:, 1]
        middle = panel.y + panel.height / 2
        return "".join(
            marks.text(panel, 3, 0, name, colour, "start", 13, (6, at - middle), bold=name == "y")
            for name, colour, at in zip(names, colours, spread(wanted, panel), strict=True)
        )

    def _bar(self, panel, error):
        """The error, and the line below which the fit is good."""
        top, goal = float(np.clip(error, LEAST_ERROR, LARGEST_ERROR)), GOOD[self.target]
        corners = [0.1, 0.9, 0.9, 0.1], [LEAST_ERROR, LEAST_ERROR, top, top]
        ((x, y),) = panel.place(0, goal)
        line = marks.box(x - 4, y - 1.5, panel.width + 8, 3, "var(--annkit-good, #1a7f4b)")
        return marks.area(panel, *corners, "ink", 0.5) + line

    def _handles(self, panel):
        """One for each unit: across where its sum is 0, as high as its v, at the frame where that is outside."""
        for k, (middle, v) in enumerate(zip(self.middles, self.weights[2], strict=True), start=1):
            if np.isfinite(middle):
                place = np.clip(middle, -2.8, 2.8), np.clip(v, -HIGHEST, HIGHEST)
                label = _("unit {k}: its sum is 0 at x = {x}, v = {v}").format(k=k, x=number(middle), v=number(v))
                yield Handle(f"p{k}", panel, *place, disc(k, k == self.picked), label)

    # What hands do.

    def chosen(self, handle, again):
        self.picked = number_of(handle)

    def dragged(self, handle, x, y):
        k = number_of(handle)
        w, b, v = UNITS[k - 1]
        x, y = self.stage.panels[0].data(x, y)
        moved = {b: round(-getattr(self, w) * x / STEP) * STEP}
        self.set(**moved, **{v: nearest(y, -HIGHEST, HIGHEST, FINE)}, picked=k)

    def pressed(self, handle, key):
        if key not in ARROWS:
            return
        self.picked = number_of(handle)
        w, b, v = UNITS[self.picked - 1]
        right, up = ARROWS[key]
        if right:
            setattr(self, b, getattr(self, b) - right * np.sign(getattr(self, w)) * STEP)
        else:
            setattr(self, v, float(np.clip(getattr(self, v) + up * FINE, -HIGHEST, HIGHEST)))

    def show_controls(self):
        if (there := (self.units, self.picked)) == self._controls_for:
            return
        self._controls_for = there
        for k, (button, sliders) in enumerate(zip(self._picks, self._of_units, strict=True), start=1):
            button.layout.display = "" if k <= self.units else "none"
            (button.add_class if k == self.picked else button.remove_class)("mod-active")
            for slider in sliders:
                slider.layout.display = "" if k == self.picked else "none"

    def controls(self):
        self._controls_for = None
        numbers = range(1, len(UNITS) + 1)
        self._picks = [self._pick(k) for k in numbers]
        self._of_units = [
            [
                self.slider(w, subscript(w), -16, 16),
                self.slider(b, subscript(b), -16, 16),
                self.slider(v, subscript(v), -HIGHEST, HIGHEST, FINE),
            ]
            for w, b, v in UNITS
        ]
        return [
            self.chooser("activation", "f", FUNCTIONS),
            self.chooser("target", _("target"), {name: _(words) for name, words in NAMES.items()}),
            self.chooser("units", _("units"), {k: str(k) for k in numbers}),
            _("The unit to turn"),
            self._picks,
            *(slider for sliders in self._of_units for slider in sliders),
            self.slider("c", "c", -2, 2, FINE),
        ]

    def _pick(self, k):
        """The button that shows the sliders of unit k: a glance, as a click on its disc is."""
        button = ipywidgets.Button(description=str(k), layout={"width": "auto"})
        button.tooltip = _("Turn unit {k}").format(k=k)
        button.add_class("annkit-strong")
        button.on_click(self.from_browser(lambda __: self.set(picked=k), lambda __: GLANCE))
        return button
