"""The picked network of the grid lab: its boundary among the samples, and its score on each fold."""

import numpy as np
from contourpy import contour_generator

from annkit.labs.grid import trials
from annkit.labs.grid.board import LOW, REACH, ROWS, SCORES
from annkit.labs.grid.saying import named
from annkit.labs.grid.trials import FOLDS, TABLE
from annkit.stage import Handle, marks
from annkit.translation import _
from annkit.wording import fixed, number

SIDE = 32
"""The network is asked for at so many places each way."""
PALE = 0.35
"""How strongly the samples are drawn that were learned from."""


class Picked:
    """The picked network of a `GridLab` as it is now."""

    def __init__(self, lab, plane):
        self.lab, self.plane, self.tried, self.outputs = lab, plane, lab.tried(lab.cell), None
        if lab.network:
            x, y = plane.grid(SIDE, SIDE)
            self.outputs = lab.network.predict(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)

    def draw(self):
        """The boundary, the samples that were set aside, and the scores."""
        return "".join([self._plane_words(), self._samples(), *self._scores()])

    def heat(self):
        """What the network answers in the plane, as `Stage.show` takes it."""
        return [] if self.outputs is None else [(self.plane, 1.6 * self.outputs - 0.8)]

    def _plane_words(self):
        """What is drawn in the plane."""
        words = _("learned from all 100")
        if self.lab.fold:
            words = _("fold {fold} set aside").format(fold=self.lab.fold)
        return marks.text(self.plane, -REACH, REACH, words, "soft", "start", 13, (0, -11))

    def _samples(self):
        """The boundary, and the samples that were set aside, ringed where they are wrong; or all of them."""
        parts = []
        if self.outputs is not None:
            for line in contour_generator(*self.plane.grid(SIDE, SIDE), self.outputs).lines(0.5):
                parts.append(marks.line(self.plane, *line.T, "paper", 6, opacity=0.6))
                parts.append(marks.line(self.plane, *line.T, "ink", 2.5))
        aside = np.ones(len(TABLE), bool)
        if self.lab.fold:
            aside[trials.dealt(self.lab.deal)[self.lab.fold - 1][0]] = False
        return marks.clip(self.plane, *parts, *points(self.plane, aside, self.lab.network))

    # Its scores.

    def _scores(self):
        """The score on each fold as a dot; the mean, with one standard error to either side; and the truth."""
        yield marks.text(
            SCORES, LOW, -0.5, named(self.lab.cell), "ink", "start", 14, (ROWS[0] + 6 - SCORES.x, -15), bold=True
        )
        if not (tried := self.tried):
            return
        mean, error = tried.mean, tried.error
        band = [max(mean - error, LOW), min(mean + error, 1)]
        left, right = (SCORES.spot(value, 0)[0] for value in band)
        top, bottom = (SCORES.spot(LOW, row)[1] for row in (-0.45, FOLDS - 0.55))
        yield marks.box(left, top, right - left, bottom - top, "good", opacity=0.25, round=3)
        yield marks.line(SCORES, [mean, mean], [-0.45, FOLDS - 0.55], "good", 2)
        for k, score in enumerate(tried.scores):
            yield marks.at(SCORES, max(score, LOW), k, '<circle r="5" fill="currentColor"/>')
            yield marks.text(SCORES, 1, k, fixed(score, 2), "ink", "end", 13, (44, 0))
        if self.lab.asked:
            value = trials.truth(*self.lab.cell)
            yield marks.line(SCORES, [mean, max(value, LOW)], [FOLDS] * 2, "violet", 2, "3 3")
            yield marks.at(SCORES, max(value, LOW), FOLDS, f'<circle r="6" fill="{marks.COLOURS["violet"]}"/>')
            yield marks.text(SCORES, 1, FOLDS, fixed(value, 2), "violet", "end", 13, (44, 0), bold=True)

    def handle(self):
        row = (self.lab.fold - 1) % (FOLDS + 1)
        left, __, width, height = ROWS
        mark = f'<rect x="{-width / 2:.0f}" y="{-height / 2 + 1:.0f}" width="{width}" height="{height - 2:.0f}" rx="5" '
        mark += 'fill="none" stroke="currentColor" stroke-width="1.5"/>'
        words = _("all samples learned from")
        if self.lab.fold:
            words = _("fold {fold} set aside").format(fold=self.lab.fold)
            if self.tried:
                words += ": " + fixed(self.tried.scores[self.lab.fold - 1], 2)
        spot = SCORES.data(left + width / 2, SCORES.spot(LOW, row)[1])
        return Handle("fold", SCORES, *spot, mark, words, movable=False, reach=(width / 2, height / 2))


def fixed_marks(plane):
    """What never changes: all samples, pale, and the axes of the scores."""
    parts = [marks.clip(plane, f'<g opacity="{PALE}">', *points(plane, np.ones(len(TABLE), bool)), "</g>")]
    for k, name in enumerate([*(_("fold {fold}").format(fold=k + 1) for k in range(FOLDS)), _("all 100")]):
        parts.append(marks.text(SCORES, LOW, k, name, "ink", "start", 13, (ROWS[0] + 6 - SCORES.x, 0)))
        parts.append(marks.line(SCORES, [LOW, 1], [k, k], "faint", 2))
    for value in (0.5, 0.75, 1):
        parts.append(marks.text(SCORES, value, FOLDS + 0.5, number(value), "soft", "middle", 13, (0, 10)))
    return "".join(parts)


def points(plane, these, net=None):
    """These of the samples, ringed where a network is wrong."""
    wrong = net.classify(TABLE.X) != TABLE.labels if net else np.zeros(len(TABLE), bool)
    for label in (0, 1):
        for ring in (False, True):
            group = these & (TABLE.labels == label) & (wrong == ring)
            if group.any():
                yield marks.points(plane, *TABLE.X[group].T, label, ring=ring)
