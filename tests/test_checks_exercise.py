"""How every check speaks: what costs a hint, what counts as the same answer, and that nothing ever raises."""

import functools

import numpy as np
import pytest

from annkit import data, sigmoid, softmax, step
from annkit.attention import attention
from annkit.checks import (
    chapter_00,
    chapter_02,
    chapter_03,
    chapter_04,
    chapter_05,
    chapter_06,
    chapter_07,
    chapter_08,
    chapter_09,
    chapter_11,
    chapter_12,
    chapter_13,
    chapter_14,
    chapter_15,
    chapter_16,
    chapter_17,
    chapter_18,
    chapter_19,
    chapter_20,
)
from annkit.checks.exercise import NotYet, Slip, exercise
from annkit.checks.functions import returned
from annkit.colour import to_light, to_srgb
from annkit.labs import (
    ActivationLab,
    BumpsLab,
    DescentLab,
    ForwardLab,
    MatrixLab,
    OverfitLab,
    PerceptronLab,
    Playground,
    RecurrentLab,
    SpaceLab,
    SpeedLab,
    TapLab,
    VanishingLab,
    XorLab,
)
from annkit.translation import N_


@exercise(N_("think of a number."), N_("it is even."), N_("it is 4."))
def four(answer):
    if isinstance(answer, str):
        raise Slip("a number, not a text.")
    if answer != 4:
        raise NotYet(f"{answer} is not it.")
    return "well seen."


@exercise(N_("the first."), N_("the second."), N_("the third."))
def doubled(function):
    if returned(function, X=np.array([[1.0, 2.0]])) != 6:
        raise NotYet("it is not 6.")
    return "well done."


def hint(say, source):
    """The number of the hint for a cell that defines `f`; then what it defined is gone from memory."""
    names = {}
    exec(source, names)
    line = say(doubled, names["f"])
    names.clear()
    return line.split(" of 3")[0][-1]


# Hints.


@pytest.mark.parametrize("blank", [..., [1, ...], (1, [2, ...]), np.array([1, ...], dtype=object), {"a": (1, ...)}])
def test_a_blank_is_no_answer_and_costs_no_hint(say, fresh, blank):
    check = fresh(four)
    assert say(check, blank).startswith("… Nothing here yet: put your answer")
    assert "Hint 1 of 3" in say(check, 5)


def test_a_new_wrong_answer_gets_a_new_hint_and_an_old_one_its_own(say, fresh):
    check = fresh(four)
    assert say(check, 1) == "✗ Not yet: 1 is not it. Hint 1 of 3: think of a number."
    assert "Hint 2 of 3: it is even." in say(check, 2)
    assert "Hint 1 of 3" in say(check, 1)
    assert "Hint 3 of 3" in say(check, 3)
    assert "Hint 3 of 3" in say(check, 7)
    assert say(check, 4) == "✓ Right: well seen."


def test_a_slip_of_form_gets_no_hint_and_costs_none(say, fresh):
    check = fresh(four)
    assert say(check, "4") == "✗ Not yet: a number, not a text."
    assert "Hint 1 of 3" in say(check, 5)
    for check, slip in (
        (chapter_00.count_numbers, "51"),
        (chapter_02.line, ([1, 2, 3], 4)),
        (chapter_04.forward, lambda X, W, b, V, c: np.zeros(3)),
        (chapter_04.forward, lambda X, W: 0),
        (chapter_04.forward, lambda X, W, b, V, c: stepp(X @ W + b)),  # noqa: F821
        (chapter_04.forward, 7),
        (chapter_06.shapes, [(1, 2)]),
        (chapter_07.flat, {}),
        (chapter_11.batches, lambda n, batch_size, random: random.permutation(n)),
        (chapter_12.at_the_start, ("log 4", 0.25)),
        (chapter_15.layers, "20"),
    ):
        line = say(fresh(check), *(slip if isinstance(slip, tuple) else (slip,)))
        assert line.startswith("✗ Not yet: ") and "Hint" not in line and not check.tried


@pytest.mark.parametrize("again", [2.0, np.float64(2), np.int64(2), np.array(2)])
def test_a_number_is_the_same_in_whatever_type(say, fresh, again):
    check = fresh(four)
    assert [say(check, answer).split(" of 3")[0][-1] for answer in (2, again, 3)] == ["1", "1", "2"]


def test_numbers_are_the_same_in_a_list_and_in_an_array(say, fresh):
    check = fresh(chapter_02.line)
    for w in ([1, -2], (1.0, -2.0), np.array([1, -2])):
        assert "Hint 1 of 2" in say(check, w, 1)


SAME = [
    "def f(X):\n    return X.sum()",
    "def f(rows):  # the same, spelt otherwise\n\n    return rows.sum()",
]
OBJECT = """
class F:
    def __init__(self, k):
        self.k = k

    def __call__(self, X):
        return self.k

    def method(self, X):
        return 1

"""
OTHER = [
    "def f(X):\n    return X.max()",
    "def f(X):\n    return X.sum() + 1",
    "def f(X, more=1):\n    return X.sum() + more",
    "def f(X, more=2):\n    return X.sum() + more",
    "def f(X, *, more=2):\n    return X.sum() + more",
    "def made(k):\n    return lambda X: X.sum() + k\nf = made(1)",
    "def made(k):\n    return lambda X: X.sum() + k\nf = made(2)",
    "def f(X):\n    def inner(x):\n        return x + 1\n    return inner(X.sum())",
    "def f(X):\n    def inner(x):\n        return x + 2\n    return inner(X.sum())",
    "def f(X):\n    return helper(X)\ndef helper(X):\n    return X.sum() + 1",
    "def f(X):\n    return helper(X)\ndef helper(X):\n    return X.sum() + 2",
    "def f(X):\n    return X.sum() if len(X) == 1 else f(X[1:]) + 0",
    "import functools\ndef g(k, X):\n    return k\nf = functools.partial(g, 1)",
    "import functools\ndef g(k, X):\n    return k\nf = functools.partial(g, 2)",
    OBJECT + "f = F(1)",
    OBJECT + "f = F(2)",
    OBJECT + "f = F(1).method",
]


@pytest.mark.parametrize("source", SAME + OTHER)
def test_a_cell_that_is_run_again_costs_no_hint(say, fresh, source):
    fresh(doubled)
    assert [hint(say, source) for __ in range(5)] == ["1"] * 5
    assert hint(say, "def f(X):\n    return -1") == "2"


def test_hints_go_on_and_never_back(say, fresh):
    fresh(doubled)
    first, second, third, *more = [f"def f(X):\n    return -{i}" for i in range(1, 9)]
    assert [hint(say, source) for source in (first, first, second, first, second, third)] == list("112123")
    assert [hint(say, source) for source in more] == ["3"] * 5


def test_what_another_function_is_counts_and_not_how_it_is_spelt(say, fresh):
    fresh(doubled)
    assert [hint(say, source) for source in SAME] == ["1", "1"]
    for i, source in enumerate(OTHER):
        fresh(doubled)
        hint(say, OTHER[i - 1])
        assert hint(say, source) == "2", source


def test_a_thousand_wrong_answers_take_no_room(say, fresh):
    check = fresh(four)
    for i in range(1000):
        assert f"Hint {min(i + 1, 3)} of 3" in say(check, np.full(50, i).tolist())
    assert [len(keys) for keys in check.tried.values()] == [3]
    assert all(len(key) < 100 for key in check.tried[next(iter(check.tried))])


# The names of an answer.


def test_an_answer_may_be_given_by_name_in_any_order(say):
    assert say(chapter_02.line, b=4, w=[-1, -2]).startswith("✓ Right")
    assert say(chapter_02.line, [-1, -2], b=4).startswith("✓ Right")


@pytest.mark.parametrize(
    ("answer", "named", "words"),
    [
        ([], {"weights": [-1, -2], "b": 4}, "this check has no weights; it takes w, b. Did you mean w?"),
        ([], {"w": [-1, -2], "bias": 4}, "Did you mean b?"),
        ([[-1, -2]], {"B": 4}, "Did you mean b?"),
        ([[-1, -2]], {}, "b is missing; this check takes w, b."),
        ([], {"b": 4}, "w is missing"),
        ([], {}, "w is missing"),
        ([[-1, -2], 4], {"w": [-1, -2]}, "w is given twice"),
        ([-1, -2, 4], {}, "this check takes w, b and no more; it was given 3 answers"),
        ([[-1, -2], 4], {"foo": 1}, "this check has no foo; it takes w, b."),
    ],
)
def test_names_that_do_not_fit_are_refused(say, fresh, answer, named, words):
    line = say(fresh(chapter_02.line), *answer, **named)
    assert line.startswith("✗ Not yet: ") and words in line and "Hint" not in line


# Functions.


def loops(A, B):
    return [[sum(a * b for a, b in zip(row, column, strict=True)) for column in B.T] for row in A]


def forward(X, layers):
    for W, b in layers[:-1]:
        X = sigmoid(X @ W + b)
    return softmax(X @ layers[-1][0] + layers[-1][1])


def own_softmax(Z):
    powers = np.exp(Z - Z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def batches(n, batch_size, random):
    order = random.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


def through(slopes, weights, skip):
    return np.prod(1 + skip * slopes * weights) if skip else np.prod(slopes * weights)


def without_copies(X, limit):
    r, kept = np.abs(np.corrcoef(X.T)), []
    for column in range(X.shape[1]):
        if all(r[column, other] <= limit for other in kept):
            kept.append(column)
    return kept


FUNCTIONS = [
    (chapter_04.forward, lambda X, W, b, V, c: step(step(X @ W + b) @ V + c)),
    (chapter_05.on_screen, lambda weights, colours: 255 * to_srgb(weights @ to_light(colours / 255))),
    (chapter_05.one_step, lambda w, lights, wanted: w + 0.2 * lights @ (wanted - w @ lights)),
    (chapter_06.product, loops),
    (chapter_06.one_more, lambda X, W, b: (np.column_stack([X, np.ones(len(X))]), np.vstack([W, b]))),
    (chapter_07.collapse, lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2 + b2)),
    (chapter_08.forward, forward),
    (chapter_08.stable, own_softmax),
    (chapter_09.nudged, lambda w: chapter_09.neurons_slope(w)),
    (chapter_20.attend, lambda Q, K, V: attention(Q, K, V).answers),
]
OF_NUMBERS = [
    (chapter_09.descend, lambda w, alpha, steps: 3 + (w - 3) * (1 - 2 * alpha) ** steps),
    (chapter_11.batches, batches),
    (chapter_11.cross_entropy, lambda z, t: np.logaddexp(0, z) - t * z),
    (chapter_15.product, through),
    (chapter_13.more_data, lambda points: (0.02, 0.3) if points < 100 else (0.09, 0.08)),
    (chapter_16.saliency, lambda x, W, b, V, one, other: W @ ((x @ W + b > 0) * (V[:, one] - V[:, other]))),
    (chapter_16.without_copies, without_copies),
    (chapter_14.smallest, lambda cells: chapter_14._smallest(cells)),
]
"""Every check that calls a function, and a right one: of arrays, which can be spoilt, and of numbers, too."""
every_function = pytest.mark.parametrize(("check", "right"), FUNCTIONS + OF_NUMBERS)


def spoil(values):
    for value in values:
        spoil(value) if isinstance(value, (list, tuple)) else value.fill(0)


@pytest.mark.parametrize(("check", "right"), FUNCTIONS)
def test_a_function_that_spoils_what_it_is_given_is_judged_by_what_it_answers(say, check, right):
    def spoils_afterwards(answer, values):
        spoil(values)
        return answer

    def first(*values):
        spoil(values)
        return right(*values)

    names = ", ".join(right.__code__.co_varnames[: right.__code__.co_argcount])
    made = {"right": right, "after": spoils_afterwards, "before": first}
    assert say(check, eval(f"lambda {names}: after(right({names}), ({names},))", made)).startswith("✓ Right")
    line = say(check, eval(f"lambda {names}: before({names})", made))
    assert line.startswith("✗ Not yet") and "your function stops" not in line


@every_function
def test_a_function_without_return_is_told_that_it_returns_nothing(say, fresh, check, right):
    def nothing(*values):
        right(*values)

    line = say(fresh(check), nothing)
    assert line.startswith("✗ Not yet: your function returns nothing") and "..." not in line
    assert not check.tried


@every_function
def test_a_function_with_a_blank_in_it_is_nothing_yet(say, fresh, check, right):
    def half(*values):
        total = ...
        return total + right(*values)

    assert say(fresh(check), half).startswith("… Nothing here yet")
    assert say(check, lambda *values: ...).startswith("… Nothing here yet")
    assert say(check, lambda *values: (1, ...)).startswith("… Nothing here yet")


@every_function
@pytest.mark.parametrize("error", [ValueError, SystemExit, BaseException, OverflowError, RecursionError])
def test_what_a_function_raises_is_said_with_its_line_and_what_it_was_given(say, fresh, check, right, error):
    def helper():
        raise error("sizes\ndiffer")

    def stops(*values):
        return helper()

    line = say(fresh(check), stops)
    where = helper.__code__.co_firstlineno + 1
    assert f'stops in line {where}, `raise error("sizes\\ndiffer")`: {error.__name__}: sizes differ. It was' in line
    assert "Hint 1 of" in line


def test_what_a_function_was_given_is_said_with_numbers_or_with_shapes(say):
    line = say(chapter_04.forward, lambda X, W, b, V, c: X @ V @ W)
    assert "ValueError: matmul" in line
    assert "given X of shape (4, 2), W of shape (2, 2), b of shape (2,), V of shape (2, 1), c of shape (1,)." in line
    assert "given X of shape (4, 3), layers of shape [((3, 2), (2,)), ((2, 3), (3,))]." in say(
        chapter_08.forward, lambda X, layers: X.nothing
    )
    assert "It was given Z = [[2.0, 1.0, 0.0]" in say(chapter_08.stable, lambda Z: Z.nothing)


def test_a_line_of_a_cell_is_counted_in_that_cell(say):
    names = {}
    exec("import math\n\ndef f(X):\n    return math.sqrt(-1)", names)
    assert "your function stops in line 4: ValueError: math domain error." in say(doubled, names["f"])
    assert "your function stops: TypeError" in say(doubled, functools.partial(int, "a", "b"))


@every_function
def test_other_arguments_than_the_exercise_has_are_said(say, check, right):
    names = ", ".join(right.__code__.co_varnames[: right.__code__.co_argcount])
    assert f"should take ({names}), not ()" in say(check, lambda: 1).replace("weights, l", "w, l")
    assert "asks for a function, not 5." in say(check, 5)


def test_an_interrupt_goes_through(say):
    def stopped(X):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        doubled(stopped)


# Labs.


def ten_flowers(**weights):
    """The lab of the exercise as the chapter makes it."""
    flowers = data.iris(["setosa", "versicolor"], ["petal length", "sepal length"])
    few = data.table(flowers.X[4::10], flowers.T[4::10], flowers.features, flowers.kinds)
    return PerceptronLab(few, **{"w1": -1, "w2": 0, "b": 4, **weights}, editable=False)


LABS = [
    (chapter_00.all_ten, ten_flowers, "w1"),
    (chapter_02.and_gate, lambda **w: PerceptronLab(data.logic("AND"), **w), "w1"),
    (chapter_02.or_gate, lambda **w: PerceptronLab(data.logic("OR"), **w), "b"),
    (chapter_02.nand_gate, lambda **w: PerceptronLab(data.logic("NAND"), **w), "b"),
    (chapter_02.lecture_rows, lambda **w: PerceptronLab(data.lecture(), **w), "w3"),
    (
        chapter_03.three_corrections,
        lambda **w: PerceptronLab(data.table([[1, 1]], [[1]]), **{"w1": -2, "w2": -2, "b": -1, **w}, learning=True),
        "b",
    ),
    (
        chapter_04.xor,
        lambda **w: XorLab(
            **{"w11": -1, "w21": 1, "b1": 0.5, "w12": 1, "w22": 0, "b2": -0.5, "v1": 1, "v2": 1, "c": -1.5, **w}
        ),
        "c",
    ),
    (
        chapter_05.match,
        lambda **w: TapLab(**{"w1": 0.1875, "w2": 0.9375, "w3": 0.4375, "wanted": (0.5625, 0.25, 0.5), **w}),
        "w3",
    ),
    (chapter_06.alike, lambda **w: MatrixLab(**{"w1": 1, "w3": 0.5, "w5": 3, **w}), "w6"),
    (chapter_06.onto, lambda **w: SpaceLab(goal=1, **w), "w1"),
    (chapter_06.half, lambda **w: SpaceLab(**{"w1": 1, "w2": 0, "w3": 0, "w4": 1, "x1": 1, "x2": 1, **w}), "w4"),
    (chapter_07.steep, lambda **w: ActivationLab(**{"w": 1, "b": 1, "z": 0, **w}), "b"),
    (
        chapter_07.bump,
        lambda **w: BumpsLab("sigmoid", "bump", units=2, **{"w1": 2, "b1": 3, "w2": 2, "b2": -1, **w}),
        "v2",
    ),
    (chapter_08.only_row_2, lambda **w: ForwardLab(row=2, steps=4, **w), "c2"),
    (
        chapter_09.one_step,
        lambda **w: DescentLab(**{"curve": "bowl", "start": -1, "learning_rate": 0.1, **w}),
        "learning_rate",
    ),
    (
        chapter_09.other_valley,
        lambda **w: DescentLab(**{"curve": "valleys", "start": -4, "learning_rate": 0.1, **w}),
        "learning_rate",
    ),
    (
        chapter_12.spiral,
        lambda **w: Playground("spiral", points=400, **{"hidden": (4, 2), "learning_rate": 0.03, **w}),
        "learning_rate",
    ),
    (
        chapter_12.made_inputs,
        lambda **w: Playground("spiral", points=400, **{"hidden": (2,), "learning_rate": 0.3, **w}),
        "learning_rate",
    ),
    (chapter_17.widest, lambda **w: SpeedLab(pinned=(3, 64), **{"depth": 3, "width": 64, **w}), "width"),
    (
        chapter_15.sigmoid_level,
        lambda **w: VanishingLab(depth=12, activation="sigmoid", skip="plain", **{"spread": 1, **w}),
        "spread",
    ),
    (chapter_15.relu_level, lambda **w: VanishingLab(depth=12, activation="relu", **{"spread": 1, **w}), "spread"),
    (chapter_13.decay, lambda **w: OverfitLab(sample=9, **w), "epoch"),
    (chapter_19.marked_by_hand, lambda **w: RecurrentLab("lstm", x=chapter_19.BITS, mark=4, **w), "z"),
]
"""Every exercise with a lab, the lab as its chapter makes it, and something to turn."""


@pytest.mark.parametrize(("check", "make", "name"), LABS)
def test_a_lab_as_the_chapter_makes_it_is_nothing_yet_and_one_made_wrongly_in_code_is_not(
    say, fresh, check, make, name
):
    start = make()
    assert say(fresh(check), start).startswith("… Nothing here yet: turn the lab above")
    lab = make(**{name: getattr(start, name) + 90})
    assert lab.untouched and "Hint 1 of" in say(check, lab)


def test_a_second_xor_lab_made_wrongly_in_code_is_told_so(say, fresh):
    assert say(fresh(chapter_04.another_xor), XorLab()).startswith("… Nothing here yet: turn the lab above")
    assert "Not yet: 3 of 4 corners" in say(chapter_04.another_xor, XorLab(c=-0.75))


@pytest.mark.parametrize(("check", "make", "name"), LABS)
def test_what_is_no_lab_is_said_to_be_none(say, fresh, check, make, name):
    lab = type(make()).__name__
    for other in (5, None, "lab", PerceptronLab, [1, 2]):
        line = say(fresh(check), other)
        assert line.startswith(f"✗ Not yet: this exercise asks for its {lab}, not ") and "Hint" not in line


def test_another_lab_is_called_by_its_name(say):
    assert "asks for its XorLab, not TapLab." in say(chapter_04.xor, TapLab())


# Nothing raises.


class Odd:
    """An answer that raises at whatever is done with it."""

    def __getattr__(self, name):
        raise SystemExit(name)

    def __repr__(self):
        raise RuntimeError("\ud800\x00")

    __array__ = __len__ = __iter__ = __eq__ = __float__ = __repr__
    __hash__ = None


ODD = ["text", "\ud800", object(), np.array([1, 2, 3]), {}, lambda: 4, float("nan"), [], None, 10**400, 1j, Odd(), Odd]


@pytest.mark.parametrize("which", range(len(ODD)))
@pytest.mark.parametrize(
    ("check", "parts"),
    [(check, 1) for check, __ in FUNCTIONS + OF_NUMBERS]
    + [(check, 1) for check, *__ in LABS]
    + [(chapter_00.by_width, 1), (chapter_00.count_numbers, 1), (chapter_02.line, 2), (chapter_02.always, 2)]
    + [(chapter_03.slowest_order, 1), (chapter_03.iris_learnt, 2), (chapter_04.another_xor, 1)]
    + [(chapter_04.search, 2), (chapter_05.first_tap, 2), (chapter_05.out_of_reach, 1), (chapter_06.shapes, 1)]
    + [(chapter_07.flat, 1), (chapter_08.scores_for, 1), (chapter_09.limits, 3)]
    + [(chapter_11.momentum, 1), (chapter_11.steps, 1)]
    + [(chapter_12.own, 1), (chapter_12.patients, 3), (chapter_12.at_the_start, 2)]
    + [(chapter_17.estimate, 1), (chapter_17.batches, 2)]
    + [(chapter_20.because, 1), (chapter_20.left, 1), (chapter_20.possible, 1)]
    + [(chapter_15.layers, 1)]
    + [(chapter_13.best_epoch, 1)]
    + [(chapter_16.turn, 1)]
    + [(chapter_18.secret, 1), (chapter_18.corners, 1), (chapter_18.maps, 1), (chapter_18.slope, 1)]
    + [(chapter_18.weights, 2)]
    + [(chapter_14.one_standard_error, 1), (chapter_14.trainings, 1)],
)
def test_a_check_never_raises(say, check, parts, which):
    assert say(check, *[ODD[which]] * parts).startswith("✗ Not yet:")
