"""Which hypothesis explains each alliance formed in play, beside what chance would explain.

Walt (1987), ch. 5-7, asks of each alliance which hypothesis accounts for it. Here a hypothesis explains an alliance best if, of
all hypotheses, it gave it the largest share among the alignments that were open to its proposer. Some hypothesis always gives the
largest share, so each count stands beside the count by chance: the mean over draws from the same menus with equal chances.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log2, sqrt

from counterpoise.sim.types import ActorId
from counterpoise.theory import statistics
from counterpoise.theory.evidence.answers_document import (
    AlliancesExplained,
    ExplainedAlliance,
    ExplanatoryHypothesis,
)
from counterpoise.theory.evidence.choices.scoring import places_of_partners
from counterpoise.theory.evidence.forecast_scores import mean
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.evidence.ties.offers import Pact
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.quantising import DIGITS, rounded

EQUAL = 1e-9
"""Shares that differ by less are equal."""


@dataclass(frozen=True, slots=True)
class _Alliance:
    case: Case
    """The decision that was open to the proposer."""
    members: tuple[ActorId, ...]
    partner: ActorId
    chosen: int
    """The place of the alignment on the menu."""
    shares: Mapping[str, Sequence[float]]
    """By hypothesis, the share of each alignment on the menu."""

    @property
    def menu(self) -> int:
        return self.case.point.alignments

    def best(self, place: int) -> list[str]:
        """Return the hypotheses that would explain the alignment at a place best; none if no share exceeds chance."""
        most = max((shares[place] for shares in self.shares.values()), default=0.0)
        if most <= 1.0 / self.menu + EQUAL:
            return []
        return [name for name, shares in self.shares.items() if shares[place] >= most - EQUAL]


def competing(sample: Sample, hypotheses: Mapping[str, Hypothesis]) -> dict[str, Hypothesis]:
    """Return the hypotheses and rivals that forecast every decision; baselines are no explanations."""
    records = [case.record for trail in sample.trails.values() for case in trail]
    return {
        name: found
        for name, found in hypotheses.items()
        if found.standing != "baseline" and all(name in record.forecasts for record in records)
    }


def shares_of_alignments(case: Case, name: str) -> list[float]:
    """Return the share that a hypothesis gave each alignment on the menu, given that one is made."""
    given = case.record.forecasts[name][: case.point.alignments]
    whole = fsum(given)
    return [share / whole for share in given]


def alliances_explained(sample: Sample, hypotheses: Mapping[str, Hypothesis]) -> AlliancesExplained:
    """Return which hypothesis explains each alliance best, and how many each explains.

    Args:
        sample: the decisions and what happened around them.
        hypotheses: those whose forecasts are compared, by name; baselines are passed over.
    """
    rivals = competing(sample, hypotheses)
    formed = [
        (session, pact) for session, diplomacy in sample.diplomacies.items() for pact in diplomacy.pacts if pact.is_new
    ]
    known = [one for session, pact in formed if (one := _alliance(sample, session, pact, rivals)) is not None]
    rows = sorted((_row(known, name, found) for name, found in rivals.items()), key=lambda row: -row.explained)
    return AlliancesExplained(
        n=len(known),
        left_out=len(formed) - len(known),
        unexplained=sum(1 for one in known if not one.best(one.chosen)),
        chance=rounded(mean([1.0 / one.menu for one in known])),
        hypotheses=rows,
        sentence=_sentence(len(known), rows),
        alliances=[_listed(one) for one in known],
    )


def _alliance(sample: Sample, session: str, pact: Pact, hypotheses: Mapping[str, Hypothesis]) -> _Alliance | None:
    case = sample.point_at(session, pact.proposer, pact.chosen)
    if case is None or case.point.alignments < 2:
        return None
    places = places_of_partners(case.point)
    partner = next((state for state in pact.partners if state in places), None)
    if partner is None:
        return None
    shares = {name: shares_of_alignments(case, name) for name in hypotheses}
    return _Alliance(case, (pact.proposer, *pact.partners), partner, places[partner], shares)


def _row(known: Sequence[_Alliance], name: str, hypothesis: Hypothesis) -> ExplanatoryHypothesis:
    shares = [one.shares[name][one.chosen] for one in known]
    gains = [log2(share * one.menu) for share, one in zip(shares, known, strict=True)]
    fit = statistics.clustered_interval(gains, [one.case.cluster for one in known])
    by_chance, variance = _by_chance(known, name)
    return ExplanatoryHypothesis(
        name=name,
        title=hypothesis.title,
        standing="hypothesis" if hypothesis.standing == "hypothesis" else "rival",
        explained=round(fsum(_part(one.best(one.chosen), name) for one in known), DIGITS),
        by_chance=round(by_chance, DIGITS),
        spread_by_chance=round(sqrt(variance), DIGITS),
        share=rounded(mean(shares)),
        bits=None if fit is None else rounded(fit.estimate),
        ci=None if fit is None or fit.clusters < 2 else (round(fit.low, DIGITS), round(fit.high, DIGITS)),
    )


def _by_chance(known: Sequence[_Alliance], name: str) -> tuple[float, float]:
    """Return the mean and the variance of what a hypothesis explains if every alignment on a menu is as likely as another."""
    means, variances = [], []
    for one in known:
        parts = [_part(one.best(place), name) for place in range(one.menu)]
        expected = fsum(parts) / one.menu
        means.append(expected)
        variances.append(fsum((part - expected) ** 2 for part in parts) / one.menu)
    return fsum(means), fsum(variances)


def _part(best: Sequence[str], name: str) -> float:
    """Return which part of an alliance a hypothesis explains; those that explain it equally well share it."""
    return 1.0 / len(best) if name in best else 0.0


def _listed(one: _Alliance) -> ExplainedAlliance:
    return ExplainedAlliance(
        session=one.case.record.session,
        date=one.case.point.date,
        proposer=one.members[0],
        members=one.members,
        partner=one.partner,
        menu=one.menu,
        shares={name: round(shares[one.chosen], DIGITS) for name, shares in one.shares.items()},
        best=one.best(one.chosen),
    )


def _sentence(n: int, rows: Sequence[ExplanatoryHypothesis]) -> str:
    if not n or not rows:
        return "No alliance was formed in play whose proposer's forecasts are known."
    first = rows[0]
    if not first.explained:
        return f"No hypothesis gave any of the {n} alliances a larger share than chance."
    return (
        f"Of {n} alliance{'' if n == 1 else 's'}, {first.name.replace('_', ' ')} explains {_number(first.explained)} better "
        f"than any other; chance would explain {_number(first.by_chance)}, give or take {_number(first.spread_by_chance)}."
    )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
