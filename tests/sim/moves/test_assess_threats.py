from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.assess_threats import AssessThreats

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Refused


def test_an_assessment_changes_nothing_and_only_its_author_sees_it(sim: Simulation, do: Do) -> None:
    before = msgspec.json.encode([sim.world.actors, list(sim.world.dyads.values()), sim.world.calls])
    [incident] = do(sim, "ARD", AssessThreats({"EMP": 0.9, "BEL": 0.1}))
    assert incident.audience == ("ARD",)
    assert incident.detail == {"ratings": {"BEL": 0.1, "EMP": 0.9}}
    assert msgspec.json.encode([sim.world.actors, list(sim.world.dyads.values()), sim.world.calls]) == before


def test_a_state_cannot_rate_itself(sim: Simulation, refused: Refused) -> None:
    assert refused(sim, "ARD", AssessThreats({"ARD": 0.5})).path == "$.move.ratings"
