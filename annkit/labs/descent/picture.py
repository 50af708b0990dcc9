"""How the descent lab is drawn: the curve with its pools, the point, its tangent and its steps; under it w alone, as a
lane for the arrow of the next step; and lowest the stripes, where every start has the colour of the pool it ends in.
"""

import numpy as np

from annkit.labs.descent.curves import EVERY
from annkit.labs.descent.walk import AWAY, STARTS, UNSETTLED, after, ends, runs
from annkit.stage import Handle, bare, marks, new_figure
from annkit.translation import _
from annkit.wording import number

SIZE = 500, 474
LANE = 0.13
"""How high the lane is, as a share of how high E is drawn."""
TANGENT = 62
"""Half the length of a tangent, in stage units."""
TRAIL = 24
"""So many of the last steps are drawn, in so many shades."""
FARTHEST = 50
"""Nothing is drawn farther outside of the picture than so many times its size."""
SHADES = (0.25, 0.5, 0.85)
LETTER = 9
"""About the width of a bold letter."""
POINTS, FINE = 161, 40
"""A curve is drawn through so many points, and its ends are so many times finer."""
POOLS = ("violet", "teal")
"""The colours of the pools where there are two; where there is one, it has the second."""
TALL, SHORT, LOW = 1, 0.6, 0.18
"""How high the stripes are of starts that end in the lowest valley, in another one, in none."""
DOT = '<circle r="9" class="annkit-d"/><circle r="5" fill="currentColor"/>'
LEFT, RIGHT, UP = "M4-7l-10,7 10,7z", "M-4-7l10,7-10,7z", "M-7,4l7-10 7,10z"


def figure(name, hidden):
    """The curve, if it is not hidden, over w; under it a strip for the stripes."""
    curve = EVERY[name]
    drawn, (land, strip) = new_figure(*SIZE, nrows=2, height_ratios=(12.5, 1.8))
    ink = land.xaxis.label.get_color()
    weights = np.arange(np.ceil(curve.ends[0]), np.floor(curve.ends[1]) + 1)
    heights = np.arange(0, curve.high, curve.tick)
    land.set(xlim=curve.window, ylim=(-LANE * curve.high, curve.high), xlabel="w")
    land.set_xticks(weights, map(number, weights))
    land.set_yticks(heights, ["" if hidden else number(E) for E in heights])
    land.tick_params(labelsize=13)
    land.axhline(0, color=ink, linewidth=1)
    title = "E = ?" if hidden else f"E = {curve.formula}" if curve.formula else "E"
    land.set_title(title, loc="left", size=14, style="italic", color=ink)
    bare(strip, xlim=curve.window, ylim=(-0.45, 1))
    if not hidden:
        land.grid(True)
        land.plot(*_in_the_picture(curve), color=ink, linewidth=2.5, clip_on=False)
        strip.set_title(_("where each start ends"), loc="left", size=13)
    return drawn


def _in_the_picture(curve):
    """The places of w that are drawn, and E there: cut at the top, as a clip path gets lost in a lab's second view."""
    w = np.linspace(*curve.window, FINE * POINTS)
    low, *__, high = np.flatnonzero(curve.E(w) <= curve.high)
    w = w[np.append(np.arange(low, high, FINE), high)]
    return w, curve.E(w)


def where(panel, x):
    """The weight at a place of the stage."""
    return panel.data(x, 0)[0]


def draw(lab, lifting, land, strip):
    """Live marks, handles and heat maps, as `Stage.show` takes them; `lifting` when fog has been lifted just now."""
    curve, w, E, slope = lab.curve_shown, lab.w, lab.E, lab.slope
    landing = after(curve, w, lab.learning_rate)
    live = [
        marks.clip(
            land,
            *_pools(curve, land),
            *_trail(lab.path[-TRAIL - 1 :], curve, land),
            *_own_steps(lab, curve, land, lifting),
            *_next_step(w, E, landing, curve, land),
            tangent(land, w, E, slope),
        ),
        *_stripes(lab, curve, strip),
        _beside_the_point(w, E, slope, land),
        step_label(land, w, landing, lane_at(land)),
    ]
    return "".join(live), list(_handles(lab, w, E, landing, curve, land)), []


def lane_at(land):
    """How high the arrow of the next step runs, in data coordinates."""
    return land.ylim[0] * 0.62


def tangent(panel, w, E, slope):
    """A straight piece through the point, blue where it rises and orange where it falls."""
    across, up = panel.width / np.ptp(panel.xlim), panel.height / np.ptp(panel.ylim)
    half = TANGENT / np.hypot(across, slope * up)
    ends = np.array([-half, half])
    return marks.line(panel, w + ends, E + slope * ends, marks.sign_colour(slope), 3, opacity=0.9)


def inside(panel, w, E):
    """Whether a place is in the picture."""
    return panel.xlim[0] <= w <= panel.xlim[1] and E <= panel.ylim[1]


# What lies on the curve.


def colour_of(curve, kind):
    """The colour of a bottom's pool."""
    return POOLS[kind] if len(curve.bottoms) > 1 else POOLS[1]


def _pools(curve, panel):
    for kind, bottom in enumerate(curve.bottoms):
        level = curve.E(bottom.w) + curve.pool
        reach = 1.6 * np.sqrt(2 * curve.pool / bottom.curvature)
        w = np.linspace(bottom.w - reach, bottom.w + reach, 61)
        yield marks.area(panel, w, np.minimum(curve.E(w), level), colour_of(curve, kind), 0.55)


def _trail(places, curve, panel):
    """From each place to the next, paler the longer ago; and where they are on the lane."""
    w, E = _on_curve(places, curve, panel)
    for opacity, part in zip(SHADES, np.array_split(np.arange(len(w) - 1), len(SHADES)), strict=True):
        if len(part):
            way, been = slice(part[0], part[-1] + 2), slice(part[0], part[-1] + 1)
            yield marks.line(panel, w[way], E[way], "ink", 1.5, opacity=0.6 * opacity)
            dots = "".join(f"M{x:.1f},{y:.1f}h0" for x, y in panel.place(w[been], E[been]))
            yield f'<path d="{dots}" class="annkit-p" stroke="currentColor" stroke-width="8" opacity="{opacity}"/>'
    yield "".join(footprint(panel, each, lane_at(panel)) for each in w[:-1])


def _on_curve(places, curve, panel):
    """Places of w and their E, shape (n,) each; what is far outside stays so, but is a place that can be drawn."""
    left, right = panel.xlim
    w = np.clip(places, left - FARTHEST * (right - left), right + FARTHEST * (right - left))
    return w, np.minimum(curve.E(w), FARTHEST * panel.ylim[1])


def footprint(panel, w, lane):
    """A place that was visited, on the lane."""
    x, y = panel.spot(w, lane)
    return f'<path d="M{x:.1f},{y + 2:.1f}v8" stroke="currentColor" stroke-width="1.5" opacity="0.6"/>'


def _own_steps(lab, curve, panel, lifting):
    """The places that were visited in fog, on the curve under it; they come down to it when the fog is lifted."""
    if not lab.walked:
        return
    w, E = _on_curve([lab.start, *lab.walked], curve, panel)
    __, from_y = panel.spot(0, panel.ylim[1] / 2)
    yield marks.line(panel, w, E, "grey", 1.5, "5 4")
    for each, height in zip(w, E, strict=True):
        mark = '<path d="M0-7l6,7-6,7-6-7z" class="annkit-n"/>'
        __, y = panel.spot(each, height)
        yield marks.at(panel, each, height, marks.coming(mark, 0, from_y - y) if lifting else mark)
    yield marks.text(panel, w[-1], E[-1], _("you"), size=13, shift=(0, 18), bold=True)


def _next_step(w, E, landing, curve, panel):
    """Down from the point to the lane, along w to where the step lands, and up to the curve."""
    lane, far = lane_at(panel), np.clip(landing, panel.xlim[0] - 1, panel.xlim[1] + 1)
    if panel.xlim[0] <= w <= panel.xlim[1]:
        yield marks.line(panel, [w, w], [min(E, panel.ylim[1]), lane], "ink", 1.2, "2 4", 0.7)
    if panel.xlim[0] <= landing <= panel.xlim[1]:
        yield marks.line(panel, [landing] * 2, [lane, min(curve.E(landing), panel.ylim[1])], "ink", 1.2, "2 4", 0.7)
    yield step_arrow(panel, np.clip(w, *panel.xlim), far, lane)


def step_arrow(panel, start, end, lane):
    """The arrow of a step, in the colour of its sign."""
    return marks.arrow(panel, [start, end], [lane, lane], marks.sign_colour(end - start), 3.5, 12)


def step_label(panel, start, end, lane):
    """How long the step is, over the middle of its arrow; or where it leads, if that is not in the picture."""
    if start == end:
        return ""
    left, right = panel.xlim
    length, colour = ("+" if end > start else "") + number(end - start), marks.sign_colour(end - start)
    if left <= end <= right:
        margin = LETTER / 2 * len(length) * (right - left) / panel.width
        at, anchor = np.mean(np.clip([start, end], left + margin, right - margin)), "middle"
    else:
        words = _("{step}, to w = {w} →") if end > start else _("← to w = {w}, {step}")
        at, anchor = (right, "end") if end > start else (left, "start")
        length = words.format(step=length, w=number(end))
    return marks.text(panel, at, lane, length, colour, anchor, 13, (0, -13), bold=True)


def ring(radius):
    """Where a step will land, drawn around (0, 0)."""
    return f'<circle r="{radius}" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3.5 2.6"/>'


def _beside_the_point(w, E, slope, panel):
    """The slope; or where the point is, if that is not in the picture."""
    if inside(panel, w, E):
        return slope_label(panel, w, E, slope)
    x, y = edge(panel, w, E)
    anchor, shift = ("end", (-16, 0)) if x > np.mean(panel.xlim) else ("start", (16, 0))
    return marks.text(panel, x, y, f"w = {number(w)}", "ink", anchor, 14, shift, bold=True)


def slope_label(panel, w, E, slope):
    """The slope beside its point, on the side where the ground falls: there nothing else is drawn."""
    words = _("slope {slope}").format(slope=number(slope))
    x, __ = panel.spot(w, E)
    side, room = (1, panel.x + panel.width - x) if slope < 0 else (-1, x - panel.x)
    shift, anchor = (16 * side, -13), "start" if side > 0 else "end"
    if not slope or room < LETTER * len(words):
        away = np.clip(x, panel.x + LETTER / 2 * len(words), panel.x + panel.width - LETTER / 2 * len(words)) - x
        shift, anchor = (away, -24), "middle"
    return marks.text(panel, w, E, words, marks.sign_colour(slope), anchor, 14, shift, bold=True)


def edge(panel, w, E):
    """The place of the picture that is nearest to the point."""
    margin = 9 * np.ptp(panel.xlim) / panel.width, 9 * np.ptp(panel.ylim) / panel.height
    left, right = panel.xlim
    return float(np.clip(w, left + margin[0], right - margin[0])), float(min(E, panel.ylim[1] - margin[1]))


def _handles(lab, w, E, landing, curve, panel):
    if inside(panel, landing, curve.E(landing)):
        label = _("the next step lands at w = {w}; moving this turns α").format(w=number(landing))
        yield Handle("landing", panel, landing, float(curve.E(landing)), ring(8), label, axes="x")
    label = _("the point: w = {w}, E = {error}, slope {slope}")
    label = label.format(w=number(w), error=number(E), slope=number(lab.slope))
    if inside(panel, w, E):
        yield Handle("point", panel, w, E, DOT, label, axes="x")
    else:
        way = RIGHT if w > panel.xlim[1] else LEFT if w < panel.xlim[0] else UP
        yield Handle("point", panel, *edge(panel, w, E), f'<path d="{way}" fill="currentColor"/>', label, axes="x")


# The stripes.


def _stripes(lab, curve, panel):
    """A stripe for each start, in the colour and the height of how it ends; below, a mark at the start."""
    width, lowest, paths = panel.width / STARTS, curve.bottoms.index(curve.lowest), {}
    __, foot = panel.spot(0, 0)
    for kind, first, last in runs(ends(lab.curve, lab.learning_rate)):
        if kind != AWAY:
            height = (foot - panel.y) * (LOW if kind == UNSETTLED else TALL if kind == lowest else SHORT)
            x, wide = panel.x + first * width, (last - first) * width
            paths[kind] = paths.get(kind, "") + f"M{x:.1f},{foot:.1f}v{-height:.1f}h{wide:.1f}v{height:.1f}z"
    yield marks.box(panel.x, panel.y, panel.width, foot - panel.y, "paper", "grey", 0.6)
    for kind, path in paths.items():
        name = "grey" if kind == UNSETTLED else colour_of(curve, kind)
        yield f'<path d="{path}" fill="{marks.COLOURS[name]}" fill-opacity="{0.6 if kind == UNSETTLED else 0.9}"/>'
    yield marks.at(panel, lab.start, 0, '<path d="M0,1l6,9h-12z" fill="currentColor"/>')
