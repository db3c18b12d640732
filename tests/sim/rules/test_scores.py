from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import war
from counterpoise.sim.relations.influence import Aid
from counterpoise.sim.rules import alignments, memory, scores
from counterpoise.sim.rules.objectives import Judgement
from counterpoise.sim.scenario import Objective, Scenario
from counterpoise.sim.types import ActorId

A, B, C, D, E, F = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP", "FAR"))


def test_security_halves_with_hostility_and_with_every_war(sim: Simulation) -> None:
    assert scores.security(sim.world, C) == 1
    for _ in range(5):
        memory.remember_hostile_act(sim, D, C, 5)
    assert scores.security(sim.world, C) == pytest.approx(0.25)
    war.begin(sim, (C,), (B,), "policy")
    assert scores.security(sim.world, C) == pytest.approx(0.125)


def test_influence_grows_with_a_partner_that_would_come(sim: Simulation) -> None:
    """A partner counts by its power and its word: whether it is the threat or shares it is nothing to the score."""
    before = scores.influence(Judgement(sim.world, sim.world.actors[D]))
    alignments.form(sim, (D, E), "defence")
    assert scores.influence(Judgement(sim.world, sim.world.actors[D])) > before


def test_a_state_that_is_guaranteed_does_not_count_as_a_partner(sim: Simulation) -> None:
    """The guarantor counts as a partner of its client, but not the client as a partner of its guarantor."""
    before = [scores.influence(Judgement(sim.world, sim.world.actors[state])) for state in (D, E)]
    alignments.form(sim, (D, E), "guarantee", lead=D)
    after = [scores.influence(Judgement(sim.world, sim.world.actors[state])) for state in (D, E)]
    assert after[0] == before[0]
    assert after[1] > before[1]


def test_influence_hardly_grows_with_paper(sim: Simulation) -> None:
    before = scores.influence(Judgement(sim.world, sim.world.actors[D]))
    alignments.form(sim, (D, E), "consultation")
    paper = scores.influence(Judgement(sim.world, sim.world.actors[D])) - before
    alignments.form(sim, (D, E), "defence")
    promise = scores.influence(Judgement(sim.world, sim.world.actors[D])) - before
    assert 0 < paper < promise / 10


def test_a_non_binding_pact_with_everybody_lowers_the_score(sim: Simulation) -> None:
    before = scores.yearly_score(sim.world, sim.world.actors[B])
    for other in (A, C, D, E):
        alignments.form(sim, (B, other), "nonaggression")
    assert scores.yearly_score(sim.world, sim.world.actors[B]) < before


def test_upkeep_grows_faster_than_the_number_of_pacts_and_counts_aid(sim: Simulation) -> None:
    for pact in sim.world.alignments.values():
        pact.ended = True
    costs = [scores.upkeep(sim.world, D)]
    for other in (E, B, A):
        alignments.form(sim, (D, other), "defence")
        costs.append(scores.upkeep(sim.world, D))
    assert costs[0] == 0
    assert costs[1] < costs[2] - costs[1] < costs[3] - costs[2]
    sim.world.aid[D, C, "economic"] = Aid(D, C, "economic", 0.1, since=0)
    aid = scores.upkeep(sim.world, D) - costs[3]
    assert aid == pytest.approx(scores.AID_POINTS * 0.1, rel=0.05), "D and C have the same budget"


def test_the_parts_of_a_year_sum_to_its_score(sim: Simulation) -> None:
    sim.world.objectives[D] = (Objective("peace"), Objective("gain", (B,)))
    alignments.form(sim, (D, E), "defence")
    parts = scores.yearly_parts(sim.world, sim.world.actors[D])
    assert parts.objectives == pytest.approx(100 * scores.OBJECTIVES / 2)
    assert parts.upkeep < 0
    assert parts.total == scores.yearly_score(sim.world, sim.world.actors[D])


def test_upkeep_takes_no_more_than_there_is(sim: Simulation) -> None:
    sim.world.aid[D, E, "economic"] = Aid(D, E, "economic", 1.0, since=0)
    assert scores.yearly_score(sim.world, sim.world.actors[D]) == 0


def test_a_state_without_objectives_can_score_a_hundred_too(sim: Simulation) -> None:
    assert scores.yearly_parts(sim.world, sim.world.actors[D]).security == pytest.approx(
        100 * scores.SECURITY / (1 - scores.OBJECTIVES) * scores.security(sim.world, D)
    )
    sim.world.objectives[D] = (Objective("peace"),)
    assert scores.yearly_parts(sim.world, sim.world.actors[D]).security == pytest.approx(
        100 * scores.SECURITY * scores.security(sim.world, D)
    )


def test_the_parts_are_shares_and_a_yearly_score_is_at_most_a_hundred(sim: Simulation) -> None:
    for actor in sim.world.active():
        assert 0 <= scores.survival(actor) <= 1
        assert 0 <= scores.influence(Judgement(sim.world, actor)) <= 1
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


def test_a_state_that_is_deceived_about_nothing_believes_its_true_score(sim: Simulation) -> None:
    undeceived = [state for state in sim.world.active() if scores.is_undeceived(sim.world, state.id)]
    assert undeceived
    for state in undeceived:
        assert scores.yearly_parts(sim.world, state, believed=True) == scores.yearly_parts(sim.world, state)


def test_a_state_that_errs_about_power_or_misses_a_pact_is_deceived(sim: Simulation) -> None:
    for known in sim.world.alignments.values():
        known.ended = True
    pact = alignments.form(sim, (D, E), "defence", secret=True)
    assert [scores.is_undeceived(sim.world, actor) for actor in (A, D, E)] == [False, True, True]
    pact.ended = True
    assert scores.is_undeceived(sim.world, A)
    for other in (B, C, D, E):
        sim.world.dyad(A, other).power_factor = 1.5
    assert [scores.is_undeceived(sim.world, actor) for actor in (A, C)] == [False, True]
    believed, true = (Judgement(sim.world, sim.world.actors[A], is_believed) for is_believed in (True, False))
    assert scores.influence(believed) != scores.influence(true)
