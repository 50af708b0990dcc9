"""How numbers are written for a learner."""

import math
from decimal import ROUND_HALF_UP, Context, Decimal

ON_PAPER = Context(60, ROUND_HALF_UP)
"""Of more digits than any half has that is written here."""


def number(value):
    """`value` with at most four decimals, or two digits where it is small: 2, −0.25, 0.000025. Only 0 is written as 0.

    >>> number(2.0), number(-0.25), number(1 / 3), number(1 / 40000), number(1e-9)
    ('2', '−0.25', '0.3333', '0.000025', '1.0e−09')
    """
    value = float(value)
    size = abs(value)
    if 0 < size < 1e-7 or 1e9 < size < math.inf:
        digits, power = _power_of_ten(value, 2)
        return f"{digits}e{power:+03d}".replace("-", "−")
    decimals = 1 - math.floor(math.log10(size)) if 0 < size < 1e-4 else 4
    return fixed(value, decimals).rstrip("0").rstrip(".")


def fixed(value, decimals):
    """`value` with exactly so many decimals. Halves are rounded up, away from 0, as on paper.

    >>> fixed(0.5625, 3), fixed(-2.5, 0), fixed(1, 2)
    ('0.563', '−3', '1.00')
    """
    value = float(value)
    if not math.isfinite(value):
        text = str(value).replace("inf", "∞")
    elif abs(value) * 2 ** (decimals + 1) % 2 == 1:  # the only halves in binary; Python would make them even
        text = f"{ON_PAPER.quantize(Decimal(value), Decimal((0, (1,), -decimals))):f}"
    else:
        text = f"{value:z.{decimals}f}"
    return text.replace("-", "−")


def rounded(value, decimals):
    """The number that `fixed` writes, as a float.

    >>> rounded(0.53125, 4), round(0.53125, 4)
    (0.5313, 0.5312)
    """
    return float(fixed(value, decimals).replace("−", "-").replace("∞", "inf"))


def alike(values, room):
    """Numbers that stand together, each in at most `room` characters: with the same decimals where four are too many.

    >>> alike([0.5, -14.75], 6), alike([0.5625, -1.36549], 6)
    (['0.5', '−14.75'], ['0.563', '−1.365'])
    """
    texts = [number(value) for value in values]
    for decimals in (3, 2, 1, 0):
        if max(map(len, texts)) <= room:
            return texts
        texts = [fixed(value, decimals) for value in values]
        if any(_is_0(text) and value != 0 for text, value in zip(texts, values, strict=True)):
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
    """A share in so many decimals; one that these would make 0 or 1 is only near that: < 0.01, > 0.99.

    What is no share, below 0 or above 1, is written as any other number.

    >>> share_of_1(0.0625, 3), share_of_1(0.9996, 3), share_of_1(0, 2), share_of_1(-9.51, 3)
    ('0.063', '> 0.999', '< 0.01', '−9.51')
    """
    if not 0 <= share <= 1:
        return number(share)
    text, least = fixed(share, decimals), 10**-decimals
    if _is_0(text):
        return f"< {fixed(least, decimals)}"
    return f"> {fixed(1 - least, decimals)}" if float(text) == 1 else text


def short(value, room=5):
    """`value` in at most five characters, or as many as `room` says, for where there is little room.

    Where a power of ten has no room either, a small number is about 0, and a large one takes the room that it needs.

    >>> short(2.0), short(-0.25), short(0.88079), short(-0.98201), short(-1234.6), short(12345678), short(0.00001)
    ('2', '−0.25', '0.881', '−0.98', '−1235', '1e7', '1e−5')
    >>> short(-0.012, room=4), short(-1e-12), short(-1e100)
    ('≈0', '≈0', '−1e100')
    """
    exact = number(value)
    if len(exact) <= room or not math.isfinite(value):
        return exact
    for decimals in (3, 2, 1, 0):
        text = fixed(value, decimals)
        if len(text) <= room and not _is_0(text):
            return text
    text = "{}e{}".format(*_power_of_ten(value, 1)).replace("-", "−")
    return text if len(text) <= room or abs(value) > 1 else "≈0"


def in_tens(value, digits=2):
    """`value` in so many digits, with a power of ten where it is below a thousandth or ten thousand and more.

    >>> in_tens(8712345), in_tens(-9.06e-7), in_tens(350.2), in_tens(0.0318), in_tens(9999), in_tens(0)
    ('8.7·10⁶', '−9.1·10⁻⁷', '350', '0.032', '1.0·10⁴', '0')
    """
    if value == 0 or not math.isfinite(value):
        return number(value)
    text, power = _power_of_ten(value, digits)
    if -3 <= power < 4:
        return fixed(float(f"{text}e{power}"), max(0, digits - 1 - power))
    return f"{text}·{ten_to(power)}".replace("-", "−")


def ten_to(power):
    """A power of ten: 10⁻⁷."""
    return "10" + str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _is_0(text):
    return not text.strip("−0.")


def _power_of_ten(value, digits):
    """`value` as so many digits, in text, and the power of ten that they are multiplied by."""
    decimal = Context(digits, ROUND_HALF_UP).create_decimal_from_float(float(value))
    text, power = f"{decimal:.{digits - 1}e}".split("e")
    return text, int(power)
