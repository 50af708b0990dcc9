"""Inputs made of two features."""

import numpy as np
import pytest

from annkit.features import MADE, made


def test_each_is_what_its_name_says():
    X = np.random.default_rng(0).uniform(-2, 2, (20, 2))
    names = {"x1": "x", "x2": "y", "x1^2": "x**2", "x2^2": "y**2", "x1*x2": "x*y", "sin 6x1": "np.sin(6*x)"}
    names["sin 6x2"] = "np.sin(6*y)"
    assert list(names) == list(MADE)
    for name, formula in names.items():
        np.testing.assert_array_equal(made(X, [name])[:, 0], eval(formula, {"np": np, "x": X[:, 0], "y": X[:, 1]}))
    assert made(X, list(MADE)).shape == (20, 7)


@pytest.mark.parametrize(
    ("X", "names", "words"),
    [
        ([[1, 2]], [], "names is empty"),
        ([[1, 2]], ["x1", "x1"], "there twice"),
        ([[1, 2]], ["sin x1"], "Did you mean sin 6x1"),
        ([[1, 2, 3]], ["x1"], "X should have 2 columns"),
        ([[1, np.nan]], ["x1"], "finite"),
    ],
)
def test_what_is_refused(X, names, words):
    with pytest.raises(ValueError, match=words):
        made(X, names)
