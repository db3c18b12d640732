from __future__ import annotations

from collections.abc import Callable

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.end_alignment import EndAlignment
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]
Refuse = Callable[[Simulation, Inject], OrderError]


def test_an_alignment_is_found_by_its_members_or_its_id(
    sim: Simulation,
    happen: Happen,
    refused: Refuse,
) -> None:
    happen(sim, EndAlignment(members=["COR", "ARD"], commitment="defence"))
    assert not list(sim.world.alignments_between(ActorId("ARD"), ActorId("COR")))
    [secret] = sim.world.alignments_between(ActorId("BEL"), ActorId("DUN"))
    happen(sim, EndAlignment(secret.id))
    assert secret.ended
    assert refused(sim, EndAlignment(secret.id)).path == "$.inject.alignment"


def test_an_inject_that_matches_no_alignment_is_rejected(sim: Simulation, refused: Refuse) -> None:
    assert refused(sim, EndAlignment()).path == "$.inject"
    assert refused(sim, EndAlignment(members=["ARD", "DUN"])).path == "$.inject.members"
    assert refused(sim, EndAlignment(members=["ARD", "COR"], commitment="basing")).path == "$.inject.members"
