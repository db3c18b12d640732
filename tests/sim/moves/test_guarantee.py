from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.guarantee import Guarantee


def test_a_guarantee_stands_without_an_answer_and_in_public(sim: Any, do: Any) -> None:
    treasury = sim.world.actors["EMP"].treasury
    [formed] = [i for i in do(sim, "EMP", Guarantee("COR", "DUN")) if i.kind == "alliance_formed"]
    assert formed.audience is None
    [made] = sim.world.alignments_between("EMP", "COR")
    assert (made.commitment, made.lead, made.against) == ("guarantee", "EMP", "DUN")
    assert sim.world.actors["EMP"].treasury == treasury - Guarantee.COST


def test_a_state_is_guaranteed_once_by_the_same_guarantor(sim: Any, refused: Any) -> None:
    assert refused(sim, "EMP", Guarantee("BEL")).path == "$.move.to"


def test_an_empty_treasury_guarantees_nobody(sim: Any, refused: Any, look: Any) -> None:
    sim.world.actors["ARD"].treasury = 0.5
    assert "treasury" in refused(sim, "ARD", Guarantee("DUN")).expected
    assert list(Guarantee.legal(look(sim, "ARD"))) == []
