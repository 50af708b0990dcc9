"""The live picture: matplotlib builds the set once, light SVG marks and pixels move on it."""

from annkit.stage.described import described
from annkit.stage.diagram import Diagram, Edge, Node, picked, strengths_of
from annkit.stage.matrix import Crossing, Equation, Matrix
from annkit.stage.set import Panel, bare, new_figure
from annkit.stage.stage import ARROWS, Handle, Pad, Stage, heat_address

__all__ = [
    "ARROWS",
    "Crossing",
    "Diagram",
    "Edge",
    "Equation",
    "Handle",
    "Matrix",
    "Node",
    "Pad",
    "Panel",
    "Stage",
    "bare",
    "described",
]
__all__ += ["heat_address", "new_figure", "picked", "strengths_of"]
