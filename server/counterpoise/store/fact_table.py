"""Facts beside the entries of a journal, such as wall-clock times. They stand outside the hash chain and are never exported."""

from __future__ import annotations

from counterpoise.store.database import JournalDatabase

ENDED_AT = "ended_at"
"""The fact that tells when the game ended, in seconds since 1970. Journals of older releases lack it."""


class FactTable:
    """The facts of one open journal.

    Args:
        database: the database of the journal.
    """

    def __init__(self, database: JournalDatabase) -> None:
        self._database = database

    def put(self, name: str, value: str) -> None:
        """Store a fact in place of an earlier one with this name, inside the caller's transaction."""
        self._database.execute("DELETE FROM facts WHERE name = ?", (name,))
        self._database.execute("INSERT INTO facts (name, value) VALUES (?, ?)", (name, value))

    def get(self, name: str) -> str | None:
        """Return a fact, or ``None``."""
        row = self._database.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def all(self) -> dict[str, str]:
        """Return all facts by name."""
        return {str(name): str(value) for name, value in self._database.execute("SELECT name, value FROM facts")}
