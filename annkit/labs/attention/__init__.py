"""The attention lab: what a word seeks, what the others offer, and the meaning that it takes from them."""

from annkit.labs.attention.lab import AttentionLab

__all__ = ["AttentionLab"]
