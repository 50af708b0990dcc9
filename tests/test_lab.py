"""The base of all labs, tried on the smallest lab there can be."""

import gc
import inspect
import threading
import time
import weakref

import ipywidgets
import numpy as np
import pytest
import traitlets
from hands import button, drag, drop, hear

from annkit import Network, data, labs
from annkit.labs import DigitsLab, ForwardLab, MatrixLab, PerceptronLab, TapLab, XorLab
from annkit.labs.base import say
from annkit.labs.base.history import MOST
from annkit.labs.base.lab import Lab
from annkit.labs.base.slider import Slider
from annkit.labs.base.traits import Number
from annkit.stage import Handle, marks, new_figure


class DotLab(Lab):
    """A dot at x that a step moves by one, until it has come to 5."""

    x, y = Number(0), Number(0, low=0, high=1)

    def __init__(self, *values, **named):
        self.fails, self.slow, self.busy, self.draws = "", 0, False, 0
        super().__init__(*values, **named)

    def figure(self, setting):
        figure, axes = new_figure(200, 100)
        axes.set(xlim=(-10, 10), ylim=(0, 1))
        return figure

    def controls(self):
        up = self.button("up", self.up)
        return [self.slider("x", "x", -4, 4), self.slider("y", "y", 0, 1), up, self.player("Step")]

    def up(self):
        self.y = self.y + 0.5

    def draw(self):
        if self.fails == "draw":
            raise RuntimeError("the paint is out")
        assert not self.busy
        self.busy = True
        time.sleep(self.slow)
        self.busy = False
        self.draws += 1
        panel = self.stage.panels[0]
        self.stage.show(handles=[Handle("dot", panel, self.x, self.y, marks.point(1), "the dot")])

    def words(self):
        return [f"x = {self.x:g}, y = {self.y:g}"]

    def advance(self):
        if self.fails == "advance":
            raise RuntimeError("no step")
        if self.fails == "third step" and self.x == 2:
            raise RuntimeError("no third step")
        if self.x >= 5:
            return False
        self.x += 1
        return True

    def dragged(self, handle, x, y):
        self.x = round(self.stage.panels[0].data(x, y)[0])


EVERY_LAB = [getattr(labs, name) for name in labs.__all__]


@pytest.mark.parametrize("kind", EVERY_LAB, ids=lambda kind: kind.__name__)
def test_no_lab_takes_the_place_of_what_the_base_keeps_for_itself(kind):
    own = {name for name, value in vars(kind).items() if callable(value) and name[0] == "_" and name[:2] != "__"}
    assert not own & vars(Lab).keys()


@pytest.mark.parametrize("kind", EVERY_LAB, ids=lambda kind: kind.__name__)
def test_every_lab_is_made_without_arguments_and_writes_itself_down(kind):
    lab = kind()
    assert lab.untouched and not lab.error and lab.describe()
    lab.reset()
    assert lab.untouched
    again = eval(lab.code(), {**vars(labs), "data": data, "Network": Network})
    assert again.describe() == lab.describe()
    again.close()
    lab.close()


@pytest.mark.parametrize("kind", EVERY_LAB, ids=lambda kind: kind.__name__)
def test_what_a_slider_offers_is_never_refused(kind):
    lab = kind()
    for name in filter(lambda name: isinstance(getattr(kind, name, None), Number), lab._sliders):
        for end in getattr(kind, name).ends(lab):
            setattr(lab, name, end)  # the range grows as far as it can
        for end in (slider(lab, name).low, slider(lab, name).high):
            slider(lab, name).move(end)
            assert lab.error == "" and getattr(lab, name) == end
        lab.reset()
    lab.close()


def test_a_slider_for_rows_ends_with_the_table():
    lecture, one = data.lecture(), data.table([[1, 2, 3]], [[1]])
    lab = ForwardLab(one)
    assert (slider(lab, "row").low, slider(lab, "row").high) == (1, 1)
    lab.set(table=lecture, row=4)
    assert slider(lab, "row").high == slider(lab, "row").value == 4
    lab.table = one
    assert lab.row == slider(lab, "row").value == slider(lab, "row").high == 1
    lab.table = lecture
    assert lab.row == 1, "what has gone with a table does not come back with another"


def test_what_is_picked_is_kept_as_plain_numbers():
    lab = ForwardLab(picked=(np.int64(2), np.int64(1)))
    assert "picked=(2, 1)" in lab.code()
    lab.picked = [1.0, 1.0]
    assert "picked=(1, 1)" in lab.code()


def test_words_under_a_picture_are_of_its_newest_set():
    lab = PerceptronLab()
    lab.table = data.table([[100, 100], [0, 0]], [[1], [0]])
    assert lab.stage.words == lab.describe()


NUMBERS = [
    pytest.param(kind, name, id=f"{kind.__name__}.{name}")
    for kind in EVERY_LAB
    for name, trait in kind.class_traits().items()
    if isinstance(trait, Number)
]


@pytest.mark.parametrize(("kind", "name"), NUMBERS)
def test_in_every_lab_a_weight_that_is_no_number_leaves_the_old_one(kind, name):
    lab = kind(data.lecture()) if name == "w3" and kind is PerceptronLab else kind()
    before = lab.code(), lab.describe(), lab.stage.svg()
    for value in ("1", None, float("nan"), float("-inf"), 1e9, [1, 2]):
        with pytest.raises(traitlets.TraitError, match=f"{name} should be"):
            setattr(lab, name, value)
        assert (lab.code(), lab.describe(), lab.stage.svg()) == before
    lab.close()


@pytest.fixture
def lab():
    made = DotLab()
    yield made
    made.close()


def slider(lab, name):
    return lab._sliders[name]


def tick(lab, n):
    lab.stage._hear(lab.stage, {"event": "tick", "n": n}, [])


def test_code_moves_the_slider_and_the_slider_sets_the_trait(lab):
    lab.x = 2
    assert slider(lab, "x").value == 2 and slider(lab, "x").shown["text"] == "2"
    slider(lab, "x").move(-1.25)
    assert lab.x == -1.25 and lab.describe() == "x = -1.25, y = 0"


@pytest.mark.parametrize("value", ["two", None, float("nan"), float("inf"), [1, 2], 1e300])
def test_a_value_that_is_no_number_leaves_the_old_one(lab, value):
    lab.x = 1
    with pytest.raises(traitlets.TraitError, match="x should be"):
        lab.x = value
    assert lab.x == 1 and slider(lab, "x").value == 1 and lab.describe() == "x = 1, y = 0"


@pytest.mark.parametrize(("low", "high", "value", "ends"), [(1, 1, 5, (1, 5)), (2, 2, 9, (2, 6)), (3, 3, -4, (0, 3))])
def test_a_slider_without_a_range_grows_by_its_step_and_ends_where_it_has_to(low, high, value, ends):
    made = Slider("x", low, high, 1)
    made.show(value, str(value), 0, 6 if value > 5 else 5)
    assert (made.low, made.high, made.value) == (*ends, value)
    made.close()


def test_the_sliders_range_grows_to_hold_what_code_sets(lab):
    lab.x = 100
    assert slider(lab, "x").high >= 100 and slider(lab, "x").value == 100
    lab.x = -1000
    assert slider(lab, "x").low <= -1000 and slider(lab, "x").value == -1000


def test_a_value_between_quarters_stays_as_it_is(lab):
    lab.x = 0.3
    assert lab.x == 0.3 and slider(lab, "x").value == 0.3 and slider(lab, "x").shown["text"] == "0.3"


def test_every_move_is_answered_even_one_that_changes_nothing(lab):
    for n in (1, 2):
        slider(lab, "x").drag(1)
        assert slider(lab, "x").shown["n"] == n


def test_an_unknown_attribute_is_refused(lab):
    with pytest.raises(AttributeError, match="name should be one of x, y, not 'X'. Did you mean x"):
        lab.X = 2


def test_set_is_all_or_nothing(lab):
    with pytest.raises(traitlets.TraitError, match="y should be from 0 to 1"):
        lab.set(x=3, y=7)
    assert (lab.x, lab.y) == (0, 0) and slider(lab, "x").value == 0
    with pytest.raises(ValueError, match="should be one of x, y"):
        lab.set(z=1)
    drawn = lab.draws
    lab.set(x=3, y=1)
    assert lab.draws == drawn + 1 and lab.describe() == "x = 3, y = 1"


def test_an_error_in_the_browser_becomes_a_line_and_the_last_good_picture_stands(lab):
    button(lab, "up").click()
    button(lab, "up").click()
    picture = lab.stage.svg()
    button(lab, "up").click()
    assert lab.error == "y should be from 0 to 1, not 1.5."
    assert lab.describe().startswith(lab.error) and lab.stage.error == lab.error
    assert lab.y == 1 and lab.stage.svg() == picture
    slider(lab, "x").move(1)
    assert lab.error == "" and lab.stage.error == "" and lab.describe() == "x = 1, y = 1"


def test_when_the_picture_fails_the_browser_sees_a_line_and_python_an_exception(lab):
    lab.x = 1
    picture = lab.stage.svg()
    lab.fails = "draw"
    slider(lab, "x").move(3)
    assert lab.error == "the paint is out"
    assert lab.x == 1 and slider(lab, "x").value == 1 and lab.stage.svg() == picture
    with pytest.raises(RuntimeError, match="the paint is out"):
        lab.x = 2
    with pytest.raises(RuntimeError, match="the paint is out"):
        lab.set(x=2, y=1)
    assert (lab.x, lab.y) == (1, 0) and slider(lab, "x").value == 1


def test_error_is_for_reading(lab):
    with pytest.raises(traitlets.TraitError):
        lab.error = "x"


def test_reset_and_untouched(lab):
    assert lab.untouched
    lab.set(x=3, y=1)
    assert not lab.untouched
    lab.reset()
    assert lab.untouched and lab.describe() == "x = 0, y = 0" and slider(lab, "x").value == 0


def test_code_makes_the_lab_again(lab):
    lab.set(x=1 / 3, y=0.5)
    again = eval(lab.code(), {"DotLab": DotLab})
    assert again.describe() == lab.describe() and again.x == lab.x


def test_steps_draw_once(lab):
    drawn = lab.draws
    lab.step(3)
    assert lab.x == 3 and lab.draws == drawn + 1
    for bad in (0, -1, "many", float("nan")):
        with pytest.raises(ValueError, match="n should be"):
            lab.step(bad)


def test_several_steps_are_all_done_or_none(lab):
    picture = lab.stage.svg()
    lab.fails = "third step"
    with pytest.raises(RuntimeError, match="no third step"):
        lab.step(3)
    assert lab.x == 0 and lab.stage.words == lab.describe() and lab.stage.svg() == picture
    lab.step(2)
    assert lab.x == 2


def test_what_follows_from_a_change_is_drawn_with_it(lab):
    lab.observe(lambda change: lab.set(y=1), "x")
    drawn = lab.draws
    lab.x = 2
    assert lab.draws == drawn + 1 and lab.describe() == "x = 2, y = 1"
    lab.fails = "draw"
    with pytest.raises(RuntimeError, match="the paint is out"):
        lab.set(x=3, y=0.5)
    assert (lab.x, lab.y) == (2, 1)


def test_ticks_step_while_playing_and_stop_when_nothing_is_left(lab):
    tick(lab, 1)
    assert lab.x == 0
    lab.play()
    for n in range(2, 20):
        tick(lab, n)
    assert lab.x == 5 and not lab.stage.playing and lab.stage.answered == 19


def test_the_play_button_follows_and_leads(lab):
    step, play = button(lab, "Step"), button(lab, "Play")
    play.value = True
    assert lab.stage.playing and play.description == "Stop"
    lab.pause()
    assert play.value is False and play.description == "Play"
    step.click()
    assert lab.x == 1


@pytest.mark.parametrize(("fails", "words"), [("draw", "the paint is out"), ("advance", "no step")])
def test_an_error_while_playing_stops_the_play_and_stays(lab, fails, words):
    lab.play()
    lab.fails = fails
    for n in (1, 2, 3):  # ticks that were on their way
        tick(lab, n)
    assert lab.error == words and not lab.stage.playing and lab.stage.answered == 3


def test_a_lab_without_steps_says_so():
    with pytest.raises(ValueError, match="MatrixLab has no steps: turn its sliders instead"):
        MatrixLab().step()


def test_a_drag_and_its_drop(lab):
    ((x, y),) = lab.stage.panels[0].place(3, 0)
    drag(lab, "dot", x, y)
    assert lab.x == 3
    drop(lab, "dot", 0, 0)
    assert lab.x < -10
    drag(lab, "gone", x, y)
    assert lab.x < -10 and not lab.error


def moves(lab, name, *values):
    """One drag of a slider through these values."""
    for value in values:
        slider(lab, name).drag(value)
    slider(lab, name).move(values[-1])


def test_what_a_hand_did_is_taken_back_and_done_again_step_by_step(lab):
    start = lab.describe()
    slider(lab, "x").move(2)
    button(lab, "up").click()
    button(lab, "Step").click()
    seen = [lab.describe()]
    while lab.undo():
        seen.append(lab.describe())
        assert slider(lab, "x").value == lab.x and lab.stage.words == lab.describe()
    assert seen == ["x = 3, y = 0.5", "x = 2, y = 0.5", "x = 2, y = 0", start] and lab.untouched
    for words in seen[-2::-1]:
        assert lab.redo() and lab.describe() == words
    assert not lab.redo() and lab.describe() == seen[0]


def test_a_drag_is_one_step_of_the_history_and_so_is_a_play(lab):
    moves(lab, "x", 1, 2, 3)
    moves(lab, "x", 2, 1, 0.5)
    lab.undo()
    assert lab.x == 3
    lab.undo()
    assert lab.x == 0 and not lab.undo()
    ((x, y),) = lab.stage.panels[0].place(3, 0)
    drag(lab, "dot", x / 2, y)
    drag(lab, "dot", x, y)
    drop(lab, "dot", x, y)
    drag(lab, "dot", x / 2, y)
    drop(lab, "dot", x / 2, y)
    lab.undo()
    assert lab.x == 3
    lab.undo()
    assert lab.x == 0
    for __ in range(2):
        lab.play()
        tick(lab, 1)
        tick(lab, 2)
        lab.pause()
    assert lab.x == 4
    lab.undo()
    assert lab.x == 2
    lab.undo()
    assert lab.x == 0 and not lab.undo()


def test_buttons_and_keys_undo_and_redo_and_say_when_there_is_nothing(lab):
    undo, redo = button(lab, "Undo"), button(lab, "Redo")
    assert (undo.disabled, redo.disabled) == (True, True)
    lab.x = 3
    assert (undo.disabled, redo.disabled) == (False, True)
    undo.click()
    assert lab.x == 0 and (undo.disabled, redo.disabled) == (True, False)
    redo.click()
    assert lab.x == 3 and (undo.disabled, redo.disabled) == (False, True)
    said = lab._said
    said._hear(said, {"event": "undo"}, [])
    assert lab.x == 0
    said._hear(said, {"event": "redo"}, [])
    said._hear(said, {"event": "boo"}, [])
    said._hear(said, {}, [])
    assert lab.x == 3 and not lab.error


def test_a_new_change_ends_what_could_be_done_again_and_a_glance_does_not(lab):
    lab.x = 1
    lab.undo()
    hear(lab, event="focus", id="dot")
    assert lab.redo() and lab.x == 1
    lab.undo()
    lab.x = 2
    assert not lab.redo() and lab.undo() and lab.x == 0


def test_reset_is_undone_too(lab):
    lab.set(x=3, y=1)
    lab.reset()
    lab.undo()
    assert (lab.x, lab.y) == (3, 1)


def test_what_is_to_be_forgotten_cannot_be_taken_back(lab):
    lab.x = 1
    lab.undo()
    with lab.together():
        lab.x = 2
        lab.forget()
    assert not lab.undo() and not lab.redo() and lab.x == 2
    assert all(button(lab, name).disabled for name in ("Undo", "Redo"))
    lab.x = 3
    assert lab.undo() and lab.x == 2 and not lab.undo()


def test_a_formula_is_three_lines_under_each_other_and_one_to_read():
    terms = [("y", "", "0.5", ""), ("a b", "2 × 0.5", "1", "1"), ("c", "−0.5", "(−0.5)", "2")]
    formula = say.Formula(terms, ["=", "+"])
    assert str(formula) == "y = a b + c = 2 × 0.5 + −0.5 = 1 + (−0.5) = 0.5"
    assert formula.state() == {"kind": "formula", "terms": [list(term) for term in terms], "signs": ["=", "+"]}
    letters = say.Formula([(letters, "", "", "") for letters, *__ in terms], ["=", "+"])
    assert str(letters) == "y = a b + c"
    alone = say.Formula([("h", "", "", ""), ("f(z)", "f(1)", "3", "")], "=")
    assert str(alone) == "h = f(z) = f(1) = 3"


def test_an_undo_that_cannot_be_drawn_changes_nothing_and_can_be_tried_again(lab):
    lab.x = 1
    lab.fails = "draw"
    with pytest.raises(RuntimeError, match="the paint is out"):
        lab.undo()
    button(lab, "Undo").click()
    assert lab.x == 1 and lab.error == "the paint is out"
    lab.fails = ""
    assert lab.undo() and lab.x == 0 and lab.redo() and lab.x == 1


def test_the_history_has_an_end(lab):
    for value in range(300):
        lab.x = value
    while lab.undo():
        pass
    assert lab.x == 299 - MOST


def test_the_constructor_and_its_signature_follow_from_the_traits():
    assert str(inspect.signature(DotLab)) == "(x=0, y=0)"
    assert DotLab(1, y=0.5).code() == "DotLab(x=1.0, y=0.5)"
    with pytest.raises(ValueError, match="name should be one of x, y, not 'X'. Did you mean x"):
        DotLab(X=1)
    with pytest.raises(TypeError, match="x is given twice"):
        DotLab(1, x=1)
    with pytest.raises(TypeError, match="DotLab takes 2 arguments, not 3"):
        DotLab(1, 1, 1)


@pytest.mark.parametrize("name", ["layout", "keys", "step", "error"])
def test_a_state_by_a_name_that_every_lab_has_is_refused_when_the_class_is_made(name):
    with pytest.raises(TypeError, match=f"every lab has something called {name}; give the state another name"):
        type("Odd", (Lab,), {name: Number(0)})


class Wide(DotLab):
    """Its set is as wide as x needs, until all is as at the start."""

    def setting(self, now):
        return max(now or 10, abs(self.x))

    def figure(self, far):
        figure, axes = new_figure(200, 100)
        axes.set(xlim=(-far, far), ylim=(0, 1))
        return figure

    def place(self):
        self.placed = self.stage.panels[0].xlim[1]


def test_a_set_is_drawn_anew_when_its_setting_changes_and_put_back_when_the_picture_fails():
    lab = Wide()
    still = lab.stage.still
    lab.x = 5
    assert lab.stage.still == still
    lab.x = 20
    assert lab.placed == lab.stage.panels[0].xlim[1] == lab.drawn_for == 20
    lab.x = 15
    assert lab.drawn_for == 20
    picture = lab.stage.svg()
    lab.fails = "draw"
    with pytest.raises(RuntimeError, match="the paint is out"):
        lab.x = 40
    assert lab.placed == lab.stage.panels[0].xlim[1] == lab.drawn_for == 20 and lab.stage.svg() == picture
    lab.fails = ""
    lab.reset()
    assert lab.placed == lab.drawn_for == 10


def test_a_slider_can_turn_any_number(lab):
    numbers = [1.0, 2.0]

    def turn(value):
        numbers[1] = value
        lab.y = value / 10

    made = lab.turner("second", "second", lambda: numbers[1], turn, 0, 10)
    lab.redraw()
    assert made.value == 2
    made.move(5)
    assert numbers == [1, 5] and lab.y == 0.5 and made.shown["text"] == "5"
    made.move(50)
    assert "y should be from 0 to 1" in lab.error


def test_a_quick_pace_does_several_steps_a_tick(lab):
    assert lab.pace == 30
    lab.pace = 100
    assert lab.pace == 100 and lab.stage.pace == 25
    lab.play()
    tick(lab, 1)
    assert lab.x == 4
    lab.pace = 2
    tick(lab, 2)
    assert lab.x == 5 and lab.stage.pace == 2
    with pytest.raises(ValueError, match="pace should be a whole number"):
        lab.pace = 0


def test_no_state_of_a_lab_can_be_changed_in_place():
    lab = DigitsLab()
    picture = lab.stage.svg()
    for array in (lab.net.parameters, lab.net.weights[0], lab.net.biases[1], lab.table.X, lab.table.T):
        with pytest.raises(ValueError):
            array[:] = 0
    with pytest.raises(ValueError):
        lab.net.weights[0] = np.zeros((64, 8))
    assert lab.untouched and lab.stage.svg() == picture
    mine = lab.net.copy()
    mine.parameters[:] = 0
    lab.net = mine
    assert not lab.untouched
    lab.undo()
    assert lab.untouched and lab.stage.svg() == picture


def test_code_is_short_wherever_the_state_came_about_by_settings_and_calls():
    assert DigitsLab().code() == "DigitsLab()"
    test = data.digits().split(1500, seed=0)[1]
    lab = DigitsLab(Network([64, 10, 10], output="softmax", seed=3), test)
    assert len(lab.code()) < 200
    again = eval(lab.code(), {**vars(labs), "data": data, "Network": Network})
    assert again.describe() == lab.describe() and again.net == lab.net


REFUSED = [
    lambda: PerceptronLab(w1="x"),
    lambda: PerceptronLab(data.iris()),
    lambda: PerceptronLab(w3=1),
    lambda: PerceptronLab(progress=(0, 0, ((0, 0),) * 101, ())),
    lambda: PerceptronLab(progress="far"),
    lambda: TapLab(wanted=(1, 2)),
    lambda: XorLab(v=1),
]


def test_a_refused_construction_leaves_no_widget_behind():
    gc.collect()
    before = set(ipywidgets.widget._instances)
    for make in REFUSED:
        with pytest.raises((ValueError, traitlets.TraitError)):
            make()
    gc.collect()
    assert set(ipywidgets.widget._instances) == before


def test_labs_that_draw_classes_refuse_a_table_of_numbers():
    numbers = data.table([[0, 1], [1, 0]], [[0.5], [2]])
    with pytest.raises(traitlets.TraitError, match="this lab draws classes; the targets of this table are numbers"):
        PerceptronLab(numbers)


def test_calls_from_several_threads_draw_one_after_the_other(lab):
    """`draw` asserts that it is alone; each thread's failure would be raised in it."""
    lab.slow = 0.001
    failures = []

    def turn(value):
        try:
            for __ in range(20):
                lab.x = value
                lab.set(x=value, y=value / 4)
        except AssertionError as failure:
            failures.append(failure)

    threads = [threading.Thread(target=turn, args=(value,)) for value in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert lab.describe() == f"x = {lab.x:g}, y = {lab.y:g}"
    assert slider(lab, "x").value == lab.x and lab.error == ""


def test_what_a_notebook_keeps_of_a_lab(lab):
    lab.x = 2
    bundle = lab._repr_mimebundle_()
    assert bundle["text/plain"] == lab.describe()
    assert bundle["text/html"].startswith('<img alt="x = 2, y = 0"')
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_a_failed_constructor_says_one_thing(capsys):
    with pytest.raises(traitlets.TraitError, match="w1 should be one number"):
        PerceptronLab(w1="x")
    gc.collect()
    assert "Exception ignored" not in capsys.readouterr().err


@pytest.mark.parametrize("kind", EVERY_LAB, ids=lambda kind: kind.__name__)
def test_a_closed_lab_leaves_no_widget(kind):
    before = set(ipywidgets.widget._instances)
    kind().close()
    assert not set(ipywidgets.widget._instances) - before


def test_close_frees_everything():
    gc.collect()
    before = set(ipywidgets.widget._instances)
    lab = DotLab()
    assert len(ipywidgets.widget._instances) > len(before)
    gone = weakref.ref(lab), weakref.ref(lab.stage)
    lab.close()
    assert set(ipywidgets.widget._instances) == before
    del lab
    gc.collect()
    assert [ref() for ref in gone] == [None, None]
