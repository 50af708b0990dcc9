"""Every control of the activation lab, driven in Python: all functions, both ends, jumps and kinks, drags and keys."""

import itertools
import re

import numpy as np
import pytest
import traitlets
from hands import button, drag, drop, press

from annkit import Network
from annkit.labs import ActivationLab
from annkit.labs.activation.curves import CORNERS, CURVES
from annkit.labs.activation.lab import TANGENT


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
        "Drag a point along its curve. Where is the slope largest, where smallest?",
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


@pytest.mark.parametrize("name", CURVES)
def test_a_slope_stands_inside_and_its_tangent_does_not_cross_it(lab, name):
    for z, w in itertools.product(np.arange(-6, 6.25, 0.25), (-1, 1)):
        lab.set(activation=name, z=z, w=w)
        labels = re.findall(
            r'<text x="([-\d.]+)" y="([-\d.]+)"[^>]*text-anchor="(\w+)"[^>]*>((?:no )?slope[^<]*)', lab.stage.live
        )
        points = [handle for handle in lab.stage.handles if handle["id"] != "b"]
        for (x, y, anchor, words), point, panel, way in zip(labels, points, lab.stage.panels, (1, w), strict=True):
            left, width = float(x), 7.2 * len(words)
            left -= width if anchor == "end" else 0
            assert panel.x <= left and left + width <= panel.x + panel.width
            tall, broad = panel.height / np.ptp(panel.ylim), panel.width / np.ptp(panel.xlim)
            rise = -way * float(lab.slope(z)) * tall / broad  # stage units: y grows downward
            ends = point["x"] + np.array([-1, 1]) * TANGENT / np.hypot(1, rise)
            under = np.linspace(max(left, ends[0]), min(left + width, ends[1]))
            if under[0] < under[-1] and lab.has_slope:
                assert (abs(point["y"] + rise * (under - point["x"]) - float(y)) > 6).all()


def test_without_slopes_it_shows_the_function_and_the_neuron_alone():
    lab = ActivationLab(slopes=False)
    assert lab.describe().splitlines() == [
        "sigmoid: a = f(1) = 1 / (1 + e^(−1)) = 0.7311.",
        "Neuron: a = f(1 × x). The sum is 1 at x = 1 / 1 = 1.",
        "Drag a point along its curve: what becomes of large sums, what of sums below 0?",
    ]
    for name, z in itertools.product(CURVES, (-2, 0, 6)):
        lab.set(activation=name, z=z)
        assert "slope" not in lab.stage.live + lab.describe()
    lab.slopes = True
    assert "slope 1" in lab.stage.live and "Nudge" in lab.describe() and not lab.error


def test_looking_elsewhere_on_the_curve_is_not_yet_an_answer():
    lab = ActivationLab()
    lab.z = 3
    assert lab.untouched
    lab.w = 2
    assert not lab.untouched


@pytest.mark.parametrize("name", CURVES)
def test_there_are_always_as_many_rows_so_that_nothing_below_jumps(lab, name):
    for z, w, b in itertools.product((-5.75, 0, 6), (-4, 0, 0.25), (-8, 0)):
        lab.set(activation=name, z=z, w=w, b=b)
        lines, rows = lab.describe().splitlines(), lab.words()[1]
        assert len(lines) == 6 and all(len(line) < 109 for line in lines)
        assert [len(row) for row in rows.cells] == [5] * 4 and len(lines[0]) < 80


def test_the_arithmetic_stands_in_columns():
    assert ActivationLab("tanh", z=6, w=-2, b=3).words()[1].cells == [
        ["nudge", "f(6.001) − f(6)", "= 0.0000000246, divided by 0.001", "= 0.0000246", ""],
        ["slope", "f′(6)", "= 1 − a² = 1 − 0.9999877²", "= 0.0000246", "nearly flat"],
        ["neuron", "z = −2 × x + 3", "is 6 at x = (6 − 3) / (−2)", "= −1.5", ""],
        ["its slope", "w × slope", "= −2 × 0.0000246", "= −0.0000492", ""],
    ]


@pytest.mark.parametrize("name", CURVES)
def test_each_function_uses_its_plot(lab, name):
    lab.activation = name
    low, high = lab.stage.panels[0].ylim
    z = np.linspace(-6, 6, 121)
    values = np.concatenate([lab.f(z), lab.slope(z)])
    assert low < values.min() and values.max() < high
    assert np.ptp(values) > 0.7 * (high - low)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({}, "largest"),
        ({"z": 6}, "leave 0"),
        ({"activation": "relu", "z": 0}, "Go a quarter"),
        ({"activation": "step"}, "learn by small changes"),
        ({"w": 0}, "Turn w away from 0"),
        ({"activation": "relu", "w": 0.25, "z": 6}, "out of sight"),
        ({"activation": "relu", "z": 0, "slopes": False}, "sums below 0"),
        ({"b": -8, "slopes": False}, "out of sight"),
    ],
)
def test_the_help_asks_what_fits_the_state(state, words):
    assert words in ActivationLab(**state).describe().splitlines()[-1]


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
    assert lab.describe().splitlines()[-3:-1] == [
        "Neuron: a = f(0 × x + 2). As w = 0, it answers f(2) = 0.8808 whatever x is.",
        "A nudge of x changes nothing.",
    ]
    assert "w = 0: every x gives the sum b" in lab.stage.live


def test_a_place_outside_of_the_picture_is_said(lab):
    lab.set(w=0.25, b=8)
    assert lab.x == -28 and "← z = 1" in lab.stage.live
    lab.b = -8
    assert lab.x == 36 and "z = 1 →" in lab.stage.live
    assert [handle["id"] for handle in lab.stage.handles] == ["z"]
    lab.b = 1
    assert "z = 1" not in lab.stage.live and [handle["id"] for handle in lab.stage.handles] == ["z", "b", "x"]


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
    button(lab, "Reset").click()
    assert lab.untouched and lab.z == 1


def test_the_point_of_the_neuron_is_dragged_too(lab):
    lab.set(w=-2, b=1)
    neuron = lab.stage.panels[1]
    ((x, y),) = neuron.place(2.1, 0)
    drag(lab, "x", x, y)
    assert lab.z == -3.25 and lab.x == 2.125 and "x = 2.125" in lab.stage.handles[-1]["label"]
    press(lab, "x", "ArrowRight")
    assert lab.z == -3.5 and lab.x == 2.25
    drag(lab, "x", *neuron.place(6.5, 0)[0])
    assert lab.z == -6 and lab.x == 3.5


def test_a_point_of_the_neuron_never_leaves_the_picture_under_the_hand():
    lab = ActivationLab(w=0.1, z=0)
    for x in (-6.5, 6.5, 6.1):
        drag(lab, "x", *lab.stage.panels[1].place(x, 0)[0])
        assert abs(lab.x) <= 6.5 and not lab.error
    lab.close()


def test_the_grip_where_the_sum_is_0_turns_b(lab):
    lab.w = 2
    neuron = lab.stage.panels[1]
    drag(lab, "b", *neuron.place(3.1, 0)[0])
    assert (lab.w, lab.b) == (2, -6.25)
    for key, b in [("ArrowRight", -6.5), ("ArrowLeft", -6.25), ("ArrowDown", -6), ("Enter", -6)]:
        press(lab, "b", key)
        assert lab.b == b
    lab.w = -2
    press(lab, "b", "ArrowRight")
    assert lab.b == -5.75, "to the right, where the curve falls too"
    for __ in range(2):
        button(lab, "Undo").click()
    assert (lab.w, lab.b) == (2, -6)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("slopes", 1),
        ("z", 7),
        ("z", "1"),
        ("w", float("nan")),
        ("b", None),
        ("w", 1e9),
        ("activation", "Sigmoid"),
        ("activation", 2),
    ],
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


def test_a_weight_next_to_nothing_has_no_place_and_that_is_said(lab):
    lab.set(w=1e-308, b=1e5)
    assert "no x a computer can write gives the sum 1" in lab.describe() and "∞" not in lab.describe()
