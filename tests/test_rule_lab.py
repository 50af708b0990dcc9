"""Every control of the rule lab, driven in Python: sliders, lists, knobs, points, cards, keys, play, and its words."""

import itertools
import re

import numpy as np
import pytest
import traitlets
from hands import button, click, drag, drop, hear, press, refuses

from annkit import data
from annkit.labs import RuleLab
from annkit.labs.rule import cards
from annkit.labs.rule.lab import WHEN
from annkit.labs.rule.models import FRAME, MODELS, Cut, Model, share_through

SLIDERS = {"cut": "threshold", "mix": "line", "mix_cut": "line", "mix1": "made", "mix2": "made"}
SOLVED = {"model": "made", "mix1": 20, "mix2": 40}


@pytest.fixture(params=list(MODELS))
def lab(request):
    made = RuleLab(model=request.param)
    yield made
    assert not made.error
    made.close()


def place(lab, x, y):
    """A place of the plane in stage units."""
    return lab.stage.panels[0].place(x, y)[0]


def ids(lab):
    return [handle["id"] for handle in lab.stage.handles]


def lines(lab):
    return lab.describe().splitlines()


def by_hand(lab, X):
    """What the model says, in other words than the lab's own, on whole numbers."""
    x1, x2 = np.asarray(X, int).T
    if lab.model == "threshold":
        x, side = (x1 if "x1" in lab.when else x2), lab.when.split()[1]
        return x > lab.cut if side == "above" else x < lab.cut
    if lab.model == "line":
        return x1 * lab.mix + x2 * (100 - lab.mix) > 100 * lab.mix_cut
    first, second = (x1 * share + x2 * (100 - share) for share in (lab.mix1, lab.mix2))
    return (first > 4000) & (second <= 6000)


def settings():
    """Many settings of each model, the ends of every range among them."""
    some, shares = (0, 1, 37, 50, 99, 100), (0, 5, 20, 50, 80, 100)
    yield from ({"model": "threshold", "when": when, "cut": cut} for when in WHEN for cut in some)
    yield from ({"model": "line", "mix": mix, "mix_cut": cut} for mix, cut in itertools.product(shares, some))
    yield from ({"model": "made", "mix1": one, "mix2": two} for one, two in itertools.product(shares, shares))


# Numbers.


def test_the_words_at_the_start():
    assert lines(RuleLab())[:4] == [
        "It says dry, because x₁ is 3, not above 50.",
        "point 1: dry is wrong",
        "Numbers to read: 2.",
        "Right: 38 of 100 to learn from, 34 of 100 held out.",
    ]


def test_a_line_answers_in_two_products_and_made_variables_in_four_and_a_rule():
    assert lines(RuleLab(model="line", mix=25, mix_cut=70))[:3] == [
        "It says dry, because the mix is not above the cut-off.",
        "The mix: 3 × 0.25 + 84 × 0.75 = 63.75 ≤ 70.",
        "point 1: dry is wrong",
    ]
    assert lines(RuleLab(**SOLVED))[:7] == [
        "It says rain, because h₁ is on and h₂ is off.",
        "h₁: 3 × 0.2 + 84 × 0.8 = 67.8 > 40, on.",
        "h₂: 3 × 0.4 + 84 × 0.6 = 51.6 ≤ 60, off.",
        "point 1: rain is right",
        "Numbers to read: 16.",
        "Right: 100 of 100 to learn from, 100 of 100 held out.",
        "All to learn from are right.",
    ]


@pytest.mark.parametrize("name", SLIDERS)
def test_every_slider_at_both_ends_and_between(name):
    lab = RuleLab(model=SLIDERS[name])
    for value in (0.0, 100.0, 35.0):
        lab._sliders[name].move(value)
        assert getattr(lab, name) == value and type(getattr(lab, name)) is int
        assert (lab.predict(lab.table.X) == by_hand(lab, lab.table.X)).all()
        learnt = by_hand(lab, lab.table.X)[:100] == lab.table.labels[:100]
        assert f"Right: {learnt.sum()} of 100 to learn from" in lab.describe()
    for __ in range(3):
        lab.undo()
    assert lab.untouched and not lab.error


def test_what_it_says_is_what_the_rule_says_for_every_place_and_setting():
    everywhere = np.array(list(itertools.product(range(0, 101, 3), repeat=2)), float)
    lab = RuleLab()
    for state in settings():
        lab.set(**state)
        answers = by_hand(lab, everywhere)
        assert (lab.predict(everywhere) == answers).all()
        assert lab.right().tolist() == (by_hand(lab, lab.table.X) == lab.table.labels).tolist()


def test_what_is_coloured_is_what_the_model_says_and_covers_the_plane_once():
    inner = np.array(list(itertools.product(np.arange(1.7, 100, 7.3), repeat=2)))
    lab = RuleLab()
    for state in settings():
        lab.set(**state)
        areas, answers = 0, np.zeros(len(inner), int)
        for outline, answer in lab.current.cells():
            areas += area(outline)
            inside = within(outline, inner)
            answers[inside] += 1 + 10 * answer
        assert areas == pytest.approx(10_000) and set(answers) <= {1, 11}
        assert (answers // 10 == lab.predict(inner)).all()


def area(outline):
    x, y = outline.T if len(outline) else np.zeros((2, 1))
    return abs((x * np.roll(y, 1) - y * np.roll(x, 1)).sum()) / 2


def within(outline, places):
    """Whether places lie in a convex polygon, whichever way round it runs."""
    sides = [
        (b[0] - a[0]) * (places[:, 1] - a[1]) - (b[1] - a[1]) * (places[:, 0] - a[0])
        for a, b in zip(outline, np.roll(outline, -1, axis=0), strict=True)
    ]
    return (np.array(sides) > 0).all(axis=0) | (np.array(sides) < 0).all(axis=0) if len(outline) > 2 else False


def test_the_numbers_to_read_are_those_that_are_there_to_be_read():
    lab = RuleLab()
    for state in settings():
        lab.set(**state)
        shown = []
        for piece in lab.stage.said:
            if piece["kind"] == "lead" and lab.model == "threshold":
                shown += re.findall(r"\d+", lines(lab)[0].replace("x₁", "").replace("x₂", ""))
            if piece["kind"] == "sum":
                shown += [number for product in piece["products"] for number in product]
                shown += re.findall(r"[\d.]+", piece["total"])
        assert len(shown) == lab.numbers and f"Numbers to read: {lab.numbers}." in lab.describe()
    assert RuleLab(model="line", mix=100).numbers == RuleLab().numbers == 2
    assert [RuleLab(model="made", mix1=a, mix2=b).numbers for a, b in ((0, 100), (0, 40), (20, 40))] == [4, 10, 16]


def test_at_exactly_the_cut_off_nothing_is_above_or_below():
    table = data.table([[50, 50], [50, 50], [20, 45], [20, 45]], [[1], [0], [1], [0]], kinds=["dry", "rain"])
    for when in WHEN:
        assert not RuleLab(table, when=when, cut=50).predict([[50, 50]]).any()
    assert not RuleLab(table, model="line", mix=20, mix_cut=40).predict([[20, 45]]).any()
    assert "50 × 0.2 + 50 × 0.8 = 50 > 40, on." in RuleLab(table, **SOLVED).describe()
    assert RuleLab(table, model="made", mix1=0, mix2=100).predict([[60, 41], [61, 41], [60, 40]]).tolist() == [1, 0, 0]


def test_what_the_chapter_claims_of_these_days():
    """No threshold and no line divides them, whichever way it runs; the lecture's two mixes do."""
    lab = RuleLab()
    X, rain = lab.X.astype(int), lab.labels == 1
    best = max(right_of(Model((Cut(100 * (1 - column), cut, below),)), lab) for column in (0, 1) for cut in range(101)
               for below in (False, True))  # fmt: skip
    lines = max(right_of(Model((Cut(share, cut),)), lab) for share in range(0, 101, 5) for cut in range(101))
    assert (best, lines) == (70, 76)
    for angle in np.linspace(0, np.pi, 720, endpoint=False):
        along = np.round(X @ [np.cos(angle), np.sin(angle)], 9)
        for cut in np.unique(along):
            right = ((along > cut) == rain).sum()
            assert max(right, 100 - right) <= 76
    perfect = [
        (one, two)
        for one, two in itertools.product(range(0, 101, 5), repeat=2)
        if right_of(Model((Cut(one, 40), Cut(two, 60))), lab) == 100
    ]
    assert perfect == [(20, 40)]
    half_simple = {
        pair: right_of(model, lab)
        for pair in itertools.product(range(0, 101, 5), repeat=2)
        if (model := Model((Cut(pair[0], 40), Cut(pair[1], 60)))).numbers == 10
    }
    assert max(half_simple, key=half_simple.get) == (0, 40) and half_simple[0, 40] == 90


def right_of(model, lab):
    return (model.predict(lab.X) == lab.labels).sum()


# What is turned.


def test_lists_choose_the_model_and_the_side(lab):
    for name in MODELS:
        lab._choosers["model"].value = name
        assert lab.model == name
        shown = {slider for slider, of in SLIDERS.items() if lab._sliders[slider].layout.display != "none"}
        assert shown == {slider for slider, of in SLIDERS.items() if of == name}
    lab.model = "threshold"
    for when in WHEN:
        lab._choosers["when"].value = when
        assert lab.when == when
        assert (lab.predict(lab.table.X) == by_hand(lab, lab.table.X)).all()


def test_a_click_on_a_card_chooses_its_model(lab):
    for left, name in zip(cards.LEFT, MODELS, strict=True):
        click(lab, left + 10, cards.TOP + 10)
        assert lab.model == name
        assert f'height="{cards.HEIGHT}" rx="10" class="annkit-n"/>' in lab.stage.live, "one stands out"
    before = lab.code()
    click(lab, cards.LEFT[1] - 5, cards.TOP + 10)
    assert lab.code() == before


def test_cards_say_how_often_right_and_how_much_there_is_to_read():
    lab = RuleLab(when="x2 above", cut=29, mix=20, mix_cut=40, mix1=20, mix2=40)
    shown = re.findall(r">(\d+ (?:% right|numbers))<", lab.stage.live)
    assert shown == ["69 % right", "2 numbers", "76 % right", "8 numbers", "100 % right", "16 numbers"]
    assert [cards.percent(share) for share in (0, 0.001, 0.5, 0.999, 1)] == [0, 1, 50, 99, 100]


@pytest.mark.parametrize(
    ("state", "handle", "to", "value"),
    [
        ({}, "cut", (30.4, 80), 30),
        ({"when": "x2 below"}, "cut", (30, 62.6), 63),
        ({}, "cut", (-50, 20), 0),
        ({}, "cut", (500, 20), 100),
        ({"model": "line", "mix": 25}, "mix_cut", (40, 60), 55),
        ({"model": "line", "mix": 25, "mix_cut": 40}, "mix", (0, 60), 35),
        ({"model": "line", "mix_cut": 40}, "mix", (40, 90), 100),
        ({"model": "made"}, "mix1", (0, 50), 20),
        ({"model": "made"}, "mix1", (100, 25), 20),
        ({"model": "made"}, "mix2", (0, 100), 40),
        ({"model": "made"}, "mix2", (100, 33), 40),
        ({"model": "made"}, "mix1", (90, 90), 50),
    ],
)
def test_a_border_is_dragged_by_its_knobs(state, handle, to, value):
    lab = RuleLab(**state)
    before = lab.code()
    drag(lab, handle, *place(lab, *to))
    drop(lab, handle, *place(lab, *to))
    assert getattr(lab, handle) == value
    lab.undo()
    assert lab.code() == before and not lab.error


def test_a_knob_stays_at_the_hand_while_it_is_dragged():
    lab = RuleLab(model="line", mix=20, mix_cut=40)
    drag(lab, "mix_cut", *place(lab, 80, 50))
    (knob,) = (handle for handle in lab.stage.handles if handle["id"] == "mix_cut")
    assert lab.mix_cut == 56 and np.hypot(*(place(lab, 80, 50) - (knob["x"], knob["y"]))) < 8
    lab.mix = 25
    (knob,) = (handle for handle in lab.stage.handles if handle["id"] == "mix_cut")
    assert np.hypot(*(place(lab, 50, 50 + 25 / 3) - (knob["x"], knob["y"]))) < 8, "in the middle again"
    for end in ((2, 65), (98, 33)):
        drag(lab, "mix", *place(lab, *end))
        (knob,) = (handle for handle in lab.stage.handles if handle["id"] == "mix")
        assert abs(knob["x"] - place(lab, *end)[0]) < 40


def test_knobs_are_moved_by_keys(lab):
    for name in [handle for handle in ids(lab) if not handle.startswith("p")]:
        step = 1 if name in ("cut", "mix_cut") else 5
        for key, change in (("ArrowUp", step), ("ArrowRight", step), ("ArrowLeft", -step), ("ArrowDown", -step)):
            before = getattr(lab, name)
            press(lab, name, key)
            assert getattr(lab, name) == before + change
        setattr(lab, name, 100)
        if name in ids(lab):
            press(lab, name, "ArrowUp")
            assert getattr(lab, name) == 100
        lab.reset()
        press(lab, name, "Enter")
        assert lab.untouched


def test_a_border_outside_has_no_knob_and_nothing_breaks():
    lab = RuleLab(cut=0)
    assert ids(lab) == ["cut", "p1"]
    assert ids(RuleLab(model="line", mix=50, mix_cut=0)) == ["p1"]
    assert ids(RuleLab(model="line", mix=50, mix_cut=100)) == ["p1"]
    assert ids(RuleLab(model="made")) == ["mix1", "mix2", "p1"]


# Points.


def test_a_click_chooses_the_nearest_point_and_its_answer_is_explained(lab):
    for row in (6, 40, 99):
        x, y = lab.X[row]
        click(lab, *(place(lab, x, y) + (1, -1)))
        assert (lab.X[lab.point - 1] == (x, y)).all()
        answer = lab.table.kinds[lab.predict([[x, y]])[0]]
        assert lab.describe().startswith(f"It says {answer}, because ")
        right = "right" if lab.right()[lab.point - 1] else "wrong"
        assert f"point {lab.point}: {answer} is {right}" in lab.describe()
    assert lab.untouched
    before = lab.point
    click(lab, 5, 5)
    assert lab.point == before


def test_arrow_keys_go_from_point_to_point_and_reach_nearly_all():
    lab = RuleLab()
    reached, fresh = {1}, [1]
    while fresh:
        point = fresh.pop()
        for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
            lab.point = point
            press(lab, f"p{point}", key)
            way = lab.X[lab.point - 1] - lab.X[point - 1]
            assert lab.point == point or way @ {"R": (1, 0), "L": (-1, 0), "U": (0, 1), "D": (0, -1)}[key[5]] > 0
            if lab.point not in reached:
                reached.add(lab.point)
                fresh.append(lab.point)
    assert len(reached) >= 95


def test_enter_and_a_button_go_to_the_next_wrong_point(lab):
    wrong = (np.flatnonzero(~lab.right()[:100]) + 1).tolist()
    seen = []
    for k in range(len(wrong) + 1):
        if k % 2:
            press(lab, f"p{lab.point}", "Enter")
        else:
            button(lab, "Next wrong point").click()
        seen.append(lab.point)
    assert sorted(seen[:-1]) == wrong and seen[-1] == seen[0]
    lab.set(**SOLVED)
    lab.next_wrong()
    assert lab.point == seen[-1]


def test_points_that_lie_under_each_other_take_turns():
    X = [[20, 20], [20, 20], [90, 90], [20, 20], [1, 1], [2, 2], [3, 3], [4, 4]]
    lab = RuleLab(data.table(X, [[0], [1]] * 4, kinds=["dry", "rain"]))
    seen = []
    for __ in range(3):
        hear(lab, event="click", id=f"p{lab.point}", again=True)
        seen.append(lab.point)
    assert seen == [2, 4, 1]
    hear(lab, event="click", id="p1", again=False)
    hear(lab, event="focus", id="p1")
    assert lab.point == 1 and lab.untouched


def test_handles_say_what_they_are():
    labels = [handle["label"] for handle in RuleLab(model="line").stage.handles]
    assert labels == [
        "the border, mix_cut = 50", "the border, mix = 50", "point 1, rain at (3, 84), wrong",
    ]  # fmt: skip


# The move to the plane of the mixes.


def test_points_move_to_their_mixes_in_a_straight_line():
    lab = RuleLab(**SOLVED)
    X, mixes = lab.X, np.column_stack([lab.X @ [0.2, 0.8], lab.X @ [0.4, 0.6]])
    for moved in (0, 0.25, 0.5, 1):
        lab.moved = moved
        wanted = lab.stage.panels[0].place(*((1 - moved) * X + moved * mixes).T)
        assert np.abs(lab._picture.places - wanted).max() < 1e-9
        assert lab.untouched
    corner = (mixes[:, 0] > 40) & (mixes[:, 1] < 60)
    assert (corner == (lab.labels == 1)).all(), "all ○ in one corner"
    assert ">mix 1<" in lab.stage.live and ">x₁<" not in lab.stage.live
    assert ids(lab) == ["p1"], "no knobs there"
    click(lab, *place(lab, *mixes[30]))
    assert (lab.X[lab.point - 1] == lab.X[30]).all()


def test_play_moves_them_there_and_begins_anew():
    lab = RuleLab(**SOLVED)
    lab.play()
    for n in range(1, 40):
        hear(lab, event="tick", n=n)
    assert lab.moved == 1 and not lab.stage.playing and lab.untouched
    lab.play()
    hear(lab, event="tick", n=41)
    assert lab.moved == 0
    hear(lab, event="tick", n=50, still=True)
    assert lab.moved == 1 and not lab.stage.playing
    assert not lab.undo(), "to look is nothing to undo"


def test_only_made_variables_move_points():
    lab = RuleLab(model="line", moved=0.5)
    assert np.abs(lab._picture.places - lab.stage.panels[0].place(*lab.X.T)).max() == 0
    with pytest.raises(ValueError, match="only made variables move the points: choose them first"):
        lab.step()
    lab.set(model="made", moved=1)
    lab.play()
    lab.model = "threshold"
    assert lab.moved == 0 and not lab.stage.playing
    lab.set(model="made", moved=0.5)
    assert lab.moved == 0.5


@pytest.mark.parametrize("shares", list(itertools.product((0, 50, 100), repeat=2)))
def test_every_mix_can_be_moved_to_even_where_all_points_meet_on_a_line(shares):
    lab = RuleLab(model="made", mix1=shares[0], mix2=shares[1])
    for moved in (0, 0.5, 1):
        lab.moved = moved
        assert "nan" not in lab.stage.live and "inf" not in lab.stage.live
    assert not lab.error


# What is refused, and what is kept.


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("model", "lines", "Did you mean line"),
        ("model", None, "model should be one of threshold, line, made"),
        ("when", "x1", "when should be one of x1 above"),
        ("cut", 101, "cut should be a whole number from 0 to 100, not 101"),
        ("cut", 0.5, "cut should be a whole number"),
        ("mix", -5, "mix should be a whole number from 0 to 100"),
        ("mix_cut", "many", "mix_cut should be a whole number, not 'many'"),
        ("mix1", np.nan, "mix1 should be a whole number"),
        ("mix2", 1e9, "mix2 should be a whole number"),
        ("point", 0, "point should be a whole number from 1 to 100"),
        ("point", 101, "point should be a whole number from 1 to 100"),
        ("moved", 1.5, "moved should be from 0 to 1"),
        ("moved", np.inf, "moved should be a finite number"),
        ("table", [[1, 2]], "table should be a table, such as data.table"),
        ("table", data.lecture(), "this lab takes a table of 2 columns"),
        ("table", data.circles(20), "this lab draws variables from 0 to 100; the table has −"),
        ("table", data.table([[101, 3], [1, 2]], [[1], [0]]), "from 0 to 100; the table has 101"),
        ("table", data.table([[1, 2]], [[1]]), "this lab takes two rows or more"),
        ("table", data.table([[1, 2], [3, 4]], [[1], [0.5]]), "this lab draws classes"),
        ("table", data.weather(402), "this lab draws up to 400 rows"),
    ],
)
def test_what_is_refused(name, value, words):
    lab = RuleLab(**SOLVED, point=7)
    if value is None:
        with pytest.raises(traitlets.TraitError, match=words):
            lab.model = value
    else:
        refuses(lab, name, value, words)
    assert not lab.error


def test_another_table_of_the_same_names_is_drawn_and_one_of_others_refused():
    lab = RuleLab(**SOLVED, point=100)
    lab.table = data.weather(20, seed=3, town="coast")
    assert lab.point == 10 and "of 10 to learn from" in lab.describe() and not lab.untouched
    lab.undo()
    assert lab.point == 100 and "100 of 100 held out" in lab.describe()
    with pytest.raises(traitlets.TraitError, match="tables of x₁, x₂ with the answers dry, rain; make another lab"):
        lab.table = data.table([[1, 2], [3, 4]], [[1], [0]])
    assert lab.right().all() and not lab.error


def test_own_data_have_their_own_names():
    X = [[10, 90], [80.5, 20], [30, 30], [60, 70], [5, 5]]
    table = data.table(X, [[1], [0], [1], [0], [1]], ["{age}", "height"], ["<no>", "{yes}"])
    lab = RuleLab(table, point=2)
    assert lines(lab)[:2] == ["It says {yes}, because {age} is 80.5, above 50.", "point 2: {yes} is wrong"]
    assert "Right: 0 of 2 to learn from, 0 of 3 held out." in lab.describe()
    assert "&lt;no&gt;" in lab.stage.live and "<no>" not in lab.stage.svg()
    for model in MODELS:
        lab.model = model
    assert not lab.error


def test_the_whole_state_is_written_as_code_and_taken_back():
    lab = RuleLab()
    lab.set(model="made", mix1=20, mix2=45, point=12, moved=0.5, when="x2 below", cut=3)
    again = eval(lab.code(), {"RuleLab": RuleLab, "data": data})
    assert again.describe() == lab.describe() and again.stage.live == lab.stage.live
    assert RuleLab().code() == "RuleLab()"
    other = RuleLab(data.weather(50, seed=4, town="coast"), cut=10)
    assert other.code() == "RuleLab(table=data.weather(50, seed=4, town='coast'), cut=10)"
    assert eval(other.code(), {"RuleLab": RuleLab, "data": data}).describe() == other.describe()


def test_all_right_is_said_and_seen_only_where_it_is():
    assert [piece.get("done") for piece in RuleLab(**SOLVED).stage.said if "done" in piece] == [True]
    assert "All to learn from" not in RuleLab(model="made", mix1=25, mix2=40).describe()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({}, "More wrong than right. Try the other side, or the other variable."),
        ({"when": "x2 above"}, "Drag the border. Click a point"),
        ({"model": "line"}, "Can it part rain from dry?"),
        ({"model": "line", "mix": 100}, "A mix of one variable alone is a threshold again."),
        ({"model": "made"}, "Both mixes are the same."),
        ({"model": "made", "mix1": 25}, "which points lose their ring?"),
        (SOLVED, "Press Play: where do the mixes put the points?"),
        ({**SOLVED, "moved": 1}, "Here each made variable is a straight cut."),
        ({**SOLVED, "moved": 0.5}, "On the way to the plane of the two mixes."),
    ],
)
def test_the_help_is_that_of_the_state(state, words):
    assert words in lines(RuleLab(**state))[-1]


def test_a_share_through_a_place_is_the_one_whose_border_goes_there():
    for share in range(0, 101, 5):
        for x in (0, 100):
            if share < 100:
                y = (40 - share / 100 * x) / (1 - share / 100)
                assert share_through(x, y, 40) == share
    assert share_through(40, 40, 40) is None and share_through(1e6, -1e6, 40) == 50
    assert (FRAME.min(), FRAME.max()) == (0, 100)


@pytest.mark.parametrize("mixes", [(50, 50), (20, 40), (0, 40)])
def test_no_point_lies_under_the_words_of_a_made_variable_where_there_is_room(mixes):
    lab = RuleLab(model="made", mix1=mixes[0], mix2=mixes[1])
    places = lab.stage.panels[0].place(*lab.X.T)
    for name in ("h₁ on", "h₂ on"):
        x, y = map(float, re.search(rf'<text x="([\d.]+)" y="([\d.]+)"[^>]*>{name}<', lab.stage.live).groups())
        assert (np.abs(places - (x, y)) > (25, 9)).any(axis=1).all(), name
    assert not lab.error
