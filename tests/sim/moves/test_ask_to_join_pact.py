from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.ask_to_join_pact import AskToJoinPact
from counterpoise.sim.moves.vote_on_member import VoteOnMember
from counterpoise.sim.processes import war
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.rules import alignments
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


def bloc(sim: Simulation, secret: bool = False) -> Alignment:
    return alignments.form(sim, (A, C), "consultation", name="Northern Talks", secret=secret)


def test_a_state_has_joined_when_the_last_member_consents(sim: Simulation, do: Do) -> None:
    pact = bloc(sim)
    do(sim, "DUN", AskToJoinPact(pact.id))
    [number] = sim.world.membership_votes
    do(sim, "ARD", VoteOnMember(number, True))
    assert D not in pact.members
    do(sim, "COR", VoteOnMember(number, True))
    assert pact.members == (A, C, D)
    assert not sim.world.calls


def test_the_state_that_asks_sees_its_request_but_not_the_votes(sim: Simulation, do: Do, look: Look) -> None:
    pact = bloc(sim)
    do(sim, "DUN", AskToJoinPact(pact.id))
    [number] = sim.world.membership_votes
    before = look(sim, "DUN")
    do(sim, "ARD", VoteOnMember(number, True))
    assert look(sim, "DUN").membership_votes == before.membership_votes
    assert before.membership_votes[0].asker == D
    assert look(sim, "EMP").membership_votes == ()
    kinds = [incident["kind"] for incident in look(sim, "EMP").incidents]
    assert "membership_vote_opened" not in kinds


def test_a_secret_pact_is_as_unknown_as_one_that_does_not_exist(sim: Simulation, refused: Refused) -> None:
    secret = bloc(sim, secret=True)
    told = refused(sim, "DUN", AskToJoinPact(secret.id))
    nothing = refused(sim, "DUN", AskToJoinPact(999_999))
    assert (told.path, told.expected) == (nothing.path, nothing.expected)


def test_members_enemies_and_guarantees_are_refused(sim: Simulation, refused: Refused) -> None:
    pact = bloc(sim)
    assert refused(sim, "ARD", AskToJoinPact(pact.id)).path == "$.move.alignment"
    [guarantee] = sim.world.alignments_between(E, B)
    assert refused(sim, "DUN", AskToJoinPact(guarantee.id)).path == "$.move.alignment"
    war.begin(sim, (D,), (C,), "policy")
    assert refused(sim, "DUN", AskToJoinPact(pact.id)).path == "$.move.alignment"


def test_a_second_request_is_refused_while_the_first_is_open(sim: Simulation, do: Do, refused: Refused) -> None:
    pact = bloc(sim)
    do(sim, "DUN", AskToJoinPact(pact.id))
    refused(sim, "DUN", AskToJoinPact(pact.id))
