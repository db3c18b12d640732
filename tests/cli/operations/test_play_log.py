"""The play log from a served session to tables, through a purge, and tampering with it found by verify."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.server import Server
from counterpoise.torture.guest import Guest

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
async def journal(tmp_path: Path, checkerboard: str) -> Path:
    """The journal of a session in which Ada agreed and Ben did not, ended by its moderator."""
    data = tmp_path / "data"
    async with Server(ServerConfig(data_dir=data, port=0)) as server:
        links = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
        ada, ben, moderator = Guest(links.seats["ARD"]), Guest(links.seats["BEL"]), Guest(links.moderator)
        await ada.join(name="Ada Lovelace")
        await ben.join(name="Ben Nevis")
        await moderator.join()
        for guest, given in ((ada, True), (ben, False)):
            await guest.say("consent", given=given)
            await guest.hear("consent_mark")
        await moderator.command("start")
        await ada.hear("status", lambda one: one.phase == "running")
        await ada.order({"kind": "message", "to": ["BEL"], "text": "Hello"})
        await ada.hear("ack")
        await moderator.command("pause", reason="a fire drill")
        await ada.hear("status", lambda one: one.phase == "paused")
        await moderator.command("end")
        await ada.hear("status", lambda one: one.phase == "ended")
        for guest in (ada, ben, moderator):
            await guest.leave()
    return data / "s.db"


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_who_agreed_is_exported_and_purged_and_what_is_changed_is_found(
    counterpoise: Command, journal: Path, tmp_path: Path
) -> None:
    assert "The play log fits the journal" in counterpoise("verify", journal).stdout
    told = counterpoise("playlog", journal)
    assert told.returncode == 0, told.stderr
    assert "a fire drill" in told.stdout
    assert counterpoise("export", journal, tmp_path / "first").returncode == 0
    [ada] = [one for one in rows(tmp_path / "first", "participants") if one["client"] == "browser"]
    assert (ada["seats"], ada["orders"]) == ("ARD", "1")
    assert {one["participant"] for one in rows(tmp_path / "first", "events")} == {"", ada["participant"]}
    [session] = rows(tmp_path / "first", "sessions")
    assert (session["people"], session["agreed"], session["refused"], session["pauses"]) == ("2", "1", "1", "1")

    purge = ("purge", journal.parent, "--older-than", "0d", "--participant", ada["participant"], "--yes", "--json")
    report = json.loads(counterpoise(*purge).stdout)
    assert (report["sessions"][0]["what"], report["sessions"][0]["names"]) == ("participant", 1)
    verified = counterpoise("verify", journal)
    assert verified.returncode == 0
    assert f"{report['sessions'][0]['rows']} rows of the play log were purged" in verified.stdout
    assert b"Ada" not in journal.read_bytes()
    assert b"Ben" in journal.read_bytes()
    counterpoise("export", journal, tmp_path / "second")
    assert rows(tmp_path / "second", "participants") == []

    with sqlite3.connect(journal) as database:
        database.execute("DROP TRIGGER play_log_keep")
        database.execute(
            "UPDATE play_log SET body = CAST(replace(body, 'kind', 'kine') AS BLOB) WHERE length(body) > 0"
        )
    database.close()
    changed = counterpoise("verify", journal)
    assert changed.returncode == 1
    assert "does not match its commitment: it was changed" in changed.stdout
