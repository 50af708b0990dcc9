"""No term is used before it is explained: where each is explained first, and that no earlier chapter uses it."""

import functools
import re

import pytest
from test_notebooks import BOOKS, cells

FIRST = {
    "00": "node, weight, bias, layer, hidden layer, output layer, weighted sum, activation function, target, error, "
    "learning rate, artificial intelligence, machine learning, deep learning",
    "01": "feature, shallow learning, fitting, overfitting, held-out data, explainable AI, threshold",
    "02": "perceptron, step function, linear classifier",
    "03": "epoch, convergence, margin",
    "04": "XOR, multilayer perceptron",
    "05": "nudge, slope, tangent, descent, step size",
    "06": "matrix product, transpose, determinant, dimension reduction",
    "07": "sigmoid, ReLU, tanh, saturated",
    "08": "forward propagation, feedforward network, softmax, probability distribution, seed",
    "09": "supervised learning, regression, classification, derivative, gradient, gradient descent, local minimum, "
    "global minimum, cross-entropy",
    "10": "backpropagation, chain rule, gradient check, automatic differentiation",
    "11": "momentum, Adam",
    "12": "symptom, dead unit",
    "13": "underfitting, validation data, early stopping, weight decay, dropout",
    "14": "cross-validation, fold, grid search, standard error, test set",
    "15": "vanishing gradient, exploding gradient, skip connection, pre-training",
    "16": "permutation importance, partial dependence, saliency map, adversarial example",
    "17": "GPU",
    "18": "convolution, feature map, weight sharing, padding, pooling, equivariance",
    "19": "recurrent neural network, backpropagation through time, LSTM",
    "20": "attention, query, masked word",
}
"""The terms, by the chapter that explains them first: there they stand in bold or in the table of its terms."""
ELSEWHERE = [
    r"```.*?```",  # code
    r"`[^`]*`",
    r"\[[^\]]*\]\([^)]*\)",  # the name of another chapter
    r'"[^"]*"',  # the title of a paper
    r"(?<!\*)\*(?!\*)[^*]+\*(?!\*)",
    r"\*\*Next:\*\*.*",  # what comes next
]
ALL = [(term, number) for number, terms in FIRST.items() for term in terms.split(", ")]


@functools.cache
def chapter(number):
    """What a chapter says, cell by cell."""
    (path,) = (path for path in BOOKS if path.name.startswith(number) and path.parent.name == "en")
    return [cell.source for cell in cells(path, "markdown")]


def said(source):
    """A cell without what is no sentence of its chapter."""
    for pattern in ELSEWHERE:
        source = re.sub(pattern, "", source, flags=re.DOTALL)
    return source


def uses(text, term):
    """Where a text uses a term, unless it says which chapter that term is from."""
    for found in re.finditer(rf"\b{re.escape(term)}(?:e?s)?\b", text, re.IGNORECASE):
        if not re.match(r"\W*(of )?chapter \d\d", text[found.end() :]):
            yield text[max(0, found.start() - 40) : found.end() + 40]


@pytest.mark.parametrize(("term", "number"), ALL, ids=[term for term, __ in ALL])
def test_a_term_is_explained_before_it_is_used(term, number):
    here = "\n".join(chapter(number))
    tables = "\n".join(re.findall(r"^\|([^|]+)\|", here, re.MULTILINE))
    bold = "\n".join(re.findall(r"\*\*(.+?)\*\*", here, re.DOTALL))
    assert re.search(rf"\b{re.escape(term)}", f"{tables}\n{bold}", re.IGNORECASE), f"{number} does not explain it"
    earlier = [each for each in FIRST if each < number]
    used = [(each, place) for each in earlier for cell in chapter(each) for place in uses(said(cell), term)]
    assert not used


def test_every_chapter_explains_something():
    assert sorted(FIRST) == sorted(path.name[:2] for path in BOOKS if path.parent.name == "en")
