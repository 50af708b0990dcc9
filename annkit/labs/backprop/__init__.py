"""The backprop lab: a small network learns from one sample, and every number of it can be seen, turned and followed."""

from annkit.labs.backprop.lab import BackpropLab

__all__ = ["BackpropLab"]
