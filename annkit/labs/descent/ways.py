"""How a descent goes: converging, to and fro, diverging, in the other valley, … and what would help then."""

from dataclasses import dataclass

from annkit.labs.descent.walk import AHEAD, FAR, after, arrived, path
from annkit.translation import N_

SHORT = 0.01
"""A step shorter than this is hardly one."""
SAME = 1e-6
"""Places that differ by less are the same place."""


@dataclass(frozen=True)
class Way:
    """What is said of one way in which it may go: in short, in a sentence, and what would help."""

    short: str = ""
    sentence: str = ""
    help: str = ""
    good: bool = False


START = Way(help=N_("The dashed ring shows where the step will land. Press Step, or Play."))
STILL = Way(N_("No step"), N_("α times any slope is 0: nothing moves."), N_("Turn α away from 0."))
EXACT = Way(
    N_("Exactly at the lowest place"), N_("The slope is 0 here, and so is every step."),
    N_("Would another α need fewer steps, or more? Turn it."), good=True,
)  # fmt: skip
THERE = Way(
    N_("At the lowest place"), N_("To within 0.01. The steps get shorter and shorter."),
    N_("Would another α need fewer steps, or more? Turn it."), good=True,
)  # fmt: skip
STUCK = Way(
    N_("In the other valley"), N_("The slope is 0 at this bottom too. But E is smaller at w = {lowest}."),
    N_("Look at the stripes: with which α does this start get the other colour?"),
)  # fmt: skip
BALANCED = Way(
    N_("Exactly at a bottom"), N_("The slope is 0. With this α, no start beside it would come to rest here."),
    N_("Move the start a little: where does it go?"),
)  # fmt: skip
HILLTOP = Way(
    N_("On top of the hill"), N_("The slope is 0 here too, so there is no step."),
    N_("Move the start a little to either side: where does it go?"),
)  # fmt: skip
PLAIN = Way(
    N_("On a plain"), N_("So far out, the slope is 0 to a computer: no step."),
    N_("Move the start nearer to the valley."),
)  # fmt: skip
GONE = Way(
    N_("Diverged"), N_("The next step would be beyond a million, so it ends here."),
    N_("With which α does it stay in the picture?"),
)  # fmt: skip
DIVERGING = Way(
    N_("Diverging"), N_("Each step ends higher than the one before."), N_("With which α does it stay in the picture?")
)  # fmt: skip
HIGHER = Way(
    N_("Too far"), N_("The step ended higher than it began."), N_("Which α is small enough to end lower?")
)  # fmt: skip
FOR_EVER = Way(
    N_("To and fro for ever"), N_("Between the same two places, step after step."),
    N_("With which α does it come to rest?"),
)  # fmt: skip
OVER = Way(
    N_("Over the hill"), N_("The step was long enough to land in the next valley."),
    N_("Will it stay there? Go on."),
)  # fmt: skip
CROSSING = Way(
    N_("Converging, to and fro"), N_("Across the bottom, but lower than before."),
    N_("Turn α, and all the steps follow. Which way gets there soonest?"),
)  # fmt: skip
HARDLY = Way(
    N_("Hardly moving"), N_("Lower, but by less than 0.01 along w."),
    N_("What does a larger α do? Turn it, and all the steps follow."),
)  # fmt: skip
DOWN = Way(
    N_("Converging, from one side"), N_("Lower than before, and the bottom is still ahead."),
    N_("Turn α, and all the steps follow. When do they miss the bottom?"),
)  # fmt: skip


def way(lab):
    """How it goes, a `Way`, by the place where a `DescentLab` stands and by the steps that led there."""
    curve, rate, w = lab.curve_shown, lab.learning_rate, lab.w
    if rate == 0:
        return STILL
    if bottom := arrived(curve, w, rate):
        if bottom != curve.lowest:
            return STUCK
        return EXACT if w == bottom.w else THERE
    if rate * curve.slope(w) == 0:
        at_bottom = any(w == bottom.w for bottom in curve.bottoms)
        return BALANCED if at_bottom else HILLTOP if w in curve.tops else PLAIN
    if abs(after(curve, w, rate)) > FAR:
        return GONE
    return _of_the_last_step(lab, curve) if lab.taken else START


def _of_the_last_step(lab, curve):
    *earlier, before, now = lab.path
    if earlier and abs(now - earlier[-1]) < SAME < abs(now - before):
        return FOR_EVER
    if curve.E(now) >= curve.E(before):
        rose_before = earlier and curve.E(before) > curve.E(earlier[-1])
        return DIVERGING if rose_before and _leaves(lab, curve) else HIGHER
    if any(min(before, now) < top < max(before, now) for top in curve.tops):
        return OVER
    if curve.slope(before) * curve.slope(now) < 0:
        return CROSSING
    return HARDLY if abs(now - before) < SHORT else DOWN


def _leaves(lab, curve):
    """Whether it will have left for good before long."""
    last = path(lab.curve, lab.start, lab.learning_rate, lab.taken + AHEAD)[-1]
    return abs(after(curve, last, lab.learning_rate)) > FAR
