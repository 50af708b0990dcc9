"""The speed lab: how many multiplications a network takes, and how long this machine takes for them."""

from annkit.labs.speed.lab import SpeedLab

__all__ = ["SpeedLab"]
