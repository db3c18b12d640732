"""A bot that never decides ends its command, and the journal up to then is kept."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from counterpoise.cli.bot_timeout import BotTimeout
from counterpoise.errors import BotError, InputError
from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise_clients import roster

Command = Callable[..., "subprocess.CompletedProcess[str]"]
SLEEPS = "__import__('time').sleep(10**6)"


def bot(folder: Path, deed: str) -> Path:
    """A bot that passes three times and then does something."""
    path = folder / "brooder.py"
    path.write_text(
        "class Bot:\n    def __init__(self, seed): self.asked = 0\n\n    def decide(self, view):\n"
        f"        self.asked += 1\n        while self.asked > 3: {deed}\n        return []\n"
    )
    return path


@pytest.fixture
def view(checkerboard: str) -> View:
    return Session(scenario_text=checkerboard, seed="1", session_id="s", secret="s").view(ActorId("ARD"))


@pytest.mark.timeout(90)
@pytest.mark.parametrize("deed", [SLEEPS, "pass"])
def test_a_slow_bot_ends_a_run_with_an_error_and_the_journal_is_kept(
    counterpoise_process: Command, tmp_path: Path, deed: str
) -> None:
    journal = tmp_path / "j.db"
    arguments = ("--bots", f"ARD={bot(tmp_path, deed)}", "--bot-seconds", 2, "--journal", journal)
    done = counterpoise_process("run", "checkerboard", *arguments)
    assert done.returncode == 65, done.stderr
    assert re.match(rf"{re.escape(str(journal))} has the game up to 190\d", done.stderr)
    assert re.fullmatch(
        r"counterpoise: the bot of ARD \(\w*brooder\w*\): 190\d-\d\d-\d\d: no decision within 2 s\. "
        r"Give a longer --bot-seconds, or 0 for no limit\.\n",
        done.stderr.partition("\n")[2],
    )
    verified = counterpoise_process("verify", journal)
    assert verified.returncode == 0, verified.stderr
    assert " entries up to 190" in verified.stdout


@pytest.mark.timeout(90)
@pytest.mark.skipif(sys.platform == "win32", reason="an interruption cannot be sent to one process there")
def test_ctrl_c_ends_a_run_with_a_slow_bot_and_the_journal_is_kept(
    counterpoise_process: Command, tmp_path: Path
) -> None:
    journal, asked = tmp_path / "j.db", tmp_path / "asked"
    brooder = bot(tmp_path, f"open({str(asked)!r}, 'w').close(); {SLEEPS}")
    arguments = ("--bots", f"ARD={brooder}", "--journal", str(journal))
    with subprocess.Popen(
        [sys.executable, "-m", "counterpoise", "run", "checkerboard", *arguments], stderr=subprocess.PIPE, text=True
    ) as started:
        while not asked.exists():
            assert started.poll() is None
            time.sleep(0.05)
        started.send_signal(signal.SIGINT)
        _, stderr = started.communicate(timeout=30)
    assert started.returncode == 130
    assert "Traceback" not in stderr
    assert re.search(
        rf"{re.escape(str(journal))} has the game up to 190\d-\d\d-\d\d\ncounterpoise: interrupted\n$", stderr
    )
    assert counterpoise_process("verify", journal).returncode == 0


@pytest.mark.timeout(90)
def test_the_journal_is_kept_if_a_bot_ends_the_process(counterpoise_process: Command, tmp_path: Path) -> None:
    journal = tmp_path / "j.db"
    leaver = bot(tmp_path, "__import__('os')._exit(3)")
    assert counterpoise_process("run", "checkerboard", "--bots", f"ARD={leaver}", "--journal", journal).returncode == 3
    verified = counterpoise_process("verify", journal, "--json")
    assert verified.returncode == 0, verified.stderr
    assert json.loads(verified.stdout)["to"] > "1901-06"


@pytest.mark.timeout(90)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_slow_bot_ends_a_tournament_and_the_entrant_is_named(
    counterpoise_process: Command, tmp_path: Path, jobs: int
) -> None:
    bot(tmp_path, SLEEPS)
    plan = tmp_path / "cup.toml"
    plan.write_text(
        'name = "Cup"\nseed = "1"\ngames = 2\nscenarios = ["checkerboard"]\n'
        'entrants = ["hedger", { name = "thinker", bot = "brooder.py" }]\n'
    )
    done = counterpoise_process("tournament", plan, "--jobs", jobs, "--bot-seconds", 2)
    assert done.returncode == 65
    assert "(thinker): 190" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.timeout(90)
def test_a_slow_bot_ends_a_fork_with_the_same_error(
    counterpoise_process: Command, journal: Path, tmp_path: Path
) -> None:
    arguments = ("--on", "1902-01-15", "--seeds", 1, "--jobs", 1, "--bots", bot(tmp_path, SLEEPS), "--bot-seconds", 2)
    done = counterpoise_process("fork", journal, *arguments)
    assert done.returncode == 65
    assert "no decision within 2 s" in done.stderr


def test_a_time_limit_that_is_kept_does_not_change_the_journal(checkerboard: str) -> None:
    def played(seconds: float) -> list[bytes]:
        session = Session(scenario_text=checkerboard, seed="3", session_id="s", secret="s")
        bots = {seat: roster.load_bot("hedger")(f"3/{seat}") for seat in session.seats}
        play(session, bots, until=400, ask_bot=BotTimeout(seconds))
        return [entry.body for entry in session.take_entries()]

    assert played(60.0) == played(0.0)


def test_an_exception_of_a_bot_is_a_bot_error_even_if_it_is_a_keyboard_interrupt(view: View) -> None:
    def decide(view: View) -> list[Move]:
        raise KeyboardInterrupt

    for seconds in (60.0, 0.0):
        with pytest.raises(BotError, match="KeyboardInterrupt"):
            BotTimeout(seconds)(decide, view)
    with pytest.raises(BotError, match="decide returned an int"):
        BotTimeout()(lambda view: 3, view)


def test_a_slow_bot_is_reported_before_the_time_limit(
    view: View, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("counterpoise.cli.bot_timeout.WARNING_SECONDS", 0.1)

    def slow(view: View) -> list[Move]:
        time.sleep(0.3)
        return []

    with pytest.raises(InputError, match=r"no decision within 0\.3 s"):
        BotTimeout(0.3)(lambda view: time.sleep(2), view)
    assert BotTimeout(20.0)(slow, view) == []
    stderr = capsys.readouterr().err.split("\n")
    assert "has not decided for 0.1 s on 1901-01-01; after 0.3 s the command ends" in stderr[0]
    assert "after 20 s the command ends" in stderr[1]
