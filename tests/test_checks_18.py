"""What the checks of chapter 18 call right, and what they say to the rest."""

import numpy as np
import pytest

from annkit.checks import chapter_18
from annkit.convolution import correlate
from annkit.labs import ConvolutionLab
from annkit.labs.convolution import puzzle

HIDDEN = puzzle.hidden(chapter_18.SECRET)


@pytest.fixture(scope="module")
def labs():
    """The labs of exercises 1 and 2, as the chapter makes them."""
    made = ConvolutionLab(row=5, puzzle=9), ConvolutionLab("upright")
    yield made
    for lab in made:
        lab.close()


@pytest.fixture
def hunt(labs):
    labs[0].reset()
    return labs[0]


@pytest.fixture
def bar(labs):
    labs[1].reset()
    return labs[1]


# Exercise 1.


def test_the_hidden_kernel_by_hand_by_sliders_and_by_descent(say, fresh, hunt):
    assert say(fresh(chapter_18.secret), hunt).startswith("… Nothing here yet: turn the lab above")
    for r, row in enumerate(HIDDEN):
        for c, weight in enumerate(row):
            slider = hunt._sliders[f"k{r + 1}{c + 1}"]
            assert (weight - slider.low) % slider.step == 0
            slider.move(weight)
    assert say(chapter_18.secret, hunt).startswith("✓ Right: a dot shows every kernel")
    hunt.reset()
    hunt.step(400)
    assert say(chapter_18.secret, hunt).startswith("✓ Right")
    hunt.set(pooling="max", kernel=HIDDEN)
    assert say(chapter_18.secret, hunt).startswith("✓ Right")


def test_other_kernels_are_not_it(say, fresh, hunt):
    check = fresh(chapter_18.secret)
    hunt.kernel = np.array(HIDDEN)[::-1, ::-1]
    line = say(check, hunt)
    assert "E is " in line and "Hint 1 of 3: turn one weight" in line
    hunt.kernel = np.add(HIDDEN, 0.25)
    assert "Hint 2 of 3: you may show it any picture." in say(check, hunt)
    hunt.picture = "own"
    line = say(check, hunt)
    assert "and yet it is another kernel. Hint 1 of 1" in line
    hunt.picture = "dot"
    assert "E is 0.0056. Hint 3 of 3" in say(check, hunt)
    hunt.puzzle = 3
    assert say(check, hunt).startswith("✗ Not yet: this exercise is about puzzle 9") and "Hint" not in say(check, hunt)
    hunt.puzzle = 0
    assert "about puzzle 9" in say(check, hunt)


def test_a_lab_that_was_made_with_another_kernel_is_no_start(say, fresh):
    lab = ConvolutionLab(puzzle=9, kernel=np.eye(3))
    assert "Hint 1 of 3" in say(fresh(chapter_18.secret), lab)
    lab.close()


# Exercise 2.


@pytest.mark.parametrize(
    "kernel",
    [
        [[1, 0, -1], [0, 0, 0], [-1, 0, 1]],
        [[1, -1, 0], [-1, 1, 0], [0, 0, 0]],
        [[0, 0, 0], [0, 0.25, -0.25], [0, -0.25, 0.25]],
        [[1, -2, 1], [-2, 4, -2], [1, -2, 1]],
        [[2, -1, -1], [-1, 1, 0], [-1, 0, 1]],
        np.outer([1 / 3, 1 / 3, -2 / 3], [1, -1, 0]),
    ],
)
def test_only_corners(say, bar, kernel):
    bar.kernel = kernel
    assert say(chapter_18.corners, bar).startswith("✓ Right: straight sides cancel")
    for picture in ("upright", "level"):
        bar.picture = picture
        along = bar.map[4, :] if picture == "upright" else bar.map[:, 4]
        assert np.abs(along).max() < 1e-12 < np.abs(bar.map).max()


@pytest.mark.parametrize(
    ("kernel", "words"),
    [
        ([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], "upright sides are answered: the left column sums to −4"),
        ([[1, 1, 1], [0, 0, 0], [-1, -1, -1]], "level sides are answered: the upper row sums to 3"),
        ([[0, 1, 0], [1, -4, 1], [0, 1, 0]], "upright sides are answered: the left column sums to 1"),
        ([[1, 0, 0], [-1, 0, 0], [0, 0, 0]], "level sides are answered: the upper row sums to 1"),
        (np.zeros((3, 3)), "answers to nothing at all"),
    ],
)
def test_other_kernels_answer_to_sides_or_to_nothing(say, bar, kernel, words):
    bar.kernel = kernel
    line = say(chapter_18.corners, bar)
    assert line.startswith("✗ Not yet") and words in line and "Hint" in line
    for picture in ("upright", "level"):
        bar.picture = picture
        along = bar.map[4, :] if picture == "upright" else bar.map[:, 4]
        if f"{picture} sides are answered" in words:
            assert np.abs(along).max() > 0  # as the words say


def test_the_names_of_rows_and_columns(say, fresh, bar):
    assert say(fresh(chapter_18.corners), bar).startswith("… Nothing here yet: turn the lab above")
    bar.kernel = [[0, 0, 0], [0, 0, 0], [0, 0, 1]]
    assert "the right column sums to 1" in say(chapter_18.corners, bar)
    bar.kernel = [[0, 0, 0], [0, 0, -1], [0, 0, 1]]
    assert "the middle row sums to −1" in say(chapter_18.corners, bar)


# Exercise 3.


def by_loops(X, K, stride):
    size = len(K)
    rows, columns = ((n - size) // stride + 1 for n in X.shape)
    Z = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            Z[r, c] = (X[r * stride : r * stride + size, c * stride : c * stride + size] * K).sum()
    return Z


def by_windows(X, K, stride):
    parts = np.lib.stride_tricks.sliding_window_view(X, K.shape)[::stride, ::stride]
    return np.einsum("rcij,ij->rc", parts, K)


def in_lists(X, K, stride):
    return by_loops(X, K, stride).tolist()


def padded(X, K, stride):
    return by_loops(np.pad(X, 1), K, stride)


@pytest.mark.parametrize("function", [by_loops, by_windows, in_lists])
def test_maps(say, function):
    assert say(chapter_18.maps, function).startswith("✓ Right")


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda X, K, stride: by_loops(X, K[::-1, ::-1], stride), "turned by 180 degrees"),
        (lambda X, K, stride: by_loops(X, K.T, stride), "rows and columns exchanged"),
        (lambda X, K, stride: by_loops(X, K[::-1], stride), "on its head"),
        (lambda X, K, stride: by_loops(X, K[:, ::-1], stride), "in a mirror"),
        (lambda X, K, stride: by_loops(X, 0 * K + 1, stride), "those of the pixels alone"),
        (lambda X, K, stride: by_loops(X, K, stride) + 0.5, "a place is off by 0.5"),
        (padded, "should have shape (3, 4), not (5, 6)"),
        (lambda X, K, stride: by_loops(X, K, 1), "should have shape (3, 2), not (5, 3)"),
        (lambda X, K, stride: by_loops(X, K, stride).T, "should have shape (3, 4), not (4, 3)"),
        (lambda X, K: by_loops(X, K, 1), "should take (X, K, stride)"),
        (lambda X, K, stride: None, "returns nothing"),
    ],
)
def test_maps_that_are_not_right(say, fresh, function, words):
    line = say(fresh(chapter_18.maps), function)
    assert line.startswith("✗ Not yet") and words in line


# Exercise 4.


@pytest.mark.parametrize(("shared", "full"), [(156, 2712960), (6 * 26, 785 * 3456), (156.0, np.int64(2712960))])
def test_the_weights_saved(say, shared, full):
    assert say(chapter_18.weights, shared, full).startswith("✓ Right: one weight for 17,391 of a full layer")


@pytest.mark.parametrize(
    ("shared", "full", "words"),
    [
        (150, 0, "shared = 150 is not it: each kernel has a bias as well."),
        (26, 0, "that is one kernel; there are six."),
        (25, 0, "without its bias"),
        (151, 0, "a bias of its own"),
        (156 * 576, 0, "the same weights serve every place"),
        (7, 0, "count one kernel first"),
        (156, 784 * 3456, "each unit has a bias as well"),
        (156, 576 * 785, "that is one map; there are six"),
        (156, 3456, "how many units there are"),
        (156, 6 * 785, "one unit a map"),
        (156, 6 * 784 * 785, "the map is smaller than the picture"),
        (156, 1, "count the units first"),
        ("156", 1, "shared should be one number"),
    ],
)
def test_other_counts(say, shared, full, words):
    line = say(chapter_18.weights, shared, full)
    assert line.startswith("✗ Not yet") and words in line


# Exercise 5.


def by_sums(X, K, T):
    off = 2 * (by_loops(X, K, 1) - T)
    rows, columns = off.shape
    return [[(off * X[i : i + rows, j : j + columns]).sum() for j in range(3)] for i in range(3)]


def by_nudging(X, K, T):
    slopes = np.zeros((3, 3))
    for place in np.ndindex(3, 3):
        nudge = np.zeros((3, 3))
        nudge[place] = 1e-6
        errors = [((correlate(X, kernel) - T) ** 2).sum() for kernel in (K, K + nudge)]
        slopes[place] = (errors[1] - errors[0]) / 1e-6
    return slopes


@pytest.mark.parametrize("function", [by_sums, by_nudging, lambda X, K, T: correlate(X, 2 * (correlate(X, K) - T))])
def test_the_slopes_of_a_shared_weight(say, function):
    assert say(chapter_18.slope, function).startswith("✓ Right: a weight that is used everywhere")


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda X, K, T: np.divide(by_sums(X, K, T), 2), "half of what they should be"),
        (lambda X, K, T: -np.array(by_sums(X, K, T)), "the wrong sign"),
        (lambda X, K, T: np.divide(by_sums(X, K, T), T.size), "those of the mean"),
        (lambda X, K, T: np.transpose(by_sums(X, K, T)), "the slopes in the first row are"),
        (lambda X, K, T: correlate(X, K) - T, "the slopes in the first row are"),
        (lambda X, K, T: by_sums(X, K, T)[0], "should have shape (3, 3), not (3,)"),
    ],
)
def test_slopes_that_are_not_right(say, fresh, function, words):
    line = say(fresh(chapter_18.slope), function)
    assert line.startswith("✗ Not yet") and words in line
