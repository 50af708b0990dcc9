"""A gallery of tables: each as a small picture, to choose one of them."""

from functools import cache

import anywidget
import numpy as np
import traitlets

from annkit import data
from annkit.labs.playground.samples import reach
from annkit.stage import heat_address, marks
from annkit.stage.events import understood
from annkit.stage.files import beside

SHOWN = 90
"""So many samples has a table in its small picture."""
SCALE = 100
"""So many units of a small picture are 1 of a table's."""
CELLS = 24
"""So many pixels across has a heat map."""
EVENTS = {"choose": [("n",)]}


class Gallery(anywidget.AnyWidget):
    """Small pictures, of which one is chosen, or none.

    Attributes
    ----------
    names, pictures : list of str
        What each is called, and what it looks like, as SVG.
    chosen : int
        The number of the one that is chosen; -1 for none.
    listener : callable or None
        Called with the number of one that somebody chose.
    """

    _esm, _css = beside(__file__, "gallery.js"), beside(__file__, "gallery.css")
    label = traitlets.Unicode().tag(sync=True)
    names = traitlets.List().tag(sync=True)
    pictures = traitlets.List().tag(sync=True)
    chosen = traitlets.Int(-1).tag(sync=True)
    heard = traitlets.Int(0).tag(sync=True)
    """How often something was chosen: then the browser looks what is chosen now, which may be what was before."""

    def __init__(self, label, names, pictures):
        super().__init__(label=label, names=list(names), pictures=list(pictures))
        self.listener = None
        self.on_msg(self._hear)

    def choose(self, number):
        """Choose one, as a hand does it in the browser."""
        self._hear(self, {"event": "choose", "n": number}, [])

    def _hear(self, __, content, buffers):
        event = understood(content, EVENTS)
        if event is None or event["n"] >= len(self.names):
            return
        try:
            if self.listener is not None:
                self.listener(event["n"])
        finally:
            self.heard += 1


@cache
def picture(dataset):
    """A table as a small picture, in SVG: classes as dots of two colours, numbers as a heat map."""
    table = getattr(data, dataset)(SHOWN)
    half = round(SCALE * reach(table))
    if not table.kinds:
        return f'<svg viewBox="0 0 1 1" preserveAspectRatio="none">{_heat(dataset)}</svg>'
    blue = table.T[:, 0] == 1
    places = np.round(table.X * (1, -1) * SCALE).astype(int)
    dots = "".join(
        f'<path d="{"".join(f"M{x},{y}h0" for x, y in places[rows].tolist())}" class="annkit-p" '
        f'stroke="{marks.COLOURS[colour]}"/>'
        for colour, rows in (("blue", blue), ("orange", ~blue))
    )
    return f'<svg viewBox="{-half} {-half} {2 * half} {2 * half}" stroke-width="20">{dots}</svg>'


def _heat(dataset):
    """The numbers of a table all over its plane: at each place that of the nearest sample."""
    table = getattr(data, dataset)(1000)
    x, y = np.meshgrid(*2 * [np.linspace(-1, 1, CELLS)])
    away = np.hypot(*(np.stack([x, y])[..., None] - table.X.T[:, None, None]))
    values = table.T[:, 0][away.argmin(axis=2)]
    address = heat_address(values / np.abs(values).max())
    return f'<image width="1" height="1" preserveAspectRatio="none" href="{address}"/>'
