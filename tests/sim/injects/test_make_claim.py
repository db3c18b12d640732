from __future__ import annotations

from collections.abc import Callable

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.make_claim import MakeClaim
from counterpoise.sim.injects.settle_claim import SettleClaim
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]
Refuse = Callable[[Simulation, Inject], OrderError]


def test_a_claim_is_made_and_settled_again(sim: Simulation, happen: Happen, refused: Refuse) -> None:
    [incident] = happen(sim, MakeClaim("ARD", "DUN", "policy"))
    assert (incident.audience, incident.detail) == (None, {"issue": "policy"})
    assert sim.world.dyad(ActorId("DUN"), ActorId("ARD")).claim == "policy"
    assert refused(sim, MakeClaim("ARD", "DUN", "policy")).path == "$.inject.issue"
    assert refused(sim, MakeClaim("ARD", "ARD")).path == "$.inject.target"
    happen(sim, SettleClaim("ARD", "DUN"))
    assert sim.world.dyad(ActorId("DUN"), ActorId("ARD")).claim is None
