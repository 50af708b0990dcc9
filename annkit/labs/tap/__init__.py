"""The tap lab: three coloured lights through three taps, a wanted colour, and what each tap does to the error."""

from annkit.labs.tap.lab import TapLab

__all__ = ["TapLab"]
