"""How every check speaks: one printed line, never an error, and a hint more for each new wrong answer."""

import functools

import numpy as np

from annkit.translation import _


class NotYet(Exception):
    """Raised by a judge, with a sentence that says what is wrong, and where that has hints of its own, these."""

    def __init__(self, reason, hints=None):
        super().__init__(reason)
        self.hints = hints


class NothingYet(Exception):
    """There is still a blank where the answer should be."""


def exercise(*hints):
    """Make a check of a judge.

    A judge takes an answer and returns one thing worth noticing where the answer is right, or raises `NotYet`. The
    check prints one line: *nothing here yet* where a wrong answer has a blank (``...``) or is a lab still as it was
    made; *not yet* with what is wrong and a hint; or *right*. The first wrong answer is given the first hint, the next
    different one the next hint; the same answer is given the same hint again. Hints are marked with
    `annkit.translation.N_`.
    """

    def check_of(judge):
        tried = {}

        @functools.wraps(judge)
        def check(*answer, **named):
            try:
                line = _verdict(judge, hints, tried, (*answer, *named.values()))
            except Exception as error:
                line = "✗ " + _("Not yet: {reason}").format(reason=_unreadable(error))
            print(" ".join(line.split()))

        return check

    return check_of


def returned(answer):
    """What a learner's function returned. Raises `NothingYet` where that has a blank."""
    if _blank(answer):
        raise NothingYet
    return answer


def _verdict(judge, hints, tried, answer):
    nothing = "… " + _("Nothing here yet: put your answer in place of each ... and run this cell again.")
    if any(map(_blank, answer)):
        return nothing
    try:
        return "✓ " + _("Right: {note}").format(note=judge(*answer))
    except NothingYet:
        return nothing
    except (NotYet, ValueError) as wrong:
        reason = str(wrong) if str(wrong).endswith((".", "!", "?", ")")) else f"{wrong}."
        hints = getattr(wrong, "hints", None) or hints
    except Exception as error:
        reason = _unreadable(error)
    if any(getattr(part, "untouched", False) is True for part in answer):
        return "… " + _("Nothing here yet: turn the lab above, then run this cell again.")
    return "✗ " + _("Not yet: {reason}").format(reason=reason) + " " + _hint(hints, tried, answer)


def _unreadable(error):
    return _("this answer can't be read ({error}).").format(error=str(error) or type(error).__name__)


def _blank(answer):
    if isinstance(answer, dict):
        return any(map(_blank, answer.values()))
    if isinstance(answer, (list, tuple)):
        return any(map(_blank, answer))
    if isinstance(answer, np.ndarray) and answer.dtype == object:
        return any(map(_blank, answer.ravel()))
    return answer is ... or answer is None


def _hint(hints, tried, answer):
    """The hint for this answer: the next one if the answer is new, otherwise the one that it was given before."""
    key = repr([getattr(part, "answer", part) for part in answer])
    answers = tried.setdefault(hints, [])
    if key not in answers:
        answers.append(key)
    which = min(answers.index(key), len(hints) - 1)
    return _("Hint {which} of {count}: {hint}").format(which=which + 1, count=len(hints), hint=_(hints[which]))
