"""Random draws, all made with ``Random.random()``, the one method whose sequence Python promises to keep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp, log
from random import Random
from statistics import NormalDist
from typing import ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")

_inverse_normal = NormalDist().inv_cdf
_TAIL = 1e-12
_PROBABILITY_DIGITS = 9
_QUANTUM = 1e-9


def happens(stream: Random, probability: float) -> bool:
    """Draw once and tell whether an event of this probability happens."""
    return _is_below(stream.random(), probability)


def happens_with_bound(
    stream: Random, bound: float, probability: Callable[P, float], *arguments: P.args, **options: P.kwargs
) -> bool:
    """Draw once and tell whether an event happens, as ``happens`` does, but compute its probability only if needed.

    Args:
        stream: the random stream.
        bound: an upper bound of the probability.
        probability: returns the probability.
        arguments: for ``probability``.
        options: for ``probability``.
    """
    drawn = stream.random()
    return drawn < bound + _QUANTUM and _is_below(drawn, probability(*arguments, **options))


def _is_below(drawn: float, probability: float) -> bool:
    # Quantised, so that a last bit in which two machines differ does not decide.
    return drawn < round(probability, _PROBABILITY_DIGITS)


def uniform(stream: Random, low: float, high: float) -> float:
    """Draw a number from [low, high)."""
    return low + (high - low) * stream.random()


def whole_number(stream: Random, low: int, high: int) -> int:
    """Draw a whole number from low to high, both included."""
    return low + int(stream.random() * (high - low + 1))


def normal(stream: Random) -> float:
    """Draw a standard normal deviate by inversion of one uniform draw."""
    return _inverse_normal(min(max(stream.random(), _TAIL), 1.0 - _TAIL))


def lognormal_days(stream: Random, mu: float, sigma: float, *, low: int = 1, high: int = 730) -> int:
    """Draw a lognormal number of days, rounded and limited to [low, high]."""
    return round(min(max(exp(mu + sigma * normal(stream)), low), high))


def weibull_days(stream: Random, shape: float, scale: float, *, low: int = 1, high: int = 730) -> int:
    """Draw a Weibull number of days, rounded and limited to [low, high]."""
    days = scale * float((-log(1.0 - stream.random())) ** (1.0 / shape))
    return round(min(max(days, low), high))


def pick(stream: Random, weighted: Sequence[tuple[T, float]]) -> T:
    """Draw one of the values by their probabilities, which sum to one; the last value gets the rounding error."""
    left = stream.random()
    for value, weight in weighted:
        left -= weight
        if round(left, 9) < 0:
            return value
    return weighted[-1][0]


def sigmoid(x: float) -> float:
    """Return the logistic function of ``x``, safe at both ends."""
    return 1.0 / (1.0 + exp(-x)) if x >= 0 else exp(x) / (1.0 + exp(x))


def logit(probability: float) -> float:
    """Return the log-odds of a probability strictly between 0 and 1."""
    return log(probability / (1.0 - probability))


def multiply_odds(probability: float, factor: float) -> float:
    """Return the probability whose odds are ``factor`` times those of ``probability``."""
    return probability * factor / (1.0 - probability + probability * factor)
