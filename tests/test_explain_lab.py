"""Every control of the explain lab, driven in Python: the row, the copies, the split, the truth."""

import re

import numpy as np
import pytest
from hands import button, click, drag, hear, kept, press, refuses
from networks import by_nudging

from annkit.labs import ExplainLab
from annkit.labs.explain import friedman
from annkit.labs.explain.picture import PANELS

FEATURES = [f"x{k}" for k in range(1, 8)]


made, lab = kept(ExplainLab)


def test_the_table_is_friedmans_and_copies_are_a_little_off():
    from sklearn.datasets import make_friedman1

    X, y = make_friedman1(600, n_features=7, noise=1, random_state=0)
    table = friedman.table(2)
    assert table.X.shape == (600, 9) and (table.X[:, :7] == X).all() and (table.T[:, 0] == y).all()
    off = table.X[:, 7:] - X[:, [3]]
    assert 0.015 < off.std() < 0.025 and np.corrcoef(off.T)[0, 1] < 0.2
    assert 0.9 < np.corrcoef(friedman.truth(X), y)[0, 1] < 1


def test_the_formula_by_hand():
    X = np.array([[0.5, 1, 0, 0.5, 0.2, 9, 9], [0, 1, 0.5, 0, 0, -9, -9]])
    assert friedman.truth(X).tolist() == [10 + 5 + 5 + 1, 0]


def test_what_it_says_is_what_the_network_answers(lab):
    lab.set(x1=0.2, x6=1, truth=True)
    row = np.array([0.2, 0.5, 0.5, 0.5, 0.5, 1, 0.5])
    assert (lab.x == row).all()
    assert lab.output == pytest.approx(float(lab.model.predict(row[None, :])[0]))
    said = lab.describe().splitlines()
    assert f"answers {lab.output:.1f}, the truth is {friedman.truth(row[None, :])[0]:.1f}." in said[0]
    assert f"{lab.r2:.2f}" in said[0] and lab.r2 > 0.9


@pytest.mark.parametrize(("copies", "as_one"), [(0, False), (2, False), (2, True)])
def test_slopes_are_those_of_nudging(lab, copies, as_one):
    lab.set(x1=0.3, x4=0.7, copies=copies, as_one=as_one)
    slopes = by_nudging(lambda x: lab.model.predict(x[None, :])[0], lab.x)
    wanted = slopes if not as_one else np.append(slopes[:3], [slopes[[3, 7, 8]].sum(), *slopes[4:7]])
    np.testing.assert_allclose(lab.slopes, wanted, rtol=1e-6, atol=1e-6)


def test_importance_is_lost_r2_and_falls_apart_with_copies(lab):
    alone = lab.importance
    assert alone.argmax() == 3 and np.abs(alone[5:]).max() < 0.02
    assert np.abs(alone - lab.model.true_importance).max() < 0.1, "the explanation is right"
    for copies, most in ((1, 0.55), (2, 0.4), (3, 0.3)):
        lab.add_copy()
        assert lab.copies == copies and lab.importance[3] < most and lab.r2 > 0.9
        assert len(lab.importance) == 7 + copies and lab.importance.argmax() != 3
    lab.add_copy()
    assert lab.copies == 3
    lab.as_one = True
    assert lab.importance.argmax() == 3 and lab.importance[3] > 0.5 and len(lab.importance) == 7


def test_shuffling_by_hand():
    model = friedman.model(0, 7)
    random, lost = np.random.default_rng(0), 0
    for _ in range(friedman.SHUFFLES):
        X, order = model.X.copy(), random.permutation(200)
        X[:, 0] = X[order, 0]
        lost += model.r2 - (1 - ((model.y - model.predict(X)) ** 2).sum() / ((model.y - model.y.mean()) ** 2).sum())
    assert model.explained(False).importance[0] == pytest.approx(lost / friedman.SHUFFLES)


def test_the_average_curve_and_the_rows_own(lab):
    explained, model = lab.explained, lab.model
    X = model.X.copy()
    X[:, 2] = friedman.PLACES[4]
    assert explained.dependence[2, 4] == pytest.approx(model.predict(X).mean())
    own = explained.what_if(lab.x, model.predict)
    assert own[:, 10] == pytest.approx(np.full(7, lab.output)), "at ½ every curve meets the row"


def test_in_truth_nothing_but_x4_matters_of_it_and_its_copies(lab):
    lab.copies = 3
    assert lab.model.true_importance[7:].tolist() == [0, 0, 0]
    button(lab, "Show the truth").click()
    assert "Wrong: in truth x₄ matters most" in lab.describe()
    button(lab, "x₄ and copies as one").click()
    assert "Right: in truth, too, x₄ matters most" in lab.describe()
    assert any(piece.get("done") for piece in lab.stage.said)
    assert lab.stage.live.count("goes with x₄") == 3
    button(lab, "x₄ alone").click()
    button(lab, "Hide the truth").click()
    assert "truth" not in lab.describe()


def test_every_slider_to_both_ends_and_0(lab):
    lab.copies = 3
    for name, slider in lab._sliders.items():
        for value in (0, 3 if name == "copies" else 20 if name == "split" else 1):
            slider.move(max(1, value) if name == "split" else value)
            assert getattr(lab, name) == (max(1, value) if name == "split" else value)
            assert "nan" not in lab.stage.live and not lab.error
        lab.copies = 3


def test_dots_are_dragged_along_their_feature(lab):
    for k, name in enumerate(FEATURES):
        x, y = PANELS[k].spot(0.31, 3)
        drag(lab, name, x, y)
        assert getattr(lab, name) == 0.3
        drag(lab, name, x + 900, y)
        assert getattr(lab, name) == 1
        drag(lab, name, -900, y)
        assert getattr(lab, name) == 0
        hear(lab, event="drop", id=name, x=x, y=y, n=lab.stage.moved + 1)
        assert getattr(lab, name) == 0.3
        lab.undo()
        assert getattr(lab, name) == 0.5


def test_keys_step_by_a_twentieth_and_stop_at_the_ends(lab):
    press(lab, "x3", "ArrowRight")
    assert lab.x3 == 0.55 and "x₃ = 0.55" in lab.stage.live
    press(lab, "x3", "ArrowDown")
    press(lab, "x3", "ArrowLeft")
    assert lab.x3 == 0.45
    press(lab, "x3", "Enter")
    lab.x3 = 1
    press(lab, "x3", "ArrowUp")
    assert lab.x3 == 1
    assert lab.stage.handles[2]["label"].startswith("x₃ = 1.00; slope ")


def test_copies_come_by_a_click_and_are_what_x4_is(lab):
    lab.x4 = 0.8
    panel = PANELS[8]
    click(lab, panel.x + 20, panel.y + 20)
    assert lab.copies == 1 and lab.copy1 == 0.8 and len(lab.stage.handles) == 8
    click(lab, panel.x + 20, panel.y + 20)
    assert lab.copies == 2 and lab.copy2 == 0.8
    click(lab, panel.x + 20, panel.y + 20)
    assert lab.copies == 2, "there is one already"
    lab.x4 = 0.2
    assert lab.copy1 == 0.8, "a what-if turns x₄ alone"
    drag(lab, "copy1", *PANELS[7].spot(0.4, 0))
    assert lab.copy1 == 0.4
    lab.as_one = True
    assert (lab.copy1, lab.copy2) == (0.2, 0.2)
    lab.x4 = 0.6
    assert (lab.copy1, lab.copy2) == (0.6, 0.6)
    lab.undo()
    assert (lab.x4, lab.copy1) == (0.2, 0.2)
    lab.copy1 = 0.9
    assert (lab.x[7:] == 0.2).all(), "as one they are x₄, whatever is said of one of them"
    assert lab._copies[0].layout.display == "none", "they go with x₄"


def test_another_split_is_another_network(lab):
    before = lab.model
    lab.split = 3
    assert lab.model is not before and (lab.model.X != before.X).any()
    lab.undo()
    assert lab.model is before


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("x1", 1.1, "x1 should be"),
        ("x1", "a", "x1 should be"),
        ("x1", float("nan"), "x1 should be a finite number"),
        ("copies", 4, "copies should be a whole number from 0 to 3"),
        ("split", 0, "split should be a whole number from 1 to 20"),
        ("as_one", 1, "as_one should be True or False"),
        ("truth", "yes", "truth should be True or False"),
    ],
)
def test_what_makes_no_sense_is_refused(lab, name, value, words):
    refuses(lab, name, value, words)


def test_where_a_copy_has_no_panel_there_are_no_lines_and_no_tangent_leaves_its_panel(lab):
    def lines():
        return lab.stage.svg().count("stroke-opacity: 0.13")

    assert lines() == 7 * 4
    lab.copies = 2
    assert lines() == 9 * 4
    lab.as_one = True
    assert lines() == 7 * 4
    lab.set(x1=1, x2=0)
    tangents = re.findall(r"M([\d.]+),[\d.]+L([\d.]+),[\d.]+", lab.stage.live)
    assert len(tangents) == 7
    for panel in PANELS[:2]:
        assert any(panel.x - 0.1 <= float(a) < float(b) <= panel.x + panel.width + 0.1 for a, b in tangents)


def test_code_makes_it_again(lab):
    assert lab.code() == "ExplainLab()"
    for state in (
        {"x3": 0.45},
        {"x1": 0.2, "truth": True},
        {"copies": 2, "x4": 0.7, "copy2": 0.1},
        {"copies": 1, "as_one": True},
    ):
        lab.reset()
        lab.set(**state)
        again = eval(lab.code())
        assert again.describe() == lab.describe() and again.stage.svg() == lab.stage.svg()
        again.close()


def test_a_picture_is_small(lab):
    lab.set(copies=3, truth=True, x1=0.9)
    assert len(lab.stage.live) + sum(len(str(h)) for h in lab.stage.handles) < 12_000
