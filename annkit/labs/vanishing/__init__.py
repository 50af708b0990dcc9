"""The vanishing lab: the error that arrives at each layer of a deep network, and wires that carry it past layers."""

from annkit.labs.vanishing.lab import VanishingLab

__all__ = ["VanishingLab"]
