"""The picture of the landscape lab: a chart of the error, as of a sea, and the trails on it."""

import math

import numpy as np
from contourpy import FillType, contour_generator

from annkit.labs.landscape.lands import FAR, WALKERS
from annkit.stage import marks
from annkit.translation import _

WIDTH, HEIGHT = 500, 520
DEPTH = 0.62
"""How dense the blue is at the lowest place."""
BETWEEN, EVERY = 0.08, 5
"""A line of the chart is drawn where E is k² times the first, for each whole number k: those of a round bowl have even
distances. Every so-maniest is a bold one, with its number on it."""
LOOKS = {"plain": ("ink", ""), "momentum": ("violet", "7 4"), "adam": ("teal", "2 3")}
"""Each walker's colour and dashes; its steps differ in shape, too."""
COUNT, CORNERS, FINE = 56, 8, 4
"""The error is asked for at so many places each way; corners of a line are so far apart, in stage units, and lie on the
whole ones of so many parts of one."""
TOLD_APART = 0.7
"""Places nearer to each other than this, in stage units, are drawn as one."""
OFF = (15, 6)
"""So far from the middle a walk is far off the chart."""
CROSS = '<path d="M-7,0h14M0-7v14" stroke="{}" stroke-width="{}"/>'


def chart(panel, land):
    """The error as bands of blue, deeper where it is less, with lines of the same error and numbers on some of them."""
    x, y = (np.linspace(1.04 * low, 1.04 * high, COUNT) for low, high in (panel.xlim, panel.ylim))
    errors = land.error(*np.meshgrid(x, y))
    lines = contour_generator(x, y, errors, fill_type=FillType.OuterOffset)
    levels = [BETWEEN * k**2 for k in range(1, math.ceil(math.sqrt(errors.max() / BETWEEN)))]
    opacity = 1 - (1 - DEPTH) ** (1 / len(levels))
    bands, numbers = [], []
    for k, level in enumerate(levels, start=1):
        path = "".join(
            _ring(panel, points[start:stop])
            for points, offsets in zip(*lines.filled(-np.inf, level), strict=True)
            for start, stop in zip(offsets, offsets[1:], strict=False)
        )
        width, strength = (1.2, 0.6) if k % EVERY == 0 else (0.7, 0.35)
        bands.append(
            f'<path d="{path}" fill-opacity="{opacity:.3f}" stroke-width="{FINE * width:g}" '
            f'stroke-opacity="{strength}"/>'
        )
        if k % EVERY == 0 and (place := _for_number(panel, land, level)):
            numbers.append(marks.text(panel, *place, f"{level:g}", size=13))
    blue = marks.COLOURS["blue"]
    return marks.clip(
        panel, f'<g transform="scale({1 / FINE})" fill="{blue}" stroke="{blue}">', *bands, "</g>"
    ) + "".join(numbers)


def _ring(panel, points):
    """A closed line, as steps from one place to the next, in whole parts of a stage unit."""
    places = (FINE * _thinned(panel.place(*points.T), CORNERS)).round().astype(int)
    steps = np.diff(places, axis=0).tolist()
    return "M{},{}l".format(*places[0]) + " ".join(f"{x},{y}" for x, y in steps) + "z"


def _for_number(panel, land, level):
    """Where a line of the chart crosses the way from the middle to the lower right; None where it doesn't."""
    share = np.linspace(0.02, 0.93, 400)
    x, y = share * panel.xlim[1], share * panel.ylim[0]
    at = int((land.error(x, y) >= level).argmax())  # 0 where all are, or none
    return (x[at], y[at]) if at else None


def crosses(panel, land):
    """Every lowest place."""
    cross = CROSS.format(marks.COLOURS["paper"], 6) + CROSS.format(marks.COLOURS["ink"], 2.5)
    return "".join(marks.at(panel, *low, cross) for low in land.lowest)


def trail(panel, walker, places):
    """A walker's way, and a mark for each step: a dot, a ring or a square."""
    colour, dash = LOOKS[walker]
    shown = _thinned(panel.place(*_seen(places).T), TOLD_APART).tolist()
    line = "L".join(f"{x:.1f},{y:.1f}" for x, y in shown)
    steps = "".join(f"M{x:.1f},{y:.1f}h0" for x, y in shown[1:])
    ink, paper = marks.COLOURS[colour], marks.COLOURS["paper"]
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    parts = [
        f'<path d="M{line}" fill="none" stroke="{paper}" stroke-width="4.5" stroke-opacity="0.6"/>',
        f'<path d="M{line}" fill="none" stroke="{ink}" stroke-width="2"{dashes}/>',
    ]
    cap = "square" if walker == "adam" else "round"
    for hue, width in ((ink, 7), (paper, 3.6)) if walker == "momentum" else ((ink, 5.5),):
        parts.append(f'<path d="{steps}" stroke="{hue}" stroke-width="{width}" style="stroke-linecap:{cap}"/>')
    return "".join(parts)


def _seen(places):
    """The places, up to the first that is far off the chart where the last one is."""
    off = (np.abs(places) > OFF).any(axis=1)
    return places[: off.argmax() + 1] if off[-1] else places


def _thinned(places, apart):
    """The places without those that lie nearer than so much to the one before them."""
    kept, (x, y) = [0], places[0]
    for i, (a, b) in enumerate(places.tolist()):
        if abs(a - x) >= apart or abs(b - y) >= apart:
            kept.append(i)
            x, y = a, b
    return places[kept]


def ends(panel, shown, walker):
    """Each walker's letter where it stands; that of the one looked at lies on top."""
    for name in sorted(shown, key=lambda name: name == walker):
        place = shown[name][-1]
        if np.abs(place).max() < FAR:
            yield marks.at(panel, *place, marks.disc(LOOKS[name][0], _(WALKERS[name])[0].upper(), 10))
