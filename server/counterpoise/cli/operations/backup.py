"""``counterpoise backup``: copy a journal, also while a server plays it."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from counterpoise.cli.journals import require_database
from counterpoise.cli.options.journals import Json
from counterpoise.cli.output_files import require_free
from counterpoise.cli.terminal import console, print_json
from counterpoise.errors import ConfigurationError, JournalError, StorageError
from counterpoise.session.journal.entries import check_chain
from counterpoise.store.addresses import file_name_of, is_in_database, read_journal
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.open_files import sync_directory
from counterpoise.store.sqlite import sqlite3

NO_ENTRIES = "no entries, so there is no game to copy. Whoever made it ended before the game began; delete this file."
"""What is wrong with a journal that was made and never written."""


class Backup(msgspec.Struct, frozen=True):
    """What ``backup --json`` prints."""

    journal: str
    """The name of the journal's file, or of its session in a database."""
    backup: str
    """The name of the copy's file."""
    entries: int
    head: str
    """The last value of the chain."""


def backup(
    journal: Annotated[
        str,
        typer.Argument(
            help="A session's file, or postgresql://USER@HOST/DATABASE#SESSION; open in a server or not.",
            metavar="JOURNAL",
        ),
    ],
    file: Annotated[Path, typer.Argument(help="The copy to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace an older copy.")] = False,
    json: Json = False,
) -> None:
    """Copy a journal, also while a server plays it.

    The copy is whole as of one moment, needs no other file, and its hash chain is checked. To copy the .db alone while a server
    runs leaves out what is in its log. The copy holds the names of the players and is as secret as the journal.
    """
    is_file = not is_in_database(journal)
    if is_file:
        require_database(Path(journal), "Back up the .db it came from.")
    require_free(file, force=force)
    if is_file and file.exists() and file.samefile(journal):
        raise ConfigurationError(f"{file} is the journal itself. Give another name.")
    beside = file.absolute().with_name(f".{secrets.token_hex(6)}.new")
    try:
        count, head = copy_checked(journal, beside)
        beside.replace(file)
        sync_directory(beside.parent)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(str(file), f"cannot write this copy ({error})") from error
    finally:
        beside.unlink(missing_ok=True)
    if json:
        print_json(Backup(file_name_of(journal), file.name, count, head))
    else:
        console.print(f"wrote {file}: {count} entries, head {head[:16]}…", markup=False)


def copy_checked(journal: str, file: Path) -> tuple[int, str]:
    """Copy the journal at an address to a new file and check the copy's hash chain.

    Returns:
        The number of entries and the chain's last value.

    Raises:
        JournalError: the journal is not sound, or has no entries.
        OSError: the file exists or cannot be written; ``sqlite3.Error`` if the disk refuses.
    """
    with read_journal(journal) as source:
        source.copy_to(file)
    with JournalFile.read_only(file) as copy:
        count = sum(1 for _ in check_chain(copy.entries(), journal))
        if count == 0:
            raise JournalError(journal, NO_ENTRIES)
        return copy.head()
