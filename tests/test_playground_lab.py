"""The playground, driven in Python: every control, points by hand, back in time, two futures, bad input."""

import csv
import re

import numpy as np
import pytest
from hands import button, hear, press, refuses

from annkit import Network, data
from annkit.labs import Playground
from annkit.labs.base.controls import FASTEST
from annkit.labs.playground.board import PLANE
from annkit.labs.playground.explaining import STEPS
from annkit.labs.playground.keeping import NAMES
from annkit.labs.playground.samples import scaled
from annkit.labs.playground.state import NOISE
from annkit.labs.playground.surface import COUNT


@pytest.fixture
def lab():
    made = Playground()
    yield made
    assert not made.error
    made.close()


def stroke(lab, *points):
    """A pointer goes through these places, and is let go at the last."""
    for k, point in enumerate(points):
        first, last = k == 0, k == len(points) - 1
        hear(
            lab,
            event="stroke",
            id="plane",
            points=[list(map(float, point))],
            first=first,
            last=last,
            n=lab.stage.moved + 1,
        )


def descendants(widget):
    for child in getattr(widget, "children", ()):
        yield child
        yield from descendants(child)


def place_of(lab, point):
    return PLANE.place(*scaled(lab.table.X, lab.table)[point - 1])[0]


def same_again(lab):
    """The lab that its code makes, which is the same."""
    again = eval(lab.code(), {"Playground": Playground, "data": data})
    assert again.describe() == lab.describe() and again.code() == lab.code()
    assert again.net.parameters.tobytes() == lab.net.parameters.tobytes()
    again.close()


def test_every_slider_at_both_ends_and_at_zero(lab):
    lab.step(3)
    for name, slider in list(lab._sliders.items()):
        for value in (slider.low, 0, slider.high, slider.low):
            slider.move(value)
            assert not lab.error or (value == 0 and name in ("points", "batch_size", "share")), (name, value, lab.error)
        lab.reset()
        lab.step(2)


def test_what_is_refused_is_called_as_on_its_slider(lab):
    lab._sliders["share"].move(0)
    assert lab.error == "to learn from should be from 0.1 to 1, not 0." and lab.share == 0.5
    lab._sliders["share"].move(0.6)


@pytest.mark.parametrize("dataset", NOISE)
def test_every_table_is_learned(lab, dataset):
    lab.dataset = dataset
    lab.set(learning_rate=0.1, hidden=(6,), optimizer="adam")
    before = lab.trainer.error()
    lab.step(40)
    assert lab.trainer.error() < before and lab.classes == bool(lab.table.kinds)
    assert f"data.{dataset}(200" in repr(lab.table)
    same_again(lab)


def test_a_step_is_an_epoch_or_a_batch(lab):
    lab.step()
    assert lab.epoch == 1 and lab.trainer.at == 0
    lab.by = "batch"
    lab.step(2)
    assert lab.epoch == 1 and lab.trainer.at == 20
    lab.by = "epoch"
    lab.step()
    assert lab.epoch == 2 and lab.trainer.at == 0
    same_again(lab)


def test_what_it_learns_is_what_a_trainer_learns(lab):
    lab.step(25)
    net = Network([2, 4, 2, 1], "tanh", seed=0)
    assert lab.net != net
    lab._go_to(0)
    assert lab.net == net and lab.now == 0
    lab._go_to(25)
    assert lab.epoch == 25 and lab.now == lab.past.batches


def test_back_in_time_and_on_the_same_way(lab):
    lab.step(10)
    there, code = lab.net, lab.code()
    lab._go_to(4)
    lab.step(6)
    assert lab.net == there and lab.code() == code and not lab.other


def test_two_futures_and_either_taken_up(lab):
    lab.step(20)
    first = lab.net
    lab._go_to(12)
    lab.learning_rate = 0.3
    lab.step(5)
    second = lab.net
    assert lab.other and lab.epoch == 17 and lab.ghost_output is not None
    same_again(lab)
    button(lab, "Other future").click()
    assert lab.net == first and lab.epoch == 20
    lab.swap()
    assert lab.net == second and lab.epoch == 17
    assert lab.undo() and lab.net == first


def test_undo_takes_back_what_was_learned_and_redo_learns_it_again(lab):
    start = lab.net
    lab.step(5)
    five = lab.net
    lab.step(5)
    assert lab.undo() and lab.net == five
    assert lab.undo() and lab.net == start
    assert lab.redo() and lab.net == five


def test_weights_and_biases_are_turned_while_it_learns(lab):
    for thing, array in (((0, 1, 2), lambda net: net.weights[0][1, 2]), ((2, 1), lambda net: net.biases[1][1])):
        lab.step(3)
        lab.picked = thing
        lab._sliders["weight"].move(1.5)
        assert array(lab.net) == 1.5
        lab.step(2)
        assert array(lab.net) != 1.5
        same_again(lab)
    lab.picked = (0, 0)
    lab._sliders["weight"].move(1)
    assert "An input has no weight" in lab.error
    lab.picked = (1, 0)


def test_settings_that_change_while_it_learns_are_part_of_the_past(lab):
    for name, value in (
        ("learning_rate", 0.3),
        ("batch_size", 7),
        ("optimizer", "adam"),
        ("l2", 0.01),
        ("dropout", 0.2),
    ):
        lab.step(2)
        setattr(lab, name, value)
    lab.set(loss="squared error", share=0.8, noise=0.2)
    lab.step(3)
    assert len(lab.past) == 6
    same_again(lab)


def test_what_makes_another_network_begins_anew(lab):
    for change in ({"hidden": (3,)}, {"inputs": ("x1", "x1*x2")}, {"activation": "relu"}, {"seed": 5}, {"init": 2.0}):
        lab.step(2)
        lab.set(**change)
        assert lab.now == 0 and lab.past == () and lab.trainer.net == lab.start.network()
        same_again(lab)


def test_layers_and_units_by_hand(lab):
    for handle, hidden in (
        ("u+0", (5, 2)),
        ("u-1", (5, 1)),
        ("l+", (5, 1, 1)),
        ("l-", (5, 1)),
        ("l-", (5,)),
        ("l-", ()),
    ):
        hear(lab, event="click", id=handle, again=True)
        assert lab.hidden == hidden
        lab.step()
    press(lab, "l+", "Enter")
    assert lab.hidden == (4,)
    hear(lab, event="focus", id="u+0")
    hear(lab, event="click", id="u+0", again=False)
    assert lab.hidden == (5,), "the first click acts, and only that"
    assert lab.undo() and lab.hidden == (4,)
    lab.hidden = (8,) * 6
    assert not {"u+0", "l+"} & {handle["id"] for handle in lab.stage.handles}
    with pytest.raises(ValueError, match="as many as there is room for"):
        lab.add_layer()


def test_inputs_by_hand(lab):
    x, y = lab.board.all_inputs[2]
    hear(lab, event="click", x=float(x), y=float(y))
    assert lab.inputs == ("x1", "x2", "x1^2")
    lab.drop("x1")
    assert lab.inputs == ("x2", "x1^2")
    lab.step()


def test_a_point_is_dragged_added_and_taken_away(lab):
    place = place_of(lab, 7)
    stroke(lab, place, place + (10, 4), place + (20, 8))
    assert lab.point and np.abs(place_of(lab, lab.point) - place - (20, 8)).max() < 1.5
    assert lab.undo() and repr(lab.table) == "data.circles(200, noise=0.1, seed=0)"
    lab.adds = "×"
    corner = PLANE.place(1.2, -1.2)[0]
    stroke(lab, corner)
    assert len(lab.table) == 201 and lab.table.labels[-1] == 0 and lab.point == 201
    lab.step(2)
    press(lab, "plane", "ArrowUp")
    press(lab, "plane", "Delete")
    assert len(lab.table) == 200 and lab.point == 0
    press(lab, "plane", "Enter")
    assert lab.point == 1
    same_again(lab)


def test_numbers_to_be_fitted_get_points_too(lab):
    lab.dataset = "hills"
    stroke(lab, PLANE.place(1.2, 1.2)[0])
    assert lab.table.T[-1, 0] == 1
    lab.step(3)
    assert "right" not in lab.describe().splitlines()[0]


def test_a_table_that_is_pasted(lab):
    lab._field.value = "height;weight;kind\n150;50,5;a\n160;60;b\n170;72;b\n155;51;a\n180;80;b\n165;64;a"
    button(lab, "Use it").click()
    assert lab.dataset == "own" and lab.table.kinds == ("a", "b") and lab.now == 0
    lab.step(5)
    same_again(lab)
    before = lab.code()
    for text, words in (
        ("1,2,0\n3,x,1", "Line 2: x₂ should be a number"),
        ("1,2,3,4\n1,2,3,4", "two features and, last"),
        ("", "no lines"),
        ("<b>,1,0\n1,1,1", "Line 2|names|number"),
    ):
        lab._field.value = text
        button(lab, "Use it").click()
        assert re.search(words, lab.error) and lab.code() == before
    lab.step()


def test_a_lab_that_is_made_with_a_table_knows_what_it_is():
    for table, dataset in ((data.table(*OWN["one class"]), "own"), (data.spiral(50), "spiral")):
        lab = Playground(table=table)
        assert lab.dataset == dataset and lab._gallery.chosen == CHOSEN[dataset]
        same_again(lab)
        lab.noise = 0.3
        assert (lab.table is table) == (dataset == "own")
        lab.close()


def test_own_tables_of_classes_and_of_numbers_one_after_the_other(lab):
    lab.table = data.table([[1, 2], [3, 4], [5, 7], [2, 9]], [[0], [1], [1], [0]])
    lab.step(3)
    lab.table = data.table([[1, 2], [3, 4], [5, 7], [2, 9]], [[0.5], [1.5], [1], [0]])
    assert lab.now == 0 and not lab.classes
    lab.step(3)
    same_again(lab)


def test_it_is_taken_away_in_every_form(lab):
    lab.step(10)
    X = scaled(lab.table.X, lab.table)
    for form in ("numpy", "torch"):
        if form == "torch":
            pytest.importorskip("torch")
        program = {}
        exec(lab.taken(form), program)
        np.testing.assert_allclose(program["predict"](X), lab.net.predict(X), atol=1e-12)
    lines = lab.taken("csv").splitlines()
    assert len(lines) == 201 and lines[0] == "x₁,x₂,t,o,held out"
    assert float(lines[3].split(",")[3]) == lab.net.predict(X[2:3])[0, 0]
    lab.table = data.table(lab.table.X, lab.table.T, ["width, cm", '12" or more'])
    assert next(csv.reader([lab.taken("csv").splitlines()[0]])) == ["width, cm", '12" or more', "t", "o", "held out"]
    assert lab.taken("svg").startswith("<svg") and lab.taken("code") == lab.code()
    given = []
    lab._files.send = lambda content, **__: given.append((content["name"], content["text"]))
    for form, name in NAMES.items():
        lab._forms.value = form
        assert lab._forms.value == "" and given.pop() == (name, lab.taken(form))
    lab._forms.value = "code"
    assert lab._field.value == lab.code() and not given


def test_a_file_opens_as_it_was_saved(lab, tmp_path, monkeypatch):
    lab.set(dataset="spiral", learning_rate=0.3)
    lab.step(5)
    stroke(lab, place_of(lab, 3), place_of(lab, 3) + (15, 0))
    lab.step(2)
    lab._go_to(4)
    lab.optimizer = "adam"
    lab.step(2)
    lab.save(tmp_path / "lab.json")
    again = Playground.load(tmp_path / "lab.json")
    assert again.code() == lab.code() and again.describe() == lab.describe()
    again.close()
    whole = (tmp_path / "lab.json").read_bytes()

    def full(descriptor):
        raise OSError("No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        lab.save(tmp_path / "lab.json")
    monkeypatch.undo()
    assert [each.name for each in tmp_path.iterdir()] == ["lab.json"]
    assert (tmp_path / "lab.json").read_bytes() == whole
    (tmp_path / "lab.json").write_text(
        '{"format": "annkit playground 1", "tables": [], "state": {"table": {"table": 3}}}'
    )
    with pytest.raises(ValueError, match="is damaged"):
        Playground.load(tmp_path / "lab.json")


def test_a_step_is_explained_with_numbers_that_agree(lab):
    lab.set(learning_rate=0.3)
    lab.step(10)
    lab.point = 5
    for thing in ((0, 0), (1, 2), (2, 1), (3, 0), (0, 1, 3), (1, 3, 0), (2, 1, 0)):
        for explain in range(1, len(STEPS)):
            lab.set(picked=thing, explain=explain)
            for line in lab.describe().splitlines():
                if match := re.fullmatch(r".*? = ([-−+× .()\d]+) = (−?[.\d]+)(?: →.*)?", line):
                    arithmetic = match[1].replace("−", "-").replace("×", "*")
                    assert eval(arithmetic) == pytest.approx(float(match[2].replace("−", "-")), abs=2e-3), line
    lab.explain = 3
    explained = lab.explained
    place = lab.place_of(lab.picked)
    nudged = []
    for nudge in (1e-6, -1e-6):
        net = lab.net
        net.parameters[place] += nudge
        nudged.append(net.loss(net.forward(explained.X), explained.T, explained.loss))
    assert explained.gradients.flat[place] == pytest.approx((nudged[0] - nudged[1]) / 2e-6, abs=1e-6)


def test_symptoms_are_told(lab):
    lab.set(hidden=(8, 8), init=20.0)
    assert "stand at an end of their curve" in lab.describe()
    lab.set(hidden=(8,) * 6, activation="sigmoid", init="glorot", learning_rate=0.3)
    lab.step(20)
    assert "hardly learns" in lab.describe()


def test_where_it_diverges_the_last_good_picture_stands(lab):
    lab.set(dataset="hills", hidden=(), learning_rate=1000)
    lab.step(200)
    assert not re.search("nan|inf|∞", lab.describe() + lab.stage.live)
    assert np.isfinite(lab.net.parameters).all() and "grew beyond all bounds" in lab.describe()
    lab.learning_rate = 0.01
    lab.reset()


def test_as_fast_as_it_goes_many_epochs_are_one_picture_and_one_undo(lab):
    start, pictures = lab.net, []
    lab.stage.observe(pictures.append, "live")
    lab.pace = FASTEST
    lab.play()
    for n in range(1, 4):
        hear(lab, event="tick", n=n)
    lab.pause()
    assert len(pictures) <= 3 < lab.epoch and lab.trainer.at == 0
    same_again(lab)
    there = lab.net
    assert lab.undo() and lab.net == start
    lab.step(2)
    lab.undo()
    assert lab.net != there and not lab.past


def test_the_fold_away_controls_turn_what_they_say(lab):
    lists = {widget.description: widget for widget in descendants(lab) if hasattr(widget, "options")}
    for label, value, name in (
        ("loss", "squared error", "loss"),
        ("start weights", "he", "init"),
        ("start weights", 5.0, "init"),
        ("activation", "relu", "activation"),
        ("the plane", True, "steps"),
        ("errors", True, "log_errors"),
    ):
        lists[label].value = value
        assert getattr(lab, name) == value
    lab.step(3)
    assert len(set(np.frombuffer(lab.stage.pixels[-44 * 44 :], "u1"))) == 2
    lab.set(init=2.0, activation=("relu", "tanh"))
    assert lists["start weights"].value == lists["activation"].value == "other"
    lists["speed"].value = FASTEST
    assert lab.pace >= FASTEST
    assert all(lists), "each has a name"


def test_a_unit_says_what_it_seems_to_look_for(lab):
    lab.set(inputs=("x1", "x2"), hidden=(1,), picked=(1, 0))
    lab.turn(0, 0.0)
    lab.turn(1, -2.0)
    lab.turn(2, 0.0)
    X, T, __ = lab.samples
    below = X[:, 1] < 0
    circles, crosses = ((below & (T[:, 0] == t)).sum() for t in (1, 0))
    line = lab.describe().splitlines()[2]
    assert line.startswith(f"Its sum is above 0 for {circles} of ") and f"for {crosses} of " in line
    assert line.endswith("and grows to the bottom.")
    lab.inputs = ("x1", "x1*x2")
    assert "grows" not in lab.describe()
    lab.set(dataset="hills", inputs=("x1", "x2"))
    assert re.search(r"Its sum is above 0 for \d+ of \d+ samples, and grows to the", lab.describe())


@pytest.mark.parametrize("loss", ["cross-entropy", "squared error"])
def test_the_error_over_two_weights_is_the_networks_own(lab, loss):
    lab.set(loss=loss, share=1, points=100, plane="surface", hidden=(3, 2))
    lab.step(5)
    for first, second in (((0, 0, 1), (2, 1)), ((1, 2), (2, 0, 0)), ((3, 0), (0, 1, 2))):
        lab.pick(first)
        lab.pick(second)
        assert lab.pair == [second, first]
        x, y = lab.surface.panel.grid(COUNT, COUNT)
        X, T, __ = lab.samples
        for row, column in ((0, 0), (3, 9), (15, 2)):
            net = lab.net
            net.parameters[lab.surface.places] = x[row, column], y[row, column]
            error = net.loss(net.forward(X), T, lab.start.loss(lab.settings))
            assert lab.surface.errors[row, column] == pytest.approx(error, rel=1e-9)
    same_again(lab)


def test_on_the_error_over_two_weights_a_click_sets_both(lab):
    lab.set(plane="surface", picked=(0, 0, 1), before=(1, 1))
    lab.step(30)
    assert "The plane: the error for other values of w₁₂ of layer 1 and b₂ of layer 1" in lab.describe()
    place = lab.surface.panel.place(1.5, -0.5)[0]
    stroke(lab, place, place)
    net = lab.net
    assert abs(net.weights[0][0, 1] - 1.5) < 0.02 and abs(net.biases[0][1] + 0.5) < 0.02
    assert len(lab.past) == 3, "one stretch and two turns, however far the pointer went"
    lab._go_to(0)
    lab.optimizer = "adam"
    lab.step(30)
    assert len(lab.surface.ways) == 2
    lab.picked = (0, 0)
    assert len(lab.pair) == 2
    same_again(lab)


CHOSEN = {"own": -1, "spiral": list(NOISE).index("spiral")}
OWN = {
    "one point": ([[1, 2]], [[1]]),
    "one class": ([[1, 2], [3, 4], [3, 1]], [[1], [1], [1]]),
    "a column that is the same everywhere": ([[1, 5], [2, 5], [3, 5]], [[1], [0], [1]]),
    "all points in one place": ([[1, 5], [1, 5]], [[1], [0]]),
    "huge numbers": ([[1e6, -1e6], [-1e6, 1e6], [9e5, 9e5]], [[1], [0], [1]]),
    "huge targets": ([[1, 5], [2, 5], [3, 6]], [[1e8], [-1e9], [5.5]]),
}


@pytest.mark.parametrize("what", OWN)
def test_odd_tables_of_your_own(lab, what):
    lab.table = data.table(*OWN[what])
    for change in ({}, {"plane": "surface"}, {"plane": "unit"}, {"log_errors": True}, {"explain": 3}, {"point": 1}):
        lab.set(**change)
        lab.step(2)
        assert not re.search(r"\bnan\b|\binf\b|∞", lab.describe() + lab.stage.live + lab.stage.steady)
    if len(lab.table) > 1:
        press(lab, "plane", "Delete")
        lab.step(2)
    else:
        press(lab, "plane", "Delete")
        assert lab.error and len(lab.table) == 1
        lab.step()
    same_again(lab)


def test_the_last_point_held_out_and_given_back(lab):
    lab.step(3)
    lab.share = 1
    lab.step(2)
    assert "New data" not in lab.describe() and "nan" not in lab.stage.live
    lab.share = 0.5
    lab.step(2)
    assert "New data" in lab.describe()


def test_futures_swapped_after_points_were_moved(lab):
    lab.step(8)
    stroke(lab, place_of(lab, 3), place_of(lab, 3) + (15, 0))
    lab.step(4)
    lab._go_to(5)
    lab.point = 9
    press(lab, "plane", "Delete")
    lab.step(3)
    second = lab.net
    lab.swap()
    assert lab.epoch == 12
    same_again(lab)
    lab.swap()
    assert lab.net == second and lab.epoch == 8
    same_again(lab)


def test_each_layer_has_an_activation_of_its_own(lab):
    lab.set(hidden=(3, 3, 2), activation="tanh")
    for picked, layer in (((2, 1), 1), ((2, 0, 0), 2), ((0, 0, 1), 0)):
        lab.picked = picked
        lab._own.value = "relu"
        assert lab.activations[layer] == "relu"
        assert lab._own.value == lab.start.network().activations[layer].name
    assert lab.activation == "relu"
    for picked in ((0, 0), (4, 0), (3, 1, 0)):
        lab.picked = picked
        assert lab._own.disabled and lab._own.value == "other"
    lab.hidden = ()
    assert lab.activations == () and lab._own.disabled
    same_again(lab)


def test_what_the_plane_shows_and_what_a_click_adds_are_chosen_at_the_plane(lab):
    assert {"a click adds: ○ (now)", "a click adds: ×"} < {handle["label"] for handle in lab.stage.handles}
    lab.paste("a,b,kind\n1,2,no\n2,3,yes, please\n3,4,no".replace("yes, please", "yes"))
    signs = {handle["id"]: handle["label"] for handle in lab.stage.handles}
    assert signs["a:○"] == "a click adds: yes (now)" and signs["a:×"] == "a click adds: no"
    hear(lab, event="click", id="a:×", again=False)
    stroke(lab, PLANE.place(1, 1)[0])
    assert lab.adds == "×" and lab.table.labels[-1] == 0
    press(lab, "p:surface", "Enter")
    assert lab.plane == "surface" and "a:×" not in {handle["id"] for handle in lab.stage.handles}
    lab.set(plane="unit", picked=(0, 0))
    assert "p:unit" not in {handle["id"] for handle in lab.stage.handles}
    lab.dataset = "hills"
    press(lab, "p:answer", " ")
    assert [h["label"] for h in lab.stage.handles if h["id"] == "a:×"] == ["a click adds: −1 (now)"]


def test_the_plane_grows_to_hold_every_point_but_not_under_a_hand(lab):
    lab.set(dataset="moons", noise=0.1)
    places = np.abs(scaled(lab.table.X, lab.table))
    assert lab.panel.xlim[1] == 1.75 and places.max() < 1.75
    assert "x₁: −1.75 … 1.75" in lab.stage.steady
    lab.table = data.table([[0, 0], [1, 1], [1.8, 0]], [[1], [0], [1]])
    far = lab.panel
    start, end = far.place([1.8, 0.5], [0, 0])
    hear(lab, event="stroke", id="plane", points=[start.tolist()], first=True, last=False, n=1)
    hear(lab, event="stroke", id="plane", points=[end.tolist()], first=False, last=False, n=2)
    assert lab.panel == far and lab.point == 3 and lab.table.X[2] == pytest.approx([0.5, 0], abs=0.02)
    hear(lab, event="stroke", id="plane", points=[end.tolist()], first=False, last=True, n=3)
    assert lab.panel == PLANE and lab.table.X[2] == pytest.approx([0.5, 0], abs=0.02)
    assert lab.undo() and lab.panel == far


def test_a_table_is_chosen_by_its_picture_and_drawn_anew(lab):
    for number, name in enumerate(NOISE):
        lab._gallery.choose(number)
        assert lab.dataset == name and lab._gallery.chosen == number
    heard = lab._gallery.heard
    for content in (None, {"event": "choose"}, {"event": "choose", "n": -1}, {"event": "choose", "n": 99}):
        lab._gallery._hear(lab._gallery, content, [])
    assert lab.dataset == name and lab._gallery.heard == heard
    button(lab, "New points").click()
    assert repr(lab.table) == f"data.{name}(200, noise=0.0, seed=1)"
    lab.paste("1,2,0\n3,1,1")
    assert lab._gallery.chosen == -1 and lab._redrawn.disabled
    lab.undo()
    assert lab._gallery.chosen == number


def test_a_file_is_opened_in_the_browser_and_taken_back(lab):
    lab.set(dataset="moons", noise=0.2)
    lab.step(3)
    lab._go_to(1)
    lab.learning_rate = 0.2
    lab.step(2)
    text, code = lab.taken("file"), lab.code()
    lab.reset()
    before = lab.code()
    lab._files.bring("playground.json", text)
    assert lab.code() == code and lab.other
    lab.undo()
    assert lab.code() == before and not lab.other
    lab._files.bring("own.csv", "a;b;kind\n1,5;2;x\n2;3;y\n1;3;y")
    assert lab.dataset == "own" and lab.table.kinds == ("x", "y")
    before = lab.code()
    for name, text, words in (
        ("cut.json", lab.taken("file")[:99], "cut.json is damaged"),
        ("odd.json", '{"format": "annkit playground 1", "tables": [], "state": {"noise": "a"}}', "noise"),
        ("bad.csv", "1,2,0\n3,x,1", "Line 2"),
        ("a film", None, "a film is too large"),
    ):
        lab._files._hear(lab._files, {"event": "large", "name": name} if text is None else
                         {"event": "file", "name": name, "text": text}, [])  # fmt: skip
        assert words in lab.error and lab.code() == before
    lab._files._hear(lab._files, {"event": "file", "name": 3, "text": "1,2,0"}, [])
    assert lab.code() == before
    lab.reset()


def test_an_undo_storm_while_it_plays(lab):
    lab.play()
    for n in range(1, 5):
        hear(lab, event="tick", n=n)
        lab.learning_rate += 0.01
        lab.undo()
        lab.undo()
        lab.redo()
        lab.play()
    lab.pause()
    same_again(lab)
    while lab.undo():
        pass
    assert not lab.past and lab.learning_rate == 0.03


def test_a_picture_of_four_layers_of_eight_is_small(lab):
    lab.set(hidden=(8, 8, 8, 8), plane="answer")
    lab.step(150)
    lab.step()
    stage = lab.stage
    assert len(stage.live.encode()) + len(stage.pixels) + len(stage.strengths) + 2 * len(stage.words) < 12_000


def test_what_is_refused(lab):
    lab.step(3)
    refuses(lab, "hidden", (9,), r"hidden\[0\] should be a whole number from 1 to 8")
    refuses(lab, "hidden", (1,) * 7, "6 layers at most")
    refuses(lab, "inputs", ("x3",), "one of x1, x2, .* not 'x3'")
    refuses(lab, "activation", ("tanh",), "one for each of the 2 hidden layers")
    refuses(lab, "learning_rate", np.nan, "finite")
    refuses(lab, "table", data.iris(), "2 columns")
    refuses(lab, "table", data.blobs(9, kinds=3), "one output")
    refuses(lab, "past", [(3, {"rate": 1})], "one of table, share")
    refuses(lab, "init", "zero", "glorot")
