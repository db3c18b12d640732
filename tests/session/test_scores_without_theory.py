"""The score and all else in a world are the same whether or not the theory watches."""

from __future__ import annotations

from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.sim.digest import digest
from counterpoise.sim.engine import Simulation
from counterpoise.sim.scenario import Scenario


def test_a_world_that_no_checker_watches_has_the_same_digest_and_scores(
    checkerboard: str, checkerboard_scenario: Scenario
) -> None:
    watched = Session(scenario_text=checkerboard, seed="3", session_id="s", secret="s")
    play(watched, {})
    alone = Simulation(checkerboard_scenario, "3")
    while not alone.ended:
        alone.advance(alone.world.end)
    assert digest(alone.world) == digest(watched.simulation.world)
    assert alone.world.score_parts == watched.simulation.world.score_parts
