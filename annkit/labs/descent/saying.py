"""What the descent lab says: the error, the next step with its numbers, how it goes, and in fog only the slope."""

from annkit.labs.base.say import Badge, Rows, Text
from annkit.labs.descent.walk import AWAY, MOST_OWN, MOST_STEPS, STARTS, STEPS, UNSETTLED, after, ends
from annkit.labs.descent.ways import way
from annkit.translation import _
from annkit.wording import in_product, number

TOLD = 6
"""So many of the last places are named."""
REACHED = 0.13
"""With steps in quarters, nobody in fog can come nearer than this to every bottom."""
FOOTPRINTS = 7
"""So many of the places that were visited in fog have room."""


class Saying:
    """The part of a `DescentLab` that says what it shows."""

    def words(self):
        return self._words_in_fog() if self.fog else self._words_in_the_open()

    # In the open.

    def _words_in_the_open(self):
        how, lowest = way(self), number(self.curve_shown.lowest.w)
        pieces = [Text(_("E = {error}").format(error=number(self.E)), "big"), self._place(), self._next_step()]
        if self.walked:
            pieces += [self._own_end(), self._compared()]
        elif how.short:
            pieces += [Badge(_(how.short), how.good), _(how.sentence).format(lowest=lowest)]
        if self.taken and not self.walked:
            pieces.append(self._so_far())
        return [*pieces, self._where_starts_end(), Text(_(how.help), "help")]

    def _place(self):
        if not self.taken:
            sentence = _("At the start, w = {w}.")
        elif self.walked:
            sentence = _("Descent after {count} steps: w = {w}.")
        elif self.taken == 1:
            sentence = _("After 1 step, w = {w}.")
        elif self.taken < MOST_STEPS:
            sentence = _("After {count} steps, w = {w}.")
        else:
            sentence = _("After {count} steps, which are the most there are, w = {w}.")
        return sentence.format(count=self.taken, w=number(self.w))

    def _next_step(self):
        """The step that comes next. Where the digits shown give another result than the one shown, it is ≈."""
        w, rate, slope = self.w, self.learning_rate, self.slope
        new = after(self.curve_shown, w, rate)
        product = _read(rate) * _read(slope)
        shown = {"w": number(w), "rate": number(rate), "slope": in_product(slope), "new": number(new)}
        sentence = _("Next: w − α × slope = {w} − {rate} × {slope} {equals} {new}")
        line = sentence.format(**shown, equals=_equals(_read(w) - product, new))
        cells = [
            ["w =", shown["w"]],
            ["− {rate} × {slope} {equals}".format(**shown, equals=_equals(-product, new - w)), number(new - w)],
            [_("new w {equals}").format(equals=_equals(_read(w) + _read(new - w), new)), shown["new"]],
        ]
        return Rows([line], cells, _("The next step: w − α × slope"), signed=[1], total=True)

    def _so_far(self):
        """The last places, with three dots where there were more."""
        last = [number(w) for w in self.path[-TOLD:]]
        if self.taken >= TOLD:
            last.insert(0, "…")
        return _("w so far: {places}").format(places=", ".join(last))

    def _own_end(self):
        """Where your own steps have ended, now that it can be seen."""
        reached = [bottom for bottom in self.curve_shown.bottoms if abs(bottom.w - self.walked[-1]) <= REACHED]
        if reached == [self.curve_shown.lowest]:
            return Badge(_("You found the lowest place"), good=True)
        return Badge(_("You are in the other valley") if reached else _("You are not at a bottom"), good=False)

    def _compared(self):
        """The steps that were chosen in fog beside as many of descent."""
        lines, cells = [], []
        for sentence, name, count, w in (
            (_("You: {count} steps to w = {w}, E = {error}."), _("you"), len(self.walked), self.walked[-1]),
            (_("Descent: {count} steps to w = {w}, E = {error}."), _("descent"), self.taken, self.w),
        ):
            error = number(self.curve_shown.E(w))
            lines.append(sentence.format(count=count, w=number(w), error=error))
            cells.append([name, str(count), number(w), error])
        return Rows(lines, cells, heads=["", _("steps"), "w", "E"])

    def _where_starts_end(self):
        """How many of the starts in the picture end where, as the stripes under the axis show it."""
        kinds, bottoms = ends(self.curve, self.learning_rate), self.curve_shown.bottoms
        sentences = {
            **dict.fromkeys(range(len(bottoms)), _("Starts that end at w = {w}: {share}")),
            UNSETTLED: _("Not at rest after {steps} steps: {share}"),
            AWAY: _("Starts that leave for good: {share}"),
        }
        lines, cells = [], []
        for kind, sentence in sentences.items():
            if count := int((kinds == kind).sum()):
                w = number(bottoms[kind].w) if kind >= 0 else ""
                line = sentence.format(w=w, steps=STEPS, share=_percent(count))
                lines.append(line)
                cells.append(line.split(": "))
        return Rows(lines, cells)

    # In fog.

    def _words_in_fog(self):
        lead = _("Fog. You stand at w = {w}.").format(w=number(self.w))
        ground = _("The slope under your feet is {slope}: the ground falls to the left.")
        if self.slope <= 0:
            ground = _("The slope under your feet is {slope}: the ground falls to the right.")
        if self.slope == 0:
            ground = _("The slope under your feet is {slope}: the ground is level.")
        choice = _("Your step: {step}, to w = {w}.")
        if self.landing != self.w + self.stride:
            choice = _("Your step: {step}, but the land ends at w = {w}.")
        choice = choice.format(step=number(self.stride), w=number(self.landing))
        pieces = [lead, ground.format(slope=number(self.slope)), choice]
        return [*pieces, *self._footprints(), Text(self._help_in_fog(), "help")]

    def _footprints(self):
        """Where you have been, and the slopes that were told there."""
        lines, cells = [], []
        for step, w in list(enumerate([self.start, *self.walked]))[-FOOTPRINTS:]:
            shown = {"step": str(step), "w": number(w), "slope": number(self.curve_shown.slope(w))}
            lines.append(_("Step {step}: w = {w}, slope {slope}").format(**shown))
            cells.append(list(shown.values()))
        return [Rows(lines, cells, heads=[_("step"), "w", _("slope")], signed=[2])] if self.walked else []

    def _help_in_fog(self):
        if len(self.walked) == MOST_OWN:
            return _("{count} steps are as many as there are: lift the fog.").format(count=MOST_OWN)
        if self.slope == 0:
            return _("Level: a valley, a hill or a plain? Lift the fog, or walk on.")
        if self.landing == self.w:
            return _("Choose a step: turn it, or drag the dashed ring. Then press Step.")
        return _("Press Step, or choose another one. Lift the fog whenever you like.")


def _read(value):
    """The number that is shown for this one."""
    return float(number(value).replace("−", "-"))


def _equals(computed, value):
    """Whether what is computed from digits shown is what is shown for `value`, or about that."""
    return "=" if abs(computed - _read(value)) < 1e-9 else "≈"


def _percent(count):
    """So many of `STARTS`, in percent; only all of them are 100 %, and only none is 0."""
    share = 100 * count / STARTS
    if count < STARTS and not 1 <= round(share) <= 99:
        return "< 1\N{NO-BREAK SPACE}%" if share < 1 else "> 99\N{NO-BREAK SPACE}%"
    return f"{round(share)}\N{NO-BREAK SPACE}%"
