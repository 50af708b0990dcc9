"""A slider that never writes back, and beside it the number, which can be typed.

ipywidgets' own slider sends every value that it is given back to Python, rounded to its grid and cut off at its range.
While a lab learns or doubles its weights, such an echo comes late and overwrites newer numbers. This one is the
browser's `<input type="range">`: it sends only what a hand has moved, and it has an accessible name.
"""

import math

import anywidget
import traitlets

from annkit.stage.events import MOVES, understood
from annkit.stage.files import beside
from annkit.translation import _
from annkit.wording import number

EVENTS = {"move": [("value", "n")], "drop": [("value", "n")]}


class Slider(anywidget.AnyWidget):
    """A labelled slider in steps of `step`, from `low` to `high` or as far as is needed and allowed.

    One that is `doubling` goes from power to power of two instead, above 0.

    Attributes
    ----------
    room : int
        How wide its label is, in signs, so that sliders under each other begin at one place.
    signed : bool
        Whether its number is blue where it is positive and orange where it is negative.
    marks : list of [float, str]
        Places on it that have a name, which are buttons; those within its usual range.
    listener : callable or None
        Called with a dict for what hands do: ``event`` is "move", or "drop" when they let go, and ``value`` is where it
        stands. Between two moves some may be left out, also the last before a drop; a drop is always told.
    """

    _esm = MOVES + beside(__file__, "slider.js")
    _css = beside(__file__, "slider.css")
    label = traitlets.Unicode().tag(sync=True)
    field = traitlets.Unicode().tag(sync=True)
    """What the number to type is called for a screen reader."""
    asked = traitlets.Unicode().tag(sync=True)
    """What is said where something else than a number was typed."""
    step = traitlets.Float().tag(sync=True)
    room = traitlets.Int(2).tag(sync=True)
    signed = traitlets.Bool(True).tag(sync=True)
    doubling = traitlets.Bool(False).tag(sync=True)
    marks = traitlets.List().tag(sync=True)
    shown = traitlets.Dict({"value": 0, "text": "", "low": 0, "high": 0, "n": 0}).tag(sync=True)

    def __init__(self, label, low, high, step, doubling=False, marks=()):
        asked = _("Type a number, such as {example}.").format(example=number(step))
        super().__init__(
            step=step, signed=not isinstance(step, int), asked=asked, doubling=doubling, marks=[*map(list, marks)]
        )
        self.turns(label, low, high)
        self.listener = None
        self._heard = 0
        self.on_msg(self._hear)

    @property
    def value(self):
        """The number that is shown."""
        return self.shown["value"]

    @property
    def low(self):
        """The left end."""
        return self.shown["low"]

    @property
    def high(self):
        """The right end."""
        return self.shown["high"]

    def turns(self, label, low, high):
        """Say what it turns, and from where to where at least."""
        if label != self.label:
            self.label, self.field = label, _("{name}, the number").format(name=label)
        self._low, self._high = low, high

    def show(self, value, text, least=-math.inf, most=math.inf):
        """Stand at `value` and write `text` for it. The range doubles to hold it, within `least` and `most`."""
        low, high = max(self._low, least), min(self._high, most)
        while high < min(value, most):
            high = min(high + max(high - low, self.step), most)
        while low > max(value, least):
            low = max(low - max(high - low, self.step), least)
        # `n` answers the hand's moves: where the hand is ahead of it, it stays where it is.
        shown = {"value": value, "text": text, "low": low, "high": high, "n": self._heard}
        if shown != self.shown:
            self.shown = shown

    def move(self, value):
        """Move it and let go, as a hand does it in the browser."""
        self.drag(value)
        self._act("drop", value)

    def drag(self, value):
        """Move it as a hand does that holds on to it."""
        self._act("move", value)

    def _act(self, event, value):
        self._hear(self, {"event": event, "value": float(value), "n": self._heard + 1}, [])

    def _hear(self, __, content, buffers):
        event = understood(content, EVENTS)
        if event is None:
            return
        self._heard = event.pop("n")
        try:
            if self.listener is not None:
                self.listener({**event, "value": float(event["value"])})
        finally:
            if self.shown["n"] != self._heard:
                self.shown = {**self.shown, "n": self._heard}
