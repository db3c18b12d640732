from __future__ import annotations

from collections.abc import Callable

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.set_aid import SetAid
from counterpoise.sim.processes import war
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]
Refuse = Callable[[Simulation, Inject], OrderError]


def test_aid_is_set_and_ended(
    sim: Simulation,
    happen: Happen,
    refused: Refuse,
) -> None:
    [given] = happen(sim, SetAid("EMP", "DUN", "military", 0.2))
    assert given.audience == ("EMP", "DUN")
    assert sim.world.aid[ActorId("EMP"), ActorId("DUN"), "military"].amount == 0.2
    happen(sim, SetAid("EMP", "DUN", "military", 0.0))
    assert ("EMP", "DUN", "military") not in sim.world.aid
    assert refused(sim, SetAid("EMP", "DUN", "military", 0.0)).path == "$.inject.amount"


def test_aid_between_enemies_at_war_is_rejected(sim: Simulation, refused: Refuse) -> None:
    war.begin(sim, (ActorId("ARD"),), (ActorId("BEL"),), "policy")
    assert refused(sim, SetAid("ARD", "BEL", "economic", 0.2)).path == "$.inject.recipient"
