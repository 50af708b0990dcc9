"""How numbers are written for a learner."""

import math


def number(value):
    """`value` with at most four decimals and a true minus sign: 2, 0.5, −0.25. Only 0 is written as 0.

    >>> number(2.0), number(-0.25), number(1 / 3)
    ('2', '−0.25', '0.3333')
    """
    if not math.isfinite(value):
        return str(value).replace("-", "−").replace("inf", "∞")
    value = value + 0.0  # −0 is 0
    if value != 0 and not 1e-4 <= abs(value) <= 1e9:
        text = f"{value:.1e}"
    else:
        text = f"{value:.4f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def subscript(name):
    """A name with its digits written below the line: w₁₂ for w12."""
    return name.translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def weighted_sum(x, weights, bias):
    """The arithmetic of a weighted sum with its numbers: 4 × 0.5 + 3 × (−0.25) − 2."""
    terms = [f"{_in_product(v)} × {_in_product(w)}" for v, w in zip(x, weights, strict=True)]
    text = " + ".join([f"{number(x[0])} × {_in_product(weights[0])}", *terms[1:]])
    return text if bias == 0 else f"{text} {'−' if bias < 0 else '+'} {number(abs(bias))}"


def _in_product(value):
    return f"({number(value)})" if value < 0 else number(value)


def short(value):
    """`value` in at most five characters, for where there is little room; a "0." before digits stays.

    >>> short(2.0), short(-0.25), short(0.88079), short(-0.98201), short(-1234.6), short(12345678), short(0.00001)
    ('2', '−0.25', '0.881', '−0.98', '−1235', '1e7', '1e−5')
    """
    exact = number(value)
    if len(exact) <= 5 or not math.isfinite(value):
        return exact
    room = 4 if value < 0 else 5
    for decimals in (3, 2, 1, 0):
        text = f"{abs(value):.{decimals}f}"
        if len(text) <= room and float(text) != 0:
            break
    else:
        digits, power = f"{abs(value):.0e}".split("e")
        text = f"{digits}e{int(power)}"
    return ("−" if value < 0 else "") + text.replace("-", "−")
