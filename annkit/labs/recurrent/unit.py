"""How the recurrent lab draws its unit in one step: a weighted sum and a curve, or a cell with three valves."""

import numpy as np

from annkit.stage import Panel, marks
from annkit.translation import _
from annkit.wording import number, rounded, share_of_1, short, subscript

RADIUS = 23
PIPE = 18
"""How wide a pipe is, in stage units: that of a value of 1."""
DROP = 0.005
"""Less doesn't flow."""
TURN, WORDS = 400, 125
"""Where it is written that the answer goes back, and half the room for that."""


def draw_unit(lab, panel, foot):
    """Marks for the unit in the step that is looked at, for the bit that is followed, down to `foot` in stage units."""
    run, k = lab.run(lab.followed), lab.k
    before = run.cell[k - 1] if k else 0.0
    return "".join(_cell(panel, run, k, before) if lab.unit == "lstm" else _unit(panel, foot, lab, run, k, before))


def _node(panel, x, y, value, name="", shift=(0, 0), anchor="middle"):
    """A circle with a number in it, and its name beside it."""
    yield f'<circle cx="{x}" cy="{y}" r="{RADIUS}" class="annkit-n"/>'
    value = rounded(value, 2) if abs(value) < 100 else float(value)
    yield marks.text(panel, x, y, short(value), marks.sign_colour(value), bold=True)
    if name:
        yield marks.text(panel, x, y, name, "soft", anchor, shift=shift)


def _flow(panel, points, value):
    """A pipe through these points, and in it the value that flows: as wide as it is large, in its colour."""
    x, y = np.transpose(points)
    yield marks.line(panel, x, y, "faint", PIPE)
    if abs(value) > DROP:
        yield marks.line(panel, x, y, marks.sign_colour(value), max(PIPE * min(abs(value), 1), 1.2))


def _valve(panel, x, y, share, name):
    """Two plates that leave as much of a pipe open as the share of it."""
    reach, open_half = PIPE / 2 + 4, PIPE / 2 * share + 1
    plates = f"M{x},{y - reach:g}V{y - open_half:.1f}M{x},{y + reach:g}V{y + open_half:.1f}"
    yield f'<path d="{plates}" stroke="currentColor" stroke-width="7"/>'
    yield marks.text(panel, x, y, f"{name} {share_of_1(share, 2)}", shift=(0, -PIPE / 2 - 11), bold=True)


def _unit(panel, foot, lab, run, k, before):
    """The answer before times w, and what comes in; the sum through its curve; and the answer goes back."""
    y, first, middle, curve, last = 62, 110, 330, 500, 690
    x, sign = run.x[k], marks.sign_colour
    for end, side in ((first, -1), (last, 1)):
        yield marks.line(panel, [end, end, TURN + side * WORDS], [y, 10, 10], "grey", 1.5, "4 3")
    yield marks.text(panel, TURN, 10, _("← the same unit in the next step"), "soft")
    yield marks.line(panel, [middle, last], [y, y], "grey", 1.5)
    yield marks.line(
        panel, [first, middle], [y, y], sign(lab.w), 0.8 + 4 * min(abs(lab.w), 2), None if lab.w else "3 3"
    )
    yield marks.line(panel, [middle, middle], [foot, y], sign(x), 0.8 + 4 * abs(x), None if x else "3 3")
    words = f"{subscript(f'x{k}')} = {number(x)}"
    yield marks.text(panel, middle, foot - 10, words, sign(x), "start", shift=(10, 0), bold=True)
    words = f"× {number(lab.w)}"
    yield marks.text(panel, (first + middle) / 2, y, words, sign(lab.w), size=14, shift=(0, -17), bold=True)
    yield from _node(panel, first, y, before, subscript(f"h{k - 1}") if k else _("at first"), (-RADIUS - 6, 0), "end")
    yield from _node(panel, middle, y, run.sums[k])
    yield from _curve(curve, y, lab.unit, run.sums[k])
    yield from _node(panel, last, y, run.h[k], subscript(f"h{k}"), (RADIUS + 6, 0), "start")


def _curve(x, y, unit, z):
    """The activation as a small curve, with the sum on it."""
    half, high = 38, 25
    small = Panel.plain(x - half, y - high, 2 * half, 2 * high, (-2.7, 2.7), (-1.2, 1.2))
    sums, bend = np.linspace(-2.5, 2.5, 25), np.tanh if unit == "tanh" else lambda z: z / 2.5
    yield marks.box(x - half, y - high, 2 * half, 2 * high, "paper", "grey", round=6)
    yield marks.line(small, sums, bend(sums), "ink", 1.8)
    z = float(np.clip(z, -2.5, 2.5))
    yield marks.at(small, z, float(bend(z)), '<circle r="4.5" class="annkit-d"/>')


def _cell(panel, run, k, before):
    """Along the pipe flows the cell, through the forget gate; what is new comes from below; the answer leaves."""
    (forget, let_in, out), new, cell, h = run.gates[:, k].tolist(), run.new[k], run.cell[k], run.h[k]
    line, below, start, join, now, end, entry = 34, 69, 110, 390, 490, 724, 210
    beside = RADIUS + 6
    for points, value in (
        ([(entry, below), (300, below)], new),
        ([(300, below), (join, below), (join, line)], let_in * new),
        ([(start, line), (250, line)], before),
        ([(250, line), (join, line)], forget * before),
        ([(join, line), (now, line)], cell),
        ([(now, line), (630, line)], np.tanh(cell)),
        ([(630, line), (end, line)], h),
    ):
        yield from _flow(panel, points, value)
    yield from _valve(panel, 250, line, forget, _("forget"))
    yield from _valve(panel, 300, below, let_in, _("input"))
    yield from _valve(panel, 630, line, out, _("output"))
    yield f'<circle cx="{join}" cy="{line}" r="11" class="annkit-n"/>'
    yield marks.text(panel, join, line, "+", bold=True)
    yield marks.text(panel, 556, line, "tanh", "soft", shift=(0, PIPE / 2 + 10))
    name = subscript(f"cell{k - 1}") if k else _("at first")
    yield from _node(panel, start, line, before, name, (-beside, 0), "end")
    yield from _node(panel, entry, below, new, f"tanh({subscript(f'x{k}')})", (-beside, 0), "end")
    yield from _node(panel, now, line, cell, subscript(f"cell{k}"), (0, beside + 6))
    yield from _node(panel, end, line, h, subscript(f"h{k}"), (beside, 0), "start")
