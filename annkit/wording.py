"""How numbers are written for a learner."""


def number(value):
    """`value` with at most four decimals and a true minus sign: 2, 0.5, −0.25. Only 0 is written as 0.

    >>> number(2.0), number(-0.25), number(1 / 3)
    ('2', '−0.25', '0.3333')
    """
    value = value + 0.0  # −0 is 0
    if value != 0 and not 1e-4 <= abs(value) < 1e6:
        text = f"{value:.1e}"
    else:
        text = f"{value:.4f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def weighted_sum(x, weights, bias):
    """The arithmetic of a weighted sum with its numbers: 4 × 0.5 + 3 × −0.25 − 2."""
    terms = " + ".join(f"{number(v)} × {number(w)}" for v, w in zip(x, weights, strict=True))
    return f"{terms} {'−' if bias < 0 else '+'} {number(abs(bias))}"
