"""The quality of forecasts by plain arithmetic: what the arrays of the server must agree with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum, log

from counterpoise.theory.decisions.decision_point import HIDE, NEUTRAL, option_of
from counterpoise.theory.decisions.record import DecisionRecord


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one forecast on one choice."""

    log_score: float
    """ln p(choice), at most 0."""
    brier: float
    """Squared distance from the outcome over all scored options, in [0, 2]."""
    first: float
    """Whether the choice was the likeliest option; a share if options tie."""
    third: float
    """Whether the choice was among the three likeliest options; a share if options tie."""
    aligned: float | None
    """ln p(partner, given that an alliance is made); ``None`` if none was made."""
    percentile: float | None
    """Share of the other partners that were less likely than the chosen one; ``None`` if no partner was chosen."""
    reciprocal: float | None
    """One over the chosen partner's rank among the partners, ties at their mean rank; ``None`` if none was chosen."""


@lru_cache(maxsize=4096)  # all hypotheses share a menu, and most menus of a session are equal
def scored_options(options: tuple[str, ...]) -> tuple[str, ...]:
    """Return the options that are told apart by scores: those of the menu without hiding, which counts as neutrality."""
    return tuple(option for option in options if option != HIDE)


def scored_shares(options: tuple[str, ...], shares: Sequence[float]) -> tuple[float, ...]:
    """Return the share of each scored option, from one share for each option of the menu."""
    if HIDE not in options:
        return tuple(shares)
    hiding = shares[options.index(HIDE)]
    return tuple(
        share + hiding if option == NEUTRAL else share
        for option, share in zip(options, shares, strict=True)
        if option != HIDE
    )


def scored_choice(record: DecisionRecord) -> int:
    """Return the place of the choice among the scored options, of a decision that can be scored."""
    assert record.outcome is not None
    choice = NEUTRAL if record.outcome.choice == HIDE else record.outcome.choice
    return scored_options(record.point.options).index(choice)


def score(record: DecisionRecord, hypothesis: str) -> Score:
    """Return the score of one hypothesis on one decision that can be scored."""
    options = scored_options(record.point.options)
    shares = scored_shares(record.point.options, record.forecasts[hypothesis])
    chosen = scored_choice(record)
    mine = shares[chosen]
    above = sum(1 for share in shares if share > mine)
    ties = sum(1 for share in shares if share == mine)
    missed = fsum((share - (1.0 if place == chosen else 0.0)) ** 2 for place, share in enumerate(shares))
    percentile, reciprocal = _standing(options, shares, chosen)
    return Score(
        log_score=log(mine),
        brier=missed,
        first=_share_of_places(1, above, ties),
        third=_share_of_places(3, above, ties),
        aligned=_aligned(options, shares, chosen),
        percentile=percentile,
        reciprocal=reciprocal,
    )


def _share_of_places(places: int, above: int, ties: int) -> float:
    return min(1.0, max(0.0, (places - above) / ties))


@lru_cache(maxsize=4096)
def _partners(options: tuple[str, ...]) -> tuple[int, ...]:
    """Return the positions of the options that make an alliance, joining the threat included."""
    return tuple(place for place, option in enumerate(options) if option == "BW" or option_of(option)[1])


def _aligned(options: tuple[str, ...], shares: Sequence[float], chosen: int) -> float | None:
    partners = _partners(options)
    if chosen not in partners:
        return None
    return log(shares[chosen] / fsum(shares[place] for place in partners))


def _standing(options: tuple[str, ...], shares: Sequence[float], chosen: int) -> tuple[float | None, float | None]:
    """Return the chosen partner's percentile among the others and one over its rank."""
    partners = _partners(options)
    others = [shares[place] for place in partners if place != chosen]
    if chosen not in partners or not others:
        return None, None
    below = sum(1 for share in others if share < shares[chosen])
    ties = sum(1 for share in others if share == shares[chosen])
    rank = 1 + len(others) - below - ties / 2.0
    return (below + ties / 2.0) / len(others), 1.0 / rank
