"""Bring a session back from its journal after a restart: from the last sound snapshot and the entries after it."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from counterpoise.errors import CounterpoiseError, JournalError, StorageError
from counterpoise.session.journal.entries import Entry
from counterpoise.session.replay import header_of, replay, resume
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ServerSecrets
from counterpoise.session.session_snapshot import SessionState
from counterpoise.session.stored_snapshots import SnapshotSeries
from counterpoise.sim.types import ActorId
from counterpoise.store.journal import Journal, reaches_end
from counterpoise.store.shelf import Shelf

_log = logging.getLogger("counterpoise.gateway")


@dataclass(frozen=True, slots=True)
class RecoveredSession:
    """A session that is back where its journal ends."""

    session: Session
    snapshots: SnapshotSeries
    """Goes on with the snapshots of the journal."""
    asked: tuple[ActorId, ...] = ()
    """The seats whose orders at the current stop are in the journal."""
    replayed: int = 0
    """How many entries were played again."""


@dataclass(frozen=True, slots=True)
class EndedSession:
    """A session that has ended, as its journal's header tells."""

    id: str
    scenario: str
    """The scenario's id."""
    seed: str
    journal: str
    """The name of its journal on the shelf."""


def ended_session(shelf: Shelf, name: str) -> EndedSession | None:
    """Return the session of a journal that reaches its end; ``None`` if the game is not over.

    Only the header and the last entries are read; the rest of the journal is checked when the session is loaded.

    Raises:
        JournalError: it is no journal, or one that this release cannot replay.
        StorageError: it cannot be read.
    """
    with shelf.read(name) as journal, _faults_of(journal):
        if not reaches_end(journal):
            return None
        header = header_of([entry for entry in [journal.entry(0)] if entry is not None], journal.address)
    return EndedSession(header["session"], header["scenario"], header["seed"], name)


def recover(journal: Journal, *, secrets: ServerSecrets) -> RecoveredSession:
    """Recover a session. A snapshot that is damaged, or does not fit the journal, is deleted with those after it.

    Raises:
        JournalError: the journal itself is damaged, or this release cannot play it.
        StorageError: the journal cannot be read or written.
    """
    with _faults_of(journal):
        places = journal.snapshots.places()
    for place in reversed(places):
        try:
            with _faults_of(journal), _collection_paused():
                state = journal.snapshots.state_at(place)
                later = list(journal.entries(place))
                session = _resumed(journal, state, later, secrets)
        except StorageError:
            raise
        except CounterpoiseError as error:
            _log.warning("%s: the snapshot after %d entries is not used: %s", journal.address, place, error)
        else:
            journal.snapshots.delete_after(place)
            return RecoveredSession(session, SnapshotSeries(state), _seats_asked(later, session.now), len(later))
    with _faults_of(journal):
        entries = list(journal.entries())
        session = replay(entries, journal.address, streaming=True, secrets=secrets)
        asked = _seats_asked(entries, session.now)
    journal.snapshots.delete_after(0)
    return RecoveredSession(session, SnapshotSeries(), asked, len(entries))


def _resumed(journal: Journal, state: SessionState, later: list[Entry], secrets: ServerSecrets) -> Session:
    header = journal.entry(0)
    if header is None:
        raise JournalError(journal.address, "no entries: expected at least a header")
    return resume(
        header,
        journal.texts(state.entries),
        journal.evidence(state.entries),
        later,
        journal.address,
        state,
        streaming=True,
        secrets=secrets,
    )


@contextmanager
def _faults_of(journal: Journal) -> Iterator[None]:
    """Blame whatever fails while a journal is read on the journal: a hostile one must not stop the other sessions."""
    try:
        yield
    except CounterpoiseError:
        raise
    except Exception as error:
        if (fault := journal.fault(error)) is not None:
            raise fault from error
        _log.info("%s", journal.address, exc_info=error)
        problem = (
            f"it cannot be played again ({type(error).__name__}: {error}). Use an unchanged copy, or move it away."
        )
        raise JournalError(journal.address, problem) from error


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Pause the garbage collection: a snapshot makes many objects that stay, and searching them takes half of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _seats_asked(entries: list[Entry], now: int) -> tuple[ActorId, ...]:
    """Return the seats whose orders at the current stop are in the journal."""
    seats = (
        entry.content()["seat"]
        for entry in entries
        if entry.kind == "order" and entry.tick == now and not entry.is_redacted
    )
    return tuple(ActorId(seat) for seat in dict.fromkeys(seats))
