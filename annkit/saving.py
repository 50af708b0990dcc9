"""Saving: a network as a file, and back."""

import io
import os
import secrets
import shutil
from pathlib import Path

import numpy as np

from annkit import inputs
from annkit.translation import _

FORMAT = "network 1"


def save(path, **parts):
    """Write named values to a ``.npz`` file."""
    content = io.BytesIO()
    np.savez(content, annkit=FORMAT, **parts)
    write(path, content.getbuffer())


def write(path, content):
    """Write bytes to a file. The old file, if there is one, stays until the new one is whole."""
    path = checked_path(path).resolve()  # a link stays a link
    beside = path.with_name(f".annkit-{secrets.token_hex(8)}")
    try:
        with open(beside, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, beside)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def load(path, make):
    """What `make` makes of the values that `save` wrote, a dict without its mark."""
    content = checked_path(path).read_bytes()
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            parts = dict(file)
        if str(parts.pop("annkit")) != FORMAT:
            raise ValueError
        return make(**parts)
    except Exception:  # whatever a file of any kind may raise
        message = _("{path} is damaged, or it is no network saved by annkit.")
        raise ValueError(message.format(path=path)) from None


def checked_path(path):
    """A file's path as a Path."""
    if not isinstance(path, (str, os.PathLike)) or not str(path) or "\0" in str(path):
        raise ValueError(_("path should be the name of a file, not {value}.").format(value=inputs.shown(path)))
    return Path(path)
