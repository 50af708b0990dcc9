"""How each number of a backprop lab comes about, term by term: forward as sums, back by the chain rule."""

import math
import re
from typing import NamedTuple

from annkit.labs.backprop.digits import agreeing, figures, slope
from annkit.labs.backprop.places import HALF, HIGH, LINES, NODES, PARTS, ROUND
from annkit.labs.backprop.steps import FUNCTIONS, INTO, SUM_OF
from annkit.labs.base.say import Formula
from annkit.wording import subscript

NEGATIVE = re.compile("(?<=[×+−] )−[0-9.e−]+")
"""A negative number behind a sign."""
INWARD = 8
"""So far from its right end stands the mark of a unit's answer."""


class Term(NamedTuple):
    """A part of a formula, and how its value follows from some numbers of the lab."""

    letters: str
    pattern: str
    """The same with places for the numbers: {0}, {1}."""
    names: tuple
    """Those of the numbers; ∂ before one means the slope of E at it."""
    work_out: callable


def single(name):
    """A number alone."""
    return Term(letter(name), "{0}", (name,), lambda value: value)


def product(first, second):
    """One number times another."""
    return Term(f"{letter(first)} {letter(second)}", "{0} × {1}", (first, second), lambda a, b: a * b)


def letter(name):
    """How a number is written, or the slope at it."""
    return f"∂E/∂{subscript(name[1:])}" if name[0] == "∂" else subscript(name)


def formula(now, left, terms, combine, signs=(), write=figures, marked=False):
    """The formula of the number called `left`: what is shown in it comes out from what else is shown.

    Parameters
    ----------
    now : Now
    left : str
    terms : list of Term
    combine : callable
        What the values of the terms, a list, make.
    signs : sequence of str
        What stands before each term but the first.
    write : callable
        How the result is written.
    marked : bool
        Whether the terms are numbered.
    """
    values = [term.work_out(*map(now.get, term.names)) for term in terms]
    result = write(now.get(left))
    texts, digits = agreeing(values, lambda *shown: write(combine(shown)), result)
    columns = [(letter(left), "", result, "")]
    for k, (term, text) in enumerate(zip(terms, texts, strict=True)):
        numbers = map(now.get, term.names)
        shown, __ = agreeing(list(numbers), lambda *n, term=term: figures(term.work_out(*n), digits), text, digits)
        mark = str(k + 1) if marked else ""
        columns.append((term.letters, bracketed(term.pattern.format(*shown), k), bracketed(text, k), mark))
    return Formula(columns, ["=", *signs])


def bracketed(text, behind_sign):
    """A text with brackets around the negative numbers behind signs, one of which may stand before the text."""
    text = NEGATIVE.sub(lambda found: f"({found[0]})", f"+ {text}" if behind_sign else text)
    return text.removeprefix("+ ") if behind_sign else text


# Forward.


def unit(now, name):
    """The sum of a unit and its answer, as two formulas."""
    *edges, bias = INTO[name]
    sources, total = ("x1", "x2") if name[0] == "h" else ("h1", "h2"), SUM_OF[name]
    terms = [*map(product, sources, edges), single(bias)]
    function = now.setup.activation if name[0] == "h" else "sigmoid"
    f, __ = FUNCTIONS[function]
    answer = Term(f"{function}({letter(total)})", function + "({0})", (total,), f)
    return [formula(now, total, terms, sum, "++"), formula(now, name, [answer], sum)]


def part(now, k):
    """The part of the error that comes from one output."""
    t, o = "t" + k, "o" + k
    term = Term(f"({letter(t)} − {letter(o)})²", "({0} − {1})²", (t, o), lambda t, o: (t - o) ** 2)
    return formula(now, "p" + k, [term], sum)


def error(now):
    """The error, as the sum of both parts or half of it."""
    before, share = ("½ ", 2) if now.setup.half else ("", 1)
    terms = [
        Term(
            f"{before}({letter('t' + k)} − {letter('o' + k)})²", before + "({0} − {1})²", ("t" + k, "o" + k),
            lambda t, o: (t - o) ** 2 / share,
        )
        for k in "12"
    ]  # fmt: skip
    return formula(now, "E", terms, sum, "+")


# Back.


def from_error(now, k):
    """The first factor: how E answers to an output."""
    t, o = "t" + k, "o" + k
    before, times = ("−", -1) if now.setup.half else ("−2 ", -2)
    return Term(f"{before}({letter(t)} − {letter(o)})", before + "({0} − {1})", (t, o), lambda t, o: times * (t - o))


def from_outputs(j):
    """The first factor one layer back: what comes back to a hidden unit, summed over the outputs."""
    names = ("∂y1", f"v{j}1", "∂y2", f"v{j}2")
    letters = "({} {} + {} {})".format(*map(letter, names))
    return Term(letters, "({0} × {1} + {2} × {3})", names, lambda a, v, b, w: a * v + b * w)


def through(now, name):
    """The second factor: the slope of a unit's activation."""
    function, a = now.setup.activation if name[0] == "h" else "sigmoid", letter(name)
    if function == "sigmoid":
        return Term(f"{a} (1 − {a})", "{0} (1 − {0})", (name,), lambda a: a * (1 - a))
    if function == "tanh":
        return Term(f"(1 − {a}²)", "(1 − {0}²)", (name,), lambda a: 1 - a * a)
    total = SUM_OF[name]
    return Term(f"relu′({letter(total)})", "relu′({0})", (total,), lambda z: 1 if z > 0 else 0)


def back(now, name):
    """The slope of E at a unit's sum."""
    return formula(now, "∂" + SUM_OF[name], _factors(now, name), math.prod, "×", slope, marked=True)


def edge(now, name):
    """The slope of E at a weight or a bias: the chain rule, factor by factor."""
    terms = _factors(now, end(name))
    source = start(name)
    terms.append(single(source) if source else Term("1", "1", (), lambda: 1))
    return formula(now, "∂" + name, terms, math.prod, "××", slope, marked=True)


def in_letters(now, name):
    """The chain rule of a weight or a bias without its numbers, for who wants to think."""
    source = start(name)
    terms = [*(term.letters for term in _factors(now, end(name))), letter(source) if source else "1"]
    return Formula([(letter("∂" + name), "", "", ""), *((term, "", "", "") for term in terms)], "=××")


def _factors(now, name):
    return [from_error(now, name[1]) if name[0] == "o" else from_outputs(name[1]), through(now, name)]


# Which and where.


def end(name):
    """The unit that an edge leads to."""
    return ("h" if name[0] in "wb" else "o") + name[-1]


def start(name):
    """The node that an edge comes from; None for a bias."""
    return {"w": "x", "v": "h"}[name[0]] + name[1] if name[0] in "wv" else None


def made_of(name, back):
    """All nodes and edges that make a number, or, on the way `back`, the slope at it."""
    if name == "E":
        return {"E", "t1", "t2"}
    if name[0] == "t":
        return {name, "o" + name[1]}
    if name[0] == "x":
        return {name, f"w{name[1]}1", f"w{name[1]}2"}
    unit, source = (name, None) if name in INTO else (end(name), start(name))
    if back:
        j = unit[1]
        lit = {"t" + j} if unit[0] == "o" else {f"v{j}1", f"v{j}2", "o1", "o2"}
        return {name, unit, *lit} | ({source} if source else set())
    if name in INTO:
        return {name, *INTO[name], *(("x1", "x2") if name[0] == "h" else ("h1", "h2"))}
    return {name, unit} | ({source} if source else set())


def marks(name):
    """Where the factors of a slope come from, as places in the picture: by the number that each factor has."""
    unit = name if name in INTO else end(name)
    x, y = NODES[unit]
    found = {"1": _at_answer(unit), "2": (x, y - HIGH / 2)}
    if unit[0] == "o":
        found["1"] = (x + HALF + NODES["t1"][0] - PARTS) / 2, y
    if name in INTO:
        return found
    source = start(name)
    if source is None:
        found["3"] = LINES[name][0]
    elif source[0] == "h":
        found["3"] = _at_answer(source)
    else:
        u, v = NODES[source]
        found["3"] = u, v - ROUND
    return found


def _at_answer(unit):
    """A place at the right end of a unit, where its answer leaves it."""
    x, y = NODES[unit]
    return x + HALF - INWARD, y - HIGH + 5
