from __future__ import annotations

from collections.abc import Callable

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.set_treasury import SetTreasury
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]
Refuse = Callable[[Simulation, Inject], OrderError]


def test_a_treasury_is_set_and_only_its_owner_is_told(sim: Simulation, happen: Happen, refused: Refuse) -> None:
    [incident] = happen(sim, SetTreasury("DUN", 12.5))
    assert (incident.audience, incident.detail) == (("DUN",), {"amount": 12.5})
    assert sim.world.actors[ActorId("DUN")].treasury == 12.5
    assert refused(sim, SetTreasury("XXX", 1.0)).code == "unknown_actor"


def test_the_reason_of_an_inject_is_noted_for_the_moderator(sim: Simulation) -> None:
    sim.inject(SetTreasury("DUN", 3.0), "The group forgot to pay.")
    noted = next(one for one in sim.world.incidents if one.kind == "inject")
    assert (noted.audience, noted.detail) == ((), {"inject": "set_treasury", "reason": "The group forgot to pay."})
