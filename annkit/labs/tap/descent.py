"""How far the mixed colour is from the wanted one, how that error answers to each tap, and descent, which lowers it."""

import numpy as np

from annkit import inputs
from annkit.translation import _

TAPS = ("w1", "w2", "w3")
RATE = 0.1
"""Descent turns a tap by so much of its slope. From 1/9 on, the brightest lights there can be would make it swing."""
NEAR = 1e-5
"""Descent ends below this error: on a screen, with 256 numbers a channel, the two colours then look the same."""
FLAT = 1e-4
"""A slope that descent doesn't follow any more."""
NUDGE = 0.01
LEVEL = 1e-9
"""Slopes that differ by less than this share, or places of taps that lie so near to each other, are equal."""
MOST_STEPS = 10_000
"""Descent ends after so many steps, wherever it is."""


class Descent:
    """The part of a `TapLab` that computes: the mix and its error, the slopes, and the way of the taps down them."""

    _way, _walked = None, ()

    @property
    def weights(self):
        """How far the taps are open, shape (3,)."""
        return np.array([self.w1, self.w2, self.w3])

    @property
    def mix(self):
        """The red, the green and the blue of the mixed light, shape (3,): weighted sums of what the lights send."""
        return self.weights @ np.array(self.lights)

    @property
    def E(self):
        """The error: (wanted − mixed)², added up over red, green and blue."""
        return self._error(self.weights)

    @property
    def nudges(self):
        """What E changes by when each tap alone is opened by 0.01, shape (3,)."""
        return np.array([self._error(nudged) for nudged in self.weights + NUDGE * np.eye(3)]) - self.E

    @property
    def slopes(self):
        """What smaller and smaller nudges come to, per unit of opening, shape (3,)."""
        return self._slopes(self.weights)

    def error_at(self, weights):
        """E with the taps as `weights`, shape (3,), says."""
        return self._error(_three(weights))

    def slopes_at(self, weights):
        """The slopes with the taps as `weights` says, shape (3,)."""
        return self._slopes(_three(weights))

    def _error(self, weights):
        return float(((self.wanted - weights @ np.array(self.lights)) ** 2).sum())

    def _slopes(self, weights):
        lights = np.array(self.lights)
        return -2 * lights @ (self.wanted - weights @ lights)

    def advance(self):
        """One step of descent, with all taps at once. Returns False when E is small, or no tap lowers it any more."""
        steps, origin = (self.steps, self.origin) if self._led_here else (0, tuple(self.weights.tolist()))
        if self.E < NEAR or np.abs(self.slopes).max() < FLAT or steps == MOST_STEPS:
            return False
        after = dict(zip(TAPS, self._stepped(self.weights).tolist(), strict=True))
        self.set(**after, steps=steps + 1, origin=origin)
        return True

    def _stepped(self, weights):
        return weights - RATE * self._slopes(weights)

    @property
    def path(self):
        """Where the taps stood before each step of descent and stand now, shape (steps + 1, 3)."""
        return np.array(self._walk()) if self._led_here else self.weights[None]

    @property
    def errors(self):
        """E before each step of descent and now, shape (steps + 1,)."""
        return ((self.wanted - self.path @ np.array(self.lights)) ** 2).sum(axis=1)

    @property
    def _led_here(self):
        """Whether so many steps from the origin led to where the taps stand."""
        return bool(self.origin) and bool(np.abs(self._walk()[-1] - self.weights).max() < LEVEL)

    def _walk(self):
        """The taps after 0, 1, … steps from the origin, which is all that the state holds of the way."""
        way = self.origin, self.wanted, self.lights
        if self._way != way:
            self._way, self._walked = way, [np.array(self.origin)]
        while len(self._walked) <= self.steps:
            self._walked.append(self._stepped(self._walked[-1]))
        return self._walked[: self.steps + 1]

    def settle(self, changed):
        """Whoever turns a tap or asks for another colour begins anew."""
        if self.steps and "steps" not in changed and changed & {*TAPS, "wanted", "lights"}:
            self.set(steps=0, origin=())


def _three(weights):
    weights = inputs.vector("weights", weights)
    if weights.size != 3:
        raise ValueError(_("weights should be three numbers, not {count}.").format(count=weights.size))
    return weights
