"""The descent lab: an error curve, the slope under a point, and the steps that go against it, also in fog."""

from annkit.labs.descent.lab import DescentLab

__all__ = ["DescentLab"]
