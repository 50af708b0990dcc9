"""How each number of a backprop lab comes about, term by term: forward as sums, back by the chain rule."""

import math
import re
from typing import NamedTuple

from annkit.labs.backprop.digits import agreeing, figures, slope
from annkit.labs.backprop.steps import FUNCTIONS, INTO, SUM_OF, end, start
from annkit.labs.base.say import Formula
from annkit.translation import _
from annkit.wording import subscript

NEGATIVE = re.compile("(?<=[×+−] )−[0-9.e−]+")
"""A negative number behind a sign."""


class Term(NamedTuple):
    """A part of a formula, and how its value follows from some numbers of the lab."""

    letters: str
    pattern: str
    """The same with places for the numbers: {0}, {1}."""
    names: tuple
    """Those of the numbers, as `Now.get` knows them: ∂ before one means the slope of E at it."""
    work_out: callable


class Recipe(NamedTuple):
    """A number and the terms that make it."""

    left: str
    terms: list
    combine: callable = sum
    """What the values of the terms, a list, make."""
    signs: str = ""
    """What stands before each term but the first."""
    marked: bool = False
    """Whether the terms are numbered, as they are in the picture."""

    def in_letters(self):
        """The formula without its numbers, for who wants to work it out."""
        terms = [(term.letters, "", "", "") for term in self.terms]
        return Formula([(letter(self.left), "", "", ""), *terms], ["=", *self.signs])

    def worked_out(self, now):
        """The formula with its numbers: what is shown in it comes out from what else is shown."""
        write = slope if self.left[0] == "∂" else figures
        values, result = [term.work_out(*map(now.get, term.names)) for term in self.terms], write(now.get(self.left))
        texts, digits = agreeing(values, lambda *shown: write(self.combine(shown)), result)
        columns = [(letter(self.left), "", result if len(texts) > 1 else "", "")]
        for k, (term, text) in enumerate(zip(self.terms, texts, strict=True)):
            numbers, __ = agreeing(
                [now.get(name) for name in term.names],
                lambda *shown, term=term: figures(term.work_out(*shown), digits), text, digits,
            )  # fmt: skip
            shown = bracketed(term.pattern.format(*numbers), k), bracketed(text, k)
            columns.append((term.letters, *shown, str(k + 1) if self.marked else ""))
        return Formula(columns, ["=", *self.signs])


def letter(name):
    """How a number is written, or the slope at it."""
    return f"∂E/∂{subscript(name[1:])}" if name[0] == "∂" else subscript(name)


def bracketed(text, behind_sign):
    """A text with brackets around the negative numbers behind signs, one of which may stand before the text."""
    text = NEGATIVE.sub(lambda found: f"({found[0]})", f"+ {text}" if behind_sign else text)
    return text.removeprefix("+ ") if behind_sign else text


def _single(name):
    return Term(letter(name), "{0}", (name,), lambda value: value)


def _product(first, second):
    return Term(f"{letter(first)} {letter(second)}", "{0} × {1}", (first, second), lambda a, b: a * b)


# Forward.


def total(name):
    """The weighted sum of a unit."""
    *edges, bias = INTO[name]
    sources = ("x1", "x2") if name[0] == "h" else ("h1", "h2")
    return Recipe(SUM_OF[name], [*map(_product, sources, edges), _single(bias)], signs="++")


def answer(setup, name):
    """What the activation of a unit makes of its sum."""
    function, z = _function(setup, name), SUM_OF[name]
    f, __ = FUNCTIONS[function]
    return Recipe(name, [Term(f"{function}({letter(z)})", function + "({0})", (z,), f)])


def part(k):
    """The part of the error that comes from one output."""
    return Recipe("p" + k, [_square(k, "", 1)])


def error(setup):
    """The error, as the sum of both parts or half of it."""
    return Recipe("E", [_square(k, *(("½ ", 2) if setup.half else ("", 1))) for k in "12"], signs="+")


def brings(name):
    """What a weight adds to the sum that it leads to."""
    return _product(start(name), name)


def _square(k, before, share):
    t, o = letter("t" + k), letter("o" + k)
    letters, pattern = f"{before}({t} − {o})²", before + "({0} − {1})²"
    return Term(letters, pattern, ("t" + k, "o" + k), lambda t, o: (t - o) ** 2 / share)


def _function(setup, name):
    return setup.activation if name[0] == "h" else "sigmoid"


# Back.


def at_sum(setup, name):
    """The slope of E at a unit's sum."""
    return Recipe("∂" + SUM_OF[name], _factors(setup, name), math.prod, "×", marked=True)


def at_edge(setup, name):
    """The slope of E at a weight or a bias: the chain rule, factor by factor."""
    last = _single(start(name)) if start(name) else Term("1", "1", (), lambda: 1)
    return Recipe("∂" + name, [*_factors(setup, end(name)), last], math.prod, "××", marked=True)


def update(name):
    """What an update made of a weight or a bias: of the old one, and of the slope at that."""
    old = Term(_("old {name}").format(name=letter(name)), "{0}", ("old " + name,), lambda value: value)
    step = Term(f"α {letter('∂' + name)}", "{0} × {1}", ("α", "old ∂" + name), lambda rate, slope: rate * slope)
    return Recipe(name, [old, step], lambda values: values[0] - values[1], "−")


def _factors(setup, name):
    """What comes back to a unit, and the slope of its activation."""
    return [_from_error(setup, name[1]) if name[0] == "o" else _from_outputs(name[1]), _through(setup, name)]


def _from_error(setup, k):
    """How E answers to an output."""
    t, o = letter("t" + k), letter("o" + k)
    before, times = ("−", -1) if setup.half else ("−2 ", -2)
    letters, pattern = f"{before}({t} − {o})", before + "({0} − {1})"
    return Term(letters, pattern, ("t" + k, "o" + k), lambda t, o: times * (t - o))


def _from_outputs(j):
    """How E answers to a hidden unit: summed over the outputs."""
    names = ("∂y1", f"v{j}1", "∂y2", f"v{j}2")
    letters = "({} {} + {} {})".format(*map(letter, names))
    return Term(letters, "({0} × {1} + {2} × {3})", names, lambda a, v, b, w: a * v + b * w)


def _through(setup, name):
    """The slope of a unit's activation."""
    function, a, z = _function(setup, name), letter(name), SUM_OF[name]
    if function == "sigmoid":
        return Term(f"{a} (1 − {a})", "{0} (1 − {0})", (name,), lambda a: a * (1 - a))
    if function == "tanh":
        return Term(f"(1 − {a}²)", "(1 − {0}²)", (name,), lambda a: 1 - a * a)
    return Term(f"relu′({letter(z)})", "relu′({0})", (z,), lambda z: 1 if z > 0 else 0)
