"""What follows from the state of a backprop lab: all numbers of this round, which of them are there, what is lit."""

from annkit.labs.backprop import light
from annkit.labs.backprop.steps import BORN, NAMES, SLOPE_BORN, backward, forward

NEAR = 0.05
"""Good is when every output is so near to its target."""


class Now:
    """Everything that picture and words show, once for each state.

    Attributes
    ----------
    numbers, slopes : dict
        Every number of the round and the slope of E at each, by its name.
    errors : ndarray, shape (rounds + 1,)
        The error before and after each round.
    changes : dict
        Just after an update: by how much each weight was changed; else empty.
    lit : set of str
        The nodes and edges that make what is picked.
    factors : dict
        Where the factors of the picked slope come from: a place for each.
    """

    def __init__(self, lab, run):
        self.setup, self.rounds, self.steps = run.setup, lab.rounds, lab.steps
        self.picked, self.calls = lab.picked, lab.calls
        self.parameters = run.parameters(self.rounds)
        self.numbers = forward(self.parameters, self.setup)
        self.slopes = backward(self.numbers, self.setup)
        self.errors = run.errors(self.rounds)
        self.changes = {}
        if self.rounds and not self.steps:
            before = run.parameters(self.rounds - 1)
            self._old = forward(before, self.setup)
            self._old_slopes = backward(self._old, self.setup)
            self.changes = {name: self.numbers[name] - self._old[name] for name in NAMES}
        back = self.sloped(self.picked)
        self.lit = light.made_of(self.picked, back)
        self.factors = light.marks(self.picked) if back else {}
        self.pieces = None

    def get(self, name):
        """A number by its name, or α; with ∂ before it the slope of E at it, with "old " as it was before an update."""
        if name == "α":
            return self.setup.learning_rate
        known = (self._old, self._old_slopes) if name.startswith("old ") else (self.numbers, self.slopes)
        name = name.removeprefix("old ")
        return known[1][name[1:]] if name[0] == "∂" else known[0][name]

    def there(self, name):
        """Whether the number is there after the steps that are done."""
        return self.steps >= BORN.get(name, 0)

    def sloped(self, name):
        """Whether the slope of E at a number is there."""
        return name in SLOPE_BORN and self.steps >= SLOPE_BORN[name]

    @property
    def good(self):
        """Whether every output is near to its target."""
        return all(abs(self.numbers["t" + k] - self.numbers["o" + k]) <= NEAR for k in "12")
