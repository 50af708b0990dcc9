"""What the tap lab says: the mix, the error, what nudges do to it, the last step of descent, and what helps now."""

import numpy as np

from annkit.labs.base.say import Badge, Rows, Text
from annkit.labs.tap.descent import FLAT, LEVEL, NEAR, NUDGE, RATE, TAPS
from annkit.labs.tap.picture import small
from annkit.translation import _
from annkit.wording import in_product, number, rounded, subscript, weighted_sum

TINY = 0.00005
"""Squares below this are about 0 beside a gap of four decimals."""


class Saying:
    """The part of a `TapLab` that says what it shows."""

    def words(self):
        pieces, mix, first = [self._mix_in_words(), self._error_in_words()], self.mix, self._first()
        if (mix < 0).any() or (mix > 1).any():
            pieces.append(_("No screen shows this mix: it is cut off at 0 and 1."))
        if self.E < NEAR:
            pieces.append(Badge(_("The colours look the same."), good=True))
        pieces.append(self._nudges_in_words(first))
        if self.steps and self._led_here:
            pieces.append(self._step_in_words())
        return [*pieces, *self._help(first)]

    def _mix_in_words(self):
        """Each channel of the mix as a weighted sum; in the cells without what a light doesn't send."""
        lines, cells, openings = [], [], list(map(_digits, self.weights))
        for channel, sent, mixed in zip(self.channels, np.transpose(self.lights), self.mix, strict=True):
            lines.append(f"{channel}: {weighted_sum(sent, openings, 0)} = {number(_digits(mixed))}")
            terms = [f"{number(a)} × {in_product(w)}" for a, w in zip(sent, openings, strict=True) if a]
            cells.append([channel, " + ".join(terms) or "0"])
        return Rows(lines, cells, _("mixed = light × opening, added up"))

    def _error_in_words(self):
        """The gap in each channel and its square, and E, the sum of the squares."""
        gap = _("{channel}: wanted {wanted} − mixed {mixed} = gap {gap}, squared {square}")
        gaps, lines, cells = self.wanted - self.mix, [], []
        for name, *numbers in zip(self.channels, self.wanted, self.mix, gaps, gaps**2, strict=True):
            wanted, mixed, missing, square = (number(_digits(value)) for value in numbers)
            square = "≈ 0" if 0 < numbers[-1] < TINY else square
            lines.append(gap.format(channel=name, wanted=wanted, mixed=mixed, gap=missing, square=square))
            cells.append([name, wanted, mixed, missing, square])
        squares = " + ".join(f"{in_product(_digits(gap))}²" for gap in gaps)
        lines.append(_("Error E = {squares} = {error}").format(squares=squares, error=small(self.E)))
        cells.append(["E", small(self.E)])
        heads = ["", _("wanted"), _("mixed"), _("gap"), _("gap²")]
        return Rows(lines, cells, _("E = (wanted − mixed)², added up"), heads=heads, signed=[3], total=True)

    def _nudges_in_words(self, first):
        """What a nudge of each tap does to E, and the slopes."""
        sentence = _("{name} + 0.01: E changes by {change}, slope {slope}")
        lines, cells = [], []
        for name, change, slope in zip(self.names, self.nudges, self.slopes, strict=True):
            change, slope = _change(change), number(rounded(slope, 4))
            lines.append(sentence.format(name=name, change=change, slope=slope))
            cells.append([f"{name} + {NUDGE}", change, slope])
        heads, lit = [_("a nudge"), _("changes E by"), _("slope")], int(first[0]) if len(first) == 1 else None
        return Rows(lines, cells, heads=heads, signed=[1, 2], lit=lit)

    def _step_in_words(self):
        """The numbers of the last step."""
        before, after = self.path[-2:]
        sentence = _("Step {count}: {tap} = {before} − {rate} × {slope} = {after}")
        lines, cells = [], []
        for tap, *numbers in zip(TAPS, before, self._slopes(before), after, strict=True):
            name, (was, slope, now) = subscript(tap), (rounded(value, 4) for value in numbers)
            parts = {"before": number(was), "slope": in_product(slope), "after": number(now)}
            lines.append(sentence.format(count=self.steps, tap=name, rate=number(RATE), **parts))
            cells.append([name, number(was), number(slope), number(now)])
        formula = _("− {rate} × slope").format(rate=number(RATE)).replace(" ", "\N{NO-BREAK SPACE}")
        heads = [_("Step {count}:").format(count=self.steps), _("old"), formula, _("= new")]
        return Rows(lines, cells, heads=heads, signed=[2])

    def _first(self):
        """The numbers of the taps to turn first: those of the steepest slope; none where nothing has to be turned."""
        steepness = np.abs(self.slopes)
        if self.E < NEAR or steepness.max() < FLAT:
            return []
        return np.flatnonzero(steepness > steepness.max() * (1 - LEVEL))

    def _help(self, first):
        """What to turn first, or why there is nothing to turn any more."""
        if self.E < NEAR:
            return []
        if not len(first):
            return [Text(_("No tap lowers E."), "help")]
        slope, name = self.slopes[first[0]], self.names[first[0]]
        if self._error(self.weights - np.copysign(NUDGE, slope) * np.eye(3)[first[0]]) >= self.E:
            sentence = _("Even a nudge of 0.01 is too far now.")
        elif len(first) > 1:
            sentence = _("These help equally: {names}.").format(names=", ".join(self.names[i] for i in first))
        else:
            sentence = _("What helps most now: close {name}.") if slope > 0 else _("What helps most now: open {name}.")
        return [Text(sentence.format(name=name), "help")]


def _digits(value):
    """A number as a learner sees it: with four decimals, and from 10 on with five digits."""
    return rounded(value, 4) if abs(value) < 10 else rounded(value, max(0, 5 - len(f"{abs(value):.0f}")))


def _change(value):
    """A change of E with its sign, and without one where four decimals don't show it."""
    text = f"{value:+.4f}".replace("-", "−")
    return text if any(digit in text for digit in "123456789") else text[1:]
