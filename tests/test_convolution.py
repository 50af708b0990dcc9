"""Kernels over pictures, padding, stride and pooling, against loops, SciPy and nudging."""

import numpy as np
import pytest
from networks import by_nudging
from scipy.signal import convolve2d, correlate2d

from annkit.convolution import correlate, correlate_back, pool, pool_back, windows

K = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
CASES = [
    ((5, 6), (3, 3), 0, 1),
    ((2, 5, 6), (4, 3, 3), 1, 2),
    ((2, 7, 7), (3, 3), 2, 3),
    ((7, 6), (4, 2, 2), 1, 1),
    ((2, 3, 5, 6), (4, 3, 3), 0, 2),
    ((3, 3), (3, 3), 0, 3),
]
"""The shapes of pictures and kernels, padding and stride."""


def drawn(*shapes):
    random = np.random.default_rng(0)
    return [random.normal(size=shape) for shape in shapes]


@pytest.mark.parametrize("padding", range(3))
@pytest.mark.parametrize("stride", range(1, 4))
def test_a_map_is_the_sum_of_nine_products_at_each_place(padding, stride):
    (X,) = drawn((8, 6))
    wide = np.pad(X, padding)
    rows, columns = ((n + 2 * padding - 3) // stride + 1 for n in X.shape)
    wanted = [[(wide[r : r + 3, c : c + 3] * K).sum() for c in range(0, columns * stride, stride)]
              for r in range(0, rows * stride, stride)]  # fmt: skip
    got = correlate(X, K, padding, stride)
    assert got.shape == (rows, columns)
    np.testing.assert_allclose(got, wanted, atol=1e-12)


def test_it_is_a_cross_correlation_and_a_convolution_of_the_turned_kernel():
    X, K = drawn((8, 9), (3, 3))
    np.testing.assert_allclose(correlate(X, K), correlate2d(X, K, "valid"), atol=1e-12)
    np.testing.assert_allclose(correlate(X, K[::-1, ::-1]), convolve2d(X, K, "valid"), atol=1e-12)
    np.testing.assert_allclose(correlate(X, K, padding=1), correlate2d(X, K, "same"), atol=1e-12)


def test_of_many_pictures_and_kernels_every_pair_has_its_map():
    X, kernels = drawn((4, 8, 8), (5, 3, 3))
    maps = correlate(X, kernels)
    assert maps.shape == (4, 5, 6, 6)
    for i, picture in enumerate(X):
        for k, kernel in enumerate(kernels):
            np.testing.assert_allclose(maps[i, k], correlate(picture, kernel), atol=1e-12)


@pytest.mark.parametrize(("picture", "kernel", "padding", "stride"), CASES)
def test_the_way_back_is_that_of_nudging(picture, kernel, padding, stride):
    X, K = drawn(picture, kernel)
    (weighed,) = drawn(correlate(X, K, padding, stride).shape)
    dE_dX, dE_dK = correlate_back(weighed, X, K, padding, stride)

    def E(X, K):
        return (correlate(X, K, padding, stride) * weighed).sum()

    np.testing.assert_allclose(dE_dX, by_nudging(lambda X: E(X, K), X), atol=1e-7)
    np.testing.assert_allclose(dE_dK, by_nudging(lambda K: E(X, K), K), atol=1e-7)


@pytest.mark.parametrize("how", ["max", "mean"])
@pytest.mark.parametrize(("shape", "size"), [((4, 6), 2), ((5, 7), 2), ((2, 3, 5, 4), 2), ((7, 6), 3)])
def test_pooling_forward_and_back(how, shape, size):
    (Z,) = drawn(shape)
    got = pool(Z, how, size)
    rows, columns = (n // size for n in shape[-2:])
    assert got.shape == (*shape[:-2], rows, columns)
    take = np.max if how == "max" else np.mean
    for r in range(rows):
        for c in range(columns):
            block = Z[..., r * size : r * size + size, c * size : c * size + size]
            np.testing.assert_allclose(got[..., r, c], take(block, axis=(-2, -1)), atol=1e-12)
    (weighed,) = drawn(got.shape)
    nudged = by_nudging(lambda Z: (pool(Z, how, size) * weighed).sum(), Z)
    np.testing.assert_allclose(pool_back(weighed, Z, how, size), nudged, atol=1e-7)


def test_small_whole_numbers_of_numpy_are_as_good():
    X, K, Z, weighed = drawn((5, 5), (3, 3), (16, 16), (5, 5))
    for own, small in zip(correlate_back(weighed, X, K, 1), correlate_back(weighed, X, K, np.uint8(1)), strict=True):
        np.testing.assert_array_equal(small, own)
    np.testing.assert_array_equal(pool_back([[1]], Z, size=np.uint8(16)), pool_back([[1]], Z, size=16))


def test_where_several_are_level_the_first_gets_all():
    np.testing.assert_array_equal(pool_back([[3]], np.ones((2, 2))), [[3, 0], [0, 0]])


def test_windows_hold_what_the_kernel_sees():
    X = np.arange(12).reshape(3, 4)
    assert windows(X, 2).shape == (2, 3, 2, 2)
    np.testing.assert_array_equal(windows(X, 2)[1, 2], [[6, 7], [10, 11]])
    np.testing.assert_array_equal(windows(X, 2, padding=1, stride=2)[0, 0], [[0, 0], [0, 0]])


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: correlate([1, 2], K), r"X should be pictures, shape \(…, height, width\); it has shape \(2,\)"),
        (lambda: correlate([[1, np.nan]], K), "X should be finite numbers"),
        (lambda: correlate(np.ones((2, 5)), K), "a kernel of 3 × 3 doesn't fit into pictures of 2 × 5"),
        (lambda: correlate(np.ones((5, 5)), np.ones((2, 3))), "K should be square kernels"),
        (lambda: correlate(np.ones((5, 5)), K, padding=-1), "padding should be a whole number"),
        (lambda: correlate(np.ones((5, 5)), K, stride=0), "stride should be a whole number"),
        (lambda: correlate_back(np.ones((2, 2)), np.ones((5, 5)), K), r"the shape of the maps, \(3, 3\), not \(2, 2\)"),
        (lambda: pool(np.ones((1, 4))), "a map of 1 × 4 has no block of 2 × 2"),
        (lambda: pool(np.ones((4, 4)), "min"), "how should be one of max, mean"),
        (lambda: pool_back(np.ones((3, 3)), np.ones((4, 4))), r"\(2, 2\), not \(3, 3\)"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(act, words):
    with pytest.raises(ValueError, match=words):
        act()
