"""Journals of older rules: their release replays them, and this one still reads what they hold."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from counterpoise.errors import RulesVersionError

Run = Callable[..., str]
FORMAT_1 = Path(__file__).parent / "rules-4"
FORMAT_2 = Path(__file__).parent / "rules-4-format-2"
RULES_5 = Path(__file__).parent / "rules-5"
RELEASES = {FORMAT_1: "0.1.0", FORMAT_2: "0.2.0", RULES_5: "0.3.0"}
JOURNALS = sorted(path for folder in RELEASES for path in folder.glob("*.jsonl"))
COMMANDS = {
    "verify": (),
    "threats": ("--on", "1955-02-01"),
    "fork": ("--on", "1955-02-01", "--until", "1955-03-01", "--without", "injects[0]"),
}
WITH_MESSAGES, REDACTED = "checkerboard-with-messages.jsonl", "checkerboard-redacted.jsonl"
DEBRIEFED = ("checkerboard-with-messages", "middle-east-record")
WITHOUT_THE_WORLD = ("candidates", "decisions", "forecasts", "orders")
"""The tables that come from the journal alone. Alignments and scores come from a replayed world."""
ENTRY_NUMBER = "sequence"
"""The column that numbered orders, now ``entry``: in format 2 text entries take numbers too."""
RENAMED = {
    "candidates": {"id": "other", "threatened": "fear_of_top_threat"},
    "decisions": {
        "role": "actor_role",
        "threat_power": "relative_power",
        "threat_proximity": "proximity",
        "threat_offense": "offense",
        "threat_intentions": "intentions",
        "power": "own_power",
        "kind": "decision_kind",
        "class": "class_at_close",
        "war": "at_war",
    },
    "forecasts": {},
    "incidents": {"id": "incident", "kind": "incident_kind"},
    "orders": {"from": "sender", "kind": "order_kind", "id": "order"},
}
"""What the columns of the pinned tables are called now."""


def test_there_are_journals_of_every_older_release() -> None:
    assert {path.parent for path in JOURNALS} == set(RELEASES)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("journal", JOURNALS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_command_that_replays_names_the_release_that_can(run_in: Run, journal: Path, command: str) -> None:
    with pytest.raises(RulesVersionError, match=f"pip install counterpoise=={RELEASES[journal.parent]}"):
        run_in(journal.parent, command, journal.name, *COMMANDS[command])


@pytest.mark.parametrize("folder", [FORMAT_1, RULES_5], ids=lambda folder: folder.name)
@pytest.mark.parametrize("name", DEBRIEFED)
def test_a_debrief_holds_what_it_held_under_the_rules_of_its_time(run_in: Run, name: str, folder: Path) -> None:
    made = run_in(folder, "debrief", f"{name}.jsonl", "--draws", "4", "--json")
    assert made == (folder / "documents" / f"debrief-{name}.json").read_text("utf-8")


def test_the_debrief_of_a_redacted_journal_holds_the_numbers_of_the_same_game_in_format_1(run_in: Run) -> None:
    made = json.loads(run_in(FORMAT_2, "debrief", REDACTED, "--draws", "0", "--json"))
    other = json.loads(run_in(FORMAT_1, "debrief", WITH_MESSAGES, "--draws", "0", "--json"))
    assert (made.pop("counterpoise"), other.pop("counterpoise")) == ("0.2.0", "0.1.0")
    assert made == other


@pytest.mark.parametrize("folder", RELEASES, ids=lambda folder: folder.name)
def test_exported_tables_hold_what_they_held_under_the_rules_of_their_time(
    run_in: Run, tmp_path: Path, folder: Path
) -> None:
    run_in(folder, "export", WITH_MESSAGES, str(tmp_path))
    pinned = (RULES_5 if folder == RULES_5 else FORMAT_1) / "documents" / "tables-checkerboard-with-messages"
    for name in (*WITHOUT_THE_WORLD, "incidents"):
        made, held = (_rows(path / f"{name}.csv") for path in (tmp_path, pinned))
        columns = [column for column in held[0] if column != ENTRY_NUMBER]
        new_names = [RENAMED[name].get(column, column) for column in columns]
        told = [[row[column] for column in new_names] for row in made]
        assert told
        # Without a world incidents end with the last window.
        assert (
            told == [[row[column] for column in columns] for row in held][: len(told) if name == "incidents" else None]
        )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))
