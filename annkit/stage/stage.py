"""The stage: a live picture in a notebook. It shows what Python draws and reports what hands do; it knows no lab."""

import base64
import io
import itertools
import pathlib
from dataclasses import dataclass

import anywidget
import numpy as np
import traitlets
from matplotlib.image import imsave

from annkit.stage import marks
from annkit.stage.described import picture
from annkit.stage.set import Panel, draw_set

HERE = pathlib.Path(__file__).parent
FEW = 16
"""So many rows of pixels are shown as squares; more of them melt into each other."""
_serial = itertools.count()


ARROWS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, 1), "ArrowDown": (0, -1)}
"""Where each arrow key goes: to the right, and up."""


def _palette():
    """256 colours, RGBA: from orange over nothing (so that the page shows through, light or dark) to blue."""
    strength = np.linspace(-1, 1, 256)
    colours = np.where(strength[:, None] < 0, (240, 130, 40), (45, 130, 215))
    alpha = 170 * np.abs(strength)
    return np.column_stack([colours, alpha]).astype("u1").tobytes()


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
    reach: float = 16
    """How far from its middle a pointer still gets hold of it, in stage units."""

    def state(self):
        ((x, y),) = self.panel.place(self.x, self.y).round(1).tolist()
        panel = self.panel
        box = [panel.x, panel.y, panel.x + panel.width, panel.y + panel.height] if self.movable else None
        look = {"mark": self.mark, "label": self.label, "reach": self.reach}
        return {"id": self.id, "x": x, "y": y, "box": box, "axes": self.axes, **look}


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
        ``x``, ``y`` in stage units), "click" (beside the handles with ``x``, ``y``; on a handle with ``id``, and
        ``again`` if it had the focus already), "focus" (``id``), "key" (``id``, ``key``), or "tick" while playing.
    panels : list of Panel
        One for each axes of the figure.
    words, error : str
        What the picture shows, and what went wrong, in words for those who show them beside it.
    playing : bool
        While true, the visible view sends ticks: at most 30 a second and at most four that are not yet answered.
    """

    # As text: given a path, anywidget would hold every stage for ever, to reload it when the file changes.
    _esm = (HERE / "stage.js").read_text(encoding="utf-8")
    _css = (HERE / "stage.css").read_text(encoding="utf-8") + marks.STYLE
    size = traitlets.List().tag(sync=True)
    still = traitlets.Unicode().tag(sync=True)
    live = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)
    handles = traitlets.List().tag(sync=True)
    lines = traitlets.List().tag(sync=True)
    strengths = traitlets.Bytes().tag(sync=True)
    boxes = traitlets.List().tag(sync=True)
    pixels = traitlets.Bytes().tag(sync=True)
    palette = traitlets.Bytes(_palette()).tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)
    drag = traitlets.Dict().tag(sync=True, echo_update=False)

    def __init__(self, figure, **traits):
        super().__init__(**traits)
        self.listener = None
        self._dropped = 0
        self.set_figure(figure)
        self.on_msg(self._hear)
        self.observe(self._hear_drag, "drag")

    def set_figure(self, figure):
        """Draw another set."""
        still, self.panels = draw_set(figure, salt=f"annkit{next(_serial)}")
        with self.hold_sync():
            self.size, self.still = figure.bbox.size.tolist(), still

    def set_lines(self, lines):
        """Place lines that stand for weights, shape (n, 4): x, y of the start and x, y of the end, in stage units."""
        self.lines = np.round(lines, 1).tolist()

    def show(self, live="", handles=(), heats=(), strengths=()):
        """Draw one picture.

        Parameters
        ----------
        live : str
            Marks, as SVG.
        handles : sequence of Handle
        heats : sequence of (Panel, values)
            Heat maps that fill their panels: values from −1 (orange) to 1 (blue), shape (rows, columns), first row
            lowest.
        strengths : ndarray of int8, shape (n, 2)
            For each line its strength, from −127 (orange, thick) over 0 (grey, dashed) to 127 (blue, thick), and 0, 1
            or 2: faint, plain or lit.
        """
        boxes, pixels = [], []
        for panel, values in heats:
            boxes.append([panel.x, panel.y, panel.width, panel.height, *values.shape])
            pixels.append(((np.clip(values[::-1], -1, 1) + 1) * 127.5).round().astype("u1").tobytes())
        with self.hold_sync():
            self.live = live
            self.handles = [handle.state() for handle in handles]
            self.boxes = boxes
            self.pixels = b"".join(pixels)
            self.strengths = np.asarray(strengths, np.int8).tobytes()

    def svg(self):
        """The picture as it is now, as one SVG document."""
        width, height = self.size
        handles = "".join(f'<g transform="translate({h["x"]},{h["y"]})">{h["mark"]}</g>' for h in self.handles)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" font-family="sans-serif">'
            f"<style>{marks.STYLE}</style>{self._heat_images()}{self.still}{self._lines_drawn()}{self.live}{handles}</svg>"
        )

    def saved(self, words):
        """The picture as it is now, as HTML that needs no widget, with `words` as its alternative text."""
        return picture(self.svg().encode(), "image/svg+xml", words)

    def _lines_drawn(self):
        return marks.strokes(self.lines, np.frombuffer(self.strengths, np.int8).reshape(-1, 2))

    def _heat_images(self):
        palette = np.frombuffer(self.palette, "u1").reshape(256, 4)
        pixels, images, start = np.frombuffer(self.pixels, "u1"), [], 0
        for x, y, width, height, rows, columns in self.boxes:
            out = io.BytesIO()
            values = pixels[start : start + rows * columns].reshape(rows, columns)
            imsave(out, palette[values], format="png", metadata={"Software": None})
            start += rows * columns
            squares = ' style="image-rendering:pixelated"' if rows <= FEW else ""
            images.append(
                f'<image{squares} x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
                f'preserveAspectRatio="none" href="data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"/>'
            )
        return "".join(images)

    def _hear(self, _, content, buffers):
        event = content["event"]
        try:
            if event != "tick" or self.playing:
                self._tell(content)
        finally:
            if event == "tick":
                self.answered = content["n"]
            elif event == "drop":
                self._dropped = content["n"]
                self.send({"settle": content["id"]})

    def _hear_drag(self, change):
        # The browser holds back all but the newest position, so one can come after its own drop.
        if change["new"]["n"] > self._dropped:
            self._tell({"event": "drag", **change["new"]})

    def _tell(self, event):
        """Pass an event on, unless it is of a handle that is gone."""
        gone = "id" in event and all(handle["id"] != event["id"] for handle in self.handles)
        if self.listener is not None and not gone:
            self.listener(event)
