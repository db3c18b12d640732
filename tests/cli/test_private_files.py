"""A bot in a process of its own reads no file of the game that it plays, wherever that stands."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from counterpoise_clients.isolation import landlock

Command = Callable[..., "subprocess.CompletedProcess[str]"]
pytestmark = pytest.mark.skipif(bool(landlock.missing()), reason="this kernel has no Landlock")
SPY = """\
import os
ROOT = {root!r}
NAMES = "own.db", "own.db-wal", "own.db-shm", "cup.toml", "results.jsonl", "kept/game-00000.jsonl", "weights.txt"
KNOWN = [os.path.join(ROOT, name) for name in NAMES]
class Bot:
    def __init__(self, seed):
        self.tried = []
    def decide(self, view):
        found = [os.path.join(folder, name) for folder, _, names in os.walk(ROOT) for name in names]
        for path in [*KNOWN, *found]:
            if os.path.exists(path) and path not in self.tried:
                self.tried.append(path)
                try:
                    open(path, "rb").read(1)
                    print("read", os.path.basename(path))
                except OSError:
                    print("refused", os.path.basename(path))
        return []
"""
NODE_SPY = """\
import { createInterface } from "node:readline";
import { readdirSync, readFileSync, statSync } from "node:fs";
const walk = (folder) => readdirSync(folder).flatMap((name) =>
  statSync(`${folder}/${name}`).isDirectory() ? walk(`${folder}/${name}`) : [`${folder}/${name}`]);
const seen = (file) => { try { readFileSync(file); return "read"; } catch { return "refused"; } };
for await (const line of createInterface({ input: process.stdin })) {
  const start = JSON.parse(line).t === "start";
  if (!start) for (const file of walk(".")) console.error(seen(file), file.split("/").at(-1));
  console.log(JSON.stringify(start ? { t: "ready" } : { t: "moves", moves: [] }));
}
"""


@pytest.fixture
def spy(tmp_path: Path) -> Path:
    """A bot that opens every file in the test's folder and prints whether it could; a file of weights stands beside it."""
    (tmp_path / "weights.txt").write_text("w")
    (tmp_path / "spy.mjs").write_text(NODE_SPY)
    file = tmp_path / "spy.py"
    file.write_text(SPY.format(root=str(tmp_path)))
    package = tmp_path / "spies"
    package.mkdir()
    (package / "__init__.py").write_text(file.read_text())
    return file


def told(text: str) -> dict[str, set[str]]:
    """What the bots could read, and what they could not."""
    rows = [words for line in text.splitlines() if len(words := line.split()[-2:]) == 2]
    return {what: {row[1] for row in rows if row[0] == what} for what in ("read", "refused")}


@pytest.mark.parametrize("bot", ["spy.py", "./spy.py", "spies/", "cmd:node spy.mjs"])
def test_a_bot_of_run_reads_no_journal_of_its_game(counterpoise_process: Command, spy: Path, bot: str) -> None:
    done = counterpoise_process(
        "run", "checkerboard", "--bots", f"COR={bot}", "--journal", "own.db", "--until", "1902-01-01", cwd=spy.parent
    )
    assert done.returncode == 0, done.stderr
    found = told(done.stderr)
    assert {"own.db", "own.db-wal", "own.db-shm"} <= found["refused"]
    assert not any(name.startswith("own.db") for name in found["read"])
    assert ("weights.txt" in found["read"]) == (bot != "spies/")


def test_a_bot_of_a_host_reads_neither_its_journal_nor_its_key(spy: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "counterpoise", "host", "checkerboard", "--port", "0", "--data", "hd", "--bots", "spy.py",
         "--autostart"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=spy.parent,
    )  # fmt: skip
    assert process.stderr is not None
    text, until = "", time.monotonic() + 30
    for line in process.stderr:
        text += line.decode()
        if text.count("server.key") > 3 or time.monotonic() > until:
            break
    process.terminate()
    process.communicate(timeout=30)
    found = told(text)
    assert {"server.key", "checkerboard.db", "checkerboard.db-wal"} <= found["refused"]
    assert found["read"] <= {"weights.txt", "spy.py", "spy.mjs", "__init__.py"}
    assert {"weights.txt", "spy.py"} <= found["read"]


TOURNAMENT = """\
name = "Cup"
seed = "topsecret"
scenarios = ["checkerboard"]
games = 2
entrants = ["hedger", {{ name = "x", bot = "{bot}" }}]
"""


@pytest.mark.parametrize("bot", ["spy.py", "spies/", "cmd:node spy.mjs"])
@pytest.mark.timeout(120)
def test_an_entrant_reads_neither_the_tournament_nor_its_results(
    counterpoise_process: Command, spy: Path, bot: str
) -> None:
    (spy.parent / "cup.toml").write_text(TOURNAMENT.format(bot=bot))
    done = counterpoise_process(
        "tournament", "cup.toml", "--results", "results.jsonl", "--journals", "kept", "--jobs", 1, cwd=spy.parent
    )
    assert done.returncode == 0, done.stderr
    found = told(done.stderr)
    assert {"cup.toml", "results.jsonl", "game-00000.jsonl"} <= found["refused"]
    assert found["read"] <= {"weights.txt", "spy.py", "spy.mjs", "__init__.py"}
    assert ("weights.txt" in found["read"]) == (bot != "spies/")
