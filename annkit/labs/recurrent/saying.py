"""What the recurrent lab says: what the last steps show, how far a nudge reaches, one step's sum, what would help."""

from annkit.labs.base.say import Badge, Text
from annkit.labs.recurrent.runs import ASKED, LAST
from annkit.translation import _
from annkit.wording import fixed, in_tens, number, rounded, signed, subscript, weighted_sum

BITS = {1: "+1", -1: "−1"}
HALF = 0.5
EXACT = 1e-9
ALIKE = 0.1
"""Ends that are nearer to each other are one place."""


class Saying:
    """The part of a `RecurrentLab` that says what it shows."""

    def words(self):
        lead, advice = Text(self._reached(), "lead"), Text(self._help(), "help")
        return [lead, self._lasting(), self._end(), self._arithmetic(), advice]

    def _reached(self):
        """The number that counts: how much of a nudge is left at the last step."""
        if self.unit == "lstm":
            words = _("All forget gates after step {mark}, multiplied: {slope}")
            return words.format(mark=self.mark, slope=in_tens(self.reaches))
        first, last = subscript(f"h{self.mark}"), subscript(f"h{LAST}")
        words = _("∂{last}/∂{first} = {slope}: so much of a nudge arrives")
        return words.format(last=last, first=first, slope=in_tens(self.reaches))

    def _lasting(self):
        """Which bits are remembered."""
        lasting = [name for name, shown in zip(BITS.values(), self.remembered, strict=True) if shown]
        words = (_("Neither bit lasts"), _("Only {bit} lasts"), _("Both bits last"))[len(lasting)]
        return Badge(words.format(bit=lasting[0] if lasting else ""), good=len(lasting) == 2)

    def _end(self):
        """What the last steps answer."""
        answers = [
            ", ".join(fixed(h, 2) if abs(h) < 100 else in_tens(h) for h in self.run(bit).h[-ASKED:]) for bit in BITS
        ]
        words = _("The last {count} answers: {plus} with the bit +1; {minus} with −1.")
        return words.format(count=ASKED, plus=answers[0], minus=answers[1])

    # One step.

    def _arithmetic(self):
        """The step that is looked at, with its numbers."""
        run, k = self.run(self.followed), self.k
        before = rounded(run.cell[k - 1], 3) if k else 0.0
        said = self._of_cell(run, k, before) if self.unit == "lstm" else self._of_unit(run, k, before)
        return _("Step {k}, bit {bit}: {said}").format(k=k, bit=BITS[self.followed], said=said)

    def _of_unit(self, run, k, before):
        """What a unit sums up, and what it answers."""
        x, answer = rounded(run.x[k], 4), rounded(run.h[k], 3)
        made = weighted_sum([before], [self.w], 0) + " " + signed(x)
        if self.unit == "tanh":
            return _("h = tanh({sum}) ≈ {answer}.").format(sum=made, answer=number(answer))
        equals = "=" if abs(before * self.w + x - answer) < EXACT else "≈"
        return _("h = {sum} {equals} {answer}.").format(sum=made, equals=equals, answer=number(answer))

    def _of_cell(self, run, k, before):
        """What a cell keeps and lets in, and what it answers."""
        forget, let_in, out = (rounded(gate, 3) for gate in run.gates[:, k])
        new, cell, answer = (rounded(value, 3) for value in (run.new[k], run.cell[k], run.h[k]))
        words = _("cell = {sum} ≈ {cell}; h = {output} × tanh({cell}) ≈ {answer}.")
        made = weighted_sum([forget, let_in], [before, new], 0)
        return words.format(sum=made, cell=number(cell), output=number(out), answer=number(answer))

    # What would help.

    def _help(self):
        return self._about_cell() if self.unit == "lstm" else self._about_unit()

    def _about_unit(self):
        """What would help now with a plain unit."""
        if self.unit == "linear" and abs(self.w) > 1:
            return _("The lines run away: every step multiplies by w, and nothing holds them.")
        if all(self.remembered):
            return _("Now look at the bars: how much of a nudge at the bit's step gets through to the end?")
        if self.w < 0:
            return _("A weight below 0 turns the sign at every step: look at the last three.")
        if self.w < 1:
            return _("The lines run together: the first bit is forgotten. Which w keeps them apart?")
        if abs(self.run(1).h[-1] - self.run(-1).h[-1]) < ALIKE:
            return _("The lines end at one place: what else came in has decided, not the bit.")
        if self.unit == "linear":
            return _("The lines stay apart, but everything that came in was added to both.")
        if any(self.remembered):
            return _("One of the bits was carried over to the other side. What would hold it?")
        return _("The lines stay apart, but not clearly enough at the end.")

    def _about_cell(self):
        """What would help now with an LSTM."""
        forget, let_in, out = self.run(1).gates
        if all(self.remembered):
            return _("A nudge lasts as well as the bit. Which cells of the roll could you still change?")
        if let_in[self.mark] < HALF:
            return _("The bit comes in at step {mark}, and the input gate is closed there.").format(mark=self.mark)
        if self.reaches < HALF:
            return _("Most of the cell is forgotten on the way. Where, or is it a little at every step?")
        if out[-ASKED:].min() < HALF:
            return _("The cell may know the bit, but at the end an output gate is closed.")
        return _("The cell keeps, but not the bit alone: what else comes in after step {mark}?").format(mark=self.mark)
