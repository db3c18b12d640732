"""``counterpoise purge``: delete sessions that ended long ago, or the texts in them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import typer

from counterpoise import __version__
from counterpoise.cli.operations.class_people import ClassPeople
from counterpoise.cli.operations.redact import require_erasable, texts_in
from counterpoise.cli.options.journals import Json
from counterpoise.cli.terminal import console, notes, print_json
from counterpoise.errors import CounterpoiseError, JournalError, StorageError, comparison
from counterpoise.session.journal.entries import check_chain
from counterpoise.session.play.participants import PEOPLE, SALT, fact_of, people_in, pseudonym_of
from counterpoise.session.replay import header_of
from counterpoise.store.fact_table import ENDED_AT
from counterpoise.store.folder_shelf import SUFFIX
from counterpoise.store.journal import reaches_end
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.lock import FileLock
from counterpoise.store.open_files import RESCUED, append_line, files_of, sync_directory
from counterpoise_clients.language_models.recording import SUFFIX as MODELS

RECORD = "purged.jsonl"
"""The file in the data folder that tells what was purged: one JSON object on each line."""
LINKS = ".links"
SECONDS_PER_DAY = 86_400
DAYS_MAX = 36_500
_AGE = re.compile(r"([0-9]{1,5})d")


class Purged(msgspec.Struct, frozen=True, kw_only=True):
    """A session that is purged, as ``purge --json`` prints it and as the record keeps it. It names nobody."""

    session: str
    scenario: str
    entries: int
    head: str
    """The last value of the chain: a receipt or an export of the session can still be told to be of it."""
    ended: str
    """When the game ended, in UTC."""
    what: Literal["deleted", "texts", "participant"]
    texts: int
    """How many texts are erased; 0 where the whole session is deleted."""
    names: int
    """How many names of people are erased; 0 where the whole session is deleted."""
    rows: int = 0
    """How many rows of the play log are erased; 0 where the whole session is deleted."""
    people: int = 0
    """How many people are taken out of a class; 0 unless one participant is purged."""


class Kept(msgspec.Struct, frozen=True):
    """A file that is old enough, or cannot be judged, and stays."""

    file: str
    why: str


class PurgeReport(msgspec.Struct, frozen=True):
    """What ``purge --json`` prints."""

    purged: bool
    """Whether it was done; without ``--yes`` nothing is."""
    sessions: list[Purged]
    kept: list[Kept]


class _Record(msgspec.Struct, frozen=True):
    """A line of the record."""

    at: str
    counterpoise: str
    purged: Purged


def _age(text: str) -> int:
    """Return an age in days; raise ``typer.BadParameter`` for anything but a number of days such as ``180d``."""
    match = _AGE.fullmatch(text)
    if match is None or int(match[1]) > DAYS_MAX:
        raise typer.BadParameter(comparison(f"a number of days from 0d to {DAYS_MAX}d, such as 180d", text))
    return int(match[1])


def purge(
    folder: Annotated[Path, typer.Argument(help="The data folder of a server, which may run.")],
    older_than: Annotated[
        int,
        typer.Option(
            "--older-than",
            help="Only sessions whose game ended at least so long ago: 180d.",
            parser=_age,
            metavar="DAYS",
        ),
    ],
    texts: Annotated[
        bool,
        typer.Option("--texts", help="Erase only what people typed and the names that they gave, and keep the games."),
    ] = False,
    participant: Annotated[
        str | None,
        typer.Option(
            "--participant",
            help="Erase only the rows of the play log and the name of this person, in a class too, by the pseudonym of export.",
            metavar="PSEUDONYM",
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do it; without this option the sessions are only listed.")
    ] = False,
    json: Json = False,
) -> None:
    """Delete old sessions, or the texts in them.

    Only sessions whose game has ended are purged. purged.jsonl in the folder keeps a line for each, which names nobody. Backups,
    exports and debriefs are other files: delete them too.
    """
    if texts and participant is not None:
        raise typer.BadParameter("--texts erases everybody's. Leave one of them out.", param_hint="--participant")
    if not folder.is_dir():
        raise JournalError(str(folder), "no such folder. Give the data folder of a server.")
    latest = time.time() - older_than * SECONDS_PER_DAY
    found: list[Purged] = []
    kept: list[Kept] = []
    problem: CounterpoiseError | None = None
    people = ClassPeople(folder)
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            with JournalFile.read_only(path) as journal:
                members = people.found(path.stem, _links_of(journal, participant)) if participant is not None else []
                old = _old_session(journal, latest, texts=texts, participant=participant, people=len(members))
            if old is not None and yes:
                people.take_out(members)
                _purge(path, old, participant)
        except CounterpoiseError as error:
            kept.append(Kept(path.name, str(error).removeprefix(f"{path}: ")))
            problem = problem or error
        else:
            found += [] if old is None else [old]
    people.close()
    if json:
        print_json(PurgeReport(yes, found, kept))
    else:
        _print(folder, older_than, found, kept, is_done=yes)
    if yes and problem is not None:
        raise problem


def _old_session(
    journal: JournalFile, latest: float, *, texts: bool, participant: str | None, people: int
) -> Purged | None:
    """Return what there is to purge of a journal.

    Args:
        journal: open for reading.
        latest: the last moment, in seconds since 1970, at which the game may have ended.
        texts: whether only texts, names and the play log of people are purged.
        participant: the person of whom only that is purged, by pseudonym.
        people: how many people of a class that is.

    Returns:
        ``None`` if the game has not ended, or ended later, or has nothing that could be erased.

    Raises:
        JournalError: the journal is not sound, or its texts cannot be erased.
    """
    if not reaches_end(journal):
        return None
    count, head = journal.head()
    fact = journal.fact(ENDED_AT)
    ended = journal.path.stat().st_mtime if fact is None else float(fact)
    if ended > latest:
        return None
    header = header_of([entry for entry in [journal.entry(0)] if entry is not None], str(journal.path))
    erased, names, rows = 0, 0, 0
    if participant is not None:
        names, rows = sum(1 for _ in _tokens_of(journal, participant)), len(_rows_of(journal, participant))
        if not names and not rows and not people:
            return None
    elif texts:
        entries = list(check_chain(journal.entries(), str(journal.path)))
        require_erasable(entries, journal.path)
        erased, names = sum(1 for _ in texts_in(entries)), len(journal.tokens.names())
        rows = len(_rows_of(journal))
        if not erased and not names and not rows:
            return None
    return Purged(
        session=header["session"],
        scenario=header["scenario"],
        entries=count,
        head=head,
        ended=_utc(ended),
        what="participant" if participant is not None else "texts" if texts else "deleted",
        texts=erased,
        names=names,
        rows=rows,
        people=people,
    )


def _rows_of(journal: JournalFile, participant: str = "") -> list[int]:
    """Return the numbers of the rows of the play log that are about a participant, or about any; not those that are purged."""
    events = ((row.number, row.event()) for row in journal.play_log.rows() if not row.is_purged)
    return [number for number, event in events if event.participant and participant in ("", event.participant)]


def _tokens_of(journal: JournalFile, participant: str) -> Iterator[int]:
    """Yield the numbers of the tokens of a participant that have a name: also of a link that a class made for that person."""
    own = dict(_numbers_of(journal, participant))
    links = own.values()
    for number, name in journal.tokens.named():
        if name and (number in own or number in links):
            yield number


def _links_of(journal: JournalFile, participant: str) -> list[int]:
    """Return the numbers of the links by which a participant came."""
    return [link for _, link in _numbers_of(journal, participant)]


def _numbers_of(journal: JournalFile, participant: str) -> Iterator[tuple[int, int]]:
    """Yield the number of each token of a participant, and that of the link that it came of."""
    salt, people = journal.fact(SALT) or "", people_in(journal.fact(PEOPLE))
    for number, link in journal.tokens.links():
        if participant == people.get(link) or (salt and participant == pseudonym_of(salt, number)):
            yield number, link


def _purge(path: Path, old: Purged, participant: str | None) -> None:
    """Record what is purged, then purge it: after a crash between the two the next run does it again.

    Raises:
        LockedError: a server has the journal open.
        StorageError: the disk refuses.
    """
    links, calls = path.with_name(f"{old.session}{LINKS}"), path.with_name(path.name + MODELS)
    try:
        if old.what == "participant" and participant is not None:
            with JournalFile.open(path) as journal:
                _record(path, old)
                rows = _rows_of(journal, participant)
                journal.tokens.erase_names_of(tuple(_tokens_of(journal, participant)))
                known = people_in(journal.fact(PEOPLE))
                others = {link: one for link, one in known.items() if one != participant}
                journal.note(PEOPLE, fact_of(others))
                journal.redact((), rows)
        elif old.what == "texts":
            with JournalFile.open(path) as journal:
                _record(path, old)
                entries = list(journal.entries())
                journal.tokens.erase_names(journal.tokens.names())
                rows = _rows_of(journal)
                journal.note(SALT, "")
                journal.note(PEOPLE, "")
                journal.redact([text.entry for text in texts_in(entries)], rows)
            links.unlink(missing_ok=True)
            calls.unlink(missing_ok=True)  # what language models were asked quotes what people wrote
        else:
            lock = FileLock(path)
            try:
                _record(path, old)
                for file in (*files_of(path), *path.parent.glob(f"{path.name}{RESCUED}*"), links, calls, lock.path):
                    file.unlink(missing_ok=True)
            finally:
                lock.release()
        sync_directory(path.parent)
    except OSError as error:
        raise StorageError(str(path), f"cannot purge this session ({error.strerror or error})") from error


def _record(path: Path, old: Purged) -> None:
    append_line(path.with_name(RECORD), msgspec.json.encode(_Record(_utc(time.time()), __version__, old)))


def _utc(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _print(folder: Path, days: int, found: Sequence[Purged], kept: Sequence[Kept], *, is_done: bool) -> None:
    for line in _lines(found):
        console.print(line, markup=False)
    for file in kept:
        notes.print(f"kept: {file.file}: {file.why}", markup=False)
    what = f"{_count(len(found), 'session')} that ended at least {_count(days, 'day')} ago"
    if not found:
        console.print(f"{folder}: nothing to purge.", markup=False)
    elif is_done:
        console.print(f"Purged {what}. {folder / RECORD} keeps a line for each.", markup=False)
    else:
        console.print(f"{what}. Nothing was purged: add --yes to purge.", markup=False)


def _lines(found: Sequence[Purged]) -> Iterator[str]:
    for one in found:
        erased = f"{_count(one.texts, 'text')} and {_count(one.names, 'name')}"
        if one.rows:
            erased += f", {_count(one.rows, 'row')} of the play log"
        if one.people:
            erased += ", a person of a class"
        parts = "the whole session" if one.what == "deleted" else erased
        yield f"{one.session} ({one.scenario}, ended {one.ended[:10]}): {parts}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
