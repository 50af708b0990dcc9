"""The backprop lab's picture: upper numbers go forward, lower ones, the slopes, come back; none stands before it is."""

from collections import defaultdict

import numpy as np

from annkit.labs.backprop import digits, places, signs
from annkit.labs.backprop.places import CUT, HALF, HIGH, LARGE, PARTS, PILL, ROUND, TRACK, UNDER
from annkit.labs.backprop.steps import BACK, BORN, ERROR, NAMES, SLOPE_BORN, STATIONS, SUM_OF
from annkit.stage import Handle, Panel, marks, strengths_of
from annkit.stage.marks import sign_colour
from annkit.translation import _
from annkit.wording import subscript

PANEL = Panel.whole(*places.SIZE)
"""A panel in whose coordinates a place is its stage units."""
THICKEST = 3
"""A weight of this size has the thickest edge."""
FAR = 26
"""So far come new numbers, in stage units."""
CURVE_POINTS = 40
"""The error's curve goes through so many points at most."""
STYLES = {
    "symbol": 'font-size="14.5" class="annkit-i annkit-soft"',
    "word": 'font-size="14" class="annkit-soft" text-anchor="end"',
    "station": 'font-size="14.5"',
    "value": 'font-size="14.5" class="annkit-v"',
    "weight": 'font-size="15" class="annkit-t annkit-e annkit-b"',
    "slope": 'font-size="14" class="annkit-v"',
    "mark": 'font-size="13" class="annkit-v"',
}
"""How each kind of text looks; in this order they lie over each other, all of them over the shapes."""


def strengths(now):
    """How each edge looks, for `Stage.show`."""
    emphasis = [2 if name in now.lit else 1 for name in NAMES]
    return strengths_of([now.numbers[name] for name in NAMES], emphasis, THICKEST)


def handle(name, label, calling):
    """What is picked, as a handle. While signs are called, ▲ and ▼ of an edge stay free for clicks."""
    if name in places.LABELS:
        (x, y), reach = places.LABELS[name], (34, 11 if calling else 21)
        y += 0 if calling else UNDER / 2
    else:
        (x, y), (half, high) = places.NODES[name], places.REACH[name[0]]
        reach = half + 1, high + 1
    return Handle(name, PANEL, x, y, "", label, movable=False, reach=reach)


def _half(words):
    """Half the width of what lies under a slope."""
    return max(22, 4.2 * len(words) + 6)


class Picture:
    """One picture, in layers: first all shapes, then all texts of each kind.

    Where the last step was done just now (`new`), its numbers come: forward from the left, slopes from the right.
    """

    def __init__(self, now, new):
        self.now, self.new, self.shapes, self.texts = now, new and now.steps, [], defaultdict(list)

    def draw(self):
        """All marks."""
        self._ways()
        self._track()
        for k in "12":
            self._input("x" + k)
            self._unit("h" + k)
            self._unit("o" + k)
            self._target(k)
        self._error()
        for name in NAMES:
            self._edge(name)
        for mark, (x, y) in self.now.factors.items():
            self.texts["mark"].append(f'<circle cx="{x:g}" cy="{y:g}" r="9" class="annkit-mark"/>')
            self._text("mark", x, y, mark, "paper")
        if self.now.steps > ERROR:
            self._text("symbol", places.WIDTH / 4, places.HEIGHT - 9, _("under each number the slope of E at it"))
        layers = (f"<g {look}>{''.join(self.texts[kind])}</g>" for kind, look in STYLES.items() if self.texts[kind])
        shapes = f'<g class="annkit-pick">{"".join(self.shapes)}</g>'
        how = 'text-anchor="middle" dominant-baseline="central" fill="currentColor"'
        return f"<g {how}>{shapes}{''.join(layers)}</g>"

    # The parts.

    def _text(self, kind, x, y, words, colour="", way=0):
        look = f' class="annkit-{colour}"' if colour else ""
        self._put(self.texts[kind], f'<text x="{x:.0f}" y="{y:.0f}"{look}>{words}</text>', way)

    def _put(self, layer, mark, way):
        layer.append(marks.coming(mark, FAR * way, 0) if way else mark)

    def _shape(self, name, mark):
        """The shape of a node, lit where it is looked at."""
        self.shapes.append(f'<{mark} class="{"annkit-nl" if name in self.now.lit else "annkit-n"}"/>')

    def _number(self, x, y, symbol, name):
        """A number with its letter over it; a dot where it is not there yet."""
        self._text("symbol", x, y - 12, symbol)
        if self.now.there(name):
            way = -1 if self.new and BORN.get(name) == self.new else 0
            self._text("value", x, y + 8, digits.brief(self.now.numbers[name]), way=way)
        else:
            self._text("value", x, y + 8, "·", "soft")

    def _slope(self, x, y, name):
        """The slope of E at a number, once it is there, on the quiet colour of its sign."""
        if self.now.sloped(name):
            slope = self.now.slopes[name]
            way = 1 if SLOPE_BORN[name] == self.new else 0
            self._pill(x, y, digits.brief(slope, digits.SLOPE), sign_colour(slope), way=way)

    def _pill(self, x, y, words, colour, look="", way=0):
        half = _half(words)
        box = f'x="{x - half:.0f}" y="{y - 10:.0f}" width="{2 * half:.0f}" height="20" rx="10"'
        self._put(self.shapes, f'<rect {box} class="annkit-{look or f"on-{colour}"}"/>', way)
        self._text("slope", x, y, words, colour, way)

    def _choice(self, x, y, name):
        """▲ and ▼ to choose from, before the slope is there."""
        called = signs.called(self.now.calls, name)
        for sign, side in ((signs.UP, -13.5), (signs.DOWN, 13.5)):
            box = f'x="{x + side - 12.5:.0f}" y="{y - 10:.0f}" width="25" height="20" rx="6"'
            self.shapes.append(f'<rect {box} class="annkit-{"nl" if sign == called else "n annkit-off"}"/>')
            self._text("slope", x + side, y, sign, "" if sign == called else "soft")

    def _judged(self, x, y, name):
        """Beside a slope whose sign was called, whether it was right."""
        if self.now.calls and self.now.slopes[name]:
            right = signs.is_right(self.now.calls, name, self.now.slopes[name])
            x += _half(digits.brief(self.now.slopes[name], digits.SLOPE)) + 7
            self.shapes.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="8" class="annkit-n"/>')
            self._text("slope", x, y, "✓" if right else "✗", "good" if right else "")

    def _edge(self, name):
        """The number of an edge, and under it its slope, or what an update just added to it."""
        (x, y), value = places.LABELS[name], self.now.numbers[name]
        self._text("weight", x, y, digits.brief(value), sign_colour(value))
        if name[0] in "bc":
            (dot, top), __ = places.LINES[name]
            self.shapes.append(f'<circle cx="{dot:g}" cy="{top:g}" r="4" fill="currentColor"/>')
        y += UNDER
        if change := self.now.changes.get(name):
            words = digits.brief(-abs(change), digits.SLOPE).replace("−", "+" if change > 0 else "−", 1)
            self._pill(x, y, words, sign_colour(change), "n")
        elif self.now.sloped(name):
            self._slope(x, y, name)
            self._judged(x, y, name)
        elif self.now.calls:
            self._choice(x, y, name)

    def _input(self, name):
        x, y = places.NODES[name]
        self._shape(name, f'circle cx="{x}" cy="{y}" r="{ROUND}"')
        self._number(x, y, subscript(name), name)

    def _halves(self, name, half, cut, left, right):
        """A node of two parts: what goes in on the left, what comes out on the right."""
        x, y = places.NODES[name]
        self._shape(name, f'rect x="{x - half}" y="{y - HIGH}" width="{2 * half}" height="{2 * HIGH}" rx="{HIGH}"')
        self.shapes.append(f'<path d="M{x + cut},{y - HIGH + 6}v{2 * HIGH - 12}" class="annkit-cut"/>')
        self._number(x + (cut - half) / 2 + 1, y, *left)
        self._number(x + (cut + half) / 2 - 1, y, *right)

    def _unit(self, name):
        """A unit: its sum and its answer, and under them their slopes."""
        (x, y), total = places.NODES[name], SUM_OF[name]
        self._halves(name, HALF, 0, (subscript(total), total), (subscript(name), name))
        self._slope(x - HALF / 2, y + HIGH + 14, total)
        self._slope(x + HALF / 2, y + HIGH + 14, name)

    def _target(self, k):
        t, o = subscript("t" + k), subscript("o" + k)
        self._halves("t" + k, PARTS, CUT, (t, "t" + k), (f"({t}−{o})²", "p" + k))

    def _error(self):
        x, y = places.NODES["E"]
        self._shape("E", f'circle cx="{x}" cy="{y:g}" r="{LARGE}"')
        self._number(x, y, "E", "E")
        if (known := self.now.rounds - (not self.now.there("E"))) > 0:
            self._curve(known, self.now.errors[: known + 1])

    def _curve(self, last, errors):
        """The errors of the rounds, the first and the last among them, as a small curve."""
        left, top, width, height = places.CURVE
        panel = Panel.plain(left, top, width, height, xlim=(0, last), ylim=(0, float(errors.max()) or 1))
        rounds = np.unique(np.linspace(0, last, CURVE_POINTS).round().astype(int))
        self.shapes.append(marks.line(panel, [0, 0, last], [panel.ylim[1], 0, 0], "grey", 1))
        self.shapes.append(marks.line(panel, rounds, errors[rounds], "ink", 2))
        self.shapes.append(marks.at(panel, last, errors[last], '<circle r="4" fill="currentColor"/>'))
        self._text("symbol", left + width / 2, top + height + 14, _("E by round"))

    def _ways(self):
        """The ways from the outputs over the targets to the error."""
        path, (ex, ey) = "", places.NODES["E"]
        for k in "12":
            (ox, oy), (tx, __) = places.NODES["o" + k], places.NODES["t" + k]
            path += f"M{ox + HALF},{oy}H{tx - PARTS}M{tx + PARTS},{oy}L{ex},{ey:g}"
        self.shapes.append(f'<path d="{path}" class="annkit-cut" fill="none"/>')

    def _track(self):
        """The ten steps in a row: those done are filled, the last of them is lit."""
        words = {0: _("forward"), 4: _("error"), 5: _("back"), 9: ""}
        for step, x in places.WORDS.items():
            self._text("word", x, TRACK, words[step])
        last = self.now.steps or (BACK + 1) * bool(self.now.changes)
        for step, (station, (x, half)) in enumerate(zip(STATIONS, places.STEPS, strict=True), start=1):
            look = "nl" if step == last else "on-grey" if step < last else "n annkit-off"
            box = f'x="{x - half:g}" y="{TRACK - PILL}" width="{2 * half:g}" height="{2 * PILL}" rx="{PILL}"'
            self.shapes.append(f'<rect {box} class="annkit-{look}"/>')
            name = _("update") if station == "update" else f'<tspan class="annkit-i">{subscript(station)}</tspan>'
            self._text("station", x, TRACK, name)
