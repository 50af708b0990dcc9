"""When two answers are the same: by what they are, wherever they lie in memory."""

import functools
import hashlib
import re
from types import CodeType, FunctionType, MethodType

import numpy as np


def fingerprint(answer):
    """A short text, the same for the same answer: 1 is 1.0, a list an array, and a cell run again the same function."""
    return hashlib.sha256(repr(_form(answer)).encode()).hexdigest()


def _form(value, within=()):
    """`value` in nested tuples that are equal for equal answers; `within` holds what it is a part of."""
    if any(value is whole for whole in within):
        return "itself"  # a function may call itself
    within = (*within, value)
    if isinstance(value, (int, float, np.generic, np.ndarray, list, tuple)):
        numbers = real_array(value)
        if numbers is not None:
            return numbers.shape, (numbers + 0.0).tobytes()  # −0 is 0
    match value:
        case np.ndarray():
            return _form(value.tolist(), within)
        case list() | tuple():
            return tuple(_form(part, within) for part in value)
        case dict():
            return sorted((repr(key), repr(_form(part, within))) for key, part in value.items())
        case FunctionType():
            return _function(value, within)
        case MethodType():
            return _form((value.__func__, value.__self__), within)
        case functools.partial():
            return _form((value.func, value.args, value.keywords), within)
        case CodeType():
            return value.co_code, value.co_names, _form(value.co_consts, within)
    if hasattr(value, "answer"):  # a lab, by what was turned in it
        return _form(value.answer, within)
    if callable(value) and isinstance(type(value).__call__, FunctionType):
        return _form((type(value).__call__, vars(value)), within)
    return type(value).__name__, re.sub("0x[0-9A-Fa-f]+", "", repr(value))


def real_array(value):
    """`value` as an array of float; None where it holds anything but real numbers, or rows of different lengths."""
    try:
        array = np.array(value)
    except ValueError:
        return None
    return array.astype(float) if array.dtype.kind in "biuf" else None


def _function(function, within):
    """What a function does: its code, what that holds on to, and the functions beside it that it calls."""
    held = [cell.cell_contents for cell in function.__closure__ or ()]
    beside = [function.__globals__.get(name) for name in sorted(_names(function.__code__))]
    called = [f for f in beside if isinstance(f, FunctionType) and f.__globals__ is function.__globals__]
    return _form((function.__code__, function.__defaults__, function.__kwdefaults__, held, called), within)


def _names(code):
    """All names that a code, and every function written inside it, looks up."""
    inner = [_names(part) for part in code.co_consts if isinstance(part, CodeType)]
    return set(code.co_names).union(*inner)
