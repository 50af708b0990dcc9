"""What the checks of chapter 08 call right, and what they say to the rest."""

import itertools
import math

import numpy as np
import pytest

import annkit
from annkit import data, sigmoid, softmax
from annkit.checks import chapter_08
from annkit.labs import ForwardLab

HIDDEN = ("w1", "w2", "w3", "w4", "w5", "w6", "b1", "b2")
OUTPUT = ("v1", "v2", "v3", "v4", "c1", "c2")
NONE = dict.fromkeys((*HIDDEN, *OUTPUT), 0)


def start(**turned):
    """The lab of exercise 1 as the chapter makes it, or with something turned."""
    lab = ForwardLab(row=2, steps=4)
    lab.set(**turned)
    return lab


# Exercise 1.

RIGHT = [
    {"v1": 0, "v2": 0, "v3": 4, "v4": 0, "c1": -3, "c2": 0},
    {**NONE, "w3": 1, "b1": -6, "v1": 4, "c1": -2},
    {**NONE, "w4": 1.5, "b2": -8, "v4": -4, "c2": 2},
    {**NONE, "w3": 0.25, "b1": -1.5, "v1": 2, "v2": -2, "c1": -2, "c2": 0.25},
    {**NONE, "w1": -1, "w3": 1, "b1": -3, "v1": 4, "c2": 2, "w6": 3, "v3": 0.25},
]
WRONG = [
    ({**NONE, "w3": 1, "b1": -6, "v1": 4, "c1": -4}, "no row is of class 1"),
    ({**NONE, "w3": 1, "b1": -6, "v1": 4}, "class 1 wins in these rows: 1, 2, 3, 4. It should win in row 2 alone."),
    ({**NONE, "w3": 1, "b1": -3.5, "v1": 4, "c1": -2}, "class 1 wins in these rows: 2, 4."),
    ({**NONE, "w3": 1, "b1": -6, "v2": 4, "c2": -2}, "class 1 wins in these rows: 1, 3, 4."),
    (NONE, "o₁ and o₂ are equal for these rows: 1, 2, 3, 4."),
]


@pytest.mark.parametrize("weights", RIGHT)
def test_row_2_alone_is_class_1(say, weights):
    assert say(chapter_08.only_row_2, start(**weights)).startswith("✓ Right: row 2 has o₁ = ")


@pytest.mark.parametrize(("weights", "words"), WRONG)
def test_not_row_2_alone(say, weights, words):
    assert (line := say(chapter_08.only_row_2, start(**weights))).startswith("✗ Not yet") and words in line


def test_the_numbers_in_the_note_are_the_networks(say):
    lab = start(**RIGHT[1])
    outputs = lab.network().predict(data.lecture().X)[:, 0]
    others = max(outputs[[0, 2, 3]])
    assert say(chapter_08.only_row_2, lab).endswith(
        f"row 2 has o₁ = {outputs[1]:.2f}; the most that another row has is {others:.2f}."
    )


def test_the_start_is_unsolved_and_looking_is_no_answer(say, fresh):
    check, lab = fresh(chapter_08.only_row_2), start()
    outputs = lab.network().predict(data.lecture().X)
    assert ((outputs[:, 0] > outputs[:, 1]) != [False, True, False, False]).sum() > 1
    assert say(check, lab).startswith("… Nothing here yet: turn the lab")
    lab.row = 4
    assert say(check, lab).startswith("… Nothing here yet")
    lab._sliders["c2"].move(lab.c2 - 0.25)
    first = say(check, lab)
    assert "Hint 1 of 3" in first
    lab.row = 1
    assert say(check, lab) == first


def test_the_sliders_own_grid_holds_a_solution(say):
    """Searched with annkit's arithmetic over what the sliders of one hidden unit can do, then turned with them."""
    lab = start()
    grid = {
        name: np.arange(slider.low, slider.high + slider.step, slider.step) for name, slider in lab._sliders.items()
    }
    X = data.lecture().X
    w3, b1, v1, c1 = (a.ravel() for a in np.meshgrid(grid["w3"], grid["b1"][::4], grid["v1"][::4], grid["c1"][::4]))
    ahead = sigmoid(np.outer(X[:, 1], w3) + b1) * v1 + c1
    solved = ((ahead > 0) == [[False], [True], [False], [False]]).all(axis=0)
    assert solved.sum() > 100
    first = np.flatnonzero(solved)[0]
    found = dict(zip(("w3", "b1", "v1", "c1"), (values[first] for values in (w3, b1, v1, c1)), strict=True))
    for name, value in {**NONE, **found}.items():
        lab._sliders[name].move(value)
    assert say(chapter_08.only_row_2, lab).startswith("✓ Right")


# Exercise 2.


def naive(Z):
    e = np.exp(Z)
    return e / e.sum(axis=1, keepdims=True)


def hidden_layers(X, layers, activation=sigmoid):
    for W, b in layers:
        X = activation(X @ W + b)
    return X


def sums(X, layers, activation=sigmoid):
    W, b = layers[-1]
    return hidden_layers(X, layers[:-1], activation) @ W + b


def by_loops(X, layers):
    answers = []
    for values in X:
        for at, (W, b) in enumerate(layers, start=1):
            z = [sum(x * W[i][j] for i, x in enumerate(values)) + b[j] for j in range(len(b))]
            values = [1 / (1 + math.exp(-s)) if at < len(layers) else math.exp(s) for s in z]
        answers.append([power / sum(values) for power in values])
    return answers


def by_itself(X, layers):
    (W, b), *rest = layers
    return by_itself(sigmoid(X @ W + b), rest) if rest else softmax(X @ W + b)


def taken_apart(X, layers):
    V, c = layers.pop()
    while layers:
        W, b = layers.pop(0)
        X = 1 / (1 + np.exp(-(X @ W + b)))
    return naive(X @ V + c)


def two_layers(X, layers):
    (W, b), (V, c) = layers
    return softmax(sigmoid(X @ W + b) @ V + c)


def first_and_last(X, layers):
    return softmax(sigmoid(X @ layers[0][0] + layers[0][1]) @ layers[-1][0] + layers[-1][1])


def columns(X, layers):
    e = np.exp(sums(X, layers))
    return e / e.sum(axis=0)


@pytest.mark.parametrize("right", [lambda X, layers: softmax(sums(X, layers)), by_loops, by_itself, taken_apart])
def test_forward_written_right(say, right):
    assert say(chapter_08.forward, right).startswith("✓ Right")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (sums, "sums to"),
        (hidden_layers, "makes every row sum to 1"),
        (lambda X, layers: softmax(hidden_layers(X, layers)), "in a network 3 → 2 → 2 of random numbers an output"),
        (lambda X, layers: softmax(sums(X, layers, activation=lambda z: z)), "an output is off by"),
        (lambda X, layers: softmax(sums(X, layers, activation=softmax)), "an output is off by"),
        (lambda X, layers: softmax(sums(X, [(W, 0) for W, __ in layers])), "an output is off by"),
        (columns, "take the total of each row, not of a column"),
        (lambda X, layers: softmax(sums(X, layers)) / len(X), "not of a column or of all"),
        (two_layers, "too many values to unpack"),
        (first_and_last, "Not yet: matmul"),
        (lambda X, layers: softmax(sums(X, layers))[:, 0], "should have shape (4, 2), not (4,)"),
        (lambda X, layers: softmax(sums(X, layers)).T, "network 3 → 2 → 2 the answer should have shape (4, 2)"),
        (lambda X: 1, "can't be read"),
        (lambda *parts: "text", "should be numbers"),
        (lambda *parts: np.full((4, 2), np.nan), "should be finite numbers"),
    ],
)
def test_forward_written_wrong(say, wrong, words):
    assert (line := say(chapter_08.forward, wrong)).startswith("✗ Not yet") and words in line


@pytest.mark.parametrize("check", [chapter_08.forward, chapter_08.stable])
@pytest.mark.parametrize("blank", [lambda *parts: None, lambda *parts: ...])
def test_not_written(say, check, blank):
    assert say(check, blank).startswith("… Nothing here yet")


# Exercise 3.


def in_place(Z):
    Z -= Z.max(axis=1)[:, None]
    np.exp(Z, out=Z)
    Z /= Z.sum(axis=1)[:, None]
    return Z


def one_by_one(Z):
    return [[1 / sum(math.exp(min(other - own, 700)) for other in row) for own in row] for row in Z]


@pytest.mark.parametrize(
    "right",
    [
        in_place,
        one_by_one,
        lambda Z: naive(Z - Z.max(axis=1, keepdims=True)),
        lambda Z: np.array([np.exp(z - max(z)) / np.exp(z - max(z)).sum() for z in Z]),
        lambda Z: np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)),
    ],
)
def test_stable_softmax(say, right):
    assert say(chapter_08.stable, right).startswith("✓ Right")


@pytest.mark.parametrize("borrowed", [softmax, lambda Z: softmax(Z), lambda Z: annkit.softmax(Z)])
def test_annkits_own_softmax_is_no_answer(say, borrowed):
    assert "write one of your own" in say(chapter_08.stable, borrowed)


def test_a_learners_own_function_may_be_called_softmax(say):
    own = {"np": np}
    exec(
        "def softmax(Z):\n    E = np.exp(Z - Z.max(axis=1, keepdims=True))\n    return E / E.sum(axis=1)[:, None]", own
    )
    exec("def my_softmax(Z):\n    return softmax(Z)", own)
    assert say(chapter_08.stable, own["softmax"]).startswith("✓ Right")
    assert say(chapter_08.stable, own["my_softmax"]).startswith("✓ Right")


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (naive, "for the scores (1000, 1001, 1002) your function gives (nan, nan, nan)"),
        (lambda Z: naive(Z - Z.max()), "for the scores (−1000, −1000) your function gives (nan, nan)"),
        (lambda Z: naive(Z - Z.mean(axis=1, keepdims=True)), "for the scores (−1000, 0, 1000) your function gives"),
        (lambda Z: naive(Z - Z.min(axis=1, keepdims=True)), "for the scores (−1000, 0, 1000) your function gives"),
        (lambda Z: naive(np.clip(Z, -500, 500)), "(0.3333, 0.3333, 0.3333); the shares are (0.09, 0.2447, 0.6652)"),
        (lambda Z: np.nan_to_num(naive(Z)), "for the scores (1000, 1001, 1002) your function gives (0, 0, 0)"),
        (lambda Z: naive(Z / np.abs(Z).max()), "for the scores (2, 1, 0)"),
        (lambda Z: np.exp(Z) / np.exp(Z).sum(), "for the scores (2, 1, 0)"),
        (lambda Z: naive(Z)[0], "should have this shape too, not (3,)"),
        (lambda Z: [[math.exp(z) / sum(map(math.exp, row)) for z in row] for row in Z], "too large for Python"),
        (lambda Z: "text", "Not yet"),
        (lambda: 1, "can't be read"),
    ],
)
def test_softmax_that_is_not_stable_or_none(say, wrong, words):
    assert (line := say(chapter_08.stable, wrong)).startswith("✗ Not yet") and words in line


# Exercise 4.


@pytest.mark.parametrize(
    "scores",
    [
        np.log([0.5, 0.3, 0.2]),
        [math.log(5), math.log(3), math.log(2)],
        np.log([5, 3, 2]) - 100,
        (1.6094, 1.0986, 0.6931),
    ],
)
def test_scores_for_shares(say, scores):
    assert say(chapter_08.scores_for, scores).startswith("✓ Right")


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([0.5, 0.3, 0.2], "the shares of these scores are (0.39"),
        ([5, 3, 2], "the shares of these scores are"),
        (np.log2([5, 3, 2]), "the shares of these scores are"),
        (np.log([0.2, 0.3, 0.5]), "the shares of these scores are (0.2, 0.3, 0.5)"),
        ([1.5, 1, 0.5], "the shares"),
        ([1, 2], "three scores, not 2"),
        (3, "one row of numbers"),
        ("abc", "Not yet"),
        ([0, 0, -np.inf], "finite"),
    ],
)
def test_scores_for_other_shares(say, scores, words):
    assert (line := say(chapter_08.scores_for, scores)).startswith("✗ Not yet") and words in line


@pytest.mark.parametrize("odd", ["text", object(), np.array([1, 2, 3, 4]), {}, lambda: 4, float("nan"), 0])
def test_no_check_raises(say, odd):
    for check in (chapter_08.only_row_2, chapter_08.forward, chapter_08.stable, chapter_08.scores_for):
        assert say(check, odd).startswith("✗ Not yet:")


def test_hints_come_one_at_a_time(say, fresh):
    check = fresh(chapter_08.stable)
    wrongs = [naive, lambda Z: naive(Z - Z.max()), lambda Z: naive(Z - Z.min())]
    for which, wrong in enumerate(wrongs, start=1):
        assert f"Hint {which} of 3" in say(check, wrong)
    assert "Hint 1 of 3" in say(check, naive)
    assert say(check, in_place).startswith("✓ Right")


def test_every_pair_of_shares_that_a_wrong_answer_shows_sums_to_1(say):
    for scores in itertools.permutations([0.5, 0.25, 2]):
        line = say(chapter_08.scores_for, list(scores))
        shown = [float(share) for share in line.split("(")[1].split(")")[0].split(", ")]
        assert sum(shown) == pytest.approx(1, abs=2e-4)
