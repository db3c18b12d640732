from __future__ import annotations

from typing import Any

from counterpoise.sim.injects.set_rivalry import SetRivalry


def test_a_rivalry_holds_on_both_sides(sim: Any, happen: Any, refused: Any) -> None:
    [ended] = happen(sim, SetRivalry("BEL", "ARD", False))
    assert ended.kind == "rivalry_ended"
    assert not sim.world.dyad("ARD", "BEL").rivalry
    [began] = happen(sim, SetRivalry("COR", "DUN", True))
    assert began.kind == "rivalry_began"
    assert sim.world.dyad("DUN", "COR").rivalry
    assert refused(sim, SetRivalry("DUN", "COR", True)).path == "$.inject.rivals"
