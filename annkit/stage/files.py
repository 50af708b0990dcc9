"""The files that a widget brings to the browser: they lie beside its Python."""

import pathlib


def beside(file, *names):
    """The text of files beside `file`, one after the other.

    As text: given a path, anywidget would hold every widget for ever, to reload it when the file changes.
    """
    return "".join((pathlib.Path(file).parent / name).read_text(encoding="utf-8") for name in names)
