"""Call the sign first: ▲ where E grows with a weight, ▼ where it falls, before the way back shows it."""

import numpy as np

from annkit import inputs
from annkit.labs.backprop.steps import BACK, ERROR, HIDDEN, NAMES, OUTPUT, Setup, backward, forward
from annkit.labs.backprop.turning import as_given
from annkit.labs.base.say import Badge, Score
from annkit.labs.base.traits import State
from annkit.translation import _
from annkit.wording import subscript

UP, DOWN, OPEN = "▲", "▼", "?"
NONE_YET = OPEN * len(NAMES)
LAYERS = {ERROR: OUTPUT, ERROR + 2: HIDDEN}
"""The edges whose slopes come next after so many steps, a whole layer at once."""
KEYS = {"ArrowUp": UP, "ArrowDown": DOWN, "Delete": OPEN, "Backspace": OPEN}
"""What a key on an edge calls."""
WAYS = {"ArrowRight": 1, "ArrowLeft": -1}
"""How far a key goes along the edges."""
CLEAR = 0.004
"""In numbers that are dealt every slope is at least so large."""


class Calls(State):
    """A sign for each weight and bias, in the order of `NAMES`, such as "▲▼??????????"; "" where there is no game."""

    def accepted(self, value, lab):
        if isinstance(value, str) and (not value or len(value) == len(NAMES) and set(value) <= {UP, DOWN, OPEN}):
            return str(value)
        message = _('{name} should be twelve signs ▲, ▼ or ?, or "" for no game, not {value}.')
        raise ValueError(message.format(name=self.name, value=inputs.shown(value)))


class Calling:
    """The part of a `BackpropLab` that is a game: signs are called, and the way back shows them layer by layer.

    It can't be won by copying. The numbers are new, a call can't be changed when its slope has been shown, what has
    been shown can't be taken back, and whoever turns a number or goes back has left the game.
    """

    def deal(self, seed=None):
        """New numbers, up to the error, to call the sign of every slope. Without a `seed` nobody has seen them before.

        The activation, and whether E is halved, stay as they are.
        """
        self.pause()
        with self.together():
            self.set(calls="")
            self.set(**dealt(self.activation, self.half, seed), rounds=0, steps=ERROR, picked="v11")
            self.set(calls=NONE_YET)

    def reveal(self):
        """Show the slopes of the next layer, all of whose signs have to be called, and go on to the first layer."""
        if left := self._left():
            message = _("Call these signs first, by click or with the arrow keys up and down: {names}.")
            raise ValueError(message.format(names=_listed(left)))
        with self.together():
            if self.steps == ERROR:
                self.picked = HIDDEN[0]
            self.set(steps=self.steps + 2)
            self.forget()

    def call(self, name, sign):
        """Call the sign of an edge, ▲ or ▼, or ? to take it back, if its slope is not shown yet."""
        k, sign = NAMES.index(inputs.choice("name", name, NAMES)), inputs.choice("sign", sign, [UP, DOWN, OPEN])
        if self.calls and not self.now.sloped(name):
            self.set(calls=self.calls[:k] + sign + self.calls[k + 1 :], picked=name)
        else:
            self.picked = name

    def _press_call(self, key):
        """Keys on an edge: up and down call its sign, left and right go to another one."""
        if key in KEYS:
            self.call(self.picked, KEYS[key])
        else:
            names = [*OUTPUT, *HIDDEN]
            self.picked = names[(names.index(self.picked) + WAYS.get(key, 0)) % len(names)]

    def _left(self):
        """The edges of the next layer that have a slope and no call yet."""
        slopes = self.now.slopes
        return [name for name in LAYERS[self.steps] if slopes[name] and called(self.calls, name) == OPEN]

    def _counted(self):
        """How many of the signs that have been shown were called right, as pieces of words."""
        now = self.now
        names = [name for name in NAMES if now.sloped(name) and now.slopes[name]]
        right = [is_right(self.calls, name, now.slopes[name]) for name in names]
        if now.steps == BACK:
            return [Score(right, [subscript(name) for name in names])]
        if not names:
            return []
        words = _("Second layer: {right} of {count} right.").format(right=sum(right), count=len(right))
        if wrong := [name for name, each in zip(names, right, strict=True) if not each]:
            words += " " + _("Wrong: {points}.").format(points=_listed(wrong))
        return [Badge(words, good=False)]

    def _advice(self):
        """What would help in the game."""
        if self.steps == BACK:
            return _("Pick an edge that was wrong: which factor turned its sign? Then take new numbers.")
        if self.steps not in LAYERS:
            return _("Next step: the signs are called when the error is there.")
        if left := self._left():
            words = _("Call the sign of every slope in this layer: ▲ if E grows with the weight, ▼ if it falls.")
            return words + " " + _("{count} to go.").format(count=len(left))
        return _("All of this layer are called. Next step shows its slopes.")


def called(calls, name):
    """What was called for an edge: ▲, ▼ or ?."""
    return calls[NAMES.index(name)]


def is_right(calls, name, slope):
    """Whether a call is right."""
    return called(calls, name) == (UP if slope > 0 else DOWN)


def dealt(activation, half, seed):
    """Weights, biases, x and t for a game: every slope has a clear sign, and the first layer has both signs."""
    random = np.random.default_rng(seed)
    while True:
        p = (random.choice([-1, 1], len(NAMES)) * random.integers(1, 7, len(NAMES)) / 4).tolist()
        x = (random.choice([-1, 1], 2) * random.integers(1, 5, 2) / 4).tolist()
        t = random.integers(0, 2, 2).astype(float).tolist()
        setup = Setup(x, t, 0, half, True, activation)
        slopes = backward(forward(p, setup), setup)
        if min(abs(slopes[name]) for name in NAMES) >= CLEAR and len({slopes[name] > 0 for name in HIDDEN}) == 2:
            return {**as_given(p), "x": x, "t": t}


def _listed(names):
    return ", ".join(map(subscript, names))
