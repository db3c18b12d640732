from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.set_posture import SetPosture


def test_an_offensive_posture_raises_offensive_capability_and_is_private(sim: Any, do: Any) -> None:
    before = sim.world.actors["ARD"].offense
    [incident] = do(sim, "ARD", SetPosture("offensive"))
    assert incident.audience == ("ARD",)
    assert sim.world.actors["ARD"].offense > before


def test_the_present_posture_cannot_be_set(sim: Any, refused: Any) -> None:
    assert refused(sim, "ARD", SetPosture("balanced")).path == "$.move.posture"
