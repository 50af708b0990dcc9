"""The errors' curves under the plane: how far their axes reach, the curves, and words at their ends."""

import html
import math

import numpy as np

from annkit.labs.playground.board import CHART, HEIGHT, WIDTH
from annkit.stage import marks, new_figure
from annkit.translation import _
from annkit.wording import number, rounded

MOST_POINTS = 120
"""So many points at most are drawn on a curve."""
HIGHEST = 1e12
"""The curves are cut off here, where nothing is learned any more."""
LINE = 15
"""How far apart words stand at least."""
LABEL = 112
"""How much room the words at the end of a curve need."""


def reach(now, epochs, errors, log):
    """How far the errors' axes reach: epochs, from, to, and whether by logarithm. They stay while all lies in them."""
    finite = np.concatenate([e[np.isfinite(e)] for e in errors])
    most = max(20, epochs, *(len(e) - 1 for e in errors))
    top = min(float(finite.max(initial=0.01)), HIGHEST)
    low = max(1e-6, float(finite[finite > 0].min(initial=top / 2))) if log else 0.0
    stays = now and now[3] == log and most <= now[0] <= 4 * most and now[2] / 4 <= top <= now[2]
    if stays and (not log or now[1] <= low):
        return now
    return _round_up(most), 10 ** math.floor(math.log10(low)) if log else 0.0, _round_up(top), log


def figure(reaching):
    """The set: the errors' axes, as far as `reach` says."""
    most_epochs, low, high, log = reaching
    drawn, axes = new_figure(WIDTH, HEIGHT)
    x, y, width, height = CHART
    drawn.set_layout_engine("none")
    axes.set_position((x / WIDTH, 1 - (y + height) / HEIGHT, width / WIDTH, height / HEIGHT))
    axes.set(xlim=(0, most_epochs), ylim=(low, high), yscale="log" if log else "linear")
    axes.xaxis.set_major_formatter(lambda value, __: number(value))
    axes.yaxis.set_major_formatter(lambda value, __: number(value))
    axes.locator_params(axis="x", nbins=4)
    if not log:
        axes.locator_params(axis="y", nbins=2)
    axes.grid(True)
    return drawn


def curves(lab):
    """The errors of the way that is shown, those of the future that was left, each with its words at its end."""
    (panel,) = lab.stage.panels
    words = []
    for way, colour, width in lab.curves:
        left = colour == "grey"
        for errors, dash, name in ((way.errors, None, _("learned")), (way.validation_errors, "4 3", _("new data"))):
            chosen = _chosen(len(errors))
            values = np.asarray(errors)[chosen]
            fine = np.isfinite(values)
            if not fine.any():
                continue
            x, y = panel.place(chosen[fine], np.clip(values[fine], *panel.ylim)).T
            style = f' stroke-dasharray="{dash}"' if dash else ""
            look = f'stroke="{marks.COLOURS[colour]}" stroke-width="{width}"{style}'
            yield marks.way(np.column_stack([np.round(x), y]), look)
            if not left:
                text = f"{name} {number(rounded(errors[-1], 3))}" if math.isfinite(errors[-1]) else name
                words.append((x, y, text, "ink" if dash is None else "grey"))
            else:
                words.append((x, y, _("other future") if dash is None else "", "grey"))
    yield from _ends(words)


def now(lab):
    """Where it stands in time."""
    (panel,) = lab.stage.panels
    return marks.line(panel, [lab.epoch, lab.epoch], panel.ylim, "ink", 1, "2 2", 0.6)


def _chosen(count):
    """The epochs that are drawn: every so-maniest, the same ones as long as there are not too many, and the last."""
    apart = 1
    while count > apart * MOST_POINTS:
        apart *= 2
    return np.append(np.arange(0, count - 1, apart), count - 1)


def _ends(words):
    """The words at the curves' ends: beside them where there is room, else over them; none over another."""
    placed, last = [], max(x[-1] for x, *__ in words)
    for x, y, text, colour in words:
        beside = x[-1] == last and last + LABEL < WIDTH - 4
        under = [b[(a >= x[-1] - LABEL) & (a <= x[-1])].min(initial=y[-1]) for a, b, *__ in words]
        height = y[-1] if beside else min(under) - 9
        if text:
            placed.append([height, x[-1] + 5 if beside else x[-1], "start" if beside else "end", text, colour])
    placed.sort(key=lambda each: each[0])
    lowest = CHART[1] + CHART[3] - 6
    for k in range(len(placed) - 1, -1, -1):  # from below, each over the one before
        placed[k][0] = lowest = min(placed[k][0], lowest)
        lowest -= LINE
    for height, x, anchor, text, colour in placed:
        yield (
            f'<text x="{x:.0f}" y="{height:.0f}" class="annkit-t" text-anchor="{anchor}" font-size="13" '
            f'fill="{marks.COLOURS[colour]}">{html.escape(text)}</text>'
        )


def _round_up(value):
    """The next of 1, 2 and 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= value * (1 - 1e-9))
