"""Counting: how many weights a network has, and how many multiplications its products take, exactly.

Counted as annkit multiplies: the biases are one more row of the weights, whose input is 1. Activations are not counted;
there is one for each unit, and a multiplication for each weight.
"""

import numpy as np

from annkit import inputs
from annkit.translation import _


def pairs(sizes):
    """How many units lie before each layer and in it, as a list of pairs.

    >>> pairs([64, 128, 10])
    [(64, 128), (128, 10)]
    """
    given = list(sizes) if np.iterable(sizes) else []
    if len(given) < 2:
        message = _("sizes should be how many inputs there are, then the units of each layer, not {sizes}.")
        raise ValueError(message.format(sizes=inputs.shown(sizes)))
    sizes = [inputs.whole("sizes", size, low=1) for size in given]
    return list(zip(sizes[:-1], sizes[1:], strict=True))


def weights(sizes):
    """How many weights and biases a network of these sizes has.

    >>> weights([64, 64, 10])
    4810
    """
    return sum((before + 1) * units for before, units in pairs(sizes))


def forward(sizes):
    """How many multiplications it takes to send one sample through: one for each weight and each bias.

    Parameters
    ----------
    sizes : sequence of int
        How many inputs, then how many units in each layer.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If `sizes` are not at least two whole numbers from 1.

    Examples
    --------
    >>> forward([64, 128, 128, 10])
    26122
    """
    return weights(sizes)


def back(sizes):
    """How many the way back takes for one sample, after the way forward. Takes and refuses what `forward` does.

    ∂E/∂W is a product as large as the one forward. ∂E/∂a of the layer before is another, without biases; the inputs,
    which are no layer, need none.

    >>> back([64, 128, 128, 10])
    43786
    """
    return weights(sizes) + sum(before * units for before, units in pairs(sizes)[1:])


def learning(sizes):
    """How many it takes to learn from one sample: forward and back. Takes and refuses what `forward` does.

    >>> learning([64, 128, 128, 10])
    69908
    """
    return forward(sizes) + back(sizes)
