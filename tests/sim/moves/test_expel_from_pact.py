from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.expel_from_pact import ExpelFromPact
from counterpoise.sim.moves.vote_on_member import VoteOnMember
from counterpoise.sim.processes import war
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.rules import alignments
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


def bloc(sim: Simulation, secret: bool = False) -> Alignment:
    return alignments.form(sim, (A, D, E), "defence", name="League", secret=secret)


def expel(sim: Simulation, do: Do, pact: Alignment) -> None:
    do(sim, "ARD", ExpelFromPact(pact.id, "DUN"))
    [number] = sim.world.membership_votes
    do(sim, "EMP", VoteOnMember(number, True))


def test_a_member_is_expelled_if_all_the_others_consent_and_the_pact_goes_on(sim: Simulation, do: Do) -> None:
    pact = bloc(sim)
    before = sim.world.dyad(D, E).cooperation.at(0)
    expel(sim, do, pact)
    assert (pact.members, pact.ended) == ((A, E), False)
    assert sim.world.dyad(D, E).cooperation.at(0) == before - alignments.GOODWILL_LOST_BY_LEAVING
    assert sim.world.dyad(D, E).broken_promises.at(0) == 0


def test_the_member_does_not_see_the_vote_on_it(sim: Simulation, do: Do, look: Look) -> None:
    pact = bloc(sim)
    before = look(sim, "DUN")
    do(sim, "ARD", ExpelFromPact(pact.id, "DUN"))
    assert look(sim, "DUN") == before
    assert look(sim, "EMP").membership_votes[0].question == "expel"


def test_to_expel_an_ally_under_attack_breaks_a_promise(sim: Simulation, do: Do) -> None:
    pact = bloc(sim)
    war.begin(sim, (B,), (D,), "territory")
    expel(sim, do, pact)
    assert sim.world.dyad(D, A).broken_promises.at(0) == 1


def test_a_state_expelled_from_a_secret_pact_still_knows_of_it(sim: Simulation, do: Do, look: Look) -> None:
    pact = bloc(sim, secret=True)
    expel(sim, do, pact)
    assert pact.id in [a.id for a in look(sim, "DUN").alignments]


def test_a_pact_of_two_expels_nobody(sim: Simulation, refused: Refused) -> None:
    [pact] = sim.world.alignments_between(A, C)
    assert refused(sim, "ARD", ExpelFromPact(pact.id, "COR")).path == "$.move.alignment"


def test_strangers_and_the_state_itself_are_refused(sim: Simulation, refused: Refused) -> None:
    pact = bloc(sim)
    for code in ("ARD", "BEL", "ZZZ"):
        assert refused(sim, "ARD", ExpelFromPact(pact.id, code)).path == "$.move.member"


def test_the_vote_falls_away_when_the_member_leaves_by_itself(sim: Simulation, do: Do) -> None:
    pact = bloc(sim)
    do(sim, "ARD", ExpelFromPact(pact.id, "DUN"))
    alignments.leave(sim, pact, D)
    assert not sim.world.membership_votes
    assert not sim.world.calls
