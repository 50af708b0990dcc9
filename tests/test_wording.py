"""How numbers are written for a learner: as on paper, in the room that there is, and never as what they are not."""

import math
import random
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest

from annkit.wording import alike, fixed, number, rounded, share_of_1, short, weighted_sum


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.0, "2"),
        (-0.25, "−0.25"),
        (1 / 3, "0.3333"),
        (0.0, "0"),
        (-0.0, "0"),
        (2e7, "20000000"),
        (5.55e-17, "5.6e−17"),
        (2e12, "2.0e+12"),
        (1.25e10, "1.3e+10"),
        (0.00009999999, "0.0001"),
        (float("inf"), "∞"),
        (float("-inf"), "−∞"),
    ],  # fmt: skip
)
def test_numbers_for_learners(value, text):
    assert number(value) == text


def test_halves_are_rounded_up_as_on_paper():
    assert number(0.53125) == "0.5313" and number(-0.53125) == "−0.5313" and number(0.03125) == "0.0313"
    assert short(0.5625) == "0.563" and short(1234.5) == "1235" and short(25_000_000) == "3e7"
    assert alike([0.5625, 14.75, -1.36549], 6) == ["0.563", "14.750", "−1.365"]
    assert share_of_1(0.0625, 3) == "0.063"
    assert rounded(0.125, 2) == 0.13 and rounded(-2.5, 0) == -3


def on_paper(value, decimals):
    with localcontext(prec=2000):
        text = f"{Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    return text.replace("-", "−" if float(text) else "")


def test_every_number_is_cut_as_its_exact_value_says():
    draw = random.Random(0)
    values = [k / 512 for k in range(-1024, 1025)] + [1e300, 5e-324, 484205197621142.1875, 0.1 + 0.2, 0.15]
    values += [draw.uniform(-100, 100) for __ in range(500)]
    values += [draw.randrange(-(10**12), 10**12) / 2 ** draw.randrange(50) for __ in range(500)]
    for value in values:
        for near in (value, math.nextafter(value, math.inf), math.nextafter(value, -math.inf)):
            for decimals in range(7):
                assert fixed(near, decimals) == on_paper(near, decimals)


def test_little_room_is_kept_and_only_0_is_written_as_0():
    assert [short(value, 4) for value in (0.012, -0.012, 0.002, -12345, 0)] == ["0.01", "≈0", "2e−3", "−1e4", "0"]
    draw = random.Random(0)
    for __ in range(2000):
        value = draw.choice([-1, 1]) * 10 ** draw.uniform(-300, 9)
        for room in (4, 5, 6):
            text = short(value, room)
            assert len(text) <= room and text.strip("−0.")


def test_numbers_that_stand_together_have_the_same_decimals():
    assert alike([0.0004, 1], 5) == ["4e−4", "1"]
    assert alike([123456, float("inf")], 5) == ["1e5", "∞"]


def test_a_share_that_is_none_is_written_as_it_is():
    assert [share_of_1(value, 3) for value in (-9.51, 158.5, 2.0, float("inf"))] == ["−9.51", "158.5", "2", "∞"]
    assert share_of_1(float("nan"), 3) == "nan"
    assert [share_of_1(value, 3) for value in (0, 0.0004, 0.0005, 0.5, 0.9994, 0.9995, 0.9996, 1)] == [
        "< 0.001", "< 0.001", "0.001", "0.500", "0.999", "> 0.999", "> 0.999", "> 0.999"
    ]  # fmt: skip


def test_arithmetic_with_its_numbers():
    assert weighted_sum([-1, -2], [1, -0.5], 0) == "−1 × 1 + (−2) × (−0.5)"
    assert weighted_sum([4, 3, 2], [0.5, -0.2, 0.9], -2) == "4 × 0.5 + 3 × (−0.2) + 2 × 0.9 − 2"
