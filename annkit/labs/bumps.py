"""The bumps lab: a few units of one activation function, added up until they fit a curve."""

import numpy as np

from annkit import inputs
from annkit.activations import ACTIVATIONS
from annkit.labs.base.lab import STEP, Lab, nearest, number_of
from annkit.labs.base.say import Badge, Rows, Text
from annkit.labs.base.traits import Choice, Number, Whole
from annkit.stage import ARROWS, Handle, marks, new_figure
from annkit.translation import N_, _
from annkit.wording import number, signed, subscript

X = np.arange(-48, 49) / 16
"""Where the error is taken: 97 places from −3 to 3, exact in binary."""
DRAWN = np.sort([*X, -1 + 1e-6, 1 + 1e-6])
"""The same for the target's picture, with both sides of where it jumps."""
TARGETS = {
    "bump": lambda x: np.exp(-(x**2)),
    "box": lambda x: 1.0 * ((x > -1) & (x <= 1)),
    "tent": lambda x: np.maximum(0, 1 - abs(x)),
    "wave": lambda x: np.sin(1.5 * x),
}
NAMES = {"bump": N_("a bump"), "box": N_("a box"), "tent": N_("a tent"), "wave": N_("a wave")}
GOOD = {"bump": 0.005, "box": 0.01, "tent": 0.005, "wave": 0.005}
"""Below this error y is a good fit; the box's edges are too sharp for more."""
FUNCTIONS = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU", "step": "step", "linear": "linear"}
UNITS = [(f"w{k}", f"b{k}", f"v{k}") for k in (1, 2, 3, 4)]
"""The traits of each unit: the weight and the bias of its sum, and the weight of what it answers."""
HIGHEST = 2
FINE = 0.125
"""Heights move in eighths."""
DASHES = ("8 3", "2 3", "8 3 2 3", "4 6")
LEAST_ERROR, LARGEST_ERROR = 1e-4, 1000
"""The ends of the error's bar."""
NOTHING = 1e-6
"""So near to the target, y is on it."""
GAP = 15
"""Words at the right edge are so far apart, in stage units."""


class UnitOf(Whole):
    """The number of one of the lab's units, from 1; its last, where there are fewer now."""

    def ends(self, lab):
        """The first and the last unit."""
        return 1, lab.units

    def fitted(self, value, lab):
        return min(value, lab.units)


class BumpsLab(Lab):
    """A curve made of units, y(x) = c + v₁ f(w₁ x + b₁) + v₂ f(w₂ x + b₂) + …, beside the curve that it should be.

    Parameters
    ----------
    activation : {"sigmoid", "tanh", "relu", "step", "linear"}
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

    activation, target, units = Choice(FUNCTIONS), Choice(TARGETS, "box"), Whole(1, high=len(UNITS))
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
        return self._fit[0]

    @property
    def _fit(self):
        """The loss, and where y is farthest from the target: x, y and what it should be."""
        y, wanted = self.y(X), TARGETS[self.target](X)
        off = y - wanted
        worst = abs(off).round(6).argmax()
        return float(np.mean(off**2)), float(X[worst]), float(y[worst]), float(wanted[worst])

    @property
    def _middles(self):
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
        error, *farthest = self._fit
        inside = marks.clip(curves, *self._curves(curves), *_distance(curves, *farthest))
        self.stage.show(inside + self._names(curves) + self._bar(bar, error), list(self._handles(curves)))

    def _curves(self, panel):
        """What each unit adds, blue where it adds and orange where it takes away, and the sum."""
        middles, f = self._middles, ACTIVATIONS[self.activation]
        places = [_places(*unit) for unit in zip(self.weights[0], middles, strict=True)]
        for k, (w, b, v) in enumerate(self.weights.T):
            colour, width = marks.sign_colour(v), 2.5 if k + 1 == self.picked else 1.5
            yield marks.line(panel, places[k], v * f(w * places[k] + b), colour, width, DASHES[k])
            if w:
                yield marks.line(panel, [middles[k]] * 2, [0, v], colour, width)
        x = np.unique(np.concatenate([*places, X[::3]]))
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
            for name, colour, at in zip(names, colours, _spread(wanted, panel), strict=True)
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
        for k, (middle, v) in enumerate(zip(self._middles, self.weights[2], strict=True), start=1):
            if np.isfinite(middle):
                place = np.clip(middle, -2.8, 2.8), np.clip(v, -HIGHEST, HIGHEST)
                label = _("unit {k}: its sum is 0 at x = {x}, v = {v}").format(k=k, x=number(middle), v=number(v))
                yield Handle(f"p{k}", panel, *place, _disc(k, k == self.picked), label)

    # The words.

    def words(self):
        error, x, y, wanted = self._fit
        goal = GOOD[self.target]
        good = error < goal
        verdict = _("Below {goal}: a good fit.") if good else _("A good fit is below {goal}.")
        far = _("Farthest at x = {x}: y = {y} instead of {wanted}.")
        if abs(y - wanted) < NOTHING:
            far = _("y is the target at all 97 places.")
        return [
            Text(_("Error {error}").format(error=number(error)), "big"),
            _("The mean of (y − target)² at 97 places from x = −3 to 3."),
            Badge(verdict.format(goal=number(goal)), good),
            self._formula(),
            self._place(),
            far.format(x=number(x), y=number(y), wanted=number(wanted)),
            Text(self._help(good, x, y, wanted), "help"),
        ]

    def _sums(self, times):
        """The weighted sum of each unit, with this sign between w and x."""
        return [f"{number(w)}{times}x" + (f" {signed(b)}" if b else "") for w, b, __ in self.weights.T]

    def _formula(self):
        """The sum with its numbers, a unit a line."""
        first = _("y is the sum of c = {c} and of what each unit adds; f is {function}.")
        lines = [first.format(c=number(self.c), function=FUNCTIONS[self.activation])]
        cells = [["c", number(self.c), ""]]
        for k, (v, said, shown) in enumerate(zip(self.weights[2], self._sums(" × "), self._sums(""), strict=True), 1):
            name = _("unit {k}").format(k=k)
            lines.append(f"{name}: {number(v)} × f({said})")
            cells.append([name, number(v), f"× f({shown})"])
        return Rows(lines, cells, _("y is the sum of"), lit=self.picked, signed=[1])

    def _place(self):
        k = self.picked
        x, total = self._middles[k - 1], self._sums("")[k - 1]
        if not np.isfinite(x):
            return _("Unit {k}: {sum} is the same wherever x is.").format(k=k, sum=total)
        return _("Unit {k}: {sum} is 0 at x = {x}.").format(k=k, sum=total, x=number(x))

    def _help(self, good, x, y, wanted):
        """What would help now, asked: y and what was wanted are those at the farthest x."""
        if good:
            return _("Could fewer units do it, or another function?")
        if y > wanted and self.units == 1:
            words = _("Too high at x = {x}: what could a second unit do there?")
        elif y > wanted:
            words = _("Too high at x = {x}: which unit could take away there?")
        else:
            words = _("Too low at x = {x}: which unit could add there?")
        return words.format(x=number(x))

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
        self._picks = [
            self.button(str(k), lambda k=k: self.set(picked=k), _("Turn unit {k}").format(k=k)) for k in numbers
        ]
        for button in self._picks:
            button.add_class("annkit-strong")
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


def _disc(k, picked):
    """The grip of a unit, drawn around (0, 0): its number, on colour where it is picked."""
    number = f'<text class="annkit-v" text-anchor="middle" font-size="14" fill="currentColor">{k}</text>'
    return f'<circle r="12" class="{"annkit-nl" if picked else "annkit-n"}"/>{number}'


def _distance(panel, x, y, wanted):
    """The way from y to what it should be, where that is longest."""
    if abs(y - wanted) >= NOTHING:
        yield marks.line(panel, [x, x], [y, wanted], "ink", 1.5, "2 3")
        yield marks.at(panel, x, y, '<circle r="4" fill="currentColor"/>')
        side, beside = ("start", 7) if x < 0 else ("end", -7)
        middle = np.clip((y + wanted) / 2, -HIGHEST, HIGHEST)
        yield marks.text(panel, x, middle, _("farthest"), "ink", side, 13, (beside, 0))


def _places(w, middle):
    """Where a unit is drawn: everywhere, closer where it bends, and on both sides of where it may jump."""
    x = X[::6]
    if w:
        with np.errstate(over="ignore", invalid="ignore"):
            bend = middle + np.arange(-8, 9) * 0.75 / abs(w)
        x = np.concatenate([x, bend, middle + np.array([-1e-6, 1e-6])])
    return np.unique(x[abs(x) <= 3])


def _spread(places, panel):
    """The places from above, in stage units, moved apart to `GAP` and kept within the panel."""
    order = np.argsort(places, kind="stable")
    low, high = panel.y + GAP / 2, panel.y + panel.height - GAP / 2
    spread = np.empty(len(places))
    for k in order:
        low = spread[k] = max(low, places[k])
        low += GAP
    for k in order[::-1]:
        high = spread[k] = min(high, spread[k])
        high -= GAP
    return spread
