"""What the exercises of chapter 08, forward propagation, ask."""

import contextlib
import sys
from itertools import pairwise

import numpy as np

from annkit import data, inputs
from annkit.activations import sigmoid, softmax
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.checks.functions import array_of, quarters
from annkit.translation import N_, _
from annkit.wording import number, row_of, share_of_1

CLOSE = 1e-6
"""As near as an answer in decimals has to come."""
THREE_DECIMALS = 0.0005
HIDDEN = {"w1": 1, "w2": -1, "w3": -0.5, "w4": 0.5, "w5": -1, "w6": 1, "b1": 0, "b2": -1}
OUTPUT = {"v1": 2, "v2": -1, "v3": -1, "v4": -1, "v5": 2, "v6": -1, "c1": -0.5, "c2": -1, "c3": 1}
"""The lab's network as the chapter makes it."""
LITTLE = 40
"""So many pixels of ink are enough to make an 8 of a 3."""
SHORTER = (N_("take the last stroke back with Ctrl+Z, and draw a shorter one: where does ink help most?"),)
NOWHERE = (
    N_("v₁ and v₄ lead to o₁, and c₁ is its bias: which of them should be larger?"),
    N_("h₂ is nearer to 1 for row 2 than for any other row: let it speak for o₁, with a large v₄."),
)
SCORES = (
    [[2, 1, 0], [0, 0, 0], [-1, 3, 0.5]],
    [[1000, 1001, 1002]],
    [[-1000, -1001, -1002]],
    [[-1000, 0, 1000]],
    [[1000, 999], [-1000, -1000], [0, 1], [0.25, -745]],
)
"""What `stable` is tried with, small scores first."""
SLIPS = (
    ({"bias": 0}, N_("that is what comes out where the biases are left out.")),
    ({"hidden": lambda Z: Z}, N_("that is what comes out without the sigmoids.")),
    ({"hidden": softmax}, N_("that is what comes out with a softmax in every layer.")),
    ({"last": lambda Z: softmax(sigmoid(Z))}, N_("that is what comes out with a sigmoid in the last layer, too.")),
)
"""Other ways forward, which learners take by mistake, and what they are told then."""
TOTALS = (N_("`sum(axis=1, keepdims=True)` gives the total of each row, as a column."),)
WANTED = np.array([0.5, 0.3, 0.2])
ANNKITS = type(softmax).f.__code__


@exercise(
    N_("set row to 2, then to the others: which hidden unit tells row 2 from them? And which input does?"),
    N_("let that hidden unit speak for o₁: pick its edge to o₁ and turn it up."),
    N_("now o₁ has too much elsewhere as well. A negative c₁ speaks against it in every row, so that only a hidden "
       "unit near 1 wins."),
    start=Start("ForwardLab", **HIDDEN, **OUTPUT),
)  # fmt: skip
def only_row_2(lab):
    """In the lab's network o₁ is the largest output for row 2, and for none of the three other rows."""
    X, table = data.lecture().X, lab.table.X
    if table.shape != X.shape or (table != X).any():
        raise Slip(_("this lab has other rows than the exercise's four. Undo until they are back, or press Reset."))
    trace = lab.network().forward(X)
    ahead = trace.z[-1][:, 0] - trace.z[-1][:, 1:].max(axis=1)
    level = [str(row) for row, lead in enumerate(ahead, start=1) if lead == 0]
    if level:
        message = _("o₁ and another output are both the largest for these rows: {rows}. Nobody wins there.")
        raise NotYet(message.format(rows=", ".join(level)))
    rows = [row for row, lead in enumerate(ahead, start=1) if lead > 0]
    if not rows:
        raise NotYet(_("o₁ is the largest output for no row."), NOWHERE)
    if rows != [2]:
        message = _("o₁ is the largest output for these rows: {rows}. It should be so for row 2 alone.")
        raise NotYet(message.format(rows=", ".join(map(str, rows))))
    first = trace.output[:, 0]
    others = np.delete(first, 1).max()
    note = _("row 2 has o₁ = {own:.2f}; the most that another row has is {others:.2f}.")
    return note.format(own=first[1], others=others)


@exercise(
    N_("one layer: its sums are `X @ W + b`, and what its activation makes of them goes into the next layer as X."),
    N_("every layer but the last has a sigmoid. `layers[:-1]` holds these, and `layers[-1]` is the last."),
)
def forward(function):
    """The function gives the outputs of a network with any number of layers: sigmoids, and a softmax at the end."""
    generator = np.random.default_rng(8)
    for rows, *sizes in ((4, 3, 2, 3), (5, 2, 4, 3, 3), (1, 6, 3, 4, 2, 10), (3, 4, 2)):
        shapes = [(before + 1, units) for before, units in pairwise(sizes)]
        X, *layers = quarters(generator, (rows, sizes[0]), *shapes)
        layers = [(layer[1:], layer[0]) for layer in layers]
        right = _forward(X, layers)
        answer = array_of(function, right.shape, X=X, layers=layers)
        _sums_to_1(answer)
        if (off := np.abs(answer - right).max()) > CLOSE:
            message = _("every row sums to 1, but in a network {network} of random numbers an output is off by {off}.")
            for otherwise, words in SLIPS:
                if np.abs(answer - _forward(X, layers, **otherwise)).max() < CLOSE:
                    message = _("every row sums to 1, but {slip}").format(slip=_(words))
            raise NotYet(message.format(network=" → ".join(map(str, sizes)), off=f"{off:.2g}"))
    return _("the same line for every layer but the last: a deeper network needs no more code, only a longer list.")


@exercise(
    N_("e^1000 is more than the computer can hold, and 0 / 0 is no number. But only differences of scores count."),
    N_("take something away from every score of a row before np.exp: then the shares stay. Which number is safe, "
       "whatever the row?"),
    N_("the largest of each row is: Z - Z.max(axis=1, keepdims=True)."),
)  # fmt: skip
def stable(function):
    """The function is a softmax of each row that gives the right shares for every finite row of scores."""
    for scores in SCORES:
        Z = np.array(scores, dtype=float)
        right = softmax(Z)
        with _watched() as libraries:
            answer = array_of(function, Z.shape, finite=False, Z=Z)
        if libraries:
            message = _("this is {library}'s softmax, which is safe already; write one of your own, with np.exp.")
            raise NotYet(message.format(library=libraries[0]))
        for row, got, wanted in zip(Z, answer, right, strict=True):
            if not np.isfinite(got).all() or np.abs(got - wanted).max() > CLOSE:
                message = _("for the scores {scores} your function gives {got}; the shares are {wanted}.")
                raise NotYet(message.format(scores=row_of(row), got=row_of(got), wanted=row_of(wanted)))
    return _("only differences of scores count, so a row may be moved to where no power is too large.")


@exercise(
    N_("shares go like powers: e^y₁, e^y₂ and e^y₃ should be as 5 to 3 to 2."),
    N_("e to which power is 5? np.log, the natural logarithm, undoes np.exp."),
)
def scores_for(scores):
    """The softmax of these three scores is 0.5, 0.3 and 0.2."""
    scores = inputs.vector("scores", scores)
    if scores.shape != WANTED.shape:
        raise Slip(_("there should be three scores, not {count}.").format(count=scores.size))
    shares = softmax(scores)
    if np.abs(shares - WANTED).max() > THREE_DECIMALS:
        message = _("the shares of these scores are {shares}, not {wanted}.")
        raise NotYet(message.format(shares=row_of(shares), wanted=row_of(WANTED)))
    return _("add any number to all three: these are right too.")


@exercise(
    N_("think of an 8 laid over the 3: where has the 8 ink, and the 3 none?"),
    N_(
        "the bows of a 3 are open at the left. Pick output 8: its picture of weights is blue where ink speaks for an 8."
    ),
    N_("draw one short stroke at the left, from the middle of the 3 down to its lower end."),
    start=Start("DigitsLab", own=False, ink=""),
)
def three_to_eight(lab):
    """On a picture of a 3 there is a little ink, and the largest output is 8."""
    if lab.own:
        raise Slip(
            _("this is a drawing of your own. Press the button that goes back to the picture, and draw on that.")
        )
    if lab.digit != 3:
        raise Slip(_("picture {row} shows {digit}; choose one that shows a 3.").format(row=lab.row, digit=lab.digit))
    count = int(lab.bitmap.sum())
    if count > LITTLE:
        message = _("there are {count} pixels of ink on the pad, and there should be at most {most}.")
        raise NotYet(message.format(count=count, most=LITTLE), SHORTER)
    outputs = lab.net.predict(lab.shown[None, :])[0]
    answer = outputs.argmax()
    if answer != 8:
        message = _("with your {count} pixels of ink the largest output is {answer}; 8 has {share}.")
        raise NotYet(message.format(count=count, answer=answer, share=share_of_1(outputs[8], 2)))
    note = _("{count} of 1,024 pixels, and the network says 8 with {share}: it looks at what closes the bows.")
    return note.format(count=count, share=share_of_1(outputs[8], 2))


def _forward(X, layers, hidden=sigmoid, last=softmax, bias=1):
    """The way forward that `forward` asks for, or one that is taken by mistake, shape (rows, outputs)."""
    *before, (W_last, b_last) = layers
    for W, b in before:
        X = hidden(X @ W + bias * b)
    return last(X @ W_last + bias * b_last)


@contextlib.contextmanager
def _watched():
    """A list of the libraries whose softmax is called meanwhile, by whatever name."""
    libraries, before = [], sys.getprofile()

    def watch(frame, event, __):
        code = frame.f_code
        if code is ANNKITS or code.co_name == "softmax" and "-packages" in code.co_filename:
            libraries.append(frame.f_globals["__name__"].partition(".")[0])

    sys.setprofile(watch)
    try:
        yield libraries
    finally:
        sys.setprofile(before)


def _sums_to_1(answer):
    """Refuse outputs whose rows don't sum to 1, and say what else does."""
    totals = answer.sum(axis=1)
    if np.abs(totals - 1).max() < CLOSE:
        return
    message, hints = _("row 1 of your answer sums to {total}; a softmax makes every row sum to 1."), None
    if np.abs(answer.sum(axis=0) - 1).max() < CLOSE or abs(answer.sum() - 1) < CLOSE:
        message = _("row 1 of your answer sums to {total}: take the total of each row, not of a column or of all.")
        hints = TOTALS
    raise NotYet(message.format(total=number(totals[0])), hints)
