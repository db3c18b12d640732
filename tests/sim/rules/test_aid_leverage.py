from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.relations.influence import Aid
from counterpoise.sim.rules import aid_leverage
from counterpoise.sim.types import ActorId

Run = Callable[[Simulation, int], None]

A, B, C, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "EMP"))


def test_dependence_grows_while_aid_flows(sim: Simulation, run_to: Run) -> None:
    aid_leverage.set_flow(sim.world, Aid(E, A, "economic", 0.2, 0))
    seen = []
    for tick in (100, 400, 1000):
        run_to(sim, tick)
        seen.append(sim.world.aid[E, A, "economic"].dependence)
    assert seen == sorted(set(seen))
    assert seen[-1] == pytest.approx(0.6, abs=0.1)
    assert sim.world.dyad(A, E).aid_received == pytest.approx(0.2 * 32 / 12, rel=0.05)


def test_a_second_donor_ends_a_monopoly(sim: Simulation) -> None:
    assert aid_leverage.monopoly(sim.world, E, B, "military") == 1.0
    aid_leverage.set_flow(sim.world, Aid(C, B, "military", 0.3, 0))
    assert aid_leverage.monopoly(sim.world, E, B, "military") == pytest.approx(0.25)
    assert aid_leverage.monopoly(sim.world, E, B, "economic") == 0.0


def test_a_cut_hurts_less_with_another_donor(sim: Simulation) -> None:
    for other_donor in (False, True):
        aid = Aid(E, A, "military", 0.2, 0, dependence=0.6)
        aid_leverage.set_flow(sim.world, aid)
        if other_donor:
            aid_leverage.set_flow(sim.world, Aid(C, A, "military", 0.2, 0))
        before = sim.world.actors[A].capability_factor
        aid_leverage.cut_flow(sim, aid, "cut")
        loss = 1 - sim.world.actors[A].capability_factor / before
        assert loss == pytest.approx(0.6 * aid_leverage.FORCES_LOST / (2 if other_donor else 1))


def test_the_end_of_economic_aid_costs_money_and_legitimacy(sim: Simulation) -> None:
    state = sim.world.actors[A]
    treasury, legitimacy = state.treasury, state.legitimacy
    aid = Aid(E, A, "economic", 0.2, 0, dependence=0.5)
    aid_leverage.set_flow(sim.world, aid)
    aid_leverage.cut_flow(sim, aid, "cut")
    assert state.treasury < treasury
    assert state.legitimacy < legitimacy


def test_a_change_of_aid_keeps_the_dependence(sim: Simulation) -> None:
    aid_leverage.set_flow(sim.world, Aid(E, A, "economic", 0.2, 0, dependence=0.5))
    aid_leverage.set_flow(sim.world, Aid(E, A, "economic", 0.3, 0))
    assert sim.world.aid[E, A, "economic"].dependence == 0.5


def test_a_states_stake_is_largest_in_itself_then_in_enemies_and_partners(sim: Simulation) -> None:
    assert aid_leverage.stake(sim.world, A, A) == 1.0
    assert aid_leverage.stake(sim.world, A, B) > aid_leverage.stake(sim.world, A, ActorId("DUN"))
    assert aid_leverage.stake(sim.world, A, C) >= aid_leverage.ALIGNMENT_STAKE
