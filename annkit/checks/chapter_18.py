"""What the exercises of chapter 18, shared weights, ask."""

import numpy as np

from annkit import inputs
from annkit.checks.exercise import NotYet, Slip, Start, exercise
from annkit.checks.functions import array_of, quarters
from annkit.convolution import correlate, correlate_back
from annkit.translation import N_, _
from annkit.wording import number, row_of

CLOSE = 1e-6
"""As near as an answer in decimals has to come."""
NUDGED = 0.01
"""As near as slopes may come that were found by nudging one side: a hundredth of the largest."""
IDENTITY = ((0, 0, 0), (0, 1, 0), (0, 0, 0))
SECRET = 9
"""The puzzle of exercise 1."""
ROWS = (N_("upper"), N_("middle"), N_("lower"))
COLUMNS = (N_("left"), N_("middle"), N_("right"))
PICTURES, KERNELS, SIZE, ACROSS = 28, 6, 5, 24
"""The layer of exercise 4: what comes in, and how many places each map has across."""
TRIED = (((5, 6), 3, 1), ((4, 4), 2, 1), ((7, 5), 3, 2), ((6, 9), 4, 3), ((3, 3), 3, 1))
"""The shape of the picture, the size of the kernel and the stride that `maps` is tried with."""

ANOTHER_PICTURE = (N_("on this picture two kernels make the same map. Choose one that has more, or less, to show."),)


@exercise(
    N_("turn one weight to and fro: where is E lowest? Then the next; and begin again with the first."),
    N_("you may show it any picture. With which does a place of the map depend on one weight alone?"),
    N_("choose *a single dot*: its map holds all nine weights. The frame meets the dot with its lower right corner "
       "first."),
    start=Start("ConvolutionLab", puzzle=SECRET, kernel=IDENTITY),
)  # fmt: skip
def secret(lab):
    """The kernel is the one that the lab hides."""
    if lab.puzzle != SECRET:
        raise Slip(_("this exercise is about puzzle {puzzle}: undo until it is back.").format(puzzle=SECRET))
    if not lab.found:
        E = float(((lab.result - lab.wanted) ** 2).mean())
        if E < CLOSE:
            raise NotYet(_("your map is the hidden kernel's, and yet it is another kernel."), ANOTHER_PICTURE)
        raise NotYet(_("your map is not yet the hidden kernel's: E is {E}.").format(E=number(E)))
    return _("a dot shows every kernel at once, turned by half a turn; most pictures hide much of it in their sums.")


@exercise(
    N_("along an upright side every row of the picture is the same; along a level side, every column. When do the nine "
       "products cancel there?"),
    N_("an upright side gives 0 where each column of the kernel sums to 0. What does a level side ask for?"),
    N_("begin with 1 and −1 in the first row. The rows below have to undo what they do to their columns."),
    start=Start("ConvolutionLab", puzzle=0, kernel=IDENTITY, picture="upright"),
)  # fmt: skip
def corners(lab):
    """The rows and the columns of the kernel sum to 0, but not all weights are 0."""
    K = np.array(lab.kernel)
    for sums, names, message in (
        (K.sum(axis=0), COLUMNS, _("upright sides are answered: the {which} column sums to {sum}, so a picture that "
                                   "changes only from left to right need not give 0.")),
        (K.sum(axis=1), ROWS, _("level sides are answered: the {which} row sums to {sum}, so a picture that changes "
                                "only from top to bottom need not give 0.")),
    ):  # fmt: skip
        for which in np.flatnonzero(np.abs(sums) > CLOSE)[:1]:
            raise NotYet(message.format(which=_(names[which]), sum=number(sums[which])))
    if not np.abs(K).max() > CLOSE:
        raise NotYet(_("this kernel answers to nothing at all: corners should give more than 0, or less."))
    return _("straight sides cancel, whichever way they run; only where one ends does anything remain.")


@exercise(
    N_("how many rows has the map? (height − size) // stride + 1. Make it of zeros first, then fill it in two loops."),
    N_("the place in row r and column c looks at X[r * stride : r * stride + size, c * stride : c * stride + size]."),
)
def maps(function):
    """The function makes the map of any picture, square kernel and stride, without padding."""
    generator = np.random.default_rng(0)
    for shape, size, stride in TRIED:
        X, K = quarters(generator, shape, (size, size))
        right = correlate(X, K, stride=stride)
        answer = array_of(function, right.shape, X=X, K=K, stride=stride)
        if np.abs(answer - right).max() > CLOSE:
            message = _("for a picture of {shape}, a kernel of {size} × {size} and stride {stride}, a place is off by "
                        "{off}.")  # fmt: skip
            for turned, words in SLIPS:
                if np.abs(answer - correlate(X, turned(K), stride=stride)).max() < CLOSE:
                    message = _(words)
            off = np.abs(answer - right).max()
            parts = {"shape": " × ".join(map(str, shape)), "size": size, "stride": stride, "off": number(off)}
            raise NotYet(message.format(**parts))
    return _("nine lines or one, it is the same sum at every place, with the same weights.")


SLIPS = (
    (lambda K: K[::-1, ::-1], N_("your kernel is turned by 180 degrees, as the convolution of mathematics does; here "
                                 "it is laid over the picture as it stands.")),
    (np.transpose, N_("your kernel has its rows and columns exchanged.")),
    (np.flipud, N_("your kernel stands on its head.")),
    (np.fliplr, N_("your kernel is seen in a mirror.")),
    (np.ones_like, N_("your sums are those of the pixels alone: multiply them by the kernel first.")),
)  # fmt: skip
"""Kernels that are used by mistake, and what is said then."""


@exercise(
    N_("shared: how many weights has one kernel, and how many biases? Six of them. The size of the picture plays no "
       "part."),
    N_("full: every number of every map is a unit of its own, with a weight for each pixel and a bias. How many "
       "numbers do six maps of 24 × 24 hold?"),
)  # fmt: skip
def weights(shared, full):
    """156 weights and biases of six kernels, and 2,712,960 of a full layer with as many outputs."""
    shared, full = inputs.number("shared", shared), inputs.number("full", full)
    pixels, places = PICTURES**2, ACROSS**2
    slips = {
        KERNELS * SIZE**2: _("each kernel has a bias as well."),
        SIZE**2 + 1: _("that is one kernel; there are six."),
        SIZE**2: _("that is one kernel, without its bias; there are six."),
        KERNELS * SIZE**2 + 1: _("each of the six kernels has a bias of its own."),
        KERNELS * (SIZE**2 + 1) * places: _("the same weights serve every place: count them once."),
    }
    if shared != KERNELS * (SIZE**2 + 1):
        why = slips.get(shared, _("count one kernel first."))
        raise NotYet(_("shared = {value} is not it: {why}").format(value=number(shared), why=why))
    units = KERNELS * places
    slips = {
        units * pixels: _("each unit has a bias as well."),
        places * (pixels + 1): _("that is one map; there are six."),
        units: _("that is how many units there are; each has a weight for every pixel, and a bias."),
        KERNELS * (pixels + 1): _("that would be one unit a map; each map has 24 × 24."),
        KERNELS * pixels * (pixels + 1): _("without padding the map is smaller than the picture: 24 × 24."),
    }
    if full != units * (pixels + 1):
        why = slips.get(full, _("count the units first."))
        raise NotYet(_("full = {value} is not it: {why}").format(value=number(full), why=why))
    return _("one weight for {times:,} of a full layer, and these have to be learned place by place.").format(
        times=round(full / shared)
    )


@exercise(
    N_(
        "E is a sum over the places, and at each place the weight K[i, j] meets one pixel. By the chain rule, what is "
        "the slope of one place's (Z − T)²?"
    ),
    N_("paths add up: the slope of K[i, j] is the sum over all places of 2 (Z − T) times the pixel that it met there."),
    N_("which pixels does K[i, j] meet? X[i : i + rows, j : j + columns], where Z has so many rows and columns."),
)
def slope(function):
    """The function returns the slopes of E = Σ (Z − T)² for the nine weights of a kernel; Z is its map of X."""
    generator = np.random.default_rng(0)
    for shape in ((5, 5), (6, 6), (3, 3)):  # square maps, which can be kernels themselves
        X, K, T = quarters(generator, shape, (3, 3), (shape[0] - 2, shape[1] - 2))
        off = 2 * (correlate(X, K) - T)
        right = correlate_back(off, X, K)[1]
        answer = array_of(function, K.shape, X=X, K=K, T=T)
        if np.abs(answer - right).max() > NUDGED * np.abs(right).max():
            message = _("for a picture of {shape} the slopes in the first row are {right}; yours are {answer}.")
            if np.abs(answer * 2 - right).max() < CLOSE:
                message = _("your slopes are half of what they should be: the slope of a square is twice what is "
                            "squared.")  # fmt: skip
            elif np.abs(answer + right).max() < CLOSE:
                message = _("your slopes have the wrong sign: it is Z − T, what comes out less what is wanted.")
            elif np.abs(answer * off.size - right).max() < CLOSE:
                message = _("your slopes are those of the mean over the places; here E is their sum.")
            parts = {"shape": " × ".join(map(str, shape)), "right": row_of(right[0]), "answer": row_of(answer[0])}
            raise NotYet(message.format(**parts))
    return _("a weight that is used everywhere learns from everywhere: its slope is the sum over all places.")
