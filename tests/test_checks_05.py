"""For every exercise of chapter 05 several right and wrong answers."""

import itertools

import numpy as np
import pytest

from annkit.checks import chapter_05
from annkit.colour import to_light, to_srgb
from annkit.labs import TapLab
from annkit.labs.tap.lab import COLOURS

LIGHTS = np.array([[0.75, 0, 0.25], [0.25, 0.75, 0], [0, 0.25, 0.75]])
SOLVED = {"w1": 0.6875, "w2": 0.1875, "w3": 0.4375}


def mauve(**turned):
    """The lab of exercise 1 as the chapter makes it, or with something turned."""
    lab = TapLab(w1=0.1875, w2=0.9375, w3=0.4375, wanted=(0.5625, 0.25, 0.5), by_hand=True)
    lab.set(**turned)
    return lab


@pytest.mark.parametrize(
    ("turned", "right"),
    [
        (SOLVED, True),
        ({"w1": 0.69, "w2": 0.19, "w3": 0.43}, True),
        ({**SOLVED, "w3": 0.5}, False),
        ({**SOLVED, "w1": 0.625}, False),
        ({"w1": 0.6875}, False),
        ({"w1": 0, "w2": 0, "w3": 0}, False),
        ({"wanted": (0.5625, 0.5, 0.5), "w1": 0.5, "w2": 0.5, "w3": 0.5}, False),
        ({"w1": 0.5625, "w2": 0.25, "w3": 0.5, "lights": np.eye(3)}, False),
    ],
)
def test_matches(say, turned, right):
    assert say(chapter_05.match, mauve(**turned)).startswith("✓ Right" if right else "✗ Not yet")


def test_a_colour_that_was_changed_does_not_count(say):
    lab = mauve()
    lab.wanted = tuple(lab.mix.tolist())
    assert lab.E == 0 and "press Reset" in say(chapter_05.match, lab)


def test_the_sliders_own_grid_holds_one_solution_and_they_reach_it(say):
    grid = np.arange(0, 17) / 16
    weights = np.array(list(itertools.product(grid, repeat=3)))
    errors = ((weights @ LIGHTS - (0.5625, 0.25, 0.5)) ** 2).sum(axis=1)
    assert weights[errors < chapter_05.ENOUGH].tolist() == [list(SOLVED.values())]
    lab = mauve()
    for name, value in list(SOLVED.items())[:2]:  # the third is right from the start
        assert not say(chapter_05.match, lab).startswith("✓")
        lab._sliders[name].move(value)
    assert lab.E == 0 and say(chapter_05.match, lab).startswith("✓ Right")


def test_following_the_longest_arrow_by_single_keys_always_arrives(say):
    """As the hints say: no place on the grid is a trap where every single key makes it worse."""
    lab = mauve()
    for __ in range(60):
        turns = [(getattr(lab, f"w{i + 1}") - np.sign(slope) / 16, i) for i, slope in enumerate(lab.slopes)]
        errors = []
        for value, i in turns:
            weights = lab.weights
            weights[i] = value
            errors.append(lab.error_at(weights))
        best = int(np.argmin(errors))
        if errors[best] >= lab.E:
            break
        lab._sliders[f"w{best + 1}"].move(turns[best][0])
    assert say(chapter_05.match, lab).startswith("✓ Right")


def E(w, lights, wanted):
    return ((wanted - w @ lights) ** 2).sum()


def by_nudges(w, lights, wanted, nudge=0.01, rate=0.1, sides=2):
    back = nudge if sides == 2 else 0
    rows = np.eye(len(w))
    slopes = [(E(w + nudge * n, lights, wanted) - E(w - back * n, lights, wanted)) / (nudge + back) for n in rows]
    return w - rate * np.array(slopes)


def by_formula(w, lights, wanted):
    return w + 0.2 * lights @ (wanted - w @ lights)


def by_loops(w, lights, wanted):
    gaps = [goal - sum(a * light[c] for a, light in zip(w, lights, strict=True)) for c, goal in enumerate(wanted)]
    return [a + 0.2 * sum(g * x for g, x in zip(gaps, light, strict=True)) for a, light in zip(w, lights, strict=True)]


def one_after_the_other(w, lights, wanted):
    for i in range(len(w)):
        w[i] = by_formula(w, lights, wanted)[i]
    return w


@pytest.mark.parametrize(
    "right",
    [
        by_formula,
        by_loops,
        by_nudges,
        lambda w, lights, wanted: by_nudges(w, lights, wanted, sides=1),
        lambda w, lights, wanted: by_nudges(w, lights, wanted, nudge=1e-4, sides=1),
    ],
)
def test_a_step_written_right(say, right):
    assert say(chapter_05.one_step, right).startswith("✓ Right")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda w, lights, wanted: w,
        lambda w, lights, wanted: w @ lights,
        lambda w, lights, wanted: 2 * w - by_formula(w, lights, wanted),  # uphill
        lambda w, lights, wanted: by_nudges(w, lights, wanted, rate=1),
        lambda w, lights, wanted: by_nudges(w, lights, wanted) - w,
        lambda w, lights, wanted: by_nudges(w, lights, wanted, nudge=0.1, sides=1),
        lambda w, lights, wanted: w - 0.1 * E(w, lights, wanted),
        lambda w, lights, wanted: by_formula(w, LIGHTS, wanted),
        one_after_the_other,
        lambda *parts: "text",
    ],
)
def test_a_step_written_wrong(say, wrong):
    assert say(chapter_05.one_step, wrong).startswith("✗ Not yet")


def test_a_wrong_step_is_told_with_its_numbers(say):
    said = say(chapter_05.one_step, lambda w, lights, wanted: w)
    assert "with 3 lights weight 2 should go from 0.875 to 0.5668, not to 0.875." in said


def test_the_state_of_exercise_3_is_a_trap_and_no_near_tie():
    slopes = np.abs(TapLab(*chapter_05.TAPS, wanted=chapter_05.RIGHT @ LIGHTS).slopes)
    distances = np.abs(chapter_05.TAPS - chapter_05.RIGHT)
    assert slopes.argmax() != distances.argmax()
    for values in (slopes, distances):
        second, most = np.sort(values)[1:]
        assert most > 1.1 * second


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        (("lime", "rose"), True),
        ((" Lime", "ROSE"), True),
        (("lime", "lime"), False),
        (("lime", "sky"), False),
        (("rose", "rose"), False),
        (("rose", "lime"), False),
        ((2, 1), False),
        (("lime", "pink"), False),
    ],
)
def test_the_first_tap(say, answer, right):
    assert say(chapter_05.first_tap, *answer).startswith("✓ Right" if right else "✗ Not yet")


def test_the_first_tap_found_by_nudging_in_code(say):
    wanted = chapter_05.RIGHT @ LIGHTS

    def error(w):
        return ((wanted - w @ LIGHTS) ** 2).sum()

    changes = [error(chapter_05.TAPS + nudge) - error(chapter_05.TAPS) for nudge in 0.01 * np.eye(3)]
    names = ["rose", "lime", "sky"]
    furthest = names[np.argmax(np.abs(chapter_05.TAPS - chapter_05.RIGHT))]
    assert say(chapter_05.first_tap, furthest, names[np.argmax(np.abs(changes))]).startswith("✓ Right")
    assert say(chapter_05.first_tap, ..., "rose").startswith("… Nothing here yet")


@pytest.mark.parametrize(
    ("colour", "right"),
    [
        ([0.8125, 0.125, 0.0625], False),
        ((0.9, 0.625, 0.075), True),
        ((0.75, 0, 0.125), True),
        (np.array([0.1, 1, -0.01]) @ LIGHTS, True),
        (np.array([1.25, 0.5, -0.25]) @ LIGHTS, False),
        (np.array([1, -0.25, 0.5]) @ LIGHTS + [0, 0.1, 0], False),
        ([0.75, 0, 0.25], False),
        ([1, 1, 1], False),
        ([0, 0, 0], False),
        ([0, 1, 0], False),
        ([0, 0, 1], False),
        ([1, 0, 0], False),
        ([0.9, 0.2, -0.1], False),
        ([1.2, 0.4, 0.1], False),
        ([0.5, 0.5], False),
        ([[0.8125, 0.125, 0.0625]], False),
        ("red", False),
        ([0.8, float("nan"), 0.1], False),
    ],
)
def test_colours_out_of_reach(say, colour, right):
    assert say(chapter_05.out_of_reach, colour).startswith("✓ Right" if right else "✗ Not yet")


def test_what_a_wrong_colour_takes_is_said(say):
    assert "this is the red of *Turn it*" in say(chapter_05.out_of_reach, COLOURS[-1])
    assert "takes rose 0.5, lime 0.5, sky 0.5: sky is not below 0" in say(chapter_05.out_of_reach, [0.5, 0.5, 0.5])
    assert say(chapter_05.out_of_reach, [..., ..., ...]).startswith("… Nothing here yet")


def test_no_note_gives_the_answer_away(say):
    """Run All shows the notes under the folded solutions."""
    notes = [say(chapter_05.match, mauve(**SOLVED)), say(chapter_05.first_tap, "lime", "rose")]
    notes.append(say(chapter_05.out_of_reach, [0.875, 0.3125, 0.0625]))
    assert all(name not in note for name in ("rose", "lime", "sky") for note in notes)


# Exercise: the mix, in a screen's numbers.


def by_loops(weights, colours):
    """The same channel by channel, rounded."""
    mixed = []
    for channel in range(3):
        light = sum(w * float(to_light(colour[channel] / 255)) for w, colour in zip(weights, colours, strict=True))
        mixed.append(round(255 * float(to_srgb(light))))
    return mixed


@pytest.mark.parametrize("right", [lambda w, colours: 255 * to_srgb(w @ to_light(colours / 255)), by_loops])
def test_mixes_on_a_screen_written_right(say, right):
    assert say(chapter_05.on_screen, right).startswith("✓ Right")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda w, colours: w @ colours, "not of the light"),
        (lambda w, colours: to_srgb(w @ to_light(colours / 255)), "should mix to"),
        (lambda w, colours: 255 * (w @ to_light(colours / 255)), "should mix to"),
        (lambda w, colours: 255 * to_srgb(w @ (colours / 255)), "should mix to"),
        (lambda w, colours: 255 * to_srgb(to_light(colours / 255).mean(axis=0)), "should mix to"),
        (lambda w, colours: 255 * to_srgb(w[:, None] * to_light(colours / 255)), "shape (3,), not (3, 3)"),
        (lambda w, colours: to_light(colours), "ValueError: srgb should be numbers from 0 to 1"),
        (lambda w, colours: "grey", "should be numbers"),
    ],
)
def test_mixes_on_a_screen_written_wrong(say, wrong, words):
    line = say(chapter_05.on_screen, wrong)
    assert line.startswith("✗ Not yet") and words in line


# Each mistake has its own hint.


@pytest.mark.parametrize(
    ("turned", "words"),
    [
        ({"w1": 0.25}, "Hint 1 of 2: turn the tap with the longest arrow"),
        ({**SOLVED, "w3": 0.5}, "Hint 1 of 1: one sixteenth too far"),
        ({**SOLVED, "w1": 0.625, "w2": 0.25}, "Hint 1 of 1: one sixteenth too far"),
    ],
)
def test_far_off_and_nearly_there_are_helped_in_other_ways(say, fresh, turned, words):
    assert words in say(fresh(chapter_05.match), mauve(**turned))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda w, colours: w @ colours, "can't be added up; amounts of light can"),
        (lambda w, colours: 255 * to_srgb(w @ (colours / 255)), "undoes what `to_light` does"),
        (lambda w, colours: 255 * (w @ to_light(colours / 255)), "a screen wants its own numbers"),
        (lambda w, colours: to_srgb(w @ to_light(colours / 255)), "is from 0 to 1"),
        (lambda w, colours: w @ to_light(colours / 255), "a screen wants its own numbers"),
        (lambda w, colours: 255 * to_light(w @ to_srgb(colours / 255)), "`to_light` makes amounts of"),
        (lambda w, colours: (255 * to_srgb(w @ to_light(colours / 255))).astype(int), "`round` takes the nearest"),
        (lambda w, colours: np.zeros(3), "three steps"),
    ],
)
def test_each_mistake_with_a_mix_has_its_hint(say, fresh, wrong, words):
    assert words in say(fresh(chapter_05.on_screen), wrong).split("Hint 1 of 1: ")[1]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda w, lights, wanted: 2 * w - by_formula(w, lights, wanted), "that is uphill"),
        (lambda w, lights, wanted: by_nudges(w, lights, wanted) - w, "return where it then stands"),
        (lambda w, lights, wanted: by_nudges(w, lights, wanted, rate=1), "its length is not"),
        (lambda w, lights, wanted: by_nudges(w, lights, wanted, rate=0.05), "its length is not"),
        (lambda w, lights, wanted: by_nudges(w, lights, wanted, rate=0.001), "its length is not"),
        (lambda w, lights, wanted: by_nudges(w, lights, wanted, rate=-1), "that is uphill"),
        (lambda w, lights, wanted: w + 0.001, "inside your function, write E"),
        (one_after_the_other, "Find all slopes before you turn any tap"),
        (lambda w, lights, wanted: w, "inside your function, write E"),
        (lambda w, lights, wanted: w - 0.1 * E(w, lights, wanted), "inside your function, write E"),
    ],
)
def test_each_mistake_with_a_step_has_its_hint(say, fresh, wrong, words):
    assert words in say(fresh(chapter_05.one_step), wrong).split("Hint 1 of ")[1]


def test_the_hint_is_for_the_name_that_is_wrong(say, fresh):
    assert "subtract `taps` from `right`" in say(fresh(chapter_05.first_tap), "sky", "rose")
    assert "nudge each tap by 0.01" in say(fresh(chapter_05.first_tap), "lime", "lime")


@pytest.mark.parametrize(
    ("colour", "words"),
    [
        ([0.9, 0.2, -0.1], "the more rose and lime there is"),
        ([1.2, 0.4, 0.1], "close the tap that sends most"),
        ([0.5, 0.5, 0.5], "don't begin with the colour"),
        ([1, 0, 0], "choose rose and lime from 0 to 1 first"),
    ],
)
def test_each_colour_in_reach_has_its_hint(say, fresh, colour, words):
    assert words in say(fresh(chapter_05.out_of_reach), colour)
