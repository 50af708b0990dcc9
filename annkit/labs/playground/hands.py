"""What hands do in the playground's picture: pick, add and take away, move samples, set two weights on their plane."""

import numpy as np

from annkit.labs.playground.board import ADDS, BETWEEN, MOST_LAYERS, MOST_UNITS, PLANE
from annkit.labs.playground.picture import shortened, spots
from annkit.labs.playground.samples import HALF, scaled, window
from annkit.stage import ARROWS, Node
from annkit.translation import _
from annkit.wording import subscript

NEAR = 12
"""A pointer so near to a point takes hold of it."""
NUDGE = 1 / 32
"""An arrow key moves a point by this share of half the plane."""
SIGNS = "u+", "u-", "l+", "l-", "p:", "a:"
"""How the names of the handles begin that act like buttons: they add and take away units and layers, and choose what
the plane shows and what a click on it adds."""
MARKS = "○", "×"
"""What a click may add."""
MOST_SIGNS = 9
"""So many signs of a class's own name are written under the plane."""


class Hands:
    """The part of a `Playground` that answers to hands."""

    _held_panel = _held_plane = None
    """The plane of the error, or of the answers, while a hand is on it: it would jump under the hand if it followed."""

    def clicked(self, x, y):
        if (name := self.board.input_at(x, y)) and name not in self.inputs:
            self.use(name)
        elif thing := self.board.at(x, y):
            self.pick(thing)

    def pick(self, thing):
        """Pick a node or an edge; what was picked is the one before."""
        before = self.before if self.picked == thing or self.place_of(self.picked) is None else self.picked
        self.set(picked=thing, before=before)

    def acts(self, handle):
        return handle[:2] in SIGNS

    def chosen(self, handle, again):
        if again and self.acts(handle):
            self._sign(handle)
        elif again and isinstance(self.picked, Node) and self.picked.layer == 0:
            self.drop(self.inputs[self.picked.unit])

    def pressed(self, handle, key):
        if handle == "plane":
            self._key_on_plane(key)
        elif self.acts(handle):
            if key in ("Enter", " "):
                self._sign(handle)
        else:
            self.pick(self.board.beside(self.picked, key))

    def use(self, name):
        """Give the network one more input."""
        self.inputs = (*self.inputs, name)

    def drop(self, name):
        """Take one of its inputs away."""
        self.inputs = tuple(each for each in self.inputs if each != name)

    def add_layer(self):
        """Add a hidden layer, like the last one."""
        if len(self.hidden) == MOST_LAYERS:
            raise ValueError(_("{most} hidden layers are as many as there is room for.").format(most=MOST_LAYERS))
        self.hidden = (*self.hidden, self.hidden[-1] if self.hidden else 4)

    def remove_layer(self):
        """Take the last hidden layer away."""
        if not self.hidden:
            raise ValueError(_("There is no hidden layer to take away."))
        self.hidden = self.hidden[:-1]

    def signs(self):
        """The handles that act like buttons."""
        return [*self.board.signs(), *self._plane_signs(), *self._adding_signs()]

    def _plane_signs(self):
        """Over the plane: what it shows."""
        unit = isinstance(self.picked, Node) and 0 < self.picked.layer <= len(self.hidden)
        names = {"answer": _("what it answers")}
        if unit:
            names["unit"] = subscript(f"h{self.picked.unit + 1}")
        names["surface"] = _("the error")
        options = {f"p:{name}": ("", words, words) for name, words in names.items()}
        now = self.plane if self.plane in names else "answer"
        return self.board.words(PLANE.x, 12, options, f"p:{now}", _("the plane shows: {name}"))

    def _adding_signs(self):
        """Under the plane: what a click on it adds."""
        if self.shows_surface:
            return []
        names = self.class_names if self.classes else ("1", "−1")
        texts = ["" if name in MARKS else shortened(name, MOST_SIGNS) for name in map(str, names)]
        looks = [spots([(0, 0)], label if self.classes else 1, colour=None if self.classes else colour)
                 for label, colour in ((1, "blue"), (0, "orange"))]  # fmt: skip
        ids = [f"a:{sign}" for sign in MARKS]
        options = dict(zip(ids, zip(looks, texts, names, strict=True), strict=True))
        return self.board.words(ADDS + 84, BETWEEN, options, f"a:{self.adds}", _("a click adds: {name}"))

    def _sign(self, handle):
        if handle[:2] == "p:":
            self.plane = handle[2:]
            return
        if handle[:2] == "a:":
            self.adds = handle[2:]
            return
        if handle[0] == "l":
            (self.add_layer if handle == "l+" else self.remove_layer)()
            return
        layer, more = int(handle[2:]), 1 if handle[1] == "+" else -1
        units = self.hidden[layer] + more
        if 1 <= units <= MOST_UNITS:
            self.hidden = (*self.hidden[:layer], units, *self.hidden[layer + 1 :])

    def stroked(self, pad, points, first, last):
        x, y = points[-1]
        if self.shows_surface:
            self._held_panel = panel = self._held_panel or self.surface.panel
            for thing, value in zip(self.pair, np.round(panel.data(x, y), 2).tolist(), strict=True):
                self.turn(self.place_of(thing), value)
            if last:
                self._held_panel = None
            return
        if first:
            self._held_plane = self.panel
            places = self.panel.place(*scaled(self.table.X, self.table).T)
            away = np.hypot(*(places - points[0]).T)
            self._held = away.min() <= NEAR
            self.point = int(away.argmin()) + 1 if self._held else 0
            self._pressed_at = points[0]
        place = self._on_table(x, y)
        if last:
            self._held_plane = None
        if self._held and (not first or len(points) > 1):
            self.table = self.table.moved(self.point - 1, place)
            if last:
                self.redraw()  # the plane may reach less far now
        elif last and not self._held and np.hypot(x - self._pressed_at[0], y - self._pressed_at[1]) < NEAR:
            self.add_point(*place)

    def add_point(self, x, y):
        """Add a sample of the class that is chosen."""
        label = int(self.adds == "○")
        self.table = self.table.with_row([x, y], [label if self.classes else 2 * label - 1])
        self.point = len(self.table)

    def remove_point(self):
        """Take the chosen sample away."""
        if not self.point:
            raise ValueError(_("Choose a point first: click it."))
        self.table = self.table.without_row(self.point - 1)
        self.point = 0

    def _on_table(self, x, y):
        """A place on the stage as the table's numbers, exact in binary."""
        middle, half = window(self.table)
        share = np.clip(self.panel.data(x, y), *self.panel.xlim) / HALF
        grain = 2.0 ** np.floor(np.log2(half / 100))
        return (np.round((middle + share * half) / grain) * grain).tolist()

    def _key_on_plane(self, key):
        if key in ("Enter", " "):
            self.point = self.point % len(self.table) + 1
        elif key in ("Delete", "Backspace"):
            self.remove_point()
        elif self.point:
            half = window(self.table)[1]
            x = self.table.X[self.point - 1] + np.array(ARROWS[key]) * half * NUDGE
            self.table = self.table.moved(self.point - 1, x)
