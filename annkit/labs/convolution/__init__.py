"""The convolution lab: a kernel of nine weights slides over a picture, and makes a map of it."""

from annkit.labs.convolution.lab import ConvolutionLab

__all__ = ["ConvolutionLab"]
