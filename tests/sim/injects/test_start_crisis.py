from __future__ import annotations

from typing import Any

from counterpoise.sim.injects.start_crisis import StartCrisis


def test_a_crisis_opens_at_the_given_level(sim: Any, happen: Any, refused: Any) -> None:
    happen(sim, StartCrisis("ARD", "BEL", "territory", 3, "The valley."))
    [crisis] = sim.world.crises.values()
    assert (crisis.level, crisis.demand) == (3, "The valley.")
    assert refused(sim, StartCrisis("BEL", "ARD", "policy")).path == "$.inject.to"
