"""The accuracy of each hypothesis: proper scores, calibration, discrimination, and the mixture with the best score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from msgspec import UNSET

from counterpoise.document_schema import Interval
from counterpoise.theory import statistics
from counterpoise.theory.check.debrief_document import ClassDiscrimination, Discrimination, HypothesisRow, Mixture
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.forecast_scores import REFERENCE, ScoredMenus, Scores, mean, skill, usable
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.theory.portable import Mask, Numbers, total
from counterpoise.theory.quantising import DIGITS, rounded

CLASSES = ("BAL", "BW")
"""The classes whose discrimination is measured, one against the rest, among threatened decisions."""
FOLDS = 5
MIXED_MIN = 60
"""Fewest decisions for a mixture."""


class _ClassMenus(NamedTuple):
    """What one class looks like in D decisions with at most O options."""

    options: Mask
    """Whether the option at each place is of the class, D x O."""
    happened: Mask
    """Whether the choice was of the class, D."""


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
    menus = ScoredMenus(scored)
    reference = menus.scores(REFERENCE) if REFERENCE in names else None
    threatened = np.array([record.point.threatened for record in scored], dtype=np.bool_)
    made = np.array([record.outcome.alignment_class if record.outcome else "" for record in scored])[threatened]
    classes = {did: _ClassMenus(menus.of_class(did)[threatened], made == did) for did in CLASSES}
    rows = []
    for name in names:
        shares = menus.shares(name)
        discrimination = Discrimination(*(_discrimination(classes[did], shares[threatened]) for did in CLASSES))
        row = _row(
            name, hypotheses[name], menus.scores(name), reference, clusters, _calibration(menus, shares), discrimination
        )
        rows.append(row)
    return sorted(rows, key=lambda row: (-(row.log_score if row.log_score is not None else 0.0), row.name))


def _row(
    name: str,
    hypothesis: Hypothesis,
    scores: Scores,
    reference: Scores | None,
    clusters: Sequence[statistics.Cluster],
    calibration: statistics.Reliability,
    discrimination: Discrimination,
) -> HypothesisRow:
    """Return the accuracy of one hypothesis.

    The calibration is over every scored option; ``reliability``, ``resolution`` and ``uncertainty`` split its Brier score (Murphy
    1973).
    """
    logs, briers = scores.log_score.tolist(), scores.brier.tolist()
    signed = np.nonzero(~np.isnan(scores.aligned))[0]
    mine = scores.aligned[signed]
    fit = partner_fit = log_skill = brier_skill = None
    if reference is not None:
        fit = statistics.bootstrap_ratio(scores.log_score, reference.log_score, clusters, null=1.0)
        makers = [clusters[place] for place in signed.tolist()]
        partner_fit = statistics.bootstrap_ratio(mine, reference.aligned[signed], makers, null=1.0)
        log_skill = rounded(skill(logs, reference.log_score.tolist()))
        brier_skill = rounded(skill(briers, reference.brier.tolist()))
    ranked = ~np.isnan(scores.percentile)
    split = calibration.split() or (None, None, None)
    return HypothesisRow(
        name=name,
        title=hypothesis.title,
        standing=hypothesis.standing,
        code=hypothesis.code or UNSET,
        n=len(logs),
        log_score=rounded(mean(logs)),
        brier=rounded(mean(briers)),
        skill=log_skill,
        ci=_complement(fit),
        brier_skill=brier_skill,
        hit_1=rounded(mean(scores.first.tolist())),
        hit_3=rounded(mean(scores.third.tolist())),
        partner_percentile=rounded(mean(scores.percentile[ranked].tolist())),
        partner_mrr=rounded(mean(scores.reciprocal[ranked].tolist())),
        partners=int(ranked.sum()),
        partner_log_score=rounded(mean(mine.tolist())),
        partner_skill=None if partner_fit is None else rounded(1.0 - partner_fit.estimate),
        partner_ci=_complement(partner_fit),
        calibration=calibration.table(),
        calibration_error=rounded(calibration.error()),
        reliability=rounded(split[0]),
        resolution=rounded(split[1]),
        uncertainty=rounded(split[2]),
        discrimination=discrimination,
    )


def _complement(ratio: statistics.Fit | None) -> Interval | None:
    """Return the interval of a skill, which is 1 less the ratio of two mean scores."""
    return None if ratio is None else (round(1.0 - ratio.high, DIGITS), round(1.0 - ratio.low, DIGITS))


def _calibration(menus: ScoredMenus, shares: Numbers) -> statistics.Reliability:
    """Return the counts behind the reliability table of a hypothesis, over every scored option."""
    happened = np.arange(shares.shape[1]) == menus.chosen[:, None]
    return statistics.Reliability(shares[menus.present], happened[menus.present])


def _discrimination(menus: _ClassMenus, shares: Numbers) -> ClassDiscrimination:
    """Return how well a hypothesis separates decisions of a class from the others (ROC and PR areas)."""
    histogram = statistics.Histogram()
    histogram.add(total(np.where(menus.options, shares, 0.0))[:, 0], menus.happened)
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
    menus = ScoredMenus(scored)
    shares = np.column_stack([menus.shares(name)[np.arange(len(scored)), menus.chosen] for name in names])
    sessions = list(dict.fromkeys(record.session for record in scored))
    units = [record.session if len(sessions) >= FOLDS else (record.session, record.point.actor) for record in scored]
    places = {unit: place % FOLDS for place, unit in enumerate(dict.fromkeys(units))}
    weights, heldout = statistics.stacked_mixture(shares, [places[unit] for unit in units])
    return Mixture(
        n=len(scored),
        weights={name: round(weight, DIGITS) for name, weight in zip(names, weights, strict=True)},
        log_score=round(heldout, DIGITS),
    )
