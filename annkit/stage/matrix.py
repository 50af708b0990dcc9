"""A matrix in a picture: its numbers in rows and columns between brackets, one of its cells, rows or columns lit."""

import html

from annkit import wording
from annkit.stage.set import CHARACTER, SYMBOL, Panel
from annkit.stage.stage import ARROWS, Handle

WIDTH, HEIGHT = 52, 26
"""The largest size of a cell in an equation, in stage units."""
LARGE_WIDTH, LARGE_HEIGHT = 66, 46
"""And in a crossing, which needs less room."""
WIDE = 42
"""A cell of this width has room for six characters, a narrower one for five."""
ROOM = 16
"""How much room the names of rows, of columns and of the matrix take around it."""
GAP = 40
"""Between two matrices of an equation, for the sign that stands there."""
ABOVE, BESIDE, BELOW = 24, 40, 30
"""Around a crossing, for names and numbers of columns, of rows, and of matrices."""
BETWEEN = 50
"""Between the matrices of a crossing."""
LETTERS = 4
"""A row's name is cut to so many letters."""
_ATTRIBUTES = 'text-anchor="middle" dominant-baseline="central" fill="currentColor"'


class Equation:
    """Matrices side by side with signs between them, such as X × W = H, as large as their panel lets them be.

    Parameters
    ----------
    panel : Panel
    shapes : sequence of (int, int)
        The rows and the columns of each matrix.
    signs : sequence of str
        What stands between them.
    width, height : float
        The largest size of a cell.
    """

    def __init__(self, panel, shapes, signs, width=WIDTH, height=HEIGHT):
        self.panel, self.signs = panel, signs
        columns = sum(columns for __, columns in shapes)
        width = min(width, (panel.width - 3 * ROOM - GAP * len(signs)) / columns)
        used = columns * width + GAP * len(signs)
        left, self.middle = panel.x + (panel.width - used + ROOM) / 2, panel.y + panel.height / 2
        self.matrices = []
        for rows, columns in shapes:
            self.matrices.append(Matrix(panel, left, self.middle - rows * height / 2, rows, columns, width, height))
            left = self.matrices[-1].right + GAP

    def draw(self, *parts):
        """Marks for one set of numbers: for each matrix what `Matrix.draw` takes, as a dict."""
        drawn = [matrix.draw(**part) for matrix, part in zip(self.matrices, parts, strict=True)]
        signs = [
            f'<text x="{(matrix.right + GAP / 2):.1f}" y="{self.middle:.1f}" font-size="16">{html.escape(sign)}</text>'
            for matrix, sign in zip(self.matrices, self.signs, strict=False)
        ]
        return "".join(drawn) + f"<g {_ATTRIBUTES}>{''.join(signs)}</g>"


class Crossing:
    """A product: the second matrix stands above the result, and the first to its left.

    So a row of the first and a column of the second meet in the cell that they make.

    Parameters
    ----------
    panel : Panel
    rows, length, columns : int
        The first matrix has the shape (rows, length), the second (length, columns).

    Attributes
    ----------
    first, second, result : Matrix
    corner : Panel
        The room above the first matrix, which stays free.
    """

    def __init__(self, panel, rows, length, columns):
        width = min(LARGE_WIDTH, (panel.width - BESIDE - BETWEEN - GAP / 2) / (length + columns))
        height = min(LARGE_HEIGHT, (panel.height - ABOVE - BETWEEN - BELOW) / (length + rows))
        wide = BESIDE + BETWEEN + (length + columns) * width
        high = ABOVE + BETWEEN + BELOW + (length + rows) * height
        left, top = panel.x + (panel.width - wide) / 2, panel.y + (panel.height - high) / 2
        start, across, down = left + BESIDE, length * width + BETWEEN, length * height + BETWEEN
        self.first = Matrix(panel, start, top + ABOVE + down, rows, length, width, height)
        self.second = Matrix(panel, start + across, top + ABOVE, length, columns, width, height)
        self.result = Matrix(panel, start + across, top + ABOVE + down, rows, columns, width, height)
        self.corner = Panel.plain(panel.x, panel.y, self.first.right - panel.x, self.second.bottom - panel.y)

    def draw(self, first, second, result):
        """Marks for one set of numbers: for each matrix what `Matrix.draw` takes, as a dict."""
        return self.first.draw(**first) + self.second.draw(**second) + self.result.draw(**result)


class Matrix:
    """The place of a matrix on the stage.

    Parameters
    ----------
    panel : Panel
        Whose coordinates its handle has.
    left, top : float
        The upper left corner of its first cell, in stage units.
    rows, columns : int
    width, height : float
        Those of a cell.
    """

    def __init__(self, panel, left, top, rows, columns, width=WIDTH, height=HEIGHT):
        self.panel, self.rows, self.columns = panel, rows, columns
        self.left, self.top, self.width, self.height = left, top, width, height
        self._room = 6 if width >= WIDE else 5
        self._size = min(17, height / 2)
        self._small = min(13.5, max(12.5, 0.3 * height))

    @property
    def right(self):
        """Where it ends, to the right."""
        return self.left + self.columns * self.width

    @property
    def bottom(self):
        """Where it ends, below."""
        return self.top + self.rows * self.height

    def draw(self, numbers, name="", row_names=(), column_names=(), row=None, column=None, cell=None):
        """Marks for one set of numbers.

        Parameters
        ----------
        numbers : sequence of sequences of float or str, shape (rows, columns)
        name : str
            Written under the matrix.
        row_names, column_names : sequence of str
            Written to the left of the rows and above the columns.
        row, column : int, optional
            The one that is lit.
        cell : (int, int), optional
            The row and the column of a cell with a frame.
        """
        parts = []
        if row is not None:
            parts.append(self._band(self.left, self.top + row * self.height, self.columns * self.width, self.height))
        if column is not None:
            parts.append(self._band(self.left + column * self.width, self.top, self.width, self.rows * self.height))
        if cell is not None:
            parts.append(self._frame(*cell))
        parts.append(self._brackets())
        parts += self._numbers([value for line in numbers for value in line])
        for i, word in enumerate(wording.brief(word, LETTERS) for word in row_names):
            half = CHARACTER * self._small * len(word) / 2
            parts.append(self._word(self.left - 8 - half, self.middle(i, 0)[1], word))
        heads = list(map(wording.brief, column_names))
        size = min(self._small, (self.width - 2) / (CHARACTER * max(map(len, heads), default=1)))
        parts += [self._word(self.middle(0, j)[0], self.top - self._small, word, size) for j, word in enumerate(heads)]
        if name:
            parts.append(self._word((self.left + self.right) / 2, self.bottom + ROOM, name, letters=True))
        return f'<g {_ATTRIBUTES} class="annkit-pick">{"".join(parts)}</g>'

    def middle(self, row, column):
        """The middle of a cell, in stage units."""
        return self.left + (column + 0.5) * self.width, self.top + (row + 0.5) * self.height

    def at(self, x, y):
        """The row and the column at a place in stage units, or None beside the matrix."""
        row, column = int((y - self.top) // self.height), int((x - self.left) // self.width)
        return (row, column) if 0 <= row < self.rows and 0 <= column < self.columns else None

    def beside(self, cell, key):
        """The cell that an arrow key goes to, round the edges."""
        right, up = ARROWS.get(key, (0, 0))
        return (cell[0] - up) % self.rows, (cell[1] + right) % self.columns

    def handle(self, cell, label):
        """A cell as a handle; each has an id of its own, so that a screen reader says it anew."""
        place = self.panel.data(*self.middle(*cell))
        reach = (self.width / 2 - 1, self.height / 2 - 1)
        return Handle("c{}-{}".format(*cell), self.panel, *place, "", label, movable=False, reach=reach)

    def _numbers(self, values):
        """All numbers in one size, in which the longest has room."""
        if any(isinstance(value, str) for value in values):
            texts = [value if isinstance(value, str) else wording.short(value, self._room) for value in values]
        else:
            texts = wording.alike(values, self._room)
        size = min(self._size, (self.width - 4) / (CHARACTER * max(map(len, texts))))
        for k, text in enumerate(texts):
            x, y = self.middle(*divmod(k, self.columns))
            yield f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.3g}">{html.escape(text)}</text>'

    def _band(self, x, y, width, height):
        return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="4" class="annkit-lit"/>'

    def _frame(self, row, column):
        x, y = self.left + column * self.width + 1, self.top + row * self.height + 1
        size = f'width="{self.width - 2:.1f}" height="{self.height - 2:.1f}" rx="4"'
        return f'<rect x="{x:.1f}" y="{y:.1f}" {size} class="annkit-nl"/>'

    def _brackets(self):
        path = ""
        for x, inward in ((self.left - 2, 5), (self.right + 2, -5)):
            path += f"M{x + inward:.1f},{self.top - 2:.1f}H{x:.1f}V{self.bottom + 2:.1f}H{x + inward:.1f}"
        return f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="1.5"/>'

    def _word(self, x, y, word, size=None, letters=False):
        """A name, in italics where it is a letter of mathematics or made of such `letters`."""
        look = ' class="annkit-i"' if letters or SYMBOL.fullmatch(word) else ""
        return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size or self._small:.3g}"{look}>{html.escape(word)}</text>'
