"""The XOR lab's large plane, which moves from the inputs to the hidden plane, and the four corners on it."""

import itertools
import math

import numpy as np

from annkit.labs.base.lab import verdict
from annkit.labs.xor.layout import COLOURS, DASHES, PLANE, STAGE, faded, shades, sides, texts, within, word
from annkit.labs.xor.move import FAR, MIDDLE, cells
from annkit.stage import Handle, marks
from annkit.translation import _
from annkit.wording import row_of, short

SPREAD, CARD, STEM = 40, 58, 18
"""On a card: how far apart corners are. How high it is, and how far from the place that it points to."""
SHARES = {"h₁": (0.3, 0.15, 0.5, 0.7, 0.85), "h₂": (0.7, 0.85, 0.5, 0.3, 0.15), "o": (0.2, 0.8, 0.5)}
"""Where on its line a unit's arrow may stand; where the places are equally free, at the first of them."""
LABEL = 26, 9
"""Half the width and half the height of the words at an arrow."""
CLEAR = 8
"""So far away from everything else, words are free."""
SHEET = np.array([[[a, -0.5], [a, 1.5]] for a in (-0.5, 0, 0.5, 1, 1.5)])
SHEET = np.concatenate([SHEET, SHEET[:, :, ::-1]])
"""Lines of the plane of the inputs that are seen moving, shape (10, 2, 2)."""
UNIT_LINES = SHEET[[1, 3, 6, 8]]


class Plane:
    """The large plane of an `XorLab` as it is now.

    Corners that meet stand at their one place, as one mark with their number. Where one of them is in focus they stand
    side by side on a card that points to it.
    """

    def __init__(self, lab):
        self.table, self.names, self.chosen, self.moved = lab.table, lab.names, lab.point - 1, lab.moved
        self.now, self.move = lab.now, lab.now.move
        self.groups = {}
        for i, place in enumerate(self.now.places):
            self.groups.setdefault(place, []).append(i)
        self.seats = self._seats()
        self._taken = self._boxes()

    def live(self):
        """The plane itself: shades, lines, its title and axes."""
        return self._sheet() + self._axes()

    def corners(self):
        """The four corners where they are now: marks that belong to them, and a handle for each."""
        cards, names, handles = [], [], []
        for place, group in self.groups.items():
            ((x, y),) = PLANE.place(*place).tolist()
            if self.seats and self.chosen in group:
                seats, seen = self.seats, [[i] for i in group]
                cards.append(_card(x, y, seats))
            else:  # the last one lies on top, and stands for all
                seats, seen = [(x, y)] * len(group), [[]] * (len(group) - 1) + [group]
            for i, (a, b), those in zip(group, seats, seen, strict=True):
                mark = self._mark(those) if those else ""
                if len(those) > 1:
                    mark += self._fan(x, y, those)
                handles.append(Handle(f"p{i + 1}", STAGE, a, b, mark, self._called(i), movable=False))
                if those:
                    names.append(word(a, b + 26, ", ".join(self.names[j] for j in those)))
                if i == self.chosen and 0 < self.moved < 1:
                    names.append(self._sums(x, y))
        return "".join(cards) + texts("annkit-t", 14, *names), handles

    # The plane.

    def _sheet(self):
        """The plane of the inputs as it moves, and from the sums on the hidden plane, which comes as the other goes."""
        move, parts = self.move, []
        if move.stepped < 1:
            first, second = move.lines()
            answers = [(PLANE, outline, self.now.output.at(*each) > 0) for each, outline in cells((first, second))]
            arrows = [self._line(first, "h₁", "h₁ = 1"), self._line(second, "h₂", "h₂ = 1")]
            parts.append(faded(1 - move.stepped, shades(answers) + _lines(move.onward(SHEET)), *arrows))
        if move.stepped:
            arrow = self._line(self.now.output, "o", _("○ side"))
            parts.append(faded(move.stepped, shades(sides(PLANE, self.now.output)), _lines(UNIT_LINES), arrow))
        return marks.clip(PLANE, *parts)

    def _line(self, line, name, said):
        """A unit's line, and an arrow with words to the side where it answers 1, where there is most room for them."""
        ends = line.ends()
        if ends is None:
            return ""
        size = math.hypot(line.p, line.q)
        p, q = line.p / size, line.q / size
        (ax, ay), (bx, by) = ends
        arrows = []
        for share in SHARES[name]:
            x, y = ax + share * (bx - ax), ay + share * (by - ay)
            ((left, top),) = PLANE.place(x + 0.17 * p, y + 0.17 * q).tolist()
            at = within(left + 30 * p, 32, PLANE.x, PLANE.width), within(top - 12 * q, 10, PLANE.y, PLANE.height)
            arrows.append(((x, y), at))
        (x, y), at = max(arrows, key=lambda arrow: self._room(*arrow[1]))
        self._taken.append((*at, *LABEL))
        return (
            marks.line(PLANE, (ax, bx), (ay, by), COLOURS[name], 3, DASHES[name])
            + marks.arrow(PLANE, (x, x + 0.17 * p), (y, y + 0.17 * q), COLOURS[name], 2.5)
            + texts("annkit-t annkit-b", 14, word(*at, said, COLOURS[name]))
        )

    def _room(self, x, y):
        """How far the words at an arrow would be from what is drawn already, as far as that matters."""
        width, height = LABEL
        return min(
            CLEAR, *(max(abs(x - a) - width - half, abs(y - b) - height - tall) for a, b, half, tall in self._taken)
        )

    def _boxes(self):
        """What corners, their names and a card take up: the middle of each, half its width and half its height."""
        boxes = [_box(*place) for place in self.groups]
        if 0 < self.moved < 1:  # under the one in focus stand its sums
            ((x, y),) = PLANE.place(*self.now.places[self.chosen]).tolist()
            boxes.append((x, y + 45, 40, 8))
        if self.seats:
            (left, row), (right, __) = self.seats[0], self.seats[-1]
            boxes.append(((left + right) / 2, row + 9, (right - left + SPREAD) / 2 + 2, CARD / 2))
        return boxes

    def _axes(self):
        """The plane's title, the names of its axes, and the numbers on them."""
        if self.moved == 0:
            letter, title = "x", _("the inputs")
        elif self.moved < 0.5:
            letter, title = "z", _("to the weighted sums z₁ and z₂")
        elif self.moved == 0.5:
            letter, title = "z", _("the weighted sums z₁ and z₂")
        elif self.moved < 1:
            letter, title = "h", _("the step: above 0 becomes 1, all else 0")
        else:
            letter, title = "h", _("the hidden plane")
        right, low = PLANE.x + PLANE.width, PLANE.y + PLANE.height + 15
        names = [word(right - 8, low, f"{letter}₁"), word(PLANE.x - 15, PLANE.y + 12, f"{letter}₂")]
        across, up = self._ticks()
        numbers = [word(PLANE.place(place, 0)[0][0], low, text) for place, text in across]
        numbers += [word(PLANE.x - 8 - 4.5 * len(text), PLANE.place(0, place)[0][1], text) for place, text in up]
        return (
            texts("annkit-t annkit-b", 14.5, word(PLANE.x + PLANE.width / 2, PLANE.y - 15, title))
            + texts("annkit-t annkit-i", 16, *names)
            + texts("annkit-t", 14, *numbers)
        )

    def _ticks(self):
        """The numbers on both axes, each with its place: those of the sums only where the plane shows these."""
        if self.moved in (0, 1):
            return 2 * [[(0, "0"), (1, "1")]]
        if self.moved != 0.5:
            return 2 * [[(MIDDLE, "0")]]
        return [[(MIDDLE + far * FAR, short(far * reach)) for far in (-1, 0, 1)] for reach in self.move.reach]

    # The corners.

    def _seats(self):
        """Where corners that meet one in focus stand side by side; nowhere, where none meets it."""
        place = self.now.places[self.chosen]
        count = len(self.groups[place])
        at_rest = self.moved in (0, 0.5, 1)  # on the way the card would jump aside for whatever comes by
        others = [_box(*other) for other in self.groups if at_rest and other != place]
        return _side_by_side(*PLANE.place(*place)[0].tolist(), count, others) if count > 1 else []

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
        seats = _side_by_side(x, y, len(group))
        each = "".join(marks.at(STAGE, *seat, self._mark([i])) for i, seat in zip(group, seats, strict=True))
        names = [word(a, b + 26, self.names[i]) for i, (a, b) in zip(group, seats, strict=True)]
        fan = _card(x, y, seats) + each + texts("annkit-t", 14, *names)
        return f'<g class="annkit-fan" transform="translate({-x:.1f},{-y:.1f})">{fan}</g>'

    def _sums(self, x, y):
        """The two weighted sums of the corner in focus, under its place, or over it where there is no room."""
        said = row_of(self.move.sums[self.chosen])
        card_under = self.seats and self.seats[0][1] > y
        under = y + 55 < PLANE.y + PLANE.height and not card_under
        return word(within(x, 4 * len(said) + 6, PLANE.x, PLANE.width), y + (45 if under else -27), said)

    def _called(self, i):
        said = _("corner {corner}, {kind}, {verdict}")
        kind = self.table.kinds[self.table.labels[i]]
        return said.format(corner=self.names[i], kind=kind, verdict=verdict(self.now.right[i]))


def _lines(ends):
    """Thin lines in the large plane, shape (n, 2, 2)."""
    return marks.lines(PLANE, ends, width=1, opacity=0.16)


def _box(x, y):
    """What a corner at a place of the plane takes up with its name: its middle, half its width and half its height."""
    ((left, top),) = PLANE.place(x, y).tolist()
    return left, top + 10, 16, 26


def _side_by_side(x, y, count, others=()):
    """Places on a card for corners that are all at (x, y) in truth: over it, or where it hides no `others`."""
    half, found = count * SPREAD / 2 + 2, []
    for row, aside in itertools.product((y - STEM - CARD + 20, y + STEM + 20), (0, 10 - half, half - 10)):
        middle = within(x + aside, half + 2, PLANE.x, PLANE.width)
        if row - 20 >= PLANE.y - 10 and row + CARD - 20 <= PLANE.y + PLANE.height + 10:
            hidden = sum(
                abs(a - middle) < half + wide and abs(b - row - 9) < CARD / 2 + tall for a, b, wide, tall in others
            )
            found.append((hidden, len(found), middle, row))
    __, __, middle, row = min(found)
    return [(middle + (k - (count - 1) / 2) * SPREAD, row) for k in range(count)]


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
