"""The picture of the convolution lab: the sheet, what the kernel looks at and adds up, and the map beside them."""

import html

import numpy as np

from annkit.labs.convolution.places import CELL_HEIGHT, TOPS, at, frame, looked_at, paper, shows_blocks
from annkit.labs.convolution.puzzle import SIZE
from annkit.labs.convolution.sheet import PICTURE, SIDE
from annkit.stage import Handle, marks
from annkit.stage.marks import COLOURS
from annkit.translation import _
from annkit.wording import number, short

TITLE, SMALL = 14, 13
SUM = TOPS[2] + 3 * CELL_HEIGHT + 23
"""Where the sum of the products stands."""
LARGEST, LETTER = 17, 0.6
"""Its size, and about the width of a bold letter of size 1."""
PALE = 0.35
"""So strong is the ink under a number, at most."""
MOST = 2.2
"""A weight of this size has the full colour."""


def strongest(lab):
    """What has the full colour in a map."""
    largest = [np.abs(lab.map).max(), 1]
    return max(*largest, np.abs(lab.wanted).max()) if lab.puzzle else max(largest)


def heats(lab, where):
    """All pixels."""
    seen, full = looked_at(lab), strongest(lab)
    parts = [(paper(where.sheet), lab.sheet[::-1], "ink")]
    tables = (seen * PALE, lab.K / MOST, lab.K * seen / MOST)
    for panel, values, palette in zip(where.boards, tables, ("ink", "signed", "signed"), strict=True):
        parts.append((panel, values[::-1], palette))
    first = lab.result if shows_blocks(lab) else lab.map
    parts.append((where.first, first[::-1] / full))
    if where.second:
        second = lab.wanted if lab.puzzle else lab.result
        parts.append((where.second, second[::-1] / full))
    return parts


def steady(lab, where):
    """What seldom changes: frames, grids, titles."""
    parts = []
    if lab.padding:
        parts.append(_ring(where.sheet))
    for panel in (where.sheet, *where.boards, where.first, where.second):
        if panel:
            parts.append(_lines(panel))
    if lab.pooling != "none" and not lab.puzzle:
        parts.append(_lines(where.first, 2, "soft", 1.4))
    return "".join(parts)


def live(lab, where):
    """What changes: numbers, what leads from the picture to the map, titles with numbers."""
    seen = looked_at(lab)
    pixels, kernel, products = where.boards
    parts = [_ways(lab, where)]
    parts += [
        _board(pixels, seen),
        _board(kernel, lab.K),
        _board(products, lab.K * seen),
        _words(pixels, _("pixels in the frame")),
        _words(kernel, _("× the kernel")),
        _words(products, _("= the products")),
    ]
    x = products.x + products.width / 2
    parts.append(_text(x, SUM, sum_words(lab), LARGEST, True))
    parts.append(_words(where.sheet, sheet_words(lab)))
    first, second = map_words(lab)
    parts.append(_words(where.first, first))
    if where.second:
        parts.append(_words(where.second, second))
    panel = where.second or where.first
    left = where.first.x
    middle = (left + panel.x + panel.width) / 2
    words = _("full colour: blue {most}, orange −{most}").format(most=number(strongest(lab)))
    parts.append(_text(middle, panel.y + panel.height + 18, words, SMALL, colour="soft"))
    if lab.pooling != "none":
        parts.append(_block(lab, where))
    if lab.puzzle and lab.pooling == "none":
        parts.append(_cell(where.second, *at(lab)))
    if lab.is_drawing:
        pad = where.pad
        parts.append(marks.box(pad.x, pad.y, pad.width, pad.height, "none", "blue", dash="6 4", round=3))
        parts.append(_outline(where.sheet, *frame(lab)))
        parts.append(lab.pen_drawn())
    return "".join(parts)


def sum_words(lab):
    """The sum of the nine products."""
    return _("sum {value}").format(value=number((lab.K * looked_at(lab)).sum()))


def sheet_words(lab):
    """What the sheet shows."""
    if lab.picture == "digit":
        return _("picture {row} shows {digit}").format(row=lab.row, digit=lab.digit)
    if lab.is_drawing:
        return _("draw in the dashed square")
    return {
        "upright": _("an upright bar"), "level": _("a level bar"), "dot": _("a single dot"), "own": _("your drawing"),
    }[lab.picture]  # fmt: skip


def map_words(lab):
    """What the maps are called."""
    shape = "{} × {}".format(*lab.map.shape)
    last = "{} × {}".format(*lab.result.shape)
    if lab.puzzle:
        return _("your map"), _("the hidden kernel's map")
    pooled = _("max of each block, {shape}") if lab.pooling == "max" else _("mean of each block, {shape}")
    return _("the map, {shape}").format(shape=shape), pooled.format(shape=last)


def handles(lab, where):
    """What can be taken hold of: the picture, the frame, and the place of the map."""
    x, y = frame(lab)
    pixel = where.pad.width / PICTURE
    made = []
    if not lab.is_drawing:
        half = where.pad.width / 2
        label = _("the picture, moved by {right} to the right and {down} down")
        label = label.format(right=number(lab.moved[0]), down=number(lab.moved[1]))
        middle = SIDE / 2 + lab.moved[0], SIDE / 2 + lab.moved[1]
        made.append(Handle("digit", where.sheet, *middle, _grip(half), label, reach=(half, half)))
        label = _("the frame, at row {row}, column {column}").format(row=lab.cell[0], column=lab.cell[1])
        half = SIZE * pixel / 2
        mark = _square_mark(half)
        made.append(Handle("frame", where.sheet, x + SIZE / 2, y + SIZE / 2, mark, label, reach=(half, half)))
    row, column = at(lab)
    shown = lab.result if shows_blocks(lab) else lab.map
    half = where.first.width / shown.shape[1] / 2, where.first.height / shown.shape[0] / 2
    label = _("row {row}, column {column} of the map: {value}")
    label = label.format(row=row + 1, column=column + 1, value=number(shown[row, column]))
    made.append(Handle("cell", where.first, column + 0.5, row + 0.5, _square_mark(*half), label, reach=half))
    return made


def _block(lab, where):
    """The block of the place that is looked at, in the map and where its number is."""
    row, column = ((each - 1) // 2 for each in lab.cell)
    rows, columns = lab.result.shape
    if row >= rows or column >= columns:
        return ""  # at the rim, in no block
    if shows_blocks(lab):
        return _cell(where.second, row, column)
    return _cell(where.first, row * 2, column * 2, 2) + _cell(where.second, row, column)


def _ways(lab, where):
    """From the frame's corners to the pixels beside it, and from the sum to its place in the map."""
    x, y = frame(lab)
    pixels, __, products = where.boards
    parts = ""
    for dy, corner in ((0, 0), (SIZE, pixels.height)):
        a, b = where.sheet.spot(x + SIZE, y + dy)
        parts += f"M{a:.1f},{b:.1f}L{pixels.x - 2:.1f},{pixels.y + corner:.1f}"
    row, column = at(lab)
    a, b = where.first.spot(column, row + 0.5)
    start = products.x + products.width / 2 + LARGEST * LETTER / 2 * len(sum_words(lab)) + 6
    parts += f"M{start:.1f},{SUM}C{start + 40:.1f},{SUM} {a - 60:.1f},{b:.1f} {a - 1:.1f},{b:.1f}"
    return f'<path d="{parts}" fill="none" stroke="{COLOURS["soft"]}" stroke-width="1.3" stroke-opacity="0.75"/>'


def _board(panel, values):
    """Nine numbers, each in its cell."""
    texts = []
    for r in range(SIZE):
        for c in range(SIZE):
            x, y = panel.spot(c + 0.5, r + 0.5)
            texts.append(f'<text x="{x:.0f}" y="{y:.0f}">{short(values[r][c])}</text>')
    look = 'dominant-baseline="central" text-anchor="middle" fill="currentColor"'
    return f'<g {look} font-size="{SMALL}">{"".join(texts)}</g>'


def _words(panel, words):
    return _text(panel.x + panel.width / 2, panel.y - 13, words, TITLE)


def _text(x, y, words, size, bold=False, colour="ink"):
    look = "annkit-t annkit-b" if bold else "annkit-t"
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" class="{look}" text-anchor="middle" font-size="{size}" '
        f'fill="{COLOURS[colour]}">{html.escape(words)}</text>'
    )


def _lines(panel, every=1, colour="ink", width=0.8):
    """The lines between the pixels of a panel, and its frame."""
    across, down = abs(panel.xlim[1] - panel.xlim[0]), abs(panel.ylim[1] - panel.ylim[0])
    path = ""
    for i in range(0, int(across) + 1, every):
        path += f"M{panel.x + panel.width * i / across:.1f},{panel.y:.1f}v{panel.height:.1f}"
    for i in range(0, int(down) + 1, every):
        path += f"M{panel.x:.1f},{panel.y + panel.height * i / down:.1f}h{panel.width:.1f}"
    opacity = 0.16 if every == 1 else 0.8
    return f'<path d="{path}" stroke="{COLOURS[colour]}" stroke-width="{width}" stroke-opacity="{opacity}"/>'


def _ring(panel):
    """The zeros around the sheet."""
    inside = paper(panel)
    outer = f"M{panel.x},{panel.y}h{panel.width}v{panel.height}h-{panel.width}z"
    inner = f"M{inside.x:.1f},{inside.y:.1f}h{inside.width:.1f}v{inside.height:.1f}h-{inside.width:.1f}z"
    look = f'fill="{COLOURS["faint"]}" fill-opacity="0.6" fill-rule="evenodd"'
    return f'<path d="{outer}{inner}" {look}/><path d="{inner}" fill="none" stroke="{COLOURS["soft"]}"/>'


def _cell(panel, row, column, size=1):
    """A frame around a place of a map, or around a block of them."""
    (a, b), (c, d) = panel.spot(column, row), panel.spot(column + size, row + size)
    box = f'x="{a:.1f}" y="{b:.1f}" width="{c - a:.1f}" height="{d - b:.1f}"'
    return f'<rect {box} fill="none" stroke="currentColor" stroke-width="2"/>'


def _outline(panel, x, y):
    return _cell(panel, y, x, SIZE)


def _square_mark(half, high=None):
    """A frame drawn around (0, 0)."""
    high = half if high is None else high
    box = f'x="{-half:.1f}" y="{-high:.1f}" width="{2 * half:.1f}" height="{2 * high:.1f}" fill="none"'
    return (
        f'<rect {box} stroke="{COLOURS["paper"]}" stroke-width="5"/>'
        f'<rect {box} stroke="currentColor" stroke-width="2.5"/>'
    )


def _grip(half):
    """What says that the picture can be moved, drawn around (0, 0): its corners, and a cross of arrows in one."""
    end, inner = half, half - 14
    corners = "".join(
        f"M{sx * end:.1f},{sy * inner:.1f}V{sy * end:.1f}H{sx * inner:.1f}" for sx in (-1, 1) for sy in (-1, 1)
    )
    arrows = "M-6,0H6M0-6V6M-3.5-2.5L-6,0l2.5,2.5M3.5-2.5L6,0l-2.5,2.5M-2.5-3.5L0-6l2.5,2.5M-2.5,3.5L0,6l2.5-2.5"
    return (
        f'<path d="{corners}" fill="none" stroke="{COLOURS["blue"]}" stroke-width="2"/>'
        f'<g transform="translate({end - 1:.1f},{end - 1:.1f})"><circle r="10" class="annkit-n"/>'
        f'<path d="{arrows}" fill="none" stroke="currentColor" stroke-width="1.4"/></g>'
    )
