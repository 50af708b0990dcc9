"""What the exercises of chapter 12, the playground, ask."""

import numpy as np

from annkit import data, inputs
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.symptoms import symptoms
from annkit.translation import N_, _
from annkit.wording import number, rounded

SPIRAL = data.spiral(400, noise=0.02, seed=0)
MARK, MADE_MARK, CURED = 0.15, 0.2, 0.1
"""What the errors should be below: on new data, with raw inputs and with made ones; and on what is learned."""
RAW = ("x1", "x2")
LEAST_ROWS, RIGHT = 10, 0.9
PATIENTS = {
    "A": {"hidden": (8, 8), "activation": "relu", "learning_rate": 10.0},
    "B": {"hidden": (8,) * 6, "activation": "sigmoid", "learning_rate": 0.3},
    "C": {"hidden": (8, 8), "activation": "tanh", "learning_rate": 0.3, "init": 20.0},
}
"""The three that don't learn, as the chapter makes them."""


@exercise(
    N_("4 and 2 units are few for a spiral. Add units and layers by the signs over them; it begins anew each time."),
    N_("two layers of 8, tanh, α = 0.3: some 250 epochs. Three layers of 8, ReLU, Adam with α = 0.01: some 100."),
    start=Start("Playground", dataset="spiral", points=400, hidden=(4, 2), learning_rate=0.03),
)
def spiral(lab):
    """The spiral from x₁ and x₂ alone: an error on new data below 0.15."""
    _expect_spiral(lab)
    if lab.inputs != RAW:
        raise NotYet(_("this one is to be done with x₁ and x₂ alone; take the made inputs away again."))
    return _judged(lab, MARK, _("two layers of tanh or ReLU bend enough; what bends them is learned, not made by you."))


@exercise(
    N_("which input goes up and down, as the spiral does when you cross it?"),
    N_("click sin 6x₁ and sin 6x₂ in the picture; eight units in one layer, and a learning rate of 0.3."),
    start=Start("Playground", dataset="spiral", points=400, hidden=(2,), learning_rate=0.3),
)
def made_inputs(lab):
    """The spiral with one hidden layer and inputs that were made: an error on new data below 0.2."""
    _expect_spiral(lab)
    if len(lab.hidden) != 1:
        raise NotYet(
            _("this one is to be done with one hidden layer; yours has {count}.").format(count=len(lab.hidden))
        )
    return _judged(lab, MADE_MARK, _("what a layer would have to make, you made yourself."))


def _expect_spiral(lab):
    if lab.table != SPIRAL or lab.share < 0.3 or lab.share > 0.7 or lab.loss != "cross-entropy":
        raise Slip(
            _("the data of this exercise stay: the spiral of 400 points, half of it new. Undo until they are back.")
        )


def _judged(lab, mark, noticed):
    error = lab.trainer.validation_error()
    if not lab.past:
        raise NotYet(_("it has not learned yet: press Play."))
    if error >= mark:
        message = _("the error on new data is {error}; it should be below {mark}.")
        recorded = np.nan_to_num(lab.way.recording.validation_errors, nan=np.inf)
        if recorded.min() < mark:
            message = _("the error on new data is {error}; it was below {mark} at epoch {epoch}: go back there.")
        values = {"error": number(rounded(error, 3)), "mark": number(mark), "epoch": int(recorded.argmin())}
        raise NotYet(message.format(**values))
    return _("{error} on new data. And: {noticed}").format(error=number(rounded(error, 3)), noticed=noticed)


@exercise(
    N_("what does the lab say below its picture? Each symptom comes with a cure."),
    N_("A: a smaller learning rate and a new start. B: another activation. C: smaller start weights, init='glorot'."),
    start=Start("Playground", dataset="moons"),
)  # fmt: skip
def patients(A, B, C):
    """Each of the three learns the moons now, with as many units as before, and has no symptom."""
    for name, lab in zip("ABC", (A, B, C), strict=True):
        sick = PATIENTS[name]
        if lab.table != data.moons(200) or lab.hidden != sick["hidden"]:
            raise Slip(
                _("patient {name} is to keep its data and its units; cure it by what it learns with.").format(name=name)
            )
        if found := [each for each in symptoms(lab.trainer) if each.name not in ("plateau", "overfitting")]:
            raise NotYet(_("patient {name}: {words}").format(name=name, words=found[0].words))
        error = lab.trainer.error()
        if error >= CURED:
            message = _("patient {name}: its error is {error}; a healthy one comes below {mark}.")
            raise NotYet(message.format(name=name, error=number(rounded(error, 3)), mark=number(CURED)))
    return _(
        "dead units by too large a step, slopes that vanish in six sigmoids, units that start at their curve's end."
    )


@exercise(
    N_("press *Your own …*, paste a table with a row a line, two numbers and a class, and press *Use it*."),
    N_("if it does not learn: more units, another learning rate, more epochs; or a look at the rows that are wrong."),
    start=Start("Playground"),
)
def own(lab):
    """A table of the learner's own, of at least ten rows, of which nine of ten are right."""
    table = lab.table
    if table.call.startswith("data."):
        raise NotYet(_("these are annkit's data: bring a table of your own."))
    if len(table) < LEAST_ROWS:
        message = _("your table has {rows} rows; bring at least {least}.")
        raise NotYet(message.format(rows=len(table), least=LEAST_ROWS))
    if not table.kinds or len(np.unique(table.labels)) < 2:
        raise NotYet(_("this exercise wants two classes in the last column."))
    right = float(((lab.trainer.net.predict(lab.trainer.X) > 0.5) == lab.trainer.T).mean())
    if right < RIGHT:
        message = _("{share} % of what it learns from are right; it should be 90 %.")
        raise NotYet(message.format(share=round(100 * right)))
    return _("and the new data? If they are much worse, chapter 13 says why.")


@exercise(
    N_("near-zero weights make every sum nearly 0. What does softmax give to each of four classes then? And sigmoid?"),
    N_("each of four classes gets ¼, and the cross-entropy is −log ¼. The sigmoid says ½: E = (t − ½)²."),
)
def at_the_start(four, square):
    """log 4 for four classes by cross-entropy, and ¼ for a yes or no by the square."""
    four, square = inputs.number("four", four), inputs.number("square", square)
    if abs(four - np.log(10)) < 1e-2:
        raise NotYet(_("log 10 is for ten classes."))
    if abs(four - np.log2(4)) < 1e-9 or abs(four - np.log10(4)) < 1e-3:
        raise NotYet(_("the logarithm is the natural one, np.log."))
    if abs(four - np.log(4)) > 5e-3:
        raise NotYet(_("four = {four} is not it.").format(four=number(four)))
    if abs(square - 0.5) < 1e-9:
        raise NotYet(_("½ is what the sigmoid says, and how far that is from 0 or 1; E is the square of it."))
    if abs(square - 0.25) > 5e-3:
        raise NotYet(_("square = {square} is not it.").format(square=number(square)))
    return _("whoever sees another number at the start has found a fault before any training.")
