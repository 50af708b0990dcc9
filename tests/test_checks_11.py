"""What the checks of chapter 11 call right, and what they say to the rest."""

import numpy as np
import pytest

from annkit import binary_cross_entropy, sigmoid
from annkit.checks import chapter_11
from annkit.labs import LandscapeLab


@pytest.fixture
def lab():
    """The lab of exercise 1 as the chapter makes it."""
    made = LandscapeLab(learning_rate=0.02, momentum=0, steps=100)
    yield made
    assert not made.error
    made.close()


# Exercise 1.


@pytest.mark.parametrize(("mu", "steps"), [(0.9, 121), (0.88, 118), (0.92, 149)])
def test_the_right_momentum(say, lab, mu, steps):
    lab.momentum = mu
    line = say(chapter_11.momentum, lab)
    assert line == f"✓ Right: with μ = {mu} it takes {steps} steps, where plain descent takes 1495."


def test_the_number_for_plain_descent_is_counted():
    w, steps = np.array([-4.0, 1.0]), 0
    while np.hypot(*w) >= 0.01:
        w, steps = w - 0.02 * w * [0.2, 10], steps + 1
    assert steps == chapter_11.PLAIN


@pytest.mark.parametrize(
    ("mu", "words"),
    [
        (0.05, "with μ = 0.05 it has not arrived after 400 steps."),
        (0.7, "has not arrived after 400 steps."),
        (0.8, "with μ = 0.8 it arrives after 275 steps; 150 are allowed."),
        (0.95, "with μ = 0.95 it arrives after 231 steps; 150 are allowed."),
        (0.99, "has not arrived after 400 steps."),
    ],
)
def test_too_little_and_too_much_momentum(say, lab, mu, words):
    lab.momentum = mu
    line = say(chapter_11.momentum, lab)
    assert line.startswith("✗ Not yet") and words in line and "Hint" in line


def test_the_start_is_nothing_yet_and_so_is_looking(say, lab):
    assert say(chapter_11.momentum, lab).startswith("… Nothing here yet: turn the lab")
    lab.set(steps=400, walker="adam")
    assert say(chapter_11.momentum, lab).startswith("… Nothing here yet: turn the lab")


@pytest.mark.parametrize(
    "turned", [{"learning_rate": 0.1}, {"land": "bowl"}, {"w1": 0.5}, {"w2": 0}, {"land": "hill", "momentum": 0.9}]
)
def test_only_momentum_is_to_be_turned(say, lab, turned):
    lab.set(**{"momentum": 0.9, **turned})
    line = say(chapter_11.momentum, lab)
    assert "only μ is to be turned" in line and "Hint" not in line


def test_the_sliders_grid_holds_few_solutions(say, lab):
    slider = lab._sliders["momentum"]
    right = []
    for k in range(round((slider.high - slider.low) / slider.step) + 1):
        slider.move(round(slider.low + k * slider.step, 2))
        if say(chapter_11.momentum, lab).startswith("✓"):
            right.append(lab.momentum)
    assert right == [0.9]


# Exercise 2.


def sliced(n, batch_size, random):
    order = random.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


def as_lists(n, batch_size, random):
    numbers = list(range(n))
    random.shuffle(numbers)
    made = []
    while numbers:
        made.append(numbers[:batch_size])
        numbers = numbers[batch_size:]
    return made


def split(n, batch_size, random):
    return np.split(random.permutation(n), range(batch_size, n, batch_size))


def by_chance(n, batch_size, random):
    return tuple(sliced(n, batch_size, random))


def drawn(n, batch_size, random):
    return np.array_split(random.choice(n, n, replace=False), np.arange(batch_size, n, batch_size))


def as_floats(n, batch_size, random):
    return [part.astype(float) for part in sliced(n, batch_size, random)]


@pytest.mark.parametrize("right", [sliced, as_lists, split, by_chance, drawn, as_floats])
def test_batches_written_right(say, right):
    assert say(chapter_11.batches, right).startswith("✓ Right")


def in_order(n, batch_size, random):
    return [np.arange(n)[start : start + batch_size] for start in range(0, n, batch_size)]


def own_generator(n, batch_size, random):
    return sliced(n, batch_size, np.random.default_rng(0))


def without_the_rest(n, batch_size, random):
    order = random.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n - batch_size + 1, batch_size)]


def overlapping(n, batch_size, random):
    order = random.permutation(n)
    return [order[start : start + batch_size] for start in range(n)]


def drawn_anew(n, batch_size, random):
    return [random.integers(0, n, batch_size) for _ in range(0, n, batch_size)]


def so_many(n, batch_size, random):
    return np.array_split(random.permutation(n), batch_size)


def evened_out(n, batch_size, random):
    return np.array_split(random.permutation(n), -(-n // batch_size))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (in_order, "the samples are in their old order: shuffle them."),
        (own_generator, "two calls gave the same order"),
        (without_the_rest, "is in no batch."),
        (overlapping, "is there more than once."),
        (drawn_anew, "for n = 10 and batch_size = 3"),
        (so_many, "all but the last should have 3."),
        (evened_out, "the batches have 3, 3, 2, 2 samples: all but the last should have 3."),
        (lambda n, size, random: [part + 1 for part in sliced(n, size, random)], "there is no sample 10."),
        (lambda n, size, random: [part - 1 for part in sliced(n, size, random)], "there is no sample −1."),
        (lambda n, size, random: [part / 2 for part in sliced(n, size, random)], "should have numbers of samples"),
        (lambda n, size, random: random.permutation(n), "should return a list of arrays, not"),
        (lambda n, size, random: [], "should return a list of arrays, not []"),
        (lambda n, size, random: random.permutation(n).tolist(), "batch 0 should be one row of numbers"),
        (lambda n, size, random: (part for part in sliced(n, size, random)), "should return a list of arrays, not"),
        (lambda n, size: sliced(n, size, np.random), "should take (n, batch_size, random), not (n, size)"),
        (lambda n, size, random: random.shuffle(n), "your function stops in line"),
    ],
)
def test_batches_written_wrong(say, wrong, words):
    assert (line := say(chapter_11.batches, wrong)).startswith("✗ Not yet") and words in line


# Exercise 3.


@pytest.mark.parametrize("right", [580, 20 * 29, np.int64(580), 580.0, 20 * np.ceil(1797 / 64)])
def test_so_many_steps(say, right):
    assert say(chapter_11.steps, right).startswith("✓ Right")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (560, "with its 5 pictures, is a step too"),
        (20, "how many epochs there are"),
        (29, "29 steps are one epoch"),
        (35940, "a step looks at 64 of them"),
        (20 * 1797 / 64, "561.5625 is not it."),
        (562, "562 is not it."),
        ("580", "should be one number"),
    ],
)
def test_not_so_many_steps(say, wrong, words):
    assert (line := say(chapter_11.steps, wrong)).startswith("✗ Not yet") and words in line


# Exercise 4.


def by_parts(z, t):
    return max(z, 0) - z * t + np.log(1 + np.exp(-abs(z)))


@pytest.mark.parametrize(
    "right",
    [
        by_parts,
        lambda z, t: np.log1p(np.exp(z)) if t == 0 else np.log1p(np.exp(-z)),
        lambda z, t: np.logaddexp(0, z) - t * z,
        lambda z, t: np.log(1 + np.exp((1 - 2 * t) * z)),
        lambda z, t: binary_cross_entropy(np.array([[z]]), np.array([[t]])),
        lambda z, t: -np.log(sigmoid(z if t else -z)),
    ],
)
def test_cross_entropy_written_right(say, right):
    assert say(chapter_11.cross_entropy, right).startswith("✓ Right")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda z, t: -np.log(sigmoid(z)) if t else -np.log(1 - sigmoid(z)), "E(40, 0) should be 40; yours is"),
        (lambda z, t: (sigmoid(z) - t) ** 2, "E(0, 0) should be 0.693"),
        (lambda z, t: -np.log2(sigmoid(z if t else -z)), "E(0, 0) should be 0.693"),
        (lambda z, t: np.log1p(np.exp(z)) if t else np.log1p(np.exp(-z)), "the slope of yours is not o − t"),
        (lambda z, t: -t * np.log(sigmoid(z)), "E(0, 0) should be"),
        (lambda z, t: np.log(sigmoid(z if t else -z)), "E(0, 0) should be"),
        (lambda z, t: np.round(np.logaddexp(0, z) - t * z, 6), "the slope of yours is not o − t"),
        (lambda z, t: np.array([z, t]), "your function's answer should have shape ()"),
        (lambda z: z, "(z, t)"),
        (lambda z, t: "E", "should be"),
    ],
)
def test_cross_entropy_written_wrong(say, wrong, words):
    assert (line := say(chapter_11.cross_entropy, wrong)).startswith("✗ Not yet") and words in line
