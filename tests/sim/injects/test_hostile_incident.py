from __future__ import annotations

from typing import Any

from counterpoise.sim.injects.hostile_incident import HostileIncident


def test_a_raid_is_remembered_by_its_victim(sim: Any, happen: Any) -> None:
    happen(sim, HostileIncident("DUN", "COR", 4))
    assert sim.world.dyad("COR", "DUN").hostility.at(0) == 0.8
    assert sim.world.dyad("DUN", "COR").hostility.at(0) == 0.0
    assert not sim.world.crises
