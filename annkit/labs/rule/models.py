"""The three models: each is one cut or two, and each can be read out."""

from typing import NamedTuple

import numpy as np

from annkit.labs.base.halfplane import part
from annkit.perceptron import Perceptron
from annkit.translation import N_

MODELS = {"threshold": N_("a threshold"), "line": N_("a line"), "made": N_("made variables")}
KNOBS = {"threshold": (("cut",),), "line": (("mix_cut", "mix"),), "made": (("mix1",), ("mix2",))}
"""What moves or turns the border of each cut of each model: parts of the lab's state."""
CUTS = ("cut", "mix_cut")
"""Those of them that move it; the others turn it."""
GIVEN = (40, 60)
"""The cut-offs of the two made variables."""
STEP = 5
"""Hands turn shares by so many per cent."""
FRAME = np.array([[0.0, 0], [100, 0], [100, 100], [0, 100]])
"""The corners of the plane of x₁ and x₂."""
ALONE, MIXED = 2, 8
"""So many numbers have to be read of a cut: of one variable alone, itself and the cut-off. Of a mix of both, for each
variable itself, its share and their product; then the mix and the cut-off."""


class Cut(NamedTuple):
    """A mix of both variables and a cut-off, above which it is on; or below which, where that is said."""

    share: int
    """How many per cent of x₁ are in the mix, from 0 to 100. The rest is x₂."""
    at: int
    """The cut-off."""
    below: bool = False

    @property
    def alone(self):
        """The number of the only column that is in the mix, 0 or 1; None where both are."""
        return {100: 0, 0: 1}.get(self.share)

    @property
    def numbers(self):
        """How many numbers have to be read to follow it for one point."""
        return MIXED if self.alone is None else ALONE

    def mix(self, X):
        """The mix for the rows of X, shape (n,)."""
        return self._hundredths(X) / 100

    def on(self, X):
        """Whether it is on for the rows of X, booleans of shape (n,)."""
        over = self._over(X)
        return over < 0 if self.below else over > 0

    def parts(self, outline):
        """What there is of both parts of a convex polygon, shape (n, 2), as pairs (polygon, whether it is on there)."""
        over = self._over(outline)
        for sign in (1, -1):
            corners = part(outline, sign * over)
            if len(corners) > 2:
                yield corners, (sign > 0) != self.below

    def away(self, X):
        """How far the mix is from the cut-off, on either side, for the rows of X, shape (n,)."""
        return np.abs(self._over(X)) / 100

    @property
    def border(self):
        """The perceptron whose line is the border of its two parts."""
        return Perceptron([self.share, 100 - self.share], -100 * self.at)

    def _over(self, X):
        """How far the mix is above the cut-off, in hundredths: for whole numbers a whole number, which is exact."""
        return self._hundredths(X) - 100 * self.at

    def _hundredths(self, X):
        return np.asarray(X) @ [self.share, 100 - self.share]


class Model(NamedTuple):
    """Answers 1 where its first cut is on and its second, if there is one, is off."""

    cuts: tuple

    @property
    def numbers(self):
        """How many numbers have to be read to follow its answer for one point."""
        return sum(cut.numbers for cut in self.cuts)

    def predict(self, X):
        """The answers for the rows of X, 0 or 1, shape (n,)."""
        answers = self.cuts[0].on(X)
        for cut in self.cuts[1:]:
            answers &= ~cut.on(X)
        return answers * 1

    def cells(self):
        """The plane in convex polygons, as pairs (polygon, answer)."""
        first, *rest = self.cuts
        for outline, on in first.parts(FRAME):
            if on and rest:
                yield from ((inner, int(not on_too)) for inner, on_too in rest[0].parts(outline))
            else:
                yield outline, int(on)


def share_through(x, y, at):
    """The share whose mix is `at` at the place (x, y), to the nearest step; None where x and y are as good as equal."""
    if abs(x - y) < 1:
        return None
    return int(np.clip(round(100 * (at - y) / (x - y) / STEP) * STEP, 0, 100))
