"""A journal that this release cannot replay names the release that can, and its contents are still read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from counterpoise.cli.journals import write_journal
from counterpoise.errors import JournalError, RulesVersionError
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import Chain
from counterpoise.session.running_session import Session

Run = Callable[..., str]


@pytest.fixture
def relabelled(tmp_path: Path, checkerboard: str) -> Callable[..., Path]:
    """Writes a journal of two windows whose header names other versions; its chain is sound."""

    def write(**versions: int) -> Path:
        session = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="secret")
        play(session, {}, until=400)
        chain = Chain("secret")
        entries = [
            chain.entry(e.tick, e.kind, e.content() | versions if e.kind == "header" else e.content())
            for e in session.take_entries()
        ]
        write_journal(tmp_path / "other.jsonl", entries)
        return tmp_path / "other.jsonl"

    return write


@pytest.mark.parametrize(
    ("versions", "error", "advice"),
    [
        (
            {"rules_version": 3, "theory_version": 1, "format": 1},
            RulesVersionError,
            "No release replays rules version 3",
        ),
        ({"theory_version": 1}, RulesVersionError, "theory version 1; this release replays version 2. No release"),
        ({"theory_version": 999}, RulesVersionError, "upgrade counterpoise"),
        ({"rules_version": 999}, RulesVersionError, "upgrade counterpoise"),
        ({"format": 4}, JournalError, "this release reads 2 and 3. A release after"),
    ],
)
def test_the_error_says_which_release_replays_a_journal(
    run_here: Run, relabelled: Callable[..., Path], versions: dict[str, int], error: type[Exception], advice: str
) -> None:
    with pytest.raises(error, match=advice):
        run_here("verify", relabelled(**versions))


def test_a_journal_of_other_rules_is_still_debriefed(run_here: Run, relabelled: Callable[..., Path]) -> None:
    document = json.loads(run_here("debrief", relabelled(rules_version=3), "--draws", "0", "--json"))
    assert document["rules_version"] == 3
    assert document["decisions"]


def test_a_journal_of_other_rules_is_exported_without_what_only_a_replay_knows(
    run_here: Run, relabelled: Callable[..., Path], tmp_path: Path
) -> None:
    done = json.loads(run_here("export", relabelled(rules_version=3), tmp_path / "tables", "--json"))
    assert "alignments" not in done["tables"]
    assert done["tables"]["decisions"] > 0
    assert done["tables"]["incidents"] > 0
