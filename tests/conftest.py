"""Fixtures every room may use."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import Scenario

REPOSITORY = Path(__file__).resolve().parents[1]
SCENARIOS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted((REPOSITORY / "scenarios").glob("*.toml"))
    if not path.name.endswith(".history.toml")
}


@pytest.fixture(scope="session")
def scenarios() -> dict[str, str]:
    """The texts of all scenarios that are shipped, by name."""
    return SCENARIOS


@pytest.fixture(scope="session")
def unlawful() -> Callable[..., list[str]]:
    """The checker of what must hold in every world: sentences about what is wrong. The soak of the benchmarks uses it too."""
    spec = importlib.util.spec_from_file_location("lawful", REPOSITORY / "tests" / "bench" / "lawful.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    checker: Callable[..., list[str]] = module.unlawful
    return checker


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder that holds the project."""
    return REPOSITORY


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The reference data sets, which the project does not carry."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the reference data sets are not here")
    return folder


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
