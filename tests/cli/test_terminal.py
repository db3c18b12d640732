"""Without a terminal a command prints whole names and unbroken lines, and nothing that bots print."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.timeout(60)
def test_a_table_in_a_pipe_keeps_names_whole() -> None:
    # The whole environment is given, because the readline library sets COLUMNS without Python knowing.
    wide = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    output = subprocess.run(
        [sys.executable, "-m", "counterpoise", "scenarios"], capture_output=True, text=True, env=wide, check=True
    ).stdout
    assert "The Middle East, 1955-1979" in output
    assert "…" not in output


@pytest.mark.timeout(60)
def test_an_error_in_a_pipe_is_one_line(counterpoise_process: Command, tmp_path: Path) -> None:
    done = counterpoise_process("run", tmp_path / ("a-long-name" * 15 + ".toml"))
    assert done.returncode == 65
    assert len(done.stderr.strip().splitlines()) == 1


CHATTY = """print("here I am")

class Bot:
    def __init__(self, seed):
        print("made")

    def decide(self, view):
        print("thinking of", view.date)
        return []
"""


@pytest.mark.timeout(120)
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_output_of_a_bot_is_not_part_of_the_document(
    counterpoise_process: Command, tmp_path: Path, jobs: int
) -> None:
    bot = tmp_path / "chatty.py"
    bot.write_text(CHATTY)
    plan = tmp_path / "cup.toml"
    plan.write_text(
        'name = "Cup"\nseed = "1"\ngames = 2\nyears = 1\nscenarios = ["checkerboard"]\n'
        'entrants = ["hedger", { name = "chatty", bot = "chatty.py" }]\n'
    )
    journal = tmp_path / "j.db"
    arguments: tuple[tuple[object, ...], ...] = (
        ("run", "checkerboard", "--bots", bot, "--journal", journal),
        ("tournament", plan, "--jobs", jobs),
        ("fork", journal, "--on", "1904-06-01", "--seeds", 1, "--jobs", jobs, "--bots", bot),
    )
    for command in arguments:
        done = counterpoise_process(*command, "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout), command
        assert "here I am" in done.stderr
        assert "thinking of 190" in done.stderr


@pytest.mark.timeout(60)
def test_help_goes_to_standard_output(counterpoise_process: Command) -> None:
    done = counterpoise_process("run", "--help")
    assert ("--bots" in done.stdout, done.stderr) == (True, "")


@pytest.mark.timeout(60)
@pytest.mark.parametrize("after", [0.05, 0.3, 0.8])
def test_ctrl_c_while_the_command_is_imported_is_no_crash(after: float) -> None:
    started = subprocess.Popen(
        [sys.executable, "-c", "import counterpoise.cli as cli; print('up', flush=True); cli.main()", "--help"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    started.stdout.readline()
    time.sleep(after)
    started.send_signal(signal.SIGINT)
    _, output = started.communicate(timeout=30)
    assert "Traceback" not in output
    # The last case: the command had ended already, and Python had removed its handlers.
    assert started.returncode in (0, 130, -signal.SIGINT)
