"""Compare the people who were shown the theory's threat index with those who were not.

Who sees the theory's numbers may act on them, so that the theory's success would prove nothing. Where a lot decided who saw them,
the difference between the two groups measures this, and the other deals of the same lot say how large a difference chance makes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import comb, fsum, prod
from random import Random

from msgspec import UNSET, Struct, UnsetType

from counterpoise.document_schema import Count, Share, StateCode
from counterpoise.sim.types import ActorId
from counterpoise.theory.evidence.elicitation import THREAT, assessed, rated
from counterpoise.theory.evidence.forecast_scores import ScoredMenus, mean
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.quantising import rounded

PEOPLE = "human"
"""The player that a journal notes for a seat that a person holds."""
DEALS_MAX = 5000
"""Up to this many deals of a lot are all compared; of more, as many are drawn."""


@dataclass(frozen=True, slots=True)
class Deal:
    """Who was shown the index in one session."""

    by_lot: bool
    seen: Mapping[str, bool]
    """For each seat whether it was."""


class DealtSeat(Struct, frozen=True):
    """A seat of a session in which not every seat was shown the index."""

    session: str
    """The id of the session."""
    seat: StateCode
    """The seat."""
    shown: bool
    """Whether it was shown the index."""
    by_lot: bool
    """Whether a lot decided that."""
    people: bool
    """Whether a person made a decision for it that is compared."""


class IndexGroup(Struct, frozen=True):
    """The people who were shown the index, or those who were not."""

    seats: Count
    """Seats with a decision of a person that can be scored."""
    decisions: Count
    """These decisions."""
    threatened: Count
    """Those under threat."""
    balanced: Share | None
    """Share of the decisions under threat that balanced; null without any."""
    log_score: float | None
    """Mean log score of the balance-of-threat forecasts, each seat counting once; null without decisions."""
    assessments: Count
    """Ratings of threat that can be compared with the index."""
    top_threat_named: Share | None
    """Share of them that rate the index's top threat highest, ties for the highest in equal parts; null without any."""


class ShownIndex(Struct, frozen=True):
    """What it did to people to be shown the theory's threat index. If lots decided in some sessions, only these are compared."""

    deals: list[DealtSeat]
    """Every seat of the sessions in which not every seat was shown it, in the order of the sessions."""
    shown: IndexGroup
    """Those who were shown it."""
    hidden: IndexGroup
    """Those who were not."""
    difference: float | None
    """Log score of those who were shown it minus that of those who were not; above 0, they acted more as the theory says."""
    p: Share | None
    """Share of all deals of the lots with a difference at least as large either way; null unless lots decided everywhere."""


def shown_index(sample: Sample, deals: Mapping[str, Deal]) -> ShownIndex | UnsetType:
    """Return the comparison; ``UNSET`` if every seat of every session was shown the index.

    Args:
        sample: the decisions.
        deals: who was shown the index, by session; in a session that is not here, everyone was.
    """
    if all(all(deal.seen.values()) for deal in deals.values()):
        return UNSET
    listed = [(name, deal) for name, deal in deals.items() if not all(deal.seen.values())]
    deals = {name: deal for name, deal in deals.items() if deal.by_lot} or deals
    cases = [case for case in sample.cases if case.record.player == PEOPLE and case.record.session in deals]
    ratings = [(case, found.named) for case, given in rated(sample) if (found := assessed(case, given)) is not None]
    by_seat: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        by_seat.setdefault((case.record.session, case.frozen.actor), []).append(case)
    scores = {
        seat: fsum(ScoredMenus([case.record for case in own]).scores(THREAT).log_score) / len(own)
        for seat, own in by_seat.items()
    }
    saw = {(name, seat): shown for name, deal in deals.items() for seat, shown in deal.seen.items()}
    first, second = (
        _group(
            {seat: own for seat, own in by_seat.items() if saw[seat] == shown},
            {seat: found for seat, found in scores.items() if saw[seat] == shown},
            [n for case, n in ratings if case.record.player == PEOPLE and saw.get(_seat(case)) == shown],
        )
        for shown in (True, False)
    )
    is_lot = bool(deals) and all(deal.by_lot for deal in deals.values())
    observed = _difference(scores, saw)
    return ShownIndex(
        deals=[
            DealtSeat(name, ActorId(seat), shown, deal.by_lot, (name, seat) in by_seat)
            for name, deal in listed
            for seat, shown in deal.seen.items()
        ],
        shown=first,
        hidden=second,
        difference=rounded(observed),
        p=rounded(_p(scores, deals, observed)) if is_lot and observed is not None else None,
    )


def _seat(case: Case) -> tuple[str, str]:
    return case.record.session, case.frozen.actor


def _group(
    by_seat: Mapping[tuple[str, str], Sequence[Case]], scores: Mapping[tuple[str, str], float], named: Sequence[float]
) -> IndexGroup:
    cases = [case for own in by_seat.values() for case in own]
    threatened = [case for case in cases if case.point.threatened]
    return IndexGroup(
        seats=len(by_seat),
        decisions=len(cases),
        threatened=len(threatened),
        balanced=rounded(mean([float(case.did == "BAL") for case in threatened])),
        log_score=rounded(mean(list(scores.values()))),
        assessments=len(named),
        top_threat_named=rounded(mean(list(named))),
    )


def _difference(scores: Mapping[tuple[str, str], float], saw: Mapping[tuple[str, str], bool]) -> float | None:
    shown = [found for seat, found in scores.items() if saw[seat]]
    hidden = [found for seat, found in scores.items() if not saw[seat]]
    return fsum(shown) / len(shown) - fsum(hidden) / len(hidden) if shown and hidden else None


def _p(scores: Mapping[tuple[str, str], float], deals: Mapping[str, Deal], observed: float) -> float:
    """Return the share of the lots' deals whose difference is at least as large as the observed one, either way."""
    seats = {name: list(deal.seen) for name, deal in deals.items()}
    shown = {name: list(deal.seen.values()).count(True) for name, deal in deals.items()}
    hits = total = 0
    if prod(comb(len(seats[name]), shown[name]) for name in deals) <= DEALS_MAX:
        every = product(*(combinations(seats[name], shown[name]) for name in deals))
        chosen = [dict(zip(deals, parts, strict=True)) for parts in every]
    else:
        chance = Random("deals of the threat index")
        chosen = [{name: tuple(chance.sample(seats[name], shown[name])) for name in deals} for _ in range(DEALS_MAX)]
    for deal in chosen:
        other = _difference(scores, {(name, seat): seat in deal[name] for name in deals for seat in seats[name]})
        if other is not None:
            total += 1
            hits += abs(other) >= abs(observed) - 1e-12
    return hits / total if total else 1.0
