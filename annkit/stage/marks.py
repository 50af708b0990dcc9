"""The marks: what moves on a set, each as a short SVG string.

A mark is placed in the data coordinates of its panel. `clip` keeps marks inside the panel's frame. Colours come from
`COLOURS` by name, so that one picture holds in the light, in the dark and in grey print.
"""

import html

import numpy as np

COLOURS = {
    "ink": "currentColor",
    "paper": "var(--annkit-paper, #fff)",
    "blue": "var(--annkit-blue, #0b69b7)",
    "orange": "var(--annkit-orange, #c2500a)",
    "grey": "var(--annkit-grey, #767676)",
    "lit": "var(--annkit-lit, #ffe48f)",
    "violet": "var(--annkit-violet, #7b3fb8)",
    "teal": "var(--annkit-teal, #00776b)",
    "good": "var(--annkit-good, #1a7f4b)",
    "soft": "var(--annkit-soft, #5b6370)",
    "faint": "var(--annkit-line, #e1e4ea)",
    "quiet-1": "var(--annkit-blue-quiet, #d9e8f7)",
    "quiet-0": "var(--annkit-orange-quiet, #fbe4d3)",
}
"""blue is positive and ○, orange is negative and ×, grey is not yet, lit lies behind what is looked at, good is done;
violet and teal tell two things apart that are neither; soft is what matters less, faint what only lies behind it, and
the quiet ones lie behind what is blue or orange."""

STYLE = """
.annkit-t { dominant-baseline: central; stroke: PAPER; stroke-width: 3px; stroke-linejoin: round; paint-order: stroke; }
.annkit-e { stroke-width: 6px; }
.annkit-b { font-weight: bold; }
.annkit-i { font-style: italic; }
.annkit-v { dominant-baseline: central; font-weight: bold; pointer-events: none; }
.annkit-o { fill: PAPER; stroke: BLUE; stroke-width: 3.5px; }
.annkit-x { stroke: ORANGE; stroke-width: 4px; stroke-linecap: round; }
.annkit-y { stroke: PAPER; stroke-width: 7px; stroke-linecap: round; }
.annkit-d { fill: PAPER; fill-opacity: 0.85; stroke: INK; stroke-width: 1px; }
.annkit-w { fill: none; stroke: INK; stroke-width: 2px; stroke-dasharray: 4 2.5; }
.annkit-a { stroke: INK; fill: INK; stroke-linejoin: round; }
.annkit-p { fill: none; stroke-linecap: round; }
.annkit-plus { stroke: BLUE; }
.annkit-minus { stroke: ORANGE; }
.annkit-zero { stroke: GREY; stroke-dasharray: 3 3; }
.annkit-lit { fill: LIT; }
.annkit-n { fill: PAPER; stroke: INK; stroke-width: 1px; }
.annkit-nl { fill: LIT; stroke: INK; stroke-width: 2px; }
.annkit-fan { display: none; }
.annkit-blue { fill: BLUE; }
.annkit-orange { fill: ORANGE; }
.annkit-grey { fill: GREY; }
.annkit-soft { fill: SOFT; }
.annkit-good { fill: GOOD; }
.annkit-paper { fill: PAPER; }
.annkit-on-blue { fill: QUIET-1; }
.annkit-on-orange { fill: QUIET-0; }
.annkit-on-grey { fill: FAINT; }
.annkit-off { stroke: FAINT; }
.annkit-cut { stroke: SOFT; stroke-opacity: 0.6; stroke-width: 1.5px; }
.annkit-mark { fill: VIOLET; stroke: PAPER; stroke-width: 1.5px; }
"""
for _name, _colour in COLOURS.items():
    STYLE = STYLE.replace(_name.upper(), _colour)
"""What marks look like, said once for the page and for a saved picture, so that each mark is a few bytes."""


def clip(panel, *marks):
    """The marks, cut off at the panel's frame."""
    box = f'x="{panel.x:.1f}" y="{panel.y:.1f}" width="{panel.width:.1f}" height="{panel.height:.1f}"'
    view = f"{panel.x:.1f} {panel.y:.1f} {panel.width:.1f} {panel.height:.1f}"
    return f'<svg {box} viewBox="{view}">{"".join(marks)}</svg>'


def sign_colour(value):
    """The name of the colour of a number's sign."""
    return "blue" if value > 0 else "orange" if value < 0 else "grey"


def line(panel, x, y, colour="ink", width=2, dash=None, opacity=1):
    """A line through the points x, y, each of shape (n,)."""
    style = f'stroke="{COLOURS[colour]}" stroke-width="{width:g}"'
    style += f' stroke-dasharray="{dash}"' if dash else ""
    style += f' opacity="{opacity:g}"' if opacity != 1 else ""
    return f'<polyline points="{_points(panel, x, y)}" fill="none" {style}/>'


def way(places, look):
    """A line through places in stage units, shape (n, 2), with the `look` of its stroke; long ones are few bytes."""
    tenths = np.round(10 * np.asarray(places)).clip(-1e6, 1e6)
    (x, y), steps = tenths[0] / 10, np.diff(tenths, axis=0) / 10
    path = " ".join(f"{a:g},{b:g}" for a, b in steps.tolist()) or "0,0"
    return f'<path d="M{x:g},{y:g}l{path}" fill="none" {look}/>'


def lines(panel, ends, colour="ink", width=2, opacity=1):
    """Separate lines as one mark: their ends, shape (n, 2, 2), in data coordinates."""
    places = panel.place(*np.reshape(ends, (-1, 2)).T).clip(-1e5, 1e5).reshape(-1, 4).tolist()
    path = "".join(f"M{a:.1f},{b:.1f}L{c:.1f},{d:.1f}" for a, b, c, d in places)
    return f'<path d="{path}" fill="none" stroke="{COLOURS[colour]}" stroke-width="{width:g}" opacity="{opacity:g}"/>'


def area(panel, x, y, colour, opacity=0.12):
    """A filled polygon with the corners x, y, each of shape (n,)."""
    return f'<polygon points="{_points(panel, x, y)}" fill="{COLOURS[colour]}" fill-opacity="{opacity:g}"/>'


def arrow(panel, x, y, colour="ink", width=3, head=11):
    """An arrow from (x[0], y[0]) to (x[1], y[1]); nothing where the two are the same place."""
    start, tip = (complex(*panel.spot(*ends)) for ends in zip(x, y, strict=True))
    length = abs(tip - start)
    if length < 0.5:
        return ""
    along = (tip - start) / length * min(head, length)
    base, side = tip - along, 0.45j * along
    a, b, c, d, e = (f"{p.real:.1f},{p.imag:.1f}" for p in (start, base, tip, base + side, base - side))
    path = f"M{a}L{b}M{c}L{d}L{e}Z"
    return f'<path d="{path}" class="annkit-a" color="{COLOURS[colour]}" stroke-width="{width:g}"/>'


def text(panel, x, y, words, colour="ink", anchor="middle", size=13, shift=(0, 0), bold=False):
    """Words at one place; `anchor` is start, middle or end, `shift` moves them by stage units. Escaped here."""
    (a, b), (right, down) = panel.spot(x, y), shift
    classes = "annkit-t annkit-b" if bold else "annkit-t"
    return (
        f'<text x="{a + right:.1f}" y="{b + down:.1f}" class="{classes}" text-anchor="{anchor}" font-size="{size:g}" '
        f'fill="{COLOURS[colour]}">{html.escape(words)}</text>'
    )


def point(label, ring=False, chosen=False):
    """One point of class ○ (`label` 1, a blue circle) or × (0, an orange cross), drawn around (0, 0).

    `ring` says that it is on the wrong side, `chosen` that it is the one that is looked at.
    """
    mark = '<circle r="11.5" class="annkit-d"/>' if chosen else ""
    mark += '<circle r="15" class="annkit-w"/>' if ring else ""
    if label:
        return mark + '<circle r="7" class="annkit-o"/>'
    cross = '<path d="M-6.5-6.5l13,13m-13,0l13-13" class="annkit-{}"/>'
    return mark + cross.format("y") + cross.format("x")


def dot(radius=8, number=None, middle=False):
    """A round grip, drawn around (0, 0): with a number in it, or with its middle marked."""
    mark = f'<circle r="{radius:g}" class="annkit-d"/>'
    if middle:
        mark += '<circle r="3.5" fill="currentColor"/>'
    if number is not None:
        mark += (
            f'<text class="annkit-t annkit-b" text-anchor="middle" font-size="13" fill="currentColor">{number}</text>'
        )
    return mark


def grip(angle):
    """What a line is moved by, drawn around (0, 0): a disc with an arrowhead to either side, at so many degrees."""
    heads = "M2.5-3.5l3.5 3.5l-3.5 3.5M-2.5-3.5l-3.5 3.5l3.5 3.5"
    return (
        f'<g transform="rotate({angle:.0f})"><circle r="9" class="annkit-n"/>'
        f'<path d="{heads}" fill="none" stroke="currentColor" stroke-width="1.5"/></g>'
    )


def disc(colour, name, radius=10):
    """A filled circle with a short name in it, drawn around (0, 0)."""
    return (
        f'<circle r="{radius:g}" fill="{COLOURS[colour]}" stroke="{COLOURS["paper"]}" stroke-width="1.5"/>'
        f'<text class="annkit-v" text-anchor="middle" font-size="13" fill="{COLOURS["paper"]}">{name}</text>'
    )


def box(x, y, width, height, colour="none", stroke="none", opacity=1, dash=None, round=0):
    """A rectangle in stage units. A colour is one of `COLOURS` or, where colours are what is shown, one of CSS."""
    fill, edge = COLOURS.get(colour, colour), COLOURS.get(stroke, stroke)
    style = f'fill="{fill}" fill-opacity="{opacity:g}" stroke="{edge}" stroke-opacity="{opacity:g}"'
    style += f' stroke-dasharray="{dash}"' if dash else ""
    style += f' rx="{round:g}"' if round else ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" {style}/>'


def points(panel, x, y, label, ring=False):
    """Many small points of one class as one mark, for tables too large for handles."""
    places = np.unique(np.round(panel.place(x, y)).astype(int), axis=0)
    steps = np.diff(places, axis=0, prepend=[[0, 0]]).tolist()  # as steps from one to the next they are short
    layers = [("ink", 16), ("paper", 13)] if ring else []
    dots = "".join(f"m{a},{b}h0" for a, b in steps)
    parts = [dots] * len(layers)
    if label:
        layers += [("blue", 9), ("paper", 5)]
        parts += [dots] * 2
    elif steps:
        layers += [("orange", 2.5)]
        parts.append("m3-3" + "".join(f"m{a - 6},{b}l6,6m-6,0l6-6" for a, b in steps))
    return "".join(
        f'<path d="{path}" class="annkit-p" stroke="{COLOURS[colour]}" stroke-width="{width}"/>'
        for path, (colour, width) in zip(parts, layers, strict=True)
        if path
    )


def at(panel, x, y, mark):
    """A mark drawn around (0, 0), moved to a place of the panel."""
    a, b = panel.spot(x, y)
    return f'<g transform="translate({a:.1f},{b:.1f})">{mark}</g>'


def coming(mark, dx, dy):
    """A mark that comes from so far away, in stage units, when it is drawn; in a saved picture it is there."""
    return f'<g class="annkit-coming" style="--dx:{dx:.0f}px;--dy:{dy:.0f}px">{mark}</g>'


def filling(mark, seconds, passed):
    """A mark that fills from its left in so many seconds, of which some have passed; in a saved picture it is full."""
    return f'<g class="annkit-filling" style="--seconds:{seconds:.6g}s;--passed:{passed:.3f}s">{mark}</g>'


def strokes(lines, strengths, curved=False):
    """Lines that stand for weights, as `stage.js` draws them: for `Stage.show`'s `lines`, shape (n, 4) and (n, 2)."""
    parts = []
    for (x1, y1, x2, y2), (strength, emphasis) in zip(lines, strengths.tolist(), strict=True):
        sign = "plus" if strength > 0 else "minus" if strength < 0 else "zero"
        width = 0.8 + abs(strength) / 16 + (1.2 if emphasis == 2 else 0)
        opacity = (0.15, 0.75, 1)[emphasis]
        middle = (x1 + x2) / 2
        way = f"C{middle:g},{y1:g} {middle:g},{y2:g} " if curved else "L"
        path = f'<path d="M{x1:g},{y1:g}{way}{x2:g},{y2:g}" fill="none" class="annkit-{sign}"'
        parts.append(f'{path} stroke-width="{width:.1f}" stroke-opacity="{opacity}"/>')
    return "".join(parts)


def _points(panel, x, y):
    # Places far outside would lose precision in the browser; the frame cuts them off anyway.
    return " ".join(f"{a:.1f},{b:.1f}" for a, b in panel.place(x, y).clip(-1e5, 1e5).tolist())
