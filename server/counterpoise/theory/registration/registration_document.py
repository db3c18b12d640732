"""Registered predictions as a document, and their judgement as a part of a debrief."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from counterpoise.document_schema import Count, Day, Hash, Interval, PositiveCount, Share, json_schema
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.evidence.verdict import Finding
from counterpoise.theory.quantising import DIGITS, rounded
from counterpoise.theory.registration.judging import Outcome, finding_of, is_ample_for, outcome_of
from counterpoise.theory.registration.prediction import Direction, Prediction
from counterpoise.theory.registration.registration import Registration, Whose


class RegisteredHypothesis(Struct, frozen=True):
    """A hypothesis of the user's own."""

    name: str
    """Its name."""
    code: Hash
    """The hash of its file."""


class RegisteredPrediction(Struct, frozen=True, kw_only=True):
    """One prediction with its criteria and its power."""

    title: str
    """The prediction in a few words."""
    estimate_of: str
    """What is estimated."""
    null: float
    """The value that means no effect."""
    direction: Direction
    """On which side of it the estimate is predicted."""
    smallest: float
    """The smallest effect that passes, as a distance from that value."""
    p_at_most: Share
    """The largest p that passes."""
    least: PositiveCount
    """Fewest observations for a judgement."""
    choosers: PositiveCount
    """Fewest choosers for a judgement."""
    passes: str
    """When it passes, in words."""
    fails: str
    """When it fails, in words."""
    assuming: str
    """The hypothesis by which the players choose in the simulation of power."""
    power: Share | None
    """How often the planned sessions pass in the simulation; null where it cannot be simulated."""
    sessions_needed: PositiveCount | None
    """The fewest sessions that pass in four of five simulations; null where no number that was tried does."""


class RegistrationDocument(Struct, frozen=True, kw_only=True):
    """What ``register`` wrote down."""

    file: str
    """The registration file."""
    hash: Hash
    """The hash to publish."""
    by: str
    """Who predicts."""
    date: Day
    """The day of the registration, in coordinated universal time."""
    scenario: str
    """The id of the scenario."""
    scenario_hash: Hash
    """The hash of the scenario's file."""
    rules_version: PositiveCount
    """The version of the rules."""
    counterpoise: str
    """The version of the program."""
    theory: Hash
    """The fingerprint of the theory's numbers, hypotheses and claims."""
    sessions: PositiveCount
    """Sessions that are planned."""
    players: PositiveCount
    """Seats of the scenario."""
    whose: Whose
    """Whose decisions will be judged."""
    hypotheses: list[RegisteredHypothesis]
    """The hypotheses of the user's own."""
    predictions: list[RegisteredPrediction]
    """Every prediction, in the order of the file."""


def registration_document(registration: Registration, file: str, digest: str) -> RegistrationDocument:
    """Return a registration as a document.

    Args:
        registration: what is predicted.
        file: where it was written.
        digest: its hash.
    """
    return RegistrationDocument(
        file=file,
        hash=digest,
        by=registration.by,
        date=registration.date,
        scenario=registration.scenario,
        scenario_hash=registration.scenario_hash,
        rules_version=registration.rules_version,
        counterpoise=registration.counterpoise,
        theory=registration.theory,
        sessions=registration.sessions,
        players=registration.players,
        whose=registration.whose,
        hypotheses=[RegisteredHypothesis(own.name, own.code) for own in registration.hypotheses],
        predictions=[_registered(prediction) for prediction in registration.predictions],
    )


def _registered(prediction: Prediction) -> RegisteredPrediction:
    passes, fails = prediction.criteria()
    return RegisteredPrediction(
        title=prediction.title,
        estimate_of=prediction.estimate,
        null=prediction.null,
        direction=prediction.direction,
        smallest=prediction.smallest,
        p_at_most=prediction.p_at_most,
        least=prediction.least,
        choosers=prediction.choosers,
        passes=passes,
        fails=fails,
        assuming=prediction.assuming,
        power=prediction.power,
        sessions_needed=prediction.sessions_needed,
    )


def register_schema() -> dict[str, Any]:
    """Return the JSON Schema of the document of ``register``."""
    return json_schema("counterpoise register", RegistrationDocument)


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
