"""The picture of the digits lab: the pad, what the network sees of it, one unit's weights, the network, the shares."""

import html

import numpy as np

from annkit import ink
from annkit.stage import Node, Panel, marks
from annkit.stage.marks import COLOURS
from annkit.translation import _
from annkit.wording import rounded, share_of_1, short

SIZE = WIDTH, HEIGHT = 818, 362
SIDE = 8
PAD = Panel.plain(6, 40, 304, 304, (0, ink.SIDE), (ink.SIDE, 0))
SEEN = Panel.plain(332, 40, 126, 126)
WEIGHTS = Panel.plain(332, 218, 126, 126)
NETWORK = Panel.plain(500, 22, 184, 338)
BARS = Panel.plain(703, 0, 60, HEIGHT)
"""The shares: a bar of this width is 1."""
LONGEST = -0.08, 1.1
"""How far a bar goes to the left and to the right, where the outputs are no shares of 1."""
TITLE, TEXT = 14, 13.5


def prepare(axes):
    """Draw what stays: frames and titles."""
    frame(axes, (PAD, SEEN, WEIGHTS), [(PAD, _("the pad: draw here")), (SEEN, _("the network sees"))])


def frame(axes, panels, titles):
    """Draw frames around panels on the whole picture, and over some of them what they are: pairs of panel and text."""
    colour = axes.xaxis.label.get_color()
    axes.set_position((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
    for panel in panels:
        x, y = panel.x + panel.width * np.array([0, 1, 1, 0, 0]), panel.y + panel.height * np.array([0, 0, 1, 1, 0])
        axes.plot(x, y, color=colour, alpha=0.35, linewidth=1, clip_on=False)
    for panel, words in titles:
        axes.text(panel.x + panel.width / 2, 20, words, color=colour, size=TITLE, ha="center", va="center")


def heats(lab):
    """The pixels: the picture or the ink on the pad, what the network sees, and the weights of what is picked."""
    pattern = pattern_of(lab.net, lab.picked)
    return [(SEEN, lab.shown.reshape(SIDE, SIDE)[::-1], "ink"), (WEIGHTS, pattern[::-1]), *on_pad(lab)]


def on_pad(lab):
    """The pixels on the pad: the picture and the ink on it, or a drawing."""
    if lab.own:
        return [(PAD, lab.bitmap[::-1], "ink")] if lab.ink else []
    drawn = [(PAD, lab.bitmap[::-1])] if lab.ink else []
    return [(PAD, lab.original.reshape(SIDE, SIDE)[::-1], "ink"), *drawn]


def pattern_of(net, picked):
    """The 8 × 8 weights that lead to a hidden unit; for an output those of all units, times what they have for it.

    The largest is 1 or −1, so that they are no larger than a colour can be.
    """
    W, V = net.weights
    weights = W @ _by_largest(V[:, picked.unit]) if picked == Node(1, picked.unit) else W[:, picked.unit]
    return _by_largest(weights).reshape(SIDE, SIDE)


def title_of(picked):
    """What `pattern_of` shows."""
    if picked == Node(1, picked.unit):
        return _("W V, to output {unit}").format(unit=picked.unit)
    return _("weights of unit {unit}").format(unit=picked.unit + 1)


def live(lab, hidden, outputs, lit):
    """All marks: the network, its numbers and bars, the title of the weights, the pen."""
    diagram = lab.diagram
    network = diagram.draw([[""] * len(hidden), "0123456789"], lit=lit)
    left = diagram.radius + 5
    values = [
        f'<text x="{x - left:.0f}" y="{y:.0f}">{short(value, 4) if rounded(value, 2) or not value else "≈0"}</text>'
        for (x, y), value in zip(diagram.places[0], hidden, strict=True)
    ]
    largest = np.abs(hidden).max() or 1
    dots = [
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{(diagram.radius - 4) * (abs(value) / largest) ** 0.5:.1f}" '
        f'fill="{COLOURS[marks.sign_colour(value)]}"/>'
        for (x, y), value in zip(diagram.places[0], hidden, strict=True)
    ]
    title = f'<text x="{WEIGHTS.x + WEIGHTS.width / 2}" y="198">{html.escape(title_of(lab.picked))}</text>'
    return (
        network
        + f'<g class="annkit-pick">{"".join(dots)}</g>'
        + f'<g class="annkit-t" text-anchor="end" font-size="{TEXT}" fill="currentColor">{"".join(values)}</g>'
        + f'<g class="annkit-t" text-anchor="middle" font-size="{TITLE}" fill="currentColor">{title}</g>'
        + _bars(lab, outputs)
        + lab.pen_drawn()
    )


def written(net, output):
    """An output as a share of 1, if it is one."""
    return share_of_1(output, 3) if net.output in ("softmax", "sigmoid") else short(output)


def _bars(lab, outputs):
    """A bar for each output, beside its node: blue where the largest is right, orange where it is wrong."""
    label, largest = lab.digit, int(outputs.argmax())
    colours = {digit: "grey" for digit in range(len(outputs))}
    colours[largest] = "ink" if label is None else "blue" if largest == label else "orange"
    paths, texts = {}, []
    for digit, (output, (__, y)) in enumerate(zip(outputs, lab.diagram.places[1], strict=True)):
        length = BARS.width * float(np.clip(output, *LONGEST))
        paths.setdefault(colours[digit], []).append(f"M{BARS.x},{y:.0f}h{length:.1f}")
        how = ' font-weight="bold"' if digit == largest else ""
        texts.append(f'<text x="{BARS.x + max(length, 0) + 5:.0f}" y="{y:.0f}"{how}>{written(lab.net, output)}</text>')
    if label is not None:
        __, y = lab.diagram.places[1][label]
        texts.append(f'<text x="{BARS.x - 13}" text-anchor="middle" y="{y - 1:.0f}" font-size="17">→</text>')
    bars = (f'<path d="{"".join(d)}" stroke="{COLOURS[colour]}" stroke-width="17"/>' for colour, d in paths.items())
    return f'{"".join(bars)}<g class="annkit-t" font-size="{TEXT}" fill="currentColor">{"".join(texts)}</g>'


def _by_largest(weights):
    return weights / (np.abs(weights).max() or 1)
