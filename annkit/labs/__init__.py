"""The labs: one file each. Every lab can be made without arguments and shown as the last line of a cell."""

from annkit.labs.activation import ActivationLab
from annkit.labs.bumps import BumpsLab
from annkit.labs.digits import DigitsLab
from annkit.labs.forward import ForwardLab
from annkit.labs.matrix import MatrixLab
from annkit.labs.perceptron import PerceptronLab
from annkit.labs.softmax import SoftmaxLab
from annkit.labs.tap import TapLab
from annkit.labs.xor import XorLab

__all__ = ["ActivationLab", "BumpsLab", "DigitsLab", "ForwardLab", "MatrixLab", "PerceptronLab", "SoftmaxLab"]
__all__ += ["TapLab", "XorLab"]
