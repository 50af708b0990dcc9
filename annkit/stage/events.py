"""What the browser says that hands have done: read with care, as anything can be in a message."""

from annkit.stage.files import beside

MOVES = beside(__file__, "moves.js")
"""The browser's side of every move, to stand in front of a widget's own code."""
FAR = 1e9
"""No place of a picture and no number of a slider lies so far from 0."""


def _number(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and -FAR <= value <= FAR


def _count(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _text(value):
    return isinstance(value, str)


def _flag(value):
    return isinstance(value, bool)


def _places(value):
    return isinstance(value, list) and all(
        isinstance(place, list) and len(place) == 2 and all(map(_number, place)) for place in value
    )


_FIELDS = {
    "n": _count,
    **dict.fromkeys(("x", "y", "value"), _number),
    **dict.fromkeys(("id", "key", "name", "text"), _text),
    **dict.fromkeys(("again", "first", "last", "still"), _flag),
    "points": _places,
}


def understood(content, kinds):
    """The event in a message from the browser, with what belongs to it and nothing else.

    Parameters
    ----------
    content : object
        The message.
    kinds : dict
        For each event the names of what belongs to it; a list of such tuples where there are several ways.

    Returns
    -------
    dict or None
        None where the message is none of these, or where anything in it is missing or makes no sense.
    """
    event = content.get("event") if isinstance(content, dict) else None
    for names in kinds.get(event, ()) if _text(event) else ():
        if all(name in content and _FIELDS[name](content[name]) for name in names):
            return {"event": event, **{name: content[name] for name in names}}
    return None
