"""The explain lab: a network explained to you on a table whose truth is known, so that explanations can be marked."""

from annkit.labs.explain.lab import ExplainLab

__all__ = ["ExplainLab"]
