from __future__ import annotations

from collections.abc import Callable

from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.hostile_incident import HostileIncident
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]


def test_a_raid_is_remembered_by_its_victim(sim: Simulation, happen: Happen) -> None:
    happen(sim, HostileIncident("DUN", "COR", 4))
    assert sim.world.dyad(ActorId("COR"), ActorId("DUN")).hostility.at(0) == 0.8
    assert sim.world.dyad(ActorId("DUN"), ActorId("COR")).hostility.at(0) == 0.0
    assert not sim.world.crises
