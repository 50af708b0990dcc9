"""What the exercises of chapter 00, start here, ask."""

from annkit import data, inputs
from annkit.checks.exercise import NotYet, Start, exercise
from annkit.translation import N_, _
from annkit.wording import number

SIZES = (4, 5, 3, 2)
LINES = sum(before * after for before, after in zip(SIZES, SIZES[1:], strict=False))
NODES = sum(SIZES)

SWAPPED = (
    N_("nearly every answer is the wrong one. Which button turns all answers around at once?"),
    N_("× −1 turns the sign of all three numbers: the line stays, and its two sides are swapped."),
)
MISSED = (
    N_("a versicolor lies on the setosa side: drag the line, and see which way b goes."),
    N_("the line has to come to the left of the shortest versicolor, but not over a setosa."),
)
ALL_SAME = (
    N_("all ten get the same answer: no line lies between the two groups. Which numbers bring one there?"),
    N_("with w₁ = 1 and w₂ = 0 the line is upright, at a petal length of −b: which b lies between the two groups?"),
)
FALSE = (
    N_("a setosa lies on the versicolor side: drag the line, and see which way b goes."),
    N_("the line has to come to the right of the longest setosa, but not over a versicolor."),
)


@exercise(
    N_("some of both kinds are on the wrong side: press Reset, and try the buttons before the sliders."),
    start=Start("PerceptronLab", w1=-1, w2=0, b=4),
)
def all_ten(lab):
    """The lab's perceptron gets the ten flowers of the chapter right."""
    flowers = data.ten_irises()
    labels, answers = flowers.labels, lab.perceptron().predict(flowers.X)
    missed, false = int(((answers == 0) & (labels == 1)).sum()), int(((answers == 1) & (labels == 0)).sum())
    if missed or false:
        hints = SWAPPED if missed + false > 7 else MISSED if not false else FALSE if not missed else None
        hints = ALL_SAME if answers.min() == answers.max() else hints
        raise NotYet(_("{wrong} of the ten flowers are on the wrong side.").format(wrong=missed + false), hints)
    return _("many lines do it; the rule knows none that is best.")


TOO_WIDE = (
    N_(
        "your number is too large. flowers.X[50:, 2] holds the widths of all versicolor: which of them is the smallest?"
    ),
)
TOO_NARROW = (
    N_("your number is too small. flowers.X[:50, 2] holds the widths of all setosa: which of them is the largest?"),
)


@exercise(N_("look at the smallest and the largest width of each kind: .min() and .max()."))
def by_width(width):
    """Every versicolor's petal is wider than `width`, and no setosa's is."""
    flowers = data.iris(["setosa", "versicolor"], ["petal width"])
    width = inputs.number("width", width)
    wider = flowers.X[:, 0] > width
    narrow = int((~wider & (flowers.labels == 1)).sum())
    wide = int((wider & (flowers.labels == 0)).sum())
    if narrow or wide:
        message = _("{narrow} versicolor are not wider than {width} cm, and {wide} setosa are.")
        hints = TOO_WIDE if not wide else TOO_NARROW
        raise NotYet(message.format(narrow=narrow, wide=wide, width=number(width)), hints)
    return _("width does as well as length here; a network would use both.")


ONLY_LINES = (N_("these are the weights. Which nodes bring one number more, and how many such nodes are there?"),)
INPUTS_TOO = (N_("the nodes of the input layer hold the data: nothing is added up there, and there is no bias."),)


@exercise(
    N_("first the lines: from 4 to 5, from 5 to 3, from 3 to 2 nodes. The picture above has 3 × 4 + 4 × 2."),
    N_("then one number more in each node, but not in those of the input layer."),
)
def count_numbers(count):
    """How many weights and biases a network of 4, 5, 3 and 2 nodes has."""
    count = inputs.number("count", count)
    if count != LINES + NODES - SIZES[0]:
        hints = {LINES: ONLY_LINES, LINES + NODES: INPUTS_TOO}.get(count)
        raise NotYet(_("{count} is not how many numbers learning has to find.").format(count=number(count)), hints)
    return _("networks of today have billions of them, and the count is the same.")
