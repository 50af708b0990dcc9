"""The activation lab itself: its state, its picture of the function and of the neuron, and what hands do."""

import numpy as np

from annkit.activations import ACTIVATIONS
from annkit.labs.activation.curves import CORNERS, CURVES
from annkit.labs.activation.saying import Saying, fine
from annkit.labs.base.lab import STEP, Lab, nearest
from annkit.labs.base.traits import FARTHEST as LARGEST
from annkit.labs.base.traits import Choice, Flag, Number
from annkit.stage import ARROWS, Handle, marks, new_figure
from annkit.translation import N_, _
from annkit.wording import number

FARTHEST = 6
"""Sums and inputs are looked at from −6 to 6, and shown a little farther."""
EDGE = FARTHEST + 0.5
NEAR = 3
"""From here on to its edge a picture has no room for words beside a point."""
TANGENT = 55
"""Half a tangent's length, in stage units."""
BESIDE, SIGN, CLEAR = 14, 7.3, 7
"""How far a slope stands beside its point, how wide one of its signs is, and how far it stays off the tangent."""
DOT = marks.dot(middle=True)
GRIP = marks.dot(8.5) + '<path d="M-6 0l5-3.5v7zM6 0l-5-3.5v7z" fill="currentColor"/>'


class ActivationLab(Saying, Lab):
    """An activation function a = f(z) with its slope, and the neuron a = f(w x + b).

    Parameters
    ----------
    activation : {"step", "sigmoid", "linear", "relu", "tanh", "leaky_relu", "gelu"}
        The function f.
    w, b : float
        The weight and the bias of the neuron.
    z : float
        The sum that is looked at, from −6 to 6.
    slopes : bool
        Whether slopes are shown: a grey curve of them, the tangent, and the arithmetic of a nudge.

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
    slopes = Flag(True, glance=True)

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
    def out_of_sight(self):
        """Whether the point of the neuron lies beside the picture."""
        return self.x is None or abs(self.x) > EDGE

    # The picture.

    def setting(self, now):
        return CURVES[self.activation].heights

    def figure(self, heights):
        figure, panels = new_figure(620, 240, ncols=2, sharey=True)
        titles = _("the function: a = f(z)"), _("the neuron: a = f(w × x + b)")
        step = 2 if heights[1] > 2 else 0.5
        ticks = step * np.arange(np.ceil(heights[0] / step), heights[1] // step + 1)
        for axes, title, label in zip(panels, titles, ("z", "x"), strict=True):
            axes.set(xlim=(-EDGE, EDGE), ylim=heights, xlabel=label, ylabel="a")
            axes.set_title(title, size=12)
            axes.set_xticks(range(-FARTHEST, FARTHEST + 1, 2))
            axes.set_yticks(ticks, [number(tick) for tick in ticks])
            axes.tick_params(labelleft=True, labelsize=12)
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
        z, slope = _places(panel, 0), float(self.slope(self.z)) if self.slopes else 0
        down = marks.line(panel, [self.z] * 2, [min(a, slope, 0), max(a, slope, 0)], "grey", 1, "2 4")
        curve = self._line(panel, z, 1, 0, self.f, "ink", 2.5)
        if not self.slopes:
            return marks.clip(panel, down, *curve, self._name(panel))
        lines = [
            down,
            *self._line(panel, z, 1, 0, self.slope, "grey", 2),
            *curve,
            self._tangent(panel, self.z, a, slope),
            self._name(panel),
            marks.text(panel, FARTHEST, self.slope(FARTHEST), _("its slope, f′(z)"), "grey", "end", 12, (4, -15)),
        ]
        if self.has_slope:
            lines.append(marks.at(panel, self.z, slope, '<circle r="3.5" fill="currentColor" opacity=".6"/>'))
        return marks.clip(panel, *lines) + self._slope_label(panel, self.z, a, slope, 1)

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
        if self.out_of_sight:
            return marks.clip(panel, *lines) + self._way_out(panel, a)
        if not self.slopes:
            return marks.clip(panel, *lines)
        here = self.x, a, self.w * float(self.slope(self.z))
        return marks.clip(panel, *lines, self._tangent(panel, *here)) + self._slope_label(panel, *here, np.sign(self.w))

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

    def _slope_label(self, panel, x, a, slope, way):
        """The slope above its point, or below where the tangent is in its way; `way` is −1 on a turned curve."""
        words = _("slope {slope}").format(slope=fine(slope)) if self.has_slope else _("no slope")
        side = -way if slope * way < 0 else -(np.sign(slope) or way)  # in the dip of GELU the outer one is free
        ((place, __),) = panel.place(x, a)
        end = place + side * (BESIDE + SIGN * len(words))
        lack = max(panel.x - end, end - panel.x - panel.width, 0)
        steep = abs(slope) * panel.height / np.ptp(panel.ylim) / panel.width * np.ptp(panel.xlim)
        shift = side * (BESIDE - lack), -17
        if steep * (lack - BESIDE) > CLEAR:
            side, shift = -side, (-side * BESIDE, 17)
        colour = marks.sign_colour(slope) if self.has_slope else "ink"
        return marks.text(panel, x, a, words, colour, "start" if side > 0 else "end", 12.5, shift, bold=True)

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


def _note(panel, words):
    """Words in the middle of a panel's lower edge."""
    return marks.text(panel, sum(panel.xlim) / 2, panel.ylim[0], words, size=12, shift=(0, -14), bold=True)
