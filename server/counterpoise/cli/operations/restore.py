"""``counterpoise restore``: bring a journal back from a copy, or only try whether that would work."""

from __future__ import annotations

import os
import secrets
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from counterpoise.cli.journals import lacks_log, require_database, snapshot_places
from counterpoise.cli.operations.backup import copy_checked
from counterpoise.cli.options.journals import Json
from counterpoise.cli.terminal import console, date_bar, notes, print_json
from counterpoise.cli.verify.verification import ReplayedJournal, replay_in_segments
from counterpoise.errors import ChainError, ConfigurationError, CounterpoiseError, StorageError
from counterpoise.gateway.loading.recovery import recover
from counterpoise.gateway.machine import Machine
from counterpoise.gateway.signing.server_key import FILE_NAME
from counterpoise.session.journal.entries import Entry
from counterpoise.session.replay import header_of, replay
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ServerSecrets
from counterpoise.store.addresses import address_in, is_in_database, open_database
from counterpoise.store.folder_shelf import SUFFIX
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.open_files import ROLLBACK, files_of, sync_directory
from counterpoise.store.sqlite import sqlite3


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What ``restore --json`` prints."""

    backup: str
    """The name of the copy's file."""
    restored: str | None
    """The name of the journal's file, or of its session in a database; ``null`` after a drill, which leaves none."""
    session: str
    scenario: str
    entries: int
    head: str
    """The last value of the chain, the same in the copy and in what was restored."""
    to: str
    """The date that the session goes on from."""
    phase: str
    missing: int | None
    """How many entries ``--journal`` has that the copy lacks; ``null`` without ``--journal``."""
    seconds: float
    """How long it took: copy, replay, and the start of the session in a drill."""


def restore(
    copy: Annotated[Path, typer.Argument(help="A copy that `counterpoise backup` wrote, or a journal.")],
    target: Annotated[
        str | None,
        typer.Argument(
            help="The journal to write: a new file that ends in .db, a data folder for SESSION.db in it, which is made if it is "
            "missing, or the address of a database.",
            metavar="[TARGET]",
        ),
    ] = None,
    drill: Annotated[
        bool,
        typer.Option("--drill", help="Restore into a temporary folder, start the session there, and delete it again."),
    ] = False,
    journal: Annotated[
        Path | None,
        typer.Option("--journal", help="Compare with this journal: what the copy lacks.", metavar="JOURNAL"),
    ] = None,
    json: Json = False,
) -> None:
    """Bring a journal back from a copy, or try whether it would.

    The copy is replayed and every entry compared before the new journal appears. Nothing is overwritten. Stop the server of the
    data folder first, and start it afterwards.
    """
    if (target is None) != drill:
        raise typer.BadParameter(
            "expected a new file, a data folder or a database, or --drill without one",
            param_hint="TARGET" if drill else "[TARGET]",
        )
    require_database(copy, "Give a copy that `counterpoise backup` wrote.")
    began = time.monotonic()
    opening = _opening(copy)
    if lacks_log(copy):
        notes.print(f"{copy}: its log is not beside it, so its last entries may be missing.", markup=False)
    if target is None:
        with tempfile.TemporaryDirectory(prefix="counterpoise-drill-") as folder:
            restored = Path(folder) / f"{opening.id}{SUFFIX}"
            replayed = _restore(copy, restored, opening)
            _start(restored)
            count, head = _head(restored)
        _require_same_head(copy, count, head)
    elif is_in_database(target):
        restored = Path(opening.id)
        replayed, count, head = _restore_into_database(copy, target, opening)
    else:
        restored = _place_in(Path(target), opening.id)
        _require_new(restored, opening.id)
        replayed = _restore(copy, restored, opening)
        count, head = _head(restored)
    done = Restored(
        backup=copy.name,
        restored=None if target is None else restored.name,
        session=opening.id,
        scenario=opening.scenario.id,
        entries=count,
        head=head,
        to=opening.simulation.world.calendar.iso(replayed.tick),
        phase=replayed.phase,
        missing=None if journal is None else _missing(copy, journal),
        seconds=round(time.monotonic() - began, 3),
    )
    if json:
        print_json(done)
    else:
        _print(done, restored, target or "")


def _opening(copy: Path) -> Session:
    """Return the session of a copy as it began."""
    with JournalFile.read_only(copy) as source:
        return replay([entry for entry in [source.entry(0)] if entry is not None], str(copy))


def _restore(copy: Path, restored: Path, opening: Session) -> ReplayedJournal:
    """Write a journal from a copy; it appears once every entry has been replayed and compared."""
    beside = restored.absolute().with_name(f".{secrets.token_hex(6)}.new")
    try:
        count, _ = copy_checked(str(copy), beside)
        calendar = opening.simulation.world.calendar
        bar = date_bar(f"Restoring {opening.id}", opening.end, calendar)
        replayed = replay_in_segments(beside, snapshot_places(beside), count, 1, bar)
        os.link(beside, restored)  # unlike a renaming, this never replaces a file
        sync_directory(beside.parent)
    except FileExistsError as error:
        raise _taken(restored) from error
    except (OSError, sqlite3.Error) as error:
        raise StorageError(str(restored), f"cannot write this journal ({error})") from error
    finally:
        beside.unlink(missing_ok=True)
    return replayed


def _restore_into_database(copy: Path, url: str, opening: Session) -> tuple[ReplayedJournal, int, str]:
    """Write a session of a database from a copy, as ``_restore``; return also its number of entries and the last chain value."""
    with closing(open_database(url)) as shelf, tempfile.TemporaryDirectory(prefix="counterpoise-restore-") as folder:
        shelf.open("")
        if (found := shelf.find(opening.id)) is not None:
            raise ConfigurationError(f"{found} exists already, and restore replaces nothing.")
        staged = Path(folder) / f"{opening.id}{SUFFIX}"
        replayed = _restore(copy, staged, opening)
        with JournalFile.read_only(staged) as source:
            shelf.adopt(opening.id, source)
            return replayed, *source.head()


def _start(restored: Path) -> None:
    """Bring the session of a journal back as a server does when it starts."""
    with JournalFile.open(restored) as journal:
        recover(journal, secrets=ServerSecrets(Machine().salt))


def _head(path: Path) -> tuple[int, str]:
    with JournalFile.read_only(path, check=False) as journal:
        return journal.head()


def _require_same_head(copy: Path, count: int, head: str) -> None:
    """Raise ``ChainError`` unless a copy, which may have grown since, has the same last value after so many entries."""
    with JournalFile.read_only(copy, check=False) as source:
        last = source.entry(count - 1)
    if last is None or last.chain != head:
        raise ChainError(str(copy), count - 1, "what was restored ends in another value of the chain")


def _place_in(target: Path, session: str) -> Path:
    """Return the file to write; a target that does not end in ``.db``, which servers look for, is a data folder."""
    if not target.is_dir():
        if target.suffix == SUFFIX:
            return target
        try:
            target.mkdir(0o700)
        except FileExistsError as error:
            raise _taken(target) from error
        except OSError as error:
            raise StorageError(str(target), f"cannot make this data folder ({error.strerror})") from error
    return target / f"{session}{SUFFIX}"


def _require_new(restored: Path, session: str) -> None:
    """Refuse to restore over a file, beside files that SQLite would take for its own, or under a name that is served already."""
    folder = restored.absolute().parent
    if not folder.is_dir():
        raise StorageError(str(restored), f"the folder {restored.parent} does not exist. Create it first.")
    for file in (*files_of(restored), restored.with_name(restored.name + ROLLBACK)):
        if file.exists():
            raise _taken(file)
    for other in sorted(folder.glob(f"*{SUFFIX}")):
        if _session_in(other) == session:
            raise ConfigurationError(
                f"{other} is a journal of the session {session} already, and a server serves one of them only. Move it away "
                "first, or give another folder."
            )


def _taken(file: Path) -> ConfigurationError:
    return ConfigurationError(
        f"{file} exists already, and restore replaces nothing. Move it away first, or give another name."
    )


def _session_in(path: Path) -> str | None:
    """Return the name of the session in a file; ``None`` if the file is no journal that can be read."""
    try:
        with JournalFile.read_only(path, check=False) as journal:
            first: list[Entry] = [entry for entry in [journal.entry(0)] if entry is not None]
        return str(header_of(first, str(path))["session"])
    except CounterpoiseError:
        return None


def _missing(copy: Path, journal: Path) -> int:
    """Return how many entries a journal has that a copy of it lacks; raise ``ChainError`` if the copy is of another journal."""
    require_database(journal, "Give the .db that the copy was made from.")
    with JournalFile.read_only(copy, check=False) as source, JournalFile.read_only(journal) as original:
        count, length = source.head()[0], original.head()[0]
        place = min(count, length) - 1
        ends = [None if entry is None else entry.chain for entry in (source.entry(place), original.entry(place))]
    if None in ends or ends[0] != ends[1]:
        raise ChainError(str(copy), place, f"{journal} has another entry here: one is not a copy of the other")
    return max(0, length - count)


def _print(done: Restored, restored: Path, target: str) -> None:
    in_database = is_in_database(target)
    what = f"{done.entries} entries up to {done.to} ({done.phase}), head {done.head[:16]}…"
    if done.restored is None:
        console.print(f"{done.backup}: the drill succeeded in {done.seconds:.1f} s: {what}", markup=False)
        console.print(
            f"A journal restored from it replays, a server resumes its session {done.session}, and the heads are equal. Nothing "
            "was kept."
        )
    else:
        where = address_in(target, done.session) if in_database else restored
        console.print(f"restored {where} from {done.backup}: {what}", markup=False)
        console.print(
            f"It was replayed and every entry compared. A server of its {'database' if in_database else 'folder'} resumes "
            f"{done.session}."
        )
    if done.missing is not None:
        console.print(
            f"The journal has {done.missing} entries that the copy lacks."
            if done.missing
            else "The copy lacks nothing."
        )
    if done.restored is not None and not in_database and not restored.with_name(FILE_NAME).exists():
        console.print(
            f"There is no {FILE_NAME} in this folder. Put that of the old server there before you start: with another key the "
            "server cannot tell which clients have seen more than the copy."
        )
    if done.restored is not None and done.phase != "ended":
        console.print(
            "Clients that have seen more than this hold receipts of it. The first of them that connects freezes the session, and "
            "the moderator's page says so. The moderator gives new links for such seats and presses *Carry on in spite of the "
            "alarm*; what came after the copy is then played anew."
        )
