"""Numbers with the digits that count: whatever is compared, hashed or logged is rounded to 1e-6 first."""

from __future__ import annotations

from collections.abc import Iterable

DIGITS = 6
_UNIT = 1e6
_WHOLE = 1.5 * 2.0**52
"""Doubles of this size are whole numbers: adding it to a small one and taking it off again rounds to the nearest."""
_CLEAR = 0.4999
"""How far a scaled number may lie from the nearest whole one without anybody doubting which that is."""
_SMALL = 1000.0
"""Below it scaling errs by less than a ten-millionth of the last digit kept."""


def quantised(value: float) -> float:
    """Return a value with the digits that count. Most of what states hold against each other is nothing, and stays so."""
    return round(value, DIGITS) if value else value


def quantised_all(values: Iterable[float]) -> list[float]:
    """Return ``round(value, DIGITS)`` of each value, bit for bit, in less than half the time.

    ``round`` goes by way of decimal digits; where no tie is near, the nearest multiple of the unit needs none: the quotient
    of two whole numbers is rounded correctly. Ties, large values and those not above zero are left to ``round``.
    """
    return [
        nearest / _UNIT
        if 0.0 < value < _SMALL and -_CLEAR < (scaled := value * _UNIT) - (nearest := scaled + _WHOLE - _WHOLE) < _CLEAR
        else round(value, DIGITS)
        for value in values
    ]


def rounded(value: float | None) -> float | None:
    """Return a number with the digits that a document gives; None stays None."""
    return None if value is None else round(value, DIGITS)
