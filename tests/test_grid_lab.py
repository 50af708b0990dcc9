"""Every control of the grid lab, driven in Python, and its numbers against scikit-learn's and those by hand."""

import numpy as np
import pytest
from hands import button, click, hear, press, refuses
from sklearn.model_selection import GridSearchCV

from annkit import data
from annkit.estimators import NeuralClassifier
from annkit.labs import GridLab
from annkit.labs.grid import trials
from annkit.labs.grid.board import GRID, ROWS
from annkit.labs.grid.trials import CELLS, HIDDEN, RATES, TABLE
from annkit.search import folds

MODEL = NeuralClassifier(optimizer="sgd", epochs=150, batch_size=20, random_state=1)


@pytest.fixture
def lab():
    made = GridLab()
    yield made
    assert not made.error
    made.close()


@pytest.fixture
def full():
    """The whole grid of deal 1: what is computed once is kept."""
    made = GridLab(done=28)
    yield made
    assert not made.error
    made.close()


def written(lab):
    return lab.stage.steady, lab.describe()


def test_a_cell_is_annkits_estimator_on_folds(lab):
    deal = folds(TABLE.labels, 5, seed=1)
    search = GridSearchCV(MODEL, {"hidden": [1, 3], "learning_rate": [0.3, 1.0]}, cv=deal).fit(TABLE.X, TABLE.labels)
    theirs = np.transpose([search.cv_results_[f"split{k}_test_score"] for k in range(5)])
    lab.done = 12
    for parameters, scores in zip(search.cv_results_["params"], theirs, strict=True):
        tried = lab.tried((parameters["hidden"], parameters["learning_rate"]))
        assert tried.parameters == parameters and np.array_equal(tried.scores, scores)


def test_the_truth_is_what_new_points_say():
    new = data.circles(4000, noise=0.3, seed=1)
    model = MODEL.set_params(hidden=3, learning_rate=1.0).fit(TABLE.X, TABLE.labels)
    assert trials.truth(3, 1.0) == model.score(new.X, new.labels)


def test_the_picked_network_is_drawn_with_the_fold_that_it_has_not_seen(lab):
    for fold in range(1, 6):
        lab.fold = fold
        rows = trials.dealt(1)[fold - 1][1]
        right = (lab.network.classify(TABLE.X[rows]) == TABLE.labels[rows]).mean()
        assert right == lab.tried(lab.cell).scores[fold - 1]
    lab.fold = 0
    assert lab.network == MODEL.set_params(hidden=1, learning_rate=1.0).fit(TABLE.X, TABLE.labels).network_


def test_the_story_of_the_chapter(full):
    assert full.best == (32, 1.0) and full.within[0] == (4, 1.0)
    assert (
        f"{full.tried(full.best).mean:.2f} {trials.truth(32, 1.0):.2f} {trials.truth(3, 1.0):.2f}" == "0.89 0.80 0.80"
    )
    for cell in CELLS:
        if cell[0] >= 3 and cell[1] >= 0.3:
            assert 0.785 < trials.truth(*cell) < 0.805
        else:
            assert trials.truth(*cell) < 0.725


def test_best_and_within_by_hand(full):
    means = {cell: np.mean(full.tried(cell).scores) for cell in CELLS}
    best = max(means.values())
    assert full.best == min(cell for cell in CELLS if means[cell] > best - 1e-9)
    error = np.std(full.tried(full.best).scores, ddof=1) / np.sqrt(5)
    assert set(full.within) == {cell for cell in CELLS if means[cell] > best - error - 1e-9}
    assert full.within[0] == min(full.within)


def test_of_two_as_good_the_one_with_fewer_units_and_then_the_smaller_rate_is_best(monkeypatch):
    monkeypatch.setattr(trials, "tried", lambda hidden, rate, deal: trials.Cell({}, (0.1 * (hidden > 2), 0.3)))
    trials.best.cache_clear()
    try:
        assert trials.best(1, 28) == (3, 0.03) and trials.best(1, 5) == (1, 0.03) and trials.best(1, 0) is None
    finally:
        trials.best.cache_clear()


def test_it_fills_in_cell_by_cell_and_stops_where_it_is(lab):
    lab.play()
    hear(lab, event="tick", n=1, still=False)
    assert lab.done == 5 and lab.cell == (2, 0.03) and lab.stage.playing
    lab.pause()
    before = written(lab)
    hear(lab, event="tick", n=2, still=False)
    assert written(lab) == before
    button(lab, "Next cell").click()
    assert lab.done == 6 and lab.cell == (2, 0.1)
    lab.undo()
    assert written(lab) == before
    lab.undo()
    assert lab.done == 4 and not lab.undo()


def test_at_the_end_it_picks_the_best_and_counts_its_win(full):
    full.set(done=27)
    assert full.cell == CELLS[26] and full.won == ((1, 32, 1.0),)
    full.step()
    assert full.done == 28 and full.cell == full.best == (32, 1.0) and not full.advance()
    assert full.won == ((1, 32, 1.0),)
    full.step(3)
    assert full.done == 28


def test_a_play_to_the_end_is_one_step_back(full):
    full.set(done=25)
    before = written(full)
    full.play()
    while full.stage.playing:
        hear(full, event="tick", n=full.stage.answered + 1, still=False)
    assert full.done == 28 and full.undo() and written(full) == before


def test_folds_are_dealt_again_and_the_old_flag_stays_pale(full):
    button(full, "Deal the folds again").click()
    assert (full.deal, full.done, full.cell) == (2, 0, CELLS[0]) and full.stage.playing
    assert full.best is None and full.network is None and full.within == ()
    assert "not computed yet" in full.describe() and full.won == ((1, 32, 1.0),)
    came = []
    for done in range(1, 5):
        full.step()
        came.append("annkit-coming" in full.stage.live)
        assert full.done == done and 'opacity="0.3"' in full.stage.live
    assert any(came[1:]) and not came[0]
    assert eval(full.code()).describe() == full.describe()
    for __ in range(5):
        full.undo()
    assert (full.deal, full.done) == (1, 28)


def test_wins_are_counted_as_dots_and_many_as_a_number(full):
    def dots():
        return full.stage.steady.count("h0") - stays

    stays = 0
    stays = dots() - 1
    full.won = tuple((deal, 4, 1.0) for deal in range(1, 8))
    assert dots() == 7 and "Units of the winners, deal by deal: 4, 4, 4, 4, 4, 4, 4" in full.describe()
    full.won = tuple((deal, 4, 1.0) for deal in range(1, 16))
    assert dots() == 0 and ">15 wins<" in full.stage.steady and "deal by deal: …, 4" in full.describe()


def test_new_points_and_the_rule_are_shown_and_hidden(full):
    before = written(full)
    button(full, "Ask 4,000 new points").click()
    assert full.asked and "new points: 0.80" in full.describe()
    button(full, "Show one standard error").click()
    assert (
        full.rule and "Smallest within one standard error: 4 units, α = 1; validation: 0.86 ± 0.033" in full.describe()
    )
    assert full.stage.steady.count("stroke-dasharray") == 2
    button(full, "Hide the new points").click()
    button(full, "Hide one standard error").click()
    assert written(full) == before


def test_every_cell_is_picked_by_a_click_and_by_keys(lab):
    for column, hidden in enumerate(HIDDEN):
        for row, rate in enumerate(RATES):
            lab.stage.listener({"event": "click", "x": GRID[0] + GRID[2] * (column + 0.5) / 7,
                                "y": GRID[1] + GRID[3] * (3.5 - row) / 4})  # fmt: skip
            assert lab.cell == (hidden, rate)
    for key, cell in (
        ("ArrowLeft", (16, 1.0)),
        ("ArrowDown", (16, 0.3)),
        ("ArrowRight", (32, 0.3)),
        ("ArrowUp", (32, 1)),
    ):
        press(lab, "cell", key)
        assert lab.cell == cell
    press(lab, "cell", "ArrowRight")
    press(lab, "cell", "ArrowUp")
    press(lab, "cell", "Enter")
    assert lab.cell == (32, 1.0)
    click(lab, GRID[0] + GRID[2], GRID[1])
    click(lab, GRID[0] - 5, GRID[1])
    assert lab.cell == (32, 1.0)


def test_every_fold_is_chosen_by_a_click_and_by_keys(lab):
    for row, fold in enumerate((1, 2, 3, 4, 5, 0)):
        click(lab, ROWS[0] + 10, ROWS[1] + (row + 0.5) * ROWS[3])
        assert lab.fold == fold
        assert ("all samples learned from" in lab.stage.handles[1]["label"]) == (fold == 0)
    press(lab, "fold", "ArrowDown")
    assert lab.fold == 1
    press(lab, "fold", "ArrowUp")
    assert lab.fold == 0
    click(lab, ROWS[0] + 10, ROWS[1] + 2.5 * ROWS[3])
    click(lab, ROWS[0] + 10, ROWS[1] + 6.5 * ROWS[3])
    assert lab.fold == 3


def test_every_slider_at_both_ends_and_at_zero(lab):
    assert list(lab._sliders) == ["done", "fold"]
    for name, slider in lab._sliders.items():
        for value in (slider.low, 0, slider.high):
            slider.move(value)
            assert getattr(lab, name) == value and not lab.error


def test_progress_can_be_turned_as_far_as_it_was_computed(lab):
    slider = lab._sliders["done"]
    assert (slider.low, slider.high) == (0, 4)
    lab.step(2)
    slider.move(3)
    assert slider.high == 6 and lab.done == 3 and lab.cell == (1, 0.3)
    lab.set(deal=2)
    assert slider.high == 3
    slider.drag(29)
    assert lab.done == 3 and "cells should be a whole number from 0 to 28, not 29." in lab.error
    lab.step()


def test_the_lists_pick_a_cell_and_follow(lab):
    lab._hidden.value = 8
    assert lab.cell == (8, 1.0)
    lab._rate.value = 0.1
    assert lab.cell == (8, 0.1)
    lab.cell = (2, 0.3)
    assert (lab._hidden.value, lab._rate.value) == (2, 0.3)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("cell", (5, 1.0), r"cell should be a pair, hidden units \(1, 2, 3, 4, 8, 16, 32\)"),
        ("cell", (3, 0.2), r"and learning rate \(0.03, 0.1, 0.3, 1\)"),
        ("cell", 3, "not 3"),
        ("cell", "no", "not 'no'"),
        ("done", 29, "done should be a whole number from 0 to 28"),
        ("done", float("nan"), "done should be a whole number"),
        ("deal", 0, "deal should be a whole number of at least 1"),
        ("fold", 6, "fold should be a whole number from 0 to 5"),
        ("rule", "yes", "rule should be True or False"),
        ("asked", 1, "asked should be True or False"),
        ("won", 3, "won should be a list of winners"),
        ("won", [(1, 2)], "won should be a list of winners"),
        ("won", [(1, 5, 1.0)], "won should be a list of winners"),
        ("won", [("a", 4, 1.0)], "won should be a list of winners"),
        ("won", [(1, [4], 1.0)], "won should be a list of winners"),
    ],
)
def test_what_it_refuses(lab, name, value, words):
    refuses(lab, name, value, words)


def test_code_makes_it_again(full):
    assert full.code() == "GridLab(done=28)"
    full.set(cell=(3, 0.3), rule=True, asked=True, fold=0)
    assert eval(full.code()).describe() == full.describe()
    full.won = [(1, np.int64(4), np.float64(0.3))]
    assert eval(full.code()).describe() == full.describe()
    full.reset()
    assert full.code() == "GridLab(done=28)"


def test_by_hand_nothing_is_given_away():
    lab = GridLab(done=4, by_hand=True)
    for label in ("Show one standard error", "Ask 4,000 new points", "Deal the folds again"):
        with pytest.raises(LookupError):
            button(lab, label)
    lab.close()


def test_the_arithmetic_agrees_with_the_digits_shown(lab):
    lab.done = 12
    for cell in CELLS[:12]:
        lab.cell = cell
        shown = {name: float(value) for name, value in lab.words()[2].cells}
        total, mean, spread, error = shown.values()
        (rights,) = [name for name in shown if name.startswith("right: ")]
        assert sum(int(right) for right in rights[7:].split(" + ")) == total == round(100 * mean)
        assert f"{spread / np.sqrt(5):.3f}" == f"{error:.3f}"
