"""Family W1, consequences of balancing: checkerboards, realignment, the end of wartime alliances (Walt 1987, ch. 2)."""

from __future__ import annotations

from dataclasses import replace
from math import fsum, log
from typing import ClassVar

from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import Candidate
from counterpoise.theory.evidence.alliance_spells import hazard, pieces
from counterpoise.theory.evidence.event_studies import jumps
from counterpoise.theory.evidence.map_patterns import checkerboards, session_finding
from counterpoise.theory.evidence.proposition import (
    CHOICES_MIN,
    SHARE_SESOI,
    Case,
    Proposition,
    Sample,
    choice_finding,
    finding_from_fit,
)
from counterpoise.theory.evidence.verdict import Finding

DEFEATS_MIN = 15
JUMPS_MIN = 30


class NeighboursAllyLess(Proposition):
    """Walt (1987), pp. 23-24: Kautilya's checkerboard, as Wight (1978) describes it.

    The claim is about alliances. The index uses alliances made in play, among pairs that were neither allies nor rivals at
    the opening: alliances of the opening come from the scenario and would support the claim in any game. The note gives the
    index on all signs.
    """

    id: ClassVar[str] = "W1.3b"
    family: ClassVar[str] = "W1"
    claim: ClassVar[str] = "Neighbours ally less than states with one other state between them."
    statistic: ClassVar[str] = (
        "density of new alliances at distance 2 less that at distance 1, mean over snapshots; p by permutation of states"
    )
    unit: ClassVar[str] = "session's snapshots"
    sesoi: ClassVar[float] = SHARE_SESOI
    n_min: ClassVar[int] = 5

    def test(self, sample: Sample) -> Finding:
        """Return the mean checkerboard index."""
        return session_finding(checkerboards(sample.structures), linear=False)


class IntentMakesRealignment(Proposition):
    """Walt (1987), pp. 25-26: of states with equal power and place the one that turns aggressive is balanced.

    Each jump is its own stratum, so that only changes at the jump can matter (Mantel & Haenszel 1959).
    """

    id: ClassVar[str] = "W1.5b"
    family: ClassVar[str] = "W1"
    claim: ClassVar[str] = "When a state's intentions become more aggressive, the states it threatens align against it."
    statistic: ClassVar[str] = "log rate ratio of BAL in the year after a jump of intent and the year before it"
    unit: ClassVar[str] = "jump of perceived intent"
    n_min: ClassVar[int] = JUMPS_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the log ratio of the rates of balancing after and before jumps of intent."""
        events = jumps(sample)
        fit = statistics.rate_ratio(
            [event.before for event in events],
            [event.time_before for event in events],
            [event.after for event in events],
            [event.time_after for event in events],
            [event.cluster for event in events],
        )
        early, late = fsum(event.before for event in events), fsum(event.after for event in events)
        note = f"{len(events)} jumps; BAL {early:.0f} times in the year before, {late:.0f} in the year after"
        return finding_from_fit(fit, len(events), note=note)


class DefeatEndsAlliances(Proposition):
    """Walt (1987), p. 31: wartime coalitions dissolve once the enemy is beaten; on terminations Leeds & Savun (2007)."""

    id: ClassVar[str] = "W1.6"
    family: ClassVar[str] = "W1"
    claim: ClassVar[str] = "Alliances against an enemy break up once it is defeated."
    statistic: ClassVar[str] = "log hazard ratio of the alliance's end after its named enemy's defeat (Cox model)"
    unit: ClassVar[str] = "alliance with a named enemy"
    n_min: ClassVar[int] = 30

    def test(self, sample: Sample) -> Finding:
        """Return the log hazard ratio of defeat."""
        cut = [spell for spell in pieces(sample) if spell[0].spell.against is not None]
        beaten = sum(1 for spell in cut if any(piece.defeated for piece in spell))
        note = f"the enemy of {beaten} was defeated while they lasted"
        finding = hazard(sample, cut, [lambda piece: float(piece.defeated)], note=note)
        return replace(finding, enough=beaten >= DEFEATS_MIN, spread=None)


class InfluenceMakesBalancing(Proposition):
    """Walt (1987), pp. 18-19, his second reason to balance: a state has more influence on the weaker side.

    The alternatives are partners that share the threat, since only they form a side against it.
    """

    id: ClassVar[str] = "W1.7"
    family: ClassVar[str] = "W1"
    claim: ClassVar[str] = "States that balance prefer partners among whom their own influence is larger."
    statistic: ClassVar[str] = (
        "log-odds of being chosen per s.d. of own share in the pair's power; threat and power held"
    )
    unit: ClassVar[str] = "choice of a partner who shares the threat"
    n_min: ClassVar[int] = CHOICES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the slope of the choice on influence."""

        def covariates(case: Case, k: Candidate) -> tuple[float, ...]:
            pair = case.frozen.power + k.power
            own = case.frozen.power / pair if pair > 0.0 else 0.5
            return (own, k.shared, k.power, log(max(1.0, k.km)))

        cases = [case for case in sample.joined if case.outcome.choice.startswith("BAL:")]
        return choice_finding(
            sample.choice_sets(covariates, cases, lambda case, k: k.fear_of_top_threat >= case.point.shared_floor)
        )
