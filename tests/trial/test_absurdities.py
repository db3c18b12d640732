"""What counts as absurd, and what does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.relations.conflicts import War
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident, World
from counterpoise.trial.absurdities import (
    absurd_pact,
    allies_of_both_sides,
    hopeless_attack,
    hopeless_joiner,
    regime_jump,
)

A, B, C = (ActorId(code) for code in ("ARD", "BEL", "COR"))


@pytest.fixture
def world(checkerboard_scenario: Scenario) -> World:
    return Simulation(checkerboard_scenario, "1").world


@pytest.fixture
def bind(world: World) -> Callable[..., Alignment]:
    """Binds two states by a pact to fight."""

    def make(*members: ActorId) -> Alignment:
        pact = Alignment(900 + len(world.alignments), members, "defence", 1)
        world.alignments[pact.id] = pact
        return pact

    return make


def war_incident(kind: str, win_chance: float) -> Incident:
    return Incident(1, 5, kind, (A, B), None, {"war": 7, "win_chance": win_chance})


def test_an_attack_at_one_in_ten_is_absurd_and_at_one_in_five_is_not() -> None:
    (found,) = hopeless_attack(war_incident("war_began", 0.1))
    assert (found.kind, found.states, found.words) == (
        "hopeless_attack",
        (A, B),
        "ARD attacks BEL with a chance of 10.0%",
    )
    assert not list(hopeless_attack(war_incident("war_began", 0.2)))


def test_a_joiner_is_judged_by_the_chance_of_its_own_side() -> None:
    joined = war_incident("war_joined", 0.95)
    assert [x.kind for x in hopeless_joiner(joined, attacking=False, enemies=[C])] == ["hopeless_joiner"]
    assert not list(hopeless_joiner(joined, attacking=True, enemies=[C]))


def test_a_regime_jumps_only_to_a_family_far_from_its_own(world: World) -> None:
    families = world.ideology.families
    similarity = {(a, b): world.ideology.similarity[a][b] for a in families for b in families if a != b}
    far, near = min(similarity, key=lambda p: similarity[p]), max(similarity, key=lambda p: similarity[p])
    world.ideology.similarity[far[0]][far[1]] = 0.1

    def changed(pair: tuple[str, str], cause: str = "coup") -> Incident:
        return Incident(1, 5, "regime_changed", (A,), None, {"previous": pair[0], "family": pair[1], "cause": cause})

    assert [x.states for x in regime_jump(world, changed(far))] == [(A,)]
    assert not list(regime_jump(world, changed(near)))
    assert not list(regime_jump(world, changed(far, "defeat in war")))


def test_a_pact_of_rivals_is_absurd(world: World, bind: Callable[..., Alignment]) -> None:
    pact = bind(A, B)
    world.dyad(A, B).rivalry = world.dyad(B, A).rivalry = False
    assert not list(absurd_pact(world, pact, (A, B)))
    world.dyad(A, B).rivalry = True
    assert [x.kind for x in absurd_pact(world, pact, (A, B))] == ["allied_rivals"]


def test_a_pact_across_the_globe_is_absurd_without_lift(world: World, bind: Callable[..., Alignment]) -> None:
    pact = bind(A, B)
    for dyad in (world.dyad(A, B), world.dyad(B, A)):
        dyad.km, dyad.contiguity, dyad.rivalry = 10 * world.distance_scale_km, 0, False
    world.actors[A].lift = world.actors[B].lift = 0.0
    assert [x.kind for x in absurd_pact(world, pact, (A, B))] == ["alliance_out_of_reach"]
    world.actors[A].lift = 0.5
    assert not list(absurd_pact(world, pact, (A, B)))


def test_a_pact_of_three_may_hold_rivals_and_states_that_a_third_member_reaches(
    world: World, bind: Callable[..., Alignment]
) -> None:
    pact = bind(A, B, C)
    for dyad in (world.dyad(A, B), world.dyad(B, A)):
        dyad.km, dyad.contiguity, dyad.rivalry = 10 * world.distance_scale_km, 0, True
    for state in (A, B, C):
        world.actors[state].lift = 0.0
    for first, second in ((A, C), (B, C)):
        for dyad in (world.dyad(first, second), world.dyad(second, first)):
            dyad.km, dyad.contiguity = 10 * world.distance_scale_km, 0
    assert [x.kind for x in absurd_pact(world, pact, (A, B))] == ["alliance_out_of_reach"]
    world.actors[C].lift = 0.5
    assert not list(absurd_pact(world, pact, (A, B)))


def test_a_state_bound_to_both_sides_of_a_war_is_named(world: World, bind: Callable[..., Alignment]) -> None:
    fought = War(7, (A,), (B,), "policy", since=3)
    for pact in world.alignments.values():
        pact.ended = True
    bind(C, A)
    assert not list(allies_of_both_sides(world, fought))
    bind(C, B)
    assert [x.states for x in allies_of_both_sides(world, fought)] == [(C, A, B)]
