"""What the overfitting lab's state is made of, beyond plain numbers."""

from annkit import inputs
from annkit.labs.base.traits import State, Whole
from annkit.labs.overfit.fits import EVERY, MOST_EPOCHS
from annkit.translation import _

XLIM, TLIM = (-3, 3), (-2, 2)
"""How far a point may be moved."""
MOST_GHOSTS = 20


class Epoch(Whole):
    """An epoch after which the network was looked at."""

    def __init__(self):
        super().__init__(0, 0, MOST_EPOCHS)

    def accepted(self, value, lab):
        value = super().accepted(value, lab)
        if value % EVERY:
            message = _("{name} should be a multiple of {every}, such as {near}, not {value}.")
            near = value - value % EVERY
            raise ValueError(message.format(name=self.name, every=EVERY, near=near, value=value))
        return value


class Learned(Epoch):
    """How many epochs were learned in all: no fewer than the one at which the network stands."""

    def __init__(self):
        super().__init__()
        self._usual = lambda lab: lab.epoch

    def ends(self, lab):
        return lab.epoch, MOST_EPOCHS

    def fitted(self, value, lab):
        return max(value, lab.epoch)


class Moved(State):
    """The points that were moved: number, x and t of each, in the order of their numbers."""

    def __init__(self):
        super().__init__(())

    def accepted(self, value, lab):
        if not isinstance(value, (list, tuple)):
            self._refuse(value)
        points = {}
        for i, point in enumerate(value):
            if not isinstance(point, (list, tuple)) or len(point) != 3:
                self._refuse(value)
            k = inputs.whole(f"{self.name}[{i}][0]", point[0], 1, lab.points)
            x, t = (inputs.number(f"{self.name}[{i}][{j}]", point[j], *lim) for j, lim in ((1, XLIM), (2, TLIM)))
            points[k] = (k, x, t)
        return tuple(points[k] for k in sorted(points))

    def _refuse(self, value):
        message = _("{name} should be a list of points, each with its number, x and t, not {value}.")
        raise ValueError(message.format(name=self.name, value=inputs.shown(value)))


class Ghosts(Whole):
    """How many of the samples before this one are drawn too; the first sample is number 0."""

    def __init__(self):
        super().__init__(0, 0, MOST_GHOSTS, glance=True)

    def ends(self, lab):
        return 0, min(MOST_GHOSTS, lab.sample)

    def fitted(self, value, lab):
        return min(value, lab.sample)
