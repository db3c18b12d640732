"""Runs the command in its own process, as a user does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from counterpoise.cli.app import command_group

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def counterpoise() -> Command:
    """Runs ``counterpoise ARGUMENTS`` and returns the finished process."""

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


@pytest.fixture
def run_here() -> Callable[..., str]:
    """Runs ``counterpoise ARGUMENTS`` in this process; returns standard output or raises the command's error."""

    def run(*arguments: object) -> str:
        stdout = StringIO()
        with redirect_stdout(stdout):
            command_group().main(
                args=[str(argument) for argument in arguments], prog_name="counterpoise", standalone_mode=False
            )
        return stdout.getvalue()

    return run
