"""Amounts of light and the numbers of a screen: known values, both ways, and what is refused."""

import numpy as np
import pytest

from annkit.colour import to_hex, to_light, to_srgb


@pytest.mark.parametrize(
    ("light", "srgb"),
    [(0, 0), (1, 1), (0.0031308, 0.04045), (0.5, 0.735357), (0.25, 0.537099), (0.75, 0.880825), (0.214041, 0.5)],
)
def test_known_values(light, srgb):
    assert to_srgb(light) == pytest.approx(srgb, abs=1e-5)
    assert to_light(srgb) == pytest.approx(light, abs=1e-5)


def test_all_256_numbers_of_a_screen_come_back():
    numbers = np.arange(256)
    there = to_light(numbers / 255)
    assert (np.diff(there) > 0).all()
    assert (np.rint(255 * to_srgb(there)) == numbers).all()


def test_both_pieces_of_the_curve_meet():
    """The standard's rounded constants leave a gap that is too small for 8 or 16 bits to show."""
    assert to_srgb(0.0031308) == pytest.approx(to_srgb(0.0031309), abs=2e-6)
    assert to_light(0.04045) == pytest.approx(to_light(0.040451), abs=2e-7)


def test_a_screen_sends_no_less_than_nothing_and_no_more_than_all():
    assert to_srgb([[-3, 2]]) == pytest.approx(to_srgb([[0, 1]]))
    assert to_hex([-1, 2, 0.25]) == "#00ff89"


def test_the_input_is_not_changed():
    light = np.array([2.0, 0.5])
    to_srgb(light)
    assert light.tolist() == [2.0, 0.5]


@pytest.mark.parametrize("bad", ["white", None, [0.5, float("nan")], float("inf"), [[1], [1, 2]]])
@pytest.mark.parametrize("function", [to_srgb, to_light, to_hex])
def test_what_is_no_number_is_refused(function, bad):
    with pytest.raises(ValueError, match="(light|srgb) should be"):
        function(bad)


@pytest.mark.parametrize("bad", [-0.01, 128, [0.5, 1.01]])
def test_numbers_up_to_255_are_refused_with_what_to_do(bad):
    with pytest.raises(ValueError, match="from 0 to 1; it has .*Divide numbers up to 255 by 255"):
        to_light(bad)


@pytest.mark.parametrize("bad", [[1, 0], [1, 0, 0, 1], [[1, 0, 0]], 0.5])
def test_a_colour_has_three_numbers(bad):
    with pytest.raises(ValueError, match="light should be (three numbers|one row)"):
        to_hex(bad)
