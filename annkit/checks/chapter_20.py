"""What the exercises of chapter 20, weights made from data, ask."""

import numpy as np

from annkit import inputs
from annkit.attention import attention
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.checks.functions import array_of
from annkit.translation import N_, _
from annkit.wording import fixed, number

LEFT, BECAUSE, IT = 1, 3, 4
"""Where these words stand among the lab's words, from 0."""
HALF = 0.5
SHAPES = ((1, 6, 2, 2), (6, 6, 8, 3), (4, 5, 1, 4), (3, 1, 4, 2))
"""How many queries and keys, and how many numbers they and the values have."""
POSSIBLE = (1, 1, 1, 1, 3, 1, 1)


@exercise(
    N_("q · k is large where q points the same way as k: where does the key of “because” lie?"),
    N_("the longer the arrow, the sharper it looks. And a little farther from the milk is better."),
    start=Start("AttentionLab"),
)
def because(lab):
    """*it* looks at *because* with more than half, by what it seeks alone."""
    start = type(lab)()
    _expect_as_made(lab, start, start.offers)
    _expect_half(lab, BECAUSE)
    return _("it looks at “because” with more than half.")


@exercise(
    N_("in which direction could the key of “left” lie farther out than all the others?"),
    N_("drag the key of “left” to the lower left corner, and the arrow of “it” after it."),
    start=Start("AttentionLab"),
)
def left(lab):
    """*it* looks at *left* with more than half, by the key of *left* and the query of *it* alone."""
    start = type(lab)()
    offers = [*start.offers]
    offers[LEFT] = lab.offers[LEFT]
    _expect_as_made(lab, start, tuple(offers))
    _expect_half(lab, LEFT)
    return _("a key that lies farther out than the others can be looked at; one in their middle never.")


def _expect_as_made(lab, start, offers):
    """Refuse a lab in which more was changed than was asked for."""
    seeks = [*start.seeks]
    seeks[IT] = lab.seeks[IT]
    if (lab.seeks, lab.order, lab.places) != (tuple(seeks), start.order, start.places):
        raise Slip(_("only what “it” seeks is to change, and no word its place. Press Reset, then drag q."))
    if lab.offers != offers:
        raise Slip(_("you have changed what another word offers. Press Reset, and leave these keys where they are."))


def _expect_half(lab, wanted):
    weights = lab.attention.weights[IT]
    most = int(weights.argmax())
    if weights[wanted] > HALF:
        return
    message = _("“it” looks at “{wanted}” with {weight}, and most at “{most}” with {largest}.")
    if most == wanted:
        message = _("“it” looks most at “{wanted}”, with {weight}; more than half is asked for.")
    names = {"wanted": lab.names[wanted], "most": lab.names[most]}
    raise NotYet(message.format(**names, weight=fixed(weights[wanted], 2), largest=fixed(weights[most], 2)))


@exercise(
    N_("scores = Q @ K.T has a row for each query; divide it by the root of how many numbers a key has."),
    N_("take from each row its largest score before e to the power: scores.max(axis=1, keepdims=True)."),
)
def attend(function):
    """softmax(Q Kᵀ / √d) V, also where scores are large."""
    random = np.random.default_rng(0)
    for queries, keys, d, e in SHAPES:
        Q, K, V = random.normal(size=(queries, d)), random.normal(size=(keys, d)), random.normal(size=(keys, e))
        own, right = _attend(function, Q, K, V), attention(Q, K, V).answers
        if np.allclose(own, right, atol=1e-9):
            continue
        if np.allclose(own, attention(np.sqrt(d) * Q, K, V).answers, atol=1e-9):
            raise NotYet(_("the products are not divided by √d, the root of how many numbers a key has."))
        if np.allclose(own, Q @ K.T / np.sqrt(d) @ V, atol=1e-9):
            raise NotYet(_("the scores are no weights yet: make a softmax of each row."))
        powers = np.exp(Q @ K.T / np.sqrt(d))
        if np.allclose(own, powers / powers.sum(axis=0) @ V, atol=1e-9):
            raise NotYet(_("in your weights each column adds up to 1; it should be each row, that of one query."))
        message = _("for Q of shape {Q} and K of shape {K} the answer is another one.")
        raise NotYet(message.format(Q=Q.shape, K=K.shape))
    Q, K, V = np.array([[100.0, 0], [0, 1]]), np.array([[100.0, 0], [0, 1]]), np.array([[1.0], [2]])
    if not np.allclose(_attend(function, Q, K, V, finite=False), attention(Q, K, V).answers):
        raise NotYet(_("where a score is 10,000 / √2, your answer is no number or another one."))
    return _("softmax of products, times values: that is attention.")


def _attend(function, Q, K, V, finite=True):
    return array_of(function, (len(Q), V.shape[1]), finite=finite, Q=Q, K=K, V=V)


@exercise(
    N_("there are four animals, each with its own sound, and the two in a sentence are different."),
    N_("the first animal and the sound tell of each other. Does anything tell of the second animal?"),
)
def possible(answer):
    """How many words can stand at each place."""
    answer = inputs.vector("possible", answer)
    if answer.shape != (len(POSSIBLE),):
        message = _("possible should be {wanted} numbers, one for each place; it has shape {shape}.")
        raise Slip(message.format(wanted=len(POSSIBLE), shape=answer.shape))
    wrong = np.flatnonzero(answer != POSSIBLE)
    if wrong.size:
        message = _("at place {place} it is not {value}.")
        raise NotYet(message.format(place=wrong[0] + 1, value=number(answer[wrong[0]])))
    return _("only the second animal can't be known: three may stand there, so a third for each is an honest answer.")
