"""A trial that finds something wrong fails, one that lacks something is skipped, and nothing of either stays behind."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from counterpoise.errors import ConfigurationError
from counterpoise.torture.running import all_trials, chosen_trials, run_trials
from counterpoise.torture.trial import Trial, TrialRun, TrialSkipped

if TYPE_CHECKING:
    from tests.torture.conftest import Run

SYNCS_NOTHING = """
from counterpoise.store import journal_file
prepare = journal_file.prepare_writer
def prepare_without_sync(connection):
    prepare(connection)
    connection.execute("PRAGMA synchronous = OFF")
journal_file.prepare_writer = prepare_without_sync
from counterpoise.cli import main
main()
"""
"""The command, with a writer that does not wait for the disk."""


class Named(Trial):
    """A trial that does what a test wants."""

    name, does, passes, seconds_max = "named", "Does it.", "It is done.", (0.3, 0.3)

    async def run(self, run: TrialRun) -> None:
        run.figure("things", 1.23456, "ms")


class Wrong(Named):
    """A trial with a problem."""

    async def run(self, run: TrialRun) -> None:
        run.require(False, "something is wrong")


class Broken(Named):
    """A trial with a fault of its own."""

    async def run(self, run: TrialRun) -> None:
        raise ValueError("no such thing")


class Slow(Named):
    """A trial that takes too long."""

    async def run(self, run: TrialRun) -> None:
        await asyncio.sleep(30)


class Impossible(Named):
    """A trial that lacks a tool."""

    async def run(self, run: TrialRun) -> None:
        raise TrialSkipped("hammer is not installed")


@pytest.mark.parametrize(
    ("trial", "outcome", "reason"),
    [
        (Named, "passed", ""),
        (Wrong, "failed", "something is wrong"),
        (Broken, "failed", "ValueError: no such thing (test_running.py"),
        (Slow, "failed", "it took longer than 0.3 s"),
        (Impossible, "skipped", "hammer is not installed"),
    ],
)
def test_a_trial_has_one_of_three_outcomes_and_the_reason(trial: type[Named], outcome: str, reason: str) -> None:
    report = run_trials([trial()], seed="7", quick=True)
    (found,) = report.trials
    assert found.outcome == outcome
    assert report.passed == (outcome != "failed")
    assert "".join(found.reasons).startswith(reason)
    assert bool(found.reasons) == bool(reason)
    assert found.again == "counterpoise torture named --seed 7 --quick"


def test_names_choose_trials_and_an_unknown_name_is_refused() -> None:
    assert [trial.name for trial in chosen_trials(["walrm", "kill"])] == ["kill", "walrm"]
    assert len(chosen_trials([])) == len(all_trials())
    with pytest.raises(ConfigurationError, match=r"no trial has the name hammer\. Choose from kill, fsync"):
        chosen_trials(["hammer"])


@pytest.mark.slow
def test_a_server_that_acknowledges_before_its_sync_is_found(run_trial: Run) -> None:
    report = run_trial("fsync", program=(sys.executable, "-c", SYNCS_NOTHING))
    assert report.outcome == "failed"
    assert "an order was acknowledged after" in report.reasons[0]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_no_server_and_no_file_behind(number: signal.Signals, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "counterpoise", "torture", "kill", "--quick"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob("*/data/s.db")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(number)
        _, said = process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 130, said
    assert list(tmp_path.iterdir()) == []
    assert str(tmp_path) not in _commands()


def _commands() -> str:
    """Return the commands of all processes of this machine."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found.append(file.read_bytes())
    return b" ".join(found).decode(errors="replace")
