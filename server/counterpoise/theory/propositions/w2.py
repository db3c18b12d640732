"""Family W2: bandwagoning (Walt 1987, ch. 2, pp. 19-33)."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.theory import statistics
from counterpoise.theory.proposition import SHARE_SESOI, Proposition, Sample, found, slope
from counterpoise.theory.verdict import Finding


class ThreatMakesBandwagoning(Proposition):
    """Walt (1987), p. 33, for the view, which he rejects, that threatened states join the threat.

    The share answers which is the rule; the slope, in the note, whether fear makes joining likelier.
    """

    id: ClassVar[str] = "W2.1"
    family: ClassVar[str] = "W2"
    claim: ClassVar[str] = "States that face an external threat align with it."
    statistic: ClassVar[str] = "share of BW among threatened decisions that took a side"
    null: ClassVar[float] = 0.5
    sesoi: ClassVar[float] = SHARE_SESOI
    n_min: ClassVar[int] = 11

    def test(self, sample: Sample) -> Finding:
        """Return the share of bandwagoning among those who took a side."""
        sided = sample.sided
        joins = [float(case.did == "BW") for case in sided]
        rise = slope(sample.threatened, "BW", lambda point: point.threat)
        note = "no slope of BW on threat can be estimated"
        if rise.estimate is not None:
            note = f"slope of BW on threat {rise.estimate:+.2f} ({rise.low:+.2f} to {rise.high:+.2f}) per s.d."
        fit = statistics.ratio(joins, [1.0] * len(joins), [case.cluster for case in sided], null=0.5)
        return found(
            fit, len(sided), note=f"{joins.count(1.0)} of {len(sided)} who took a side joined the threat; {note}"
        )
