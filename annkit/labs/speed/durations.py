"""How durations and large numbers are written."""

from annkit.translation import _
from annkit.wording import fixed

MINUTE, HOUR = 60, 3600
DAY = 24 * HOUR
YEAR = 365.25 * DAY
DIGITS = 2


def duration(seconds):
    """So many seconds, with two digits, in the unit that suits them.

    >>> [duration(value) for value in (0.00114, 0.83, 26, 90, 261_220, 469_412_340)]
    ['1.1 ms', '0.83 seconds', '26 seconds', '1.5 minutes', '73 hours', '15 years']
    """
    for unit, words, most in (
        (1e-6, _("{number} µs"), 1e-3),
        (1e-3, _("{number} ms"), 0.1),
        (1, _("{number} seconds"), 90),
        (MINUTE, _("{number} minutes"), 90 * MINUTE),
        (HOUR, _("{number} hours"), 100 * HOUR),
        (DAY, _("{number} days"), 1.5 * YEAR),
    ):
        if seconds < most:
            return words.format(number=two_digits(seconds / unit))
    return _("{number} years").format(number=two_digits(seconds / YEAR))


def many(count):
    """A large number in words, with two digits.

    >>> [many(value) for value in (640, 26_122, 32_100_000, 23.6e9, 1.2e13)]
    ['640', '26 thousand', '32 million', '24 billion', '12,000 billion']
    """
    for size, words in ((1e9, _("{number} billion")), (1e6, _("{number} million")), (1e3, _("{number} thousand"))):
        if count >= 0.995 * size:
            return words.format(number=two_digits(count / size))
    return two_digits(count)


def two_digits(value):
    """A number from 0 with two digits, and more where it is 100 or above: 0.83, 1.1, 26, 735."""
    if value >= 99.5:
        size = 10 ** (len(str(round(value))) - DIGITS)
        return f"{round(value) if value < 1000 else round(value / size) * size:,}"
    return fixed(value, 0 if value >= 9.95 else 1 if value >= 0.995 else 2)
