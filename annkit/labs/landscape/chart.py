"""The picture of the landscape lab: a chart of the error, as of a sea, and the trails on it."""

import math

import numpy as np
from contourpy import FillType, contour_generator

from annkit.labs.landscape.lands import FAR, WALKERS
from annkit.stage import marks
from annkit.translation import _

WIDTH, HEIGHT = 600, 470
DEPTH = 0.62
"""How dense the blue is at the lowest place."""
EVERY = 4
"""Every so-maniest line of the chart is a bold one, with its number on it."""
LOOKS = {"plain": ("ink", ""), "momentum": ("violet", "7 4"), "adam": ("teal", "1.5 4")}
"""Each walker's colour and dashes; its steps differ in shape, too."""
TOLD_APART = 0.7
"""Places nearer to each other than this, in stage units, are drawn as one."""
CROSS = '<path d="M-7,0h14M0-7v14" stroke="{}" stroke-width="{}" stroke-linecap="round"/>'


def chart(panel, land):
    """The error as bands of blue, deeper where it is less, with lines of the same error and numbers on some of them."""
    x, y = panel.grid(60, 90)
    errors = land.error(x, y)
    lines = contour_generator(x, y, errors, fill_type=FillType.OuterOffset)
    levels = [land.between * k**2 for k in range(1, math.ceil(math.sqrt(errors.max() / land.between)))]
    opacity = 1 - (1 - DEPTH) ** (1 / len(levels))
    bands, numbers = [], []
    for k, level in enumerate(levels, start=1):
        path = "".join(
            _ring(panel, points[start:stop])
            for points, offsets in zip(*lines.filled(-np.inf, level), strict=True)
            for start, stop in zip(offsets, offsets[1:], strict=False)
        )
        bands.append(f'<path d="{path}" fill="{marks.COLOURS["blue"]}" fill-opacity="{opacity:.3f}"/>')
        bold = k % EVERY == 0
        width, strength = (1.1, 0.5) if bold else (0.6, 0.35)
        bands += [marks.line(panel, *line.T, "blue", width, opacity=strength) for line in lines.lines(level)]
        if bold and (place := _for_number(panel, land, level)):
            numbers.append(marks.text(panel, *place, f"{level:g}", "ink", size=12))
    return marks.clip(panel, *bands) + "".join(numbers)


def _ring(panel, points):
    """A closed line, as a path from one place to the next."""
    places = np.round(panel.place(*points.T), 1)
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in places.tolist()) + "Z"


def _for_number(panel, land, level):
    """A place on a line of the chart, where it crosses the right part of the diagonal; None where it doesn't."""
    (low_x, high_x), (low_y, high_y) = panel.xlim, panel.ylim
    share = np.linspace(0.02, 0.93, 400)
    x, y = share * high_x, share * low_y
    beyond = land.error(x, y) >= level
    at = int(beyond.argmax())
    return (x[at], y[at]) if beyond[at] and not beyond[:at].any() and at else None


def crosses(panel, land):
    """Every lowest place."""
    cross = CROSS.format(marks.COLOURS["paper"], 6) + CROSS.format(marks.COLOURS["ink"], 2.4)
    return "".join(marks.at(panel, *low, cross) for low in land.lowest)


def trail(panel, walker, places):
    """A walker's way, and a mark for each step: a dot, a ring or a square."""
    colour, dash = LOOKS[walker]
    shown = _thinned(np.clip(panel.place(*places.T), -1e4, 1e4))
    line = "L".join(f"{x:.1f},{y:.1f}" for x, y in shown.tolist())
    steps = "".join(f"M{x:.1f},{y:.1f}h0" for x, y in shown[1:].tolist())
    ink, paper = marks.COLOURS[colour], marks.COLOURS["paper"]
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    parts = [
        f'<path d="M{line}" fill="none" stroke="{paper}" stroke-width="4.5" stroke-opacity="0.75"/>',
        f'<path d="M{line}" fill="none" stroke="{ink}" stroke-width="2.2"{dashes}/>',
    ]
    cap = "square" if walker == "adam" else "round"
    for hue, width in ((ink, 7), (paper, 3.4)) if walker == "momentum" else ((ink, 5),):
        parts.append(f'<path d="{steps}" stroke="{hue}" stroke-width="{width}" stroke-linecap="{cap}"/>')
    return "".join(parts)


def _thinned(places):
    """The places without those that lie on the one drawn before them."""
    kept = [places[0]]
    for place in places[1:]:
        if abs(place - kept[-1]).max() >= TOLD_APART:
            kept.append(place)
    return np.array(kept)


def ends(panel, shown, walker):
    """Each walker's letter where it stands; that of the one looked at lies on top."""
    for name in sorted(shown, key=lambda name: name == walker):
        place = shown[name][-1]
        if np.abs(place).max() < FAR:
            yield marks.at(panel, *place, marks.disc(LOOKS[name][0], _(WALKERS[name])[0].upper(), 10))
