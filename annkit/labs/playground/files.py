"""Files that come from the reader's own machine, or go there: opened, dropped on the lab, kept."""

import anywidget
import traitlets

from annkit.stage.events import understood
from annkit.stage.files import beside
from annkit.translation import _

EVENTS = {"file": [("name", "text")], "large": [("name",)]}


class Files(anywidget.AnyWidget):
    """A button that opens a file of text; a file may also be dropped on the lab around it.

    Attributes
    ----------
    listener : callable or None
        Called with a file's name and its text, or None where that is too long.
    """

    _esm, _css = beside(__file__, "files.js"), beside(__file__, "files.css")
    label = traitlets.Unicode().tag(sync=True)
    hint = traitlets.Unicode().tag(sync=True)
    accept = traitlets.Unicode(".json,.csv,.tsv,.txt").tag(sync=True)
    """What kinds of file are offered; others may be opened too."""

    def __init__(self):
        super().__init__(label=_("Open …"), hint=_("A saved playground or a table; or drop the file on the lab"))
        self.listener = None
        self.on_msg(self._hear)

    def give(self, name, text):
        """Give a file to the reader's browser, which keeps it where it keeps what is downloaded."""
        self.send({"name": name, "text": text})

    def bring(self, name, text):
        """Open a file, as a hand does it in the browser."""
        self._hear(self, {"event": "file", "name": name, "text": text}, [])

    def _hear(self, __, content, buffers):
        event = understood(content, EVENTS)
        if event is not None and self.listener is not None:
            self.listener(event["name"], event.get("text"))
