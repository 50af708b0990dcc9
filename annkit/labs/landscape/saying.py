"""What the landscape lab says: where the three are, one's last step in numbers, and who is first."""

import numpy as np

from annkit.labs.base.say import Badge, Rows, Text
from annkit.labs.landscape.lands import LANDS, THERE, WALKERS
from annkit.translation import _
from annkit.wording import fixed, in_product, number, rounded, signed

DECIMALS = 4


def words(lab):
    """All of it, as pieces."""
    yield Text(LANDS[lab.land].formula, "lead")
    yield _standings(lab)
    yield from _verdict(lab)
    yield _arithmetic(lab) if lab.steps else Text(_against(lab))
    yield Text(_help(lab), "help")


def _standings(lab):
    """Where each of the three is."""
    lines, cells = [], []
    said = _("{walker}: w₁ = {w1}, w₂ = {w2}, E = {E}")
    for name, walk in lab.walks.items():
        place = walk.upto(lab.steps)[-1]
        texts = [
            fixed(value, 3) if abs(value) < 1e4 else number(rounded(value, 0)) if abs(value) < 1e6 else _("far out")
            for value in (*place, walk.land.error(*place))
        ]
        lines.append(said.format(walker=_(WALKERS[name]), w1=texts[0], w2=texts[1], E=texts[2]))
        cells.append([_(WALKERS[name]), *texts])
    caption = _("after {steps} steps").format(steps=lab.steps)
    lines[0] = f"{caption}\n{lines[0]}"
    return Rows(lines, cells, caption, lit=list(WALKERS).index(lab.walker), heads=["", "w₁", "w₂", "E"])


def _verdict(lab):
    """Who has come, since when, and who has left."""
    for name, walk in lab.walks.items():
        since = walk.arrived(lab.steps)
        if walk.left(lab.steps):
            yield Badge(_("{walker} has left for good.").format(walker=_(WALKERS[name])), good=False)
        elif since is not None:
            said = _("{walker}: there after {steps} steps.")
            yield Badge(said.format(walker=_(WALKERS[name]), steps=since), good=True)


def _against(lab):
    slope = lab.walks[lab.walker].slope(1)
    numbers = ", ".join(number(rounded(each, 3)) for each in slope)
    return _("The first step goes against the slope ({slope}).").format(slope=numbers)


def _arithmetic(lab):
    """The last step of the one that is looked at, a column for each weight."""
    walk = lab.walks[lab.walker]
    places = walk.upto(lab.steps)
    k = len(places) - 1
    before, after = ([rounded(each, DECIMALS) for each in place] for place in places[k - 1 : k + 1])
    rows = STEPS[lab.walker](lab, walk, k)
    rate = number(lab.learning_rate)
    name, by = rows[-1][0], [rounded(each, DECIMALS) for each in rows[-1][1]]
    change = [rounded(new - old, DECIMALS) for old, new in zip(before, after, strict=True)]
    cells = [[_("before"), *map(number, before)]]
    cells += [[label, *(number(rounded(each, DECIMALS)) for each in values)] for label, values in rows]
    cells += [[f"− {rate} × {name}", *map(signed, change)], [_("after"), *map(number, after)]]
    lines = [
        f"{letter} = {number(old)} − {rate} × {in_product(each)} = {number(new)}"
        for letter, old, each, new in zip(("w₁", "w₂"), before, by, after, strict=True)
    ]
    caption = _("step {k} of {walker}").format(k=k, walker=_(WALKERS[lab.walker]))
    lines[0] = f"{caption}\n{lines[0]}"
    return Rows(lines, cells, caption, heads=["", "w₁", "w₂"], total=True)


def _plain(lab, walk, k):
    return [[_("slope g"), walk.slope(k)]]


def _momentum(lab, walk, k):
    slope, v = walk.slope(k), walk.remembered(k, lab.momentum)
    return [[_("slope g"), slope], [f"{number(lab.momentum)} × v", v - slope], ["v", v]]


def _adam(lab, walk, k):
    """Both averages, made fair for having begun at 0: m̂ and ŝ."""
    one, two = walk.optimizer.decay_1, walk.optimizer.decay_2
    m = (1 - one) * walk.remembered(k, one) / (1 - one**k)
    s = (1 - two) * walk.remembered(k, two, power=2) / (1 - two**k)
    root = np.sqrt(s)
    return [[_("slope g"), walk.slope(k)], ["m̂", m], ["√ŝ", root], ["m̂ / √ŝ", m / (root + walk.optimizer.epsilon)]]


STEPS = {"plain": _plain, "momentum": _momentum, "adam": _adam}
"""What each goes by, row by row; the last is multiplied by α."""


def _help(lab):
    if not lab.steps:
        return _("Drag the start, then press Play: who is first at the cross?")
    if any(walk.left(lab.steps) for walk in lab.walks.values()):
        return _("α is too large for the steep direction: make it smaller.")
    return _("There is within {there} of a cross. Turn α and μ: who is first now?").format(there=number(THERE))
