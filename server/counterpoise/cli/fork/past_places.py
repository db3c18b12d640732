"""The snapshots of a journal's file that a fork starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from counterpoise.cli.journals import has_database, read_journal
from counterpoise.session.forks.moments import last_sound_past, past_at
from counterpoise.session.forks.shared_past import SharedPast
from counterpoise.session.journal.entries import Entry
from counterpoise.store.journal_file import JournalFile


@dataclass(frozen=True, slots=True)
class SnapshotPlace:
    """A snapshot of a journal, after so many entries."""

    journal: Path
    entries: int


def last_sound_snapshot(
    path: Path, entries: Sequence[Entry], tick: int, before: int
) -> tuple[SnapshotPlace, SharedPast] | None:
    """Return the last snapshot that a fork can start from, with the past in it; ``None`` if there is none.

    Args:
        path: the journal's file.
        entries: the journal.
        tick: the snapshot was taken at this tick or before it.
        before: the number of the first entry that the fork changes; the snapshot was taken before that entry.
    """
    if not has_database(path):
        return None
    with JournalFile.read_only(path, check=False) as journal:
        found = last_sound_past(entries, str(path), journal.snapshots, tick, before)
    return None if found is None else (SnapshotPlace(path, found[0]), found[1])


def past_in(start: SnapshotPlace) -> SharedPast:
    """Return the past in a snapshot that ``last_sound_snapshot`` has found."""
    entries = read_journal(start.journal)
    with JournalFile.read_only(start.journal, check=False) as journal:
        past = past_at(entries, str(start.journal), journal.snapshots, start.entries)
    assert past is not None, "last_sound_snapshot has returned this place"
    return past
