"""Orders, injects and chance keep the invariants of the world in every bundled scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterpoise.errors import OrderError
from counterpoise.sim.catalogue import INJECTS, MOVES, decode_inject
from counterpoise.sim.engine import Simulation
from counterpoise.sim.move import Move
from counterpoise.sim.processes import crisis, negotiation, penetration, war
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.rules import alignments
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import View
from counterpoise.sim.view_builder import build_view
from counterpoise.sim.world import Aid, Campaign, World

if TYPE_CHECKING:
    from tests.sim.conftest import WireOf

NAMES = (
    "checkerboard",
    "cold-war-1947",
    "europe-1870",
    "europe-1933",
    "middle-east-1955",
    "rising-hegemon",
    "weak-and-alone",
)
A, B, C, D, E, F = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP", "FAR"))
Unlawful = Callable[..., list[str]]
SLACK = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.fixture(scope="module")
def parsed(scenarios: dict[str, str]) -> dict[str, Scenario]:
    assert tuple(scenarios) == NAMES, "a new scenario is to be played here too"
    return {name: parse_scenario(text, name) for name, text in scenarios.items()}


def some_order(seen: View, dice: Random) -> Move | None:
    """Draw a kind of move and then a move of that kind, answers as likely as anything else."""
    kinds = list(MOVES.values())
    while kinds:
        legal = list(kinds.pop(int(dice.random() * len(kinds))).legal(seen))
        if legal:
            return legal[int(dice.random() * len(legal))]
    return None


def some_windows(sim: Simulation, windows: int) -> Iterator[bool]:
    """Run from stop to stop; yields whether a window opens there."""
    calendar = sim.world.calendar
    opened = 0
    while not sim.ended and opened < windows:
        opens = calendar.opens_window(sim.now)
        opened += opens
        yield opens
        sim.advance(min(calendar.opening_of(calendar.window_of(sim.now) + 1), sim.world.end))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=4, deadline=None, suppress_health_check=SLACK)
@given(dice=st.randoms(use_true_random=False), zeal=st.sampled_from([0.3, 1.0]), meddling=st.sampled_from([0.0, 0.8]))
def test_random_legal_orders_and_injects_never_make_an_illegal_world(
    name: str,
    parsed: dict[str, Scenario],
    unlawful: Unlawful,
    wire_of: WireOf,
    dice: Random,
    zeal: float,
    meddling: float,
) -> None:
    scenario = parsed[name]
    sim = Simulation(scenario, f"lawful {dice.random()}")
    for opens in some_windows(sim, 6):
        if opens:
            assert unlawful(sim.world) == []
            if dice.random() < meddling:
                inject_something(sim, scenario, wire_of, dice)
                assert unlawful(sim.world) == []
        called = {call.actor for call in sim.world.calls.values()}
        # As in a session all order first, and then the orders act: some have become illegal by then.
        ordered: list[tuple[ActorId, Move]] = []
        for actor in [state.id for state in sim.world.active()]:
            if (opens or actor in called) and dice.random() < zeal:
                move = some_order(build_view(sim.world, scenario, actor), dice)
                if move is not None:
                    sim.require_legal(actor, move)
                    ordered.append((actor, move))
        for actor, move in ordered:
            sim.apply(actor, move)
        assert unlawful(sim.world) == []
    assert unlawful(sim.world) == []


def inject_something(sim: Simulation, scenario: Scenario, wire_of: WireOf, dice: Random) -> None:
    """Try injects until one can happen."""
    states, families = [state.id for state in scenario.actors], scenario.ideology.families
    for _ in range(20):
        kind = list(INJECTS)[int(dice.random() * len(INJECTS))]
        try:
            sim.inject(decode_inject(wire_of(kind, dice, states, families)))
        except OrderError:
            continue
        return


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_without_orders_keeps_the_invariants_at_every_window(
    name: str, parsed: dict[str, Scenario], unlawful: Unlawful
) -> None:
    sim = Simulation(parsed[name], "alone")
    for opens in some_windows(sim, 10_000):
        if opens:
            assert unlawful(sim.world) == []
    assert sim.ended
    assert sim.now == sim.world.end
    assert unlawful(sim.world) == []


def _negative_forces(world: World) -> None:
    world.actors[A].components = (-1.0, *world.actors[A].components[1:])


def _not_a_number(world: World) -> None:
    world.actors[A].treasury = float("nan")


def _no_share(world: World) -> None:
    world.dyad(A, B).seen_power = 1.2


def _two_wars(world: World) -> None:
    world.wars[900] = deepcopy(next(iter(world.wars.values())))


def _two_crises(world: World) -> None:
    world.crises[900] = deepcopy(next(iter(world.crises.values())))


def _treaty_of_the_dead(world: World) -> None:
    world.alignments[next(iter(world.alignments))].members = (A, F)


def _aid_to_the_dead(world: World) -> None:
    world.aid[E, F, "economic"] = Aid(E, F, "economic", 0.2, 0)


def _campaign_among_the_dead(world: World) -> None:
    world.campaigns[E, F] = Campaign(900, E, F, "lobbying", "limited", 1.0, 0, 365)


def _occupied_by_the_dead(world: World) -> None:
    world.actors[A].occupied, world.actors[A].occupier = 0.3, F


def _dead_belligerent(world: World) -> None:
    war = next(iter(world.wars.values()))
    war.attackers += (F,)
    war.losses[F] = 0.0


def _old_proposal(world: World) -> None:
    next(iter(world.proposals.values())).deadline = -1


def _crisis_nobody_moves(world: World) -> None:
    next(iter(world.crises.values())).deadline = -1


def _war_without_end(world: World) -> None:
    next(iter(world.wars.values())).next_review = 10_000


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_negative_forces, "negative forces"),
        (_not_a_number, "is nan"),
        (_no_share, "seen_power of ARD and BEL is 1.2"),
        (_two_wars, "2 wars with each other"),
        (_two_crises, "2 crises with each other"),
        (_treaty_of_the_dead, "has FAR in it, which does not exist"),
        (_aid_to_the_dead, "has FAR in it"),
        (_campaign_among_the_dead, "has FAR in it"),
        (_occupied_by_the_dead, "occupied by FAR, which does not exist"),
        (_dead_belligerent, "has FAR in it"),
        (_old_proposal, "waits for tick -1"),
        (_crisis_nobody_moves, "waits for tick -1"),
        (_war_without_end, "waits for tick 10000"),
    ],
)
def test_the_invariant_checker_names_the_fault(
    sim: Simulation, unlawful: Unlawful, harm: Callable[[World], None], said: str
) -> None:
    war.begin(sim, (A,), (B,), "policy")
    crisis.begin(sim, C, D, "policy")
    negotiation.propose(sim, A, C, "consultation", None, False)
    alignments.form(sim, (A, D), "defence")
    penetration.begin(sim, Campaign(1, A, B, "lobbying", "limited", 1.0, 0, 365))
    assert unlawful(sim.world) == []
    harm(sim.world)
    assert any(said in sentence for sentence in unlawful(sim.world)), unlawful(sim.world)
