"""The space lab: a 2 × 2 matrix, and the plane that it moves."""

import numpy as np

from annkit import data, inputs
from annkit.labs.base.lab import STEP, Lab, nearest
from annkit.labs.base.say import Badge, Rows, Text
from annkit.labs.base.traits import Choice, Number, Whole
from annkit.stage import ARROWS, Equation, Handle, bare, marks, new_figure
from annkit.translation import N_, _
from annkit.wording import in_product, number, row_of, weighted_sum

WEIGHTS = ("w1", "w2", "w3", "w4")
NAMES = data.names("w", 4)
INPUTS, UNITS = data.names("x", 2), data.names("h", 2)
MOVES = {
    N_("turn"): (0, 1, -1, 0),
    N_("stretch"): (1.5, 0, 0, 0.5),
    N_("shear"): (1, 0, 1, 1),
    N_("mirror"): (-1, 0, 0, 1),
    N_("flatten"): (1, 0.5, -0.5, -0.25),
    N_("stay"): (1, 0, 0, 1),
}
"""Matrices to try, row by row."""
GOALS = ((-2, 0.5, -0.5, 1.5), (1, -1, 1, 2), (0.5, 1, 1.5, -1))
"""Where the F can be wanted, row by row."""
REACH = np.array([3.5, 3.0])
"""So far from the middle hands can move something, across and up; the frame is a little larger."""
FRAME = REACH + 0.2
MUCH = 8
"""A frame so many times larger than it has to be gives way to a smaller one."""
TICK = 1 / 32
"""How much farther the plane moves with a picture; exact in binary."""
TILE = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
F = 0.01 * np.array(
    [[30, 14], [46, 14], [46, 44], [70, 44], [70, 58], [46, 58], [46, 72], [78, 72], [78, 86], [30, 86]]
)
"""The corners of a letter that looks the same neither turned nor turned over."""
NBSP = "\N{NO-BREAK SPACE}"
DISC = 10
"""The radius of what is taken hold of, in stage units."""
COLOURS = ("violet", "teal")
"""Of each arrow, of its row of W, and of the lines that run along it."""


def area_of(W):
    """w₁w₄ − w₂w₃; 0 also where the two differ only by what was rounded."""
    (w1, w2), (w3, w4) = W.tolist()
    one, other = w1 * w4, w2 * w3
    return 0.0 if abs(one - other) <= 1e-12 * (abs(one) + abs(other)) else one - other


class SpaceLab(Lab):
    """A 2 × 2 matrix W, and the plane, every point x of which it moves to h = x W.

    Parameters
    ----------
    w1, w2, w3, w4 : float
        The weights, row by row: W = (w1 w2; w3 w4). (1, 0) goes to the first row, (0, 1) to the second; these two are
        arrows.
    goal : int
        Which of the wanted places of the F is drawn, from 1; 0 for none.
    x1, x2 : float
        The point that is looked at.
    moved : float
        How far the plane is on its way, from 0 (nothing has moved) to 1.
    samples : {"rows", "columns"}
        Whether a point is written as a row, h = x W, or as a column, hᵀ = Wᵀ xᵀ: then the arrows are columns.

    Raises
    ------
    traitlets.TraitError
        If a weight or a coordinate is not a finite number, or there is no such goal.

    Examples
    --------
    >>> lab = SpaceLab(w1=0, w2=1, w3=-1, w4=0)
    >>> print("\\n".join(lab.describe().splitlines()[:2]))
    Areas stay as large as they are.
    (1, 0) goes to (0, 1), row 1 of W.
    """

    w1, w2 = Number(1), Number(0.5)
    w3, w4 = Number(-1), Number(1)
    goal = Whole(0, low=0, high=len(GOALS))
    x1, x2 = Number(2, glance=True), Number(1, glance=True)
    moved = Number(1, low=0, high=1, glance=True)
    samples = Choice(["rows", "columns"], glance=True)

    label = N_("Picture of the plane; both arrows and the point x can be moved")
    motion = True

    # What is computed.

    @property
    def W(self):
        """The weights as a matrix, shape (2, 2)."""
        return np.reshape([getattr(self, name) for name in WEIGHTS], (2, 2))

    @property
    def x(self):
        """The point that is looked at, shape (2,)."""
        return np.array([self.x1, self.x2])

    @property
    def area(self):
        """What areas are multiplied by; below 0 where the plane is turned over."""
        return area_of(self.W)

    @property
    def wanted(self):
        """The matrix that brings the F to where it is wanted, shape (2, 2); None where it is wanted nowhere."""
        return np.reshape(GOALS[self.goal - 1], (2, 2)) if self.goal else None

    @property
    def reached(self):
        """Whether the F lies where it is wanted."""
        return self.goal > 0 and np.allclose(self.W, self.wanted, atol=1e-9)

    def move(self, weights):
        """Take these four weights, row by row, and show from the start how they move the plane."""
        weights = inputs.vector("weights", weights)
        if weights.size != len(WEIGHTS):
            message = _("weights should be four numbers, row by row, not {count}.")
            raise ValueError(message.format(count=weights.size))
        self.set(**dict(zip(WEIGHTS, weights.tolist(), strict=True)), moved=0)
        self.play()

    def advance(self):
        """One step on the way, which begins anew where it has ended. Returns False at its end."""
        self.moved = 0 if self.moved == 1 else min(1, self.moved + TICK)
        return self.moved < 1

    def settle(self, changed):
        """Who turns a weight sees where it leads, not a place on the way there."""
        if self.moved < 1 and "moved" not in changed and changed & set(WEIGHTS):
            self.moved = 1
            self.pause()

    # The picture.

    def setting(self, now):
        """How many times larger than usual the frame has to be, for both arrows and the point.

        It stays as it is `now` while that is not much too large, so that it doesn't jump under a hand.
        """
        size = 1
        while (np.abs([*self.W, self.x]) > size * REACH).any():
            size *= 2
        return now if now and size <= now < MUCH * size else size

    def figure(self, size):
        figure, (equation, plane) = new_figure(490, 520, nrows=2, height_ratios=(104, 416))
        bare(equation)
        (right, top), ticks = size * FRAME, size * np.arange(-3, 4)
        plane.set(xlim=(-right, right), ylim=(-top, top), xticks=ticks, yticks=ticks)
        plane.set_aspect("equal")
        plane.grid(True)
        plane.axhline(0, color=plane.xaxis.label.get_color(), alpha=0.3, linewidth=1)
        plane.axvline(0, color=plane.xaxis.label.get_color(), alpha=0.3, linewidth=1)
        return figure

    def draw(self):
        panel = self.stage.panels[1]
        W = (1 - self.moved) * np.eye(2) + self.moved * self.W  # every point goes straight
        parts = [*self._grid(panel, W), *self._tiles(panel, W), *self._walk(panel, W)]
        self.stage.show(self._equation() + marks.clip(panel, *parts), [*self._tips(panel, W), self._grip(panel)])

    def _grid(self, panel, W):
        """The lines of the plane that were a grid, each in the colour of the arrow that it runs along."""
        ends = 3 * self.drawn_for
        across = np.arange(-ends, ends + 1, self.drawn_for)
        for arrow, colour in enumerate(COLOURS):
            lines = np.empty((len(across), 2, 2))
            lines[..., arrow], lines[..., 1 - arrow] = (-ends, ends), across[:, None]
            yield marks.lines(panel, lines @ W, colour, width=1.4, opacity=0.6)

    def _tiles(self, panel, W):
        """The tile with the F: where it was, where it is wanted, and where it is."""
        yield marks.line(panel, *TILE.T, "grey", 1.2, dash="3 3")
        yield marks.area(panel, *F.T, "grey", 0.35)
        if self.goal:
            yield marks.area(panel, *(TILE @ self.wanted).T, "good", 0.12)
            for corners in (TILE, F[[*range(len(F)), 0]]):
                yield marks.line(panel, *(corners @ self.wanted).T, "good", 2, dash="5 3")
        colour = marks.sign_colour(area_of(W))
        yield marks.area(panel, *(TILE @ W).T, colour, 0.22)
        yield marks.line(panel, *(TILE @ W).T, colour, 1.5)
        yield marks.area(panel, *(F @ W).T, "ink", 0.9)
        yield marks.line(panel, *(F @ W).T, width=1)

    def _walk(self, panel, W):
        """The point's way: x₁ times along the first arrow, then x₂ times along the second."""
        corners = np.array([(0, 0), self.x1 * W[0], self.x @ W])
        for i, colour in enumerate(COLOURS):
            yield marks.line(panel, *corners[i : i + 2].T, colour, 3, dash="3 4")
        for tip, colour in zip(W, COLOURS, strict=True):
            start, end = panel.place(*np.array([(0, 0), tip]).T)
            shown = 1 - DISC / max(np.hypot(*(end - start)), DISC)  # the arrow ends where its disc begins
            yield marks.arrow(panel, *np.array([(0, 0), shown * tip]).T, colour, width=4, head=13)
        yield marks.at(panel, *corners[2], marks.disc("ink", "h", DISC))

    def _tips(self, panel, W):
        words = _("arrow {number}: ({start}) goes to {end}")
        for i, (colour, start) in enumerate(zip(COLOURS, ("1, 0", "0, 1"), strict=True)):
            label = words.format(number=i + 1, start=start, end=row_of(self.W[i]))
            yield Handle(f"a{i + 1}", panel, *W[i], marks.disc(colour, i + 1, DISC), label)

    def _grip(self, panel):
        label = _("the point x, {x}, goes to {h}").format(x=row_of(self.x), h=row_of(self.x @ self.W))
        return Handle("x", panel, *self.x, marks.dot(DISC, "x"), label)

    def _equation(self):
        """h = x W with its numbers, the rows of W in the arrows' colours; or hᵀ = Wᵀ xᵀ, the columns of Wᵀ."""
        x, W, h = self.x[None], self.W, (self.x @ self.W)[None]
        parts = [{"numbers": x, "name": "x"}, {"numbers": W, "name": "W"}, {"numbers": h, "name": "h = x W"}]
        if self.samples == "columns":
            parts = [{"numbers": W.T, "name": "Wᵀ"}, {"numbers": x.T, "name": "xᵀ"}]
            parts.append({"numbers": h.T, "name": "hᵀ = Wᵀ xᵀ"})
        shapes = [part["numbers"].shape for part in parts]
        equation = Equation(self.stage.panels[0], shapes, ["×", "="], 64, 32)
        matrix, bands = equation.matrices[1 if self.samples == "rows" else 0], ""
        for i, colour in enumerate(COLOURS):
            place = (matrix.left, matrix.top + i * matrix.height, 2 * matrix.width, matrix.height)
            if self.samples == "columns":
                place = (matrix.left + i * matrix.width, matrix.top, matrix.width, 2 * matrix.height)
            bands += marks.box(*place, colour, opacity=0.25, round=4)
        return bands + equation.draw(*({**part, "numbers": part["numbers"].tolist()} for part in parts))

    # The words.

    def words(self):
        return [
            self._area_in_words(),
            self._arrows_in_words(),
            self._sums_in_words(),
            self._area_in_numbers(),
            *self._goal_in_words(),
            Text(self._help(), "help"),
        ]

    def _area_in_words(self):
        if not self.W.any():
            return _("The plane is flattened to a point.")
        if not self.area:
            return _("The plane is flattened to a line.")
        times = number(abs(self.area))
        if times == "1":
            if self.area > 0:
                return _("Areas stay as large as they are.")
            return _("Areas stay as large as they are, but are turned over.")
        sentence = _("Areas become {times} times as large.")
        if self.area < 0:
            sentence = _("Areas become {times} times as large and are turned over.")
        return sentence.format(times=times)

    def _arrows_in_words(self):
        line, caption = _("({start}) goes to {end}, row {number} of W."), _("the rows of W")
        if self.samples == "columns":
            line, caption = _("({start}) goes to {end}, column {number} of Wᵀ."), _("the columns of Wᵀ")
        starts, ends = ("1, 0", "0, 1"), list(map(row_of, self.W))
        lines = [line.format(start=starts[i], end=ends[i], number=i + 1) for i in (0, 1)]
        return Rows(lines, [[f"({start})", "→", end, ""] for start, end in zip(starts, ends, strict=True)], caption)

    def _sums_in_words(self):
        """Both weighted sums; read downward, they are x₁ times the first arrow and x₂ times the second."""
        lines, cells = [], []
        for unit, weights, total in zip(UNITS, self.W.T, self.x @ self.W, strict=True):
            lines.append(f"{unit} = {weighted_sum(self.x, weights, 0)} = {number(total)}")
            first, second = map(in_product, weights)
            products = f"{number(self.x1)} ×{NBSP}{first}", f"{in_product(self.x2)} ×{NBSP}{second}"
            cells.append([unit, products[0], "+", products[1], "=", number(total)])
        part = _("{x} × row {number}") if self.samples == "rows" else _("{x} × column {number}")
        heads = [part.format(x=x, number=i + 1).replace(" ", NBSP) for i, x in enumerate(INPUTS)]
        return Rows(
            lines, cells, _("h of x = {x}").format(x=row_of(self.x)), heads=["", heads[0], "", heads[1], "", ""]
        )

    def _area_in_numbers(self):
        w1, w2, w3, w4 = map(in_product, self.W.ravel())
        numbers = f"{number(self.w1)} × {w4} − {w2} × {w3} = {number(self.area)}"
        return Rows([f"w₁w₄ − w₂w₃ = {numbers}"], [[numbers]], _("area, w₁w₄ − w₂w₃"))

    def _goal_in_words(self):
        if not self.goal:
            return []
        if self.reached:
            return [Badge(_("On the dashed F."), good=True)]
        return [Badge(_("Not on the dashed F yet."), good=False)]

    def _help(self):
        if self.moved < 1:
            return _("On the way: {moved} of it. Play goes on.").format(moved=number(self.moved))
        if (np.abs(self.x @ self.W) > self.drawn_for * FRAME).any():
            return _("h lies outside of the picture. Drag x nearer to the middle.")
        return _("Drag an arrow by its number, drag x, or press Play.")

    # What hands do.

    def dragged(self, handle, x, y):
        self._put(handle, self.stage.panels[1].data(x, y))

    def clicked(self, x, y):
        panel = self.stage.panels[1]
        if panel.holds(x, y):
            self._put("x", panel.data(x, y))

    def pressed(self, handle, key):
        if key in ARROWS:
            self._put(handle, self._places()[handle] + STEP * np.array(ARROWS[key]))

    def _places(self):
        return {"a1": self.W[0], "a2": self.W[1], "x": self.x}

    def _put(self, handle, place):
        """Put an arrow's tip, or the point, to the nearest quarters within the frame."""
        names = {"a1": WEIGHTS[:2], "a2": WEIGHTS[2:], "x": ("x1", "x2")}[handle]
        ends = self.drawn_for * REACH
        self.set(**{name: nearest(value, -end, end) for name, value, end in zip(names, place, ends, strict=True)})

    def controls(self):
        sliders = {name: self.slider(name, label, -3, 3) for name, label in zip(WEIGHTS, NAMES, strict=True)}
        begin = _("({start}) goes to")
        moves = [self.button(_(name), lambda weights=weights: self.move(weights)) for name, weights in MOVES.items()]
        views = {"rows": _("points are rows"), "columns": _("points are columns")}
        return [
            begin.format(start="1, 0"), sliders["w1"], sliders["w2"],
            begin.format(start="0, 1"), sliders["w3"], sliders["w4"],
            moves,
            [*self.player(), self.slider("moved", _("moved"), 0, 1, step=TICK)],
            self.chooser("samples", _("View"), views),
        ]  # fmt: skip
