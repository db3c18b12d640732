from __future__ import annotations

from collections.abc import Callable

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.set_border import SetBorder
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]
Refuse = Callable[[Simulation, Inject], OrderError]


def test_a_border_is_set_on_both_sides_and_everyone_sees_it(sim: Simulation, happen: Happen, refused: Refuse) -> None:
    there, back = sim.world.dyad(ActorId("ARD"), ActorId("COR")), sim.world.dyad(ActorId("COR"), ActorId("ARD"))
    happen(sim, SetBorder("ARD", "COR", "150 miles"))
    assert (there.contiguity, back.contiguity) == (4, 4)
    [incident] = happen(sim, SetBorder("ARD", "COR", "none"))
    assert (incident.audience, there.contiguity, back.contiguity) == (None, 0, 0)
    assert refused(sim, SetBorder("COR", "ARD", "none")).path == "$.inject.border"
    assert refused(sim, SetBorder("COR", "COR", "land")).path == "$.inject.b"
