"""Addresses of journals: the path of a file, or ``postgresql://HOST/DATABASE#SESSION``. Any process can read a journal by it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from counterpoise.errors import ConfigurationError
from counterpoise.store.journal import Journal
from counterpoise.store.journal_file import JournalFile

if TYPE_CHECKING:
    from counterpoise.store.postgres.postgres_shelf import PostgresShelf


def read_journal(address: str) -> Journal:
    """Open the journal at an address for reading, while its writer keeps writing.

    Raises:
        JournalError: there is no sound journal.
        ConfigurationError: the address of a database is wrong, or its driver is not installed.
        StorageError: it cannot be opened.
    """
    if not is_in_database(address):
        return JournalFile.read_only(address)
    url, _, session = address.partition("#")
    return open_database(url).read(session)


def file_name_of(address: str) -> str:
    """Return the name under which a journal appears in a document."""
    return address.partition("#")[2] if is_in_database(address) else Path(address).name


def is_in_database(address: str) -> bool:
    """Return whether an address names a database or a session in one, and not a file."""
    return address.startswith(("postgresql://", "postgres://"))


def address_in(url: str, session: str) -> str:
    """Return the address of the journal of a session in a database."""
    return f"{url}#{session}"


def open_database(url: str) -> PostgresShelf:
    """Return the shelf in the PostgreSQL database at ``url``; nothing connects to it yet.

    Raises:
        ConfigurationError: the driver is not installed.
    """
    try:
        from counterpoise.store.postgres.postgres_shelf import PostgresShelf  # an extra, and not needed for files
    except ImportError as error:
        raise ConfigurationError(
            f"journals in PostgreSQL need psycopg ({error}). Install it: pip install 'counterpoise[cluster]'"
        ) from error
    return PostgresShelf(url)
