from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import war
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId

A, B = ActorId("ARD"), ActorId("BEL")
Run = Callable[[Simulation, int], None]


def _disputes(scenario: Scenario, rate: float, run_to: Run, games: int = 6) -> int:
    count = 0
    for seed in range(games):
        sim = Simulation(replace(scenario, dispute_rate=rate), f"rate {seed}")
        run_to(sim, sim.world.end)
        count += len([i for i in sim.world.incidents if i.kind == "crisis_opened"])
    return count


def test_a_dispute_rate_of_zero_means_no_random_disputes(scenario: Scenario, run_to: Run) -> None:
    assert _disputes(scenario, 0.0, run_to, games=1) == 0


def test_the_dispute_rate_scales_the_number_of_disputes(scenario: Scenario, run_to: Run) -> None:
    few, many = _disputes(scenario, 0.5, run_to), _disputes(scenario, 4.0, run_to)
    assert many > 2 * few > 0


def test_disputes_are_spread_over_the_month(scenario: Scenario, run_to: Run) -> None:
    sim = Simulation(replace(scenario, dispute_rate=10.0), "days")
    run_to(sim, sim.world.end)
    days = {sim.world.calendar.date_of(i.tick).day for i in sim.world.incidents if i.kind == "crisis_opened"}
    assert len(days) > 5


def test_states_in_the_same_war_have_no_new_disputes(scenario: Scenario, run_to: Run) -> None:
    sim = Simulation(replace(scenario, dispute_rate=50.0), "war")
    fought = war.begin(sim, (A,), (B,), "territory")
    while fought.id in sim.world.wars and not sim.ended:
        sim.advance(sim.now + 10)
        pairs = [sorted((c.initiator, c.target)) for c in sim.world.crises.values()]
        assert fought.id not in sim.world.wars or [A, B] not in pairs
