"""Optimizers: what a training does to the parameters when it knows the gradients."""

import numpy as np


class SGD:
    """Stochastic gradient descent: parameters ← parameters − learning_rate · gradients.

    Parameters
    ----------
    parameters, gradients : ndarray of one shape
        What is changed, in place, and what the training has written before each `update`.
    learning_rate : float
    """

    def __init__(self, parameters, gradients, learning_rate):
        self.parameters, self.gradients = parameters, gradients
        self.learning_rate = np.array(learning_rate)
        self.change = np.empty_like(parameters)

    def update(self):
        """One step against the gradients."""
        np.multiply(self.gradients, self.learning_rate, out=self.change)
        np.subtract(self.parameters, self.change, out=self.parameters)


OPTIMIZERS = {"sgd": SGD}
"""Every optimizer by its name."""
