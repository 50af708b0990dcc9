"""The search: folds, every cell once, a file that outlives a killed process, and a Dask cluster that loses a worker."""

import json
import os
import subprocess
import sys

import numpy as np
import psutil
import pytest
from joblib import parallel_config
from sklearn.model_selection import GridSearchCV, StratifiedKFold

from annkit import data
from annkit.estimators import NeuralClassifier
from annkit.search import Cell, folds, search

TABLE = data.circles(80, noise=0.3, seed=0)
X, Y = TABLE.X, TABLE.labels
MODEL = NeuralClassifier(optimizer="sgd", epochs=5, batch_size=10)
GRID = {"hidden": [1, 2, 3], "learning_rate": [0.1, 1.0]}
DEAL = folds(Y, 4, seed=1)


def in_order(cells):
    return sorted(cells, key=str)


@pytest.fixture(scope="module")
def cells():
    """The search as it is without a file and without a cluster."""
    return list(search(MODEL, GRID, X, Y, DEAL))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "results.jsonl"


@pytest.mark.parametrize(
    ("count", "labels"), [(5, Y), (3, [0, 1, 1, 1, 0, 0, 0]), (2, ["a", "b", "c"]), (2, [np.nan, 1, np.nan])]
)
def test_every_sample_is_set_aside_once_and_the_classes_are_dealt_evenly(count, labels):
    labels, dealt = np.asarray(labels), folds(labels, count, seed=3)
    assert sorted(np.concatenate([rows for __, rows in dealt])) == list(range(len(labels)))
    for learn, validate in dealt:
        assert sorted([*learn, *validate]) == list(range(len(labels)))
    for label in {*np.unique(labels).tolist(), None}:
        each = [len(rows) if label is None else (labels[rows] == label).sum() for __, rows in dealt]
        assert max(each) - min(each) <= 1


def test_folds_are_dealt_anew_with_another_seed():
    first, again, other = (np.concatenate([rows for __, rows in folds(Y, 4, seed)]) for seed in (1, 1, 2))
    assert (first == again).all() and (first != other).any()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"labels": [[1]]}, "labels should be one class for each sample"),
        ({"labels": [1, 0], "count": 3}, "count should be a whole number from 2 to 2"),
        ({"labels": Y, "seed": -1}, "seed should be a whole number of at least 0"),
    ],
)
def test_what_cannot_be_dealt_is_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        folds(**arguments)


@pytest.mark.parametrize(
    ("X", "y", "deal", "words"),
    [
        (X, Y, 5, r"folds should be pairs of rows .* not 5\."),
        (X, Y, [1, 2], "folds should be pairs of rows"),
        (X, Y[:10], DEAL, "inconsistent numbers of samples"),
    ],
)
def test_what_cannot_be_searched_is_refused_and_no_file_made(path, X, y, deal, words):
    with pytest.raises(ValueError, match=words):
        next(search(MODEL, GRID, X, y, deal, path))
    assert not path.exists()


def test_folds_of_scikit_learn_are_as_good():
    splits = StratifiedKFold(4).split(X, Y)
    few = {"hidden": [1, 2]}
    found = GridSearchCV(MODEL, few, cv=StratifiedKFold(4)).fit(X, Y).cv_results_["mean_test_score"]
    assert [cell.mean for cell in in_order(search(MODEL, few, X, Y, splits))] == pytest.approx(list(found))


def test_a_cell_has_its_mean_and_the_standard_error():
    cell = Cell({}, (0.5, 0.75, 1.0))
    assert (cell.mean, cell.error) == (0.75, pytest.approx(0.25 / np.sqrt(3)))
    assert Cell({}, (0.1, 0.7, 0.2)).mean == Cell({}, (0.7, 0.2, 0.1)).mean


def test_the_scores_are_scikit_learns(cells):
    theirs = GridSearchCV(MODEL, GRID, cv=DEAL).fit(X, Y).cv_results_
    assert [cell.parameters for cell in cells] == theirs["params"]
    scores = [theirs[f"split{k}_test_score"] for k in range(4)]
    assert np.array_equal(np.transpose(scores), [cell.scores for cell in cells])


def test_a_search_goes_on_where_it_was_broken_off(cells, path):
    for __, ___ in zip(range(2), search(MODEL, GRID, X, Y, DEAL, path), strict=False):
        pass
    before = path.read_text()
    assert before.count("\n") == 3
    assert in_order(search(MODEL, GRID, X, Y, DEAL, path)) == in_order(cells)
    assert path.read_text().startswith(before) and path.read_text().count("\n") == 7


def test_what_is_in_the_file_is_not_computed_and_a_grid_may_grow(cells, path):
    list(search(MODEL, {"hidden": [1], "learning_rate": [0.1]}, X, Y, DEAL, path))
    head, line = path.read_text().splitlines()
    told = json.loads(line) | {"scores": [1, 1, 1, 1]}
    path.write_text(f"{head}\n{json.dumps(told)}\n")
    found = list(search(MODEL, GRID, X, Y, DEAL, path))
    assert found[0] == Cell({"hidden": 1, "learning_rate": 0.1}, (1, 1, 1, 1))
    assert in_order(found[1:]) == in_order(cells[1:])


def test_numbers_of_numpy_and_tuples_are_known_again(path):
    grid = {"hidden": [(2, 2), np.int64(3)], "learning_rate": np.array([0.5])}
    first = list(search(MODEL, grid, X, Y, DEAL, path))
    assert list(search(MODEL, grid, X, Y, DEAL, path)) == first and path.read_text().count("\n") == 3


@pytest.mark.parametrize("end", ['{"cell": {"hid', "\x00", "5"])
def test_half_a_line_at_the_end_is_taken_away(cells, path, end):
    list(search(MODEL, {"hidden": [1]}, X, Y, DEAL, path))
    whole = path.read_text()
    path.write_text(whole + end)
    assert in_order(search(MODEL, GRID, X, Y, DEAL, path)) == in_order(cells)
    assert path.read_text().startswith(whole + '{"cell"')


def test_labels_that_are_objects_are_known_again(path):
    def labels():
        return np.array(["".join(("class ", str(label))) for label in Y], object)

    first = list(search(MODEL, {"hidden": [1]}, X, labels(), DEAL, path))
    assert list(search(MODEL, {"hidden": [1]}, X, labels(), DEAL, path)) == first and path.read_text().count("\n") == 2


def test_a_first_line_that_was_cut_off_is_written_anew(path):
    list(search(MODEL, {"hidden": [1]}, X, Y, DEAL, path))
    whole = path.read_text()
    path.write_text(whole[:20])
    list(search(MODEL, {"hidden": [1]}, X, Y, DEAL, path))
    assert path.read_text() == whole


@pytest.mark.parametrize(
    "other",
    [
        (NeuralClassifier(epochs=6), X, Y, DEAL),
        (MODEL, X + 1, Y, DEAL),
        (MODEL, X, 1 - Y, DEAL),
        (MODEL, X, Y, folds(Y, 4, seed=2)),
    ],
)
def test_the_file_of_another_search_is_left_alone(path, other):
    list(search(MODEL, {"hidden": [1]}, X, Y, DEAL, path))
    before = path.read_text()
    model, *rest = other
    with pytest.raises(ValueError, match="is the file of another search"):
        next(search(model, GRID, *rest, path))
    assert path.read_text() == before


@pytest.mark.parametrize(
    "text", ["no JSON\n", "[]\n", '{"search": "x", "y"}\n', "{}\n", "one line, no end", "one\nand a half"]
)
def test_what_is_no_file_of_a_search_is_left_alone(path, text):
    path.write_text(text)
    with pytest.raises(ValueError, match="line 1 of .* is damaged, or it is no file of a search"):
        next(search(MODEL, GRID, X, Y, DEAL, path))
    assert path.read_text() == text


KILLED = """
import os, sys, threading
from annkit import data
from annkit.estimators import NeuralClassifier
from annkit.search import folds, search

class Stuck(NeuralClassifier):
    def fit(self, X, y):
        if self.hidden == 3 and "STUCK" in os.environ:
            print("in work", flush=True)
            threading.Event().wait()
        print("training", flush=True)
        return super().fit(X, y)

table = data.circles(40, noise=0.3, seed=0)
model, deal = Stuck(epochs=1), folds(table.labels, 4, seed=1)
for cell in search(model, {"hidden": [1, 2, 3, 4]}, table.X, table.labels, deal, sys.argv[1]):
    print("cell", cell.parameters["hidden"], flush=True)
"""


def test_a_killed_process_loses_only_the_cell_in_work(path):
    command = [sys.executable, "-c", KILLED, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "STUCK": "1"}) as process:
        for line in process.stdout:
            if line == "in work\n":
                process.kill()
    assert process.returncode != 0
    assert [json.loads(line)["cell"] for line in path.read_text().splitlines()[1:]] == [{"hidden": 1}, {"hidden": 2}]
    again = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert again == ["cell 1", "cell 2", *4 * ["training"], "cell 3", *4 * ["training"], "cell 4"]


def test_a_dask_cluster_loses_a_worker_but_no_result(cells, path):
    distributed = pytest.importorskip("dask.distributed")
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with (
        distributed.LocalCluster(**options, silence_logs=50) as cluster,
        distributed.Client(cluster) as client,
        parallel_config(backend="dask"),
    ):
        victim = psutil.Process(next(iter(client.run(os.getpid).values())))
        found = []
        for cell in search(MODEL, GRID, X, Y, DEAL, path):
            found.append(cell)
            if len(found) == 2:
                assert not [key for key in client.who_has() if "ndarray" in str(key)], "data that one worker has alone"
                victim.kill()
        victim.wait()
    assert in_order(found) == in_order(cells)
    assert path.read_text().count("\n") == 1 + len(cells)


def test_scikit_learns_folds_will_do_as_well():
    deal = list(StratifiedKFold(3, shuffle=True, random_state=0).split(X, Y))
    assert [len(cell.scores) for cell in search(MODEL, {"hidden": [1]}, X, Y, deal)] == [3]
