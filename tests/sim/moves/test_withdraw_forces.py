from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.withdraw_forces import WithdrawForces
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused


def test_only_the_occupier_can_withdraw_and_it_earns_goodwill(
    sim: Simulation, do: Do, refused: Refused, look: Look
) -> None:
    state = sim.world.actors[ActorId("BEL")]
    occupier: ActorId | None = ActorId("ARD")
    state.occupied, state.occupier = 0.2, occupier
    assert refused(sim, "COR", WithdrawForces("BEL")).path == "$.move.of"
    assert list(WithdrawForces.legal(look(sim, "ARD"))) == [WithdrawForces("BEL")]
    incidents = do(sim, "ARD", WithdrawForces("BEL"))
    assert [i.kind for i in incidents] == ["land_evacuated"]
    assert (state.occupied, state.occupier or "") == (0.0, "")
