from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.expel import Expel
from counterpoise.sim.moves.penetrate import Penetrate
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Refused


def test_a_state_without_known_access_cannot_be_expelled(sim: Simulation, refused: Refused) -> None:
    sim.world.dyad(ActorId("BEL"), ActorId("ARD")).penetration = 0.5
    assert refused(sim, "BEL", Expel("ARD")).path == "$.move.of"


def test_expulsion_reduces_known_access_and_leaves_hidden_access(sim: Simulation, do: Do) -> None:
    dyad = sim.world.dyad(ActorId("BEL"), ActorId("ARD"))
    dyad.penetration, dyad.penetration_known = 0.5, 0.4
    do(sim, "ARD", Penetrate("BEL", "bribery"))
    do(sim, "BEL", Expel("ARD"))
    assert dyad.penetration == pytest.approx(0.1 + 0.3 * 0.4)
    assert dyad.penetration_known == pytest.approx(0.3 * 0.4)
    assert not sim.world.campaigns
