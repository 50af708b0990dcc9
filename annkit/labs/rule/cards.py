"""The cards of the rule lab: of each model its plane in small, how often it is right, and how much there is to read."""

import html

from annkit.labs.rule.models import MODELS
from annkit.stage import Panel, marks
from annkit.translation import _

TOP, WIDTH, HEIGHT, GAP = 428, 156, 104, 12
LEFT = [k * (WIDTH + GAP) for k in range(len(MODELS))]
"""Where the cards stand, in stage units."""
SMALL, INNER = 54, 72
"""How wide and high the small plane is, and where what stands beside it begins."""
PLANES = [Panel.plain(left + 10, TOP + 34, SMALL, SMALL, (0, 100), (0, 100)) for left in LEFT]
BAR = 72
ROW, SQUARE, SPACE = 8, 6, 2.8
"""Each number to read is a square: so many in a row, how large they are, and the space between them."""
SHADE = 0.38


def drawn(models, current):
    """The cards as marks: for each name a model and the share of what is held out that it gets right."""
    parts = _frames(current), _small_planes(models), _bars(models), _squares(models), _words(models)
    return f'<g class="annkit-pick">{"".join(parts)}</g>'


def at(x, y):
    """The name of the model whose card lies at a place, or None."""
    for left, name in zip(LEFT, MODELS, strict=True):
        if left <= x <= left + WIDTH and TOP <= y <= TOP + HEIGHT:
            return name
    return None


def percent(share):
    """A share in whole per cent: 100 only where nothing is wrong, 0 only where nothing is right."""
    return min(99, max(1, round(100 * share))) if 0 < share < 1 else round(100 * share)


def _frames(current):
    return "".join(
        f'<rect x="{left + 1}" y="{TOP}" width="{WIDTH - 2}" height="{HEIGHT}" rx="10" class="annkit-n"'
        + ("/>" if name == current else ' stroke-opacity="0.3"/>')
        for left, name in zip(LEFT, MODELS, strict=True)
    )


def _small_planes(models):
    """Where each model says what, all in one mark for each of the two answers."""
    paths = ["", ""]
    for panel, (model, __) in zip(PLANES, models.values(), strict=True):
        for outline, answer in model.cells():
            paths[answer] += "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in panel.place(*outline.T).tolist()) + "Z"
    colours = zip(("orange", "blue"), paths, strict=True)
    return "".join(
        f'<path d="{path}" fill="{marks.COLOURS[colour]}" fill-opacity="{SHADE}"/>' for colour, path in colours if path
    )


def _bars(models):
    """How often each is right, as a bar on its track."""
    tracks = "".join(f"M{left + INNER},{TOP + 52}h{BAR}" for left in LEFT)
    full = "".join(
        f"M{left + INNER},{TOP + 52}h{BAR * share:.1f}"
        for left, (__, share) in zip(LEFT, models.values(), strict=True)
        if share
    )
    line = '<path d="{}" fill="none" stroke="{}" stroke-width="6"{}/>'
    track = line.format(tracks, marks.COLOURS["grey"], ' opacity="0.25"')
    return track + line.format(full, marks.COLOURS["good"], "")


def _squares(models):
    """Each number to read as a square: rows of them are dashed lines."""
    path = ""
    for left, (model, __) in zip(LEFT, models.values(), strict=True):
        for row, first in enumerate(range(0, model.numbers, ROW)):
            path += f"M{left + INNER},{TOP + 87 + (SQUARE + SPACE) * row:g}"
            path += f"h{(SQUARE + SPACE) * min(ROW, model.numbers - first) - SPACE:g}"
    dashes = f'stroke-width="{SQUARE}" stroke-dasharray="{SQUARE} {SPACE}"'
    return f'<path d="{path}" fill="none" stroke="currentColor" {dashes}/>'


def _words(models):
    bold, plain = [], []
    for left, (name, (model, share)) in zip(LEFT, models.items(), strict=True):
        bold.append(_text(left + 10, TOP + 18, _(MODELS[name])))
        plain.append(_text(left + INNER, TOP + 40, _("{percent} % right").format(percent=percent(share))))
        plain.append(_text(left + INNER, TOP + 74, _("{numbers} numbers").format(numbers=model.numbers)))
    return (
        f'<g class="annkit-t annkit-b" font-size="14" fill="currentColor">{"".join(bold)}</g>'
        f'<g class="annkit-t" font-size="13" fill="currentColor">{"".join(plain)}</g>'
    )


def _text(x, y, words):
    return f'<text x="{x}" y="{y}">{html.escape(words)}</text>'
