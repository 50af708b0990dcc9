"""What the checks of chapter 15 call right, and what they say to the rest."""

import numpy as np
import pytest
from hands import kept, press

from annkit.checks import chapter_15
from annkit.labs import VanishingLab

made, lab = kept(VanishingLab)


@pytest.fixture
def level():
    """The lab of exercise 1 as the chapter makes it."""
    made = VanishingLab(skip="plain")
    yield made
    assert not made.error
    made.close()


# Exercise 1.


@pytest.mark.parametrize(
    "turned",
    [
        {"spread": 2, "cut": (2, 3)},
        {"spread": 3, "cut": (6, 7)},
        {"spread": 3, "skip": "scaled", "cut": (2, 3)},
        {"spread": 3, "depth": 14, "cut": (2, 3)},
        {"spread": 10, "skip": "none"},
    ],
)
def test_sigmoids_that_are_level(say, level, turned):
    level.set(**turned)
    assert say(chapter_15.sigmoid_level, level).startswith("✓ Right: ")


def test_two_wires_are_cut_by_keys_and_g_is_turned(say, level):
    level._sliders["spread"].move(2)
    for layer in (2, 3):
        level.layer = layer
        press(level, f"l{layer}", "Enter")
    assert level.cut == (2, 3) and say(chapter_15.sigmoid_level, level).startswith("✓ Right: ")


@pytest.mark.parametrize(
    ("turned", "words"),
    [
        ({"spread": 3}, "wires that are cut: 0. There should be 2 or more."),
        ({"cut": (6,)}, "wires that are cut: 1."),
        ({"cut": (6, 7)}, "the largest bar is 27 times the smallest; 10 times are allowed."),
        ({"spread": 3, "skip": "none"}, "the largest bar is 920 times the smallest"),
    ],
)
def test_sigmoids_that_are_not(say, level, turned, words):
    level.set(**turned)
    line = say(chapter_15.sigmoid_level, level)
    assert line.startswith("✗ Not yet") and words in line and "Hint" in line


@pytest.mark.parametrize(
    ("turned", "words"),
    [
        ({"activation": "tanh"}, "f stays the sigmoid"),
        ({"depth": 3, "cut": (2, 3)}, "12 layers or more; yours are 3"),
    ],
)
def test_other_ways_are_not_asked_for(say, level, turned, words):
    level.set(**turned)
    line = say(chapter_15.sigmoid_level, level)
    assert line.startswith("✗ Not yet") and words in line and "Hint" not in line


def test_the_start_is_nothing_yet_and_so_is_looking(say, level):
    level.set(layer=5, path=(2,) * 12)
    assert say(chapter_15.sigmoid_level, level).startswith("… Nothing here yet: turn the lab")


# Exercise 2.


def test_the_spread_of_relu_on_the_sliders_grid(say, lab):
    lab.activation = "relu"
    slider = lab._sliders["spread"]
    right = []
    for k in range(round((slider.high - slider.low) / slider.step) + 1):
        slider.move(round(slider.low + k * slider.step, 2))
        if say(chapter_15.relu_level, lab).startswith("✓"):
            right.append(lab.spread)
    assert right == [1.35, 1.4, 1.45, 1.5]
    lab.spread = 2**0.5
    assert "g² = 2:" in say(chapter_15.relu_level, lab)


@pytest.mark.parametrize(("spread", "words"), [(1.2, "they fall to the left"), (2, "they rise to the left")])
def test_too_small_and_too_large_a_spread(say, lab, spread, words):
    lab.set(activation="relu", spread=spread)
    line = say(chapter_15.relu_level, lab)
    assert line.startswith("✗ Not yet") and words in line and "Hint" in line


@pytest.mark.parametrize("turned", [{"activation": "tanh"}, {"depth": 3}, {"skip": "scaled"}])
def test_only_the_spread_is_to_be_turned(say, lab, turned):
    lab.set(**{"activation": "relu", "spread": 1.4, **turned})
    line = say(chapter_15.relu_level, lab)
    assert "only g is to be turned" in line and "Hint" not in line


# Exercise 3.


def in_a_loop(slopes, weights, skip):
    made = 1.0
    for slope, weight in zip(slopes, weights, strict=True):
        made *= (1 if skip else 0) + (skip or 1) * slope * weight
    return made


def at_once(slopes, weights, skip):
    return np.prod(np.where(skip > 0, 1 + skip * slopes * weights, slopes * weights))


def backwards(slopes, weights, skip):
    own = (slopes * weights)[::-1]
    return float(np.multiply.reduce(1 + skip * own if skip else own))


@pytest.mark.parametrize("right", [in_a_loop, at_once, backwards])
def test_products_written_right(say, right):
    assert say(chapter_15.product, right).startswith("✓ Right")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda slopes, weights, skip: np.sum(slopes * weights), "it adds the factors up"),
        (lambda slopes, weights, skip: np.prod(1 + slopes * weights), "there is none where skip is 0"),
        (
            lambda slopes, weights, skip: np.prod(slopes * weights if not skip else 1 + slopes * weights),
            "skip is what the layer's own part is multiplied by",
        ),
        (lambda slopes, weights, skip: np.prod(slopes * weights), "the wire carries 1 past the layer"),
        (
            lambda slopes, weights, skip: (skip > 0) + np.prod((skip or 1) * slopes * weights),
            "every layer has a wire of its own",
        ),
        (
            lambda slopes, weights, skip: np.prod(skip + slopes * weights),
            "the skip's factor belongs to the layer's part",
        ),
        (lambda slopes, weights, skip: np.prod(slopes), "it should be −0.25; yours is 0.125"),
    ],
)
def test_products_written_wrong(say, wrong, words):
    line = say(chapter_15.product, wrong)
    assert line.startswith("✗ Not yet") and words in line and "Hint" in line


# Exercise 4.


@pytest.mark.parametrize("right", [20, 20.0, np.int64(20)])
def test_twenty_layers(say, right):
    assert say(chapter_15.layers, right).startswith("✓ Right")
    assert 2**-9.5 > 0.001 > 2**-10


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (10, "10 would do if each layer halved it"),
        (19, "19 layers let 0.00138 through"),
        (21, "21 is enough, but fewer are, too"),
        (5, "5 layers let more than a thousandth through"),
    ],
)
def test_other_numbers_of_layers(say, wrong, words):
    line = say(chapter_15.layers, wrong)
    assert line.startswith("✗ Not yet") and words in line and "Hint" in line
