"""What annkit accepts as input, and the words in which it refuses the rest.

Every function here returns the accepted value in one fixed form, or raises `ValueError` with what came, what was
expected and what to do. Nothing is changed by a refused call.
"""

import difflib
import operator
import re
from numbers import Real

import numpy as np

from annkit.translation import _
from annkit.wording import number as spell

LONGEST_NAME = 60
NOT_IN_NAMES = re.compile("[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What a line of text or an SVG can't hold: control characters, line ends and halves of characters."""


def number(name, value, low=-np.inf, high=np.inf):
    """One finite number from `low` to `high`, as a float."""
    if not _is_number(value):
        raise ValueError(_("{name} should be one number, not {value}.").format(name=name, value=shown(value)))
    result = _float(value)
    if not np.isfinite(result):
        raise ValueError(_("{name} should be a finite number, not {value}.").format(name=name, value=shown(value)))
    if not low <= result <= high:
        message = _("{name} should be at least {low}, not {value}.")
        if np.isfinite(high):
            message = _("{name} should be from {low} to {high}, not {value}.")
        raise ValueError(message.format(name=name, low=spell(low), high=spell(high), value=spell(result)))
    return result


def vector(name, value):
    """Finite numbers in one row, shape (n,), n ≥ 1, as a new float array."""
    array = _floats(name, value)
    if array.ndim != 1:
        message = _("{name} should be one row of numbers, shape (n,); it has shape {shape}.")
        raise ValueError(message.format(name=name, shape=array.shape))
    return array


def matrix(name, value, columns=None):
    """Finite numbers in rows, shape (n, columns), n ≥ 1, as a new float array. A row is a sample."""
    array = _floats(name, value)
    if array.ndim == 1:
        hint = as_column(name, value) if columns == 1 else as_row(name, value)
        message = _("{name} should have rows and columns; it has shape {shape}. Perhaps you mean {hint}.")
        raise ValueError(message.format(name=name, shape=array.shape, hint=hint))
    if array.ndim != 2:
        message = _("{name} should have rows and columns, shape (n, columns); it has shape {shape}.")
        raise ValueError(message.format(name=name, shape=array.shape))
    if columns is not None and array.shape[1] != columns:
        message = _("{name} should have {columns} columns; it has shape {shape}.")
        raise ValueError(message.format(name=name, columns=columns, shape=array.shape))
    return array


def finite(name, value, least=0):
    """Finite numbers of any shape, at least so many, as a new float array."""
    return _floats(name, value, least)


def choice(name, value, valid):
    """One of the names in `valid`."""
    if isinstance(value, str) and value in valid:
        return str(value)
    message = _("{name} should be one of {valid}, not {value}.")
    message = message.format(name=name, valid=", ".join(valid), value=shown(value))
    text = value[:60] if isinstance(value, str) else shown(value)
    near = difflib.get_close_matches(text.lower(), {v.lower(): v for v in valid}, n=1, cutoff=0.6)
    if near:
        nearest = next(v for v in valid if v.lower() == near[0])
        message += " " + _("Did you mean {nearest}?").format(nearest=nearest)
    raise ValueError(message)


def names(name, value):
    """Texts to name things by, all different, as a tuple of str. One text stands for names of a letter each."""
    try:
        given = None if isinstance(value, (set, frozenset)) else list(value)
    except TypeError:
        given = None
    if given is None:
        message = _("{name} should be a list of names, not {value}.")
        raise ValueError(message.format(name=name, value=shown(value)))
    seen = set()
    for one in given:
        message = None
        if not isinstance(one, str):
            message = _("{name} should be a list of names, each a text; {value} is none.")
        elif not one.strip():
            message = _("{name} should be a list of names; {value} is empty.")
        elif len(one) > LONGEST_NAME:
            message = _("{name} should be names of at most {most} characters; {value} is longer.")
        elif NOT_IN_NAMES.search(one):
            message = _("{name} should be names on one line; {value} has a character that can't be printed.")
        elif one in seen:
            message = _("{name} should be different names; {value} is there twice.")
        if message:
            raise ValueError(message.format(name=name, value=shown(one), most=LONGEST_NAME))
        seen.add(one)
    return tuple(map(str, given))  # NumPy has strings of its own


def shown(value):
    """A short form of any value, for an error's text."""
    try:
        text = " ".join(repr(value).split())
    except Exception:  # a number of more digits than Python writes, or an object that can't describe itself
        text = _("something of type {type}").format(type=type(value).__name__)
    return text if len(text) <= 60 else text[:57] + "…"


def as_column(name, value):
    """The code that makes one column of the numbers `value`, called `name`: a list first has to become an array."""
    return f"{name}[:, None]" if isinstance(value, np.ndarray) else f"np.array({name})[:, None]"


def as_row(name, value):
    """The code that makes one row of the numbers `value`, called `name`."""
    return f"{name}[None, :]" if isinstance(value, np.ndarray) else f"[{name}]"


def _floats(name, value, least=1):
    if np.ma.is_masked(value):
        message = _("{name} has masked numbers; leave out those rows, or put numbers there with {name}.filled(…).")
        raise ValueError(message.format(name=name))
    try:
        array = np.array(value)
    except ValueError:
        message = _("{name} should be numbers, with as many in every row; its rows differ in length.")
        raise ValueError(message.format(name=name)) from None
    if array.size < least:
        raise ValueError(_("{name} is empty; it needs at least one number.").format(name=name))
    if array.dtype == object and all(map(_is_number, array.flat)):
        array = np.reshape([_float(entry) for entry in array.flat], array.shape)  # whole numbers of more than 64 bits
    if not _is_real(array):
        raise ValueError(_("{name} should be numbers, not {value}.").format(name=name, value=shown(value)))
    with np.errstate(over="ignore"):
        array = array.astype(float)
    if not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        message = _("{name} should be finite numbers; at index {where} it has {value}.")
        raise ValueError(message.format(name=name, where=where, value=array[where]))
    return array


def _is_real(array):
    """Whether it is of real numbers: not complex, not text, no dates, no objects."""
    return array.dtype.kind in "biuf"


def _is_number(value):
    """Whether it is one real number: of Python, of NumPy, or alone in an array; and not a masked one."""
    if hasattr(value, "dtype"):
        return getattr(value, "shape", None) == () and _is_real(np.asarray(value)) and not np.ma.is_masked(value)
    return isinstance(value, Real)


def _float(value):
    try:
        return float(value)
    except OverflowError:
        return np.inf if value > 0 else -np.inf


def whole(name, value, low, high=np.inf):
    """One whole number of at least `low`, and at most `high`, as an int."""
    try:
        if isinstance(value, (bool, np.bool_)):
            raise TypeError
        result = operator.index(value)
    except TypeError:
        message = _("{name} should be a whole number, not {value}.")
        raise ValueError(message.format(name=name, value=shown(value))) from None
    if not low <= result <= high:
        message = _("{name} should be a whole number of at least {low}, not {value}.")
        if np.isfinite(high):
            message = _("{name} should be a whole number from {low} to {high}, not {value}.")
        raise ValueError(message.format(name=name, low=low, high=high, value=shown(result)))
    return result


def not_negative(name, value):
    """One finite number of at least 0, as a float."""
    result = number(name, value)
    if result < 0:
        raise ValueError(_("{name} should be at least 0, not {value:g}.").format(name=name, value=result))
    return result


def share(name, value):
    """One number from 0 to less than 1, as a float."""
    value = not_negative(name, value)
    if value >= 1:
        raise ValueError(_("{name} should be less than 1, not {value:g}.").format(name=name, value=value))
    return value


def settable(owner, name, names):
    """Refuse, with the nearest of `names`, to set an attribute that `owner` does not have."""
    if name in names:
        return
    message = _("{owner} has no {name} to set; it has {names}.")
    message = message.format(owner=type(owner).__name__, name=name, names=", ".join(names))
    if near := difflib.get_close_matches(name, names, n=1):
        message += " " + _("Did you mean {nearest}?").format(nearest=near[0])
    raise AttributeError(message)


def samples(name, value, columns):
    """Rows of finite numbers for a network of `columns` inputs, as a new float array of shape (n, columns)."""
    array = _floats(name, value)
    if array.ndim != 2:
        return matrix(name, value, columns)  # which says what to do
    if array.shape[1] != columns:
        message = _("{name} should have {columns} columns, one for each input; it has shape {shape}.")
        raise ValueError(message.format(name=name, columns=columns, shape=array.shape))
    return array


def targets(name, value, columns):
    """Rows of finite numbers, one for each output, as a new float array of shape (n, columns)."""
    array = _floats(name, value)
    if array.ndim == 1:
        hint = as_column(name, value) if columns == 1 else f"np.eye({columns})[{name}]"
        message = _("{name} should have a column for each output, shape (n, {columns}); it has shape {shape}.")
        message += " " + _("Perhaps you mean {hint}.")
        raise ValueError(message.format(name=name, columns=columns, shape=array.shape, hint=hint))
    if array.ndim != 2 or array.shape[1] != columns:
        message = _("{name} should have a column for each output, shape (n, {columns}); it has shape {shape}.")
        raise ValueError(message.format(name=name, columns=columns, shape=array.shape))
    return array


def same_rows(name, array, other_name, other):
    """Refuse two arrays that have not a row each for every sample."""
    if len(array) != len(other):
        message = _("{name} and {other} should have a row for each sample; {name} has {n} rows and {other} has {m}.")
        raise ValueError(message.format(name=name, other=other_name, n=len(array), m=len(other)))
