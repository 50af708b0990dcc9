"""The perceptron lab: weights and a bias to turn, points to drag, and the line between ○ and × that follows."""

from annkit.labs.perceptron.lab import PerceptronLab

__all__ = ["PerceptronLab"]
