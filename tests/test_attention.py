"""Attention, the toy languages and the model that fills in a word: by hand, by nudging, and what is refused."""

import numpy as np
import pytest
from networks import by_nudging

from annkit.attention import WordModel, attention
from annkit.sentences import ANIMALS, MASK, SOUNDS, first_animal, meeting


def test_attention_by_hand():
    looks = attention([[1, 0]], [[0, 5], [np.sqrt(2) * np.log(3), 0]], [[4, 0], [0, 8]])
    assert looks.weights == pytest.approx(np.array([[0.25, 0.75]]))
    assert looks.answers == pytest.approx(np.array([[1, 6]]))


def test_order_changes_nothing_but_the_order():
    random = np.random.default_rng(0)
    Q, K, V = random.normal(size=(3, 5, 4))
    order = random.permutation(5)
    whole, swapped = attention(Q, K, V), attention(Q[order], K[order], V[order])
    np.testing.assert_allclose(swapped.answers, whole.answers[order], atol=1e-14)
    np.testing.assert_allclose(swapped.weights, whole.weights[np.ix_(order, order)], atol=1e-14)
    np.testing.assert_allclose(whole.weights.sum(axis=1), 1)


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        (([[1, 2]], [[1]], [[1]]), "keys"),
        (([[1]], [[1], [2]], [[1]]), "keys .*values"),
        (([["a"]], [[1]], [[1]]), "queries"),
        (([[np.nan]], [[1]], [[1]]), "queries"),
        (([[1e300]], [[1e300]], [[1]]), "too large"),
        (([[1]], [], []), "keys"),
    ],
)
def test_attention_refuses(tables, words):
    with pytest.raises(ValueError, match=words):
        attention(*tables)


@pytest.mark.parametrize("n", [0, -1, 2.5, "two"])
def test_what_cannot_be_drawn_is_refused(n):
    with pytest.raises(ValueError, match="n should be a whole number"):
        meeting.draw(n, np.random.default_rng(0))


@pytest.mark.parametrize("language", [first_animal, meeting])
def test_what_a_language_says_is_true(language):
    drawn = language.draw(200, np.random.default_rng(1))
    rows = np.arange(200)
    assert (drawn.words[rows, drawn.places] == language.vocabulary.index(MASK)).all()
    drawn.words[rows, drawn.places] = drawn.hidden
    for text in map(language.text, drawn.words):
        words = text.split()
        assert words[1] in ANIMALS and words[4] in ANIMALS and words[1] != words[4] and words[2] == "sees"
        assert SOUNDS.index(words[6]) == ANIMALS.index(words[1])
        assert language.text(language.numbers(text)) == text
    assert len(set(drawn.places.tolist())) == (1 if language is first_animal else language.length)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the cat sees", "7 words"),
        (3, "7 words"),
        ("the cat sees the horse and meows", "'horse'"),
        ("the cat sees the dog and meows", r"\[MASK\] once"),
        ("the [MASK] sees the dog and [MASK]", r"\[MASK\] once"),
    ],
)
def test_a_sentence_that_cannot_be_asked(text, words):
    with pytest.raises(ValueError, match=words):
        meeting.asked(text)


@pytest.mark.parametrize("positions", [True, False])
@pytest.mark.parametrize("attends", [True, False])
def test_every_slope_against_nudging(positions, attends):
    model = WordModel(meeting, 3, positions, attends, seed=1)
    sentences = meeting.draw(5, np.random.default_rng(0))
    E, slopes = model.gradients(sentences)
    shares = model.predict(sentences)[np.arange(5), sentences.hidden]
    assert pytest.approx(-np.log(shares).mean()) == E

    def error(parameters):
        model.parameters = parameters
        return model.gradients(sentences)[0]

    np.testing.assert_allclose(slopes, by_nudging(error, model.parameters.copy()), atol=1e-9)


def test_what_it_looks_at_adds_up_and_without_places_order_does_not_count():
    model = WordModel(first_animal, 4, positions=False)
    one, other = (
        first_animal.asked(text) for text in ("the cat sees a dog today [MASK]", "today dog sees the cat a [MASK]")
    )
    assert model.look(one).sum() == pytest.approx(1)
    np.testing.assert_allclose(model.predict(one), model.predict(other), atol=1e-14)
    model.attends = False
    np.testing.assert_allclose(model.look(one), 1 / 7)


def test_it_learns_the_same_from_the_same_seed():
    one, other = (WordModel(meeting, 4, seed=2) for __ in range(2))
    errors = one.learn(40, 0.05, batch_size=16, seed=3)
    assert errors == other.learn(40, 0.05, batch_size=16, seed=3) and errors[-1] < errors[0]
    assert (one.parameters == other.parameters).all()
    assert one.parts["words"].base is not None and one.parameters.size == sum(part.size for part in one.parts.values())


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: WordModel("cat"), "language"),
        (lambda: WordModel(meeting, 0), "width"),
        (lambda: WordModel(meeting, seed=-1), "seed"),
        (lambda: WordModel(meeting).learn(0), "steps"),
        (lambda: WordModel(meeting).learn(1, batch_size=0), "batch_size"),
        (lambda: WordModel(meeting).learn(1, learning_rate=-1), "learning_rate"),
        (lambda: WordModel(meeting).predict([[1, 2]]), "sentences"),
        (lambda: WordModel(meeting).predict(first_animal.asked("the cat sees a dog today [MASK]")), "another language"),
        (lambda: setattr(WordModel(meeting), "parameters", [1, 2]), "parameters"),
    ],
)
def test_the_model_refuses(act, words):
    with pytest.raises(ValueError, match=words):
        act()
