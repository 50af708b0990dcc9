"""Every control of the landscape lab, driven in Python, and its walks against the formulas worked out by hand."""

import numpy as np
import pytest
from hands import button, drag, drop, press, refuses

from annkit import SGD, Adam
from annkit.labs import LandscapeLab
from annkit.labs.base.say import Rows
from annkit.labs.landscape.lands import LANDS, MOST_STEPS, WALKERS


@pytest.fixture
def lab():
    made = LandscapeLab()
    yield made
    assert not made.error
    made.close()


def test_every_slider_at_both_ends_and_at_zero(lab):
    assert list(lab._sliders) == ["steps", "learning_rate", "momentum", "w1", "w2"]
    for name, slider in lab._sliders.items():
        for value in (slider.low, 0, slider.high):
            slider.move(value)
            assert getattr(lab, name) == value and not lab.error
        lab.reset()


@pytest.mark.parametrize("land", LANDS)
def test_slopes_are_those_of_nudging(land):
    land, h = LANDS[land], 1e-6
    for x, y in np.random.default_rng(0).uniform(-2, 2, (20, 2)):
        nudged = [
            (land.error(x + h, y) - land.error(x - h, y)) / (2 * h),
            (land.error(x, y + h) - land.error(x, y - h)) / (2 * h),
        ]
        np.testing.assert_allclose(land.slope(x, y), nudged, atol=1e-6)
    for low in land.lowest:
        assert np.abs(land.slope(*low)).max() < 1e-12


def test_the_walks_by_hand(lab):
    lab.step(3)
    w, v, by_hand = np.array([-4.0, 1.0]), np.zeros(2), {}
    for __ in range(3):
        v = 0.8 * v + w * [0.2, 10]
        w = w - 0.1 * v
    by_hand["momentum"] = w
    w = np.array([-4.0, 1.0])
    for __ in range(3):
        w = w - 0.1 * w * [0.2, 10]
    by_hand["plain"] = w
    w, m, s = np.array([-4.0, 1.0]), np.zeros(2), np.zeros(2)
    for k in range(1, 4):
        g = w * [0.2, 10]
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        w = w - 0.1 * (m / (1 - 0.9**k)) / (np.sqrt(s / (1 - 0.999**k)) + 1e-8)
    by_hand["adam"] = w
    for name, place in by_hand.items():
        np.testing.assert_allclose(lab.walks[name].upto(3)[-1], place, atol=1e-12)


@pytest.mark.parametrize(
    ("settings", "arrivals"),
    [
        ({}, {"plain": 297, "momentum": 51}),
        ({"momentum": 0.9}, {"momentum": 103}),
        ({"momentum": 0.6, "learning_rate": 0.3}, {"plain": None, "momentum": 24}),
        ({"learning_rate": 0.195}, {"plain": 151}),
        ({"land": "hill", "momentum": 0.5, "w2": 0}, {"plain": "left", "momentum": "left"}),
        ({"land": "hill", "momentum": 0.8, "w2": 0}, {"plain": "left", "momentum": "right"}),
    ],
)
def test_who_arrives_where_and_when(settings, arrivals):
    lab = LandscapeLab(**settings, steps=MOST_STEPS)
    for name, expected in arrivals.items():
        walk = lab.walks[name]
        if isinstance(expected, str):
            assert walk.arrived(MOST_STEPS) is not None and (walk.upto(MOST_STEPS)[-1][0] > 0) == (expected == "right")
        else:
            assert walk.arrived(MOST_STEPS) == expected
    lab.close()


def test_steps_play_and_scrub(lab):
    button(lab, "Step").click()
    assert lab.steps == 1
    lab.step(9)
    ten = lab.describe()
    lab.steps = 200
    lab.steps = 10
    assert lab.describe() == ten
    assert all(f"{name}:" in ten for name in ("plain", "momentum", "Adam"))
    lab.steps = MOST_STEPS
    lab.play()
    lab.step()
    assert lab.steps == MOST_STEPS and not lab.stage.playing


def test_the_start_is_dragged_and_moved_by_keys(lab):
    lab.step(5)
    (panel,) = lab.stage.panels
    drag(lab, "start", *panel.place(2.1, -0.6)[0])
    drop(lab, "start", *panel.place(2.1, -0.6)[0])
    assert (lab.w1, lab.w2, lab.steps) == (2, -0.5, 5)
    press(lab, "start", "ArrowLeft")
    press(lab, "start", "ArrowUp")
    assert (lab.w1, lab.w2) == (1.75, -0.25)
    drag(lab, "start", -1e6, 1e6)
    assert (lab.w1, lab.w2) == (-5, -2)
    assert lab.undo() and (lab.w1, lab.w2) == (1.75, -0.25)


def test_what_leaves_for_good_is_said_and_every_number_is_finite(lab):
    lab.set(learning_rate=10, steps=MOST_STEPS)
    assert "left for good" in lab.describe()
    for word in ("nan", "inf", "∞"):
        assert word not in lab.describe() + lab.stage.live


def test_code_makes_it_again(lab):
    for values in ({}, {"land": "hill", "steps": 7, "walker": "adam"}, {"w1": 0.3, "momentum": 0.123, "steps": 3}):
        lab.set(**values)
        again = eval(lab.code())
        assert again.describe() == lab.describe()
        again.close()


def test_every_walker_tells_its_arithmetic(lab):
    for land in LANDS:
        for walker in WALKERS:
            lab.set(land=land, walker=walker, steps=4)
            assert "step 4 of" in lab.describe()


def test_what_is_refused(lab):
    refuses(lab, "w1", 7, "w1 should be from −5 to 5, not 7")
    refuses(lab, "learning_rate", -1, "learning_rate should be from 0 to 10")
    refuses(lab, "momentum", 1, "momentum should be from 0 to 0.99")
    refuses(lab, "steps", 401, "steps should be a whole number from 0 to 400")
    refuses(lab, "land", "vallee", "Did you mean valley")
    refuses(lab, "w2", np.nan, "finite")


def test_the_walks_are_those_of_the_optimizers():
    for land in LANDS:
        lab = LandscapeLab(land, steps=MOST_STEPS)
        for name, optimizer in {"plain": SGD(0.1), "momentum": SGD(0.1, 0.8), "adam": Adam(0.1)}.items():
            w = np.array([-4.0, 1.0])
            for place in lab.walks[name].upto(MOST_STEPS):
                np.testing.assert_allclose(place, w, atol=1e-9)
                w = optimizer.step(w, LANDS[land].slope(*w))
        lab.close()


def test_what_is_said_follows_from_the_state_alone(lab):
    lab.set(momentum=0.9, steps=MOST_STEPS)
    for steps in (103, 60, 30, 0):
        lab.steps = steps
        again = LandscapeLab(momentum=0.9, steps=steps)
        assert lab.describe() == again.describe() and lab.stage.live == again.stage.live
        again.close()


@pytest.mark.parametrize("walker", WALKERS)
def test_the_arithmetic_adds_up_in_the_digits_shown(lab, walker):
    for steps in (1, 2, 17, 60):
        lab.set(walker=walker, steps=steps)
        said = [piece for piece in lab.words() if isinstance(piece, Rows)][1]
        before, *__, change, after = ([float(each.replace("−", "-")) for each in row[1:]] for row in said.cells)
        np.testing.assert_allclose(np.add(before, change), after, atol=1e-9)


def test_who_leaves_is_drawn_until_it_is_off_the_chart(lab):
    lab.set(learning_rate=0.21, steps=MOST_STEPS)
    assert "There at step 55 (momentum), 116 (Adam)." in lab.describe()
    assert "plain has left for good." in lab.describe()
    assert len(lab.stage.live) < 8000
