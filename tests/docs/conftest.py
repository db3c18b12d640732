"""Fixtures for tests of the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDERS = (".github", "clients", "scenarios", "server", "tests")
NOT_OURS = ("node_modules", "__pycache__", ".hypothesis")


@pytest.fixture(scope="session")
def files(repository: Path) -> list[str]:
    """The paths of the project's files, relative to the repository; they are listed without git, for copies that have none."""
    found = [path for folder in FOLDERS for path in sorted((repository / folder).rglob("*"))]
    found += sorted(repository.iterdir())
    own = [path for path in found if path.is_file() and not set(path.parts) & set(NOT_OURS)]
    return [path.relative_to(repository).as_posix() for path in own]
