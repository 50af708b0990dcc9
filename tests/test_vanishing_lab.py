"""Every control of the vanishing lab, driven in Python, and its bars against the network's own way back."""

import itertools
import math
import re

import numpy as np
import pytest
from hands import button, click, hear, press, refuses

from annkit import Network
from annkit.labs import VanishingLab
from annkit.labs.vanishing import path, picture
from annkit.labs.vanishing.stacks import SEEDS, Stacks, drawn

HE = math.sqrt(2)
FACTORS = {"none": 0, "plain": 1, "scaled": 12**-0.5}
LEVEL = {
    ("sigmoid", "none"): [],
    ("sigmoid", "plain"): range(1, 13),
    ("tanh", "none"): range(4, 9),
    ("tanh", "plain"): range(1, 7),
    ("relu", "none"): [5, 6, 7],
    ("relu", "plain"): [1, 2, 3],
    ("relu", "scaled"): range(1, 13),
}
"""In which quarters of g, up to 3, twelve layers are within a factor of ten."""


@pytest.fixture
def lab():
    made = VanishingLab()
    yield made
    assert not made.error
    made.close()


# What it computes.


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("factors", [(0, 0, 0, 0), (0, 1, 0, 0.5)])
def test_sizes_are_those_of_the_network(activation, factors):
    stacks, (X, T, layers, last) = Stacks(activation, 1.3, factors), drawn()
    net = Network([2, 64, 64, 64, 64, 1], activation, skips=factors)
    for seed in range(SEEDS):
        for into, weights in zip(net.weights, [*layers[:4], last], strict=True):
            into[...] = 1.3 * weights[seed]
        trace = net.forward(X)
        slopes = net.backward(trace, T, "binary_cross_entropy")
        sizes = [[np.sqrt((a**2).mean()) for a in each[:4]] for each in (trace.a, slopes.dE_da)]
        np.testing.assert_allclose([stacks.activations[seed], stacks.errors[seed]], sizes, rtol=1e-9)
    net.weights[2][...] = 1.3 * layers[2][0]
    assert stacks.weight(3, 2, 5) == net.weights[2][1, 4]


def test_slopes_along_a_path_against_nudging(lab):
    """The product is how one answer of the last layer answers to one of the first, along the path alone."""
    lab.set(depth=2, activation="tanh", skip="plain", path=(3, 3))
    (step,) = lab.steps
    weights = lab.spread * drawn()[2][1][0]

    def last(nudge):
        a = np.tanh(drawn()[0][0] @ drawn()[2][0][0])
        a[2] += nudge
        return (a + np.tanh(a @ weights))[2]

    assert step.factor == pytest.approx((last(1e-6) - last(-1e-6)) / 2e-6, rel=0.005)


@pytest.mark.parametrize(("activation", "skip"), LEVEL)
def test_where_twelve_layers_are_level(activation, skip):
    ratios = {}
    for quarter in range(1, 13):
        sizes = np.median(Stacks(activation, quarter / 4, [0, *[FACTORS[skip]] * 11]).errors, axis=0)
        ratios[quarter] = sizes.max() / sizes.min()
    assert [quarter for quarter, ratio in ratios.items() if ratio <= 10] == list(LEVEL[activation, skip])
    assert all(abs(math.log(ratio / 10)) > 0.05 for ratio in ratios.values()), "no number is near the mark"


def test_he_and_a_plain_skip_explode_and_a_scaled_one_does_not():
    plain, scaled = (VanishingLab(20, "relu", HE, skip) for skip in ("plain", "scaled"))
    assert plain.ratio > 1000 and plain.rates[0] < 0.001 and plain.activations[-1] > 1000 * plain.activations[0]
    assert scaled.ratio < 3 and VanishingLab(20, "relu", HE).ratio < 3
    assert VanishingLab(spread=10).ratio < 3, "the door that the slider keeps shut"


# What it says.


def test_the_arithmetic_of_the_path_can_be_done_again(lab):
    for skip, layer in itertools.product(FACTORS, (2, 5, 12)):
        lab.set(skip=skip, layer=layer, path=(1, 2, 2, 3, 3, 3, 8, 8, 1, 1, 5, 5))
        one, all_of_them = lab.describe().splitlines()[2:4]
        *__, numbers, factor = one.rstrip(".").split(" = ")
        assert path.text(eval(plain(numbers))) == factor
        factors, product = all_of_them.split(": ")[1].rstrip(".").split(" = ")
        assert eval(plain(factors)) == pytest.approx(eval(plain(product)), rel=0.051)
        assert factor.strip("()") == factors.split(" × ")[12 - layer].strip("()")


def plain(text):
    """Arithmetic as Python writes it."""
    for powers in ("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"):
        text = text.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", powers)) if powers[0] == "-" else text.replace("·10", "e")
    return text.replace("×", "*").replace("−", "-")


def test_what_it_says_of_the_first_layer(lab):
    assert lab.describe().startswith("Layer 1 gets 8.7·10⁶ times less error than layer 12.")
    lab.set(activation="relu", spread=HE, skip="plain")
    assert "times more error than layer 12" in lab.describe() and "grows on its way back" in lab.describe()
    lab.set(activation="sigmoid", spread=1, skip="scaled")
    assert lab.describe().startswith("Layer 1 gets as much error as layer 12.")
    assert any(piece.state().get("done") for piece in lab.words() if not isinstance(piece, str))
    lab.set(depth=1)
    assert lab.describe().startswith("With one hidden layer")
    lab.set(depth=20, activation="sigmoid", spread=100, skip="none")
    assert not re.search(r"\bnan\b", lab.describe() + lab.stage.live)


# Controls.


def test_every_slider_at_both_ends(lab):
    assert list(lab._sliders) == ["depth", "spread", "layer", "unit"]
    for name, activation, skip in itertools.product(("depth", "spread"), ("sigmoid", "relu"), FACTORS):
        lab.set(activation=activation, skip=skip)
        slider = lab._sliders[name]
        for value in (slider.low, slider.high):
            slider.move(value)
            assert getattr(lab, name) == value and not lab.error
        lab.reset()


def test_the_sliders_of_the_path(lab):
    assert (lab._sliders["layer"].low, lab._sliders["layer"].high) == (1, 12)
    lab._sliders["layer"].move(7)
    lab._sliders["unit"].move(8)
    assert lab.layer == 7 and lab.path == (1, 1, 1, 1, 1, 1, 8, 1, 1, 1, 1, 1)
    lab._sliders["unit"].move(9)
    assert lab.error == "unit should be a whole number from 1 to 8, not 9." and lab.path[6] == 8
    button(lab, "Straight").click()
    assert lab.path == (8,) * 12 and not lab.error
    button(lab, "Strongest path").click()
    strongest = abs(path.products(lab.steps)[-1])
    for units in np.random.default_rng(0).integers(1, 9, (200, 12)).tolist():
        lab.path = units
        assert abs(path.products(lab.steps)[-1]) <= strongest


def test_glorot_and_he_are_marks_on_the_slider(lab):
    assert lab._sliders["spread"].marks == [[1, "Glorot"], [HE, "He"]]
    lab._sliders["spread"].move(HE)
    assert lab.spread == HE and lab.code() == f"VanishingLab(spread={HE})"


# Wires.


def test_a_click_solders_the_first_wire_and_cuts_it_again(lab):
    x = picture.LEFT + 4.5 * (picture.RIGHT - picture.LEFT) / 12
    click(lab, x, picture.WIRES)
    assert lab.skip == "plain" and [layer for layer, factor in enumerate(lab.factors, 1) if factor] == [5]
    assert lab.layer == 5 and "its wire is soldered" in lab.stage.handles[0]["label"]
    before = lab.sizes
    hear(lab, event="click", id="l5", again=False)
    assert not any(lab.factors) and lab.cut == tuple(range(2, 13))
    assert (lab.sizes[:4] < before[:4] / 3).all() and lab.sizes[-1] == pytest.approx(before[-1], rel=0.01)
    lab.undo()
    assert lab.factors[4] == 1
    lab.undo()
    assert lab.skip == "none" and lab.cut == ()


def test_enter_cuts_and_solders_and_arrows_go_on(lab):
    lab.skip = "scaled"
    press(lab, "l2", "Enter")
    assert lab.cut == (2,) and "its wire is cut" in lab.stage.handles[0]["label"]
    press(lab, "l2", "ArrowRight")
    press(lab, "l3", " ")
    assert lab.cut == (2, 3) and lab.stage.handles[0]["id"] == "l3"
    press(lab, "l3", "Enter")
    assert lab.cut == (2,) and lab.factors == (0, 0, *[1 / math.sqrt(12)] * 10)
    lab.skip = "plain"
    assert lab.cut == (), "another kind of skip begins with all its wires"


def test_past_the_first_layer_no_wire_leads(lab):
    press(lab, "l2", "ArrowLeft")
    assert lab.layer == 1 and "no wire can lead" in lab.stage.handles[0]["label"]
    for key in ("ArrowLeft", "Enter"):
        press(lab, "l1", key)
    click(lab, picture.LEFT + 5, picture.WIRES)
    assert lab.layer == 1 and not any(lab.factors)


def test_units_are_led_through_by_clicks_and_keys(lab):
    click(lab, picture.RIGHT - 5, picture.FOOT - 1)
    assert lab.layer == 12 and lab.path[-1] == 8
    press(lab, "l12", "ArrowDown")
    assert lab.path[-1] == 8
    press(lab, "l12", "ArrowUp")
    assert lab.path[-1] == 7
    before = lab.code()
    for x, y in ((1, 1), (799, picture.WIRES), (400, 100)):
        click(lab, x, y)
    assert lab.code().split("layer")[0] == before.split("layer")[0]


def test_a_network_of_other_depth_keeps_what_still_fits(lab):
    lab.set(skip="plain", cut=[9, 3, 3], layer=11, path=range_of(12))
    assert lab.cut == (3, 9)
    lab.depth = 4
    assert (lab.cut, lab.layer, lab.path) == ((3,), 4, (1, 2, 3, 4))
    lab.depth = 6
    assert lab.path == (1, 2, 3, 4, 4, 4)
    lab.undo()
    lab.undo()
    assert (lab.depth, lab.cut, lab.layer) == (12, (3, 9), 11)


def range_of(depth):
    return [1 + layer % 8 for layer in range(depth)]


# The picture, and what is refused.


@pytest.mark.parametrize(
    ("state", "powers"),
    [
        ({}, (-12, 2)),
        ({"depth": 20}, (-16, 2)),
        ({"activation": "relu", "spread": HE, "skip": "plain", "depth": 20}, (-10, 6)),
        ({"skip": "plain"}, (-10, 2)),
    ],
)
def test_the_scale_holds_all_there_is(state, powers):
    assert VanishingLab(**state).drawn_for == powers


def test_the_scale_stays_until_it_is_much_too_large(lab):
    lab.depth = 20
    lab.skip = "plain"
    assert lab.drawn_for == (-16, 2)
    lab.set(depth=20, spread=0.05, skip="none")
    lab.set(spread=1, skip="plain")
    assert lab.drawn_for == (-10, 2)


@pytest.mark.parametrize("depth", [1, 2, 12, 20])
def test_pictures_are_small(depth):
    lab = VanishingLab(depth=depth, skip="plain")
    sent = len(lab.stage.live.encode()) + len(lab.stage.pixels) + len(str(lab.stage.said)) + len(lab.stage.words)
    assert sent < 8000 and len(lab._repr_mimebundle_()["text/html"]) < 60_000
    assert eval(lab.code()).describe() == lab.describe()
    assert lab.stage.saved(lab.describe()).count("∂E/∂a") == 0, "the picture is data"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("depth", 0, "depth should be a whole number from 1 to 20, not 0"),
        ("depth", 21, "from 1 to 20, not 21"),
        ("depth", 2.5, "depth should be a whole number"),
        ("spread", 0, "spread should be"),
        ("spread", math.nan, "spread should be a finite number"),
        ("spread", "1", "spread should be"),
        ("activation", "rleu", "Did you mean relu"),
        ("skip", "thick", "skip should be one of none, plain, scaled"),
        ("cut", 3, r"cut should be the layers whose wire is cut, such as \(3, 5\), not 3"),
        ("cut", (1,), r"cut\[0\] should be a whole number from 2 to 12, not 1"),
        ("layer", 13, "layer should be a whole number from 1 to 12"),
        ("path", (1, 2), "path should be a unit for each of the 12 layers, from 1 to 8"),
        ("path", [9] * 12, r"path\[0\] should be a whole number from 1 to 8, not 9"),
    ],
)
def test_what_is_refused(lab, name, value, words):
    refuses(lab, name, value, words)
