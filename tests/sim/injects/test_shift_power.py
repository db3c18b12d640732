from __future__ import annotations

from collections.abc import Callable

from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.shift_power import ShiftPower
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]


def test_power_shifts_from_one_to_all_others(sim: Simulation, happen: Happen) -> None:
    before = {code: state.power for code, state in sim.world.actors.items()}
    [incident] = happen(sim, ShiftPower("ARD", 2.0))
    assert incident.audience == ("ARD",)
    assert sim.world.actors[ActorId("ARD")].power > before[ActorId("ARD")]
    assert sim.world.actors[ActorId("BEL")].power < before[ActorId("BEL")]
    assert sim.world.actors[ActorId("ARD")].capability_factor == 2.0
