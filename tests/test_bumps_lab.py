"""Every control of the bumps lab, driven in Python: all functions and targets, both ends, drags, keys, words."""

import itertools
import re

import numpy as np
import pytest
import traitlets
from hands import button, drag, drop, hear, press, refuses

from annkit import Network
from annkit.labs import BumpsLab
from annkit.labs.bumps.lab import FUNCTIONS, TARGETS, UNITS, X

TENT = {"w1": 1, "b1": 1, "v1": 1, "w2": 1, "b2": 0, "v2": -2, "w3": 1, "b3": -1, "v3": 1}


@pytest.fixture
def lab():
    made = BumpsLab()
    yield made
    assert not made.error
    made.close()


def as_network(lab):
    net = Network([1, lab.units, 1], activation=lab.activation, output="identity")
    w, b, v = lab.weights
    net.weights[0], net.biases[0] = w[None, :], b
    net.weights[1], net.biases[1] = v[:, None], [lab.c]
    return net


@pytest.mark.parametrize(("function", "target"), [*zip(FUNCTIONS, [*TARGETS, "box"], strict=True)])
def test_every_slider_at_both_ends_and_at_zero_agrees_with_a_network(lab, function, target):
    lab._choosers["activation"].value, lab._choosers["target"].value = function, target
    lab._choosers["units"].value = 4
    assert (lab.activation, lab.target, lab.units) == (function, target, 4) and len(lab._sliders) == 13
    for name, slider in lab._sliders.items():
        for value in (slider.low, slider.high, 0.0):
            slider.move(value)
            assert getattr(lab, name) == value and not lab.error
            np.testing.assert_allclose(lab.y(X), as_network(lab).predict(X[:, None])[:, 0], atol=1e-12)
            assert "nan" not in lab.stage.live and "inf" not in lab.stage.live


@pytest.mark.parametrize("units", [1, 2, 3, 4])
def test_only_the_units_that_are_there_are_shown(lab, units):
    lab.units = units
    assert [button.layout.display for button in lab._picks] == [""] * units + ["none"] * (4 - units)
    assert [handle["id"] for handle in lab.stage.handles] == [f"p{k + 1}" for k in range(units)]
    assert len(re.findall(r">unit \d<", lab.stage.live)) == units
    assert eval(lab.code()).describe() == lab.describe()


def shown(lab):
    """The sliders that are to be seen."""
    return [name for name, slider in lab._sliders.items() if slider.layout.display != "none"]


def test_only_the_unit_that_is_picked_has_sliders(lab):
    assert shown(lab) == ["w1", "b1", "v1", "c"]
    lab.units = 3
    hear(lab, event="focus", id="p3")
    assert lab.picked == 3 and shown(lab) == ["w3", "b3", "v3", "c"]
    button(lab, "2").click()
    assert lab.picked == 2 and shown(lab) == ["w2", "b2", "v2", "c"]
    assert lab._picks[1]._dom_classes.count("mod-active") == 1
    drag(lab, "p1", *lab.stage.panels[0].place(-0.5, 1)[0])
    assert lab.picked == 1
    press(lab, "p3", "ArrowUp")
    assert lab.picked == 3
    lab.units = 2
    assert lab.picked == 2 and shown(lab) == ["w2", "b2", "v2", "c"]
    assert eval(lab.code()).describe() == lab.describe()


def test_a_glance_at_a_unit_is_no_answer_and_nothing_to_undo():
    lab = BumpsLab(units=2)
    hear(lab, event="focus", id="p2")
    assert lab.picked == 2 and lab.untouched and not lab.undo()
    lab.v2 = -1
    hear(lab, event="focus", id="p1")
    assert lab.undo() and lab.v2 == 1
    assert lab.redo() and lab.v2 == -1
    button(lab, "2").click()
    assert lab.picked == 2 and lab.undo() and lab.v2 == 1, "its button is a glance as well"
    lab.close()


def test_a_unit_that_is_not_there_cannot_be_picked(lab):
    refuses(lab, "picked", 2, "picked should be")


def test_a_good_fit_is_seen(lab):
    badge, goal = lab.words()[2], "A good fit is below 0.01."
    assert (str(badge), badge.good) == (goal, False)
    lab.set(units=2, w1=16, b1=16, w2=16, b2=-16, v2=-1)
    badge = lab.words()[2]
    assert (str(badge), badge.good) == ("Below 0.01: a good fit.", True)
    assert "Could fewer units" in lab.describe()
    lab.target = "bump"
    assert not lab.words()[2].good


@pytest.mark.parametrize(
    ("state", "asked"),
    [
        ({}, "Too high at x = 3: what could a second unit do there?"),
        ({"units": 2}, "Too high at x = 3: which unit could bring y down there?"),
        ({"units": 2, "v2": -1}, "At x = 1 the target jumps: what makes an edge steeper where it is?"),
        ({"units": 2, "v1": 0, "v2": 0}, "Too low at x = 1: which unit could add there?"),
        ({"activation": "linear", "units": 3}, "Each unit is a straight line here. Can a sum of straight lines bend?"),
    ],
)
def test_the_help_asks_what_fits_the_state(state, asked):
    assert BumpsLab(**state).describe().splitlines()[-1] == asked


def test_the_sum_stands_in_columns_and_the_farthest_place_in_the_picture(lab):
    lab.set(units=2, b2=-3.5, v2=-0.5, picked=2)
    rows = lab.words()[3]
    assert rows.cells == [["c", "0", ""], ["unit 1", "1", "× f(4x + 4)"], ["unit 2", "−0.5", "× f(4x − 3.5)"]]
    assert rows.lit == 2 and "Unit 2: 4x − 3.5 is 0 at x = 0.875." in lab.describe()
    assert lab.stage.live.count(">farthest<") == 1
    lab.set(activation="step", b2=-4, v2=-1)
    assert ">farthest<" not in lab.stage.live and lab.loss == 0


def test_the_word_for_the_farthest_place_lies_under_no_grip(lab):
    for target, units, v, c in itertools.product(TARGETS, (1, 2, 3), (-1, 0.5, 1), (-1, 0)):
        lab.set(target=target, units=units, v1=1, v2=v, v3=-v, c=c)
        found = re.findall(r'<text x="([-\d.]+)" y="([-\d.]+)"[^>]*text-anchor="(\w+)"[^>]*>farthest<', lab.stage.live)
        for x, y, anchor in found:
            left = float(x) - 54 * (anchor == "end")
            for grip in lab.stage.handles:
                assert abs(grip["y"] - float(y)) > 18 or not left - 10 < grip["x"] < left + 64
    lab.set(target="bump", units=2, w1=3.5, b1=3, v1=1, w2=-3.5, b2=3, v2=1, c=-1)
    assert "farthest" not in lab.stage.live, "there is a grip on either side"


def test_a_tent_of_three_relus_and_a_box_of_two_steps_are_exact():
    tent = BumpsLab("relu", "tent", units=3, **TENT)
    assert tent.loss == 0
    assert tent.describe().splitlines() == [
        "Error 0",
        "The mean of (y − target)² at 97 places from x = −3 to 3.",
        "Below 0.005: a good fit.",
        "y is the sum of c = 0 and of what each unit adds; f is ReLU.",
        "unit 1: 1 × f(1 × x + 1)",
        "unit 2: −2 × f(1 × x)",
        "unit 3: 1 × f(1 × x − 1)",
        "Unit 1: 1x + 1 is 0 at x = −1.",
        "y is the target at all 97 places.",
        "Could fewer units do it, or another function?",
    ]
    assert BumpsLab("step", "box", units=2, v2=-1).loss == 0


def test_the_things_to_try_of_the_chapter():
    """A sharp sigmoid box; three tanh units for the wave; the linear one stays a line."""
    assert BumpsLab(units=2, w1=16, b1=16, w2=16, b2=-16, v2=-1).loss < 0.02
    wave = {"w1": 1.75, "b1": 3.75, "v1": -1, "w2": 1.75, "b2": 0, "w3": 1.75, "b3": -3.75, "v3": -1}
    assert BumpsLab("tanh", "wave", units=3, **wave).loss < 0.005
    assert abs(np.diff(BumpsLab("linear", units=4, w1=-2, v3=1.5, v4=-2).y(X), n=2)).max() < 1e-12


def test_the_error_by_hand(lab):
    lab.set(activation="step", v1=0, c=0.5)
    assert lab.loss == 0.25 and lab.describe().startswith("Error 0.25\n")
    assert "Farthest at x = 3: y = 0.5 instead of 0." in lab.describe(), "where several are, the last"


def test_a_unit_without_a_weight_has_no_place(lab):
    lab.set(units=2, w2=0, picked=2)
    assert "Unit 2: 0x − 4 is the same wherever x is." in lab.describe()
    assert [handle["id"] for handle in lab.stage.handles] == ["p1"]


def test_a_handle_turns_bias_and_height(lab):
    lab.units = 2
    panel = lab.stage.panels[0]
    ((x, y),) = panel.place(0.49, -1.2)
    drag(lab, "p2", x, y)
    assert (lab.w2, lab.b2, lab.v2) == (4, -2, -1.25)
    assert (lab.w1, lab.b1, lab.v1) == (4, 4, 1)
    for key, name, value in [
        ("ArrowRight", "b2", -2.25), ("ArrowLeft", "b2", -2), ("ArrowUp", "v2", -1.125), ("ArrowDown", "v2", -1.25),
    ]:  # fmt: skip
        press(lab, "p2", key)
        assert getattr(lab, name) == value
    lab.w2 = -4
    press(lab, "p2", "ArrowRight")
    assert lab.b2 == -1.75, "to the right, where the curve falls too"
    drop(lab, "p2", x, -1e4)
    assert lab.v2 == 2


def test_handles_stay_within_the_frame(lab):
    lab.set(w1=0.25, b1=16, v1=2)
    panel, handle = lab.stage.panels[0], lab.stage.handles[0]
    assert panel.holds(handle["x"], handle["y"]) and "x = −64" in handle["label"]


def test_names_at_the_right_edge_never_meet(lab):
    for function, v in itertools.product(FUNCTIONS, (-2, 0, 1)):
        lab.set(activation=function, units=4, v1=v, v2=v, v3=-v, v4=v)
        ends = re.findall(r'y="([\d.]+)"[^>]*text-anchor="start"[^>]*>(?:unit \d|y)<', lab.stage.live)
        heights = sorted(map(float, ends))
        assert len(heights) == 5 and min(np.diff(heights)) > 14
        panel = lab.stage.panels[0]
        assert panel.y <= heights[0] and heights[-1] <= panel.y + panel.height


@pytest.mark.parametrize("name", [trait for unit in UNITS for trait in unit] + ["c"])
@pytest.mark.parametrize("value", ["1", None, float("nan"), 1e9])
def test_a_number_that_is_none_leaves_the_old_one(lab, name, value):
    before = lab.describe(), lab.stage.svg()
    with pytest.raises(traitlets.TraitError, match=f"{name} should be"):
        setattr(lab, name, value)
    assert (lab.describe(), lab.stage.svg()) == before


@pytest.mark.parametrize(("name", "value"), [("units", 5), ("units", 0), ("target", "hill"), ("activation", "softmax")])
def test_choices_that_there_are_not(lab, name, value):
    before = lab.describe()
    with pytest.raises(traitlets.TraitError, match=f"{name} should be"):
        setattr(lab, name, value)
    assert lab.describe() == before


def test_very_large_weights_are_drawn(lab):
    lab.units = 4
    for w, function in itertools.product((-1e6, 1e-6, 1e6), FUNCTIONS):
        lab.set(activation=function, w1=w, w2=-w, b3=w, v4=w)
        assert "nan" not in lab.stage.live


def test_what_it_costs(lab):
    lab.set(units=4, **TENT, w4=-3.25, b4=-11.25, v4=1.125, c=-1.875)
    for function in FUNCTIONS:
        lab.activation = function
        assert len(lab.stage.live.encode()) < 8000
        assert len(lab.stage.saved(lab.describe())) < 60_000
        assert all(len(line) < 80 for line in lab.describe().splitlines())


def test_a_weight_next_to_nothing_is_drawn_without_a_warning():
    lab = BumpsLab(w1=5e-324)
    assert "wherever x is" in lab.describe() and len(lab.stage.handles) == 0


def test_another_target_is_drawn_on_another_set(lab):
    before = lab.stage.still
    lab.target = "wave"
    assert lab.stage.still != before
    lab.reset()
    assert lab.stage.still.count("<path") == before.count("<path")
