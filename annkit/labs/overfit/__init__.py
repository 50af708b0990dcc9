"""The overfitting lab: a network learns a few noisy points, and is asked about new ones."""

from annkit.labs.overfit.lab import OverfitLab

__all__ = ["OverfitLab"]
