"""The recurrent lab: one unit that remembers, or an LSTM's cell, on a sequence that is drawn by hand."""

from annkit.labs.base.lab import Lab
from annkit.labs.base.traits import Choice, Flag, Number, Whole
from annkit.labs.recurrent.picture import Picture, figure, reach, step_at
from annkit.labs.recurrent.roll import PAD, Roll, Signs
from annkit.labs.recurrent.runs import ASKED, GATES, LAST, STEPS, UNITS, Played, run
from annkit.labs.recurrent.saying import Saying
from annkit.stage import ARROWS
from annkit.translation import N_, _

FINE = 20
"""The weight is turned in twentieths."""
PACE = 5


class RecurrentLab(Roll, Saying, Lab):
    """A memory over 21 steps: h ← f(w h + x) in a plain unit, or an LSTM's cell, whose gates you open and close.

    One input is the bit to remember: the picture follows the memory for +1 and for −1. What is remembered is what keeps
    the two apart. Under them stands how far a nudge of the memory at each step reaches in the last one.

    Parameters
    ----------
    unit : {"tanh", "linear", "lstm"}
        What remembers.
    w : float
        The weight of what a plain unit answered before.
    x : str
        The inputs, a sign for each step: 0, + for 1, - for −1; what is missing at the end is 0.
    mark : int
        The step, from 0, whose input is the bit to remember; what `x` says there doesn't count.
    disturbed : bool
        Whether small disturbances, up to 0.3, are added to all other inputs from step 1 on.
    forget_gate, input_gate, output_gate : str
        For each step 1 where the gate is drawn open, else 0.
    z : float
        How hard the gates are pushed: an open one is σ(z), a closed one σ(−z).
    bit : {"+", "-"}
        Which of the two bits is followed in the unit that is drawn, and in the bars.
    k : int
        The step that is looked at.
    row : int
        The row of the roll where keys draw, from 0.

    Raises
    ------
    traitlets.TraitError
        If a value is not one of these.

    Examples
    --------
    >>> lab = RecurrentLab("linear", 0.5, k=2)
    >>> print(lab.describe().splitlines()[-2])
    Step 2, bit +1: h = 0.5 × 0.5 + 0 = 0.25.
    """

    unit = Choice(UNITS)
    w = Number(0.9, low=-100, high=100)
    x = Signs("", "0+-")
    mark = Whole(0, low=0, high=LAST - ASKED)
    disturbed = Flag(False)
    forget_gate, input_gate, output_gate = Signs("1" * STEPS, "01"), Signs("1" * STEPS, "01"), Signs("1" * STEPS, "01")
    z = Number(2, low=0, high=100)
    bit = Choice(["+", "-"], glance=True)
    k = Whole(1, low=0, high=LAST, glance=True)
    row = Whole(0, low=0, high=3, glance=True)

    label = N_("Picture of a unit, what comes in, what it remembers and how far a nudge reaches, step by step")
    motion = True
    wide = True

    # What is computed.

    def run(self, bit):
        """The `Run` where the bit to remember is `bit`, 1 or −1."""
        gates = tuple(self.signs(gate) for gate in GATES)
        return run(Played(self.unit, self.w, self.signs("x"), self.mark, self.disturbed, gates, self.z), bit)

    @property
    def followed(self):
        """The bit that is followed, 1 or −1."""
        return 1 if self.bit == "+" else -1

    @property
    def remembered(self):
        """For each bit, +1 and −1, whether the last steps show it."""
        return [self.run(bit).shows(bit) for bit in (1, -1)]

    @property
    def reaches(self):
        """How much of a nudge of the memory at the marked step arrives in it at the last one."""
        return float(self.run(self.followed).slopes[self.mark])

    def advance(self):
        """The next step, and after the last one the first. Returns False where play has come to the last."""
        self.k = 0 if self.k == LAST else self.k + 1
        return self.k < LAST

    # The picture.

    def setting(self, now):
        return reach(self, now)

    def figure(self, setting):
        return figure(*setting)

    def draw(self):
        Picture(self).show()

    # What hands do.

    def clicked(self, x, y):
        """A click on the memory or on the bars chooses the step."""
        if any(panel.holds(x, y) for panel in self.stage.panels[1:]):
            self.k = step_at(x)

    def dragged(self, handle, x, y):
        if handle == "mark":
            self.mark = step_at(x, LAST - ASKED)
        else:
            self.k = step_at(x)

    def pressed(self, handle, key):
        if handle == PAD:
            self.draw_by_key(key)
        elif key in ARROWS:
            way = sum(ARROWS[key])
            if handle == "mark":
                self.mark = min(LAST - ASKED, max(0, self.mark + way))
            else:
                self.k = min(LAST, max(0, self.k + way))

    def _set_w(self, w):
        self.w = round(w, 9)  # 18 × 0.05 is 0.9

    def show_controls(self):
        gated = self.unit == "lstm"
        for widget in self._plain:
            widget.layout.display = "none" if gated else ""
        for widget in self._gated:
            widget.layout.display = "" if gated else "none"

    def controls(self):
        self.add_class("annkit-tight").add_class("annkit-broad")
        units = {"tanh": _("a tanh unit"), "linear": _("a linear unit"), "lstm": _("an LSTM's cell")}
        unit = self.chooser("unit", _("unit"), units)
        w = self.turner(
            "w", "w", read=lambda: self.w, write=self._set_w, low=-2, high=2,
            ends=lambda: self.parts["w"].ends(self), step=1 / FINE,
        )  # fmt: skip
        z = self.slider("z", "z", 0, 8)
        all_open = self.button(_("All open"), self.open_all, _("Open every gate at every step"))
        closed = self.button(_("All closed"), self.close_all, _("Close every gate at every step"))
        self._plain, self._gated = (w,), (z, all_open, closed)
        alone = self.button(_("Only the bit"), lambda: setattr(self, "x", ""), _("No other input"))
        bits = self.button(_("Bits at every step"), self.deal, _("A bit, +1 or −1, comes in at every step"))
        noise = {False: _("none"), True: _("up to ±0.3")}
        followed = {"+": _("the bit +1"), "-": _("the bit −1")}
        return [
            unit, w, z, [all_open, closed],
            _("What comes in"), self.slider("mark", _("bit at"), 0, LAST - ASKED, step=1), [alone, bits],
            self.chooser("disturbed", _("Disturbances"), noise),
            _("Step by step"), self.player(_("Step"), pace=PACE), self.chooser("bit", _("Follow"), followed),
        ]  # fmt: skip
