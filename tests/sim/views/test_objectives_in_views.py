"""A seat sees its own objectives and the public ones of others, and nothing of their private ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from counterpoise.sim.engine import Simulation
from counterpoise.sim.scenario import Objective, Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import build_view

Run = Callable[[Simulation, int], None]
A, B, D = (ActorId(code) for code in ("ARD", "BEL", "DUN"))
OPEN, HIDDEN = Objective("gain", (B,), public=True), Objective("peace")


def with_objectives(scenario: Scenario, *wanted: Objective) -> Simulation:
    actors = tuple(replace(actor, objectives=wanted) if actor.id == D else actor for actor in scenario.actors)
    return Simulation(replace(scenario, actors=actors), "0")


def test_a_seat_sees_its_own_objectives_and_the_public_ones_of_others(calm: Scenario) -> None:
    sim = with_objectives(calm, OPEN, HIDDEN)
    own, other = build_view(sim.world, sim.scenario, D), build_view(sim.world, sim.scenario, A)
    assert own.own.objectives == (OPEN, HIDDEN)
    assert own.public_objectives == {}
    assert other.own.objectives == ()
    assert other.public_objectives == {D: (OPEN,)}


def test_a_private_objective_changes_nothing_that_another_seat_sees(calm: Scenario, run_to: Run) -> None:
    views = []
    for wanted in ((OPEN,), (OPEN, HIDDEN)):
        sim = with_objectives(calm, *wanted)
        run_to(sim, 800)
        views.append([build_view(sim.world, sim.scenario, state) for state in (A, B)])
    assert views[0] == views[1]


def test_a_view_tells_what_the_score_is_made_of(calm: Scenario, run_to: Run) -> None:
    sim = with_objectives(calm, OPEN)
    run_to(sim, 800)
    own = build_view(sim.world, sim.scenario, D).own
    assert own.score_parts.total == own.score > 0
