"""Where everything stands in the XOR lab's picture, what of it stays, and how shades and words are drawn there."""

import html

import numpy as np

from annkit.labs.xor.move import FRAME
from annkit.stage import Panel, marks

SIZE = WIDTH, HEIGHT = 820, 364
STAGE = Panel.whole(WIDTH, HEIGHT)
"""The whole picture, in stage units."""
LIMITS = {"xlim": (-0.5, 1.5), "ylim": (-0.5, 1.5)}
PLANE = Panel.plain(506, 28, 306, 306, **LIMITS)
"""The large plane."""
SMALL = {
    "h₁": Panel.plain(150, 34, 108, 108, **LIMITS),
    "h₂": Panel.plain(150, 218, 108, 108, **LIMITS),
    "o": Panel.plain(336, 126, 108, 108, **LIMITS),
}
"""The planes of the three perceptrons in the network."""
ENDS = {
    "x₁": (36, 88), "x₂": (36, 272),
    **{name: (panel.x, panel.y + panel.height / 2) for name, panel in SMALL.items()},
}  # fmt: skip
"""Where the edges to a node end."""
STARTS = {name: (x + SMALL[name].width if name in SMALL else x, y) for name, (x, y) in ENDS.items()}
"""Where the answer of a node stands, and its edges begin."""
COLOURS = {"h₁": "violet", "h₂": "teal", "o": "ink"}
DASHES = {"h₁": None, "h₂": "9 5", "o": None}
"""Where both hidden lines are the same, both can be seen."""
SHADE = 0.26


def prepare(axes):
    """Draw what stays: the frames and the names."""
    ink = axes.xaxis.label.get_color()
    axes.set_position((0, 0, 1, 1))
    axes.set(xlim=STAGE.xlim, ylim=STAGE.ylim)
    for panel in (*SMALL.values(), PLANE):
        x, y = panel.x + panel.width * np.array([0, 1, 1, 0, 0]), panel.y + panel.height * np.array([0, 0, 1, 1, 0])
        axes.plot(x, y, color=ink, alpha=0.35, linewidth=1)
    for name in ("x₁", "x₂"):
        x, y = STARTS[name]
        axes.text(x, y - 31, name, color=ink, style="italic", size=16, ha="center", va="center")
    x, y = ENDS["o"]
    axes.text(x + SMALL["o"].width / 2, y - 68, "o", color=ink, style="italic", size=16, ha="center", va="center")


def sides(panel, line):
    """Both sides of a line, for `shades`."""
    return [(panel, line.part(FRAME, answer), answer) for answer in (0, 1)]


def shades(parts):
    """Polygons, each with its panel and the answer there, in two colours."""
    paths = {0: [], 1: []}
    for panel, outline, answer in parts:
        left, low, scale = panel.x, panel.y + panel.height, panel.width / 2
        places = "L".join(f"{left + scale * (x + 0.5):.1f},{low - scale * (y + 0.5):.1f}" for x, y in outline)
        paths[int(answer)] += [f"M{places}Z"] if outline else []
    return "".join(
        f'<path d="{"".join(path)}" fill="{marks.COLOURS[colour]}" fill-opacity="{SHADE}"/>'
        for path, colour in ((paths[0], "orange"), (paths[1], "blue"))
        if path
    )


def word(x, y, text, colour=None):
    """One text, for `texts`."""
    fill = f' fill="{marks.COLOURS[colour]}"' if colour else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{fill}>{html.escape(text)}</text>'


def texts(look, size, *words):
    """Words of one look and one size."""
    return f'<g class="{look}" font-size="{size:g}" text-anchor="middle" fill="currentColor">{"".join(words)}</g>'


def faded(opacity, *parts):
    """Parts that come or go."""
    return f'<g opacity="{opacity:.3g}">{"".join(parts)}</g>' if opacity < 1 else "".join(parts)


def within(place, half, start, length):
    """A place moved so far that what reaches half so far to both sides of it lies in a range."""
    return min(start + length - half, max(start + half, place))
