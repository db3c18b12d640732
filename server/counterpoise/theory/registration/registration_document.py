"""The judgement of registered predictions as a part of a debrief."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from counterpoise.document_schema import Count, Day, Hash, Interval, PositiveCount, Share
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.evidence.verdict import Finding
from counterpoise.theory.quantising import DIGITS, rounded
from counterpoise.theory.registration.judging import Outcome, finding_of, is_ample_for, outcome_of
from counterpoise.theory.registration.prediction import Direction, Prediction
from counterpoise.theory.registration.registration import Registration, Whose


class JudgedPrediction(Struct, frozen=True, kw_only=True):
    """One registered prediction, and what the sessions say of it. Null without an estimate."""

    title: str
    """The prediction in a few words."""
    estimate_of: str
    """What is estimated."""
    null: float
    """The value that means no effect."""
    direction: Direction
    """On which side of it the estimate was predicted."""
    smallest: float
    """The smallest effect that passes, as a distance from that value."""
    p_at_most: Share
    """The largest p that passes."""
    least: PositiveCount
    """Fewest observations for a judgement."""
    n: Count
    """Observations."""
    clusters: Count
    """Choosers, or sessions, that carry evidence."""
    estimate: float | None
    """The estimate."""
    ci: Interval | None
    """95 % interval of the estimate."""
    ci90: Interval | None
    """90 % interval of the estimate."""
    p: Share | None
    """Two-sided p against no effect."""
    power: Share | None
    """How often the planned sessions pass in the simulation that was made before; null where it could not be simulated."""
    outcome: Outcome
    """What the sessions say."""
    reason: str
    """Why, in a sentence."""


class JudgedRegistration(Struct, frozen=True, kw_only=True):
    """A registration, and what the sessions say of each of its predictions."""

    by: str
    """Who predicted."""
    date: Day
    """The day of the registration."""
    hash: Hash
    """The hash of the registration file."""
    sessions_planned: PositiveCount
    """Sessions that the registration plans."""
    sessions: PositiveCount
    """Sessions that were judged."""
    whose: Whose
    """Whose decisions were judged."""
    remarks: list[str]
    """What differs from the registration, a sentence each."""
    predictions: list[JudgedPrediction]
    """Every prediction, in the order of the registration."""


def judged_registration(
    registration: Registration,
    digest: str,
    sample: Sample,
    sessions: int,
    obstacles: Sequence[str],
    remarks: Sequence[str],
) -> JudgedRegistration:
    """Return the judgement of a registration.

    Args:
        registration: what was predicted.
        digest: its hash.
        sample: the decisions of the sessions.
        sessions: how many they are.
        obstacles: what keeps every prediction undecided, a sentence each.
        remarks: what else differs from the registration, a sentence each.
    """
    return JudgedRegistration(
        by=registration.by,
        date=registration.date,
        hash=digest,
        sessions_planned=registration.sessions,
        sessions=sessions,
        whose=registration.whose,
        remarks=[*obstacles, *remarks],
        predictions=[_judged(prediction, sample, obstacles) for prediction in registration.predictions],
    )


def _judged(prediction: Prediction, sample: Sample, obstacles: Sequence[str]) -> JudgedPrediction:
    finding = finding_of(prediction, sample)
    outcome = "undecided" if obstacles else outcome_of(prediction, finding, sample)
    known = finding.estimate is not None
    return JudgedPrediction(
        title=prediction.title,
        estimate_of=prediction.estimate,
        null=prediction.null,
        direction=prediction.direction,
        smallest=prediction.smallest,
        p_at_most=prediction.p_at_most,
        least=prediction.least,
        n=finding.n,
        clusters=finding.clusters,
        estimate=rounded(finding.estimate),
        ci=(round(finding.low, DIGITS), round(finding.high, DIGITS)) if known else None,
        ci90=(round(finding.low90, DIGITS), round(finding.high90, DIGITS)) if known else None,
        p=rounded(finding.p),
        power=prediction.power,
        outcome=outcome,
        reason=obstacles[0] if obstacles else _reason(prediction, finding, outcome, sample),
    )


def _reason(prediction: Prediction, finding: Finding, outcome: Outcome, sample: Sample) -> str:
    """Return why a prediction has its outcome, in a sentence."""
    if finding.estimate is None:
        return f"The decisions carry no estimate: {finding.note or 'none of them belongs to the test'}."
    edge = prediction.null + prediction.sign * prediction.smallest
    found = f"The estimate is {finding.estimate:.3f} (95 % interval {finding.low:.3f} to {finding.high:.3f}"
    found += ")" if finding.p is None else f", p {finding.p:.4f})"
    if not is_ample_for(prediction, finding, sample):
        return (
            f"{found}, but there is not enough data: {finding.n} observations of {finding.clusters} choosers, where a "
            f"judgement takes {prediction.least} of {prediction.choosers}, and what the claim itself asks for."
        )
    if outcome == "passed":
        return f"{found}: it is surely {prediction.direction} {prediction.null:g}, and it reaches {edge:g}."
    if outcome == "failed":
        return f"{found}: an estimate of {edge:g} or further {prediction.direction} is excluded."
    blind = ""
    if finding.blind is not None:
        blind = f" and {prediction.direction} {finding.blind:.3f}, which blind choice from the same menus gives"
    return (
        f"{found}: it is not sure enough to lie {prediction.direction} {prediction.null:g}{blind}, nor to fall short of "
        f"{edge:g}."
    )
