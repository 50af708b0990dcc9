"""Every control of the recurrent lab, driven in Python: sliders, lists, the roll by strokes and keys, play, numbers."""

import math
import re

import numpy as np
import pytest
from hands import button, click, drag, drop, hear, press, refuses

from annkit.labs import RecurrentLab
from annkit.labs.recurrent.roll import PAD
from annkit.labs.recurrent.runs import LAST, NOISE, STEPS

BITS = "+-+--++-+-++--+-+-++-"


@pytest.fixture
def lab():
    made = RecurrentLab()
    yield made
    assert not made.error
    made.close()


@pytest.fixture
def cell():
    made = RecurrentLab("lstm")
    yield made
    assert not made.error
    made.close()


def place(lab, row, step):
    """The middle of a cell of the roll, in stage units."""
    return list(lab.stage.panels[0].spot(step, row + 0.5))


def stroke(lab, *cells, last=True):
    """A pointer goes over these cells, and is lifted where it is the last."""
    points = [place(lab, *each) for each in cells]
    hear(lab, event="stroke", id=PAD, points=points[:1], first=True, last=False, n=lab.stage.moved + 1)
    hear(lab, event="stroke", id=PAD, points=points[1:] or points, first=False, last=last, n=lab.stage.moved + 1)


# Numbers by hand.


def test_a_linear_unit_multiplies_by_w_at_every_step():
    lab = RecurrentLab("linear", w=0.9)
    assert lab.run(1).h == pytest.approx(0.9 ** np.arange(STEPS))
    assert lab.run(1).slopes == pytest.approx(0.9 ** (LAST - np.arange(STEPS)))
    assert lab.reaches == pytest.approx(0.1216, abs=1e-4)


@pytest.mark.parametrize(("w", "reaches"), [(0.9, 0.0275), (1, 0.0358), (1.25, 5.4e-5), (1.5, 1.27e-8), (2, 6.9e-16)])
def test_the_better_a_tanh_unit_holds_the_less_arrives(w, reaches):
    lab = RecurrentLab(w=w)
    assert lab.reaches == pytest.approx(reaches, rel=0.01)
    h = math.tanh(1)
    for __ in range(LAST):
        h = math.tanh(w * h)
    assert lab.run(1).h[-1] == pytest.approx(h) and lab.run(-1).h[-1] == pytest.approx(-h)


@pytest.mark.parametrize("unit", ["tanh", "linear", "lstm"])
def test_the_bars_are_what_a_nudge_of_the_memory_finds(unit):
    lab = RecurrentLab(unit, w=1.25, x=BITS, disturbed=True, forget_gate="1110111111111", k=3)
    run, step, ends = lab.run(1), 3, []
    size = 0.01 if unit == "lstm" else 1e-6  # along the cell everything is straight
    for nudge in (size, -size):
        memory = run.cell[step] + nudge
        for k in range(step + 1, STEPS):
            if unit == "lstm":
                memory = run.gates[0, k] * memory + run.gates[1, k] * math.tanh(run.x[k])
            else:
                memory = lab.w * memory + run.x[k]
                memory = math.tanh(memory) if unit == "tanh" else memory
        ends.append(memory)
    assert run.slopes[step] == pytest.approx((ends[0] - ends[1]) / (2 * size), rel=1e-4, abs=1e-12)


def test_twenty_forget_gates_multiplied():
    for z, left in ((1, 0.002), (3, 0.378), (5, 0.874), (5.25, 0.9), (8, 0.993)):
        assert RecurrentLab("lstm", z=z).reaches == pytest.approx(left, abs=1e-3)


def test_which_quarters_remember_one_bit(lab):
    lab.disturbed = True
    found = []
    for k in range(-8, 9):
        lab._sliders["w"].move(k / 4)
        if all(lab.remembered):
            found.append(lab.w)
    assert found == [1.25, 1.5, 1.75, 2]
    assert lab.run(1).x[1:].tolist() == NOISE.tolist()


def test_the_words_at_the_start(lab):
    assert lab.describe().splitlines() == [
        "∂h₂₀/∂h₀ = 0.027: so much of a nudge arrives",
        "Neither bit lasts",
        "The last 3 answers: 0.07, 0.06, 0.06 with the bit +1; −0.07, −0.06, −0.06 with −1.",
        "Step 1, bit +1: h = tanh(0.762 × 0.9 + 0) ≈ 0.595.",
        "The lines run together: the first bit is forgotten. Which w keeps them apart?",
    ]


# Controls.


@pytest.mark.parametrize("unit", ["tanh", "linear", "lstm"])
def test_every_slider_to_both_ends_and_to_0_with_and_without_disturbances(unit):
    lab = RecurrentLab(unit, x=BITS)
    for name, slider in lab._sliders.items():
        for value in (slider.low, slider.high, 0):
            slider.move(value)
            assert getattr(lab, name) == value and not lab.error
            lab.disturbed = not lab.disturbed
            assert not re.search(r"\b(nan|inf)\b", lab.describe() + lab.stage.svg())
            assert eval(lab.code()).describe() == lab.describe()
            assert len(lab.stage.live) < 9000
    while lab.undo():
        pass
    assert lab.untouched
    lab.close()


def test_a_weight_that_runs_away_is_said_in_words_and_still_drawn(lab):
    lab.set(unit="linear", w=-10)
    assert "The lines run away" in lab.describe() and "10²⁰" in lab.describe()
    assert lab.drawn_for[1] >= 1e20 and not re.search(r"\bnan\b", lab.stage.svg())
    lab.w = 100
    assert "10⁴⁰" in lab.describe()
    lab.w = 0
    assert lab.reaches == 0 and lab.drawn_for == ("linear", 1)


def test_a_twentieth_is_the_number_that_is_written_so(lab):
    lab._sliders["w"].move(18 * 0.05)
    assert lab.w == 0.9


def test_lists_and_buttons(lab):
    lab._choosers["unit"].value = "lstm"
    assert len(lab.rows) == 4 and len(lab.stage.boxes) == 1
    button(lab, "All closed").click()
    assert lab.forget_gate == lab.input_gate == lab.output_gate == "" and lab.reaches < 1e-10
    assert "the input gate is closed there" in lab.describe()
    button(lab, "All open").click()
    assert lab.output_gate == "1" * STEPS
    lab._choosers["bit"].value = "-"
    assert "bit −1" in lab.describe()
    lab._choosers["disturbed"].value = True
    assert lab.run(1).x[1] == NOISE[0]
    button(lab, "Bits at every step").click()
    first = lab.x
    button(lab, "Bits at every step").click()
    assert set(first) <= set("+-") and first != lab.x
    button(lab, "Only the bit").click()
    assert lab.x == ""
    assert lab.undo() and lab.undo() and lab.x == first


def test_only_what_the_unit_has_can_be_seen(lab):
    def seen(widget):
        return widget.layout.display != "none"

    assert seen(lab._sliders["w"]) and not seen(lab._sliders["z"]) and not seen(button(lab, "All open"))
    lab.unit = "lstm"
    assert not seen(lab._sliders["w"]) and seen(lab._sliders["z"]) and seen(button(lab, "All open"))


def test_play_goes_through_the_steps_and_is_nothing_to_undo(lab):
    lab.k = 18
    lab.play()
    for __ in range(4):
        hear(lab, event="tick", n=lab.stage.answered + 1)
    assert lab.k == LAST and not lab.stage.playing
    assert lab.undo() and lab.k == 1, "18 was set by code"
    button(lab, "Step").click()
    assert lab.k == 2
    lab.k = LAST
    lab.play()
    hear(lab, event="tick", n=lab.stage.answered + 1)
    assert lab.k == 0 and lab.stage.playing, "it begins anew"
    hear(lab, event="tick", n=lab.stage.answered + 1, still=True)
    assert lab.k == LAST and not lab.stage.playing


# Hands.


def test_a_click_on_an_input_goes_from_0_to_plus_to_minus(lab):
    for x in ("000+", "000-", ""):
        stroke(lab, (0, 3))
        assert lab.x == x
    assert (lab.row, lab.k) == (0, 3)


def test_a_click_on_the_bit_to_remember_follows_the_other_one(lab):
    stroke(lab, (0, 0))
    assert lab.bit == "-" and lab.x == ""
    stroke(lab, (0, 0))
    assert lab.bit == "+"


def test_a_stroke_draws_along_one_row_and_is_one_thing_to_undo(cell):
    stroke(cell, (1, 4), (1, 6), (2, 9))
    assert cell.forget_gate == "1111" + "0" * 6 + "1" * 11 and cell.input_gate == "1" * STEPS
    stroke(cell, (1, 9), (1, 5))
    assert cell.forget_gate == "11110" + "1" * 16
    assert cell.undo() and cell.undo() and cell.forget_gate == "1" * STEPS
    stroke(cell, (0, 2), (0, 0), (0, 20))
    assert cell.x == "0" + "+" * 20, "the bit to remember stays both"


def test_a_stroke_out_of_the_picture_stays_in_its_row(cell):
    hear(cell, event="stroke", id=PAD, points=[[-50, 1e4]], first=True, last=False, n=1)
    hear(cell, event="stroke", id=PAD, points=[[1e6, -1e6]], first=False, last=True, n=2)
    assert cell.output_gate == "" and cell.forget_gate == "1" * STEPS


def test_a_stroke_in_a_row_that_is_gone_draws_nothing(cell):
    stroke(cell, (3, 4), (3, 6), last=False)
    cell.unit = "tanh"
    hear(cell, event="stroke", id=PAD, points=[place(cell, 0, 9)], first=False, last=True, n=9)
    assert cell.output_gate == "1" * 4 + "0" * 3 + "1" * 14 and cell.x == ""


def test_the_roll_by_keys(cell):
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "Enter"):
        press(cell, PAD, key)
    assert (cell.row, cell.k) == (2, 2) and cell.input_gate == "110" + "1" * 18
    assert cell.stage.pads[0]["label"].startswith("input gate, step 2: 0.1192")
    press(cell, PAD, " ")
    assert cell.input_gate == "1" * STEPS
    press(cell, PAD, "Delete")
    assert cell.input_gate == "110" + "1" * 18
    for key in 4 * ["ArrowUp"] + 4 * ["ArrowLeft"] + ["Delete", "Enter"]:
        press(cell, PAD, key)
    assert (cell.row, cell.k, cell.bit) == (0, 0, "-")
    for key in 30 * ["ArrowRight"] + 9 * ["ArrowDown"]:
        press(cell, PAD, key)
    assert (cell.row, cell.k) == (3, LAST)
    cell.unit = "tanh"
    press(cell, PAD, "Enter")
    assert cell.x == "0" * LAST + "+"


def test_the_mark_and_the_step_are_dragged_and_go_by_keys(lab):
    x, y = place(lab, 0, 7)
    drag(lab, "mark", x, y)
    drop(lab, "mark", x, y)
    assert lab.mark == 7 and "∂h₂₀/∂h₇" in lab.describe() and lab.run(1).h[6] == 0
    press(lab, "mark", "ArrowLeft")
    assert lab.mark == 6
    drop(lab, "mark", 1e4, 0)
    assert lab.mark == 17
    drag(lab, "k", *place(lab, 0, 12))
    assert lab.k == 12
    press(lab, "k", "ArrowRight")
    assert lab.k == 13
    for panel in lab.stage.panels[1:]:
        click(lab, panel.x + 1, panel.y + 5)
        assert lab.k == 0
        lab.k = 5
    click(lab, 400, 5)
    assert lab.k == 5


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("unit", "gru", "should be one of tanh, linear, lstm"),
        ("w", 101, "from −100 to 100"),
        ("w", math.nan, "finite"),
        ("x", "+*", "signs"),
        ("x", "+" * 22, "up to 21"),
        ("forget_gate", "12", "signs 0, 1"),
        ("mark", 18, "from 0 to 17"),
        ("z", -1, "from 0 to 100"),
        ("disturbed", 1, "True or False"),
        ("bit", 1, "should be one of"),
        ("k", 21, "from 0 to 20"),
    ],
)
def test_what_is_refused(lab, name, value, words):
    refuses(lab, name, value, words)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ({"w": 1.5}, "Now look at the bars"),
        ({"w": -2}, "turns the sign at every step"),
        ({"w": 1, "disturbed": True}, "The lines stay apart, but not clearly"),
        ({"w": 2, "x": BITS, "mark": 4}, "what else came in has decided"),
        ({"unit": "linear", "w": 1, "x": "0+++"}, "everything that came in was added"),
        ({"unit": "linear", "w": 0.5}, "the first bit is forgotten"),
    ],
)
def test_what_would_help_a_plain_unit(made, words):
    assert words in RecurrentLab(**made).describe().splitlines()[-1]


def test_the_marked_bit_by_hand(cell):
    cell.set(x=BITS, mark=4, z=5)
    assert not all(cell.remembered)
    cell.input_gate = "00001"
    assert cell.remembered == [True, True] and cell.stage.said[1]["done"]
    cell.output_gate = "1" * 17
    assert cell.remembered == [False, False] and "an output gate is closed" in cell.describe()
    cell.set(output_gate="1" * STEPS, forget_gate="1" * 9 + "0" + "1" * 11)
    assert cell.reaches < 0.01 and "Most of the cell is forgotten" in cell.describe()
    cell.set(forget_gate="1" * STEPS, input_gate="00001" + "1" * 16)
    assert "what else comes in after step 4" in cell.describe()
