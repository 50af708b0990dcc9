"""Every control of the XOR lab, driven in Python: both ends, bad values, corners, the move, words and the network."""

import itertools
import re

import numpy as np
import pytest
from hands import button, hear, refuses

from annkit import Network, data
from annkit.labs import XorLab
from annkit.labs.xor.layout import PLANE
from annkit.labs.xor.move import FRAME, Line, Move, cells
from annkit.wording import number

OR_NAND = {"w12": -1, "w22": -1, "b2": 1.5, "c": -1.5}
ONE_EACH = {"w21": -1, "w12": -1}
WEIGHTS = ("w11", "w21", "b1", "w12", "w22", "b2", "v1", "v2", "c")


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


def places(lab):
    """Where the handles of the corners are, in the plane's coordinates."""
    return [np.round(PLANE.data(handle["x"], handle["y"]), 3).tolist() for handle in lab.stage.handles]


def tick(lab, **how):
    hear(lab, event="tick", n=lab.stage.answered + 1, **how)


def test_every_slider_at_both_ends_and_at_zero_agrees_with_a_network(lab):
    assert list(lab._sliders) == ["moved", *WEIGHTS]
    for name, slider in lab._sliders.items():
        for value in (slider.low, slider.high, 0.0):
            slider.move(value)
            assert getattr(lab, name) == value
            assert (lab.predict(lab.table.X) == as_network(lab).predict(lab.table.X)[:, 0]).all()
            assert (lab.now.right == lab.right).all()
            assert f"{lab.right.sum()} of 4 right." in lab.describe()
        lab.reset()


def test_sliders_are_called_as_the_code_calls_the_weights(lab):
    labels = [slider.label for name, slider in lab._sliders.items()]
    assert labels == ["move", "w₁₁", "w₂₁", "b₁", "w₁₂", "w₂₂", "b₂", "v₁", "v₂", "c"]
    captions = [child.value for child in lab.children[0].children[0].children if hasattr(child, "value")]
    assert "h₁ = step(x₁ w₁₁ + x₂ w₂₁ + b₁)" in captions and "o = step(h₁ v₁ + h₂ v₂ + c)" in captions


def test_the_solution_of_the_chapter():
    lab = XorLab(**OR_NAND, moved=1)
    assert lab.describe().splitlines()[:5] == [
        "4 of 4 right.",
        "h₁: 0 × 1 + 1 × 1 − 0.5 = 0.5 > 0 → 1",
        "h₂: 0 × (−1) + 1 × (−1) + 1.5 = 0.5 > 0 → 1",
        "o: 1 × 1 + 1 × 1 − 1.5 = 0.5 > 0 → 1 (corner 01: right)",
        "The plane shows where the hidden units put the corners: 00 → 01, 01 → 11, 10 → 11, 11 → 10.",
    ]
    assert any(piece.get("done") for piece in lab.stage.said)


def test_corners_are_chosen_by_hand_and_refused_where_there_are_none(lab):
    for point in (1, 3, 4, 2):
        hear(lab, event="click", id=f"p{point}", again=False)
        assert lab.point == point
        assert f"(corner {'00 01 10 11'.split()[point - 1]}:" in lab.describe()
    refuses(lab, "point", 5, "point should be a whole number from 1 to 4")


def test_the_network_shows_values_signs_and_sizes():
    lab = XorLab(**OR_NAND, w11=0, w21=3, point=4)
    strengths = np.frombuffer(lab.stage.strengths, np.int8).reshape(-1, 2)[:, 0].tolist()
    assert np.sign(strengths).tolist() == [0, -1, 1, -1, 1, 1]
    assert 0 < -strengths[1] < strengths[2]
    values = re.search(r'<g class="annkit-v" font-size="17".*?</g>', lab.stage.live)[0]
    assert re.findall(r">(\d)</text>", values) == ["1", "1", "1", "0", "0"]
    assert "b₂ = 1.5" in lab.stage.live and "c = −1.5" in lab.stage.live


# The move.


def test_the_way_of_the_corners_by_hand():
    """The sums of OR and NAND are (−0.5, 1.5), (0.5, 0.5), (0.5, 0.5), (1.5, −0.5); a sum of 2 is drawn 0.75 away."""
    X, weights, biases = data.logic("XOR").X, [[1, -1], [1, -1]], [-0.5, 1.5]
    ways = {
        0: [(0, 0), (0, 1), (1, 0), (1, 1)],
        0.25: [(0.15625, 0.53125), (0.34375, 0.84375), (0.84375, 0.34375), (1.03125, 0.65625)],
        0.5: [(0.3125, 1.0625), (0.6875, 0.6875), (0.6875, 0.6875), (1.0625, 0.3125)],
        0.75: [(0.15625, 1.03125), (0.84375, 0.84375), (0.84375, 0.84375), (1.03125, 0.15625)],
        1: [(0, 1), (1, 1), (1, 1), (1, 0)],
    }
    for moved, way in ways.items():
        assert Move(X, weights, biases, moved).places().tolist() == [list(place) for place in way]


@pytest.mark.parametrize("moved", [0, 0.1, 0.2, 0.3, 0.4, 0.5])
def test_hidden_lines_move_with_the_corners(moved):
    """On all the way to the sums a corner is on that side of a line that its unit's answer says."""
    X, generator = data.logic("XOR").X, np.random.default_rng(0)
    for __ in range(200):
        weights, biases = generator.integers(-16, 17, (2, 2)) / 4, generator.integers(-16, 17, 2) / 4 + 0.125
        if abs(np.linalg.det(weights)) < 0.1:
            continue
        move = Move(X, weights, biases, moved)
        for which, line in enumerate(move.lines()):
            for (x, y), total in zip(move.places(), move.sums[:, which], strict=True):
                assert (line.at(x, y) > 0) == (total > 0) or abs(line.at(x, y)) < 1e-9 * abs(line.r)


def test_the_scale_of_the_sums_stays_while_a_bias_turns_a_little(lab):
    """All four corners go to the left together, as the chapter says, and the numbers at the axes say how far."""
    lab.set(moved=0.5, point=1)
    for b1, reach in ((-0.5, 2), (-1, 2), (-2, 2), (-2.25, 4), (-4, 4)):
        lab.b1 = b1
        assert places(lab)[0] == pytest.approx([0.5 + 0.75 * b1 / reach, 0.5 - 0.75 * 0.5 / 2], abs=0.01)
        for tick in (-reach, 0, reach):
            assert f">{number(tick)}</text>" in lab.stage.live
    assert Move(data.logic("XOR").X, np.zeros((2, 2)), [0, 1e6], 0.5).reach == [2, 2**20]


def drawn_boxes(lab):
    """Left, top, right and bottom of the words at arrows, of corners with their names, and of a card."""
    words = re.findall(r'x="([\d.]+)" y="([\d.]+)"[^>]*>(?:h₁ = 1|h₂ = 1|○ side)<', lab.stage.live)
    labels = [(float(x) - 24, float(y) - 8, float(x) + 24, float(y) + 8) for x, y in words]
    cards = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="58', lab.stage.live)
    cards = [(float(x), float(y), float(x) + float(width), float(y) + 58) for x, y, width in cards]
    seated = lab.now.places[lab.point - 1] if cards else None
    corners = [PLANE.place(*place)[0] for place in set(lab.now.places) - {seated}]
    return labels + cards, [(x - 12, y - 12, x + 12, y + 32) for x, y in corners]


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("moved", [0, 0.5, 1])
def test_words_and_card_lie_neither_on_each_other_nor_on_a_corner(moved):
    lab = XorLab(moved=moved)
    for w21, b1, w12, c, point in itertools.product((-1, 1), (-2, -1, -0.5, 1.5), (-1, 0, 1), (-1.5, -0.5), (2, 4)):
        lab.set(w21=w21, b1=b1, w12=w12, c=c, point=point)
        over, corners = drawn_boxes(lab)
        pairs = [*itertools.combinations(over, 2), *itertools.product(over, corners)]
        assert not any(overlap(*pair) for pair in pairs), lab.code()


def test_parallel_lines_arrive_too_one_upright_one_level():
    for moved, apart in ((0.5, 0), (0.499, 0.05)):
        first, second = Move(data.logic("XOR").X, [[1, -1], [1, -1]], [-0.5, 1.5], moved).lines()
        assert abs(first.q / first.p) <= apart and abs(second.p / second.q) <= apart


def test_lines_cut_the_plane():
    line = Line(1, 1, -0.5)
    assert line.ends() == ((-0.5, 1), (1, -0.5))
    assert line.part(FRAME, 0) == [(-0.5, 1), (-0.5, -0.5), (1, -0.5)] and len(line.part(FRAME, 1)) == 5
    for nowhere, answer in ((Line(0, 0, 1), 1), (Line(0, 0, 0), 0), (Line(0, 0, -1), 0), (Line(1, 0, 9), 1)):
        assert nowhere.ends() is None
        assert nowhere.part(FRAME, answer) == FRAME and nowhere.part(FRAME, 1 - answer) == []
    assert [answers for answers, __ in cells([line, line])] == [(0, 0), (1, 1)]
    assert [answers for answers, __ in cells([line, Line(-1, 0, 0.5)])] == [(0, 0), (0, 1), (1, 0), (1, 1)]


@pytest.mark.parametrize("moved", [0, 0.25, 0.5, 0.75, 1])
@pytest.mark.parametrize("size", [0, 1e-300, 1e-9, 1e6])
def test_no_weights_are_too_small_or_too_large_to_be_drawn(moved, size):
    lab = XorLab(moved=moved)
    for names in (WEIGHTS, WEIGHTS[:3], WEIGHTS[3:5], WEIGHTS[2::3]):
        lab.set(**dict.fromkeys(names, size))
        assert not re.search(r"\b(nan|inf)\b", lab.stage.svg())
        lab.reset()
    assert not lab.error


def test_corners_that_meet_stand_at_their_one_place(lab):
    """Findings, 04: with only v₂ = 0, a line seemed to part what can't be parted."""
    lab.set(moved=1, v2=0, point=1)
    assert places(lab) == [[0, 0], [1, 1], [1, 1], [1, 1]]
    assert "01, 10, 11" in lab.stage.live
    marks = [handle["mark"] for handle in lab.stage.handles]
    assert marks[1] == marks[2] == "" and ">3</text>" in marks[3] and "annkit-fan" in marks[3]


def test_corners_that_meet_are_fanned_out_on_a_card_when_one_of_them_is_in_focus(lab):
    lab.moved = 1
    hear(lab, event="focus", id="p4")
    seats = places(lab)[1:]
    assert len({tuple(seat) for seat in seats}) == 3 and len({seat[1] for seat in seats}) == 1
    ((x, y),) = PLANE.place(1, 1)
    assert f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5"' in lab.stage.live  # the card points to the true place
    assert all(handle["mark"] for handle in lab.stage.handles)
    left, top = min(h["x"] for h in lab.stage.handles[1:]) - 20, lab.stage.handles[1]["y"] - 20
    assert PLANE.x < left and PLANE.y - 11 < top


def test_it_plays_to_the_hidden_plane_and_then_from_the_inputs_again(lab):
    play = button(lab, "Play")
    play.value = True
    for __ in range(65):
        tick(lab)
    assert lab.moved == 1 and not lab.stage.playing and play.description == "Play"
    lab.play()
    tick(lab)
    assert lab.moved == 0 and lab.stage.playing
    lab.pause()
    assert not lab.undo()  # play only shows


def test_who_wants_no_motion_sees_the_end_at_once(lab):
    lab.play()
    tick(lab, still=True)
    assert lab.moved == 1 and not lab.stage.playing


def test_steps_in_code(lab):
    lab.step(32)
    assert lab.moved == 0.5 and "(−0.5, −0.5)" in lab.describe()
    lab.step(50)
    assert lab.moved == 1
    refuses(lab, "moved", 1.5, "moved should be")
    refuses(lab, "moved", "x", "moved should be")


def test_a_turn_is_undone_and_the_plane_stays_where_it_is_for_the_answer(lab):
    lab._sliders["b1"].move(-1.5)
    lab._sliders["moved"].move(1)
    assert not lab.untouched
    lab.undo()
    lab.undo()
    assert lab.b1 == -0.5 and lab.moved == 0
    lab.moved, lab.point = 0.5, 3
    assert lab.untouched  # both only choose what is looked at


# The words.


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({}, "○ 01, ○ 10, × 11 share a place"),
        ({"w22": 0, "w11": 0}, "have only changed places"),
        ({**OR_NAND, "c": -0.5}, "a line can divide the corners now"),
        (OR_NAND, "Solved"),
        (ONE_EACH, "Solved"),
        ({"w11": 0, "w21": 0, "w12": 0, "w22": 0}, "× 00, ○ 01, ○ 10, × 11 share a place"),
    ],
)
def test_one_sentence_helps(weights, words):
    lab = XorLab(**weights, moved=1)
    assert words in lab.describe().splitlines()[-1] and lab.stage.said[-1]["kind"] == "help"


def test_where_the_corners_go_is_told_when_they_have_gone(lab):
    """The chapter asks which of them meet before it lets them move."""
    *__, where, helps = lab.describe().splitlines()
    assert where == "The plane shows the inputs, and the corners where they begin." and helps.startswith("Press Play")
    for moved, told in ((0.25, "01 → (0.5, 0.5)"), (0.5, "01 → (0.5, 0.5)"), (0.75, "01 → 11"), (1, "01 → 11")):
        lab.moved = moved
        *__, where, helps = lab.describe().splitlines()
        assert told in where and "share a place" in helps
    lab.set(**OR_NAND, moved=0)
    assert lab.describe().endswith(
        "Solved: at their new places one line divides the corners. Play shows how they get there."
    )


def test_where_the_help_says_that_a_line_can_divide_the_corners_one_of_a_grid_does():
    columns = [(0, 0, 0.5), (0, 0, -0.5), (1, 1, -0.5), (-1, -1, 1.5), (1, 0, -0.5), (0, -1, 0.5), (1, -1, -0.5)]
    grid = np.stack(np.meshgrid(*[np.arange(-2, 2.25, 0.5)] * 3), axis=-1).reshape(-1, 3)
    lab = XorLab(moved=1)
    for first in columns:
        for second in columns:
            lab.set(**dict(zip(WEIGHTS, [*first, *second, 0, 0, -1], strict=True)))
            answers = (lab.hidden(lab.table.X) @ grid[:, :2].T + grid[:, 2] > 0).T == lab.table.labels
            assert ("can divide" in lab.describe()) == bool(answers.all(axis=1).any())


def test_code_makes_the_lab_again():
    lab = XorLab(w11=1 / 3, v2=-2.5, point=4, moved=0.35)
    again = eval(lab.code(), {"XorLab": XorLab})
    assert again.describe() == lab.describe() and again.w11 == lab.w11 and again.moved == 0.35


def test_the_handles_are_the_corners_in_words(lab):
    assert [handle["label"] for handle in lab.stage.handles] == [
        "corner 00, ×, right", "corner 01, ○, right", "corner 10, ○, right", "corner 11, ×, wrong",
    ]  # fmt: skip
    assert all(handle["box"] is None for handle in lab.stage.handles)
    assert lab.table == data.logic("XOR")
