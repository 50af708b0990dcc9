"""What the exercises of chapter 13, overfitting, ask."""

import numpy as np

from annkit import inputs
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.checks.functions import arrays_of, expect_shape, returned
from annkit.translation import N_, _
from annkit.wording import number, rounded

MARK, SAMPLE, LAST = 0.12, 9, 2000
"""Below which error on new data, with which sample, after how many epochs."""
FEW, MANY = 15, 150
"""How many points are learned from."""
BY_HEART, LEAST, MOST = 0.06, 0.05, 0.13
"""Thirty units come below the first on few points; between the others, near the noise's 0.09, on many."""
WAYS = (
    ([0.5, 0.3, 0.2, 0.25, 0.3, 0.1], 2),
    ([0.5, 0.3, 0.2, 0.25, 0.3, 0.1], 3),
    ([0.4, 0.2, 0.3, 0.1, 0.2, 0.05, 0.1, 0.09, 0.08, 0.01], 3),
    ([0.5, 0.4, 0.3, 0.2], 1),
    ([0.2, 0.2, 0.2, 0.1], 2),
    ([0.3, 0.4, 0.5], 1),
)
"""Errors on new data, epoch by epoch, and how patient to be."""


@exercise(
    N_("turn *epoch* to its right end first, then λ up a little at a time, and watch both errors."),
    N_("too small a λ still learns the noise, too large a one can't bend. Between 0 and 0.03 there is a stretch."),
    start=Start("OverfitLab", sample=SAMPLE, decay=0, epoch=0),
)
def decay(lab):
    """After 2000 epochs new data's error is below 0.12, by λ alone."""
    if (lab.units, lab.points, lab.dropout, lab.sample, lab.moved) != (30, FEW, 0, SAMPLE, ()):
        raise Slip(
            _("only λ and the epoch are to be turned: 30 units, these 15 points, no dropout. Press Reset, then turn λ.")
        )
    if lab.epoch != LAST:
        message = _("it stands at epoch {epoch}; this one is to learn to the end, epoch {last}.")
        raise NotYet(message.format(epoch=lab.epoch, last=LAST))
    learned, new = (rounded(error, 3) for error in lab.now)
    said = {"decay": number(lab.decay), "learned": number(learned), "new": number(new), "mark": number(MARK)}
    if new >= MARK and learned >= MARK:
        message = _("with λ = {decay} its own points have {learned}, and new data {new}: it is held too tight to bend.")
        raise NotYet(message.format(**said))
    if new >= MARK:
        raise NotYet(
            _(
                "with λ = {decay} new data have {new}; they should be below {mark}. Its own points have {learned}."
            ).format(**said)
        )
    return _("with λ = {decay} new data have {new}. Its own points have {learned}: it left their noise alone.").format(
        **said
    )


@exercise(
    N_(
        "go through the errors in order; remember the best so far, and its epoch. When was the last time it got better?"
    ),
    N_("stop as soon as k − best_epoch == patience, and return best_epoch; as good as the best is not better."),
)
def best_epoch(function):
    """The best epoch before the errors have not got better for so many epochs in a row."""
    for errors, patience in WAYS:
        answer = inputs.whole("best_epoch", returned(function, errors=np.array(errors), patience=patience), low=0)
        right, stop = _stopped(errors, patience)
        if answer == right:
            continue
        case = _("for errors = {errors} and patience = {patience}").format(errors=errors, patience=patience)
        if answer == int(np.argmin(errors)):
            message = _("{case} you give epoch {answer}. Nobody would have learned so far: it stops at epoch {stop}.")
            raise NotYet(message.format(case=case, answer=answer, stop=stop))
        if answer == stop:
            message = _("{case} epoch {stop} is where it stops; the best one, to go back to, is another.")
            raise NotYet(message.format(case=case, stop=stop))
        message = _("{case} it is epoch {right}, not {answer}.")
        raise NotYet(message.format(case=case, right=right, answer=answer))
    return _("a patience too short stops at the first bump, one too long learns on for nothing; both keep the best.")


def _stopped(errors, patience):
    """The best epoch, and the one at which the learning stops."""
    best = 0
    for k, error in enumerate(errors):
        if error < errors[best]:
            best = k
        if k - best == patience:
            return best, k
    return best, len(errors) - 1


@exercise(
    N_("make the network, train it on table.X and table.T, then ask it twice: net.loss(net.forward(X), T)."),
    N_("return first the error on the table it learned from, then the one on new; 2000 epochs, Adam(0.03)."),
)
def more_data(function):
    """The error on the points that 30 units learn from, and on new data, for few points and for many."""
    (few, few_new), (many, many_new) = (_errors(function, points) for points in (FEW, MANY))
    if few == few_new:
        raise NotYet(
            _("both errors are the same, {few}: new data are those that it did not learn from.").format(few=few)
        )
    if few_new <= BY_HEART < few:
        message = _("for {points} points you return {few}, then {new}: the error on its own points is to come first.")
        raise NotYet(message.format(points=FEW, few=few, new=few_new))
    if few > BY_HEART:
        message = _("with {points} points it has {few} on them; after 2000 epochs of Adam(0.03) 30 units have less.")
        raise NotYet(message.format(points=FEW, few=few))
    if not (LEAST < many < MOST and LEAST < many_new < MOST):
        message = _(
            "with {points} points yours are {many} and {new}; both should be near 0.09. Does it learn them all?"
        )
        raise NotYet(message.format(points=MANY, many=many, new=many_new))
    message = _(
        "with {points} points {few} and {few_new}, with {more} points {many} and {many_new}. What can't be learned by "
        "heart has to be understood: the two errors meet near the noise's 0.09."
    )
    return message.format(points=FEW, few=few, few_new=few_new, more=MANY, many=many, many_new=many_new)


def _errors(function, points):
    """Both errors, to three decimals."""
    names = ("learned", "new")
    errors = arrays_of(function, names, points=points)
    for name, error in zip(names, errors, strict=True):
        expect_shape(name, error, (), points=points)
    return [rounded(error, 3) for error in errors]
