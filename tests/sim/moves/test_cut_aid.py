from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.cut_aid import CutAid


def test_cutting_aid_ends_it_and_its_goodwill(sim: Any, do: Any, run_to: Any) -> None:
    run_to(sim, 200)
    before = sim.world.dyad("COR", "EMP").cooperation.at(200)
    [incident] = do(sim, "EMP", CutAid("COR", "economic"))
    assert incident.detail["amount"] == 0.05
    assert ("EMP", "COR", "economic") not in sim.world.aid
    assert sim.world.dyad("COR", "EMP").cooperation.at(200) < before


def test_only_the_donor_can_cut_and_only_what_it_gives(sim: Any, refused: Any) -> None:
    assert refused(sim, "COR", CutAid("EMP", "economic")).path == "$.move.to"
    assert refused(sim, "EMP", CutAid("COR", "military")).path == "$.move.to"
