"""Every control of the convolution lab, driven in Python: kernel, frame, picture, pad, padding, pooling, puzzle."""

import itertools

import numpy as np
import pytest
from hands import button, click, drag, drop, hear, kept, press, refuses

from annkit import data, ink
from annkit.convolution import correlate
from annkit.labs import ConvolutionLab
from annkit.labs.base.pad import PAD
from annkit.labs.convolution import places, puzzle
from annkit.labs.convolution.lab import IDENTITY
from annkit.labs.convolution.sheet import PICTURES

SOBEL = ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1))
SETTINGS = [
    (padding, stride, *others)
    for padding, stride in itertools.product((0, 1), (1, 2, 3))
    for others in (("none", 3), ("max", 3), ("mean", 0))
]
"""Padding, stride, pooling, puzzle."""


made, lab = kept(ConvolutionLab)


def lines(lab):
    return lab.describe().splitlines()


def spot(lab, panel, x, y):
    return getattr(places.places(lab), panel).spot(x, y)


def done(lab):
    return any(piece.get("done") for piece in lab.stage.said)


# What is computed.


def test_it_begins_with_a_kernel_that_changes_nothing(lab):
    assert lab.kernel == IDENTITY and lab.digit == 1
    np.testing.assert_array_equal(lab.map, lab.sheet[1:-1, 1:-1])
    np.testing.assert_array_equal(lab.sheet[2:10, 2:10].ravel(), data.digits().X[1])
    assert lab.code() == "ConvolutionLab()"


def test_the_sums_by_hand(lab):
    lab.kernel = SOBEL
    assert lines(lab)[:6] == [
        "Row 5, column 5 of the map: 1.875",
        "0.1875 × (−1) + 0.9375 × 0 + 1 × 1 = 0.8125",
        "0.9375 × (−2) + 1 × 0 + 1 × 2 = 0.125",
        "0.0625 × (−1) + 1 × 0 + 1 × 1 = 0.9375",
        "the sum: 1.875",
        "(12 − 3) / 1 + 1 = 10: the map is 10 × 10.",
    ]
    lab.set(picture="upright", cell=(5, 4))
    assert lab.map[4, 3] == 4 == np.abs(lab.map).max()
    lab.picture = "level"
    assert lab.map[4, 4] == 0


def test_where_rounded_digits_make_another_sum_it_says_so(lab):
    lab.kernel = np.full((3, 3), 1 / 3)
    assert "1 × 0.3333 = 0.7083" in lines(lab)[1] and "1 × 0.3333 ≈ 0.9792" in lines(lab)[2]
    lab.set(row=1, kernel=np.full((3, 3), 0.25))
    ends = ("the sum: ", "the sum, rounded last: ")
    for row, column in itertools.product(range(1, 11), repeat=2):
        lab.cell = (row, column)
        totals = [float(line.split("= ")[1].replace("−", "-")) for line in lines(lab)[1:4]]
        value = float(lines(lab)[4].split(": ")[1])
        assert lines(lab)[4].startswith(ends[abs(sum(totals) - value) > 0.00004])


@pytest.mark.parametrize(("padding", "stride", "pooling", "number"), SETTINGS)
def test_every_setting_is_drawn_and_said_and_made_again_by_its_code(lab, padding, stride, pooling, number):
    lab.set(kernel=SOBEL, padding=padding, stride=stride, pooling=pooling, puzzle=number, moved=(-1, 2))
    count = (12 + 2 * padding - 3) // stride + 1
    assert lab.map.shape == (count, count)
    np.testing.assert_array_equal(lab.map, correlate(lab.sheet, SOBEL, padding, stride))
    assert lab.result.shape == ((count, count) if pooling == "none" else (count // 2, count // 2))
    for cell in ((1, 1), (count, count)):
        lab.cell = cell
        assert lines(lab)[0].startswith("Row {}, column {} of".format(*cell))
        assert ">nan" not in lab.stage.live
        seen = np.pad(lab.sheet, padding)[(cell[0] - 1) * stride :, (cell[1] - 1) * stride :][:3, :3]
        np.testing.assert_array_equal(places.looked_at(lab), seen)
        assert (seen * SOBEL).sum() == lab.map[cell[0] - 1, cell[1] - 1]
    assert len(lab.stage.live) + len(lab.stage.steady) + len(lab.stage.pixels) < 8000
    again = eval(lab.code())
    assert again.describe() == lab.describe() and again.stage.live == lab.stage.live
    again.close()


def test_a_cell_stays_on_a_map_that_shrinks(lab):
    lab.cell = (10, 9)
    lab.stride = 3
    assert lab.cell == (4, 4)
    lab.undo()
    assert lab.cell == (10, 9)


def test_the_size_of_the_map_is_worked_out(lab):
    lab.stride = 2
    assert "(12 − 3) / 2, rounded down, + 1 = 5: the map is 5 × 5." in lab.describe()
    lab.set(padding=1, stride=1, moved=(0, 0))
    assert "(12 + 2 × 1 − 3) / 1 + 1 = 12: the map is 12 × 12." in lab.describe()
    assert "144 × 144 = 20,736 weights" in lab.describe()


# The kernel.


def test_nine_sliders_at_both_ends_and_at_zero(lab):
    names = [f"k{r}{c}" for r in (1, 2, 3) for c in (1, 2, 3)]
    assert list(lab._sliders) == ["row", *names]
    for name in names:
        slider, (r, c) = lab._sliders[name], (int(name[1]) - 1, int(name[2]) - 1)
        for value in (slider.low, 0, slider.high):
            slider.move(value)
            assert lab.kernel[r][c] == value and not lab.error
        assert (slider.low, slider.high) == (-2, 2)
    assert lab.kernel == ((2.0,) * 3,) * 3
    assert len({slider.label for slider in lab._sliders.values()}) == 10


def test_the_buttons_under_it(lab):
    lab.kernel = ((1, 2, 0), (0, 0, 0), (0, 0, -1))
    button(lab, "Turn").click()
    assert lab.kernel == ((0, 0, 1), (0, 0, 2), (-1, 0, 0))
    button(lab, "× −1").click()
    assert lab.kernel == ((0, 0, -1), (0, 0, -2), (1, 0, 0)) and "-0.0" not in lab.code()
    button(lab, "All 0").click()
    assert not lab.K.any() and "Every weight is 0" in lab.describe()
    lab.undo()
    lab.undo()
    lab.undo()
    assert lab.kernel == ((1, 2, 0), (0, 0, 0), (0, 0, -1))


# The frame and the picture.


def test_the_frame_is_dragged_clicked_and_moved_by_keys(lab):
    drag(lab, "frame", *spot(lab, "sheet", 4.6, 2.4))
    drop(lab, "frame", *spot(lab, "sheet", 4.6, 2.4))
    assert lab.cell == (2, 4)
    press(lab, "frame", "ArrowUp")
    press(lab, "frame", "ArrowUp")
    press(lab, "frame", "ArrowRight")
    assert lab.cell == (1, 5)
    click(lab, *spot(lab, "sheet", 11.5, 11.5))
    assert lab.cell == (10, 10)
    click(lab, *spot(lab, "first", 2.5, 6.5))
    assert lab.cell == (7, 3)
    drag(lab, "cell", *spot(lab, "first", 0.2, 9.9))
    assert lab.cell == (10, 1)
    press(lab, "cell", "ArrowUp")
    assert lab.cell == (9, 1)
    click(lab, 400, 20)
    assert lab.cell == (9, 1)


def test_with_a_stride_the_frame_goes_in_its_steps(lab):
    lab.set(stride=3, padding=1)
    for at, column in ((0.4, 1), (1.9, 1), (2.1, 2), (11, 4)):
        drag(lab, "frame", *spot(lab, "sheet", at, 0.5))
        assert lab.cell == (1, column)


def test_a_click_on_what_is_pooled_shows_its_block(lab):
    lab.pooling = "max"
    click(lab, *spot(lab, "second", 3.5, 1.5))
    assert lab.cell == (3, 7)
    lab.puzzle = 2
    click(lab, *spot(lab, "first", 4.5, 0.5))
    assert lab.cell == (1, 9)
    press(lab, "cell", "ArrowDown")
    assert lab.cell == (3, 9)
    lab.pooling = "none"
    click(lab, *spot(lab, "second", 6.5, 7.5))
    assert lab.cell == (8, 7), "in the map that is wanted"
    lab.set(puzzle=0, pooling="max", stride=2, cell=(5, 5))
    assert "in no block" in lab.describe()


def test_the_map_moves_with_the_picture(lab):
    lab.kernel = ((1, 2, -1), (0.25, 0, 2), (-2, 0.5, 0))
    before = lab.map
    drag(lab, "digit", *spot(lab, "sheet", 7.2, 4.8))
    drop(lab, "digit", *spot(lab, "sheet", 7.2, 4.8))
    assert lab.moved == (1, -1)
    np.testing.assert_array_equal(lab.map[:-1, 1:], before[1:, :-1])
    assert "Moved by (1, −1), right and down: what comes out is the same, moved by (1, −1)." in lab.describe()
    press(lab, "digit", "ArrowRight")
    for __ in range(9):
        press(lab, "digit", "ArrowDown")
    assert lab.moved == (2, 2)
    lab.stride = 2
    assert "what comes out is the same, moved by (1, 1)." in lab.describe()
    press(lab, "digit", "ArrowLeft")
    assert "only go in steps of 2 pixels" in lab.describe()
    lab.set(stride=1, pooling="mean", moved=(-2, 0))
    assert "what comes out is the same, moved by (−1, 0)." in lab.describe()
    assert lab.sheet.sum() == pytest.approx(data.digits().X[1].sum()), "all of it stays on the sheet"


def test_pictures_are_chosen(lab):
    for kind in PICTURES:
        lab._choosers["picture"].value = kind
        assert lab.picture == kind and lab.is_drawing == (kind == "own")
    slider = lab._sliders["row"]
    for row in (slider.low, slider.high, 8):
        slider.move(row)
        assert (lab.row, lab.picture, lab.is_drawing) == (row, "digit", False)
    assert f"picture 8 shows {lab.digit}" in lab.stage.live
    for name, value in (("padding", 1), ("stride", 3), ("pooling", "mean")):
        lab._choosers[name].value = value
        assert getattr(lab, name) == value


# A drawing.


def stroke(lab, places):
    points = np.round(lab.pad.place(*np.transpose(places)), 1).tolist()
    hear(lab, event="stroke", id=PAD, points=points, first=True, last=True, n=lab.stage.moved + 1)


def test_a_drawing_is_made_and_moved(lab):
    button(lab, "Draw your own").click()
    assert lab.is_drawing and "nothing on the sheet" not in lab.describe() and "Draw with the mouse" in lab.describe()
    assert [pad["id"] for pad in lab.stage.pads] == [PAD]
    stroke(lab, [(16, 4), (16, 28)])
    wanted = ink.counted(lab.bitmap)
    np.testing.assert_array_equal(lab.sheet[2:10, 2:10], wanted)
    assert wanted[1:7, 3:5].all() and [handle["id"] for handle in lab.stage.handles] == ["cell"]
    button(lab, "Move it").click()
    assert not lab.stage.pads and [h["id"] for h in lab.stage.handles] == ["digit", "frame", "cell"]
    press(lab, "digit", "ArrowRight")
    np.testing.assert_array_equal(lab.sheet[2:10, 3:11], wanted)
    button(lab, "Draw on it").click()
    for key in ("ArrowLeft", "Enter", "ArrowDown", "Enter"):
        press(lab, PAD, key)
    assert ink.counted(lab.bitmap).sum() > wanted.sum()
    button(lab, "Clear").click()
    assert not lab.sheet.any()
    button(lab, "Move it").click()
    assert "nothing on the sheet" in lab.describe()
    lab._choosers["picture"].value = "dot"
    assert button(lab, "Clear").disabled


# The puzzle.


def test_a_kernel_is_hidden_and_found(lab):
    button(lab, "Hide a kernel").click()
    assert (lab.puzzle, lab.kernel) == (1, IDENTITY) and not lab.found and not done(lab)
    np.testing.assert_array_equal(lab.wanted, correlate(lab.sheet, puzzle.hidden(1)))
    lab.kernel = puzzle.hidden(1)
    assert lab.found and done(lab) and "Found: this is kernel 1." in lab.describe()
    for kind in PICTURES:
        lab.picture = kind
        assert lab.found and "100 of 100 places agree." in lab.describe()
    button(lab, "Hide a kernel").click()
    assert lab.puzzle == 2 and not lab.found
    button(lab, "End it").click()
    assert lab.puzzle == 0 and lab.wanted is None and not lab.found


def test_a_picture_that_cannot_tell_two_kernels_apart_is_no_success(lab):
    lab.set(puzzle=1, picture="own")
    assert "yet it is another kernel" in lab.describe() and not done(lab)
    assert "0.0" not in lines(lab)[-2] and "agree." not in lab.describe()


def test_a_dot_shows_the_kernel_turned_by_half_a_turn(lab):
    lab.set(puzzle=7, picture="dot")
    np.testing.assert_array_equal(lab.wanted[3:6, 3:6][::-1, ::-1], puzzle.hidden(7))
    assert "The dot meets one weight" in lab.describe()
    lab.step(3)
    assert lab.found, "to descent it shows all at once"


def test_descent_finds_it_and_one_play_is_one_step_back(lab):
    lab.set(puzzle=3, row=1)
    before = lab.code()
    lab.play()
    lab.pace = 300
    for __ in range(12):
        hear(lab, event="tick", n=1)
    assert lab.found and not lab.stage.playing
    lab.undo()
    assert lab.code() == before


def test_there_is_nothing_to_do_without_a_puzzle_or_where_it_is_found_or_flat(lab):
    code = lab.code()
    lab.step()
    lab.set(puzzle=1, picture="own")
    lab.step()
    lab.set(kernel=puzzle.hidden(1), picture="digit")
    lab.step()
    assert lab.kernel == puzzle.hidden(1)
    lab.reset()
    assert lab.code() == code
    button(lab, "Step").click()


@pytest.mark.parametrize("pooling", ["max", "mean"])
def test_descent_goes_down_through_pooling_too(lab, pooling):
    lab.set(puzzle=8, row=5, pooling=pooling)
    errors = []
    for __ in range(30):
        errors.append(puzzle.error_of(lab.result, lab.wanted))
        lab.step()
    assert errors[-1] < errors[0] / 4


def test_every_puzzle_is_one_and_lies_on_the_sliders_grid():
    kernels = [puzzle.hidden(number) for number in range(1, puzzle.MOST + 1)]
    K = np.array(kernels)
    assert len(set(kernels)) == len(kernels)
    assert np.abs(K).max() <= 2 and (K * 4 == np.round(K * 4)).all() and K.any(axis=(1, 2)).all()
    assert not any(puzzle.near(kernel, IDENTITY) for kernel in kernels)


# What is refused.


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("kernel", [[1, 2], [3, 4]], "three rows of three weights"),
        ("kernel", "sobel", "kernel should be numbers"),
        ("kernel", np.full((3, 3), np.nan), "finite"),
        ("kernel", np.full((3, 3), 1001), "from −1000 to 1000, not 1001"),
        ("moved", (3, 0), "moved should be a whole number from -2 to 2"),
        ("moved", 1, "how far to the right and how far down"),
        ("moved", np.array(1), "how far to the right and how far down"),
        ("cell", (0, 1), "from 1 to 10"),
        ("cell", (1, 11), "from 1 to 10"),
        ("cell", "ab", "two whole numbers|a row and a column"),
        ("padding", 2, "from 0 to 1"),
        ("stride", 0, "from 1 to 3"),
        ("pooling", "min", "one of none, max, mean"),
        ("picture", "cat", "one of digit, upright"),
        ("row", 1798, "from 1 to 1797"),
        ("puzzle", 1000, "from 0 to 999"),
        ("ink", "zz", "annkit.ink.to_text"),
        ("drawing", 1, "True or False"),
    ],
)
def test_what_it_refuses(lab, name, value, words):
    refuses(lab, name, value, words)


def test_large_weights_are_shown_and_the_sliders_reach_them(lab):
    lab.kernel = np.full((3, 3), 1000)
    assert lab._sliders["k11"].value == 1000 <= lab._sliders["k11"].high
    assert ">nan" not in lab.stage.live
    lab.set(puzzle=1)
    assert "E, the mean" in lab.describe()
