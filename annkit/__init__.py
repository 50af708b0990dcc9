"""annkit: neural networks whose every number you can turn.

The floors, each using only those below it: `annkit.checks` (what an exercise asks), `annkit.labs` (what you turn),
`annkit.stage` (the live picture), and here the mathematics, in NumPy alone.
"""

from annkit import data
from annkit.activations import gelu, identity, leaky_relu, relu, sigmoid, softmax, step, tanh
from annkit.losses import binary_cross_entropy, cross_entropy, squared_error
from annkit.network import Network
from annkit.optimizers import SGD, Adam, RMSProp
from annkit.perceptron import Perceptron
from annkit.training import Trainer, train
from annkit.translation import language

__all__ = ["SGD", "Adam", "Network", "Perceptron", "RMSProp", "Trainer", "binary_cross_entropy", "cross_entropy"]
__all__ += ["data", "gelu", "identity", "language", "leaky_relu", "relu", "sigmoid", "softmax", "squared_error", "step"]
__all__ += ["tanh", "train"]
__version__ = "0.4.0"
