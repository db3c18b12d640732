"""A bot that never decides ends the command that plays it, and what was played until then is kept."""

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

from counterpoise.cli.bot_timeout import Patience
from counterpoise.errors import BotError, InputError
from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import View
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
def test_a_run_ends_by_an_error_that_names_the_bot_and_keeps_its_journal(
    counterpoise: Command, tmp_path: Path, deed: str
) -> None:
    journal = tmp_path / "j.db"
    arguments = ("--bots", f"ARD={bot(tmp_path, deed)}", "--bot-seconds", 2, "--journal", journal)
    done = counterpoise("run", "checkerboard", *arguments)
    assert done.returncode == 65, done.stderr
    assert re.match(rf"{re.escape(str(journal))} holds the game up to 190\d", done.stderr)
    assert re.fullmatch(
        r"counterpoise: the bot of ARD \(\w*brooder\w*\): 190\d-\d\d-\d\d: expected a decision within 2 s "
        r"\(--bot-seconds\), got none\n",
        done.stderr.partition("\n")[2],
    )
    verified = counterpoise("verify", journal)
    assert verified.returncode == 0, verified.stderr
    assert " entries to 190" in verified.stdout


@pytest.mark.timeout(90)
@pytest.mark.skipif(sys.platform == "win32", reason="an interruption cannot be sent to one process there")
def test_an_interruption_ends_a_run_whose_bot_thinks_and_keeps_its_journal(
    counterpoise: Command, tmp_path: Path
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
        _, told = started.communicate(timeout=30)
    assert started.returncode == 130
    assert "Traceback" not in told
    assert re.search(
        rf"{re.escape(str(journal))} holds the game up to 190\d-\d\d-\d\d\ncounterpoise: interrupted\n$", told
    )
    assert counterpoise("verify", journal).returncode == 0


@pytest.mark.timeout(90)
def test_a_bot_that_ends_the_process_takes_nothing_of_what_was_played_with_it(
    counterpoise: Command, tmp_path: Path
) -> None:
    journal = tmp_path / "j.db"
    leaver = bot(tmp_path, "__import__('os')._exit(3)")
    assert counterpoise("run", "checkerboard", "--bots", f"ARD={leaver}", "--journal", journal).returncode == 3
    verified = counterpoise("verify", journal, "--json")
    assert verified.returncode == 0, verified.stderr
    assert json.loads(verified.stdout)["to"] > "1901-06"


@pytest.mark.timeout(90)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_tournament_ends_by_an_error_that_names_the_entrant(counterpoise: Command, tmp_path: Path, jobs: int) -> None:
    bot(tmp_path, SLEEPS)
    plan = tmp_path / "cup.toml"
    plan.write_text(
        'name = "Cup"\nseed = "1"\ngames = 2\nscenarios = ["checkerboard"]\n'
        'entrants = ["hedger", { name = "thinker", bot = "brooder.py" }]\n'
    )
    done = counterpoise("tournament", plan, "--jobs", jobs, "--bot-seconds", 2)
    assert done.returncode == 65
    assert "(thinker): 190" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.timeout(90)
def test_a_fork_ends_by_the_same_error(counterpoise: Command, journal: Path, tmp_path: Path) -> None:
    arguments = ("--on", "1902-01-15", "--seeds", 1, "--jobs", 1, "--bots", bot(tmp_path, SLEEPS), "--bot-seconds", 2)
    done = counterpoise("fork", journal, *arguments)
    assert done.returncode == 65
    assert "expected a decision within 2 s" in done.stderr


def test_who_decides_in_time_is_not_known_to_have_been_timed(checkerboard: str) -> None:
    def played(seconds: float) -> list[bytes]:
        session = Session(scenario_text=checkerboard, seed="3", session_id="s", secret="s")
        bots = {seat: roster.load_bot("hedger")(f"3/{seat}") for seat in session.seats}
        play(session, bots, until=400, ask_bot=Patience(seconds))
        return [entry.body for entry in session.take_entries()]

    assert played(60.0) == played(0.0)


def test_what_a_bot_raises_is_told_as_ever_and_no_interruption_of_its_own_ends_the_game(view: View) -> None:
    def decide(view: View) -> list[Move]:
        raise KeyboardInterrupt

    for seconds in (60.0, 0.0):
        with pytest.raises(BotError, match="KeyboardInterrupt"):
            Patience(seconds)(decide, view)
    with pytest.raises(BotError, match="decide returned an int"):
        Patience()(lambda view: 3, view)


def test_that_a_bot_thinks_long_is_told_before_patience_ends(
    view: View, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("counterpoise.cli.bot_timeout.WARNED_AFTER", 0.1)

    def slow(view: View) -> list[Move]:
        time.sleep(0.3)
        return []

    with pytest.raises(InputError, match=r"expected a decision within 0\.3 s"):
        Patience(0.3)(lambda view: time.sleep(2), view)
    assert Patience(20.0)(slow, view) == []
    told = capsys.readouterr().err.split("\n")
    assert "has been thinking for 0.1 s on 1901-01-01; after 0.3 s this ends" in told[0]
    assert "after 20 s this ends" in told[1]
