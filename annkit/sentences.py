"""Two toy languages, for a model that fills in a masked word: who makes the sound, and what is told of it."""

from typing import NamedTuple

import numpy as np

from annkit import inputs
from annkit.translation import _

MASK = "[MASK]"
"""Stands where a word is hidden."""
ANIMALS = ("cat", "dog", "cow", "duck")
SOUNDS = ("meows", "barks", "moos", "quacks")
FILLERS = ("the", "a", "small", "old", "happy", "often", "today", "there")


class Sentences(NamedTuple):
    """Sentences with one word masked in each, as numbers in the vocabulary."""

    words: np.ndarray
    """Shape (n, length), with the number of the mask where a word is hidden."""
    places: np.ndarray
    """Which place it is, from 0, shape (n,)."""
    hidden: np.ndarray
    """The number of the hidden word, shape (n,); that of the mask itself, where nobody knows."""


class Language:
    """Sentences of one length over a small vocabulary.

    Attributes
    ----------
    vocabulary : tuple of str
        Every word, the mask last.
    length : int
        How many words a sentence has.
    """

    vocabulary = ()
    length = 7

    def draw(self, n, random):
        """Draw sentences.

        Parameters
        ----------
        n : int
        random : numpy.random.Generator

        Returns
        -------
        Sentences

        Raises
        ------
        ValueError
            If `n` is no whole number of at least 1.
        """
        return self._drawn(inputs.whole("n", n, low=1), random)

    def _drawn(self, n, random):
        raise NotImplementedError

    def numbers(self, text):
        """The words of a sentence as numbers in the vocabulary, shape (length,).

        Raises
        ------
        ValueError
            If it has another length, or a word is none of the vocabulary.
        """
        if not isinstance(text, str) or len(words := text.split()) != self.length:
            message = _("the sentence should be a text of {length} words, not {value}.")
            raise ValueError(message.format(length=self.length, value=inputs.shown(text)))
        words = [inputs.choice("each word", word, self.vocabulary) for word in words]
        return np.array([self.vocabulary.index(word) for word in words])

    def asked(self, text):
        """One sentence of yours with the mask in it, as `Sentences`. Raises as `numbers` does, or without a mask."""
        words, mask = self.numbers(text), self.vocabulary.index(MASK)
        if (words == mask).sum() != 1:
            raise ValueError(_("the sentence should have {mask} once.").format(mask=MASK))
        return Sentences(words[None], np.flatnonzero(words == mask), np.array([mask]))

    def text(self, numbers):
        """A sentence of such numbers as text."""
        return " ".join(self.vocabulary[i] for i in numbers)

    def _two_animals(self, n, random):
        """The numbers in `ANIMALS` of two different ones, shape (n, 2)."""
        return random.random((n, len(ANIMALS))).argsort(axis=1)[:, :2]

    def _at(self, words):
        """Where in the vocabulary these words begin, which stand there one after the other."""
        return self.vocabulary.index(words[0])


class FirstAnimal(Language):
    """*the cat sees a dog today [MASK]*: the first animal makes the sound, whatever stands around it.

    Examples
    --------
    >>> drawn = first_animal.draw(2, np.random.default_rng(0))
    >>> [first_animal.text(words) for words in drawn.words]
    ['often duck sees there cow today [MASK]', 'the cow sees happy duck today [MASK]']
    >>> [first_animal.vocabulary[word] for word in drawn.hidden]
    ['quacks', 'moos']
    """

    vocabulary = (*SOUNDS, *ANIMALS, *FILLERS, "sees", MASK)

    def _drawn(self, n, random):
        animals = self._two_animals(n, random)
        words = self._at(FILLERS) + random.integers(len(FILLERS), size=(n, self.length))
        words[:, [1, 4]] = self._at(ANIMALS) + animals
        words[:, 2] = self.vocabulary.index("sees")
        words[:, -1] = self.vocabulary.index(MASK)
        return Sentences(words, np.full(n, self.length - 1), self._at(SOUNDS) + animals[:, 0])


class Meeting(Language):
    """*the cat sees the dog and meows*: any of its words may be masked.

    Examples
    --------
    >>> drawn = meeting.draw(2, np.random.default_rng(0))
    >>> [meeting.text(words) for words in drawn.words]
    ['the duck sees the [MASK] and quacks', 'the cow sees [MASK] duck and moos']
    >>> [meeting.vocabulary[word] for word in drawn.hidden]
    ['cow', 'the']
    """

    vocabulary = ("the", "sees", "and", *ANIMALS, *SOUNDS, MASK)

    def _drawn(self, n, random):
        animals = self._two_animals(n, random)
        words = np.tile(self.numbers("the cat sees the dog and meows"), (n, 1))
        words[:, [1, 4]] = self._at(ANIMALS) + animals
        words[:, 6] = self._at(SOUNDS) + animals[:, 0]
        places, rows = random.integers(self.length, size=n), np.arange(n)
        hidden = words[rows, places]
        words[rows, places] = self.vocabulary.index(MASK)
        return Sentences(words, places, hidden)


first_animal, meeting = FirstAnimal(), Meeting()
