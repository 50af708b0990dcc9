"""How checks speak, and for every exercise of every chapter several right and wrong answers."""

import itertools

import numpy as np
import pytest

from annkit import data, step
from annkit.checks import chapter_00, chapter_02, chapter_03, chapter_04
from annkit.checks.exercise import NotYet, exercise
from annkit.labs import PerceptronLab, XorLab
from annkit.translation import N_


@exercise(N_("think of a number."), N_("it is even."), N_("it is 4."))
def four(answer):
    if answer != 4:
        raise NotYet(f"{answer} is not it.")
    return "well seen."


BLANKS = [..., None, [1, ...], (1, [2, None]), np.array([1, ...], dtype=object), {"a": (1, ...)}]


@pytest.mark.parametrize("blank", BLANKS)
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


@pytest.mark.parametrize("odd", ["text", object(), np.array([1, 2, 3]), {}, lambda: 4, float("nan")])
def test_a_check_never_raises(say, odd):
    assert say(four, odd).startswith("✗ Not yet:")
    for check in (chapter_02.and_gate, chapter_02.or_gate, chapter_02.nand_gate, chapter_02.lecture_rows):
        assert say(check, odd).startswith("✗ Not yet:")
    for check in (
        chapter_00.all_ten,
        chapter_00.by_width,
        chapter_00.lines,
        chapter_03.slowest_order,
        chapter_04.xor,
        chapter_04.forward,
    ):
        assert say(check, odd).startswith("✗ Not yet:")
    for check in (
        chapter_02.line,
        chapter_02.always,
        chapter_03.iris_learnt,
        chapter_04.another_xor,
        chapter_04.search,
    ):
        assert say(check, odd, odd).startswith("✗ Not yet:")


# Chapter 00.


def ten_flowers(**weights):
    """The lab of the exercise as the chapter makes it."""
    flowers = data.iris(["setosa", "versicolor"], ["petal length", "sepal length"])
    few = data.table(flowers.X[4::10], flowers.T[4::10], flowers.features, flowers.kinds)
    return PerceptronLab(few, **{"w1": 1, "w2": 0, "b": -4, **weights}, editable=False)


@pytest.mark.parametrize(
    ("weights", "right"),
    [
        ({"b": -2.5}, True),
        ({"b": -2}, True),
        ({"w1": 2, "w2": -1, "b": 0.25}, True),
        ({"b": -3.75}, False),
        ({"b": 0}, False),
        ({"w1": -1, "b": 2.5}, False),
    ],
)
def test_ten_flowers(say, weights, right):
    lab = ten_flowers()
    lab.set(**weights)
    assert say(chapter_00.all_ten, lab).startswith("✓ Right" if right else "✗ Not yet")


@pytest.mark.parametrize(
    ("width", "right"), [(0.8, True), (0.6, True), (0.99, True), (1, False), (0.5, False), ("a", False)]
)
def test_widths(say, width, right):
    assert say(chapter_00.by_width, width).startswith("✓ Right" if right else "✗ Not yet")


@pytest.mark.parametrize(("count", "right"), [(41, True), (41.0, True), (51, False), (20, False), ([41], False)])
def test_lines_of_a_network(say, count, right):
    assert say(chapter_00.lines, count).startswith("✓ Right" if right else "✗ Not yet")


# Chapter 02.

STARTS = {
    chapter_00.all_ten: ten_flowers,
    chapter_02.and_gate: lambda **w: PerceptronLab(data.logic("AND"), **w),
    chapter_02.or_gate: lambda **w: PerceptronLab(data.logic("OR"), **w),
    chapter_02.nand_gate: lambda **w: PerceptronLab(data.logic("NAND"), **w),
    chapter_02.lecture_rows: lambda **w: PerceptronLab(data.lecture(), **w),
}
"""For every lab exercise, its lab as the chapter makes it."""

LAB_ANSWERS = [
    (chapter_02.and_gate, {"w1": 1, "w2": 1, "b": -1.5}, True),
    (chapter_02.and_gate, {"w1": 3, "w2": 2, "b": -4}, True),
    (chapter_02.and_gate, {"w1": 1, "w2": 1, "b": -1}, True),
    (chapter_02.and_gate, {"w1": 1, "w2": 1, "b": -2}, False),
    (chapter_02.and_gate, {"w1": 1, "w2": 1, "b": -0.75}, False),
    (chapter_02.and_gate, {"w1": -1, "w2": -1, "b": 1.5}, False),
    (chapter_02.or_gate, {"w1": 1, "w2": 1, "b": -0.5}, True),
    (chapter_02.or_gate, {"w1": 4, "w2": 0.5, "b": -0.25}, True),
    (chapter_02.or_gate, {"w1": 1, "w2": 1, "b": 0}, True),
    (chapter_02.or_gate, {"w1": 1, "w2": 1, "b": 0.25}, False),
    (chapter_02.or_gate, {"w1": 1, "w2": 1, "b": -1}, False),
    (chapter_02.nand_gate, {"w1": -1, "w2": -1, "b": 1.5}, True),
    (chapter_02.nand_gate, {"w1": -2, "w2": -1, "b": 2.5}, True),
    (chapter_02.nand_gate, {"w1": -1, "w2": -1, "b": 1}, False),
    (chapter_02.nand_gate, {"w1": 1, "w2": 1, "b": -1.5}, False),
    (chapter_02.lecture_rows, {"w1": 1, "w2": 0.5, "w3": 0, "b": -5}, True),
    (chapter_02.lecture_rows, {"w1": 2, "w2": 1, "w3": -1, "b": -8.5}, True),
    (chapter_02.lecture_rows, {"w1": 1, "w2": 0.5, "w3": 0, "b": -5.5}, False),
    (chapter_02.lecture_rows, {"w1": 0, "w2": 1, "w3": 0, "b": -3.5}, False),
]


@pytest.mark.parametrize(("check", "weights", "right"), LAB_ANSWERS)
def test_lab_answers(say, check, weights, right):
    lab = STARTS[check]()
    lab.set(**weights)
    assert say(check, lab).startswith("✓ Right" if right else "✗ Not yet")


@pytest.mark.parametrize(("check", "start"), STARTS.items())
def test_a_lab_as_it_was_made_is_nothing_yet_and_no_answer(say, fresh, check, start):
    lab = start()
    assert say(check, lab).startswith("… Nothing here yet: turn the lab")
    lab.point = 2
    assert say(check, lab).startswith("… Nothing here yet")
    lab.w1 = lab.w1 - 8
    assert "Hint 1" in (first := say(fresh(check), lab))
    lab.point = 3
    assert say(check, lab) == first


@pytest.mark.parametrize(("check", "start"), STARTS.items())
def test_the_sliders_own_grid_holds_a_solution(say, check, start):
    """Searched with annkit's own arithmetic over the grid, then turned with the sliders."""
    lab = start()
    sliders = lab._sliders
    grid = [np.arange(slider.low, slider.high + slider.step, slider.step) for slider in sliders.values()]
    coarse = [values[:: 2 if len(sliders) == 3 else 4] for values in grid]
    rows = np.column_stack([lab.table.X, np.ones(len(lab.table))])
    weights = np.array(list(itertools.product(*coarse)))
    solved = weights[((weights @ rows.T > 0) == lab.table.labels).all(axis=1)]
    assert len(solved)
    for slider, value in zip(sliders.values(), solved[0], strict=True):
        slider.move(value)
    assert say(check, lab).startswith("✓ Right")


def test_dragging_the_points_away_does_not_solve_an_exercise(say):
    lab = PerceptronLab(data.logic("AND"))
    lab.table = data.table([[0, 0], [1, 1]], [[0], [1]])
    assert lab.right.all()
    assert say(chapter_02.and_gate, lab).startswith("✗ Not yet")


def test_a_lab_of_another_exercise_is_told_apart(say):
    lab = PerceptronLab(data.lecture(), w1=1)
    lab.w1 = 2
    assert "needs 2 weights; this lab has 3" in say(chapter_02.and_gate, lab)


LINES = [
    ([-1, -2], 4, True),
    ([-0.5, -1], 2, True),
    ([-0.1, -0.2], 0.4, True),
    (np.array([-1 / 3, -2 / 3]), 4 / 3, True),
    ((-1e-5, -2e-5), 4e-5, True),
    ([1, 2], -4, False),
    ([-2, -1], 4, False),
    ([-1, -2], 4.001, False),
    ([0, 0], 0, False),
    ([0, 0], 1, False),
    ([1, 2, 3], 4, False),
    ("ab", 1, False),
    ([-1, float("nan")], 4, False),
]


@pytest.mark.parametrize(("w", "b", "right"), LINES)
def test_lines(say, w, b, right):
    assert say(chapter_02.line, w, b).startswith("✓ Right" if right else "✗ Not yet")


ROWS = [
    ([0, 0, 1], [1, 5, 1], True),
    ([1, 2, 3], [0.5, 100, 0.25], True),
    ((1e-9, 0, 0), (1, 4, 1), True),
    (np.array([4, 3, 2]), np.array([1, 4.5, 1]), True),
    ([0, 0, 0], [1, 5, 1], False),
    ([1, -1, 9], [1, 5, 1], False),
    ([0, 0, 1], [1, 3.5, 1], False),
    ([0, 0, 1], [-1, 5, 1], False),
    ([0, 0, 1], [0, 5, 1], False),
    ([0, 1], [1, 5, 1], False),
    ([0, 0, 1], [1, 5], False),
]


@pytest.mark.parametrize(("row", "weights", "right"), ROWS)
def test_rows_that_are_always_an_o(say, row, weights, right):
    assert say(chapter_02.always, row, weights).startswith("✓ Right" if right else "✗ Not yet")


def test_each_part_of_an_answer_has_its_own_hints(say, fresh):
    assert "Hint 1 of 2: a positive weight" in say(fresh(chapter_02.always), [0, 0, 0], [1, 1, 1])
    assert "your row is right; at (2, −1, 2)" in (line := say(chapter_02.always, [1, 1, 1], [1, 1, 1]))
    assert "Hint 1 of 2: the input −1 has to outweigh" in line
    assert "the line is the right one" in say(fresh(chapter_02.line), [1, 2], -4)


def test_the_counterexample_shown_to_a_learner_is_one(say):
    line = say(chapter_02.always, [5, -0.5, 3], [1, 5, 1])
    assert "5 × 1 + (−0.5) × 17 + 3 × 1 = −0.5" in line


# Chapter 03.


def three_corrections(**turned):
    """The lab of the exercise as the chapter makes it, or with something turned."""
    lab = PerceptronLab(data.table([[1, 1], [-1, -1]], [[1], [0]]), w1=-2, w2=-2, b=-1)
    lab.set(**turned)
    return lab


@pytest.mark.parametrize(
    ("turned", "right"),
    [
        ({"table": data.table([[0.5, 0.5], [-1, -1]], [[1], [0]])}, True),
        ({"w1": -4, "w2": -3, "b": 0}, True),
        ({"w1": -4, "w2": -4, "b": -0.75}, True),
        ({"w1": -1, "w2": -1}, False),
        ({"w1": -4, "w2": -4, "b": -4}, False),
        ({"w1": 4}, False),
        ({"w1": 3, "w2": 3, "b": 2, "table": data.table([[1, 1], [-1, -1]], [[0], [0]])}, False),
    ],
)
def test_rows_that_take_three_corrections(say, turned, right):
    assert say(chapter_03.three_updates, three_corrections(**turned)).startswith("✓ Right" if right else "✗ Not yet")


def test_the_start_takes_two_and_a_drag_to_a_quarter_makes_it_three(say):
    lab = three_corrections()
    assert say(chapter_03.three_updates, lab).startswith("… Nothing here yet")
    lab.move_point(0.6, 0.4)
    assert say(chapter_03.three_updates, lab).startswith("✓ Right")


@pytest.mark.parametrize("order", [[2, 4, 1, 3], (4, 3, 2, 1), np.array([3, 2, 1, 4])])
def test_slowest_orders(say, order):
    assert say(chapter_03.slowest_order, order) == "✓ Right: 11 mistakes; the quickest order makes 3."


@pytest.mark.parametrize(
    "order",
    [[1, 2, 3, 4], [4, 3, 1, 2], [2, 4, 1], [0, 1, 2, 3], [1, 1, 2, 3], "2413", [2, 4, 1, "a"], [2.7, 4, 1, 3], 5],
)
def test_other_orders(say, order):
    assert say(chapter_03.slowest_order, order).startswith("✗ Not yet")


@pytest.mark.parametrize(
    ("w", "b", "right"),
    [
        ([1.1, 1.8], -4, True),
        ([1, 0], -2.5, True),
        ([0, 1], -0.75, True),
        ([0, 0], 0, False),
        ([-1, 0], 2.5, False),
        ([1, 0], -3.5, False),
        ([1, 0, 0], -2.5, False),
        ([np.nan, 0], 1, False),
    ],
)
def test_irises_learnt(say, w, b, right):
    assert say(chapter_03.iris_learnt, w, b).startswith("✓ Right" if right else "✗ Not yet")


# Chapter 04.

OR_NAND = {"w12": -1, "w22": -1, "b2": 1.5, "c": -1.5}
ONE_EACH = {"w21": -1, "w12": -1}


def start_of_xor(**turned):
    """The lab of exercise 1 as the chapter makes it, or with something turned."""
    lab = XorLab(w11=-1, w21=1, b1=0.5, w12=1, w22=0, b2=-0.5, v1=1, v2=1, c=-1.5)
    lab.set(**turned)
    return lab


@pytest.mark.parametrize("solution", [OR_NAND, ONE_EACH, {"w21": 2, "w11": 2, "b2": -1.5, "v2": -1}])
def test_xor_solved(say, solution):
    assert say(chapter_04.xor, XorLab(**solution)).startswith("✓ Right")


@pytest.mark.parametrize("turned", [{}, {"c": -0.5}, {"w22": -1, "w11": 1}])
def test_xor_not_solved(say, turned):
    lab = start_of_xor(**turned)
    assert say(chapter_04.xor, lab).startswith("✗ Not yet" if turned else "… Nothing here yet")


def test_the_start_of_xor_is_three_turns_of_its_sliders_from_a_solution(say):
    lab = start_of_xor()
    for name, value in (("w11", 1), ("b1", -0.5), ("w12", -1), ("w22", -1), ("b2", 1.5)):
        assert say(chapter_04.xor, lab).startswith(("✗", "…"))
        lab._sliders[name].move(value)
    assert say(chapter_04.xor, lab).startswith("✓ Right")


def turned(**weights):
    """An XOR lab that was turned by hand."""
    lab = XorLab()
    lab.set(**weights)
    return lab


def test_a_second_solution_has_to_be_another(say):
    first, exchanged = turned(**OR_NAND), turned(w11=-1, w21=-1, b1=1.5, c=-1.5)
    assert say(chapter_04.another_xor, first, turned(**ONE_EACH)).startswith("✓ Right")
    assert "h₁ and h₂ exchanged" in say(chapter_04.another_xor, first, exchanged)
    doubled = turned(**{**OR_NAND, "v1": 2, "v2": 2, "c": -3})
    assert "h₁ and h₂ exchanged" in say(chapter_04.another_xor, first, doubled)
    assert say(chapter_04.another_xor, first, XorLab()).startswith("… Nothing here yet")
    assert "Not yet: 3 of 4 corners" in say(chapter_04.another_xor, first, turned(b2=-0.25))
    assert "the lab of exercise 1: 3 of 4 corners" in say(chapter_04.another_xor, turned(b2=-0.25), first)


def loops(X, W, b, V, c):
    hidden = [
        [int(sum(x * w for x, w in zip(row, W[:, j], strict=True)) + b[j] > 0) for j in range(len(b))] for row in X
    ]
    return [
        [int(sum(h * v for h, v in zip(row, V[:, k], strict=True)) + c[k] > 0) for k in range(len(c))] for row in hidden
    ]


@pytest.mark.parametrize("right", [lambda X, W, b, V, c: step(step(X @ W + b) @ V + c), loops])
def test_forward_written_right(say, right):
    assert say(chapter_04.forward, right).startswith("✓ Right")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda X, W, b, V, c: step(X @ W @ V + c),
        lambda X, W, b, V, c: step((X @ W + b) @ V + c),
        lambda X, W, b, V, c: step(step(X @ W) @ V),
        lambda X, W, b, V, c: step(X @ W + b),
        lambda X, W, b, V, c: step(step(X @ W + b) @ V + c)[:, 0],
        lambda X, W: 1,
        lambda *parts: "text",
    ],
)
def test_forward_written_wrong(say, wrong):
    assert say(chapter_04.forward, wrong).startswith("✗ Not yet")


@pytest.mark.parametrize("blank", [lambda *parts: None, lambda *parts: ...])
def test_forward_not_written(say, blank):
    assert say(chapter_04.forward, blank).startswith("… Nothing here yet")


def test_the_count_of_a_search(say):
    assert say(chapter_04.search, 3, 100).startswith("✓ Right")
    assert say(chapter_04.search, np.int64(3), 100.0).startswith("✓ Right")
    for wrong in ((4, 100), (3, 99), (0.75, 100), (3, "a")):
        assert say(chapter_04.search, *wrong).startswith("✗ Not yet")


def test_what_a_function_raises_is_a_sentence_before_the_hint(say, fresh):
    def broken(X, W, b, V, c):
        raise ValueError("sizes differ")

    assert "Not yet: sizes differ. Hint 1 of 2" in say(fresh(chapter_04.forward), broken)
