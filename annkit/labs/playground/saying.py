"""What the playground says: how far it is, what is picked, what each unit seems to look for, what is wrong."""

import math

import numpy as np

from annkit.labs.base.say import Badge, Text
from annkit.labs.playground.board import NAMES
from annkit.stage import Edge
from annkit.symptoms import symptoms
from annkit.translation import _
from annkit.wording import number, rounded, subscript


def datasets():
    """What each table is called."""
    return {
        "circles": _("circles"), "moons": _("moons"), "quadrants": _("XOR"), "blobs": _("blobs"), "spiral": _("spiral"),
        "curve": _("above a curve"), "plane": _("a plane (numbers)"), "hills": _("hills (numbers)"),
        "own": _("your own"),
    }  # fmt: skip


def words(lab):
    """All that is said, as pieces."""
    if lab.explain:
        return lab.explained.words()
    recorded, count = lab.way.recording, lab.epoch + 1
    errors = (np.asarray(each)[:count] for each in (recorded.errors, recorded.validation_errors))  # not copied
    found = symptoms(lab.trainer, *errors)
    pieces = [_progress(lab), Text(picked(lab), "terms")]
    if said := looks_for(lab):
        pieces.append(Text(said))
    if lab.shows_surface:
        pieces.append(_on_surface(lab))
    pieces += [Badge(f"{each.words} {each.advice}", good=False) for each in found[:1]]
    return pieces


def _progress(lab):
    """How far it is and how well it does."""
    X, T, held = lab.samples
    said = [_("Epoch {epoch}.").format(epoch=lab.epoch), _on(lab, _("Learned"), X, T)]
    return Text(" ".join([*said, _on(lab, _("New data"), *held)] if held else said), "lead")


def _on(lab, where, X, T):
    """How well it does on some samples."""
    net = lab.trainer.net
    trace = net.forward(X)
    error = number(rounded(net.loss(trace, T, lab.start.loss(lab.settings)), 3))
    if not lab.classes:
        return _("{where}: error {error}.").format(where=where, error=error)
    right = int(((trace.output > 0.5) == T).sum())
    return _("{where}: error {error}, {right} of {count} right.").format(
        where=where, error=error, right=right, count=len(T)
    )


def short_name(lab, thing):
    """A letter for what is picked: its weight, or its bias."""
    if isinstance(thing, Edge):
        return subscript(f"w{thing.unit + 1}{thing.to + 1}")
    return subscript(f"b{thing.unit + 1}")


def full_name(lab, thing):
    """What a weight or a bias is called where there are several layers."""
    if len(lab.hidden) == 0:
        return short_name(lab, thing)
    return _("{name} of layer {layer}").format(name=short_name(lab, thing), layer=thing.end.layer)


def unit_name(lab, node):
    """What a node is called."""
    if node.layer == 0:
        return NAMES[lab.inputs[node.unit]]
    if node.layer > len(lab.hidden):
        return "o"
    return subscript(f"h{node.unit + 1}") + _(" of layer {layer}").format(layer=node.layer)


def thing_name(lab, thing):
    """What a node or an edge is called; no number of it, which would change with every step."""
    if isinstance(thing, Edge):
        return _("the weight from {one} to {other}").format(
            one=unit_name(lab, thing.start), other=unit_name(lab, thing.end)
        )
    return unit_name(lab, thing)


def picked(lab):
    """What is picked, with its numbers."""
    thing, net = lab.picked, lab.trainer.net
    if isinstance(thing, Edge):
        weight = net.weights[thing.layer][thing.unit, thing.to]
        text = _("The weight from {one} to {other}: {weight}.")
        return text.format(
            one=unit_name(lab, thing.start), other=unit_name(lab, thing.end), weight=number(rounded(weight, 3))
        )
    if not thing.layer:
        return _("{name} goes in as it is.").format(name=unit_name(lab, thing))
    W, b, f = (
        net.weights[thing.layer - 1][:, thing.unit],
        net.biases[thing.layer - 1][thing.unit],
        net.activations[thing.layer - 1],
    )
    names = [NAMES[n] for n in lab.inputs] if thing.layer == 1 else [subscript(f"h{i + 1}") for i in range(len(W))]
    total = " + ".join(f"{number(rounded(w, 2))} × {name}" for w, name in zip(W, names, strict=True))
    return f"{unit_name(lab, thing)} = {f.name}({total} + {number(rounded(b, 2))})".replace("+ −", "− ")


def looks_for(lab):
    """What a picked unit seems to look for: for which samples its sum is above 0, and which way it grows."""
    thing = lab.picked
    if isinstance(thing, Edge) or not 0 < thing.layer <= len(lab.hidden):
        return ""
    X, T, __ = lab.samples
    above = lab.trainer.net.forward(X).z[thing.layer - 1][:, thing.unit] > 0
    if lab.classes:
        parts = []
        for label, name in zip((1, 0), lab.class_names, strict=True):
            of = T[:, 0] == label
            if of.any():
                counts = {"count": int(above[of].sum()), "all": int(of.sum()), "name": name}
                parts.append(_("{count} of {all} {name}").format(**counts))
        said = _("Its sum is above 0 for {parts}").format(parts=_(" and for ").join(parts))
    else:
        said = _("Its sum is above 0 for {count} of {all} samples").format(count=int(above.sum()), all=len(above))
    way = _direction(lab, thing)
    return _("{said}, and grows to the {way}.").format(said=said, way=way) if way else said + "."


def _direction(lab, thing):
    """Where a unit's sum grows fastest, one of eight ways; None where that is another one everywhere."""
    if thing.layer > 1 or not set(lab.inputs) <= {"x1", "x2"}:
        return None
    weights = dict(zip(lab.inputs, lab.trainer.net.weights[0][:, thing.unit].tolist(), strict=True))
    right, up = weights.get("x1", 0.0), weights.get("x2", 0.0)
    if right == up == 0:
        return None
    ways = [_("right"), _("upper right"), _("top"), _("upper left"), _("left"), _("lower left"), _("bottom"),
            _("lower right")]  # fmt: skip
    return ways[round(math.atan2(up, right) / (math.pi / 4)) % 8]


def _on_surface(lab):
    """What the error over two weights shows."""
    first, second = (full_name(lab, thing) for thing in lab.pair)
    text = _(
        "The plane: the error for other values of {first} and {second}, all else as it is, and the way that was gone; "
        "stronger grey is larger. To race two optimizers: learn, go back to 0, take another one, learn again."
    )
    return Text(text.format(first=first, second=second), "help")


def plane(lab):
    """What the plane is, for a screen reader."""
    return _(
        "the plane with {count} points: press Enter for the next point, arrows move it, Delete takes it away"
    ).format(count=len(lab.table))
