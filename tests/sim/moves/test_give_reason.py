from __future__ import annotations

from typing import Any

import msgspec

from counterpoise.sim.moves.give_reason import GiveReason


def test_it_changes_nothing_in_the_world_and_nobody_else_sees_it(sim: Any, do: Any) -> None:
    before = msgspec.json.encode([sim.world.actors, list(sim.world.dyads.values()), sim.world.calls])
    [incident] = do(sim, "ARD", GiveReason("threat", "They are near."))
    assert incident.audience == ("ARD",)
    assert incident.detail == {"reason": "threat", "note": "They are near."}
    assert msgspec.json.encode([sim.world.actors, list(sim.world.dyads.values()), sim.world.calls]) == before
