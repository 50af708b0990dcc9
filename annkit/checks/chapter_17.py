"""What the exercises of chapter 17, size, speed and GPUs, ask."""

from annkit import counting, inputs
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.translation import N_, _
from annkit.wording import fixed, number

DEPTH, BUDGET, STEP = 3, 100_000, 8
"""How many hidden layers the lab's network has, what a digit may cost, and how far the slider of the width moves."""
SIZES, DIGITS, EPOCHS, RATE = (64, 256, 256, 10), 60_000, 10, 20e9
"""The training that is estimated, and how many multiplications a second the core of the exercise does."""
NEAR = 0.01
MILLISECONDS = {1: 33, 4: 10, 16: 4.2, 64: 2.3, 256: 2.0, 1500: 1.8}
NEEDED = {1: 2, 4: 2, 16: 3, 64: 3, 256: 10, 1500: 48}
"""By batch: how long an epoch takes, as the chapter gives it, and how many are needed."""


def digits_network(depth, width):
    """The sizes of the lab's network."""
    return [64, *[width] * depth, 10]


@exercise(
    N_("a second of 10 million multiplications, for 100 digits: how many for one?"),
    N_("the lab's first line says what a digit takes. It may be 100,000 and no more."),
    start=Start("SpeedLab", depth=3, width=64),
)
def widest(lab):
    """Three hidden layers, as wide as the budget lets them be."""
    if lab.depth != DEPTH:
        raise Slip(_("this network has three hidden layers; yours has {depth}.").format(depth=lab.depth))
    count = counting.forward(digits_network(DEPTH, lab.width))
    said = {"width": lab.width, "count": f"{count:,}", "budget": f"{BUDGET:,}"}
    if count > BUDGET:
        message = _("{width} units take {count} multiplications a digit; there is time for {budget}.")
        raise NotYet(message.format(**said))
    if counting.forward(digits_network(DEPTH, lab.width + STEP)) <= BUDGET:
        message = _("{width} units take {count} multiplications a digit: there is time for wider layers.")
        raise NotYet(message.format(**said))
    return _(
        "{count} multiplications. From 64 units on, three times as wide is already seven times the work; 205 is the "
        "widest of all."
    ).format(**said)


@exercise(
    N_("learning goes forward and back, with every digit, in every epoch. How many multiplications is that?"),
    N_("forward Σ (before + 1) × units; back the same once more, and before × units for every layer but the first."),
)
def estimate(seconds):
    """How long a training takes at a stated speed."""
    seconds = inputs.number("seconds", seconds, low=0)
    forward, back = counting.forward(SIZES), counting.back(SIZES)
    right = _seconds(forward + back)
    if abs(seconds - right) <= NEAR * right:
        return _(
            "{seconds} seconds at best: no product is faster than the core's limit, and activations come on top."
        ).format(seconds=fixed(right, 1))
    for slip, reason in (
        (_seconds(forward), _("that is the way forward alone; learning goes back, too.")),
        (_seconds(back), _("that is the way back alone; learning goes forward first.")),
        (_seconds(3 * forward), _("three times forward is a limit for deep networks; count this one.")),
        (right / EPOCHS, _("that is one epoch; there are ten.")),
        (right / DIGITS, _("that is one digit, ten times; there are 60,000.")),
        (right * 1000, _("in seconds, not in milliseconds.")),
    ):
        if abs(seconds - slip) <= NEAR * slip:
            raise NotYet(reason)
    raise NotYet(_("{seconds} seconds is not what this network takes.").format(seconds=number(seconds)))


def _batch(name, value):
    """One of the batches of the table."""
    value = inputs.whole(name, value, low=1)
    if value not in MILLISECONDS:
        message = _("{name} should be one of the batch sizes of the table, {sizes}, not {value}.")
        raise Slip(message.format(name=name, sizes=", ".join(map(str, MILLISECONDS)), value=value))
    return value


def _seconds(count):
    """How long the whole training takes with so many multiplications a digit."""
    return count * DIGITS * EPOCHS / RATE


@exercise(
    N_("the quickest epoch is read off the first table. For the other, how long do all its epochs take together?"),
    N_("multiply: milliseconds of an epoch × epochs, for each of the six; where is it smallest?"),
)
def batches(quickest, first):
    """The batch with the quickest epoch, and the one that is there first."""
    quickest, first = _batch("quickest", quickest), _batch("first", first)
    totals = {batch: MILLISECONDS[batch] * NEEDED[batch] for batch in MILLISECONDS}
    if quickest != min(MILLISECONDS, key=MILLISECONDS.get):
        message = _("an epoch with batches of {batch} takes {ms} ms; another is quicker.")
        raise NotYet(message.format(batch=quickest, ms=number(MILLISECONDS[quickest])))
    if first != min(totals, key=totals.get):
        message = _("with batches of {batch} it takes {epochs} epochs of {ms} ms, {total} ms; another is there sooner.")
        raise NotYet(
            message.format(
                batch=first, epochs=NEEDED[first], ms=number(MILLISECONDS[first]), total=number(totals[first])
            )
        )
    return _(
        "the quickest epoch has {quickest} samples a batch, and needs {times} times as long to learn as {first}."
    ).format(quickest=f"{quickest:,}", first=first, times=fixed(totals[quickest] / totals[first], 0))
