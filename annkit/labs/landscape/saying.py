"""What the landscape lab says: where the three are, one's last step in numbers, and who is first."""

import numpy as np

from annkit.labs.base.say import Badge, Rows, Text
from annkit.labs.landscape.lands import EPSILON, LANDS, ONE, THERE, TWO, WALKERS
from annkit.translation import _
from annkit.wording import fixed, in_product, number, rounded, short, signed

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
        place = walk.place(lab.steps)
        texts = [fixed(value, 3) if abs(value) < 1000 else short(value) for value in (*place, walk.land.error(*place))]
        lines.append(said.format(walker=_(WALKERS[name]), w1=texts[0], w2=texts[1], E=texts[2]))
        cells.append([_(WALKERS[name]), *texts])
    caption = _("after {steps} steps").format(steps=lab.steps)
    lines[0] = f"{caption}\n{lines[0]}"
    return Rows(lines, cells, caption, lit=list(WALKERS).index(lab.walker), heads=["", "w₁", "w₂", "E"])


def _verdict(lab):
    """Who has come, since when, and who has left."""
    since = {name: walk.arrived(lab.steps) for name, walk in lab.walks.items()}
    there = sorted((name for name in since if since[name] is not None), key=since.get)
    if there:
        who = _("{step} ({walker})")
        said = ", ".join(who.format(walker=_(WALKERS[name]), step=since[name]) for name in there)
        yield Badge(_("There at step {who}.").format(who=said), good=True)
    for name, walk in lab.walks.items():
        if walk.left(lab.steps):
            yield Badge(_("{walker} has left for good.").format(walker=_(WALKERS[name])), good=False)


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
    rows, name, by = STEPS[lab.walker](lab, walk, k)
    rate = number(lab.learning_rate)
    by = [rounded(each, DECIMALS) for each in by]
    change = [rounded(new - old, DECIMALS) for old, new in zip(before, after, strict=True)]
    cells = [[_("before"), *map(number, before)]]
    cells += [[label, *(number(rounded(each, DECIMALS)) for each in values)] for label, values in rows]
    cells += [
        [f"− {rate} × {name}", *(signed(each).replace(" ", "") for each in change)],
        [_("after"), *map(number, after)],
    ]
    lines = [
        f"{letter} = {number(old)} − {rate} × {in_product(each)} = {number(new)}"
        for letter, old, each, new in zip(("w₁", "w₂"), before, by, after, strict=True)
    ]
    caption = _("step {k} of {walker}").format(k=k, walker=_(WALKERS[lab.walker]))
    lines[0] = f"{caption}\n{lines[0]}"
    return Rows(lines, cells, caption, heads=["", "w₁", "w₂"], total=True)


def _plain(lab, walk, k):
    return [[_("slope g"), walk.slope(k)]], "g", walk.slope(k)


def _momentum(lab, walk, k):
    v = walk.remembered(k, lab.momentum)
    return [[_("slope g"), walk.slope(k)], [f"v = {number(lab.momentum)} v + g", v]], "v", v


def _adam(lab, walk, k):
    """Both averages, made fair for having begun at 0: m̂ and ŝ."""
    m = (1 - ONE) * walk.remembered(k, ONE) / (1 - ONE**k)
    root = np.sqrt((1 - TWO) * walk.remembered(k, TWO, power=2) / (1 - TWO**k))
    return [[_("slope g"), walk.slope(k)], ["m̂", m], ["√ŝ", root]], "m̂ / √ŝ", m / (root + EPSILON)


STEPS = {"plain": _plain, "momentum": _momentum, "adam": _adam}
"""What each goes by, row by row; and what is multiplied by α: how it is called, and its numbers."""


def _help(lab):
    if not lab.steps:
        return _("Drag the start, then press Play: who is first at the cross?")
    if any(walk.left(lab.steps) for walk in lab.walks.values()):
        return _("α is too large for the steep direction: make it smaller.")
    return _("There is within {there} of a cross. Turn α and μ: who is first now?").format(there=number(THERE))
