"""What the exercises of chapter 00, start here, ask."""

from annkit import data, inputs
from annkit.checks.exercise import NotYet, exercise
from annkit.translation import N_, _
from annkit.wording import number

SIZES = (4, 5, 3, 2)


@exercise(
    N_("which way does the line have to move, and which way does it go when b grows?"),
    N_("the line should be between the × on the left and the ○ on the right: between a length of 2 and of 3."),
)
def all_ten(lab):
    """The lab's perceptron gets the ten flowers of the chapter right, every tenth of each kind."""
    flowers = data.iris(["setosa", "versicolor"], ["petal length", "sepal length"])
    X, labels = flowers.X[4::10], flowers.labels[4::10]
    wrong = int((lab.perceptron().predict(X) != labels).sum())
    if wrong:
        raise NotYet(_("{wrong} of the ten flowers are on the wrong side.").format(wrong=wrong))
    return _("many lines do it; the rule knows none that is best.")


@exercise(
    N_("flowers.X[:50, 2].max() is the widest setosa. What is the narrowest versicolor?"),
    N_("any number will do that is at least as large as the widest setosa and smaller than the narrowest versicolor."),
)
def by_width(width):
    """Every versicolor's petal is wider than `width`, and no setosa's is."""
    flowers = data.iris(["setosa", "versicolor"], ["petal width"])
    width = inputs.number("width", width)
    wider = flowers.X[:, 0] > width
    narrow = int((~wider & (flowers.labels == 1)).sum())
    wide = int((wider & (flowers.labels == 0)).sum())
    if narrow or wide:
        message = _("{narrow} versicolor are not wider than {width} cm, and {wide} setosa are.")
        raise NotYet(message.format(narrow=narrow, wide=wide, width=number(width)))
    return _("width does as well as length here; a network would use both.")


@exercise(
    N_("the picture above has 3 nodes, then 4, then 2, and 3 × 4 + 4 × 2 lines."),
    N_("there are lines from 4 to 5, from 5 to 3 and from 3 to 2."),
)
def lines(count):
    """The number of weights between layers of 4, 5, 3 and 2 nodes."""
    right = sum(a * b for a, b in zip(SIZES, SIZES[1:], strict=False))
    if inputs.number("lines", count) != right:
        raise NotYet(_("{count} is not the number of lines.").format(count=number(count)))
    return _("each of them is a number that learning has to find.")
