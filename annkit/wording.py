"""How numbers are written for a learner."""

import math


def number(value):
    """`value` with at most four decimals, or two digits where it is small: 2, −0.25, 0.000025. Only 0 is written as 0.

    >>> number(2.0), number(-0.25), number(1 / 3), number(1 / 40000), number(1e-9)
    ('2', '−0.25', '0.3333', '0.000025', '1.0e−09')
    """
    if not math.isfinite(value):
        return str(value).replace("-", "−").replace("inf", "∞")
    value = value + 0.0  # −0 is 0
    if value != 0 and not 1e-7 <= abs(value) <= 1e9:
        text = f"{value:.1e}"
    elif 0 < abs(value) < 1e-4:
        text = f"{value:.{1 - math.floor(math.log10(abs(value)))}f}".rstrip("0")
    else:
        text = f"{value:.4f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def alike(values, room):
    """Numbers that stand together, each in at most `room` characters: with the same decimals where four are too many.

    >>> alike([0.5, -14.75], 6), alike([0.5625, -1.36549], 6)
    (['0.5', '−14.75'], ['0.562', '−1.365'])
    """
    texts = [number(value) for value in values]
    for decimals in (3, 2, 1, 0):
        if max(map(len, texts)) <= room:
            return texts
        texts = [f"{value + 0.0:.{decimals}f}".replace("-", "−") for value in values]
        if any(float(text.replace("−", "-")) == 0 != value for text, value in zip(texts, values, strict=True)):
            break
    return [short(value, room) for value in values]


def brief(name, most=6):
    """A name cut to at most so many letters."""
    return name if len(name) <= most else name[: most - 1] + "…"


def subscript(name):
    """A name with its digits written below the line: w₁₂ for w12."""
    return name.translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def weighted_sum(x, weights, bias):
    """The arithmetic of a weighted sum with its numbers: 4 × 0.5 + 3 × (−0.25) − 2."""
    terms = [f"{in_product(v)} × {in_product(w)}" for v, w in zip(x, weights, strict=True)]
    text = " + ".join([f"{number(x[0])} × {in_product(weights[0])}", *terms[1:]])
    return text if bias == 0 else f"{text} {signed(bias)}"


def in_product(value):
    """A number as a factor: in brackets where it is negative."""
    return f"({number(value)})" if value < 0 else number(value)


def signed(value):
    """A number as it is added to others: + 2 or − 2."""
    return f"{'−' if value < 0 else '+'} {number(abs(value))}"


def row_of(values):
    """A row of numbers: (4, −0.5)."""
    return f"({', '.join(map(number, values))})"


def share_of_1(share, decimals):
    """A share in so many decimals; one that these would make 0 or 1 is only near that: < 0.01, > 0.99."""
    least, half = 10**-decimals, 0.5 * 10**-decimals
    if share < half:
        return f"< {least:.{decimals}f}"
    return f"> {1 - least:.{decimals}f}" if share > 1 - half else f"{share:.{decimals}f}"


def short(value, room=5):
    """`value` in at most five characters, or as many as `room` says, for where there is little room.

    >>> short(2.0), short(-0.25), short(0.88079), short(-0.98201), short(-1234.6), short(12345678), short(0.00001)
    ('2', '−0.25', '0.881', '−0.98', '−1235', '1e7', '1e−5')
    """
    exact = number(value)
    if len(exact) <= room or not math.isfinite(value):
        return exact
    for decimals in (3, 2, 1, 0):
        text = f"{abs(value):.{decimals}f}"
        if len(text) + (value < 0) <= room and float(text) != 0:
            break
    else:
        digits, power = f"{abs(value):.0e}".split("e")
        text = f"{digits}e{int(power)}"
    return ("−" if value < 0 else "") + text.replace("-", "−")
