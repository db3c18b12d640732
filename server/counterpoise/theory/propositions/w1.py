"""Family W1: balancing (Walt 1987, ch. 2, pp. 17-28; tested on the region in ch. 5)."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.theory.proposition import Proposition, Sample, slope
from counterpoise.theory.verdict import Finding


class ThreatMakesBalancing(Proposition):
    """Walt (1987), p. 32: states that face an external threat align against it. Unthreatened decisions are the controls.

    Each chooser has an intercept of its own in each session, so that the slope is within choosers.
    """

    id: ClassVar[str] = "W1.1"
    family: ClassVar[str] = "W1"
    claim: ClassVar[str] = "The greater the threat a state faces, the likelier it aligns against it."
    statistic: ClassVar[str] = "log-odds of BAL per s.d. of the top threat, within choosers"

    def test(self, sample: Sample) -> Finding:
        """Return the slope of BAL on the top threat."""
        return slope(sample.cases, "BAL", lambda point: point.threat, effects=lambda case: case.cluster)


class ProximityMakesBalancing(Proposition):
    """Walt (1987), pp. 23-24 and 32: nearness of a threat, which Boulding's (1962) loss of strength explains."""

    id: ClassVar[str] = "W1.3"
    family: ClassVar[str] = "W1"
    claim: ClassVar[str] = "The nearer a powerful state, the likelier its neighbours align against it."
    statistic: ClassVar[str] = "log-odds of BAL per s.d. of proximity; power, offence and intent held"

    def test(self, sample: Sample) -> Finding:
        """Return the slope of BAL on the proximity of the top threat."""
        return slope(
            sample.threatened,
            "BAL",
            lambda point: point.source.proximity,
            [lambda p: p.relative_power, lambda p: p.source.offense, lambda p: p.source.intentions],
        )


class OffenseMakesBalancing(Proposition):
    """Walt (1987), pp. 24-25 and 32; on offence and defence Jervis (1978), Van Evera (1999)."""

    id: ClassVar[str] = "W1.4"
    family: ClassVar[str] = "W1"
    claim: ClassVar[str] = "The greater a state's offensive capability, the likelier others align against it."
    statistic: ClassVar[str] = "log-odds of BAL per s.d. of offensive capability; power, proximity and intent held"

    def test(self, sample: Sample) -> Finding:
        """Return the slope of BAL on the offensive capability of the top threat."""
        return slope(
            sample.threatened,
            "BAL",
            lambda point: point.source.offense,
            [lambda p: p.relative_power, lambda p: p.source.proximity, lambda p: p.source.intentions],
        )


class IntentMakesBalancing(Proposition):
    """Walt (1987), pp. 25-26 and 32. Intent varies in time, so each pair of chooser and threat has its own intercept.

    The same coefficient with the other sign is W2.5, the bandwagoner's view.
    """

    id: ClassVar[str] = "W1.5"
    family: ClassVar[str] = "W1"
    claim: ClassVar[str] = "The more aggressive a state's intentions look, the likelier others align against it."
    statistic: ClassVar[str] = "log-odds of BAL per s.d. of perceived intent, within pairs of chooser and threat"

    def test(self, sample: Sample) -> Finding:
        """Return the slope of BAL on the perceived intent of the top threat."""
        return slope(
            sample.threatened,
            "BAL",
            lambda point: point.source.intentions,
            [lambda p: p.relative_power, lambda p: p.source.offense],
            effects=lambda case: (case.cluster, case.point.top_threat),
        )
