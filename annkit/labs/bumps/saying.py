"""What the bumps lab says: the error, the sum with its numbers, where it is farthest off, and what would help."""

import numpy as np

from annkit.labs.base.say import Badge, Rows, Text
from annkit.labs.bumps.targets import GOOD, NOTHING, jumps_at
from annkit.translation import _
from annkit.wording import number, signed

FUNCTIONS = {"step": "step", "sigmoid": "sigmoid", "linear": "linear", "relu": "ReLU", "tanh": "tanh"}
SMOOTH = ("sigmoid", "tanh")
"""Functions whose edges are as steep as their w makes them."""
BESIDE = 0.25
"""So near to a place, a unit has its edge there."""


class Saying:
    """The part of a `BumpsLab` that says what it shows."""

    def words(self):
        error, x, y, wanted = self.fit
        goal = GOOD[self.target]
        good = error < goal
        verdict = _("Below {goal}: a good fit.") if good else _("A good fit is below {goal}.")
        far = _("Farthest at x = {x}: y = {y} instead of {wanted}.")
        if abs(y - wanted) < NOTHING:
            far = _("y is the target at all 97 places.")
        return [
            Text(_("Error {error}").format(error=number(error)), "big"),
            _("The mean of (y − target)² at 97 places from x = −3 to 3."),
            Badge(verdict.format(goal=number(goal)), good),
            self._formula(),
            self._place(),
            far.format(x=number(x), y=number(y), wanted=number(wanted)),
            Text(self._help(good, x, y, wanted), "help"),
        ]

    def _sums(self, times):
        """The weighted sum of each unit, with this sign between w and x."""
        return [f"{number(w)}{times}x" + (f" {signed(b)}" if b else "") for w, b, __ in self.weights.T]

    def _formula(self):
        """The sum with its numbers, a unit a line."""
        first = _("y is the sum of c = {c} and of what each unit adds; f is {function}.")
        lines = [first.format(c=number(self.c), function=FUNCTIONS[self.activation])]
        cells = [["c", number(self.c), ""]]
        for k, (v, said, shown) in enumerate(zip(self.weights[2], self._sums(" × "), self._sums(""), strict=True), 1):
            name = _("unit {k}").format(k=k)
            lines.append(f"{name}: {number(v)} × f({said})")
            cells.append([name, number(v), f"× f({shown})"])
        return Rows(lines, cells, _("y is the sum of"), lit=self.picked, signed=[1])

    def _place(self):
        k = self.picked
        x, total = self.middles[k - 1], self._sums("")[k - 1]
        if not np.isfinite(x):
            return _("Unit {k}: {sum} is the same wherever x is.").format(k=k, sum=total)
        return _("Unit {k}: {sum} is 0 at x = {x}.").format(k=k, sum=total, x=number(x))

    def _help(self, good, x, y, wanted):
        """What would help now, asked: y and what was wanted are those at the farthest x."""
        if good:
            return _("Could fewer units do it, or another function?")
        if self.activation == "linear":
            return _("Each unit is a straight line here. Can a sum of straight lines bend?")
        edges = self.middles[self.weights[2] != 0] if self.activation in SMOOTH else np.array([])
        if jumps_at(self.target, x) and (abs(edges - x) <= BESIDE).any():
            words = _("At x = {x} the target jumps: what makes an edge steeper where it is?")
        elif y > wanted and self.units == 1:
            words = _("Too high at x = {x}: what could a second unit do there?")
        elif y > wanted:
            words = _("Too high at x = {x}: which unit could bring y down there?")
        else:
            words = _("Too low at x = {x}: which unit could add there?")
        return words.format(x=number(x))
