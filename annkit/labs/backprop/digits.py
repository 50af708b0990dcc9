"""How many digits are shown: few, but as many as it takes for what stands there to come out when it is worked out."""

import math
from decimal import Decimal

from annkit.wording import ON_PAPER, fixed, number, short

VALUE, SLOPE, MOST = 4, 3, 15
"""The digits of a number, those of a slope, and the most that it takes."""
NARROW = 7
"""So many characters a number has where there is little room."""


def figures(value, digits=VALUE):
    """`value` with so many significant digits, or as few as are enough: 0.0822, −0.5, 1240, 2.2e−11.

    >>> figures(0.08216704, 3), figures(-0.5), figures(0.1 + 0.2), figures(0.0000223651), figures(2.23651e-11)
    ('0.0822', '−0.5', '0.3', '0.00002237', '2.237e−11')
    """
    size = abs(float(value))
    if size == 0 or not math.isfinite(size):
        return number(value)
    if size < 1e-6 or size >= 1e9:
        return _with_power(value, digits)
    decimals = max(0, digits - 1 - math.floor(math.log10(size)))
    if isinstance(value, Decimal):
        text = f"{ON_PAPER.quantize(value, Decimal(1).scaleb(-decimals)):f}".replace("-", "−")
    else:
        text = fixed(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def slope(value):
    """A slope as it stands everywhere: with three digits."""
    return figures(value, SLOPE)


def brief(value, digits=VALUE):
    """A number where there is little room: with so many digits, or as many as go into seven characters.

    >>> brief(-0.41534), brief(-0.0563690, SLOPE), brief(-0.00113791, SLOPE), brief(0.000448, 3), brief(-0.0004482, 3)
    ('−0.4153', '−0.0564', '−0.0011', '0.00045', '−4.5e−4')
    """
    for fewer in range(digits, 1, -1):
        if len(text := figures(value, fewer)) <= NARROW:
            return text
    text = _with_power(value, 2)
    return text if len(text) <= NARROW else short(value, NARROW)


def _with_power(value, digits):
    """`value` with a power of ten: 2.2e−11."""
    figure, power = f"{value:.{digits - 1}e}".split("e")
    return f"{figure}e{int(power)}".replace("-", "−")


def value_of(text):
    """The number that a text stands for, exactly as it is written there."""
    return Decimal(text.replace("−", "-"))


def agreeing(values, work_out, result, digits=VALUE):
    """The texts of `values` with as many digits as it takes for `work_out` of them to be `result`; and how many.

    Parameters
    ----------
    values : sequence of float
    work_out : callable
        What a reader makes of the numbers that are shown: takes them, each a Decimal, and returns a text.
    result : str
        What should come out.
    digits : int
        The fewest digits.

    Examples
    --------
    >>> agreeing([0.74136507, 0.186815602, 0.593269992], lambda *factors: slope(math.prod(factors)), "0.0822")
    (['0.7414', '0.1868', '0.5933'], 4)
    >>> agreeing([-0.152974, 0.190494], lambda a, b: figures(a - b / 2), "−0.2482")
    (['−0.15297', '0.19049'], 5)
    """
    for enough in range(digits, MOST + 1):
        texts = [figures(value, enough) for value in values]
        if work_out(*map(value_of, texts)) == result:
            break
    return texts, enough
