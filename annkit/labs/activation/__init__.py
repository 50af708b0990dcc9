"""The activation lab: a function, its slope, and the neuron that it makes of w, b and x."""

from annkit.labs.activation.lab import ActivationLab

__all__ = ["ActivationLab"]
