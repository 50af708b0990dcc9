"""What the checks of chapter 10 call right, and what they say to the rest."""

import itertools

import numpy as np
import pytest

from annkit import sigmoid
from annkit.checks import chapter_10
from annkit.labs import BackpropLab

W, V = chapter_10.WEIGHTS
B, C = chapter_10.BIASES


def start(W=W, b=B, V=V, c=C, **state):
    """The lab of exercise 1 as the chapter makes it, or with other numbers in it."""
    lab = BackpropLab(weights=chapter_10.WEIGHTS, biases=chapter_10.BIASES, steps=9)
    lab.set(weights=(W, V), biases=(b, c), **state)
    return lab


# Exercise 1.

DOORS = [
    ("output", {"c": (-8, 8)}),
    ("output", {"V": ((-8, -0.5), (-8, 0.5)), "c": (-1, 8)}),
    ("hidden", {"b": (-8, 8)}),
    ("hidden", {"W": ((-8, 8), (-0.25, 1))}),
    ("hidden", {"b": (8, 8), "c": (-2, -0.25)}),
    ("V", {"V": ((0, 0), (0, 0)), "c": (-1, -0.25)}),
    ("V", {"V": ((0, 0), (0, 0)), "b": (4, 4), "c": (-4, 2)}),
    ("several", {"c": (-8, 8), "b": (8, 8)}),
]
SAID = {
    "output": "you shut the door at the outputs",
    "hidden": "you shut the door at the hidden layer",
    "V": "you shut the door between the layers",
    "several": "you shut more than one door",
}


@pytest.mark.parametrize(("door", "numbers"), DOORS)
def test_a_first_layer_that_hears_nothing(say, door, numbers):
    line = say(chapter_10.silent, start(**numbers))
    assert line.startswith("✓ Right: " + SAID[door]), line


def test_two_outputs_that_cancel_shut_no_door(say):
    """Both are equally wrong, and each speaks to h with the opposite weight."""
    lab = start(V=((1, 1), (-2, -2)), c=(0.25, -0.25), b=(B[0], B[1]))
    h = np.array(lab.network().forward([lab.x]).a[0][0])
    v = h @ (1, -2)
    lab.set(biases=(B, (-1 - v, 1 - v)))
    assert say(chapter_10.silent, lab).startswith("✓ Right: no door is shut")


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({"c": (-4, 4)}, "the slope of w₁₁ is"),
        ({"b": (8, 8)}, "every slope of the first layer is below 0.001 in size, but E is 0.33"),
        ({"V": ((0, 0), (0, 0))}, "but E is 0.38"),
        ({"V": ((0, 0), (0, 0.25)), "c": (-2, 2)}, "the slope of w₁₂ is"),
        ({"c": (-8, -0.25)}, "the slope of w₁₁ is"),
    ],
)
def test_a_first_layer_that_hears_something_or_an_error_too_small(say, numbers, words):
    assert (line := say(chapter_10.silent, start(**numbers))).startswith("✗ Not yet") and words in line


def test_inputs_and_targets_stay_and_moving_them_costs_no_hint(say, fresh):
    check = fresh(chapter_10.silent)
    for turned in ({"x": (0, 0)}, {"t": (0, 1)}):
        assert "x and t should stay" in (line := say(check, start(**turned))) and "Hint" not in line


def test_the_start_is_unsolved_and_looking_is_no_answer(say, fresh):
    check, lab = fresh(chapter_10.silent), start()
    assert say(check, lab).startswith("… Nothing here yet: turn the lab")
    lab.set(steps=4, picked="o1")
    assert say(check, lab).startswith("… Nothing here yet")
    lab.set(biases=(B, (0.25, -0.5)))
    assert "Hint 1 of 3" in say(check, lab)


def test_other_squares_other_rates_and_rounds_of_learning_change_nothing(say):
    """E is what the exercise says it is; where the lab has learned, its present weights count."""
    lab = start(c=(-8, 8), half=True, learn_biases=False, learning_rate=2)
    assert say(chapter_10.silent, lab).startswith("✓ Right")
    lab.set(rounds=1)
    assert lab.rounds == 1 and say(chapter_10.silent, lab).startswith("✓ Right")


def test_the_sliders_own_grid_holds_seven_pairs_that_solve_it(say):
    """Searched in quarters with plain NumPy; one of each is then turned in the lab."""
    names = [f"{letter}{j}{k}" for letter in "wv" for j in (1, 2) for k in (1, 2)] + ["b1", "b2", "c1", "c2"]
    begin = dict(zip(names, np.array([*W, *V], dtype=float).ravel().tolist() + [*B, *C], strict=True))
    grid = np.arange(-8, 8.25, 0.25)
    one, other = np.meshgrid(grid, grid)
    solved = {}
    for pair in itertools.combinations(names, 2):
        n = begin | {pair[0]: one, pair[1]: other}
        h = [sigmoid(n[f"w1{k}"] + 0.5 * n[f"w2{k}"] + n[f"b{k}"] + 0 * one) for k in (1, 2)]
        o = [sigmoid(h[0] * n[f"v1{k}"] + h[1] * n[f"v2{k}"] + n[f"c{k}"]) for k in (1, 2)]
        gap = 1 - o[0], -o[1]
        dy = [-2 * gap[k] * o[k] * (1 - o[k]) for k in (0, 1)]
        dz = [(dy[0] * n[f"v{j}1"] + dy[1] * n[f"v{j}2"]) * h[j - 1] * (1 - h[j - 1]) for j in (1, 2)]
        good = (np.maximum(*map(abs, dz)) < 0.001) & (gap[0] ** 2 + gap[1] ** 2 > 0.5)
        if good.any():
            solved[pair] = one[good][0], other[good][0]
    assert set(solved) == {
        ("c1", "c2"), ("b1", "b2"), ("w11", "w12"), ("w11", "b2"), ("w12", "b1"), ("v11", "c2"), ("v12", "c1")
    }  # fmt: skip
    for pair, values in solved.items():
        lab = start()
        for name, value in zip(pair, values, strict=True):
            turn(lab, name, value)
        assert say(chapter_10.silent, lab).startswith("✓ Right"), pair


def turn(lab, name, value):
    """Turn one number of the lab with its own slider."""
    lab.picked = name
    slider = lab._sliders["picked"]
    assert slider.low <= value <= slider.high
    slider.move(value)


# Exercise 2.

H = float(sigmoid(0.5))
O = -2 * H + 1.75  # noqa: E741
DO = -2 * (2 - O)
DZ = DO * -2 * H * (1 - H)
SLOPES = DO * 3, DZ * 3, DO * 0.5 + DZ * 0.5


def test_three_slopes(say):
    assert say(chapter_10.three_slopes, *SLOPES).startswith("✓ Right")
    assert say(chapter_10.three_slopes, *[round(slope, 3) for slope in SLOPES]).startswith("✓ Right")


@pytest.mark.parametrize(
    ("which", "value", "words"),
    [
        (0, -SLOPES[0], "does E rise or fall"),
        (0, SLOPES[0] / 2, "the slope of a square has a 2"),
        (0, SLOPES[0] * float(sigmoid(O) * (1 - sigmoid(O))), "the output is the sum itself"),
        (0, DO, "Slopes along a path multiply"),
        (1, DO * -2 * 3, "there is a sigmoid. What is its slope there?"),
        (1, DZ, "dE_dw1 is not 1.4"),
        (2, DO * 0.5, "one of two paths"),
        (2, DZ * 0.5, "one of two paths"),
        (2, DO * (0.5 - 2 * 0.5), "there is a sigmoid"),
        (2, 0, "dE_dx1 is not 0"),
    ],
)
def test_not_the_slope(say, fresh, which, value, words):
    answer = [*SLOPES[:which], value, *SLOPES[which + 1 :]]
    line = say(fresh(chapter_10.three_slopes), *answer)
    assert line.startswith("✗ Not yet") and words in line, line


def test_no_numbers_or_blanks(say):
    assert "should be one number" in say(chapter_10.three_slopes, "text", 1, 2)
    assert say(chapter_10.three_slopes, SLOPES[0], ..., 1).startswith("… Nothing here yet")


# Exercise 3.


def by_the_book(X, W, b, dE_dA):
    A = sigmoid(X @ W + b)
    dE_dZ = dE_dA * A * (1 - A)
    return X.T @ dE_dZ, dE_dZ.sum(axis=0), dE_dZ @ W.T


def by_loops(X, W, b, dE_dA):
    dW, db, dX = np.zeros_like(W), np.zeros_like(b), np.zeros_like(X)
    for x, slopes, dx in zip(X, dE_dA, dX, strict=True):
        for k, slope in enumerate(slopes):
            a = 1 / (1 + np.exp(-(x @ W[:, k] + b[k])))
            db[k] += slope * a * (1 - a)
            for j in range(len(x)):
                dW[j, k] += slope * a * (1 - a) * x[j]
                dx[j] += slope * a * (1 - a) * W[j, k]
    return dW, db, dX


def by_nudging(X, W, b, dE_dA, nudge=1e-6):
    def found(values, total):
        slopes = np.zeros_like(values)
        for place in np.ndindex(values.shape):
            step = np.zeros_like(values)
            step[place] = nudge
            slopes[place] = (total(values + step) - total(values - step)) / (2 * nudge)
        return slopes

    return (
        found(W, lambda W: (sigmoid(X @ W + b) * dE_dA).sum()),
        found(b, lambda b: (sigmoid(X @ W + b) * dE_dA).sum()),
        found(X, lambda X: (sigmoid(X @ W + b) * dE_dA).sum()),
    )


def by_annkit(X, W, b, dE_dA):
    Z = X @ W + b
    dE_dZ = sigmoid.backward(Z, sigmoid(Z), dE_dA)
    return [np.einsum("nj,nk->jk", X, dE_dZ), dE_dZ.sum(axis=0, keepdims=True), (W @ dE_dZ.T).T]


@pytest.mark.parametrize("right", [by_the_book, by_loops, by_nudging, by_annkit])
def test_the_way_back_through_a_layer(say, right):
    assert say(chapter_10.layer_back, right).startswith("✓ Right")


def unbent(X, W, b, dE_dA):
    return X.T @ dE_dA, dE_dA.sum(axis=0), dE_dA @ W.T


def bent_by_the_sum(X, W, b, dE_dA):
    Z = X @ W + b
    return unbent(X, W, b, dE_dA * Z * (1 - Z))


def averaged(X, W, b, dE_dA):
    dW, db, dX = by_the_book(X, W, b, dE_dA)
    return dW / len(X), db / len(X), dX


def turned(X, W, b, dE_dA):
    dW, db, dX = by_the_book(X, W, b, dE_dA)
    A = sigmoid(X @ W + b)
    return dW, db, (dE_dA * A * (1 - A)) @ W if W.shape[0] == W.shape[1] else dX


def in_place(X, W, b, dE_dA):
    X += 1
    return by_the_book(X, W, b, dE_dA)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (unbent, "as if there were no sigmoid"),
        (bent_by_the_sum, "not z (1 − z) with the sum"),
        (averaged, "add the rows up"),
        (turned, "the other way round"),
        (in_place, "with random numbers dE_dW["),
        (lambda X, W, b, dE_dA: by_the_book(X, W, b, -dE_dA), "nudging gives"),
        (lambda X, W, b, dE_dA: by_the_book(X, W, b, dE_dA)[:2], "should return 3 things: return dE_dW, dE_db, dE_dX"),
        (lambda X, W, b, dE_dA: by_the_book(X, W, b, dE_dA)[::-1], "dE_dW should have shape (2, 3), not (4, 2)"),
        (lambda X, W, b, dE_dA: (*by_the_book(X, W, b, dE_dA)[:2], W), "dE_dX should have shape"),
        (lambda X, W, b, dE_dA: X.T @ dE_dA @ X, "ValueError"),
        (lambda X, W, b, dE_dA: ("a", "b", "c"), "should be numbers"),
        (lambda X, W: X, "should take (X, W, b, dE_dA), not (X, W)"),
        (lambda X, W, b, dE_dA: None, "returns nothing"),
    ],
)
def test_not_the_way_back_through_a_layer(say, wrong, words):
    assert (line := say(chapter_10.layer_back, wrong)).startswith("✗ Not yet") and words in line, line


def test_a_layer_still_blank(say):
    assert say(chapter_10.layer_back, lambda X, W, b, dE_dA: ...).startswith("… Nothing here yet")


# Exercise 4.


def backward(X, T, W, b, V, c, mask=lambda Z, H: Z > 0):
    Z = X @ W + b
    H = np.maximum(Z, 0)
    dE_dO = 2 * (H @ V + c - T) / len(X)
    dE_dZ = dE_dO @ V.T * mask(Z, H)
    return X.T @ dE_dZ, dE_dZ.sum(axis=0), H.T @ dE_dO, dE_dO.sum(axis=0)


def of(mask):
    return lambda X, T, W, b, V, c: backward(X, T, W, b, V, c, mask)


@pytest.mark.parametrize("names", [["W", "b"], ["b", "W"], ("W", "b"), {"W", "b"}, "W, b", "b W"])
def test_whose_slopes_are_wrong(say, names):
    assert say(chapter_10.planted, names, of(lambda Z, H: Z > 0)).startswith("✓ Right")


@pytest.mark.parametrize(
    "mask",
    [lambda Z, H: H > 0, lambda Z, H: Z >= 0, lambda Z, H: H != 0, lambda Z, H: np.sign(H), lambda Z, H: 1 - (Z < 0)],
)
def test_every_right_mask_is_right(say, mask):
    assert say(chapter_10.planted, ["W", "b"], of(mask)).startswith("✓ Right")


@pytest.mark.parametrize(
    ("names", "mended", "words"),
    [
        (["W"], of(lambda Z, H: Z > 0), "these have wrong slopes: W. Nudging says otherwise."),
        (["V", "c"], of(lambda Z, H: Z > 0), "these have wrong slopes: V, c."),
        ("W b V c", of(lambda Z, H: Z > 0), "these have wrong slopes: V, W, b, c."),
        ([], of(lambda Z, H: Z > 0), "these have wrong slopes: none."),
        (["W", "b"], of(lambda Z, H: H >= 0), "with random numbers dE_dW["),
        (["W", "b"], of(lambda Z, H: Z < 0), "Hint"),
        (["W", "b"], of(lambda Z, H: 1), "Hint"),
        (["W", "b"], lambda X, T, W, b, V, c: backward(X, T, W, b, V, c)[:3], "should return 4 things"),
        (["w"], of(lambda Z, H: Z > 0), "should be one of W, b, V, c"),
        ([1], of(lambda Z, H: Z > 0), "should be one of W, b, V, c"),
        (4, of(lambda Z, H: Z > 0), "wrong should be a list of names"),
        (["W", "b"], 4, "asks for a function"),
    ],
)
def test_not_found_or_not_mended(say, fresh, names, mended, words):
    line = say(fresh(chapter_10.planted), names, mended)
    assert line.startswith("✗ Not yet") and words in line, line


def test_still_blank(say):
    assert say(chapter_10.planted, ..., of(lambda Z, H: Z > 0)).startswith("… Nothing here yet")
    assert say(chapter_10.planted, ["W", "b"], lambda *parts: ...).startswith("… Nothing here yet")


def test_the_planted_mistake_turns_signs_and_none_of_its_sums_lies_on_the_kink():
    """With the exercise's own numbers, as its hints say."""
    X, T = np.array([[1, 2], [2, -1], [-1, 1]]), np.array([[1], [0], [1]])
    W, b = np.array([[1, -1, 0.5], [0.5, 1, -1]]), np.array([0, 0.5, 0.25])
    V, c = np.array([[1.0], [-1], [2]]), np.array([0.5])
    assert (X @ W + b != 0).all()
    right, planted = backward(X, T, W, b, V, c), backward(X, T, W, b, V, c, lambda Z, H: H >= 0)
    assert right[0].round(3).tolist() == [[8.667, -2, 17.333], [-4.333, 2, -8.667]]
    assert planted[0].round(3).tolist() == [[10.667, -10.667, 21.333], [-6.333, 6.333, -12.667]]
    assert not np.allclose(right[1], planted[1]) and all(map(np.array_equal, right[2:], planted[2:]))
