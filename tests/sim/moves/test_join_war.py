from __future__ import annotations

from typing import TYPE_CHECKING, Any

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.attack import Attack
from counterpoise.sim.moves.join_war import JoinWar
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Refused


def war_of(sim: Simulation, do: Do) -> Any:
    do(sim, "ARD", Attack("BEL", "territory"))
    [war] = sim.world.wars.values()
    return war


def test_a_third_state_enters_the_war_on_the_side_it_names(sim: Simulation, do: Do, refused: Refused) -> None:
    war = war_of(sim, do)
    do(sim, "COR", JoinWar(war.id, "ARD"))
    assert war.attackers == ("ARD", "COR")
    assert refused(sim, "COR", JoinWar(war.id, "BEL")).path == "$.move.war"


def test_a_state_cannot_join_a_war_against_a_partner(sim: Simulation, do: Do, refused: Refused) -> None:
    war = war_of(sim, do)
    assert refused(sim, "COR", JoinWar(war.id, "BEL")).path == "$.move.side"


def test_an_ally_that_is_called_must_answer_the_call_instead(sim: Simulation, do: Do, refused: Refused) -> None:
    war = war_of(sim, do)
    assert "ally" in refused(sim, "EMP", JoinWar(war.id, "BEL")).expected


def test_a_state_cannot_join_a_war_with_an_enemy_from_another_war(sim: Simulation, do: Do, refused: Refused) -> None:
    war = war_of(sim, do)
    sim.world.dyad(ActorId("DUN"), ActorId("ARD")).claim = "policy"
    do(sim, "DUN", Attack("ARD", "policy"))
    assert refused(sim, "DUN", JoinWar(war.id, "BEL")).path == "$.move.side"
