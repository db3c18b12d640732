"""Distribution functions of the normal, Student's t and the gamma, on the standard library and numpy alone.

Scipy has them all, but it is 140 MB, and whoever hosts a class would wait for it. The tests compare every function here with
scipy's.
"""

from __future__ import annotations

from functools import cache
from math import erfc, exp, inf, lgamma, log, log1p, pi, sqrt
from statistics import NormalDist
from typing import Any

import numpy as np

STEPS_MAX = 500
"""Steps after which a fraction or a root is as good as it gets. Each needs a few dozen for what is asked here."""
PRECISION = 2.0**-53
TINY = 1e-300
TERMS_MAX = 20_000
"""Terms of the longest series: each needs a few times the square root of its shape or rate, and those are below a million."""


def normal_cdf(value: float) -> float:
    """Return the chance that a standard normal variable is at most a value."""
    return erfc(-value / sqrt(2.0)) / 2.0


def normal_quantile(share: float) -> float:
    """Return the value that a standard normal variable stays below with a chance above 0 and below 1."""
    return NormalDist().inv_cdf(share)


def student_cdf(degrees: float, value: float) -> float:
    """Return the chance that Student's t is at most a value, with any number of degrees of freedom above 0."""
    tail = _student_tail(degrees, abs(value))
    return tail if value <= 0.0 else 1.0 - tail


@cache
def student_quantile(degrees: float, share: float) -> float:
    """Return the value that Student's t stays below with a chance; infinite for chances of 0 and 1."""
    if share > 0.5:
        return -student_quantile(degrees, 1.0 - share)
    if share == 0.5:
        return 0.0
    if share <= 0.0:
        return -inf
    # The logarithm of the tail is nearly a line in the logarithm of the value, so Newton's steps there do not overshoot far.
    low, high = 0.0, 1.0
    while _student_tail(degrees, high) > share:
        low, high = high, high * 2.0
    value = (low + high) / 2.0
    for _ in range(STEPS_MAX):
        tail = _student_tail(degrees, value)
        low, high = (value, high) if tail > share else (low, value)
        step = value + tail * log(tail / share) / _student_density(degrees, value) if tail > TINY else inf
        following = step if low < step < high else (low + high) / 2.0
        if abs(following - value) <= 2.0 * PRECISION * following:
            break
        value = following
    return -value


def log_lower_gamma_ratio(shape: Any, rate: Any) -> Any:
    """Return the logarithm of the lower incomplete gamma function of a shape and a rate, over rate^shape exp(-rate).

    The ratio is the integral of exp(rate (1 - u)) u^(shape - 1) over u from 0 to 1, so it exists for rates below 0 too.

    Args:
        shape: above 0; a number or an array.
        rate: any; broadcast with the shapes.
    """
    a, z = np.broadcast_arrays(np.asarray(shape, dtype=float), np.asarray(rate, dtype=float))
    found = np.empty(a.shape)
    for part, function in (
        (z < 0.0, _log_poisson_mean),
        ((z >= 0.0) & (z <= a + 1.0), _log_series),
        (z > a + 1.0, _log_less_the_upper_part),
    ):
        found[part] = function(a[part], z[part])
    return found


def _student_tail(degrees: float, value: float) -> float:
    """Return the chance that Student's t lies above a value from 0."""
    whole = degrees + value * value
    return _beta(degrees / 2.0, 0.5, degrees / whole, value * value / whole) / 2.0


def _student_density(degrees: float, value: float) -> float:
    constant = lgamma((degrees + 1.0) / 2.0) - lgamma(degrees / 2.0) - log(degrees * pi) / 2.0
    return exp(constant - (degrees + 1.0) / 2.0 * log1p(value * value / degrees))


def _beta(a: float, b: float, x: float, rest: float) -> float:
    """Return the regularised incomplete beta function (Press et al. 2007, *Numerical Recipes*, p. 270).

    Args:
        a: above 0.
        b: above 0.
        x: from 0 to 1.
        rest: 1 - x, which a caller may know more precisely.
    """
    if x <= 0.0 or rest <= 0.0:
        return float(x > 0.0)
    if x > (a + 1.0) / (a + b + 2.0):
        return 1.0 - _beta(b, a, rest, x)
    log_x = log(x) if x < 0.5 else log1p(-rest)
    log_rest = log(rest) if rest < 0.5 else log1p(-x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log_x + b * log_rest) / a
    numerator, denominator = 1.0, 1.0 / _nonzero(1.0 - (a + b) * x / (a + 1.0))
    fraction = denominator
    for m in range(1, STEPS_MAX):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0)),
        ):
            denominator = 1.0 / _nonzero(1.0 + term * denominator)
            numerator = _nonzero(1.0 + term / numerator)
            fraction *= denominator * numerator
        if abs(denominator * numerator - 1.0) <= 4.0 * PRECISION:
            break
    return front * fraction


def _nonzero(value: float) -> float:
    return value if abs(value) > TINY else TINY


def _log_series(a: Any, z: Any) -> Any:
    """Return the logarithm of 1/a + z/(a (a + 1)) + z²/(a (a + 1) (a + 2)) + ..., which converges fast for rates up to a."""
    total = term = 1.0 / a
    for n in range(1, TERMS_MAX):
        term = term * z / (a + n)
        total = total + term
        if (term <= PRECISION * total).all():
            break
    return np.log(total)


def _log_poisson_mean(a: Any, z: Any) -> Any:
    """Return the logarithm of the mean of 1/(a + n), with n Poisson of mean -z: the same integral, with every term above 0."""
    mean = -z
    middle = np.floor(mean)
    log_gamma = np.fromiter((lgamma(n + 1.0) for n in middle), dtype=float, count=len(middle))
    chance = np.exp(middle * np.log(mean) - mean - log_gamma)
    total = chance / (a + middle)
    for step, first in ((1.0, 1.0), (-1.0, 0.0)):
        n, share = middle, chance
        for _ in range(TERMS_MAX):
            share = share * (mean / (n + first) if step > 0.0 else n / mean)
            n = np.maximum(n + step, 0.0)
            total = total + share / (a + n)
            if (share <= PRECISION * chance).all():
                break
    return np.log(total)


def _log_less_the_upper_part(a: Any, z: Any) -> Any:
    """Return the logarithm of the ratio from the whole gamma function, less its upper part by its continued fraction."""
    log_whole = np.fromiter((lgamma(shape) for shape in a), dtype=float, count=len(a)) - a * np.log(z) + z
    below = z + 1.0 - a
    numerator = np.full(len(a), 1.0 / TINY)
    denominator = fraction = 1.0 / below
    for n in range(1, TERMS_MAX):
        below = below + 2.0
        denominator = 1.0 / (below - n * (n - a) * denominator)
        numerator = below - n * (n - a) / numerator
        fraction = fraction * denominator * numerator
        if (np.abs(denominator * numerator - 1.0) <= 4.0 * PRECISION).all():
            break
    return log_whole + np.log1p(-np.exp(np.log(fraction) - log_whole))
