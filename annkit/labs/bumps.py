"""The bumps lab: a few units of one activation function, added up until they fit a curve."""

import ipywidgets
import numpy as np

from annkit.activations import ACTIVATIONS
from annkit.labs.base.lab import STEP, Lab, nearest, number_of
from annkit.labs.base.traits import Choice, Number, Whole
from annkit.stage import ARROWS, Handle, Stage, marks, new_figure
from annkit.translation import N_, _
from annkit.wording import number, short, signed, subscript

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
FUNCTIONS = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU", "step": "step", "linear": "linear"}
UNITS = [(f"w{k}", f"b{k}", f"v{k}") for k in (1, 2, 3, 4)]
"""The traits of each unit: the weight and the bias of its sum, and the weight of what it answers."""
HIGHEST = 2
FINE = 0.125
"""Heights move in eighths."""
DASHES = ("8 3", "2 3", "8 3 2 3", "4 6")
LEAST_ERROR, LARGEST_ERROR = 1e-4, 1000
"""The ends of the error's bar."""
GAP = 13
"""Words at the right edge are so far apart, in stage units."""


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

    Raises
    ------
    traitlets.TraitError
        If there is no such function or target, or a value is not a finite number.

    Examples
    --------
    >>> lab = BumpsLab("step", "box", units=2, v2=-1)
    >>> print(lab.describe().splitlines()[0])
    Error 0: the mean of (y − target)² at 97 places from x = −3 to 3.
    """

    state = ("activation", "target", "units", "w1", "b1", "v1", "w2", "b2", "v2")
    state += ("w3", "b3", "v3", "w4", "b4", "v4", "c")
    activation, target, units = Choice(FUNCTIONS), Choice(TARGETS), Whole(1, high=len(UNITS))
    w1, b1, v1 = Number(), Number(), Number()
    w2, b2, v2 = Number(), Number(), Number()
    w3, b3, v3 = Number(), Number(), Number()
    w4, b4, v4 = Number(), Number(), Number()
    c = Number()

    def __init__(
        self, activation="sigmoid", target="box", units=1, w1=4, b1=4, v1=1, w2=4, b2=-4, v2=1,
        w3=4, b3=0, v3=0, w4=4, b4=-8, v4=0, c=0,
    ):  # fmt: skip
        super().__init__()
        given = (activation, target, units, w1, b1, v1, w2, b2, v2, w3, b3, v3, w4, b4, v4, c)
        for name, value in zip(self.state, given, strict=True):
            setattr(self, name, value)
        self._drawn = self.target
        stage = Stage(self._figure(), label=_("Picture of the curves; each unit has a button where it switches"))
        self.build(stage, self._controls(), above=True)

    @property
    def weights(self):
        """w, b and v of the units that are there, shape (3, units)."""
        return np.array([[getattr(self, name) for name in unit] for unit in UNITS[: self.units]]).T

    def shares(self, x):
        """What each unit adds at the places x, shape (n,): shape (n, units)."""
        w, b, v = self.weights
        return ACTIVATIONS[self.activation](np.outer(x, w) + b) * v

    def y(self, x):
        """The sum at the places x, of shape (n,)."""
        return self.c + self.shares(x).sum(axis=1)

    @property
    def loss(self):
        """The mean of (y − target)² at the places `X`."""
        return float(np.mean((self.y(X) - TARGETS[self.target](X)) ** 2))

    @property
    def _middles(self):
        """Where the sum of each unit is 0, shape (units,); not a number where its w is 0."""
        w, b, __ = self.weights
        with np.errstate(over="ignore"):  # a w next to 0 has its place at infinity
            return np.divide(-b, w, out=np.full(len(w), np.nan), where=w != 0)

    # The picture.

    def draw(self):
        for k, column in enumerate(self._columns, start=1):
            column.layout.display = "" if k <= self.units else "none"
        if self._drawn != self.target:
            self._drawn = self.target
            self.stage.set_figure(self._figure())
        curves, bar = self.stage.panels
        live = marks.clip(curves, *self._curves(curves)) + self._names(curves) + self._bar(bar)
        self.stage.show(live, list(self._handles(curves)))

    def _figure(self):
        figure, (curves, bar) = new_figure(840, 270, ncols=2, width_ratios=(13, 1))
        curves.set(xlim=(-3, 3.55), ylim=(-HIGHEST - 0.3, HIGHEST + 0.3), xlabel="x")
        curves.set(title=_("the sum y, what each unit adds to it, and the target (grey)"))
        curves.set_xticks(range(-3, 4))
        curves.grid(True)
        curves.plot([-3, 3], [0, 0], color=curves.xaxis.label.get_color(), linewidth=0.8)
        curves.plot(DRAWN, TARGETS[self.target](DRAWN), color="grey", alpha=0.45, linewidth=7)
        bar.set(xlim=(0, 1), ylim=(LEAST_ERROR, 4 * LARGEST_ERROR), yscale="log", xticks=(), title=_("error"))
        ticks = ["0.0001", "0.001", "0.01", "0.1", "1", "10", "100", "1000"]
        bar.set_yticks([float(tick) for tick in ticks], ticks)
        bar.minorticks_off()
        bar.grid(True)
        return figure

    def _curves(self, panel):
        """What each unit adds, blue where it adds and orange where it takes away, and the sum."""
        w, __, v = self.weights
        places = [_places(*unit) for unit in zip(w, self._middles, strict=True)]
        for k, (x, middle) in enumerate(zip(places, self._middles, strict=True)):
            yield marks.line(panel, x, self.shares(x)[:, k], marks.sign_colour(v[k]), 1.5, DASHES[k])
            if w[k]:
                yield marks.line(panel, [middle, middle], [0, v[k]], marks.sign_colour(v[k]), 1.5)
        x = np.unique(np.concatenate(places))
        yield marks.line(panel, x, self.y(x), width=2.5)

    def _names(self, panel):
        """What each curve is called, at its right end; where two ends meet, one name stands under the other."""
        end = np.array([3.0])
        heights = [*self.shares(end)[0], *self.y(end)]
        names = [_("unit {k}").format(k=k + 1) for k in range(self.units)] + ["y"]
        colours = [*map(marks.sign_colour, self.weights[2]), "ink"]
        wanted = panel.place(end.repeat(len(heights)), heights)[:, 1]
        middle = panel.y + panel.height / 2
        return "".join(
            marks.text(panel, 3, 0, name, colour, "start", 11, (5, at - middle), bold=name == "y")
            for name, colour, at in zip(names, colours, _spread(wanted, panel), strict=True)
        )

    def _bar(self, panel):
        error = self.loss
        top = float(np.clip(error, LEAST_ERROR, LARGEST_ERROR))
        corners = [0.1, 0.9, 0.9, 0.1], [LEAST_ERROR, LEAST_ERROR, top, top]
        return marks.area(panel, *corners, "ink", 0.5) + marks.text(panel, 0.5, top, short(error), shift=(0, -10))

    def _handles(self, panel):
        """One for each unit: across where its sum is 0, as high as its v, at the frame where that is outside."""
        for k, (middle, v) in enumerate(zip(self._middles, self.weights[2], strict=True), start=1):
            if np.isfinite(middle):
                place = np.clip(middle, -2.8, 2.8), np.clip(v, -HIGHEST, HIGHEST)
                label = _("unit {k}: its sum is 0 at x = {x}, v = {v}").format(k=k, x=number(middle), v=number(v))
                yield Handle(f"p{k}", panel, *place, _numbered(k), label)

    # The words.

    def words(self):
        x, y, wanted = X, self.y(X), TARGETS[self.target](X)
        worst = abs(y - wanted).round(6).argmax()
        last = _("Farthest from the target at x = {x}: y = {y} instead of {wanted}.")
        if abs(y[worst] - wanted[worst]) < 1e-6:
            last = _("y is the target at all 97 places.")
        error = _("Error {error}: the mean of (y − target)² at 97 places from x = −3 to 3.")
        return [
            error.format(error=number(self.loss)),
            *self._formula(),
            self._switches(),
            last.format(x=number(x[worst]), y=number(y[worst]), wanted=number(wanted[worst])),
        ]

    def _formula(self):
        """The sum with its numbers, two units a line."""
        sums = [f"{number(w)} × x" + (f" {signed(b)}" if b else "") for w, b, __ in self.weights.T]
        terms = [f"{signed(v)} × f({total})" for total, v in zip(sums, self.weights[2], strict=True)]
        lines = [" ".join(terms[first : first + 2]) for first in range(0, self.units, 2)]
        first = _("f is {function}: y = {c} {terms}").format(
            function=FUNCTIONS[self.activation], c=number(self.c), terms=lines[0]
        )
        return [first, *lines[1:]]

    def _switches(self):
        each = [
            (_("{x} in unit {k}") if np.isfinite(x) else _("none in unit {k}")).format(k=k, x=number(x))
            for k, x in enumerate(self._middles, start=1)
        ]
        return _("The x where w × x + b is 0: {places}.").format(places=", ".join(each))

    # What hands do.

    def dragged(self, handle, x, y):
        w, b, v = UNITS[number_of(handle) - 1]
        x, y = self.stage.panels[0].data(x, y)
        moved = {b: round(-getattr(self, w) * x / STEP) * STEP}
        self.set(**moved, **{v: nearest(y, -HIGHEST, HIGHEST, FINE)})

    def pressed(self, handle, key):
        if key not in ARROWS:
            return
        w, b, v = UNITS[number_of(handle) - 1]
        right, up = ARROWS[key]
        if right:
            setattr(self, b, getattr(self, b) - right * np.sign(getattr(self, w)) * STEP)
        else:
            setattr(self, v, float(np.clip(getattr(self, v) + up * FINE, -HIGHEST, HIGHEST)))

    def _controls(self):
        above = [
            self.chooser("activation", "f", FUNCTIONS),
            self.chooser("target", _("target"), {name: _(words) for name, words in NAMES.items()}),
            self.chooser("units", _("units"), {k: str(k) for k in range(1, len(UNITS) + 1)}),
            self.slider("c", "c", -2, 2, "190px", FINE),
            self.reset_button(),
        ]
        self._columns = [
            ipywidgets.VBox([
                self.slider(w, subscript(w), -16, 16, "200px"),
                self.slider(b, subscript(b), -16, 16, "200px"),
                self.slider(v, subscript(v), -HIGHEST, HIGHEST, "200px", FINE),
            ])
            for w, b, v in UNITS
        ]  # fmt: skip
        return [ipywidgets.HBox(above, layout={"flex_flow": "row wrap"}), ipywidgets.HBox(self._columns)]


def _numbered(k):
    """A disc with the number of a unit."""
    text = (
        f'<text class="annkit-t annkit-b" text-anchor="middle" font-size="12" fill="{marks.COLOURS["ink"]}">{k}</text>'
    )
    return f'<circle r="10" class="annkit-d"/>{text}'


def _places(w, middle):
    """Where a unit is drawn: everywhere, closer where it bends, and on both sides of where it may jump."""
    x = X[::4]
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
