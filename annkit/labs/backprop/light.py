"""What lights up in the backprop lab's picture: all that makes the number that is picked, and where each factor is."""

from annkit.labs.backprop.places import HALF, HIGH, LINES, NODES, PARTS, ROUND
from annkit.labs.backprop.steps import INTO, end, start

INWARD = 8
"""So far from its right end stands the mark of a unit's answer."""


def made_of(name, back):
    """All nodes and edges that make a number, or, on the way `back`, the slope at it; its own among them."""
    if name == "E":
        return {"E", "t1", "t2"}
    if name[0] == "t":
        return {name, "o" + name[1]}
    if name[0] == "x":
        return {name, f"w{name[1]}1", f"w{name[1]}2"}
    unit, source = (name, None) if name in INTO else (end(name), start(name))
    lit = {name, unit, source} - {None}
    if back:
        k = unit[1]
        return lit | ({"t" + k} if unit[0] == "o" else {f"v{k}1", f"v{k}2", "o1", "o2"})
    if name in INTO:
        return lit | {*INTO[name], *(("x1", "x2") if name[0] == "h" else ("h1", "h2"))}
    return lit


def marks(name):
    """Where the factors of a slope come from, as places in the picture: by the number that each factor has."""
    unit = name if name in INTO else end(name)
    x, y = NODES[unit]
    found = {"1": _at_answer(unit), "2": (x, y - HIGH / 2)}
    if unit[0] == "o":
        found["1"] = (x + HALF + NODES["t1"][0] - PARTS) / 2, y
    if name not in INTO:
        found["3"] = _at_source(name)
    return found


def _at_source(name):
    """Where an edge begins."""
    source = start(name)
    if source is None:
        return LINES[name][0]
    x, y = NODES[source]
    return (x, y - ROUND) if source[0] == "x" else _at_answer(source)


def _at_answer(unit):
    """The right end of a unit, where its answer leaves it."""
    x, y = NODES[unit]
    return x + HALF - INWARD, y - HIGH + 5
