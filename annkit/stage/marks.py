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
}
"""blue is positive and O, orange is negative and X, grey is not yet."""


def clip(panel, *marks):
    """The marks, cut off at the panel's frame."""
    box = f'x="{panel.x:.1f}" y="{panel.y:.1f}" width="{panel.width:.1f}" height="{panel.height:.1f}"'
    view = f"{panel.x:.1f} {panel.y:.1f} {panel.width:.1f} {panel.height:.1f}"
    return f'<svg {box} viewBox="{view}">{"".join(marks)}</svg>'


def line(panel, x, y, colour="ink", width=2, dash=None, opacity=1):
    """A line through the points x, y, each of shape (n,)."""
    style = f'stroke="{COLOURS[colour]}" stroke-width="{width:g}"'
    style += f' stroke-dasharray="{dash}"' if dash else ""
    style += f' opacity="{opacity:g}"' if opacity != 1 else ""
    return f'<polyline points="{_points(panel, x, y)}" fill="none" {style}/>'


def area(panel, x, y, colour, opacity=0.12):
    """A filled polygon with the corners x, y, each of shape (n,)."""
    return f'<polygon points="{_points(panel, x, y)}" fill="{COLOURS[colour]}" fill-opacity="{opacity:g}"/>'


def arrow(panel, x, y, colour="ink", width=3, head=11):
    """An arrow from (x[0], y[0]) to (x[1], y[1]); nothing where the two are the same place."""
    start, tip = panel.place(x, y)
    length = float(np.hypot(*(tip - start)))
    if length < 0.5:
        return ""
    along = (tip - start) / length
    head = min(head, length)
    base = tip - along * head
    side = np.array([-along[1], along[0]]) * head * 0.45
    corners = " ".join(f"{a:.1f},{b:.1f}" for a, b in (tip, base + side, base - side))
    return (
        f'<path d="M{start[0]:.1f},{start[1]:.1f}L{base[0]:.1f},{base[1]:.1f}" '
        f'stroke="{COLOURS[colour]}" stroke-width="{width:g}"/>'
        f'<polygon points="{corners}" fill="{COLOURS[colour]}"/>'
    )


def text(panel, x, y, words, colour="ink", anchor="middle", size=12, shift=(0, 0), bold=False):
    """Words at one place; `anchor` is start, middle or end, `shift` moves them by stage units. Escaped here."""
    ((a, b),) = panel.place(x, y) + np.asarray(shift)
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{a:.1f}" y="{b:.1f}" text-anchor="{anchor}" dominant-baseline="central" font-size="{size:g}"{weight}'
        f' fill="{COLOURS[colour]}" stroke="{COLOURS["paper"]}" stroke-width="3" stroke-linejoin="round" '
        f'paint-order="stroke">{html.escape(words)}</text>'
    )


def point(label, ring=False, chosen=False):
    """One point of class O (`label` 1, a blue circle) or X (0, an orange cross), drawn around (0, 0).

    `ring` says that it is on the wrong side, `chosen` that it is the one that is looked at.
    """
    disc = f'fill="{COLOURS["paper"]}" fill-opacity="0.85" stroke="{COLOURS["ink"]}" stroke-width="1"'
    halo = f'<circle r="11.5" {disc}/>' if chosen else ""
    dashes = f'stroke="{COLOURS["ink"]}" stroke-width="2" stroke-dasharray="4 2.5"'
    rim = f'<circle r="15" fill="none" {dashes}/>' if ring else ""
    if label:
        shape = f'<circle r="7" fill="{COLOURS["paper"]}" stroke="{COLOURS["blue"]}" stroke-width="3.5"/>'
    else:
        cross = '<path d="M-6.5,-6.5L6.5,6.5M-6.5,6.5L6.5,-6.5" stroke-linecap="round" stroke="{}" stroke-width="{}"/>'
        shape = cross.format(COLOURS["paper"], 7) + cross.format(COLOURS["orange"], 4)
    return halo + rim + shape


def points(panel, x, y, label, ring=False):
    """Many small points of one class as one mark, for tables too large for handles."""
    places = panel.place(x, y)
    if not len(places):
        return ""
    circle = "m-{0},0a{0},{0} 0 1,0 {1},0a{0},{0} 0 1,0-{1},0".format
    shape, colour = (circle(4, 8), "blue") if label else ("m-3.5-3.5l7,7m-7,0l7-7", "orange")
    path = "".join(f"M{a:.0f},{b:.0f}{shape}" for a, b in places)
    mark = f'<path d="{path}" fill="none" stroke="{COLOURS[colour]}" stroke-width="2"/>'
    if ring:
        rings = "".join(f"M{a:.0f},{b:.0f}{circle(8, 16)}" for a, b in places)
        mark += f'<path d="{rings}" fill="none" stroke="{COLOURS["ink"]}" stroke-dasharray="3 2"/>'
    return mark


def at(panel, x, y, mark):
    """A mark drawn around (0, 0), moved to a place of the panel."""
    ((a, b),) = panel.place(x, y)
    return f'<g transform="translate({a:.1f},{b:.1f})">{mark}</g>'


def _points(panel, x, y):
    # Places far outside would lose precision in the browser; the frame cuts them off anyway.
    return " ".join(f"{a:.1f},{b:.1f}" for a, b in np.clip(panel.place(x, y), -1e5, 1e5))
