from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.set_posture import SetPosture
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Refused


def test_an_offensive_posture_raises_offensive_capability_and_is_private(sim: Simulation, do: Do) -> None:
    before = sim.world.actors[ActorId("ARD")].offense
    [incident] = do(sim, "ARD", SetPosture("offensive"))
    assert incident.audience == ("ARD",)
    assert sim.world.actors[ActorId("ARD")].offense > before


def test_the_present_posture_cannot_be_set(sim: Simulation, refused: Refused) -> None:
    assert refused(sim, "ARD", SetPosture("balanced")).path == "$.move.posture"
