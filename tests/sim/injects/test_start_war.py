from __future__ import annotations

from collections.abc import Callable

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.start_war import StartWar
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]
Refuse = Callable[[Simulation, Inject], OrderError]


def test_a_war_begins_between_two_sides(
    sim: Simulation,
    happen: Happen,
    refused: Refuse,
) -> None:
    happen(sim, StartWar(["ARD", "COR"], ["BEL", "DUN"], "territory"))
    [war] = sim.world.wars.values()
    assert (war.attackers, war.defenders) == (("ARD", "COR"), ("BEL", "DUN"))
    assert refused(sim, StartWar(["DUN"], ["COR"], "policy")).path == "$.inject.defenders"
    assert refused(sim, StartWar(["DUN"], ["BEL"], "policy")).path == "$.inject.defenders"


def test_a_state_cannot_be_on_both_sides(sim: Simulation, refused: Refuse) -> None:
    assert refused(sim, StartWar(["ARD"], ["ARD"], "policy")).path == "$.inject.defenders[0]"
    assert refused(sim, StartWar(["ARD", "ARD"], ["BEL"], "policy")).path == "$.inject.attackers[1]"
