"""Whether an offer is accepted is a question of its own, by what the offer means to the state that gets it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.choices.acceptances import SITUATIONS, acceptances, received_offers
from counterpoise.theory.evidence.proposition import SIDE_MIN
from counterpoise.theory.evidence.sample import Sample

Points = Callable[..., DecisionPoint]
Candidates = Callable[..., Candidate]
Incidents = Callable[..., Incident]


def quiet(point: DecisionPoint, session: str = "s") -> DecisionRecord:
    outcome = Outcome(
        point.actor, point.window, point.opened, point.closes, "abstention", "NEU", "NEU", (), (), (), False, False
    )
    return DecisionRecord(point, {}, outcome, session)


@pytest.fixture
def offered(point_of: Points, candidate_of: Candidates, incident: Incidents) -> Callable[..., Sample]:
    """Make offers of A to B, which fears A by 0.1, C by 0.4 and FOE most; A fears FOE most."""

    def make(*offers: tuple[str, str | None]) -> Sample:
        a = point_of((candidate_of("B"), candidate_of("C")), actor=ActorId("A"))
        b = point_of(
            (candidate_of("A", threat=0.1), candidate_of("C", threat=0.4), candidate_of("D", threat=0.01)),
            actor=ActorId("B"),
        )
        log: list[Incident] = []
        for number, (answer, against) in enumerate(offers):
            terms: dict[str, Any] = {"commitment": "defence", "against": against, "secret": False}
            log.append(incident(number, "alliance_proposed", "A", "B", proposal=number, alignment=None, **terms))
            if answer == "accepted":
                log.append(incident(number, "alliance_formed", "A", "B", alignment=number, **terms))
            elif answer == "refused":
                log.append(incident(number, "alliance_refused", "B", "A", proposal=number))
        return Sample([quiet(a), quiet(b)], (), {"s": log})

    return make


def test_offers_are_counted_by_their_answer_and_by_the_threat_of_the_pact(offered: Callable[..., Sample]) -> None:
    sample = offered(("accepted", "C"), ("refused", "C"), ("refused", "D"), ("open", "D"), ("accepted", None))
    found = acceptances(received_offers(sample))
    assert (found.received, found.accepted, found.refused, found.unanswered) == (5, 2, 2, 1)
    rows = {row.situation: (row.received, row.accepted, row.refused, row.unanswered) for row in found.situations}
    assert rows["shared"] == (3, 2, 1, 0)  # against C twice, and against the proposer's own FOE
    assert rows["not_shared"] == (2, 0, 1, 1)
    assert sum(received for received, *_ in rows.values()) == found.received
    assert found.sentence == (
        f"2 of 5 offers were accepted: 2 of 3 where {SITUATIONS['shared']}; 0 of 2 where {SITUATIONS['not_shared']}."
    )
    assert found.slopes == []


def test_an_offer_of_the_state_feared_most_stands_apart(
    point_of: Points, candidate_of: Candidates, incident: Incidents
) -> None:
    weak = point_of((candidate_of("K"),), actor=ActorId("B"))
    log = [incident(1, "alliance_proposed", "FOE", "B", proposal=1, alignment=None, commitment="arms", against="K")]
    found = acceptances(received_offers(Sample([quiet(weak)], (), {"s": log})))
    assert [row.situation for row in found.situations if row.received] == ["from_threat"]


def test_an_offer_to_the_state_that_the_proposer_fears_most_stands_apart(
    point_of: Points, candidate_of: Candidates, incident: Incidents
) -> None:
    asker = point_of((candidate_of("K"),), actor=ActorId("A"))
    feared = point_of((candidate_of("A"), candidate_of("K")), actor=ActorId("FOE"), threatened=False)
    log = [incident(1, "alliance_proposed", "A", "FOE", proposal=1, alignment=None, commitment="arms", against=None)]
    found = acceptances(received_offers(Sample([quiet(asker), quiet(feared)], (), {"s": log})))
    assert [row.situation for row in found.situations if row.received] == ["asks_threat"]


def test_acceptance_by_shared_threat_is_recovered_by_the_logit(
    point_of: Points, candidate_of: Candidates, incident: Incidents
) -> None:
    records, logs = [], {}
    for number in range(60):
        fear = 0.01 + 0.01 * number
        session = f"s{number}"
        a = point_of((candidate_of("B"),), actor=ActorId("A"))
        b = point_of(
            (candidate_of("A", threat=0.05 + 0.01 * (number % 7), km=300.0 + 50 * (number % 5)),),
            actor=ActorId("B"),
            threat=fear,
        )
        records += [quiet(a, session), quiet(b, session)]
        terms: dict[str, Any] = {"commitment": "defence", "against": "FOE", "secret": False}
        accepts = number > 30 if number % 6 else number <= 30  # some answer the other way
        logs[session] = [
            incident(1, "alliance_proposed", "A", "B", proposal=1, alignment=None, **terms),
            incident(2, "alliance_formed", "A", "B", alignment=1, **terms)
            if accepts
            else incident(2, "alliance_refused", "B", "A", proposal=1),
        ]
    found = acceptances(received_offers(Sample(records, (), logs)))
    assert min(found.accepted, found.refused) >= SIDE_MIN
    slope = next(one for one in found.slopes if one.name == "fear_of_threat")
    assert slope.ci is not None
    assert slope.ci[0] > 0.0


def test_without_offers_there_is_nothing_to_answer() -> None:
    found = acceptances([])
    assert (found.received, found.sentence) == (0, "No offer of an alliance was received.")
