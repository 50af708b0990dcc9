"""Where everything stands in the backprop lab's picture, in stage units, and what is at a place."""

import math

from annkit.labs.backprop.steps import NAMES, STATIONS

SIZE = WIDTH, HEIGHT = 884, 326
ROWS = (118, 258)
"""Where the two rows of nodes lie."""
INPUT, HIDDEN, OUTPUT, TARGET, LAST = 36, 260, 526, 702, 842
"""The middles of the columns, the error last."""
HALF, HIGH, ROUND, LARGE = 64, 24, 27, 36
"""Half the width and half the height of a unit, the radius of an input, the radius of the error."""
SHARE, STUB = 0.36, 36
"""How far along the edges their numbers stand, and how long the edge of a bias is."""
UNDER = 18
"""So far under the number of an edge stands its slope."""
TRACK, PILL = 15, 13
"""The middle of the row of steps, and half the height of one."""
NEAR = 9
"""A click so near to an edge picks it."""

NODES = {"E": (LAST, sum(ROWS) / 2)}
for _k, _y in zip("12", ROWS, strict=True):
    NODES |= {"x" + _k: (INPUT, _y), "h" + _k: (HIDDEN, _y), "o" + _k: (OUTPUT, _y), "t" + _k: (TARGET, _y)}


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
    return (x + 38, y + 6) if name[0] in "bc" else (x + SHARE * (u - x), y + SHARE * (v - y))


LINES = {name: _line(name) for name in NAMES}
LABELS = {name: _label(name) for name in NAMES}
"""Where the number of each edge stands."""

WIDE = {"update": 70}
GROUPS = {0: "forward", 4: "error", 5: "back", 9: ""}
"""The steps before which a word stands."""


def _track():
    """The middle and half the width of each step in the row of steps, and where the words before them end."""
    x, places, words = 8, [], {}
    room = {"forward": 62, "error": 44, "back": 40, "": 6}
    for step, station in enumerate(STATIONS):
        if step in GROUPS:
            x += room[GROUPS[step]] + (18 if step else 0)
            words[step] = x
            x += 8
        half = WIDE.get(station, 46) / 2
        places.append((x + half, half))
        x += 2 * half + 6
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
        half, high = {"x": (ROUND, ROUND), "E": (LARGE, LARGE)}.get(name[0], (HALF, HIGH))
        if abs(x - u) <= half and -high <= y - v <= high + (UNDER + 6) * (name[0] in "ho"):
            return name
    for name, (u, v) in LABELS.items():
        if abs(x - u) <= 30 and -9 <= y - v <= UNDER + 10:
            return name
    name = min(LINES, key=lambda name: _distance(x, y, *LINES[name]))
    return name if _distance(x, y, *LINES[name]) <= NEAR else None


def _distance(x, y, start, end):
    """How far a place is from the line between two others."""
    (a, b), (c, d) = start, end
    share = ((x - a) * (c - a) + (y - b) * (d - b)) / ((c - a) ** 2 + (d - b) ** 2)
    share = min(1, max(0, share))
    return math.hypot(x - a - share * (c - a), y - b - share * (d - b))
