"""Open a journal for reading by its address, in whatever process."""

from __future__ import annotations

from pathlib import Path

from counterpoise.store.journal import Journal
from counterpoise.store.journal_file import JournalFile


def read_journal(address: str) -> Journal:
    """Open the journal at an address for reading, while its writer keeps writing.

    Raises:
        JournalError: there is no sound journal.
        StorageError: it cannot be opened.
    """
    return JournalFile.read_only(address)


def file_name_of(address: str) -> str:
    """Return the name under which a journal appears in a document."""
    return Path(address).name
