from __future__ import annotations

from typing import Any

from counterpoise.sim.injects.shift_power import ShiftPower


def test_power_shifts_from_one_to_all_others(sim: Any, happen: Any) -> None:
    before = {code: state.power for code, state in sim.world.actors.items()}
    [incident] = happen(sim, ShiftPower("ARD", 2.0))
    assert incident.audience == ("ARD",)
    assert sim.world.actors["ARD"].power > before["ARD"]
    assert sim.world.actors["BEL"].power < before["BEL"]
    assert sim.world.actors["ARD"].capability_factor == 2.0
