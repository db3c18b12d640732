"""The command as a user runs it: a process of its own, judged by what it prints and its exit code."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def counterpoise() -> Command:
    """Runs ``counterpoise ARGUMENTS`` and returns what came of it."""

    def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "counterpoise", *map(str, arguments)],
            capture_output=True, text=True, cwd=cwd, timeout=150,
        )  # fmt: skip

    return run


@pytest.fixture(scope="session")
def journal(counterpoise: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal of a whole game of the small scenario."""
    path = tmp_path_factory.mktemp("journal") / "g.db"
    done = counterpoise("run", "checkerboard", "--seed", "7", "--journal", path, "--json")
    assert done.returncode == 0, done.stderr
    return path
