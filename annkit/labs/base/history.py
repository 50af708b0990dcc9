"""The history of a lab: what it was before each change, to go back and forth."""

MOST = 200
"""So many changes can be undone."""
GLANCE = "glance"
"""The gesture of what only gets the focus, which is not remembered."""


class History:
    """Snapshots of a lab's state: those before it, newest last, and those that were left by going back.

    Attributes
    ----------
    gesture : object
        What is going on, such as the drag of one handle: its changes count as one. None between gestures.
    """

    def __init__(self):
        self.gesture = None
        self._ways = {"back": [], "forth": []}

    def add(self, before, gesture):
        """Remember what was `before` a change, if it is not the same gesture that goes on."""
        past = self._ways["back"]
        if gesture is None or gesture != self.gesture:
            past.append(before)
            del past[:-MOST]
        self.gesture = gesture
        self._ways["forth"].clear()

    def let_go(self):
        """The gesture is over."""
        self.gesture = None

    def next(self, way):
        """The snapshot that comes next on the `way`, "back" or "forth"; None at its end."""
        return self._ways[way][-1] if self._ways[way] else None

    def gone(self, way, left):
        """One step on the `way` was gone, and `left` behind."""
        self._ways[way].pop()
        self._ways["forth" if way == "back" else "back"].append(left)
        self.gesture = None

    def clear(self):
        """Forget everything."""
        for snapshots in self._ways.values():
            snapshots.clear()
