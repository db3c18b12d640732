"""What sanctions do when nothing else changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.arm import Arm
from counterpoise.sim.moves.sanction import Sanction
from counterpoise.sim.processes import entry, sanctioning
from counterpoise.sim.rules.trade import share_cut, trade_shares
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId, SanctionScope

Run = Callable[[Simulation, int], None]

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


def played(scenario: Scenario, run_to: Run, *senders: ActorId, scope: SanctionScope = "trade") -> Simulation:
    """Play a year in which these states sanction A."""
    sim = Simulation(scenario, "sanctions")
    for sender in senders:
        sim.apply(sender, Sanction("ARD", "impose", scope))
    run_to(sim, 365)
    return sim


def test_trade_sanctions_cost_both_sides_money_and_the_target_legitimacy(calm: Scenario, run_to: Run) -> None:
    free, cut = played(calm, run_to), played(calm, run_to, E)
    for state in (A, E):
        assert cut.world.actors[state].treasury < free.world.actors[state].treasury
    assert cut.world.actors[A].legitimacy < free.world.actors[A].legitimacy
    assert cut.world.actors[E].legitimacy == free.world.actors[E].legitimacy
    assert cut.world.actors[D].treasury == free.world.actors[D].treasury


def test_sanctions_of_several_states_hurt_more_than_those_of_one(calm: Scenario, run_to: Run) -> None:
    one, many = played(calm, run_to, C), played(calm, run_to, B, C, E)
    assert many.world.actors[A].legitimacy < one.world.actors[A].legitimacy
    losses = [sanctioning.monthly_loss(sim.world, A, trade_shares(sim.world, A)) for sim in (one, many)]
    assert losses[1] > losses[0]


def test_an_arms_embargo_wears_forces_down_and_makes_arming_worth_less(calm: Scenario, run_to: Run) -> None:
    free, cut = played(calm, run_to), played(calm, run_to, B, C, D, E, scope="arms")
    factors = [sim.world.actors[A].capability_factor for sim in (free, cut)]
    assert factors[1] < factors[0]
    assert cut.world.actors[A].legitimacy == free.world.actors[A].legitimacy
    gains = []
    for sim in (free, cut):
        before = sim.world.actors[A].capability_factor
        sim.apply(A, Arm(1.0))
        gains.append(sim.world.actors[A].capability_factor - before)
    assert gains[1] == pytest.approx(0.0, abs=1e-6)
    assert gains[0] > 0.0


def test_the_trade_shares_of_a_state_sum_to_one_and_grow_with_the_partners_power(sim: Simulation) -> None:
    world = sim.world
    others = [state.id for state in world.active() if state.id != A]
    assert share_cut(trade_shares(world, A), others) == pytest.approx(1.0)
    before = trade_shares(world, A)[E]
    world.actors[E].power *= 2.0
    assert trade_shares(world, A)[E] > before


def test_a_state_that_leaves_takes_its_sanctions_with_it(sim: Simulation) -> None:
    sim.apply(E, Sanction("ARD", "impose"))
    sim.apply(B, Sanction("EMP", "impose", "arms"))
    sim.apply(B, Sanction("ARD", "impose", "arms"))
    entry.deactivate(sim, E)
    assert list(sim.world.sanctions) == [(B, A, "arms")]
