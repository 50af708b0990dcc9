"""What the checks of chapter 08 call right, and what they say to the rest."""

import itertools
import math
import sys

import numpy as np
import pytest
import scipy.special
import sklearn.utils.extmath

import annkit
from annkit import data, sigmoid, softmax
from annkit.checks import chapter_08
from annkit.labs import DigitsLab, ForwardLab

NONE = dict.fromkeys((*chapter_08.HIDDEN, *chapter_08.OUTPUT), 0)


def start(**turned):
    """The lab of exercise 1 as the chapter makes it, or with something turned."""
    lab = ForwardLab(row=2, steps=4)
    lab.set(**turned)
    return lab


# Exercise 1.

RIGHT = [
    {"v4": 4, "c1": -2.5},
    {"v1": 0, "v2": 0, "v3": 0, "v4": 4, "v5": 0, "v6": 0, "c1": -3, "c2": 0, "c3": 0},
    {**NONE, "w3": 1, "b1": -6, "v1": 4, "c1": -2},
    {**NONE, "w4": 1.5, "b2": -8, "v5": -4, "v6": -4, "c2": 2, "c3": 2},
    {**NONE, "w3": 0.25, "b1": -1.5, "v1": 2, "v2": -2, "c1": -2, "c2": 0.25, "c3": -4},
    {**NONE, "w1": -1, "w3": 1, "b1": -3, "v1": 4, "c2": 2, "w6": 3, "v4": 0.25},
]
ALL = "o₁ is the largest output for these rows: 1, 2, 3, 4. It should be so for row 2 alone."
WRONG = [
    ({**NONE, "w3": 1, "b1": -6, "v1": 4, "c1": -4}, "o₁ is the largest output for no row."),
    ({**NONE, "w3": 1, "b1": -6, "v1": 4, "v2": 1}, ALL),
    ({**NONE, "w3": 1, "b1": -3.5, "v1": 4, "c1": -2}, "o₁ is the largest output for these rows: 2, 4."),
    ({**NONE, "w3": 1, "b1": -6, "v2": 4, "c2": -2, "c3": -1}, "o₁ is the largest output for these rows: 1, 3, 4."),
    (NONE, "o₁ and another output are both the largest for these rows: 1, 2, 3, 4."),
    ({**NONE, "c1": 1, "c3": 1}, "o₁ and another output are both the largest for these rows: 1, 2, 3, 4."),
]


@pytest.mark.parametrize("weights", RIGHT)
def test_o1_wins_in_row_2_alone(say, weights):
    assert say(chapter_08.only_row_2, start(**weights)).startswith("✓ Right: row 2 has o₁ = ")


@pytest.mark.parametrize(("weights", "words"), WRONG)
def test_not_row_2_alone(say, weights, words):
    assert (line := say(chapter_08.only_row_2, start(**weights))).startswith("✗ Not yet") and words in line


def test_the_numbers_in_the_note_are_the_networks(say):
    lab = start(**RIGHT[2])
    outputs = lab.network().predict(data.lecture().X)[:, 0]
    others = max(outputs[[0, 2, 3]])
    assert say(chapter_08.only_row_2, lab).endswith(
        f"row 2 has o₁ = {outputs[1]:.2f}; the most that another row has is {others:.2f}."
    )


def test_the_start_is_the_chapters_lab_unsolved_and_looking_is_no_answer(say, fresh):
    check, lab = fresh(chapter_08.only_row_2), start()
    assert {**chapter_08.HIDDEN, **chapter_08.OUTPUT} == {name: getattr(lab, name) for name in NONE}
    outputs = lab.network().predict(data.lecture().X)
    assert outputs.argmax(axis=1).tolist() == [0, 1, 2, 2]
    assert say(check, lab).startswith("… Nothing here yet: turn the lab")
    lab.set(row=4, picked=(2, 1))
    assert say(check, lab).startswith("… Nothing here yet")
    lab._sliders["picked"].move(lab.c2 - 0.25)
    first = say(check, lab)
    assert "Hint 1 of 3" in first
    lab.row = 1
    assert say(check, lab) == first


def test_the_hint_belongs_to_the_mistake_and_a_turned_input_costs_none(say, fresh):
    check, lab = fresh(chapter_08.only_row_2), start(c1=-8)
    assert "for no row." in (line := say(check, lab)) and "v₁ and v₄ lead to o₁" in line
    lab.picked = (0, 1)
    lab._sliders["picked"].move(3)
    assert "other rows than the exercise's four" in (line := say(check, lab)) and "Hint" not in line


def test_the_sliders_own_grid_holds_a_solution(say):
    """Searched with annkit's arithmetic over the quarters of two numbers, then turned with the one slider."""
    lab = start()
    net, X = lab.network(), data.lecture().X
    hidden = net.forward(X).a[0]
    solved = []
    for v4, c1 in itertools.product(np.arange(-4, 4.25, 0.25), np.arange(-8, 8.25, 0.25)):
        V, c = net.weights[1].copy(), net.biases[1].copy()
        V[1, 0], c[0] = v4, c1
        z = hidden @ V + c
        if (z[:, 0] > z[:, 1:].max(axis=1)).tolist() == [False, True, False, False]:
            solved.append((v4, c1))
    assert len(solved) > 5
    for picked, value in zip(((1, 1, 0), (2, 0)), solved[0], strict=True):
        lab.picked = picked
        assert lab._sliders["picked"].low <= value <= lab._sliders["picked"].high
        lab._sliders["picked"].move(value)
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
        (lambda X, layers: softmax(sums(X, layers, np.tanh)), "in a network 3 → 2 → 3 of random numbers an output"),
        (lambda X, layers: softmax(hidden_layers(X, layers)), "with a sigmoid in the last layer, too"),
        (lambda X, layers: softmax(sums(X, layers, activation=lambda z: z)), "without the sigmoids"),
        (lambda X, layers: softmax(sums(X, layers, activation=softmax)), "with a softmax in every layer"),
        (lambda X, layers: softmax(sums(X, [(W, 0) for W, __ in layers])), "where the biases are left out"),
        (columns, "take the total of each row, not of a column"),
        (columns, "Hint 1 of 1: `sum(axis=1, keepdims=True)` gives the total of each row"),
        (lambda X, layers: softmax(sums(X, layers)) / len(X), "not of a column or of all"),
        (two_layers, "too many values to unpack"),
        (first_and_last, "ValueError: matmul"),
        (lambda X, layers: softmax(sums(X, layers))[:, 0], "should have shape (4, 3), not (4,)"),
        (
            lambda X, layers: softmax(sums(X, layers)).T,
            "((2, 3), (3,))], your function's answer should have shape (4, 3)",
        ),
        (lambda *parts: "text", "should be numbers"),
        (lambda *parts: np.full((4, 3), np.nan), "should be finite numbers"),
    ],
)
def test_forward_written_wrong(say, wrong, words):
    assert (line := say(chapter_08.forward, wrong)).startswith("✗ Not yet") and words in line


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


def by_another_name(Z):
    safe = getattr(annkit.activations, "soft" + "max")
    return safe(Z)


@pytest.mark.parametrize(
    ("borrowed", "library"),
    [
        (softmax, "annkit"),
        (lambda Z: softmax(Z), "annkit"),
        (lambda Z: annkit.softmax(Z), "annkit"),
        (by_another_name, "annkit"),
        (scipy.special.softmax, "scipy"),
        (lambda Z: scipy.special.softmax(Z, axis=1), "scipy"),
        (lambda Z: sklearn.utils.extmath.softmax(Z), "sklearn"),
    ],
)
def test_a_librarys_softmax_is_no_answer(say, borrowed, library):
    assert f"this is {library}'s softmax" in say(chapter_08.stable, borrowed)
    assert sys.getprofile() is None


def test_a_learners_own_function_may_be_called_softmax(say):
    own = {"np": np}
    exec(
        "def softmax(Z):\n    E = np.exp(Z - Z.max(axis=1, keepdims=True))\n    return E / E.sum(axis=1)[:, None]", own
    )
    exec("def my_softmax(Z):\n    return softmax(Z)", own)
    assert say(chapter_08.stable, own["softmax"]).startswith("✓ Right")
    assert say(chapter_08.stable, own["my_softmax"]).startswith("✓ Right")


class Model:
    def softmax(self, Z):
        return in_place(Z)


def test_a_learners_method_may_be_called_softmax(say):
    assert say(chapter_08.stable, lambda Z: Model().softmax(Z)).startswith("✓ Right")


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
        (lambda Z: naive(Z)[0], "should have shape (3, 3), not (3,)"),
        (lambda Z: [[math.exp(z) / sum(map(math.exp, row)) for z in row] for row in Z], "OverflowError: math range"),
        (lambda Z: "text", "should be numbers, not 'text'"),
        (lambda Z: [[1], [1, 2]], "its rows differ in length"),
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
        np.log([0.5003, 0.2999, 0.1998]),
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
        ([1.61, 1.1, 0.69], "the shares of these scores are (0.5002, 0.3004, 0.1994), not"),
        (np.log([0.5006, 0.2994, 0.2]), "the shares"),
        ([1, 2], "three scores, not 2"),
        (3, "one row of numbers"),
        ("abc", "Not yet"),
        ([0, 0, -np.inf], "finite"),
    ],
)
def test_scores_for_other_shares(say, scores, words):
    assert (line := say(chapter_08.scores_for, scores)).startswith("✗ Not yet") and words in line


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


# Exercise 5.


@pytest.fixture(scope="module")
def reader():
    """The network of chapter 08, and the pictures put aside."""
    learn, rest = data.digits().split(1500, seed=0)
    net = annkit.Network([64, 10, 10], activation="sigmoid", output="softmax", seed=6)
    annkit.train(net, learn.X, learn.T, loss="cross_entropy", learning_rate=0.5, epochs=60, batch_size=32)
    return net, rest


def three(reader, *strokes, row=120, **turned):
    lab = DigitsLab(*reader, row=row)
    lab.set(**turned)
    for points in strokes:
        lab.write(points)
    return lab


LOWER, UPPER = [(13, 17), (10, 24)], [(10, 8), (13, 14)]


@pytest.mark.parametrize(("row", "strokes"), [(120, [LOWER]), (120, [UPPER]), (136, [LOWER])])
def test_a_little_ink_makes_an_8_of_a_3(say, reader, row, strokes):
    line = say(chapter_08.three_to_eight, three(reader, *strokes, row=row))
    assert line.startswith("✓ Right: ") and "of 1,024 pixels" in line


def test_what_is_no_8_or_no_3_or_too_much_ink(say, fresh, reader):
    check = fresh(chapter_08.three_to_eight)
    assert say(check, three(reader)).startswith("… Nothing here yet: turn the lab above")
    assert say(check, three(reader, row=35)).startswith("… Nothing here yet")
    line = say(check, three(reader, [(28, 4), (28, 6)]))
    assert "the largest output is 3; 8 has " in line and "Hint 1 of 3" in line
    line = say(check, three(reader, LOWER, UPPER, [(3, 3), (20, 3)]))
    assert "pixels of ink on the pad, and there should be at most 40. Hint 1 of 1" in line
    line = say(check, three(reader, LOWER, row=1))
    assert "picture 1 shows 0; choose one that shows a 3" in line and "Hint" not in line
    line = say(check, three(reader, LOWER, own=True))
    assert "a drawing of your own" in line and "Hint" not in line
