from __future__ import annotations

from collections.abc import Callable

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.start_crisis import StartCrisis
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]
Refuse = Callable[[Simulation, Inject], OrderError]


def test_a_crisis_opens_at_the_given_level(
    sim: Simulation,
    happen: Happen,
    refused: Refuse,
) -> None:
    happen(sim, StartCrisis("ARD", "BEL", "territory", 3, "The valley."))
    [crisis] = sim.world.crises.values()
    assert (crisis.level, crisis.demand) == (3, "The valley.")
    assert refused(sim, StartCrisis("BEL", "ARD", "policy")).path == "$.inject.to"
