"""Verify a journal in segments, from one snapshot to the next, in parallel processes.

A snapshot proves nothing by itself: it counts only after the segment before it was replayed and ended in the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from itertools import islice, pairwise
from pathlib import Path

import msgspec

from counterpoise.cli.worker_processes import process_pool
from counterpoise.errors import JournalError, SnapshotError
from counterpoise.session.replay import replay, resume
from counterpoise.session.running_session import Session
from counterpoise.session.session_snapshot import SessionState, encode_state
from counterpoise.session.stored_snapshots import SnapshotSeries, StoredSnapshot
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.snapshot_table import SnapshotTable
from counterpoise.wire.messages import Phase

SEGMENTS_PER_PROCESS = 2
"""Restoring a snapshot costs as much as replaying some windows, so segments are few; years differ, so there are several."""


class ReplayedSegment(msgspec.Struct, frozen=True):
    """Where a segment ended, after every entry of it was compared."""

    tick: int
    phase: Phase
    ends_in_snapshot: bool
    """Whether the state at its end is the snapshot that the journal has there."""


class ReplayedJournal(msgspec.Struct, frozen=True):
    """Where a journal ended, after every entry was compared."""

    tick: int
    phase: Phase
    bad_snapshots: list[int]
    """After how many entries there is a snapshot that is not the state there. The entries are sound nonetheless."""


def replay_in_segments(
    path: Path, places: list[int], count: int, jobs: int, show: Callable[[int], None]
) -> ReplayedJournal:
    """Replay a journal in segments and compare every entry.

    Args:
        path: the journal's file.
        places: after how many entries its snapshots were taken; at least one.
        count: how many entries it has.
        jobs: how many processes to use.
        show: called with the tick that the proven part has reached.

    Raises:
        JournalError: the first entry that does not fit, as ``replay`` raises it.
    """
    bounds = list(pairwise([0, *_chosen(places, count, SEGMENTS_PER_PROCESS * jobs), count]))
    proven, bad = 0, list[int]()
    reached = ReplayedSegment(0, "lobby", ends_in_snapshot=False)
    with process_pool(min(jobs, len(bounds))) as pool:
        tasks: dict[int, Future[ReplayedSegment]] = {}
        if pool is not None:
            tasks = {start: pool.submit(replay_segment, path, start, end) for start, end in bounds}
        for start, end in bounds:
            # Where the snapshot at the start was not proven, its segment is replayed from the last proven one.
            at_hand = tasks.get(start) if start == proven else None
            reached = replay_segment(path, proven, end) if at_hand is None else at_hand.result()
            if reached.ends_in_snapshot:
                proven = end
            elif end in places:
                bad.append(end)
            show(reached.tick)
    return ReplayedJournal(reached.tick, reached.phase, bad)


def replay_segment(path: Path, start: int, end: int) -> ReplayedSegment:
    """Replay a journal's entries from the snapshot after ``start`` of them up to number ``end``, and compare every entry."""
    with JournalFile.read_only(path, check=False) as journal:
        entries = list(islice(journal.entries(start), end - start))
        expected = journal.snapshots.find(end)
        state: SessionState | None = None
        if start == 0:
            session = replay(entries, str(path), streaming=_has_messages(expected))
        else:
            header = journal.entry(0)
            if header is None:
                raise JournalError(str(path), "no entries: expected at least a header")
            state = journal.snapshots.state_at(start)
            session = resume(
                header,
                journal.texts(start),
                journal.digest_before(start),
                entries,
                str(path),
                state,
                streaming=bool(state.counts.receipts),
            )
        ends_in_snapshot = expected is not None and _ends_in(session, state, expected, journal.snapshots)
        return ReplayedSegment(session.now, session.phase, ends_in_snapshot)


def _has_messages(snapshot: StoredSnapshot | None) -> bool:
    """Tell whether the session of a snapshot numbered messages, as one with players does."""
    try:
        return snapshot is not None and bool(snapshot.unpacked().counts.receipts)
    except SnapshotError:
        return False


def _ends_in(session: Session, state: SessionState | None, expected: StoredSnapshot, snapshots: SnapshotTable) -> bool:
    """Tell whether a session stands in the state of a snapshot; ``state`` is where its segment started."""
    if session.take_entries():
        return False
    made = SnapshotSeries(state).take(session)
    try:
        grown = snapshots.growth_between(0 if state is None else state.entries, expected.entries)
        return made.state.raw() == expected.state.raw() and made.growth.raw() == encode_state(grown)
    except SnapshotError:
        return False


def _chosen(places: list[int], count: int, segments: int) -> list[int]:
    """Return the snapshots that divide a journal into so many segments of about equal length, or into fewer."""
    wanted = [count * number // segments for number in range(1, segments)]
    near = (min(places, key=lambda place: abs(place - target)) for target in wanted)
    return sorted(dict.fromkeys(place for place in near if place < count))
