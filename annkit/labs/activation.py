"""The activation lab: one activation function, its slope at one sum, and the neuron that it makes of w, b and x."""

from dataclasses import dataclass

import numpy as np

from annkit.activations import ACTIVATIONS
from annkit.labs.base.lab import STEP, Lab, nearest
from annkit.labs.base.say import Rows, Text
from annkit.labs.base.traits import FARTHEST as LARGEST
from annkit.labs.base.traits import Choice, Number
from annkit.stage import ARROWS, Handle, marks, new_figure
from annkit.translation import N_, _
from annkit.wording import fixed, in_product, number, signed

FARTHEST = 6
"""Sums and inputs are looked at from −6 to 6, and shown a little farther."""
EDGE = FARTHEST + 0.5
NEAR = 3
"""From here on to its edge a picture has no room for words beside a point."""
NUDGE = 0.001
FLAT = 0.01
"""A slope nearer to 0 than this is called nearly flat."""
TANGENT = 55
"""Half a tangent's length, in stage units."""
DOT = marks.dot(middle=True)
GRIP = marks.dot(8.5) + '<path d="M-6 0l5-3.5v7zM6 0l-5-3.5v7z" fill="currentColor"/>'


@dataclass(frozen=True)
class Curve:
    """What one activation function is called, how it is computed and from where to where it is drawn."""

    title: str
    heights: tuple
    value: str = ""
    """The arithmetic of a, with z, with z and −z in brackets where negative, and with what GELU takes the tanh of."""
    slope: str = ""
    """The arithmetic of the slope, with a, and a in brackets where it is negative."""


SHARE, HALF = (-0.2, 1.2), (-0.9, 6.9)
CURVES = {
    "step": Curve("step", SHARE),
    "sigmoid": Curve("sigmoid", SHARE, "1 / (1 + e^{minus})", "a (1 − a) = {a} × (1 − {a})"),
    "linear": Curve("linear", (-6.9, 6.9)),
    "relu": Curve("ReLU", HALF, "max({z}, 0)"),
    "tanh": Curve(
        "tanh", (-1.3, 1.3), "(e^{bracketed} − e^{minus}) / (e^{bracketed} + e^{minus})", "1 − a² = 1 − {in_product}²"
    ),
    "leaky_relu": Curve("leaky ReLU", HALF, "max({z}, 0.01 × {bracketed})"),
    "gelu": Curve("GELU", HALF, "½ × {bracketed} × (1 + tanh({inner}))"),
}
"""The seven functions, by the names that `annkit.Network` knows."""
CORNERS = {"step": (0, None), "relu": (0, 1), "leaky_relu": (0.01, 1)}
"""Functions without a slope at 0, with what it is from the left and from the right; None where there is a jump."""


class ActivationLab(Lab):
    """An activation function a = f(z) with its slope, and the neuron a = f(w x + b).

    Parameters
    ----------
    activation : {"step", "sigmoid", "linear", "relu", "tanh", "leaky_relu", "gelu"}
        The function f.
    w, b : float
        The weight and the bias of the neuron.
    z : float
        The sum that is looked at, from −6 to 6.

    Raises
    ------
    traitlets.TraitError
        If there is no such function, or a value is not a finite number in its range.

    Examples
    --------
    >>> lab = ActivationLab("relu", z=-2)
    >>> print(lab.describe().splitlines()[0])
    ReLU: a = f(−2) = max(−2, 0) = 0.
    """

    activation = Choice(CURVES, "sigmoid")
    w, b = Number(1), Number(0)
    z = Number(1, low=-FARTHEST, high=FARTHEST, glance=True)

    label = N_("Picture of the function and of the neuron; their points are buttons")
    wide = True

    def f(self, z):
        """The activations of the sums z, of its shape."""
        return ACTIVATIONS[self.activation](z) * 1.0

    def slope(self, z):
        """The slope of the function at the sums z, of its shape; where it has none, what networks take there."""
        return ACTIVATIONS[self.activation].backward(z, self.f(z), 1)

    @property
    def has_slope(self):
        """Whether the function has a slope at z: step, ReLU and leaky ReLU have none at 0."""
        return self.z != 0 or self.activation not in CORNERS

    @property
    def x(self):
        """The input that gives the sum z, or None where there is none, as w is 0 or next to it."""
        with np.errstate(over="ignore"):
            x = np.divide(self.z - self.b, self.w) if self.w else np.inf
        return float(x) if np.isfinite(x) else None

    @property
    def _curve(self):
        return CURVES[self.activation]

    # The picture.

    def setting(self, now):
        return self._curve.heights

    def figure(self, heights):
        figure, panels = new_figure(680, 262, ncols=2, sharey=True)
        titles = _("the function: a = f(z)"), _("the neuron: a = f(w × x + b)")
        step = 2 if heights[1] > 2 else 0.5
        ticks = step * np.arange(np.ceil(heights[0] / step), heights[1] // step + 1)
        for axes, title, label in zip(panels, titles, ("z", "x"), strict=True):
            axes.set(xlim=(-EDGE, EDGE), ylim=heights, xlabel=label, ylabel="a")
            axes.set_title(title, size=12)
            axes.set_xticks(range(-FARTHEST, FARTHEST + 1, 2))
            axes.set_yticks(ticks, [number(tick) for tick in ticks])
            axes.tick_params(labelleft=True, labelsize=11.5)
            axes.grid(True)
            axes.axhline(0, color=axes.xaxis.label.get_color(), linewidth=0.8)
            axes.axvline(0, color=axes.xaxis.label.get_color(), linewidth=0.8)
        return figure

    def draw(self):
        function, neuron = self.stage.panels
        a = float(self.f(self.z))
        label = _("the point at z = {z}, a = {a}").format(z=number(self.z), a=number(a))
        handles = [Handle("z", function, self.z, a, DOT, label, axes="x"), *self._handles(neuron, a)]
        self.stage.show(self._function(function, a) + self._neuron(neuron, a), handles)

    def _handles(self, panel, a):
        """On the neuron: the same point, and a grip where its sum is 0, which moves the curve."""
        if self.x is None:
            return
        middle = -self.b / self.w
        if abs(middle) <= EDGE:
            label = _("the place where the sum is 0, x = {x}").format(x=number(middle))
            yield Handle("b", panel, middle, _foot(panel), GRIP, label, axes="x")
        if abs(self.x) <= EDGE:
            label = _("the point at x = {x}, a = {a}").format(x=number(self.x), a=number(a))
            yield Handle("x", panel, self.x, a, DOT, label, axes="x")

    def _function(self, panel, a):
        """The curve and its slope over z, the tangent at z, and what they are called."""
        z, slope = _places(panel, 0), float(self.slope(self.z))
        lines = [
            marks.line(panel, [self.z] * 2, [min(a, slope, 0), max(a, slope, 0)], "grey", 1, "2 4"),
            *self._line(panel, z, 1, 0, self.slope, "grey", 2),
            *self._line(panel, z, 1, 0, self.f, "ink", 2.5),
            self._tangent(panel, self.z, a, slope),
            self._name(panel),
            marks.text(panel, FARTHEST, self.slope(FARTHEST), _("its slope, f′(z)"), "grey", "end", 12, (4, -15)),
        ]
        if self.has_slope:
            lines.append(marks.at(panel, self.z, slope, '<circle r="3.5" fill="currentColor" opacity=".6"/>'))
        beside = 2.5 if slope < 0 else -NEAR  # where GELU falls there is room below
        return marks.clip(panel, *lines) + self._slope_label(panel, self.z, a, slope, 1, beside)

    def _name(self, panel):
        """What the curve is called: away from the point, and beside the curve where that goes up steeply."""
        if self.z > 1:
            x, y, below = (-4.6, -5.6, 0) if self.activation == "linear" else (-FARTHEST, self.f(-FARTHEST), -13)
        else:
            x, y, below = (FARTHEST, 3.1, 0) if self.f(FARTHEST) > 2 else (FARTHEST, self.f(FARTHEST), 13)
        shift, anchor = ((4, below), "end") if x > 0 else ((-4, below), "start")
        return marks.text(panel, x, y, "a = f(z)", anchor=anchor, shift=shift, bold=True)

    def _neuron(self, panel, a):
        """The same curve over x, with the place where the sum is 0, and where it is z."""
        if self.x is None:
            lines = [marks.line(panel, panel.xlim, [float(self.f(self.b))] * 2, width=2.5)]
            words = _("w is next to 0: every x here gives the sum b") if self.w else _("w = 0: every x gives the sum b")
            return marks.clip(panel, *lines) + _note(panel, words)
        middle = -self.b / self.w
        side, beside = ("end", -14) if middle > NEAR else ("start", 14)
        x = _places(panel, middle)
        lines = [
            marks.line(panel, [middle] * 2, panel.ylim, "grey", 1, "2 4"),
            marks.text(panel, middle, _foot(panel), "z = 0", "grey", side, 12, (beside, 0)),
            *self._line(panel, x, self.w, self.b, self.f, "ink", 2.5),
        ]
        here = self.x, a, self.w * float(self.slope(self.z))
        if abs(self.x) > EDGE:
            return marks.clip(panel, *lines) + self._way_out(panel, a)
        lines.append(self._tangent(panel, *here))
        return marks.clip(panel, *lines) + self._slope_label(panel, *here, np.sign(self.w), -NEAR)

    def _way_out(self, panel, a):
        """Where the point is that lies beside the picture."""
        right = self.x > 0
        words = (_("z = {z} →") if right else _("← z = {z}")).format(z=number(self.z))
        place = (panel.xlim[right], a), "end" if right else "start"
        shift = -4 if right else 4, -14 if self.x * self.w > 0 else 14
        return marks.text(panel, *place[0], words, "ink", place[1], 12, shift, bold=True)

    def _line(self, panel, x, w, b, of, colour, width):
        """The curve of w x + b through `of`; a jump is left open."""
        parts = [x]
        if self.activation == "step" or self.activation in CORNERS and of == self.slope:
            parts = [x[w * x + b <= 0], x[w * x + b > 0]]
        return [marks.line(panel, part, of(w * part + b), colour, width) for part in parts if len(part)]

    def _tangent(self, panel, x, a, slope):
        """A straight piece through the point, blue where it rises and orange where it falls."""
        if not self.has_slope:
            return ""
        across = panel.width / np.ptp(panel.xlim)
        half = TANGENT / np.hypot(across, slope * panel.height / np.ptp(panel.ylim))
        ends = np.array([-half, half])
        return marks.line(panel, x + ends, a + slope * ends, marks.sign_colour(slope), 2.5, opacity=0.8)

    def _slope_label(self, panel, x, a, slope, direction, limit):
        """The slope beside its point, where a curve in that direction leaves room: above, or below up to a limit."""
        words = _("slope {slope}").format(slope=_fine(slope)) if self.has_slope else _("no slope")
        direction = np.sign(slope) or direction
        below = x * direction <= limit
        shift = direction * (14 if below else -14), 17 if below else -17
        colour = marks.sign_colour(slope) if self.has_slope else "ink"
        return marks.text(panel, x, a, words, colour, "start" if shift[0] > 0 else "end", 12.5, shift, bold=True)

    # The words.

    def words(self):
        rows = [self._nudge(), self._slope(), self._place(), self._change()]
        lines, cells = zip(*rows, strict=True)
        return [self._value(), Rows(lines, cells), Text(self._help(), "help")]

    def _value(self):
        z, a = self.z, float(self.f(self.z))
        if self.activation == "step":
            comparison = "> 0 → 1" if a else "≤ 0 → 0"
            return _("{function}: {z} {comparison}, so a = f({z}) = {a}.").format(
                function=self._curve.title, z=number(z), comparison=comparison, a=number(a)
            )
        numbers = {"z": number(z), "minus": in_product(-z), "bracketed": in_product(z), "inner": number(_inner(z))}
        arithmetic = self._curve.value.format(**numbers)
        return _("{function}: a = f({z}) = {arithmetic}.").format(
            function=self._curve.title, z=number(z), arithmetic=" = ".join(filter(None, [arithmetic, _fine(a)]))
        )

    def _nudge(self):
        """The nudge: its line, and its cells, as those that follow."""
        change = float(self.f(self.z + NUDGE) - self.f(self.z))
        digits = 7 if abs(change) >= 5e-8 else 10
        z, nudged = number(self.z), number(self.z + NUDGE)
        difference, ratio = _decimals(change, digits), _decimals(change / NUDGE, digits - 3)
        words = _("Nudge: f({nudged}) − f({z}) = {change}. Divided by {nudge}: {ratio}.")
        line = words.format(nudged=nudged, z=z, change=difference, nudge=NUDGE, ratio=ratio)
        divided = _("= {change}, divided by {nudge}").format(change=difference, nudge=NUDGE)
        return line, [_("nudge"), f"f({nudged}) − f({z})", divided, f"= {ratio}", ""]

    def _slope(self):
        z = number(self.z)
        if not self.has_slope:
            left, right = CORNERS[self.activation]
            words = _("At the jump, z = 0, there is no slope: it is 0 on both sides, and any nudge up adds 1.")
            cell = _("none: 0 on both sides")
            if right is not None:
                words = _("At the kink, z = 0, there is no slope: {left} from the left, {right} from the right.")
                cell = _("none: {left} from the left, {right} from the right")
            words, cell = (text.format(left=number(left), right=number(right or 0)) for text in (words, cell))
            return words, [_("slope"), f"f′({z})", cell, "", ""]
        slope, a = float(self.slope(self.z)), float(self.f(self.z))
        arithmetic = self._curve.slope.format(a=_fine(a), in_product=_fine_in_product(a))
        words, cell = _("Not flat here."), ""
        if slope == 0:
            words, cell = _("Flat here: a small nudge changes nothing."), _("flat")
        elif abs(slope) < FLAT:
            words, cell = _("Nearly flat here: under 1 % comes through."), _("nearly flat")
        results = " = ".join(filter(None, [arithmetic, _fine(slope)]))
        line = _("Slope: f′({z}) = {arithmetic}. {flat}").format(z=z, arithmetic=results, flat=words)
        return line, [_("slope"), f"f′({z})", f"= {arithmetic}" if arithmetic else "", f"= {_fine(slope)}", cell]

    def _place(self):
        """Where the neuron has the sum z."""
        z, total = number(self.z), f"{number(self.w)} × x" + (f" {signed(self.b)}" if self.b else "")
        start = [_("place"), f"z = {total}"]
        if not self.w:
            words = _("Neuron: a = f({sum}). As w = 0, it answers f({b}) = {a} whatever x is.")
            words = words.format(sum=total, b=number(self.b), a=_fine(float(self.f(self.b))))
            return words, [*start, f"= {number(self.b)}", _("whatever x is"), ""]
        if self.x is None:
            words = _("Neuron: a = f({sum}). So near to 0 is w that no x a computer can write gives the sum {z}.")
            return words.format(sum=total, z=z), [
                *start,
                _("is {z} at no x that a computer can write").format(z=z),
                "",
                "",
            ]
        difference = f"({z} {signed(-self.b)})" if self.b else z
        words = _("Neuron: a = f({sum}). The sum is {z} at x = {difference} / {w} = {x}.")
        numbers = {"difference": difference, "w": in_product(self.w), "x": number(self.x)}
        quotient = _("is {z} at x = {difference} / {w}").format(z=z, **numbers)
        return words.format(sum=total, z=z, **numbers), [*start, quotient, f"= {number(self.x)}", ""]

    def _change(self):
        """How strongly the neuron answers to x there."""
        start = [_("neuron"), _("w × slope")]
        if not self.w or self.x is None:
            return _("A nudge of x changes nothing."), [*start, "", "= 0" if not self.w else "≈ 0", ""]
        if not self.has_slope:
            return _("There the neuron has no slope either."), [*start, _("none there either"), "", ""]
        slope = float(self.slope(self.z))
        product, result = f"{number(self.w)} × {_fine_in_product(slope)}", _fine(self.w * slope)
        words = _("There a changes w × slope = {product} = {result} times as much as x.")
        return words.format(product=product, result=result), [*start, f"= {product}", f"= {result}", ""]

    def _help(self):
        if not self.has_slope:
            return _("Go a quarter to the left, then a quarter to the right: what is the slope there?")
        if not self.w:
            return _("Turn w away from 0, and the neuron hears x again.")
        if self.activation == "step":
            return _("The grey line lies at 0. Could a neuron with this function learn by small changes?")
        if abs(float(self.slope(self.z))) < FLAT:
            return _("A small change is lost here. Where does the grey curve leave 0?")
        if self.x is None or abs(self.x) > EDGE:
            return _("On the right the point is out of sight: turn w or b until it comes back.")
        return _("Drag a point along its curve. Where is the slope largest, where smallest?")

    # What hands do.

    def dragged(self, handle, x, y):
        function, neuron = self.stage.panels
        if handle == "z":
            return self._look_at(function.data(x, y)[0])
        x = neuron.data(x, y)[0]
        z = nearest(self.w * x + self.b, -FARTHEST, FARTHEST)
        if handle == "b":
            self.b = nearest(-self.w * x, -LARGEST, LARGEST)
        elif abs(z - self.b) <= EDGE * abs(self.w):  # else it would leave the picture
            self.z = z

    def pressed(self, handle, key):
        step = STEP * sum(ARROWS.get(key, (0,)))
        if handle == "z":
            self._look_at(self.z + step)
        elif handle == "x":
            self._look_at(self.z + np.sign(self.w) * step)
        else:
            self.b -= np.sign(self.w) * step

    def _look_at(self, z):
        self.z = nearest(z, -FARTHEST, FARTHEST)

    def controls(self):
        titles = {name: curve.title for name, curve in CURVES.items()}
        return [
            self.chooser("activation", "f", titles),
            _("Look at the sum"),
            self.slider("z", "z", -FARTHEST, FARTHEST),
            _("The neuron"),
            self.slider("w", "w", -4, 4),
            self.slider("b", "b", -8, 8),
        ]


def _places(panel, middle):
    """Where a curve is drawn: across the panel, and on both sides of where it may jump."""
    sides = np.clip(middle + np.array([-1e-6, 0, 1e-6]), *panel.xlim)
    return np.sort(np.append(np.linspace(*panel.xlim, 93), sides))


def _foot(panel):
    """How high the grip stands, near the lower edge."""
    return panel.data(0, panel.y + panel.height - 11)[1]


def _inner(z):
    """What GELU takes the tanh of."""
    return np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)


def _note(panel, words):
    """Words in the middle of a panel's lower edge."""
    return marks.text(panel, sum(panel.xlim) / 2, panel.ylim[0], words, size=12, shift=(0, -14), bold=True)


def _fine(value):
    """As `number`, but with seven decimals where four would make it 0, 1 or −1, which it is not."""
    close = 1e-7 <= abs(value) < 1e-4 or 0 < abs(abs(value) - 1) < 5e-5
    return _decimals(value, 7) if close else number(value)


def _fine_in_product(value):
    return f"({_fine(value)})" if value < 0 else _fine(value)


def _decimals(value, digits):
    """A number with at most so many decimals."""
    return fixed(value, digits).rstrip("0").rstrip(".")
