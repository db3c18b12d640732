from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.give_reason import GiveReason

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do


def test_a_reason_changes_nothing_and_only_its_author_sees_it(sim: Simulation, do: Do) -> None:
    before = msgspec.json.encode([sim.world.actors, list(sim.world.dyads.values()), sim.world.calls])
    [incident] = do(sim, "ARD", GiveReason("threat", "They are near."))
    assert incident.audience == ("ARD",)
    assert incident.detail == {"reason": "threat", "note": "They are near."}
    assert msgspec.json.encode([sim.world.actors, list(sim.world.dyads.values()), sim.world.calls]) == before
