"""What the exercises of chapter 01, shallow and deep, ask."""

import numpy as np

from annkit import data, inputs
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.translation import N_, _
from annkit.wording import fixed

WANTED = 95
"""So many of a hundred days the made variables should get right, both to learn from and held out."""
CUT_OFFS = (40, 60)
"""Those of the two made variables."""
THREE = ("worst texture", "worst perimeter", "worst smoothness")
"""The three variables of the tumours, in the order in which the chapter names them."""
CLOSE = 0.1
"""A weight is right if it is off by no more than this share of it: other solvers stop a little elsewhere."""


SIDE_HINTS = (
    N_("the list has four sides: above and below, for x₁ and for x₂. On which of them lie most of the ○?"),
    N_("choose each side in turn, drag its border through the whole plane, and note the best count."),
)
CUT_HINTS = (
    N_("the side is right. Drag the border to and fro: where does the count stop growing?"),
    N_("click the border's knob and go through the cut-offs one by one with the arrow keys."),
)


@exercise(start=Start("RuleLab", model="threshold", when="x1 above", cut=50))
def best_threshold(lab):
    """No threshold gets more of the coast's days right than that of the lab."""
    X, rain = _coast(lab)
    if lab.model != "threshold":
        raise Slip(_("this exercise is about the threshold: choose it again."))
    counts = {}
    for name, x in zip(("x1", "x2"), X.T, strict=True):
        for cut in range(101):
            counts[f"{name} above", cut] = ((x > cut) == rain).sum()
            counts[f"{name} below", cut] = ((x < cut) == rain).sum()
    own, best = counts[lab.when, lab.cut], max(counts.values())
    said = {"own": own, "count": len(rain)}
    if own < best:
        best_sides = {side for (side, __), count in counts.items() if count == best}
        reason = _("{own} of {count} are right, and another threshold gets more.").format(**said)
        raise NotYet(reason, CUT_HINTS if lab.when in best_sides else SIDE_HINTS)
    return _("{own} of {count}, with two numbers to read; no threshold gets more.").format(**said)


TURN = N_("which points near it are ringed, and on which side of it? Turn it until they are on the other.")
MIX_HINTS = (
    (N_("most of the wrong days are due to mix 1. Its border is the violet one."), TURN),
    (N_("most of the wrong days are due to mix 2. Its border is the green one."), TURN),
)


@exercise(start=Start("RuleLab", model="made", mix1=50, mix2=50))
def made_variables(lab):
    """The lab's made variables get 95 of 100 of the coast's days right, to learn from and held out."""
    half = len(_coast(lab)[0])
    if lab.model != "made":
        raise Slip(_("this exercise is about the made variables: choose them again."))
    right = lab.right()
    counts = right[:half].sum(), right[half:].sum()
    if min(counts) < WANTED:
        reason = _("{to_learn} to learn from are right, and {held_out} held out; {wanted} of each {half} should be.")
        said = {"to_learn": counts[0], "held_out": counts[1], "wanted": WANTED, "half": half}
        raise NotYet(reason.format(**said), MIX_HINTS[_worse_mix(lab, lab.table.X[~right])])
    return _("two mixes that nobody told you. In a network, learning turns them as your hand did.")


def _worse_mix(lab, X):
    """The mix, 0 or 1, that is wrongly on or off for more of the days X, shape (n, 2)."""
    wrong = []
    for own, true, at in zip((lab.mix1, lab.mix2), data.MIXES["coast"], CUT_OFFS, strict=True):
        on, should_be = (X @ [share, 100 - share] > 100 * at for share in (own, true))
        wrong.append((on != should_be).sum())
    return int(np.argmax(wrong))


def _coast(lab):
    """The days to learn from, and whether it rained after them. Refuses a lab with other days."""
    table = data.weather(seed=2, town="coast")
    if lab.table != table:
        raise Slip(_("this exercise is about the days of the coast: make its lab again."))
    half = len(table) // 2
    return table.X[:half], table.labels[:half] == 1


UNIT_HINTS = (
    N_("a weight says what one unit more of its variable counts. Are the units alike? Print X.std(axis=0)."),
    N_("take its mean from each column and divide by its spread: (X - X.mean(axis=0)) / X.std(axis=0). Fit to that."),
)
NAME_HINTS = (
    N_("your weights are right. The strongest reason is the largest of them in size, whatever its sign."),
    N_("the weights stand in the order of names."),
)


@exercise()
def strongest_reason(weights, strongest):
    """The weights of the three variables, each in units of its own spread, and the name of the one that counts most."""
    weights = np.ravel(inputs.finite("weights", weights))
    if len(weights) != len(THREE):
        message = _("weights should be three numbers, one for each variable; there are {count}.")
        raise Slip(message.format(count=len(weights)))
    name = strongest.strip().lower() if isinstance(strongest, str) else strongest
    if name not in THREE:
        message = _("strongest should be one of {names}, not {value}.")
        raise Slip(message.format(names=", ".join(THREE), value=inputs.shown(strongest)))
    right = _scaled_weights()
    if (np.abs(weights - right) > CLOSE * np.abs(right)).any():
        reason = _("{weights} are not the weights of the three variables, each in units of its own spread.")
        raise NotYet(reason.format(weights=", ".join(fixed(weight, 2) for weight in weights)), UNIT_HINTS)
    if name != THREE[np.abs(right).argmax()]:
        raise NotYet(_("{name} has not the largest weight.").format(name=name), NAME_HINTS)
    return _("one spread more of it counts about four times as much as one of either of the others.")


def _scaled_weights():
    """The weights of a logistic model of the three variables, each with mean 0 and spread 1."""
    from sklearn.datasets import load_breast_cancer
    from sklearn.linear_model import LogisticRegression

    tumours = load_breast_cancer()
    X = tumours.data[:, [tumours.feature_names.tolist().index(name) for name in THREE]]
    return LogisticRegression().fit((X - X.mean(axis=0)) / X.std(axis=0), tumours.target).coef_[0]
