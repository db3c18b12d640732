from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.give_aid import GiveAid


def test_aid_flows_until_it_is_changed(sim: Any, do: Any) -> None:
    do(sim, "EMP", GiveAid("ARD", "economic", 0.1))
    do(sim, "EMP", GiveAid("ARD", "economic", 0.2))
    assert sim.world.aid["EMP", "ARD", "economic"].amount == 0.2


def test_military_aid_and_conditions_are_known_to_the_two_only(sim: Any, do: Any, look: Any) -> None:
    incidents = do(sim, "EMP", GiveAid("ARD", "military", 0.1, "No war with Bel."))
    assert [i.audience for i in incidents] == [("EMP", "ARD"), ("EMP", "ARD")]
    assert not [flow for flow in look(sim, "DUN").aid if flow.recipient == "ARD"]
    assert [flow.condition for flow in look(sim, "ARD").aid if flow.recipient == "ARD"] == ["No war with Bel."]


def test_the_same_aid_again_is_no_move(sim: Any, refused: Any) -> None:
    assert refused(sim, "EMP", GiveAid("BEL", "military", 0.1)).path == "$.move.amount"


def test_the_treasury_pays_month_by_month(sim: Any, do: Any, run_to: Any) -> None:
    do(sim, "EMP", GiveAid("ARD", "economic", 0.2))
    before = sim.world.actors["ARD"].treasury
    run_to(sim, 32)
    others = sim.world.actors["DUN"].treasury - 50.0
    assert sim.world.actors["ARD"].treasury - before > others
