"""The estimators: scikit-learn's own checks of them, and annkit's networks in its searches and pipelines."""

import pickle

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.compose import TransformedTargetRegressor
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from annkit import Adam, Network, data, train
from annkit.estimators import NeuralClassifier, NeuralRegressor

MOONS = data.moons(60)


@parametrize_with_checks([NeuralClassifier(epochs=30), NeuralRegressor(epochs=30)])
def test_scikit_learn_excuses_nothing(estimator, check):
    check(estimator)


def test_it_is_the_network_and_the_training_of_annkit():
    X, T, y = MOONS.X, MOONS.T, MOONS.labels
    model = NeuralClassifier(hidden=3, optimizer="sgd", learning_rate=0.5, epochs=20, batch_size=16, random_state=4)
    model.fit(X, y)
    net = Network([2, 3, 1], activation="tanh", seed=4)
    history = train(net, X, T, "binary_cross_entropy", 0.5, epochs=20, batch_size=16, seed=4)
    assert model.network_ == net and model.losses_ == history.losses and model.n_iter_ == 20
    assert np.array_equal(model.predict(X), net.classify(X))
    assert np.array_equal(model.predict_proba(X)[:, 1], net.predict(X)[:, 0])


def test_classes_may_be_texts_and_more_than_two():
    iris = data.iris()
    names = np.array(iris.kinds)[iris.labels]
    model = NeuralClassifier(hidden=(8, 4), epochs=50).fit(iris.X, names)
    assert model.classes_.tolist() == ["setosa", "versicolor", "virginica"]
    assert model.network_.sizes == (4, 8, 4, 3) and model.score(iris.X, names) > 0.9
    assert np.allclose(model.predict_proba(iris.X).sum(axis=1), 1)


def test_a_search_over_a_pipeline_ends_in_a_pickle_that_predicts_the_same():
    pipeline = make_pipeline(StandardScaler(), NeuralClassifier(epochs=40))
    search = GridSearchCV(pipeline, {"neuralclassifier__hidden": [1, (4, 2), np.int64(8)]}, cv=3, error_score="raise")
    search.fit(MOONS.X, MOONS.labels)
    assert search.best_score_ > 0.8
    again = pickle.loads(pickle.dumps(search))
    assert np.array_equal(again.predict_proba(MOONS.X), search.predict_proba(MOONS.X))
    assert again.best_estimator_[-1].network_ == search.best_estimator_[-1].network_


def test_numbers_of_any_size_are_fitted_with_scikit_learns_scalers():
    hills = data.hills(200)
    X, y = 1000 * hills.X, 500 + 100 * hills.T[:, 0]
    model = TransformedTargetRegressor(
        make_pipeline(StandardScaler(), NeuralRegressor((16, 8), epochs=100)), transformer=StandardScaler()
    )
    assert model.fit(X, y).score(X, y) > 0.8


def test_a_regressor_gives_back_the_shape_of_its_targets():
    hills, model = data.hills(30), NeuralRegressor(hidden=(), epochs=1)
    assert model.fit(hills.X, hills.T[:, 0]).predict(hills.X).shape == (30,)
    assert model.fit(hills.X, np.hstack([hills.T, hills.T])).predict(hills.X).shape == (30, 2)
    assert model.network_.sizes == (2, 2)


def test_random_state_decides_the_network():
    def network(random_state):
        return NeuralClassifier(2, epochs=1, random_state=random_state).fit(MOONS.X, MOONS.labels).network_

    assert network(3) == network(3) != network(4)
    assert network(np.random.RandomState(3)) == network(np.random.RandomState(3))
    assert network(None) != network(None)


def test_an_optimizer_may_be_an_object():
    optimizer = Adam(decay_1=0.5)
    model = NeuralClassifier(2, optimizer=optimizer, epochs=1).fit(MOONS.X, MOONS.labels)
    assert model.optimizer is optimizer and not optimizer.steps


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"hidden": 0}, "hidden should be a whole number of at least 1, not 0"),
        ({"hidden": "16"}, "hidden should be a whole number, not '16'"),
        ({"activation": "tan"}, "Did you mean tanh?"),
        ({"activation": "step"}, "learns nothing through it"),
        ({"learning_rate": -1}, "learning_rate should be at least 0"),
        ({"epochs": 0}, "epochs should be a whole number of at least 1"),
        ({"batch_size": 0}, "batch_size should be"),
        ({"dropout": 1}, "dropout should be less than 1"),
        ({"random_state": -1}, "random_state should be a whole number of at least 0"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused_when_fitting(parameters, words):
    model = NeuralClassifier(**parameters)
    with pytest.raises(ValueError, match=words):
        model.fit(MOONS.X, MOONS.labels)
    with pytest.raises(NotFittedError):
        model.predict(MOONS.X)


def test_what_cannot_be_learned_from_is_refused():
    with pytest.raises(TypeError, match="dense data is required"):
        NeuralClassifier().fit(csr_array(MOONS.X), MOONS.labels)
    with pytest.raises(ValueError, match="y has only one class, .*1.*; to tell classes apart takes two"):
        NeuralClassifier().fit([[0], [1]], [1, 1])
    model = NeuralClassifier(epochs=1).fit(MOONS.X, MOONS.labels)
    with pytest.raises(ValueError, match="X has 3 features, but NeuralClassifier is expecting 2"):
        model.predict([[1, 2, 3]])


def test_who_diverges_says_so_and_keeps_a_network_that_computes():
    model = NeuralRegressor(hidden=(), optimizer="sgd", learning_rate=1e200, epochs=9)
    with pytest.warns(RuntimeWarning, match="Learning diverged"):
        model.fit(MOONS.X, MOONS.T[:, 0])
    assert model.n_iter_ < 9 and np.isfinite(model.predict(MOONS.X)).all()
