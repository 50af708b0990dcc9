"""A slider that never writes back.

ipywidgets' own slider sends every value that it is given back to Python, rounded to its grid and cut off at its range.
While a lab learns or doubles its weights, such an echo comes late and overwrites newer numbers. This one is the
browser's `<input type="range">`: it sends only what a hand has moved, and it has an accessible name.
"""

import math
import pathlib

import anywidget
import traitlets

HERE = pathlib.Path(__file__).parent


class Slider(anywidget.AnyWidget):
    """A labelled slider in steps of `step`, from `low` to `high` or as far as is needed and allowed.

    Attributes
    ----------
    moved : dict
        What a hand has done, from the browser: ``value``, and ``n``, which counts the moves.
    """

    _esm = (HERE / "slider.js").read_text(encoding="utf-8")
    _css = (HERE / "slider.css").read_text(encoding="utf-8")
    label = traitlets.Unicode().tag(sync=True)
    step = traitlets.Float().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)
    moved = traitlets.Dict().tag(sync=True, echo_update=False)

    def __init__(self, label, low, high, step):
        super().__init__(label=label, step=step)
        self._low, self._high = low, high

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

    def show(self, value, text, least=-math.inf, most=math.inf):
        """Stand at `value` and write `text` for it. The range doubles to hold it, within `least` and `most`."""
        low, high = max(self._low, least), min(self._high, most)
        while value > high:
            high = min(high + (high - low), most)
        while value < low:
            low = max(low - (high - low), least)
        # An answer to an older move than the hand's last is not shown: the hand is ahead.
        self.shown = {"value": value, "text": text, "low": low, "high": high, "n": self.moved.get("n", 0)}

    def move(self, value):
        """Move it as a hand does in the browser."""
        self.moved = {"value": value, "n": self.moved.get("n", 0) + 1}
