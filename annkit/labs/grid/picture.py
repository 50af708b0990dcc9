"""The grid lab's picture: the grid with the winner's flag; under it the picked network, and its score on each fold."""

import numpy as np
from contourpy import contour_generator

from annkit.labs.grid import trials
from annkit.labs.grid.saying import named
from annkit.labs.grid.trials import CELLS, FOLDS, HIDDEN, RATES, TABLE
from annkit.stage import Handle, Panel, marks, new_figure
from annkit.translation import _
from annkit.wording import fixed, number

WIDTH, HEIGHT = 492, 530
GRID, PLANE = (48, 4, 444, 204), (48, 272, 218, 218)
"""The grid and the plane, in stage units: x, y, width, height."""
CELL_WIDTH, CELL_HEIGHT = GRID[2] / len(HIDDEN), GRID[3] / len(RATES)
INSET = 2
"""Between a cell and its neighbours there is twice as much room."""
REACH = 1.75
"""The plane is seen so far from its middle."""
PALEST, DEEPEST = 0.5, 0.9
"""The accuracy, that of guessing, at which a cell has no colour, and the one at which it has most."""
MOST_COLOUR = 0.6
SIDE = 32
"""The network is asked for at so many places each way."""
FLAG = '<path d="M0 0V-19" stroke="currentColor" stroke-width="2"/><path d="M0-19l15 5L0-9z" class="annkit-mark"/>'
LEFT = 26
"""Numbers begin so far to the left of the middle of their cell; the flag has the room at their right."""
PALE = 0.35
PIPS = 7
"""So many wins of a cell are drawn one by one; of more, their number."""
LOW = 0.25
SCORES = Panel.plain(336, 304, 104, 27 * (FOLDS + 1), (LOW, 1), (FOLDS + 0.5, -0.5))
"""The scores, from `LOW`, far below guessing, to all right: a row for each fold, and a last one for all samples."""
ROWS = (278, SCORES.y, 213, SCORES.height / (FOLDS + 1))
"""Where the rows are that choose a fold: x and y of the first, its width and height."""


def figure():
    """The set: the axes of the grid, and the plane of the samples."""
    made, (grid, plane) = new_figure(WIDTH, HEIGHT, ncols=2)
    made.set_layout_engine("none")
    for axes, (x, y, width, height) in ((grid, GRID), (plane, PLANE)):
        axes.set_position((x / WIDTH, 1 - (y + height) / HEIGHT, width / WIDTH, height / HEIGHT))
    limits = (-0.5, len(HIDDEN) - 0.5), (-0.5, len(RATES) - 0.5)
    grid.set(xlim=limits[0], ylim=limits[1], xlabel=_("hidden units"))
    grid.set_xticks(range(len(HIDDEN)), map(number, HIDDEN))
    grid.set_yticks(range(len(RATES)), [*map(number, RATES[:-1]), f"α = {number(RATES[-1])}"])
    plane.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=(-1, 0, 1), yticks=(-1, 0, 1))
    plane.set(xlabel="x₁", ylabel="x₂")
    return made


def cell_at(panel, x, y):
    """The cell of the grid at a place in stage units, or None."""
    if not panel.holds(x, y):
        return None
    column, row = (int(np.floor(value + 0.5)) for value in panel.data(x, y))
    return HIDDEN[min(column, len(HIDDEN) - 1)], RATES[min(row, len(RATES) - 1)]


def fold_at(x, y):
    """The fold, from 1, whose row of scores is at a place in stage units; 0 for that of all samples; or None."""
    left, top, width, height = ROWS
    row = int((y - top) // height)
    return (row + 1) % (FOLDS + 1) if left <= x <= left + width and 0 <= row <= FOLDS else None


class Picture:
    """The picture of a `GridLab` as it is now; `flag` is the cell where the winner's flag was before, or None."""

    def __init__(self, lab, flag=None):
        self.lab, self.flag = lab, flag
        self.grid, self.plane = lab.stage.panels
        self.picked, self.outputs = lab.tried(lab.cell), None
        if lab.network:
            x, y = self.plane.grid(SIDE, SIDE)
            self.outputs = lab.network.predict(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)

    def show(self, steady):
        """Put it on the lab's stage, over what seldom changes."""
        live = [*self._flags(), self._plane_words(), self._samples(), *self._scores()]
        handles = [self._picked_handle(), self._fold_handle()]
        heat = [(self.plane, 1.6 * self.outputs - 0.8)] if self.outputs is not None else []
        self.lab.stage.show("".join(live), handles, heat, steady=steady)

    def steady(self):
        """What stays whichever cell is picked."""
        grid = [self._empty_cells(), *self._shades(), *self._numbers(), *self._wins(), *self._band()]
        return "".join([*grid, self._all_samples(), *self._axis_of_scores()])

    # The grid.

    def _middle(self, cell):
        """The middle of a cell, in stage units."""
        return self.grid.spot(HIDDEN.index(cell[0]), RATES.index(cell[1]))

    def _computed(self):
        """The cells that are computed, each with what came out."""
        return [(cell, self.lab.tried(cell)) for cell in CELLS[: self.lab.done]]

    def _box(self, cell):
        """A cell as a path."""
        x, y = self._middle(cell)
        width, height = CELL_WIDTH - 2 * INSET, CELL_HEIGHT - 2 * INSET
        return f"M{x - width / 2:.0f},{y - height / 2:.0f}h{width:.0f}v{height:.0f}h{-width:.0f}z"

    def _empty_cells(self):
        boxes = "".join(map(self._box, CELLS))
        return f'<path d="{boxes}" fill="{marks.COLOURS["faint"]}" fill-opacity="0.5"/>'

    def _shades(self):
        """The cells that are computed, the greener the better; where the rule is shown, only those within it."""
        within = set(self.lab.within) if self.lab.rule else set(CELLS)
        yield f'<g fill="{marks.COLOURS["good"]}">'
        for cell, tried in self._computed():
            share = min(max((tried.mean - PALEST) / (DEEPEST - PALEST), 0), 1)
            opacity = MOST_COLOUR * share**1.5 * (1 if cell in within else 0.3)
            yield f'<path d="{self._box(cell)}" fill-opacity="{opacity:.2f}"/>'
        yield "</g>"

    def _numbers(self):
        """The mean of each cell; under it, where new points were asked, what it is worth in truth."""
        means, truths = [], []
        for cell, tried in self._computed():
            x, y = map(round, self._middle(cell))
            bold = ' font-weight="bold"' if cell == self.lab.best else ""
            place = f'<text x="{x - LEFT}" y="{y - (14 if self.lab.asked else 5)}"'
            means.append(f"{place}{bold}>{fixed(tried.mean, 2)}</text>")
            if self.lab.asked:
                truths.append(f'<text x="{x - LEFT}" y="{y + 5}">{fixed(trials.truth(*cell), 2)}</text>')
        yield f'<g class="annkit-t" font-size="15" fill="currentColor">{"".join(means)}</g>'
        violet = marks.COLOURS["violet"]
        yield f'<g class="annkit-t" font-size="14" font-weight="bold" fill="{violet}">{"".join(truths)}</g>'

    def _wins(self):
        """How often each cell has won, as dots at its foot."""
        counts = {}
        for __, hidden, rate in self.lab.won:
            counts[hidden, rate] = counts.get((hidden, rate), 0) + 1
        dots = ""
        for cell, count in counts.items():
            x, y = self._middle(cell)
            if count > PIPS:
                yield marks.text(self.grid, *self.grid.data(x, y + 18), _("{count} wins").format(count=count), "violet")
            else:
                dots += "".join(f"M{x - LEFT + 4 + 7 * k:.0f},{y + 18:.0f}h0" for k in range(count))
        yield f'<path d="{dots}" class="annkit-p" stroke="{marks.COLOURS["violet"]}" stroke-width="5.5"/>'

    def _band(self):
        """A frame around each cell within one standard error of the best, a strong one around the smallest of them."""
        if not self.lab.rule:
            return
        ink = marks.COLOURS["ink"]
        for k, cell in enumerate(self.lab.within):
            look = "" if k == 0 else ' stroke-dasharray="4 3" stroke-opacity="0.7"'
            yield f'<path d="{self._box(cell)}" fill="none" stroke="{ink}" stroke-width="{1.2 if k else 3}"{look}/>'

    def _flags(self):
        """The flag on the best cell, which comes from where it was; pale where it stood after the last deal."""
        if not (best := self.lab.best):
            return
        x, y = self._flag_spot(best)
        before = [(hidden, rate) for deal, hidden, rate in self.lab.won if deal != self.lab.deal][-1:]
        if before and before != [best]:
            yield f'<g opacity="0.3">{self._planted(before[0])}</g>'
        mark = self._planted(best)
        if self.flag and self.flag != best:
            was_x, was_y = self._flag_spot(self.flag)
            mark = marks.coming(mark, was_x - x, was_y - y)
        yield mark

    def _flag_spot(self, cell):
        x, y = self._middle(cell)
        return x + CELL_WIDTH / 2 - 18, y + 4

    def _planted(self, cell):
        return '<g transform="translate({:.0f},{:.0f})">{}</g>'.format(*self._flag_spot(cell), FLAG)

    def _picked_handle(self):
        hidden, rate = cell = self.lab.cell
        frame = f'<rect x="{-CELL_WIDTH / 2 + 1:.1f}" y="{-CELL_HEIGHT / 2 + 1:.1f}" width="{CELL_WIDTH - 2:.1f}" '
        frame += f'height="{CELL_HEIGHT - 2:.1f}" rx="4" fill="none" stroke="currentColor" stroke-width="2"/>'
        words = _("the picked cell: {cell}, {score}")
        score = fixed(self.picked.mean, 2) if self.picked else _("not computed yet")
        label = words.format(cell=named(cell), score=score)
        spot = HIDDEN.index(hidden), RATES.index(rate)
        return Handle("cell", self.grid, *spot, frame, label, movable=False, reach=(CELL_WIDTH / 2, CELL_HEIGHT / 2))

    # The picked network.

    def _plane_words(self):
        """What is drawn in the plane."""
        words = _("learned from all 100")
        if self.lab.fold:
            words = _("fold {fold} set aside").format(fold=self.lab.fold)
        return marks.text(self.plane, -REACH, REACH, words, "soft", "start", 13, (0, -11))

    def _all_samples(self):
        """All samples, pale: those learned from."""
        return marks.clip(self.plane, f'<g opacity="{PALE}">', *self._points(np.ones(len(TABLE), bool)), "</g>")

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
        return marks.clip(self.plane, *parts, *self._points(aside, self.lab.network))

    def _points(self, these, net=None):
        """These of the samples, ringed where a network is wrong."""
        wrong = net.classify(TABLE.X) != TABLE.labels if net else np.zeros(len(TABLE), bool)
        for label in (0, 1):
            for ring in (False, True):
                group = these & (TABLE.labels == label) & (wrong == ring)
                if group.any():
                    yield marks.points(self.plane, *TABLE.X[group].T, label, ring=ring)

    # Its scores.

    def _axis_of_scores(self):
        names = [*(_("fold {fold}").format(fold=k + 1) for k in range(FOLDS)), _("all 100")]
        for k, name in enumerate(names):
            yield marks.text(SCORES, LOW, k, name, "ink", "start", 13, (ROWS[0] + 6 - SCORES.x, 0))
            yield marks.line(SCORES, [LOW, 1], [k, k], "faint", 2)
        for value in (0.5, 0.75, 1):
            yield marks.text(SCORES, value, FOLDS + 0.5, number(value), "soft", "middle", 13, (0, 10))

    def _scores(self):
        """The score on each fold as a dot; the mean, with one standard error to either side; and the truth."""
        yield marks.text(
            SCORES, LOW, -0.5, named(self.lab.cell), "ink", "start", 14, (ROWS[0] + 6 - SCORES.x, -15), bold=True
        )
        if not (tried := self.picked):
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

    def _fold_handle(self):
        row = (self.lab.fold - 1) % (FOLDS + 1)
        left, __, width, height = ROWS
        mark = f'<rect x="{-width / 2:.0f}" y="{-height / 2 + 1:.0f}" width="{width}" height="{height - 2:.0f}" rx="5" '
        mark += 'fill="none" stroke="currentColor" stroke-width="1.5"/>'
        words = _("all samples learned from")
        if self.lab.fold:
            words = _("fold {fold} set aside").format(fold=self.lab.fold)
            if self.picked:
                words += ": " + fixed(self.picked.scores[self.lab.fold - 1], 2)
        spot = SCORES.data(left + width / 2, SCORES.spot(LOW, row)[1])
        return Handle("fold", SCORES, *spot, mark, words, movable=False, reach=(width / 2, height / 2))
