"""What annkit accepts as input, and the words in which it refuses the rest.

Every function here returns the accepted value in one fixed form, or raises `ValueError` with what came, what was
expected and what to do. Nothing is changed by a refused call.
"""

import difflib
import operator

import numpy as np

from annkit.translation import _
from annkit.wording import number as spell


def number(name, value, low=-np.inf, high=np.inf):
    """One finite number from `low` to `high`, as a float."""
    if not isinstance(value, (int, float, np.number, np.bool_)) and getattr(value, "shape", None) != ():
        raise ValueError(_("{name} should be one number, not {value}.").format(name=name, value=shown(value)))
    try:
        result = float(value)
    except OverflowError:
        result = np.inf
    except (TypeError, ValueError):
        raise ValueError(_("{name} should be one number, not {value}.").format(name=name, value=shown(value))) from None
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
        hint = f"{name}[:, None]" if columns == 1 else f"{name}[None, :]"
        message = _("{name} should have rows and columns; it has shape {shape}. Perhaps you mean {hint}.")
        raise ValueError(message.format(name=name, shape=array.shape, hint=hint))
    if array.ndim != 2:
        message = _("{name} should have rows and columns, shape (n, columns); it has shape {shape}.")
        raise ValueError(message.format(name=name, shape=array.shape))
    if columns is not None and array.shape[1] != columns:
        message = _("{name} should have {columns} columns; it has shape {shape}.")
        raise ValueError(message.format(name=name, columns=columns, shape=array.shape))
    return array


def finite(name, value):
    """Finite numbers of any shape, single ones too, as a new float array."""
    return _floats(name, value, least=0)


def choice(name, value, valid):
    """One of the names in `valid`."""
    if isinstance(value, str) and value in valid:
        return value
    message = _("{name} should be one of {valid}, not {value}.")
    message = message.format(name=name, valid=", ".join(valid), value=shown(value))
    near = difflib.get_close_matches(str(value).lower(), {v.lower(): v for v in valid}, n=1, cutoff=0.6)
    if near:
        nearest = next(v for v in valid if v.lower() == near[0])
        message += " " + _("Did you mean {nearest}?").format(nearest=nearest)
    raise ValueError(message)


def shown(value):
    """A short form of any value, for an error's text."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else text[:57] + "…"


def _floats(name, value, least=1):
    try:
        array = np.array(value)
    except ValueError:
        message = _("{name} should be numbers, with as many in every row; its rows differ in length.")
        raise ValueError(message.format(name=name)) from None
    if array.size < least:
        raise ValueError(_("{name} is empty; it needs at least one number.").format(name=name))
    if array.dtype.kind not in "biuf":
        raise ValueError(_("{name} should be numbers, not {value}.").format(name=name, value=shown(value)))
    array = array.astype(float)
    if not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        message = _("{name} should be finite numbers; at index {where} it has {value}.")
        raise ValueError(message.format(name=name, where=where, value=array[where]))
    return array


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
        raise ValueError(message.format(name=name, low=low, high=high, value=result))
    return result


def not_negative(name, value):
    """One finite number of at least 0, as a float."""
    result = number(name, value)
    if result < 0:
        raise ValueError(_("{name} should be at least 0, not {value:g}.").format(name=name, value=result))
    return result


def samples(name, value, columns):
    """Rows of finite numbers for a network of `columns` inputs, as a new float array of shape (n, columns)."""
    if np.ndim(_floats(name, value)) == 1:
        return matrix(name, value, columns)  # which says what to do
    array = matrix(name, value)
    if array.shape[1] != columns:
        message = _("{name} should have {columns} columns, one for each input; it has shape {shape}.")
        raise ValueError(message.format(name=name, columns=columns, shape=array.shape))
    return array


def targets(name, value, columns):
    """Rows of finite numbers, one for each output, as a new float array of shape (n, columns)."""
    array = _floats(name, value)
    if array.ndim == 1:
        hint = f"{name}[:, None]" if columns == 1 else f"np.eye({columns})[{name}]"
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
