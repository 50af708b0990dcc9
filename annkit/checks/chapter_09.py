"""What the exercises of chapter 09, error and gradient descent, ask."""

import numpy as np

from annkit import inputs
from annkit.activations import sigmoid
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.checks.functions import array_of, returned
from annkit.translation import N_, _
from annkit.wording import number

NEAR, HALFWAY = 0.01, 0.25
"""So near to a bottom, descent has arrived; and so near, nobody doubts where it will."""
FAR = 1e6
MANY = 500
"""So many steps are followed."""
EXACT = 1e-9


def bowl_slope(w):
    """The slope of E = (w − 3)²."""
    return 2 * (w - 3)


def valleys_slope(w):
    """The slope of the lab's two valleys."""
    return (w + 0.5) * (w * w - 4) / 5


def descended(slope, w, alpha, steps):
    """Where so many steps lead from w; wherever it is, once it has left for good."""
    for __ in range(steps):
        w = w - alpha * slope(w)
        if abs(w) > FAR:
            break
    return w


TOO_SHORT = (
    N_("a step is α × slope long. How far is 3 from the start, and how steep is it there?"),
    N_("from −1 it is 4 to the bottom, and the slope is −8. Which α makes 4 of 8?"),
)
TOO_LONG = (
    N_("the first step goes past the bottom. Turn α down, and watch the dashed ring."),
    N_("from −1 it is 4 to the bottom, and the slope is −8. Which α makes 4 of 8?"),
)


@exercise(*TOO_SHORT, start=Start("DescentLab", curve="bowl", start=-1, learning_rate=0.1))
def one_step(lab):
    """With the lab's α, the first step from its start lands exactly on the bottom of the bowl."""
    if lab.curve != "bowl":
        raise Slip(_("this exercise is about the bowl: choose it again."))
    if lab.start == 3:
        raise Slip(_("your start is the bottom already: start somewhere else."))
    landing = descended(bowl_slope, lab.start, lab.learning_rate, 1)
    if abs(landing - 3) > EXACT:
        message = _("with α = {rate} the first step goes from {start} to {landing}, not to 3.")
        parts = {"rate": number(lab.learning_rate), "start": number(lab.start), "landing": number(landing)}
        raise NotYet(message.format(**parts), TOO_LONG if (landing - 3) * (lab.start - 3) < 0 else TOO_SHORT)
    return _("it does so from every start: the slope is twice the distance, so half of the slope is the whole way.")


SWING_HINTS = (
    N_("let the lab do it: the bowl, α = 1, start 0. Where is it after one step, after two, after three?"),
    N_("it is at 0 after an even number of steps. And after an odd number?"),
)
TIMES_HINTS = (
    N_("take two places that follow each other: 0, then 6.3. How far is each of them from 3?"),
    N_("the distance is 3 at first, and 3.3 after one step. Divide."),
)


@exercise(*SWING_HINTS)
def limits(after_100, after_101, times):
    """In the bowl from 0: w after 100 and after 101 steps at α = 1, and how many times as far each step is at 1.05."""
    given = {"after_100": after_100, "after_101": after_101, "times": times}
    answers = {name: inputs.number(name, value) for name, value in given.items()}
    for name, right in (("after_100", 0), ("after_101", 6)):
        if abs(answers[name] - right) > EXACT:
            message = _("{name} = {answer}: with α = 1 it is elsewhere then.")
            raise NotYet(message.format(name=name, answer=number(answers[name])), SWING_HINTS)
    if abs(abs(answers["times"]) - 1.1) > 1e-6:
        message = _("times = {answer}: with α = 1.05 the distance to 3 does not become so many times as large.")
        raise NotYet(message.format(answer=number(answers["times"])), TIMES_HINTS)
    return _("each step multiplies the distance to 3 by 1 − 2α: by −1 at α = 1, by −1.1 at 1.05, by 0 at 0.5.")


STAYS_HINTS = (
    N_("a step has to be long enough to land beyond the hill at −0.5. How long is the first one?"),
    N_("the slope at −4 is −8.4. With which α is α × 8.4 more than 3.5?"),
)
BACK_HINTS = (
    N_("the first step lands so high on the right that the second one comes back. Land lower."),
    N_("watch the stripe over the mark of the start, and turn α down until it is tall."),
)
GONE_HINTS = (
    N_("the first step lands higher than it began, and the next one is longer still. Turn α down."),
    N_("land on the right of the hill, but lower than you began: the dashed ring shows where."),
)
GO_ON_HINTS = (N_("press Play, or turn steps up, until it is there."),)


@exercise(*STAYS_HINTS, start=Start("DescentLab", curve="valleys", start=-4, learning_rate=0.1))
def other_valley(lab):
    """With the lab's α, descent has come from −4 to the lowest place of the two valleys."""
    if lab.curve != "valleys" or lab.fog:
        raise Slip(_("this exercise is about the two valleys: choose them again."))
    if lab.start != -4:
        raise Slip(_("the start should stay at −4: turn it back, then turn α alone."))
    end, rate = descended(valleys_slope, -4.0, lab.learning_rate, MANY), number(lab.learning_rate)
    if abs(end) > FAR:
        raise NotYet(_("with α = {rate} it leaves for good.").format(rate=rate), GONE_HINTS)
    if abs(end - 2) > NEAR:
        first = descended(valleys_slope, -4.0, lab.learning_rate, 1)
        hints = BACK_HINTS if first > -0.5 else STAYS_HINTS
        message = _("with α = {rate} it is at w = {end} after {steps} steps, not in the valley at w = 2.")
        raise NotYet(message.format(rate=rate, end=number(end), steps=MANY), hints)
    if abs(lab.w - 2) > HALFWAY:
        message = _("with α = {rate} it will get there; now it stands at w = {w}.")
        raise NotYet(message.format(rate=rate, w=number(lab.w)), GO_ON_HINTS)
    return _("one long step went over the hill. That was luck: descent knows of no hill, only of the slope.")


PLACES = np.array([-4.0, -2.0, -0.5, 0.0, 1.0, 3.0])
NUDGE_HINTS = (
    N_("E(w + nudge) − E(w − nudge) is how much E changes. Over which way?"),
    N_("divide the change of E by the whole way, which is twice the nudge."),
)
UNDIVIDED_HINTS = (N_("this is how much E changes. A slope is the change, divided by the way."),)
HALF_HINTS = (N_("this is half of the slope, or twice: is the way one nudge long, or two?"),)
SIGN_HINTS = (N_("the sign is turned: a slope is positive where E rises to the right."),)
SIZE_HINTS = (
    N_("take a nudge of about a millionth, 1e-6: much larger ones are coarse, much smaller ones drown in rounding."),
)


def neurons_slope(w):
    """The slope of E = ((1 − sigmoid(w))² + sigmoid(2w)²) / 2, of the shape of w."""
    once, twice = sigmoid(w), sigmoid(2 * w)
    return 2 * twice**2 * (1 - twice) - once * (1 - once) ** 2


@exercise(*NUDGE_HINTS)
def nudged(function):
    """The function gives the slope of the neuron's E at every place of w."""
    answer, right = array_of(function, PLACES.shape, w=PLACES), neurons_slope(PLACES)
    off = abs(answer - right)
    if off.max() > 1e-4:
        worst = off.argmax()
        message = _("at w = {w} your slope is {answer}; it should be {right}.")
        parts = {"w": PLACES[worst], "answer": answer[worst], "right": right[worst]}
        raise NotYet(message.format(**{name: number(part) for name, part in parts.items()}), _why(answer, right))
    return _("nobody had to know a formula: a nudge finds the slope of any E that can be computed.")


def _why(answer, right):
    """The hints for slopes that are wrong."""
    for factor, hints in ((-1, SIGN_HINTS), (0.5, HALF_HINTS), (2, HALF_HINTS)):
        if np.allclose(answer, factor * right, atol=1e-3):
            return hints
    if abs(answer).max() < 0.01 * abs(right).max():
        return UNDIVIDED_HINTS if answer.any() else SIZE_HINTS
    return SIZE_HINTS if np.allclose(answer, right, atol=0.1) else NUDGE_HINTS


WALKS = ((0.0, 0.1, 3), (0.0, 0.1, 1), (7.0, 0.25, 3), (-2.0, 0.75, 4), (1.0, 0.1, 0))
"""Starts, learning rates and numbers of steps for which the loop is tried, in the bowl."""
LOOP_HINTS = (
    N_("in a loop over range(steps), put w − α × slope(w) in the place of w. After the loop, return w."),
    N_("one line in the loop is enough: w = w - alpha * slope(w)."),
)
UPHILL_HINTS = (N_("it goes uphill: the step is against the slope, w − α × slope."),)
FROZEN_HINTS = (N_("the slope is another one after each step: compute it inside of the loop, at the new w."),)
COUNT_HINTS = (N_("count the steps: range(steps) is 0, 1, … so many times, and with steps = 0 nothing moves."),)
WITHOUT_HINTS = (N_("how long a step is, α decides: multiply the slope by it."),)


@exercise(*LOOP_HINTS)
def descend(function):
    """The function gives w after so many steps of descent in the bowl."""
    for w, alpha, steps in WALKS:
        answer = inputs.finite(_("your function's answer"), returned(function, w=w, alpha=alpha, steps=steps))
        if answer.size != 1:
            raise Slip(_("your function should return one number, the last w."))
        right = descended(bowl_slope, w, alpha, steps)
        if abs(answer.item() - right) > EXACT:
            message = _("from w = {w} with α = {alpha}, after {steps} steps, w should be {right}; yours is {answer}.")
            parts = {"w": w, "alpha": alpha, "steps": steps, "right": right, "answer": answer.item()}
            text = message.format(**{name: number(part) for name, part in parts.items()})
            raise NotYet(text, _where_it_went(answer.item(), w, alpha, steps))
    return _("with another slope, the same loop goes down any other curve.")


def _where_it_went(answer, w, alpha, steps):
    """The hints for a loop that leads elsewhere."""
    wrong = [
        (descended(bowl_slope, w, -alpha, steps), UPHILL_HINTS),
        (w - steps * alpha * bowl_slope(w), FROZEN_HINTS),
        (descended(bowl_slope, w, alpha, steps + 1), COUNT_HINTS),
        (descended(bowl_slope, w, alpha, max(steps - 1, 0)), COUNT_HINTS),
        (descended(bowl_slope, w, 1, steps), WITHOUT_HINTS),
    ]
    return next((hints for place, hints in wrong if abs(answer - place) < EXACT), LOOP_HINTS)
