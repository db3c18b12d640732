"""A journal is copied whole while a server plays it; a copy of its file alone is told from a whole one."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counterpoise.errors import JournalError
from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.store.journal_file import JournalFile

Command = Callable[..., "subprocess.CompletedProcess[str]"]
Run = Callable[..., str]


@pytest.fixture
def in_play(tmp_path: Path, checkerboard: str) -> Iterator[JournalFile]:
    """The journal of a session that is being played, of which the file by itself has the start only."""
    session = Session(scenario_text=checkerboard, seed="7", session_id="g", secret="secret")
    with JournalFile.create(tmp_path / "g.db") as journal:
        journal.append(session.take_entries())
        play(session, {}, until=200, after_stop=lambda running: journal.append(running.take_entries()))
        yield journal


def test_a_backup_of_a_journal_in_use_verifies_and_has_every_entry(
    in_play: JournalFile, run_here: Run, tmp_path: Path
) -> None:
    made = json.loads(run_here("backup", in_play.path, tmp_path / "copy.db", "--json"))
    count, head = in_play.head()
    assert made == {"journal": "g.db", "backup": "copy.db", "entries": count, "head": head}
    verified = json.loads(run_here("verify", tmp_path / "copy.db", "--json"))
    assert (verified["entries"], verified["head"]) == in_play.head()
    assert verified["lacks_log"] is False
    in_play.renew()  # the journal in use is as it was
    assert sorted(path.name for path in tmp_path.iterdir() if "g.db" not in path.name) == ["copy.db"]


def test_a_journal_without_entries_is_not_copied(counterpoise: Command, tmp_path: Path) -> None:
    JournalFile.create(tmp_path / "g.db").close()
    done = counterpoise("backup", tmp_path / "g.db", tmp_path / "copy.db")
    assert done.returncode == 65
    assert "g.db: no entries, so there is no game to copy" in " ".join(done.stderr.split())
    assert not (tmp_path / "copy.db").exists()


def test_verify_says_that_a_copy_of_the_file_alone_may_lack_its_end(
    in_play: JournalFile, run_here: Run, counterpoise: Command, tmp_path: Path
) -> None:
    alone = shutil.copy(in_play.path, tmp_path / "alone.db")
    verified = json.loads(run_here("verify", alone, "--json"))
    assert verified["lacks_log"] is True
    assert verified["entries"] < in_play.head()[0]
    for command in ("verify", "debrief"):
        done = counterpoise(command, alone)
        assert done.returncode == 0
        assert "its log, alone.db-wal, is not beside it" in " ".join(done.stderr.split())
    assert "is not beside it" not in counterpoise("verify", in_play.path).stderr


def test_a_backup_of_a_changed_journal_is_refused_and_replaces_no_older_one(
    in_play: JournalFile, run_here: Run, tmp_path: Path
) -> None:
    older = tmp_path / "copy.db"
    run_here("backup", in_play.path, older)
    kept = older.read_bytes()
    in_play._connection.execute("DROP TRIGGER entries_keep")
    in_play._connection.execute("UPDATE entries SET body = x'7b7d' WHERE sequence = 3")
    in_play._connection.commit()
    with pytest.raises(JournalError, match="entry 3"):
        run_here("backup", in_play.path, older, "--force")
    assert older.read_bytes() == kept


def test_a_json_document_that_is_no_export_is_not_called_one(tmp_path: Path, run_here: Run) -> None:
    (tmp_path / "debrief.json").write_text('{"title": "A debrief"}')
    with pytest.raises(JournalError, match="not a SQLite file; expected a counterpoise journal"):
        run_here("backup", tmp_path / "debrief.json", tmp_path / "copy.db")
