"""Copy a journal from one database to another, entry by entry."""

from __future__ import annotations

from itertools import islice

from counterpoise.store.journal import Journal

_BATCH = 1000
"""Entries or rows that are written in one transaction."""


def copy_journal(source: Journal, target: Journal) -> None:
    """Copy entries, snapshots, tokens, facts and the play log to a journal that is empty. Nothing may write the source meanwhile.

    Raises:
        JournalError: the source cannot be read.
        StorageError: the target cannot be written.
    """
    entries = source.entries()
    while some := list(islice(entries, _BATCH)):
        target.append(some)
    rows = source.play_log.rows()
    while logged := list(islice(rows, _BATCH)):
        target.append((), rows=logged)
    for place in source.snapshots.places():
        target.append_snapshot(source.snapshots.get(place))
    target.tokens.add_rows(source.tokens.all_rows())
    for name, value in source.facts().items():
        target.note(name, value)
