"""A small invented scenario, built from the dataclasses, and what tests of the simulation share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.scenario import (
    ActorSpec,
    AidSpec,
    AlignmentSpec,
    Claim,
    Contiguity,
    IdeologySpec,
    PastDispute,
    RegimeSpell,
    Rivalry,
    Scenario,
    Waypoint,
)
from counterpoise.sim.scenario_text import parse
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World

A, B, C, D, E, F = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP", "FAR"))


def actor(code: ActorId, size: float, latitude: float, longitude: float, **more: object) -> ActorSpec:
    """A state of a given size, growing by half in ten years."""
    components = (100.0 * size, 10.0 * size, 5.0 * size, 50.0 * size, 1000.0 * size, 200.0 * size)
    spec = ActorSpec(
        id=code,
        name=code.title(),
        role="regional",
        capital=code.title(),
        latitude=latitude,
        longitude=longitude,
        waypoints=(Waypoint(0, components), Waypoint(3652, tuple(1.5 * value for value in components))),
        regimes=(RegimeSpell(0, "republic", 0.6, 0.5, 0.4),),
    )
    return replace(spec, **more)


def make_scenario() -> Scenario:
    """Six states over five years: A and B are rivals, C is A's ally, D claims B's land, E is far and strong, F comes late."""
    return Scenario(
        id="quarrel",
        title="Quarrel",
        summary="Six invented states.",
        start=date(1960, 1, 1),
        end=date(1964, 12, 31),
        actors=(
            actor(A, 2.0, 0.0, 0.0),
            actor(B, 1.5, 0.0, 4.0),
            actor(C, 1.0, 3.0, 2.0, regimes=(RegimeSpell(0, "monarchy", 0.7, 0.4, 0.3),)),
            actor(
                D,
                1.0,
                -3.0,
                5.0,
                regimes=(RegimeSpell(0, "republic", 0.5, 0.5, 0.5), RegimeSpell(500, "monarchy", 0.4, 0.3, 0.2)),
            ),
            actor(E, 9.0, 45.0, 30.0, role="outside", lift=0.9, nuclear_from=700),
            actor(F, 0.5, 2.0, -3.0, enters=400, leaves=1500),
        ),
        ideology=IdeologySpec(
            ("republic", "monarchy"),
            {"republic": {"republic": 1.0, "monarchy": 0.2}, "monarchy": {"republic": 0.2, "monarchy": 1.0}},
            ("republic",),
        ),
        dispute_rate=3.0,
        contiguity=(Contiguity(A, B, 1), Contiguity(A, C, 1), Contiguity(B, D, 1), Contiguity(A, F, 1, start=400)),
        rivalries=(Rivalry(A, B, -2000), Rivalry(C, D, 300, 900)),
        claims=(Claim(D, B, -1000), Claim(A, B, 200, 1200)),
        disputes=(PastDispute(A, B, -300, 4), PastDispute(A, B, -1500, 3), PastDispute(B, A, -900, 5)),
        alignments=(
            AlignmentSpec((A, C), "defence", -700, name="Pact of the North"),
            AlignmentSpec((E, B), "guarantee", -100, end=800, lead=E),
            AlignmentSpec((B, D), "nonaggression", -50, secret=True),
        ),
        aid=(AidSpec(E, B, "military", 0.1), AidSpec(E, C, "economic", 0.05)),
    )


def check_invariants(world: World) -> None:
    """Assert what must hold in every world at every tick."""
    for state in world.actors.values():
        assert min(state.components) >= 0
        assert state.treasury >= 0
        assert state.capability_factor > 0
        shares = (state.power, state.offense, state.legitimacy, state.openness, state.constraint, state.offensive_share)
        assert all(0 <= share <= 1 for share in shares)
        assert 0 <= world.scores[state.id] <= 100
    active = [state.id for state in world.active()]
    assert abs(sum(world.actors[code].power for code in active) - 1) < 1e-6
    for a, b in combinations(world.actors, 2):
        assert len([war for war in world.wars.values() if b in war.enemies_of(a)]) <= 1
        assert len([c for c in world.crises.values() if sorted((c.initiator, c.target)) == sorted((a, b))]) <= 1
    for war in world.wars.values():
        assert war.attackers
        assert war.defenders
        assert all(code in active for code in war.parties)
        assert len(war.parties) == len(dict.fromkeys(war.parties))
        assert 0 <= war.win_chance <= 1
        assert sorted(war.losses) == sorted(war.parties)
        assert all(0 <= war.losses[code] <= 1 for code in war.parties)
    for crisis in world.crises.values():
        assert crisis.initiator in active
        assert crisis.target in active
        assert 1 <= crisis.level <= 4
        assert not world.at_war(crisis.initiator, crisis.target)
    for alignment in world.alignments.values():
        if not alignment.ended:
            assert len(alignment.members) >= 2
            assert all(code in active for code in alignment.members)
    for proposal in world.proposals.values():
        assert proposal.proposer in active
        assert proposal.to in active
    subjects = {**world.crises, **world.wars, **world.proposals, **world.conditions}
    for call in world.calls.values():
        assert call.actor in active
        assert call.subject in subjects
        assert call.deadline >= world.tick
    for condition in world.conditions.values():
        assert condition.donor in active
        assert condition.recipient in active
        assert condition.about is None or condition.about in active
    for campaign in world.campaigns.values():
        assert campaign.actor in active
        assert campaign.target in active
        assert 0 < campaign.effort <= 1
    for aid in world.aid.values():
        assert aid.donor in active
        assert aid.recipient in active
        assert 0 <= aid.dependence <= 1
    for dyad in world.dyads.values():
        assert 0 <= dyad.penetration_known <= dyad.penetration <= 1
        assert dyad.subversion.value >= 0
        assert dyad.aid_received >= 0
        assert 0 <= dyad.seen_power <= 1
        assert 0 <= dyad.seen_offense <= 1
        assert min(dyad.hostility.value, dyad.cooperation.value, dyad.broken_promises.value) >= 0
    numbers = [incident.id for incident in world.incidents]
    assert numbers == sorted(numbers)


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    """The small invented scenario."""
    return make_scenario()


@pytest.fixture(scope="session")
def calm(scenario: Scenario) -> Scenario:
    """The same with no disputes but those that seats or tests begin, and quiet at home."""
    return replace(scenario, dispute_rate=0.0, unrest_rate=0.0)


@pytest.fixture
def sim(calm: Scenario) -> Simulation:
    """A calm simulation at tick 0."""
    return Simulation(calm, "seed")


@pytest.fixture(scope="session")
def middle_east_scenario(middle_east: str) -> Scenario:
    """The large historical scenario, read."""
    return parse(middle_east, "middle-east-1955.toml")


@pytest.fixture(scope="session")
def invariants() -> Callable[[World], None]:
    """The checker of what must hold in every world."""
    return check_invariants


@pytest.fixture(scope="session")
def run_to() -> Callable[[Simulation, int], None]:
    """Advance to a tick, whatever stops the clock on the way."""

    def run(sim: Simulation, tick: int) -> None:
        while sim.now < tick and not sim.ended:
            sim.advance(tick)

    return run
