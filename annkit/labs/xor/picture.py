"""The XOR lab's picture: the network, whose three perceptrons are small planes, and the one large plane that moves."""

import html
import math

import numpy as np

from annkit.labs.base.lab import verdict
from annkit.labs.xor.move import FRAME, Line, cells
from annkit.stage import Handle, Panel, marks
from annkit.translation import _
from annkit.wording import row_of, short

SIZE = WIDTH, HEIGHT = 820, 364
STAGE = Panel.plain(0, 0, WIDTH, HEIGHT, (0, WIDTH), (HEIGHT, 0))
"""The whole picture, in stage units."""
LIMITS = {"xlim": (-0.5, 1.5), "ylim": (-0.5, 1.5)}
PLANE = Panel.plain(506, 28, 306, 306, **LIMITS)
SMALL = {
    "h₁": Panel.plain(150, 34, 108, 108, **LIMITS),
    "h₂": Panel.plain(150, 218, 108, 108, **LIMITS),
    "o": Panel.plain(336, 126, 108, 108, **LIMITS),
}
"""The planes of the three perceptrons in the network."""
ENDS = {
    "x₁": (36, 88), "x₂": (36, 272),
    **{name: (panel.x, panel.y + panel.height / 2) for name, panel in SMALL.items()},
}  # fmt: skip
"""Where the edges to a node end."""
STARTS = {name: (x + SMALL[name].width if name in SMALL else x, y) for name, (x, y) in ENDS.items()}
"""Where the answer of a node stands, and its edges begin."""
EDGES = [("x₁", "h₁"), ("x₁", "h₂"), ("x₂", "h₁"), ("x₂", "h₂"), ("h₁", "o"), ("h₂", "o")]
LINES = np.array([[*STARTS[start], *ENDS[end]] for start, end in EDGES])
"""The edges as `Stage.set_lines` takes them."""
ALONG = [0.5, 0.34, 0.34, 0.5, 0.5, 0.5]
"""How far along each edge its weight is written."""
THICKEST = 4
"""A weight of this size has the thickest edge."""
COLOURS = {"h₁": "violet", "h₂": "teal", "o": "ink"}
DASHES = {"h₁": None, "h₂": "9 5", "o": None}
"""Where both hidden lines are the same, both can be seen."""
SHADE = 0.26
SPREAD, CARD, STEM = 40, 58, 18
"""On a card: how far apart corners are. How high it is, and how far from the place that it points to."""
SHEET = np.array([[[a, -0.5], [a, 1.5]] for a in (-0.5, 0, 0.5, 1, 1.5)])
SHEET = np.concatenate([SHEET, SHEET[:, :, ::-1]])
"""Lines of the plane of the inputs that are seen moving, shape (10, 2, 2)."""
UNIT_LINES = SHEET[[1, 3, 6, 8]]


def prepare(axes):
    """Draw what stays: the frames and the names."""
    ink = axes.xaxis.label.get_color()
    axes.set_position((0, 0, 1, 1))
    axes.set(xlim=STAGE.xlim, ylim=STAGE.ylim)
    for panel in (*SMALL.values(), PLANE):
        x, y = panel.x + panel.width * np.array([0, 1, 1, 0, 0]), panel.y + panel.height * np.array([0, 0, 1, 1, 0])
        axes.plot(x, y, color=ink, alpha=0.35, linewidth=1)
    for name in ("x₁", "x₂"):
        x, y = STARTS[name]
        axes.text(x, y - 31, name, color=ink, style="italic", size=16, ha="center", va="center")
    x, y = ENDS["o"]
    axes.text(x + SMALL["o"].width / 2, y - 68, "o", color=ink, style="italic", size=16, ha="center", va="center")


class Picture:
    """The picture of an `XorLab` as it is now."""

    def __init__(self, lab):
        self.table, self.names, self.chosen, self.moved = lab.table, lab.names, lab.point - 1, lab.moved
        self.now = lab.now
        self.move = lab.now.move
        self.weights = [lab.w11, lab.w12, lab.w21, lab.w22, lab.v1, lab.v2]
        self.biases = {"h₁": ("b₁", lab.b1), "h₂": ("b₂", lab.b2), "o": ("c", lab.c)}
        self.hidden = [Line(lab.w11, lab.w21, lab.b1), Line(lab.w12, lab.w22, lab.b2)]
        self.output = Line(lab.v1, lab.v2, lab.c)

    def strengths(self):
        """How thick each edge is, and its colour, for `Stage.show`."""
        flat = 127 * np.clip(np.array(self.weights) / THICKEST, -1, 1)
        flat = np.where(flat > 0, np.ceil(flat), np.floor(flat))  # only 0 is drawn as 0
        return np.column_stack([flat, np.ones(len(flat))]).astype(np.int8)

    def live(self):
        """All marks but the corners'."""
        return self._small_planes() + self._network() + self._plane() + self._axes()

    def _cells(self, panel, lines):
        """Where the network answers ○ and where ×, when the hidden units have these lines."""
        return [(panel, outline, self.output.at(*answers) > 0) for answers, outline in cells(lines)]

    # The network.

    def _small_planes(self):
        """Where in the plane of the inputs each unit answers 1, the output by way of the hidden ones."""
        shades, lines = self._cells(SMALL["o"], self.hidden), []
        for name, line in zip(("h₁", "h₂"), self.hidden, strict=True):
            shades += _sides(SMALL[name], line)
            if ends := line.ends():
                lines.append(marks.line(SMALL[name], *zip(*ends, strict=True), COLOURS[name], 2.5, DASHES[name]))
        return _shades(shades) + "".join(lines)

    def _network(self):
        """Weights, biases and names, the corner in focus in each small plane, and the answers for it."""
        now, i = self.now, self.chosen
        named = [_words(*_over(SMALL[name]), name, COLOURS[name]) for name in ("h₁", "h₂")]
        biases = [_words(*_under(SMALL[name]), f"{b} = {short(bias)}") for name, (b, bias) in self.biases.items()]
        weights = [
            _words(ax + share * (bx - ax), ay + share * (by - ay), short(weight))
            for weight, (ax, ay, bx, by), share in zip(self.weights, LINES.tolist(), ALONG, strict=True)
        ]
        answers = [*self.table.X[i], *self.move.answers[i], now.outputs[i]]
        circles = [
            f'<circle cx="{x:g}" cy="{y:g}" r="{15 if name in SMALL else 19}"/>' for name, (x, y) in STARTS.items()
        ]
        values = [_words(*place, f"{answer:g}") for place, answer in zip(STARTS.values(), answers, strict=True)]
        return (
            self._small_corners()
            + _group("annkit-t", 15, *biases)
            + _group("annkit-t annkit-b annkit-i", 16, *named)
            + _group("annkit-t annkit-e annkit-b", 15, *weights)
            + f'<g class="annkit-n">{"".join(circles)}</g>'
            + _group("annkit-v", 17, *values)
        )

    def _small_corners(self):
        X, labels = self.table.X, self.table.labels
        x, y = np.concatenate([panel.place(*X.T) for panel in SMALL.values()]).T.reshape(2, len(SMALL), len(X))
        chosen = "".join(f"M{a:.0f},{b:.0f}h0" for a, b in zip(x[:, self.chosen], y[:, self.chosen], strict=True))
        rings = "".join(
            f'<path d="{chosen}" class="annkit-p" stroke="{marks.COLOURS[colour]}" stroke-width="{width}"/>'
            for colour, width in (("ink", 19), ("paper", 16.5))
        )
        return rings + "".join(
            marks.points(STAGE, x[:, labels == label].ravel(), y[:, labels == label].ravel(), label) for label in (0, 1)
        )

    # The large plane.

    def _plane(self):
        """The plane of the inputs as it moves, and from the sums on the hidden plane, which comes as the other goes."""
        move, parts = self.move, []
        if move.stepped < 1:
            lines = first, second = move.lines()
            parts.append(
                _faded(
                    1 - move.stepped,
                    _shades(self._cells(PLANE, lines)) + _lines(move.onward(SHEET)),
                    self._line(first, "h₁", (0.3, 0.15), "h₁ = 1"),
                    self._line(second, "h₂", (0.7, 0.85), "h₂ = 1"),
                )
            )
        if move.stepped:
            line = self._line(self.output, "o", (0.2, 0.8, 0.5), _("○ side"))
            parts.append(_faded(move.stepped, _shades(_sides(PLANE, self.output)), _lines(UNIT_LINES), line))
        return marks.clip(PLANE, *parts)

    def _line(self, line, name, shares, words):
        """A unit's line, and an arrow with words to the side where it answers 1, at that share of it that is freest."""
        ends = line.ends()
        if ends is None:
            return ""
        size = math.hypot(line.p, line.q)
        p, q = line.p / size, line.q / size
        (ax, ay), (bx, by) = ends
        feet = [(ax + share * (bx - ax), ay + share * (by - ay)) for share in shares]
        x, y = max(feet, key=lambda foot: self._free(foot[0] + 0.2 * p, foot[1] + 0.2 * q))
        tip, colour = (x + 0.17 * p, y + 0.17 * q), COLOURS[name]
        ((left, top),) = PLANE.place(*tip).tolist()
        beside = _within(left + 30 * p, 32, PLANE.x, PLANE.width), _within(top - 12 * q, 10, PLANE.y, PLANE.height)
        return (
            marks.line(PLANE, (ax, bx), (ay, by), colour, 3, DASHES[name])
            + marks.arrow(PLANE, *np.transpose([(x, y), tip]), colour, 2.5)
            + _group("annkit-t annkit-b", 14, _words(*beside, words, colour))
        )

    def _free(self, x, y):
        """How far a place is from the nearest corner, or from a card over it, as far as that matters."""
        a, b = taken = self.now.places[self.chosen]
        cards = [(a - 0.2, b + 0.35), (a + 0.2, b + 0.35)] if self.now.places.count(taken) > 1 else []
        return min(0.4, *(math.hypot(x - a, y - b) for a, b in self.now.places + cards))

    def _axes(self):
        """The plane's title, the names of its axes, and the numbers on them."""
        if self.moved == 0:
            letter, title = "x", _("the inputs")
        elif self.moved <= 0.5:
            letter, title = "z", _("to the weighted sums z₁ and z₂")
        elif self.moved < 1:
            letter, title = "h", _("the step: above 0 becomes 1, all else 0")
        else:
            letter, title = "h", _("the hidden plane")
        right, low = PLANE.x + PLANE.width, PLANE.y + PLANE.height + 15
        names = [_words(right - 8, low, f"{letter}₁"), _words(PLANE.x - 15, PLANE.y + 12, f"{letter}₂")]
        numbers = []
        for place, value in ((0, "0"), (1, "1")) if self.moved in (0, 1) else ((0.5, "0"),):
            ((x, y),) = PLANE.place(place, place).tolist()
            numbers += [_words(x, low, value), _words(PLANE.x - 13, y, value)]
        return (
            _group("annkit-t annkit-b", 14.5, _words(PLANE.x + PLANE.width / 2, PLANE.y - 15, title))
            + _group("annkit-t annkit-i", 16, *names)
            + _group("annkit-t", 14, *numbers)
        )

    # The corners.

    def corners(self):
        """The four corners where they are now: marks that belong to them, and a handle for each.

        Corners that meet stand at their one place, as one mark with their number. Where one of them is in focus they
        stand side by side on a card that points to it.
        """
        met, cards, names, handles = {}, [], [], []
        for i, place in enumerate(self.now.places):
            met.setdefault(place, []).append(i)
        for place, group in met.items():
            ((x, y),) = PLANE.place(*place).tolist()
            if len(group) > 1 and self.chosen in group:
                seats, seen = _seats(x, y, len(group)), [[i] for i in group]
                cards.append(_card(x, y, seats))
            else:  # the last one lies on top, and stands for all
                seats, seen = [(x, y)] * len(group), [[]] * (len(group) - 1) + [group]
            for i, (a, b), those in zip(group, seats, seen, strict=True):
                mark = self._mark(those) if those else ""
                if len(those) > 1:
                    mark += self._fan(x, y, those)
                handles.append(Handle(f"p{i + 1}", STAGE, a, b, mark, self._called(i), movable=False))
                if those:
                    names.append(_words(a, b + 26, ", ".join(self.names[j] for j in those)))
                if i == self.chosen and 0 < self.moved < 1:
                    names.append(self._sums(x, y))
        return "".join(cards) + _group("annkit-t", 14, *names), handles

    def _mark(self, group):
        """The mark of one corner, or of several that stand at one place."""
        labels, wrong = self.table.labels[group], not self.now.right[group].all()
        if len(group) == 1:
            return marks.point(labels[0], ring=wrong, chosen=group[0] == self.chosen)
        mark = '<circle r="19" class="annkit-w"/>' if wrong else ""
        mark += '<circle r="15" class="annkit-d"/>'
        if labels.all() or not labels.any():
            mark += marks.point(labels[0])
        else:  # a cross in a circle
            mark += '<circle r="10" class="annkit-o"/><path d="M-4-4l8,8m-8,0l8-8" class="annkit-x"/>'
        return (
            f'{mark}<circle cx="15" cy="-15" r="9" fill="currentColor"/><text x="15" y="-15" class="annkit-v" '
            f'text-anchor="middle" font-size="13" fill="{marks.COLOURS["paper"]}">{len(group)}</text>'
        )

    def _fan(self, x, y, group):
        """The card of corners that meet at a place, drawn around it, for when a pointer is over them."""
        seats = _seats(x, y, len(group))
        each = "".join(marks.at(STAGE, *seat, self._mark([i])) for i, seat in zip(group, seats, strict=True))
        names = [_words(a, b + 26, self.names[i]) for i, (a, b) in zip(group, seats, strict=True)]
        fan = _card(x, y, seats) + each + _group("annkit-t", 14, *names)
        return f'<g class="annkit-fan" transform="translate({-x:.1f},{-y:.1f})">{fan}</g>'

    def _sums(self, x, y):
        """The two weighted sums of the corner in focus, under its place, or over it where there is no room."""
        words = row_of(self.move.sums[self.chosen])
        under = y + 55 < PLANE.y + PLANE.height
        return _words(_within(x, 4 * len(words) + 6, PLANE.x, PLANE.width), y + (45 if under else -27), words)

    def _called(self, i):
        words = _("corner {corner}, {kind}, {verdict}")
        kind = self.table.kinds[self.table.labels[i]]
        return words.format(corner=self.names[i], kind=kind, verdict=verdict(self.now.right[i]))


def _sides(panel, line):
    """Both sides of a line, for `_shades`."""
    return [(panel, line.part(FRAME, answer), answer) for answer in (0, 1)]


def _shades(parts):
    """Polygons, each with its panel and the answer there, in two colours."""
    paths = {0: [], 1: []}
    for panel, outline, answer in parts:
        left, low, scale = panel.x, panel.y + panel.height, panel.width / 2
        places = "L".join(f"{left + scale * (x + 0.5):.1f},{low - scale * (y + 0.5):.1f}" for x, y in outline)
        paths[int(answer)] += [f"M{places}Z"] if outline else []
    return "".join(
        f'<path d="{"".join(path)}" fill="{marks.COLOURS[colour]}" fill-opacity="{SHADE}"/>'
        for path, colour in ((paths[0], "orange"), (paths[1], "blue"))
        if path
    )


def _lines(ends):
    """Thin lines in the large plane, shape (n, 2, 2)."""
    return marks.lines(PLANE, ends, width=1, opacity=0.16)


def _seats(x, y, count):
    """Where corners stand side by side that are all at (x, y) in truth: over it, or under it where there is no room."""
    middle = _within(x, count * SPREAD / 2 + 4, PLANE.x, PLANE.width)
    row = y - STEM - CARD + 20
    if row - 20 < PLANE.y - 10:
        row = y + STEM + 20
    return [(middle + (k - (count - 1) / 2) * SPREAD, row) for k in range(count)]


def _within(place, half, start, length):
    """A place moved so far that what reaches half so far to both sides of it lies in a range."""
    return min(start + length - half, max(start + half, place))


def _card(x, y, seats):
    """The card on which corners stand side by side, a stem, and a dot at their place."""
    (left, row), count = seats[0], len(seats)
    top = row - 20
    edge = top + CARD if row < y else top
    return (
        f'<path d="M{x:.1f},{y:.1f}V{edge:.1f}" stroke="currentColor" stroke-width="2"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="currentColor"/>'
        + marks.box(left - SPREAD / 2 - 2, top, count * SPREAD + 4, CARD, "paper", "ink", round=8)
    )


def _over(panel):
    return panel.x + panel.width / 2, panel.y - 14


def _under(panel):
    return panel.x + panel.width / 2, panel.y + panel.height + 14


def _words(x, y, words, colour=None):
    fill = f' fill="{marks.COLOURS[colour]}"' if colour else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{fill}>{html.escape(words)}</text>'


def _group(look, size, *parts):
    return f'<g class="{look}" font-size="{size:g}" text-anchor="middle" fill="currentColor">{"".join(parts)}</g>'


def _faded(opacity, *parts):
    return f'<g opacity="{opacity:.3g}">{"".join(parts)}</g>' if opacity < 1 else "".join(parts)
