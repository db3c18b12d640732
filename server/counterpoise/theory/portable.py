"""Exponentials, logarithms, powers and sums of arrays, the same to the last bit on every machine.

They are made of + - * /, rint, frexp, ldexp, comparisons and selection, which IEEE 754 defines exactly, and of sums in a fixed
order. The functions of the same names in numpy and in C libraries differ in the last bit between processors and versions.
"""

from __future__ import annotations

from math import ldexp
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]
Array = TypeVar("Array", Numbers, Mask)

LOWEST, HIGHEST = -708.0, 709.0
"""The arguments between which ``exp`` is neither subnormal nor infinite."""
FACTORS_MAX = 8.0
"""The largest whole exponent of a power that is a product."""
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
"""ln 2 in two parts; products of the first part with whole numbers up to 2^20 are exact."""
_PER_LN2 = 1.44269504088896338700
_SQRT_HALF = 0.7071067811865476
_EXP = (
    4.13813679705723846039e-08, -1.65339022054652515390e-06, 6.61375632143793436117e-05, -2.77777777770155933842e-03,
    1.66666666666666019037e-01,
)  # fmt: skip
_LOG = (
    1.479819860511658591e-01, 1.531383769920937332e-01, 1.818357216161805012e-01, 2.222219843214978396e-01,
    2.857142874366239149e-01, 3.999999999940941908e-01, 6.666666666666735130e-01,
)  # fmt: skip


def exp(x: Numbers) -> Numbers:
    """Return e^x with an error below one unit in the last place, for x in [-708, 709]; beyond an end as at that end.

    The reduction and the rational approximation are those of the C library fdlibm (Sun Microsystems 1993, its function exp).
    """
    x = np.minimum(np.maximum(x, LOWEST), HIGHEST)
    whole = np.rint(x * _PER_LN2)
    high = x - whole * _LN2_HIGH
    low = whole * _LN2_LOW
    rest = high - low
    square = rest * rest
    correction = rest - square * _polynomial(square, _EXP)
    near_one = 1.0 - ((low - rest * correction / (2.0 - correction)) - high)
    return np.ldexp(near_one, whole.astype(np.intc))


def exp_of(x: float) -> float:
    """Return ``exp`` of one number, the same to the last bit; numpy takes longer to be called than this takes."""
    x = min(max(x, LOWEST), HIGHEST)
    whole = round(x * _PER_LN2)
    high, low = x - whole * _LN2_HIGH, whole * _LN2_LOW
    rest = high - low
    square = rest * rest
    a, b, c, d, e = _EXP
    correction = rest - square * ((((a * square + b) * square + c) * square + d) * square + e)
    return ldexp(1.0 - ((low - rest * correction / (2.0 - correction)) - high), whole)


def log(x: Numbers) -> Numbers:
    """Return the natural logarithm of positive numbers with an error below one unit in the last place.

    The reduction and the polynomial are those of the C library fdlibm (Sun Microsystems 1993, its function log).
    """
    fraction, exponent = np.frexp(x)
    small = fraction < _SQRT_HALF
    fraction = np.where(small, 2.0 * fraction, fraction)
    whole = exponent - 1.0 * small
    rest = fraction - 1.0
    ratio = rest / (2.0 + rest)
    square = ratio * ratio
    half = 0.5 * rest * rest
    series = square * _polynomial(square, _LOG)
    found: Numbers = whole * _LN2_HIGH - ((half - (ratio * (half + series) + whole * _LN2_LOW)) - rest)
    return found


def power(x: Numbers, exponent: Numbers | float) -> Numbers:
    """Return x^exponent for x >= 0 and exponent > 0: by multiplication for small whole exponents, else e^(exponent log x).

    The relative error is a few units in the last place for each factor, or that of exponent * log x.
    """
    if isinstance(exponent, float) and exponent.is_integer() and exponent <= FACTORS_MAX:
        found = x
        for _ in range(int(exponent) - 1):
            found = found * x
        return found
    positive = x > 0.0
    return np.where(positive, exp(exponent * log(np.where(positive, x, 1.0))), 0.0)


def logistic(x: Numbers) -> Numbers:
    """Return 1 / (1 + e^-x), in (0, 1)."""
    found: Numbers = 1.0 / (1.0 + exp(-x))
    return found


def total(values: Numbers) -> Numbers:
    """Return the sums along the last axis, which keeps the length 1: neighbours are added until one number is left.

    Zeros at the end do not change a sum, not even its last bit.
    """
    width = values.shape[-1]
    padded = np.zeros((*values.shape[:-1], 1 << max(0, width - 1).bit_length()))
    padded[..., :width] = values
    while padded.shape[-1] > 1:
        padded = padded[..., ::2] + padded[..., 1::2]
    return padded


def read_only(array: Array) -> Array:
    """Return the same array, which from now on cannot be changed."""
    array.setflags(write=False)
    return array


def _polynomial(x: Numbers, coefficients: tuple[float, ...]) -> Numbers:
    """Return the value of a polynomial by Horner's rule, the coefficient of the highest power first."""
    found = coefficients[0] * x
    for coefficient in coefficients[1:-1]:
        found += coefficient
        found *= x
    return found + coefficients[-1]
