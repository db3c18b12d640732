"""Read and write the journal files that users name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from counterpoise.cli.output_files import replacing
from counterpoise.cli.terminal import notes
from counterpoise.errors import DivergenceError, JournalError, SnapshotError, StorageError
from counterpoise.session.date_watch import DateWatch
from counterpoise.session.journal.entries import Entry, check_chain, export_lines, parse_export
from counterpoise.session.play.log import PlayRow
from counterpoise.session.replay import Progress, replay, resume
from counterpoise.session.running_session import Session
from counterpoise.session.snapshot_evidence import evidence_in
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.open_files import log_of
from counterpoise.store.tokens import HolderName

EXPORT_BYTES_MAX = 512 << 20
"""Largest export that is read."""
EXPORT_START = b'{"body":'
"""Of the first line of an export; other JSON documents start otherwise."""
TABLES_DESCRIBED = "dictionary.csv"
"""The file of an export that describes its tables."""
SQLITE_MAGIC = b"SQLite format 3\x00"


def read_journal(path: Path) -> list[Entry]:
    """Read a whole journal, a session's database or exported lines, and check its chain. The first bytes tell which it is.

    A note on standard error says if the end of the journal may be missing.

    Raises:
        JournalError: the file is not a journal, or is damaged; ``ChainError`` names the entry.
        StorageError: the file cannot be read.
    """
    _require_file(path)
    try:
        with path.open("rb") as file:
            start = file.read(len(SQLITE_MAGIC))
            if not start:
                raise JournalError(str(path), "an empty file. Give a journal that run, host or export has written.")
            if start != SQLITE_MAGIC:
                return parse_export(_whole(file, start, path), str(path))
    except OSError as error:
        raise StorageError(str(path), f"cannot read this file ({error.strerror or error})") from error
    with JournalFile.read_only(path) as journal:
        if journal.lacks_log:
            notes.print(
                f"{path}: its log, {log_of(path).name}, is not beside it. If the file is a copy that was made while a server "
                "ran, what came last is missing. Copy such a journal with `counterpoise backup`.",
                markup=False,
            )
        return list(check_chain(journal.entries(), str(path)))


def _whole(file: BinaryIO, start: bytes, path: Path) -> bytes:
    """Return the bytes of an export; ``start`` has been read. The size is bounded, because a pipe need not end."""
    data = start + file.read(EXPORT_BYTES_MAX + 1)
    if len(data) > EXPORT_BYTES_MAX:
        raise JournalError(str(path), f"too large: expected an export of at most {EXPORT_BYTES_MAX >> 20} MiB")
    return data


def _require_file(path: Path) -> None:
    if not path.exists():
        raise JournalError(str(path), "no such file. Give a journal that run, host or export has written.")
    if path.is_dir():
        raise JournalError(str(path), "this is a folder. Give a journal file.")


def journals_in(path: Path) -> list[Path]:
    """Return the path itself, or the journals in it if it is a folder, by name. The tables of an export are none.

    Raises:
        JournalError: the folder has no journals.
    """
    if not path.is_dir():
        return [path]
    is_export = (path / TABLES_DESCRIBED).is_file()
    found = sorted(
        file
        for file in path.iterdir()
        # An export writes each table as CSV too, and a journal never.
        if file.suffix in (".db", ".jsonl") and not (is_export and file.with_suffix(".csv").is_file())
    )
    if not found:
        raise JournalError(str(path), "the folder has no journals. Expected files ending in .db or .jsonl.")
    return found


def last_tick(entries: Sequence[Entry]) -> int:
    """Return the tick that a journal reaches."""
    return max((entry.tick for entry in entries), default=0)


def require_database(path: Path, advice: str) -> None:
    """Refuse a path that is not a file, and a file of exported lines.

    Args:
        path: what the user named.
        advice: what to do with exported lines.

    Raises:
        JournalError: the path cannot be a session's database.
        StorageError: the file cannot be read.
    """
    _require_file(path)
    try:
        with path.open("rb") as file:
            is_export = file.read(len(EXPORT_START)) == EXPORT_START
    except OSError as error:
        raise StorageError(str(path), f"cannot read this file ({error.strerror or error})") from error
    if is_export:
        raise JournalError(str(path), f"this is an export. {advice}")


def starts_as_journal(path: Path) -> bool:
    """Tell whether a file starts as a session's database or as exported lines do; false if there is no such file."""
    try:
        with path.open("rb") as file:
            return file.read(len(SQLITE_MAGIC)).startswith((SQLITE_MAGIC, EXPORT_START))
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StorageError(str(path), f"cannot read this file ({error.strerror or error})") from error


def has_database(path: Path) -> bool:
    """Tell whether a journal is a session's database, which may have snapshots, and not exported lines."""
    with path.open("rb") as file:
        return file.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC


def play_rows(path: Path) -> list[PlayRow]:
    """Return the play log of a journal; an export has none."""
    if not has_database(path):
        return []
    with JournalFile.read_only(path, check=False) as journal:
        return list(journal.play_log.rows())


def names_in(journal: Path) -> list[HolderName]:
    """Return the names that people gave in a session; an export has none."""
    if not has_database(journal):
        return []
    with JournalFile.read_only(journal, check=False) as file:
        return file.tokens.names()


def fact_in(path: Path, name: str) -> str | None:
    """Return a fact of a journal, or ``None``; an export has none."""
    if not has_database(path):
        return None
    with JournalFile.read_only(path, check=False) as journal:
        return journal.fact(name)


def lacks_log(path: Path) -> bool:
    """Tell whether a session's database was copied while in use, without its log."""
    with JournalFile.read_only(path, check=False) as journal:
        return journal.lacks_log


def snapshot_places(path: Path) -> list[int]:
    """Return after how many entries the snapshots of a journal were taken."""
    if not has_database(path):
        return []
    with JournalFile.read_only(path, check=False) as journal:
        return journal.snapshots.places()


def replay_to(
    entries: Sequence[Entry],
    path: Path,
    tick: int,
    progress: Progress | None = None,
    watched: Sequence[int] = (),
    look: Progress | None = None,
) -> tuple[Session, int]:
    """Replay a journal to a tick, from the last sound snapshot before the first tick that matters, if there is one.

    Args:
        entries: the whole journal.
        path: its file.
        tick: where to stop.
        progress: called after each entry.
        watched: ticks on which to look at the session, none after ``tick``.
        look: called for each watched tick. After a snapshot that proves unsound it is called for the same ticks again.

    Returns:
        The session, and how many entries were checked by the hash chain only.

    Raises:
        JournalError: see ``replay``.
    """

    def watch() -> DateWatch | None:
        return None if look is None else DateWatch(watched, look)

    start = min([tick, *watched])
    for place in reversed(snapshot_places(path)):
        if place <= len(entries) and entries[place - 1].tick <= start:
            try:
                with JournalFile.read_only(path, check=False) as journal:
                    state = journal.snapshots.state_at(place)
                before, later = entries[:place], entries[place:]
                texts = [entry for entry in before if entry.kind == "text"]
                evidence = evidence_in(before)
                session = resume(
                    entries[0], texts, evidence, later, str(path), state, until=tick, progress=progress, watch=watch()
                )
                return session, place
            except (SnapshotError, DivergenceError):
                continue  # the snapshot may be at fault: the one before, or the whole journal, decides
    return replay(entries, str(path), until=tick, progress=progress, watch=watch()), 0


def write_journal(path: Path, entries: Sequence[Entry]) -> None:
    """Write a journal as exported lines.

    Raises:
        StorageError: the file cannot be written.
    """
    try:
        with replacing(path) as file:
            file.writelines(line + b"\n" for line in export_lines(entries))
    except OSError as error:
        raise StorageError(str(path), f"cannot write this file ({error.strerror or error})") from error
