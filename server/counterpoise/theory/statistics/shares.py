"""Shares of games and their differences seed by seed: intervals, exact tests, and the smallest effect that can be shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from counterpoise.theory.statistics.distributions import student_quantile

Z = 1.959963985
"""The 97.5 % quantile of the normal distribution."""
ALPHA = 0.05
POWER = 0.8
"""The chance with which the smallest effect is found."""
_STEPS = 14
"""Halvings in the search for the smallest effect: its error is below 0.0001."""
_NEGLIGIBLE = 1e-12


def share_interval(cases: int, of: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share (Wilson 1927, *JASA* 22, 209-212).

    Args:
        cases: how often it happened.
        of: how often it could have happened, at least 1.
    """
    share = cases / of
    centre = share + Z * Z / (2 * of)
    half = Z * math.sqrt(share * (1.0 - share) / of + Z * Z / (4 * of * of))
    scale = 1.0 + Z * Z / of
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)


def paired_share_interval(both: int, first: int, second: int, neither: int) -> tuple[float, float]:
    """Return the 95 % interval of the difference of two shares of the same cases, first less second.

    It squares and adds the two score intervals and allows for the correlation within the pairs, with the continuity correction
    of the correlation (Newcombe 1998, *Statistics in Medicine* 17, 2635-2650, method 10). The interval has a width even if
    no pair differs.

    Args:
        both: pairs in which both happened.
        first: pairs in which only the first happened.
        second: pairs in which only the second happened.
        neither: pairs in which neither happened. There is at least one pair.
    """
    of = both + first + second + neither
    one, other = (both + first) / of, (both + second) / of
    (low, high), (other_low, other_high) = share_interval(both + first, of), share_interval(both + second, of)
    product = both * neither - first * second
    margins = (both + first) * (second + neither) * (both + second) * (first + neither)
    corrected = max(product - of / 2, 0.0) if product > 0 else float(product)
    correlation = corrected / math.sqrt(margins) if margins else 0.0
    difference = one - other

    def half(own: float, others: float) -> float:
        return math.sqrt(max(0.0, own * own - 2.0 * correlation * own * others + others * others))

    below, above = half(one - low, other_high - other), half(high - one, other - other_low)
    return max(-1.0, difference - below), min(1.0, difference + above)


def paired_p(more: int, fewer: int) -> float:
    """Return the exact two-sided p of the claim that pairs which differ do so either way alike.

    For a yes or no this is the exact test of McNemar (1947, *Psychometrika* 12, 153-157); for a number it is the sign test
    (Dixon and Mood 1946, *JASA* 41, 557-566). Pairs that do not differ play no part.

    Args:
        more: pairs in which the first has more.
        fewer: pairs in which the first has less.
    """
    differing = more + fewer
    tail, chosen = 0, 1
    for count in range(min(more, fewer) + 1):
        tail += chosen
        chosen = chosen * (differing - count) // (count + 1)
    return min(1.0, 2 * tail / (1 << differing))


def holm(values: Sequence[float]) -> list[float]:
    """Return p-values corrected for how many there are, in their order (Holm 1979, *Scandinavian J. of Statistics* 6, 65-70).

    The chance that any of the claims which hold is rejected at a level stays below that level, however they depend on each
    other.
    """
    corrected = [1.0] * len(values)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(values)), key=lambda place: values[place])):
        highest = max(highest, min(1.0, (len(values) - rank) * values[place]))
        corrected[place] = highest
    return corrected


def smallest_share_difference(pairs: int, alpha: float = ALPHA, *, by_chance: bool) -> float | None:
    """Return the smallest difference of two shares that ``paired_p`` shows with a chance of ``POWER``; ``None`` if none does.

    Args:
        pairs: how many seeds both sides play.
        alpha: the level of the test, above 0.
        by_chance: whether the two games of a seed differ by chance as games of two seeds do, about a share of a half, which is
            the worst case; or not at all but for the change, which is the best.
    """
    if paired_power(pairs, 1.0, 0.0, alpha) < POWER:
        return None
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        one, other = 0.5 + middle / 2, 0.5 - middle / 2
        more, fewer = (one * (1.0 - other), other * (1.0 - one)) if by_chance else (middle, 0.0)
        low, high = (low, middle) if paired_power(pairs, more, fewer, alpha) >= POWER else (middle, high)
    return round(high, 4)


def paired_power(pairs: int, more: float, fewer: float, alpha: float) -> float:
    """Return the chance that ``paired_p`` is at most ``alpha`` (Miettinen 1968, *Biometrics* 24, 339-352, without approximation).

    Args:
        pairs: how many pairs there are.
        more: the chance that a pair differs one way.
        fewer: the chance that a pair differs the other way; both together are at most 1.
        alpha: the level of the test.
    """
    differing = min(1.0, more + fewer)
    if differing <= 0.0:
        return 0.0
    chances = _binomial(pairs, differing)
    critical = _critical_counts(pairs, alpha)
    found = 0.0
    for count in np.flatnonzero(chances > _NEGLIGIBLE):
        needed = int(critical[count])
        if needed <= count:
            split = _binomial(int(count), more / differing)
            found += float(chances[count]) * min(1.0, float(split[needed:].sum() + split[: count - needed + 1].sum()))
    return found


def smallest_mean_difference(gaps: Sequence[float]) -> float | None:
    """Return the smallest mean that as many differences as these, as spread out, show with a chance of ``POWER``.

    ``None`` if they do not vary. The formula takes Student's quantiles (Lehr 1992, *Statistics in Medicine* 11, 1099-1102, with
    t for z).
    """
    known = np.asarray(gaps, dtype=float)
    if len(known) < 2 or not known.std() > 0.0:
        return None
    degrees = len(known) - 1
    quantiles = student_quantile(degrees, 1.0 - ALPHA / 2) + student_quantile(degrees, POWER)
    return float(quantiles * known.std(ddof=1) / np.sqrt(len(known)))


@lru_cache(maxsize=4)
def _critical_counts(pairs: int, alpha: float) -> Any:
    """Return, for each number of pairs that differ, how many must differ one way; one more than there are if none suffices."""
    critical = np.empty(pairs + 1, dtype=int)
    for differing in range(pairs + 1):
        tails = np.cumsum(_binomial(differing, 0.5)[::-1])[::-1]
        critical[differing] = int(np.argmax(tails <= alpha / 2)) if tails[-1] <= alpha / 2 else differing + 1
    return critical


def _binomial(of: int, chance: float) -> Any:
    """Return the chances of 0 to ``of`` cases."""
    counts = np.arange(of + 1)
    if chance in (0.0, 1.0):
        return (counts == of * chance).astype(float)
    factorials = _log_factorials(1 << of.bit_length())
    ways = factorials[of] - factorials[: of + 1] - factorials[of::-1]
    return np.exp(ways + counts * np.log(chance) + (of - counts) * np.log1p(-chance))


@lru_cache(maxsize=16)
def _log_factorials(of: int) -> Any:
    """Return the logarithms of the factorials of 0 to ``of``."""
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, of + 1)))])
