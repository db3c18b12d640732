from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.attack import Attack
from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.support_side import SupportSide

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Refused


def test_a_rival_can_be_attacked(sim: Simulation, do: Do) -> None:
    do(sim, "ARD", Attack("BEL", "territory"))
    [war] = sim.world.wars.values()
    assert (war.attackers, war.defenders, war.aim) == (("ARD",), ("BEL",), "territory")


def test_an_attack_calls_the_guarantor_of_the_target(sim: Simulation, do: Do) -> None:
    do(sim, "ARD", Attack("BEL", "territory"))
    assert [(c.actor, c.asker) for c in sim.world.calls.values() if c.reason == "ally"] == [("EMP", "BEL")]


def test_an_attack_needs_a_dispute_with_the_target(sim: Simulation, do: Do, refused: Refused) -> None:
    assert refused(sim, "ARD", Attack("DUN", "policy")).path == "$.move.target"
    do(sim, "ARD", Demand("DUN", "policy", "Stop it."))
    do(sim, "ARD", Attack("DUN", "policy"))


def test_a_state_must_leave_a_partner_before_it_can_attack_it(sim: Simulation, do: Do, refused: Refused) -> None:
    do(sim, "ARD", Demand("COR", "policy", "Stop it."))
    assert "not aligned" in refused(sim, "ARD", Attack("COR", "policy")).expected


def test_supporters_in_the_crisis_fight_on_the_side_they_supported(sim: Simulation, do: Do) -> None:
    do(sim, "ARD", Demand("BEL", "territory", "Now."))
    [crisis] = sim.world.crises
    do(sim, "COR", SupportSide(crisis, "ARD"))
    do(sim, "BEL", Attack("ARD", "territory"))
    [war] = sim.world.wars.values()
    assert (war.attackers, war.defenders) == (("BEL",), ("ARD", "COR"))
    assert not sim.world.crises


def test_two_states_at_war_cannot_begin_a_second_war(sim: Simulation, do: Do, refused: Refused) -> None:
    do(sim, "ARD", Attack("BEL", "territory"))
    assert refused(sim, "BEL", Attack("ARD", "regime")).path == "$.move.target"
