"""Fixtures every room may use."""

from __future__ import annotations

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]


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
def middle_east() -> str:
    """The text of the large historical scenario."""
    return (REPOSITORY / "scenarios" / "middle-east-1955.toml").read_text(encoding="utf-8")
