"""What a learner's function answers, and what is said where it answers nothing that can be judged."""

import copy
import inspect
import linecache
import traceback

import numpy as np

from annkit import inputs
from annkit.checks.exercise import SHORT, NothingYet, NotYet, Slip, blank, in_words, shortened
from annkit.checks.fingerprint import real_array
from annkit.translation import _


def returned(function, /, **given):
    """What a learner's function returns for these arguments, handed over as copies, in this order.

    Raises `NothingYet` where there is still a blank; `Slip` where it is no such function, has a name that is misspelt
    or returns nothing; and `NotYet` where it stops with another exception.
    """
    _expect_function(function, given)
    try:
        answer = function(*copy.deepcopy(list(given.values())))
    except (KeyboardInterrupt, NotYet):
        raise
    except BaseException as error:
        kind = Slip if isinstance(error, NameError) else NotYet
        raise kind(_stopped(error, given)) from None
    if answer is None:
        raise Slip(_("your function returns nothing: end it with return and the answer."))
    if blank(answer):
        raise NothingYet
    return answer


def array_of(function, shape, /, *, finite=True, **given):
    """The numbers of this shape that a learner's function returns, as an array. Raises as `returned` does."""
    answer, name = returned(function, **given), _("your function's answer")
    array = None if finite else real_array(answer)
    if array is None:
        array = inputs.finite(name, answer)
    expect_shape(name, array, shape, **given)
    return array


def arrays_of(function, names, /, **given):
    """The arrays, called `names`, that a learner's function returns. Raises as `returned` does."""
    answer = returned(function, **given)
    if isinstance(answer, np.ndarray) and answer.ndim:
        answer = list(answer)
    if not isinstance(answer, (list, tuple)) or len(answer) != len(names):
        message = _("your function should return {count} things: return {names}.")
        raise Slip(message.format(count=len(names), names=", ".join(names)))
    return [inputs.finite(name, part) for name, part in zip(names, answer, strict=True)]


def expect_shape(name, array, shape, /, **given):
    """Refuse an array of another shape; `given` is what it was made of."""
    if array.shape != shape:
        message = _("for {given}, {name} should have shape {wanted}, not {shape}.")
        raise Slip(message.format(given=_shapes(given), name=name, wanted=shape, shape=array.shape))


def quarters(generator, *shapes):
    """Random arrays of these shapes, from −2 to 2 in quarters, so that their sums are exact in any order."""
    return [generator.integers(-8, 9, shape) / 4 for shape in shapes]


def _expect_function(function, given):
    """Refuse what can't be called with so many arguments."""
    if not callable(function):
        raise Slip(_("this exercise asks for a function, not {value}.").format(value=inputs.shown(function)))
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # it is written in C, and nobody knows
        return
    try:
        signature.bind(*given)
    except TypeError:
        message = _("your function should take ({names}), not ({own}).")
        raise Slip(message.format(names=", ".join(given), own=", ".join(signature.parameters))) from None


def _stopped(error, given):
    """What a learner's function raised, in which line, and for what. Raises `NothingYet` where it met a blank."""
    __, *frames = traceback.walk_tb(error.__traceback__)
    own = [(frame, line) for frame, line in frames if frame.f_globals is frames[0][0].f_globals]
    if any(value is ... for frame, __ in own for value in frame.f_locals.values()):
        raise NothingYet
    said = {"error": in_words(error), "given": _values(given)}
    if not own:
        return _("your function stops: {error}. It was given {given}.").format(**said)
    frame, line = own[-1]
    code = shortened(linecache.getline(frame.f_code.co_filename, line).strip())
    message = _("your function stops in line {line}, `{code}`: {error}. It was given {given}.")
    if not code:
        message = _("your function stops in line {line}: {error}. It was given {given}.")
    return message.format(line=line, code=code, **said)


def _values(given):
    """Arguments with their values, where these are short; otherwise with their shapes."""
    text = ", ".join(f"{name} = {_mapped(_plain, value)}" for name, value in given.items())
    return text if len(text) <= SHORT else _shapes(given)


def _shapes(given):
    shape = _("{name} of shape {shape}")
    return ", ".join(shape.format(name=name, shape=_mapped(np.shape, value)) for name, value in given.items())


def _plain(value):
    return value.tolist() if isinstance(value, np.ndarray) else value


def _mapped(function, value):
    """What `function` makes of an array, or of each array in nested lists and tuples."""
    if isinstance(value, (list, tuple)):
        return type(value)(_mapped(function, part) for part in value)
    return function(value)
