"""How the tap lab is drawn: lanes that flow into the mixed colour, the wanted one beside it, and below them the error.

A lane and the curve under it have one axis, the opening; the curve and the steps beside it have one, the error.
"""

import itertools
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from annkit.colour import to_hex
from annkit.stage import Handle, bare, marks, new_figure
from annkit.translation import _
from annkit.wording import fixed, number, rounded, subscript

SIZE = 420, 452
TICKS = 11.5
"""How large the numbers at the axes are."""
MUCH = 8
"""Axes so many times longer than they have to be give way to shorter ones."""
PIPE = 24
"""How thick a flow is that comes through a tap of opening 1, in stage units."""
THICKEST = 1.4
SHINE = "rgb(255 255 255/.35)"
SLOPE_UNIT = 70
"""The length of the arrow for a slope of 1, in stage units; it is drawn no longer than LONGEST."""
LONGEST = 110
TANGENT = 62
"""How far a tangent reaches to each side, in stage units."""
WORDS = 96
"""The words beside a tangent have room in this width, in stage units."""
POINTS = 33
"""A curve is drawn through so many points."""
TRAIL = 24
"""So many of the places where descent has been are drawn on the way to the point, in so many shades."""
SHADES = (0.2, 0.4, 0.7)
FEW, MANY = 10, 40
"""The steps have room for at least so many, and are drawn through at most so many points."""
KNOB = marks.dot(10) + '<path d="M-6,0h12M0,-6v12" stroke="currentColor" stroke-width="2"/>'
GRIP = marks.dot(8, middle=True)


class Reach(NamedTuple):
    """From where to where the lanes go, how high the error, and whether its steps are drawn."""

    low: float
    high: float
    most: float
    steps: bool

    @classmethod
    def of(cls, lab, now):
        """0 to 1 and up to 1, or as much farther as taps and error need.

        What is drawn `now` stays while descent goes on, and until it is much too large, so that nothing jumps.
        """
        low, high, most = 0.0, 1.0, 1.0
        while max(lab.weights) > high:
            high += high - low
        while min(lab.weights) < low:
            low -= high - low
        while lab.E > most:
            most *= 2
        if now and (lab.steps or now.high - now.low < MUCH * (high - low)):
            low, high = min(low, now.low), max(high, now.high)
        if now and (lab.steps or now.most < MUCH * most):
            most = max(most, now.most)
        return cls(low, high, most, not lab.by_hand)


def figure(reach):
    """The lanes above, beside them the two colours; below, E against one tap, beside it E after each step."""
    drawn, ((lanes, colours), (curve, steps)) = new_figure(
        *SIZE, nrows=2, ncols=2, width_ratios=(2.3, 1), height_ratios=(1, 1)
    )
    low, high, most, with_steps = reach
    room = 0.05 * (high - low)
    openings, errors = np.linspace(low, high, 5), np.linspace(0, most, 5)
    for axes in (lanes, curve):
        axes.set(xlim=(low - room, high + room), xticks=openings, xticklabels=map(number, openings))
        for beyond, tap_end in ((low, 0), (high, 1)):
            if beyond != tap_end:
                axes.axvspan(tap_end, beyond + np.copysign(room, beyond), color="grey", alpha=0.2)
        axes.grid(True)
    lanes.set(ylim=(3.5, 0.5), yticks=())
    lanes.tick_params(labelbottom=False)
    curve.set(ylim=(0, most), yticks=errors, yticklabels=map(number, errors), title=" ")
    curve.set_xlabel(_("how far open") if (low, high) == (0, 1) else _("weight; a tap ends at 0 and at 1"))
    bare(colours)
    colours.set_title(_("mixed"), loc="left")
    colours.set_title(_("wanted"), loc="right")
    if with_steps:
        steps.set(xlim=(0, 1), xticks=(), ylim=(0, most), yticks=errors)
        steps.set_title(_("E after each step"), loc="left")
        steps.tick_params(labelleft=False)
        steps.grid(True)
    else:
        bare(steps)
    for axes in (curve, steps):
        axes.tick_params(labelsize=TICKS)
        axes.xaxis.label.set_size(TICKS)
    return drawn


def draw(lab, reach, lanes, colours, curve, steps):
    """Live marks, handles and heat maps, as `Stage.show` takes them."""
    live = [*_chosen(lab, lanes, curve), _pipes(lanes, colours.x)]
    slopes = lab.slopes
    for i, turned in enumerate(zip(lab.weights, slopes, strict=True)):
        live += _lane(lab, i, *turned, lanes, colours.x)
    end = steps if reach.steps else colours
    live += _colours(lab, colours, colours if reach.steps else steps)
    live += _curve(lab, slopes[lab.tap - 1], curve, end)
    if reach.steps:
        live += _steps(lab, steps)
    return "".join(live), [*(_tap(lab, i, lanes) for i in range(3)), _point(lab, curve)], []


# The taps and the colours.


def _chosen(lab, panel, curve):
    """What is chosen stands on paper, and a line leads from its tap down to its curve."""
    ((x, y),) = panel.place(panel.xlim[0], lab.tap)
    height = panel.height / 3 - 2
    yield marks.box(x, y - height / 2, panel.width, height, colour="paper", stroke="grey", opacity=0.7, round=8)
    weight = lab.weights[lab.tap - 1]
    yield marks.line(curve, [weight, weight], [curve.data(x, y)[1], lab.E], width=1.5, dash="3 4", opacity=0.6)


def _middle(panel, i):
    """The middle of a tap's pipe, in stage units from above."""
    ((__, y),) = panel.place(0, i + 1)
    return y + 2


def _pipes(panel, end):
    """Where a tap of opening 1 would fill them."""
    width = f"{end - panel.x:.1f}"
    paths = (f"M{panel.x:.1f},{_middle(panel, i) - PIPE / 2:.1f}h{width}v{PIPE}h-{width}z" for i in range(3))
    return f'<path d="{"".join(paths)}" fill="none" stroke="{marks.COLOURS["grey"]}" stroke-opacity="0.5"/>'


def _flow(x, y, width, height, colour):
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'


def _lane(lab, i, weight, slope, panel, end):
    """A tap's flow, its name, its slope, and the way in which it lowers the error."""
    y = _middle(panel, i)
    thickness = PIPE * min(abs(weight), THICKEST)
    light = to_hex(lab.lights[i])
    if weight > 0:
        yield _flow(panel.x, y - thickness / 2, end - panel.x, thickness, light)
        yield _flow(panel.x, y - thickness / 3, end - panel.x, thickness / 6, SHINE)
    elif weight < 0:
        yield marks.box(panel.x, y - thickness / 2, end - panel.x, thickness, stroke=light, dash="5 3")
    name = f"{subscript(f'w{i + 1}')} = {_opening(weight)}, {lab.names[i]}"
    yield marks.text(panel, panel.xlim[0], i + 1, name, anchor="start", shift=(4, -22), bold=True)
    yield marks.text(panel, panel.xlim[1], i + 1, *_slope(slope), anchor="end", shift=(-4, -22))
    unit = (panel.xlim[1] - panel.xlim[0]) / panel.width
    tip = np.clip(weight + np.clip(-SLOPE_UNIT * slope, -LONGEST, LONGEST) * unit, *panel.xlim)
    below = panel.data(panel.x, y + 22)[1]
    yield marks.arrow(panel, [weight, tip], [below, below], width=2.5, head=9)


def _opening(weight):
    """How far a tap is open, with four decimals at most."""
    return number(rounded(weight, 4))


def _slope(slope):
    """A slope in words, and the colour of its sign."""
    slope = rounded(slope, 4)
    return _("slope {slope}").format(slope=number(slope)), marks.sign_colour(slope)


def _tap(lab, i, panel):
    words = _("tap {number}, {name}, open {opening}")
    label = words.format(number=i + 1, name=lab.names[i], opening=_opening(lab.weights[i]))
    return Handle(f"w{i + 1}", panel, lab.weights[i], i + 1, KNOB, label, axes="x")


def _colours(lab, panel, last):
    """The wanted colour lies on the mixed one, so that no seam shows between two that are equal."""
    half, height = panel.width / 2, last.y + last.height - panel.y
    yield _flow(panel.x, panel.y, panel.width, height, to_hex(lab.mix))
    yield _flow(panel.x + half, panel.y, half, height, to_hex(lab.wanted))


# The error.


def _curve(lab, slope, panel, end):
    """E over the chosen tap's opening, its tangent where the tap stands, and where descent has been."""
    weight, light, E = lab.weights[lab.tap - 1], lab.lights[lab.tap - 1], lab.E
    openings = np.linspace(*panel.xlim, POINTS)
    errors = ((lab.wanted - lab.mix - np.outer(openings - weight, light)) ** 2).sum(axis=1)
    here, farther = panel.place([weight, weight + 1], [E, E + slope])
    reach = np.array([-1, 1]) * TANGENT / np.hypot(*(farther - here))
    words, colour = _slope(slope)
    trail = _trail(lab, panel)
    yield marks.clip(
        panel,
        marks.line(panel, openings, errors, "grey", width=3),
        marks.line(panel, weight + reach, E + slope * reach, colour, width=3),
        *_dots(trail),
    )
    right, __ = panel.data(end.x, 0)
    yield marks.line(panel, [weight, right], [E, E], width=1.5, dash="3 4", opacity=0.6)
    title = _("E, if only {tap} turns").format(tap=subscript(f"w{lab.tap}"))
    yield marks.text(panel, panel.xlim[0], panel.ylim[1], title, anchor="start", shift=(0, -11), bold=True)
    if lab.by_hand:  # otherwise it stands at the last of the steps
        now = _("E = {error}").format(error=small(E))
        yield marks.text(panel, panel.xlim[1], panel.ylim[1], now, anchor="end", shift=(0, -11), size=13, bold=True)
    tangent = panel.place(weight + reach[1] * np.linspace(-1, 1, 9), E + slope * reach[1] * np.linspace(-1, 1, 9))
    free = _free_place(panel, here, slope, np.concatenate([panel.place(openings, errors), tangent, trail]))
    yield marks.text(panel, weight, E, words, colour, anchor="end" if free[0] < 0 else "start", shift=free, bold=True)


def _free_place(panel, here, slope, drawn):
    """Where the slope's words stand, from the point: where the least lies under them.

    On the side where the tangent falls the curve lies lowest, so that is tried first.
    """
    ahead = -1 if slope > 0 else 1
    best = None
    for right, down in itertools.product((12 * ahead, -12 * ahead), (-17, 18, -34, 34)):
        left, top = here[0] + right - (WORDS if right < 0 else 0), here[1] + down - 9
        if panel.holds(left, top) and panel.holds(left + WORDS, top + 18):
            hidden = ((drawn > (left, top)) & (drawn < (left + WORDS, top + 18))).all(axis=1).sum()
            if not hidden:
                return right, down
            if best is None or hidden < best[0]:
                best = hidden, (right, down)
    return best[1] if best else (12 * ahead, -17)


def _trail(lab, panel):
    """Where descent has been, in stage units: above the curve, as the other taps were elsewhere too."""
    path, errors = lab.path[:-1], lab.errors[:-1]
    kept = _thinned(len(path), TRAIL)
    return panel.place(path[kept, lab.tap - 1], errors[kept])


def _dots(places):
    """Dots, paler the longer ago."""
    for opacity, part in zip(SHADES, np.array_split(places, len(SHADES)), strict=True):
        dots = "".join(f"M{x:.1f},{y:.1f}h0" for x, y in part)
        yield f'<path d="{dots}" class="annkit-p" stroke="currentColor" stroke-width="6" opacity="{opacity}"/>'


def _point(lab, panel):
    words = _("E is {error} where {tap} is {opening}")
    weight = lab.weights[lab.tap - 1]
    label = words.format(error=small(lab.E), tap=subscript(f"w{lab.tap}"), opening=_opening(weight))
    return Handle("point", panel, weight, lab.E, GRIP, label, axes="x")


def _steps(lab, place):
    """E after each step of descent since a hand turned something."""
    errors = lab.errors
    last, span = len(errors) - 1, max(FEW, len(errors) - 1)
    panel = replace(place, xlim=(-0.07 * span, 1.07 * span))
    kept = _thinned(len(errors), MANY)
    yield marks.area(panel, [0, *kept, last], [0, *errors[kept], 0], "grey", 0.25)
    yield marks.line(panel, kept, errors[kept], "grey", width=2.5)
    yield marks.line(panel, [last, last], [0, errors[-1]], "grey", width=1.5)
    yield marks.at(panel, last, errors[-1], '<circle r="5" fill="currentColor"/>')
    share = last / span
    anchor = "start" if share < 0.3 else "end" if share > 0.7 else "middle"
    yield marks.text(panel, last, errors[-1], small(errors[-1]), anchor=anchor, shift=(0, -16), size=13, bold=True)
    count = _("step {count}").format(count=last)
    yield marks.text(panel, last, 0, count, "grey", anchor=anchor, shift=(0, 10), size=TICKS)


def _thinned(count, most):
    """The numbers from 0 to count − 1, or only so many of them, the last among them."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(int)) if count else np.empty(0, int)


def small(error):
    """An error for a learner: four decimals, up to six where it is below 0.0001."""
    if not 0 < error < 1e-4:
        return number(error)
    text = fixed(error, 6).rstrip("0")
    return "≈ 0" if text == "0." else text
