"""The words beside a lab's picture: what it shows in words and numbers, and the one line that says what went wrong."""

import anywidget
import traitlets
from ipywidgets import widget_serialization

from annkit.stage import Stage
from annkit.stage.files import beside
from annkit.translation import _


class Words(anywidget.AnyWidget):
    """What a lab says, set like arithmetic: seen at once, and read out by a screen reader when it has come to rest.

    What it shows are the `words` and the `error` of the stage, so that a picture and its words travel as one message.
    It also hears the keys that are pressed in the lab around it: plain ones don't move through the notebook, and Ctrl+Z
    and Ctrl+Y don't change it, but become the events "undo" and "redo".

    Attributes
    ----------
    listener : callable or None
        Called with ``{"event": "undo"}`` or ``{"event": "redo"}``.
    """

    _esm = beside(__file__, "onward.js", "words.js")
    _css = beside(__file__, "card.css", "words.css")
    stage = traitlets.Instance(Stage).tag(sync=True, **widget_serialization)
    again = traitlets.Unicode().tag(sync=True)
    """What it says where there is no kernel any more."""

    def __init__(self, stage):
        super().__init__(stage=stage, again=_("The kernel of this lab is gone: run its cell again to turn it."))
        self.listener = None
        self.on_msg(self._hear)

    def _hear(self, __, content, buffers):
        if self.listener is not None and content in ({"event": "undo"}, {"event": "redo"}):
            self.listener(content)
