from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterpoise.errors import OrderError
from counterpoise.sim.catalogue import sample_move
from counterpoise.sim.digest import digest
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Move, Stage, illegal
from counterpoise.sim.processes import crisis, negotiation
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import build_view
from counterpoise.sim.views.view_position import ViewPosition
from counterpoise.sim.world import World

A, B, C, F = ActorId("ARD"), ActorId("BEL"), ActorId("COR"), ActorId("FAR")


class Propose(Move, frozen=True):
    """A treaty offered to B, legal in the first hundred days."""

    kind = "propose_to_b"

    def check(self, world: World, actor: ActorId) -> None:
        if world.tick >= 100:
            raise illegal("to", "offer_open", B)

    def apply(self, stage: Stage, actor: ActorId) -> None:
        negotiation.propose(stage, actor, B, "consultation", None, False)


class Quarrel(Inject):
    """An inject that opens a crisis."""

    kind = "quarrel"

    def apply(self, stage: Stage) -> None:
        crisis.begin(stage, A, B, "policy")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(1, 1820), max_size=12, unique=True))
def test_the_result_does_not_depend_on_how_an_advance_is_split(
    scenario: Scenario, run_to: Callable[[Simulation, int], None], cuts: list[int]
) -> None:
    whole, cut = Simulation(scenario, "cut"), Simulation(scenario, "cut")
    run_to(whole, 1820)
    for tick in [*sorted(cuts), 1820]:
        run_to(cut, tick)
    assert digest(cut.world) == digest(whole.world)
    assert [i.id for i in cut.take_incidents()] == [i.id for i in whole.take_incidents()]


def test_the_clock_stops_after_the_tick_that_raises_a_call(scenario: Scenario) -> None:
    sim = Simulation(scenario, "calls")
    while not sim.ended:
        sim.take_calls()
        sim.advance(sim.world.end)
        calls = sim.take_calls()
        assert all(call.opened == sim.now - 1 for call in calls)
        assert calls or sim.ended


def test_every_call_leaves_its_seat_time_to_answer(scenario: Scenario) -> None:
    sim = Simulation(scenario, "time")
    while not sim.ended:
        sim.advance(sim.world.end)
        assert all(call.deadline >= sim.now for call in sim.take_calls())


def test_a_call_raised_by_an_order_stops_the_clock_after_the_present_tick(sim: Simulation) -> None:
    sim.advance(20)
    sim.apply(A, Propose())
    assert [call.actor for call in sim.take_calls()] == [B]
    sim.advance(90)
    assert sim.now == 21
    sim.advance(22)
    assert sim.now == 22


def test_an_order_is_applied_before_the_processes_of_its_tick(sim: Simulation) -> None:
    sim.apply(A, Propose())
    (proposal,) = sim.world.proposals.values()
    sim.advance(1)
    sim.advance(proposal.deadline)
    assert sim.now == proposal.deadline
    negotiation.answer(sim, proposal, accept=True)
    sim.advance(sim.now + 1)
    kinds = [incident.kind for incident in sim.world.incidents]
    assert "alliance_formed" in kinds
    assert "alliance_lapsed" not in kinds


def test_an_order_that_is_no_longer_legal_is_void_and_only_its_seat_sees_it(sim: Simulation) -> None:
    sim.advance(100)
    sim.apply(A, Propose())
    (void,) = [incident for incident in sim.take_incidents() if incident.kind == "order_void"]
    assert void.audience == (A,)
    assert void.detail["move"] == "propose_to_b"
    assert not sim.world.proposals


def test_a_state_that_does_not_exist_yet_can_order_nothing(sim: Simulation) -> None:
    with pytest.raises(OrderError) as refusal:
        sim.require_legal(F, Propose())
    assert refusal.value.code == "illegal"


def test_orders_after_the_end_are_rejected(sim: Simulation, run_to: Callable[[Simulation, int], None]) -> None:
    run_to(sim, sim.world.end)
    assert sim.ended
    with pytest.raises(OrderError) as refusal:
        sim.require_legal(A, Propose())
    assert refusal.value.code == "game_over"
    sim.advance(sim.now + 1)
    assert sim.now == sim.world.end


def test_an_advance_must_go_forward(sim: Simulation) -> None:
    sim.advance(10)
    with pytest.raises(ValueError, match="cannot advance"):
        sim.advance(10)


def test_an_inject_is_applied_at_once_and_logged_for_no_seat(sim: Simulation) -> None:
    sim.inject(Quarrel())
    assert len(sim.world.crises) == 1
    assert [i.audience for i in sim.take_incidents() if i.kind == "inject"] == [()]


def test_the_clock_counts_whole_days(scenario: Scenario, run_to: Callable[[Simulation, int], None]) -> None:
    sim = Simulation(scenario, "ints")
    for tick in range(50, 1000, 50):
        run_to(sim, tick)
        assert type(sim.now) is int
        assert sim.now == tick


@pytest.mark.parametrize("seed", range(12))
def test_a_game_without_orders_keeps_the_invariants(
    scenario: Scenario, invariants: Callable[[World], None], seed: int
) -> None:
    sim = Simulation(scenario, f"invariants {seed}")
    while not sim.ended:
        sim.advance(min(sim.now + 30, sim.world.end))
        invariants(sim.world)


@pytest.mark.parametrize("seed", range(6))
def test_legal_orders_of_every_kind_keep_the_invariants(
    scenario: Scenario, invariants: Callable[[World], None], seed: int
) -> None:
    sim, player = Simulation(scenario, f"orders {seed}"), Random(f"player {seed}")
    kinds: set[str] = set()
    while not sim.ended:
        for actor in [actor.id for actor in sim.world.active()]:
            move = sample_move(ViewPosition(build_view(sim.world, scenario, actor)), player)
            if move is not None:
                sim.require_legal(actor, move)
                sim.apply(actor, move)
                kinds.add(move.kind)
        invariants(sim.world)
        sim.advance(sim.now + 20)
        invariants(sim.world)
    assert len(kinds) > 15


def test_the_middle_east_without_orders_keeps_the_invariants(
    middle_east_scenario: Scenario, invariants: Callable[[World], None]
) -> None:
    sim = Simulation(middle_east_scenario, "invariants")
    while not sim.ended:
        sim.advance(sim.world.end)
        invariants(sim.world)


PLAY = """
import sys
from pathlib import Path
from random import Random
from counterpoise.sim.catalogue import legal_moves
from counterpoise.sim.digest import digest
from counterpoise.sim.engine import Simulation
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.views.view_builder import build_view

scenario = parse_scenario(Path(sys.argv[1]).read_text(encoding="utf-8"), sys.argv[1])
sim = Simulation(scenario, "everywhere")
while not sim.ended:
    sim.advance(min(sim.now + 91, sim.world.end))
    if sim.world.calendar.window_of(sim.now) % 4 == 0 or sim.ended:
        print(sim.now, digest(sim.world))
print([round(o.power, 6) for o in build_view(sim.world, scenario, scenario.actors[0].id).others])
"""


def _play(python: str, scenario: Path, hash_seed: str, path: str = "") -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": path or os.environ.get("PYTHONPATH", "")}
    done = subprocess.run(
        [python, "-c", PLAY, str(scenario)], capture_output=True, text=True, timeout=100, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_hash_seeds_do_not_matter(repository: Path) -> None:
    scenario = repository / "scenarios" / "middle-east-1955.toml"
    runs = [_play(sys.executable, scenario, seed) for seed in ("0", "1", "random")]
    assert len(runs[0].splitlines()) > 50
    assert runs[0] == runs[1] == runs[2]


@pytest.mark.parametrize("version", ["3.12", "3.13", "3.14"])
def test_the_version_of_python_does_not_matter(repository: Path, version: str) -> None:
    found = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    if not found:
        pytest.skip(f"Python {version} is not installed")
    probe = subprocess.run([found[-1], "-c", "import simpy, msgspec"], capture_output=True, timeout=60, check=False)
    if probe.returncode:
        pytest.skip(f"Python {version} lacks SimPy or msgspec")
    scenario = repository / "scenarios" / "checkerboard.toml"
    path = str(repository / "server")
    assert _play(str(found[-1]), scenario, "0", path) == _play(sys.executable, scenario, "0")
