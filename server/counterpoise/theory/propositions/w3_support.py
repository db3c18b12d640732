"""Family W3, allies and appeasement: expected support, and threats that cannot be appeased (Walt 1987, pp. 29-31)."""

from __future__ import annotations

from dataclasses import replace
from math import fsum
from typing import ClassVar

from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.evidence.proposition import (
    SHARE_SESOI,
    SHARES_MIN,
    Case,
    Proposition,
    Sample,
    format_finding,
    log_balancing_share,
    logit_slope,
    logit_slope_on_columns,
    share_difference,
)
from counterpoise.theory.evidence.verdict import Finding


def best_will(point: DecisionPoint) -> float:
    """Return the chance that the likeliest ally accepts and honours."""
    return max((k.will for k in point.candidates), default=0.0)


def coverage(point: DecisionPoint) -> float:
    """Return the expected support of states that fear the threat too, over the threat's own power."""
    support = fsum(k.power * k.will for k in point.candidates if k.fear_of_top_threat >= point.shared_floor)
    return support / point.source.power if point.source.power > 0.0 else 0.0


class SupportMakesBalancing(Proposition):
    """Walt (1987), pp. 30-31 and 33: states balance when they can count on allies; on reliability Leeds (2003)."""

    id: ClassVar[str] = "W3.3"
    family: ClassVar[str] = "W3"
    claim: ClassVar[str] = "The likelier allied support, the more states balance."
    statistic: ClassVar[str] = "log-odds of BAL per s.d. of the best candidate's estimated willingness; threat held"

    def test(self, sample: Sample) -> Finding:
        """Return the slope of BAL on the best willingness; the note gives the slope on the number of available partners."""
        finding = logit_slope(sample.threatened, "BAL", best_will, [lambda point: point.threat, log_balancing_share])
        number = logit_slope(
            sample.threatened,
            "BAL",
            lambda point: float(len(point.available)),
            [lambda point: point.threat, log_balancing_share],
        )
        return replace(
            finding, note=f"{finding.note}; {format_finding('slope on the number of available partners', number)}"
        )


class CertaintyMakesHiding(Proposition):
    """Walt (1987), pp. 30-31: certain support invites free riding (Olson & Zeckhauser 1966); Posen (1984).

    The sample is decisions at which others had lately aligned against the threat, since a state can only hide behind others.
    Under that shelter doing nothing counts as hiding, whether or not the shelter lasts through the window, which others
    decide.
    """

    id: ClassVar[str] = "W3.3b"
    family: ClassVar[str] = "W3"
    claim: ClassVar[str] = "Where others' support outweighs the threat, states hide behind it."
    statistic: ClassVar[str] = (
        "log-odds of doing nothing under cover per s.d. of whether support exceeds the threat's power"
    )
    unit: ClassVar[str] = "threatened decision under others' cover"

    def test(self, sample: Sample) -> Finding:
        """Return the slope of hiding on sufficient shelter; the note gives the curvature in willingness."""
        cases = [case for case in sample.threatened if case.point.sheltered]
        full = [float(coverage(case.point) > 1.0) for case in cases]
        finding = logit_slope_on_columns(cases, _hides, [full, [case.point.threat for case in cases]])
        will = [best_will(case.point) for case in cases]
        centre = fsum(will) / len(will) if will else 0.0
        curvature = logit_slope_on_columns(cases, _hides, [[(value - centre) ** 2 for value in will], will])
        note = (
            f"nothing done in {sum(1 for case in cases if _hides(case))} of {len(cases)} decisions under cover, "
            f"{full.count(1.0)} with more support than the threat's power; {format_finding('square of willingness', curvature)}"
        )
        return replace(finding, note=note)


def _hides(case: Case) -> bool:
    return case.did in ("HIDE", "NEU")


class LonelinessMakesBandwagoning(Proposition):
    """Walt (1987), pp. 30-31 and 33: a state without help has to give in to the threat; Vital (1967) on small powers.

    Available is who is likely to accept, near enough to help, and has not refused an offer of the state within the last year.
    """

    id: ClassVar[str] = "W3.3c"
    family: ClassVar[str] = "W3"
    claim: ClassVar[str] = "States without available allies join the threat more."
    statistic: ClassVar[str] = "share of BW where no state is likely to help less the share elsewhere; threat held"
    sesoi: ClassVar[float] = SHARE_SESOI
    n_min: ClassVar[int] = SHARES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the difference in the share of joining the threat."""
        cases = sample.threatened
        alone = [not case.point.available for case in cases]
        count = sum(1 for mark in alone if mark)
        note = f"{count} of {len(cases)} decisions without an available partner"
        return share_difference(cases, "BW", alone, [lambda point: point.threat], note=note)


class FixedIntentMakesBalancing(Proposition):
    """Walt (1987), pp. 26 and 33: states balance a threat that cannot be appeased. On the perception of intent Jervis (1976).

    Broken promises are part of perceived intent already. The note gives their own slope: it counts promises that the threat
    broke to any state and that the chooser knew of.
    """

    id: ClassVar[str] = "W3.4"
    family: ClassVar[str] = "W3"
    claim: ClassVar[str] = "The more unchangeably aggressive a threat looks, the fewer states join it."
    statistic: ClassVar[str] = "log-odds of BW against BAL per s.d. of perceived intent; the other components held"
    unit: ClassVar[str] = "threatened decision that took a side"
    predicted: ClassVar[int] = -1

    def test(self, sample: Sample) -> Finding:
        """Return the slope of joining on intent; the note gives the slope on broken promises."""
        cases = sample.sided
        intent = [case.point.source.intentions for case in cases]
        broken = [float(_broken(sample, case)) for case in cases]
        held = [
            [log_balancing_share(case.point) for case in cases],
            [case.point.relative_power for case in cases],
            [case.point.source.proximity for case in cases],
            [case.point.source.offense for case in cases],
        ]
        finding = logit_slope_on_columns(cases, "BW", [intent, *held])
        broken_slope = logit_slope_on_columns(cases, "BW", [broken, intent, *held])
        return replace(finding, note=f"{finding.note}; {format_finding('slope on broken promises', broken_slope)}")


def _broken(sample: Sample, case: Case) -> int:
    """Count the broken promises of the top threat that the chooser knew of when the decision was frozen."""
    chronicle = sample.chronicles.get(case.record.session)
    return sum(
        1
        for incident in (chronicle.broken_promises if chronicle else ())
        if incident.tick < case.frozen.opened
        and incident.actors[0] == case.point.top_threat
        and (incident.audience is None or case.frozen.actor in incident.audience)
    )
