from __future__ import annotations

from typing import Any

import msgspec

from counterpoise.sim.moves.predict import Predict


def test_it_changes_nothing_in_the_world_and_nobody_else_sees_it(sim: Any, do: Any) -> None:
    before = msgspec.json.encode([sim.world.actors, list(sim.world.dyads.values()), sim.world.calls])
    [incident] = do(sim, "ARD", Predict("BEL", "BAL", 0.7))
    assert incident.audience == ("ARD",)
    assert incident.detail == {"of": "BEL", "choice": "BAL", "confidence": 0.7}
    assert msgspec.json.encode([sim.world.actors, list(sim.world.dyads.values()), sim.world.calls]) == before


def test_one_does_not_predict_oneself(sim: Any, refused: Any) -> None:
    assert refused(sim, "ARD", Predict("ARD", "NEU", 0.5)).path == "$.move.of"
