"""One path through the layers, from a unit of the last back to one of the first: slope × weight × slope × …"""

from typing import NamedTuple

from annkit.labs.vanishing.state import UNITS
from annkit.wording import in_tens


class Step(NamedTuple):
    """How a unit of a layer answers to a unit of the layer before, in the numbers that are shown.

    `skip` is the factor of the layer's skip, 0 where it has none; `past` is 1 where the wire joins the two units, which
    are then at the same place in their layers, else 0.
    """

    slope: float
    weight: float
    skip: float
    past: int

    @property
    def factor(self):
        """s × slope × weight, and what comes past the layer; as it is shown."""
        return told(self.past + (self.skip or 1) * self.slope * self.weight)

    def arithmetic(self):
        """The factor's arithmetic with its numbers."""
        scaled = [self.skip] if self.skip not in (0, 1) else []
        text = " × ".join(bracketed(number) for number in (*scaled, self.slope, self.weight))
        return f"1 + {text}" if self.past else text


def digits(value):
    """How many digits of a number are shown: two of a small one, else three."""
    return 2 if abs(value) < 0.1 else 3


def told(value):
    """A number as it is shown, to be multiplied on."""
    return float(f"{value:.{digits(value) - 1}e}")


def text(value):
    """What `told` is shown as."""
    return in_tens(value, digits(value))


def bracketed(value):
    """The same as a factor."""
    return f"({text(value)})" if value < 0 else text(value)


def step(stacks, layer, start, end):
    """How unit `end` of a layer, from 2, answers to unit `start` of the one before."""
    slope, weight = stacks.slopes[layer - 1, end - 1].item(), stacks.weight(layer, start, end)
    skip = stacks.factors[layer - 1]
    return Step(told(slope), told(weight), told(skip), int(skip > 0 and start == end))


def steps(stacks, path):
    """The path's steps, from the last layer back to layer 2."""
    return [step(stacks, layer, *path[layer - 2 : layer]) for layer in range(len(path), 1, -1)]


def strongest(stacks):
    """The path whose product is largest in size, of all through the first `UNITS` units of each layer."""
    best, ways = [1.0] * UNITS, [(unit,) for unit in range(1, UNITS + 1)]
    for layer in range(2, len(stacks.factors) + 1):
        grown = [
            [best[start] * abs(step(stacks, layer, start + 1, end + 1).factor) for start in range(UNITS)]
            for end in range(UNITS)
        ]
        sources = [row.index(max(row)) for row in grown]
        ways = [(*ways[source], end + 1) for end, source in enumerate(sources)]
        best = [max(row) for row in grown]
    return ways[best.index(max(best))]


def products(found):
    """What the steps make so far, one number more than there are steps: 1 before the first."""
    made = [1.0]
    for step in found:
        made.append(made[-1] * step.factor)
    return made


def written(found):
    """All factors and what they make, as one line."""
    return f"{' × '.join(bracketed(step.factor) for step in found)} = {in_tens(products(found)[-1])}"
