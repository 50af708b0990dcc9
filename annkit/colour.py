"""Colours as amounts of light (linear RGB), and as the numbers that a screen is given for them (sRGB)."""

import numpy as np

from annkit import inputs
from annkit.translation import _


def to_srgb(light):
    """The numbers that make a screen send out these amounts of light.

    A screen can send no less than 0 and no more than 1; what lies outside is cut off.

    Parameters
    ----------
    light : array_like
        Amounts of light, any shape; 1 is the most that the screen sends in a channel.

    Returns
    -------
    numpy.ndarray
        Of the same shape, from 0 to 1; times 255 they are the usual whole numbers.

    Raises
    ------
    ValueError
        If these are not finite numbers.

    References
    ----------
    IEC 61966-2-1, *Default RGB colour space: sRGB*, 1999.

    Examples
    --------
    >>> print((255 * to_srgb([0, 0.25, 0.5, 1])).round())
    [  0. 137. 188. 255.]
    """
    light = np.clip(inputs.finite("light", light), 0, 1)
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def to_light(srgb):
    """The amounts of light that a screen sends out for these numbers: `to_srgb` the other way.

    Parameters
    ----------
    srgb : array_like
        Numbers from 0 to 1, any shape; the usual whole numbers have to be divided by 255 first.

    Returns
    -------
    numpy.ndarray
        Of the same shape, from 0 to 1.

    Raises
    ------
    ValueError
        If these are not numbers from 0 to 1.

    Examples
    --------
    >>> print(to_light([0, 0.5, 1]).round(3))
    [0.    0.214 1.   ]
    """
    srgb = inputs.finite("srgb", srgb)
    outside = srgb[(srgb < 0) | (srgb > 1)]
    if outside.size:
        message = _("srgb should be numbers from 0 to 1; it has {value:g}. Divide numbers up to 255 by 255.")
        raise ValueError(message.format(value=outside[0]))
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def to_hex(light):
    """One colour as web pages and matplotlib write it.

    Parameters
    ----------
    light : array_like, shape (3,)
        Amounts of red, green and blue light; what lies outside 0 to 1 is cut off.

    Returns
    -------
    str
        Such as "#e10089".

    Raises
    ------
    ValueError
        If these are not three finite numbers.

    Examples
    --------
    >>> to_hex([0.75, 0, 0.25])
    '#e10089'
    """
    light = inputs.vector("light", light)
    if light.size != 3:
        message = _("light should be three numbers, the red, the green and the blue; there are {count}.")
        raise ValueError(message.format(count=light.size))
    return "#" + (255 * to_srgb(light)).round().astype("u1").tobytes().hex()
