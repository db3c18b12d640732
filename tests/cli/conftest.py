"""Runs the command: as a function in this process, or in a process of its own where the test is about the process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from counterpoise.cli import main, terminal
from counterpoise.cli.app import command_group

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def counterpoise() -> Command:
    """Runs ``counterpoise ARGUMENTS`` to its exit, and returns what a finished process would have given.

    It is the entry point of the installed command, called in this process: a new process imports all libraries again, which
    takes longer than most commands.
    """

    def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        words = [str(argument) for argument in arguments]
        stdout, stderr, code = StringIO(), StringIO(), 0
        with pytest.MonkeyPatch.context() as patch, chdir(cwd or Path.cwd()):
            patch.setattr(sys, "argv", ["counterpoise", *words])
            for console in (terminal.console, terminal.notes):
                patch.setattr(console, "width", terminal.PIPE_COLUMNS)
            with terminal.console.printing_to(stdout), redirect_stdout(stdout), redirect_stderr(stderr):
                try:
                    main()
                except SystemExit as leaving:
                    code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
        return subprocess.CompletedProcess(words, code, stdout.getvalue(), stderr.getvalue())

    return run


@pytest.fixture(scope="session")
def counterpoise_process() -> Command:
    """Runs ``counterpoise ARGUMENTS`` in a process of its own, as a user does, and returns the finished process."""

    def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "counterpoise", *map(str, arguments)],
            capture_output=True, text=True, cwd=cwd, timeout=150,
        )  # fmt: skip

    return run


@pytest.fixture(scope="session")
def journal(counterpoise_process: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal of a whole game of the small scenario."""
    path = tmp_path_factory.mktemp("journal") / "g.db"
    done = counterpoise_process("run", "checkerboard", "--seed", "7", "--journal", path, "--json")
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
