"""Journals of rules version 4: today's commands read them and make the documents that the release of their time made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., str]
FOLDER = Path(__file__).parent / "rules-4"
DOCUMENTS = FOLDER / "documents"
JOURNALS = sorted(path.name for path in FOLDER.glob("*.jsonl"))
COMMANDS = {
    "debrief-checkerboard-with-messages": ["debrief", "checkerboard-with-messages.jsonl", "--draws", "4"],
    "debrief-middle-east-record": ["debrief", "middle-east-record.jsonl", "--draws", "4"],
    "fork-checkerboard": [
        *("fork", "checkerboard.jsonl", "--on", "1902-01-01", "--until", "1902-06-01"),
        *("--seeds", "2", "--jobs", "1", "--without", "injects[5]"),
    ],
    "threats-checkerboard": ["threats", "checkerboard.jsonl", "--on", "1901-06-01"],
    "tournament-cup": ["tournament", "cup.toml"],
}


@pytest.mark.parametrize("name", JOURNALS)
def test_a_journal_of_rules_4_still_verifies(run_in: Run, name: str) -> None:
    assert "verified" in run_in(FOLDER, "verify", name)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_document_holds_what_it_held_under_rules_4(
    run_in: Run, without_keys: Callable[[str], str], name: str
) -> None:
    made = run_in(FOLDER, *COMMANDS[name], "--json")
    assert without_keys(made) == without_keys((DOCUMENTS / f"{name}.json").read_text("utf-8"))


def test_exported_tables_hold_what_they_held_under_rules_4(run_in: Run, tmp_path: Path) -> None:
    run_in(FOLDER, "export", "checkerboard-with-messages.jsonl", str(tmp_path))
    pinned = sorted((DOCUMENTS / "tables-checkerboard-with-messages").glob("*.csv"))
    assert pinned
    for path in pinned:
        assert (tmp_path / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), path.name
