"""Activation functions: what a neuron makes of its weighted sum."""

from annkit import inputs


def step(z):
    """1 where the weighted sum is greater than 0, else 0.

    Parameters
    ----------
    z : array_like of any shape, or a number
        Weighted sums, bias included.

    Returns
    -------
    ndarray of int, of the shape of `z` (a single integer for a single number)
        At exactly 0 the answer is 0: the sum has to be *greater than* the threshold.

    Raises
    ------
    ValueError
        If `z` holds anything but finite numbers.

    References
    ----------
    F. Rosenblatt, "The perceptron: a probabilistic model for information storage and organization in the brain",
    Psychological Review 65 (1958).

    Examples
    --------
    >>> step([2.2, 0, -0.7])
    array([1, 0, 0])
    """
    return (inputs.finite("z", z) > 0) * 1
