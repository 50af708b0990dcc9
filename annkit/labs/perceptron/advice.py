"""What would help now, or what is worth trying: the one sentence at the foot of what the perceptron lab says."""

import numpy as np

from annkit.labs.perceptron.learning import MOST_PASSES
from annkit.translation import _


def advice(lab, right):
    """The sentence for a `PerceptronLab` as it stands; `right` says which of its rows are."""
    if lab.learning:
        return _while_it_learns(lab, right)
    if right.all():
        if lab.inputs == 3:
            return _("Is there a weight that you can turn without losing a row?")
        return _("How far can you turn the arrow w before a point is wrong?")
    if not lab.perceptron().weights.any():
        return _("With every weight 0, every answer is the same: turn one of them.")
    labels = lab.table.labels
    answers = np.where(right, labels, 1 - labels)
    if lab.inputs == 2 and answers.min() == answers.max() and labels.min() < labels.max():
        message = _("Every point lies on the {side} side: turn b until the line comes in between.")
        return message.format(side=lab.table.kinds[int(answers[0])])
    wrong = lab.point if not right[lab.point - 1] else int(right.argmin()) + 1
    label = labels[wrong - 1]
    said = {"point": wrong, "kind": lab.table.kinds[label], "side": lab.table.kinds[1 - label]}
    if lab.inputs == 3:
        more = _("Row {point} should be {kind}: it needs a larger sum. Which of its inputs is the largest?")
        less = _("Row {point} should be {kind}: it needs a smaller sum. Which of its inputs is the largest?")
        return (more if label else less).format(**said)
    if lab.movable:
        return _("Point {point} lies on the {side} side: drag it over the line, or turn b.").format(**said)
    return _("Point {point} lies on the {side} side: drag the line over it, or turn its arrow.").format(**said)


def _while_it_learns(lab, right):
    __, __, passes, last, best = lab.progress
    if lab.learnt:
        return _("Turn a weight, and it learns anew from there.")
    if len(passes) >= MOST_PASSES:
        return _("It has no way to stop at its best line: it knows only the last mistake.")
    if not last:
        return _("Learn once goes to the next mistake, and corrects it by that row.")
    return _after_a_correction(lab, right, last[0])


def _after_a_correction(lab, right, row):
    was_right = lab.correction[2].predict(lab.table.X) == lab.table.labels
    if not right[row]:
        return _("Point {point} is wrong even now: one correction was too little.").format(point=row + 1)
    if right.all():
        return _("All are right. It stops after a whole pass without a mistake.")
    if (was_right & ~right).any():
        spoilt = int((was_right & ~right).argmax()) + 1
        return _("But point {point} is wrong now, which was right before.").format(point=spoilt)
    return _("Point {point} is right now. Learn once again: on to the next mistake.").format(point=row + 1)
