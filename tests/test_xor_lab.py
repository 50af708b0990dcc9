"""Every control of the XOR lab, driven in Python: both ends, bad values, corners, words and the network's drawing."""

import itertools
import re

import numpy as np
import pytest
import traitlets
from hands import hear

from annkit import Network, data
from annkit.labs import XorLab

SOLVED = {"w12": -1, "w22": -1, "b2": 1.5, "c": -1.5}


@pytest.fixture
def lab():
    made = XorLab()
    yield made
    assert not made.error
    made.close()


def as_network(lab):
    net = Network([2, 2, 1], activation="step", output="step")
    net.weights[0], net.biases[0] = [[lab.w11, lab.w12], [lab.w21, lab.w22]], [lab.b1, lab.b2]
    net.weights[1], net.biases[1] = [[lab.v1], [lab.v2]], [lab.c]
    return net


def test_every_slider_at_both_ends_and_at_zero_agrees_with_a_network(lab):
    assert len(lab._sliders) == 9
    for name, slider in lab._sliders.items():
        for value in (slider.low, slider.high, 0.0):
            slider.move(value)
            assert getattr(lab, name) == value
            assert (lab.predict(lab.table.X) == as_network(lab).predict(lab.table.X)[:, 0]).all()
            assert f"{lab.right.sum()} of 4 right." in lab.describe()
        lab.reset()


def test_the_solution_of_the_chapter():
    lab = XorLab(**SOLVED)
    assert lab.describe().splitlines() == [
        "h₁: 0 × 1 + 1 × 1 − 0.5 = 0.5 > 0 → 1",
        "h₂: 0 × (−1) + 1 × (−1) + 1.5 = 0.5 > 0 → 1",
        "o: 1 × 1 + 1 × 1 − 1.5 = 0.5 > 0 → 1 (corner 01: right)",
        "4 of 4 right.",
        "The hidden units move the corners: 00 → 01, 01 → 11, 10 → 11, 11 → 10.",
    ]


def test_corners_are_chosen_by_hand_and_refused_where_there_are_none(lab):
    for number in (1, 3, 4, 2):
        hear(lab, event="click", id=f"p{number}", again=False)
        assert lab.point == number
        assert f"(corner {'00 01 10 11'.split()[number - 1]}:" in lab.describe()
    with pytest.raises(traitlets.TraitError):
        lab.point = 5
    assert lab.point == 2


def test_the_diagram_shows_values_signs_and_sizes():
    lab = XorLab(**SOLVED, w11=0, w21=3, point=4)
    strengths = np.frombuffer(lab.stage.strengths, np.int8).reshape(-1, 2)[:, 0].tolist()
    assert np.sign(strengths).tolist() == [0, -1, 1, -1, 1, 1]
    assert 0 < -strengths[1] < strengths[2]
    assert re.findall(r'class="annkit-v" font-size="[\d.]+">(\d)</text>', lab.stage.live) == ["1", "1", "1", "0", "0"]
    assert "h₂, b = 1.5" in lab.stage.live


def test_corners_that_meet_stand_side_by_side(lab):
    """On the right no two corners cover each other, wherever the hidden units put them."""
    for w12, w22, b2 in itertools.product((-1, 1), (-1, 1), (-0.5, 0.5, 1.5)):
        lab.set(w12=w12, w22=w22, b2=b2)
        places = [place for place in re.findall(r'<g transform="translate\(([^)]+)\)"', lab.stage.live)]
        assert len(set(places)) == 4


def test_code_makes_the_lab_again():
    lab = XorLab(w11=1 / 3, v2=-2.5, point=4)
    again = eval(lab.code(), {"XorLab": XorLab})
    assert again.describe() == lab.describe() and again.w11 == lab.w11


def test_the_handles_are_the_corners_in_words(lab):
    assert [handle["label"] for handle in lab.stage.handles] == [
        "corner 00, X, right", "corner 01, O, right", "corner 10, O, right", "corner 11, X, wrong",
    ]  # fmt: skip
    assert all(handle["box"] is None for handle in lab.stage.handles)
    assert lab.table == data.logic("XOR")
