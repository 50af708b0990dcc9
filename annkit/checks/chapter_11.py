"""What the exercises of chapter 11, training, ask."""

import numpy as np

from annkit import inputs
from annkit.activations import sigmoid
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.checks.functions import array_of, returned
from annkit.translation import N_, _
from annkit.wording import number

MOST, RATE, PLAIN = 150, 0.02, 1495
"""So many steps momentum may take, with this α, and so many plain descent takes."""
FAR = 400
"""So many steps are looked at."""
CASES = ((10, 3), (6, 2), (5, 8), (1, 1), (200, 10))
"""How many samples, and how large a batch."""
NUDGE = 1e-5
PICTURES, SIZE, EPOCHS = 1797, 64, 20


@exercise(
    N_("with μ = 0 it is plain descent. Turn *steps* to the right end, then μ up, and see when M arrives."),
    N_("too much swings through the cross and back. A smaller α wants more momentum than a larger one."),
    start=Start("LandscapeLab", momentum=0),
)
def momentum(lab):
    """Momentum is within 0.01 of the valley's lowest place in at most 150 steps, by μ alone."""
    if (lab.land, lab.w1, lab.w2, lab.learning_rate) != ("valley", -4, 1, RATE):
        raise Slip(
            _("only μ is to be turned: the valley, the start (−4, 1) and α = 0.02 stay. Press Reset, then turn μ.")
        )
    walk = lab.walks["momentum"]
    steps, mu = walk.arrived(FAR), number(lab.momentum)
    if steps is None:
        raise NotYet(_("with μ = {mu} it has not arrived after {far} steps.").format(mu=mu, far=FAR))
    if steps > MOST:
        message = _("with μ = {mu} it arrives after {steps} steps; {most} are allowed.")
        raise NotYet(message.format(mu=mu, steps=steps, most=MOST))
    message = _("with μ = {mu} it takes {steps} steps, where plain descent takes {plain}.")
    return message.format(mu=mu, steps=steps, plain=PLAIN)


@exercise(
    N_("random.permutation(n) has every number from 0 to n − 1 once, shuffled."),
    N_("order[start : start + batch_size] is a batch; range(0, n, batch_size) has where each starts."),
)
def batches(function):
    """A list of batches: every sample once, shuffled anew, so many in each but the last."""
    for n, size in CASES:
        random = Generator(np.random.PCG64(n))
        made = [_batches(function, n, size, random) for __ in range(2)]
        for parts in made:
            _expect_all(parts, n, size)
        orders = [np.concatenate(parts).tolist() for parts in made]
        if n >= 10 and orders[0] == list(range(n)):
            raise NotYet(_("the samples are in their old order: shuffle them."))
        if n >= 10 and orders[0] == orders[1]:
            raise NotYet(
                _("two calls gave the same order: take it from random, which goes on, not from one of your own.")
            )
    return _("every sample is learned from once in each epoch, each time among others.")


class Generator(np.random.Generator):
    """Goes on from call to call, though a learner's function is given copies of what it may spoil."""

    def __deepcopy__(self, memo):
        return self


def _batches(function, n, size, random):
    answer = returned(function, n=n, batch_size=size, random=random)
    if not isinstance(answer, (list, tuple)) or not answer:
        raise Slip(_("your function should return a list of arrays, not {value}.").format(value=inputs.shown(answer)))
    parts = []
    for i, part in enumerate(answer):
        part = inputs.vector(_("batch {i}").format(i=i), part)
        if (part != part.round()).any():
            raise Slip(_("batch {i} should have numbers of samples, not {part}.").format(i=i, part=inputs.shown(part)))
        parts.append(part.astype(int))
    return parts


def _expect_all(parts, n, size):
    """Refuse batches that miss or repeat a sample, or are of another size."""
    case = _("for n = {n} and batch_size = {size}").format(n=n, size=size)
    found, counts = np.unique(np.concatenate(parts), return_counts=True)
    if found[0] < 0 or found[-1] >= n:
        wrong = found[-1] if found[-1] >= n else found[0]
        raise NotYet(_("{case} there is no sample {wrong}.").format(case=case, wrong=number(wrong)))
    if counts.max() > 1:
        raise NotYet(
            _("{case} sample {twice} is there more than once.").format(case=case, twice=found[counts.argmax()])
        )
    if len(found) < n:
        missing = np.setdiff1d(np.arange(n), found)[0]
        raise NotYet(_("{case} sample {missing} is in no batch.").format(case=case, missing=missing))
    lengths = [len(part) for part in parts]
    if any(length != size for length in lengths[:-1]) or lengths[-1] > size:
        message = _("{case} the batches have {lengths} samples: all but the last should have {size}.")
        raise NotYet(message.format(case=case, lengths=", ".join(map(str, lengths)), size=size))


@exercise(
    N_("how many times does 64 go into 1797? And what is left is a batch, too."),
    N_("28 whole batches and a smaller one make 29 steps in an epoch."),
)
def steps(answer):
    """20 epochs of 29 batches."""
    answer = inputs.number("steps", answer)
    if answer == EPOCHS * (PICTURES // SIZE):
        raise NotYet(
            _("{steps}: the last batch of each epoch, with its 5 pictures, is a step too.").format(steps=number(answer))
        )
    if answer == EPOCHS:
        raise NotYet(_("20 is how many epochs there are; each has many steps."))
    if answer == -(-PICTURES // SIZE):
        raise NotYet(_("29 steps are one epoch; there are 20."))
    if answer == EPOCHS * PICTURES:
        raise NotYet(_("so many pictures are looked at; a step looks at 64 of them."))
    if answer != EPOCHS * -(-PICTURES // SIZE):
        raise NotYet(_("{steps} is not it.").format(steps=number(answer)))
    return _("580 steps; with all pictures in one batch it would be 20.")


@exercise(
    N_("o = σ(z) is 1 / (1 + e^−z). For t = 1, E = −log o = log (1 + e^−z)."),
    N_("for t = 0, 1 − o is 1 / (1 + e^z), so E = log (1 + e^z): np.log1p(np.exp(z))."),
)
def cross_entropy(function):
    """−log of what the right answer gets, with the slope o − t; also where 1 − o rounds to 0."""
    for z in (0.0, 2.0, -3.0, 6.0):
        for t in (0, 1):
            own, right = _E(function, z, t), _right(z, t)
            if abs(own - right) > 1e-6 * max(1, right):
                message = _("E({z}, {t}) should be {right}; yours is {own}.")
                raise NotYet(message.format(z=number(z), t=t, right=number(right), own=number(own)))
            slope = (_E(function, z + NUDGE, t) - _E(function, z - NUDGE, t)) / (2 * NUDGE)
            if abs(slope - (sigmoid(z) - t)) > 1e-4:
                raise NotYet(_("nudged at z = {z}, t = {t}, the slope of yours is not o − t.").format(z=number(z), t=t))
    for z, t in ((40.0, 0), (-40.0, 1)):
        own = _E(function, z, t)
        if not np.isfinite(own) or abs(own - 40) > 1e-6:
            message = _("E({z}, {t}) should be 40; yours is {own}: σ(z) has rounded to 0 or 1 before the logarithm.")
            raise NotYet(message.format(z=number(z), t=t, own=number(own)))
    return _("far out E grows like |z|, and its slope stays near 1: whoever is sure and wrong learns fastest.")


def _E(function, z, t):
    with np.errstate(all="ignore"):
        return float(array_of(function, (), finite=False, z=z, t=t))


def _right(z, t):
    return float(np.logaddexp(0, -z if t else z))
