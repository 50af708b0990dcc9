"""How every check speaks: one printed line, never an error, and a hint more for each new wrong answer."""

import difflib
import functools
import inspect
import traceback

import numpy as np

from annkit import inputs
from annkit.checks.fingerprint import fingerprint
from annkit.translation import _

SHORT = 80
"""So many letters of a learner's code, of arguments or, twice as many, of an exception are shown."""


class NotYet(Exception):
    """Raised by a judge, with a sentence that says what is wrong, and where that has hints of its own, these."""

    def __init__(self, reason, hints=None):
        super().__init__(reason)
        self.hints = hints


class Slip(NotYet):
    """Raised where the answer has not the form that was asked for: there is nothing to hint at, so it costs no hint."""


class NothingYet(Exception):
    """There is still a blank where the answer should be."""


class Start:
    """The lab of an exercise as its chapter makes it.

    Parameters
    ----------
    lab : str
        What the class is called; checks import no lab.
    **state
        What the learner is to turn, and how it stands at the start.
    """

    def __init__(self, lab, **state):
        self.lab, self.state = lab, state

    def expect(self, came):
        """Refuse whatever is no such lab."""
        if self.lab not in (kind.__name__ for kind in type(came).__mro__):
            is_lab = not isinstance(came, type) and hasattr(came, "untouched")
            came = type(came).__name__ if is_lab else inputs.shown(came)
            raise Slip(_("this exercise asks for its {lab}, not {came}.").format(lab=self.lab, came=came))

    def stands(self, lab):
        """Whether nobody has turned this lab, and it was not made in code with other values either."""
        return lab.untouched and all(lab.answer.get(name) == value for name, value in self.state.items())


def exercise(*hints, start=None):
    """Make a check of a judge.

    A judge takes an answer and returns one thing worth noticing where the answer is right, or raises `NotYet`. The
    check prints one line: *nothing here yet* where the answer has a blank (``...``) or is a lab still as it was made;
    *not yet* with what is wrong and a hint; or *right*. The first wrong answer is given the first hint, the next
    different one the next hint; the same answer is given the same hint again. What has not the form of an answer, a
    `Slip` or what `annkit.inputs` refuses, is given none. Hints are marked with `annkit.translation.N_`.

    Parameters
    ----------
    *hints : str
        From the first nudge to the last.
    start : Start, optional
        For an exercise that is done with labs.
    """

    def check_of(judge):
        tried = {}

        @functools.wraps(judge)
        def check(*values, **named):
            try:
                line = _line(judge, hints, start, tried, values, named)
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                line = _not_yet(_("this answer can't be read ({error}).").format(error=in_words(error)))
            print("".join(sign if sign.isprintable() else "?" for sign in " ".join(line.split())))

        check.tried = tried
        return check

    return check_of


def blank(answer):
    """Whether there is a ``...`` anywhere in an answer."""
    if isinstance(answer, dict):
        return any(map(blank, answer.values()))
    if isinstance(answer, np.ndarray) and answer.dtype == object:
        return any(map(blank, answer.ravel()))
    return any(map(blank, answer)) if isinstance(answer, (list, tuple)) else answer is ...


def in_words(error):
    """The kind and the text of an exception."""
    return shortened(traceback.format_exception_only(error)[-1].strip().rstrip("."), 2 * SHORT)


def shortened(text, most=SHORT):
    """A text cut to at most so many letters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _line(judge, hints, start, tried, values, named):
    """What the check says."""
    try:
        answer = _bound(judge, values, named)
        if blank(answer):
            raise NothingYet
        if start:
            for lab in answer.values():
                start.expect(lab)
        with np.errstate(all="ignore"):
            return "✓ " + _("Right: {note}").format(note=judge(**answer))
    except NothingYet:
        return "… " + _("Nothing here yet: put your answer in place of each ... and run this cell again.")
    except (Slip, ValueError) as slip:
        return _not_yet(slip)
    except NotYet as wrong:
        if start and any(map(start.stands, answer.values())):
            return "… " + _("Nothing here yet: turn the lab above, then run this cell again.")
        return _not_yet(wrong) + " " + _hint(wrong.hints or hints, tried, answer)


def _not_yet(reason):
    return "✗ " + _("Not yet: {reason}").format(reason=reason)


def _hint(hints, tried, answer):
    """The hint for this answer: the next one if the answer is new, otherwise the one that it was given before."""
    key, keys = fingerprint(answer), tried.setdefault(hints, [])
    if key not in keys:
        keys[len(hints) - 1 :] = [key]  # past the last hint, each new answer takes the place of the one before
    which = keys.index(key)
    return _("Hint {which} of {count}: {hint}").format(which=which + 1, count=len(hints), hint=_(hints[which]))


def _bound(judge, values, named):
    """The parts of the answer by the names that the judge has for them."""
    names = list(inspect.signature(judge).parameters)
    takes, answer = ", ".join(names), dict(zip(names, values, strict=False))
    if len(values) > len(names):
        message = _("this check takes {names} and no more; it was given {count} answers.")
        raise Slip(message.format(names=takes, count=len(values)))
    for name in named:
        if name not in names:
            message = _("this check has no {name}; it takes {names}.").format(name=name, names=takes)
            if near := difflib.get_close_matches(name.lower(), names, n=1, cutoff=0.2):
                message += " " + _("Did you mean {nearest}?").format(nearest=near[0])
            raise Slip(message)
        if name in answer:
            raise Slip(_("{name} is given twice.").format(name=name))
    answer |= named
    for name in names:
        if name not in answer:
            raise Slip(_("{name} is missing; this check takes {names}.").format(name=name, names=takes))
    return answer
