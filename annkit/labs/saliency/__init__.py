"""The saliency lab: which pixels of a digit speak for the network's answer and which against it."""

from annkit.labs.saliency.lab import SaliencyLab

__all__ = ["SaliencyLab"]
