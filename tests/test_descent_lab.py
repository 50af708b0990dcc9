"""Every control of the descent lab, driven in Python: sliders, drags, keys, play, fog, bad values, numbers by hand."""

import math
import re

import numpy as np
import pytest
from hands import button, click, drag, drop, hear, press, refuses

from annkit.labs import DescentLab
from annkit.labs.descent.curves import CURVES, EVERY, LANDS
from annkit.labs.descent.walk import AWAY, STARTS, UNSETTLED, arrived, ends, path, runs

every_curve = pytest.mark.parametrize("name", EVERY)


@pytest.fixture
def lab():
    made = DescentLab()
    yield made
    assert not made.error
    made.close()


def at(lab, w, panel=0):
    """A place over w in the middle of a panel, in stage units."""
    panel = lab.stage.panels[panel]
    return panel.place(w, 0)[0, 0], panel.y + panel.height / 2


def badge(lab):
    """The short words for how it goes, and whether that is well."""
    pieces = lab.words()
    for piece, state in zip(pieces, lab.stage.said, strict=True):
        if state["kind"] == "badge":
            return str(piece), state["done"]
    return None


# The curves.


@every_curve
def test_the_slope_is_what_nudges_find_for_numbers_and_for_arrays(name):
    curve = EVERY[name]
    places = np.linspace(*curve.ends, 81)
    nudged = (curve.E(places + 1e-5) - curve.E(places - 1e-5)) / 2e-5
    assert curve.slope(places) == pytest.approx(nudged, abs=1e-7)
    for w in (*curve.ends, 0.25):
        assert curve.slope(w) == curve.slope(np.array([w]))[0] and curve.E(w) == curve.E(np.array([w]))[0]


@every_curve
def test_bottoms_and_tops_are_where_the_slope_is_0_and_changes_its_sign(name):
    curve = EVERY[name]
    for w, curvature in curve.bottoms:
        assert abs(curve.slope(w)) < 1e-15 and curve.slope(w - 0.1) < 0 < curve.slope(w + 0.1)
        assert curvature == pytest.approx((curve.slope(w + 1e-5) - curve.slope(w - 1e-5)) / 2e-5, abs=1e-6)
    for w in curve.tops:
        assert curve.slope(w) == 0 and curve.slope(w - 0.1) > 0 > curve.slope(w + 0.1)
    assert [bottom.w for bottom in curve.bottoms] == sorted(bottom.w for bottom in curve.bottoms)
    w = np.linspace(*curve.window, 1001)
    assert w[curve.E(w).argmin()] == pytest.approx(curve.lowest.w, abs=0.02)
    assert 0 <= curve.E(curve.start) <= curve.high and curve.ends[0] <= curve.start <= curve.ends[1]


def test_the_three_curves_are_those_of_the_formulas():
    def sigmoid(z):
        return 1 / (1 + math.exp(-z))

    for w in (-4, -1.25, 0.5, 3):
        assert CURVES["bowl"].E(w) == (w - 3) ** 2
        E = (3 * w**4 + 2 * w**3 - 24 * w**2 - 24 * w + 80) / 60
        assert CURVES["valleys"].E(w) == pytest.approx(E, abs=1e-12)
        samples = [(1, 1), (2, 0)]
        E = sum((t - sigmoid(w * x)) ** 2 for x, t in samples) / 2
        assert CURVES["neuron"].E(w) == pytest.approx(E, abs=1e-12)
    assert CURVES["valleys"].E(-2) == pytest.approx(16 / 15) and CURVES["valleys"].E(2) == 0
    assert (CURVES["valleys"].E(-4), CURVES["valleys"].slope(-4)) == (7.2, -8.4)


# Descent.


def test_the_start_in_words(lab):
    assert lab.describe().splitlines() == [
        "E = 9",
        "At the start, w = 0.",
        "Next: w − α × slope = 0 − 0.1 × (−6) = 0.6",
        "Starts that end at w = 3: 100\N{NO-BREAK SPACE}%",
        "The dashed ring shows where the step will land. Press Step, or Play.",
    ]


def test_in_the_bowl_a_half_lands_at_once_1_swings_for_ever_and_above_it_diverges():
    assert DescentLab(learning_rate=0.5, steps=9).path == (0, 3)
    assert DescentLab(learning_rate=1, steps=500).path == (0, 6) * 250 + (0,)
    lab = DescentLab(learning_rate=1.05, steps=4)
    assert lab.path == pytest.approx((0, 6.3, -0.63, 6.993, -1.3923))
    assert badge(lab) == ("Diverging", False)
    lab.step(400)
    assert not lab.error and lab.taken < 150 and abs(lab.w) <= 1e6
    assert badge(lab) == ("Diverged", False)
    for text in (lab.describe(), lab.stage.svg()):
        assert not re.search(r"\b(nan|inf)\b", text)
    lab.learning_rate = 0.1
    assert badge(lab) == ("At the lowest place", True)


@pytest.mark.parametrize(
    ("rate", "steps"),
    [(0.05, 55), (0.1, 26), (0.2, 12), (0.4, 4), (0.5, 1), (0.6, 4), (0.8, 12), (0.9, 26), (0.95, 55)],
)
def test_how_many_steps_each_rate_needs_in_the_bowl(rate, steps):
    lab = DescentLab(learning_rate=rate)
    lab.step(200)
    assert lab.taken == steps and badge(lab)[1]


def test_from_minus_4_each_rate_leads_where_it_should():
    lab, found = DescentLab("valleys", steps=500), {}
    for twentieth in range(1, 26):
        lab.learning_rate = twentieth / 20
        bottom = arrived(lab.curve_shown, lab.w, lab.learning_rate)
        found[twentieth] = bottom.w if bottom else badge(lab)[0]
    assert {found[k] for k in range(1, 9)} == {-2} == {found[18]}
    assert {found[k] for k in range(9, 18)} == {2}
    assert {found[k] for k in range(19, 26)} == {"Diverged"}


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"learning_rate": 0}, "No step"),
        ({"learning_rate": 0.1, "steps": 1}, "Converging, from one side"),
        ({"learning_rate": 0.8, "steps": 1}, "Converging, to and fro"),
        ({"learning_rate": 0.5, "steps": 1}, "Exactly at the lowest place"),
        ({"learning_rate": 1, "steps": 1}, "Too far"),
        ({"learning_rate": 1, "steps": 2}, "To and fro for ever"),
        ({"learning_rate": 1.25, "steps": 1}, "Too far"),
        ({"learning_rate": 1.25, "steps": 2}, "Diverging"),
        ({"learning_rate": 1, "start": 3}, "Exactly at a bottom"),
        ({"learning_rate": 0.001, "steps": 3}, "Hardly moving"),
        ({"curve": "valleys", "learning_rate": 0.5, "steps": 1}, "Over the hill"),
        ({"curve": "valleys", "learning_rate": 0.1, "steps": 99}, "In the other valley"),
        ({"curve": "valleys", "start": -0.5}, "On top of the hill"),
        ({"curve": "valleys", "learning_rate": 1.05, "steps": 3}, "Diverged"),
        ({"curve": "neuron", "start": -2, "learning_rate": 1000, "steps": 1}, "On a plain"),
        ({"curve": "neuron", "learning_rate": 8, "steps": 200}, "To and fro for ever"),
        ({"curve": "neuron", "learning_rate": 2, "steps": 200}, "At the lowest place"),
    ],
)
def test_how_it_goes_in_words(state, words):
    lab = DescentLab(**state)
    assert badge(lab) == (words, "lowest" in words)
    assert not lab.error


def test_what_is_said_of_the_last_step_is_true_everywhere():
    for name in CURVES:
        lab = DescentLab(name)
        for rate in (0.05, 0.5, 0.9, 1, 1.1, 6, 9):
            lab.set(learning_rate=rate, steps=0)
            for __ in range(12):
                if not lab.advance():
                    break
                said, E = badge(lab)[0], [lab.curve_shown.E(w) for w in lab.path]
                if said.startswith("Converging") or said in ("Hardly moving", "Over the hill"):
                    assert E[-1] < E[-2]
                if said == "Diverging":
                    assert E[-1] > E[-2] > E[-3]
                    assert badge(DescentLab(name, learning_rate=rate, steps=500))[0] == "Diverged"
                if said == "To and fro for ever":
                    assert lab.path[-1] == pytest.approx(lab.path[-3])


def test_the_step_in_words_follows_from_its_digits_or_is_about_it():
    for state in (
        dict(steps=3),
        dict(steps=4),
        dict(curve="valleys", learning_rate=0.5, steps=5),
        dict(curve="neuron"),
    ):
        line = DescentLab(**state).describe().splitlines()[2]
        numbers = re.fullmatch(r"Next: w − α × slope = (\S+) − (\S+) × \(?([^)]+)\)? ([=≈]) (\S+)", line).groups()
        w, rate, slope, new = (float(text.replace("−", "-")) for text in (*numbers[:3], numbers[4]))
        assert w - rate * slope == pytest.approx(new, abs=2e-4)
        assert (numbers[3] == "=") == (abs(w - rate * slope - new) < 1e-9)


def test_the_step_is_set_like_arithmetic(lab):
    rows = lab.stage.said[2]
    assert rows["cells"] == [["w =", "0"], ["− 0.1 × (−6) =", "0.6"], ["new w =", "0.6"]]
    assert rows["total"] and rows["signed"] == [1]


def test_a_way_is_as_long_as_it_was_walked_and_not_longer():
    assert path("bowl", 0.0, 0.5, 100) == (0, 3) and len(path("bowl", 0.0, 0.1, 5)) == 6
    assert path("bowl", 0.0, 0.0, 5) == (0,)
    lab = DescentLab(steps=5)
    lab.step(3)
    assert (lab.steps, lab.taken) == (8, 8)
    lab.set(learning_rate=0.4)
    assert (lab.steps, lab.taken) == (8, 4)
    lab.learning_rate = 0.1
    assert lab.taken == 8, "another rate, and all the steps follow"
    lab.learning_rate = 1
    lab.step(600)
    assert lab.steps == lab.taken == 500 and "After 500 steps, which are the most there are, w = " in lab.describe()


# Where starts end.


@every_curve
@pytest.mark.parametrize("rate", [0, 0.05, 0.5, 0.9, 1, 1.25, 7])
def test_every_stripe_is_where_its_start_leads(name, rate):
    curve, kinds = EVERY[name], ends(name, rate)
    starts = np.linspace(*curve.window, STARTS)
    for start, kind in list(zip(starts.tolist(), kinds.tolist(), strict=True))[::29]:
        last = path(name, start, rate, 200)[-1]
        if kind >= 0:
            assert arrived(curve, last, rate) == curve.bottoms[kind]
        elif kind == AWAY:
            assert abs(last - rate * curve.slope(last)) > 1e6
        else:
            assert arrived(curve, last, rate) is None and abs(last) < 1e6
    assert not kinds.flags.writeable


def test_the_stripes_change_with_alpha_and_a_bowl_has_one_colour():
    def changes(rate):
        return len(runs(ends("valleys", rate))) - 1

    assert [changes(0.1), changes(0.5)] == [1, 3] and changes(0.9) > 6
    assert runs(ends("bowl", 0.3)) == [(0, 0, STARTS)] and runs(ends("bowl", 1)) == [(UNSETTLED, 0, STARTS)]
    assert set(ends("bowl", 1.25).tolist()) <= {AWAY, UNSETTLED}


def test_stripes_are_drawn_in_the_colours_of_the_pools():
    lab = DescentLab("valleys", learning_rate=0.5)
    paths = re.findall(r'<path d="([^"]+)" fill="var\(--annkit-(\w+),[^>]*fill-opacity="0.9"', lab.stage.live)
    assert [(path.count("M"), colour) for path, colour in paths] == [(2, "teal"), (2, "violet")]
    pools = re.findall(r'<polygon[^>]*fill="var\(--annkit-(\w+),', lab.stage.live)
    assert pools == ["violet", "teal"]
    assert "Starts that end at w = −2: 44\N{NO-BREAK SPACE}%" in lab.describe()


def test_a_share_is_only_100_or_0_percent_where_it_is_all_or_none():
    line = DescentLab(learning_rate=1.05).describe().splitlines()[3:5]
    assert line == [
        "Not at rest after 200 steps: < 1\N{NO-BREAK SPACE}%",
        "Starts that leave for good: > 99\N{NO-BREAK SPACE}%",
    ]


# Controls.


def test_every_slider_at_both_ends_and_at_0(lab):
    assert list(lab._sliders) == ["start", "learning_rate", "steps", "stride"]
    for name, values in {
        "start": (-2, 8, 0, 2.75), "learning_rate": (0, 1.25, 0.5, 1), "steps": (0, 20, 7), "stride": (-4, 4, 0),
    }.items():  # fmt: skip
        slider = lab._sliders[name]
        assert (slider.low, slider.high) == (min(values), max(values))
        for value in values:
            slider.move(value)
            assert getattr(lab, name) == value and not lab.error


@pytest.mark.parametrize("curve", CURVES)
def test_every_stop_of_alpha_is_the_number_that_is_written_so(curve):
    lab = DescentLab(curve)
    slider = lab._sliders["learning_rate"]
    assert (slider.low, slider.high, slider.step) == (0, lab.curve_shown.rates, 0.05)
    for k in range(0, round(slider.high * 20) + 1, 3):
        slider.move(k * slider.step)  # as browsers and people add up
        assert lab.learning_rate == k / 20
    slider.move(0.123)
    assert lab.learning_rate == 0.123


def test_another_curve_brings_its_start_and_begins_anew_unless_that_is_said():
    lab = DescentLab(steps=5)
    lab.curve = "valleys"
    assert (lab.start, lab.steps, lab.learning_rate, lab.fog) == (-4, 0, 0.1, False)
    lab.set(curve="bowl", start=-4 + 3, steps=2)
    assert (lab.start, lab.steps) == (-1, 2)
    lab.set(start=-1, steps=2)
    assert lab.steps == 2
    lab.start = -1
    assert lab.steps == 0
    chooser = lab._choosers["curve"]
    chooser.value = "neuron"
    assert lab.curve == "neuron" and lab._sliders["start"].low == -6 and lab._sliders["learning_rate"].high == 10
    assert [value for __, value in chooser.options] == list(EVERY)


def test_the_point_is_dragged_along_w_and_begins_anew(lab):
    lab.steps = 3
    for w, lands in [(5.1, 5), (-9, -2), (12, 8), (1.4, 1.5)]:
        drag(lab, "point", *at(lab, w))
        assert (lab.start, lab.steps, lab.w) == (lands, 0, lands)
    drop(lab, "point", *at(lab, 2))
    assert lab.start == 2
    lab.undo()
    assert (lab.start, lab.steps) == (0, 3)


def test_the_ring_is_dragged_and_alpha_follows(lab):
    for w, rate in [(3, 0.5), (6, 1), (0.6, 0.1), (-1, 0), (8, 1.25)]:
        drag(lab, "landing", *at(lab, w))
        assert lab.learning_rate == rate
        lab.learning_rate = 0.5
    lab.set(start=6, learning_rate=0.1)
    drag(lab, "landing", *at(lab, 3))
    assert lab.learning_rate == 0.5
    lab.start = 3
    drag(lab, "landing", *at(lab, 5))
    assert lab.learning_rate == 0.5, "where it is level no α leads anywhere"


def test_keys_move_the_point_and_the_ring_and_take_the_step(lab):
    for key, w in (("ArrowRight", 0.25), ("ArrowUp", 0.5), ("ArrowLeft", 0.25), ("ArrowDown", 0)):
        press(lab, "point", key)
        assert lab.start == w
    for key, rate in (("ArrowRight", 0.15), ("ArrowUp", 0.2), ("ArrowLeft", 0.15), ("ArrowDown", 0.1)):
        press(lab, "landing", key)
        assert lab.learning_rate == rate
    lab.start = 6
    for key, rate in (("ArrowLeft", 0.15), ("ArrowRight", 0.1), ("ArrowDown", 0.05), ("ArrowDown", 0)):
        press(lab, "landing", key)
        assert lab.learning_rate == rate
    lab.learning_rate = 0.5
    press(lab, "point", "Enter")
    assert lab.path == (6, 3)
    lab.steps = 0
    press(lab, "landing", " ")
    assert lab.w == 3
    for key in ("Delete", "Backspace"):
        press(lab, "point", key)
    assert lab.path == (6, 3)


def test_a_click_on_the_picture_or_on_a_stripe_is_a_start(lab):
    for panel, w in ((0, 5.1), (1, -1.2)):
        click(lab, *at(lab, w, panel))
        assert lab.start == round(w * 4) / 4
    click(lab, 1, 1)
    assert lab.start == -1.25


def test_play_goes_to_the_end_and_stops(lab):
    button(lab, "Play").value = True
    assert lab.stage.playing
    for n in range(1, 40):
        hear(lab, event="tick", n=n)
    assert lab.taken == 26 and not lab.stage.playing and badge(lab)[1]
    lab.undo()
    assert lab.steps == 0
    button(lab, "Step").click()
    assert lab.path == (0, pytest.approx(0.6))
    assert lab.pace == 5


# The picture.


def handle(lab, name):
    return next((each for each in lab.stage.handles if each["id"] == name), None)


def test_the_step_is_drawn_before_it_is_taken(lab):
    panel, ring = lab.stage.panels[0], handle(lab, "landing")
    assert panel.data(ring["x"], ring["y"]) == pytest.approx((0.6, 5.76), abs=0.03)
    assert ">+0.6<" in lab.stage.live and ">slope −6<" in lab.stage.live
    lab.step()
    point = handle(lab, "point")
    assert panel.data(point["x"], point["y"]) == pytest.approx((0.6, 5.76), abs=0.03)


def test_what_leaves_the_picture_is_told_at_its_edge():
    lab = DescentLab(learning_rate=1.25, steps=1)
    assert "+" not in str(handle(lab, "landing")) and ">← to w = −3.75, −11.25<" in lab.stage.live
    lab.step()
    panel, point = lab.stage.panels[0], handle(lab, "point")
    assert panel.holds(point["x"], point["y"]) and point["box"] and "w = −3.75" in point["label"]
    assert ">w = −3.75<" in lab.stage.live and ">+16.875, to w = 13.125 →<" in lab.stage.live
    assert handle(lab, "landing") is None
    lab.step()
    assert panel.holds(*(handle(lab, "point")[axis] for axis in "xy")) and ">w = 13.125<" in lab.stage.live
    steep = DescentLab("land 1", start=5)
    assert panel.holds(*(handle(steep, "point")[axis] for axis in "xy"))
    for made in (lab, steep, DescentLab("valleys", learning_rate=1000, steps=9)):
        numbers = map(float, re.findall(r"-?\d+\.\d", made.stage.live))
        assert max(map(abs, numbers)) <= 1e5
        assert not made.error


def test_words_beside_the_point_stay_in_the_picture():
    for name, curve in CURVES.items():
        for start in curve.ends:
            lab = DescentLab(name, start=start)
            panel = lab.stage.panels[0]
            x, anchor, words = re.search(
                r'<text x="([\d.]+)"[^>]*text-anchor="(\w+)"[^>]*>(slope [^<]+)<', lab.stage.live
            ).groups()
            left = float(x) - {"start": 0, "middle": 0.5, "end": 1}[anchor] * 8 * len(words)
            assert panel.x - 1 <= left and left + 8 * len(words) <= panel.x + panel.width + 1


# Fog.


def test_in_fog_only_the_slope_is_told(lab):
    button(lab, "Walk in fog").click()
    assert (lab.curve, lab.fog, lab.start, lab.w) == ("land 1", True, 3.5, 3.5)
    assert lab.describe().splitlines() == [
        "Fog. You stand at w = 3.5.",
        "The slope under your feet is 9.5: the ground falls to the left.",
        "Your step: 0, to w = 3.5.",
        "Choose a step: turn it, or drag the dashed ring. Then press Step.",
    ]
    assert lab.stage.boxes and "polygon" not in lab.stage.live
    heights = {round(each["y"]) for each in lab.stage.handles}
    lab._sliders["stride"].move(-3)
    button(lab, "Step").click()
    assert heights == {round(each["y"]) for each in lab.stage.handles}, "no height is given away"
    assert lab.walked == (0.5,) and "Step 1: w = 0.5, slope 3.5" in lab.describe()


def test_controls_are_those_of_fog_or_of_the_open(lab):
    def hidden(*names):
        widgets = [lab._sliders.get(name) or button(lab, name) for name in names]
        return [widget.layout.display == "none" for widget in widgets]

    names = "start", "learning_rate", "steps", "Play", "Walk in fog", "stride", "Lift the fog", "Step"
    assert hidden(*names) == 5 * [False] + 2 * [True] + [False]
    lab.into_fog()
    assert hidden(*names) == 5 * [True] + 3 * [False]
    button(lab, "Lift the fog").click()
    assert hidden(*names) == 5 * [False] + 2 * [True] + [False]


def test_a_step_in_fog_is_chosen_by_drag_by_key_and_by_click(lab):
    lab.into_fog()
    lab.into_fog()
    assert lab.curve == "land 1", "whoever is in fog stays there"
    drag(lab, "landing", *at(lab, 1.1))
    assert (lab.stride, lab.landing) == (-2.5, 1)
    press(lab, "landing", "ArrowLeft")
    press(lab, "landing", "ArrowDown")
    assert lab.landing == 0.5
    click(lab, *at(lab, -2))
    assert lab.landing == -2
    press(lab, "landing", "Enter")
    assert lab.walked == (-2,) and lab.landing == -2, "every step is chosen anew"
    lab.stride = -9
    assert lab.landing == -5, "as far as the land goes"
    assert "Your step: −9, but the land ends at w = −5." in lab.describe()
    lab.stride = 0
    before = lab.describe()
    lab.step()
    assert lab.describe() == before
    lab.stride = 0.75
    press(lab, "landing", " ")
    assert lab.w == -1.25 and lab.slope == 0
    assert "the ground is level" in lab.describe() and "a valley, a hill or a plain?" in lab.describe()


def test_when_the_fog_lifts_your_steps_lie_on_the_curve_beside_those_of_descent():
    lab = DescentLab("land 2", fog=True, walked=(2, 0, -1.5))
    lab.lift_fog()
    assert (lab.fog, lab.steps) == (False, 3) and badge(lab) == ("You found the lowest place", True)
    assert "You: 3 steps to w = −1.5, E = 0." in lab.describe()
    assert "Descent: 3 steps to w = 3.0917, E = 1.3588." in lab.describe()
    diamonds = re.findall(r'<g transform="translate\(([\d.]+),([\d.]+)\)"><g class="annkit-coming"', lab.stage.live)
    panel = lab.stage.panels[0]
    for place, w in zip(diamonds, (4, 2, 0, -1.5), strict=True):
        assert panel.data(*map(float, place)) == pytest.approx((w, lab.curve_shown.E(w)), abs=0.03)
    lab.learning_rate = 0.5
    assert "annkit-coming" not in lab.stage.live, "it lifts once"
    for walked, words in (((2.5,), "You are in the other valley"), ((0,), "You are not at a bottom")):
        assert badge(DescentLab("land 2", walked=walked)) == (words, False)
    lab.start = 3
    assert lab.walked == ()


@pytest.mark.parametrize("name", LANDS)
def test_every_land_can_be_walked_to_its_lowest_place(name):
    lab = DescentLab(name, fog=True)
    goal = round(lab.curve_shown.lowest.w * 4) / 4
    lab.stride = goal - lab.w
    lab.step()
    lab.lift_fog()
    assert badge(lab) == ("You found the lowest place", True)


def test_lands_follow_each_other_and_one_that_is_chosen_lies_in_fog(lab):
    seen = []
    for __ in range(5):
        lab.into_fog()
        seen.append((lab.curve, lab.start))
        lab.set(stride=-0.25)
        lab.step()
        lab.lift_fog()
    assert seen == [(name, LANDS[name].start) for name in ["land 1", "land 2", "land 3", "land 4", "land 1"]]
    lab._choosers["curve"].value = "land 3"
    assert lab.fog and lab.walked == ()
    lab._choosers["curve"].value = "bowl"
    assert not lab.fog


def test_a_walk_in_fog_has_an_end():
    lab = DescentLab("land 1", fog=True, start=-5)
    for __ in range(30):
        lab.stride = 0.25
        lab.step()
    assert len(lab.walked) == 20 and "20 steps are as many as there are" in lab.describe()
    assert len(lab.code()) < 250
    lab.lift_fog()
    assert lab.steps == 20 and not lab.error


# State.


def test_what_is_refused_leaves_everything_as_it_is():
    lab = DescentLab(steps=2)
    refuses(lab, "curve", "bowel", "Did you mean bowl")
    refuses(lab, "curve", ["bowl"], "curve should be one of")
    refuses(lab, "start", 8.25, "from −2 to 8")
    refuses(lab, "start", "left", "one number")
    refuses(lab, "learning_rate", -0.5, "from 0 to 1000")
    refuses(lab, "learning_rate", float("nan"), "finite")
    refuses(lab, "learning_rate", 1e9, "from 0 to 1000")
    refuses(lab, "steps", 2.5, "whole number")
    refuses(lab, "steps", 501, "from 0 to 500")
    refuses(lab, "fog", "thick", "True or False")
    refuses(lab, "walked", [[1]], "up to 20 places")
    refuses(lab, "walked", range(21), "up to 20 places")
    refuses(lab, "walked", [9], "from −2 to 8")
    refuses(lab, "stride", None, "one number")
    with pytest.raises(AttributeError, match="start"):
        lab.w = 3


def test_code_undo_and_redo():
    lab = DescentLab("valleys", learning_rate=0.5)
    lab.step()
    lab.set(start=3)
    lab.into_fog()
    lab.set(stride=-1)
    lab.step()
    lab.lift_fog()
    stages = [lab.describe()]
    while lab.undo():
        stages.append(lab.describe())
        again = eval(lab.code(), {"DescentLab": DescentLab})
        assert again.describe() == lab.describe()
    assert lab.untouched and lab.code() == "DescentLab(curve='valleys', learning_rate=0.5)"
    while lab.redo():
        pass
    assert lab.describe() == stages[0]
    lab.reset()
    assert lab.untouched and not lab.error


def test_nothing_on_screen_is_no_number_whatever_is_turned():
    lab = DescentLab()
    for name in EVERY:
        lab.curve = name
        for rate in (0, 0.05, 1, 999):
            for fog in (False, True):
                lab.set(learning_rate=rate, steps=500, fog=fog, walked=(0, 0.25))
                assert not re.search(r"\b(nan|inf)\b|∞", lab.describe() + lab.stage.svg())
                assert not lab.error
