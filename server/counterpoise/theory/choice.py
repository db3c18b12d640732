"""From scores to probabilities: one nested choice rule for every hypothesis.

Partners form a nest whose inclusive value is a mean, not a sum, so that a longer menu of partners does not by itself make
alignment likelier. Every hypothesis goes through the same rule: their forecasts then differ in substance only.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, fsum, log

from counterpoise.theory.parameters import Parameters


def nested(scores: Sequence[float], nest: Sequence[int], parameters: Parameters) -> tuple[float, ...]:
    """Return the probability of each option, summing to 1, none below the floor.

    Args:
        scores: one for each option, in utility units.
        nest: positions of the options that are partners; may be empty.
        parameters: temperature, nest and floor.
    """
    tau, tightness = parameters.noise, parameters.noise * parameters.nest
    shares = [0.0] * len(scores)
    alone = {place: score / tau for place, score in enumerate(scores) if place not in nest}
    entries = list(alone.values())
    if nest:
        best = max([scores[place] for place in nest])
        weights = [exp((scores[place] - best) / tightness) for place in nest]
        whole = fsum(weights)
        inclusive = parameters.nest * log(whole / len(weights)) + best / tau
        entries.append(inclusive)
    peak = max(entries)
    total = fsum([exp(value - peak) for value in entries])
    for place, value in alone.items():
        shares[place] = exp(value - peak) / total
    if nest:
        together = exp(inclusive - peak) / total
        for place, weight in zip(nest, weights, strict=True):
            shares[place] = together * (weight / whole)
    return floored(shares, parameters)


def floored(shares: Sequence[float], parameters: Parameters) -> tuple[float, ...]:
    """Mix probabilities with the uniform one, so that no forecast is ever infinitely wrong."""
    keep, least = 1.0 - parameters.epsilon, parameters.epsilon / len(shares)
    return tuple([keep * share + least for share in shares])
