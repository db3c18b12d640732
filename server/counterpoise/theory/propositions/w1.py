"""Family W1: balancing, the components of threat (Walt 1987, ch. 2, pp. 17-28; tested on the region in ch. 5).

Every slope controls the share of balancing that random choices would make; see ``proposition.log_balancing_share``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.evidence.proposition import (
    SHARE_SESOI,
    SHARES_MIN,
    Case,
    Proposition,
    Sample,
    count_balancing_partners,
    format_finding,
    log_balancing_share,
    logit_slope,
    share_difference,
)
from counterpoise.theory.evidence.verdict import Finding

HEGEMON = 1.0 / 3.0
"""Share of the system's capabilities from which great powers balanced the strongest state (Levy & Thompson 2005)."""


class ThreatMakesBalancing(Proposition):
    """Walt (1987), p. 32: states that face an external threat align against it. Unthreatened decisions are the controls.

    Under the classification unthreatened decisions cannot balance, so that the claim would be true by definition. So an
    unthreatened decision counts if it would have been balancing under threat: an alignment with a state that fears the same
    state. Each chooser has an intercept of its own in each session, so that the slope is within choosers.
    """

    id: ClassVar[str] = "W1.1"
    family: ClassVar[str] = "W1"
    claim: ClassVar[str] = "The greater the threat a state faces, the likelier it aligns against it."
    statistic: ClassVar[str] = "log-odds of BAL per s.d. of the top threat, within choosers"
    unit: ClassVar[str] = "decision"

    def test(self, sample: Sample) -> Finding:
        """Return the slope of BAL on the top threat."""

        def opposed(case: Case) -> bool:
            if case.point.threatened:
                return case.did == "BAL"
            partner, floor = sample.partner(case), case.point.shared_floor
            return partner is not None and partner.id != case.point.top_threat and partner.fear_of_top_threat >= floor

        finding = logit_slope(
            sample.cases, opposed, lambda point: point.threat, [log_balancing_share], effects=lambda case: case.cluster
        )
        return replace(finding, note=finding.note.replace("done", "aligned against the threat", 1))


class PowerMakesBalancing(Proposition):
    """Walt (1987), pp. 22-23 and 32, as Waltz (1979) argues of power alone.

    The net sign is open, since power both frightens and attracts (W2.2); the note gives the slope of bandwagoning.
    """

    id: ClassVar[str] = "W1.2"
    family: ClassVar[str] = "W1"
    claim: ClassVar[str] = "The more powerful the state that threatens, the likelier others align against it."
    statistic: ClassVar[str] = "log-odds of BAL per s.d. of the threat's power; proximity, offence and intent held"
    n_min: ClassVar[int] = 180

    def test(self, sample: Sample) -> Finding:
        """Return the slope of BAL on the power of the top threat."""
        held = [
            lambda p: p.source.proximity,
            lambda p: p.source.offense,
            lambda p: p.source.intentions,
            log_balancing_share,
        ]
        finding = logit_slope(sample.threatened, "BAL", lambda point: point.relative_power, held)
        joining = logit_slope(sample.sided, "BW", lambda point: point.relative_power, held)
        return replace(finding, note=f"{finding.note}; {format_finding('slope of BW against BAL on it', joining)}")


class ProximityMakesBalancing(Proposition):
    """Walt (1987), pp. 23-24 and 32: nearness of a threat, which Boulding's (1962) loss of strength explains."""

    id: ClassVar[str] = "W1.3"
    family: ClassVar[str] = "W1"
    claim: ClassVar[str] = "The nearer a powerful state, the likelier its neighbours align against it."
    statistic: ClassVar[str] = "log-odds of BAL per s.d. of proximity; power, offence and intent held"

    def test(self, sample: Sample) -> Finding:
        """Return the slope of BAL on the proximity of the top threat."""
        return logit_slope(
            sample.threatened,
            "BAL",
            lambda point: point.source.proximity,
            [
                lambda p: p.relative_power,
                lambda p: p.source.offense,
                lambda p: p.source.intentions,
                log_balancing_share,
            ],
        )


class OffenseMakesBalancing(Proposition):
    """Walt (1987), pp. 24-25 and 32; on offence and defence Jervis (1978), Van Evera (1999)."""

    id: ClassVar[str] = "W1.4"
    family: ClassVar[str] = "W1"
    claim: ClassVar[str] = "The greater a state's offensive capability, the likelier others align against it."
    statistic: ClassVar[str] = "log-odds of BAL per s.d. of offensive capability; power, proximity and intent held"

    def test(self, sample: Sample) -> Finding:
        """Return the slope of BAL on the offensive capability of the top threat."""
        return logit_slope(
            sample.threatened,
            "BAL",
            lambda point: point.source.offense,
            [
                lambda p: p.relative_power,
                lambda p: p.source.proximity,
                lambda p: p.source.intentions,
                log_balancing_share,
            ],
        )


def intent_slope(sample: Sample) -> Finding:
    """Return the slope of BAL on perceived intent within pairs of chooser and threat, the estimate of W1.5 and W2.5."""
    return logit_slope(
        sample.threatened,
        "BAL",
        lambda point: point.source.intentions,
        [lambda p: p.relative_power, lambda p: p.source.offense, log_balancing_share],
        effects=lambda case: (case.cluster, case.point.top_threat),
    )


class IntentMakesBalancing(Proposition):
    """Walt (1987), pp. 25-26 and 32. Intent varies in time, so each pair of chooser and threat has its own intercept.

    W2.5, the view of bandwagoning, predicts the opposite sign of the same coefficient.
    """

    id: ClassVar[str] = "W1.5"
    family: ClassVar[str] = "W1"
    claim: ClassVar[str] = "The more aggressive a state's intentions look, the likelier others align against it."
    statistic: ClassVar[str] = "log-odds of BAL per s.d. of perceived intent, within pairs of chooser and threat"

    def test(self, sample: Sample) -> Finding:
        """Return the slope of BAL on the perceived intent of the top threat."""
        return intent_slope(sample)


class HegemonIsBalanced(Proposition):
    """Walt (1987), pp. 18-19: balance before the hegemon is too strong; Levy & Thompson (2005) on Europe's great powers.

    The great powers balanced a state with a third or more of the system's capabilities, and not with less. So that share is
    the threshold.
    """

    id: ClassVar[str] = "W1.8"
    family: ClassVar[str] = "W1"
    claim: ClassVar[str] = "States balance a threat more once it holds a third of all capabilities."
    statistic: ClassVar[str] = (
        "share of BAL where the threat holds a third or more of all power less the share elsewhere"
    )
    sesoi: ClassVar[float] = SHARE_SESOI
    n_min: ClassVar[int] = SHARES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the difference in the share of balancing."""
        cases = sample.threatened
        above = [case.point.source.power >= HEGEMON for case in cases]
        count = sum(1 for mark in above if mark)

        def share(point: DecisionPoint) -> float:
            return count_balancing_partners(point) / (len(point.candidates) + 1)

        return share_difference(
            cases, "BAL", above, [share], note=f"the threat holds a third or more in {count} of {len(cases)} decisions"
        )
