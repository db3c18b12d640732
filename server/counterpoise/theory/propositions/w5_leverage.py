"""Family W5, leverage: conditions under which aid buys compliance (Walt 1987, ch. 2, pp. 43-46; ch. 7)."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from counterpoise.theory import statistics
from counterpoise.theory.evidence.compliance_episodes import compliance, episodes
from counterpoise.theory.evidence.proposition import (
    CHOICES_MIN,
    Proposition,
    Sample,
    format_finding,
    partner_interaction_slope,
)
from counterpoise.theory.evidence.verdict import Finding

EPISODES_MIN = CHOICES_MIN
EPISODE = "demand on a recipient of aid"


class MonopolyMakesLeverage(Proposition):
    """Walt (1987), p. 43 and 46: a donor without rivals can insist; Keohane (1971) on the big influence of small allies."""

    id: ClassVar[str] = "W5.3"
    family: ClassVar[str] = "W5"
    claim: ClassVar[str] = "The larger a donor's share of what a state receives, the more the state complies."
    statistic: ClassVar[str] = "log-odds of compliance per s.d. of the donor's share of supply; aid held"
    unit: ClassVar[str] = EPISODE
    n_min: ClassVar[int] = EPISODES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the slope of compliance on monopoly; the note gives the interaction with aid in the choice of partner."""
        finding = compliance(sample, [lambda e: e.monopoly, lambda e: e.aid])
        joint = partner_interaction_slope(
            sample, lambda _, k: k.aid, lambda _, k: k.monopoly, lambda _, k: float(k.prior)
        )
        return replace(finding, note=f"{finding.note}; {format_finding('slope on aid x monopoly', joint)}")


class DependenceMakesLeverage(Proposition):
    """Walt (1987), pp. 43-44 and 46: the more dependent state gives way; Keohane & Nye (1977) on asymmetric dependence."""

    id: ClassVar[str] = "W5.4"
    family: ClassVar[str] = "W5"
    claim: ClassVar[str] = (
        "The more the recipient depends on the donor, and the less the donor on it, the more it complies."
    )
    statistic: ClassVar[str] = "log-odds of compliance per s.d. of the asymmetry of dependence; aid held"
    unit: ClassVar[str] = EPISODE
    n_min: ClassVar[int] = EPISODES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the slope of compliance on the asymmetry of dependence."""
        return compliance(sample, [lambda e: e.asymmetry, lambda e: e.aid])


class MotivationMakesLeverage(Proposition):
    """Walt (1987), p. 44 and 46: the side that cares more prevails, mostly the recipient; on resolve Baldwin (1985).

    In a demand tied to aid, motivation is the donor's stake in the matter less the recipient's (``sim/rules/aid_leverage.py``).
    In a crisis it is the donor's fear of the recipient's top threat less the recipient's own.
    """

    id: ClassVar[str] = "W5.5"
    family: ClassVar[str] = "W5"
    claim: ClassVar[str] = "The more the donor cares than the recipient does, the more the recipient complies."
    statistic: ClassVar[str] = "log-odds of compliance per s.d. of the asymmetry of motivation; its mean in the note"
    unit: ClassVar[str] = EPISODE
    n_min: ClassVar[int] = EPISODES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the slope of compliance on motivation; the note gives its mean."""
        finding = compliance(sample, [lambda e: e.motivation])
        rows = episodes(sample)
        values = [row.motivation for row in rows]
        fit = statistics.bootstrap_ratio(values, [1.0] * len(values), [row.cluster for row in rows])
        if fit is None:
            return finding
        mean = f"mean {fit.estimate:+.2f} ({fit.low:+.2f} to {fit.high:+.2f}), below 0 where it favours the recipient"
        return replace(finding, note=f"{finding.note}; {mean}")


class ConstraintUnmakesLeverage(Proposition):
    """Walt (1987), pp. 44-45 and 46: a donor constrained at home cannot credibly threaten to stop aid; Putnam (1988)."""

    id: ClassVar[str] = "W5.6"
    family: ClassVar[str] = "W5"
    claim: ClassVar[str] = "The more constrained the donor's leaders at home, the less the recipient complies."
    statistic: ClassVar[str] = "log-odds of compliance per s.d. of the donor's domestic constraint; aid held"
    unit: ClassVar[str] = EPISODE
    predicted: ClassVar[int] = -1
    n_min: ClassVar[int] = EPISODES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the slope of compliance on the donor's constraint."""
        return compliance(sample, [lambda e: e.constraint, lambda e: e.aid])


class AidUnmakesLeverage(Proposition):
    """Walt (1987), p. 45: aid makes its recipient stronger and so less compliant; Sullivan, Tessman & Li (2011) agree."""

    id: ClassVar[str] = "W5.7"
    family: ClassVar[str] = "W5"
    claim: ClassVar[str] = "The more aid a state has received in all, the less it complies."
    statistic: ClassVar[str] = (
        "log-odds of compliance per s.d. of all aid received from the donor so far; present aid held"
    )
    unit: ClassVar[str] = EPISODE
    predicted: ClassVar[int] = -1
    n_min: ClassVar[int] = EPISODES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the slope of compliance on cumulative aid."""
        return compliance(sample, [lambda e: e.total, lambda e: e.aid])
