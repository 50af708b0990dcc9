"""Ink on the pad: strokes, how they become a picture of 8 × 8, and whether a network reads what is drawn."""

import numpy as np
import pytest
from drawn_digits import WAYS, drawings
from hypothesis import given, settings
from hypothesis import strategies as st

from annkit import Network, data, ink, train

LEARN, TEST = data.digits().split(1500, seed=0)
BLANK = np.zeros((32, 32), bool)


def box(rows, columns):
    made = BLANK.copy()
    made[slice(*rows), slice(*columns)] = True
    return made


# Strokes.


def test_a_stroke_is_all_that_the_pen_comes_over():
    drawn = ink.stroke([(8, 4), (24, 4), (24, 20)], pen=2)
    y, x = np.mgrid[:32, :32] + 0.5
    across = np.hypot(x - np.clip(x, 8, 24), y - 4) <= 2
    down = np.hypot(x - 24, y - np.clip(y, 4, 20)) <= 2
    assert (drawn == (across | down)).all()


def test_a_dot_a_line_in_two_parts_and_what_lies_beside_the_pad():
    assert ink.stroke([(16, 16)], pen=1).sum() == 4
    whole, first, second = ([(3, 5), (20, 9)], [(3, 5), (11.5, 7)], [(11.5, 7), (20, 9)])
    assert (ink.stroke(whole) == (ink.stroke(first) | ink.stroke(second))).all()
    assert not ink.stroke([(-9, -9), (50, -9)]).any()
    assert ink.stroke([(-9, 16), (50, 16)]).any(axis=0).all()


@pytest.mark.parametrize("points", [[], [(1, 2, 3)], [(1, np.nan)], (1, 2), "no"])
def test_what_are_no_points_is_refused(points):
    with pytest.raises(ValueError, match="points"):
        ink.stroke(points)


# Counting.


def test_ink_is_counted_in_blocks_of_sixteen():
    made = BLANK.copy()
    made[0, 0] = made[4:8, 4:8] = made[31, 28:32] = True
    counted = ink.counted(made)
    assert counted.shape == (8, 8) and counted.sum() == (1 + 16 + 4) / 16
    assert (counted[0, 0], counted[1, 1], counted[7, 7]) == (1 / 16, 1, 4 / 16)


def test_a_bitmap_as_the_makers_have_it_stays_as_it_is():
    made = box((0, 32), (6, 11)) | box((0, 32), (21, 26)) | box((14, 18), (6, 26))
    assert 256 < made.sum() < 412
    assert (ink.normal(made) == made).all() and (ink.seen(made) == ink.counted(made)).all()


def test_no_ink_makes_no_picture():
    assert not ink.normal(BLANK).any() and not ink.seen(BLANK).any()


@pytest.mark.parametrize("way", range(5))
def test_where_on_the_pad_something_is_drawn_makes_no_difference(way):
    drawn = np.logical_or.reduce([ink.stroke(10 + 12 * np.array(points)) for points in WAYS[4][way]])
    seen = ink.seen(drawn)
    for right, down in ((-8, -8), (6, -3), (0, 8)):
        moved = np.roll(drawn, (down, right), (0, 1))
        assert moved.sum() == drawn.sum() and (ink.seen(moved) == seen).all()


def test_small_or_large_makes_little_difference():
    small, large = (
        np.logical_or.reduce([ink.stroke(3 + size * np.array(points)) for points in WAYS[3][0]]) for size in (14, 26)
    )
    assert np.abs(ink.seen(small) - ink.seen(large)).mean() < 0.2
    assert np.abs(ink.counted(small) - ink.counted(large)).mean() > 0.22


def test_a_drawing_fills_all_rows_and_20_columns():
    normal = ink.normal(np.logical_or.reduce([ink.stroke(8 + 14 * np.array(points)) for points in WAYS[0][0]]))
    rows, columns = np.flatnonzero(normal.any(axis=1)), np.flatnonzero(normal.any(axis=0))
    assert (rows[0], rows[-1], columns[0], columns[-1]) == (0, 31, 6, 25)


def test_a_line_stays_a_line():
    for points, axis in (([(5, 16), (27, 16)], 1), ([(16, 5), (16, 27)], 0)):
        seen = ink.seen(ink.stroke(points))
        assert (seen.sum(axis=axis) > 0).sum() <= 4 and (seen.sum(axis=1 - axis) > 0).sum() >= 5


def test_what_leans_is_set_upright():
    upright = ink.normal(ink.stroke([(16, 4), (16, 28)]))
    for lean in (-6, 6):
        leaning = ink.normal(ink.stroke([(16 + lean, 4), (16 - lean, 28)]))
        lefts = leaning[2:30].argmax(axis=1)
        assert np.abs(lefts - lefts[0]).max() <= 2
        assert leaning.any(axis=0).sum() <= upright.any(axis=0).sum() + 6


def test_thick_and_thin_pens_are_read_alike():
    points = [np.array(points) * [16, 24] + [8, 4] for points in WAYS[2][1]]
    seen = [ink.seen(np.logical_or.reduce([ink.stroke(each, pen) for each in points])) for pen in (0.8, 1.5, 2.8)]
    assert max(np.abs(a - seen[1]).mean() for a in seen) < 0.2
    assert 0.2 < min(map(np.mean, seen)) and max(map(np.mean, seen)) < 0.45


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 31), st.integers(0, 31)), max_size=40))
def test_any_ink_becomes_a_picture_and_a_text_and_comes_back(pixels):
    made = BLANK.copy()
    for row, column in pixels:
        made[row, column] = True
    seen = ink.seen(made)
    assert seen.shape == (8, 8) and (seen >= 0).all() and (seen <= 1).all() and (16 * seen % 1 == 0).all()
    assert seen.any() == made.any() or made.sum() < 3
    text = ink.to_text(made)
    assert (ink.from_text(text) == made).all() and ink.to_text(ink.from_text(text)) == text


def test_a_drawn_digit_is_a_short_text():
    inks, __ = drawings(1, seed=0)
    assert max(len(ink.to_text(made)) for made in inks) < 300
    assert ink.to_text(BLANK) == "" and ink.from_text("80000000.1")[:2].sum(axis=1).tolist() == [1, 1]


@pytest.mark.parametrize("text", ["xyz", "0x3", "F", "123456789", "." * 32, "-1", " 1", "1 ", None, 7, b"1"])
def test_what_is_no_such_text_is_refused(text):
    with pytest.raises(ValueError, match="ink should be a text that annkit.ink.to_text writes"):
        ink.from_text(text)


# The pictures of the data, and a network.


def test_the_pictures_of_the_data_were_made_that_way():
    """They fill all rows, lie in the middle, and their left ends at top and bottom stand one above the other."""
    pictures = data.digits().X.reshape(-1, 8, 8)
    assert (pictures[:, 0].any(axis=1) & pictures[:, 7].any(axis=1)).all()
    columns = np.arange(8)
    middles = (pictures.sum(axis=1) * columns).sum(axis=1) / pictures.sum(axis=(1, 2))
    assert abs(middles.mean() - 3.57) < 0.01
    lefts = [(picture[[0, 7]] > 0).argmax(axis=1) for picture in pictures]
    lean = np.subtract(*np.transpose(lefts))
    assert abs(lean.mean()) < 0.1 and (np.abs(lean) <= 1).mean() > 0.98


@pytest.fixture(scope="module")
def net():
    """The network of chapter 08."""
    made = Network([64, 10, 10], activation="sigmoid", output="softmax", seed=6)
    train(made, LEARN.X, LEARN.T, loss="cross_entropy", learning_rate=0.5, epochs=60, batch_size=32)
    return made


def test_a_network_of_pictures_reads_drawings(net):
    """Nine of ten; counted as they lie on the pad, one of three."""
    assert (net.classify(TEST.X) == TEST.labels).mean() > 0.97
    inks, digits = drawings(12, seed=1)
    assert len(inks) == 528
    seen, raw = (np.array([made(each).ravel() for each in inks]) for made in (ink.seen, ink.counted))
    right = net.classify(seen) == digits
    assert 0.91 < right.mean() < 0.96
    assert min(right[digits == digit].mean() for digit in range(10)) > 0.7
    assert (net.classify(raw) == digits).mean() < 0.4
