"""The nested choice rule that turns scores into probabilities, the same for every hypothesis (theory 5.4).

Partners form a nest whose inclusive value is a mean, not a sum, so that a longer list of partners alone does not make
alignment likelier. Since all hypotheses use the same rule, their forecasts differ in substance only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import exp, fsum, log

from counterpoise.theory.parameters import Parameters

REMEMBERED = 1024
"""How many results ``nested_again`` remembers: those of a few windows of several sessions."""


def nested(partners: Sequence[float], alone: Sequence[float], parameters: Parameters) -> tuple[float, ...]:
    """Return the probability of each option, partners first, summing to 1, none below the floor.

    Args:
        partners: the score of aligning with each partner, in utility units; may be empty.
        alone: the scores of the other options, which stand outside the nest.
        parameters: temperature, nest and floor.
    """
    return _nested(partners, alone, parameters.noise, parameters.nest, parameters.epsilon)


@lru_cache(maxsize=REMEMBERED)
def nested_again(
    partners: tuple[float, ...], alone: tuple[float, ...], noise: float, nest: float, epsilon: float
) -> tuple[float, ...]:
    """Return the same as ``nested`` and remember it, for scores that are often equal from window to window.

    Args:
        partners: as for ``nested``.
        alone: as for ``nested``.
        noise: the temperature, of ``Parameters``.
        nest: the correlation inside the nest, of ``Parameters``.
        epsilon: the floor, of ``Parameters``.
    """
    return _nested(partners, alone, noise, nest, epsilon)


def _nested(
    partners: Sequence[float], alone: Sequence[float], tau: float, nest: float, epsilon: float
) -> tuple[float, ...]:
    tightness = tau * nest
    values = [score / tau for score in alone]
    # Loops over local names: they are faster than comprehensions, and every hypothesis of every decision comes through here.
    weights: list[float] = []
    whole = 0.0
    if partners:
        best = max(partners)
        for score in partners:
            weights.append(exp((score - best) / tightness))
        whole = fsum(weights)
        values.append(nest * log(whole / len(weights)) + best / tau)
    peak = max(values)
    odds = [exp(value - peak) for value in values]
    total = fsum(odds)
    keep, least = _floor(len(partners) + len(alone), epsilon)
    shares: list[float] = []
    if partners:
        together = odds.pop() / total
        for weight in weights:
            shares.append(keep * (together * (weight / whole)) + least)
    for odd in odds:
        shares.append(keep * (odd / total) + least)
    return tuple(shares)


def floored(shares: Sequence[float], parameters: Parameters) -> tuple[float, ...]:
    """Return probabilities mixed with the uniform ones, so that no option has probability 0."""
    keep, least = _floor(len(shares), parameters.epsilon)
    return tuple([keep * share + least for share in shares])


def flattened(shares: Sequence[float], alignments: int, exponent: float) -> tuple[float, ...]:
    """Return probabilities that are less sure with whom a state aligns, and as sure as before whether it does.

    The shares p among the alignments become p^t / sum of p^t, times the probability of any alignment. The other options
    keep theirs. States' choices of a partner are far less regular than any hypothesis says (theory 5.4).

    Args:
        shares: the probability of each option, alignments first.
        alignments: how many of the options are alignments.
        exponent: t; 0 makes all alignments equally likely, 1 changes nothing.
    """
    if exponent == 1.0 or alignments < 2:
        return tuple(shares)
    sides = shares[:alignments]
    powers = [share**exponent for share in sides]
    scale = fsum(sides) / fsum(powers)
    return (*[power * scale for power in powers], *shares[alignments:])


def _floor(options: int, epsilon: float) -> tuple[float, float]:
    """Return the factor that multiplies each probability, and the amount that is then added to it."""
    return 1.0 - epsilon, epsilon / options
