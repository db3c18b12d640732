"""Fixtures for all tests."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from database_server import programs as database_programs
from database_server import running_server as running_database_server
from hypothesis import HealthCheck, settings

from counterpoise.session.journal.entries import Entry
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import Scenario
from counterpoise.torture import hostile_journals

REPOSITORY = Path(__file__).resolve().parents[1]
SCENARIOS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted((REPOSITORY / "scenarios").glob("*.toml"))
    if not path.name.endswith(".history.toml")
}

# No property test may fail because the machine is busy, so none has a deadline. These are defaults: a test may set its own.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_xdist_auto_num_workers() -> int:
    """Return how many workers ``-n auto`` starts: one more than there are cores, because many tests wait for a server."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def scenarios() -> dict[str, str]:
    """The texts of all bundled scenarios by name."""
    return SCENARIOS


@pytest.fixture(scope="session")
def invariant_violations() -> Callable[..., list[str]]:
    """The check of a world's invariants: it returns one sentence for each violation. The soak benchmark uses it too."""
    spec = importlib.util.spec_from_file_location(
        "world_invariants", REPOSITORY / "tests" / "bench" / "world_invariants.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    checker: Callable[..., list[str]] = module.invariant_violations
    return checker


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root folder of the repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of the reference data sets, which are not part of the repository."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the folder of reference data sets does not exist")
    return folder


@pytest.fixture(scope="session")
def with_bodies() -> Callable[[Sequence[Entry], Mapping[int, bytes]], list[Entry]]:
    """Gives entries other bodies, by number, and links all of them anew: a chain that fits, as anybody can make it."""
    return hostile_journals.with_bodies


@pytest.fixture(scope="session")
def database_server() -> Iterator[str]:
    """The address of a database of a running PostgreSQL server."""
    folder = database_programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed")
    with running_database_server(folder) as url:
        yield url


@pytest.fixture
def database(database_server: str) -> str:
    """The address of a database without journals."""
    psycopg = pytest.importorskip("psycopg", reason="the extra 'cluster' is not installed")
    with psycopg.connect(database_server) as connection:
        connection.execute("DROP SCHEMA IF EXISTS counterpoise CASCADE")
    return database_server


@pytest.fixture(scope="session")
def checkerboard() -> str:
    """The text of the small invented scenario."""
    return (REPOSITORY / "scenarios" / "checkerboard.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def checkerboard_scenario(checkerboard: str) -> Scenario:
    """The small invented scenario, read."""
    return parse_scenario(checkerboard, "checkerboard.toml")


@pytest.fixture(scope="session")
def middle_east() -> str:
    """The text of the large historical scenario."""
    return (REPOSITORY / "scenarios" / "middle-east-1955.toml").read_text(encoding="utf-8")
