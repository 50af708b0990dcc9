"""The picture of the explain lab: for each feature what the network would answer, and how much hangs on it."""

import html
from typing import NamedTuple

import numpy as np

from annkit.labs.explain.friedman import COPIED, FEATURES, MOST_COPIES, PLACES, truth
from annkit.stage import Handle, Panel, marks
from annkit.stage.marks import COLOURS
from annkit.translation import _
from annkit.wording import fixed, subscript

SIZE = WIDTH, HEIGHT = 818, 390
ACROSS = 5
LEFT, TOP, WIDE, HIGH, STEP_X, STEP_Y = 30, 24, 142, 106, 157.5, 183
"""Where the first panel stands, how large each is, and how far it is to the next."""
LOW, MOST = -1, 30
"""From where to where answers are drawn."""
LINES = (0, 10, 20, 30)
BAR = 98
"""How long the bar of an importance of 1 would be; it ends where the number begins."""
LONGEST = 1.02
FINE = 4
"""Corners of curves lie on the whole ones of so many parts of a stage unit."""
TANGENT = 0.17
"""A tangent reaches so far to either side."""
COLUMNS = FEATURES + MOST_COPIES
PANELS = [
    Panel.plain(LEFT + STEP_X * (k % ACROSS), TOP + STEP_Y * (k // ACROSS), WIDE, HIGH, (0, 1), (LOW, MOST))
    for k in range(COLUMNS)
]
BELOW = HIGH + 29
"""How far under the upper edge of its panel the bar of a feature lies."""


class Now(NamedTuple):
    """What is drawn: the row, the answer to it, and the answer's slopes."""

    x: np.ndarray
    answer: float
    slopes: np.ndarray


def prepare(axes, columns):
    """Draw what stays: the lines of 0, 10, 20 and 30 in so many panels, and the ends of the features."""
    ink = axes.xaxis.label.get_color()
    axes.set_position((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
    for k, panel in enumerate(PANELS[:columns]):
        for value in LINES:
            __, y = panel.spot(0, value)
            axes.plot([panel.x, panel.x + WIDE], [y, y], color=ink, alpha=0.13, linewidth=1, clip_on=False)
            if k % ACROSS == 0:
                axes.text(panel.x - 6, y, str(value), color=ink, alpha=0.7, size=12, ha="right", va="center")
        for value in (0, 1):
            axes.text(panel.x + WIDE * value, panel.y + HIGH + 10, str(value), color=ink, alpha=0.7, size=12,
                      ha="right" if value else "left", va="center")  # fmt: skip


def steady(explained):
    """What stays while a row is turned: the average answer of all rows, for each feature."""
    curves = "".join(_curve(panel, PLACES, values) for panel, values in zip(PANELS, explained.dependence, strict=False))
    return _path(curves, "grey", 1.5, "2 3")


def live(lab, now):
    """All marks: the row's own curves, the level of its answer, slopes, importances, and where copies have room."""
    explained, parts, level = lab.explained, [], ""
    for panel in PANELS[: len(now.slopes)]:
        left, y = panel.spot(0, np.clip(now.answer, LOW, MOST))
        level += f"M{left:.0f},{y:.1f}h{WIDE}"
    parts.append(f'<path d="{level}" stroke="{COLOURS["ink"]}" stroke-opacity="0.35" fill="none"/>')
    if lab.truth:
        parts.append(_path(_curves(explained, now.x, truth), "violet", 5, "", 0.45))
    parts.append(_path(_curves(explained, now.x, lab.model.predict), "ink", 2.2))
    parts += [*_tangents(now), *_titles(now), *_bars(lab)]
    parts += [_place(lab, k) for k in range(len(now.slopes), COLUMNS)]
    return "".join(parts) + _legend(lab)


def handles(lab, now):
    """In each panel the place of the row, to be dragged along the feature."""
    y, dot = float(np.clip(now.answer, LOW, MOST)), marks.dot(7, middle=True)
    columns = zip(lab.columns, PANELS, now.x, now.slopes, strict=False)
    return [
        Handle(name, panel, x, y, dot, _name(k, x, slope), axes="x")
        for k, (name, panel, x, slope) in enumerate(columns)
    ]


def place_of_copy(x, y, copies):
    """Whether there is an empty place for a copy at x, y (stage units)."""
    return any(panel.holds(x, y) for panel in PANELS[FEATURES + copies :])


def written(k):
    """What column k is called."""
    return subscript(f"x{k + 1}") if k < FEATURES else _("copy {n}").format(n=k - FEATURES + 1)


def _name(k, value, slope):
    words = _("{feature} = {value}; slope {slope}")
    return words.format(feature=written(k), value=fixed(value, 2), slope=fixed(slope, 1))


def _curves(explained, x, predict):
    values = explained.what_if(x, predict)
    return "".join(_curve(panel, PLACES, row) for panel, row in zip(PANELS, values, strict=False))


def _curve(panel, x, y):
    """A line through points, as steps from one to the next, in whole parts of a stage unit; straight ones are short."""
    y = np.clip(y, LOW, MOST)
    places = (FINE * panel.place(x, y)).round().astype(int)
    bends = np.abs(np.diff(y, 2)) > 0.004
    places = places[np.concatenate([[True], bends, [True]])]
    steps = np.diff(places, axis=0).tolist()
    return "M{},{}l".format(*places[0]) + " ".join(f"{a},{b}" for a, b in steps)


def _path(d, colour, width, dash="", opacity=1):
    dashes = " ".join(f"{FINE * float(each):g}" for each in dash.split())
    look = f' stroke-dasharray="{dashes}"' if dash else ""
    look += f' stroke-opacity="{opacity}"' if opacity != 1 else ""
    return (
        f'<path transform="scale({1 / FINE})" d="{d}" fill="none" stroke="{COLOURS[colour]}" '
        f'stroke-width="{FINE * width:g}"{look}/>'
    )


def _tangents(now):
    """At each place of the row a short line as steep as the answer is there: blue up, orange down."""
    paths, answer = {}, now.answer
    for panel, value, slope in zip(PANELS, now.x, now.slopes, strict=False):
        reach = TANGENT / np.hypot(1, slope * HIGH / WIDE / (MOST - LOW))
        ends = np.clip([value - reach, value + reach], 0, 1)  # the next panel is near
        (a, b), (c, d) = (panel.spot(end, answer + (end - value) * slope) for end in ends)
        paths.setdefault(marks.sign_colour(round(slope, 1)), []).append(f"M{a:.1f},{b:.1f}L{c:.1f},{d:.1f}")
    return [
        f'<path d="{"".join(d)}" stroke="{COLOURS[c]}" stroke-width="5" stroke-opacity="0.8"/>'
        for c, d in paths.items()
    ]


def _titles(now):
    """Over each panel the feature with its value, and its slope in the colour of its sign."""
    names, slopes = [], []
    for k, (panel, value, slope) in enumerate(zip(PANELS, now.x, now.slopes, strict=False)):
        name = f"{written(k)} = {fixed(value, 2)}" if k < FEATURES else written(k)  # which has no room for more
        names.append(f'<text x="{panel.x:.0f}" y="{panel.y - 12}">{html.escape(name)}</text>')
        colour, sign = marks.sign_colour(round(slope, 1)), "+" if round(slope, 1) > 0 else ""
        place = f'x="{panel.x + WIDE:.0f}" y="{panel.y - 12}"'
        slopes.append(f'<text {place} class="annkit-t annkit-{colour}">{sign}{fixed(slope, 1)}</text>')
    bold = f'<g class="annkit-t annkit-b" font-size="14" fill="currentColor">{"".join(names)}</g>'
    return bold, f'<g text-anchor="end" font-size="13.5">{"".join(slopes)}</g>'


def _bars(lab):
    """Under each panel how much R² is lost when the feature is shuffled, and what a perfect model would lose."""
    lengths, tracks, numbers, ticks = "", "", "", ""
    for panel, lost, true in zip(PANELS, lab.importance, lab.model.true_importance, strict=False):
        x, y = panel.x, panel.y + BELOW
        lengths += f"M{x:.0f},{y}h{BAR * float(np.clip(lost, 0, LONGEST)):.1f}"
        tracks += f"M{x:.0f},{y}h{BAR}"
        ticks += f"M{x + BAR * true:.1f},{y - 9}v18"
        numbers += f'<text x="{x + WIDE:.0f}" y="{y}">{fixed(lost, 2)}</text>'
    looks = [(tracks, "faint", 11), (lengths, "blue", 11), *([(ticks, "violet", 3)] if lab.truth else [])]
    for path, colour, width in looks:
        yield f'<path d="{path}" stroke="{COLOURS[colour]}" stroke-width="{width}"/>'
    yield f'<g class="annkit-t" text-anchor="end" font-size="13.5" fill="currentColor">{numbers}</g>'


def _place(lab, k):
    """A place for a copy: the next one to come says so, and one that goes with x₄ says that."""
    panel, x4 = PANELS[k], written(COPIED)
    frame = marks.box(panel.x, panel.y, WIDE, HIGH, "none", "grey", 0.5, dash="4 4", round=8)
    if k < len(lab.x):
        lines = (written(k), _("goes with {x4}").format(x4=x4))
    elif k == len(lab.x):
        lines = (_("+ a copy of {x4}").format(x4=x4), _("click here"))
    else:
        return frame
    x, y = panel.x + WIDE / 2, panel.y + HIGH / 2
    texts = "".join(
        f'<text x="{x:.0f}" y="{y + shift:.0f}">{html.escape(words)}</text>'
        for words, shift in zip(lines, (-9, 10), strict=True)
    )
    return frame + f'<g class="annkit-t" text-anchor="middle" font-size="13.5" fill="{COLOURS["soft"]}">{texts}</g>'


def _legend(lab):
    """What each line means, in one row under all panels."""
    entries = [
        (COLOURS["ink"], 2.2, "", _("what if: this row")),
        (COLOURS["grey"], 1.5, "2 3", _("average of all rows")),
        (COLOURS["blue"], 5, "", _("slope here")),
        (COLOURS["blue"], 11, "", _("R² lost when shuffled")),
    ]
    if lab.truth:
        entries.append((COLOURS["violet"], 5, "", _("the truth")))
    x, y, parts, texts = LEFT, HEIGHT - 12, "", ""
    for colour, width, dash, words in entries:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        parts += f'<path d="M{x},{y}h22" stroke="{colour}" stroke-width="{width}"{dashes}/>'
        texts += f'<text x="{x + 28}" y="{y}">{html.escape(words)}</text>'
        x += 28 + round(7 * len(words)) + 18
    return f'{parts}<g class="annkit-t" font-size="13" fill="{COLOURS["soft"]}">{texts}</g>'
