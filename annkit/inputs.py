"""What annkit accepts as input, and the words in which it refuses the rest.

Every function here returns the accepted value in one fixed form, or raises `ValueError` with what came, what was
expected and what to do. Nothing is changed by a refused call.
"""

import difflib

import numpy as np

from annkit.language import _


def number(name, value, low=-np.inf, high=np.inf):
    """One finite number from `low` to `high`, as a float."""
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            raise TypeError
        result = float(array.reshape(()))
    except (TypeError, ValueError):
        raise ValueError(_("{name} should be one number, not {value}.").format(name=name, value=shown(value))) from None
    if not np.isfinite(result):
        raise ValueError(_("{name} should be a finite number, not {value}.").format(name=name, value=result))
    if not low <= result <= high:
        message = _("{name} should be from {low:g} to {high:g}, not {value:g}.")
        raise ValueError(message.format(name=name, low=low, high=high, value=result))
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
        message = _("{name} should have {columns} columns, one for each weight; it has shape {shape}.")
        raise ValueError(message.format(name=name, columns=columns, shape=array.shape))
    return array


def finite(name, value):
    """Finite numbers of any shape, single ones too, as a new float array."""
    return _floats(name, value, least=0)


def choice(name, value, valid):
    """One of the names in `valid`."""
    if value in valid:
        return value
    message = _("{name} should be one of {valid}, not {value}.")
    message = message.format(name=name, valid=", ".join(valid), value=shown(value))
    near = difflib.get_close_matches(str(value).lower(), {v.lower(): v for v in valid}, n=1, cutoff=0.5)
    if near:
        nearest = next(v for v in valid if v.lower() == near[0])
        message += " " + _("Did you mean {nearest}?").format(nearest=nearest)
    raise ValueError(message)


def shown(value):
    """A short form of any value, for an error's text."""
    text = repr(value)
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
