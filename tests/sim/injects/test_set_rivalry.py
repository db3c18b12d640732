from __future__ import annotations

from collections.abc import Callable

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.set_rivalry import SetRivalry
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]
Refuse = Callable[[Simulation, Inject], OrderError]


def test_a_rivalry_holds_on_both_sides(
    sim: Simulation,
    happen: Happen,
    refused: Refuse,
) -> None:
    [ended] = happen(sim, SetRivalry("BEL", "ARD", False))
    assert ended.kind == "rivalry_ended"
    assert not sim.world.dyad(ActorId("ARD"), ActorId("BEL")).rivalry
    [began] = happen(sim, SetRivalry("COR", "DUN", True))
    assert began.kind == "rivalry_began"
    assert sim.world.dyad(ActorId("DUN"), ActorId("COR")).rivalry
    assert refused(sim, SetRivalry("DUN", "COR", True)).path == "$.inject.rivals"
