"""The overfitting lab's picture: the curve between its points, and under it both errors over the epochs."""

import numpy as np

from annkit.labs.overfit.fits import EVERY, MOST_EPOCHS, NEW
from annkit.labs.overfit.state import XLIM
from annkit.stage import marks, new_figure
from annkit.translation import _
from annkit.wording import number

WIDTH, HEIGHT = 560, 556
MARK = 0.12
"""Below this error on new data it generalises: the sine itself has about half of it, from the noise."""
LEAST, LARGEST = 0.005, 3
"""The ends of the errors' axis."""
FIRST, LAST = 7, 6500
"""The ends of the epochs' axis: epoch 0 stands at the left end, and names at the right."""
LATE = 1200
"""From this epoch on a mark stands close to the names at the right."""
FINE, COARSE = np.linspace(*XLIM, 121), np.linspace(*XLIM, 61)
"""Where the curve is drawn, and where ghosts are."""
GAP = 16
"""Words at the right stand so far apart, in stage units."""
POINT = '<circle r="6" class="annkit-mark"/>'


def best(epoch):
    """The mark of the best epoch, drawn around (0, 0); a late one has its name at the left, away from the curves'."""
    paper, teal = marks.COLOURS["paper"], marks.COLOURS["teal"]
    anchor = "middle" if epoch < LATE else "end"
    return (
        f'<circle r="7" fill="{paper}" stroke="{teal}" stroke-width="2.5"/><text class="annkit-t annkit-b" '
        f'text-anchor="{anchor}" y="-17" font-size="13" fill="{teal}">{_("best")}</text>'
    )


def figure():
    """The set: the axes of both panels."""
    drawn, (plane, errors) = new_figure(WIDTH, HEIGHT, nrows=2, height_ratios=(1.75, 1))
    plane.set(xlim=(-3.12, 3.12), ylim=(-2.1, 2.1), xlabel="x", ylabel="t", xticks=range(-3, 4), yticks=range(-2, 3))
    errors.set(xlim=(FIRST, LAST), ylim=(LEAST, LARGEST), xscale="log", yscale="log", xlabel=_("epochs"))
    errors.set_xticks([10, 100, 1000, 2000], ["10", "100", "1000", "2000"])
    errors.set_yticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])
    errors.minorticks_off()
    errors.text(0.035, 0.88, _("error"), transform=errors.transAxes, color=errors.xaxis.label.get_color(), size=13)
    for axes in (plane, errors):
        axes.grid(True)
        axes.tick_params(labelsize=12.5)
    return drawn


def behind(lab, plane, errors):
    """What lies behind the curve, new data, the curves of other samples and the sine; and the mark of the errors."""
    new = _dots(plane, NEW.X, NEW.T, "teal", 4.5, 0.4)
    many = "" if lab.has_handles else _dots(plane, *lab.table, "violet", 6.5, 0.8)
    mark = marks.line(errors, [FIRST, MOST_EPOCHS], [MARK, MARK], "good", 1.5, "5 4")
    mark += marks.text(errors, FIRST, MARK, number(MARK), "good", "start", 13, (6, 11), bold=True)
    sine = marks.line(plane, COARSE, np.sin(COARSE), "grey", 8, opacity=0.55)
    return marks.clip(plane, new, _ghosts(plane, lab.cloud(COARSE)), sine, many) + mark


def _dots(panel, x, t, colour, width, opacity):
    """Many small dots as one mark."""
    path = "".join(f"M{a},{b}h0" for a, b in panel.place(x, t).round().astype(int).tolist())
    style = f'stroke="{marks.COLOURS[colour]}" stroke-width="{width}" opacity="{opacity}"'
    return f'<path d="{path}" class="annkit-p" {style}/>'


def _ghosts(panel, curves):
    """The curves, as steps from one place to the next, in whole stage units."""
    if not len(curves):
        return ""
    paths = []
    for curve in curves:
        places = panel.place(COARSE, curve.clip(-9, 9)).round().astype(int)
        (x, y), steps = places[0].tolist(), np.diff(places, axis=0).tolist()
        paths.append(f"M{x},{y}l" + " ".join(f"{a},{b}" for a, b in steps))
    return f'<path d="{"".join(paths)}" fill="none" stroke="{marks.COLOURS["grey"]}" stroke-width="1.2" opacity="0.4"/>'


def curve(lab, panel):
    """What the network answers, and what is what, where the sine leaves room."""
    line = marks.line(panel, FINE, lab.curve(FINE).clip(-9, 9), "ink", 3)
    names = [(points_name(lab), "violet"), (_("new data"), "teal"), (_("the sine"), "grey"), (_("the network"), "ink")]
    key = "".join(
        marks.text(panel, 3, -2, name, colour, "end", 13, (0, -17 * k), bold=True)
        for k, (name, colour) in enumerate(names[::-1])
    )
    return marks.clip(panel, line) + key


def points_name(lab):
    """What the points are called."""
    return _("{points} points").format(points=lab.points)


def errors(lab, panel):
    """Both errors, up to where it learned; where points were moved, how they went on from where it stands."""
    shown = _drawn(lab.learned // EVERY)
    tails = (lab.refit.errors, lab.refit.new_errors) if lab.moved else (None, None)
    lines, ends = [marks.line(panel, [max(lab.epoch, FIRST)] * 2, [LEAST, LARGEST], "ink", 1, "2 3")], []
    for values, tail, (name, colour, dash) in zip((lab.fit.errors, lab.fit.new_errors), tails, CURVES, strict=True):
        values = np.clip(values, LEAST, LARGEST)
        lines.append(marks.line(panel, EVERY * shown, values[shown], colour, 2, dash, 0.4 if lab.moved else 1))
        at, value = lab.learned, values[lab.learned // EVERY]
        if tail and len(tail) > 1:
            on, tail = lab.epoch + EVERY * np.arange(len(tail)), np.clip(tail, LEAST, LARGEST)
            lines.append(marks.line(panel, on, tail, colour, 2.5, dash))
            at, value = max(at, on[-1]), tail[-1]
        ends.append((at, value, name(lab), colour))
    return marks.clip(panel, *lines) + (_names(panel, ends) if lab.learned else "")


def _drawn(last):
    """Which of the looks up to the last are drawn: all at first, then fewer, as they stand closer; and the last."""
    looks = np.arange(1, last + 1)
    apart = 2 ** np.maximum(0, np.log2(looks).astype(int) - 5)
    return looks[(looks % apart == 0) | (looks == last)]


CURVES = [(points_name, "violet", None), (lambda lab: _("new data"), "teal", "5 3")]
"""What each error is called, its colour and its dashes."""


def _names(panel, ends):
    """What each curve is called, beside its end; one name stands over the other, inside the panel."""
    x, values, names, colours = zip(*ends, strict=True)
    wanted = panel.place(x, values)[:, 1]
    low, high = panel.y + 8, panel.y + panel.height - 8
    upper = int(wanted[1] < wanted[0])
    middle = np.clip(wanted.mean(), low + GAP / 2, high - GAP / 2)
    heights = np.clip(wanted, low, high)
    if abs(heights[0] - heights[1]) < GAP:
        heights[upper], heights[1 - upper] = middle - GAP / 2, middle + GAP / 2
    return "".join(
        marks.text(panel, at, LARGEST, name, colour, "start", 13, (12, height - panel.y), bold=True)
        for at, name, colour, height in zip(x, names, colours, heights, strict=True)
    )
