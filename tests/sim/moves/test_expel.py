from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.expel import Expel
from counterpoise.sim.moves.penetrate import Penetrate
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Refused


def test_nobody_is_expelled_for_what_is_not_known(sim: Simulation, refused: Refused) -> None:
    sim.world.dyad(ActorId("BEL"), ActorId("ARD")).penetration = 0.5
    assert refused(sim, "BEL", Expel("ARD")).path == "$.move.of"


def test_expulsion_breaks_what_is_known_and_leaves_the_rest(sim: Simulation, do: Do) -> None:
    dyad = sim.world.dyad(ActorId("BEL"), ActorId("ARD"))
    dyad.penetration, dyad.penetration_known = 0.5, 0.4
    do(sim, "ARD", Penetrate("BEL", "bribery"))
    do(sim, "BEL", Expel("ARD"))
    assert dyad.penetration == pytest.approx(0.1 + 0.3 * 0.4)
    assert dyad.penetration_known == pytest.approx(0.3 * 0.4)
    assert not sim.world.campaigns
