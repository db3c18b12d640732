"""What a hypothesis gives each entry of an act's menu, from its forecast of the alignments alone.

A forecast was journalled before the window, so that no act of the window can have changed it. Its share of aligning with each
state, given any alignment, says how far the hypothesis expects the actor to lean towards that state.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, fsum, log

from counterpoise.theory.decisions.decision_point import DecisionPoint


def leanings(shares: Sequence[float], point: DecisionPoint) -> dict[str, float]:
    """Return log(n q_k) of each state that the actor could align with, the top threat of a threatened decision last.

    q_k is the share of state k among the n alignments; 0 stands for a state as likely as any other.

    Args:
        shares: the forecast of the point's options.
        point: the frozen decision.
    """
    sides = shares[: point.alignments]
    mean = fsum(sides) / len(sides)
    states = [k.id for k in point.candidates] + ([point.top_threat] if point.threatened else [])
    return {state: log(share / mean) for state, share in zip(states, sides, strict=True)}


def among(leaning: Sequence[float], *, hostile: bool = False) -> list[float]:
    """Return the log-probability of each state on a menu: proportional to q_k, for a hostile act to 1 / q_k."""
    signed = [-value for value in leaning] if hostile else list(leaning)
    best = max(signed)
    total = best + log(fsum(exp(value - best) for value in signed))
    return [value - total for value in signed]


def answering(leaning: float, rate: float) -> list[float]:
    """Return the log-probabilities of no and yes to a state: the odds of yes are those of ``rate`` times exp(leaning).

    Args:
        leaning: towards the state that asks; log(q_k / q_e) where a yes is a no to state e.
        rate: how often such requests were granted in earlier windows, in (0, 1).
    """
    odds = log(rate / (1.0 - rate)) + leaning
    return [-_log1pexp(odds), -_log1pexp(-odds)]


def _log1pexp(value: float) -> float:
    """Return log(1 + exp(value)) without overflow."""
    return max(value, 0.0) + log(1.0 + exp(-abs(value)))
