from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.moves.sanction import Sanction
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import build_view

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Refused

A, B, C = (ActorId(code) for code in ("ARD", "BEL", "COR"))


def test_everyone_sees_a_sanction_and_the_target_remembers_it(sim: Simulation, scenario: Scenario, do: Do) -> None:
    sim.world.dyad(B, A).cooperation.add(2.0, sim.world.tick)
    [imposed] = do(sim, "ARD", Sanction("BEL", "impose"))
    assert (imposed.kind, imposed.audience, imposed.detail) == ("sanctions_imposed", None, {"scope": "trade"})
    [seen] = build_view(sim.world, scenario, C).sanctions
    assert (seen.sender, seen.target, seen.scope) == (A, B, "trade")
    assert sim.world.dyad(B, A).hostile_statements.at(sim.world.tick) == 1.0
    assert sim.world.dyad(B, A).cooperation.at(sim.world.tick) == 1.5


def test_a_sanction_is_imposed_once_and_lifted_once(sim: Simulation, do: Do, refused: Refused) -> None:
    assert refused(sim, "ARD", Sanction("BEL", "lift")).path == "$.move.course"
    do(sim, "ARD", Sanction("BEL", "impose", "arms"))
    assert refused(sim, "ARD", Sanction("BEL", "impose", "arms")).path == "$.move.course"
    assert refused(sim, "ARD", Sanction("BEL", "lift", "trade")).path == "$.move.course"
    [lifted] = do(sim, "ARD", Sanction("BEL", "lift", "arms"))
    assert lifted.kind == "sanctions_lifted"
    assert not sim.world.sanctions


def test_a_sanction_ends_the_aid_of_its_kind_and_forbids_more(sim: Simulation, do: Do, refused: Refused) -> None:
    do(sim, "EMP", GiveAid("ARD", "economic", 0.1))
    do(sim, "EMP", GiveAid("ARD", "military", 0.1))
    imposed = do(sim, "EMP", Sanction("ARD", "impose", "trade"))
    assert [incident.kind for incident in imposed] == ["sanctions_imposed", "aid_cut"]
    assert [aid for donor, to, aid in sim.world.aid if (donor, to) == ("EMP", "ARD")] == ["military"]
    assert refused(sim, "EMP", GiveAid("ARD", "economic", 0.2)).path == "$.move.to"
    do(sim, "EMP", GiveAid("ARD", "military", 0.2))
