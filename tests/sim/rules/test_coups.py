from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.relations.influence import Campaign
from counterpoise.sim.rules import alignments, coups
from counterpoise.sim.scenario import ActorSpec, RegimeSpec, Scenario
from counterpoise.sim.types import ActorId

A, B, C, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "EMP"))


def hazard(sim: Simulation, **traits: Any) -> float:
    state = sim.world.actors[A]
    for name, value in traits.items():
        setattr(state, name, value)
    return coups.coup_hazard(sim.world, state)


def chance_of(sim: Simulation, family: str, listed: dict[str, float] | None = None) -> float:
    probabilities = dict(coups.successor_probabilities(sim.world, sim.world.actors[A], listed))
    assert sum(probabilities.values()) == pytest.approx(1)
    return probabilities[family]


def test_less_legitimate_regimes_are_overthrown_more_often(sim: Simulation) -> None:
    hazards = [hazard(sim, legitimacy=legitimacy) for legitimacy in (0.1, 0.4, 0.7, 1.0)]
    assert hazards == sorted(hazards, reverse=True)
    assert hazards[0] > 5 * hazards[-1]


def test_open_states_have_no_coups_and_closed_ones_fewer_than_those_between(sim: Simulation) -> None:
    assert hazard(sim, openness=1.0) == hazard(sim, openness=0.95) == 0.0
    assert hazard(sim, openness=0.0) < hazard(sim, openness=0.3)
    assert hazard(sim, openness=0.8) < hazard(sim, openness=0.0)
    steps = [coups.openness_factor(step / 100) for step in range(101)]
    assert max(abs(a - b) for a, b in pairwise(steps)) < 0.05, "it has no jumps"


def test_rulers_bound_by_institutions_are_overthrown_less_often(sim: Simulation) -> None:
    assert hazard(sim, constraint=1.0) < hazard(sim, constraint=0.0)


def test_poor_states_have_more_coups(sim: Simulation) -> None:
    rich = sim.world.actors[E]
    milex, milper, irst, energy, *people = rich.components
    rich.components = (milex, milper, irst, 50 * energy, *people)
    poverty = coups.poverty_factors(sim.world)
    assert poverty[E] == coups.INCOME_FACTORS[0]
    assert poverty[A] == poverty[B] == pytest.approx(1.0)
    rich.components = (milex, milper, irst, 0.0, *people)
    assert coups.poverty_factors(sim.world)[E] == coups.INCOME_FACTORS[1]
    state = sim.world.actors[A]
    assert coups.coup_hazard(sim.world, state, poverty=2.0) == pytest.approx(2 * hazard(sim))


def test_without_figures_on_energy_no_state_is_poor(sim: Simulation) -> None:
    for actor in sim.world.actors.values():
        actor.components = (1.0, 1.0, 1.0, 0.0, 10.0, 1.0)
    assert set(coups.poverty_factors(sim.world).values()) == {1.0}


def test_a_coup_makes_another_more_likely_for_some_years(sim: Simulation) -> None:
    before = hazard(sim)
    sim.world.actors[A].coups.add(1.0, 0)
    assert hazard(sim) == pytest.approx((1 + coups.COUP_TRAP) * before)
    sim.world.tick = 3650
    assert before < hazard(sim) < (1 + coups.COUP_TRAP / 3) * before


def test_intrusive_access_makes_a_coup_more_likely(sim: Simulation) -> None:
    before = hazard(sim)
    sim.world.campaigns[E, A] = Campaign(1, E, A, "subversion", "intrusive", 1.0, 0, 365)
    assert hazard(sim) == before
    sim.world.dyad(A, E).penetration = 0.5
    assert hazard(sim) > before


def test_forces_of_a_much_stronger_state_make_a_coup_less_likely(sim: Simulation) -> None:
    before = hazard(sim)
    alignments.form(sim, (A, E), "basing", lead=E)
    assert hazard(sim) == pytest.approx(coups.GARRISON_FACTOR * before)


@pytest.mark.parametrize(
    ("partner", "commitment", "lead", "secret"),
    [
        (C, "basing", C, False),  # C is weaker than A
        (E, "basing", A, False),  # A's forces are in E
        (E, "defence", None, False),  # a promise is no garrison
        (E, "basing", E, True),  # a secret base must not show in the chance of a coup
    ],
)
def test_other_ties_are_no_garrison(
    sim: Simulation, partner: ActorId, commitment: Any, lead: ActorId | None, secret: bool
) -> None:
    before = hazard(sim)
    alignments.form(sim, (A, partner), commitment, lead=lead, secret=secret)
    assert hazard(sim) == before


def test_an_occupier_and_a_stronger_partner_in_a_union_are_garrisons(sim: Simulation) -> None:
    state = sim.world.actors[A]
    state.occupier, state.occupied = E, 0.05
    assert coups.garrisons_in(sim.world, state) == []
    state.occupied = 0.2
    assert coups.garrisons_in(sim.world, state) == [E]
    alignments.form(sim, (E, A), "union")
    assert coups.garrisons_in(sim.world, state) == [E]


def test_a_regime_like_the_last_one_comes_next(sim: Simulation) -> None:
    assert chance_of(sim, "republic") > 0.9  # the likeness of republic and monarchy is 0.2


def test_neighbours_of_a_family_make_it_more_likely(sim: Simulation) -> None:
    sim.world.actors[B].family = sim.world.actors[C].family = "republic"
    before = chance_of(sim, "monarchy")
    sim.world.actors[E].family = "monarchy"
    assert chance_of(sim, "monarchy") == before, "E has no border with A"
    sim.world.actors[B].family = sim.world.actors[C].family = "monarchy"
    assert chance_of(sim, "monarchy") > 1.5 * before


def test_the_authors_list_decides_where_there_is_one(sim: Simulation) -> None:
    assert chance_of(sim, "monarchy", {"monarchy": 3.0, "republic": 1.0}) == pytest.approx(0.75)
    assert chance_of(sim, "republic", {"monarchy": 3.0}) == 0.0


def test_a_garrison_admits_only_families_like_its_own(sim: Simulation) -> None:
    even = {"monarchy": 1.0, "republic": 1.0}
    alignments.form(sim, (A, E), "basing", lead=E)
    assert chance_of(sim, "republic", even) == pytest.approx(1 / (1 + 0.2**2))
    sim.world.actors[E].family = "monarchy"
    assert chance_of(sim, "monarchy", even) == pytest.approx(1 / (1 + 0.2**2))


def test_a_sponsors_family_is_more_likely_to_come_to_power(sim: Simulation) -> None:
    before = chance_of(sim, "monarchy")
    sim.world.campaigns[C, A] = Campaign(1, C, A, "subversion", "intrusive", 1.0, 0, 365)
    sim.world.dyad(A, C).penetration = 0.5
    assert chance_of(sim, "monarchy") > 0.5 > before


def test_treaties_do_not_change_who_comes_to_power(sim: Simulation) -> None:
    before = chance_of(sim, "monarchy")
    for commitment in ("defence", "offence", "neutrality", "consultation"):
        alignments.form(sim, (A, C), commitment)
    assert chance_of(sim, "monarchy") == before


SPEC_REGIMES = (
    RegimeSpec(0, "republic", 0.6, 0.5, 0.4, unrest=0.1, successors={"republic": 1.0}),
    RegimeSpec(100, "monarchy", 0.6, 0.5, 0.4),
)


@pytest.fixture
def spec(scenario: Scenario) -> ActorSpec:
    return replace(scenario.actors[0], unrest=2.0, successors={"monarchy": 1.0}, regimes=SPEC_REGIMES)


def test_the_authors_figures_are_those_of_the_regime_or_else_those_of_the_state(
    sim: Simulation, spec: ActorSpec
) -> None:
    state = sim.world.actors[A]
    assert coups.unrest_of(spec, state, 0) == 0.1
    assert coups.successors_of(spec, state, 0) == {"republic": 1.0}
    state.family = "monarchy"  # by a coup: the figures of the republic do not hold for it
    assert coups.unrest_of(spec, state, 0) == 2.0
    assert coups.successors_of(spec, state, 0) == {"monarchy": 1.0}
    assert coups.unrest_of(spec, state, 100) == 2.0  # its row has no figures


def test_unrest_multiplies_the_hazard(sim: Simulation) -> None:
    state = sim.world.actors[A]
    assert coups.coup_hazard(sim.world, state, unrest=0.1) == pytest.approx(0.1 * hazard(sim))
    assert coups.coup_hazard(sim.world, state, unrest=0.0) == 0.0


def test_no_hazard_exceeds_its_bound(sim: Simulation) -> None:
    state, world = sim.world.actors[A], sim.world
    state.legitimacy, state.constraint, state.repressed_until = 0.0, 0.0, 0
    world.campaigns[E, A] = Campaign(900, E, A, "subversion", "intrusive", 1.0, 0, 365)
    world.dyad(A, E).penetration = 1.0
    for _ in range(4):
        for openness in (0.0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.95, 1.0):
            state.openness = openness
            bound = coups.highest_coup_hazard(state, unrest=2.5)
            assert coups.coup_hazard(world, state, unrest=2.5) < bound + 1e-9
        state.openness = 0.5
        assert coups.coup_hazard(world, state) == pytest.approx(coups.highest_coup_hazard(state))
        state.coups.add(1.0, world.tick)
