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
from counterpoise.sim.relations.influence import Aid, Campaign
from counterpoise.sim.rules import alignments
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise.sim.views.view_builder import build_view
from counterpoise.sim.world import World

if TYPE_CHECKING:
    from tests.sim.conftest import WireOf

SCENARIOS_PLAYED = (
    "checkerboard",
    "cold-war-1947",
    "europe-1870",
    "europe-1933",
    "middle-east-1955",
    "rising-hegemon",
    "weak-and-alone",
)
A, B, C, D, E, F = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP", "FAR"))
InvariantViolations = Callable[..., list[str]]
SLACK = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.fixture(scope="module")
def parsed(scenarios: dict[str, str]) -> dict[str, Scenario]:
    assert tuple(scenarios) == SCENARIOS_PLAYED, "add the new scenario to this list"
    return {name: parse_scenario(text, name) for name, text in scenarios.items()}


def random_order(seen: View, dice: Random) -> Move | None:
    """Draw a kind of move, and then a legal move of this kind."""
    kinds = list(MOVES.values())
    while kinds:
        legal = list(kinds.pop(int(dice.random() * len(kinds))).legal(seen))
        if legal:
            return legal[int(dice.random() * len(legal))]
    return None


def windows_of(sim: Simulation, windows: int) -> Iterator[bool]:
    """Run a simulation from stop to stop; yield at each stop whether a window opens."""
    calendar = sim.world.calendar
    opened = 0
    while not sim.ended and opened < windows:
        opens = calendar.opens_window(sim.now)
        opened += opens
        yield opens
        sim.advance(min(calendar.opening_of(calendar.window_of(sim.now) + 1), sim.world.end))


@pytest.mark.parametrize("name", SCENARIOS_PLAYED)
@settings(max_examples=4, suppress_health_check=SLACK)
@given(
    dice=st.randoms(use_true_random=False),
    order_chance=st.sampled_from([0.3, 1.0]),
    inject_chance=st.sampled_from([0.0, 0.8]),
)
def test_random_legal_orders_and_injects_never_break_an_invariant(
    name: str,
    parsed: dict[str, Scenario],
    invariant_violations: InvariantViolations,
    wire_of: WireOf,
    dice: Random,
    order_chance: float,
    inject_chance: float,
) -> None:
    scenario = parsed[name]
    sim = Simulation(scenario, f"lawful {dice.random()}")
    for opens in windows_of(sim, 6):
        if opens:
            assert invariant_violations(sim.world) == []
            if dice.random() < inject_chance:
                apply_random_inject(sim, scenario, wire_of, dice)
                assert invariant_violations(sim.world) == []
        called = {call.actor for call in sim.world.calls.values()}
        # As in a session, all seats order before any order is applied, so some orders have become illegal by then.
        ordered: list[tuple[ActorId, Move]] = []
        for actor in [state.id for state in sim.world.active()]:
            if (opens or actor in called) and dice.random() < order_chance:
                move = random_order(build_view(sim.world, scenario, actor), dice)
                if move is not None:
                    sim.require_legal(actor, move)
                    ordered.append((actor, move))
        for actor, move in ordered:
            sim.apply(actor, move)
        assert invariant_violations(sim.world) == []
    assert invariant_violations(sim.world) == []


def apply_random_inject(sim: Simulation, scenario: Scenario, wire_of: WireOf, dice: Random) -> None:
    """Draw injects until one is possible, and apply it."""
    states, families = [state.id for state in scenario.actors], scenario.ideology.families
    for _ in range(20):
        kind = list(INJECTS)[int(dice.random() * len(INJECTS))]
        try:
            sim.inject(decode_inject(wire_of(kind, dice, states, families)))
        except OrderError:
            continue
        return


@pytest.mark.parametrize("name", SCENARIOS_PLAYED)
def test_a_scenario_without_orders_keeps_the_invariants_at_every_window(
    name: str, parsed: dict[str, Scenario], invariant_violations: InvariantViolations
) -> None:
    sim = Simulation(parsed[name], "alone")
    for opens in windows_of(sim, 10_000):
        if opens:
            assert invariant_violations(sim.world) == []
    assert sim.ended
    assert sim.now == sim.world.end
    assert invariant_violations(sim.world) == []


def _negative_components(world: World) -> None:
    world.actors[A].components = (-1.0, *world.actors[A].components[1:])


def _treasury_not_a_number(world: World) -> None:
    world.actors[A].treasury = float("nan")


def _share_above_one(world: World) -> None:
    world.dyad(A, B).seen_power = 1.2


def _two_wars_between_two_states(world: World) -> None:
    world.wars[900] = deepcopy(next(iter(world.wars.values())))


def _two_crises_between_two_states(world: World) -> None:
    world.crises[900] = deepcopy(next(iter(world.crises.values())))


def _alignment_with_inactive_state(world: World) -> None:
    world.alignments[next(iter(world.alignments))].members = (A, F)


def _aid_to_inactive_state(world: World) -> None:
    world.aid[E, F, "economic"] = Aid(E, F, "economic", 0.2, 0)


def _campaign_in_inactive_state(world: World) -> None:
    world.campaigns[E, F] = Campaign(900, E, F, "lobbying", "limited", 1.0, 0, 365)


def _occupied_by_inactive_state(world: World) -> None:
    world.actors[A].occupied, world.actors[A].occupier = 0.3, F


def _inactive_belligerent(world: World) -> None:
    war = next(iter(world.wars.values()))
    war.attackers += (F,)
    war.losses[F] = 0.0


def _proposal_past_its_deadline(world: World) -> None:
    next(iter(world.proposals.values())).deadline = -1


def _crisis_past_its_deadline(world: World) -> None:
    next(iter(world.crises.values())).deadline = -1


def _war_without_review(world: World) -> None:
    next(iter(world.wars.values())).next_review = 10_000


@pytest.mark.parametrize(
    ("break_invariant", "description"),
    [
        (_negative_components, "negative forces"),
        (_treasury_not_a_number, "is nan"),
        (_share_above_one, "seen_power of ARD and BEL is 1.2"),
        (_two_wars_between_two_states, "2 wars with each other"),
        (_two_crises_between_two_states, "2 crises with each other"),
        (_alignment_with_inactive_state, "includes FAR, which does not exist"),
        (_aid_to_inactive_state, "includes FAR"),
        (_campaign_in_inactive_state, "includes FAR"),
        (_occupied_by_inactive_state, "occupied by FAR, which does not exist"),
        (_inactive_belligerent, "includes FAR"),
        (_proposal_past_its_deadline, "waits for tick -1"),
        (_crisis_past_its_deadline, "waits for tick -1"),
        (_war_without_review, "waits for tick 10000"),
    ],
)
def test_the_invariant_checker_names_the_fault(
    sim: Simulation,
    invariant_violations: InvariantViolations,
    break_invariant: Callable[[World], None],
    description: str,
) -> None:
    war.begin(sim, (A,), (B,), "policy")
    crisis.begin(sim, C, D, "policy")
    negotiation.propose(sim, A, C, "consultation", None, False)
    alignments.form(sim, (A, D), "defence")
    penetration.begin(sim, Campaign(1, A, B, "lobbying", "limited", 1.0, 0, 365))
    assert invariant_violations(sim.world) == []
    break_invariant(sim.world)
    assert any(description in sentence for sentence in invariant_violations(sim.world)), invariant_violations(sim.world)
