"""Bots of the user's own play in processes of their own, within limits, in `run`, `fork`, `host` and `tournament`."""

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


@pytest.mark.timeout(90)
@pytest.mark.parametrize(
    ("deed", "problem"),
    [
        ("pass", r"TIMEOUT: decision: no answer within 0\.2 s and the game's bank of 0\.6 s"),
        ("__import__('os')._exit(3)", "ERROR: ended its process with exit code 3"),
    ],
)
def test_a_bot_that_does_not_answer_loses_its_own_moves_and_the_game_goes_on(
    counterpoise_process: Command, tmp_path: Path, deed: str, problem: str
) -> None:
    journal = tmp_path / "j.db"
    arguments = ("--bots", f"ARD={bot(tmp_path, deed)}", "--bot-seconds", 0.2, "--journal", journal)
    done = counterpoise_process("run", "checkerboard", *arguments, "--until", "1902-06-01")
    assert done.returncode == 0, done.stderr
    assert re.search(rf"ARD \(brooder\.py\): the bot failed (once|\d+ times) and passed; .*: {problem}", done.stderr)
    verified = counterpoise_process("verify", journal, "--json")
    assert verified.returncode == 0, verified.stderr
    assert json.loads(verified.stdout)["to"] == "1902-06-01"


@pytest.mark.parametrize(
    ("command", "place"), [("run", "import"), ("run", "constructor"), ("trial", "constructor"), ("host", "import")]
)
def test_a_bot_that_hangs_before_it_plays_is_named_before_anything_is_played(
    counterpoise_process: Command, tmp_path: Path, place: str, command: str
) -> None:
    slow = tmp_path / "slow.py"
    at_import, made = (SLEEPS, "...") if place == "import" else ("import time", SLEEPS)
    slow.write_text(
        f"{at_import}\nclass Bot:\n    def __init__(self, seed): {made}\n    def decide(self, view): return []\n"
    )
    options: tuple[object, ...] = ("--bots", slow)
    if command == "host":
        # The server's own limit is long: what counts here is that an interruption is heard before it serves.
        started = subprocess.Popen(
            [sys.executable, "-m", "counterpoise", "host", "--bots", str(slow), "--port", "0", "--data", tmp_path],
            stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        time.sleep(3)
        started.send_signal(signal.SIGINT)
        _, told = started.communicate(timeout=20)
        assert started.returncode == 130
        assert "Traceback" not in told
        return
    done = counterpoise_process(command, "checkerboard", *options, "--bot-seconds", 0.2)
    assert done.returncode == 65
    assert f"slow.py: this bot cannot play: TIMEOUT: {place}: no answer within 0.2 s" in done.stderr


def test_a_bot_may_have_modules_beside_it_and_a_folder_is_a_package(
    counterpoise_process: Command, tmp_path: Path
) -> None:
    (tmp_path / "tactics.py").write_text("def passing():\n    return []\n")
    single = tmp_path / "single.py"
    body = "class Bot:\n    def __init__(self, seed): ...\n    def decide(self, view): return passing()\n"
    single.write_text(f"from tactics import passing\n{body}")
    (tmp_path / "packed").mkdir()
    (tmp_path / "packed" / "plans.py").write_text("def passing():\n    return []\n")
    (tmp_path / "packed" / "__init__.py").write_text(f"from .plans import passing\n{body}")
    options = ("--bots", f"ARD={single}", "--bots", f"BEL={tmp_path / 'packed'}", "--until", "1902-01-01")
    done = counterpoise_process("run", "checkerboard", *options)
    assert done.returncode == 0, done.stderr
    assert "failed" not in done.stderr


def test_what_a_bot_wrote_last_is_told_if_it_cannot_start(counterpoise_process: Command, tmp_path: Path) -> None:
    done = counterpoise_process("run", "checkerboard", "--bots", "cmd:no-such-program-anywhere --fast")
    assert done.returncode == 65
    assert "this bot cannot play: ERROR: ended its process with exit code 127; it wrote: " in done.stderr
    assert "No such file" in done.stderr


@pytest.mark.timeout(90)
@pytest.mark.skipif(sys.platform == "win32", reason="an interruption cannot be sent to one process there")
def test_ctrl_c_ends_a_run_with_a_slow_bot_and_the_journal_is_kept(
    counterpoise_process: Command, tmp_path: Path
) -> None:
    journal = tmp_path / "j.db"
    brooder = bot(tmp_path, SLEEPS)
    arguments = ("--bots", f"ARD={brooder}", "--journal", str(journal))
    with subprocess.Popen(
        [sys.executable, "-m", "counterpoise", "run", "checkerboard", *arguments], stderr=subprocess.PIPE, text=True
    ) as started:
        while not journal.exists():
            assert started.poll() is None
            time.sleep(0.05)
        time.sleep(2)
        started.send_signal(signal.SIGINT)
        _, stderr = started.communicate(timeout=30)
    assert started.returncode == 130
    assert "Traceback" not in stderr
    assert re.search(
        rf"{re.escape(str(journal))} has the game up to 190\d-\d\d-\d\d\ncounterpoise: interrupted\n$", stderr
    )
    assert counterpoise_process("verify", journal).returncode == 0
