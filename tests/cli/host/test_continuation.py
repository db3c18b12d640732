"""``host JOURNAL --at`` starts from a snapshot of the journal and gets the session that playing the whole past gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from counterpoise.cli.host.continuation import moment_of
from counterpoise.cli.journals import replay_to
from counterpoise.session.forking import Listeners
from counterpoise.session.forks.continuation import JournalMoment, continued_session
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import Entry
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import JournalSettings, ServerSecrets
from counterpoise.session.session_snapshot import GrowthCounts, encode_state
from counterpoise.session.stored_snapshots import SnapshotSeries
from counterpoise.sim.digest import digest
from counterpoise.store.journal_file import JournalFile
from counterpoise.wire.messages import ForecastNews, IncidentNews
from counterpoise_clients import roster


@pytest.fixture(scope="module", params=[False, True], ids=["played", "hosted"])
def stored(request: pytest.FixtureRequest, checkerboard: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal of a lively game with its snapshots: of one that nobody listened to, and of one with numbered messages."""
    session = Session(
        scenario_text=checkerboard,
        seed="3",
        session_id="g",
        secret="secret",
        streaming=request.param,
        journal=JournalSettings(secrets=ServerSecrets(salts())),
    )
    path, series = tmp_path_factory.mktemp("stored") / "g.db", SnapshotSeries(every=10)
    with JournalFile.create(path) as journal:

        def keep(running: Session) -> None:
            written = running.take_entries()
            running.take_outputs()
            journal.append(written, series.due(running, written))

        play(session, {seat: roster.load_bot("random")(seat) for seat in session.seats}, after_stop=keep)
    return path


def salts() -> Callable[[], bytes]:
    """Salts that are the same on every call of this function, so that two journals can be equal byte for byte."""
    numbers = count(1)
    return lambda: next(numbers).to_bytes(16, "big")


def begun(moment: JournalMoment) -> tuple[Session, list[Entry]]:
    """The session that goes on from a moment, and the entries that it begins with."""
    session = continued_session(moment, "branch", "chance", Listeners("hidden", ServerSecrets(salts())), paused=True)
    return session, session.take_entries()


@pytest.mark.parametrize("at", ["1901-01-01", "1902-03-05", "1902-07-01", "5", "1904-11-30"])
def test_a_session_from_a_snapshot_equals_one_whose_whole_past_was_played(stored: Path, at: str) -> None:
    moment, _ = moment_of(stored, at)
    quick, entries = begun(moment)
    whole, expected = begun(replace(moment, past=None))
    assert (moment.past is None) == (at == "1901-01-01")
    assert entries == expected
    assert {entry.kind for entry in entries} >= {"header", "command"}
    assert encode_state(quick.state(GrowthCounts())) == encode_state(whole.state(GrowthCounts()))
    quick.take_outputs()
    again = replay(entries, "branch.db", streaming=True, secrets=ServerSecrets(salts()))
    again.take_outputs()
    assert again.take_entries() == []
    assert again.snapshot() == quick.snapshot(), "a server that restarts gives every message its number again"


def test_a_snapshot_of_the_new_session_agrees_with_its_journal(stored: Path, tmp_path: Path) -> None:
    moment, _ = moment_of(stored, "5")
    session, entries = begun(moment)
    session.take_outputs()
    with JournalFile.create(tmp_path / "branch.db") as journal:
        journal.append(entries, SnapshotSeries().take(session))
    restored, trusted = replay_to(entries, tmp_path / "branch.db", session.now)
    assert trusted == len(entries)
    assert digest(restored.simulation.world) == digest(session.simulation.world)


def test_the_digests_are_those_of_the_journal(stored: Path) -> None:
    moment, _ = moment_of(stored, "1903-04-02")
    _, entries = begun(moment)
    digests = [(entry.tick, entry.body) for entry in entries if entry.kind == "digest"]
    known = [
        (entry.tick, entry.body) for entry in moment.entries if entry.kind == "digest" and entry.tick <= moment.tick
    ]
    assert digests == known
    assert len(digests) == 5


def test_the_last_snapshot_before_the_first_input_of_the_day_is_used(stored: Path) -> None:
    with JournalFile.read_only(stored) as journal:
        places = journal.snapshots.places()
    moment, _ = moment_of(stored, "1904-11-30")
    assert moment.past is not None
    before = [place for place in places if moment.entries[place - 1].tick <= moment.tick]
    assert len(moment.past.entries) == before[-1]
    assert not [entry for entry in moment.past.entries if entry.kind == "order" and entry.tick >= moment.tick]


def test_those_who_join_are_sent_the_latest_incidents_and_forecasts(stored: Path) -> None:
    moment, _ = moment_of(stored, "1902-07-01")
    session, _ = begun(moment)
    sent = [message for address, message in session.take_outputs() if address == "moderator"]
    assert [message.vseq for message in sent] == list(range(1, len(sent) + 1))
    world = session.simulation.world
    news = [message.incident["id"] for message in sent if isinstance(message, IncidentNews)]
    assert news == [incident.id for incident in world.incidents[-200:]]
    assert [message.window for message in sent if isinstance(message, ForecastNews)] == [session.window]
