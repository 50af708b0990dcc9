"""The landscape lab: plain descent, momentum and Adam walk down the same error from the same start."""

from annkit.labs.landscape.lab import LandscapeLab

__all__ = ["LandscapeLab"]
