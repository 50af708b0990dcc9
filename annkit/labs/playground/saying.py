"""What the playground says: how far it is, what is picked, what each unit seems to look for, what is wrong."""

from annkit.labs.base.say import Badge, Text
from annkit.labs.playground.board import NAMES
from annkit.labs.playground.samples import samples
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
    found = symptoms(
        lab.trainer, lab.way.recording.errors[: lab.epoch + 1], lab.way.recording.validation_errors[: lab.epoch + 1]
    )
    pieces = [_progress(lab), Text(picked(lab))]
    pieces += [Badge(f"{each.words} {each.advice}", good=False) for each in found[:2]]
    return pieces


def _progress(lab):
    """How far it is and how well it does."""
    X, T, held = samples(lab.start, lab.settings)
    said = [_("Epoch {epoch}.").format(epoch=lab.epoch), _on(lab, _("On what it learns from"), X, T)]
    return Text(" ".join([*said, _on(lab, _("On new data"), *held)] if held else said), "lead")


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


def unit_name(lab, node):
    """What a node is called."""
    if node.layer == 0:
        return NAMES[lab.inputs[node.unit]]
    if node.layer > len(lab.hidden):
        return "o"
    return subscript(f"h{node.unit + 1}") + _(" of layer {layer}").format(layer=node.layer)


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


def plane(lab):
    """What the plane is, for a screen reader."""
    return _(
        "the plane with {count} points: press Enter for the next point, arrows move it, Delete takes it away"
    ).format(count=len(lab.table))
