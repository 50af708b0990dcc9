"""annkit: neural networks whose every number you can turn.

The floors, each using only those below it: `annkit.checks` (what an exercise asks), `annkit.labs` (what you turn),
`annkit.stage` (the live picture), and here the mathematics, in NumPy alone.
"""

from annkit import data
from annkit.activations import gelu, identity, leaky_relu, relu, sigmoid, softmax, step, tanh
from annkit.losses import binary_cross_entropy, cross_entropy, squared_error
from annkit.network import Network
from annkit.perceptron import Perceptron
from annkit.training import train, training
from annkit.translation import language

__all__ = ["Network", "Perceptron", "binary_cross_entropy", "cross_entropy", "data", "gelu", "identity", "language"]
__all__ += ["leaky_relu", "relu", "sigmoid", "softmax", "squared_error", "step", "tanh", "train", "training"]
__version__ = "0.1.0"
