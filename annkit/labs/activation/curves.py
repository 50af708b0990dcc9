"""The seven functions of the activation lab: what they are called, their arithmetic, and where they bend."""

from dataclasses import dataclass

import numpy as np

SHARE, HALF = (-0.2, 1.2), (-1.1, 6.9)


@dataclass(frozen=True)
class Curve:
    """What one activation function is called, from where to where it is drawn, and how it is computed."""

    title: str
    heights: tuple
    value: str = ""
    """The arithmetic of a, with z, with z and −z in brackets where negative, and with what GELU takes the tanh of."""
    slope: str = ""
    """The arithmetic of the slope, with a, and a in brackets where it is negative."""


CURVES = {
    "step": Curve("step", SHARE),
    "sigmoid": Curve("sigmoid", SHARE, "1 / (1 + e^{minus})", "a (1 − a) = {a} × (1 − {a})"),
    "linear": Curve("linear", (-6.9, 6.9)),
    "relu": Curve("ReLU", HALF, "max({z}, 0)"),
    "tanh": Curve(
        "tanh", (-1.3, 1.3), "(e^{bracketed} − e^{minus}) / (e^{bracketed} + e^{minus})", "1 − a² = 1 − {in_product}²"
    ),
    "leaky_relu": Curve("leaky ReLU", HALF, "max({z}, 0.01 × {bracketed})"),
    "gelu": Curve("GELU", HALF, "½ × {bracketed} × (1 + tanh({inner}))"),
}
"""The seven functions, by the names that `annkit.Network` knows."""
CORNERS = {"step": (0, None), "relu": (0, 1), "leaky_relu": (0.01, 1)}
"""Functions without a slope at 0, with what it is from the left and from the right; None where there is a jump."""


def inner(z):
    """What GELU takes the tanh of."""
    return np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)
