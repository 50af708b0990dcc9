"""The vanishing lab's picture: sizes at each layer on a log scale, the row of layers with its wires, and a path."""

import math

import numpy as np

from annkit.labs.vanishing.path import products
from annkit.labs.vanishing.state import UNITS
from annkit.stage import Handle, Panel, marks, new_figure
from annkit.translation import _
from annkit.wording import in_tens, number, ten_to

WIDTH, HEIGHT = 800, 372
STAGE = Panel.whole(WIDTH, HEIGHT)
"""The whole picture, in stage units."""
LEFT, RIGHT = 106, 756
"""From where to where the layers stand."""
TOP, FLOOR = 26, 186
"""The bars stand on the floor."""
RATES, WIRES, CELLS, CELL = 204, 226, 246, 10
"""Where the rates are written, how high the wires lie, and where the units' cells begin, each so high."""
FOOT = CELLS + UNITS * CELL
MIDDLE = CELLS + UNITS * CELL // 2
NUMBERS, PATH = FOOT + 14, FOOT + 36
USUAL = (-10, 2)
"""The powers of ten that are always on the scale."""
MUCH = 8
"""Where a scale has so many powers more than it needs, it gives way to a smaller one."""
NARROW, CLOSE = 72, 42
"""How close layers stand where numbers have less room, and where the powers of ten alone have any."""
ROOM = 3
"""Where layers stand that close, every second number is left out if one is longer than this."""
BROAD = 40
"""What is looked at is lit so far to both sides at most."""
SLACK, CORNER = 3, 8
"""How far a wire's ends stay from those of the next, and how round it is."""


def reach(now, stacks):
    """The powers of ten from which to which the scale goes; it stays as it is while that is not much too large."""
    sizes = np.concatenate([stacks.errors.ravel(), stacks.activations.ravel()])
    powers = np.log10(sizes[sizes > 0])
    low = min(USUAL[0], 4 * math.floor(powers.min(initial=0) / 4))
    high = max(USUAL[1], 2 + 4 * math.ceil((powers.max(initial=0) - 2) / 4))
    if now and low - MUCH < now[0] <= low and high <= now[1] < high + MUCH:
        return now
    return low, high


def figure(powers):
    """The set: the scale."""
    low, high = powers
    drawn, axes = new_figure(WIDTH, HEIGHT)
    drawn.set_layout_engine("none")
    axes.set_position((LEFT / WIDTH, 1 - FLOOR / HEIGHT, (RIGHT - LEFT) / WIDTH, (FLOOR - TOP) / HEIGHT))
    axes.set(xlim=(0, 1), ylim=(10.0**low, 10.0**high), yscale="log", xticks=[])
    step = 2 * math.ceil((high - low) / 14)
    powers = range(step * math.ceil(low / step), high + 1, step)
    axes.set_yticks([10.0**power for power in powers], [ten_to(power) if power else "1" for power in powers])
    axes.minorticks_off()
    axes.grid(True, axis="y")
    return drawn


def layer_at(depth, x):
    """The layer at a place in stage units; None where there is none."""
    layer = 1 + math.floor((x - LEFT) / _gap(depth))
    return layer if 1 <= layer <= depth else None


def unit_at(y):
    """The unit at a height in stage units, from 1; None where there is none."""
    unit = 1 + math.floor((y - CELLS) / CELL)
    return unit if 1 <= unit <= UNITS else None


def wire_at(y):
    """Whether a height in stage units is that of the wires."""
    return abs(y - WIRES) <= 14


def _gap(depth):
    return (RIGHT - LEFT) / depth


class Picture:
    """The picture of a `VanishingLab` as it is now."""

    def __init__(self, lab):
        self.lab, self.stacks, self.depth, self.steps = lab, lab.stacks, lab.depth, lab.steps
        (self.panel,) = lab.stage.panels
        self.gap = _gap(lab.depth)
        self.x = (LEFT + self.gap * (np.arange(lab.depth) + 0.5)).round().astype(int).tolist()
        self.half = int(min(13, 0.26 * self.gap))

    def show(self):
        """Put it on the lab's stage."""
        cells = [
            (Panel(x - self.half, CELLS, 2 * self.half, UNITS * CELL), slopes[UNITS - 1 :: -1, None], "ink")
            for x, slopes in zip(self.x, self.stacks.slopes, strict=True)
        ]
        steady = "".join([self._layers(), *self._names()])
        live = "".join([self._looked_at(), *self._sizes(), self._wires(), *self._path(), *self._numbers()])
        self.lab.stage.show(live, [self._handle()], heats=cells, steady=steady)

    def _handle(self):
        """The wire of the layer that is looked at."""
        layer = self.lab.layer
        reach = min(self.gap / 2 - 1, BROAD), 12
        return Handle(f"l{layer}", STAGE, self.x[layer - 1], WIRES, "", self.lab.layer_in_words(), False, reach=reach)

    def _looked_at(self):
        """A band behind the bar and the wire of the layer that is looked at."""
        half = min(self.gap / 2, BROAD)
        return marks.box(self.x[self.lab.layer - 1] - half, TOP, 2 * half, CELLS - TOP, "lit", opacity=0.35, round=5)

    # The scale.

    def _heights(self, sizes):
        """How high sizes stand, in stage units, within the scale; 0 stands on the floor."""
        low, high = (math.log10(end) for end in self.panel.ylim)
        with np.errstate(divide="ignore"):
            share = (np.log10(sizes) - low) / (high - low)
        return (FLOOR - (FLOOR - TOP) * np.clip(share, 0, 1)).round().astype(int).tolist()

    def _sizes(self):
        """A bar for the error that arrives at each layer, with a tick for each network; dots for its activations."""
        violet, teal, paper = (marks.COLOURS[colour] for colour in ("violet", "teal", "paper"))
        half, tops = self.half, self._heights(self.lab.sizes)
        bars = "".join(f"M{x - half},{FLOOR}V{y}h{2 * half}V{FLOOR}z" for x, y in zip(self.x, tops, strict=True))
        yield f'<path d="{bars}" fill="{violet}" fill-opacity="0.75"/>'
        each = zip(self.x, self._heights(self.stacks.errors.T), strict=True)
        ticks = "".join(f"M{x - 4},{y}h8" for x, heights in each for y in sorted(set(heights)))
        yield f'<path d="{ticks}" stroke="currentColor" stroke-opacity="0.8"/>'
        spots = [f"{x},{y}" for x, y in zip(self.x, self._heights(self.lab.activations), strict=True)]
        line, dots = "M" + "L".join(spots), "".join(f"M{spot}h0" for spot in spots)
        for colour, width in ((paper, 4.5), (teal, 2)):
            yield f'<path d="{line}" class="annkit-p" stroke="{colour}" stroke-width="{width}"/>'
        for colour, width in ((paper, 9), (teal, 6.5)):
            yield f'<path d="{dots}" class="annkit-p" stroke="{colour}" stroke-width="{width}"/>'

    # The layers.

    def _layers(self):
        """The layers' boxes, the ways between them, their numbers, and where a click is meant."""
        half = self.half
        boxes = "".join(f"M{x - half},{CELLS}h{2 * half}V{FOOT}h-{2 * half}z" for x in self.x)
        starts, ends = [LEFT - 8, *(x + half for x in self.x)], [*(x - half for x in self.x), RIGHT + 12]
        ways = "".join(f"M{start},{MIDDLE}H{end}" for start, end in zip(starts, ends, strict=True))
        wires = f"M{LEFT + self.gap:.0f},{WIRES - 14}H{RIGHT}v28H{LEFT + self.gap:.0f}z" if self.depth > 1 else ""
        return (
            f'<path d="{boxes}{ways}" fill="none" class="annkit-cut"/>'
            f'<path d="{wires}{boxes}" class="annkit-pick" fill="transparent"/>'
            + self._row(NUMBERS, range(1, self.depth + 1), ' class="annkit-soft"')
        )

    def _wires(self):
        """The skips: what is soldered leads past its layer, what is cut has a gap."""
        soldered, cut = "", ""
        for layer, x in enumerate(self.x[1:], start=2):
            start, end = round(x - self.gap / 2 + SLACK), round(x + self.gap / 2 - SLACK)
            up = f"M{start},{MIDDLE}V{WIRES + CORNER}q0-{CORNER} {CORNER}-{CORNER}"
            down = f"H{end - CORNER}q{CORNER} 0 {CORNER} {CORNER}V{MIDDLE}"
            if self.stacks.factors[layer - 1]:
                soldered += up + down
            else:
                cut += f"{up}H{x - 6}M{x - 3},{WIRES - 6}l-6 12M{x + 9},{WIRES - 6}l-6 12M{x + 6},{WIRES}{down}"
        return (
            f'<path d="{cut}" fill="none" stroke="{marks.COLOURS["grey"]}" stroke-width="1.3" stroke-opacity="0.6"/>'
            f'<path d="{soldered}" fill="none" stroke="currentColor" stroke-width="2.4"/>'
        )

    def _path(self):
        """The path through the units, each piece in the colour of its factor."""
        spots = [f"{x},{CELLS + CELL * unit - CELL // 2}" for x, unit in zip(self.x, self.lab.path, strict=True)]
        pieces = {"blue": "", "orange": "", "grey": ""}
        for step, start, end in zip(self.steps[::-1], spots, spots[1:], strict=False):
            pieces[marks.sign_colour(step.factor)] += f"M{start}L{end}"
        paper, dots = marks.COLOURS["paper"], "".join(f"M{spot}h0" for spot in spots)
        yield f'<path d="M{"L".join(spots)}" class="annkit-p" stroke="{paper}" stroke-width="5"/>'
        for colour, path in pieces.items():
            yield f'<path d="{path}" class="annkit-p" stroke="{marks.COLOURS[colour]}" stroke-width="2.5"/>'
        for colour, width in (("currentColor", 9), (paper, 5.5)):
            yield f'<path d="{dots}" class="annkit-p" stroke="{colour}" stroke-width="{width}"/>'

    # Numbers under the bars and under the layers.

    def _numbers(self):
        rates = [self._short(rate, far=1e9) for rate in self.lab.rates.tolist()]
        made = [self._short(product) for product in products(self.steps)[::-1]]
        for texts in (rates, made):
            if self.gap < CLOSE and max(map(len, texts)) > ROOM:
                texts[1:-1:2] = [""] * ((self.depth - 1) // 2)  # not that of the first layer, nor of the last
        yield self._row(RATES, rates, ' font-weight="bold"')
        yield self._row(PATH, made)

    def _short(self, value, far=1):
        """A number for under a layer, as far as there is room: in the end only its power of ten.

        One that is no more than `far` from 1 may have a digit with its power, where layers don't stand close.
        """
        if not math.isfinite(value) or value in (0, 1):
            return number(value)
        size = abs(value)
        if self.gap >= NARROW or self.gap >= CLOSE and 0.0095 <= size < 9999.5:
            return in_tens(value)
        if 0.05 <= size < 999.5:
            return in_tens(value, 1 if size < 9.5 else 2)
        if self.gap >= CLOSE and 1 / far < size < far:
            return in_tens(value, 1)
        return ("−" if value < 0 else "") + ten_to(round(math.log10(size)))

    def _row(self, y, texts, look=""):
        """One text under each layer."""
        each = "".join(f'<tspan x="{x}">{text}</tspan>' for x, text in zip(self.x, texts, strict=True))
        place = 'text-anchor="middle" dominant-baseline="central" font-size="13" fill="currentColor"'
        return f'<text y="{y}" {place}{look}>{each}</text>'

    def _names(self):
        """What the rows are."""
        factor = max(self.stacks.factors)
        skip = _("skip, f × {factor}").format(factor=in_tens(factor)) if factor not in (0, 1) else _("skip")
        rows = {
            RATES: _("α must be ×"),
            WIRES + 8: skip,
            MIDDLE: _("slope f′(z)"),
            NUMBERS: _("layer"),
            PATH: _("path"),
        }
        for y, words in rows.items():
            yield marks.text(STAGE, 4, y, words, "soft", "start", 13)
        back, forward = _("← size of ∂E/∂a: the error that arrives"), _("size of a, going forward →")
        yield marks.text(STAGE, LEFT, 12, back, "violet", "start", 13.5, bold=True)
        yield marks.text(STAGE, RIGHT, 12, forward, "teal", "end", 13.5, bold=True)
        for x, slope, colour in ((4, 0, "none"), (44, 1, "ink")):
            yield marks.box(x, MIDDLE + 16, 12, 12, colour, "grey")
            yield marks.text(STAGE, x + 18, MIDDLE + 22, str(slope), "soft", "start", 13)
        for x, name in ((LEFT - 18, "x"), (RIGHT + 22, "o")):
            yield marks.text(STAGE, x, MIDDLE, name, size=14)
