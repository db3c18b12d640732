"""Write the golden journals of the present rules and their documents: ``python tests/golden/write_golden.py``.

Run it once, when the rules version has risen. It refuses to write over journals that are there.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from counterpoise.sim import RULES_VERSION

GOLDEN = Path(__file__).parent
HASTY, TALKATIVE = (str(GOLDEN / "bots" / f"{name}.py") for name in ("hasty", "talkative"))
GAMES = {
    "checkerboard": ("checkerboard", "--seed", "7"),
    "checkerboard-with-messages": (
        *("checkerboard", "--seed", "11", "--until", "1901-10-01"),
        *("--bots", "ARD=random", "--bots", f"COR={TALKATIVE}"),
    ),
    "checkerboard-with-void-orders": (
        *("checkerboard", "--seed", "5", "--until", "1901-07-02"),
        *("--bots", f"ARD={HASTY}"),
    ),
    "middle-east-random": ("middle-east-1955", "--seed", "7", "--bots", "random", "--until", "1955-10-01"),
    "middle-east-record": ("middle-east-1955", "--history", "--until", "1955-07-01"),
}
DOCUMENTS = {
    "debrief-checkerboard-with-messages": ("debrief", "checkerboard-with-messages.jsonl", "--draws", "4"),
    "debrief-middle-east-record": ("debrief", "middle-east-record.jsonl", "--draws", "4"),
    "fork-checkerboard": (
        *("fork", "checkerboard.jsonl", "--on", "1902-01-01", "--until", "1902-06-01"),
        *("--seeds", "2", "--jobs", "1", "--without", "injects[5]"),
    ),
    "threats-checkerboard": ("threats", "checkerboard.jsonl", "--on", "1901-06-01"),
    "tournament-cup": ("tournament", "cup.toml"),
}
"""The commands, without ``--json``, whose documents are kept."""
TABLES_OF = "checkerboard-with-messages"
CUP = """\
name = "Spring"
seed = "42"
games = 2
scenarios = ["checkerboard", "weak-and-alone"]
entrants = ["balancer", "hedger", "random"]
years = 1
"""


def main() -> int:
    """Write the folder of the present rules."""
    folder = GOLDEN / f"rules-{RULES_VERSION}"
    if any(folder.glob("*.jsonl")):
        print(f"{folder} holds journals already; golden journals are not written over", file=sys.stderr)
        return 1
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    (folder / "cup.toml").write_text(CUP, encoding="utf-8")
    for name, game in GAMES.items():
        with tempfile.TemporaryDirectory() as away:
            database = str(Path(away) / "game.db")
            _counterpoise(folder, "run", *game, "--journal", database)
            _counterpoise(folder, "export", database, str(Path(away) / "tables"))
            (folder / f"{name}.jsonl").write_bytes((Path(away) / "tables" / "journal.jsonl").read_bytes())
    for name, command in DOCUMENTS.items():
        (folder / "documents" / f"{name}.json").write_bytes(_counterpoise(folder, *command, "--json"))
    with tempfile.TemporaryDirectory() as away:
        _counterpoise(folder, "export", f"{TABLES_OF}.jsonl", away)
        tables = folder / "documents" / f"tables-{TABLES_OF}"
        tables.mkdir()
        for path in sorted(Path(away).glob("*.csv")):
            (tables / path.name).write_bytes(path.read_bytes())
    return 0


def _counterpoise(folder: Path, *arguments: str) -> bytes:
    command = [sys.executable, "-m", "counterpoise", *arguments]
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE).stdout


if __name__ == "__main__":
    raise SystemExit(main())
