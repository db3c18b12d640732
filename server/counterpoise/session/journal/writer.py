"""Writes a session's entries into its hash chain and holds them until they are stored."""

from __future__ import annotations

from collections.abc import Sequence

from counterpoise.session.journal.entries import Chain, Entry, EntryKind
from counterpoise.session.journal.free_text import FreeTexts


class JournalWriter:
    """The entries that a session has written and nobody has taken yet.

    Args:
        chain: links the entries.
        texts: where the texts of text entries are kept.
        last_tick: the tick of the last entry; -1 before the first.
    """

    def __init__(self, chain: Chain, texts: FreeTexts, last_tick: int = -1) -> None:
        self.chain = chain
        self.last_tick = last_tick
        self._texts = texts
        self._entries: list[Entry] = []

    @property
    def length(self) -> int:
        """How many entries have been written, taken or not."""
        return self.chain.length

    @property
    def has_entries(self) -> bool:
        """Whether something was written that nobody has taken yet."""
        return bool(self._entries)

    def write(self, tick: int, kind: EntryKind, content: object) -> None:
        """Write an entry."""
        self._entries.append(self.chain.entry(tick, kind, content))
        self.last_tick = tick

    def write_texts(self, tick: int, texts: Sequence[str]) -> None:
        """Write an entry for each text."""
        for text in texts:
            self._texts.add(self.chain.length, text)
            self.write(tick, "text", {"text": text})

    def take(self) -> list[Entry]:
        """Return the entries written since the last time, and forget them."""
        taken, self._entries = self._entries, []
        return taken

    def put_back(self, entries: list[Entry]) -> None:
        """Return entries that were taken but not stored, before those written since."""
        self._entries[:0] = entries
