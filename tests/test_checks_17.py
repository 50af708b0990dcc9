"""What the checks of chapter 17 call right, and what they say to the rest."""

import numpy as np
import pytest

from annkit.checks import chapter_17
from annkit.labs import SpeedLab


@pytest.fixture
def reader():
    """The lab of exercise 1."""
    made = SpeedLab(depth=3, width=64, pinned=(3, 64))
    yield made
    assert not made.error
    made.close()


# Exercise 1.


@pytest.mark.parametrize("width", [198, 200, 204, 205])
def test_as_wide_as_there_is_time_for(say, reader, width):
    reader.width = width
    assert say(chapter_17.widest, reader).startswith("✓ Right")


def test_the_start_is_not_solved_and_the_slider_holds_a_solution(say, fresh, reader):
    check, slider = fresh(chapter_17.widest), reader._sliders["width"]
    assert say(check, reader).startswith("… Nothing here yet")
    right = []
    for width in range(int(slider.low), int(slider.high) + 1, int(slider.step)):
        slider.move(width)
        if say(check, reader).startswith("✓ Right"):
            right.append(width)
    assert right == [200]


@pytest.mark.parametrize(
    ("width", "words"),
    [(206, "206 units take 100,744"), (256, "there is time for 100,000"), (192, "time for wider"), (8, "wider")],
)
def test_too_wide_and_too_narrow(say, reader, width, words):
    reader.width = width
    assert (line := say(chapter_17.widest, reader)).startswith("✗ Not yet") and words in line and "Hint" in line


def test_another_depth_is_a_slip(say, reader):
    reader.set(depth=2, width=256)
    assert "three hidden layers; yours has 2." in say(chapter_17.widest, reader)


# Exercise 2.


@pytest.mark.parametrize("seconds", [7.143, 7.1, 60_000 * 10 * 238_100 / 20e9])
def test_the_estimate(say, seconds):
    assert say(chapter_17.estimate, seconds).startswith("✓ Right")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (60_000 * 10 * 85_002 / 20e9, "forward alone"), (60_000 * 10 * 153_098 / 20e9, "back alone"),
        (3 * 60_000 * 10 * 85_002 / 20e9, "is a limit"), (0.7143, "one epoch"), (7143, "not in milliseconds"),
        (10 * 238_100 / 20e9, "one digit"), (42, "42 seconds is not"),
    ],
)  # fmt: skip
def test_what_is_forgotten_is_told(say, seconds, words):
    assert (line := say(chapter_17.estimate, seconds)).startswith("✗ Not yet") and words in line and "Hint" in line


# Exercise 3.


@pytest.mark.parametrize(("quickest", "first"), [(1500, 64), (np.int64(1500), np.array(64))])
def test_the_two_best_batches(say, quickest, first):
    assert "48 epochs" not in (line := say(chapter_17.batches, quickest, first))
    assert line.startswith("✓ Right") and "13 times as long" in line


@pytest.mark.parametrize(
    ("quickest", "first", "words"),
    [
        (256, 64, "takes 2 ms; another is quicker"), (64, 1500, "takes 2.3 ms"),
        (1500, 1500, "48 epochs of 1.8 ms, 86.4 ms"), (1500, 4, "2 epochs of 10 ms, 20 ms"),
        (1.8, 64, "whole number"), (1500, 32, "one of the batch sizes"),
    ],
)  # fmt: skip
def test_other_batches(say, quickest, first, words):
    assert (line := say(chapter_17.batches, quickest, first)).startswith("✗ Not yet") and words in line


def test_the_table_is_that_of_the_chapter():
    """What the exercise prints in its cell is what the check has."""
    import nbformat
    from test_notebooks import ROOT

    book = nbformat.read(ROOT / "notebooks/en/17_size_speed_and_gpus.ipynb", as_version=4)
    given = {}
    source = next(cell.source for cell in book.cells if cell.id == "batches-blank")
    exec("\n".join(line for line in source.splitlines() if line.startswith(("ms =", "epochs ="))), given)
    assert (given["ms"], given["epochs"]) == (chapter_17.MILLISECONDS, chapter_17.NEEDED)
    printed = next(cell.outputs[0].text for cell in book.cells if cell.id == "learning-run")
    needed = {int(line[11:16].replace(",", "")): int(line.split()[-4]) for line in printed.splitlines()}
    assert needed == chapter_17.NEEDED
