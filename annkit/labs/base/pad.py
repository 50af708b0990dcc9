"""A pad to draw a digit on: what is drawn by mouse, pen, finger or keys, and how that becomes a lab's state."""

import functools

import numpy as np

from annkit import ink, inputs
from annkit.labs.base.traits import State
from annkit.stage import ARROWS, Pad, marks
from annkit.stage.marks import COLOURS
from annkit.translation import _

PAD = "pad"
"""The name of the pad on the stage."""
STEP = 2
"""How far an arrow key moves the pen, in pixels of the pad."""
MIDDLE = (ink.SIDE // 2, ink.SIDE // 2)
RUBBER = 3
"""The radius of what Delete rubs out."""


class Ink(State):
    """What is drawn on the pad, as a short text: see `annkit.ink.to_text`."""

    def accepted(self, value, lab):
        return ink.to_text(ink.from_text(value))


class Pen(State):
    """Where the pen is that keys move, (x, y, whether it is down); None as long as no key has moved it."""

    def accepted(self, value, lab):
        if value is None:
            return None
        if isinstance(value, (tuple, list)) and len(value) == 3 and isinstance(value[2], (bool, np.bool_)):
            x, y = (inputs.whole(self.name, each, low=0, high=ink.SIDE) for each in value[:2])
            return x, y, bool(value[2])
        message = _("{name} should be None or (x, y, whether it is down), not {value}.")
        raise ValueError(message.format(name=self.name, value=inputs.shown(value)))


class Drawing:
    """The part of a lab that is drawn on: its state has `ink` and `pen`, and its `pad` is a panel from 0 to 32."""

    _tip = None
    """Where the pen of a stroke that goes on has come to."""

    @property
    def bitmap(self):
        """The ink on the pad: booleans of shape (32, 32), read-only."""
        return _bitmap(self.ink)

    def write(self, points):
        """Draw a stroke through some points of the pad, as a hand does.

        Parameters
        ----------
        points : array_like, shape (n, 2)
            Across and down from the upper left corner, 0 to 32 each.
        """
        self.ink = ink.to_text(self.bitmap | ink.stroke(points))

    def clear(self):
        """Take all ink off the pad."""
        self.set(ink="", pen=None)

    def pad_to_draw_on(self):
        """The pad, for the stage."""
        words = _(
            "pad to draw on: arrows move the pen, Enter sets it down or lifts it, space makes a dot, Delete rubs out"
        )
        if self.pen is None:
            return Pad(PAD, self.pad, words)
        x, y, down = self.pen
        place = _("pen down at {x}, {y}") if down else _("pen up at {x}, {y}")
        return Pad(PAD, self.pad, f"{place.format(x=x, y=y)}; {words}")

    def pen_drawn(self):
        """Where the pen is that keys move, as a mark: a ring, filled while it is down."""
        if self.pen is None:
            return ""
        x, y, down = self.pen
        fill, edge = COLOURS["lit" if down else "paper"], COLOURS["orange"]
        radius = ink.PEN * self.pad.width / ink.SIDE
        ring = f'r="{radius:.0f}" fill="{fill}" fill-opacity="0.6" stroke="{edge}" stroke-width="2.5"'
        return marks.at(self.pad, x, y, f"<circle {ring}/>")

    def stroked(self, pad, points, first, last):
        places = [self.pad.data(x, y) for x, y in points]
        if self._tip and not first:
            places.insert(0, self._tip)
        self._tip = None if last or not places else places[-1]
        if places:
            self.set(ink=ink.to_text(self.bitmap | ink.stroke(places)), pen=None)

    def draw_by_key(self, key):
        """Arrows move the pen, Enter sets it down or lifts it, a space makes a dot, Delete rubs out."""
        x, y, down = self.pen or (*MIDDLE, False)
        if key in ARROWS:
            right, up = ARROWS[key]
            to = [min(ink.SIDE, max(0, at + STEP * way)) for at, way in ((x, right), (y, -up))]
            if down:
                self.write([(x, y), to])
            self.pen = (*to, down)
            return
        if key in ("Delete", "Backspace"):
            self.ink = ink.to_text(self.bitmap & ~ink.stroke([(x, y)], RUBBER))
        elif not down:
            self.write([(x, y)])
        self.pen = x, y, key == "Enter" and not down
        if not self.pen[2]:
            self.let_go()


@functools.lru_cache(maxsize=4)
def _bitmap(text):
    bitmap = ink.from_text(text)
    bitmap.flags.writeable = False
    return bitmap
