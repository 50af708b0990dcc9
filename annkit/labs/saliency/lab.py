"""The saliency lab itself: a picture or a drawing, two digits, and what each pixel says for one against the other."""

import functools

from annkit import data
from annkit.labs.base.pad import PAD
from annkit.labs.base.traits import NetworkOf
from annkit.labs.digits.pictures import DIGITS, PIXELS, DigitPictures
from annkit.labs.saliency import asking, picture, saying
from annkit.labs.saliency.state import RUNNER_UP, SIDE, Pixel, Pixels, Rival, number_of, pixel_of
from annkit.network import Network
from annkit.stage import ARROWS, bare, new_figure
from annkit.training import train
from annkit.translation import N_, _

MOST_HIDDEN = 64


@functools.cache
def _learned():
    """A network that has learned 1500 of the digits."""
    learn, __ = data.digits().split(1500, seed=0)
    net = Network([PIXELS, 16, DIGITS], activation="tanh", output="softmax", seed=0)
    train(net, learn.X, learn.T, loss="cross_entropy", learning_rate=0.5, epochs=15, batch_size=32)
    return net.frozen()


class SaliencyLab(DigitPictures):
    """A digit of the data or drawn, and what each pixel says for the network's answer against another digit.

    Parameters
    ----------
    net : Network, optional
        64 inputs, one hidden layer of up to 64 units, ten outputs; one that has learned if left out.
    table : annkit.data.Table, optional
        Pictures in rows of 64 pixels from 0 (paper) to 1 (ink); all of `data.digits()` if left out.
    row : int
        The picture that is shown, from 1.
    own : bool
        Whether the pad shows no picture, but only what is drawn on it.
    ink : str
        What is drawn on the pad, as `annkit.ink.to_text` writes it: on the picture, where there is one.
    pen : tuple
        Where the pen is that keys move, (x, y, whether it is down); None until a key has moved it.
    against : {"runner-up", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
        The digit on the other side.
    pixel : tuple
        The pixel that is looked at, (row, column), each from 1 to 8.
    filled : sequence of tuple
        Pixels of what the network sees that are filled with ink, whatever is drawn.

    Examples
    --------
    >>> lab = SaliencyLab(row=4, against=8)
    >>> lab.sides
    Sides(answer=3, rival=8)
    >>> lab.now.slopes.shape
    (64,)
    """

    net = NetworkOf(_learned, inputs=PIXELS, hidden=MOST_HIDDEN, outputs=DIGITS)
    against = Rival()
    pixel = Pixel((4, 3), glance=True)
    filled = Pixels(())

    label = N_("Picture of a pad, of what the network sees with each pixel's slope, and of ten outputs")
    wide = True
    _asked = _seen = None

    # What is computed.

    @property
    def shown(self):
        """What the network sees, shape (64,): the picture with its ink, or the drawing, with what is filled."""
        x = super().shown
        if self.filled:
            x = x.copy()
            x[[number_of(pixel) for pixel in self.filled]] = 1
        return x

    @property
    def untouched_picture(self):
        """The picture before anything was drawn on it or filled; a drawing before anything was filled: shape (64,)."""
        return super().shown if self.own else self.original

    @property
    def sides(self):
        """The answer to the untouched picture, and the digit on the other side: `asking.Sides`."""
        return self._before()[0]

    @property
    def least(self):
        """Up to three pixels of the untouched picture that would change its mind: `asking.LeastInk`."""
        return self._before()[1]

    @property
    def now(self):
        """What the network makes of what it sees: `asking.Now`."""
        x, two = self.shown, self.sides
        key = self.net, x.tobytes(), two
        if self._seen is None or self._seen[0] != key:
            self._seen = key, asking.now(self.net, x, two)
        return self._seen[1]

    def _before(self):
        """Both sides and the least ink, asked anew only for another network, picture or digit."""
        x = self.untouched_picture
        key = self.net, x.tobytes(), self.against
        if self._asked is None or self._asked[0] != key:
            two = asking.sides(self.net, x, None if self.against == RUNNER_UP else int(self.against))
            self._asked = key, (two, asking.least_ink(self.net, x, two))
        return self._asked[1]

    def fill_least(self):
        """Fill the pixels of the least ink."""
        self.filled = (*self.filled, *map(pixel_of, self.least.pixels))

    def clear(self):
        self.set(ink="", pen=None, filled=())

    def settle(self, changed):
        super().settle(changed)
        if changed & {"row", "table", "own"} and "filled" not in changed:
            self.filled = ()

    # The picture.

    def figure(self, setting):
        figure, axes = new_figure(*picture.SIZE)
        bare(axes)
        picture.prepare(axes)
        return figure

    def draw(self):
        now = self.now
        self.stage.show(
            picture.live(self, now.outputs),
            [picture.handle(self, self._pixel_in_words())],
            picture.heats(self, now.slopes),
            pads=[self.pad_to_draw_on()],
        )

    def _pixel_in_words(self):
        row, column = self.pixel
        ink = self.shown[number_of(self.pixel)]
        words = _("pixel in row {row}, column {column}, ink {ink:.2f}: arrows go on, Enter fills it or takes that back")
        return words.format(row=row, column=column, ink=ink)

    def words(self):
        return list(saying.words(self))

    # What hands do.

    def clicked(self, x, y):
        if pixel := picture.pixel_at(x, y):
            self.pixel = pixel
        elif (digit := picture.digit_at(x, y)) is not None:
            self.against = digit

    def acts(self, handle):
        return handle == "pixel"

    def chosen(self, handle, again):
        if again:
            self._turn_pixel()

    def pressed(self, handle, key):
        if handle == PAD:
            self.draw_by_key(key)
        elif key in ARROWS:
            right, up = ARROWS[key]
            row, column = self.pixel
            self.pixel = min(SIDE, max(1, row - up)), min(SIDE, max(1, column + right))
        else:
            self._turn_pixel()

    def _turn_pixel(self):
        """Fill the pixel, or take that back."""
        self.filled = set(self.filled) ^ {self.pixel}

    def controls(self):
        names = {RUNNER_UP: _("the runner-up"), **{digit: digit for digit in "0123456789"}}
        fill = self.button(_("Fill the rings"), self.fill_least, _("Fill the pixels of the least ink"))
        against = self.chooser("against", _("against"), names)
        return [*super().controls(), _("The digit on the other side"), against, _("The least ink"), [fill]]
