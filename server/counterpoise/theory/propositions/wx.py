"""Family WX: what makes it Walt's theory and not another's (Walt 1987, ch. 1 and ch. 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from counterpoise.theory import statistics
from counterpoise.theory.proposition import Proposition, Sample, found
from counterpoise.theory.scoring import mean, score
from counterpoise.theory.verdict import Finding


class ThreatBeatsPower(Proposition):
    """Walt (1987), ch. 8, against Waltz (1979): threat tells who aligns with whom, power alone does not.

    The claim is about alignment, so it is tested where something was signed, on the partner named: over all decisions the
    model that expects less to happen wins on every quiet quarter, whatever it knows of threats. That contrast is in the
    note.
    """

    id: ClassVar[str] = "WX.1"
    family: ClassVar[str] = "WX"
    claim: ClassVar[str] = "Threat predicts alignment better than power alone."
    statistic: ClassVar[str] = (
        "mean log score of balance of threat less that of balance of power, on the partner of what was signed"
    )
    sesoi: ClassVar[float] = 0.05
    n_min: ClassVar[int] = 30
    RIVALS: ClassVar[tuple[str, str]] = ("balance_of_threat", "balance_of_power")

    def test(self, sample: Sample) -> Finding:
        """Return the mean difference in log score, with the p of the paired permutation."""
        cases = [case for case in sample.threatened if all(name in case.record.forecasts for name in self.RIVALS)]
        threat, power = self.RIVALS
        pairs = [(case, score(case.record, threat), score(case.record, power)) for case in cases]
        whole = mean([one.log_score - other.log_score for _, one, other in pairs])
        signed = [
            (case.cluster, one.aligned - other.aligned)
            for case, one, other in pairs
            if one.aligned is not None and other.aligned is not None
        ]
        gains = [gain for _, gain in signed]
        fit = statistics.ratio(gains, [1.0] * len(gains), [cluster for cluster, _ in signed])
        note = "" if whole is None else f"over all {len(pairs)} threatened decisions {whole:+.3f}"
        finding = found(fit, len(gains), note=note)
        return replace(finding, p=statistics.paired_permutation_p(gains)) if gains else finding
