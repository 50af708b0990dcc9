"""The digits lab: a handwritten digit, of the data or your own, goes through a network with ten outputs."""

from annkit.labs.digits.lab import DigitsLab

__all__ = ["DigitsLab"]
