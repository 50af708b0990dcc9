"""The roll of the recurrent lab: what comes in and when each gate is open, as texts, to be drawn by hand or by keys."""

import functools

import numpy as np

from annkit import inputs
from annkit.labs.base.traits import State
from annkit.labs.recurrent.runs import GATES, LAST, STEPS
from annkit.stage import ARROWS
from annkit.translation import _

PAD = "roll"
"""The name of the pad on the stage."""
NEXT = {"0": "+", "+": "-", "-": "0"}
"""What a click makes of an input."""


class Signs(State):
    """A sign for each step, as a text; what is missing at its end are zeros.

    Parameters
    ----------
    usual : str
    signs : str
        The signs that there may be.
    """

    def __init__(self, usual, signs):
        self.signs = signs
        super().__init__(usual)

    def accepted(self, value, lab):
        if isinstance(value, str) and len(value) <= STEPS and set(value) <= set(self.signs):
            return str(value).rstrip("0")
        message = _("{name} should be a text of up to {most} of the signs {signs}, one for each step, not {value}.")
        signs = ", ".join(self.signs)
        raise ValueError(message.format(name=self.name, most=STEPS, signs=signs, value=inputs.shown(value)))


class Roll:
    """The part of a `RecurrentLab` that is drawn on: rows of cells, one for each step."""

    _brush = None
    """The row, the sign and the last step of a stroke that goes on."""

    @property
    def rows(self):
        """The names of the rows that there are now."""
        return ("x", *GATES) if self.unit == "lstm" else ("x",)

    def signs(self, row):
        """The signs of a row, one for each step."""
        return getattr(self, row).ljust(STEPS, "0")

    def put(self, row, step, sign):
        """Draw a sign into one cell."""
        signs = self.signs(row)
        setattr(self, row, signs[:step] + sign + signs[step + 1 :])

    def turn(self, row, step):
        """What a click on a cell means: an input goes from 0 to + to −, a gate opens or closes.

        The bit to remember is both; there a click chooses which of the two is followed.
        """
        if row == "x" and step == self.mark:
            self.bit = "-" if self.bit == "+" else "+"
        else:
            self.put(row, step, self._after(row, step))

    def _after(self, row, step):
        sign = self.signs(row)[step]
        return NEXT[sign] if row == "x" else "01"[sign == "0"]

    # What hands do.

    def stroked(self, pad, points, first, last):
        panel = self.stage.panels[0]
        places = [panel.data(x, y) for x, y in points]
        if first and places:
            self._take_up(*_cell_at(places[0], len(self.rows)))
        if self._brush and self._brush[0] in self.rows:
            self._paint([_cell_at(place, len(self.rows))[0] for place in places])
        if last:
            self._brush = None

    def _take_up(self, step, row):
        """A stroke begins at a cell: what a click would make of that is what it draws."""
        self.set(row=row, k=step)
        self._brush = None
        if (row, step) == (0, self.mark):
            self.turn("x", step)
        else:
            self._brush = self.rows[row], self._after(self.rows[row], step), step

    def _paint(self, steps):
        """Draw the sign of the brush into all cells from where it was to these steps, in its row alone."""
        row, sign, before = self._brush
        signs = list(self.signs(row))
        for step in steps:
            for each in range(min(before, step), max(before, step) + 1):
                if row != "x" or each != self.mark:
                    signs[each] = sign
            before = step
        self._brush = row, sign, before
        self.set(**{row: "".join(signs)}, k=before)

    def draw_by_key(self, key):
        """Arrows go from cell to cell, Enter and a space are a click, Delete makes 0."""
        row = min(self.row, len(self.rows) - 1)
        if key in ARROWS:
            right, up = ARROWS[key]
            self.set(k=min(LAST, max(0, self.k + right)), row=min(len(self.rows) - 1, max(0, row - up)))
            return
        if key in ("Enter", " "):
            self.turn(self.rows[row], self.k)
        elif (row, self.k) != (0, self.mark):
            self.put(self.rows[row], self.k, "0")
        self.let_go()

    def open_all(self):
        """Open every gate at every step."""
        self.set(**dict.fromkeys(GATES, "1" * STEPS))

    def close_all(self):
        """Close every gate at every step."""
        self.set(**dict.fromkeys(GATES, ""))

    def deal(self):
        """Bits at every step, others than now."""
        number = functools.reduce(lambda sum, sign: 3 * sum + "0+-".index(sign), self.signs("x"), 0)
        self.x = "".join(np.random.default_rng(number).choice(["+", "-"], STEPS).tolist())


def _cell_at(place, rows):
    """The step and the row at a place of the panel, or the nearest ones."""
    x, y = place
    return int(np.clip(round(x), 0, LAST)), int(np.clip(y, 0, rows - 1))
