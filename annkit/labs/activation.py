"""The activation lab: one activation function, its slope at one sum, and the neuron that it makes of w, b and x."""

from dataclasses import dataclass

import ipywidgets
import numpy as np

from annkit.activations import ACTIVATIONS
from annkit.labs.base.lab import STEP, Lab, nearest
from annkit.labs.base.traits import Choice, Number
from annkit.stage import ARROWS, Handle, Stage, marks, new_figure
from annkit.translation import _
from annkit.wording import in_product, number, signed

FARTHEST = 6
"""Sums and inputs are shown from −6 to 6."""
NUDGE = 0.001
FLAT = 0.01
"""A slope nearer to 0 than this is called nearly flat."""
TANGENT = 65
"""Half a tangent's length, in stage units."""
DOT = '<circle r="8" class="annkit-d"/><circle r="3.5" fill="currentColor"/>'


@dataclass(frozen=True)
class Curve:
    """What one activation function is called, how it is computed and how high it is drawn."""

    title: str
    heights: tuple
    value: str = ""
    """The arithmetic of a, with z, and with z and −z in brackets where they are negative."""
    slope: str = ""
    """The arithmetic of the slope, with a, and a in brackets where it is negative."""


BOUNDED, UNBOUNDED = (-1.35, 1.35), (-1.6, 6.6)
CURVES = {
    "step": Curve("step", BOUNDED),
    "sigmoid": Curve("sigmoid", BOUNDED, "1 / (1 + e^{minus})", "a (1 − a) = {a} × (1 − {a})"),
    "linear": Curve("linear", (-6.6, 6.6)),
    "relu": Curve("ReLU", UNBOUNDED, "max({z}, 0)"),
    "tanh": Curve(
        "tanh", BOUNDED, "(e^{bracketed} − e^{minus}) / (e^{bracketed} + e^{minus})", "1 − a² = 1 − {in_product}²"
    ),
    "leaky_relu": Curve("leaky ReLU", UNBOUNDED, "max({z}, 0.01 × {bracketed})"),
    "gelu": Curve("GELU", UNBOUNDED, "½ × {bracketed} × (1 + tanh(0.7979 × ({z} + 0.0447 × {bracketed}³)))"),
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

    state = ("activation", "w", "b", "z")
    glance = ("z",)
    activation = Choice(CURVES)
    w, b = Number(), Number()
    z = Number(low=-FARTHEST, high=FARTHEST)

    def __init__(self, activation="sigmoid", w=1, b=0, z=1):
        super().__init__()
        self.activation, self.w, self.b, self.z = activation, w, b, z
        self._drawn = self._curve.heights
        stage = Stage(self._figure(), label=_("Picture of the function and of the neuron; the point is a button"))
        self.build(stage, self._controls(), above=True)

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
        """The input that gives the sum z, or None where w is 0."""
        return (self.z - self.b) / self.w if self.w else None

    @property
    def _curve(self):
        return CURVES[self.activation]

    # The picture.

    def draw(self):
        if self._drawn != self._curve.heights:
            self._drawn = self._curve.heights
            self.stage.set_figure(self._figure())
        function, neuron = self.stage.panels
        a = float(self.f(self.z))
        label = _("the point at z = {z}, a = {a}").format(z=number(self.z), a=number(a))
        handles = [Handle("z", function, self.z, a, DOT, label, axes="x")]
        self.stage.show(self._function(function, a) + self._neuron(neuron, a), handles)

    def _figure(self):
        figure, panels = new_figure(840, 290, ncols=2, sharey=True)
        titles = _("the function: a = f(z)"), _("the neuron: a = f(w × x + b)")
        ends, low_high = (-FARTHEST - 0.5, FARTHEST + 0.5), self._curve.heights
        for axes, title, label in zip(panels, titles, ("z", "x"), strict=True):
            axes.set(xlim=ends, ylim=low_high, title=title, xlabel=label, ylabel="a")
            axes.set_xticks(range(-FARTHEST, FARTHEST + 1, 2))
            axes.tick_params(labelleft=True)
            axes.grid(True)
            axes.axhline(0, color=axes.xaxis.label.get_color(), linewidth=0.8)
            axes.axvline(0, color=axes.xaxis.label.get_color(), linewidth=0.8)
        return figure

    def _function(self, panel, a):
        """The curve and its slope over z, the tangent at z, and what they are called, away from the point."""
        z = _places(panel, 0)
        slope = float(self.slope(self.z))
        away = -4.5 if self.z > 0 else 4.5
        lines = [
            marks.line(panel, [self.z] * 2, panel.ylim, "grey", 1, "2 4"),
            *self._line(panel, z, 1, 0, self.slope, "grey", 1.5),
            *self._line(panel, z, 1, 0, self.f, "ink", 2.5),
            self._tangent(panel, self.z, a, slope),
            marks.text(panel, away, self.f(away), "a = f(z)", anchor="end", size=11, shift=(-8, -13)),
            marks.text(panel, away, self.slope(away), _("slope"), "grey", "end", 11, (-8, 12)),
        ]
        return marks.clip(panel, *lines) + self._slope_label(panel, self.z, a, slope, 1)

    def _neuron(self, panel, a):
        """The same curve over x, with the place where the sum is 0, and where it is z."""
        if not self.w:
            lines = [marks.line(panel, panel.xlim, [float(self.f(self.b))] * 2, width=2.5)]
            return marks.clip(panel, *lines) + _note(panel, _("w = 0: every x gives the sum b"))
        middle, beside = -self.b / self.w, (-5 * np.sign(self.w), 9)
        x = _places(panel, middle)
        lines = [
            marks.line(panel, [middle] * 2, panel.ylim, "grey", 1, "2 4"),
            marks.text(panel, middle, panel.ylim[1], "z = 0", "grey", "end" if self.w > 0 else "start", 11, beside),
            *self._line(panel, x, self.w, self.b, self.f, "ink", 2.5),
        ]
        here = self.x, a, self.w * float(self.slope(self.z))
        if abs(self.x) > FARTHEST + 0.5:
            return marks.clip(panel, *lines) + _note(panel, _("z = {z} is outside").format(z=number(self.z)))
        lines += [self._tangent(panel, *here), marks.at(panel, self.x, a, DOT)]
        return marks.clip(panel, *lines) + self._slope_label(panel, *here, np.sign(self.w))

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

    def _slope_label(self, panel, x, a, slope, direction):
        """The slope beside its point, on the side that a curve in that direction leaves free."""
        words = _("slope {slope}").format(slope=_fine(slope)) if self.has_slope else _("no slope")
        direction = np.sign(slope) or direction
        right = x * direction <= 2.5
        shift = direction * (14 if right else -14), 17 if right else -17
        anchor = "start" if shift[0] > 0 else "end"
        return marks.text(
            panel, x, a, words, marks.sign_colour(slope) if self.has_slope else "ink", anchor, 12, shift, bold=True
        )

    # The words.

    def words(self):
        return [self._value(), self._nudge(), self._slope(), *self._neuron_in_words()]

    def _value(self):
        z, a = self.z, float(self.f(self.z))
        if self.activation == "step":
            comparison = "> 0 → 1" if a else "≤ 0 → 0"
            return _("{function}: {z} {comparison}, so a = f({z}) = {a}.").format(
                function=self._curve.title, z=number(z), comparison=comparison, a=number(a)
            )
        arithmetic = self._curve.value.format(z=number(z), minus=in_product(-z), bracketed=in_product(z))
        return _("{function}: a = f({z}) = {arithmetic}.").format(
            function=self._curve.title, z=number(z), arithmetic=" = ".join(filter(None, [arithmetic, _fine(a)]))
        )

    def _nudge(self):
        change = float(self.f(self.z + NUDGE) - self.f(self.z))
        digits = 7 if abs(change) >= 5e-8 else 10
        words = _("Nudge: f({nudged}) − f({z}) = {change}. Divided by {nudge}: {ratio}.")
        return words.format(
            nudged=number(self.z + NUDGE),
            z=number(self.z),
            change=_decimals(change, digits),
            nudge=NUDGE,
            ratio=_decimals(change / NUDGE, digits - 3),
        )

    def _slope(self):
        if not self.has_slope:
            left, right = CORNERS[self.activation]
            if right is None:
                return _("At the jump, z = 0, there is no slope: it is 0 on both sides, and any nudge up adds 1.")
            words = _("At the kink, z = 0, there is no slope: {left} from the left, {right} from the right.")
            return words.format(left=number(left), right=number(right))
        slope, a = float(self.slope(self.z)), float(self.f(self.z))
        arithmetic = self._curve.slope.format(a=_fine(a), in_product=_fine_in_product(a))
        words = _("Slope: f′({z}) = {arithmetic}. {flat}")
        flat = _("Not flat here.")
        if slope == 0:
            flat = _("Flat here: a small nudge changes nothing.")
        elif abs(slope) < FLAT:
            flat = _("Nearly flat here: under 1 % comes through.")
        return words.format(
            z=number(self.z), arithmetic=" = ".join(filter(None, [arithmetic, _fine(slope)])), flat=flat
        )

    def _neuron_in_words(self):
        total = f"{number(self.w)} × x" + (f" {signed(self.b)}" if self.b else "")
        if not self.w:
            words = _("Neuron: a = f({sum}). As w = 0, it answers f({b}) = {a} whatever x is.")
            words = words.format(sum=total, b=number(self.b), a=_fine(float(self.f(self.b))))
            return [words, _("A nudge of x changes nothing.")]
        words = _("Neuron: a = f({sum}). The sum is {z} at x = {difference} / {w} = {x}.")
        difference = f"({number(self.z)} {signed(-self.b)})" if self.b else number(self.z)
        numbers = {"z": number(self.z), "w": in_product(self.w), "x": number(self.x)}
        where = words.format(sum=total, difference=difference, **numbers)
        if not self.has_slope:
            return [where, _("There the neuron has no slope either.")]
        slope = float(self.slope(self.z))
        product = f"{number(self.w)} × {_fine_in_product(slope)} = {_fine(self.w * slope)}"
        return [where, _("There a changes w × slope = {product} times as much as x.").format(product=product)]

    # What hands do.

    def dragged(self, handle, x, y):
        self._look_at(self.stage.panels[0].data(x, y)[0])

    def pressed(self, handle, key):
        if key in ARROWS:
            self._look_at(self.z + STEP * sum(ARROWS[key]))

    def _look_at(self, z):
        self.z = nearest(z, -FARTHEST, FARTHEST)

    def _controls(self):
        titles = {name: curve.title for name, curve in CURVES.items()}
        controls = [
            self.chooser("activation", _("f"), titles),
            self.slider("z", "z", -FARTHEST, FARTHEST, width="190px"),
            self.slider("w", "w", -4, 4, width="190px"),
            self.slider("b", "b", -8, 8, width="190px"),
            self.reset_button(),
        ]
        return [ipywidgets.HBox(controls, layout={"flex_flow": "row wrap"})]


def _places(panel, middle):
    """Where a curve is drawn: across the panel, and on both sides of where it may jump."""
    sides = np.clip(middle + np.array([-1e-6, 0, 1e-6]), *panel.xlim)
    return np.sort(np.append(np.linspace(*panel.xlim, 105), sides))


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
    text = f"{round(value, digits) + 0.0:.{digits}f}"
    return text.rstrip("0").rstrip(".").replace("-", "−")
