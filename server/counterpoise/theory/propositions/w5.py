"""Family W5: foreign aid and the choice of partner (Walt 1987, ch. 2, pp. 41-46; tested on the region in ch. 7)."""

from __future__ import annotations

from dataclasses import replace
from math import fsum
from typing import ClassVar

from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import Candidate
from counterpoise.theory.evidence.event_studies import aid_around_alliances
from counterpoise.theory.evidence.proposition import (
    CHOICES_MIN,
    SLOPE_SESOI,
    Case,
    Proposition,
    Sample,
    finding_from_fit,
    format_finding,
    partner_interaction_slope,
    partner_slope,
)
from counterpoise.theory.evidence.verdict import Finding

AID_SESOI = 0.01
"""Smallest change of aid of interest, in yearly budgets: a token programme of 0.05 after every fifth alliance."""


def aligned(_: Case, k: Candidate) -> float:
    """Return 1 if the two were aligned before, else 0."""
    return float(k.prior)


def earlier_aid(sample: Sample) -> Finding:
    """Return the slope of the choice on aid in the three windows before it, alignment held; W5.1 and W5.1n share it."""
    return partner_slope(sample, lambda case, k: sample.earlier_aid(case, k.id), aligned)


def _aid_after(sample: Sample) -> tuple[Finding, float, float]:
    """Return how much more aid grew from new allies than from other candidates, and the two changes."""
    rows = aid_around_alliances(sample)
    own, rest = [change for _, change, _ in rows], [other for _, _, other in rows]
    gains = [one - other for one, other in zip(own, rest, strict=True)]
    fit = statistics.clustered_mean(gains, [cluster for cluster, _, _ in rows]) if any(gains) else None
    count = max(1, len(rows))
    return finding_from_fit(fit, len(rows)), fsum(own) / count, fsum(rest) / count


class AidMakesAlliance(Proposition):
    """Walt (1987), pp. 41-42 and 46; that aid follows alignment as much as it leads to it, ch. 7; Sullivan, Tessman & Li (2011).

    Aid is that of the three windows before the freeze; earlier alignment is controlled. The note gives the reverse, in the
    manner of Granger (1969): how aid changed after an alliance.
    """

    id: ClassVar[str] = "W5.1"
    family: ClassVar[str] = "W5"
    claim: ClassVar[str] = "The more aid one state gives another, the likelier they ally."
    statistic: ClassVar[str] = (
        "log-odds of being chosen per s.d. of earlier aid; alignment, shared threat, distance and power held"
    )
    unit: ClassVar[str] = "choice of a partner"
    n_min: ClassVar[int] = CHOICES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the slope of the choice on earlier aid."""
        finding = earlier_aid(sample)
        reverse, own, rest = _aid_after(sample)
        reverse_note = "no alliance after which aid could follow"
        if reverse.n:
            reverse_note = f"aid changed by {own:+.4f} from new allies, {rest:+.4f} from other candidates"
        return replace(finding, note=f"{finding.note}; {reverse_note}")


class AidFollowsAlliance(Proposition):
    """Walt (1987), pp. 41-45, and ch. 7: aid is the effect of alignment more than its cause.

    There is a verdict only if aid does not lead to alliances as well: if earlier aid clearly attracts partners, there is none.
    """

    id: ClassVar[str] = "W5.1n"
    family: ClassVar[str] = "W5"
    claim: ClassVar[str] = "Aid follows alliance rather than making it."
    statistic: ClassVar[str] = (
        "change of yearly aid from a new ally in the year after, less the change from other candidates"
    )
    unit: ClassVar[str] = "new alliance"
    sesoi: ClassVar[float] = AID_SESOI
    n_min: ClassVar[int] = CHOICES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the mean change of aid around new alliances, less that from other candidates."""
        finding, own, rest = _aid_after(sample)
        if not finding.n:
            return replace(finding, note="no new alliance with windows on both sides of it")
        leading = earlier_aid(sample)
        leads = leading.estimate is not None and leading.low > 0.0 and leading.estimate >= SLOPE_SESOI
        note = f"aid changed by {own:+.4f} from new allies, {rest:+.4f} from other candidates"
        note = f"{note}; {format_finding('slope on earlier aid', leading)}"
        return replace(finding, note=f"{note}{', so aid leads as well' if leads else ''}", enough=not leads)


class ThreatMakesAidWork(Proposition):
    """Walt (1987), pp. 41-42: aid works where it serves balancing; Morgenthau (1962) on the purposes of aid."""

    id: ClassVar[str] = "W5.2"
    family: ClassVar[str] = "W5"
    claim: ClassVar[str] = "The more threatened a state is, the more aid draws it to the donor."
    statistic: ClassVar[str] = (
        "log-odds of being chosen per s.d. of earlier aid x top threat; earlier aid and alignment held"
    )
    unit: ClassVar[str] = "choice of a partner"
    n_min: ClassVar[int] = CHOICES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the interaction of aid with threat."""
        return partner_interaction_slope(
            sample, lambda case, k: sample.earlier_aid(case, k.id), lambda case, _: case.point.threat, aligned
        )
