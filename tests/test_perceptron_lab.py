"""Every control of the perceptron lab, driven in Python: both ends, bad values, points, keys and words."""

import numpy as np
import pytest
import traitlets
from hands import hear

from annkit import Perceptron, data
from annkit.labs import PerceptronLab
from annkit.labs.halfplane import crossing, side
from annkit.labs.perceptron_pictures import MOST_HANDLES


@pytest.fixture
def lab():
    made = PerceptronLab()
    yield made
    assert not made.error
    made.close()


def stage_place(lab, x, y):
    return dict(zip("xy", map(float, lab.stage.panels[0].place(x, y)[0]), strict=True))


def button(lab, label):
    rows = lab.children[0].children[0].children[len(lab._sliders) :]
    return next(button for row in rows for button in row.children if button.description == label)


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
    assert lab.describe().splitlines()[0] == "2 × 0.5 + 1 × 1 − 0.5 = 1.5 > 0 → O (point 3: right)"
    rows = PerceptronLab(data.lecture())
    assert rows.describe().startswith("4 × 0.5 + 3 × (−0.2) + 2 × 0.9 − 2 = 1.2 > 0 → O")


def test_a_sum_of_exactly_zero_is_an_x():
    assert PerceptronLab(w1=1, w2=1, b=0).describe().startswith("−2 × 1 + 2 × 1 = 0 ≤ 0 → X (point 1: wrong)")


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
    lab.stage.drag = {"id": "p3", "n": 1, **stage_place(lab, 0.6, -1.1)}
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
    hear(lab, event="click", id="p3", again=True)
    hear(lab, event="click", **stage_place(lab, 0.5, 0.5))
    assert lab.table == data.logic("AND") and lab.point == 3 and not lab.error
    assert all(handle["box"] is None for handle in lab.stage.handles)
    assert len(lab.children[0].children[0].children) == len(lab._sliders) + 1


def test_the_window_does_not_go_below_zero_for_what_is_never_negative():
    panel = PerceptronLab(data.fruits()).stage.panels[0]
    assert panel.ylim[0] == 0 and panel.xlim[0] > 0


def test_marks_say_class_and_mistake_in_shape_and_words(lab):
    marks = [handle["mark"] for handle in lab.stage.handles]
    assert ["annkit-o" in mark for mark in marks] == [True, False, True, True]
    assert ["annkit-w" in mark for mark in marks] == [False, False, False, True]
    assert lab.stage.handles[3]["label"] == "point 4, O at (−1, −1), wrong"


def test_names_of_features_are_escaped():
    table = data.table([[0, 0], [1, 1]], [[0], [1]], features=["<b>", "a & b"], kinds=["<i>", "ok"])
    lab = PerceptronLab(table)
    assert "&lt;b&gt;" in lab.stage.still and "<b>" not in lab.stage.still
    assert "<b>" not in lab._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ((0, 0), "There is no line in the picture"),
        ((0.125, 0), "There is no line in the picture"),
        ((0, 2), "The line goes from (−3, 0.25) to (3, 0.25)."),
        ((2, 0), "The line goes from (0.25, −2.5) to (0.25, 3.5)."),
        ((1, 2), "The line goes from (−3, 1.75) to (3, −1.25)."),
    ],
)
def test_the_line_in_words(weights, words):
    assert words in PerceptronLab(w1=weights[0], w2=weights[1], b=-0.5).describe()


@pytest.mark.parametrize("w1", [-4, -1, 0, 0.25, 4])
@pytest.mark.parametrize("w2", [-4, 0, 1, 3])
@pytest.mark.parametrize("b", [-8, -0.5, 0, 8])
def test_line_and_sides_are_where_the_sum_says(w1, w2, b):
    lab = PerceptronLab(w1=w1, w2=w2, b=b)
    panel, neuron = lab.stage.panels[0], lab.perceptron()
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
        seen.append(learner.describe().splitlines()[2])
    assert seen == [
        "Point 1 should be an O, but its sum was 0: add its row, w = (0, 0) + (−2, 2) = (−2, 2), b = 0 + 1 = 1.",
        "Point 3 should be an O, but its sum was −1: add its row, w = (−2, 2) + (2, 1) = (0, 3), b = 1 + 1 = 2.",
        "Point 4 should be an O, but its sum was −1: add its row, w = (0, 3) + (−1, −1) = (−1, 2), b = 2 + 1 = 3.",
    ]
    assert learner.describe().splitlines()[3] == "Pass 2: mistakes so far 0. In the passes before: 3."
    learner.step()
    assert learner.describe().splitlines()[2] == "A whole pass without a mistake: it has learnt. Mistakes: 3, 0."
    before = learner.describe()
    learner.step(5)
    assert learner.describe() == before and learner.right.all()


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
    assert "Stopped after 100 passes:" in lab.describe()
    again = eval(lab.code(), {"PerceptronLab": PerceptronLab, "data": data})
    assert again.describe() == lab.describe()
    assert all(lab.stage.panels[1].holds(*place) for place in lab.stage.panels[1].place([1, 100], [0, 4]))


def test_who_turns_a_weight_or_moves_a_point_begins_anew(learner):
    learner.step(2)
    learner.w1 = 2
    assert learner.progress == (0, 0, (), ())
    learner.step(2)
    learner.move_point(1, 1)
    assert learner.progress == (0, 0, (), ())
    learner.step()
    learner.reset()
    assert learner.untouched


def test_a_large_table_has_one_handle_and_points_are_chosen_by_click_and_keys():
    flowers = data.iris(["setosa", "versicolor"], ["petal length", "petal width"])
    lab = PerceptronLab(flowers, learning=True)
    assert [handle["id"] for handle in lab.stage.handles] == ["p1"] and lab.stage.handles[0]["box"] is None
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
    lab.remove_point()
    assert lab.stage.panels[0].xlim[1] > 9
    assert eval(lab.code()).describe() == lab.describe()
