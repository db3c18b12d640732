"""Whether clients have proved that the journal has lost messages. It is kept in the journal's facts.

A client that has proved a loss is closed for good. So a server that starts again would not hear of the loss, and would go on.
"""

from __future__ import annotations

from counterpoise.store.journal import Journal
from counterpoise.store.writer import JournalWriter

FACT = "loss"
FOUND, ACCEPTED = "found", "accepted"


def kept_loss(journal: Journal) -> str:
    """Return what earlier servers of a session knew: ``found``, ``accepted`` or nothing."""
    return journal.fact(FACT) or ""


class FoundLoss:
    """What a room knows of lost messages.

    Args:
        writer: writer of the session's journal.
        kept: what earlier servers of the session knew.
    """

    def __init__(self, writer: JournalWriter, kept: str) -> None:
        self._writer, self._state = writer, kept

    @property
    def is_found(self) -> bool:
        """Whether messages are lost and no moderator has accepted that."""
        return self._state == FOUND

    @property
    def is_accepted(self) -> bool:
        """Whether a moderator goes on although messages are lost."""
        return self._state == ACCEPTED

    async def find(self) -> None:
        """Note that a client has proved a loss; raise ``StorageError`` if the journal cannot be written."""
        await self._note(FOUND)

    async def accept(self) -> None:
        """Note that a moderator accepts the loss; raise ``StorageError`` if the journal cannot be written."""
        await self._note(ACCEPTED)

    async def _note(self, state: str) -> None:
        self._state = state
        await self._writer.call(lambda journal: journal.note(FACT, state))
