"""How the tap lab is drawn: three lanes that flow into the mixed colour, the colour wanted beside it, and the gaps."""

import numpy as np

from annkit.colour import to_hex
from annkit.stage import Handle, bare, marks, new_figure
from annkit.translation import _
from annkit.wording import number, subscript

PIPE = 24
"""How thick a flow is that comes through a tap of opening 1, in stage units."""
THICKEST = 1.4
SLOPE_UNIT = 70
"""The length of the arrow for a slope of 1, in stage units; it is drawn no longer than LONGEST."""
LONGEST = 110
INK = marks.COLOURS["ink"]
KNOB = f'<circle r="10" class="annkit-d"/><path d="M-6,0h12M0,-6v12" stroke="{INK}" stroke-width="2"/>'


class Picture:
    """The lanes above, beside them the two colours; below, each channel of both, and the error."""

    ends, most = (0.0, 1.0), 1.0

    def figure(self, lab):
        """The set, wide and high enough for the taps and for the error as they are."""
        self.ends, self.most = _ends(lab), _most(lab)
        sizes = {"width_ratios": (2.2, 1), "height_ratios": (2, 1)}
        figure, ((lanes, colours), (channels, error)) = new_figure(430, 410, nrows=2, ncols=2, **sizes)
        low, high = self.ends
        room = 0.05 * (high - low)
        lanes.set(xlim=(low - room, high + room), ylim=(3.5, 0.5), yticks=(), xticks=np.linspace(low, high, 5))
        lanes.set_xlabel(_("how far open") if (low, high) == (0, 1) else _("weight; a tap ends at 0 and at 1"))
        for beyond, tap_end in ((low, 0), (high, 1)):
            if beyond != tap_end:
                lanes.axvspan(tap_end, beyond + np.copysign(room, beyond), color="grey", alpha=0.2)
        lanes.spines["left"].set_visible(False)
        lanes.grid(True, axis="x")
        bare(colours, title=_("mixed | wanted"))
        channels.set(xlim=(0, 1), ylim=(3.5, 0.4), xlabel=_("amount of light"), xticks=(0, 0.5, 1), yticks=())
        channels.spines["left"].set_visible(False)
        channels.grid(True, axis="x")
        error.set(xlim=(-1, 1), ylim=(0, self.most), xticks=(), yticks=np.linspace(0, self.most, 3))
        error.set_title(_("error E"))
        return figure

    def fits(self, lab):
        """Whether taps and error are on the set; it becomes smaller only on reset."""
        (low, high), (least, greatest), most = self.ends, _ends(lab), _most(lab)
        if lab.untouched:
            return (low, high, self.most) == (least, greatest, most)
        return low <= least and greatest <= high and most <= self.most

    def draw(self, lab, lanes, colours, channels, error):
        """Live marks, handles and heat maps, as `Stage.show` takes them."""
        live = [*self._colours(lab, colours), *self._channels(lab, channels), *self._error(lab, error)]
        for i in range(3):
            live += self._lane(lab, i, lanes, colours.x)
        return "".join(live), [self._tap(lab, i, lanes) for i in range(3)], []

    def _lane(self, lab, i, panel, end):
        """A tap's flow, its name, its slope, and the way in which it lowers the error."""
        weight, slope = lab.weights[i], lab.slopes[i]
        ((__, y),) = panel.place(0, i + 1)
        yield _box(panel.x, y - PIPE / 2, end - panel.x, PIPE, stroke=marks.COLOURS["grey"], opacity=0.6)
        thickness = PIPE * min(abs(weight), THICKEST)
        light = to_hex(lab.lights[i])
        if weight > 0:
            yield _box(panel.x, y - thickness / 2, end - panel.x, thickness, fill=light)
        elif weight < 0:
            yield _box(panel.x, y - thickness / 2, end - panel.x, thickness, stroke=light, dash="5 3")
        name = f"{subscript(f'w{i + 1}')} = {number(weight)}, {lab.names[i]}"
        yield marks.text(panel, panel.xlim[0], i + 1, name, anchor="start", shift=(2, -24), bold=True)
        words = _("slope {slope}").format(slope=number(round(slope, 4)))
        yield marks.text(panel, panel.xlim[1], i + 1, words, anchor="end", shift=(-2, -24), size=11)
        unit = (panel.xlim[1] - panel.xlim[0]) / panel.width
        tip = np.clip(weight + np.clip(-SLOPE_UNIT * slope, -LONGEST, LONGEST) * unit, *panel.xlim)
        below = panel.data(panel.x, y + 20)[1]
        yield marks.arrow(panel, [weight, tip], [below, below], width=2.5, head=9)

    def _tap(self, lab, i, panel):
        words = _("tap {number}, {name}, open {opening}")
        label = words.format(number=i + 1, name=lab.names[i], opening=number(lab.weights[i]))
        return Handle(f"w{i + 1}", panel, lab.weights[i], i + 1, KNOB, label, axes="x")

    def _colours(self, lab, panel):
        """The wanted colour lies on the mixed one, so that no seam shows between two that are equal."""
        half = panel.width / 2
        yield _box(panel.x, panel.y, panel.width, panel.height, fill=to_hex(lab.mix))
        yield _box(panel.x + half, panel.y, half, panel.height, fill=to_hex(lab.wanted))

    def _channels(self, lab, panel):
        """For each channel a bar up to what is mixed, and a mark at what is wanted."""
        sentence = _("{channel}: {mixed}, wanted {wanted}")
        for i, (channel, mixed, wanted) in enumerate(zip(lab.channels, lab.mix, lab.wanted, strict=True), start=1):
            words = sentence.format(channel=channel, mixed=number(mixed), wanted=number(wanted))
            yield marks.text(panel, 0, i, words, anchor="start", size=11, shift=(2, -9))
            low, high = i + 0.1, i + 0.35
            yield marks.clip(panel, marks.area(panel, [0, mixed, mixed, 0], [low, low, high, high], "grey", 0.8))
            yield marks.line(panel, [wanted, wanted], [low - 0.1, high + 0.1], width=3)

    def _error(self, lab, panel):
        high = min(lab.E, self.most)
        yield marks.area(panel, [-0.5, 0.5, 0.5, -0.5], [0, 0, high, high], "grey", 0.8)
        yield marks.text(panel, 0, min(high, 0.85 * self.most), small(lab.E), shift=(0, -10), bold=True)


def small(error):
    """An error for a learner: four decimals, six where it is below 0.0001."""
    error = round(error, 12)
    return f"{error:.6f}" if 1e-6 <= error < 1e-4 else number(error)


def _ends(lab):
    """The ends of the lanes: 0 and 1, or as much farther as the taps need."""
    low, high = 0.0, 1.0
    while max(lab.weights) > high:
        high += high - low
    while min(lab.weights) < low:
        low -= high - low
    return low, high


def _most(lab):
    most = 1.0
    while lab.E > most:
        most *= 2
    return most


def _box(x, y, width, height, fill="none", stroke="none", opacity=1, dash=""):
    """A rectangle in stage units. The colours are what this picture is about, so they are no theme's."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}" stroke="{stroke}" '
        f'stroke-opacity="{opacity:g}" stroke-dasharray="{dash}"/>'
    )
