"""What the explain lab says: the answer, how good the network is, what matters most, and whether that is so."""

import numpy as np

from annkit.labs.base.say import Badge, Text
from annkit.labs.explain.friedman import COPIED, FEATURES, MIDDLE, truth
from annkit.labs.explain.picture import written
from annkit.translation import _
from annkit.wording import fixed


def words(lab):
    """All of it, as pieces."""
    yield _answer(lab)
    yield _importance(lab)
    if lab.truth:
        yield _marked(lab)
    yield Text(_help(lab), "help")


def _answer(lab):
    said = {"answer": fixed(lab.output, 1), "r2": fixed(lab.r2, 2)}
    words = _("The network answers {answer}. Its R² on 200 rows held out: {r2}.")
    if lab.truth:
        said["truth"] = fixed(truth(lab.x[None, :])[0], 1)
        words = _("The network answers {answer}, the truth is {truth}. Its R² on 200 rows held out: {r2}.")
    return words.format(**said)


def _importance(lab):
    """The three that matter most; where there are copies, also what x₄ and they have."""
    lost = lab.importance
    order = np.argsort(-lost, kind="stable")[:3]
    first, second, third = (_("{feature} ({lost})").format(feature=written(k), lost=fixed(lost[k], 2)) for k in order)
    words = _("Most of R² is lost when {first} is shuffled, then {second} and {third}.")
    if lab.copies and lab.as_one:
        words = _("With {x4} and its copies shuffled as one, most of R² is lost by {first}, then by {second}.")
    elif lab.copies:
        words = _("Most of R² is lost by {first}, then by {second}. {x4} has {own}, its copies {copies}.")
    copies = ", ".join(fixed(each, 2) for each in lost[FEATURES:])
    own = fixed(lost[COPIED], 2)
    return words.format(first=first, second=second, third=third, x4=written(COPIED), own=own, copies=copies)


def _marked(lab):
    """Whether the feature that matters most in truth is found to."""
    first, true = int(lab.importance.argmax()), int(lab.model.true_importance.argmax())
    said = {"true": written(true), "own": fixed(lab.model.true_importance[true], 2), "first": written(first)}
    if first == true:
        return Badge(_("Right: in truth, too, {true} matters most ({own}).").format(**said), good=True)
    words = _("Wrong: in truth {true} matters most ({own}), and here {first} comes first.")
    return Badge(words.format(**said), good=False)


def _help(lab):
    if lab.copies and lab.as_one:
        return _("Shuffled as one, nobody can stand in for x₄: is its importance back? And R²?")
    if lab.copies:
        return _("A copy says what x₄ says. Who gets the importance? And what became of R²? Try another split.")
    if lab.truth:
        return _("Violet is what made the answers. Now add a copy of x₄: which of the marks will stay right?")
    if (lab.x == MIDDLE).all():
        return _("Drag a dot along its feature: which curves only move up and down, and which change their shape?")
    return _("Which features bend, and which do nothing? When you know, show the truth.")
