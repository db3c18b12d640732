"""Journals of rules version 6: today's commands replay them and make the documents that the release of their time made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from write_golden import DOCUMENTS, TABLES_OF

Run = Callable[..., str]
FOLDER = Path(__file__).parent / "rules-6"
JOURNALS = sorted(path.name for path in FOLDER.glob("*.jsonl"))


@pytest.mark.parametrize("name", JOURNALS)
def test_a_journal_of_rules_6_verifies(run_in: Run, name: str) -> None:
    assert "verified" in run_in(FOLDER, "verify", name)


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_a_document_holds_what_it_held_under_rules_6(
    run_in: Run, without_keys: Callable[[str], str], name: str
) -> None:
    made = run_in(FOLDER, *DOCUMENTS[name], "--json")
    assert without_keys(made) == without_keys((FOLDER / "documents" / f"{name}.json").read_text("utf-8"))


def test_exported_tables_hold_what_they_held_under_rules_6(run_in: Run, tmp_path: Path) -> None:
    run_in(FOLDER, "export", f"{TABLES_OF}.jsonl", str(tmp_path))
    pinned = sorted((FOLDER / "documents" / f"tables-{TABLES_OF}").glob("*.csv"))
    assert pinned
    for path in pinned:
        assert (tmp_path / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), path.name


def test_the_journals_hold_messages_and_void_orders() -> None:
    assert '"kind":"text"' in (FOLDER / "checkerboard-with-messages.jsonl").read_text(encoding="utf-8")
    assert "order_void" in (FOLDER / "checkerboard-with-void-orders.jsonl").read_text(encoding="utf-8")
