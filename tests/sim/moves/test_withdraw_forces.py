from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.withdraw_forces import WithdrawForces


def test_only_the_occupier_can_withdraw_and_is_thanked(sim: Any, do: Any, refused: Any, look: Any) -> None:
    state = sim.world.actors["BEL"]
    state.occupied, state.occupier = 0.2, "ARD"
    assert refused(sim, "COR", WithdrawForces("BEL")).path == "$.move.of"
    assert list(WithdrawForces.legal(look(sim, "ARD"))) == [WithdrawForces("BEL")]
    incidents = do(sim, "ARD", WithdrawForces("BEL"))
    assert [i.kind for i in incidents] == ["land_evacuated"]
    assert (state.occupied, state.occupier) == (0.0, None)
