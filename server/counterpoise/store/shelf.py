"""Where a server keeps the journals of its sessions, and who may write them."""

from __future__ import annotations

from typing import Protocol

from counterpoise.store.journal import Journal


class Shelf(Protocol):
    """The journals that a server can serve. Every method may wait for a disk or a database.

    A journal has a name on its shelf. To write a journal, a process claims it; the claim ends when the journal is closed, or when
    the process ends.
    """

    @property
    def is_shared(self) -> bool:
        """Whether several processes serve the sessions of this shelf, each session in one process at a time."""

    def open(self, url: str) -> None:
        """Prepare the shelf; call it once, before everything else.

        Args:
            url: where this process answers other processes and clients, such as ``http://127.0.0.1:8700``.

        Raises:
            StorageError: the place cannot be used; ``LockedError`` if it can have one server only, and has one.
        """

    def require_key(self, public: str) -> None:
        """Refuse a server with another key than those that have served the sessions of a shared shelf.

        The receipts of clients are sealed with the key: a server with another one would take them for proof of a loss.

        Args:
            public: the server's public key, 64 hex digits.

        Raises:
            ConfigurationError: the key is another.
        """

    def names(self) -> list[str]:
        """Return the names of all journals, in order."""

    def unclaimed(self) -> list[str]:
        """Return the names of journals whose game is not over and that no process serves."""

    def name_for(self, session_id: str) -> str:
        """Return the name that the journal of a new session gets."""

    def find(self, name: str) -> str | None:
        """Return the address of a journal; ``None`` if there is none with this name."""

    def require_space(self) -> None:
        """Raise ``StorageError`` if there is too little space for another session."""

    def create(self, name: str) -> Journal:
        """Make a new, empty journal and claim it.

        Raises:
            ConfigurationError: the name is taken.
            StorageError: the journal cannot be written.
        """

    def claim(self, name: str) -> Journal:
        """Open a journal for writing.

        Raises:
            JournalError: it does not exist or is not sound.
            LockedError: another process writes it; ``owner`` says where that process answers, if it is known.
            StorageError: it cannot be opened.
        """

    def read(self, name: str) -> Journal:
        """Open a journal for reading, whether a process writes it or not.

        Raises:
            JournalError: it does not exist or is not sound.
            StorageError: it cannot be opened.
        """

    def close(self) -> None:
        """Let go of the shelf; calling again does nothing."""
