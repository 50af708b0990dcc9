"""Attention: weights made from data. Each word takes of every other as much as it looks at it.

What a word seeks is its query q, what it offers its key k, what it gives its value v: weighted sums of the word's
numbers. How well the two fit, q · k, becomes by softmax the weight with which v is taken.
"""

from typing import NamedTuple

import numpy as np

from annkit import inputs
from annkit.activations import overflow_allowed, softmax
from annkit.network import refuse_infinite
from annkit.optimizers import Adam
from annkit.parameters import Parametrized
from annkit.sentences import MASK, Language, Sentences
from annkit.translation import _


class Attention(NamedTuple):
    """How much each query looks at each key, and what it takes: the values, weighted so."""

    weights: np.ndarray
    """Shape (queries, keys); every row adds up to 1."""
    answers: np.ndarray
    """Shape (queries, numbers in a value)."""


def attention(queries, keys, values):
    """softmax(Q Kᵀ / √d) V: each query's mean of the values, weighted by how well it fits their keys.

    Parameters
    ----------
    queries : array_like, shape (m, d)
        A row for each word that seeks.
    keys : array_like, shape (n, d)
        A row for each word that offers.
    values : array_like, shape (n, e)
        What each of those gives.

    Returns
    -------
    Attention

    Raises
    ------
    ValueError
        If these are no tables of finite numbers, do not fit each other, or are so large that a product is infinite.

    References
    ----------
    A. Vaswani and others, "Attention is all you need", NIPS (2017).

    Examples
    --------
    >>> looks = attention([[0, 2]], [[2, 0], [0, 2]], [[1], [-1]])
    >>> looks.weights.round(2), looks.answers.round(2)
    (array([[0.06, 0.94]]), array([[-0.89]]))
    """
    queries = inputs.matrix("queries", queries)
    keys, values = inputs.matrix("keys", keys, queries.shape[1]), inputs.matrix("values", values)
    inputs.same_rows("keys", keys, "values", values)
    with overflow_allowed():
        scores = queries @ keys.T / np.sqrt(queries.shape[1])
    refuse_infinite(_("The products of queries and keys are no finite numbers: they are too large."), scores)
    weights = softmax.f(scores)
    return Attention(weights, weights @ values)


class WordModel(Parametrized):
    """One head of attention that says which word a masked place hides.

    Every word has a row of numbers, and so has every place. The masked place asks: its query looks at all words, and
    what it takes of them, with what it holds itself, goes through one last layer with an output for each word.

    Parameters
    ----------
    language : annkit.sentences.Language
    width : int
        How many numbers a word has.
    positions : bool
        Whether the place of a word counts. Without, a sentence is a bag of words.
    attends : bool
        Whether it looks; else it takes the same of every word.
    seed : int
        What the start is drawn from.

    Attributes
    ----------
    parameters : ndarray, shape (count,)
        Every number that can learn, in one vector.
    parts : dict of ndarray
        Views into it: ``words``, ``places``, ``query``, ``key``, ``value``, ``output`` and ``bias``.

    Raises
    ------
    ValueError
        If an argument is none of these.

    References
    ----------
    J. Devlin and others, "BERT: pre-training of deep bidirectional transformers for language understanding", NAACL
    (2019), which stacks 12 or 24 layers of this, of 12 or 16 heads each.
    """

    def __init__(self, language, width=8, positions=True, attends=True, seed=0):
        if not isinstance(language, Language):
            message = _("language should be one of annkit.sentences, such as meeting, not {value}.")
            raise ValueError(message.format(value=inputs.shown(language)))
        self.language, self.positions, self.attends = language, bool(positions), bool(attends)
        width, random = inputs.whole("width", width, low=1), np.random.default_rng(inputs.whole("seed", seed, low=0))
        words = len(language.vocabulary)
        square = (width, width), 1 / np.sqrt(width)
        start = {
            "words": ((words, width), 0.5), "places": ((language.length, width), 0.5),
            "query": square, "key": square, "value": square, "output": ((width, words), 0.5), "bias": ((words,), 0),
        }  # fmt: skip
        self.shapes = {name: shape for name, (shape, __) in start.items()}
        self._parameters = np.concatenate([random.normal(0, sd, shape).ravel() for shape, sd in start.values()])
        self.parts = self._parts(self._parameters)

    def _parts(self, vector):
        """Views into a vector of parameters, or of slopes, by name."""
        ends = np.cumsum([np.prod(shape) for shape in self.shapes.values()])
        pieces = np.split(vector, ends[:-1])
        return {name: piece.reshape(shape) for (name, shape), piece in zip(self.shapes.items(), pieces, strict=True)}

    def look(self, sentences):
        """How much the masked place looks at each word, shape (n, length); every row adds up to 1."""
        return self._forward(sentences)["weights"]

    def predict(self, sentences):
        """How probable each word of the vocabulary is at the masked place, shape (n, words)."""
        return softmax.f(self._forward(sentences)["sums"])

    def _forward(self, sentences):
        """What comes out on the way, by name."""
        if not isinstance(sentences, Sentences):
            message = _("sentences should be what a language draws or asks, not {value}.")
            raise ValueError(message.format(value=inputs.shown(sentences)))
        if sentences.words[0, sentences.places[0]] != self.language.vocabulary.index(MASK):
            raise ValueError(_("these sentences are of another language than this model learns."))
        P, rows = self.parts, np.arange(len(sentences.words))
        X = P["words"][sentences.words]
        if self.positions:
            X = X + P["places"]
        asking = X[rows, sentences.places]
        q, k, v = asking @ P["query"], X @ P["key"], X @ P["value"]
        scores = np.einsum("nd,nld->nl", q, k) / np.sqrt(q.shape[1]) * self.attends
        weights = softmax.f(scores)
        taken = np.einsum("nl,nld->nd", weights, v) + asking
        sums = taken @ P["output"] + P["bias"]
        return {"X": X, "asking": asking, "q": q, "k": k, "v": v, "weights": weights, "taken": taken, "sums": sums}

    def gradients(self, sentences):
        """The error and its slopes.

        Parameters
        ----------
        sentences : annkit.sentences.Sentences

        Returns
        -------
        float
            The mean cross-entropy E of the hidden words.
        ndarray, shape (count,)
            dE/dparameters.
        """
        P, n, rows = self.parts, len(sentences.words), np.arange(len(sentences.words))
        now = self._forward(sentences)
        shares = softmax.f(now["sums"])
        E = -np.mean(np.log(np.maximum(shares[rows, sentences.hidden], np.finfo(float).tiny)))
        vector = np.zeros_like(self._parameters)
        slopes = self._parts(vector)
        dsums = shares
        dsums[rows, sentences.hidden] -= 1
        dsums /= n
        slopes["output"][:], slopes["bias"][:] = now["taken"].T @ dsums, dsums.sum(axis=0)
        dtaken = dsums @ P["output"].T
        dweights = np.einsum("nd,nld->nl", dtaken, now["v"])
        dv = now["weights"][:, :, None] * dtaken[:, None]
        dscores = softmax.back(None, now["weights"], dweights) / np.sqrt(now["q"].shape[1]) * self.attends
        dq, dk = np.einsum("nl,nld->nd", dscores, now["k"]), dscores[:, :, None] * now["q"][:, None]
        slopes["query"][:] = now["asking"].T @ dq
        slopes["key"][:] = np.einsum("nld,nle->de", now["X"], dk)
        slopes["value"][:] = np.einsum("nld,nle->de", now["X"], dv)
        dX = dk @ P["key"].T + dv @ P["value"].T
        dX[rows, sentences.places] += dq @ P["query"].T + dtaken
        np.add.at(slopes["words"], sentences.words, dX)
        if self.positions:
            slopes["places"][:] = dX.sum(axis=0)
        return float(E), vector

    def learn(self, steps, learning_rate=0.03, batch_size=64, seed=0):
        """Learn from fresh sentences, some in each step, by Adam.

        Parameters
        ----------
        steps : int
        learning_rate : float
        batch_size : int
            How many sentences are drawn for a step.
        seed : int
            What they are drawn from.

        Returns
        -------
        list of float
            The error of each step, before it.

        Raises
        ------
        ValueError
            If an argument is none of these.
        """
        steps, batch_size = inputs.whole("steps", steps, low=1), inputs.whole("batch_size", batch_size, low=1)
        random = np.random.default_rng(inputs.whole("seed", seed, low=0))
        adam, errors = Adam(learning_rate), []
        for __ in range(steps):
            E, slopes = self.gradients(self.language.draw(batch_size, random))
            self._parameters[:] = adam.step(self._parameters, slopes)
            errors.append(E)
        return errors
