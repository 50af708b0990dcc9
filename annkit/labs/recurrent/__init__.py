"""The recurrent lab: what a unit remembers of a sequence, and an LSTM whose gates are drawn as a piano roll."""

from annkit.labs.recurrent.lab import RecurrentLab

__all__ = ["RecurrentLab"]
