"""How many digits are shown: few, but as many as it takes for what stands there to come out when it is worked out."""

import math

from annkit.wording import fixed, number

VALUE, SLOPE, MOST = 4, 3, 15
"""The digits of a number, those of a slope, and the most that it takes."""


def figures(value, digits=VALUE):
    """`value` with so many significant digits, or as few as are enough: 0.0822, −0.5, 1240, 2.2e−11.

    >>> figures(0.08216704, 3), figures(-0.5), figures(0.1 + 0.2), figures(0.0000223651), figures(2.23651e-11)
    ('0.0822', '−0.5', '0.3', '0.00002237', '2.24e−11')
    """
    size = abs(float(value))
    if size == 0 or not math.isfinite(size):
        return number(value)
    if size < 1e-6 or size >= 1e9:
        return f"{value:.{max(digits, SLOPE) - 1}e}".replace("-", "−").replace("e+", "e")
    text = fixed(value, max(0, digits - 1 - math.floor(math.log10(size))))
    return text.rstrip("0").rstrip(".") if "." in text else text


def slope(value):
    """A slope as it stands everywhere: with three digits."""
    return figures(value, SLOPE)


def in_product(text):
    """A number's text as a factor: in brackets where it is negative."""
    return f"({text})" if text.startswith("−") else text


def value_of(text):
    """The number that a text stands for."""
    return float(text.replace("−", "-"))


def agreeing(values, work_out, result, digits=VALUE):
    """The texts of `values` with as many digits as it takes for `work_out` of them to be `result`; and how many.

    Parameters
    ----------
    values : sequence of float
    work_out : callable
        What a reader makes of the numbers that are shown: takes them and returns a text.
    result : str
        What should come out.
    digits : int
        The fewest digits.

    Examples
    --------
    >>> agreeing([0.74136507, 0.186815602, 0.593269992], lambda *factors: slope(math.prod(factors)), "0.0822")
    (['0.7414', '0.1868', '0.5933'], 4)
    >>> agreeing([-0.152974, 0.190494], lambda a, b: figures(a - 0.5 * b), "−0.2482")
    (['−0.15297', '0.19049'], 5)
    """
    for enough in range(digits, MOST + 1):
        texts = [figures(value, enough) for value in values]
        if work_out(*map(value_of, texts)) == result:
            break
    return texts, enough
