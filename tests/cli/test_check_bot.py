"""``counterpoise check-bot``."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

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
