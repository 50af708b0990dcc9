"""The playground: a network of your own making, with data of your own, learning in sight."""

from annkit.labs.playground.lab import Playground

__all__ = ["Playground"]
