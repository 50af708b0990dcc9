"""Every control of the perceptron lab, driven in Python: both ends, bad values, points, keys and words."""

import re

import numpy as np
import pytest
import traitlets
from hands import button, hear

from annkit import Perceptron, data
from annkit.labs import PerceptronLab
from annkit.labs.base.halfplane import crossing, side
from annkit.labs.perceptron.learning import NOTHING_LEARNT
from annkit.labs.perceptron.plane import MOST_HANDLES


@pytest.fixture
def lab():
    made = PerceptronLab()
    yield made
    assert not made.error
    made.close()


def stage_place(lab, x, y):
    return dict(zip("xy", map(float, lab.stage.panels[0].place(x, y)[0]), strict=True))


TABLES = {"plane": data.four_points(), "fruits": data.fruits(), "three inputs": data.lecture()}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_every_slider_at_both_ends_and_at_zero(table):
    lab = PerceptronLab(table)
    for name, slider in lab._sliders.items():
        for value in (slider.low, slider.high, 0.0):
            slider.move(value)
            assert getattr(lab, name) == value and not lab.error
            neuron = lab.perceptron()
            right = int((neuron.predict(table.X) == table.labels).sum())
            assert f"{right} of {len(table)} right." in lab.describe()
            assert lab.stage.words == lab.describe()


def test_the_storyboards_numbers():
    lab = PerceptronLab(w1=0.5, w2=1, b=-0.5, point=3)
    assert lab.describe().splitlines()[0] == "2 × 0.5 + 1 × 1 − 0.5 = 1.5 > 0 → ○ (point 3: right)"
    rows = PerceptronLab(data.lecture())
    assert rows.describe().startswith("4 × 0.5 + 3 × (−0.2) + 2 × 0.9 − 2 = 1.2 > 0 → ○")


def test_a_sum_of_exactly_zero_is_a_cross():
    assert PerceptronLab(w1=1, w2=1, b=0).describe().startswith("−2 × 1 + 2 × 1 = 0 ≤ 0 → × (point 1: wrong)")


def test_doubling_keeps_every_decision_and_doubles_the_sum(lab):
    before = lab.right.tolist()
    button(lab, "× 2").click()
    assert (lab.w1, lab.w2, lab.b) == (1, 2, -1) and lab.right.tolist() == before


def test_turning_every_sign_swaps_the_sides(lab):
    before = lab.right.tolist()
    button(lab, "× −1").click()
    assert lab.right.tolist() == [not right for right in before]
    lab.w1 = 0
    button(lab, "× −1").click()
    assert "−0 " not in lab.describe()


def test_doubling_too_often_is_refused_and_the_last_picture_stands():
    lab = PerceptronLab()
    for __ in range(40):
        button(lab, "× 2").click()
    assert "should be from −1000000 to 1000000" in lab.error
    assert 5e5 <= lab.w2 <= 1e6 and lab.w2 == 2 * lab.w1
    lab.w2 = 1
    assert lab.error == ""


def test_dragging_moves_to_the_nearest_quarter_and_into_focus(lab):
    hear(lab, event="drag", id="p3", n=1, **stage_place(lab, 0.6, -1.1))
    assert lab.table.X[2].tolist() == [0.5, -1] and lab.point == 3
    hear(lab, event="drop", id="p3", n=2, **stage_place(lab, 0.9, -1.1))
    assert lab.table.X[2].tolist() == [1, -1]


def test_a_point_stays_in_the_picture_wherever_it_is_dragged(lab):
    for x, y in ((1e4, -1e4), (-1e4, 1e4)):
        hear(lab, event="drop", id="p1", n=2, x=x, y=y)
        panel = lab.stage.panels[0]
        (left, right), (low, high) = panel.xlim, panel.ylim
        assert left <= lab.table.X[0, 0] <= right and low <= lab.table.X[0, 1] <= high


def test_arrow_keys_move_by_a_quarter(lab):
    for key, move in (
        ("ArrowLeft", (-0.25, 0)),
        ("ArrowRight", (0.25, 0)),
        ("ArrowUp", (0, 0.25)),
        ("ArrowDown", (0, -0.25)),
    ):
        before = lab.table.X[1]
        hear(lab, event="key", id="p2", key=key)
        assert (lab.table.X[1] - before).tolist() == list(move)


def test_a_click_looks_and_a_second_one_switches(lab):
    hear(lab, event="click", id="p2", again=False)
    assert lab.point == 2 and lab.table.labels.tolist() == [1, 0, 1, 1]
    hear(lab, event="click", id="p2", again=True)
    assert lab.table.labels.tolist() == [1, 1, 1, 1]
    hear(lab, event="key", id="p2", key="Enter")
    assert lab.table.labels.tolist() == [1, 0, 1, 1]
    button(lab, "Switch class").click()
    assert lab.table.labels.tolist() == [1, 1, 1, 1]
    hear(lab, event="focus", id="p4")
    assert lab.point == 4


def test_points_are_added_and_removed(lab):
    hear(lab, event="click", **stage_place(lab, 1.1, 2.1))
    assert lab.table.X[4].tolist() == [1, 2] and lab.table.labels[4] == 1 and lab.point == 5
    hear(lab, event="click", x=0, y=0)
    assert len(lab.table) == 5
    hear(lab, event="click", **stage_place(lab, 1, 2))
    assert len(lab.table) == 5, "the point that is there is chosen instead"
    button(lab, "Add point").click()
    assert len(lab.table) == 6 and len(np.unique(lab.table.X, axis=0)) == 6
    hear(lab, event="key", id="p6", key="Delete")
    hear(lab, event="key", id="p1", key="Backspace")
    button(lab, "Remove").click()
    assert len(lab.table) == 3 and lab.table.X[0].tolist() == [2, 1]
    button(lab, "Reset").click()
    assert lab.table == data.four_points() and lab.untouched


def test_the_last_point_and_one_too_many_are_refused():
    lab = PerceptronLab(data.table([[0, 0]], [[1]]))
    button(lab, "Remove").click()
    assert "the last point" in lab.error and len(lab.table) == 1
    full = PerceptronLab(data.table(np.zeros((MOST_HANDLES, 2)), np.zeros((MOST_HANDLES, 1))))
    button(full, "Add point").click()
    assert f"{MOST_HANDLES} points" in full.error and len(full.table) == MOST_HANDLES


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_code_makes_the_lab_again(table):
    lab = PerceptronLab(table, w2=1 / 3)
    hear(lab, event="click", id="p2", again=True)
    hear(lab, event="key", id="p3", key="ArrowUp")
    again = eval(lab.code(), {"PerceptronLab": PerceptronLab, "data": data})
    assert again.describe() == lab.describe() and again.table == lab.table and again.w2 == lab.w2


def test_ranges_grow_and_come_back_with_reset(lab):
    for __ in range(4):
        button(lab, "× 2").click()
    assert (lab.w1, lab.w2, lab.b) == (8, 16, -8)
    assert [slider.value for slider in lab._sliders.values()] == [8, 16, -8]
    button(lab, "Reset").click()
    assert [(slider.low, slider.high) for slider in lab._sliders.values()] == [(-4, 4), (-4, 4), (-8, 8)]


def test_another_table_by_code_gets_a_window_of_its_own(lab):
    lab.point = 4
    lab.table = data.table([[100, 200], [101, 201], [102, 200]], [[0], [1], [0]])
    assert lab.point == 3
    panel = lab.stage.panels[0]
    assert panel.xlim[0] < 100 and panel.ylim[1] > 201
    assert all(panel.holds(handle["x"], handle["y"]) for handle in lab.stage.handles)


def test_events_of_points_that_are_gone_do_nothing(lab):
    for __ in range(3):
        hear(lab, event="key", id="p4", key="Delete")
    assert len(lab.table) == 3 and not lab.error


def test_new_names_are_drawn_at_once(lab):
    lab.table = data.table(lab.table.X, lab.table.T, features=["width", "height"])
    assert "width" in lab.stage.still and "height" in lab.stage.still


@pytest.mark.parametrize("name", ["w3", "weights", "bias", "W1"])
def test_what_the_lab_does_not_have_is_refused(lab, name):
    with pytest.raises(AttributeError, match="name should be one of table, w1, w2, b"):
        setattr(lab, name, 1)


def test_values_that_would_overflow_are_refused(lab):
    with pytest.raises(traitlets.TraitError, match="draws points up to 1,000,000"):
        lab.table = data.table([[1e308, -1e308], [0, 0]], [[1], [0]])
    with pytest.raises(traitlets.TraitError, match="two classes.*3 classes"):
        lab.table = data.table([[1, 2], [0, 0]], [[1, 0, 0], [0, 1, 0]])
    assert lab.table == data.four_points()


def test_numbers_for_methods_are_checked(lab):
    for call in (lambda: lab.scale("a"), lambda: lab.move_point("a", 1), lambda: lab.add_point(1)):
        with pytest.raises(ValueError, match="should be one number"):
            call()
    for call in (PerceptronLab(data.lecture()).add_point, lambda: PerceptronLab(data.lecture()).move_point(1, 2)):
        with pytest.raises(ValueError, match="only points in the plane"):
            call()


def test_a_feature_may_be_called_anything():
    lab = PerceptronLab(data.table([[0, 0], [1, 1]], [[0], [1]], features=["$\\foo$", "cost $ per $"]))
    assert "cost $ per $" in lab.stage.still


@pytest.mark.parametrize("bad", ["table", None, [[1, 2]], data.lecture()])
def test_a_table_that_does_not_fit_leaves_the_old_one(lab, bad):
    with pytest.raises(traitlets.TraitError):
        lab.table = bad
    assert lab.table == data.four_points()


def test_tables_that_can_not_be_drawn():
    with pytest.raises(traitlets.TraitError, match="this lab takes a table of 2 or 3 columns.*this one has 4"):
        PerceptronLab(data.table([[1, 2, 3, 4]], [[1]]))
    with pytest.raises(ValueError, match="should be one of table, w1, w2, b, point, .*, not 'w3'"):
        PerceptronLab(data.four_points(), w3=1)


@pytest.mark.parametrize("point", [0, 5, -1, 1.5, "1"])
def test_a_point_that_is_not_there(lab, point):
    with pytest.raises(traitlets.TraitError, match="point"):
        lab.point = point
    assert lab.point == 1


def test_three_inputs_are_drawn_as_walks_and_not_dragged():
    lab = PerceptronLab(data.lecture())
    assert [handle["box"] for handle in lab.stage.handles] == [None] * 4
    before = lab.table
    hear(lab, event="key", id="p2", key="ArrowUp")
    hear(lab, event="key", id="p2", key="Delete")
    hear(lab, event="click", **stage_place(lab, 0, 1))
    assert lab.table == before and lab.point == 2 and not lab.error
    panel = lab.stage.panels[0]
    places = [panel.data(handle["x"], handle["y"])[0] for handle in lab.stage.handles]
    assert places == pytest.approx(lab.perceptron().sums(lab.table.X), abs=0.01)
    lab.w2 = 4000
    assert all(lab.stage.panels[0].holds(handle["x"], handle["y"]) for handle in lab.stage.handles)
    lab.reset()
    assert lab.stage.panels[0].xlim == (-10, 10)


def test_points_that_are_not_editable_stay_as_they_are():
    lab = PerceptronLab(data.logic("AND"), editable=False)
    for key in ("ArrowUp", "Enter", "Delete"):
        hear(lab, event="key", id="p2", key=key)
    hear(lab, event="focus", id="p3")
    hear(lab, event="click", id="p3", again=True)
    hear(lab, event="click", **stage_place(lab, 0.5, 0.5))
    assert lab.table == data.logic("AND") and lab.point == 3 and not lab.error
    assert [handle["id"] for handle in lab.stage.handles if handle["box"]] == ["line", "w"]
    with pytest.raises(LookupError):
        button(lab, "Add point")


def test_the_window_does_not_go_below_zero_for_what_is_never_negative():
    panel = PerceptronLab(data.fruits()).stage.panels[0]
    assert panel.ylim[0] == 0 and panel.xlim[0] > 0


def test_marks_say_class_and_mistake_in_shape_and_words(lab):
    points = [handle for handle in lab.stage.handles if handle["id"].startswith("p")]
    assert ["annkit-o" in point["mark"] for point in points] == [True, False, True, True]
    assert ["annkit-w" in point["mark"] for point in points] == [False, False, False, True]
    assert points[3]["label"] == "point 4, ○ at (−1, −1), wrong"


def test_names_of_features_are_escaped():
    table = data.table([[0, 0], [1, 1]], [[0], [1]], features=["<b>", "a & b"], kinds=["<i>", "ok"])
    lab = PerceptronLab(table)
    assert "&lt;b&gt;" in lab.stage.still and "<b>" not in lab.stage.still
    assert "<b>" not in lab._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ((0, 0, -0.5), "There is no line: with both weights 0, every place gets the same answer."),
        ((0.125, 0, -0.5), "The line goes through (4, 0) and (4, 1)."),
        ((0, 2, -0.5), "The line goes through (0, 0.25) and (1, 0.25)."),
        ((2, 0, -0.5), "The line goes through (0.25, 0) and (0.25, 1)."),
        ((1, 2, -0.5), "The line goes through (0, 0.25) and (0.5, 0)."),
        ((1, 2, 0), "The line goes through (0, 0) and (1, −0.5)."),
    ],
)
def test_the_line_in_words_is_where_the_sum_is_0(weights, words):
    w1, w2, b = weights
    assert words in PerceptronLab(w1=w1, w2=w2, b=b).describe()


@pytest.mark.parametrize(
    ("table", "weights", "words"),
    [
        (data.ten_irises(), (1, 0, -4), "(4, 3.5) and (4, 8)"),
        (data.fruits(), (-1, 1, 2), "(4, 2) and (5.5, 3.5)"),
        (data.fruits(), (0, 1, -1), "(4, 1) and (7.5, 1)"),
        (data.four_points(), (0.25, 1, -2), "(0, 2) and (−3, 2.75)"),
        (data.four_points(), (1, 0.1, -2), "(2, 0) and (1.65, 3.5)"),
        (data.four_points(), (0.25, 1, -8), "(0, 8) and (32, 0)"),
    ],
)
def test_the_places_that_are_told_of_a_line_in_the_picture_lie_in_the_picture(table, weights, words):
    w1, w2, b = weights
    assert f"The line goes through {words}." in PerceptronLab(table, w1=w1, w2=w2, b=b).describe()


@pytest.fixture(scope="module")
def plane():
    """The panel of the lab's plane."""
    lab = PerceptronLab()
    yield lab.stage.panels[0]
    lab.close()


@pytest.mark.parametrize("w1", [-4, -1, 0, 0.25, 4])
@pytest.mark.parametrize("w2", [-4, 0, 1, 3])
@pytest.mark.parametrize("b", [-8, -0.5, 0, 8])
def test_line_and_sides_are_where_the_sum_says(plane, w1, w2, b):
    panel, neuron = plane, Perceptron([w1, w2], b)
    ends = crossing(panel, neuron)
    assert np.abs(ends @ neuron.weights + b).max(initial=0) < 1e-9
    areas = [polygon_area(side(panel, neuron, sign)) for sign in (1, -1)]
    (left, right), (low, high) = panel.xlim, panel.ylim
    assert sum(areas) == pytest.approx((right - left) * (high - low))
    x, y = panel.grid(60, 60)
    share = (neuron.sums(np.column_stack([x.ravel(), y.ravel()])) > 0).mean()
    assert areas[0] / sum(areas) == pytest.approx(share, abs=0.03)
    assert (len(ends) == 2) == (0 < areas[0] < sum(areas))


def polygon_area(corners):
    if len(corners) < 3:
        return 0.0
    x, y = corners.T
    return float(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2)


# The line by hand.


def grip(lab, id):
    """Where a handle of the line is, in data coordinates."""
    place = next(handle for handle in lab.stage.handles if handle["id"] == id)
    return lab.stage.panels[0].data(place["x"], place["y"])


def test_the_line_is_dragged_to_the_nearest_quarter_of_b_and_keeps_its_direction(lab):
    hear(lab, event="drag", id="line", n=1, **stage_place(lab, 1, 1))
    assert (lab.w1, lab.w2, lab.b) == (0.5, 1, -1.5)
    assert grip(lab, "line") == pytest.approx((1, 1), abs=0.02), "the knob stays under the hand"
    hear(lab, event="drop", id="line", n=2, **stage_place(lab, 0.1, 1.4))
    assert lab.b == -1.5 and lab.point == 1
    lab.undo()
    assert lab.b == -0.5


def test_the_knob_is_where_it_was_when_a_line_that_was_dragged_is_back(lab):
    before = grip(lab, "line")
    for event in ("drag", "drop"):  # with the last one b stays
        hear(lab, event=event, id="line", n=1, **stage_place(lab, 1, 1))
    lab.reset()
    assert grip(lab, "line") == before


def test_the_arrows_tip_is_w(lab):
    stand = lab.drawn_for[1]
    assert grip(lab, "w") == pytest.approx(tuple(stand.tip([0.5, 1])), abs=0.02)
    hear(lab, event="drag", id="w", n=1, **stage_place(lab, *stand.tip([-1.1, 2.1])))
    hear(lab, event="drop", id="w", n=2, **stage_place(lab, *stand.tip([-1.4, 2.1])))
    assert (lab.w1, lab.w2, lab.b) == (-1.5, 2, -0.5)
    lab.undo()
    assert (lab.w1, lab.w2) == (0.5, 1)


def test_the_tip_dragged_out_of_the_picture_stays_in_it(lab):
    for x, y in ((1e5, -1e5), (-1e5, 1e5)):
        hear(lab, event="drop", id="w", n=1, x=x, y=y)
        handle = next(each for each in lab.stage.handles if each["id"] == "w")
        assert lab.stage.panels[0].holds(handle["x"], handle["y"]) and not lab.error


def test_keys_move_the_line_and_the_arrow(lab):
    for key, b in (("ArrowUp", -0.75), ("ArrowDown", -0.5), ("ArrowRight", -0.75), ("ArrowLeft", -0.5)):
        hear(lab, event="key", id="line", key=key)
        assert (lab.w1, lab.w2, lab.b) == (0.5, 1, b)
    for key, w in (("ArrowUp", (0.5, 1.25)), ("ArrowRight", (0.75, 1.25)), ("ArrowLeft", (0.5, 1.25))):
        hear(lab, event="key", id="w", key=key)
        assert (lab.w1, lab.w2, lab.b) == (*w, -0.5)
    for key in ("Enter", " ", "Delete", "Backspace"):
        for id in ("line", "w"):
            hear(lab, event="key", id=id, key=key)
    hear(lab, event="click", id="line", again=True)
    hear(lab, event="focus", id="w")
    assert len(lab.table) == 4 and lab.table == data.four_points() and lab.point == 1


def test_the_line_can_not_be_lost(lab):
    for __ in range(40):
        hear(lab, event="key", id="line", key="ArrowUp")
    assert "line" in [handle["id"] for handle in lab.stage.handles]
    hear(lab, event="drop", id="line", n=1, x=-1e5, y=1e5)
    assert "line" in [handle["id"] for handle in lab.stage.handles] and not lab.error


def test_without_a_line_there_is_still_the_arrow(lab):
    lab.set(w1=0, w2=0)
    assert [handle["id"] for handle in lab.stage.handles][:2] == ["w", "p1"]
    hear(lab, event="key", id="w", key="ArrowLeft")
    assert lab.w1 == -0.25 and lab.stage.handles[0]["id"] == "line"


def test_points_lie_above_the_grips_and_the_knob_makes_room_for_them(lab):
    lab.move_point(*np.round(np.multiply(grip(lab, "line"), 4)) / 4)
    ids = [handle["id"] for handle in lab.stage.handles]
    assert ids == ["line", "w", "p1", "p2", "p3", "p4"], "what comes later lies above"
    knob = lab.stage.handles[0]
    others = [handle for handle in lab.stage.handles[1:]]
    assert min(np.hypot(knob["x"] - each["x"], knob["y"] - each["y"]) for each in others) > 25


@pytest.mark.parametrize(
    "table",
    [
        data.four_points(),
        data.fruits(),
        data.logic("AND"),
        data.iris(["setosa", "virginica"], ["petal length", "petal width"]),
    ],
)
def test_the_arrow_is_in_the_picture_however_long_it_is(table):
    lab = PerceptronLab(table)
    for w1, w2 in ((4, 4), (-4, -4), (0, 1000), (-1e6, 1e6)):
        lab.set(w1=w1, w2=w2)
        panel, handle = lab.stage.panels[0], next(each for each in lab.stage.handles if each["id"] == "w")
        assert panel.holds(handle["x"], handle["y"])
        assert lab.drawn_for[1].weights(*grip(lab, "w")) == pytest.approx(
            (w1, w2), abs=0.01 * max(abs(w1), abs(w2), 10)
        )
    lab.reset()
    assert grip(lab, "w") == pytest.approx(grip(PerceptronLab(table), "w"))


# The words.


def test_kinds_that_have_names_are_called_by_them():
    lab = PerceptronLab(data.fruits(), w1=-1, w2=1, b=2)
    first, *__, help_ = lab.describe().splitlines()
    assert first == "5 × (−1) + 0.75 × 1 + 2 = −2.25 ≤ 0 → tangerine (point 1: right)"
    assert help_ == "Every point lies on the tangerine side: turn b until the line comes in between."
    assert "lemon side" in lab.stage.live and "tangerine side" in lab.stage.live
    lab.point = 6
    assert lab.stage.said[0]["verdict"] == {"kind": "verdict", "label": 0, "text": "tangerine is wrong"}
    assert lab.stage.said[0]["caption"] == "Point 6 should be lemon"
    lab.b = 4
    assert lab.describe().endswith("Point 8 lies on the tangerine side: drag it over the line, or turn b.")


def test_kinds_with_signs_of_format_are_only_names():
    lab = PerceptronLab(data.table([[0, 0], [1, 1]], [[0], [1]], kinds=["{a}", "b{"]))
    assert lab.describe().startswith("0 × 0.5 + 0 × 1 − 0.5 = −0.5 ≤ 0 → {a} (point 1: right)")


def test_what_would_help_follows_from_the_state(lab):
    def help_():
        assert lab.stage.said[-1]["kind"] == "help"
        return lab.describe().splitlines()[-1]

    assert help_() == "Point 4 lies on the × side: drag it over the line, or turn b."
    lab.b = -1
    lab.point = 1
    assert help_().startswith("Point 1 lies on the × side"), "the chosen one first"
    lab.set(w1=0, w2=0)
    assert "every answer is the same" in help_()
    lab.set(w1=1, w2=1, b=-8)
    assert help_() == "Every point lies on the × side: turn b until the line comes in between."
    lab.set(w1=-1, w2=1, b=1.5)
    assert lab.right.all() and "How far can you turn" in help_()
    rows = PerceptronLab(data.lecture())
    assert "Row 2 should be ○: it needs a larger sum." in rows.describe()
    rows.set(w1=1, w2=0.5, w3=0, b=-5)
    assert "without losing a row" in rows.describe()


def test_what_would_help_while_it_learns(learner):
    def help_():
        return learner.describe().splitlines()[-1]

    assert help_().startswith("Learn once goes to the next mistake")
    learner.step()
    assert help_().startswith("Point 1 is right now.")
    learner.step()
    assert help_() == "But point 4 is wrong now, which was right before."
    learner.step()
    assert help_().startswith("All are right.")
    slow = PerceptronLab(data.table([[0.5, 0.5], [-1, -1]], [[1], [0]]), w1=-2, w2=-2, b=-1, learning=True)
    slow.step()
    assert "Point 1 is wrong even now" in slow.describe()


def test_the_chosen_points_numbers_stand_outside_of_the_picture(lab):
    """So that the line, which may end there, does not run through them."""
    frame = lab.stage.live.rindex("</svg>")
    outside = lab.stage.live[frame:]
    assert outside.count("<rect") == 2 and outside.count(">2<") == 1 and outside.count(">−2<") == 1


def test_three_inputs_show_their_products():
    lab = PerceptronLab(data.lecture(), point=2)
    for words in ("2 × 0.5 = 1", "9 × (−0.2) = −1.8", "1 × 0.9 = 0.9", "b = −2"):
        assert f">{words}<" in lab.stage.live
    assert lab.stage.live.count(">1.8<") == 2, "rows 1 and 3, which are not chosen, show the values"


# Learning.


@pytest.fixture
def learner():
    made = PerceptronLab(w1=0, w2=0, b=0, learning=True)
    yield made
    made.close()


def test_each_step_goes_to_the_next_mistake_and_says_what_it_changes(learner):
    seen = []
    for __ in range(3):
        learner.step()
        lines = learner.describe().splitlines()
        start = next(i for i, line in enumerate(lines) if line.startswith("w₁ = "))
        seen.append((lines[start - 1], *lines[start : start + 3]))
    assert seen == [
        (
            "Point 1 should be ○, but its sum was 0: add its row.",
            "w₁ = 0 + (−2) = −2",
            "w₂ = 0 + 2 = 2",
            "b = 0 + 1 = 1",
        ),
        ("Point 3 should be ○, but its sum was −1: add its row.", "w₁ = −2 + 2 = 0", "w₂ = 2 + 1 = 3", "b = 1 + 1 = 2"),
        (
            "Point 4 should be ○, but its sum was −1: add its row.",
            *("w₁ = 0 + (−1) = −1", "w₂ = 3 + (−1) = 2", "b = 2 + 1 = 3"),
        ),
    ]
    tally = "Corrections so far: 3.\nIn pass 2: 0. In the passes before: 3.\nBest line so far: 0 wrong."
    assert tally in learner.describe()
    learner.step()
    assert "A whole pass without a mistake: it has learnt." in learner.describe()
    assert "Corrections so far: 3. In the passes before: 3, 0." in learner.describe()
    before = learner.describe()
    learner.step(5)
    assert learner.describe() == before and learner.right.all()


def test_a_row_is_taken_away_where_the_answer_should_not_have_been_1():
    lab = PerceptronLab(w1=0, w2=0, b=1, learning=True)
    lab.step()
    words = lab.describe()
    assert "Point 2 should be ×, but its sum was 1: take its row away." in words
    assert "w₁ = 0 − 1 = −1\nw₂ = 0 − (−1) = 1\nb = 1 − 1 = 0" in words
    assert "− point 2" in lab.stage.live


def test_the_correction_is_drawn_as_an_arrow_from_the_old_tip_to_the_new(learner):
    learner.step(2)
    panel, stand = learner.stage.panels[0], learner.drawn_for[1]
    before, now = panel.place(*stand.tip([[-2, 2], [0, 3]]).T).round(1)
    assert f"M{before[0]:.1f},{before[1]:.1f}L" in learner.stage.live, "point 3's row begins at the tip of (−2, 2)"
    assert [learner.stage.handles[1][axis] for axis in "xy"] == pytest.approx(now)
    assert "+ point 3" in learner.stage.live and ">before<" in learner.stage.live
    learner.step(2)
    assert learner.learnt and "+ point" not in learner.stage.live and ">before<" not in learner.stage.live


def words_in(lab):
    """For each of the bold words in a picture about where they stand: left, right and middle, in stage units."""
    text = r'<text x="([^"]+)" y="([^"]+)" class="[^"]*annkit-b" text-anchor="(\w+)"[^>]*>([^<]*)<'
    for x, y, anchor, words in re.findall(text, lab.stage.live):
        width = 8 * len(words)
        left = float(x) - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        yield words, left, left + width, float(y)


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_the_names_of_the_arrows_of_a_correction_do_not_lie_on_each_other(learner, steps):
    learner.step(steps)
    where = {words: place for words, *place in words_in(learner)}
    (left, right, y), (start, end, low) = where["w"], next(where[words] for words in where if "point" in words)
    assert abs(y - low) > 14 or left > end or right < start


def test_the_names_of_the_sides_lie_on_no_flower_and_those_of_the_lines_apart():
    easy, hard = (data.iris(kinds, ["petal length", "petal width"]).shuffled(0) for kinds in (
        ["setosa", "versicolor"], ["versicolor", "virginica"]))  # fmt: skip
    for table, steps in ((easy, (1, 2, 3, 9)), (hard, (5, 60, 300, 100))):
        lab = PerceptronLab(table, w1=0, w2=0, b=0, learning=True)
        for count in steps:
            lab.step(count)
            panel = lab.stage.panels[0]
            x, y = panel.place(*table.X.T).T
            words = list(words_in(lab))
            for name, left, right, middle in words:
                assert panel.y + 6 < middle < panel.y + panel.height - 6 or name[0].isdigit()
                if name.split()[0] in table.kinds:
                    assert not ((abs(y - middle) < 9) & (left - 20 < x) & (x < right)).any(), name
            before, best = ([each for each in words if each[0].startswith(name)] for name in ("before", "best"))
            if before and best:
                (__, left, right, y), (__, start, end, low) = *before, *best
                assert abs(y - low) > 14 or left > end or right < start
        lab.close()


def test_the_name_of_a_correction_near_the_edge_stays_in_the_picture():
    lab = PerceptronLab(data.table([[1, 1]], [[1]]), w1=-2, w2=-2, b=-1, learning=True)
    lab.step()
    panel = lab.stage.panels[0]
    (left, right), *__ = (place for words, *place, __ in words_in(lab) if words == "+ point 1")
    assert panel.x < left < right < panel.x + panel.width


def test_a_side_that_is_narrow_has_its_kinds_own_name():
    lab = PerceptronLab(data.ten_irises(), w1=1, w2=0, b=-4)
    assert {">setosa side<", ">versicolor<"} <= set(re.findall(">[a-z ]+<", lab.stage.live))


def test_only_a_new_correction_moves_in_the_picture(learner):
    learner.step()
    assert "annkit-coming" in learner.stage.live
    learner.point = 3
    assert "annkit-coming" not in learner.stage.live and "+ point 1" in learner.stage.live


def test_the_best_line_so_far_is_kept_and_shown_where_the_last_is_worse():
    hard = data.iris(["versicolor", "virginica"], ["petal length", "petal width"]).shuffled(0)
    lab, neuron, fewest = PerceptronLab(hard, w1=0, w2=0, b=0, learning=True), Perceptron([0, 0]), [50]
    corrected = 0
    for x, t in zip(np.tile(hard.X, (8, 1)), np.tile(hard.labels, 8), strict=True):
        if neuron.learn(x, t):
            corrected += 1
            fewest.append(min(fewest[-1], int((neuron.predict(hard.X) != hard.labels).sum())))
            neuron.weights = neuron.weights.round(9)
            lab.step()
            assert lab.progress[4][0] == fewest[-1]
    assert f"Corrections so far: {corrected}." in lab.describe()
    assert f"Best line so far: {fewest[-1]} wrong." in lab.describe()
    wrong, best = lab.best
    assert int((best.predict(hard.X) != hard.labels).sum()) == wrong == fewest[-1]
    assert f"best: {wrong} wrong" in lab.stage.live
    again = eval(lab.code(), {"PerceptronLab": PerceptronLab, "data": data})
    assert again.describe() == lab.describe() and again.progress == lab.progress


def test_learning_is_undone_with_its_progress(learner):
    learner.step()
    before = learner.code()
    learner.step()
    learner.undo()
    assert learner.code() == before
    learner.redo()
    assert learner.progress[1] == 2 and learner.w2 == 3


@pytest.mark.parametrize("best", [(5, (0, 0), 0), (1, (0,), 0), (1, (0, "a"), 0), (1, (0, float("nan")), 0), 3, (1,)])
def test_a_best_line_that_can_not_be_is_refused(learner, best):
    with pytest.raises(traitlets.TraitError, match="progress should be what"):
        learner.progress = (0, 0, (), (), best)
    assert learner.progress == NOTHING_LEARNT


def test_the_chart_has_a_word_before_the_first_bar_and_an_open_bar_in_a_pass(learner):
    assert "each pass gets its bar here" in learner.stage.live
    learner.step()
    assert "each pass gets" not in learner.stage.live and 'fill-opacity="0.3"' in learner.stage.live
    learner.step(2)
    assert 'fill-opacity="0.7"' in learner.stage.live


def test_learning_plays_so_slowly_that_each_correction_is_seen(learner):
    assert learner.pace == 5


def test_learning_agrees_with_the_rule_on_any_order():
    for seed in range(4):
        table = data.fruits().shuffled(seed)
        lab = PerceptronLab(table, w1=0, w2=0, b=0, learning=True)
        neuron, passes = Perceptron([0, 0]), []
        while not passes or passes[-1][0]:
            mistakes = sum(abs(neuron.learn(x, t)) for x, t in zip(table.X, table.labels, strict=True))
            passes.append((mistakes, int((neuron.predict(table.X) != table.labels).sum())))
        lab.step(1000)
        assert lab.learnt and lab.progress[2] == tuple(passes)
        assert [lab.w1, lab.w2, lab.b] == [*neuron.weights, neuron.bias]


def test_what_no_line_divides_is_stopped_at_the_cap_and_says_so():
    lab = PerceptronLab(data.logic("XOR"), w1=0, w2=0, b=0, learning=True)
    lab.play()
    lab.step(10_000)
    assert len(lab.progress[2]) == 100 and not lab.learnt and not lab.stage.playing
    assert "Stopped after 100 passes. Wrong now: 2." in lab.describe()
    again = eval(lab.code(), {"PerceptronLab": PerceptronLab, "data": data})
    assert again.describe() == lab.describe()
    assert all(lab.stage.panels[1].holds(*place) for place in lab.stage.panels[1].place([1, 100], [0, 4]))


def test_who_turns_a_weight_or_moves_a_point_begins_anew(learner):
    learner.step(2)
    learner.w1 = 2
    assert learner.progress == NOTHING_LEARNT
    learner.step(2)
    learner.move_point(1, 1)
    assert learner.progress == NOTHING_LEARNT
    learner.step()
    learner.reset()
    assert learner.untouched


def test_a_large_table_has_one_handle_and_points_are_chosen_by_click_and_keys():
    flowers = data.iris(["setosa", "versicolor"], ["petal length", "petal width"])
    lab = PerceptronLab(flowers, learning=True)
    *__, chosen = lab.stage.handles
    assert [handle["id"] for handle in lab.stage.handles] == ["line", "w", "p1"] and chosen["box"] is None
    hear(lab, event="click", **stage_place(lab, *flowers.X[70]))
    assert (lab.table.X[lab.point - 1] == flowers.X[70]).all()
    lab.point = 100
    hear(lab, event="key", id="p100", key="ArrowRight")
    assert lab.point == 1 and lab.table == flowers
    hear(lab, event="key", id="p1", key="ArrowUp")
    hear(lab, event="key", id="p100", key="Delete")
    assert lab.point == 100 and lab.table == flowers and not lab.error


def test_words_and_code_agree_where_the_picture_is_wider_than_it_has_to_be():
    lab = PerceptronLab()
    lab.add_point(0, 1)
    lab.table = data.table([*lab.table.X.tolist()[:-1], [9, 9]], lab.table.T)
    lab.point = len(lab.table)
    lab.w1 = -1.25
    lab.remove_point()
    assert lab.stage.panels[0].xlim[1] > 9
    assert eval(lab.code()).describe() == lab.describe()


def test_what_lies_under_another_point_is_reached_by_a_second_click():
    lab = PerceptronLab(data.table([[1, 1], [2, 2], [1, 1]], [[1], [0], [0]]), editable=False)
    hear(lab, event="click", id="p3", again=False)
    hear(lab, event="click", id="p3", again=True)
    assert lab.point == 1
    hear(lab, event="click", id="p1", again=True)
    assert lab.point == 3


def test_learning_from_decimals_leaves_no_dust():
    """In binary 0.3 − 0.2 − 0.1 is not 0; as a weight it would be told as 2.2e−16."""
    hard = data.iris(["versicolor", "virginica"], ["petal length", "petal width"]).shuffled(0)
    lab = PerceptronLab(hard, w1=0, w2=0, b=0, learning=True)
    for __ in range(300):
        lab.step()
        assert "e−" not in lab.describe()
