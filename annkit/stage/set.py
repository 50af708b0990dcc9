"""The set: everything in a picture that stays, drawn once by matplotlib as SVG, and the panels that marks move on."""

import functools
import io
import re
import threading
import warnings
from dataclasses import dataclass, field

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.transforms import Transform

from annkit import inputs
from annkit.translation import _

INK = "#010203"
"""Stands for the text colour of the page: what matplotlib draws in it becomes `currentColor`."""
SOFT = "#040506"
"""Stands for the colour of what matters less."""
SYMBOL = re.compile("[a-z][₀-₉]*")
"""A letter of mathematics, with digits below the line."""
CHARACTER = 0.6
"""The width of a digit, of its size."""

STYLE = {
    **{name: value for name, value in mpl.rcParamsDefault.items() if not name.startswith(("backend", "interactive"))},
    "text.parse_math": False,
    "font.size": 13,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "axes.facecolor": "none",
    "axes.axisbelow": True,
    **{f"axes.spines.{side}": False for side in ("left", "right", "top", "bottom")},
    "axes.titlesize": 13,
    "axes.titleweight": 600,
    "axes.titlecolor": SOFT,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.minor.size": 0,
    "ytick.minor.size": 0,
    "axes.unicode_minus": True,
    "grid.color": INK,
    "grid.alpha": 0.12,
    "grid.linewidth": 1,
    "figure.constrained_layout.use": True,
}


_drawing = threading.RLock()
"""matplotlib's settings and Python's warnings belong to the whole process; labs may draw on several threads."""


def new_figure(width, height, **subplots):
    """A matplotlib figure of `width` × `height` stage units in annkit's look, and its axes, as `Figure.subplots` gives.

    A stage unit is one pixel of a picture shown at its full size.
    """
    with _drawing, mpl.rc_context(STYLE):
        figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="none")
        return figure, figure.subplots(**subplots)


def bare(axes, **settings):
    """Make axes a mere place to draw on: from 0 to 1 across and up, without ticks and frame."""
    axes.set(**{"xlim": (0, 1), "ylim": (0, 1), **settings})
    axes.axis("off")


def draw_set(figure, salt):
    """The figure as SVG elements in stage units, and a `Panel` for each of its axes.

    `salt` keeps the ids in one page's pictures apart.
    """
    figure.set_dpi(72)  # one SVG unit is then one unit of transData
    _set_labels(figure)
    out = io.StringIO()
    style = {**STYLE, "svg.fonttype": "none", "svg.hashsalt": salt}
    with _drawing, mpl.rc_context(style), warnings.catch_warnings():
        # The browser has the glyphs, Hangul too, that matplotlib's own font lacks.
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None})
    svg = re.search(r"<svg[^>]*>(.*)</svg>", out.getvalue(), re.DOTALL).group(1)
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r">\s+<", "><", svg).strip()
    svg = svg.replace(INK, "currentColor").replace(SOFT, "var(--annkit-soft, #5b6370)")
    used = set(re.findall(r"#([\w.-]+)", svg))
    svg = re.sub(r' id="([^"]*)"', lambda match: match[0] if match[1] in used else "", svg)
    return svg, tuple(Panel.of(axes, figure.bbox.height) for axes in figure.axes)


def _set_labels(figure):
    """Axes are named at their ends; letters in italics and upright, as mathematics sets them."""
    for axes in figure.axes:
        axes.xaxis.label.set(x=1, ha="right")
        axes.yaxis.label.set(y=1, ha="right")
        for label in (axes.xaxis.label, axes.yaxis.label):
            if SYMBOL.fullmatch(label.get_text()):
                label.set(style="italic", size=14)
        if SYMBOL.fullmatch(axes.get_ylabel()):
            axes.yaxis.label.set(rotation=0, va="top")


@dataclass(frozen=True)
class Panel:
    """A place of a picture with data coordinates: its box on the stage, and the way from data to stage units and back.

    Stage units count from the picture's upper left corner, y downward.
    """

    x: float
    y: float
    width: float
    height: float
    xlim: tuple = (0, 1)
    ylim: tuple = (0, 1)
    bend: Transform = field(default=None, compare=False, repr=False)
    """From data to what is linear on the stage, where axes are not, such as those of a log scale; the limits too."""

    @classmethod
    def plain(cls, x, y, width, height, xlim=(0, 1), ylim=(0, 1)):
        """A panel without axes: a box in stage units, x and y those of its upper left corner.

        Raises
        ------
        ValueError
            Where the box has no size, or a limit is no number or no different from the other.
        """
        x, y = (inputs.number(name, value) for name, value in (("x", x), ("y", y)))
        width, height = inputs.vector("size", (width, height)).tolist()
        if min(width, height) <= 0:
            sentence = _("A panel's width and height should be above 0, and these are {width:g} and {height:g}.")
            raise ValueError(sentence.format(width=width, height=height))
        limits = []
        for name, value in (("xlim", xlim), ("ylim", ylim)):
            ends = inputs.vector(name, value).tolist()
            if len(ends) != 2 or ends[0] == ends[1]:
                sentence = _("{name} should be two different numbers, such as (0, 1), and this is {value}.")
                raise ValueError(sentence.format(name=name, value=inputs.shown(value)))
            limits.append(tuple(ends))
        return cls(x, y, width, height, *limits)

    @classmethod
    def whole(cls, width, height):
        """A panel as large as a picture: a place on it is that many stage units from the left and from the top."""
        return cls.plain(0, 0, width, height, (0, width), (height, 0))

    @classmethod
    def of(cls, axes, stage_height):
        """The panel of matplotlib's axes, which have to be drawn already. They are not kept."""
        box = axes.bbox
        limits = tuple(map(float, axes.get_xlim())), tuple(map(float, axes.get_ylim()))
        bend = None if axes.transData.is_affine else axes.transScale.frozen()
        return cls(*map(float, (box.x0, stage_height - box.y1, box.width, box.height)), *limits, bend)

    @functools.cached_property
    def _linear(self):
        """Scale and shift from data (bent, where the axes are) to stage units, each of shape (2,)."""
        ends = np.array([self.xlim, self.ylim]).T
        (left, low), (right, high) = ends if self.bend is None else self.bend.transform(ends)
        scale = np.array([self.width / (right - left), -self.height / (high - low)])
        return scale, (self.x, self.y + self.height) - scale * (left, low)

    def place(self, x, y):
        """Data coordinates to stage units, shape (n, 2)."""
        x, y = np.ravel(x), np.ravel(y)
        points = np.empty((len(x), 2))
        points[:, 0], points[:, 1] = x, y
        if self.bend is not None:
            points = self.bend.transform(points)
        scale, shift = self._linear
        points *= scale
        points += shift
        return points

    def spot(self, x, y):
        """One place in data coordinates to stage units, as two floats."""
        if self.bend is not None:
            x, y = self.bend.transform((x, y))
        scale, shift = self._linear
        return float(scale[0] * x + shift[0]), float(scale[1] * y + shift[1])

    def data(self, x, y):
        """One place in stage units to data coordinates, as two floats."""
        scale, shift = self._linear
        x, y = (x - shift[0]) / scale[0], (y - shift[1]) / scale[1]
        if self.bend is not None:
            x, y = self.bend.inverted().transform((x, y))
        return float(x), float(y)

    def holds(self, x, y):
        """Whether a place in stage units lies in this panel."""
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height

    def grid(self, rows, columns):
        """The middles of rows × columns pixels that fill this panel: x and y in data coordinates, first row lowest."""
        (left, right), (low, high) = self.xlim, self.ylim
        x = left + (np.arange(columns) + 0.5) * (right - left) / columns
        y = low + (np.arange(rows) + 0.5) * (high - low) / rows
        return np.meshgrid(x, y)
