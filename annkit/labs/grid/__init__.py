"""The grid lab: how many hidden units, and how fast to learn, chosen by validation on folds that can be dealt again."""

from annkit.labs.grid.lab import GridLab

__all__ = ["GridLab"]
