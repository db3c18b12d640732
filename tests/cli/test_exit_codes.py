"""The same kind of failure has the same exit code in every command; the README's table says which."""

from __future__ import annotations

import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counterpoise import errors
from counterpoise.cli import INTERRUPTED, main
from counterpoise.cli.app import COMMANDS
from counterpoise.errors import CounterpoiseError

DAY = "1902-07-01"
MISSING = 20
"""The entry that is missing in a journal."""
LINK = "http://127.0.0.1:1/j/class#" + "A" * 32
READERS = (
    "verify broken.db",
    "debrief broken.db",
    "export broken.db out",
    f"replay broken.db --at {DAY}",
    "replay broken.db --serve --no-browser",
    "replay broken.db --html page.html",
    f"fork broken.db --on {DAY}",
    f"threats broken.db --on {DAY}",
    f"host broken.db --at {DAY}",
    "playlog broken.db",
    "receipts list broken.db",
    "redact broken.db --match a --yes",
    "backup broken.db copy.db",
    "restore broken.db folder/new.db",
)
"""Every command that reads a journal, given one in which an entry is missing."""
KINDS: dict[str, tuple[int, list[str]]] = {
    "an option that does not exist": (2, [f"{command.name} --no-such-option" for command in COMMANDS]),
    "a value of the wrong form": (
        2,
        [
            "run checkerboard --until soon",
            "replay J --at soon",
            "replay J",
            "replay J J --at 1901-01-01",
            "replay J --serve --json",
            "replay J --serve --html page.html",
            "replay J --serve --port 70000",
            "threats J --on soon",
            "draw J --what map --on soon -o map.svg",
            f"draw J --what world --on {DAY} -o map.svg",
            f"draw J --what map --on {DAY} -o map.pdf",
            f"draw J --what matrix --on {DAY} --as ARD -o map.svg",
            "threats checkerboard --on soon",
            "fork J --on soon",
            f"fork J --on {DAY} --until soon",
            "host J --at soon",
            "run checkerboard --bots COR=",
            "trial checkerboard --bots COR=",
            f"fork J --on {DAY} --bots COR=",
            f"fork J --on {DAY} --without ,",
            "host checkerboard --call-seconds never",
            "host checkerboard --public-url example.org",
            "host checkerboard --public-url http://example.org:99999",
            "history folder --from late",
            "history folder --region atlantis",
            "new scenario Two_Shores",
            "redact J --match=",
            "purge folder --older-than soon",
            "host checkerboard --sessions 101",
            "join http://127.0.0.1:1/j/class#short --bot hedger",
            "join http://127.0.0.1:1/j/class --bot hedger",
            "mcp http://127.0.0.1:1/j/class --keep kept",
            f"mcp {LINK} --http 70000",
        ],
    ),
    "options that need or exclude each other": (
        2,
        [
            "host J",
            "host checkerboard --worlds 3",
            f"host checkerboard --at {DAY}",
            f"threats J --on {DAY} --history",
            "run middle-east-1955 --history --bots hedger",
            "redact J",
            "restore J",
            "register predictions.toml",
            "verify J --timestamp missing.tsr",
            "verify J --authority missing.pem",
            "redact J --seat ARD --match a",
            "archive J",
            "arena",
            "join http://127.0.0.1:1/arena --bot hedger --name Wrong!",
            "history folder --from 1970 --to 1971",
            "debrief",
            "tournament cup.toml --parquet",
            "tournament cup.toml --cluster tcp://127.0.0.1:1 --jobs 2",
        ],
    ),
    "an input that is missing": (
        65,
        [
            "run nowhere",
            "run checkerboard --bots nobot.py",
            "run checkerboard --bots no-such-bot",
            "run checkerboard --history",
            "run checkerboard --record nowhere.toml",
            "trial nowhere",
            "trial checkerboard --bots nobot.py",
            "host nowhere",
            "arena arena --scenario nowhere",
            f"host missing.db --at {DAY}",
            "tournament missing.toml",
            "check-bot nobot.py",
            "archive missing.db out.zip",
            "check-bot no-such-bot",
            "check-bot balancer --scenario nowhere",
            "debrief missing.db",
            "debrief folder",
            "debrief J --parameters missing.toml",
            "debrief J --against missing.toml",
            "debrief J --hypothesis missing.py",
            "register missing.toml --to new.toml",
            "register predictions.toml --to new.toml --hypothesis missing.py",
            "history missing",
            f"threats missing.db --on {DAY}",
            f"draw missing.db --what map --on {DAY} -o map.svg",
            f"replay missing.db --at {DAY}",
            "replay missing.db --serve --no-browser",
            "replay missing.db --html page.html",
            "verify missing.db",
            f"fork missing.db --on {DAY}",
            f"fork J --on {DAY} --with missing.json",
            f"fork J --on {DAY} --bots nobot.py",
            "export missing.db out",
            "playlog missing.db",
            "records missing.db -o new",
            "redact missing.db --match a",
            "backup missing.db copy.db",
            "restore missing.db new.db",
            "restore J --drill --journal missing.db",
            "handouts nowhere --to new",
            "import missing.csv checkerboard",
            "receipts list missing.db",
            "receipts timestamp missing.db --authority http://127.0.0.1:1/",
            "verify J --timestamp missing.tsr --authority missing.pem",
            "receipts export missing.db new.json",
            "receipts key missing.key",
            "receipts key folder",
            "purge missing --older-than 1d",
            "doctor --config missing.toml",
            "host checkerboard --config missing.toml",
            "validate missing.toml",
            "noise missing.toml --out new.json",
            "debrief J --noise missing.json",
            "new record nowhere",
            f"join {LINK} --bot nobot.py",
        ],
    ),
    "an input that is wrong": (
        65,
        [
            "run notes.toml",
            "trial notes.toml",
            "host notes.toml",
            "validate notes.toml",
            "tournament notes.toml",
            "debrief notes.txt",
            "debrief J --parameters notes.txt",
            "debrief J --against notes.toml",
            "debrief J --hypothesis notes.txt",
            "register notes.toml --to new.toml",
            f"threats notes.txt --on {DAY}",
            f"replay notes.txt --at {DAY}",
            "verify notes.txt",
            f"fork notes.txt --on {DAY}",
            f"fork J --on {DAY} --with notes.txt",
            "export notes.txt out",
            "playlog notes.txt",
            "records notes.txt -o new",
            "redact notes.txt --match a",
            "backup notes.txt copy.db",
            "restore notes.txt new.db",
            "host checkerboard --config notes.toml",
            "handouts notes.toml --to new",
            "receipts list notes.txt",
            "backup changed.jsonl copy.db",
            "history folder",
            "noise notes.toml --out new.json",
            "debrief J --noise notes.txt",
        ],
    ),
    "an option that does not fit what it is about": (
        78,
        [
            "run checkerboard --bots XYZ=random",
            "trial checkerboard --bots XYZ=random",
            f"fork J --on {DAY} --bots XYZ=random",
            f"replay J --at {DAY} --as XYZ",
            "redact J --seat XYZ",
            "redact J --entry 1000000",
            "redact J --match zeppelin",
            f"fork J --on {DAY} --without zeppelin",
            f"fork J --on {DAY} --until {DAY}",
            "run checkerboard --until 1800-01-01",
            "replay J --at 1800-01-01",
            "replay J --serve --no-browser --as XYZ",
            "replay J --serve --no-browser --at 1800-01-01",
            "replay J J J J J --serve --no-browser",
            "threats J --on 1800-01-01",
            "threats checkerboard --on 1800-01-01",
            "fork J --on 1800-01-01",
            "host J --at 1800-01-01",
            "host checkerboard --host 0.0.0.0",
            "torture no-such-trial",
        ],
    ),
    "a file or name that is taken": (
        78,
        [
            "run checkerboard --journal notes.txt",
            "backup J notes.txt",
            "restore J notes.txt",
            "backup J J --force",
            "register predictions.toml --to notes.txt",
            "noise checkerboard --out notes.txt",
            "archive J taken.toml",
            "new scenario taken",
            "new scenario checkerboard",
            "new bot hedger",
            "debrief J --html notes.txt",
            f"fork J --on {DAY} --html notes.txt",
            "trial checkerboard --html notes.txt",
        ],
    ),
    "a place that cannot be written to": (
        74,
        [
            "run checkerboard --journal nodir/g.db",
            "host checkerboard --port 0 --data notes.txt",
            f"mcp {LINK} --keep notes.txt",
            "export J notes.txt",
            "backup J nodir/copy.db",
            "restore J nodir/new.db",
            "backup J folder",
            "tournament plan.toml --journals notes.txt",
            f"fork J --on {DAY} --journals notes.txt",
            "new scenario nodir/mine",
            "handouts checkerboard --to notes.txt",
            "records J -o notes.txt --every-seat",
            "debrief J --html nodir/page.html",
            f"fork J --on {DAY} --html nodir/page.html",
            "trial checkerboard --html nodir/page.html",
            "debrief J --html folder",
            "register predictions.toml --to nodir/new.toml",
            "register predictions.toml --to folder",
            "noise checkerboard --out nodir/new.json",
        ],
    ),
    "a check that failed": (
        1,
        [
            "verify changed.jsonl",
            "verify cut.jsonl",
            "debrief cut.jsonl",
            *READERS,
        ],
    ),
}
CASES = [(kind, code, line) for kind, (code, lines) in KINDS.items() for line in lines]
PLAN = """name = "cup"
seed = "1"
games = 1
scenarios = ["checkerboard"]
entrants = ["hedger", "balancer"]
years = 1
"""
PREDICTIONS = """by = "Ada"
scenario = "checkerboard"
sessions = 2

[[predictions]]
claim = "W3.1"
"""


@pytest.fixture(scope="module")
def places(journal: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the command lines name."""
    folder = tmp_path_factory.mktemp("places")
    (folder / "folder").mkdir()
    (folder / "notes.txt").write_text("notes")
    (folder / "notes.toml").write_text("notes = 1\n")
    (folder / "taken.toml").write_text("")
    (folder / "plan.toml").write_text(PLAN)
    (folder / "predictions.toml").write_text(PREDICTIONS)
    (folder / "J.db").write_bytes(journal.read_bytes())
    return folder


@pytest.fixture(scope="module")
def changed(places: Path) -> Path:
    """The folder, with an export of the journal in which one entry is not what it was."""
    assert _code(["export", str(places / "J.db"), str(places / "exported")]) == 0
    lines = (places / "exported" / "journal.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    lines[5] = lines[5].replace('"tick":', '"tick":1')
    (places / "changed.jsonl").write_text("".join(lines), encoding="utf-8")
    (places / "cut.jsonl").write_text("".join(lines[:5]), encoding="utf-8")
    shutil.copy(places / "J.db", places / "broken.db")
    with closing(sqlite3.connect(places / "broken.db")) as connection:
        connection.execute("DROP TRIGGER entries_stay")
        connection.execute(f"DELETE FROM entries WHERE sequence = {MISSING:d}")
        connection.commit()
        connection.execute("PRAGMA journal_mode = DELETE")
    return places


def _contents(folder: Path) -> list[str]:
    """What is in a folder. A lock stays: if it were deleted, two processes could each lock a file of that name."""
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")


def _code(arguments: list[str]) -> int:
    before, sys.argv = sys.argv, ["counterpoise", *arguments]
    try:
        main()
    except SystemExit as leaving:
        return int(leaving.code or 0)
    finally:
        sys.argv = before
    return 0


@pytest.mark.parametrize(("kind", "code", "line"), CASES, ids=[line for _, _, line in CASES])
def test_every_command_ends_with_the_code_of_the_kind_of_failure(
    changed: Path, kind: str, code: int, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(changed)
    before = _contents(changed)
    ended = _code(["J.db" if part == "J" else part for part in line.split()])
    said = capsys.readouterr()
    assert ended == code, (kind, said.err)
    assert said.err.strip()
    assert "Traceback" not in said.err
    assert _contents(changed) == before, "a command that fails leaves nothing behind"


@pytest.mark.parametrize("line", READERS)
def test_every_command_names_the_first_entry_that_is_missing(
    changed: Path, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(changed)
    assert _code(line.split()) == 1
    assert f"broken.db: entry {MISSING}: missing" in " ".join(capsys.readouterr().err.split())


def _every_error(root: type[CounterpoiseError] = CounterpoiseError) -> Iterator[type[CounterpoiseError]]:
    yield root
    for error in root.__subclasses__():
        yield from _every_error(error)


def test_the_readme_has_a_row_for_every_exit_code(repository: Path) -> None:
    text = (repository / "README.md").read_text(encoding="utf-8")
    documented = [int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)]
    raised = [error.exit_code for error in _every_error() if error.__module__ == errors.__name__]
    assert documented == sorted({0, 2, INTERRUPTED, *raised})
    assert {code for _, code, _ in CASES} == set(documented) - {0, 75, INTERRUPTED}


def test_every_command_appears_with_each_kind_of_failure_that_it_can_meet() -> None:
    met = {kind: {line.split()[0] for line in lines} for kind, (_, lines) in KINDS.items()}
    every = {command.name for command in COMMANDS}
    assert met["an option that does not exist"] == every
    assert met["an input that is missing"] == every - {"mcp", "scenarios", "torture"}, "only these read no input"
