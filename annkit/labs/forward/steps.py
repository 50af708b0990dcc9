"""The four steps of forward propagation: their letters, formulas and names."""

from annkit import data
from annkit.translation import N_

FORMULAS = ("Z = X W + b", "H = sigmoid(Z)", "Y = H V + c", "O = softmax(Y)")
WEIGHTS, BIASES = "WV", "bc"
SUMS = (1, 3)
"""The steps that are weighted sums; the others are activations."""
RESULTS = ("Z", "H", "Y", "O")
UNITS = (data.names("h", 2), data.names("o", 3))
HIDDEN = (("w1", "w2"), ("w3", "w4"), ("w5", "w6"), ("b1", "b2"))
OUTPUT = (("v1", "v2", "v3"), ("v4", "v5", "v6"), ("c1", "c2", "c3"))
"""The traits of each layer as they stand in its matrix of weights, the biases last: a column is a unit."""
STEPS = (
    N_("Nothing is computed yet."),
    N_("Step 1 of 4, inputs times weights: {X} times {W} gives {Z}."),
    N_("Step 2 of 4, activation: number by number, so the shape stays {Z}."),
    N_("Step 3 of 4, times the next weights: {Z} times {V} gives {Y}."),
    N_("Step 4 of 4, output activation: still {Y}, and each row sums to 1."),
)
HELP = (
    N_("Next comes Z = X W + b. Say its shape first, then press Next step."),
    N_("Next comes H = sigmoid(Z). Will the shape change?"),
    N_("Next comes Y = H V + c. How many columns will Y have?"),
    N_("Next comes O = softmax(Y). What will each row sum to?"),
    N_("Pick an edge or a node, and turn its number: what changes, what stays?"),
)
"""What would help after each number of steps."""


def layer_of(step):
    """The layer that a step, 1 to 4, belongs to."""
    return (step - 1) // 2
