"""annkit: neural networks whose every number you can turn.

The floors, each using only those below it: `annkit.checks` (what an exercise asks), `annkit.labs` (what you turn),
`annkit.stage` (the live picture), and here the mathematics, in NumPy alone.
"""

from annkit import data
from annkit.activations import step
from annkit.language import language
from annkit.perceptron import Perceptron

__all__ = ["Perceptron", "data", "language", "step"]
__version__ = "0.1.0"
