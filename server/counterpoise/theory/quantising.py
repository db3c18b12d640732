"""Rounding of documents and arrays to 1e-6. A value is rounded before it is compared, hashed or logged."""

from __future__ import annotations

import numpy as np

from counterpoise.theory.portable import Numbers

DIGITS = 6
_UNIT = 1e6
_CLEAR = 0.4999
"""The distance of a scaled number to a whole one up to which that whole number is certainly the nearest."""
_SMALL = 1000.0
"""Below this value scaling errs by less than a ten-millionth of the last digit kept."""


def rounded(value: float | None) -> float | None:
    """Return a number with the digits of a document; None stays None."""
    return None if value is None else round(value, DIGITS)


def quantised_array(values: Numbers) -> Numbers:
    """Return ``round(value, DIGITS)`` of each number of an array, bit for bit.

    ``round`` converts to decimal digits. Where no tie is near, the nearest multiple of the unit is the correctly rounded
    quotient of two whole numbers and needs no decimal digits. ``round`` handles ties and large values.
    """
    if (np.abs(values) > _SMALL).any():
        return np.array([round(value, DIGITS) for value in values.ravel().tolist()]).reshape(values.shape)
    scaled = values * _UNIT
    nearest = np.rint(scaled)
    found: Numbers = nearest / _UNIT
    doubtful = np.abs(scaled - nearest) > _CLEAR
    if doubtful.any():
        found[doubtful] = [round(value, DIGITS) for value in values[doubtful].tolist()]
    return found
