"""The labs: one file each. Every lab can be made without arguments and shown as the last line of a cell."""

from annkit.labs.perceptron import PerceptronLab
from annkit.labs.xor import XorLab

__all__ = ["PerceptronLab", "XorLab"]
