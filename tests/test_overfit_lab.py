"""Every control of the overfitting lab, driven in Python, and its fits against annkit's own training."""

import numpy as np
import pytest
from hands import button, drag, drop, hear, press, refuses

from annkit import Adam, Network, Trainer, data, train
from annkit.labs import OverfitLab
from annkit.labs.base.say import Rows
from annkit.labs.overfit.fits import EVERY, MORE, MOST_EPOCHS, NEW, Setup, fit, refit


@pytest.fixture
def lab():
    made = OverfitLab(epoch=100)
    yield made
    assert not made.error
    made.close()


def tick(lab, n=1):
    """Ticks of play, as the browser sends them."""
    for __ in range(n):
        hear(lab, event="tick", n=lab.stage.answered + 1, still=False)


def place(lab, x, t):
    return lab.stage.panels[0].place(x, t)[0]


def same(lab):
    """Whether the code makes the same lab."""
    again = eval(lab.code())
    alike = again.describe() == lab.describe() and again.stage.live == lab.stage.live
    alike = alike and again.stage.steady == lab.stage.steady
    again.close()
    return alike


def test_every_slider_at_both_ends_and_at_zero(lab):
    assert list(lab._sliders) == ["epoch", "units", "decay", "dropout", "points"]
    for name, slider in lab._sliders.items():
        for value in (slider.low, slider.high):
            slider.move(value)
            assert getattr(lab, name) == value and not lab.error
            assert not any(word in lab.describe() + lab.stage.live for word in ("nan", "inf", "∞"))
        lab.reset()
    for k in range(101):
        lab._sliders["decay"].drag(k / 1000)
        assert lab.decay == k / 1000


def test_a_fit_is_annkits_training():
    table = data.sine(15, seed=2)
    for units, decay in ((2, 0), (30, 0.003)):
        net = Network([1, units, 1], "tanh", "identity", seed=3)
        options = {"optimizer": Adam(0.03), "l2": decay, "epochs": 60, "validation": (NEW.X, NEW.T)}
        history = train(net, table.X, table.T, **options)
        made = fit(Setup(units, 15, decay, 0, 2)).upto(60)
        np.testing.assert_allclose(made.errors[:7], history.losses[::EVERY], rtol=1e-9)
        np.testing.assert_allclose(made.new_errors[:7], history.validation_losses[::EVERY], rtol=1e-9)
        np.testing.assert_allclose(made.network(60).parameters, net.parameters, atol=1e-9)
        assert made.best(60) == EVERY * np.argmin(history.validation_losses[::EVERY])


def test_moved_points_are_learned_on_from_where_it_stands():
    setup = Setup(5, 15, 0.01, 0, 2)
    table = data.sine(15, seed=2)
    X, T = table.X.copy(), table.T.copy()
    X[3], T[3] = 0.5, 1.5
    net = fit(setup).network(50)
    trainer = Trainer(net, X, T, optimizer=Adam(0.03), l2=0.01)
    for __ in range(50):
        trainer.epoch()
    moved = refit(setup, 50, ((4, 0.5, 1.5),))
    np.testing.assert_allclose(moved.network(50).parameters, net.parameters, atol=1e-9)
    assert moved.errors[-1] == pytest.approx(trainer.error())
    assert len(refit(setup, 400, ((4, 0.5, 1.5),)).errors) == MORE // EVERY + 1


def test_it_overfits_and_every_remedy_helps():
    errors = {}
    for name, values in {"30": {}, "2": {"units": 2}, "decay": {"decay": 0.003}, "more": {"points": 60}}.items():
        lab = OverfitLab(epoch=MOST_EPOCHS, **values)
        errors[name] = lab.now
        lab.close()
    assert errors["30"][0] < 0.05 and errors["30"][1] > 0.25
    assert max(errors[name][1] for name in ("2", "decay", "more")) < 0.12
    best = fit(Setup(30, 15, 0, 0, 2)).best(MOST_EPOCHS)
    assert 30 <= best <= 100 and fit(Setup(30, 15, 0, 0, 2)).new_errors[best // EVERY] < 0.1


def test_play_steps_and_going_back(lab):
    button(lab, "10 epochs").click()
    assert (lab.epoch, lab.learned) == (110, 110)
    lab.epoch = 60
    assert (lab.epoch, lab.learned) == (60, 110) and lab.code() == "OverfitLab(epoch=60, learned=110)" and same(lab)
    lab.play()
    tick(lab)
    assert (lab.epoch, lab.learned) == (70, 110)
    button(lab, "Back to the best").click()
    assert lab.epoch == lab.best == fit(lab.setup).best(110) and not lab.stage.playing
    lab.epoch = MOST_EPOCHS - EVERY
    lab.play()
    tick(lab, 2)
    assert lab.epoch == MOST_EPOCHS and not lab.stage.playing
    lab.step()
    assert lab.epoch == MOST_EPOCHS


def test_back_and_forth_in_time_by_hand(lab):
    panel = lab.stage.panels[1]
    for epoch, there in ((1, 0), (47, 50), (300, 300), (9e9, MOST_EPOCHS), (100, 100)):
        drag(lab, "now", panel.place(epoch, 1)[0][0], 0)
        assert lab.epoch == there
    drop(lab, "now", panel.place(100, 1)[0][0], 0)
    assert lab.learned == MOST_EPOCHS
    for key, epoch in (("ArrowLeft", 90), ("ArrowUp", 190), ("ArrowDown", 90), ("ArrowRight", 100), ("Enter", 100)):
        press(lab, "now", key)
        assert lab.epoch == epoch
    hear(lab, event="focus", id="best")
    assert lab.epoch == 100
    hear(lab, event="click", id="best", again=False)
    assert lab.epoch == lab.best != 100
    lab.epoch = 100
    press(lab, "best", "Enter")
    assert lab.epoch == lab.best
    lab.undo()
    assert lab.epoch == 100 and same(lab)


def test_a_point_is_dragged_and_the_curve_follows(lab):
    x = lab.table[0][8, 0]
    before = lab.curve(np.array([x]))
    drag(lab, "p9", *place(lab, x, 1.21))
    drag(lab, "p9", *place(lab, x, 1.52))
    drop(lab, "p9", *place(lab, x, 1.52))
    assert lab.moved == ((9, pytest.approx(x, abs=1 / 32), 1.5),) and same(lab)
    assert lab.table[1][8] == 1.5 and lab.curve(np.array([x])) > before
    assert "it learned 100 epochs more" in lab.describe()
    press(lab, "p2", "ArrowDown")
    press(lab, "p2", "ArrowRight")
    assert [point[0] for point in lab.moved] == [2, 9] and same(lab)
    drag(lab, "p2", -1e6, 1e6)
    assert lab.moved[0] == (2, -3, -2)
    lab.undo()
    lab.undo()
    lab.undo()
    assert len(lab.moved) == 1
    lab.undo()
    assert lab.moved == ()
    lab.redo()
    lab.epoch = 0
    assert "epochs more" not in lab.describe() and same(lab)
    lab.points = 20
    assert lab.moved == ()


def test_other_points_leave_ghosts_and_settings_bring_them_anew(lab):
    curve = lab.curve(np.linspace(-3, 3, 5))
    button(lab, "Other points").click()
    assert (lab.sample, lab.ghosts) == (3, 1) and "2 curves" in lab.describe()
    np.testing.assert_array_equal(lab.cloud(np.linspace(-3, 3, 5))[0], curve)
    button(lab, "Twenty times").click()
    assert lab.stage.playing
    tick(lab, 20)
    assert (lab.sample, lab.ghosts, lab.epoch) == (23, 20, 100) and not lab.stage.playing and same(lab)
    wide = np.std(lab.cloud(np.linspace(-3, 3, 50)), axis=0).mean()
    lab._sliders["units"].drag(25)
    lab._sliders["units"].move(1)
    assert (lab.ghosts, lab.stage.playing) == (0, True)
    tick(lab, 20)
    assert (lab.sample, lab.ghosts, lab.epoch) == (23, 20, 100) and not lab.stage.playing and same(lab)
    assert np.std(lab.cloud(np.linspace(-3, 3, 50)), axis=0).mean() != wide
    lab.undo()
    assert lab.units > 1 and not lab.stage.playing
    lab.step()
    assert lab.epoch == 110


def test_what_is_stopped_half_way_is_over(lab):
    lab.play()
    lab.twenty_times()
    tick(lab, 3)
    lab.decay = 0.01
    tick(lab, 4)
    assert (lab.sample, lab.ghosts) == (9, 4)
    lab.stage.playing = False
    lab.step()
    assert (lab.sample, lab.ghosts, lab.epoch) == (9, 4, 110)
    lab.play()
    lab.decay = 0.02
    tick(lab, 6)
    assert (lab.ghosts, lab.epoch) == (4, 130), "then it goes on learning"


def test_undo_of_a_slider_brings_its_ghosts_back_too(lab):
    lab.set(sample=5, ghosts=3)
    lab._sliders["decay"].move(0.05)
    tick(lab, 3)
    assert lab.ghosts == 3
    lab.undo()
    assert (lab.decay, lab.ghosts) == (0, 3)


def test_the_arithmetic_adds_up_in_the_digits_shown(lab):
    assert "λ" not in lab.describe()
    for values in ({"decay": 0.003}, {"epoch": 0}, {"decay": 0.1, "units": 2}):
        lab.set(**values)
        (rows,) = (piece for piece in lab.words() if isinstance(piece, Rows) and piece.total)
        error, decay, total = (float(row[1]) for row in rows.cells)
        assert error + decay == pytest.approx(total, abs=1e-9) and same(lab)


def test_verdicts_and_pictures_stay_small(lab):
    for values, words in (
        ({"epoch": 50}, "It generalises"),
        ({"epoch": 10}, "Underfitted"),
        ({"epoch": MOST_EPOCHS}, "Overfitted"),
        ({"dropout": 0.5}, "Underfitted"),
        ({"points": 300, "dropout": 0, "epoch": 50}, "It generalises"),
    ):
        lab.set(**values)
        assert words in lab.describe() and same(lab)
        assert len(lab.stage.live) < 8000 and len(lab.stage.handles) == (2 if lab.points > 30 else 17)


def test_what_is_refused(lab):
    refuses(lab, "epoch", 55, "epoch should be a multiple of 10, such as 50, not 55")
    refuses(lab, "epoch", 2010, "epoch should be a whole number from 0 to 2000")
    refuses(lab, "units", 31, "units should be a whole number from 1 to 30")
    refuses(lab, "decay", -0.1, "decay should be from 0 to 1")
    refuses(lab, "dropout", np.nan, "finite")
    refuses(lab, "points", 4, "points should be a whole number from 5 to 300")
    refuses(lab, "ghosts", 3, "ghosts should be a whole number from 0 to 2")
    for moved in ("p1", [(16, 0, 0)], [(1, 4, 0)], [(1, 0)], [(1, 0, "up")], 3):
        refuses(lab, "moved", moved, "moved")
    with pytest.raises(Exception, match="learned should be a whole number from 100 to 2000"):
        lab.learned = 50


def test_handles_sort_themselves_and_reset_goes_back(lab):
    first = lab.describe()
    lab.set(units=4, epoch=200, moved=[[3, 0, 0], [1, 1, 1], [3, 0.5, 0.5]])
    assert lab.moved == ((1, 1, 1), (3, 0.5, 0.5))
    lab.reset()
    assert lab.describe() == first and lab.untouched
