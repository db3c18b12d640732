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
    values = [score / tau for score in scores]
    inside: list[float] = []
    if nest:
        peak = max(scores[place] for place in nest)
        inside = [exp((scores[place] - peak) / tightness) for place in nest]
        whole = fsum(inside)
        inclusive = parameters.nest * log(whole / len(inside)) + peak / tau
        inside = [weight / whole for weight in inside]
        for place in nest:
            values[place] = inclusive
    peak = max(values)
    heads = [exp(value - peak) for value in values]
    members = dict(zip(nest, inside, strict=True))
    total = fsum(
        [head for place, head in enumerate(heads) if place not in members] + ([heads[nest[0]]] if nest else [])
    )
    return floored([head / total * members.get(place, 1.0) for place, head in enumerate(heads)], parameters)


def floored(shares: Sequence[float], parameters: Parameters) -> tuple[float, ...]:
    """Mix probabilities with the uniform one, so that no forecast is ever infinitely wrong."""
    keep, least = 1.0 - parameters.epsilon, parameters.epsilon / len(shares)
    return tuple(keep * share + least for share in shares)
