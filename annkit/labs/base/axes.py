"""The numbers of the place that is looked at, on the axes of its picture."""

from annkit.stage import marks
from annkit.wording import number

LETTER = 7.6
"""About the width of a bold letter, in stage units."""


def on_axes(panel, x, y):
    """The numbers of a place, framed, at both axes, where they cover what else stands there."""
    for value, at, (dx, dy) in ((x, (x, panel.ylim[0]), (0, 12)), (y, (panel.xlim[0], y), (-4, 0))):
        half = max(12, LETTER * len(number(value)) / 2 + 5)
        left, top = panel.spot(*at)
        left += dx - (half if dy else 2 * half)
        inward = max(0, 1 - left)  # a long number still lies on the picture
        frame = marks.box(left + inward, top + dy - 9, 2 * half, 18, "paper", "grey", round=5)
        shift = ((dx if dy else dx - half) + inward, dy)
        yield frame + marks.text(panel, *at, number(value), shift=shift, bold=True)
