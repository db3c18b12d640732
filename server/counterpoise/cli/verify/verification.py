"""Verify a journal in segments, from one snapshot to the next, in parallel processes.

A snapshot proves nothing by itself: it counts only after the segment before it was replayed and ended in the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from itertools import islice, pairwise
from pathlib import Path

import msgspec
from msgspec import structs

from counterpoise.cli.worker_processes import process_pool
from counterpoise.errors import JournalError, SnapshotError
from counterpoise.session.proofs.checkpoints import counts_messages
from counterpoise.session.replay import replay, resume
from counterpoise.session.running_session import Session
from counterpoise.session.session_snapshot import Growth, GrowthCounts, SessionState, encode_state
from counterpoise.session.stored_snapshots import StoredSnapshot
from counterpoise.store.journal_file import JournalFile
from counterpoise.wire.messages import Phase

SEGMENTS_PER_PROCESS = 2
"""Restoring a snapshot costs as much as replaying some windows, so segments are few; years differ, so there are several."""


class ReplayedSegment(msgspec.Struct, frozen=True):
    """Where a segment ended, after every entry of it was compared."""

    tick: int
    phase: Phase
    bad_snapshots: list[int]
    """After how many entries there is a snapshot in the segment, or at its end, that is not the state there."""


class ReplayedJournal(msgspec.Struct, frozen=True):
    """Where a journal ended, after every entry was compared."""

    tick: int
    phase: Phase
    bad_snapshots: list[int]
    """After how many entries there is a snapshot that is not the state there. The entries are sound nonetheless."""


def replay_in_segments(
    path: Path, places: Sequence[int], count: int, jobs: int, bar: AbstractContextManager[Callable[[int], None]]
) -> ReplayedJournal:
    """Replay a journal in segments and compare every entry and every snapshot.

    Args:
        path: the journal's file.
        places: after how many entries its snapshots were taken.
        count: how many entries it has.
        jobs: how many processes to use.
        bar: yields the function that is called with the tick that the proven part has reached. It is entered after the
            processes have started, because a progress bar has a thread.

    Raises:
        JournalError: the first entry that does not fit, as ``replay`` raises it.
    """
    segments = SEGMENTS_PER_PROCESS * jobs if jobs > 1 else 1
    bounds = list(pairwise([0, *_chosen(places, count, segments), count]))
    proven, bad = 0, set[int]()
    reached = ReplayedSegment(0, "lobby", [])
    with process_pool(min(jobs, len(bounds)), runs_user_code=False) as pool:
        tasks: dict[int, Future[ReplayedSegment]] = {}
        if pool is not None:
            tasks = {start: pool.submit(replay_segment, path, start, end) for start, end in bounds}
        with bar as show:
            for start, end in bounds:
                # Where the snapshot at the start was not proven, its segment is replayed from the last proven one.
                at_hand = tasks.get(start) if start == proven else None
                reached = replay_segment(path, proven, end, show) if at_hand is None else at_hand.result()
                bad.update(reached.bad_snapshots)
                if end not in bad:
                    proven = end
                show(reached.tick)
    return ReplayedJournal(reached.tick, reached.phase, sorted(bad))


def replay_segment(path: Path, start: int, end: int, show: Callable[[int], None] | None = None) -> ReplayedSegment:
    """Replay a journal's entries from the snapshot after ``start`` of them up to number ``end``, and compare every entry.

    Args:
        path: the journal's file.
        start: after how many entries to begin; 0 or the place of a snapshot.
        end: after how many entries to stop.
        show: called with the tick of the clock from time to time.
    """
    with JournalFile.read_only(path, check=False) as journal:
        entries = list(islice(journal.entries(start), end - start))
        stored = [journal.snapshots.get(place) for place in journal.snapshots.places(end) if place > start]
        if start == 0:
            check = _SnapshotCheck(stored, 0, GrowthCounts(), show)
            streaming = counts_messages(entries) or (bool(stored) and _has_messages(stored[-1]))
            session = replay(entries, str(path), streaming=streaming, progress=check.after_entry)
        else:
            header = journal.entry(0)
            if header is None:
                raise JournalError(str(path), "no entries: expected at least a header")
            state = journal.snapshots.state_at(start)
            check = _SnapshotCheck(stored, start, state.counts, show)
            session = resume(
                header,
                journal.texts(start),
                journal.evidence(start),
                entries,
                str(path),
                state,
                streaming=bool(state.counts.receipts),
                progress=check.after_entry,
            )
        return ReplayedSegment(session.now, session.phase, check.bad)


class _SnapshotCheck:
    """Compares the snapshots of a segment with the states of the session that replays it.

    Args:
        stored: the snapshots, in order.
        entries: how many entries come before the segment.
        counts: how much there was, where the segment starts, of the parts that only grow.
        show: called with the tick of the clock at each snapshot and window.
    """

    def __init__(
        self,
        stored: Sequence[StoredSnapshot],
        entries: int,
        counts: GrowthCounts,
        show: Callable[[int], None] | None,
    ) -> None:
        self._due = {snapshot.entries: snapshot for snapshot in stored}
        self._entries, self._counts, self._show = entries, counts, show
        self._tick = -1
        self.bad: list[int] = []
        """After how many entries there is a snapshot that is not the state there."""

    def after_entry(self, session: Session) -> None:
        """Compare the snapshot that was taken after the entry that was just compared, if there is one."""
        self._entries += 1
        if self._show is not None and session.now != self._tick:
            self._tick = session.now
            self._show(session.now)
        snapshot = self._due.get(self._entries)
        if snapshot is None:
            return
        if session.has_entries:
            self.bad.append(self._entries)
            return
        state = session.state(self._counts)
        self._counts = state.counts
        if not _is_same(state, snapshot):
            self.bad.append(self._entries)


def _is_same(state: SessionState, snapshot: StoredSnapshot) -> bool:
    try:
        return snapshot.growth.raw() == encode_state(state.growth) and snapshot.state.raw() == encode_state(
            structs.replace(state, growth=Growth())
        )
    except SnapshotError:
        return False


def _has_messages(snapshot: StoredSnapshot) -> bool:
    """Tell whether the session of a snapshot numbered messages, as one with players does."""
    try:
        return bool(snapshot.unpacked().counts.receipts)
    except SnapshotError:
        return False


def _chosen(places: Sequence[int], count: int, segments: int) -> list[int]:
    """Return the snapshots that divide a journal into so many segments of about equal length, or into fewer."""
    if not places:
        return []
    wanted = [count * number // segments for number in range(1, segments)]
    near = (min(places, key=lambda place: abs(place - target)) for target in wanted)
    return sorted(dict.fromkeys(place for place in near if place < count))
