"""Inputs made of two features: what a network without hidden layers can't make itself."""

import numpy as np

from annkit import inputs
from annkit.translation import _

MADE = {
    "x1": lambda x, y: x,
    "x2": lambda x, y: y,
    "x1^2": lambda x, y: x**2,
    "x2^2": lambda x, y: y**2,
    "x1*x2": lambda x, y: x * y,
    "sin 6x1": lambda x, y: np.sin(6 * x),
    "sin 6x2": lambda x, y: np.sin(6 * y),
}
"""What can be made of x₁ and x₂. annkit's own tables lie within ±1 or little more, where sin x is hardly another input
than x (their correlation is 0.999); sin 6x goes up and down once."""


def made(X, names):
    """Inputs made of two features.

    Parameters
    ----------
    X : array_like, shape (n, 2)
    names : sequence of str
        Which of `MADE`; at least one, each once.

    Returns
    -------
    ndarray, shape (n, len(names))

    Raises
    ------
    ValueError
        If an argument is none of these.

    Examples
    --------
    >>> made([[2, 3]], ["x1", "x1^2", "x1*x2"])
    array([[2., 4., 6.]])
    """
    X = inputs.samples("X", X, 2)
    names = [inputs.choice("names", name, list(MADE)) for name in inputs.names("names", names)]
    if not names:
        raise ValueError(_("names is empty; a network needs at least one input."))
    return np.column_stack([MADE[name](*X.T) for name in names])
