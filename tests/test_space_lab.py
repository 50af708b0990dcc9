"""Every control of the space lab, driven in Python: arrows, point, sliders, buttons, play, view, goals."""

import re

import numpy as np
import pytest
from hands import button, click, drag, drop, hear, press, refuses

from annkit.labs import SpaceLab
from annkit.labs.space import FRAME, GOALS, MOVES, REACH, TICK, WEIGHTS
from annkit.wording import number

TURN = {"w1": 0, "w2": 1, "w3": -1, "w4": 0}


@pytest.fixture(params=["rows", "columns"])
def lab(request):
    made = SpaceLab(samples=request.param)
    yield made
    assert not made.error
    made.close()


def place(lab, x, y):
    """A place of the plane in stage units."""
    return lab.stage.panels[1].place(x, y)[0]


def at(lab, handle):
    """Where a handle lies in the plane."""
    (state,) = (each for each in lab.stage.handles if each["id"] == handle)
    return lab.stage.panels[1].data(state["x"], state["y"])


def tick(lab, n, **more):
    hear(lab, event="tick", n=n, **more)


def lines(lab):
    return lab.describe().splitlines()


# Numbers.


def test_every_slider_at_both_ends_and_at_zero(lab):
    assert set(lab._sliders) == {*WEIGHTS, "moved"}
    for name in WEIGHTS:
        for value in (-3.0, 3.0, 0.0):
            lab._sliders[name].move(value)
            assert getattr(lab, name) == value
            (a, b), (c, d) = lab.W.tolist()
            assert lab.area == a * d - b * c == pytest.approx(np.linalg.det(lab.W))
            sums = [f"h{'₁₂'[unit]} = " in line and line.split(" = ")[-1] for unit, line in enumerate(lines(lab)[3:5])]
            assert sums == [number(value) for value in np.array([2, 1]) @ lab.W]
        lab.reset()
        assert lab.untouched


def test_the_words_at_the_start():
    assert lines(SpaceLab())[:6] == [
        "Areas become 1.5 times as large.",
        "(1, 0) goes to (1, 0.5), row 1 of W.",
        "(0, 1) goes to (−1, 1), row 2 of W.",
        "h₁ = 2 × 1 + 1 × (−1) = 1",
        "h₂ = 2 × 0.5 + 1 × 1 = 2",
        "w₁w₄ − w₂w₃ = 1 × 1 − 0.5 × (−1) = 1.5",
    ]


def test_points_as_columns_are_the_same_numbers_turned_over():
    rows, columns = SpaceLab(), SpaceLab(samples="columns")
    assert lines(columns)[1:3] == [
        "(1, 0) goes to (1, 0.5), column 1 of Wᵀ.",
        "(0, 1) goes to (−1, 1), column 2 of Wᵀ.",
    ]
    assert lines(columns)[3:] == lines(rows)[3:]
    written = [re.findall(r'font-size="16">([−\d.]+)', lab.stage.live) for lab in (rows, columns)]
    assert written == [["2", "1", "1", "0.5", "−1", "1", "1", "2"], ["1", "−1", "0.5", "1", "2", "1", "1", "2"]]
    assert ">h = x W<" in rows.stage.live and ">hᵀ = Wᵀ xᵀ<" in columns.stage.live


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ((1, 0, 0, 1), "Areas stay as large as they are."),
        ((0, 1, 1, 0), "Areas stay as large as they are, but are turned over."),
        ((0, 1, -1, 0), "Areas stay as large as they are."),
        ((2, 0, 0, -1.5), "Areas become 3 times as large and are turned over."),
        ((0.5, 0, 1, 0.5), "Areas become 0.25 times as large."),
        ((1, 0.5, 2, 1), "The plane is flattened to a line."),
        ((0, 0, 0, 3), "The plane is flattened to a line."),
        ((0, 0, 0, 0), "The plane is flattened to a point."),
        ((0.1, 0.2, 0.3, 0.6), "The plane is flattened to a line."),
        ((0.6, 0.8, -0.8, 0.6), "Areas stay as large as they are."),
    ],
)
def test_what_becomes_of_areas_is_said_and_seen(weights, words):
    lab = SpaceLab(*weights)
    assert lines(lab)[0] == words
    tile = re.findall(r'<polygon points="[^"]*" fill="var\(--annkit-(\w+)[^"]*" fill-opacity="0.22"', lab.stage.live)
    assert tile == ["blue" if lab.area > 0 else "orange" if lab.area < 0 else "grey"]


def test_the_tile_and_the_letter_lie_where_the_matrix_puts_them():
    lab = SpaceLab(**TURN)
    corners = re.findall(r'<polygon points="([^"]*)" fill="[^"]*" fill-opacity="0.22"', lab.stage.live)[0]
    drawn = [list(map(float, corner.split(","))) for corner in corners.split()]
    right = lab.stage.panels[1].place(*np.array([(0, 0), (0, 1), (-1, 1), (-1, 0), (0, 0)]).T)
    assert np.abs(drawn - right).max() < 0.06


# What hands do.


@pytest.mark.parametrize(("handle", "names"), [("a1", WEIGHTS[:2]), ("a2", WEIGHTS[2:]), ("x", ("x1", "x2"))])
def test_both_arrows_and_the_point_are_dragged_and_moved_by_keys(lab, handle, names):
    before = lab.code()
    drag(lab, handle, *place(lab, 0.3, 0.4))
    drag(lab, handle, *place(lab, -1.3, 2.2))
    drop(lab, handle, *place(lab, -1.3, 2.2))
    assert [getattr(lab, name) for name in names] == [-1.25, 2.25]
    assert at(lab, handle) == pytest.approx((-1.25, 2.25), abs=0.01)
    assert lab.untouched == (handle == "x"), "the point is only looked at"
    press(lab, handle, "ArrowRight")
    press(lab, handle, "ArrowDown")
    press(lab, handle, "Enter")
    assert [getattr(lab, name) for name in names] == [-1, 2]
    drag(lab, handle, 1e6, -1e6)
    assert [getattr(lab, name) for name in names] == REACH.tolist()
    for __ in range(4):
        lab.undo()
    assert lab.code() == before


def test_a_click_in_the_plane_puts_the_point_there(lab):
    click(lab, *place(lab, -2.1, -0.9))
    assert (lab.x1, lab.x2) == (-2, -1)
    before = lab.code()
    click(lab, 3, 3)
    assert lab.code() == before
    lab.undo()
    assert (lab.x1, lab.x2) == (2, 1)


def test_the_handles_say_what_they_are(lab):
    labels = [handle["label"] for handle in lab.stage.handles]
    assert labels == [
        "arrow 1: (1, 0) goes to (1, 0.5)",
        "arrow 2: (0, 1) goes to (−1, 1)",
        "the point x, (2, 1), goes to (1, 2)",
    ]


def test_the_way_of_the_point_leads_along_the_arrows():
    lab = SpaceLab()
    ways = re.findall(r'<polyline points="([^"]*)" fill="none" stroke="[^"]*" stroke-width="3"', lab.stage.live)
    corners = [[list(map(float, end.split(","))) for end in way.split()] for way in ways]
    right = [[place(lab, 0, 0), place(lab, 2, 1)], [place(lab, 2, 1), place(lab, 1, 2)]]
    assert np.abs(np.array(corners) - right).max() < 0.06


def test_the_frame_holds_arrows_and_point_and_says_where_h_has_gone(lab):
    lab.w2 = 5
    assert lab.drawn_for == 2 and (np.abs(at(lab, "a1")) < 2 * FRAME).all()
    lab.set(w2=0.5, x1=-20)
    assert lab.drawn_for == 8, "a frame that was large stays so"
    assert "outside" not in lab.describe()
    lab.w1 = 1e6
    assert (np.abs(at(lab, "a1")) < lab.drawn_for * FRAME).all()
    button(lab, "turn").click()
    assert lab.drawn_for == 8, "as large as x needs it, and no longer as large as that arrow"
    lab.reset()
    assert lab.drawn_for == 1
    lab.set(w1=3, x1=3)
    assert "h lies outside of the picture" in lab.describe()


def test_both_sums_are_said_in_full_and_stand_under_each_other_as_arrows_do():
    lab = SpaceLab(x1=-2, w3=0)
    assert {"h₁ = −2 × 1 + 1 × 0 = −2", "h₂ = −2 × 0.5 + 1 × 1 = 0"} <= set(lab.describe().splitlines())
    for samples, name in (("rows", "row"), ("columns", "column")):
        lab.samples = samples
        sums = [piece for piece in lab.stage.said if piece["kind"] == "rows"][1]
        assert [head.replace("\xa0", " ") for head in sums["heads"]] == [
            "",
            f"x₁ × {name} 1",
            "",
            f"x₂ × {name} 2",
            "",
            "",
        ]
        shown = [[cell.replace("\xa0", " ") for cell in row] for row in sums["cells"]]
        assert shown == [["h₁", "−2 × 1", "+", "1 × 0", "=", "−2"], ["h₂", "−2 × 0.5", "+", "1 × 1", "=", "0"]]


# Motion.


@pytest.mark.parametrize("name", MOVES)
def test_a_button_shows_how_the_plane_moves(lab, name):
    lab.set(x1=1, x2=-1)
    button(lab, name).click()
    assert tuple(lab.W.ravel()) == MOVES[name] and lab.moved == 0 and lab.stage.playing
    assert at(lab, "a1") == pytest.approx((1, 0), abs=0.01) and at(lab, "a2") == pytest.approx((0, 1), abs=0.01)
    steps = round(1 / TICK)
    for n in range(1, steps + 1):
        assert lab.stage.playing
        tick(lab, n)
        if n == steps / 2:
            assert at(lab, "a1") == pytest.approx((np.array([1, 0]) + lab.W[0]) / 2, abs=0.01)
    assert lab.moved == 1 and not lab.stage.playing
    assert at(lab, "a2") == pytest.approx(tuple(lab.W[1]), abs=0.01)
    lab.undo()
    assert lab.code() == SpaceLab(samples=lab.samples, x1=1, x2=-1).code(), "the motion is nothing to undo"


def test_play_begins_anew_and_a_weight_that_is_turned_ends_it(lab):
    lab.play()
    tick(lab, 1)
    assert lab.moved == 0
    tick(lab, 2)
    tick(lab, 3)
    assert lab.moved == 2 * TICK and "On the way: 0.0625" in lab.describe()
    lab._sliders["w1"].move(2)
    assert lab.moved == 1 and not lab.stage.playing and lab.w1 == 2
    lab._sliders["moved"].move(0.5)
    assert at(lab, "a1") == pytest.approx((1.5, 0.25), abs=0.01)
    press(lab, "a1", "ArrowRight")
    assert (lab.w1, lab.moved) == (2.25, 1), "a key goes on from where the arrow leads, not from the way there"


def test_who_wants_no_motion_sees_its_end_at_once(lab):
    button(lab, "mirror").click()
    tick(lab, 1, still=True)
    assert lab.moved == 1 and not lab.stage.playing and lab.w1 == -1
    lab.play()
    tick(lab, 2, still=True)
    assert lab.moved == 1 and not lab.stage.playing


def test_steps_in_python_draw_once(lab):
    lab.moved = 0
    lab.step(4)
    assert lab.moved == 4 * TICK
    with pytest.raises(ValueError, match="weights should be four numbers, row by row, not 3"):
        lab.move([1, 2, 3])
    assert lab.moved == 4 * TICK


# Goals.


@pytest.mark.parametrize("goal", range(1, len(GOALS) + 1))
def test_the_f_can_be_laid_onto_each_goal(lab, goal):
    lab.goal = goal
    assert not lab.reached and not any(piece.get("done") for piece in lab.stage.said)
    assert lab.stage.live.count('stroke-dasharray="5 3"') == 2
    (a, b, c, d) = GOALS[goal - 1]
    drag(lab, "a1", *place(lab, a, b))
    drop(lab, "a1", *place(lab, a, b))
    assert not lab.reached
    drag(lab, "a2", *place(lab, c, d))
    drop(lab, "a2", *place(lab, c, d))
    assert lab.reached and "On the dashed F." in lab.describe() and any(piece.get("done") for piece in lab.stage.said)
    lab.set(w1=c, w2=d, w3=a, w4=b)
    assert not lab.reached, "the F on it is turned over"


def test_no_button_reaches_a_goal_and_without_one_nothing_is_reached():
    for goal in range(len(GOALS) + 1):
        for weights in MOVES.values():
            assert not SpaceLab(*weights, goal=goal).reached
    assert SpaceLab().wanted is None


# Reset, code, and what is refused.


def test_reset_brings_everything_back(lab):
    before = lab.describe(), lab.stage.svg()
    lab.set(w1=3, x1=-1, goal=2, moved=0.5)
    lab.set(samples="rows" if lab.samples == "columns" else "columns")
    button(lab, "Reset").click()
    assert (lab.describe(), lab.stage.svg()) == before and lab.untouched


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("w1", "two", "w1 should be one number"),
        ("w4", np.nan, "w4 should be a finite number"),
        ("w2", 1e7, "w2 should be from"),
        ("x1", None, "x1 should be one number"),
        ("x2", np.inf, "x2 should be a finite number"),
        ("moved", 1.5, "moved should be from 0 to 1"),
        ("goal", 4, "goal should be a whole number from 0 to 3, not 4"),
        ("goal", 1.5, "goal should be a whole number"),
        ("samples", "row", "Did you mean rows"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line_and_the_old_state_stands(lab, name, value, words):
    refuses(lab, name, value, words)


LONG = {"w1": -1234.5, "w2": -1e6, "w3": 1 / 3, "w4": -0.0625, "x1": 1e-7, "x2": -99.875}


@pytest.mark.parametrize(
    "changed",
    [{}, {"w1": 0.25, "x1": -1, "moved": 0.25, "samples": "columns"}, {"goal": 2, "w3": 1e-7}, LONG],
)
def test_code_makes_the_lab_again(changed):
    lab = SpaceLab()
    lab.set(**changed)
    again = eval(lab.code(), {"SpaceLab": SpaceLab})
    assert again.describe() == lab.describe() and again.code() == lab.code() and (again.W == lab.W).all()


def test_every_line_of_words_is_short():
    for changed in (
        {},
        LONG,
        {"w1": -2.75, "w2": -2.75, "w3": -2.75, "w4": -1.25, "x1": -2.75, "x2": -2.75, "goal": 3},
    ):
        assert max(map(len, lines(SpaceLab(**changed)))) < 90


@pytest.mark.parametrize("changed", [{}, {"goal": 1, "samples": "columns"}, LONG])
def test_it_is_light(changed):
    lab = SpaceLab(**changed)
    sent = len(lab.stage.live.encode()) + len(str(lab.stage.handles))
    assert sent <= 8_000 and len(lab.stage.saved(lab.describe())) <= 60_000
