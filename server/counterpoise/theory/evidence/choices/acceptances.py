"""Whether states accept the offers that they get: the second equation of an alliance, with a choice of its own.

An acceptor did not choose the tie among all that it could have had, but answered yes or no to one. What the offer means to it
depends on the threat of the pact: the one that the pact names, or else the one that the proposer fears most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from counterpoise.sim.types import ActorId
from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.evidence.choices.choices_document import Acceptances, AnsweredOffers, Situation, Slope
from counterpoise.theory.evidence.choices.scoring import slope
from counterpoise.theory.evidence.proposition import SIDE_MIN
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.evidence.ties.offers import Offer
from counterpoise.theory.evidence.ties.roles import fears, threat_of

SITUATIONS: dict[Situation, str] = {
    "from_threat": "the offer comes from the state that it fears most",
    "asks_threat": "the proposer fears it most, or the pact is against it",
    "shared": "it fears the threat of the pact too",
    "not_shared": "it does not fear the threat of the pact",
    "none": "the pact has no threat",
}


@dataclass(frozen=True, slots=True)
class Received:
    """One offer as the state that got it saw it."""

    case: Case
    """The decision of that state which was open when it answered, or when the offer was made."""
    offer: Offer
    threat: ActorId | None
    """The threat of the pact."""

    @property
    def situation(self) -> Situation:
        """What the offer meant for the state that got it."""
        point = self.case.point
        if point.threatened and self.offer.proposer == point.top_threat:
            return "from_threat"
        if self.threat is None:
            return "none"
        if self.threat == point.actor:
            return "asks_threat"
        return "shared" if fears(point, self.threat) else "not_shared"


def received_offers(sample: Sample) -> list[Received]:
    """Return the offers to states with a decision open when they answered, session by session and oldest first."""
    found = []
    for session, known in sample.diplomacies.items():
        for offer in known.offers:
            case = sample.point_at(session, offer.to, offer.tick if offer.answered is None else offer.answered)
            proposal = sample.point_at(session, offer.proposer, offer.tick)
            if case is not None:
                threat = threat_of(offer.against, None if proposal is None else proposal.point)
                found.append(Received(case, offer, threat))
    return found


def acceptances(received: Sequence[Received]) -> Acceptances:
    """Return how offers were answered, by what they meant, and what makes states accept."""
    answered = [one for one in received if one.offer.answer in ("accepted", "refused")]
    accepted = sum(1 for one in answered if one.offer.answer == "accepted")
    refused = len(answered) - accepted
    rows = [
        _row(situation, label, [one for one in received if one.situation == situation])
        for situation, label in SITUATIONS.items()
    ]
    return Acceptances(
        received=len(received),
        accepted=accepted,
        refused=refused,
        unanswered=len(received) - len(answered),
        situations=rows,
        slopes=_slopes(answered) if min(accepted, refused) >= SIDE_MIN else [],
        least=SIDE_MIN,
        sentence=_sentence(rows, len(received), accepted),
    )


def _row(situation: Situation, label: str, offers: Sequence[Received]) -> AnsweredOffers:
    answers = [one.offer.answer for one in offers]
    accepted, refused = answers.count("accepted"), answers.count("refused")
    return AnsweredOffers(situation, label, len(offers), accepted, refused, len(offers) - accepted - refused)


def _slopes(answered: Sequence[Received]) -> list[Slope]:
    """Return the coefficients of one logit of acceptance: each covariate in turn, with the others as controls."""
    labels = {
        "fear_of_threat": "fears the threat of the pact",
        "fear_of_proposer": "fears the proposer",
        "distance": "the proposer is far away (log distance)",
        "prior": "is an ally of the proposer already",
    }
    columns = [list(column) for column in zip(*(_covariates(one) for one in answered), strict=True)]
    accepted = [one.offer.answer == "accepted" for one in answered]
    clusters = [one.case.cluster for one in answered]
    windows = [one.case.frozen.window for one in answered]
    found = []
    for place, (name, label) in enumerate(labels.items()):
        ordered = [columns[place], *(column for other, column in enumerate(columns) if other != place)]
        found.append(slope(name, label, statistics.logit(accepted, ordered, clusters, windows=windows)))
    return found


def _covariates(one: Received) -> tuple[float, float, float, float]:
    point: DecisionPoint = one.case.point
    proposer = point.candidate(one.offer.proposer)
    feared = None if one.threat is None else point.candidate(one.threat)
    return (
        0.0 if feared is None else feared.threat,
        0.0 if proposer is None else proposer.threat,
        0.0 if proposer is None else log(max(1.0, proposer.km)),
        float(proposer is not None and proposer.prior),
    )


def _sentence(rows: Sequence[AnsweredOffers], received: int, accepted: int) -> str:
    if not received:
        return "No offer of an alliance was received."
    told = [f"{row.accepted} of {row.received} where {row.label}" for row in rows if row.received]
    return f"{accepted} of {received} offers were accepted: {'; '.join(told)}."
