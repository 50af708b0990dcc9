"""What follows from the state of a backprop lab: all numbers of this round, which of them are there, and what is lit."""

from annkit.labs.backprop import places
from annkit.labs.backprop.steps import BORN, INTO, NAMES, SLOPE_BORN, backward, forward
from annkit.translation import _


class Now:
    """Everything that picture and words show, once for each state.

    Attributes
    ----------
    numbers, slopes : dict
        Every number of the round and the slope of E at each, by its name.
    changes : dict or None
        Just after an update: by how much each weight was changed.
    """

    def __init__(self, lab, run):
        self.setup, self.rounds, self.steps, self.picked = run.setup, lab.rounds, lab.steps, lab.picked
        self.calls = lab.calls
        self.parameters = run.parameters(self.rounds)
        self.numbers = forward(self.parameters, self.setup)
        self.slopes = backward(self.numbers, self.setup)
        self.errors = run.errors(self.rounds)
        self.changes = None
        if self.rounds and not self.steps:
            before = run.parameters(self.rounds - 1)
            self.changes = {name: new - old for name, new, old in zip(NAMES, self.parameters, before, strict=True)}
        self.groups = {0: _("forward"), 4: _("error"), 5: _("back"), 9: ""}
        self.update_word = _("update")
        self.lit, self.marks = self._lit(), []

    def there(self, name):
        """Whether the number is there after the steps that are done."""
        return self.steps >= BORN.get(name, 0)

    def sloped(self, name):
        """Whether the slope of E at a number is there."""
        return self.steps >= SLOPE_BORN[name]

    def _lit(self):
        name = self.picked
        if name in INTO:
            back = self.sloped(name)
            if back and name[0] == "h":
                return {name, f"v{name[1]}1", f"v{name[1]}2", "o1", "o2"}
            if back:
                return {name, "t" + name[1]}
            sources = ("x1", "x2") if name[0] == "h" else ("h1", "h2")
            return {name, *INTO[name], *sources}
        if name == "E":
            return {"E", "t1", "t2"}
        if name[0] == "t":
            return {name, "o" + name[1]}
        if name[0] == "x":
            return {name, f"w{name[1]}1", f"w{name[1]}2"}
        ends = {"w": ("x", "h"), "v": ("h", "o"), "b": ("", "h"), "c": ("", "o")}[name[0]]
        return {name, ends[0] + name[1] if ends[0] else name, ends[1] + name[-1]}
