from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.cut_aid import CutAid
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.conftest import RunTo
    from tests.sim.moves.conftest import Do, Refused


def test_to_cut_aid_ends_the_flow_and_its_goodwill(sim: Simulation, do: Do, run_to: RunTo) -> None:
    run_to(sim, 200)
    before = sim.world.dyad(ActorId("COR"), ActorId("EMP")).cooperation.at(200)
    [incident] = do(sim, "EMP", CutAid("COR", "economic"))
    assert incident.detail["amount"] == 0.05
    assert ("EMP", "COR", "economic") not in sim.world.aid
    assert sim.world.dyad(ActorId("COR"), ActorId("EMP")).cooperation.at(200) < before


def test_only_the_donor_can_cut_aid_and_only_aid_it_gives(sim: Simulation, refused: Refused) -> None:
    assert refused(sim, "COR", CutAid("EMP", "economic")).path == "$.move.to"
    assert refused(sim, "EMP", CutAid("COR", "military")).path == "$.move.to"
