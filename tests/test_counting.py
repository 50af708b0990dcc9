"""Counts: against those made by hand, and against what the engine and the network really multiply."""

import numpy as np
import pytest

from annkit import Network, counting
from annkit.engine import Pass, with_ones
from annkit.losses import loss_called

SIZES = [[64, 64, 10], [64, 128, 128, 10], [2, 1], [3, 5, 4, 2, 1]]


def test_by_hand():
    # Two inputs, three units, one output: 3 × 3 with the biases, and 4 × 1; back the same, and 3 × 1 to the units.
    assert counting.pairs([2, 3, 1]) == [(2, 3), (3, 1)]
    assert counting.forward([2, 3, 1]) == 9 + 4
    assert counting.back([2, 3, 1]) == 13 + 3
    assert counting.learning([2, 3, 1]) == 29
    assert (counting.forward([64, 64, 10]), counting.back([64, 64, 10])) == (4810, 5450)
    assert (counting.forward([64, 128, 128, 10]), counting.back([64, 128, 128, 10])) == (26122, 43786)


@pytest.mark.parametrize("sizes", SIZES)
def test_one_multiplication_for_each_weight(sizes):
    assert counting.forward(sizes) == counting.weights(sizes) == Network(sizes).parameters.size


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("n", [1, 7])
def test_as_many_as_the_engine_does(sizes, n, monkeypatch):
    net, counted, product = Network(sizes), [], np.dot
    through = Pass(net, loss_called("squared_error", net.output), np.zeros_like(net.parameters), n)

    def counting_dot(a, b, out):
        counted.append(a.shape[0] * a.shape[1] * b.shape[1])
        return product(a, b, out=out)

    monkeypatch.setattr(np, "dot", counting_dot)
    X = with_ones(np.ones((n, sizes[0]))).T
    through.forward(X)
    assert sum(counted) == n * counting.forward(sizes)
    counted.clear()
    through.backward(X, np.ones((sizes[-1], n)))
    assert sum(counted) == n * counting.back(sizes)


@pytest.mark.parametrize("sizes", [[], [3], 3, [3, 0], [3, 2.5], [3, "4"]])
def test_what_is_no_network_is_refused(sizes):
    with pytest.raises(ValueError, match="sizes should be"):
        counting.forward(sizes)
