"""A prediction: a question with some answers to click, and later the answer beside what was guessed."""

import html

import anywidget
import traitlets
from ipywidgets import widget_serialization

from annkit import inputs
from annkit.stage.files import beside
from annkit.translation import _

MOST = 5


class Guess(anywidget.AnyWidget):
    """A question that is answered by a click, before the chapter answers it.

    Parameters
    ----------
    question : str
    *answers : str
        Two to five, of which one is clicked.

    Attributes
    ----------
    picked : int or None
        The number of the answer that was clicked, from 0.

    Raises
    ------
    ValueError
        If the question or an answer is no text, or there are too few answers, too many, or two that are the same.

    Examples
    --------
    >>> guess = Guess("How many legs has an insect?", "four", "six", "eight")
    >>> guess.picked = 2
    >>> print(guess.answer("six").words())
    Your guess was: eight. The answer is: six.
    """

    _esm, _css = beside(__file__, "onward.js", "guess.js"), beside(__file__, "guess.css")
    question = traitlets.Unicode().tag(sync=True)
    answers = traitlets.List().tag(sync=True)
    picked = traitlets.Int(None, allow_none=True).tag(sync=True)

    def __init__(self, question, *answers):
        for text in (question, *answers):
            if not isinstance(text, str) or not text.strip():
                message = _("a Guess takes a question and its answers as texts, not {value}.")
                raise ValueError(message.format(value=inputs.shown(text)))
        if not 2 <= len(answers) <= MOST or len(set(answers)) < len(answers):
            message = _("a Guess has two to {most} different answers, not {answers}.")
            raise ValueError(message.format(most=MOST, answers=inputs.shown(list(answers))))
        super().__init__(question=question, answers=list(answers))

    @traitlets.validate("picked")
    def _check_picked(self, proposal):
        picked = proposal["value"]
        if picked is not None and not 0 <= picked < len(self.answers):
            message = _("picked should be the number of an answer, from 0 to {last}, not {value}.")
            raise traitlets.TraitError(message.format(last=len(self.answers) - 1, value=picked))
        return picked

    def answer(self, right):
        """What is right, `right` being one of the answers, to be shown beside what was guessed."""
        return Answer(self, self.answers.index(inputs.choice("right", right, self.answers)))

    def words(self):
        """The question and its answers, as text."""
        return "\n".join([self.question, *(f"○ {answer}" for answer in self.answers)])

    def _repr_mimebundle_(self, include=None, exclude=None):
        """For a notebook: the question, to click; for a file, which has no kernel: the question, to read."""
        items = "".join(f"<li>{html.escape(answer)}</li>" for answer in self.answers)
        page = f"<p>{html.escape(self.question)}</p><ul>{items}</ul>"
        return _with(super()._repr_mimebundle_(include=include, exclude=exclude), self.words(), page)


class Answer(anywidget.AnyWidget):
    """The answer of a `Guess`, beside what was guessed; made by `Guess.answer`."""

    _esm, _css = beside(__file__, "onward.js", "guess.js"), beside(__file__, "guess.css")
    guess = traitlets.Instance(Guess).tag(sync=True, **widget_serialization)
    right = traitlets.Int().tag(sync=True)
    said = traitlets.List().tag(sync=True)
    """What is said for each answer that may have been picked, and last where none was."""

    def __init__(self, guess, right):
        said = [_said(guess.answers, right, picked) for picked in (*range(len(guess.answers)), None)]
        super().__init__(guess=guess, right=right, said=said)

    def words(self):
        """What was guessed and what is right."""
        return self.said[-1 if self.guess.picked is None else self.guess.picked]

    def _repr_mimebundle_(self, include=None, exclude=None):
        page = f"<p>{html.escape(self.words())}</p>"
        return _with(super()._repr_mimebundle_(include=include, exclude=exclude), self.words(), page)


def _with(bundle, words, page):
    """What a notebook shows of a widget, with text and HTML for where there is no kernel."""
    live, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    return {**live, "text/plain": words, "text/html": page}, metadata


def _said(answers, right, picked):
    if picked is None:
        return _("The answer is: {right}. (No guess was clicked.)").format(right=answers[right])
    if picked == right:
        return _("Your guess was right: {right}.").format(right=answers[right])
    return _("Your guess was: {picked}. The answer is: {right}.").format(picked=answers[picked], right=answers[right])
