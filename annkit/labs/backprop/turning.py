"""The one slider of a backprop lab: it turns the number that is picked: a weight, a bias, an input, a target."""

from annkit.labs.backprop.steps import NAMES, end, start
from annkit.translation import _
from annkit.wording import subscript


class Turning:
    """The part of a `BackpropLab` that turns what is picked."""

    def turning_slider(self):
        """The slider, for `controls`."""
        return self.turner(
            "picked", lambda: subscript(self._turns), self._read, self._write,
            lambda: self._ends()[0], lambda: self._ends()[1],
        )  # fmt: skip

    @property
    def _turns(self):
        """The name of the number that the slider turns: the bias of a unit, the target of the error's first part."""
        letter, index = self.picked[0], self.picked[1:]
        return {"h": "b", "o": "c", "E": "t1"}.get(letter, letter) + index

    def _read(self):
        return self.now.numbers[self._turns]

    def _write(self, value):
        name = self._turns
        if name[0] in "xt":
            first, second = getattr(self, name[0])
            self.set(**{name[0]: (value, second) if name[1] == "1" else (first, value)})
        elif value != self._read():
            numbers = {**self.now.numbers, name: value}
            self.set(**as_given([numbers[each] for each in NAMES]), rounds=0)

    def _ends(self):
        """How far the slider goes at least."""
        return {"t": (0, 1), "x": (-4, 4)}.get(self._turns[0], (-8, 8))

    def _which(self):
        """What the slider turns, in words."""
        name = self._turns
        if name[0] == "x":
            return _("the input {name}").format(name=subscript(name))
        if name[0] == "t":
            return _("the target of {unit}").format(unit=subscript("o" + name[1]))
        if name[0] in "bc":
            return _("the bias of {unit}").format(unit=subscript(end(name)))
        ends = {"start": subscript(start(name)), "end": subscript(end(name))}
        return _("the weight from {start} to {end}").format(**ends)


def as_given(p):
    """All weights and biases, in the order of `NAMES`, as a lab is given them."""
    return {"weights": ((p[0:2], p[2:4]), (p[6:8], p[8:10])), "biases": (p[4:6], p[10:12])}
