"""An answer to an offer is read by the threat of the pact, not by the acceptor's own gravest one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.sample import Case, Sample

Points = Callable[..., DecisionPoint]
Candidates = Callable[..., Candidate]


def incident(tick: int, kind: str, *actors: str, **detail: Any) -> Incident:
    return Incident(tick, tick, kind, tuple(map(ActorId, actors)), None, detail)


def chose(point: DecisionPoint, did: str, *partners: str, alignments: tuple[int, ...] = (9,)) -> DecisionRecord:
    choice = "BW" if did == "BW" else f"{did}:{partners[0]}" if partners else did
    outcome = Outcome(
        point.actor, point.window, point.opened, point.closes, "formation", choice, did,  # type: ignore[arg-type]
        tuple(map(ActorId, partners)), alignments if partners else (), (), False, False,
    )  # fmt: skip
    return DecisionRecord(point, {}, outcome, "s")


@pytest.fixture
def pair(point_of: Points, candidate_of: Candidates) -> Callable[..., dict[str, Case]]:
    """Let A propose a pact to B, which fears C by 0.6 most and FOE by a given amount; return the coded decisions."""

    def make(
        *, against: str | None, fears_foe: float, offered: bool = True, classes: tuple[str, str] = ("BAL", "BAL")
    ) -> dict[str, Case]:
        mine = point_of((candidate_of("B"), candidate_of("C")), actor=ActorId("A"))
        theirs = point_of(
            (candidate_of("A", threat=0.1), candidate_of("FOE", threat=fears_foe)), actor=ActorId("B"), threat=0.6
        )
        threat = structs.replace(theirs.source, id=ActorId("C"))
        theirs = structs.replace(theirs, top_threat=ActorId("C"), source=threat, contenders=(ActorId("C"),))
        terms = {"commitment": "defence", "against": against, "secret": False}
        log = [incident(1, "alliance_proposed", "A", "B", proposal=1, alignment=None, **terms)] if offered else []
        log.append(incident(2, "alliance_formed", "A", "B", alignment=9, **terms))
        sample = Sample([chose(mine, classes[0], "B"), chose(theirs, classes[1], "A")], (), {"s": log})
        return {str(case.point.actor): case for case in sample.made}

    return make


def test_an_acceptor_that_fears_the_threat_of_the_pact_balances(pair: Callable[..., dict[str, Case]]) -> None:
    cases = pair(against="FOE", fears_foe=0.3, classes=("BAL", "OTHER"))
    assert (cases["A"].role, cases["B"].role) == ("proposer", "acceptor")
    assert (cases["A"].did, cases["B"].did) == ("BAL", "BAL")


def test_an_acceptor_that_does_not_fear_it_aligns_for_another_reason(pair: Callable[..., dict[str, Case]]) -> None:
    cases = pair(against="FOE", fears_foe=0.01)
    assert cases["B"].outcome.alignment_class == "BAL"
    assert cases["B"].did == "OTHER"


def test_a_pact_that_names_nobody_is_about_the_proposers_gravest_threat(pair: Callable[..., dict[str, Case]]) -> None:
    assert pair(against=None, fears_foe=0.3)["B"].did == "BAL"
    assert pair(against=None, fears_foe=0.01)["B"].did == "OTHER"


def test_a_tie_without_an_offer_keeps_the_coding_of_both_sides(pair: Callable[..., dict[str, Case]]) -> None:
    cases = pair(against=None, fears_foe=0.01, offered=False)
    assert (cases["A"].role, cases["B"].role) == ("proposer", "member")
    assert cases["B"].did == "BAL"


def test_the_state_that_takes_in_a_bandwagoner_does_not_balance(point_of: Points, candidate_of: Candidates) -> None:
    joiner = point_of((candidate_of("K"),), actor=ActorId("A"))
    feared = point_of((candidate_of("A", threat=0.3), candidate_of("K")), actor=ActorId("FOE"), threat=0.6)
    feared = structs.replace(feared, top_threat=ActorId("X"), source=structs.replace(feared.source, id=ActorId("X")))
    terms = {"commitment": "defence", "against": None, "secret": False}
    log = [
        incident(1, "alliance_proposed", "A", "FOE", proposal=1, alignment=None, **terms),
        incident(2, "alliance_formed", "A", "FOE", alignment=9, **terms),
    ]
    sample = Sample([chose(joiner, "BW", "FOE"), chose(feared, "BAL", "A")], (), {"s": log})
    cases = {str(case.point.actor): case for case in sample.made}
    assert cases["A"].did == "BW"
    assert (cases["FOE"].role, cases["FOE"].did) == ("acceptor", "OTHER")


def test_whoever_accepts_the_state_that_it_fears_most_bandwagons(point_of: Points, candidate_of: Candidates) -> None:
    strong = point_of((candidate_of("B"), candidate_of("K")), actor=ActorId("FOE"))
    weak = point_of((candidate_of("K"),), actor=ActorId("B"))
    terms = {"commitment": "defence", "against": None, "secret": False}
    log = [
        incident(1, "alliance_proposed", "FOE", "B", proposal=1, alignment=None, **terms),
        incident(2, "alliance_formed", "FOE", "B", alignment=9, **terms),
    ]
    strong = structs.replace(strong, top_threat=ActorId("X"), source=structs.replace(strong.source, id=ActorId("X")))
    sample = Sample([chose(strong, "OTHER", "B"), chose(weak, "BW", "FOE")], (), {"s": log})
    cases = {str(case.point.actor): case for case in sample.made}
    assert (cases["B"].role, cases["B"].did) == ("acceptor", "BW")


def test_a_state_that_proposed_one_tie_and_accepted_another_is_a_proposer(
    point_of: Points, candidate_of: Candidates
) -> None:
    both = point_of((candidate_of("B"), candidate_of("C")), actor=ActorId("A"))
    terms = {"commitment": "defence", "against": None, "secret": False}
    log = [
        incident(1, "alliance_proposed", "B", "A", proposal=1, alignment=None, **terms),
        incident(2, "alliance_formed", "B", "A", alignment=9, **terms),
        incident(3, "alliance_proposed", "A", "C", proposal=2, alignment=None, **terms),
        incident(4, "alliance_formed", "A", "C", alignment=10, **terms),
    ]
    (case,) = Sample([chose(both, "BAL", "B", "C", alignments=(9, 10))], (), {"s": log}).made
    assert (case.role, case.did) == ("proposer", "BAL")


def test_a_quiet_decision_has_no_role(point_of: Points, candidate_of: Candidates) -> None:
    (case,) = Sample([chose(point_of((candidate_of("B"),)), "NEU")], (), {"s": []}).made
    assert (case.role, case.did) == ("", "NEU")


def test_the_proposal_of_a_bystander_tells_what_a_pact_is_about(point_of: Points, candidate_of: Candidates) -> None:
    mine = chose(point_of((candidate_of("B"),), actor=ActorId("A")), "BAL", "B")
    theirs = point_of((candidate_of("A"), candidate_of("FOE", threat=0.3)), actor=ActorId("B"), threat=0.6)
    theirs = structs.replace(theirs, top_threat=ActorId("C"), source=structs.replace(theirs.source, id=ActorId("C")))
    answer = chose(theirs, "OTHER", "A")
    terms = {"commitment": "defence", "against": None, "secret": False}
    log = [
        incident(1, "alliance_proposed", "A", "B", proposal=1, alignment=None, **terms),
        incident(2, "alliance_formed", "A", "B", alignment=9, **terms),
    ]
    sample = Sample([answer], (), {"s": log}, [mine])
    assert [(case.role, case.did) for case in sample.made] == [("acceptor", "BAL")]
    assert sample.point_at("s", "A", 1) is None
    (alone,) = Sample([answer], (), {"s": log}).made
    assert alone.did == "OTHER"
    again = sample.of_other_decisions([answer], [mine])
    assert [case.did for case in again.made] == ["BAL"]
