"""The set: everything in a picture that stays, drawn once by matplotlib as SVG, and the panels that marks move on."""

import io
import re
import threading
import warnings

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

INK = "#010203"
"""Stands for the text colour of the page: what matplotlib draws in it becomes `currentColor`."""

STYLE = {
    **{name: value for name, value in mpl.rcParamsDefault.items() if not name.startswith(("backend", "interactive"))},
    "text.parse_math": False,
    "font.size": 11,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "axes.facecolor": "none",
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 11,
    "xtick.color": INK,
    "ytick.color": INK,
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
    out = io.StringIO()
    style = {**STYLE, "svg.fonttype": "none", "svg.hashsalt": salt}
    with _drawing, mpl.rc_context(style), warnings.catch_warnings():
        # The browser has the glyphs, Hangul too, that matplotlib's own font lacks.
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None})
    svg = re.search(r"<svg[^>]*>(.*)</svg>", out.getvalue(), re.DOTALL).group(1)
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r">\s+<", "><", svg).strip().replace(INK, "currentColor")
    used = set(re.findall(r"#([\w.-]+)", svg))
    svg = re.sub(r' id="([^"]*)"', lambda match: match[0] if match[1] in used else "", svg)
    return svg, [Panel(axes, figure.bbox.height) for axes in figure.axes]


class Panel:
    """One axes of a set: its box on the stage, and the way from data to stage units and back.

    Stage units count from the picture's upper left corner, y downward. A panel keeps the transform, not the figure.
    """

    def __init__(self, axes, stage_height):
        box = axes.bbox.frozen()
        self.x, self.y = box.x0, stage_height - box.y1
        self.width, self.height = box.width, box.height
        self.xlim, self.ylim = axes.get_xlim(), axes.get_ylim()
        self._transform = axes.transData.frozen()
        self._matrix = self._transform.get_matrix() if self._transform.is_affine else None
        self._stage_height = stage_height

    def place(self, x, y):
        """Data coordinates to stage units, shape (n, 2)."""
        x, y = np.ravel(x), np.ravel(y)
        points = np.empty((len(x), 2))
        points[:, 0], points[:, 1] = x, y
        if self._matrix is None:
            points = self._transform.transform(points)
        else:  # the same by hand; a lab does this for every mark of every picture
            points *= self._matrix[[0, 1], [0, 1]]
            points += self._matrix[:2, 2]
        points[:, 1] = self._stage_height - points[:, 1]
        return points

    def data(self, x, y):
        """Stage units to data coordinates, as two floats."""
        x, y = self._transform.inverted().transform((x, self._stage_height - y))
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
