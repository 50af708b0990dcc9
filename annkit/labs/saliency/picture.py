"""The picture of the saliency lab: the pad, what speaks for and against in what the network sees, and the outputs."""

import html

import numpy as np

from annkit.labs.digits import picture as digits
from annkit.labs.saliency.state import SIDE
from annkit.stage import Handle, Panel, marks
from annkit.stage.marks import COLOURS
from annkit.translation import _

SIZE, PAD = digits.SIZE, digits.PAD
MAP = Panel.plain(334, 40, 304, 304, (0.5, SIDE + 0.5), (SIDE + 0.5, 0.5))
"""Its places are pixels: columns across, rows down, from 1."""
CELL = MAP.width / SIDE
BARS = Panel.plain(690, 40, 66, 304, (0, 1), (9.5, -0.5))
LONGEST = -0.06, 1.05
INK = 0.82
"""The side of a pixel full of ink, of its cell."""
FAINT = 0.75
"""How strong the colour of the steepest pixel is."""


def prepare(axes):
    """Draw what stays: frames and a title."""
    digits.frame(axes, (PAD, MAP), [(PAD, _("the pad: draw here"))])


def heats(lab, slopes):
    """The pixels on the pad; and the slopes of the lead, blue where ink speaks for the answer."""
    steepest = np.abs(slopes).max() or 1
    return [*digits.on_pad(lab), (MAP, FAINT * slopes.reshape(SIDE, SIDE)[::-1] / steepest)]


def live(lab, outputs):
    """All marks: the ink that the network sees, the least ink, the outputs, the pen."""
    two = lab.sides
    return _ink(lab.shown.reshape(SIDE, SIDE)) + _rings(lab) + _title(two) + _bars(lab, outputs, two) + lab.pen_drawn()


def handle(lab, words):
    """The pixel that is looked at."""
    row, column = lab.pixel
    half = CELL / 2
    frame = marks.box(-half, -half, CELL, CELL, "none", "ink")
    return Handle("pixel", MAP, column, row, frame, words, movable=False, reach=(half, half))


def pixel_at(x, y):
    """The pixel of the map at x, y (stage units), or None."""
    if not MAP.holds(x, y):
        return None
    column, row = (min(SIDE, max(1, round(each))) for each in MAP.data(x, y))
    return row, column


def digit_at(x, y):
    """The digit whose bar is at x, y (stage units), or None."""
    if x < MAP.x + MAP.width + 8 or not BARS.y <= y <= BARS.y + BARS.height:
        return None
    return min(9, max(0, round(BARS.data(x, y)[1])))


def _ink(seen):
    """Each pixel as a square, the larger the more ink it has."""
    path = ""
    for row, column in np.argwhere(seen).tolist():
        side = INK * CELL * seen[row, column] ** 0.5
        x, y = MAP.x + (column + 0.5) * CELL - side / 2, MAP.y + (row + 0.5) * CELL - side / 2
        path += f"M{x:.1f},{y:.1f}h{side:.1f}v{side:.1f}h{-side:.1f}z"
    return f'<path d="{path}" fill="{COLOURS["ink"]}" fill-opacity="0.72"/>' if path else ""


def _rings(lab):
    """Rings around the pixels of the least ink: in the map, and on the pad where it shows a picture of the data."""
    rings = ""
    for number in lab.least.pixels:
        row, column = divmod(number, SIDE)
        for panel in (MAP,) if lab.own else (MAP, PAD):
            x, y = panel.x + (column + 0.5) * CELL, panel.y + (row + 0.5) * CELL
            rings += f"M{x - 13:.1f},{y:.1f}a13,13 0 1 0 26,0a13,13 0 1 0-26,0"
    paper, violet = COLOURS["paper"], COLOURS["violet"]
    return (
        f'<path d="{rings}" fill="none" stroke="{paper}" stroke-width="6" stroke-opacity="0.8"/>'
        f'<path d="{rings}" fill="none" stroke="{violet}" stroke-width="3"/>'
    )


def _title(two):
    """What the colours say, in these colours."""
    words = (
        ("blue", _("ink here: for {digit}").format(digit=two.answer), MAP.x, "start"),
        ("orange", _("ink here: for {digit}").format(digit=two.rival), MAP.x + MAP.width, "end"),
    )
    return "".join(
        f'<text x="{x:.0f}" y="20" class="annkit-t annkit-b annkit-{colour}" text-anchor="{anchor}" '
        f'font-size="13.5">{html.escape(text)}</text>'
        for colour, text, x, anchor in words
    )


def _bars(lab, outputs, two):
    """A bar for each output: blue for the answer, orange for the other side."""
    colours = {two.answer: "blue", two.rival: "orange"}
    paths, texts, now = {}, [], int(outputs.argmax())
    for digit, output in enumerate(outputs):
        y = BARS.spot(0, digit)[1]
        colour, length = colours.get(digit, "grey"), BARS.width * float(np.clip(output, *LONGEST))
        paths.setdefault(colour, []).append(f"M{BARS.x},{y:.0f}h{length:.1f}")
        bold = ' font-weight="bold"' if digit == now else ""
        texts.append(f'<text x="{BARS.x - 16}" y="{y:.0f}"{bold} font-size="16">{digit}</text>')
        written = digits.written(lab.net, output)
        texts.append(f'<text x="{BARS.x + max(length, 0) + 5:.0f}" y="{y:.0f}"{bold}>{written}</text>')
    bars = "".join(
        f'<path d="{"".join(d)}" stroke="{COLOURS[colour]}" stroke-width="17"/>' for colour, d in paths.items()
    )
    title = f'<text x="{BARS.x - 24}" y="20" font-size="{digits.TITLE}">{html.escape(_("the outputs"))}</text>'
    return f'{bars}<g class="annkit-t" font-size="{digits.TEXT}" fill="currentColor">{"".join(texts)}{title}</g>'
