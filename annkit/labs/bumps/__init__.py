"""The bumps lab: a few units of one activation function, added up until they fit a curve."""

from annkit.labs.bumps.lab import BumpsLab

__all__ = ["BumpsLab"]
