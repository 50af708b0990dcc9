"""How the recurrent lab is drawn: above the unit in the step that is looked at, and under it, step by step from left to
right, what comes in, the gates of an LSTM, what is remembered, and how far a nudge reaches.
"""

import math

import numpy as np

from annkit.labs.recurrent.roll import PAD
from annkit.labs.recurrent.runs import ASKED, CLEAR, LAST, STEPS
from annkit.labs.recurrent.unit import draw_unit
from annkit.stage import Handle, Pad, Panel, marks, new_figure
from annkit.translation import _
from annkit.wording import in_tens, number, subscript, ten_to

WIDTH, HEIGHT = 800, 390
STAGE = Panel.whole(WIDTH, HEIGHT)
"""The whole picture, in stage units."""
LEFT, RIGHT = 84, 788
"""From where to where the steps go."""
COLUMN = (RIGHT - LEFT) / STEPS
PLACES = {
    False: {"unit": (0, 104), "roll": (116, 146), "memory": (172, 266), "bars": (292, 364)},
    True: {"unit": (0, 92), "roll": (104, 200), "memory": (224, 284), "bars": (309, 364)},
}
"""From which height to which each part goes; for a cell there are gates."""
TICKS = 379
POWERS = {"tanh": (-16, 1, 4), "linear": (-16, 8, 8), "lstm": (-4, 1, 2)}
"""From which power of ten to which the bars go, and from line to line."""
COLOURS = {1: "blue", -1: "orange"}
STRONG, FAINT = 2.6, 1.4
"""How thick the line is that is followed, and the other one."""


def reach(lab, now):
    """What the set is drawn for: the unit, and how far the memory is drawn, a power of two; a larger one stays."""
    largest = max(float(np.abs(lab.run(bit).cell).max()) for bit in COLOURS)
    most = 2.0 ** max(0, math.ceil(math.log2(max(largest, 1) / 1.1)))
    if now and now[0] == lab.unit and most <= now[1] <= 4 * most:
        most = now[1]
    return lab.unit, most


def figure(unit, most):
    """The axes: rows over one axis of steps."""
    drawn, (roll, memory, bars) = new_figure(WIDTH, HEIGHT, nrows=3)
    drawn.set_layout_engine("none")
    places = PLACES[unit == "lstm"]
    for axes, name in ((roll, "roll"), (memory, "memory"), (bars, "bars")):
        top, bottom = places[name]
        axes.set_position((LEFT / WIDTH, 1 - bottom / HEIGHT, (RIGHT - LEFT) / WIDTH, (bottom - top) / HEIGHT))
        axes.set(xlim=(-0.5, LAST + 0.5), xticks=())
    roll.set(ylim=(4 if unit == "lstm" else 1, 0), yticks=())
    memory.set(ylim=(-1.1 * most, 1.1 * most), yticks=(-most, 0, most))
    memory.set_yticklabels(map(in_tens if most > 1000 else number, (-most, 0, most)))
    memory.axhline(0, color=memory.yaxis.label.get_color(), linewidth=1)
    low, high, apart = POWERS[unit]
    powers = range(low, high + 1, apart)
    bars.set(yscale="log", ylim=(10.0**low, 10.0**high))
    bars.set_yticks([10.0**power for power in powers], [ten_to(power) if power else "1" for power in powers])
    bars.minorticks_off()
    for axes in (memory, bars):
        axes.grid(True, axis="y")
    return drawn


def step_at(x, last=LAST):
    """The step at a place of the stage, from 0 to `last`."""
    return int(np.clip((x - LEFT) // COLUMN, 0, last))


def column(step):
    """The middle of a step, in stage units."""
    return LEFT + COLUMN * (step + 0.5)


class Picture:
    """The picture of a `RecurrentLab` as it is now."""

    def __init__(self, lab):
        self.lab, (self.roll, self.memory, self.bars) = lab, lab.stage.panels
        self.gated = lab.unit == "lstm"
        self.row = self.roll.height / len(lab.rows)
        self.x = [round(column(k), 1) for k in range(STEPS)]
        self.runs = {bit: lab.run(bit) for bit in (-lab.followed, lab.followed)}
        self.run = self.runs[lab.followed]

    def show(self):
        """Put it on the lab's stage."""
        roll, heats = self.roll, []
        if self.gated:
            gates = Panel.plain(roll.x, roll.y + self.row, roll.width, 3 * self.row)
            heats.append((gates, self.run.gates[::-1], "ink"))
        live = "".join([
            *self._looked_at(), *self._inputs(), *self._cursor(), *self._memory(), *self._bars(),
            draw_unit(self.lab, STAGE, PLACES[self.gated]["unit"][1]),
        ])  # fmt: skip
        pad = Pad(PAD, roll, self._pad_in_words())
        self.lab.stage.show(live, list(self._handles()), heats, pads=[pad], steady="".join(self._steady()))

    def _handles(self):
        lab = self.lab
        height = float(np.clip(self.run.cell[lab.k], *self.memory.ylim))
        words = _("step {k}: {value}; arrows go to another step").format(k=lab.k, value=number(self.run.cell[lab.k]))
        yield Handle("k", self.memory, lab.k, height, marks.dot(7, middle=True), words, axes="x")
        words = _("the bit to remember comes in at step {mark}; arrows move it").format(mark=lab.mark)
        yield Handle(
            "mark", self.roll, lab.mark, 0, '<path d="M-8-13h16l-8,11z" fill="currentColor"/>', words, axes="x",
            reach=(12, 14),
        )  # fmt: skip

    def _steady(self):
        """The names of the rows, the numbers of the steps, and the frames of the cells."""
        lab, roll, memory, bars = self.lab, self.roll, self.memory, self.bars
        first, last = "cell" if self.gated else "h", f"{'cell' if self.gated else 'h'}{subscript(str(LAST))}"
        names = [_("comes in"), *((_("forget"), _("input"), _("output")) if self.gated else ())]
        for row, name in enumerate(names):
            yield marks.text(STAGE, LEFT - 8, roll.y + self.row * (row + 0.5), name, "soft", "end")
        forward = _("the memory, going forward →")
        if self.gated:
            forward = _("the cell (line), and what it answers (dots) →")
        backward = _("← ∂{last}/∂{first}: how much of a nudge arrives at step {step}")
        backward = backward.format(last=last, first=first, step=LAST)
        yield marks.text(STAGE, LEFT, memory.y - 12, forward, "teal", "start", 13.5, bold=True)
        side, anchor = (RIGHT, "end") if lab.mark < STEPS // 2 else (LEFT, "start")  # away from the bit's own bar
        yield marks.text(STAGE, side, bars.y - 12, backward, "violet", anchor, 13.5, bold=True)
        yield marks.text(STAGE, RIGHT, memory.y - 12, _("the last three should lie here ↓"), "soft", "end")
        numbers = "".join(f'<tspan x="{x}">{k}</tspan>' for k, x in enumerate(self.x))
        look = 'text-anchor="middle" dominant-baseline="central" font-size="13" class="annkit-soft"'
        yield f'<text y="{TICKS}" {look}>{numbers}</text>'
        yield marks.text(STAGE, LEFT - 8, TICKS, _("step"), "soft", "end")
        edges = "".join(f"M{LEFT + COLUMN * k:.1f},{roll.y:g}v{roll.height:g}" for k in range(STEPS + 1))
        edges += "".join(f"M{LEFT},{roll.y + self.row * k:g}H{RIGHT}" for k in range(len(lab.rows) + 1))
        for colour, width in (("paper", 4), ("faint", 1)):
            yield f'<path d="{edges}" fill="none" stroke="{marks.COLOURS[colour]}" stroke-width="{width}"/>'
        for bit, colour in COLOURS.items():
            steps, (low, high) = (LAST - ASKED + 0.5, LAST + 0.5), (bit * CLEAR, bit * memory.ylim[1])
            yield marks.area(memory, [*steps, *steps[::-1]], [low, low, high, high], colour, 0.15)

    def _looked_at(self):
        """The step that is looked at, in all rows; over gates only as a frame."""
        left = self.x[self.lab.k] - COLUMN / 2
        for panel, height in ((self.roll, self.row), (self.memory, self.memory.height), (self.bars, self.bars.height)):
            yield marks.box(left, panel.y, COLUMN, height, "lit", opacity=0.35)
        if self.gated:
            yield marks.box(left, self.roll.y, COLUMN, self.roll.height, stroke="soft")
        yield marks.text(STAGE, self.x[self.lab.k], TICKS, str(self.lab.k), bold=True)

    # The roll.

    def _inputs(self):
        """A bar for each input, up or down; the bit to remember is both."""
        paths, high = {"blue": "", "orange": "", "grey": ""}, self.row / 2 - 5
        middle = self.roll.y + self.row / 2
        for k, (x, value) in enumerate(zip(self.x, self.run.x.tolist(), strict=True)):
            for each in (value, -value) if k == self.lab.mark else (value,):
                up = high * max(-1.2, min(1.2, each))
                paths[marks.sign_colour(each)] += f"M{x - 9:.1f},{middle:g}v{-up:.1f}h18v{up:.1f}z"
        for colour, path in paths.items():
            yield f'<path d="{path}" class="annkit-{colour}"/>'

    def _cursor(self):
        """A frame where keys draw."""
        top = self.roll.y + self.row * min(self.lab.row, len(self.lab.rows) - 1)
        left = self.x[self.lab.k] - COLUMN / 2
        yield marks.box(left + 1, top + 1, COLUMN - 2, self.row - 2, stroke="paper", round=4)
        yield marks.box(left, top, COLUMN, self.row, stroke="ink", round=4)

    def _pad_in_words(self):
        row = min(self.lab.row, len(self.lab.rows) - 1)
        names = (_("what comes in"), _("forget gate"), _("input gate"), _("output gate"))
        value = self.run.gates[row - 1][self.lab.k] if row else self.run.x[self.lab.k]
        place = _("{name}, step {k}: {value}; arrows move, Enter changes it, Delete makes it 0")
        return place.format(name=names[row], k=self.lab.k, value=number(value))

    # The memory and the bars.

    def _memory(self):
        """Both lines, and what lies between them."""
        panel, k = self.memory, np.arange(STEPS)
        both = [np.clip(run.cell, *panel.ylim) for run in self.runs.values()]
        yield marks.area(panel, [*k, *k[::-1]], [*both[0], *both[1][::-1]], "soft", 0.12)
        for (bit, run), cell, width in zip(self.runs.items(), both, (FAINT, STRONG), strict=True):
            yield marks.line(panel, k, cell, COLOURS[bit], width)
            heights = panel.place(k, np.clip(run.h, *panel.ylim))[:, 1]
            dots = "".join(f"M{x},{y:.1f}h0" for x, y in zip(self.x, heights, strict=True))
            look = f'class="annkit-p" stroke="{marks.COLOURS[COLOURS[bit]]}" stroke-width="{3 * width:g}"'
            yield f'<path d="{dots}" {look}/>'

    def _bars(self):
        """A bar for each step, as high as its slope is in powers of ten; and its number at the step of the bit."""
        panel, floor = self.bars, self.bars.y + self.bars.height
        low, high = panel.ylim
        sizes = np.clip(np.abs(self.run.slopes), low, high)
        tops = panel.place(np.zeros(STEPS), sizes)[:, 1].round(1).tolist()
        violet = marks.COLOURS["violet"]
        bars = "".join(f"M{x - 10:g},{floor}V{top}h20V{floor}z" for x, top in zip(self.x, tops, strict=True))
        yield f'<path d="{bars}" fill="{violet}" fill-opacity="0.75"/>'
        mark = self.lab.mark
        yield f'<path d="M{self.x[mark] - 10:g},{floor}V{tops[mark]}h20V{floor}z" fill="{violet}"/>'
        text = in_tens(self.lab.reaches)
        x = max(self.x[mark], LEFT + 4.5 * len(text))
        yield marks.text(STAGE, x, max(tops[mark], panel.y) - 10, text, "violet", size=14, bold=True)
