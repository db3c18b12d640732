from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.predict import Predict

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Refused


def test_a_prediction_changes_nothing_and_only_its_author_sees_it(sim: Simulation, do: Do) -> None:
    before = msgspec.json.encode([sim.world.actors, list(sim.world.dyads.values()), sim.world.calls])
    [incident] = do(sim, "ARD", Predict("BEL", "BAL", 0.7))
    assert incident.audience == ("ARD",)
    assert incident.detail == {"of": "BEL", "choice": "BAL", "confidence": 0.7}
    assert msgspec.json.encode([sim.world.actors, list(sim.world.dyads.values()), sim.world.calls]) == before


def test_a_state_cannot_predict_itself(sim: Simulation, refused: Refused) -> None:
    assert refused(sim, "ARD", Predict("ARD", "NEU", 0.5)).path == "$.move.of"
