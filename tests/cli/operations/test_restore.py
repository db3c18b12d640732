"""A journal comes back from a copy whole, verified, and never over another; a drill shows that it would."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.server import Server
from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.store.journal_file import JournalFile

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def played(checkerboard: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the journal ``live.db`` of a session, and ``copy.db``, a copy of an earlier time."""
    folder = tmp_path_factory.mktemp("played")
    session = Session(scenario_text=checkerboard, seed="7", session_id="evening", secret="secret")
    with JournalFile.create(folder / "live.db") as journal:
        journal.append(session.take_entries())
        play(session, {}, until=200, after_stop=lambda running: journal.append(running.take_entries()))
        journal.copy_to(folder / "copy.db")
        play(session, {}, until=400, after_stop=lambda running: journal.append(running.take_entries()))
    return folder


def test_a_drill_starts_the_session_of_a_copy_compares_the_heads_and_keeps_nothing(
    counterpoise: Command, played: Path
) -> None:
    before = sorted(played.iterdir())
    done = counterpoise("restore", played / "copy.db", "--drill", "--journal", played / "live.db", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    with JournalFile.read_only(played / "copy.db") as copy, JournalFile.read_only(played / "live.db") as live:
        assert (report["entries"], report["head"]) == copy.head()
        assert report["missing"] == live.head()[0] - copy.head()[0] > 0
    assert (report["restored"], report["session"], report["phase"]) == (None, "evening", "running")
    assert report["seconds"] > 0
    assert sorted(played.iterdir()) == before
    said = counterpoise("restore", played / "copy.db", "--drill").stdout
    assert "the heads are equal. Nothing was kept." in said


async def test_a_server_resumes_what_was_restored(counterpoise: Command, played: Path, tmp_path: Path) -> None:
    done = counterpoise("restore", played / "copy.db", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "freezes the session" in done.stdout
    assert "There is no server.key in this folder" in done.stdout
    with JournalFile.read_only(played / "copy.db") as copy, JournalFile.read_only(tmp_path / "evening.db") as back:
        assert list(back.entries()) == list(copy.entries())
    assert (tmp_path / "evening.db").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["evening.db"]
    async with Server(ServerConfig(data_dir=tmp_path, port=0)) as server:
        assert list(server.hub.rooms) == ["evening"]
        live = counterpoise("restore", tmp_path / "evening.db", "--drill")
        assert live.returncode == 0, live.stderr
        assert "the heads are equal" in live.stdout


def test_a_data_folder_that_is_missing_is_made_so_that_a_server_finds_the_journal(
    counterpoise: Command, played: Path, tmp_path: Path
) -> None:
    done = counterpoise("restore", played / "copy.db", tmp_path / "games")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "games").iterdir()] == ["evening.db"]
    assert (tmp_path / "games").stat().st_mode & 0o777 == 0o700
    refused = counterpoise("restore", played / "copy.db", tmp_path / "no" / "games")
    assert (refused.returncode, "cannot make this data folder (No such file or directory)" in refused.stderr) == (
        74,
        True,
    )
    (tmp_path / "notes").write_text("mine")
    taken = counterpoise("restore", played / "copy.db", tmp_path / "notes")
    assert (taken.returncode, (tmp_path / "notes").read_text()) == (78, "mine")


def test_restore_replaces_nothing(counterpoise: Command, played: Path, tmp_path: Path) -> None:
    for name in ("evening.db", "evening.db-wal"):
        (tmp_path / name).write_text("mine")
        done = counterpoise("restore", played / "copy.db", tmp_path)
        assert done.returncode == 78
        assert f"{name} exists already, and restore replaces nothing" in done.stderr
        assert (tmp_path / name).read_text() == "mine"
        (tmp_path / name).unlink()
    shutil.copy(played / "live.db", tmp_path / "other.db")
    done = counterpoise("restore", played / "copy.db", tmp_path / "evening.db")
    assert done.returncode == 78
    assert "other.db is a journal of the session evening already" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["other.db"]


def test_a_copy_that_does_not_replay_is_not_restored(counterpoise: Command, played: Path, tmp_path: Path) -> None:
    bad = shutil.copy(played / "copy.db", tmp_path / "bad.db")
    with sqlite3.connect(bad) as database:
        database.execute("DROP TRIGGER entries_keep")
        database.execute("UPDATE entries SET body = x'7b7d' WHERE sequence = 3")
    database.close()
    (tmp_path / "new").mkdir()
    for target in (tmp_path / "new", "--drill"):
        done = counterpoise("restore", bad, target)
        assert done.returncode == 1
        assert "entry 3" in done.stderr
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["bad.db", "new"]


def test_a_copy_of_another_journal_is_told_from_an_older_one(
    counterpoise: Command, played: Path, tmp_path: Path, checkerboard: str
) -> None:
    other = Session(scenario_text=checkerboard, seed="8", session_id="evening", secret="secret")
    with JournalFile.create(tmp_path / "other.db") as journal:
        journal.append(other.take_entries())
    done = counterpoise("restore", played / "copy.db", "--drill", "--journal", tmp_path / "other.db")
    assert done.returncode == 1
    assert "one is not a copy of the other" in done.stderr
    done = counterpoise("restore", played / "live.db", "--drill", "--journal", played / "copy.db", "--json")
    assert json.loads(done.stdout)["missing"] == 0


@pytest.mark.parametrize("arguments", [(), ("--drill", "back.db")], ids=["neither", "both"])
def test_restore_wants_a_target_or_a_drill(counterpoise: Command, played: Path, arguments: tuple[str, ...]) -> None:
    done = counterpoise("restore", played / "copy.db", *arguments)
    assert done.returncode == 2
    assert "--drill" in done.stderr


def test_a_copy_is_restored_into_a_database_and_backed_up_from_there(
    counterpoise: Command, played: Path, tmp_path: Path, database: str
) -> None:
    done = counterpoise("restore", played / "copy.db", database)
    assert done.returncode == 0, done.stderr
    assert f"restored {database}#evening from copy.db" in done.stdout
    again = counterpoise("restore", played / "copy.db", database)
    assert again.returncode == 78
    assert "evening exists already, and restore replaces nothing" in again.stderr
    back = counterpoise("backup", f"{database}#evening", tmp_path / "back.db", "--json")
    assert json.loads(back.stdout)["journal"] == "evening"
    with JournalFile.read_only(played / "copy.db") as copy, JournalFile.read_only(tmp_path / "back.db") as journal:
        assert list(journal.entries()) == list(copy.entries())
        assert journal.facts() == copy.facts()
    assert counterpoise("verify", tmp_path / "back.db").returncode == 0
