"""Every control of the activation lab, driven in Python: all functions, both ends, jumps and kinks, drags and keys."""

import itertools
import re

import numpy as np
import pytest
import traitlets
from hands import drag, drop, press

from annkit import Network
from annkit.labs import ActivationLab
from annkit.labs.activation import CORNERS, CURVES


@pytest.fixture
def lab():
    made = ActivationLab()
    yield made
    assert not made.error
    made.close()


def numbers(line):
    return [float(text.replace("−", "-")) for text in re.findall(r"−?\d+(?:\.\d+)?(?:e[−+]?\d+)?", line)]


@pytest.mark.parametrize("name", CURVES)
def test_every_slider_at_both_ends_and_at_zero(lab, name):
    lab._choosers["activation"].value = name
    assert lab.activation == name
    for trait, slider in lab._sliders.items():
        for value in (slider.low, slider.high, 0.0):
            slider.move(value)
            assert getattr(lab, trait) == value and not lab.error
            assert "nan" not in lab.stage.live and "inf" not in lab.stage.live
        slider.move(-1.25)
    assert eval(lab.code()).describe() == lab.describe()


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("z", [-6, -0.75, 0.5, 3])
def test_it_is_the_activation_of_a_network(name, z):
    lab = ActivationLab(name, z=z)
    assert lab.f(z) == Network([1, 1], output=name, init=0).activations[0](z)
    assert numbers(lab.describe().splitlines()[0])[-1] == pytest.approx(float(lab.f(z)), abs=6e-5)


@pytest.mark.parametrize("name", CURVES)
def test_the_nudge_comes_near_the_slope(lab, name):
    for z in np.arange(-6, 6.25, 0.25):
        lab.set(activation=name, z=z)
        nudge, slope = lab.describe().splitlines()[1:3]
        if lab.has_slope:
            assert numbers(nudge)[-1] == pytest.approx(float(lab.slope(z)), abs=6e-4)
            assert "Not flat" in slope if abs(lab.slope(z)) >= 0.01 else "lat here" in slope


def test_numbers_worked_out_by_hand():
    assert ActivationLab(z=0, w=2, b=-1).describe().splitlines() == [
        "sigmoid: a = f(0) = 1 / (1 + e^0) = 0.5.",
        "Nudge: f(0.001) − f(0) = 0.00025. Divided by 0.001: 0.25.",
        "Slope: f′(0) = a (1 − a) = 0.5 × (1 − 0.5) = 0.25. Not flat here.",
        "Neuron: a = f(2 × x − 1). The sum is 0 at x = (0 + 1) / 2 = 0.5.",
        "There a changes w × slope = 2 × 0.25 = 0.5 times as much as x.",
    ]
    assert ActivationLab("leaky_relu", z=-2).describe().splitlines()[0] == (
        "leaky ReLU: a = f(−2) = max(−2, 0.01 × (−2)) = −0.02."
    )
    assert "1 / (1 + e^6) = 0.0025." in ActivationLab(z=-6).describe()
    assert "Nudge: f(6.001) − f(6) = 0.0000025. Divided by 0.001: 0.0025." in ActivationLab(z=6).describe()
    assert "The sum is 3 at x = 3 / 2 = 1.5." in ActivationLab(z=3, w=2).describe()
    assert "Flat here: a small nudge changes nothing." in ActivationLab("relu", z=-2).describe()
    assert "Nearly flat here" in ActivationLab("sigmoid", z=5).describe()


def test_what_is_nearly_1_or_nearly_0_is_not_written_as_1_or_0():
    value, nudge, slope, *__ = ActivationLab("tanh", z=6).describe().splitlines()
    assert value == "tanh: a = f(6) = (e^6 − e^(−6)) / (e^6 + e^(−6)) = 0.9999877."
    assert nudge == "Nudge: f(6.001) − f(6) = 0.0000000246. Divided by 0.001: 0.0000246."
    assert slope.startswith("Slope: f′(6) = 1 − a² = 1 − 0.9999877² = 0.0000246.")
    assert "1 − (−0.9999877)² = 0.0000246." in ActivationLab("tanh", z=-6).describe()
    assert "slope 0.0000246" in ActivationLab("tanh", z=6).stage.live
    assert "= 1." in ActivationLab("relu", z=1).describe()


def test_the_slope_of_a_falling_curve_is_written_where_its_tangent_is_not():
    lab = ActivationLab("gelu", z=-1.5)
    assert len(re.findall(r'text-anchor="end"[^>]*>slope −0', lab.stage.live)) == 2


def test_looking_elsewhere_on_the_curve_is_not_yet_an_answer():
    lab = ActivationLab()
    lab.z = 3
    assert lab.untouched
    lab.w = 2
    assert not lab.untouched


@pytest.mark.parametrize("name", CURVES)
def test_there_are_always_five_lines_so_that_nothing_below_jumps(lab, name):
    for z, w, b in itertools.product((-5.75, 0, 6), (-4, 0, 0.25), (-8, 0)):
        lab.set(activation=name, z=z, w=w, b=b)
        assert len(lab.words()) == 5 and all(len(line) < 109 for line in lab.words())


@pytest.mark.parametrize("name", CORNERS)
def test_where_there_is_no_slope_it_says_so_and_draws_no_tangent(name):
    lab = ActivationLab(name, z=0)
    assert "there is no slope" in lab.describe() and "w × slope" not in lab.describe()
    assert lab.stage.live.count("no slope") == 2
    lab.z = 0.25
    assert "no slope" not in lab.describe() and "no slope" not in lab.stage.live


def test_the_jump_of_a_step_is_left_open():
    lab = ActivationLab("step", w=-2, b=1)
    pieces = re.findall(r'points="([^"]+)" fill="none" stroke="currentColor" stroke-width="2.5"', lab.stage.live)
    assert len(pieces) == 4
    for piece in pieces:
        assert len({point.split(",")[1] for point in piece.split()}) == 1
    left, right = (piece.split() for piece in pieces[:2])
    assert left[-1].split(",")[0] == right[0].split(",")[0], "no gap between the two pieces"


def test_without_a_weight_no_input_matters(lab):
    lab.set(w=0, b=2)
    assert lab.x is None
    assert lab.describe().splitlines()[-2:] == [
        "Neuron: a = f(0 × x + 2). As w = 0, it answers f(2) = 0.8808 whatever x is.",
        "A nudge of x changes nothing.",
    ]
    assert "w = 0: every x gives the sum b" in lab.stage.live


def test_a_place_outside_of_the_picture_is_said(lab):
    lab.set(w=0.25, b=8)
    assert lab.x == -28 and "z = 1 is outside" in lab.stage.live
    lab.b = 1
    assert "outside" not in lab.stage.live


def test_the_picture_of_another_function_has_room_for_it(lab):
    for name, z in itertools.product(CURVES, (-6, 6)):
        lab.set(activation=name, z=z)
        panel = lab.stage.panels[0]
        handle = lab.stage.handles[0]
        assert panel.holds(handle["x"], handle["y"])


def test_the_point_is_dragged_along_the_curve_and_moved_by_keys(lab):
    ((x, y),) = lab.stage.panels[0].place(-2.1, 1)
    drag(lab, "z", x, y)
    assert lab.z == -2 and "z = −2, a = 0.1192" in lab.stage.handles[0]["label"]
    for key, z in [("ArrowRight", -1.75), ("ArrowLeft", -2), ("ArrowUp", -1.75), ("ArrowDown", -2), ("Enter", -2)]:
        press(lab, "z", key)
        assert lab.z == z
    drop(lab, "z", 1e4, y)
    assert lab.z == 6
    press(lab, "z", "ArrowRight")
    assert lab.z == 6
    lab.children[0].children[0].children[0].children[-1].click()
    assert lab.untouched and lab.z == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("z", 7), ("z", "1"), ("w", float("nan")), ("b", None), ("w", 1e9), ("activation", "Sigmoid"), ("activation", 2)],
)
def test_what_it_refuses_leaves_state_and_picture(lab, name, value):
    before = lab.describe(), lab.stage.svg()
    with pytest.raises(traitlets.TraitError, match=f"{name} should be"):
        setattr(lab, name, value)
    assert (lab.describe(), lab.stage.svg()) == before


def test_very_large_weights_are_drawn(lab):
    for name, w, b in itertools.product(CURVES, (-1e6, 1e-6, 1e6), (-1e6, 0, 1e6)):
        lab.set(activation=name, w=w, b=b)
        assert "nan" not in lab.stage.live


def test_what_it_costs(lab):
    for name in CURVES:
        lab.activation = name
        assert len(lab.stage.live.encode()) < 8000
        assert len(lab.stage.saved(lab.describe())) < 60_000
        assert all(len(line) < 110 for line in lab.words()) and len(lab.words()) <= 6
