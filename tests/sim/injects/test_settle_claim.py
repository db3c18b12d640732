from __future__ import annotations

from typing import Any

from counterpoise.sim.injects.settle_claim import SettleClaim


def test_a_claim_is_ended(sim: Any, happen: Any, refused: Any) -> None:
    [incident] = happen(sim, SettleClaim("DUN", "BEL"))
    assert incident.detail == {"issue": "territory"}
    assert sim.world.dyad("BEL", "DUN").claim is None
    assert refused(sim, SettleClaim("DUN", "BEL")).path == "$.inject.target"
