"""Reading a table that somebody pasted: from a CSV file, from a spreadsheet, or typed."""

import re

import numpy as np

from annkit import inputs
from annkit.tables import names, table
from annkit.translation import _

NUMBER = re.compile(r"[+\-−]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
MOST_ROWS = 10_000


def read(text):
    """The table in a text: a line for each sample, its features, and last what should come out for it.

    Parameters
    ----------
    text : str
        Between the columns are tabs, semicolons, commas or spaces; numbers may have decimal commas where the columns
        are not divided by commas. A first line without any number names the columns. In the last column stand 0 and 1,
        −1 and 1, or two names, for two classes; or numbers to be fitted. Empty lines are passed over.

    Returns
    -------
    Table
        The class that comes first is × (0), but 0 is always × and 1 always ○.

    Raises
    ------
    ValueError
        If there is no table in it, with the number of the line where that was seen and what is wrong there.

    Examples
    --------
    >>> read("1.5, 2, 0\\n3, 4, 1")
    data.table([[1.5, 2.0], [3.0, 4.0]], [[0], [1]], ['x₁', 'x₂'], ['×', '○'])
    >>> read("height;weight;kind\\n1,5;2;lemon\\n3;4;lime").kinds
    ('lemon', 'lime')
    """
    lines = _lines(text)
    if not lines:
        raise ValueError(_("The text has no lines; paste a table with a row for each sample."))
    header = None if len(lines) == 1 or any(map(_number, lines[0][1])) else lines.pop(0)[1]
    columns = len(lines[0][1])
    if columns < 2:
        message = _("Line {line} has one column; a row needs its features and, last, what should come out for it.")
        raise ValueError(message.format(line=lines[0][0]))
    if len(lines) > MOST_ROWS:
        message = _("The text has {rows:,} rows; at most {most:,} can be read.")
        raise ValueError(message.format(rows=len(lines), most=MOST_ROWS))
    if header and len(header) != columns:
        message = _("The first line names {names} columns; line {line} has {columns}.")
        raise ValueError(message.format(names=len(header), line=lines[0][0], columns=columns))
    features = header[:-1] if header else names("x", columns - 1)
    X = [_features(line, fields, columns, features) for line, fields in lines]
    T, kinds = _targets(lines)
    return table(X, T, features, kinds)


def _lines(text):
    """Each line that is not empty: its number, counted from 1, and its columns."""
    if not isinstance(text, str):
        raise ValueError(_("text should be the text of a table, not {value}.").format(value=inputs.shown(text)))
    lines = [(i, line) for i, line in enumerate(text.splitlines(), start=1) if line.strip()]
    divider = _divider([line for __, line in lines])
    return [(i, [field.strip().strip('"').strip() for field in divider.split(line.strip(" "))]) for i, line in lines]


def _divider(lines):
    """What stands between the columns, as a pattern."""
    for sign in "\t;":
        if any(sign in line for line in lines):
            return re.compile(sign)
    if any(re.search(r",\s|,[^,\s]*,", line) for line in lines) or not any(re.search(r"\S\s+\S", e) for e in lines):
        return re.compile(",")
    return re.compile(r"\s+")


def _number(field):
    """The text of a number as Python reads it; None where it is none."""
    return field.replace(",", ".").replace("−", "-") if NUMBER.fullmatch(field) else None


def _features(line, fields, columns, features):
    """The numbers of a row's features."""
    if len(fields) != columns:
        message = _("Line {line} has {own} columns, the lines before it have {columns}.")
        raise ValueError(message.format(line=line, own=len(fields), columns=columns))
    row = []
    for name, field in zip(features, fields[:-1], strict=True):
        number = _number(field)
        if number is None:
            message = _("Line {line}: {name} should be a number, not {value}.")
            raise ValueError(message.format(line=line, name=name, value=inputs.shown(field)))
        row.append(inputs.number(_("Line {line}: {name}").format(line=line, name=name), float(number)))
    return row


def _targets(lines):
    """The last column: targets, shape (n, 1), and what the classes are called, which is empty for numbers."""
    fields = [fields[-1] for __, fields in lines]
    numbers = [_number(field) for field in fields]
    if None not in numbers:
        values = np.array([float(number) for number in numbers])
        if set(values) <= {0, 1}:
            return values[:, None], None
        if set(values) == {-1, 1}:
            return (values[:, None] + 1) / 2, ["−1", "1"]
        return values[:, None], []
    kinds = list(dict.fromkeys(fields))
    for line, field in zip(lines, fields, strict=True):
        if not field:
            raise ValueError(_("Line {line} says nothing in its last column.").format(line=line[0]))
        if kinds.index(field) > 1:
            message = _("Line {line}: {value} is a third class, after {kinds}; two can be told apart.")
            raise ValueError(message.format(line=line[0], value=inputs.shown(field), kinds=" and ".join(kinds[:2])))
    if len(kinds) < 2:
        raise ValueError(_("Every line ends with {kind}; there should be two classes.").format(kind=kinds[0]))
    return np.array([[kinds.index(field)] for field in fields], float), kinds
