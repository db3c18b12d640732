from __future__ import annotations

from typing import Any

import msgspec

from counterpoise.sim.moves.assess_threats import AssessThreats


def test_it_changes_nothing_in_the_world_and_nobody_else_sees_it(sim: Any, do: Any) -> None:
    before = msgspec.json.encode([sim.world.actors, list(sim.world.dyads.values()), sim.world.calls])
    [incident] = do(sim, "ARD", AssessThreats({"EMP": 0.9, "BEL": 0.1}))
    assert incident.audience == ("ARD",)
    assert incident.detail == {"ratings": {"BEL": 0.1, "EMP": 0.9}}
    assert msgspec.json.encode([sim.world.actors, list(sim.world.dyads.values()), sim.world.calls]) == before


def test_one_does_not_rate_oneself(sim: Any, refused: Any) -> None:
    assert refused(sim, "ARD", AssessThreats({"ARD": 0.5})).path == "$.move.ratings"
