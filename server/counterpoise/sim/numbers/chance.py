"""Random draws, all made with ``Random.random()``, the one method whose sequence Python promises to keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import exp, log
from random import Random
from statistics import NormalDist
from typing import ParamSpec, TypeVar

from counterpoise.sim.numbers.random_streams import CountingRandom

T = TypeVar("T")
P = ParamSpec("P")

_inverse_normal = NormalDist().inv_cdf
_TAIL = 1e-12
_OTHER_TAIL = 1.0 - _TAIL
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


def places_that_happen(
    stream: CountingRandom, bounds: Sequence[float], probability: Callable[[int], float]
) -> Iterator[int]:
    """Draw once for each of several events, in order, and yield the places of those that happen.

    The draws are those of one call of ``happens_with_bound`` after another. The caller may draw from the stream when a place
    is yielded, before the next event is drawn.

    Args:
        stream: the random stream.
        bounds: an upper bound of each event's probability.
        probability: returns the probability of the event at a place; it is asked only where the bound does not decide.
    """
    for place, drawn in stream.numbers_below([bound + _QUANTUM for bound in bounds]):
        if _is_below(drawn, probability(place)):
            yield place


def _is_below(drawn: float, probability: float) -> bool:
    # Quantised, so that a last bit in which two machines differ does not decide. Further away rounding changes nothing.
    if abs(drawn - probability) > _QUANTUM:
        return drawn < probability
    return drawn < round(probability, _PROBABILITY_DIGITS)


def uniform(stream: Random, low: float, high: float) -> float:
    """Draw a number from [low, high)."""
    return low + (high - low) * stream.random()


def whole_number(stream: Random, low: int, high: int) -> int:
    """Draw a whole number from low to high, both included."""
    return low + int(stream.random() * (high - low + 1))


def normal(stream: Random) -> float:
    """Draw a standard normal deviate by inversion of one uniform draw."""
    drawn = stream.random()
    return _inverse_normal(drawn if _TAIL <= drawn <= _OTHER_TAIL else _within_tails(drawn))


def normals(stream: CountingRandom, count: int) -> list[float]:
    """Draw several standard normal deviates, the same as from as many calls of ``normal``."""
    drawn = stream.numbers(count)
    if not _TAIL <= min(drawn, default=0.5) <= max(drawn, default=0.5) <= _OTHER_TAIL:
        drawn = [_within_tails(number) for number in drawn]
    return list(map(_inverse_normal, drawn))


def _within_tails(drawn: float) -> float:
    return min(max(drawn, _TAIL), _OTHER_TAIL)


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
