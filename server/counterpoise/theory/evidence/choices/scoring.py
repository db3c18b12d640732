"""The score of every hypothesis on one question, against the forecasts that know no theory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log, log2

from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import DecisionPoint, option_of
from counterpoise.theory.evidence.choices.choices_document import (
    Gain,
    NullForecast,
    QuestionRow,
    QuestionScores,
    Slope,
)
from counterpoise.theory.evidence.choices.telling import is_telling, too_few
from counterpoise.theory.evidence.forecast_scores import mean
from counterpoise.theory.evidence.sample import Case
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.quantising import DIGITS, rounded
from counterpoise.theory.statistics import Cluster, Fit


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer to a question: the probability that each forecast gave it."""

    case: Case
    shares: Mapping[str, float]
    """By hypothesis."""
    nulls: Mapping[str, float]
    """By null."""

    @property
    def cluster(self) -> Cluster:
        """Whose choice it is."""
        return self.case.cluster


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: what tells hypotheses apart, in the singular and the plural, and its nulls with their meanings."""

    one: str
    several: str
    nulls: Mapping[str, str]


def scores(
    rows: Sequence[Answered],
    asked: Asked,
    hypotheses: Mapping[str, Hypothesis],
    telling_rows: Sequence[Answered] | None = None,
) -> QuestionScores:
    """Return the scores of hypotheses on the answers to a question.

    Args:
        rows: the answers.
        asked: the question.
        hypotheses: those that forecast every answer, by name.
        telling_rows: the answers that can tell hypotheses apart; all by default.
    """
    clusters = [row.cluster for row in rows]
    counted = [row.cluster for row in (rows if telling_rows is None else telling_rows)]
    found = [_row(rows, name, one, asked, clusters) for name, one in hypotheses.items()] if rows else []
    found.sort(key=lambda row: (-row.log_score, row.name))
    telling = is_telling(counted)
    return QuestionScores(
        n=len(rows),
        choosers=len(dict.fromkeys(clusters)),
        telling=telling,
        nulls=[
            NullForecast(name, meaning, rounded(mean([log(row.nulls[name]) for row in rows])))
            for name, meaning in asked.nulls.items()
        ],
        hypotheses=found,
        sentence=_sentence(found, asked) if telling else too_few(counted, asked.one, asked.several).text,
    )


def _row(
    rows: Sequence[Answered], name: str, hypothesis: Hypothesis, asked: Asked, clusters: Sequence[Cluster]
) -> QuestionRow:
    gains = {}
    for null in asked.nulls:
        fit = statistics.clustered_interval([log2(row.shares[name] / row.nulls[null]) for row in rows], clusters)
        assert fit is not None
        gains[null] = Gain(round(fit.estimate, DIGITS), _interval(fit))
    return QuestionRow(
        name=name,
        title=hypothesis.title,
        standing=hypothesis.standing,
        log_score=round(fsum(log(row.shares[name]) for row in rows) / len(rows), DIGITS),
        gains=gains,
    )


def _interval(fit: Fit) -> tuple[float, float] | None:
    return None if fit.clusters < 2 else (round(fit.low, DIGITS), round(fit.high, DIGITS))


def _sentence(rows: Sequence[QuestionRow], asked: Asked) -> str:
    """Say which hypotheses beat every null for sure; never the best of those that cannot be told apart."""
    better = [
        row.title
        for row in rows
        if row.standing != "baseline" and all(gain.ci is not None and gain.ci[0] > 0.0 for gain in row.gains.values())
    ]
    nulls = f"{'both ' if len(asked.nulls) == 2 else ''}{' and '.join(asked.nulls.values())}"
    if not better:
        return f"No hypothesis is shown to forecast better than {nulls}."
    return f"Better than {nulls}: {', '.join(better)}."


def slope(name: str, label: str, fit: Fit | None) -> Slope:
    """Return one coefficient as a row; ``fit`` is ``None`` where the data cannot carry it."""
    if fit is None:
        return Slope(name, label, None, None, None)
    return Slope(name, label, rounded(fit.estimate), (round(fit.low, DIGITS), round(fit.high, DIGITS)), rounded(fit.p))


def places_of_partners(point: DecisionPoint) -> dict[str, int]:
    """Return the place of each alignment on the menu of a decision by its partner, the top threat included."""
    return {
        option_of(option)[1] or point.top_threat: place
        for place, option in enumerate(point.options[: point.alignments])
    }
