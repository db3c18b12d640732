from __future__ import annotations

from math import exp

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import war
from counterpoise.sim.rules.conflict.war_odds import (
    attackers_win_chance,
    contest_probability,
    force_at,
    reach,
    side_force,
)
from counterpoise.sim.types import ActorId

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


def test_the_chances_of_both_sides_sum_to_one() -> None:
    assert contest_probability(0.3, 0.1) == pytest.approx(0.75)
    assert contest_probability(0.3, 0.1) + contest_probability(0.1, 0.3) == pytest.approx(1)
    assert 0 < contest_probability(0.0, 0.5) < 0.001


def test_distance_weakens_a_force_except_at_home(sim: Simulation) -> None:
    assert reach(sim.world, A, A) == 1
    assert reach(sim.world, A, B) == 1
    assert reach(sim.world, A, E) < 0.3
    assert reach(sim.world, E, A) > reach(sim.world, A, E)


def test_defence_and_mobilisation_raise_a_states_force(sim: Simulation) -> None:
    state = sim.world.actors[B]
    plain = state.power * state.technology
    assert force_at(sim.world, B, B, attacking=False) == pytest.approx(1.2 * plain)
    assert force_at(sim.world, B, B, attacking=True) == pytest.approx((1 + 0.5 * state.offense) * plain)
    state.mobilized_until = 10
    assert force_at(sim.world, B, B, attacking=False) == pytest.approx(1.8 * plain)
    assert force_at(sim.world, B, B, attacking=False, lost=0.5) == pytest.approx(0.9 * plain)


def test_the_initiator_of_a_war_has_the_published_advantage(sim: Simulation) -> None:
    fought = war.begin(sim, (A,), (B,), "territory")
    ours, theirs = side_force(sim.world, fought, (A,)), side_force(sim.world, fought, (B,))
    even = contest_probability(ours, theirs)
    chance = attackers_win_chance(sim.world, fought)
    assert chance / (1 - chance) == pytest.approx(exp(0.59) * even / (1 - even), rel=1e-4)


def test_a_joiner_changes_the_odds(sim: Simulation) -> None:
    fought = war.begin(sim, (A,), (B,), "territory")
    before = attackers_win_chance(sim.world, fought)
    war.join(sim, fought, E, B)
    assert attackers_win_chance(sim.world, fought) < before
    assert fought.win_chance == attackers_win_chance(sim.world, fought)
