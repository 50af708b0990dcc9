"""Networks as scikit-learn's estimators: `fit`, `predict`, `score`, in its pipelines and searches.

What a network is and how it learns stays in `Network` and `train`; here are only scikit-learn's manners. It is imported
by itself, `from annkit.estimators import NeuralClassifier`, as the rest of annkit does without scikit-learn.
"""

from numbers import Integral

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, column_or_1d, validate_data

from annkit import inputs
from annkit.network import Network
from annkit.training import train
from annkit.translation import _


class NeuralEstimator(BaseEstimator):
    """What both have in common: the parameters, and how the network is made and learns."""

    def __init__(self, hidden=(16,), activation="tanh", init="glorot", optimizer="adam", learning_rate=0.01, epochs=200,
                 batch_size=32, l1=0.0, l2=0.0, dropout=0.0, random_state=0):  # fmt: skip
        self.hidden = hidden
        self.activation = activation
        self.init = init
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.batch_size = batch_size
        self.l1 = l1
        self.l2 = l2
        self.dropout = dropout
        self.random_state = random_state

    def _learn(self, X, T, output, loss):
        """Make a network for the samples X and their targets T, both checked, and train it."""
        epochs, seed = inputs.whole("epochs", self.epochs, low=1), self._seed()
        sizes = [X.shape[1], *self._hidden(), T.shape[1]]
        net = Network(sizes, self.activation, output, seed, self.init)
        options = {"l1": self.l1, "l2": self.l2, "dropout": self.dropout, "seed": seed}
        history = train(net, X, T, loss, self.learning_rate, epochs, self.batch_size, self.optimizer, **options)
        self.network_, self.losses_, self.n_iter_ = net, history.losses, len(history)
        return self

    def _hidden(self):
        """The sizes of the hidden layers: one number stands for one layer."""
        given = self.hidden.tolist() if isinstance(self.hidden, np.ndarray) else self.hidden
        layers = given if isinstance(given, (list, tuple)) else [given]
        return [inputs.whole("hidden", units, low=1) for units in layers]

    def _seed(self):
        """The seed of the start weights and of the shuffles: `random_state` itself where it is a number."""
        if isinstance(self.random_state, Integral):
            return inputs.whole("random_state", self.random_state, low=0)
        return int(check_random_state(self.random_state).randint(2**31))

    def _outputs(self, X):
        """The network's outputs for samples like those that it learned from."""
        check_is_fitted(self, "network_")
        return self.network_.predict(validate_data(self, X, reset=False))


class NeuralClassifier(ClassifierMixin, NeuralEstimator):
    """A network that tells classes apart, as a classifier of scikit-learn.

    Two classes: one sigmoid output, which learns by binary cross-entropy. More: a softmax output for each, which learn
    by cross-entropy.

    Parameters
    ----------
    hidden : int or sequence of int
        How many units each hidden layer has; one number is one layer, ``()`` is none.
    activation, init
        As for `Network`.
    optimizer, learning_rate, epochs, batch_size, l1, l2, dropout
        As for `train`.
    random_state : int, RandomState or None
        A number is the seed of `Network` and of `train`: the same number, the same network. None draws it anew.

    Attributes
    ----------
    classes_ : ndarray
        The classes, sorted.
    network_ : Network
        What has learned.
    losses_ : list of float
        The error on all the samples before learning, and after each epoch.
    n_iter_ : int
        How many epochs were done: fewer than `epochs` where the learning diverged.
    n_features_in_, feature_names_in_
        As scikit-learn says: how many features there were, and their names where they came with names.

    References
    ----------
    L. Buitinck and others, "API design for machine learning software: experiences from the scikit-learn project",
    ECML PKDD workshop (2013).

    Examples
    --------
    >>> from annkit import data
    >>> from annkit.estimators import NeuralClassifier
    >>> moons = data.moons(100)
    >>> model = NeuralClassifier(hidden=8).fit(moons.X, moons.labels)
    >>> model.score(moons.X, moons.labels) > 0.95, model.predict([[0, 1], [0, -1]])
    (True, array([1, 0]))
    """

    def fit(self, X, y):
        """Learn from samples and their classes.

        Parameters
        ----------
        X : array_like, shape (n, features)
            Finite numbers, one row a sample; no sparse matrix.
        y : array_like, shape (n,)
            The class of each: numbers or texts, at least two different ones.

        Returns
        -------
        NeuralClassifier
            This one.

        Raises
        ------
        ValueError
            If these don't fit, or a parameter makes no sense. TypeError if `X` is sparse.

        Warns
        -----
        RuntimeWarning
            If the learning diverged; the network is then the last whose numbers were finite.
        """
        X, y = validate_data(self, X, y)
        check_classification_targets(y)
        self.classes_, number = np.unique(column_or_1d(y, warn=True), return_inverse=True)
        if len(self.classes_) < 2:
            message = _("y has only one class, {value}; to tell classes apart takes two.")
            raise ValueError(message.format(value=inputs.shown(self.classes_[0])))
        if len(self.classes_) == 2:
            return self._learn(X, number[:, None], "sigmoid", "binary_cross_entropy")
        return self._learn(X, np.eye(len(self.classes_))[number], "softmax", "cross_entropy")

    def predict_proba(self, X):
        """What the outputs give to each class, shape (n, classes): a row sums to 1. Raises as `predict` does."""
        outputs = self._outputs(X)
        return np.hstack([1 - outputs, outputs]) if len(self.classes_) == 2 else outputs

    def predict(self, X):
        """The class of every row of `X`, shape (n,): of the largest output.

        Raises
        ------
        ValueError
            If `X` doesn't fit what was learned from. NotFittedError before `fit`.
        """
        shares = self.predict_proba(X)
        return self.classes_[shares.argmax(axis=1)]


class NeuralRegressor(RegressorMixin, NeuralEstimator):
    """A network that predicts numbers, as a regressor of scikit-learn: linear outputs, which learn by squared error.

    Parameters and attributes are those of `NeuralClassifier`, without `classes_`. Inputs and targets are taken as they
    are; where they are far from the size of 1, put scikit-learn's ``StandardScaler`` before it and
    ``TransformedTargetRegressor`` around it.

    Examples
    --------
    >>> from annkit import data
    >>> from annkit.estimators import NeuralRegressor
    >>> hills = data.hills(200)
    >>> NeuralRegressor(hidden=(16, 8)).fit(hills.X, hills.T).score(hills.X, hills.T) > 0.9
    True
    """

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def fit(self, X, y):
        """Learn from samples and their targets, `y` of shape (n,) or (n, outputs). Raises and warns as the classifier.

        Returns
        -------
        NeuralRegressor
            This one.
        """
        X, y = validate_data(self, X, y, y_numeric=True, multi_output=True)
        self._one_row = y.ndim == 1
        return self._learn(X, y.reshape(len(y), -1), "identity", "squared_error")

    def predict(self, X):
        """The outputs for every row of `X`: (n,) or (n, outputs), as `y` was. Raises as the classifier."""
        outputs = self._outputs(X)
        return outputs[:, 0] if self._one_row else outputs
