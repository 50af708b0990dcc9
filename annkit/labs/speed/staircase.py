"""The network of a speed lab as its matrices: each a rectangle with one place for every multiplication.

The inputs come in from the left as rows, a unit is a column. What comes out of one matrix at the bottom goes into the
next one from above, out to the right, and so on: a staircase.
"""

import math
from typing import NamedTuple

import numpy as np

from annkit import counting
from annkit.stage import Handle, Panel, marks
from annkit.translation import _

LEFT, TOP, GAP = 84, 24, 9
"""Where the first matrix begins, and how much room a layer has between two matrices, in stage units."""
ROOM = 376, 292
"""What there is for a staircase to the right and down, in stage units."""
LARGEST = 4
"""The largest side of one multiplication, in stage units."""
LINE = 344
"""Where what a square stands for is written below."""
BAR, SHADE = 4, 0.32
SHEETS = 6
"""At most so many sheets lie behind the first."""
LABEL = 58, 18
"""So much room its number needs in a matrix."""

ROWS = "007fd100", "08d6f400", "021dd000", "002fb100", "0001cc10", "00001a80", "00845e90", "007dd900"
DIGIT = np.array([[int(ink, 16) / 15 for ink in row] for row in ROWS[::-1]])
"""One of the digits that go in, the fourth of scikit-learn's, lowest row first: nothing need be loaded for it."""


class Block(NamedTuple):
    """A matrix: its left upper corner and its sides, in multiplications; how many layers were crossed to the right and
    down before it; and whether what comes out of it goes down."""

    x: int
    y: int
    width: int
    height: int
    right: int
    down: int
    falls: bool

    @property
    def count(self):
        """How many multiplications a sample takes in it."""
        return self.width * self.height


def blocks(sizes):
    """The matrices of a network of these sizes, a list of `Block`."""
    found, x, y = [], 0, 0
    for k, (before, units) in enumerate(counting.pairs(sizes)):
        down, falls = divmod(k + 1, 2)
        width, height = (units, before + 1) if falls else (before + 1, units)
        found.append(Block(x, y, width, height, k // 2, down, bool(falls)))
        x, y = (x, y + height) if falls else (x + width, y)
    return found


def scale(*networks):
    """How long the side of one multiplication is, in stage units, so that all these networks find room."""
    sides = [LARGEST]
    for sizes in networks:
        found = blocks(sizes)
        sides.append((ROOM[0] - GAP * (found[-1].right + 1)) / max(block.x + block.width for block in found))
        sides.append((ROOM[1] - GAP * (found[-1].down + 1)) / max(block.y + block.height for block in found))
    return min(sides)


class Staircase:
    """A network's matrices on the stage.

    Parameters
    ----------
    sizes : list of int
    side : float
        Of one multiplication, in stage units.
    """

    def __init__(self, sizes, side):
        self.sizes, self.side, self.blocks = sizes, side, blocks(sizes)

    def box(self, block):
        """A matrix's left, top, width and height, in stage units."""
        left, top = LEFT + block.x * self.side + GAP * block.right, TOP + block.y * self.side + GAP * block.down
        return left, top, max(block.width * self.side, 1.5), max(block.height * self.side, 1.5)

    def at(self, x, y):
        """The matrix at a place, from 0, or None; a thin one is hit from beside it, too."""
        for k, block in enumerate(self.blocks):
            left, top, width, height = self.box(block)
            near_x, near_y = max(0, 12 - width) / 2, max(0, 12 - height) / 2
            if left - near_x <= x <= left + width + near_x and top - near_y <= y <= top + height + near_y:
                return k
        return None

    def outline(self):
        """Only the outlines, dashed: for a network that this one is compared with."""
        boxes = (marks.box(*self.box(block), stroke="violet", dash="4 3") for block in self.blocks)
        return "".join(boxes)

    def draw(self, lit):
        """The matrices, of which one is lit, the layers between them, and how many units each has."""
        parts = []
        for k, block in enumerate(self.blocks):
            left, top, width, height = self.box(block)
            look = ("lit", 1) if k == lit else ("teal", SHADE)
            parts.append(marks.box(left, top, width, height, look[0], opacity=look[1]))
            if width >= LABEL[0] and height >= LABEL[1]:
                parts.append(words(left + width / 2, top + height / 2, f"{block.count:,}"))
        return "".join([*parts, *self._layers()])

    def _layers(self):
        """A bar for each layer of units, at the end of its matrix, and the numbers of units where they are new."""
        left, top, __, height = self.box(self.blocks[0])
        yield marks.box(left - GAP + 1, top, BAR, height - self.side, "ink")
        yield words(left - GAP + 3, top - 11, f"{self.sizes[0]}")
        for k, (block, units) in enumerate(zip(self.blocks, self.sizes[1:], strict=True)):
            left, top, width, height = self.box(block)
            long = max(units * self.side, 1.5)
            if block.falls:
                yield marks.box(left, top + height + 2.5, long, BAR, "ink")
                place = (left + long + 6, top + height + 6, f"{units:,}", "start")
            else:
                yield marks.box(left + width + 2.5, top, BAR, long, "ink")
                place = (left + width + 12, top + height / 2, f"{units:,}", "start")
            if k == 0:
                yield words(left + long + 7, top + height - 3, f"{units:,}", "start")
            elif k == len(self.blocks) - 1:
                yield words(*place)

    def handle(self, k, label):
        """A matrix as a handle; each has an id of its own, so that a screen reader says it anew."""
        left, top, width, height = self.box(self.blocks[k])
        reach = width / 2 + 1, height / 2 + 1
        return Handle(f"m{k + 1}", STAGE, left + width / 2, top + height / 2, "", label, movable=False, reach=reach)


STAGE = Panel.plain(0, 0, 1, 1, (0, 1), (1, 0))
"""Whose coordinates are stage units."""


def words(x, y, text, anchor="middle", colour="ink", bold=False, size=13):
    """Words at a place in stage units."""
    return marks.text(STAGE, x, y, text, colour, anchor, size, bold=bold)


def square(side, y=LINE):
    """What a square stands for: one of a round number of multiplications that can be seen well."""
    count = next((10**k for k in range(1, 9) if side * 10 ** (k / 2) >= 13), 10**9)
    edge = side * math.sqrt(count)
    box = marks.box(LEFT, y - edge / 2, edge, edge, "teal", opacity=SHADE)
    return box + words(LEFT + edge + 8, y, _("{count} multiplications").format(count=f"{count:,}"), "start", "soft")


def dashes(text, y=LINE):
    """What the dashed outlines are."""
    left = LEFT + 210
    return marks.box(left, y - 7, 20, 14, stroke="violet", dash="4 3") + words(left + 28, y, text, "start", "soft")


def sheets(batch):
    """As many sheets of paper as suit a batch, and how many digits it has: marks, and where the first digit goes."""
    count = math.ceil(math.log2(batch) / 2)
    left, top, edge = 12, TOP + 3 * SHEETS, 36
    parts = [marks.box(left, top, edge, edge, stroke="soft", round=2)]
    for k in range(1, count + 1):  # of each one behind it, what can be seen at its top and at its right
        x, y = left + 3 * k, top - 3 * k
        path = f"M{x},{y + 3}V{y}H{x + edge}V{y + edge}H{x + edge - 3}"
        parts.append(f'<path d="{path}" fill="none" stroke="{marks.COLOURS["soft"]}"/>')
    parts.append(words(left, top + edge + 12, f"× {batch:,}", "start"))
    return "".join(parts), Panel.plain(left + 1, top + 1, edge - 2, edge - 2)
