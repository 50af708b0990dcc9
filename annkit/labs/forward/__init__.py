"""The forward lab: a row of numbers goes through a network in four steps."""

from annkit.labs.forward.lab import ForwardLab

__all__ = ["ForwardLab"]
