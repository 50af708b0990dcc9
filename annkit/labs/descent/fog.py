"""How fog is drawn: nothing of the curve, only the slope under your feet, and at the places where you have been."""

import numpy as np

from annkit.labs.descent.picture import DOT, footprint, lane_at, ring, slope_label, step_arrow, step_label, tangent
from annkit.stage import Handle, marks
from annkit.translation import _
from annkit.wording import number

ROWS, COLUMNS = 36, 60
THIN, THICK = 0.1, 0.3
"""How dense the fog is, in shares of ink."""
CLEAR = 0.13
"""How far you see around you, as a share of the picture's width."""


def _clouds():
    """How dense the fog is everywhere, shape (ROWS, COLUMNS): some long waves over each other."""
    y, x = np.mgrid[0:ROWS, 0:COLUMNS] / (ROWS, COLUMNS)[1]
    waves = [(3, 5, 0), (5, -9, 1), (8, 7, 2), (13, -4, 3), (11, 15, 5)]
    sums = sum(np.sin(2 * np.pi * (a * x / 2 + b * y / 2) + c) for a, b, c in waves)
    return THIN + (THICK - THIN) * (sums - sums.min()) / np.ptp(sums)


CLOUDS = _clouds()


def draw_fog(lab, land, strip):
    """Live marks, handles and heat maps, as `Stage.show` takes them. As no height is known, all stand at the same."""
    w, landing, slope = lab.w, lab.landing, lab.slope
    lane, height = lane_at(land), land.ylim[1] / 2
    live = [
        *_footprints(lab, land, lane, height),
        *(marks.line(land, [place] * 2, [height, lane], "ink", 1.2, "2 4", 0.7) for place in {w, landing}),
        step_arrow(land, w, landing, lane),
        tangent(land, w, height, slope),
        marks.at(land, w, height, DOT),
    ]
    words = slope_label(land, w, height, slope) + step_label(land, w, landing, lane)
    label = _("your next step, from w = {w} to w = {landing}").format(w=number(w), landing=number(landing))
    chosen = Handle("landing", land, landing, height, ring(13), label, axes="x")
    return marks.clip(land, *live) + words, [chosen], [(land, _fog_around(land, w, height), "ink")]


def _footprints(lab, panel, lane, height):
    """Where you have been before, and the slopes that were told there, paler the longer ago."""
    places = [lab.start, *lab.walked][:-1]
    for opacity, w in zip(np.linspace(0.35, 0.8, len(places)), places, strict=True):
        mark = tangent(panel, w, height, float(lab.curve_shown.slope(w)))
        mark += marks.at(panel, w, height, '<circle r="4" fill="currentColor"/>')
        yield f'<g opacity="{opacity:.2f}">{mark}{footprint(panel, w, lane)}</g>'


def _fog_around(panel, w, height):
    """The fog, with a clear place where you stand."""
    x, y = panel.grid(ROWS, COLUMNS)
    across = (x - w) / np.ptp(panel.xlim)
    up = (y - height) / np.ptp(panel.ylim) * panel.height / panel.width
    return CLOUDS * (1 - np.exp(-(across**2 + up**2) / CLEAR**2))
