from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.leave_alliance import LeaveAlliance
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Refused


def test_an_alliance_of_two_ends_when_one_leaves(sim: Simulation, do: Do) -> None:
    [pact] = sim.world.alignments_between(ActorId("ARD"), ActorId("COR"))
    before = sim.world.dyad(ActorId("COR"), ActorId("ARD")).cooperation.at(0)
    do(sim, "ARD", LeaveAlliance(pact.id))
    assert pact.ended
    assert sim.world.dyad(ActorId("COR"), ActorId("ARD")).cooperation.at(0) < before


def test_a_refusal_does_not_reveal_whether_a_secret_alliance_exists(sim: Simulation, refused: Refused) -> None:
    [secret] = sim.world.alignments_between(ActorId("BEL"), ActorId("DUN"))
    known, unknown = refused(sim, "ARD", LeaveAlliance(secret.id)), refused(sim, "ARD", LeaveAlliance(999_999))
    assert (known.code, known.path, known.expected) == (unknown.code, unknown.path, unknown.expected)
