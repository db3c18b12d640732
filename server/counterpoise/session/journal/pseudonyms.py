"""Pseudonyms for the people of a session: what an export has in place of the names that they gave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from counterpoise.session.journal.entries import Entry, canonical

PART_LETTERS_MIN = 3
"""Shorter parts of a name, such as initials, are too often other words."""
SEVERAL = "[person]"
"""What stands for a part of a name that several people have."""


class Pseudonyms:
    """Replaces names in texts: whole names in any case, and the words of a name that begin with a capital as they are written.

    Args:
        names: the names that people gave; each gets ``P1``, ``P2`` and so on, in this order.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._of: dict[str, str] = {}
        for name in names:
            self._of.setdefault(name, f"P{len(self._of) + 1}")
        self._whole = {name.lower(): pseudonym for name, pseudonym in self._of.items()}
        self._parts: dict[str, str] = {}
        for name, pseudonym in self._of.items():
            for part in name.split():
                if len(part) >= PART_LETTERS_MIN and part[0].isupper():
                    known = self._parts.setdefault(part, pseudonym)
                    if known != pseudonym:
                        self._parts[part] = SEVERAL
        self._pattern = self._compiled()

    def of(self, name: str) -> str:
        """Return the pseudonym of a name; raise ``KeyError`` for a name that was not given."""
        return self._of[name]

    def replaced(self, text: str) -> str:
        """Return a text with pseudonyms in place of the names in it."""
        return text if self._pattern is None else self._pattern.sub(self._pseudonym, text)

    def _pseudonym(self, found: re.Match[str]) -> str:
        words = found[0]
        return self._whole.get(words.lower()) or self._parts[words]

    def _compiled(self) -> re.Pattern[str] | None:
        whole = "|".join(map(re.escape, _longest_first(self._of)))
        parts = "|".join(map(re.escape, _longest_first(self._parts)))
        choices = [f"(?i:{whole})"] * bool(whole) + [parts] * bool(parts)
        return re.compile(rf"(?<!\w)(?:{'|'.join(choices)})(?!\w)") if choices else None


def with_pseudonyms(entries: Sequence[Entry], pseudonyms: Pseudonyms) -> Iterator[Entry]:
    """Yield the entries with pseudonyms in their texts, for tables. A changed text no longer fits its commitment."""
    for entry in entries:
        if entry.kind == "text" and not entry.is_redacted:
            content = entry.content()
            text = pseudonyms.replaced(content["text"])
            yield entry if text == content["text"] else replace(entry, body=canonical({**content, "text": text}))
        else:
            yield entry


def without_named_texts(entries: Sequence[Entry], pseudonyms: Pseudonyms) -> Iterator[Entry]:
    """Yield the entries, with those texts erased that have a name in them. The rest still verifies."""
    for entry, changed in zip(entries, with_pseudonyms(entries, pseudonyms), strict=True):
        yield erased(entry) if changed is not entry else entry


def erased(entry: Entry) -> Entry:
    """Return an entry whose body and salt are erased; the hash chain still verifies over its commitment."""
    return replace(entry, body=b"", salt=b"")


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))
