"""The format of the durable record: entries in a hash chain over salted commitments.

Each entry commits to its body by ``SHA-256(salt || body)``. The chain runs over the commitments, so the body and salt of an
entry can be erased and everything else still verifies. A server salts every entry with random bytes, so that nobody can test
a guess at an erased body. A session without a server derives the salts, and writes the same bytes on every machine.

Format 2 keeps free text in ``text`` entries, see ``free_text``. Format 3 has checkpoints, see ``session.proofs.checkpoints``, a
header without a secret, and ``play`` entries, see ``session.play``. Release 0.1.0 wrote format 1, see ``format_1``; a session
goes on in the format it began with.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import msgspec

from counterpoise.errors import ChainError, JournalError
from counterpoise.validation_errors import JSON

FORMAT_VERSION = 3
"""The format of new journals."""
EntryKind = Literal[
    "header",
    "order",
    "command",
    "text",
    "clock",
    "chronicle",
    "forecast",
    "outcome",
    "structure",
    "digest",
    "end",
    "checkpoint",
    "play",
]
INPUTS: tuple[EntryKind, ...] = ("order", "command")
"""The kinds that came from outside, with the ``text`` entries after them; a replay makes all other entries again."""
SERVED: tuple[EntryKind, ...] = ("checkpoint", "play")
"""The kinds that only a server writes. A replay repeats them, and a fork leaves them out."""
DIGESTED: tuple[EntryKind, ...] = ("digest", "end")
"""The kinds of entry that hold a digest of the world."""
GENESIS = "0" * 64
SALT_BYTES = 16
_MARKS = (
    (BOM_UTF8, "utf-8", "a byte order mark was put at its start"),
    (BOM_UTF16_LE, "utf-16-le", "it was saved as UTF-16"),
    (BOM_UTF16_BE, "utf-16-be", "it was saved as UTF-16"),
)
"""The marks that editors put at the start of a text."""

_encoder = msgspec.json.Encoder(order="deterministic")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal. ``body`` is canonical JSON, ``commitment`` and ``chain`` are SHA-256 in hex.

    An entry that was redacted has an empty body and an empty salt.
    """

    sequence: int
    tick: int
    kind: EntryKind
    body: bytes
    salt: bytes
    commitment: str
    chain: str

    @property
    def is_redacted(self) -> bool:
        """Whether the body was erased."""
        return not self.body and not self.salt

    def content(self) -> dict[str, Any]:
        """Return the body as plain values; raises ``ValueError`` if it was erased or is no JSON object."""
        if self.is_redacted:
            raise ValueError("the body was redacted")
        content: dict[str, Any] = msgspec.json.decode(self.body, type=dict[str, Any])
        return content


class _ExportedEntry(msgspec.Struct, forbid_unknown_fields=True):
    sequence: int
    tick: int
    kind: EntryKind
    body: str
    salt: str
    commitment: str
    chain: str


def canonical(value: object) -> bytes:
    """Encode plain values as JSON with sorted keys and no spaces: equal values give equal bytes."""
    return _encoder.encode(value)


def commitment_of(salt: bytes, body: bytes) -> str:
    """Return the salted commitment to a body."""
    return hashlib.sha256(salt + body).hexdigest()


def link(previous: str, sequence: int, tick: int, kind: str, commitment: str) -> str:
    """Return the chain's next value."""
    return hashlib.sha256(f"{previous}|{sequence}|{tick}|{kind}|{commitment}".encode()).hexdigest()


class Chain:
    """Makes the entries of one session and links each to the one before.

    Args:
        secret: the salts are derived from it where there is no ``salt``.
        salt: returns the salt of an entry. The header tells ``secret``, so a salt that is derived from it does not keep
            anybody from testing whether an erased body was the one they guess; a server passes random bytes.
        stored: the entries of the journal that is replayed, by number: for their salts, and where they were redacted for
            their commitments.
        length: how many entries there are already.
        head: the chain value of the last of them.
    """

    def __init__(
        self,
        secret: str,
        *,
        salt: Callable[[], bytes] | None = None,
        stored: Mapping[int, Entry] | None = None,
        length: int = 0,
        head: str = GENESIS,
    ) -> None:
        self._secret = secret
        self._random_salt = salt
        self.stored = stored or {}
        self.head = head
        self.length = length

    def entry(self, tick: int, kind: EntryKind, content: object) -> Entry:
        """Make the next entry."""
        stored = self.stored.get(self.length)
        if stored is not None and stored.is_redacted:
            body, salt, commitment = b"", b"", stored.commitment
        else:
            body = canonical(content)
            salt = self._salt() if stored is None else stored.salt
            commitment = commitment_of(salt, body)
        return self._linked(tick, kind, body, salt, commitment)

    def copied(self, entry: Entry) -> Entry:
        """Make the next entry with the body of an entry of another journal."""
        salt = self._salt()
        return self._linked(entry.tick, entry.kind, entry.body, salt, commitment_of(salt, entry.body))

    def _linked(self, tick: int, kind: EntryKind, body: bytes, salt: bytes, commitment: str) -> Entry:
        self.head = link(self.head, self.length, tick, kind, commitment)
        made = Entry(self.length, tick, kind, body, salt, commitment, self.head)
        self.length += 1
        return made

    def _salt(self) -> bytes:
        if self._random_salt is not None:
            return self._random_salt()
        return hashlib.sha256(f"{self._secret}/salt/{self.length}".encode()).digest()[:SALT_BYTES]


def check_chain(entries: Iterable[Entry], source: str, *, start: int = 0, previous: str = GENESIS) -> Iterator[Entry]:
    """Yield the entries as long as each fits the chain; raise ``ChainError`` at the first that does not.

    A redacted entry fits if its commitment does.

    Args:
        entries: a journal, or the end of one.
        source: name of the journal, for errors.
        start: the number of the first entry.
        previous: the chain value of the entry before the first.
    """
    for expected_sequence, entry in enumerate(entries, start):
        if entry.sequence < expected_sequence:
            raise ChainError(source, entry.sequence, f"stands here again, after entry {expected_sequence - 1}")
        if entry.sequence != expected_sequence:
            raise ChainError(source, expected_sequence, f"missing: the next entry has number {entry.sequence}")
        if not entry.is_redacted and commitment_of(entry.salt, entry.body) != entry.commitment:
            raise ChainError(source, entry.sequence, "the body does not match its commitment: this entry was changed")
        if link(previous, entry.sequence, entry.tick, entry.kind, entry.commitment) != entry.chain:
            raise ChainError(
                source,
                entry.sequence,
                "the hash chain breaks here: this entry or one before it was changed. Use an unchanged copy.",
            )
        previous = entry.chain
        yield entry


def export_lines(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield a journal as JSON lines: one entry each, then a last line with the count and the chain's head."""
    head, count = GENESIS, 0
    for entry in entries:
        head, count = entry.chain, count + 1
        yield canonical(
            {
                "sequence": entry.sequence,
                "tick": entry.tick,
                "kind": entry.kind,
                "body": entry.body.decode(),
                "salt": b64encode(entry.salt).decode(),
                "commitment": entry.commitment,
                "chain": entry.chain,
            }
        )
    yield canonical({"entries": count, "head": head})


def parse_export(data: bytes, source: str) -> list[Entry]:
    """Read an exported journal, the lines of ``export_lines`` each ended by a newline, and check it.

    Raises:
        ChainError: a line is altered, missing, doubled or cut off; the error names the entry.
        JournalError: the data is no exported journal.
    """
    if not data:
        raise JournalError(source, "empty: expected an exported journal with at least a header line")
    restored, changes = _without_editor_marks(data)
    if changes:
        parse_export(restored, source)  # what else was changed comes first
        raise JournalError(
            source,
            f"{' and '.join(changes)}, as some editors and transfers do. Nothing else was changed: every entry is as it was "
            "written. Copy the file again without a conversion, or save it as UTF-8 without a mark and with LF line ends.",
        )
    lines = data.split(b"\n")
    entries = _parse_lines(lines[:-1] or lines, source)
    if lines[-1]:
        raise ChainError(source, len(entries), "cut off: the last line has no end")
    return entries


def _without_editor_marks(data: bytes) -> tuple[bytes, list[str]]:
    """Return an export without the marks of an editor that rewrote it, and what that editor did; an export has no CR."""
    changes: list[str] = []
    for mark, encoding, change in _MARKS:
        if data.startswith(mark):
            try:
                data = data.removeprefix(mark).decode(encoding).encode()
            except UnicodeError:
                return data, []
            changes.append(change)
            break
    for line_end, name in ((b"\r\n", "CRLF"), (b"\r", "CR")):
        if line_end in data:
            data = data.replace(line_end, b"\n")
            changes.append(f"its line ends were changed from LF to {name}")
    return data, changes


def _parse_lines(lines: Sequence[bytes], source: str) -> list[Entry]:
    entries: list[Entry] = []
    trailer: dict[str, Any] | None = None
    for number, line in enumerate(lines):
        raw: Any = None
        if trailer is not None:
            raise ChainError(source, number, "there is text after the closing line")
        try:
            raw = msgspec.json.decode(line)
            if isinstance(raw, dict) and "head" in raw:
                trailer = raw
            else:
                row = msgspec.convert(raw, _ExportedEntry)
                salt = b64decode(row.salt, validate=True)
                entry = Entry(row.sequence, row.tick, row.kind, row.body.encode(), salt, row.commitment, row.chain)
                if canonical(raw) != line or b64encode(salt).decode() != row.salt:
                    raise ChainError(source, number, "it is not in canonical form")
                entries.append(entry)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            if number == 0:
                raise JournalError(
                    source, f"not an exported journal: line 1: {_unreadable(error, raw, line)}"
                ) from error
            raise ChainError(source, number, f"unreadable: {_unreadable(error, raw, line)}") from error
    checked = list(check_chain(entries, source))
    expected = {"entries": len(entries), "head": entries[-1].chain if entries else GENESIS}
    if trailer is None:
        raise ChainError(source, len(entries), "cut off: the closing line is missing")
    if trailer != expected or canonical(trailer) != lines[-1]:
        raise ChainError(source, len(entries), f"the closing line says {trailer}, the entries give {expected}")
    return checked


def _unreadable(error: Exception, raw: Any, line: bytes) -> str:
    """Say what is wrong with a line that holds no entry."""
    if isinstance(error, msgspec.ValidationError):
        path, expected, got = JSON.problem(error, raw, _ExportedEntry)
        return f"{path}: expected {expected}, got {got}"
    return f"expected an entry as export writes it, got {JSON.shown(line.decode(errors='replace'))}"


def is_kind(value: str) -> bool:
    """Tell whether this release knows a kind of entry."""
    return value in get_args(EntryKind)
