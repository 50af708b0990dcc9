"""The picture of the playground: every unit's answer as a small map, edges by weight, the plane, the errors' curves."""

import html
from functools import lru_cache

import numpy as np
from contourpy import contour_generator

from annkit.activations import overflow_allowed
from annkit.features import MADE, made
from annkit.labs.playground import chart
from annkit.labs.playground.board import ADDS, BETWEEN, HEIGHT, LAYERS, LEFT, NAMES, PLANE, TILE
from annkit.labs.playground.samples import HALF, held_out, scaled, window
from annkit.stage import Node, heat_address, marks
from annkit.translation import _
from annkit.wording import number, short

FINE, COARSE = 44, 13
"""So many pixels across have the plane and a tile."""
LONGEST = 24
"""So many signs at most has the name of an axis."""


def answers(net, inputs, count, panel=PLANE):
    """What every unit answers all over the plane: for each layer, shape (count, count, units)."""
    layers = [_grid(inputs, count, panel)]
    with overflow_allowed():
        for W, b, f in zip(net.weights, net.biases, net.activations, strict=True):
            layers.append(f.f(layers[-1] @ W + b))
    return [np.nan_to_num(a.reshape(count, count, -1)) for a in layers]


@lru_cache(maxsize=8)
def _grid(inputs, count, panel):
    """What goes in all over the plane."""
    x, y = panel.grid(count, count)
    return made(np.column_stack([x.ravel(), y.ravel()]), inputs)


def shades(values, activation):
    """A unit's answers as colours from −1 to 1: a sigmoid's around ½, others by their largest."""
    if activation == "sigmoid":
        return 2 * values - 1
    return values / max(1e-9, np.abs(values).max())


def heats(lab):
    """The pixels of all tiles and of the plane."""
    net, board = lab.trainer.net, lab.board
    small = answers(net, lab.inputs, COARSE, lab.panel)
    functions = ["identity", *(f.name for f in net.activations)]
    maps = [
        (tile, shades(values[:, :, unit], function))
        for layer, (tiles, values, function) in enumerate(zip(board.tiles, small, functions, strict=False))
        for unit, tile in enumerate(tiles)
    ]
    large = answers(net, lab.inputs, FINE, lab.panel)
    if lab.shows_surface:
        return [*maps, lab.surface.heat()], large[-1][:, :, 0]
    shown = large[lab.picked.layer][:, :, lab.picked.unit] if lab.looks_at_unit else large[-1][:, :, 0]
    function = functions[lab.picked.layer] if lab.looks_at_unit else functions[-1]
    colours = shades(shown, function) if lab.looks_at_unit or lab.classes else np.clip(shown, -1, 1)
    return [*maps, (PLANE, np.sign(colours) * 0.7 if lab.steps else colours)], large[-1][:, :, 0]


def steady(lab):
    """The marks that seldom change."""
    return "".join([*_inputs(lab), *_frames(lab), *_heads(lab), *_axes(lab), "" if lab.shows_surface else _points(lab)])


def live(lab, output):
    """The marks that change with every step; handles are not among them."""
    return "".join([
        *_values(lab), lab.surface.draw() if lab.shows_surface else marks.clip(PLANE, *_boundary(lab, output)),
        *chart.curves(lab), chart.now(lab),
    ])  # fmt: skip


def boundary(panel, values, level):
    """The lines where a map, shape (n, n) over a panel, has a level: arrays of shape (points, 2)."""
    x, y = panel.grid(*values.shape)
    return contour_generator(x, y, values).lines(level)


def _boundary(lab, output):
    if (ghost := lab.ghost_output) is not None:
        for line in boundary(lab.panel, ghost, lab.level):
            yield _way(lab.panel, line, 'stroke-width="1.6" stroke-dasharray="5 4" opacity="0.55"')
    for line in boundary(lab.panel, output, lab.level):
        yield _way(lab.panel, line, 'stroke-width="2"')


def _way(panel, line, look):
    return marks.way(panel.place(*line.T), f'stroke="currentColor" {look}')


def _points(lab):
    """Samples as dots: held-out ones are hollow; numbers as colours."""
    key = lab.table, lab.share, lab.point, lab.panel
    if lab.drawn_points[0] != key:
        lab.drawn_points = key, marks.clip(PLANE, *_drawn_points(lab))
    return lab.drawn_points[1]


def _drawn_points(lab):
    table, held = lab.table, held_out(lab.table, lab.share)
    places = lab.panel.place(*scaled(table.X, table).T)
    if lab.classes:
        for label in (0, 1):
            for part in (True, False):
                rows = (table.labels == label) & (held == part)
                if rows.any():
                    yield spots(np.round(places[rows]).astype(int).tolist(), label, hollow=part)
    else:
        t = np.clip(table.T[:, 0], -1, 1)
        for k, (x, y) in enumerate(places):
            colour = marks.COLOURS[marks.sign_colour(t[k])]
            yield (
                f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3.5" fill="{colour}" fill-opacity="{abs(t[k]):.1f}" '
                f'stroke="{marks.COLOURS["paper"]}"/>'
            )
    if lab.point:
        x, y = places[lab.point - 1]
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="none" stroke="currentColor" stroke-width="1.8"/>'


def spots(places, label, hollow=False, colour=None):
    """Many samples of one class as one mark, small, at places in whole stage units; ○ may have another `colour`."""
    if label:
        path = "".join(f"M{x},{y}h0" for x, y in places)
        layers = [("paper", 10), (colour or "blue", 8)] + ([("paper", 4)] if hollow else [])
    else:
        path = "".join(f"M{x - 3},{y - 3}l6,6m-6,0l6-6" for x, y in places)
        layers = [("paper", 4.5), ("orange", 1.6 if hollow else 2.8)]
    return "".join(
        f'<path d="{path}" class="annkit-p" stroke="{marks.COLOURS[colour]}" stroke-width="{width}"/>'
        for colour, width in layers
    )


def _inputs(lab):
    """The inputs' names, and the frames of those that are not in use."""
    for name, (x, y) in zip(MADE, lab.board.all_inputs, strict=True):
        used = name in lab.inputs
        yield _text(x - TILE / 2 - 7, y, NAMES[name], "ink" if used else "grey", "end", look="annkit-t annkit-i")
        if not used:
            box = f'x="{x - TILE / 2:.1f}" y="{y - TILE / 2:.1f}" width="{TILE}" height="{TILE}"'
            yield f'<image {box} href="{_faint(name)}" preserveAspectRatio="none" class="annkit-pick" opacity="0.3"/>'
            yield marks.box(x - TILE / 2, y - TILE / 2, TILE, TILE, "none", "grey", 0.6, "3 3", 8)


def _frames(lab):
    """Around every tile, and around what is picked."""
    for layer, tiles in enumerate(lab.board.tiles):
        for unit, tile in enumerate(tiles):
            box = f'<rect x="{tile.x:.1f}" y="{tile.y:.1f}" width="{TILE}" height="{TILE}" rx="8" fill="none"'
            if lab.picked == Node(layer, unit):
                yield f'{box} stroke="{marks.COLOURS["lit"]}" stroke-width="7"/>'
                yield f'{box} stroke="currentColor" stroke-width="2.5" class="annkit-pick"/>'
            else:
                yield f'{box} stroke="currentColor" stroke-opacity="0.3" class="annkit-pick"/>'


def _values(lab):
    """Where a step is explained: on each tile what the sample makes of it, or how the error answers to it."""
    if not lab.explain:
        return
    for places, values in zip(lab.board.places[:-1], lab.explained.values(), strict=False):
        for (x, y), value in zip(places, values.tolist(), strict=True):
            colour = marks.COLOURS[marks.sign_colour(value)] if lab.explain > 2 else "currentColor"
            yield (
                f'<text x="{x:.0f}" y="{y:.0f}" class="annkit-t annkit-b" text-anchor="middle" font-size="12" '
                f'fill="{colour}">{short(value)}</text>'
            )
    answer = f"o {short(float(lab.explained.trace.output[0, 0]))}"
    x, y = lab.board.places[-1][0]
    yield (
        f'<text x="{x + 10:.0f}" y="{y - 14:.0f}" class="annkit-t annkit-b" text-anchor="end" font-size="12" '
        f'fill="currentColor">{answer}</text>'
    )


def _heads(lab):
    """What stands over the inputs, the layers and the plane, and under them all."""
    yield _text(LEFT, 12, _("inputs"), "grey", bold=True)
    for units, x in zip(lab.hidden, lab.board.columns[1:-1], strict=True):
        one = _("1 unit") if units == 1 else _("{units} units").format(units=units)
        yield _text(x, 12, one if len(lab.hidden) < 5 else str(units), "grey", bold=True)
    for name, x in zip(lab.activations, lab.board.columns[1:-1], strict=True):
        yield _text(x, 31, name.replace("_", " "), "grey", look="annkit-t annkit-i")
    layers = len(lab.hidden)
    words = _("{layers} hidden layers").format(layers=layers)
    yield _text(LAYERS, HEIGHT - 12, {0: _("no hidden layer"), 1: _("1 hidden layer")}.get(layers, words), "grey")
    yield _text(PLANE.x, BETWEEN, _("error"), "grey", "start")
    if not lab.shows_surface:
        yield _text(ADDS, BETWEEN, _("a click adds"), "grey", "start")


def _axes(lab):
    """What the plane's axes are called; those of a table in other units say from where to where they go."""
    middle, half = window(lab.table)
    moved = (half != HALF).any() or middle.any() or lab.panel != PLANE
    names = lab.axes_names
    if moved and not lab.shows_surface:
        half = half * lab.panel.xlim[1] / HALF
        ends = np.column_stack([middle - half, middle + half]).tolist()
        ends = [" … ".join(number(float(f"{end:.3g}")) for end in each) for each in ends]
        names = [f"{shortened(name, LONGEST)}: {each}" for name, each in zip(names, ends, strict=True)]
    right, top = PLANE.x + PLANE.width, PLANE.y
    yield _text(right, PLANE.y + PLANE.height + 11, names[0], "ink", "end", look="annkit-t annkit-i")
    if len(names[1]) < 4:
        yield _text(PLANE.x - 5, top + 8, names[1], "ink", "end", look="annkit-t annkit-i")
    else:
        turned = f' transform="rotate(-90 {PLANE.x - 9} {top})"'
        yield _text(PLANE.x - 9, top, names[1], "ink", "end", look="annkit-t annkit-i", more=turned)


@lru_cache
def _faint(name):
    """The tile of an input that is not in use, as the address of a picture."""
    values = shades(_grid((name,), COARSE, PLANE).reshape(COARSE, COARSE), "identity")
    return heat_address(values)


def shortened(words, most):
    """Words of so many signs at most."""
    return words if len(words) <= most else words[: most - 1] + "…"


def _text(x, y, words, colour, anchor="middle", bold=False, look="annkit-t", more=""):
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" class="{look}" text-anchor="{anchor}" font-size="13"{weight} '
        f'fill="{marks.COLOURS[colour]}"{more}>{html.escape(words)}</text>'
    )
