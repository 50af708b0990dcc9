"""What the checks of chapter 20 call right, and what they say to the rest."""

import itertools

import numpy as np
import pytest
from hands import kept

from annkit.attention import attention
from annkit.checks import chapter_20
from annkit.labs import AttentionLab
from annkit.sentences import MASK, meeting

GRID = np.arange(-12, 13) / 4


made, lab = kept(AttentionLab)
"""The lab of exercises 1 and 2 as the chapter makes it."""


def seek(lab, x, y, word=5):
    """What a word seeks, turned in code."""
    lab.seeks = [*lab.seeks[: word - 1], (x, y), *lab.seeks[word:]]


def offer(lab, word, x, y):
    lab.offers = [*lab.offers[: word - 1], (x, y), *lab.offers[word:]]


def reached(keys, word):
    """At how many places of the sliders' quarters a word is looked at with more than half."""
    queries = np.array(list(itertools.product(GRID, GRID)))
    return int((attention(queries, keys, keys).weights[:, word] > 0.5).sum())


# Exercise 1.


@pytest.mark.parametrize("place", [(-3, 1.5), (-3, 1), (-3, 2)])
def test_because_is_looked_at(say, lab, place):
    seek(lab, *place)
    assert say(chapter_20.because, lab) == "✓ Right: it looks at “because” with more than half."


def test_the_quarters_reach_because_and_not_left(lab):
    assert reached(lab.offers, chapter_20.BECAUSE) == 62
    assert reached(lab.offers, chapter_20.LEFT) == reached(lab.offers, chapter_20.IT) == 0


def test_because_not_yet(say, lab):
    assert say(chapter_20.because, lab).startswith("… Nothing here yet")
    seek(lab, -1, 0.25)
    assert "looks most at “because”, with 0.38; more than half" in say(chapter_20.because, lab)
    seek(lab, 0, 2)
    assert "looks at “because” with 0.09, and most at “milk” with 0.76" in say(chapter_20.because, lab)
    offer(lab, 4, -3, 3)
    assert "another word offers" in say(chapter_20.because, lab)
    lab.reset()
    seek(lab, -3, 1.5)
    lab.order = (2, 1, 3, 4, 5, 6)
    assert "no word its place" in say(chapter_20.because, lab)


# Exercise 2.


@pytest.mark.parametrize(("key", "query"), [((-2.5, -2.5), (-1.5, -1.5)), ((-3, -0.5), (-3, -1)), ((1, -3), (1, -3))])
def test_left_is_looked_at(say, lab, key, query):
    offer(lab, 2, *key)
    seek(lab, *query)
    assert say(chapter_20.left, lab).startswith("✓ Right: a key that lies farther out")


def test_left_not_yet(say, lab):
    assert say(chapter_20.left, lab).startswith("… Nothing here yet")
    seek(lab, -3, -3)
    assert "✗ Not yet" in say(chapter_20.left, lab)
    offer(lab, 2, -3, -3)
    assert say(chapter_20.left, lab).startswith("✓ Right")
    offer(lab, 1, 3, 3)
    assert "another word offers" in say(chapter_20.left, lab)


# Exercise 3.


def attend(Q, K, V):
    scores = Q @ K.T / np.sqrt(K.shape[1])
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True) @ V


def by_logarithms(Q, K, V):
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    return np.exp(scores - np.logaddexp.reduce(scores, axis=1)[:, None]) @ V


@pytest.mark.parametrize("function", [attend, by_logarithms, lambda Q, K, V: attention(Q, K, V).answers.tolist()])
def test_attention_by_code(say, function):
    assert say(chapter_20.attend, function) == "✓ Right: softmax of products, times values: that is attention."


def overflowing(Q, K, V):
    with np.errstate(all="ignore"):
        powers = np.exp(Q @ K.T / np.sqrt(K.shape[1]))
        return powers / powers.sum(axis=1, keepdims=True) @ V


def with_one_largest_score(Q, K, V):
    """Good for each row as long as no other one has far larger scores."""
    scores = Q @ K.T / np.sqrt(K.shape[1])
    with np.errstate(all="ignore"):
        powers = np.exp(scores - scores.max())
        return powers / powers.sum(axis=1, keepdims=True) @ V


def of_columns(Q, K, V):
    powers = np.exp(Q @ K.T / np.sqrt(K.shape[1]))
    return powers / powers.sum(axis=0) @ V


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (with_one_largest_score, "10,000"),
        (of_columns, "each column adds up to 1"),
        (lambda Q, K, V: attend(Q * np.sqrt(Q.shape[1]), K, V), "not divided by √d"),
        (lambda Q, K, V: Q @ K.T / np.sqrt(Q.shape[1]) @ V, "no weights yet"),
        (overflowing, "10,000"),
        (lambda Q, K, V: attend(Q, K, V) + 1, "another one"),
        (lambda Q, K, V: attend(Q, K, V)[0], "shape"),
        (lambda Q, K, V: Q @ K, "✗ Not yet"),
        (lambda Q, K, V: ..., "… Nothing here yet"),
    ],
)
def test_attention_by_code_not_yet(say, function, words):
    assert words in say(chapter_20.attend, function)


# Exercise 4.


def test_how_many_words_are_possible_is_counted(say):
    drawn = meeting.draw(2000, np.random.default_rng(0))
    drawn.words[np.arange(2000), drawn.places] = drawn.hidden
    language = {meeting.text(words) for words in drawn.words}
    assert len(language) == 12
    counted = []
    for place in range(7):
        asked = "the cow sees the duck and moos".split()
        asked[place] = MASK
        fits = {word for word in meeting.vocabulary if " ".join(asked).replace(MASK, word) in language}
        counted.append(len(fits))
    assert tuple(counted) == chapter_20.POSSIBLE
    assert say(chapter_20.possible, counted).startswith("✓ Right: only the second animal")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([1, 1, 1, 1, 4, 1, 1], "at place 5 it is not 4"),
        ([1, 4, 1, 1, 3, 1, 1], "at place 2 it is not 4"),
        ([1, 1, 1], "7 numbers"),
        ([..., 1, 1, 1, 1, 1, 1], "… Nothing here yet"),
    ],
)
def test_possible_not_yet(say, fresh, answer, words):
    assert words in say(fresh(chapter_20.possible), answer)
