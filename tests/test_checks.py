"""For every exercise of chapters 00 to 03 several right and wrong answers."""

import itertools

import numpy as np
import pytest

from annkit import Perceptron, data
from annkit.checks import chapter_00, chapter_02, chapter_03
from annkit.labs import PerceptronLab

# Chapter 00.


def ten_flowers(**weights):
    """The lab of the exercise as the chapter makes it."""
    flowers = data.iris(["setosa", "versicolor"], ["petal length", "sepal length"])
    few = data.table(flowers.X[4::10], flowers.T[4::10], flowers.features, flowers.kinds)
    return PerceptronLab(few, **{"w1": -1, "w2": 0, "b": 4, **weights}, editable=False)


@pytest.mark.parametrize(
    ("weights", "right"),
    [
        ({"w1": 1, "b": -2.5}, True),
        ({"w1": 1, "b": -2}, True),
        ({"w1": 2, "w2": -1, "b": 0.25}, True),
        ({"w1": 1, "b": -4}, False),
        ({"w1": 1, "b": -3.75}, False),
        ({"b": 0}, False),
        ({"b": 2.5}, False),
    ],
)
def test_ten_flowers(say, weights, right):
    lab = ten_flowers()
    lab.set(**weights)
    assert say(chapter_00.all_ten, lab).startswith("✓ Right" if right else "✗ Not yet")


@pytest.mark.parametrize(
    ("weights", "hint"),
    [
        ({"b": 2.5}, "Hint 1 of 2: nearly every answer is the wrong one."),
        ({"w1": 1, "b": -4}, "Hint 1 of 2: a versicolor lies on the setosa side"),
        ({"w1": 1, "b": -1.5}, "Hint 1 of 2: a setosa lies on the versicolor side"),
        ({"w1": 0, "w2": 1, "b": -5.5}, "Hint 1 of 1: some of both kinds"),
    ],
)
def test_the_hint_for_the_ten_flowers_is_that_of_the_mistake(say, fresh, weights, hint):
    lab = ten_flowers()
    lab.set(**weights)
    assert hint in say(fresh(chapter_00.all_ten), lab)


@pytest.mark.parametrize(
    ("width", "right"), [(0.8, True), (0.6, True), (0.99, True), (1, False), (0.5, False), ("a", False)]
)
def test_widths(say, width, right):
    assert say(chapter_00.by_width, width).startswith("✓ Right" if right else "✗ Not yet")


def test_a_width_that_is_too_large_and_one_that_is_too_small_have_their_hints(say, fresh):
    assert "your number is too large" in say(fresh(chapter_00.by_width), 1.5)
    assert "your number is too small" in say(fresh(chapter_00.by_width), 0.2)


@pytest.mark.parametrize(
    ("count", "right"), [(51, True), (51.0, True), (41, False), (55, False), (20, False), ([51], False)]
)
def test_numbers_of_a_network(say, count, right):
    assert say(chapter_00.count_numbers, count).startswith("✓ Right" if right else "✗ Not yet")


def test_who_counts_no_bias_or_one_in_the_inputs_too_is_told_so(say, fresh):
    assert "these are the weights." in say(fresh(chapter_00.count_numbers), 41)
    assert "the nodes of the input layer hold the data" in say(fresh(chapter_00.count_numbers), 55)


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
    ([-2.5e307, -5e307], 1e308, True),
    ([-1e308, -1e308], 1e308, False),
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


@pytest.mark.parametrize(
    ("check", "weights", "hint"),
    [
        (chapter_02.and_gate, {"b": -0.25}, "Hint 1 of 2: there the sum has to come down to 0."),
        (chapter_02.and_gate, {"w1": 0, "w2": 0}, "Hint 1 of 2: there the sum has to grow above 0."),
        (chapter_02.or_gate, {"b": -1}, "Hint 1 of 2: there the sum has to grow above 0."),
        (chapter_02.lecture_rows, {"b": -1}, "Hint 1 of 2: rows 2 and 4 differ only in x₂."),
        (chapter_02.lecture_rows, {"w1": 0, "w2": 1, "w3": 0, "b": -1}, "Hint 1 of 2: rows 1 and 3 differ only in x₁."),
    ],
)
def test_a_labs_hint_is_that_of_the_row_that_is_wrong(say, fresh, check, weights, hint):
    lab = STARTS[check]()
    lab.set(**weights)
    assert hint in say(fresh(check), lab)


def test_each_part_of_an_answer_has_its_own_hints(say, fresh):
    assert "Hint 1 of 1: one entry that is not 0 is enough." in say(fresh(chapter_02.always), [0, 0, 0], [1, 1, 1])
    assert "Hint 1 of 2: a positive weight" in say(chapter_02.always, [1, -1, 9], [1, 1, 1])
    assert "at (2, −1, 2) the sum is" in (line := say(chapter_02.always, [1, 1, 1], [1, 1, 1]))
    assert "but your row is right" in line
    assert "Hint 1 of 2: the input −1 has to outweigh" in line
    assert "the line is the right one" in say(fresh(chapter_02.line), [1, 2], -4)
    assert "at (0, 2) only w₂ and b take part" in say(chapter_02.line, [-1, -1], 4)
    assert "at (4, 0) only w₁ and b take part" in say(chapter_02.line, [-2, -2], 4)
    assert "a line needs a weight that is not 0" in say(chapter_02.line, [0, 0], 4)


def test_the_counterexample_shown_to_a_learner_is_one(say):
    line = say(chapter_02.always, [5, -0.5, 3], [1, 5, 1])
    assert "5 × 1 + (−0.5) × 17 + 3 × 1 = −0.5" in line


# Chapter 03.


def three_corrections(**turned):
    """The lab of the exercise as the chapter makes it, or with something turned."""
    lab = PerceptronLab(data.table([[1, 1]], [[1]]), w1=-2, w2=-2, b=-1, learning=True)
    lab.set(**turned)
    return lab


@pytest.mark.parametrize(
    ("turned", "right"),
    [
        ({"table": data.table([[0.5, 0.5]], [[1]])}, True),
        ({"w1": -4, "w2": -3, "b": 0}, True),
        ({"w1": -4, "w2": -4, "b": -0.75}, True),
        ({"w1": -1, "w2": -1}, False),
        ({"w1": -4, "w2": -4, "b": -4}, False),
        ({"w1": 4}, False),
        ({"table": data.table([[1, 1]], [[0]])}, False),
        ({"table": data.table([[0.5, 0.5], [1, 1]], [[1], [1]])}, False),
    ],
)
def test_rows_that_take_three_corrections(say, turned, right):
    lab = three_corrections(**turned)
    assert say(chapter_03.three_corrections, lab).startswith("✓ Right" if right else "✗ Not yet")


def test_the_start_takes_two_and_a_drag_to_a_quarter_makes_it_three(say):
    lab = three_corrections()
    assert say(chapter_03.three_corrections, lab).startswith("… Nothing here yet")
    lab.move_point(0.6, 0.4)
    assert say(chapter_03.three_corrections, lab).startswith("✓ Right")


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_corrections_that_were_made_already_count(say, steps):
    lab = three_corrections()
    lab.step(steps)
    assert "begins at −5, and each correction brings 3: it takes 2" in say(chapter_03.three_corrections, lab)
    lab = three_corrections(table=data.table([[0.5, 0.5]], [[1]]))
    lab.step(steps)
    assert say(chapter_03.three_corrections, lab).startswith("✓ Right")


def test_the_hint_for_too_few_corrections_is_another_than_for_too_many(say, fresh):
    few, many, none = three_corrections(b=-0.75), three_corrections(b=-8), three_corrections(b=8)
    assert "so that it brings less?" in say(fresh(chapter_03.three_corrections), few)
    assert "so that it brings more?" in say(chapter_03.three_corrections, many)
    assert "nothing has to be corrected" in say(chapter_03.three_corrections, none)


def test_a_row_that_takes_a_million_corrections_is_not_counted_to_the_end(say, monkeypatch):
    learn, calls = Perceptron.learn, []
    monkeypatch.setattr(Perceptron, "learn", lambda *parts: calls.append(0) or learn(*parts))
    lab = three_corrections(table=data.table([[0, 0]], [[1]]), b=-1_000_000)
    assert "takes 100 corrections or more" in say(chapter_03.three_corrections, lab)
    assert len(calls) <= 100


def test_the_orders_of_the_slow_points_differ_much():
    X, t = chapter_03.SLOW_POINTS
    counts = [
        chapter_03.mistakes_until_learnt(X[list(rows)], t[list(rows)]) for rows in itertools.permutations(range(4))
    ]
    assert min(counts) == 3 and max(counts) == 15 and counts.count(15) == 1 and len(set(counts)) == 8


SLOWEST = [3, 2, 1, 4]


@pytest.mark.parametrize("order", [SLOWEST, tuple(SLOWEST), np.array(SLOWEST)])
def test_slowest_orders(say, order):
    assert say(chapter_03.slowest_order, order).startswith("✓ Right: 15 mistakes")


@pytest.mark.parametrize(
    "order",
    [[1, 2, 3, 4], [4, 3, 1, 2], [2, 4, 1], [0, 1, 2, 3], [1, 1, 2, 3], "3214", [2, 4, 1, "a"], [2.7, 4, 1, 3], 5],
)
def test_other_orders(say, order):
    assert say(chapter_03.slowest_order, order).startswith("✗ Not yet")


@pytest.mark.parametrize(
    ("w", "b", "right"),
    [
        ([1.1, 1.8], -4, True),
        ([0.5, 0.1], -1, True),
        ([1e308, 1e308], -1.7e308, False),
        ([0.5e307, 0.1e307], -1e307, True),
        ([0, 0], 0, False),
        ([-1, 0], 2.5, False),
        ([1, 0], -3.5, False),
        ([1, 0, 0], -2.5, False),
        ([np.nan, 0], 1, False),
    ],
)
def test_irises_learnt(say, w, b, right):
    assert say(chapter_03.iris_learnt, w, b).startswith("✓ Right" if right else "✗ Not yet")


@pytest.mark.parametrize(("w", "b"), [([1, 0], -2.5), ([1, 0], -2), ([4, 0], -10), ([0, 1], -0.75)])
def test_a_line_set_by_hand_for_one_feature_was_not_learnt(say, w, b):
    """The answers of chapter 00, by length and by width."""
    assert "looks at one feature alone, petal" in say(chapter_03.iris_learnt, w, b)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_the_rule_finds_is_learnt(say, seed):
    """In any order, at any rate, from zeros or from elsewhere."""
    random = np.random.default_rng(seed)
    table = data.iris(["setosa", "versicolor"], ["petal length", "petal width"]).shuffled(seed)
    rate, start = (1, 0.5, 0.1, 0.01)[seed % 4], random.normal(size=3) if seed > 3 else np.zeros(3)
    w, b, mistakes = start[:2], start[2], 1
    while mistakes:
        mistakes = 0
        for x, t in zip(table.X, table.labels, strict=True):
            error = t - int(x @ w + b > 0)
            w, b, mistakes = w + rate * error * x, b + rate * error, mistakes + abs(error)
    assert say(chapter_03.iris_learnt, w, b).startswith("✓ Right")
