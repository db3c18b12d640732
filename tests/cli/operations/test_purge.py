"""Sessions that ended long ago are deleted, or lose their texts; a line of record stays, and other sessions too."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.server import Server
from counterpoise.gateway.signing.server_key import ServerKey
from counterpoise.session.commands import SERVER, End, Start, local_id
from counterpoise.session.proofs.checkpoints import write_checkpoint
from counterpoise.session.running_session import Session
from counterpoise.sim.moves.message import Message
from counterpoise.sim.types import ActorId
from counterpoise.store.fact_table import ENDED_AT
from counterpoise.store.journal_file import JournalFile

Command = Callable[..., "subprocess.CompletedProcess[str]"]
TEXT, NAME = "Ask Ada Lovelace about the bridge", "Ada Lovelace"


@pytest.fixture
def folder(tmp_path: Path, checkerboard: str) -> Path:
    """A data folder with three signed sessions: one ended a year ago, one ended now, and one has not ended."""
    key = ServerKey(Ed25519PrivateKey.generate(), lambda: b"0" * 16)

    def played(name: str, *, ended: bool, days_ago: float = 0) -> None:
        session = Session(scenario_text=checkerboard, seed="7", session_id=name, secret="secret", streaming=True)
        session.command(SERVER, local_id(name, SERVER, 0), Start())
        session.submit(ActorId("ARD"), "a" * 32, 0, Message(to=(ActorId("BEL"),), text=TEXT))
        if ended:
            session.command(SERVER, local_id(name, SERVER, 1), End())
        write_checkpoint(session, key, key.salt())
        with JournalFile.create(tmp_path / f"{name}.db") as journal:
            journal.append(session.take_entries())
            journal.tokens.claim(journal.tokens.issue("player", "ARD"), NAME)
            if days_ago:
                journal.note(ENDED_AT, str(time.time() - days_ago * 86_400))
        (tmp_path / f"{name}.links").write_text("links")

    played("old", ended=True, days_ago=365)
    played("new", ended=True)
    played("running", ended=False)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_without_yes_old_sessions_are_listed_and_nothing_changes(counterpoise: Command, folder: Path) -> None:
    before = contents(folder)
    done = counterpoise("purge", folder, "--older-than", "180d")
    assert done.returncode == 0
    assert "old (checkerboard, ended " in done.stdout
    assert "the whole session" in done.stdout
    assert "1 session that ended at least 180 days ago. Nothing was purged: add --yes to purge." in done.stdout
    assert contents(folder) == before


def test_an_old_session_is_deleted_and_a_record_that_names_nobody_stays(counterpoise: Command, folder: Path) -> None:
    with JournalFile.read_only(folder / "old.db") as journal:
        count, head = journal.head()
    kept = {name: data for name, data in contents(folder).items() if not name.startswith("old")}
    report = json.loads(counterpoise("purge", folder, "--older-than", "180d", "--yes", "--json").stdout)
    assert [one["session"] for one in report["sessions"]] == ["old"]
    after = contents(folder)
    record = after.pop("purged.jsonl")
    assert after == kept
    assert (folder / "purged.jsonl").stat().st_mode & 0o777 == 0o600
    line = json.loads(record)
    assert (line["purged"]["entries"], line["purged"]["head"], line["purged"]["what"]) == (count, head, "deleted")
    assert NAME.encode() not in record
    assert "nothing to purge" in counterpoise("purge", folder, "--older-than", "180d", "--yes").stdout


def test_retention_of_texts_erases_words_and_names_and_keeps_a_game_that_verifies(
    counterpoise: Command, folder: Path
) -> None:
    done = counterpoise("purge", folder, "--older-than", "180d", "--texts", "--yes")
    assert done.returncode == 0, done.stderr
    assert "1 text and 1 name" in done.stdout
    data = (folder / "old.db").read_bytes()
    assert b"Lovelace" not in data
    assert b"Lovelace" in (folder / "new.db").read_bytes()
    assert json.loads(counterpoise("verify", folder / "old.db", "--json").stdout)["erased_texts"] == 1
    assert not (folder / "old.links").exists()
    again = counterpoise("purge", folder, "--older-than", "180d", "--texts")
    assert "nothing to purge" in again.stdout


async def test_purge_runs_beside_a_server_and_leaves_a_session_that_it_has_open(
    counterpoise: Command, folder: Path
) -> None:
    async with Server(ServerConfig(data_dir=folder, port=0)) as server:
        await server.hub.room("new")
        done = counterpoise("purge", folder, "--older-than", "0d", "--yes")
        assert done.returncode == 75
        assert "kept: new.db: in use by another process" in done.stderr
        assert sorted(path.name for path in folder.glob("*.db")) == ["new.db", "running.db"]
        assert server.hub.is_ready


def test_a_file_that_is_no_journal_stays_and_is_named(counterpoise: Command, folder: Path) -> None:
    (folder / "notes.db").write_text("mine")
    done = counterpoise("purge", folder, "--older-than", "180d", "--yes")
    assert done.returncode == 65
    assert "kept: notes.db: not a SQLite file" in done.stderr
    assert (folder / "notes.db").read_text() == "mine"
    assert not (folder / "old.db").exists()


@pytest.mark.parametrize("age", ["180", "-1d", "soon", "99999d"])
def test_an_age_is_a_number_of_days(counterpoise: Command, tmp_path: Path, age: str) -> None:
    done = counterpoise("purge", tmp_path, f"--older-than={age}", "--yes")
    assert done.returncode == 2
    assert "such as 180d" in done.stderr
