"""Journals of rules version 4 in format 2: the orders of a format 1 journal, with texts in entries of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., str]
FOLDER = Path(__file__).parent / "rules-4-format-2"
FORMAT_1 = Path(__file__).parent / "rules-4"
JOURNALS = sorted(path.name for path in FOLDER.glob("*.jsonl"))
WHOLE, REDACTED = "checkerboard-with-messages.jsonl", "checkerboard-redacted.jsonl"


@pytest.mark.parametrize("name", JOURNALS)
def test_a_journal_of_format_2_still_verifies(run_in: Run, name: str) -> None:
    assert "verified" in run_in(FOLDER, "verify", name)


def test_the_debrief_of_a_redacted_journal_holds_the_numbers_of_the_same_game_in_format_1(run_in: Run) -> None:
    made = json.loads(run_in(FOLDER, "debrief", REDACTED, "--draws", "0", "--json"))
    pinned = json.loads(run_in(FORMAT_1, "debrief", WHOLE, "--draws", "0", "--json"))
    assert made.pop("counterpoise") == "0.2.0"
    assert pinned.pop("counterpoise") == "0.1.0"
    assert made == pinned


def test_tables_hold_what_they_hold_in_format_1_with_texts_where_they_were_not_erased(
    run_in: Run, tmp_path: Path
) -> None:
    run_in(FOLDER, "export", WHOLE, str(tmp_path / "whole"))
    run_in(FOLDER, "export", REDACTED, str(tmp_path / "redacted"))
    pinned = sorted((FORMAT_1 / "documents" / "tables-checkerboard-with-messages").glob("*.csv"))
    assert pinned
    for path in pinned:
        whole = (tmp_path / "whole" / path.name).read_text("utf-8")
        redacted = (tmp_path / "redacted" / path.name).read_text("utf-8")
        assert _without_numbers(path.name, whole) == _without_numbers(path.name, path.read_text("utf-8")), path.name
        assert ("[redacted]" in redacted) == (path.name in ("incidents.csv", "orders.csv")), path.name
        assert len(redacted.splitlines()) == len(whole.splitlines())


def _without_numbers(name: str, table: str) -> list[str]:
    """Drop the entry numbers of the table of orders: text entries take numbers too."""
    return [line.partition(",")[2] if name == "orders.csv" else line for line in table.splitlines()]
