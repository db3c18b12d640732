"""The judgement of a prediction on decisions: passed, failed or undecided."""

from __future__ import annotations

from typing import Literal

import numpy as np

from counterpoise.theory import statistics
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.evidence.forecast_scores import ScoredMenus
from counterpoise.theory.evidence.proposition import finding_from_fit
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.evidence.verdict import Finding, hurdle, is_ample
from counterpoise.theory.registration.prediction import Prediction

Outcome = Literal["passed", "failed", "undecided"]


def finding_of(prediction: Prediction, sample: Sample) -> Finding:
    """Return the finding of the test that a prediction names."""
    if prediction.claim:
        return PROPOSITIONS[prediction.claim].test(sample)
    names = (prediction.better, prediction.than)
    cases = [case for case in sample.cases if all(name in case.record.forecasts for name in names)]
    menus = ScoredMenus([case.record for case in cases])
    one, other = (menus.scores(name) for name in names)
    differences = one.log_score - other.log_score if prediction.on == "choices" else one.aligned - other.aligned
    scored = np.nonzero(~np.isnan(differences))[0].tolist()
    gains, choosers = differences[scored], [cases[place].cluster for place in scored]
    return finding_from_fit(statistics.clustered_mean(gains, choosers), len(gains))


def outcome_of(prediction: Prediction, finding: Finding, sample: Sample) -> Outcome:
    """Return what a finding says of a prediction.

    It passes if the 95 % interval lies on the predicted side of no effect and of what blind choice from the same menus gives,
    the effect reaches the smallest one, and p, corrected for the number of predictions, is small. It fails if an effect as
    large as predicted is excluded: the 90 % interval lies wholly short of the smallest effect, which is a one-sided test at
    5 %. Anything else is undecided, and so is a sample that is too small.
    """
    if finding.estimate is None or not is_ample_for(prediction, finding, sample):
        return "undecided"
    is_sure = finding.p is not None and finding.p <= prediction.p_at_most
    furthest = max((bound - prediction.null) * prediction.sign for bound in (finding.low90, finding.high90))
    edge = hurdle((prediction.null, finding.blind), prediction.sign)
    nearest = min((bound - edge) * prediction.sign for bound in (finding.low, finding.high))
    effect = (finding.estimate - prediction.null) * prediction.sign
    if is_sure and nearest > 0.0 and effect >= prediction.smallest:
        return "passed"
    return "failed" if furthest < prediction.smallest else "undecided"


def is_ample_for(prediction: Prediction, finding: Finding, sample: Sample) -> bool:
    """Tell whether a finding has as many observations and choosers as a prediction asks for."""
    return finding.enough and is_ample(finding, n_min=prediction.least, threatened=len(sample.threatened))
