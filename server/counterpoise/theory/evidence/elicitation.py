"""Score players' ratings, predictions and stated reasons beside the theory's values for the same decisions.

Players answer before they know the result: whom they fear, what others will do, and why they act. Threat is a matter of
perception (Walt 1987, ch. 2), so that players' own ratings measure directly what the index estimates. Stated motives need
not be the motives that decide a choice (Walt 1987, pp. 39-40; Nisbett & Wilson 1977).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

from counterpoise.sim.moves.assess_threats import RATED_MIN
from counterpoise.sim.types import ActorId
from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import Candidate, option_of
from counterpoise.theory.evidence.beliefs import beliefs
from counterpoise.theory.evidence.elicitation_document import (
    Assessments,
    Elicitation,
    Motive,
    Motives,
    PlayerAssessments,
    PlayerPredictions,
    Predictions,
    Reasons,
)
from counterpoise.theory.evidence.forecast_scores import REFERENCE, mean
from counterpoise.theory.evidence.questions import questions
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.quantising import DIGITS, rounded

THREAT = "balance_of_threat"
MOTIVES = ("threat", "ideology", "aid", "pressure")
"""Stated reasons that have a counterpart in the fitted choice of partner; pressure stands for penetration."""


def elicitation(sample: Sample) -> Elicitation:
    """Return the scores of players' statements, and what became of questions; each is ``None`` or unset if there is none."""
    return Elicitation(_assessments(sample), _predictions(sample), _reasons(sample), questions(sample), beliefs(sample))


@dataclass(frozen=True, slots=True)
class Assessed:
    """Ratings of threat compared with the index. States that share the highest rating count equal shares of one."""

    player: str
    named: float
    """The share of the states with the highest rating that is the top threat of the index."""
    powerful: float
    """The share that is the most powerful of the rated states."""
    nearest: float
    chance: float
    in_order: float | None
    """The share of the pairs of rated states that the ratings order as the index does; a tie of ratings counts half."""
    correlation: float | None
    """The rank correlation of the ratings with the index."""


def _assessments(sample: Sample) -> Assessments | None:
    rows = [row for case, ratings in rated(sample) if (row := assessed(case, ratings)) is not None]
    if not rows:
        return None
    return Assessments(
        n=len(rows),
        top_threat_named=_mean([row.named for row in rows]),
        strongest_named=_mean([row.powerful for row in rows]),
        nearest_named=_mean([row.nearest for row in rows]),
        chance=_mean([row.chance for row in rows]),
        pairs_in_order=_in_order(rows),
        rank_correlation=_correlation(rows),
        players=[
            PlayerAssessments(player, len(own), _mean([row.named for row in own]), _in_order(own), _correlation(own))
            for player, own in _by_player(rows)
        ],
    )


def _in_order(rows: Sequence[Assessed]) -> float | None:
    return rounded(mean([row.in_order for row in rows if row.in_order is not None]))


def _correlation(rows: Sequence[Assessed]) -> float | None:
    return rounded(mean([row.correlation for row in rows if row.correlation is not None]))


def _mean(values: Sequence[float]) -> float:
    """Return the mean of one or more values, with the digits that a document gives."""
    return round(fsum(values) / len(values), DIGITS)


def rated(sample: Sample) -> Iterator[tuple[Case, dict[ActorId, float]]]:
    """Yield the last ratings of each player in each window, with the player's decision."""
    last: dict[tuple[str, str, int], tuple[Case, dict[ActorId, float]]] = {}
    for session, chronicle in sample.chronicles.items():
        for incident in chronicle.of("assessment"):
            ratings = incident.detail.get("ratings")
            case = sample.point_at(session, incident.actors[0], incident.tick)
            if case is not None and isinstance(ratings, dict):
                last[session, incident.actors[0], case.frozen.window] = (case, ratings)
    yield from last.values()


def assessed(case: Case, ratings: dict[ActorId, float]) -> Assessed | None:
    """Return ratings compared with the index; ``None`` with too few ratings, or if all are the same and order nothing."""
    known = [k for k in case.point.others if k.id in ratings]
    if len(known) < RATED_MIN or len({ratings[k.id]: None for k in known}) == 1:
        return None
    highest = max(ratings[k.id] for k in known)
    first = [k for k in known if ratings[k.id] == highest]
    top, most, least_km = max(known, key=lambda k: k.threat).id, max(k.power for k in known), min(k.km for k in known)
    return Assessed(
        player=_player(case),
        named=sum(1 for k in first if k.id == top) / len(first),
        powerful=sum(1 for k in first if k.power == most) / len(first),
        nearest=sum(1 for k in first if k.km == least_km) / len(first),
        chance=1.0 / len(known),
        in_order=statistics.pairs_in_order([ratings[k.id] for k in known], [k.threat for k in known]),
        correlation=statistics.rank_correlation([ratings[k.id] for k in known], [k.threat for k in known]),
    )


@dataclass(frozen=True, slots=True)
class Predicted:
    """A prediction of another state's choice, with its outcome and what the theory and the base rates gave to the same event."""

    own: Case
    """The decision of the state whose player predicted, in the window of the prediction."""
    other: Case
    """The decision that was predicted."""
    choice: str
    """The class that was predicted."""
    confidence: float
    theory: float | None
    base: float | None

    @property
    def player(self) -> str:
        """The player who predicted."""
        return _player(self.own)

    @property
    def came(self) -> bool:
        """Whether the choice came."""
        return self.other.did == self.choice


def _predictions(sample: Sample) -> Predictions | None:
    rows = list(predicted(sample))
    if not rows:
        return None
    reliability = statistics.Reliability(
        [share for row in rows for share in (row.confidence, 1.0 - row.confidence)],
        [came for row in rows for came in (row.came, not row.came)],
    )
    return Predictions(
        n=len(rows),
        came_true=_mean([float(row.came) for row in rows]),
        confidence=_mean([row.confidence for row in rows]),
        brier=_mean(_misses(rows, [row.confidence for row in rows])),
        theory_brier=rounded(mean(_misses(rows, [row.theory for row in rows]))),
        base_rate_brier=rounded(mean(_misses(rows, [row.base for row in rows]))),
        calibration=reliability.table(),
        calibration_error=rounded(reliability.error()),
        players=[_player_predictions(player, own) for player, own in _by_player(rows)],
    )


def _player_predictions(player: str, rows: Sequence[Predicted]) -> PlayerPredictions:
    return PlayerPredictions(
        player=player,
        n=len(rows),
        came_true=_mean([float(row.came) for row in rows]),
        confidence=_mean([row.confidence for row in rows]),
        brier=_mean(_misses(rows, [row.confidence for row in rows])),
        theory_brier=rounded(mean(_misses(rows, [row.theory for row in rows]))),
        base_rate_brier=rounded(mean(_misses(rows, [row.base for row in rows]))),
    )


def _misses(rows: Sequence[Predicted], shares: Sequence[float | None]) -> list[float]:
    """Return the squared distances of forecasts from outcomes, for the events that have a forecast."""
    return [(share - float(row.came)) ** 2 for share, row in zip(shares, rows, strict=True) if share is not None]


def predicted(sample: Sample) -> Iterator[Predicted]:
    """Yield the last prediction of each player about another's choice in each window, with its outcome."""
    last: dict[tuple[str, str, str, int], Predicted] = {}
    for session, chronicle in sample.chronicles.items():
        for incident in chronicle.of("prediction"):
            of, choice = str(incident.detail.get("of")), str(incident.detail.get("choice"))
            confidence = incident.detail.get("confidence")
            own = sample.point_at(session, incident.actors[0], incident.tick)
            other = sample.point_at(session, of, incident.tick)
            if own is None or other is None or not isinstance(confidence, int | float):
                continue
            last[session, incident.actors[0], of, other.frozen.window] = Predicted(
                own,
                other,
                choice,
                float(confidence),
                _chance_of(other, THREAT, choice),
                _chance_of(other, REFERENCE, choice),
            )
    yield from last.values()


def _chance_of(case: Case, hypothesis: str, did: str) -> float | None:
    """Return the probability that a hypothesis gave a class of choices."""
    shares = case.record.forecasts.get(hypothesis)
    if shares is None:
        return None
    return fsum(share for option, share in zip(case.point.options, shares, strict=True) if option_of(option)[0] == did)


def _reasons(sample: Sample) -> Reasons | None:
    given: Counter[str] = Counter()
    for chronicle in sample.chronicles.values():
        for reasons in chronicle.reasons.values():
            given.update(reason for _, reason in reasons)
    if not given:
        return None
    compared = motives(sample)
    both = None
    if compared:
        both = Motives(
            **{
                motive: Motive(
                    stated=_mean([float(reason == motive) for _, reason, _ in compared]),
                    estimated=_mean([shares[place] for _, _, shares in compared]),
                )
                for place, motive in enumerate(MOTIVES)
            }
        )
    return Reasons(given.total(), dict(sorted(given.items())), len(compared), both)


def motives(sample: Sample) -> list[tuple[Case, str, Sequence[float]]]:
    """Return the choices of a partner with the reason stated in their window and the shares of ``MOTIVES`` in the choice.

    Shares are Shapley values in a conditional logit over all choices of partners. Empty without reasons or a model.
    """
    stated = [(place, reason) for place, case in enumerate(sample.joined) if (reason := _reason(sample, case))]
    if not stated:
        return []

    def covariates(_: Case, k: Candidate) -> tuple[float, ...]:
        return (k.shared, k.similarity, k.aid, k.penetration)

    shares = statistics.attributions(sample.choice_sets(covariates), [[0], [1], [2], [3]])
    if shares is None:
        return []
    return [(sample.joined[place], reason, [float(share) for share in shares[place]]) for place, reason in stated]


def _reason(sample: Sample, case: Case) -> str | None:
    """Return the last reason the chooser gave in the window of a decision."""
    chronicle = sample.chronicles.get(case.record.session)
    given = chronicle.reasons.get(case.frozen.actor, []) if chronicle else []
    inside = [reason for tick, reason in given if case.frozen.opened <= tick < case.outcome.closed]
    return inside[-1] if inside else None


def _player(case: Case) -> str:
    return case.record.player or case.frozen.actor


def _by_player(rows: Sequence[Any]) -> list[tuple[str, list[Any]]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.player, []).append(row)
    return sorted(found.items())
