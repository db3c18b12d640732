from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.attack import Attack
from counterpoise.sim.moves.join_war import JoinWar


def war_of(sim: Any, do: Any) -> Any:
    do(sim, "ARD", Attack("BEL", "territory"))
    [war] = sim.world.wars.values()
    return war


def test_a_third_state_enters_on_the_side_it_names(sim: Any, do: Any, refused: Any) -> None:
    war = war_of(sim, do)
    do(sim, "COR", JoinWar(war.id, "ARD"))
    assert war.attackers == ("ARD", "COR")
    assert refused(sim, "COR", JoinWar(war.id, "BEL")).path == "$.move.war"


def test_nobody_joins_against_a_partner(sim: Any, do: Any, refused: Any) -> None:
    war = war_of(sim, do)
    assert refused(sim, "COR", JoinWar(war.id, "BEL")).path == "$.move.side"


def test_an_ally_that_is_called_answers_the_call(sim: Any, do: Any, refused: Any) -> None:
    war = war_of(sim, do)
    assert "ally" in refused(sim, "EMP", JoinWar(war.id, "BEL")).expected


def test_enemies_in_another_war_do_not_meet_in_this_one(sim: Any, do: Any, refused: Any) -> None:
    war = war_of(sim, do)
    sim.world.dyad("DUN", "ARD").claim = "policy"
    do(sim, "DUN", Attack("ARD", "policy"))
    assert refused(sim, "DUN", JoinWar(war.id, "BEL")).path == "$.move.side"
