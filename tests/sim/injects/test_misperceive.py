from __future__ import annotations

from typing import Any

from counterpoise.sim.injects.misperceive import Misperceive
from counterpoise.sim.types import ActorId
from counterpoise.sim.viewing import view


def test_one_seat_is_deceived_and_nobody_is_told(sim: Any, happen: Any) -> None:
    [incident] = happen(sim, Misperceive("ARD", "DUN", 0.4))
    assert incident.audience == ()
    [seen] = [o for o in view(sim.world, sim.scenario, ActorId("ARD")).others if o.id == "DUN"]
    assert seen.misperception == 0.4
    [true] = [o for o in view(sim.world, sim.scenario, ActorId("ARD"), misperceiving=False).others if o.id == "DUN"]
    assert true.misperception == 0.0
