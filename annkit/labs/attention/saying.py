"""What the attention lab says: how well each word fits, how much is looked at it, and what comes of it."""

import math

import numpy as np

from annkit.labs.attention.sentence import VALUES
from annkit.labs.base.say import Rows, Sum, Text
from annkit.translation import _
from annkit.wording import fixed, row_of

NEAR = 1.0
"""As near as this a meaning is called that of a word."""
EVEN = 0.01
"""Weights that differ by less are called the same."""


def words(lab):
    """All of it, as pieces."""
    query, names, offered = np.array(lab.seeks[lab.word - 1]), lab.names, lab.offered
    weights, name = lab.attention.weights[lab.word - 1], names[lab.word - 1]
    most = int(weights.argmax())
    if np.ptp(weights) < EVEN:
        yield Text(_("“{word}” looks at all words alike.").format(word=name), "lead")
    else:
        said = _("“{word}” looks most at “{other}”: {weight}.")
        yield Text(said.format(word=name, other=names[most], weight=fixed(weights[most], 2)), "lead")
    yield _fit(lab, query, weights, most)
    yield Sum(
        query, offered[most], None, float(query @ offered[most]), names=["q₁ k₁", "q₂ k₂"],
        caption=_("q · k of “{other}”").format(other=names[most]), line=_("q · k of the most: {sum} = {total}"),
    )  # fmt: skip
    yield _meaning(lab, weights)
    yield Text(_help(lab, weights), "help")


def _fit(lab, query, weights, most):
    """Every word in the order of the sentence: how well it fits, and the share of the looks that this makes."""
    lines, cells = [], []
    scores = lab.offered @ query / math.sqrt(2)
    for number in lab.order:
        score, weight = scores[number - 1], weights[number - 1]
        texts = [fixed(score, 2), fixed(math.exp(score), 2), fixed(weight, 2)]
        line = _("{word}: {score}, e^({score}) = {power}, weight {weight}")
        lines.append(line.format(word=lab.names[number - 1], score=texts[0], power=texts[1], weight=texts[2]))
        cells.append([lab.names[number - 1], *texts])
    heads = ["", _("fit"), _("e^fit"), _("weight")]
    return Rows(lines, cells, _("fit = q · k / √2, and its softmax"), lab.order.index(most + 1), heads, signed=[1])


def _meaning(lab, weights):
    """Where the weighted mean of the meanings lies."""
    answer = lab.attention.answers[lab.word - 1]
    place = row_of(np.round(answer, 2))
    if np.ptp(weights) < EVEN:
        return Text(_("What it takes: {place}, the mean of all meanings.").format(place=place))
    second, most = (int(each) for each in weights.argsort()[-2:])
    if math.dist(VALUES[most], answer) < NEAR:
        said = _("What it takes: {place}, nearly the meaning of “{other}”.")
        return Text(said.format(place=place, other=lab.names[most]))
    said = _("What it takes: {place}, mostly of “{most}” and “{second}”.")
    return Text(said.format(place=place, most=lab.names[most], second=lab.names[second]))


def _help(lab, weights):
    if lab.places:
        return _("Places count: each word's key lies farther to the right, the later it stands. Move a word.")
    if not np.any(lab.seeks[lab.word - 1]):
        return _("Who seeks nothing fits all alike. Drag the arrow.")
    if weights.max() < 0.5:
        return _("Drag the arrow toward a word: its direction says at whom, its length how sharply.")
    return _("Drag what a word offers, or drag a word along the sentence.")
