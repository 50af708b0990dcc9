"""The stage: a live picture in a notebook. It shows what Python draws and reports what hands do; it knows no lab."""

import base64
import html
import io
import itertools
from dataclasses import dataclass
from typing import NamedTuple

import anywidget
import matplotlib as mpl
import numpy as np
import traitlets
from matplotlib.image import imsave

from annkit import inputs
from annkit.stage import marks
from annkit.stage.described import picture
from annkit.stage.events import MOVES, understood
from annkit.stage.files import beside
from annkit.stage.set import Panel, draw_set
from annkit.translation import _

NOTE = 28
"""The height of the note under a saved picture, in stage units."""
CORNER = 5
"""How round a rectangle of focus is, in stage units."""
FEW = 12
"""So many rows of pixels are shown as squares; more of them melt into each other."""
_serial = itertools.count()


ARROWS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, 1), "ArrowDown": (0, -1)}
"""Where each arrow key goes: to the right, and up."""


PALETTES = ["signed", "ink", "light"]
"""From orange over nothing to blue; from nothing to the colour of the text; from dark to bright, as viridis is."""


def _palettes():
    """256 colours for each palette, RGBA. Where they are nothing the page shows through, light or dark."""
    strength = np.linspace(-1, 1, 256)
    colours = np.where(strength[:, None] < 0, (240, 130, 40), (45, 130, 215))
    signed = np.column_stack([colours, 170 * np.abs(strength)])
    ink = np.zeros((256, 4))  # black; `stage.css` makes it white in a dark theme
    ink[:, 3] = np.linspace(0, 255, 256)
    light = mpl.colormaps["viridis"](np.arange(256), bytes=True)
    return np.concatenate([signed, ink, light]).astype("u1").tobytes()


def heat_address(values):
    """A heat map of the palette "signed" as the address of a picture, for marks: values from −1 to 1, first row lowest.

    In a mark that is steady it travels only once.
    """
    colours = np.frombuffer(_palettes(), "u1").reshape(-1, 256, 4)[PALETTES.index("signed")]
    return _address(colours[(255 * (np.clip(values[::-1], -1, 1) + 1) / 2).round().astype("u1")])


def _address(colours):
    out = io.BytesIO()
    imsave(out, colours, format="png", metadata={"Software": None})
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"


@dataclass(frozen=True)
class Handle:
    """A mark that takes the focus, keys and clicks, and that can be dragged where `movable`."""

    id: str
    panel: Panel
    x: float
    y: float
    mark: str
    """SVG, drawn around (0, 0)."""
    label: str
    """What it is, for a screen reader."""
    movable: bool = True
    axes: str = "xy"
    """Where a drag may go: "x" and "y" alone leave the other coordinate to Python, which may lead it along a curve."""
    reach: float | tuple = 16
    """How far from its middle a pointer still gets hold of it, in stage units, and where its ring of focus lies around
    it; or a pair, half the width and half the height of a rectangle."""

    def state(self):
        panel, (x, y) = self.panel, self.panel.spot(self.x, self.y)
        corners = (panel.x, panel.y, panel.x + panel.width, panel.y + panel.height)
        box = [round(side, 1) for side in corners] if self.movable else None
        half = self.reach if isinstance(self.reach, tuple) else (self.reach, self.reach)
        corner = CORNER if isinstance(self.reach, tuple) else self.reach  # a circle is all corner
        look = {"mark": self.mark, "label": self.label, "reach": [*half, corner]}
        return {"id": self.id, "x": round(x, 1), "y": round(y, 1), "box": box, "axes": self.axes, **look}


@dataclass(frozen=True)
class Pad:
    """An area to draw on with a mouse, a pen or a finger: all of its panel. Keys on it are told as on a handle."""

    id: str
    panel: Panel
    label: str
    """What it is, for a screen reader."""

    def state(self):
        panel = self.panel
        return {"id": self.id, "label": self.label, "pad": [panel.x, panel.y, panel.width, panel.height]}


class Scene(NamedTuple):
    """The set of a stage as it is drawn: all that stays while marks move. A new set has a new one."""

    size: list
    still: str
    panels: tuple
    lines: list


EVENTS = {
    "drag": [("id", "x", "y", "n")],
    "drop": [("id", "x", "y", "n")],
    "stroke": [("id", "points", "first", "last", "n")],
    "click": [("id", "again"), ("x", "y")],
    "focus": [("id",)],
    "key": [("id", "key")],
    "tick": [("n", "still"), ("n",)],
}
"""What hands do in the browser, and what each message says of it; with `n` it wants to be answered."""


class Stage(anywidget.AnyWidget):
    """A live picture on a set that matplotlib draws once.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The set, best made by `new_figure`. It is drawn now and not kept.

    Attributes
    ----------
    listener : callable or None
        Called with a dict for everything that hands do in the browser: ``event`` is "drag" or "drop" (with ``id``, and
        ``x``, ``y`` in stage units), "stroke" (on a pad: ``id``, ``points``, which are all [x, y] since the last one,
        in stage units, and whether they are the ``first`` or the ``last`` of the stroke), "click" (beside the handles
        with ``x``, ``y``; on a handle with ``id``, and ``again`` if it had the focus already), "focus" (``id``), "key"
        (``id`` of a handle or a pad, ``key``), or "tick" while playing (``still`` where the reader wants no motion).
        What makes no sense is never told.
    panels : tuple of Panel
        One for each axes of the figure.
    words, error : str
        What the picture shows, and what went wrong, in words for those who show them beside it.
    said : list of dict
        How they show each part of the words.
    playing : bool
        While true, the visible view sends ticks, of which at most four are not yet answered.
    pace : float
        So many ticks a second, from 1 to 30.
    """

    _esm = MOVES + beside(__file__, "stage.js")
    _css = beside(__file__, "stage.css") + marks.STYLE
    size = traitlets.List().tag(sync=True)
    still = traitlets.Unicode().tag(sync=True)
    steady = traitlets.Unicode().tag(sync=True, to_json=lambda marks, stage: marks.replace('"', "'"))
    live = traitlets.Unicode().tag(sync=True, to_json=lambda marks, stage: marks.replace('"', "'"))
    """On their way to the browser the marks have the other quotes, which JSON need not escape."""
    label = traitlets.Unicode().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    said = traitlets.List().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)
    handles = traitlets.List().tag(sync=True)
    lines = traitlets.List().tag(sync=True)
    strengths = traitlets.Bytes().tag(sync=True)
    curved = traitlets.Bool(False).tag(sync=True)
    """Whether lines that stand for weights leave and arrive level, in a gentle curve."""
    boxes = traitlets.List().tag(sync=True)
    corner = traitlets.Float(0.0).tag(sync=True)
    """How round the corners of heat maps are, in stage units."""
    lens = traitlets.List().tag(sync=True)
    """Where the heat map under a pointer is seen large: x, y, width and height in stage units; empty for nowhere."""
    pixels = traitlets.Bytes().tag(sync=True)
    palettes = traitlets.Bytes(_palettes()).tag(sync=True)
    pads = traitlets.List().tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    pace = traitlets.Float(30).tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)
    """The number of the last tick that was answered."""
    moved = traitlets.Int(0).tag(sync=True)
    """The number of the last drag, drop or stroke that was answered."""

    def __init__(self, figure, **traits):
        super().__init__(**traits)
        self.listener = None
        self._unanswered = {}
        self.set_figure(figure)
        self.on_msg(self._hear)

    def set_figure(self, figure):
        """Draw another set."""
        still, panels = draw_set(figure, salt=f"annkit{next(_serial)}")
        with self.hold_sync():
            self.size, self.still, self.panels = figure.bbox.size.tolist(), still, panels

    def set_lines(self, lines):
        """Place lines that stand for weights, shape (n, 4): x, y of the start and x, y of the end, in stage units."""
        self.lines = np.round(lines, 1).tolist()

    @property
    def scene(self):
        """The set as it is drawn, to be put back: a `Scene`."""
        return Scene(self.size, self.still, self.panels, self.lines)

    @scene.setter
    def scene(self, scene):
        with self.hold_sync():
            self.size, self.still, self.panels, self.lines = scene

    @traitlets.validate("pace")
    def _check_pace(self, proposal):
        try:
            return inputs.number("pace", proposal["value"], low=1, high=30)
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None

    def show(self, live="", handles=(), heats=(), strengths=(), pads=(), steady=""):
        """Draw one picture.

        Parameters
        ----------
        live : str
            Marks, as SVG.
        handles : sequence of Handle
        heats : sequence of (Panel, values) or (Panel, values, palette)
            Heat maps that fill their panels, values of shape (rows, columns), first row lowest. The palettes are
            "signed", from −1 (orange) over 0 (nothing) to 1 (blue); "ink", from 0 (nothing) to 1 (the colour of the
            text); "light", from 0 (dark) to 1 (bright).
        strengths : ndarray of int8, shape (n, 2)
            For each line its strength, from −127 (orange, thick) over 0 (grey, dashed) to 127 (blue, thick), and 0, 1
            or 2: faint, plain or lit.
        pads : sequence of Pad
        steady : str
            Marks that lie under the live ones and seldom change: they travel only when they do.
        """
        boxes, pixels = [], []
        for panel, values, *palette in heats:
            (palette,) = palette or PALETTES[:1]
            inputs.choice("palette", palette, PALETTES)
            values = (np.clip(values, -1, 1) + 1) / 2 if palette == "signed" else np.clip(values, 0, 1)
            place = [round(side, 2) for side in (panel.x, panel.y, panel.width, panel.height)]
            boxes.append([*place, *values.shape, PALETTES.index(palette)])
            pixels.append((255 * values[::-1]).round().astype("u1").tobytes())
        with self.hold_sync():
            self.steady, self.live = steady, live
            self.handles = [handle.state() for handle in handles]
            self.pads = [pad.state() for pad in pads]
            self.boxes = boxes
            self.pixels = b"".join(pixels)
            self.strengths = np.asarray(strengths, np.int8).tobytes()
            self._answer()

    def svg(self):
        """The picture as it is now, as one SVG document."""
        width, height = self.size
        handles = "".join(f'<g transform="translate({h["x"]},{h["y"]})">{h["mark"]}</g>' for h in self.handles)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" font-family="sans-serif">'
            f"<style>{marks.STYLE}</style>{self._heat_images()}{self.still}{self._lines_drawn()}{self.steady}"
            f"{self.live}{handles}</svg>"
        )

    def saved(self, words):
        """The picture as it is now, as HTML that needs no widget, with `words` as its alternative text.

        Under it stands how to bring it to life.
        """
        width, height = self.size
        note = html.escape(_("▶ Run this cell to turn it."))
        page = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height + NOTE}" width="{width:g}" '
            f'height="{height + NOTE}">{self.svg()}<text x="{width / 2:g}" y="{height + NOTE - 9}" fill="#5b6370" '
            f'text-anchor="middle" font-family="sans-serif" font-size="13">{note}</text></svg>'
        )
        return picture(page.encode(), "image/svg+xml", words)

    def _lines_drawn(self):
        return marks.strokes(self.lines, np.frombuffer(self.strengths, np.int8).reshape(-1, 2), self.curved)

    def _heat_images(self):
        palettes = np.frombuffer(self.palettes, "u1").reshape(-1, 256, 4)
        pixels, images, start = np.frombuffer(self.pixels, "u1"), [], 0
        for x, y, width, height, rows, columns, palette in self.boxes:
            values = pixels[start : start + rows * columns].reshape(rows, columns)
            start += rows * columns
            look = ["image-rendering:pixelated"] if rows <= FEW else []
            if self.corner:
                look.append(f"clip-path:inset(0 round {self.corner:g}px)")
            style = f' style="{";".join(look)}"' if look else ""
            images.append(
                f'<image{style} x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
                f'preserveAspectRatio="none" href="{_address(palettes[palette][values])}"/>'
            )
        return "".join(images)

    def _hear(self, __, content, buffers):
        event = understood(content, EVENTS)
        if event is None:
            return
        if "n" in event:
            self._unanswered = {"answered" if event["event"] == "tick" else "moved": event.pop("n")}
        try:
            self._tell(event)
        finally:
            self._answer()

    def _answer(self):
        """Say which message was heard last. With a picture this travels in its message, else in one of its own."""
        unanswered, self._unanswered = self._unanswered, {}
        for name, n in unanswered.items():
            setattr(self, name, n)

    def _tell(self, event):
        """Pass an event on, unless nobody listens, it is of a handle that is gone, or a tick comes after the play."""
        gone = "id" in event and all(each["id"] != event["id"] for each in (*self.handles, *self.pads))
        late = event["event"] == "tick" and not self.playing
        if self.listener is not None and not gone and not late:
            self.listener(event)
