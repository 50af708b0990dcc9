"""What a lab says, in pieces that are lines of text for everybody and set like arithmetic for the eye.

A lab's `words()` is a list of these pieces and of plain texts. `str` of a piece is its line.
"""

import numpy as np

from annkit.translation import _
from annkit.wording import number, weighted_sum

MOST_NAMED = 20
"""Up to so many wrong answers are named one by one."""


class Piece:
    """A piece: `str` is its line of text, or its lines; `state` is what the browser shows beside or instead of them."""

    def state(self):
        """A dict for the browser, with its ``kind``."""
        raise NotImplementedError


class Text(Piece):
    """A sentence. `kind` is "text", "terms" (its weights and biases have the colours of their signs), "lead" (the most
    important one), "big" (the number that counts) or "help" (what would help now, at the foot)."""

    def __init__(self, text, kind="text"):
        self.text, self.kind = text, kind

    def __str__(self):
        return self.text

    def state(self):
        return {"kind": self.kind}


class Sum(Piece):
    """A weighted sum: a product a line, a rule, the total.

    Parameters
    ----------
    x, weights : sequence of float
        What is multiplied, one with the other.
    bias : float, optional
        What is added last.
    line : str
        The line as it is said, with its place ``{sum}`` for the arithmetic and ``{total}`` for the result.
    total : float
        The result.
    names : sequence of str, optional
        What stands before each product, such as where it comes from.
    symbol : str
        The bias's letter.
    caption, end : str
        What the sum is of, and what follows the total, such as ``> 0``.
    verdict : Verdict, optional
    """

    def __init__(
        self, x, weights, bias, total, line="{sum} = {total}", caption="", end="", verdict=None, names=(), symbol="b"
    ):  # fmt: skip
        self.x, self.weights, self.bias, self.total, self.symbol = x, weights, bias, total, symbol
        self.line, self.caption, self.end, self.verdict, self.names = line, caption, end, verdict, names

    def __str__(self):
        return self.line.format(
            sum=weighted_sum(self.x, self.weights, self.bias or 0), total=number(self.total), end=self.end
        )

    def state(self):
        products = [[number(x), number(w), number(x * w)] for x, w in zip(self.x, self.weights, strict=True)]
        return {
            "kind": "sum", "caption": self.caption, "names": list(self.names), "products": products,
            "bias": None if self.bias is None else number(self.bias), "total": number(self.total), "end": self.end,
            "verdict": self.verdict and self.verdict.state(), "symbol": self.symbol,
        }  # fmt: skip


class Verdict(Piece):
    """An answer as a badge in the colour and the shape of its class: `label` 1 for O, 0 for X."""

    def __init__(self, label, text):
        self.label, self.text = int(label), text

    def __str__(self):
        return self.text

    def state(self):
        return {"kind": "verdict", "label": self.label, "text": self.text}


class Score(Piece):
    """How many are right, and which are wrong.

    Parameters
    ----------
    right : array_like of bool, shape (n,)
    names : sequence of str, optional
        What each is called; else they are numbers from 1.
    """

    def __init__(self, right, names=None):
        self.right, self.names = np.asarray(right, bool), names

    def __str__(self):
        wrong = np.flatnonzero(~self.right).tolist()
        if not 0 < len(wrong) <= MOST_NAMED:
            return self._count()
        points = ", ".join(str(i + 1) if self.names is None else self.names[i] for i in wrong)
        return self._count() + " " + _("Wrong: {points}.").format(points=points)

    def _count(self):
        return _("{right} of {count} right.").format(right=self.right.sum(), count=len(self.right))

    def state(self):
        dots = self.right.astype(int).tolist() if len(self.right) <= MOST_NAMED else None
        share = float(self.right.mean())
        return {"kind": "score", "dots": dots, "share": share, "done": share == 1}


class Rows(Piece):
    """Several lines of the same form: their cells stand under each other, numbers at the right.

    Parameters
    ----------
    lines : sequence of str
        Each row as it is said.
    cells : sequence of sequences of str
        Each row as it is shown.
    caption : str
        What they are, and `heads` what stands over each cell.
    lit : int, optional
        The row that is looked at.
    signed : sequence of int
        The columns whose numbers have the colour of their sign.
    total : bool
        Whether the last row is the sum of those above it.
    """

    def __init__(self, lines, cells, caption="", lit=None, heads=(), signed=(), total=False):
        self.lines, self.cells, self.caption, self.lit = list(lines), [list(row) for row in cells], caption, lit
        self.heads, self.signed, self.total = list(heads), list(signed), total

    def __str__(self):
        return "\n".join(self.lines)

    def state(self):
        return {
            "kind": "rows", "caption": self.caption, "cells": self.cells, "lit": self.lit, "heads": self.heads,
            "signed": self.signed, "total": self.total,
        }  # fmt: skip


class Formula(Piece):
    """A formula, term by term in three lines under each other: in letters, with its numbers, worked out.

    Parameters
    ----------
    terms : sequence of (str, str, str, str)
        Of each term the letters, the numbers, what they make, and the mark that it has in the picture, or "". The first
        one is what is worked out: its line of numbers is empty.
    signs : sequence of str
        What stands before each term but the first.
    """

    def __init__(self, terms, signs):
        self.terms, self.signs = [tuple(term) for term in terms], list(signs)

    def __str__(self):
        (letters, __, result, __), *terms = self.terms
        rows = [letters, *(self._row(terms, which) for which in (0, 1, 2)), result]
        said = [row for row, before in zip(rows, ["", *rows], strict=False) if row.strip(" ×+−") and row != before]
        return " = ".join(said)

    def _row(self, terms, which):
        first, *others = (term[which] for term in terms)
        return " ".join([first, *(f"{sign} {term}" for sign, term in zip(self.signs[1:], others, strict=True))])

    def state(self):
        return {"kind": "formula", "terms": [list(term) for term in self.terms], "signs": self.signs}


class Badge(Piece):
    """A sentence that says how it went: `good` when it is well, else what it is about."""

    def __init__(self, text, good):
        self.text, self.good = text, good

    def __str__(self):
        return self.text

    def state(self):
        return {"kind": "badge", "done": bool(self.good)}


def spoken(pieces):
    """All pieces as one text, line by line."""
    return "\n".join(map(str, pieces))


def set_out(pieces):
    """All pieces as one text, and as states for the browser, each with the number of its first line.

    The first sentence is the most important.
    """
    texts, states, line = [], [], 0
    for piece in pieces:
        if isinstance(piece, str):
            piece = Text(piece, "text" if states else "lead")
        texts.append(str(piece))
        states.append({**piece.state(), "line": line})
        line += 1 + texts[-1].count("\n")
    return "\n".join(texts), states
