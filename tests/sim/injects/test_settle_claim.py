from __future__ import annotations

from collections.abc import Callable

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.settle_claim import SettleClaim
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]
Refuse = Callable[[Simulation, Inject], OrderError]


def test_a_claim_is_ended(
    sim: Simulation,
    happen: Happen,
    refused: Refuse,
) -> None:
    [incident] = happen(sim, SettleClaim("DUN", "BEL"))
    assert incident.detail == {"issue": "territory"}
    assert sim.world.dyad(ActorId("BEL"), ActorId("DUN")).claim is None
    assert refused(sim, SettleClaim("DUN", "BEL")).path == "$.inject.target"
