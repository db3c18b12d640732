"""Family WX: what makes it Walt's theory and not another's (Walt 1987, ch. 1 and ch. 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from counterpoise.theory import statistics
from counterpoise.theory.proposition import Proposition, Sample, found
from counterpoise.theory.scoring import score
from counterpoise.theory.verdict import Finding


class ThreatBeatsPower(Proposition):
    """Walt (1987), ch. 8, against Waltz (1979): threat tells who aligns with whom, power alone does not."""

    id: ClassVar[str] = "WX.1"
    family: ClassVar[str] = "WX"
    claim: ClassVar[str] = "Threat predicts alignment better than power alone."
    statistic: ClassVar[str] = "mean log score of balance of threat less that of balance of power, threatened decisions"
    sesoi: ClassVar[float] = 0.05
    n_min: ClassVar[int] = 30
    RIVALS: ClassVar[tuple[str, str]] = ("balance_of_threat", "balance_of_power")

    def test(self, sample: Sample) -> Finding:
        """Return the mean difference in log score, with the p of the paired permutation."""
        cases = [case for case in sample.threatened if all(name in case.record.forecasts for name in self.RIVALS)]
        threat, power = self.RIVALS
        gains = [score(case.record, threat).log_score - score(case.record, power).log_score for case in cases]
        fit = statistics.ratio(gains, [1.0] * len(gains), [case.cluster for case in cases])
        finding = found(fit, len(cases))
        return replace(finding, p=statistics.paired_permutation_p(gains)) if gains else finding
