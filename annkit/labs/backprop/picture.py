"""The backprop lab's picture: upper numbers go forward, lower ones, the slopes, come back; none stands before it is."""

import numpy as np

from annkit.labs.backprop import digits, places
from annkit.labs.backprop.places import HALF, HIGH, LARGE, ROUND, UNDER
from annkit.labs.backprop.steps import BACK, NAMES, STATIONS, SUM_OF
from annkit.stage import Handle, Panel
from annkit.stage.marks import COLOURS, sign_colour
from annkit.wording import short, subscript

PANEL = Panel.plain(0, 0, *places.SIZE, xlim=(0, places.WIDTH), ylim=(places.HEIGHT, 0))
"""A panel in whose coordinates a place is its stage units."""
SOFT = "var(--annkit-soft, #5b6370)"
QUIET = {
    "blue": "var(--annkit-blue-quiet, #d9e8f7)", "orange": "var(--annkit-orange-quiet, #fbe4d3)",
    "grey": "var(--annkit-line, #e1e4ea)",
}  # fmt: skip
"""What lies under a slope, by the colour of its sign."""
THICKEST = 3
"""A weight of this size has the thickest edge."""
LARGEST = 7
"""So many characters a number has at most, where it can."""


def strengths(now):
    """How each edge looks, for `Stage.show`."""
    values = 127 * np.array([now.numbers[name] for name in NAMES]) / THICKEST
    values = np.clip(np.where(values > 0, np.ceil(values), np.floor(values)), -127, 127)
    emphasis = [2 if name in now.lit else 1 for name in NAMES]
    return np.column_stack([values, emphasis]).astype(np.int8)


def draw(now):
    """All marks."""
    parts = [_ways(now), _track(now), *map(lambda name: _edge(name, now), NAMES)]
    for k in "12":
        parts += [_input("x" + k, now), _unit("h" + k, now), _unit("o" + k, now), _target(k, now)]
    parts.append(_error(now))
    parts += [_disc(mark, *place) for mark, place in now.marks]
    return f'<g text-anchor="middle" dominant-baseline="central" fill="currentColor">{"".join(parts)}</g>'


def handle(now, label):
    """What is picked, as a handle."""
    name = now.picked
    if name in places.LABELS:
        (x, y), reach = places.LABELS[name], (32, 22)
        y += UNDER / 2
    else:
        (x, y), kind = places.NODES[name], name[0]
        reach = {"x": ROUND + 1, "E": LARGE + 1}.get(kind, (HALF + 1, HIGH + 1))
    return Handle(name, PANEL, x, y, "", label, movable=False, reach=reach)


# The parts.


def _text(x, y, words, size=15, look="annkit-v", fill=""):
    fill = f' fill="{fill}"' if fill else ""
    return f'<text x="{x:.0f}" y="{y:.0f}" class="{look}" font-size="{size:g}"{fill}>{words}</text>'


def _symbol(x, y, name, fill=SOFT):
    return _text(x, y, subscript(name), 13.5, "annkit-i", fill)


def _value(x, y, name, now):
    """A number where it is there, else a dot."""
    there = now.there(name)
    return _text(x, y, short(now.numbers[name], LARGEST) if there else "·", fill="" if there else SOFT)


def _slope(x, y, name, now):
    """The slope at a number, once it is there, on the quiet colour of its sign."""
    if not now.sloped(name):
        return ""
    return _pill(x, y, digits.slope(now.slopes[name]), sign_colour(now.slopes[name]))


def _pill(x, y, words, colour):
    half = max(24, 3.9 * len(words) + 7)
    box = f'<rect x="{x - half:.0f}" y="{y - 9.5:.1f}" width="{2 * half:.0f}" height="19" rx="9.5" fill="{QUIET[colour]}"/>'
    return box + _text(x, y + 0.5, words, 13, fill=COLOURS[colour])


def _edge(name, now):
    """The number of an edge, and under it its slope."""
    (x, y), value = places.LABELS[name], now.numbers[name]
    words = _text(x, y, short(value, LARGEST), 14.5, "annkit-t annkit-e annkit-b", COLOURS[sign_colour(value)])
    back = _slope(x, y + UNDER, name, now)
    if now.changes:
        change = now.changes[name]
        back = _pill(x, y + UNDER, ("+" if change > 0 else "") + digits.slope(change), "grey")
    return words + back


def _shape(name, now):
    return "annkit-nl" if name in now.lit else "annkit-n"


def _input(name, now):
    x, y = places.NODES[name]
    circle = f'<circle cx="{x}" cy="{y}" r="{ROUND}" class="{_shape(name, now)} annkit-pick"/>'
    return circle + _symbol(x, y - 11, name) + _value(x, y + 7, name, now)


def _halves(name, now, left, right):
    """A node of two halves: what goes in on the left, what comes out on the right."""
    x, y = places.NODES[name]
    box = f'<rect x="{x - HALF}" y="{y - HIGH}" width="{2 * HALF}" height="{2 * HIGH}" rx="{HIGH}"'
    box += f' class="{_shape(name, now)} annkit-pick"/>'
    box += f'<path d="M{x},{y - HIGH + 5}v{2 * HIGH - 10}" stroke="{SOFT}" stroke-opacity=".5"/>'
    for (symbol, number), side in ((left, -1), (right, 1)):
        at = x + side * (HALF / 2 - 1)
        box += _symbol(at, y - 11, symbol) + _value(at, y + 8, number, now)
    return box


def _unit(name, now):
    """A unit: its sum and its answer, and under them their slopes."""
    (x, y), total = places.NODES[name], SUM_OF[name]
    below = y + HIGH + 12
    return (
        _halves(name, now, (total, total), (name, name))
        + _slope(x - HALF / 2 - 1, below, total, now)
        + _slope(x + HALF / 2 + 1, below, name, now)
    )


def _target(k, now):
    return _halves("t" + k, now, ("t" + k, "t" + k), (f"({subscript('t' + k)}−{subscript('o' + k)})²", "p" + k))


def _error(now):
    x, y = places.NODES["E"]
    circle = f'<circle cx="{x}" cy="{y}" r="{LARGE}" class="{_shape("E", now)} annkit-pick"/>'
    return circle + _symbol(x, y - 14, "E") + _value(x, y + 7, "E", now)


def _ways(now):
    """The ways from the outputs over the targets to the error."""
    path = ""
    ex, ey = places.NODES["E"]
    for k in "12":
        (ox, oy), (tx, ty) = places.NODES["o" + k], places.NODES["t" + k]
        path += f"M{ox + HALF},{oy}H{tx - HALF}M{tx + HALF},{ty}L{ex},{ey}"
    return f'<path d="{path}" fill="none" stroke="{SOFT}" stroke-width="1.5"/>'


def _track(now):
    """The ten steps in a row: those done are filled, the last of them is lit."""
    parts = []
    for step, x in places.WORDS.items():
        if words := now.groups[step]:
            parts.append(f'<text x="{x}" y="{places.TRACK}" text-anchor="end" font-size="13" fill="{SOFT}">{words}</text>')
    last = now.steps or (BACK + 1 if now.rounds else 0)
    for step, (station, (x, half)) in enumerate(zip(STATIONS, places.STEPS, strict=True), start=1):
        look = 'class="annkit-nl"' if step == last else f'fill="{QUIET["grey"] if step < last else COLOURS["paper"]}" stroke="{QUIET["grey"]}"'
        parts.append(f'<rect x="{x - half:g}" y="{places.TRACK - places.PILL}" width="{2 * half:g}" height="{2 * places.PILL}" rx="{places.PILL}" {look}/>')
        words = now.update_word if station == "update" else subscript(station)
        parts.append(_text(x, places.TRACK + 0.5, words, 13.5, "annkit-i" * (station != "update")))
    return f'<g class="annkit-pick">{"".join(parts)}</g>'


def _disc(mark, x, y):
    return (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="9" fill="{COLOURS["violet"]}" stroke="{COLOURS["paper"]}" stroke-width="1.5"/>'
        + _text(x, y + 0.5, mark, 12.5, fill=COLOURS["paper"])
    )
