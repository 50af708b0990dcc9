"""What the exercises of chapter 19, memory, ask."""

import numpy as np

from annkit import inputs
from annkit.activations import sigmoid
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.checks.functions import returned
from annkit.translation import N_, _
from annkit.wording import fixed, in_tens, number, row_of

CLEAR, ASKED = 0.5, 3
"""In so many of the last steps the answer has to be so far from 0, on the bit's side."""
LEFT = 1e-5
"""So much of a nudge has to arrive."""

FADES_HINTS = (
    N_("the two lines run together: each step multiplies by w, and tanh shrinks a little as well. Turn w up."),
    N_("from which w on do the lines stay apart, however long you wait? Then leave some room for the disturbances."),
)
OVER_HINTS = (
    N_("the disturbances are stronger than the latch: they push a line over, or near 0. What holds harder?"),
    N_("try the quarters from 1 on, and watch where the lines come to rest."),
)
FIRM_HINTS = (
    N_("the bit is safe, and the bar at step 0 too low. What makes the bar higher, and what does it cost the lines?"),
    N_("look for the weakest latch that still holds: turn w down until a line leaves its field."),
)
SWINGS_HINTS = (
    N_("a negative w turns the sign at every step: then the end says the bit only if you count the steps. Turn w up."),
)
BITS = "+-+--++-+-++--+-+-++-"
"""What comes in where the gates are drawn by hand; what stands at the mark doesn't count."""
MARK = 4


@exercise(*FADES_HINTS, start=Start("RecurrentLab", unit="tanh", w=0.75, disturbed=True))
def one_bit(lab):
    """A tanh unit whose last three answers show the bit at step 0, +1 or −1, and which lets some of a nudge through."""
    if (lab.unit, lab.x, lab.mark, lab.disturbed) != ("tanh", "", 0, True):
        raise Slip(_("turn w alone: a tanh unit, the bit at step 0, no other inputs, and disturbances up to 0.3."))
    runs = {bit: lab.run(bit) for bit in (1, -1)}
    ends = {bit: run.h[-ASKED:] for bit, run in runs.items()}
    if all((bit * end > CLEAR).all() for bit, end in ends.items()):
        left = min(abs(run.slopes[0]) for run in runs.values())
        if left < LEFT:
            message = _("with w = {w} both bits last, but only {left} of a nudge arrives, less than 10⁻⁵.")
            raise NotYet(message.format(w=number(lab.w), left=in_tens(left)), FIRM_HINTS)
        return _("a firmer latch holds the bit off harder from everything, and from the nudge as well.")
    plus, minus = (", ".join(fixed(h, 2) for h in end) for end in ends.values())
    hints = SWINGS_HINTS if lab.w < 0 else OVER_HINTS if lab.w >= 1 else FADES_HINTS
    message = _("with w = {w} the last steps answer {plus} after +1, and {minus} after −1.")
    raise NotYet(message.format(w=number(lab.w), plus=plus, minus=minus), hints)


IN_HINTS = (
    N_("through which gate does a bit get into the cell? Follow the pipe from what comes in."),
    N_("at step 4 the input gate has to be open."),
)
KEEP_HINTS = (
    N_("follow the line of the cell after step 4: where does it fall to 0, and which gate is closed there?"),
    N_("after step 4 every forget gate should be open."),
)
TELL_HINTS = (N_("the cell may know the bit, but the answer passes a gate, too: is it open in the last three steps?"),)
PUSH_HINTS = (
    N_(
        "the gates are drawn well, but an open one is not quite open, nor a closed one quite closed. What decides that?"
    ),
    N_("turn z up: how much is σ(z), sixteen times multiplied?"),
)
OTHERS_HINTS = (
    N_("the end depends on the other bits: something of them gets into the cell, or stays in it. When?"),
    N_("after step 4 the input gate should be closed; and what came in before has to be kept out or forgotten."),
)


@exercise(*OTHERS_HINTS, start=Start("RecurrentLab", unit="lstm", x=BITS, mark=MARK, z=2))
def marked_by_hand(lab):
    """Gates that carry the bit at step 4, +1 or −1, to the last three steps, whatever comes in at all others."""
    if (lab.unit, lab.mark) != ("lstm", MARK):
        raise Slip(_("this exercise is about the LSTM's cell, and the bit at step 4: turn these back."))
    gates = lab.run(1).gates
    for x in _sequences(gates.shape[1]):
        for bit in (1, -1):
            x[MARK] = bit
            end = bit * answers(gates, x)[-ASKED:]
            if (end <= CLEAR).any():
                raise NotYet(_lost(bit, end, x), _why_lost(gates))
    return _("the gates know nothing of the bits, only when to listen, when to keep and when to tell.")


def answers(gates, x):
    """What an LSTM's cell answers at each step, with the gates' shares, shape (3, steps), and what comes in."""
    cell, h = 0.0, []
    for forget, let_in, out, comes in zip(*gates, x, strict=True):
        cell = forget * cell + let_in * np.tanh(comes)
        h.append(out * np.tanh(cell))
    return np.array(h)


def _sequences(steps):
    """The bits that the lab shows, and others."""
    random = np.random.default_rng(0)
    shown = [{"+": 1.0, "-": -1.0}[sign] for sign in BITS]
    return np.array([shown, np.ones(steps), -np.ones(steps), *random.choice([-1.0, 1.0], (8, steps))])


def _lost(bit, end, x):
    signs = "".join("+" if value > 0 else "−" for value in x)
    message = _("with the inputs {signs} the last steps answer {answers}; the bit at step 4 is {bit}.")
    said = ", ".join(fixed(bit * h, 2) for h in end)
    return message.format(signs=signs, answers=said, bit="+1" if bit > 0 else "−1")


def _why_lost(gates):
    """The hints for gates that lose the bit."""
    forget, let_in, out = gates > 0.5
    if not let_in[MARK]:
        return IN_HINTS
    if not forget[MARK + 1 :].all():
        return KEEP_HINTS
    if not out[-ASKED:].all():
        return TELL_HINTS
    kept_out = not let_in[:MARK].any() or not forget[MARK]
    return PUSH_HINTS if kept_out and not let_in[MARK + 1 :].any() else OTHERS_HINTS


HUNDRED_HINTS = (
    N_("multiply the gate, σ(z), by itself a hundred times: sigmoid(z) ** 100. Try some z."),
    N_("go up from 0 in quarters, in a loop, until sigmoid(z) ** 100 is 0.9 or more."),
)


@exercise(*HUNDRED_HINTS)
def hundred_steps(z):
    """The least z among the quarters with which a hundred forget gates, multiplied, are at least 0.9."""
    z = inputs.number("z", z)
    if (4 * z) % 1:
        raise Slip(_("z should be a quarter, such as 2.5 or 2.75, not {z}.").format(z=number(z)))
    left = sigmoid(z) ** 100
    if left < 0.9:
        raise NotYet(_("with z = {z}, {left} is left after 100 steps.").format(z=number(z), left=number(left)))
    if sigmoid(z - 0.25) ** 100 >= 0.9:
        raise NotYet(_("with z = {z} there is enough left, but a smaller quarter will do.").format(z=number(z)))
    return _("five times as many steps as in the lab, and z is only about 1.5 larger: σ comes near to 1 fast.")


CASES = ((0.9, [1.0]), (0.9, [1.0, 0.0]), (1.5, [1.0, 0.5, -0.25, 0.0]), (-0.75, [0.5, -1.0, 0.25]), (0.0, [1.0, 0.5]))
UNROLLED_HINTS = (
    N_("at step k, w multiplies h[k − 1]. How much of a nudge of that sum gets through tanh, and on to the end?"),
    N_("what arrives of h[k], times 1 − h[k]², times h[k − 1], is the share of step k; times w instead, it goes back."),
)
LAST_HINTS = (N_("this is the share of the last step alone. w was used before, too: add up the shares of all steps."),)
STRAIGHT_HINTS = (N_("on its way back, each step passes a tanh: its slope is 1 − h[k]²."),)
BACK_HINTS = (N_("this is how much of a nudge of h at the start arrives. The question is about a nudge of w."),)


@exercise(*UNROLLED_HINTS)
def unrolled(function):
    """The function gives the slope of a unit's last answer for its weight, the sum over all steps."""
    for w, x in CASES:
        h = answered(w, x)
        answer = inputs.finite(_("your function's answer"), returned(function, w=w, h=np.array(h)))
        if answer.size != 1:
            raise Slip(_("your function should return one number, the slope."))
        right = slope(w, h)
        if abs(answer.item() - right) > 1e-4:
            message = _("for w = {w} and h = {h} the slope is {right}; yours is {answer}.")
            parts = {"w": number(w), "h": row_of(h), "right": number(right), "answer": number(answer.item())}
            raise NotYet(message.format(**parts), _why(answer.item(), w, h))
    return _("every step has its share, as the same w is used in each: that is backpropagation through time.")


def answered(w, x):
    """What the unit answers, from 0 before the first step on."""
    h = [0.0]
    for comes in x:
        h.append(float(np.tanh(w * h[-1] + comes)))
    return h


def slope(w, h, bend=True, steps=None):
    """∂h/∂w of the last answer; without the slopes of tanh, or of the last steps alone, as a slip makes it."""
    arriving, total = 1.0, 0.0
    for k in list(range(len(h) - 1, 0, -1))[:steps]:
        through = arriving * (1 - h[k] ** 2 if bend else 1)
        total, arriving = total + through * h[k - 1], through * w
    return total


def _why(answer, w, h):
    """The hints for a slope that is wrong."""
    factors = w * (1 - np.square(h[1:]))
    wrong = [
        (slope(w, h, steps=1), LAST_HINTS),
        (slope(w, h, bend=False), STRAIGHT_HINTS),
        (np.prod(factors), BACK_HINTS),
        (np.prod(factors[1:]), BACK_HINTS),
    ]
    return next((hints for value, hints in wrong if abs(answer - value) < 1e-6), UNROLLED_HINTS)
