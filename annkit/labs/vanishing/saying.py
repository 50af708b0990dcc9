"""What the vanishing lab says: how much error arrives at the first layer, how level the bars are, and one path."""

import numpy as np

from annkit.labs.base.say import Badge, Text
from annkit.labs.vanishing import path
from annkit.labs.vanishing.stacks import WIDTH
from annkit.translation import _
from annkit.wording import in_tens

LEVEL = 10
"""Bars are level where the largest is at most so many times the smallest."""
DEEP = 8
"""With so many layers or more it is an achievement."""
ALIKE = 1.05
MANY = 9999


def words(lab):
    """All of it, as pieces."""
    yield Text(_lead(lab), "lead")
    if lab.depth > 1:
        yield _bars(lab)
        yield _forward_and_step(lab)
        yield _product(lab)
    yield Text(_help(lab), "help")


def _lead(lab):
    """How the first layer is off beside the last."""
    if lab.depth == 1:
        return _("With one hidden layer the error comes to it straight from the output.")
    if not lab.sizes.min():
        return _("At layer {layer} no error arrives.").format(layer=int(lab.sizes.argmin()) + 1)
    times = lab.rates[0]
    if 1 / ALIKE < times < ALIKE:
        return _("Layer 1 gets as much error as layer {last}.").format(last=lab.depth)
    if times < 1:
        message = _("Layer 1 gets {times} times more error than layer {last}.")
        return message.format(times=in_tens(1 / times), last=lab.depth)
    message = _("Layer 1 gets {times} times less error than layer {last}.")
    return message.format(times=in_tens(times), last=lab.depth)


def _bars(lab):
    ratio = in_tens(lab.ratio) if np.isfinite(lab.ratio) else "∞"
    message = _("All within a factor of {ratio}.")
    return Badge(message.format(ratio=ratio), good=lab.ratio <= LEVEL and lab.depth >= DEEP)


def _forward_and_step(lab):
    """How activations go forward, and the path's step at the layer that is looked at."""
    first, last = (in_tens(lab.activations[layer]) for layer in (0, -1))
    layer = max(2, lab.layer)
    step = lab.steps[lab.depth - layer]
    letters = _("skip × slope × weight") if step.skip not in (0, 1) else _("slope × weight")
    message = _("Forward, the size of a goes from {first} to {last}. Layer {layer}: {letters} = {numbers} = {factor}.")
    return message.format(
        first=first, last=last, layer=layer, letters=f"1 + {letters}" if step.past else letters,
        numbers=step.arithmetic(), factor=path.text(step.factor),
    )  # fmt: skip


def _product(lab):
    """All factors of the path, and what they make."""
    message = _("Path, one of {count} back to layer 1: {product}.")
    count = WIDTH ** (lab.depth - 2)
    return message.format(count=in_tens(count) if count > MANY else count, product=path.written(lab.steps))


def _help(lab):
    """What would help now."""
    if lab.depth == 1:
        return _("Make the network deeper.")
    if lab.depth < DEEP:
        return _("So few layers are hardly a trouble. Make the network deeper.")
    if lab.ratio <= LEVEL:
        if any(lab.factors):
            return _("Level. Cut a wire: click it, or press Enter on it. How many can go?")
        return _("Level. How far can g go until it isn't? And with 20 layers?")
    if lab.rates[0] < 1:
        return _("The error grows on its way back: every layer adds too much to it.")
    return _("Click a wire to solder or to cut it, a unit to lead the path through it. Turn g, f and the skip.")
