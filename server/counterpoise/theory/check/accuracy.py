"""The accuracy of each hypothesis: proper scores, calibration, discrimination, and the mixture with the best score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from msgspec import UNSET

from counterpoise.document_schema import Interval
from counterpoise.theory import statistics
from counterpoise.theory.check.debrief_document import ClassDiscrimination, Discrimination, HypothesisRow, Mixture
from counterpoise.theory.decisions.decision_point import option_of
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.forecast_scores import (
    REFERENCE,
    Score,
    mean,
    score,
    scored_choice,
    scored_shares,
    skill,
    usable,
)
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.theory.quantising import DIGITS, rounded

CLASSES = ("BAL", "BW")
"""The classes whose discrimination is measured, one against the rest, among threatened decisions."""
FOLDS = 5
MIXED_MIN = 60
"""Fewest decisions for a mixture."""
_ClassCases = list[tuple[DecisionRecord, tuple[int, ...], bool]]
"""Decisions, the places of the options of a class in each, and whether the choice was of that class."""


def hypothesis_table(
    records: Sequence[DecisionRecord], hypotheses: Mapping[str, Hypothesis] = HYPOTHESES
) -> list[HypothesisRow]:
    """Return one row for each hypothesis, rival and baseline, all scored on the same decisions, the best first.

    ``skill`` is one less the ratio of mean log scores to those of the base rates and ``ci`` its 95 % interval, clustered on
    choosers and sessions. ``brier_skill`` is the same of Brier scores. The ``partner`` columns score the partner
    alone: shares are renormalised over the alignments on the menu, and only decisions with a new alignment count.
    """
    scored = [record for record in records if usable(record)]
    names = [name for name in hypotheses if all(name in record.forecasts for record in scored)]
    clusters = [(record.session, record.point.actor) for record in scored]
    results = {name: [score(record, name) for record in scored] for name in names}
    reference = results.get(REFERENCE, [])
    by_class = {did: _class_cases(scored, did) for did in CLASSES}
    rows = [_row(name, hypotheses[name], scored, results[name], reference, clusters, by_class) for name in names]
    return sorted(rows, key=lambda row: (-(row.log_score if row.log_score is not None else 0.0), row.name))


def _row(
    name: str,
    hypothesis: Hypothesis,
    records: Sequence[DecisionRecord],
    scores: list[Score],
    reference: list[Score],
    clusters: Sequence[statistics.Cluster],
    by_class: Mapping[str, _ClassCases],
) -> HypothesisRow:
    """Return the accuracy of one hypothesis.

    The calibration is over every scored option; ``reliability``, ``resolution`` and ``uncertainty`` split its Brier score (Murphy
    1973).
    """
    logs, bases = [s.log_score for s in scores], [s.log_score for s in reference]
    fit = statistics.bootstrap_ratio(logs, bases, clusters, null=1.0) if reference else None
    signed = [place for place, s in enumerate(scores) if s.aligned is not None]
    mine, theirs = ([row[place].aligned or 0.0 for place in signed] if row else [] for row in (scores, reference))
    partner_fit = (
        statistics.bootstrap_ratio(mine, theirs, [clusters[place] for place in signed], null=1.0) if theirs else None
    )
    percentiles = [s.percentile for s in scores if s.percentile is not None]
    calibration = _calibration(records, name)
    split = calibration.split() or (None, None, None)
    return HypothesisRow(
        name=name,
        title=hypothesis.title,
        standing=hypothesis.standing,
        code=hypothesis.code or UNSET,
        n=len(scores),
        log_score=rounded(mean(logs)),
        brier=rounded(mean([s.brier for s in scores])),
        skill=rounded(skill(logs, bases)) if reference else None,
        ci=_complement(fit),
        brier_skill=rounded(skill([s.brier for s in scores], [s.brier for s in reference])) if reference else None,
        hit_1=rounded(mean([s.first for s in scores])),
        hit_3=rounded(mean([s.third for s in scores])),
        partner_percentile=rounded(mean(percentiles)),
        partner_mrr=rounded(mean([s.reciprocal for s in scores if s.reciprocal is not None])),
        partners=len(percentiles),
        partner_log_score=rounded(mean(mine)),
        partner_skill=None if partner_fit is None else rounded(1.0 - partner_fit.estimate),
        partner_ci=_complement(partner_fit),
        calibration=calibration.table(),
        calibration_error=rounded(calibration.error()),
        reliability=rounded(split[0]),
        resolution=rounded(split[1]),
        uncertainty=rounded(split[2]),
        discrimination=Discrimination(*(_discrimination(by_class[did], name) for did in CLASSES)),
    )


def _complement(ratio: statistics.Fit | None) -> Interval | None:
    """Return the interval of a skill, which is 1 less the ratio of two mean scores."""
    return None if ratio is None else (round(1.0 - ratio.high, DIGITS), round(1.0 - ratio.low, DIGITS))


def _calibration(records: Sequence[DecisionRecord], name: str) -> statistics.Reliability:
    """Return the counts behind the reliability table of a hypothesis, over every scored option."""
    reliability = statistics.Reliability()
    for record in records:
        reliability.add(scored_shares(record.point.options, record.forecasts[name]), scored_choice(record))
    return reliability


def _class_cases(records: Sequence[DecisionRecord], did: str) -> _ClassCases:
    """Return the threatened decisions, each with the places of a class's options and whether the choice was of the class."""
    return [
        (
            record,
            tuple(place for place, option in enumerate(record.point.options) if option_of(option)[0] == did),
            record.outcome is not None and record.outcome.alignment_class == did,
        )
        for record in records
        if record.point.threatened
    ]


def _discrimination(rows: _ClassCases, name: str) -> ClassDiscrimination:
    """Return how well a hypothesis separates decisions of a class from the others (ROC and PR areas)."""
    histogram = statistics.Histogram()
    shares = [fsum(record.forecasts[name][place] for place in places) for record, places, _ in rows]
    histogram.add(shares, [happened for _, _, happened in rows])
    return ClassDiscrimination(
        roc=rounded(histogram.roc_auc()), pr=rounded(histogram.pr_auc()), base_rate=rounded(histogram.base_rate)
    )


def stacking(records: Sequence[DecisionRecord], hypotheses: Mapping[str, Hypothesis] = HYPOTHESES) -> Mixture | None:
    """Return the weights of the mixture of all forecasts with the best log score, and its score on held-out decisions.

    Weights are at least 0 and sum to 1; folds are sessions, or choosers if there are fewer sessions than folds.
    The division of weight among hypotheses with equal forecasts is arbitrary. ``None`` below 60 decisions.
    """
    scored = [record for record in records if usable(record)]
    names = [name for name in hypotheses if all(name in record.forecasts for record in scored)]
    if len(scored) < MIXED_MIN or not names:
        return None
    shares = [
        [scored_shares(record.point.options, record.forecasts[name])[place] for name in names]
        for record, place in ((record, scored_choice(record)) for record in scored)
    ]
    sessions = list(dict.fromkeys(record.session for record in scored))
    units = [record.session if len(sessions) >= FOLDS else (record.session, record.point.actor) for record in scored]
    places = {unit: place % FOLDS for place, unit in enumerate(dict.fromkeys(units))}
    weights, heldout = statistics.stacked_mixture(shares, [places[unit] for unit in units])
    return Mixture(
        n=len(scored),
        weights={name: round(weight, DIGITS) for name, weight in zip(names, weights, strict=True)},
        log_score=round(heldout, DIGITS),
    )
