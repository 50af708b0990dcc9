"""The grid of the grid lab: a cell for each network, the flag of the best, its wins, and the one that is picked."""

from annkit.labs.grid import trials
from annkit.labs.grid.board import CELL_HEIGHT, CELL_WIDTH
from annkit.labs.grid.saying import named
from annkit.labs.grid.trials import CELLS, HIDDEN, RATES
from annkit.stage import Handle, marks
from annkit.translation import _
from annkit.wording import fixed

INSET = 2
"""Between a cell and its neighbours there is twice as much room."""
PALEST, DEEPEST = 0.5, 0.9
"""The accuracy, that of guessing, at which a cell has no colour, and the one at which it has most."""
MOST_COLOUR = 0.6
FLAG = '<path d="M0 0V-19" stroke="currentColor" stroke-width="2"/><path d="M0-19l15 5L0-9z" class="annkit-mark"/>'
PIPS = 7
"""So many wins of a cell are drawn one by one; of more, their number."""
LEFT = 26
"""Numbers begin so far to the left of the middle of their cell; the flag has the room at their right."""


class Grid:
    """The grid of a `GridLab` as it is now."""

    def __init__(self, lab, panel):
        self.lab, self.panel = lab, panel

    def draw(self):
        """What stays whichever cell is picked."""
        return "".join([self._empty_cells(), *self._shades(), *self._numbers(), *self._wins(), *self._band()])

    def _middle(self, cell):
        """The middle of a cell, in stage units."""
        return self.panel.spot(HIDDEN.index(cell[0]), RATES.index(cell[1]))

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
                yield marks.text(
                    self.panel, *self.panel.data(x, y + 18), _("{count} wins").format(count=count), "violet"
                )
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

    def flags(self, flag):
        """The flag on the best cell, which comes from where it was; pale where it stood after the last deal."""
        if not (best := self.lab.best):
            return
        x, y = self._flag_spot(best)
        before = [(hidden, rate) for deal, hidden, rate in self.lab.won if deal != self.lab.deal][-1:]
        if before and before != [best]:
            yield f'<g opacity="0.3">{self._planted(before[0])}</g>'
        mark = self._planted(best)
        if flag and flag != best:
            was_x, was_y = self._flag_spot(flag)
            mark = marks.coming(mark, was_x - x, was_y - y)
        yield mark

    def _flag_spot(self, cell):
        x, y = self._middle(cell)
        return x + CELL_WIDTH / 2 - 18, y + 4

    def _planted(self, cell):
        return '<g transform="translate({:.0f},{:.0f})">{}</g>'.format(*self._flag_spot(cell), FLAG)

    def handle(self):
        hidden, rate = cell = self.lab.cell
        frame = f'<rect x="{-CELL_WIDTH / 2 + 1:.1f}" y="{-CELL_HEIGHT / 2 + 1:.1f}" width="{CELL_WIDTH - 2:.1f}" '
        frame += f'height="{CELL_HEIGHT - 2:.1f}" rx="4" fill="none" stroke="currentColor" stroke-width="2"/>'
        tried, words = self.lab.tried(cell), _("the picked cell: {cell}, {score}")
        score = fixed(tried.mean, 2) if tried else _("not computed yet")
        label = words.format(cell=named(cell), score=score)
        spot = HIDDEN.index(hidden), RATES.index(rate)
        return Handle("cell", self.panel, *spot, frame, label, movable=False, reach=(CELL_WIDTH / 2, CELL_HEIGHT / 2))
