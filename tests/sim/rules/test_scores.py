from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import war
from counterpoise.sim.rules import alignments, memory, scores
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId

A, B, C, D, E, F = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP", "FAR"))


def test_security_halves_with_hostility_and_with_every_war(sim: Simulation) -> None:
    assert scores.security(sim.world, C) == 1
    for _ in range(5):
        memory.remember_hostile_act(sim, D, C, 5)
    assert scores.security(sim.world, C) == pytest.approx(0.25)
    war.begin(sim, (C,), (B,), "policy")
    assert scores.security(sim.world, C) == pytest.approx(0.125)


def test_influence_grows_with_every_partner(sim: Simulation) -> None:
    """A partner counts by its power alone: whether it is the threat or shares it is nothing to the score."""
    before = scores.influence(sim.world, sim.world.actors[D])
    alignments.form(sim, (D, E), "defence")
    assert scores.influence(sim.world, sim.world.actors[D]) > before


def test_a_state_that_is_guaranteed_does_not_count_as_a_partner(sim: Simulation) -> None:
    """The guarantor counts as a partner of its client, but not the client as a partner of its guarantor."""
    before = [scores.influence(sim.world, sim.world.actors[state]) for state in (D, E)]
    alignments.form(sim, (D, E), "guarantee", lead=D)
    after = [scores.influence(sim.world, sim.world.actors[state]) for state in (D, E)]
    assert after[0] == before[0]
    assert after[1] > before[1]


def test_the_parts_are_shares_and_a_yearly_score_is_at_most_a_hundred(sim: Simulation) -> None:
    for actor in sim.world.active():
        assert 0 <= scores.survival(actor) <= 1
        assert 0 <= scores.influence(sim.world, actor) <= 1
        assert 0 <= scores.yearly_score(sim.world, actor) <= 100


def test_a_state_that_does_not_exist_scores_nothing(sim: Simulation) -> None:
    assert scores.yearly_score(sim.world, sim.world.actors[F]) == 0


def test_scores_are_updated_at_every_new_year_and_at_the_end(
    calm: Scenario, run_to: Callable[[Simulation, int], None]
) -> None:
    sim = Simulation(calm, "scores")
    run_to(sim, sim.world.calendar.tick_of(sim.world.calendar.date_of(365)))
    assert set(sim.world.scores.values()) == {0.0}
    run_to(sim, 366)
    first = dict(sim.world.scores)
    assert first[A] > 0
    assert first[F] == 0
    run_to(sim, sim.world.end)
    assert sim.world.scores[A] != first[A]
    assert sim.world.scores[F] > 0
