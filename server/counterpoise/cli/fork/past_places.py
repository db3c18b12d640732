"""The snapshots of a journal that a fork starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from counterpoise.cli.journals import read_journal, snapshot_places
from counterpoise.errors import SnapshotError
from counterpoise.session.forks.shared_past import SharedPast, past_at_snapshot
from counterpoise.session.journal.entries import Entry
from counterpoise.sim.reading.scenario_text import parse_scenario
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
    for place in reversed(snapshot_places(path)):
        if place > min(before, len(entries)) or entries[place - 1].tick > tick:
            continue
        try:
            past = _past_at(path, entries, place)
        except SnapshotError:
            continue
        return None if past is None else (SnapshotPlace(path, place), past)
    return None


def past_in(start: SnapshotPlace) -> SharedPast:
    """Return the past in a snapshot that ``last_sound_snapshot`` has found."""
    past = _past_at(start.journal, read_journal(start.journal), start.entries)
    assert past is not None, "last_sound_snapshot has returned this place"
    return past


def _past_at(path: Path, entries: Sequence[Entry], place: int) -> SharedPast | None:
    with JournalFile.read_only(path, check=False) as journal:
        state = journal.snapshots.state_at(place)
    scenario = parse_scenario(entries[0].content()["scenario_text"], str(path))
    return past_at_snapshot(entries, str(path), state, scenario)
