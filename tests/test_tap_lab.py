"""Every control of the tap lab, driven in Python: sliders, drags, keys, descent, bad values, numbers by hand."""

import itertools
import re

import numpy as np
import pytest
import traitlets
from hands import drag, drop, hear, press, refuses

from annkit.labs import TapLab
from annkit.labs.tap import COLOURS, LIGHTS, NEAR

PURE = ((1, 0, 0), (0, 1, 0), (0, 0, 1))


@pytest.fixture
def lab():
    made = TapLab()
    yield made
    assert not made.error
    made.close()


def at(lab, weight, lane):
    """A place on a tap's lane, in stage units."""
    ((x, y),) = lab.stage.panels[0].place(weight, lane).tolist()
    return x, y


def drag_to(lab, tap, weight):
    drag(lab, tap, *at(lab, weight, int(tap[1])))


def button(lab, words):
    def inside(widget):
        yield widget
        for child in getattr(widget, "children", ()):
            yield from inside(child)

    return next(widget for widget in inside(lab) if getattr(widget, "description", None) == words)


def by_hand(weights, lights):
    """The mix, without NumPy's products."""
    return [sum(w * light[channel] for w, light in zip(weights, lights, strict=True)) for channel in range(3)]


def test_the_start_in_words(lab):
    assert lab.describe().splitlines() == [
        "Error E = (−0.5)² + 0.375² + 0.375² = 0.5312",
        "red: 0.75 × 0.875 + 0.25 × 0.375 + 0 × 0.125 = 0.75, wanted 0.25",
        "green: 0 × 0.875 + 0.75 × 0.375 + 0.25 × 0.125 = 0.3125, wanted 0.6875",
        "blue: 0.25 × 0.875 + 0 × 0.375 + 0.75 × 0.125 = 0.3125, wanted 0.6875",
        "Opened by 0.01, a tap changes E by: rose +0.0057, lime −0.0031, sky −0.0074. Most: sky; open it.",
    ]
    assert lab.E == 0.53125 and lab.slopes.tolist() == [0.5625, -0.3125, -0.75]


def test_every_slider_at_both_ends_and_between(lab):
    assert list(lab._sliders) == ["w1", "w2", "w3"]
    for name, slider in lab._sliders.items():
        assert (slider.low, slider.high, slider.step) == (0, 1, 1 / 16)
        for value in (0, 1, 0.0625, 0.5):
            slider.move(value)
            assert getattr(lab, name) == value
            mix = by_hand([lab.w1, lab.w2, lab.w3], LIGHTS)
            assert lab.mix.tolist() == mix
            assert lab.E == sum((a - b) ** 2 for a, b in zip(lab.wanted, mix, strict=True))


def test_all_open_is_white_and_all_closed_is_black():
    assert TapLab(w1=1, w2=1, w3=1).mix.tolist() == [1, 1, 1]
    dark = TapLab(w1=0, w2=0, w3=0)
    assert dark.mix.tolist() == [0, 0, 0] and 'fill="#000000"' in dark.stage.live


def test_the_two_colours_touch_and_are_those_of_the_numbers():
    lab = TapLab(w1=1, w2=1, w3=1, wanted=(0.5, 0, 0.25))
    boxes = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"[^>]* fill="(#\w+)"', lab.stage.live)
    places = {fill: (float(x), float(width)) for x, width, fill in boxes}
    (x, width), (start, half) = places["#ffffff"], places["#bc0089"]
    assert x < start < x + width and start + half == pytest.approx(x + width, abs=0.2)


def test_a_flow_is_as_thick_as_its_tap_is_open(lab):
    def thickness():
        return float(re.search(r'height="([\d.]+)" fill="#e10089"', lab.stage.live)[1])

    lab.w1 = 1
    full = thickness()
    for opening in (0.5, 0.25):
        lab.w1 = opening
        assert thickness() == pytest.approx(opening * full, abs=0.1)
    lab.w1 = 0
    assert "#e10089" not in lab.stage.live
    lab.w1 = -0.5
    assert 'stroke="#e10089" stroke-opacity="1" stroke-dasharray="5 3"' in lab.stage.live


def test_arrows_point_where_the_error_falls(lab):
    lab.set(w1=0.875, w2=0.375, w3=0.125)
    arrows = re.findall(r'd="M([\d.]+),[\d.]+L[\d.]+,[\d.]+M([\d.]+),', lab.stage.live)
    ways = [np.sign(float(tip) - float(start)) for start, tip in arrows]
    assert ways == [-1, 1, 1]


@pytest.mark.parametrize("weights", list(itertools.product((0, 0.25, 0.8125), repeat=3)))
def test_slopes_agree_with_nudges_both_ways(weights):
    lab = TapLab(*weights, wanted=(0.25, 0.5, 0.125))
    h = 1e-4
    for i, slope in enumerate(lab.slopes):
        up, down = (lab.error_at(np.array(weights) + sign * h * np.eye(3)[i]) for sign in (1, -1))
        assert slope == pytest.approx((up - down) / (2 * h), abs=1e-9)
        opened = dict(zip(("w1", "w2", "w3"), weights, strict=True))
        opened[f"w{i + 1}"] += 0.01
        assert lab.nudges[i] == pytest.approx(TapLab(**opened, wanted=lab.wanted).E - lab.E, abs=1e-12)


def test_pure_lights_have_a_tap_for_each_channel_and_other_names():
    lab = TapLab(0.5, 0.25, 1, wanted=(0.5, 0.5, 0.5), lights=PURE)
    assert lab.mix.tolist() == [0.5, 0.25, 1] and lab.slopes.tolist() == [0, -0.5, 1]
    assert "light 1 +0.0001, light 2 −0.0049, light 3 +0.0101. Most: light 3; close it." in lab.describe()


def test_a_tap_is_dragged_to_the_nearest_sixteenth_and_no_farther_than_its_ends(lab):
    for to, lands in [(0.52, 0.5), (0.54, 0.5625), (0.03, 0), (-0.04, 0), (1.05, 1)]:
        drag_to(lab, "w2", to)
        assert lab.w2 == lands and lab._sliders["w2"].value == lands
    assert (lab.w1, lab.w3) == (0.875, 0.125)
    for lane, handle in enumerate(lab.stage.handles, start=1):  # on the screen, too, it stays on its lane
        assert handle["axes"] == "x" and handle["y"] == pytest.approx(at(lab, 0, lane)[1], abs=0.1)
    x, y = at(lab, 0.25, 2)
    drop(lab, "w2", x, y)
    assert lab.w2 == 0.25


def test_keys_turn_a_tap_by_a_sixteenth(lab):
    for name, after in (("ArrowRight", 0.4375), ("ArrowUp", 0.5), ("ArrowLeft", 0.4375), ("ArrowDown", 0.375)):
        press(lab, "w2", name)
        assert lab.w2 == after
    for name in ("Enter", " ", "Delete", "Backspace"):
        press(lab, "w2", name)
    assert lab.w2 == 0.375
    lab.w2 = 0.99
    press(lab, "w2", "ArrowRight")
    press(lab, "w2", "ArrowRight")
    assert lab.w2 == 1


def test_what_one_key_does_is_what_the_nudges_foretell(lab):
    before, nudge = lab.E, lab.nudges[2]
    press(lab, "w3", "ArrowRight")
    assert lab.E < before and (lab.E - before) / 0.0625 == pytest.approx(nudge / 0.01, abs=0.05)


def test_a_step_of_descent_has_its_numbers_in_words(lab):
    button(lab, "Let descent turn: one step").click()
    assert (lab.w1, lab.w2, lab.w3) == pytest.approx((0.81875, 0.40625, 0.2), abs=1e-12)
    line = lab.describe().splitlines()[-1]
    before, slopes = r"\(0\.875, 0\.375, 0\.125\)", r"\(0\.5625, −0\.3125, −0\.75\)"
    assert re.fullmatch(rf"Step 1: w = {before} − 0\.1 × {slopes} = \(0\.818[78], 0\.406[23], 0\.2\)", line)
    after = line.split(" = ")[-1]
    lab.step()
    assert lab.describe().splitlines()[-1].startswith(f"Step 2: w = {after} − ")


def test_the_last_word_on_the_nudges_is_true_wherever_descent_leads(lab):
    lines = []
    while lab.advance():
        lines.append(lab.describe().splitlines()[4])
        if name := re.search(r"Most: (\w+); (open|close)", lines[-1]):
            sign = 1 if name[2] == "open" else -1
            turned = lab.weights + 0.01 * sign * np.eye(3)[lab.names.index(name[1])]
            assert lab.error_at(turned) < lab.E
    assert lines[-1].endswith("The colours look the same.")
    assert any(line.endswith("Even 0.01 is too far now.") for line in lines)
    assert not any(re.search(r"[+−]0\.0000", line) for line in lines)
    lab.set(lights=np.zeros((3, 3)))
    assert "light 1 0.0000, light 2 0.0000, light 3 0.0000. No tap lowers E." in lab.describe()


@pytest.mark.parametrize("turn", ["slider", "drag", "key", "wanted", "lights", "reset"])
def test_a_hand_that_turns_something_begins_anew(lab, turn):
    lab.step(3)
    assert lab.steps == 3 and "Step 3" in lab.describe()
    {
        "slider": lambda: lab._sliders["w1"].move(0.5),
        "drag": lambda: drag_to(lab, "w1", 0.5),
        "key": lambda: press(lab, "w3", "ArrowUp"),
        "wanted": button(lab, "Another colour").click,
        "lights": lambda: setattr(lab, "lights", PURE),
        "reset": button(lab, "Reset").click,
    }[turn]()
    assert lab.steps == 0 and lab.before == () and "Step" not in lab.describe()
    lab.step()
    assert "Step 1:" in lab.describe()


def test_play_goes_on_until_the_error_is_small(lab):
    lab.play()
    errors = [lab.E]
    for n in range(1, 200):
        hear(lab, event="tick", n=n)
        errors.append(lab.E)
    assert not lab.stage.playing and lab.E < NEAR <= errors[lab.steps - 1]
    assert 40 < lab.steps < 80
    assert all(after < before for before, after in itertools.pairwise(errors[: lab.steps + 1]))
    assert lab.advance() is False
    assert [lab.w1, lab.w2, lab.w3] == pytest.approx([0.125, 0.625, 0.875], abs=0.01)


@pytest.mark.parametrize("wanted", COLOURS)
def test_descent_finds_every_colour_of_the_lab(wanted):
    lab = TapLab(wanted=wanted)
    lab.step(200)
    assert lab.E < NEAR and not lab.error
    assert lab.weights == pytest.approx(np.linalg.solve(np.transpose(LIGHTS), wanted), abs=0.01)


def test_the_last_colour_needs_a_weight_below_zero_and_the_others_are_on_the_sliders_grid():
    solved = [np.linalg.solve(np.transpose(LIGHTS), wanted) for wanted in COLOURS]
    for weights in solved:
        assert weights * 16 == pytest.approx(np.rint(weights * 16), abs=1e-9)
    inside = [bool((weights > -1e-9).all() and (weights < 1 + 1e-9).all()) for weights in solved]
    assert inside == [True, True, True, True, False]
    assert solved[-1] == pytest.approx([1, 0.25, -0.25])


@pytest.mark.parametrize(
    "lights",
    [PURE, np.ones((3, 3)), np.zeros((3, 3)), [(1, 1, 0), (1, 1, 0), (0, 0, 0)], [(1, 0, 0), (1, 0.01, 0), (0, 0, 1)]],
)
def test_descent_ends_and_never_raises_the_error_whatever_the_lights(lights):
    lab = TapLab(1, 0.5, 0, wanted=(0.9, 0.1, 0.5), lights=lights)
    for __ in range(300):
        before = lab.E
        if not lab.advance():
            break
        assert lab.E < before + 1e-12
    assert not lab.error and np.isfinite(lab.weights).all()


def test_another_colour_goes_round(lab):
    seen = []
    for __ in COLOURS:
        button(lab, "Another colour").click()
        seen.append(lab.wanted)
    assert seen == [*COLOURS[1:], COLOURS[0]]
    lab.wanted = (0.1, 0.2, 0.3)
    lab.want_another()
    assert lab.wanted == COLOURS[0]


def test_a_lab_for_the_hand_alone_has_no_descent_and_no_other_colour():
    lab = TapLab(by_hand=True)
    for words in ("Let descent turn: one step", "Play", "Another colour"):
        with pytest.raises(StopIteration):
            button(lab, words)
    button(lab, "Reset").click()
    assert not lab.error


def test_weights_beyond_a_tap_widen_the_lanes_and_reset_narrows_them(lab):
    lab.w1 = -0.25
    assert lab.picture.ends == (-1, 1) and "a tap ends at 0 and at 1" in lab.stage.still
    assert lab._sliders["w1"].low == -1 and "0.75 × (−0.25)" in lab.describe()
    press(lab, "w1", "ArrowLeft")
    assert lab.w1 == -0.3125
    lab.w3 = 1.5
    assert lab.picture.ends == (-2, 2)
    for handle in lab.stage.handles:
        assert 0 <= handle["x"] <= 430
    lab.reset()
    assert lab.picture.ends == (0, 1) and "a tap ends" not in lab.stage.still


def test_a_mix_that_no_screen_shows_is_said_and_the_picture_stays_whole(lab):
    lab.w1 = 1.5
    assert "(No screen shows this mix: cut off at 0 and 1.)" in lab.describe().splitlines()[0]
    lab.set(w1=100, w2=-100, w3=100)
    assert "nan" not in lab.stage.live and lab.picture.most >= lab.E
    assert max(map(len, lab.describe().splitlines())) < 150
    lab.step()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("wanted", (1, 0), "wanted should be three numbers, the red, the green and the blue; it has shape \\(2,\\)"),
        ("wanted", 0.5, "wanted should be three numbers"),
        ("wanted", "red", "wanted should be numbers, not 'red'"),
        ("wanted", (0.5, float("nan"), 0), "wanted should be finite numbers"),
        ("wanted", (0.5, 1.5, 0), "wanted should be amounts of light from 0 to 1; it has 1.5"),
        ("wanted", (0.5, -0.25, 0), "from 0 to 1; it has −0.25"),
        ("lights", np.eye(2), "lights should be three rows of three numbers.*it has shape \\(2, 2\\)"),
        ("lights", (1, 0, 0), "lights should be three rows of three numbers"),
        ("lights", [[1, 0, 0], [0, 1, 0], [0, 0]], "its rows differ in length"),
        ("lights", 2 * np.eye(3), "lights should be amounts of light from 0 to 1; it has 2"),
        ("lights", None, "lights should be numbers"),
    ],
)
def test_a_colour_that_is_none_leaves_the_old_one(lab, name, value, words):
    refuses(lab, name, value, words)


def test_code_makes_the_lab_again_in_every_state(lab):
    assert lab.code() == "TapLab()"
    turns = [
        lambda: lab._sliders["w2"].move(0.75),
        lambda: lab.step(2),
        lab.want_another,
        lambda: lab.step(7),
        lambda: setattr(lab, "lights", [[1, 0.5, 0], [0, 0.5, 0.25], [0, 0, 1]]),
        lambda: setattr(lab, "w1", 1 / 3),
        lambda: lab.step(500),
    ]
    for turn in turns:
        turn()
        again = eval(lab.code(), {"TapLab": TapLab})
        assert again.describe() == lab.describe() and (again.weights == lab.weights).all()


def test_a_step_that_did_not_lead_here_is_not_told():
    assert "Step" not in TapLab(steps=3, before=(0, 0, 0)).describe()


def test_the_handles_say_what_they_are(lab):
    assert [handle["label"] for handle in lab.stage.handles] == [
        "tap 1, rose, open 0.875", "tap 2, lime, open 0.375", "tap 3, sky, open 0.125",
    ]  # fmt: skip
    assert all(handle["box"] for handle in lab.stage.handles)


def test_its_words_and_its_picture_are_small(lab):
    for __ in range(30):
        lab.step()
        lines = lab.describe().splitlines()
        assert len(lines) <= 6 and max(map(len, lines)) <= 105  # so much fits on one line at 1280 × 800
    assert len(lab.stage.live) + len(str(lab.stage.handles)) < 8_000
    assert len(lab._repr_mimebundle_()["text/html"]) < 60_000


@pytest.mark.parametrize("value", [("a", "b", "c"), (1, 2), 5, (1, 2, float("nan")), None])
def test_what_was_before_is_three_numbers_or_nothing(value):
    with pytest.raises(traitlets.TraitError, match="before should be"):
        TapLab(before=value)


@pytest.mark.parametrize("name", ["w1", "w2", "w3"])
def test_a_tap_beyond_a_hundred_is_refused(lab, name):
    with pytest.raises(traitlets.TraitError, match=f"{name} should be from −100 to 100, not 101"):
        setattr(lab, name, 101)
