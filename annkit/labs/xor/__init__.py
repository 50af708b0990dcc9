"""The XOR lab: three perceptrons, two of them hidden, and what the hidden ones do to the four corners."""

from annkit.labs.xor.lab import XorLab

__all__ = ["XorLab"]
