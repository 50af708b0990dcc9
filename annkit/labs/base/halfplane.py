"""Where a perceptron with two inputs says ○, where it says ×, and the line between, within a panel."""

import numpy as np


def side(panel, neuron, sign):
    """The corners of that part of a panel where the weighted sum has this sign, shape (corners, 2)."""
    (left, right), (low, high) = panel.xlim, panel.ylim
    frame = np.array([[left, low], [right, low], [right, high], [left, high]])
    sums = sign * neuron.sums(frame)
    if not sums.any():
        return frame if sign < 0 else frame[:0]
    return part(frame, sums)


def part(outline, sums):
    """The part of a convex polygon, shape (n, 2), where a sum is not below 0; `sums` are those at its corners."""
    corners = []
    for k in range(len(outline)):
        if sums[k - 1] * sums[k] < 0:
            share = sums[k - 1] / (sums[k - 1] - sums[k])
            corners.append(outline[k - 1] + share * (outline[k] - outline[k - 1]))
        if sums[k] >= 0:
            corners.append(outline[k])
    return np.array(corners).reshape(-1, 2)


def crossing(panel, neuron):
    """The two ends of the line within a panel where the weighted sum is 0, shape (2, 2), or none, shape (0, 2)."""
    if not neuron.weights.any():
        return np.empty((0, 2))
    (left, right), (low, high) = panel.xlim, panel.ylim
    (w1, w2), b = neuron.weights, neuron.bias
    ends = []
    with np.errstate(over="ignore"):  # a crossing too far away for a number is not in the panel
        if w2:
            ends += [(x, -(w1 * x + b) / w2) for x in (left, right)]
        if w1:
            ends += [(-(w2 * y + b) / w1, y) for y in (low, high)]
    inside = [(x, y) for x, y in ends if left <= x <= right and low <= y <= high]
    if not inside:
        return np.empty((0, 2))
    ends = np.array([min(inside), max(inside)])
    return ends if np.ptp(ends, axis=0).any() else np.empty((0, 2))
