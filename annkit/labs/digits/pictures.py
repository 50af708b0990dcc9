"""What labs of digits have in common: a picture of the data, or a drawing on the pad, that goes through a network."""

import numpy as np

from annkit import data, ink
from annkit.labs.base.lab import Lab
from annkit.labs.base.pad import Drawing, Ink, Pen
from annkit.labs.base.traits import Flag, NetworkOf, RowOf, TableOf
from annkit.labs.digits import picture
from annkit.network import Network
from annkit.translation import _

DIGITS = 10
PIXELS = picture.SIDE**2
MOST_HIDDEN = 10


def _untrained():
    return Network([PIXELS, 8, DIGITS], activation="sigmoid", output="softmax", seed=0)


class DigitPictures(Drawing, Lab):
    """The part of a lab that has a network for digits, their pictures, and the pad to draw on; made a lab by others."""

    net = NetworkOf(_untrained, inputs=PIXELS, hidden=MOST_HIDDEN, outputs=DIGITS)
    table = TableOf(data.digits, columns=(PIXELS,), classes=DIGITS)
    row = RowOf(glance=True)
    own, ink, pen = Flag(False), Ink(""), Pen(None, glance=True)

    pad = picture.PAD
    _known = ()

    @property
    def answers(self):
        """The digit with the largest output, for each picture: integers of shape (n,)."""
        return self.net.classify(self.table.X)

    @property
    def original(self):
        """The chosen picture of the data, shape (64,)."""
        return self.table.X[self.row - 1]

    @property
    def digit(self):
        """The digit that the chosen picture shows; None for a drawing, of which nobody has told."""
        return None if self.own else int(self.table.labels[self.row - 1])

    @property
    def shown(self):
        """What the network sees, shape (64,): the drawing as `annkit.ink.seen` makes it, or the picture and its ink."""
        if self.own:
            return ink.seen(self.bitmap).ravel()
        return np.maximum(self.original, ink.counted(self.bitmap).ravel()) if self.ink else self.original

    def next_wrong(self):
        """Go to the next picture whose digit is not the largest output. Raises `ValueError` where there is none."""
        wrong = np.flatnonzero(~self._right()) + 1
        if not len(wrong):
            raise ValueError(_("All {count} pictures are right.").format(count=len(self.table)))
        later = wrong[wrong > self.row]
        self._show_picture(int(later[0] if len(later) else wrong[0]))

    def start_drawing(self):
        """Take an empty pad."""
        self.set(own=True, ink="", pen=None)

    def _turn_over(self):
        """From the picture to an empty pad, and back."""
        if self.own:
            self._show_picture(self.row)
        else:
            self.start_drawing()

    def _show_picture(self, row):
        self.set(row=row, own=False, ink="", pen=None)

    def settle(self, changed):
        if changed & {"row", "table"} and not changed & {"own", "ink"}:
            self.set(own=False, ink="", pen=None)

    def _written(self, output):
        return picture.written(self.net, output)

    def _right(self):
        """Which pictures are right: counted anew only for another network or other pictures."""
        known = self.net, self.table
        if self._known[:2] != known:
            self._known = *known, self.answers == self.table.labels
        return self._known[2]

    def controls(self):
        wrong = self.button(_("Next wrong"), self.next_wrong, _("The next picture that the network gets wrong"))
        self._own = self.button("", self._turn_over, _("An empty pad, or the picture of the data again"))
        self._own.add_class("annkit-strong")
        clear = self.button(_("Clear"), self.clear, _("Take all ink off the pad"))
        return [
            _("A picture of the data"),
            self.slider("row", _("picture"), step=1),
            [wrong],
            _("The pad"),
            [self._own, clear],
        ]

    def show_controls(self):
        own = _("Back to picture {row}").format(row=self.row)
        self._own.description = own if self.own else _("Draw your own")
