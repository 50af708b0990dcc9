"""What the checks of chapter 12 call right, and what they say to the rest."""

import re

import numpy as np
import pytest

from annkit import data
from annkit.checks import chapter_12
from annkit.labs import Playground

MADE = ("x1", "x2", "sin 6x1", "sin 6x2")
GROUPS = "height;weight;plays\n" + "\n".join(
    f"{height};{weight};{'yes' if height > 180 else 'no'}"
    for height, weight in zip(range(150, 210, 5), (52, 70, 49, 66, 58, 80, 75, 92, 81, 99, 88, 95), strict=True)
)


@pytest.fixture
def lab_of():
    """Make a Playground that is closed at the end, without an error."""
    made = []

    def make(*values, **named):
        made.append(Playground(*values, **named))
        return made[-1]

    yield make
    for lab in made:
        assert not lab.error
        lab.close()


@pytest.fixture
def winding(lab_of):
    """The lab of exercise 2."""
    return lab_of("spiral", points=400, hidden=(4, 2), learning_rate=0.03)


@pytest.fixture
def shallow(lab_of):
    """The lab of exercise 3."""
    return lab_of("spiral", points=400, hidden=(2,), learning_rate=0.3)


@pytest.fixture
def ward(lab_of):
    """The three patients of exercise 4, by their names."""
    return {name: lab_of("moons", **sick) for name, sick in chapter_12.PATIENTS.items()}


# Exercise 1.


@pytest.mark.parametrize(
    ("four", "square"),
    [(np.log(4), 0.25), (1.386, 0.5**2), (-np.log(1 / 4), np.array(0.25)), (1.39, 1 / 4), (2 * np.log(2), 0.2501)],
)
def test_the_error_at_the_start(say, four, square):
    assert say(chapter_12.at_the_start, four, square).startswith("✓ Right")


@pytest.mark.parametrize(
    ("four", "square", "words"),
    [
        (np.log(10), 0.25, "log 10 is for ten classes."),
        (2, 0.25, "the natural one, np.log."),
        (np.log10(4), 0.25, "the natural one, np.log."),
        (0.25, 0.25, "four = 0.25 is not it."),
        (np.log(2), 0.25, "is not it."),
        (np.log(4), 0.5, "E is the square of it."),
        (np.log(4), np.log(2), "square = 0.6931"),
        (np.log(4), 0, "square = 0 is not it."),
        ("log 4", 0.25, "four should be one number"),
        (np.log(4), [0.25], "square should be one number"),
    ],
)
def test_another_error_at_the_start(say, four, square, words):
    assert (line := say(chapter_12.at_the_start, four, square)).startswith("✗ Not yet") and words in line


# Exercise 2.


@pytest.mark.parametrize(
    ("settings", "epochs"),
    [
        ({"hidden": (8, 8), "learning_rate": 0.3}, 250),
        ({"hidden": (8, 8, 8), "activation": "relu", "optimizer": "adam", "learning_rate": 0.01}, 100),
    ],
)
def test_the_spiral_done(say, winding, settings, epochs):
    winding.set(**settings)
    winding.step(epochs)
    line = say(chapter_12.spiral, winding)
    assert line.startswith("✓ Right: 0.0") and "on new data. And: two layers" in line


def test_the_spiral_not_begun(say, fresh, winding):
    check = fresh(chapter_12.spiral)
    assert say(check, winding).startswith("… Nothing here yet: turn the lab")
    winding.set(plane="unit", point=3)
    assert say(check, winding).startswith("… Nothing here yet"), "looking is no answer"
    winding.hidden = (8, 8)
    assert "it has not learned yet: press Play. Hint 1 of 2" in say(check, winding)


@pytest.mark.parametrize("turned", [{}, {"hidden": (8,), "learning_rate": 0.3}, {"hidden": (8, 8)}])
def test_the_spiral_not_yet(say, winding, turned):
    winding.set(**turned)
    winding.step(20)
    line = say(chapter_12.spiral, winding)
    assert line.startswith("✗ Not yet: the error on new data is 0.") and "it should be below 0.15. Hint" in line


def test_the_spiral_with_made_inputs_is_another_exercise(say, winding):
    winding.inputs = MADE
    assert "with x₁ and x₂ alone" in say(chapter_12.spiral, winding)


@pytest.mark.parametrize(
    "turned", [{"dataset": "moons"}, {"points": 200}, {"noise": 0}, {"share": 0.9}, {"share": 1}, {"data_seed": 1}]
)
def test_the_data_of_the_spiral_stay(say, winding, shallow, turned):
    for check, lab in ((chapter_12.spiral, winding), (chapter_12.made_inputs, shallow)):
        lab.set(**turned)
        line = say(check, lab)
        assert "the data of this exercise stay" in line and "Hint" not in line
        lab.undo()
        assert say(check, lab).startswith("… Nothing here yet")


# Exercise 3.


def test_one_layer_with_made_inputs(say, fresh, shallow):
    check = fresh(chapter_12.made_inputs)
    assert say(check, shallow).startswith("… Nothing here yet: turn the lab")
    shallow.hidden = (8, 8)
    assert "yours has 2. Hint 1 of 2" in say(check, shallow)
    shallow.set(inputs=MADE, hidden=(8,))
    assert "press Play. Hint 2 of 2" in say(check, shallow)
    shallow.step(250)
    assert say(check, shallow).startswith("✓ Right: 0.1")
    shallow.turn(0, 90.0)
    assert re.search(r"it was below 0\.2 at epoch \d+: go back there", say(check, shallow))


def test_one_layer_without_made_inputs(say, shallow):
    shallow.hidden = (8,)
    shallow.step(100)
    assert "it should be below 0.2." in say(chapter_12.made_inputs, shallow)


# Exercise 4.


def test_the_three_patients_are_sick(say, fresh, ward):
    check = fresh(chapter_12.patients)
    for lab in ward.values():
        lab.step(30)
    assert say(check, **ward).startswith("✗ Not yet: patient A: ")
    ward["A"].set(learning_rate=0.1, seed=1)
    assert "patient A: its error is" in say(check, **ward)
    ward["A"].step(100)
    assert "patient B: The slopes at the first layer" in say(check, **ward)
    ward["B"].activation = "tanh"
    ward["B"].step(100)
    assert "patient C: " in say(check, **ward)
    ward["C"].init = "glorot"
    ward["C"].step(100)
    assert say(check, **ward).startswith("✓ Right: dead units")


def test_other_cures(say, ward):
    ward["A"].set(activation="tanh", learning_rate=0.3)
    ward["B"].set(activation="relu", optimizer="adam", learning_rate=0.01)
    ward["C"].set(init=0.5, seed=3)
    for lab in ward.values():
        lab.step(150)
    assert say(chapter_12.patients, **ward).startswith("✓ Right")


def test_untouched_patients_are_nothing_yet(say, fresh, ward):
    assert say(fresh(chapter_12.patients), **ward).startswith("… Nothing here yet: turn the lab")


@pytest.mark.parametrize("turned", [{"hidden": (8,)}, {"dataset": "circles"}, {"points": 100}])
def test_a_patient_keeps_its_data_and_its_units(say, ward, turned):
    ward["A"].set(**turned)
    line = say(chapter_12.patients, **ward)
    assert "patient A is to keep its data and its units" in line and "Hint" not in line


# Exercise 5.


@pytest.fixture
def mine(lab_of):
    """The lab of exercise 5."""
    return lab_of()


def test_a_table_of_ones_own(say, fresh, mine):
    check = fresh(chapter_12.own)
    assert say(check, mine).startswith("… Nothing here yet: turn the lab")
    mine.step(20)
    assert "these are annkit's data: bring a table of your own. Hint 1 of 2" in say(check, mine)
    mine.paste(GROUPS)
    mine.set(learning_rate=0.3, share=0.7)
    assert "% of what it learns from are right; it should be 90 %." in say(check, mine)
    mine.step(300)
    assert say(check, mine).startswith("✓ Right: and the new data?")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1;2;a\n3;4;b\n5;6;a\n7;8;b", "your table has 4 rows; bring at least 10."),
        ("\n".join(f"{i};{i * i};{i / 2}" for i in range(12)), "two classes in the last column."),
    ],
)
def test_a_table_of_ones_own_that_does_not_do(say, mine, text, words):
    mine.paste(text)
    assert (line := say(chapter_12.own, mine)).startswith("✗ Not yet") and words in line


def test_a_table_passed_in_code_will_do(say, lab_of):
    X = np.random.default_rng(0).uniform(-1, 1, (40, 2))
    lab = lab_of(table=data.table(X, (X[:, 0] > 0)[:, None]), learning_rate=0.3)
    lab.step(200)
    assert say(chapter_12.own, lab).startswith("✓ Right")
