"""What the exercises of chapter 15, the vanishing gradient, ask."""

import math

import numpy as np

from annkit import inputs
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.checks.functions import array_of
from annkit.translation import N_, _
from annkit.wording import in_tens, number

DEPTH, CUTS, LEVEL, FLAT = 12, 2, 10, 2
"""How many layers there should be, and how many wires cut at least; how many times the smallest bar the largest may be
then; and the same for ReLU."""
LAYERS = 20
"""So many layers of ReLU at g = 1 let less than a thousandth through: 2^(−20 / 2) is the first below it."""


@exercise(
    N_("where no wire is, the error has to pass slope × weight. The slope stays small: what can be larger?"),
    N_("turn g up, and try which wires cost the least: those near the first layer, or those near the output?"),
    start=Start("VanishingLab", depth=DEPTH, activation="sigmoid", spread=1, skip="plain", cut=()),
)
def sigmoid_level(lab):
    """Twelve layers of sigmoid, two of the wires cut or more, and all bars within a factor of 10."""
    if lab.activation != "sigmoid":
        raise Slip(_("f stays the sigmoid here; with others there are other ways."))
    if lab.depth < DEPTH:
        raise Slip(_("there should be {depth} layers or more; yours are {own}.").format(depth=DEPTH, own=lab.depth))
    wires = sum(factor > 0 for factor in lab.factors)
    if (cut := lab.depth - 1 - wires) < CUTS:
        raise NotYet(_("wires that are cut: {cut}. There should be {least} or more.").format(cut=cut, least=CUTS))
    if lab.ratio > LEVEL:
        message = _("the largest bar is {ratio} times the smallest; {most} times are allowed.")
        raise NotYet(message.format(ratio=in_tens(lab.ratio) if lab.ratio < math.inf else "∞", most=LEVEL))
    if not wires:
        return _("level without a wire, as g is so large; Precisely says what that costs.")
    message = _("the largest bar is {ratio} times the smallest. Where no wire is, larger weights make up for slopes.")
    return message.format(ratio=in_tens(lab.ratio))


@exercise(
    N_("too small a g, and the bars fall to the left; too large, and they rise. Where do they change over?"),
    N_("about half of the units let the error through, so the squares of the weights have to make up for a half."),
    start=Start("VanishingLab", depth=DEPTH, activation="relu", spread=1, skip="none"),
)
def relu_level(lab):
    """Twelve layers of ReLU without a wire: the spread that keeps the bars within a factor of 2."""
    if lab.activation != "relu" or lab.depth != DEPTH or any(lab.factors):
        raise Slip(_("only g is to be turned: f stays ReLU, with 12 layers and no wire. Undo until it is so again."))
    if lab.ratio >= FLAT:
        way = _("they fall to the left") if lab.rates[0] > 1 else _("they rise to the left")
        message = _("with g = {g} the largest bar is {ratio} times the smallest, and {way}; below {most} is asked for.")
        raise NotYet(message.format(g=number(lab.spread), ratio=in_tens(lab.ratio), way=way, most=FLAT))
    square = number(round(lab.spread**2, 2))
    message = _("g = {g}, so g² = {square}: about 2, as half of the units answer 0. He's start has g = √2.")
    return message.format(g=number(lab.spread), square=square)


@exercise(
    N_("each layer has one factor. Without a skip it is slope × weight; all factors are multiplied."),
    N_("with a skip a layer's factor is 1 + skip × slope × weight; without one there is no 1."),
)
def product(function):
    """How the last unit of a path answers to the first: the product of the layers' factors."""
    random = np.random.default_rng(15)
    given = [(np.array([0.25, 0.5]), np.array([2.0, -1.0]), 0.0), (np.array([0.25, 0.5]), np.array([2.0, -1.0]), 1.0)]
    given += [(random.uniform(0, 1, 12), random.normal(0, 1, 12), skip) for skip in (0.0, 1.0, 12**-0.5)]
    for slopes, weights, skip in given:
        own = float(array_of(function, (), slopes=slopes, weights=weights, skip=skip))
        steps = slopes * weights
        right = np.prod(1 + skip * steps) if skip else np.prod(steps)
        if math.isclose(own, right, rel_tol=1e-6):
            continue
        raise NotYet(_mistake(own, steps, skip, right))
    return _("a product of numbers below 1 vanishes; a product of 1 + something small does not.")


def _mistake(own, steps, skip, right):
    """What went wrong, as far as it can be told."""
    mistakes = {
        np.sum(steps): _("it adds the factors up; every layer multiplies."),
        np.prod(1 + steps): _("the 1 is what the wire carries past a layer: there is none where skip is 0.")
        if not skip
        else _("skip is what the layer's own part is multiplied by: 1 + skip × slope × weight."),
        np.prod(skip + steps): _("the skip's factor belongs to the layer's part; the wire itself carries 1."),
    }
    if skip:
        mistakes |= {
            np.prod(steps): _("with a skip the wire carries 1 past the layer: each factor is 1 and something more."),
            np.prod(skip * steps): _("with a skip the wire carries 1 past the layer: that is not in it yet."),
            1 + np.prod(skip * steps): _("every layer has a wire of its own: each factor has its own 1."),
        }
    for value, words in mistakes.items():
        if math.isclose(own, value, rel_tol=1e-6):
            return words
    if len(steps) > 2:
        return _("for {count} layers and skip = {skip} it should be {right}; yours is {own}.").format(
            count=len(steps), skip=number(skip), right=in_tens(right, 3), own=in_tens(own, 3)
        )
    message = _("for slopes 0.25 and 0.5, weights 2 and −1, and skip = {skip} it should be {right}; yours is {own}.")
    return message.format(skip=number(skip), right=number(right), own=number(own))


@exercise(
    N_("half of the units let nothing through, so the squares are halved in each layer: the size is divided by √2."),
    N_("two layers make a factor of ½. How often is 1 to be halved until it is below a thousandth?"),
)
def layers(answer):
    """The first number of ReLU layers at g = 1 that lets less than a thousandth through."""
    answer = inputs.number("layers", answer)
    if answer == LAYERS:
        return _("twenty layers: √½ multiplied twenty times is 1/1024.")
    if answer in (9, 10):
        raise NotYet(_("{own} would do if each layer halved it; each divides it by √2.").format(own=number(answer)))
    if answer == LAYERS - 1:
        raise NotYet(_("19 layers let 0.00138 through; that is more than a thousandth."))
    if answer > LAYERS:
        raise NotYet(_("{own} is enough, but fewer are, too.").format(own=number(answer)))
    raise NotYet(_("{own} layers let more than a thousandth through.").format(own=number(answer)))
