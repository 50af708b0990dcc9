"""The live picture: matplotlib builds the set once, light SVG marks and pixels move on it."""

from annkit.stage.described import described
from annkit.stage.diagram import Diagram
from annkit.stage.matrix import Equation, Matrix
from annkit.stage.set import Panel, bare, new_figure
from annkit.stage.stage import ARROWS, Handle, Stage

__all__ = ["ARROWS", "Diagram", "Equation", "Handle", "Matrix", "Panel", "Stage", "bare", "described", "new_figure"]
