"""The examples run as they are."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.store.journal_file import JournalFile
from counterpoise_clients import roster
from counterpoise_clients.testing import check_bot

if TYPE_CHECKING:
    from tests.clients.conftest import LoopbackServer

pytestmark = pytest.mark.timeout(120)
EXAMPLES = Path(__file__).parents[2] / "clients" / "examples"


def run_example(name: str, *arguments: str) -> list[str]:
    """Run an example as a user does; return the lines it prints."""
    command = [sys.executable, str(EXAMPLES / name), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.py")), ids=lambda file: file.name)
def test_an_example_stays_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) < 60


def test_the_first_bot_conforms(checkerboard: str) -> None:
    report = check_bot(roster.load_bot(str(EXAMPLES / "first_bot.py")), checkerboard, stops=12)
    assert report.ok, str(report)
    assert report.orders > 0


async def test_the_network_example_plays_a_session_to_its_end(server: LoopbackServer) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(EXAMPLES / "join_session.py"), server.link, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await process.communicate()
    assert printed.decode().splitlines() == ["playing EGY in session s1", "the session has ended"]


@pytest.mark.parametrize(("name", "argument"), [("join_session.py", "LINK"), ("read_debrief.py", "JOURNAL")])
def test_an_example_without_its_argument_prints_its_usage(name: str, argument: str) -> None:
    done = subprocess.run([sys.executable, str(EXAMPLES / name)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, f"usage: python clients/examples/{name} {argument}\n")


def test_the_debrief_example_prints_every_hypothesis(checkerboard: str, tmp_path: Path) -> None:
    session = Session(scenario_text=checkerboard, seed="7", session_id="s", secret="s")
    play(session, {seat: roster.load_bot("balancer")(f"7/{seat}") for seat in session.seats}, until=365)
    with JournalFile.create(tmp_path / "game.db") as journal:
        journal.append(session.take_entries())
    lines = run_example("read_debrief.py", str(tmp_path / "game.db"))
    assert any(line.startswith("balance_of_threat: log score -") for line in lines)


def test_the_tournament_example_prints_every_entrant() -> None:
    lines = run_example("play_tournament.py")
    assert {line.partition(":")[0] for line in lines} == {"balancer", "bandwagoner", "random"}
    strengths = [float(re.findall(r"strength (\S+),", line)[0]) for line in lines]
    assert strengths == sorted(strengths, reverse=True)


def test_the_step_example_plays_each_game_to_its_end() -> None:
    lines = run_example("step_game.py")
    assert len(lines) == 5
    assert all(re.fullmatch(r"game \d: \d+ steps to 1905-01-01, score \d+\.\d", line) for line in lines), lines


def test_the_look_ahead_example_prints_its_moves_and_its_score() -> None:
    lines = run_example("look_ahead.py")
    assert lines[0].startswith("1901-01-01 ")
    assert float(lines[-1].removeprefix("score ")) > 0.0
