"""The attention lab: one word of a sentence looks at all, and takes of each as much as it looks."""

import numpy as np

from annkit import inputs
from annkit.attention import attention
from annkit.labs.attention import picture, saying
from annkit.labs.attention.sentence import COUNT, OFFERS, SEEKS, VALUES, WORDS
from annkit.labs.base.lab import STEP, Lab, nearest
from annkit.labs.base.traits import Choice, Number, State, Whole
from annkit.stage import ARROWS
from annkit.translation import N_, _
from annkit.wording import number

FARTHEST = 3
SHIFT = 0.5
"""So much farther to the right a word's key lies, for each place later in the sentence, where places count."""


class Arrows(State):
    """Two numbers for each word, shape (6, 2), each from −3 to 3, kept as tuples."""

    def accepted(self, value, lab):
        array = inputs.finite(self.name, value)
        if array.shape != (COUNT, 2):
            message = _("{name} should be two numbers for each of the {words} words; it has shape {shape}.")
            raise ValueError(message.format(name=self.name, words=COUNT, shape=array.shape))
        outside = array[np.abs(array) > FARTHEST]
        if outside.size:
            message = _("{name} should be numbers from −{most} to {most}; it has {value}.")
            raise ValueError(message.format(name=self.name, most=FARTHEST, value=number(outside[0])))
        return tuple(map(tuple, array.tolist()))


class Order(State):
    """In which order the words stand: their numbers from 1, each once."""

    def accepted(self, value, lab):
        order = inputs.finite(self.name, value)
        if order.ndim != 1 or sorted(order.tolist()) != list(range(1, COUNT + 1)):
            message = _("{name} should be the numbers from 1 to {words}, each once, not {value}.")
            raise ValueError(message.format(name=self.name, words=COUNT, value=inputs.shown(value)))
        return tuple(map(int, order.tolist()))


class AttentionLab(Lab):
    """Six words. Each seeks something and offers something: where the two fit, it looks, and takes their meaning.

    Parameters
    ----------
    seeks, offers : sequence of float, shape (6, 2)
        What each of the words cat, left, milk, because, it, sour seeks and offers, in this order.
    order : sequence of int, shape (6,)
        In which order they stand in the sentence: their numbers from 1.
    places : float
        How much it counts where a word stands, from 0 (not at all) to 1.
    word : int
        The number of the word that looks.
    view : {"meaning", "weights"}
        What is drawn beside: where its meaning is pulled, or how much every word looks at every other.

    Raises
    ------
    traitlets.TraitError
        If one of these is none of these.

    Examples
    --------
    >>> lab = AttentionLab()
    >>> print(lab.describe().splitlines()[0])
    “it” looks most at “cat”: 0.46.
    """

    seeks = Arrows(SEEKS)
    offers = Arrows(OFFERS)
    order = Order(tuple(range(1, COUNT + 1)))
    places = Number(0, 0, 1)
    word = Whole(5, 1, COUNT, glance=True)
    view = Choice(["meaning", "weights"], glance=True)

    label = N_("Picture of a sentence; each word, what it seeks and what the words offer can be moved")

    # What is computed.

    @property
    def names(self):
        """The words, by their numbers."""
        return [_(word) for word in WORDS]

    @property
    def places_of(self):
        """At which place each word stands, from 0, shape (6,)."""
        return np.argsort(self.order)

    @property
    def offered(self):
        """The keys, with what the places make of them, shape (6, 2)."""
        middle = (COUNT - 1) / 2
        return np.array(self.offers) + self.places * SHIFT * np.outer(self.places_of - middle, (1, 0))

    @property
    def attention(self):
        """How much every word looks at every other, and what it takes: an `Attention`."""
        return attention(self.seeks, self.offered, VALUES)

    # The picture.

    def figure(self, setting):
        return picture.figure(setting)

    def setting(self, now):
        return self.view

    def place(self):
        self._frame = picture.Frame(self.stage.panels)

    def draw(self):
        picture.draw(self, self._frame)

    # What hands do.

    def dragged(self, handle, x, y):
        if handle.startswith("w"):
            self._move(int(handle[1:]), self._frame.slot(x))
        else:
            self._put(handle, self._frame.plane.data(x, y))

    def acts(self, handle):
        return handle.startswith("w")

    def chosen(self, handle, again):
        if again and self.acts(handle):  # not where it only has the focus: it may be moved while another word looks
            self.word = int(handle[1:])

    def clicked(self, x, y):
        if self.view == "weights" and (row := self._frame.row(x, y)) is not None:
            self.word = self.order[row]

    def pressed(self, handle, key):
        if key in ("Enter", " "):
            self.chosen(handle, again=True)
        if key not in ARROWS:
            return
        right, up = ARROWS[key]
        if handle.startswith("w"):
            word = int(handle[1:])
            self._move(word, self.places_of[word - 1] + right)
        else:
            at = self.seeks[self.word - 1] if handle == "q" else self.offered[int(handle[1:]) - 1]
            self._put(handle, at + STEP * np.array((right, up)))

    def _put(self, handle, at):
        """Put what a word seeks or offers to the nearest quarters."""
        name, word = ("seeks", self.word) if handle == "q" else ("offers", int(handle[1:]))
        if name == "offers":
            at = at - (self.offered[word - 1] - self.offers[word - 1])
        self._set(name, word, [nearest(each, -FARTHEST, FARTHEST) for each in at])

    def _set(self, name, word, at):
        arrows = [*getattr(self, name)]
        arrows[word - 1] = at
        setattr(self, name, arrows)

    def _move(self, word, place):
        """A word goes to another place; those in between close up."""
        order = [each for each in self.order if each != word]
        order.insert(int(np.clip(place, 0, COUNT - 1)), word)
        self.order = order

    # The controls and the words.

    def controls(self):
        named = {i: _(word) for i, word in enumerate(WORDS, start=1)}
        views = {"meaning": _("what it takes"), "weights": _("all weights")}
        return [
            self.chooser("word", _("who looks"), named),
            _("what it seeks"), *self._two("seeks", "q"),
            _("what it offers"), *self._two("offers", "k"),
            _("the sentence"),
            [self.button(_("◀ Move it"), lambda: self._move(self.word, self.places_of[self.word - 1] - 1)),
             self.button(_("Move it ▶"), lambda: self._move(self.word, self.places_of[self.word - 1] + 1))],
            self.slider("places", _("places"), 0, 1),
            self.chooser("view", _("beside"), views),
        ]  # fmt: skip

    def _two(self, name, letter):
        """A slider for each of the two numbers of the word that looks."""
        for axis, label in enumerate((f"{letter}₁", f"{letter}₂")):

            def write(value, axis=axis):
                at = [*getattr(self, name)[self.word - 1]]
                at[axis] = value
                self._set(name, self.word, at)

            yield self.turner(
                f"{letter}{axis + 1}", label, read=lambda axis=axis: getattr(self, name)[self.word - 1][axis],
                write=write, low=-FARTHEST, high=FARTHEST, ends=lambda: (-FARTHEST, FARTHEST),
            )  # fmt: skip

    def words(self):
        return list(saying.words(self))
