"""A person is purged from a session and from the class, whose other people stay."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from counterpoise.gateway.classes.class_service import NewClass
from counterpoise.gateway.classes.moderation import carry_out
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.store.class_book import FILE_NAME, ClassBook
from counterpoise.torture.guest import Guest
from counterpoise.wire.class_messages import Assign

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
async def journal(tmp_path: Path, checkerboard: str) -> Path:
    """The first of two worlds of a class, both ended: Ada and Ben shared a seat and agreed, then Ben moved to the second."""
    data = tmp_path / "data"
    async with Server(ServerConfig(data_dir=data, port=0)) as server:
        pace = Pace(window_seconds=600.0, call_seconds=600.0)
        new = NewClass("T", checkerboard, "checkerboard.toml", worlds=2, seed="7", pace=pace)
        live = await server.classes.create(new)
        ids = iter(f"{number:032x}" for number in range(9))
        people = [
            (await server.classes.enter(live, name, f"{name[:3]}-4711"))[0] for name in ("Ada Lovelace", "Ben Nevis")
        ]
        sessions = []
        for person, world in ((people[0], "A"), (people[1], "A"), (people[1], "B")):
            await carry_out(live, Assign(next(ids), person.id, world, "ARD"))
            _, session, token = await live.take_seat(person.id)
            sessions.append(session)
            guest = Guest(f"{server.local_url}/j/{session}#{token}")
            await guest.join(name=person.name)
            await guest.say("consent", given=True)
            await guest.hear("consent_mark")
            await guest.leave()
        for kind in ("start", "end"):
            await live.command([], {"kind": kind}, lambda: next(ids))
    return data / f"{sessions[0]}.db"


def participants(counterpoise: Command, journal: Path, to: Path) -> dict[str, str]:
    """Return the pseudonym of each participant with a seat, by role."""
    assert counterpoise("export", journal, to).returncode == 0
    with (to / "participants.csv").open(newline="") as file:
        return {row["role"]: row["participant"] for row in csv.DictReader(file) if row["seats"] == "ARD"}


def test_a_person_of_a_class_is_purged_there_too(counterpoise: Command, journal: Path, tmp_path: Path) -> None:
    book = ClassBook(journal.parent)
    known = participants(counterpoise, journal, tmp_path / "first")
    other = journal.with_name(journal.name.replace("-a.", "-b."))
    assert participants(counterpoise, other, tmp_path / "other") == {"player": known["team"]}, (
        "one person, one pseudonym"
    )
    purge = ("purge", journal.parent, "--older-than", "0d", "--json", "--participant")
    listed = json.loads(counterpoise(*purge, known["team"]).stdout)
    assert (listed["purged"], [one["people"] for one in listed["sessions"]]) == (False, [0, 1])
    assert [one.name for one in book.load()[0].people.values()] == ["Ada Lovelace", "Ben Nevis"]

    done = json.loads(counterpoise(*purge, known["team"], "--yes").stdout)
    assert [(one["what"], one["people"]) for one in done["sessions"]] == [("participant", 0), ("participant", 1)]
    assert [one.name for one in book.load()[0].people.values()] == ["Ada Lovelace"]
    book.close()
    for file in (journal, other, journal.parent / FILE_NAME):
        assert b"Ben" not in file.read_bytes(), file.name
        assert known["team"].encode() not in file.read_bytes(), file.name
        assert (b"Ada" in file.read_bytes()) == (file != other), file.name
    assert set(participants(counterpoise, journal, tmp_path / "second")) == {"player"}
    assert json.loads(counterpoise(*purge, known["team"], "--yes").stdout)["sessions"] == []


async def test_a_server_that_runs_keeps_its_classes(counterpoise: Command, journal: Path, tmp_path: Path) -> None:
    known = participants(counterpoise, journal, tmp_path / "first")
    async with Server(ServerConfig(data_dir=journal.parent, port=0)) as server:
        done = counterpoise("purge", journal.parent, "--older-than", "0d", "--participant", known["player"], "--yes")
        assert done.returncode == 75
        assert f"kept: {journal.name}" in done.stderr
        [live] = server.classes.all
        assert [one.name for one in live.room.people.values()] == ["Ada Lovelace", "Ben Nevis"]
    assert b"Ada" in journal.read_bytes()
