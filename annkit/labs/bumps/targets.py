"""The curves that the bumps lab is to fit, and where the error is taken."""

import numpy as np

from annkit.translation import N_

X = np.arange(-48, 49) / 16
"""Where the error is taken: 97 places from −3 to 3, exact in binary."""
DRAWN = np.sort([*X, -1 + 1e-6, 1 + 1e-6])
"""The same for the target's picture, with both sides of where it jumps."""
TARGETS = {
    "bump": lambda x: np.exp(-(x**2)),
    "box": lambda x: 1.0 * ((x > -1) & (x <= 1)),
    "tent": lambda x: np.maximum(0, 1 - abs(x)),
    "wave": lambda x: np.sin(1.5 * x),
}
NAMES = {"bump": N_("a bump"), "box": N_("a box"), "tent": N_("a tent"), "wave": N_("a wave")}
GOOD = {"bump": 0.005, "box": 0.01, "tent": 0.005, "wave": 0.005}
"""Below this error y is a good fit; the box's edges are too sharp for more."""
NOTHING = 1e-6
"""So near to the target, y is on it."""


def jumps_at(target, x):
    """Whether the target jumps within a stride to either side of one of the places `X`."""
    return bool(np.ptp(TARGETS[target](x + np.array([-1, 0, 1]) / 16)) > 0.5)
