"""Where everything stands in the backprop lab's picture, in stage units, and what is at a place."""

import math

from annkit.labs.backprop.steps import NAMES, STATIONS

SIZE = WIDTH, HEIGHT = 850, 336
ROWS = (114, 260)
"""Where the two rows of nodes lie."""
HALF, HIGH, ROUND, LARGE = 75, 25, 28, 37
"""Half the width and half the height of a unit, the radius of an input, the radius of the error."""
INPUT, HIDDEN, OUTPUT, TARGET, LAST = 30, 254, 520, 681, 811
"""The middles of the columns, the error last."""
PARTS, CUT = 60, -18
"""Half the width of a target with its part of the error, and where the line between the two is, from its middle."""
SHARE, STUB, UNDER = 0.33, 41, 19
"""How far along the edges their numbers stand; the length of a bias's edge; so far under a number stands its slope."""
TRACK, PILL = 15, 13
"""The middle of the row of steps, and half the height of one."""
CURVE = (758, 244, 86, 62)
"""The box of the error's curve: left, top, width, height."""
NEAR = 9
"""A click so near to an edge picks it."""

NODES = {"E": (LAST, sum(ROWS) / 2)}
for _k, _y in zip("12", ROWS, strict=True):
    NODES |= {"x" + _k: (INPUT, _y), "h" + _k: (HIDDEN, _y), "o" + _k: (OUTPUT, _y), "t" + _k: (TARGET, _y)}
REACH = {"x": (ROUND, ROUND), "h": (HALF, HIGH), "o": (HALF, HIGH), "t": (PARTS, HIGH), "E": (LARGE, LARGE)}
"""Half the width and half the height of each node, by its letter."""


def _line(name):
    """The two ends of an edge."""
    kind, to = name[0], name[-1]
    x, y = NODES[("h" if kind in "wb" else "o") + to]
    if kind in "bc":
        return (x - HALF / 2, y - HIGH - STUB), (x - HALF / 2, y - HIGH)
    fx, fy = NODES[("x" if kind == "w" else "h") + name[1]]
    return (fx + (ROUND if kind == "w" else HALF), fy), (x - HALF, y)


def _label(name):
    (x, y), (u, v) = LINES[name]
    return (x + 42, y + 4) if name[0] in "bc" else (x + SHARE * (u - x), y + SHARE * (v - y))


LINES = {name: _line(name) for name in NAMES}
LABELS = {name: _label(name) for name in NAMES}
"""Where the number of each edge stands."""

SMALL, BROAD, APART, GROUP = 50, 70, 5, 40
"""The width of a step, that of the last, and the room between two of them and between groups."""
ROOM = {0: 66, 4: 46, 5: 42, 9: 0}
"""Before these steps stands a word, in so much room."""


def _track():
    """The middle and half the width of each step in the row of steps, and where the words before them end."""
    x, places, words = 0, [], {}
    for step, station in enumerate(STATIONS):
        if step in ROOM:
            x += ROOM[step] + GROUP * (step > 0)
            words[step] = x - 7
        width = BROAD if station == "update" else SMALL
        places.append((x + width / 2, width / 2))
        x += width + APART
    return places, words


STEPS, WORDS = _track()


def step_at(x, y):
    """How many steps are done at the place in the row of steps, from 1; None beside them."""
    if abs(y - TRACK) > PILL + 2:
        return None
    return next((step for step, (middle, half) in enumerate(STEPS, start=1) if abs(x - middle) <= half + 3), None)


def at(x, y):
    """The name of the node or edge at a place, or None."""
    for name, (u, v) in NODES.items():
        half, high = REACH[name[0]]
        if abs(x - u) <= half and -high <= y - v <= high + (UNDER + 6) * (name[0] in "ho"):
            return name
    for name, (u, v) in LABELS.items():
        if abs(x - u) <= 30 and -10 <= y - v <= UNDER + 11:
            return name
    name = min(LINES, key=lambda name: _distance(x, y, *LINES[name]))
    return name if _distance(x, y, *LINES[name]) <= NEAR else None


def call_at(x, y):
    """Whether ▲ or ▼ of an edge is at a place: its name and the sign; None where there is none."""
    for name, (u, v) in LABELS.items():
        if abs(x - u) <= 27 and abs(y - v - UNDER) <= 11:
            return name, "▲" if x < u else "▼"
    return None


ALONG = {
    "ArrowRight": {
        "x": "w{0}1", "w": "h{1}", "b": "h{0}", "h": "v{0}1", "v": "o{1}", "c": "o{0}", "o": "t{0}", "t": "E",
    },
    "ArrowLeft": {
        "w": "x{0}", "b": "w1{0}", "h": "w1{0}", "v": "h{0}", "c": "v1{0}", "o": "v1{0}", "t": "o{0}", "E": "t1",
    },
}  # fmt: skip
"""Where an arrow key leads along the network, by the letter of what is picked; its digits are filled in."""
COLUMNS = (
    ("x1", "x2"), ("w11", "w12", "w21", "w22"), ("b1", "h1", "b2", "h2"), ("v11", "v12", "v21", "v22"),
    ("c1", "o1", "c2", "o2"), ("t1", "t2"), ("E",),
)  # fmt: skip
"""What stands under each other, as the keys up and down go through it."""


def beside(name, key):
    """What an arrow key goes to from a node or an edge."""
    if key in ALONG:
        return ALONG[key].get(name[0], name).format(*name[1:])
    if key in ("ArrowUp", "ArrowDown"):
        (column,) = (each for each in COLUMNS if name in each)
        return column[(column.index(name) + (1 if key == "ArrowDown" else -1)) % len(column)]
    return name


def _distance(x, y, start, end):
    """How far a place is from the line between two others."""
    (a, b), (c, d) = start, end
    share = ((x - a) * (c - a) + (y - b) * (d - b)) / ((c - a) ** 2 + (d - b) ** 2)
    share = min(1, max(0, share))
    return math.hypot(x - a - share * (c - a), y - b - share * (d - b))
