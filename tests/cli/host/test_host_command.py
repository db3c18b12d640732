"""``host`` serves, or says in one line why it cannot; ``join`` plays a seat, or says why it cannot."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@contextmanager
def hosting(
    *arguments: object, scenario: object = "checkerboard"
) -> Iterator[tuple[subprocess.Popen[str], dict[str, object]]]:
    """A host in its own process, with the links that it printed. It is stopped at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "counterpoise", "host", str(scenario), "--port", "0", "--json", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        text = ""
        for line in process.stdout:
            text += line
            if line.startswith("}"):
                break
        yield process, json.loads(text)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--window-seconds", "0"), "--window-seconds"),
        (("--window-seconds", "nan"), "--window-seconds"),
        (("--window-seconds", "1e308"), "--window-seconds"),
        (("--call-seconds", "-1"), "--call-seconds"),
        (("--days-per-second", "inf"), "--days-per-second"),
        (("--mode", "fast"), "one of continuous, windows"),
        (("--threat-index", "maybe"), "one of shown, hidden, lot"),
        (("--public-url", "javascript:alert(1)"), "--public-url"),
        (("--public-url", "ftp://example.org"), "--public-url"),
    ],
)
def test_a_wrong_option_is_refused_before_anything_is_written(
    counterpoise: Command, tmp_path: Path, options: tuple[str, str], message: str
) -> None:
    done = counterpoise("host", "checkerboard", "--port", "0", "--data", tmp_path / "d", *options)
    assert done.returncode == 2
    assert message in done.stderr
    assert not (tmp_path / "d").exists()


@pytest.mark.timeout(120)
def test_a_session_that_cannot_be_resumed_is_named_and_not_replaced(counterpoise: Command, tmp_path: Path) -> None:
    folder = tmp_path / "d"
    with hosting("--data", folder, "--autostart"):
        pass
    journal = folder / "checkerboard.db"
    with sqlite3.connect(journal) as database:
        database.execute("DROP TRIGGER entries_keep")
        database.execute("UPDATE entries SET body = x'7b7d' WHERE sequence = 1")
    database.close()
    done = counterpoise("host", "checkerboard", "--port", "0", "--data", folder)
    assert done.returncode == 65
    assert "counterpoise verify" in done.stderr
    assert "checkerboard.db" in done.stderr
    assert "--session" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in folder.glob("*.db")] == ["checkerboard.db"]
    named = counterpoise("host", "checkerboard", "--port", "0", "--data", folder, "--session", "checkerboard")
    assert named.returncode == done.returncode
    with hosting("--data", folder, "--session", "other") as (_, links):
        assert links["session"] == "other"


@pytest.mark.timeout(120)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_host_stops_while_a_bot_never_decides(tmp_path: Path, number: signal.Signals) -> None:
    bot = tmp_path / "brooder.py"
    bot.write_text(
        "class Bot:\n    def __init__(self, seed): ...\n    def decide(self, view):\n        while True: pass\n"
    )
    with hosting("--data", tmp_path / "d", "--bots", bot, "--autostart") as (process, _):
        process.send_signal(number)
        process.communicate(timeout=30)
        assert process.returncode == 0


@pytest.mark.timeout(60)
def test_join_reports_that_it_cannot_reach_the_server(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    joining = subprocess.Popen(
        [sys.executable, "-m", "counterpoise", "join", f"http://127.0.0.1:{port}/j/s#{'t' * 32}", "--bot", "balancer"],
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    )
    assert joining.stderr is not None
    line = joining.stderr.readline()
    joining.send_signal(signal.SIGINT)
    rest = joining.communicate(timeout=20)[1]
    assert f"cannot reach ws://127.0.0.1:{port}" in line
    assert "retrying" in line
    assert "Traceback" not in rest
    assert joining.returncode == 130


def test_a_bot_that_cannot_be_loaded_is_named_before_the_game(counterpoise: Command, tmp_path: Path) -> None:
    bot = tmp_path / "stillborn.py"
    bot.write_text(
        "class Bot:\n    def __init__(self, seed): raise ValueError('no')\n    def decide(self, view): return []\n"
    )
    for command in (("run",), ("host", "--port", "0", "--data", tmp_path / "d")):
        done = counterpoise(command[0], "checkerboard", *command[1:], "--bots", bot)
        assert done.returncode == 65
        assert "stillborn.py" in done.stderr
        assert "ValueError: no (line 2)" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("answer", ["None", "['attack']", "__import__('sys').exit(3)", "{}[1]"])
def test_a_bot_that_raises_passes_and_the_run_continues(counterpoise: Command, tmp_path: Path, answer: str) -> None:
    bot = tmp_path / "wild.py"
    bot.write_text(f"class Bot:\n    def __init__(self, seed): ...\n    def decide(self, view): return {answer}\n")
    done = counterpoise("run", "checkerboard", "--bots", f"ARD={bot}", "--until", "1901-07-01")
    assert done.returncode == 0
    assert "ARD (wild.py): the bot failed" in done.stderr
    assert "Traceback" not in done.stderr


BAD_MOVES = {
    "Arm(-5)": "refused",
    "Arm(float('nan'))": "refused",
    "Arm(True)": "refused",
    "Arm('x')": "refused",
    "Arm(10**400)": "",
    "Message(o, '')": "refused",
    "Message(o, 5)": "refused",
    "Message(o, '\\ud800')": "",
    "Message(o, object())": "failed",
    "Attack([o], 'territory')": "refused",
    "Attack({}, 'territory')": "refused",
    "AssessThreats(None)": "refused",
    "AssessThreats({o: float('inf')})": "refused",
    "Predict(o, 'x', 5.0)": "refused",
}


def test_moves_that_no_client_could_send_are_refused_and_the_journal_verifies(
    counterpoise: Command, tmp_path: Path
) -> None:
    bot, journal = tmp_path / "cheat.py", tmp_path / "j.db"
    moves = ", ".join(f"lambda o: {move}" for move in BAD_MOVES)
    bot.write_text(
        "from counterpoise.sim.moves.arm import Arm\n"
        "from counterpoise.sim.moves.assess_threats import AssessThreats\n"
        "from counterpoise.sim.moves.attack import Attack\n"
        "from counterpoise.sim.moves.message import Message\n"
        "from counterpoise.sim.moves.predict import Predict\n"
        f"MOVES = [{moves}]\n"
        "class Bot:\n"
        "    def __init__(self, seed): self.turn = 0\n"
        "    def decide(self, view):\n"
        "        self.turn += 1\n"
        "        return [MOVES[self.turn % len(MOVES)](view.others[0].id)]\n",
        encoding="utf-8",
    )
    done = counterpoise("run", "checkerboard", "--bots", f"COR={bot}", "--journal", journal, "--json")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "COR (cheat.py): the bot failed" in done.stderr
    assert counterpoise("verify", journal).returncode == 0
    assert not [d for d in json.loads(done.stdout)["decisions"] if d["actor"] == "COR" and d["partners"]]


@pytest.mark.parametrize("raised", ["BaseException('x')", "GeneratorExit()", "ValueError('\\x1b[31mred\\n')"])
def test_an_exception_of_a_bot_is_printed_as_one_clean_line(counterpoise: Command, tmp_path: Path, raised: str) -> None:
    bot = tmp_path / "wild.py"
    bot.write_text(f"class Bot:\n    def __init__(self, seed): ...\n    def decide(self, view): raise {raised}\n")
    done = counterpoise("run", "checkerboard", "--bots", f"ARD={bot}", "--until", "1901-07-01")
    assert done.returncode == 0
    assert "\x1b" not in done.stderr
    assert [line for line in done.stderr.splitlines() if "ARD (wild.py): the bot failed" in line]


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("http://127.0.0.1:99999/j/class#" + "A" * 32, "port"),
        ("http://127.0.0.1:1/j/class#short", "5 characters"),
        ("http://127.0.0.1:1/j/class", "no token"),
    ],
)
def test_a_malformed_link_is_named(counterpoise: Command, link: str, message: str) -> None:
    done = counterpoise("join", link, "--bot", "hedger")
    assert done.returncode == 2
    assert message in done.stderr.lower()
    assert "Traceback" not in done.stderr


@pytest.mark.timeout(120)
def test_a_link_without_a_seat_is_named_and_an_ignored_seed_too(counterpoise: Command, tmp_path: Path) -> None:
    folder = tmp_path / "d"
    with hosting("--data", folder) as (_, links):
        done = counterpoise("join", links["observer"], "--bot", "hedger", cwd=tmp_path)
        assert done.returncode == 78
        assert "this is the link of the observer" in done.stderr
    with hosting("--data", folder, "--seed", "99") as (process, _):
        pass
    assert process.returncode == 0
    assert counterpoise("run", "checkerboard", "--bots", "COR=").returncode == 2


PASSES = """
import json, sys
for line in sys.stdin:
    asked = json.loads(line)["t"]
    print(json.dumps({"t": "ready"} if asked == "start" else {"t": "moves", "moves": []}), flush=True)
"""


@pytest.mark.timeout(120)
def test_join_plays_a_command_to_the_end_and_tells_score_and_place(counterpoise: Command, tmp_path: Path) -> None:
    (tmp_path / "passes.py").write_text(PASSES)
    bot = f"cmd:{sys.executable} {tmp_path / 'passes.py'}"
    with hosting("--data", tmp_path / "d", "--autostart", "--window-seconds", 60) as (_, links):
        seats = links["seats"]
        assert isinstance(seats, dict)
        done = counterpoise("join", seats["COR"], "--bot", bot, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "plays in a process of its own" in done.stderr
    assert re.search(r"the session has ended: score \d+\.\d, place [1-8] of 8\n", done.stderr)


@pytest.mark.timeout(120)
def test_a_session_goes_on_from_a_date_of_a_journal(counterpoise: Command, journal: Path, tmp_path: Path) -> None:
    folder = tmp_path / "d"
    with hosting("--at", "1902-07-01", "--data", folder, "--autostart", scenario=journal) as (_, links):
        name = str(links["session"])
        assert (name.endswith("-1902-07-01"), links["resumed"]) == (True, False)
    with hosting("--at", "1902-07-01", "--data", folder, scenario=journal) as (_, links):
        assert (links["session"], links["resumed"]) == (name, True)
    done = counterpoise("verify", folder / f"{name}.db", "--json")
    assert json.loads(done.stdout)["verified"] is True


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        ((), 2, "a journal. Give --at DATE to go on from that date in a new session."),
        (("--at", "1899-01-01"), 78, "--at 1899-01-01: expected a date from 1901-01-01 to"),
        (
            ("--at", "999"),
            78,
            "--at 999: expected a window from 0 to 7. The journal's last window, 7, opens on 1904-07-01.",
        ),
        (
            ("--at", "8"),
            78,
            "--at 8: expected a window from 0 to 7. The journal's last window, 7, opens on 1904-07-01.",
        ),
        (("--at", "foo"), 2, "expected a date such as 1967-05-15, or the number of a window such as 12, got 'foo'"),
    ],
)
def test_a_moment_that_a_journal_does_not_have_is_named(
    counterpoise: Command, journal: Path, tmp_path: Path, options: tuple[str, ...], code: int, message: str
) -> None:
    done = counterpoise("host", journal, "--port", "0", "--data", tmp_path / "d", *options)
    assert message in done.stderr
    assert done.returncode == code
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize(
    ("source", "options", "sentence"),
    [
        ("journal", ("--at", "0"), "goes on from 1901-01-01. Serving on http://127.0.0.1:"),
        ("checkerboard", ("--public-url", "https://games.example/cp"), "has to pass requests on to http://127.0.0.1:"),
    ],
)
def test_the_first_lines_say_where_a_session_begins_and_where_its_server_listens(
    journal: Path, tmp_path: Path, source: str, options: tuple[str, ...], sentence: str
) -> None:
    named = journal if source == "journal" else source
    command = ("host", str(named), "--port", "0", "--data", str(tmp_path / "d"), *options)
    process = subprocess.Popen(
        [sys.executable, "-m", "counterpoise", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "COLUMNS": "300"},
    )
    try:
        assert process.stdout is not None
        assert sentence in process.stdout.readline() + process.stdout.readline()
    finally:
        process.terminate()
        process.communicate(timeout=20)


def test_at_needs_a_journal(counterpoise: Command, tmp_path: Path) -> None:
    done = counterpoise("host", "checkerboard", "--at", "1902-01-01", "--data", tmp_path / "d")
    assert "expected a journal (.db or .jsonl) before --at 1902-01-01, got checkerboard" in done.stderr
    assert done.returncode == 2


@pytest.mark.timeout(120)
def test_a_wrong_bot_leaves_no_journal_that_the_right_command_would_fail_on(
    counterpoise: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "d"
    for bots, code in (("COR=nobot", 65), ("EGY=balancer", 78)):
        done = counterpoise("host", "checkerboard", "--port", "0", "--data", folder, "--bots", bots)
        assert done.returncode == code
        assert not list(folder.glob("*.db"))
    with hosting("--data", folder) as (_, links):
        assert (links["session"], links["resumed"]) == ("checkerboard", False)


def test_a_wrong_bot_leaves_no_journal_of_a_session_that_would_go_on(
    counterpoise: Command, journal: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "d"
    done = counterpoise(
        "host", journal, "--at", "1902-07-01", "--port", "0", "--data", folder, "--bots", "XYZ=balancer"
    )
    assert done.returncode == 78
    assert "there is no seat 'XYZ'" in done.stderr
    assert not list(folder.glob("*.db"))


@pytest.mark.timeout(120)
def test_a_session_is_not_resumed_in_place_of_another_game(
    counterpoise: Command, journal: Path, tmp_path: Path
) -> None:
    folder, other = tmp_path / "d", tmp_path / "other.db"
    assert counterpoise("run", "checkerboard", "--seed", "8", "--journal", other).returncode == 0
    with hosting("--at", "1902-07-01", "--session", "taken", "--data", folder, scenario=journal):
        pass
    with hosting("--session", "plain", "--data", folder):
        pass
    for game, session, message in (
        ((journal, "--at", "1901-07-01"), "taken", "goes on from 1902-07-01"),
        ((other, "--at", "1902-07-01"), "taken", "goes on from another journal"),
        ((journal, "--at", "1902-07-01"), "plain", "goes on from no journal"),
        (("middle-east-1955",), "taken", "plays checkerboard: expected middle-east-1955"),
    ):
        done = counterpoise("host", *game, "--session", session, "--port", "0", "--data", folder)
        assert done.returncode == 78, done.stderr
        assert f"session {session} exists and {message}" in done.stderr
        assert "--session NAME" in done.stderr
        assert "Traceback" not in done.stderr
    with hosting("--at", "1902-07-01", "--session", "taken", "--data", folder, scenario=journal) as (_, links):
        assert (links["session"], links["resumed"]) == ("taken", True)


def test_a_session_that_goes_on_takes_no_other_threat_index(
    counterpoise: Command, journal: Path, tmp_path: Path
) -> None:
    options = ("--at", "1902-07-01", "--threat-index", "hidden", "--data", tmp_path / "d")
    done = counterpoise("host", journal, "--port", "0", *options)
    assert done.returncode == 2
    assert "--threat-index" in done.stderr
    assert not (tmp_path / "d").exists()


@pytest.mark.timeout(60)
def test_a_host_outlives_its_terminal_and_keeps_its_folder_to_itself(tmp_path: Path) -> None:
    folder = tmp_path / "classes" / "d"
    with hosting("--data", folder) as (process, links):
        assert folder.stat().st_mode & 0o777 == 0o700
        process.send_signal(signal.SIGHUP)
        with urllib.request.urlopen(f"{links['url']}/healthz", timeout=10) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGHUP)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)
        assert process.returncode == 0
        assert "the terminal is gone; the server goes on" in said
