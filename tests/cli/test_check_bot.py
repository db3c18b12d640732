"""``counterpoise check-bot``."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

BOT = "class Bot:\n    def __init__(self, seed): ...\n    def decide(self, view): {body}\n"


def test_the_command_says_what_is_wrong_and_ends_with_1(
    counterpoise: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    file = tmp_path / "bot.py"
    file.write_text(BOT.format(body="return print('I pass') or []"))
    good = counterpoise("check-bot", file, "--stops", 2)
    assert good.returncode == 0, good.stdout + good.stderr
    assert "it wrote: I pass" in good.stdout
    assert good.stdout.endswith("no faults\n")
    file.write_text(BOT.format(body="return 1 / 0"))
    bad = counterpoise("check-bot", file, "--stops", 2, "--json")
    assert bad.returncode == 1
    document = json.loads(bad.stdout)
    assert not document["ok"]
    assert "ZeroDivisionError" in document["problems"][0]


def test_a_file_with_a_nul_byte_is_named_without_a_line(
    counterpoise: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    file = tmp_path / "bot.py"
    file.write_bytes(b"class Bot:\n    pass\0\n")
    for command in (("check-bot", file), ("run", "checkerboard", "--bots", file)):
        done = counterpoise(*command)
        assert done.returncode == 65
        told = " ".join(done.stderr.split())
        assert "expected Python, got source code string cannot contain null bytes" in told
        assert "None" not in told


def test_seats_of_one_option_are_told_apart(counterpoise: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = counterpoise("run", "checkerboard", "--bots", "COR=balancer,GAL=wolf")
    assert done.returncode == 2
    told = " ".join(done.stderr.replace("│", " ").split())
    assert "each option gives one seat: write --bots COR=balancer --bots GAL=wolf" in told


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the clock of another process")
def test_the_check_ends_with_the_first_decision_that_takes_too_long(
    counterpoise: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    file = tmp_path / "bot.py"
    file.write_text(f"import time\n{BOT.format(body='time.sleep(99)')}")
    done = counterpoise("check-bot", file, "--bot-seconds", "0.1", "--json")
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert document["decisions"] == 1
    (problem,) = document["problems"]
    assert "TIMEOUT: decision: no answer within 0.1 s" in problem
    assert problem.endswith("; the check ends here")


def test_what_a_bot_writes_is_told_once(
    counterpoise: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    file = tmp_path / "bot.py"
    file.write_text("print('imported')\n" + BOT.format(body="return print('I pass') or []"))
    done = counterpoise("check-bot", file, "--stops", 2)
    assert (done.stdout + done.stderr).count("imported") == 1
    assert "it wrote: I pass" in done.stdout
