"""A restored simulation continues as if it had never been stored."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from counterpoise.errors import SnapshotError
from counterpoise.sim.digest import digest
from counterpoise.sim.engine import Simulation
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.snapshot import SNAPSHOT_VERSION

Run = Callable[[Simulation, int], None]

SCENARIOS = sorted(
    path.stem
    for path in (Path(__file__).resolve().parents[2] / "scenarios").glob("*.toml")
    if not path.name.endswith(".history.toml")
)


@pytest.fixture(scope="module")
def games(repository: Path) -> ModuleType:
    """The module of the benchmarks that plays games with snapshots."""
    spec = importlib.util.spec_from_file_location(
        "snapshot_games", repository / "tests" / "bench" / "snapshot_games.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["snapshot_games"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_game_restored_at_random_ticks_goes_on_to_the_same_bytes(
    games: ModuleType, scenarios: dict[str, str], name: str
) -> None:
    scenario = parse_scenario(scenarios[name], name)
    whole, restored, count = games.play(scenario, "1", years=2, stop_every_days=30, snapshots=20)
    assert count == 20
    assert restored.snapshot() == whole.snapshot()
    assert digest(restored.world) == digest(whole.world)


@pytest.mark.parametrize("seed", range(6))
def test_random_games_of_a_small_scenario_survive_a_snapshot_at_every_stop(
    games: ModuleType, scenario: Scenario, seed: int
) -> None:
    whole, restored, count = games.play(scenario, str(seed), years=5, stop_every_days=20, snapshots=90)
    assert count == 90
    assert restored.snapshot() == whole.snapshot()


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_copy_goes_on_to_the_same_bytes_and_leaves_the_original_alone(
    games: ModuleType, scenarios: dict[str, str], name: str
) -> None:
    scenario = parse_scenario(scenarios[name], name)
    whole = Simulation(scenario, "copy")
    copied = whole.copy()
    for number, stop in enumerate(range(40, 800, 40)):
        before = copied.snapshot()
        original, copied = copied, copied.copy()
        for simulation in (whole, copied):
            games.order_at_random(simulation, Random(number))
            while simulation.now < stop:
                simulation.advance(stop)
        assert original.snapshot() == before
    assert copied.snapshot() == whole.snapshot()
    assert copied.take_incidents() == whole.take_incidents()
    assert copied.take_calls() == whole.take_calls()


def test_a_restored_simulation_hands_out_the_incidents_that_nobody_has_taken(scenario: Scenario, run_to: Run) -> None:
    original = Simulation(scenario, "taken")
    run_to(original, 200)
    original.take_incidents()
    run_to(original, 400)
    restored = Simulation.restore(scenario, original.snapshot())
    assert [incident.id for incident in restored.take_incidents()] == [i.id for i in original.take_incidents()]
    assert restored.take_calls() == original.take_calls()


def test_a_simulation_that_left_its_record_stays_off_it_when_restored(scenario: Scenario) -> None:
    recorded = replace(scenario, recorded=True)
    original = Simulation(recorded, "branch")
    original.branch("other")
    assert not Simulation.restore(recorded, original.snapshot()).recorded


def test_a_damaged_snapshot_is_refused(scenario: Scenario) -> None:
    snapshot = Simulation(scenario, "damage").snapshot()
    for damaged in (b"", b"\x80", snapshot[:-1], snapshot[: len(snapshot) // 2], b"\xc1" + snapshot[1:]):
        with pytest.raises(SnapshotError, match="not a snapshot of a simulation"):
            Simulation.restore(scenario, damaged)


def test_a_snapshot_of_another_version_or_scenario_is_refused(scenario: Scenario, checkerboard: str) -> None:
    snapshot = Simulation(scenario, "other").snapshot()
    other = parse_scenario(checkerboard, "checkerboard")
    with pytest.raises(SnapshotError, match="of the scenario quarrel, not of checkerboard"):
        Simulation.restore(other, snapshot)
    old = snapshot.replace(
        b"\xa7version" + bytes([SNAPSHOT_VERSION]), b"\xa7version" + bytes([SNAPSHOT_VERSION + 1]), 1
    )
    with pytest.raises(SnapshotError, match=f"this release reads version {SNAPSHOT_VERSION}"):
        Simulation.restore(scenario, old)
