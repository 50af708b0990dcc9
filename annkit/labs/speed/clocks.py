"""The bars of a speed lab, which fill in real time: by hand, by loops, by `@`, and on a GPU."""

import time

from annkit import counting
from annkit.labs.speed.durations import duration, many
from annkit.labs.speed.measured import DIGITS
from annkit.labs.speed.staircase import words
from annkit.stage import marks
from annkit.translation import _

TOP, ROW = 386, 28
LEFT, WIDTH, HEIGHT = 84, 236, 15
BY_HAND = 10
"""Seconds that one multiplication takes by hand."""


def by_hand(count):
    """How long so many multiplications take by hand, in seconds."""
    return BY_HAND * count


def clocks(lab):
    """All bars as marks. Those of what was not measured are empty."""
    measured = lab.measured
    title = _("all {count} digits, forward, {batch} at a time").format(count=f"{DIGITS:,}", batch=f"{lab.batch:,}")
    yield words(LEFT, TOP - 4, title, "start", "soft", bold=True)
    passed = time.perf_counter() - measured.began if measured else 0
    count = DIGITS * counting.forward(lab.sizes)
    rows = [(_("by hand"), by_hand(count), "grey"), (_("loops"), measured and measured.loops, "violet")]
    rows.append(("@", measured and measured.products, "teal"))
    if measured and measured.gpu:
        rows.append((_("GPU"), measured.gpu.seconds, "blue"))
    for k, (name, seconds, colour) in enumerate(rows):
        yield bar(TOP + (k + 0.75) * ROW, name, seconds, colour, passed if measured else None)
    yield nearness(TOP + (len(rows) + 0.9) * ROW, measured)


def bar(y, name, seconds, colour, passed):
    """A bar that is full when its time is over; empty where nobody has measured."""
    parts = [words(LEFT - 10, y, name, "end"), frame(y)]
    if passed is not None:
        full = marks.box(LEFT, y - HEIGHT / 2, WIDTH, HEIGHT, colour, round=3)
        parts.append(marks.filling(full, seconds, passed) if passed < seconds else full)
    text = duration(seconds) if seconds else _("not measured yet")
    parts.append(words(LEFT + WIDTH + 10, y, text, "start", "ink" if seconds else "soft", bold=bool(seconds)))
    return "".join(parts)


def nearness(y, measured):
    """How near the products come to what the core is capable of: the whole bar."""
    parts = [words(LEFT - 10, y, _("core's limit"), "end"), frame(y)]
    text = _("not measured yet")
    if measured:
        parts.append(marks.box(LEFT, y - HEIGHT / 2, WIDTH * measured.share, HEIGHT, "teal", opacity=0.55, round=3))
        text = _("{share} % reached by @").format(share=round(100 * measured.share))
        rate = _("{many} a second").format(many=many(measured.limit))
        parts.append(words(LEFT + WIDTH + 10, y + 17, rate, "start", "soft"))
    parts.append(words(LEFT + WIDTH + 10, y, text, "start", "ink" if measured else "soft", bold=bool(measured)))
    return "".join(parts)


def frame(y):
    """An empty bar."""
    return marks.box(LEFT, y - HEIGHT / 2, WIDTH, HEIGHT, "faint", round=3)
