"""Branches: other random draws from a tick on, and an unchanged past."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counterpoise.sim.digest import digest
from counterpoise.sim.engine import Simulation
from counterpoise.sim.numbers.random_streams import Streams
from counterpoise.sim.reading.scenario_text import parse_scenario


def run(simulation: Simulation, to: int) -> None:
    while simulation.now < to:
        simulation.advance(to)


def test_a_branch_reseeds_streams_that_are_already_in_use() -> None:
    streams, other = Streams("1"), Streams("2")
    held = streams("dice")
    held.random()
    streams.reseed("2")
    assert held.random() == other("dice").random()
    assert streams("new").random() == other("new").random()


def test_a_branch_keeps_the_past_and_changes_the_future(checkerboard: str) -> None:
    scenario = parse_scenario(checkerboard, "checkerboard")
    worlds = [Simulation(scenario, "1") for _ in range(3)]
    for world, seed in zip(worlds, ("1", "2", "2"), strict=True):
        run(world, 400)
        before = digest(world.world)
        world.branch(seed)
        assert digest(world.world) == before
        run(world, 1200)
    stayed, left, again = (digest(world.world) for world in worlds)
    assert left == again
    assert left != stayed


def test_a_branch_from_a_record_plays_by_chance(checkerboard: str) -> None:
    scenario = replace(
        parse_scenario(checkerboard.partition("[[injects]]")[0], "checkerboard"), recorded=True, dispute_rate=20.0
    )
    kept, left = Simulation(scenario, "1"), Simulation(scenario, "1")
    for world in (kept, left):
        run(world, 200)
    left.branch("2")
    assert not left.recorded
    for world in (kept, left):
        run(world, 1200)
    opened = [[i for i in world.world.incidents if i.kind == "crisis_opened"] for world in (kept, left)]
    assert opened[0] == []
    assert len(opened[1]) > 3
    assert all(incident.tick >= 200 for incident in opened[1])


@pytest.mark.parametrize("recorded", [True, False])
def test_a_record_can_be_left_at_tick_zero(checkerboard: str, recorded: bool) -> None:
    world = Simulation(replace(parse_scenario(checkerboard, "checkerboard"), recorded=recorded), "1")
    world.branch("2")
    run(world, 300)
    assert world.now == 300
