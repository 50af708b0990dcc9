"""Every control of the tap lab, driven in Python: sliders, drags, keys, descent, bad values, numbers by hand."""

import itertools
import re

import numpy as np
import pytest
import traitlets
from hands import button, click, drag, drop, hear, press, refuses

from annkit.labs import TapLab
from annkit.labs.tap.descent import NEAR
from annkit.labs.tap.lab import COLOURS, LIGHTS
from annkit.labs.tap.picture import small

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


def by_hand(weights, lights):
    """The mix, without NumPy's products."""
    return [sum(w * light[channel] for w, light in zip(weights, lights, strict=True)) for channel in range(3)]


def test_the_start_in_words(lab):
    assert lab.describe().splitlines() == [
        "red: 0.75 × 0.875 + 0.25 × 0.375 + 0 × 0.125 = 0.75",
        "green: 0 × 0.875 + 0.75 × 0.375 + 0.25 × 0.125 = 0.3125",
        "blue: 0.25 × 0.875 + 0 × 0.375 + 0.75 × 0.125 = 0.3125",
        "red: wanted 0.25 − mixed 0.75 = gap −0.5, squared 0.25",
        "green: wanted 0.6875 − mixed 0.3125 = gap 0.375, squared 0.1406",
        "blue: wanted 0.6875 − mixed 0.3125 = gap 0.375, squared 0.1406",
        "Error E = (−0.5)² + 0.375² + 0.375² = 0.5313",
        "rose + 0.01: E changes by +0.0057, slope 0.5625",
        "lime + 0.01: E changes by −0.0031, slope −0.3125",
        "sky + 0.01: E changes by −0.0074, slope −0.75",
        "What helps most now: open sky.",
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


def test_slopes_agree_with_nudges_both_ways():
    lab, nudged, h = TapLab(wanted=(0.25, 0.5, 0.125)), TapLab(wanted=(0.25, 0.5, 0.125)), 1e-4
    for weights in itertools.product((0, 0.25, 0.8125), repeat=3):
        opened = dict(zip(("w1", "w2", "w3"), weights, strict=True))
        lab.set(**opened)
        for i, slope in enumerate(lab.slopes):
            up, down = (lab.error_at(np.array(weights) + sign * h * np.eye(3)[i]) for sign in (1, -1))
            assert slope == pytest.approx((up - down) / (2 * h), abs=1e-9)
            nudged.set(**{**opened, f"w{i + 1}": weights[i] + 0.01})
            assert lab.nudges[i] == pytest.approx(nudged.E - lab.E, abs=1e-12)


def test_pure_lights_have_a_tap_for_each_channel_and_other_names():
    lab = TapLab(0.5, 0.25, 1, wanted=(0.5, 0.5, 0.5), lights=PURE)
    assert lab.mix.tolist() == [0.5, 0.25, 1] and lab.slopes.tolist() == [0, -0.5, 1]
    assert "light 2 + 0.01: E changes by −0.0049, slope −0.5" in lab.describe()
    assert lab.describe().endswith("What helps most now: close light 3.")


def test_a_tap_is_dragged_to_the_nearest_sixteenth_and_no_farther_than_its_ends(lab):
    for to, lands in [(0.52, 0.5), (0.54, 0.5625), (0.03, 0), (-0.04, 0), (1.05, 1)]:
        drag_to(lab, "w2", to)
        assert lab.w2 == lands and lab._sliders["w2"].value == lands
    assert (lab.w1, lab.w3) == (0.875, 0.125)
    for lane, handle in enumerate(lab.stage.handles[:3], start=1):  # on the screen, too, it stays on its lane
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
    button(lab, "One step").click()
    assert (lab.w1, lab.w2, lab.w3) == pytest.approx((0.81875, 0.40625, 0.2), abs=1e-12)
    *__, first, second, third, __ = lab.describe().splitlines()
    assert re.fullmatch(r"Step 1: w₁ = 0\.875 − 0\.1 × 0\.5625 = 0\.818[78]", first)
    assert re.fullmatch(r"Step 1: w₂ = 0\.375 − 0\.1 × \(−0\.3125\) = 0\.406[23]", second)
    assert third == "Step 1: w₃ = 0.125 − 0.1 × (−0.75) = 0.2"
    lab.step()
    assert "Step 2: w₃ = 0.2 − 0.1 × " in lab.describe()


def test_the_help_is_true_wherever_descent_leads(lab):
    lines = []
    while lab.advance():
        lines.append(lab.describe().splitlines()[-1])
        if name := re.search(r"What helps most now: (open|close) (\w+)\.", lines[-1]):
            sign = 1 if name[1] == "open" else -1
            turned = lab.weights + 0.01 * sign * np.eye(3)[lab.names.index(name[2])]
            assert lab.error_at(turned) < lab.E
        assert not re.search(r"[+−]0\.0000\b", lab.describe())
    assert "The colours look the same." in lab.describe().splitlines()
    assert "Even a nudge of 0.01 is too far now." in lines
    lab.set(lights=np.zeros((3, 3)))
    assert "light 1 + 0.01: E changes by 0.0000, slope 0" in lab.describe()
    assert lab.describe().endswith("No tap lowers E.")


def test_what_helps_most_is_lit_and_the_colours_that_look_the_same_are_a_success(lab):
    def said(kind):
        return [piece for piece in lab.stage.said if piece["kind"] == kind]

    assert said("rows")[2]["lit"] == 2 and not said("badge")
    assert said("help") and said("help") == lab.stage.said[-1:]
    lab.set(w1=0.125, w2=0.625, w3=0.875)
    assert said("badge")[0]["done"] and said("rows")[2]["lit"] is None and not said("help")
    lab.w3 = 0.872
    assert [row[-1] for row in said("rows")[1]["cells"]] == ["0", "≈ 0", "≈ 0", "0.000006"]


def test_taps_that_help_equally_are_all_named():
    lab = TapLab(w1=0, w2=0, w3=0, wanted=(0.5, 0.5, 0.5))
    assert lab.describe().endswith("These help equally: rose, lime, sky.")
    assert lab.stage.said[2]["lit"] is None


def test_cells_leave_out_what_a_light_does_not_send_and_words_do_not(lab):
    mixed, error, *__ = lab.stage.said
    assert mixed["cells"][0] == ["red", "0.75 × 0.875 + 0.25 × 0.375"]
    assert error["cells"][0] == ["red", "0.25", "0.75", "−0.5", "0.25"] and error["cells"][-1] == ["E", "0.5313"]
    lab.lights = np.zeros((3, 3))
    assert lab.stage.said[0]["cells"] == [["red", "0"], ["green", "0"], ["blue", "0"]]


def test_large_numbers_have_five_digits_so_that_they_stay_in_their_columns(lab):
    lab.set(w1=100, w3=-33.3333)
    lines = lab.describe().splitlines()
    assert lines[0] == "red: 0.75 × 100 + 0.25 × 0.375 + 0 × (−33.333) = 75.094"
    assert lines[3] == "red: wanted 0.25 − mixed 75.094 = gap −74.844, squared 5601.6"
    assert max(len(cell) for row in lab.stage.said[1]["cells"][:3] for cell in row) <= len("−74.844")


def test_what_descent_has_found_is_shown_with_four_decimals_everywhere():
    lab = TapLab(w1=0.75, w2=0.5, w3=0.125, wanted=(0.625, 0.1875, 0.1875))
    lab.step(100)
    assert 0 < lab.w3 < 0.00005
    assert lab.describe().splitlines()[2].endswith(" + 0.75 × 0 = 0.1867") and "w₃ = 0, sky" in lab.stage.live
    assert lab.stage.handles[2]["label"] == "tap 3, sky, open 0"
    assert lab._sliders["w3"].shown["text"] == "0"


@pytest.mark.parametrize(
    ("error", "text"),
    [(0, "0"), (0.53125, "0.5313"), (1e-4, "0.0001"), (9e-5, "0.00009"), (1e-5, "0.00001"), (7e-7, "0.000001"),
     (4e-7, "≈ 0"), (1e-33, "≈ 0")],
)  # fmt: skip
def test_small_errors_have_up_to_six_decimals(error, text):
    assert small(error) == text


# The curve of one tap.


def curve_of(lab):
    """The curve that is drawn: places in data coordinates, shape (n, 2)."""
    panel = lab.stage.panels[2]
    points = re.search(r'points="([^"]+)" fill="none" stroke="[^"]+" stroke-width="3"', lab.stage.live)[1]
    return np.array([panel.data(*map(float, place.split(","))) for place in points.split()])


@pytest.mark.parametrize("tap", [1, 2, 3])
def test_the_curve_is_E_over_the_chosen_tap_with_the_others_where_they_are(lab, tap):
    lab.tap = tap
    for weight, E in curve_of(lab):
        weights = lab.weights
        weights[tap - 1] = weight
        assert lab.error_at(weights) == pytest.approx(E, abs=0.002)
    before = curve_of(lab)
    setattr(lab, f"w{tap}", 0.5)  # along it
    assert curve_of(lab) == pytest.approx(before, abs=0.002)
    setattr(lab, f"w{tap % 3 + 1}", 0.5)  # another tap turns, and the curve is another
    assert np.abs(curve_of(lab) - before).max() > 0.05


@pytest.mark.parametrize(("tap", "colour"), [(1, "blue"), (2, "orange"), (3, "orange")])
def test_the_tangent_goes_through_the_point_with_the_slope_and_its_colour(lab, tap, colour):
    lab.tap = tap
    panel = lab.stage.panels[2]
    lines = re.findall(
        rf'points="([^"]+)" fill="none" stroke="var\(--annkit-{colour}[^"]+" stroke-width="3"', lab.stage.live
    )
    ends = np.array([panel.data(*map(float, place.split(","))) for place in lines[0].split()])
    assert ends.mean(axis=0) == pytest.approx([lab.weights[tap - 1], lab.E], abs=0.002)
    run, rise = ends[1] - ends[0]
    assert rise / run == pytest.approx(lab.slopes[tap - 1], abs=0.02)


def test_the_slope_stands_beside_its_point_and_seldom_on_the_curve(lab):
    hidden = 0
    for *turned, tap in itertools.product((0, 0.5, 1), (0, 0.5, 1), (0, 0.5, 1), (1, 2, 3)):
        lab.set(**dict(zip(("w1", "w2", "w3"), turned, strict=True)), tap=tap)
        look = r'<text x="([\d.]+)" y="([\d.]+)" class="annkit-t annkit-b" text-anchor="(\w+)"[^>]*>slope'
        ((x, y, anchor),) = re.findall(look, lab.stage.live)
        x, y, panel, dot = float(x), float(y), lab.stage.panels[2], lab.stage.handles[3]
        assert abs(x - dot["x"]) == pytest.approx(12, abs=0.2) and 16 < abs(y - dot["y"]) < 35
        left = x - 90 if anchor == "end" else x
        assert panel.holds(left, y) and panel.holds(left + 90, y)
        curve = panel.place(*curve_of(lab).T)
        hidden += bool(((curve > (left, y - 8)) & (curve < (left + 90, y + 8))).all(axis=1).any())
    assert hidden <= 2


def test_a_level_tangent_is_grey(lab):
    lab.set(w1=0.125, w2=0.625, w3=0.875)
    assert (
        "slope 0<" in lab.stage.live and "annkit-blue" not in lab.stage.live and "annkit-orange" not in lab.stage.live
    )


def test_focus_click_and_chooser_choose_the_tap_and_are_nothing_to_undo(lab):
    assert lab.tap == 1
    hear(lab, event="focus", id="w3")
    assert lab.tap == 3 and lab._choosers["tap"].value == 3
    hear(lab, event="click", id="w2", again=False)
    assert lab.tap == 2 and lab.untouched and not lab.undo()
    lab._choosers["tap"].value = 1
    assert lab.tap == 1 and "E, if only w₁ turns" in lab.stage.live
    click(lab, *at(lab, 0.9, 2.9))
    assert lab.tap == 3
    hear(lab, event="focus", id="point")
    click(lab, *lab.stage.panels[1].place(0.5, 0.5)[0])
    assert lab.tap == 3 and lab.untouched


def test_the_point_on_the_curve_is_the_chosen_tap(lab):
    lab.tap = 2
    panel = lab.stage.panels[2]
    ((x, y),) = panel.place(0.52, 0.9).tolist()
    drag(lab, "point", x, y)
    drop(lab, "point", x, y)
    assert (lab.w1, lab.w2, lab.w3) == (0.875, 0.5, 0.125)
    point = lab.stage.handles[3]
    assert point["axes"] == "x" and panel.data(point["x"], point["y"]) == pytest.approx((0.5, lab.E), abs=0.002)
    press(lab, "point", "ArrowRight")
    assert lab.w2 == 0.5625
    assert lab.undo() and lab.undo() and lab.untouched
    assert lab.stage.handles[3]["label"] == "E is 0.5313 where w₂ is 0.375"


def test_a_lane_and_the_curve_have_one_axis_and_so_have_the_curve_and_the_steps():
    for lab in (TapLab(), TapLab(w1=-0.5, w2=3)):
        lanes, __, curve, steps = lab.stage.panels
        assert (lanes.x, lanes.width, *lanes.xlim) == pytest.approx((curve.x, curve.width, *curve.xlim))
        assert (curve.y, curve.height, *curve.ylim) == pytest.approx((steps.y, steps.height, *steps.ylim))


def test_axes_that_are_much_too_long_give_way_but_not_while_descent_goes_on(lab):
    lab.w1 = 100
    long = lab.drawn_for
    assert long.high == 128 and long.most == 8192
    lab.step(200)
    assert lab.E < NEAR and lab.drawn_for == long
    lab.w1 = 0.5
    assert (lab.drawn_for.low, lab.drawn_for.high, lab.drawn_for.most) == (0, 1, 1)
    lab.w1 = 2
    lab.w1 = 1
    assert lab.drawn_for.high == 2, "a little too long they stay"


# The way of descent.


def test_the_way_is_the_steps_since_a_hand_turned_something(lab):
    assert lab.path.tolist() == [[0.875, 0.375, 0.125]] and lab.errors.tolist() == [0.53125]
    errors = [lab.E]
    for n in range(1, 6):
        lab.step()
        errors.append(lab.E)
        assert lab.path.shape == (n + 1, 3) and lab.errors == pytest.approx(errors, abs=1e-15)
        assert f"step {n}<" in lab.stage.live
    lab.undo()
    assert len(lab.path) == 5 and lab.path[-1] == pytest.approx(lab.weights, abs=0)
    lab.redo()
    assert lab.errors == pytest.approx(errors, abs=1e-15)
    lab.w2 = 0.75
    assert len(lab.path) == 1 and "step 0<" in lab.stage.live
    assert lab.undo() and lab.errors == pytest.approx(errors, abs=1e-15)
    assert lab.origin == (0.875, 0.375, 0.125) and len(lab.code()) < 200


def test_the_trail_lies_where_descent_has_been(lab):
    def trail():
        dots = re.findall(r'<path d="((?:M[\d.]+,[\d.]+h0)+)"', lab.stage.live)
        return [place for dot in dots for place in re.findall(r"M([\d.]+),([\d.]+)h0", dot)]

    assert trail() == []
    lab.step(6)
    panel = lab.stage.panels[2]
    places = np.array([panel.data(*map(float, place)) for place in trail()])
    assert places == pytest.approx(np.column_stack([lab.path[:-1, 0], lab.errors[:-1]]), abs=0.002)
    lab.step(50)
    assert 10 < len(trail()) <= 24


def test_descent_from_a_way_that_did_not_lead_here_begins_anew():
    lab = TapLab(steps=3, origin=(0, 0, 0))
    assert "Step" not in lab.describe() and len(lab.path) == 1
    lab.step()
    assert lab.steps == 1 and lab.origin == (0.875, 0.375, 0.125) and "Step 1: " in lab.describe()
    far = TapLab(steps=10_000, origin=(100, -100, 100))
    far.step()
    assert far.steps == 1 and not far.error


def test_descent_has_an_end():
    lab = TapLab(0, 0, 0, wanted=(1, 1, 1), lights=[(0.01, 0, 0), (0, 0.01, 0), (0, 0, 0.01)])
    lab.step(10_001)
    assert lab.steps == 10_000 and lab.advance() is False
    assert len(lab.path) == 10_001 and len(lab.code()) < 250
    assert eval(lab.code(), {"TapLab": TapLab}).describe() == lab.describe()
    assert len(lab.stage.live) < 8_000


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
    assert lab.steps == 0 and lab.origin == () and "Step" not in lab.describe()
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
    for words in ("One step", "Play", "Another colour"):
        with pytest.raises(LookupError):
            button(lab, words)
    assert "E = 0.5313" in lab.stage.live and "step 0" not in lab.stage.live
    assert "E after each step" not in lab.stage.still
    lab._choosers["tap"].value = 2
    button(lab, "Reset").click()
    assert not lab.error


def test_weights_beyond_a_tap_widen_the_lanes_and_reset_narrows_them(lab):
    lab.w1 = -0.25
    assert lab.drawn_for[:2] == (-1, 1) and "a tap ends at 0 and at 1" in lab.stage.still
    assert lab._sliders["w1"].low == -1 and "0.75 × (−0.25)" in lab.describe()
    press(lab, "w1", "ArrowLeft")
    assert lab.w1 == -0.3125
    lab.w3 = 1.5
    assert lab.drawn_for[:2] == (-2, 2)
    for handle in lab.stage.handles:
        assert 0 <= handle["x"] <= 430
    lab.reset()
    assert lab.drawn_for[:2] == (0, 1) and "a tap ends" not in lab.stage.still


def test_a_mix_that_no_screen_shows_is_said_and_the_picture_stays_whole(lab):
    lab.w1 = 1.5
    assert "No screen shows this mix: it is cut off at 0 and 1." in lab.describe().splitlines()
    lab.set(w1=100, w2=-100, w3=100)
    assert "nan" not in lab.stage.live and lab.drawn_for.most >= lab.E
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


def test_the_handles_say_what_they_are(lab):
    assert [handle["label"] for handle in lab.stage.handles] == [
        "tap 1, rose, open 0.875", "tap 2, lime, open 0.375", "tap 3, sky, open 0.125", "E is 0.5313 where w₁ is 0.875",
    ]  # fmt: skip
    assert all(handle["box"] for handle in lab.stage.handles)


def test_its_words_and_its_picture_are_small(lab):
    for __ in range(30):
        lab.step()
        lines = lab.describe().splitlines()
        assert len(lines) <= 14 and max(map(len, lines)) <= 80
    assert len(lab.stage.live) + len(str(lab.stage.handles)) < 8_000
    assert len(lab._repr_mimebundle_()["text/html"]) < 60_000


@pytest.mark.parametrize("value", [("a", "b", "c"), (1, 2), 5, (1, 2, float("nan")), (1, 2, 1e300), None])
def test_where_descent_began_is_three_numbers_or_nothing(value):
    with pytest.raises(traitlets.TraitError, match="origin should be"):
        TapLab(origin=value)


@pytest.mark.parametrize("value", [0, 4, 1.5, "w1", None])
def test_there_are_three_taps_to_choose_from(lab, value):
    refuses(lab, "tap", value, "tap should be")


@pytest.mark.parametrize("name", ["w1", "w2", "w3"])
def test_a_tap_beyond_a_hundred_is_refused(lab, name):
    with pytest.raises(traitlets.TraitError, match=f"{name} should be from −100 to 100, not 101"):
        setattr(lab, name, 101)
