"""What hands do in the picture of the convolution lab: the frame, the picture, the places of the maps."""

import numpy as np

from annkit.labs.base.pad import PAD, Drawing
from annkit.labs.convolution.places import places, shows_blocks
from annkit.labs.convolution.puzzle import SIZE
from annkit.labs.convolution.sheet import SIDE
from annkit.stage import ARROWS


class Hands(Drawing):
    """The part of a `ConvolutionLab` that hears hands."""

    @property
    def pad(self):
        """Where a hand draws: the part of the sheet that the picture lies on."""
        return places(self).pad

    def clicked(self, x, y):
        """A click on the sheet or on a map chooses what is looked at."""
        where, second = places(self), self._pick if self.puzzle else self._pick_block
        for panel, look in ((where.sheet, self._look_at), (where.first, self._pick), (where.second, second)):
            if panel and panel.holds(x, y):
                look(*panel.data(x, y))

    def dragged(self, handle, x, y):
        where = places(self)
        if handle == "digit":
            self.moved = self._nearest("moved", np.array(where.sheet.data(x, y)) - SIDE / 2)
        elif handle == "frame":
            self._look_at(*where.sheet.data(x, y))
        else:
            self._pick(*where.first.data(x, y))

    def pressed(self, handle, key):
        if handle == PAD:
            self.draw_by_key(key)
            return
        right, up = ARROWS.get(key, (0, 0))
        if handle == "digit":
            self.moved = self._nearest("moved", np.add(self.moved, (right, -up)))
        else:
            by = 2 if handle == "cell" and shows_blocks(self) else 1
            self.cell = self._nearest("cell", np.add(self.cell, (-by * up, by * right)))

    def _look_at(self, x, y):
        """The frame goes to where its middle is nearest to a place of the sheet."""
        self.cell = self._nearest("cell", (np.array([y, x]) - SIZE / 2 + self.padding) / self.stride + 1)

    def _pick(self, x, y):
        if shows_blocks(self):
            self._pick_block(x, y)
        else:
            self.cell = self._nearest("cell", np.floor([y, x]) + 1)

    def _pick_block(self, x, y):
        self.cell = self._nearest("cell", 2 * np.floor([y, x]) + 1)

    def _nearest(self, name, numbers):
        """The nearest values that this part of the state may have."""
        return self.parts[name].fitted(tuple(int(np.floor(each + 0.5)) for each in numbers), self)
