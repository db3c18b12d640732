"""Which hypothesis explains each alliance formed in play, beside what chance would explain.

Walt (1987), ch. 5-7, asks of each alliance which hypothesis accounts for it. Here a hypothesis explains an alliance best if, of
all hypotheses, it gave it the largest share among the alignments that were open to its proposer. Some hypothesis always gives the
largest share, so each count stands beside the count by chance: the mean over draws from the same menus with equal chances.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log2, sqrt

from counterpoise.sim.types import ActorId
from counterpoise.theory import statistics
from counterpoise.theory.evidence.answers_document import (
    AlliancesExplained,
    ExplainedAlliance,
    ExplanatoryHypothesis,
    LeftOut,
)
from counterpoise.theory.evidence.choices.scoring import places_of_partners
from counterpoise.theory.evidence.choices.telling import is_telling, too_few
from counterpoise.theory.evidence.forecast_scores import mean
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.evidence.ties.offers import Pact
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.quantising import DIGITS, rounded

LEFT_OUT = {
    "others": "proposed by players that are not tested here",
    "undecided": "of a proposer whose decision is not over or not on record",
    "menu": "of a proposer that had no second partner to choose from, or whose menu did not have the partner",
}
"""Why the forecasts of an alliance are not compared, in words that follow a number of alliances."""
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
    known, left_out = [], Counter[str]()
    for session, pact in formed:
        one = _alliance(sample, session, pact, rivals)
        if isinstance(one, _Alliance):
            known.append(one)
        else:
            left_out[one] += 1
    rows = sorted((_row(known, name, found) for name, found in rivals.items()), key=lambda row: -row.explained)
    return AlliancesExplained(
        n=len(known),
        left_out=LeftOut(left_out["others"], left_out["undecided"], left_out["menu"]),
        unexplained=sum(1 for one in known if not one.best(one.chosen)),
        chance=rounded(mean([1.0 / one.menu for one in known])),
        hypotheses=rows,
        telling=is_telling([one.case.cluster for one in known]),
        sentence=_sentence(known, rows),
        left_out_sentence=_left_out_sentence(left_out),
        alliances=[_listed(one) for one in known],
    )


def _alliance(sample: Sample, session: str, pact: Pact, hypotheses: Mapping[str, Hypothesis]) -> _Alliance | str:
    """Return an alliance with its shares, or the key in ``LEFT_OUT`` of why it has none."""
    case = sample.point_at(session, pact.proposer, pact.chosen)
    if case is None:
        return "others" if sample.is_of_bystander(session, pact.proposer, pact.chosen) else "undecided"
    if case.point.alignments < 2:
        return "menu"
    places = places_of_partners(case.point)
    partner = next((state for state in pact.partners if state in places), None)
    if partner is None:
        return "menu"
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


def _sentence(known: Sequence[_Alliance], rows: Sequence[ExplanatoryHypothesis]) -> str:
    """Name the hypotheses that explain most alliances, all of them if several explain as many; none with too few alliances."""
    n, choosers = len(known), [one.case.cluster for one in known]
    if not n or not rows:
        return "No alliance was formed in play whose proposer's forecasts are known."
    if not is_telling(choosers):
        return too_few(choosers, "alliance proposed", "alliances proposed", what="explains the alliances best").text
    most = rows[0].explained
    if not most:
        return f"No hypothesis gave any of the {n} alliances a larger share than chance."
    first = [row for row in rows if row.explained >= most - EQUAL]
    if len(first) > 1:
        each = [
            f"{row.name.replace('_', ' ')} ({_number(row.by_chance)}, give or take {_number(row.spread_by_chance)}, by chance)"
            for row in first
        ]
        told = f"{', '.join(each[:-1])} and {each[-1]} explain {_number(most)} each"
        return f"Of {n} alliances, {told}, and no other explains more."
    return (
        f"Of {n} alliances, {first[0].name.replace('_', ' ')} explains {_number(most)} better than any other; chance would "
        f"explain {_number(first[0].by_chance)}, give or take {_number(first[0].spread_by_chance)}."
    )


def _left_out_sentence(left_out: Mapping[str, int]) -> str:
    if not any(left_out.values()):
        return ""
    parts = [f"{left_out[why]} {words}" for why, words in LEFT_OUT.items() if left_out.get(why)]
    return f"Left out: {'; '.join(parts)}."


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
