"""The picture of the playground: every unit's answer as a small map, edges by weight, the plane, the errors' curves."""

import html

import numpy as np
from contourpy import contour_generator

from annkit.activations import overflow_allowed
from annkit.features import MADE, made
from annkit.labs.playground.board import CHART, HEIGHT, LEFT, NAMES, PLANE, RIGHT, TILE, WIDTH
from annkit.labs.playground.samples import held_out, scaled
from annkit.stage import Node, marks, new_figure
from annkit.translation import _
from annkit.wording import number, short

FINE, COARSE = 48, 14
"""So many pixels across have the plane and a tile."""
MOST_POINTS = 400
"""So many points at most are drawn on a curve."""


def figure(lab, chart):
    """The set: the errors' axes, and frames. `chart` says how far they reach, and whether by logarithm."""
    most_epochs, low, high, log = chart
    drawn, axes = new_figure(WIDTH, HEIGHT)
    x, y, width, height = CHART
    drawn.set_layout_engine("none")
    axes.set_position((x / WIDTH, 1 - (y + height) / HEIGHT, width / WIDTH, height / HEIGHT))
    axes.set(xlim=(0, most_epochs), ylim=(low, high), yscale="log" if log else "linear")
    axes.xaxis.set_major_formatter(lambda value, __: number(value))
    axes.yaxis.set_major_formatter(lambda value, __: number(value))
    axes.locator_params(axis="x", nbins=4)
    if not log:
        axes.locator_params(axis="y", nbins=3)
    axes.grid(True)
    return drawn


def answers(net, inputs, count, panel=PLANE):
    """What every unit answers all over the plane: for each layer, shape (count, count, units)."""
    x, y = panel.grid(count, count)
    X = made(np.column_stack([x.ravel(), y.ravel()]), inputs)
    layers = [X]
    with overflow_allowed():
        for W, b, f in zip(net.weights, net.biases, net.activations, strict=True):
            layers.append(f.f(layers[-1] @ W + b))
    return [np.nan_to_num(a.reshape(count, count, -1)) for a in layers]


def shades(values, activation):
    """A unit's answers as colours from −1 to 1: a sigmoid's around ½, others by their largest."""
    if activation == "sigmoid":
        return 2 * values - 1
    return values / max(1e-9, np.abs(values).max())


def heats(lab):
    """The pixels of all tiles and of the plane."""
    net, board = lab.trainer.net, lab.board
    small = answers(net, lab.inputs, COARSE)
    functions = ["identity", *(f.name for f in net.activations)]
    maps = [
        (tile, shades(values[:, :, unit], function))
        for layer, (tiles, values, function) in enumerate(zip(board.tiles, small, functions, strict=False))
        for unit, tile in enumerate(tiles)
    ]
    large = answers(net, lab.inputs, FINE)
    shown = large[lab.picked.layer][:, :, lab.picked.unit] if lab.looks_at_unit else large[-1][:, :, 0]
    function = functions[lab.picked.layer] if lab.looks_at_unit else functions[-1]
    colours = shades(shown, function) if lab.looks_at_unit or lab.classes else np.clip(shown, -1, 1)
    return [*maps, (PLANE, np.sign(colours) * 0.7 if lab.steps else colours)], large[-1][:, :, 0]


def live(lab, output):
    """All marks but handles."""
    return "".join([
        *_inputs(lab), *_frames(lab), *_heads(lab), *_values(lab),
        marks.clip(PLANE, *_boundary(lab, output), *_points(lab)), *_curves(lab),
    ])  # fmt: skip


def boundary(values, level):
    """The lines where a map, shape (n, n) over the plane, has a level: arrays of shape (points, 2)."""
    x, y = PLANE.grid(*values.shape)
    return contour_generator(x, y, values).lines(level)


def _boundary(lab, output):
    if lab.ghost_output is not None:
        for line in boundary(lab.ghost_output, lab.level):
            yield marks.line(PLANE, *line.T, "ink", 1.6, "5 4", 0.55)
    for line in boundary(output, lab.level):
        yield marks.line(PLANE, *line.T, "paper", 5, opacity=0.5)
        yield marks.line(PLANE, *line.T, "ink", 1.8)


def _points(lab):
    """Samples as dots: held-out ones are hollow; numbers as colours."""
    table, held = lab.table, held_out(lab.table, lab.share)
    places = scaled(table.X, table)
    if lab.classes:
        for label in (0, 1):
            for part in (True, False):
                rows = (table.labels == label) & (held == part)
                if rows.any():
                    yield small_points(places[rows], label, hollow=part)
    else:
        t = np.clip(table.T[:, 0], -1, 1)
        for k, (x, y) in enumerate(PLANE.place(*places.T)):
            colour = marks.COLOURS[marks.sign_colour(t[k])]
            yield (
                f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3.5" fill="{colour}" fill-opacity="{abs(t[k]):.1f}" '
                f'stroke="{marks.COLOURS["paper"]}"/>'
            )
    if lab.point:
        ((x, y),) = PLANE.place(*places[lab.point - 1])
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="none" stroke="currentColor" stroke-width="1.8"/>'


def small_points(places, label, hollow):
    """Many samples of one class as one mark, small."""
    spots = np.round(PLANE.place(*places.T)).astype(int).tolist()
    if label:
        path = "".join(f"M{x},{y}h0" for x, y in spots)
        layers = [("paper", 10), ("blue", 8)] + ([("paper", 4)] if hollow else [])
    else:
        path = "".join(f"M{x - 3},{y - 3}l6,6m-6,0l6-6" for x, y in spots)
        layers = [("paper", 4.5), ("orange", 1.6 if hollow else 2.8)]
    return "".join(
        f'<path d="{path}" class="annkit-p" stroke="{marks.COLOURS[colour]}" stroke-width="{width}"/>'
        for colour, width in layers
    )


def _inputs(lab):
    """The inputs' names, and the frames of those that are not in use."""
    for name, (x, y) in zip(MADE, lab.board.all_inputs, strict=True):
        used = name in lab.inputs
        look = 'fill="currentColor"' if used else f'fill="{marks.COLOURS["grey"]}"'
        yield (
            f'<text x="{x + TILE / 2 + 5:.0f}" y="{y - TILE / 2 + 3:.0f}" class="annkit-t annkit-i" font-size="13" '
            f"{look}>{html.escape(NAMES[name])}</text>"
        )
        if not used:
            yield marks.box(x - TILE / 2, y - TILE / 2, TILE, TILE, "none", "grey", 0.6, "3 3", 8)


def _frames(lab):
    """Around every tile, and around what is picked."""
    for layer, tiles in enumerate(lab.board.tiles):
        for unit, tile in enumerate(tiles):
            lit = lab.picked == Node(layer, unit)
            look = 'stroke-width="2.5"' if lit else 'stroke-opacity="0.4"'
            yield (
                f'<rect x="{tile.x:.1f}" y="{tile.y:.1f}" width="{TILE}" height="{TILE}" rx="8" fill="none" '
                f'stroke="currentColor" {look} class="annkit-pick"/>'
            )


def _values(lab):
    """Where a step is explained: on each tile what the sample makes of it, or how the error answers to it."""
    if not lab.explain:
        return
    for places, values in zip(lab.board.places[:-1], lab.explained.values(), strict=False):
        for (x, y), value in zip(places, values.tolist(), strict=True):
            colour = marks.COLOURS[marks.sign_colour(value)] if lab.explain > 2 else "currentColor"
            yield (
                f'<text x="{x:.0f}" y="{y:.0f}" class="annkit-t annkit-b" text-anchor="middle" font-size="13" '
                f'fill="{colour}">{short(value)}</text>'
            )


def _heads(lab):
    """What stands over the plane."""
    words, middle = lab.plane_title, (LEFT + RIGHT) / 2
    yield (
        f'<text x="{middle}" y="{HEIGHT - 12}" class="annkit-t" text-anchor="middle" font-size="13" '
        f'fill="currentColor">{html.escape(_("layers"))}</text>'
    )
    yield (
        f'<text x="{PLANE.x}" y="{PLANE.y - 12}" class="annkit-t" font-size="13" font-weight="600" '
        f'fill="currentColor">{html.escape(words)}</text>'
    )


def _curves(lab):
    """The errors of the way that is shown, those of the future that was left, and where it stands."""
    (panel,) = lab.stage.panels
    for way, look in lab.curves:
        for errors, dash in ((way.errors, None), (way.validation_errors, "4 3")):
            chosen = np.unique(np.linspace(0, len(errors) - 1, min(len(errors), MOST_POINTS)).astype(int))
            values = np.asarray(errors)[chosen]
            fine = np.isfinite(values)
            if fine.any():
                values = np.clip(values[fine], panel.ylim[0], None)
                yield marks.clip(panel, marks.line(panel, chosen[fine], values, *look, dash=dash))
    yield marks.line(panel, [lab.epoch, lab.epoch], panel.ylim, "ink", 1, "2 2", 0.6)
