"""Receipts: checkpoints that clients have kept. They show whether a journal is the one that was played, and how far it goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from counterpoise.session.journal.entries import DIGESTED, Entry
from counterpoise.session.proofs.checkpoints import body_of, checkpoints_in
from counterpoise.session.proofs.timestamps import Timestamp, Timestamps
from counterpoise.session.running_session import Session
from counterpoise.wire.checkpoints import Checkpoint


class Provenance(msgspec.Struct, frozen=True, kw_only=True):
    """What shows that a journal is the one that was played."""

    checkpoints: int
    """How many checkpoints the journal has."""
    signed: Literal["no", "unknown key", "yes"]
    """``yes``: the last checkpoint is signed with a key that was given; ``unknown key``: no key was given to compare."""
    signed_entries: int
    """How many entries the signed checkpoints cover, from the first on."""
    keys: list[str]
    """The public keys of the checkpoints."""
    receipts: int
    """How many receipts were given."""
    anchored: int
    """How many of them are checkpoints of this journal."""
    anchored_to: str
    """The date of the latest of these; empty if there is none."""
    extent: Literal["complete", "prefix"]
    """``complete``: the journal has the end of the game; ``prefix``: more may have followed."""
    first_missing: int | None
    """The number of the first entry that a prefix lacks."""
    timestamps: list[Timestamp] = []
    """What authorities say of when the journal stood as its checkpoints or the receipts say."""
    problems: list[str]
    """What speaks against the journal, as sentences."""


def is_signed(checkpoint: Checkpoint) -> bool:
    """Tell whether the signature of a checkpoint fits the key that it names."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(checkpoint.key))
        key.verify(bytes.fromhex(checkpoint.signature), checkpoint.statement())
    except (InvalidSignature, ValueError):
        return False
    return True


def provenance_of(
    entries: Sequence[Entry], session: Session, receipts: Sequence[Checkpoint] = (), keys: Sequence[str] = ()
) -> Provenance:
    """Compare a journal that was replayed with the receipts of its clients and the keys of its servers.

    Args:
        entries: the journal, whole. A replay has found that every checkpoint says how the journal stands there.
        session: made from its header.
        receipts: that clients have kept.
        keys: the public keys of the servers that served the session, 64 hex digits each; empty if they are not
            known.
    """
    found = list(checkpoints_in(entries, session))
    known = [checkpoint for _, checkpoint in found]
    given = sorted(dict.fromkeys(receipts), key=lambda receipt: receipt.tick)
    anchored = [receipt for receipt in given if receipt in known]
    signed = [entry for entry, checkpoint in found if _is_signed_with(checkpoint, keys)]
    has_end = any(entry.kind == "end" for entry in entries)
    missing = [receipt for receipt in given if receipt not in known]
    problems = [
        *_erased_entries(entries),
        *_false_checkpoints(found, entries, keys),
        *_unsigned_end(entries, signed, keys),
        *_missing_receipts(missing, known, entries, session, has_end=has_end),
    ]
    return Provenance(
        checkpoints=len(found),
        signed="no" if not signed else "yes" if keys else "unknown key",
        signed_entries=signed[-1].sequence + 1 if signed else 0,
        keys=list(dict.fromkeys(checkpoint.key for checkpoint in known)),
        receipts=len(given),
        anchored=len(anchored),
        anchored_to=anchored[-1].date if anchored else "",
        extent="complete" if has_end else "prefix",
        first_missing=None if has_end else len(entries),
        problems=problems,
    )


def timestamped(provenance: Provenance, timestamps: Timestamps) -> Provenance:
    """Return a provenance with what authorities say of when the journal stood so, and with what is wrong with timestamps."""
    problems = [*provenance.problems, *timestamps.problems]
    return msgspec.structs.replace(provenance, timestamps=timestamps.held, problems=problems)


def _is_signed_with(checkpoint: Checkpoint, keys: Sequence[str]) -> bool:
    return is_signed(checkpoint) and (not keys or checkpoint.key in keys)


def _erased_entries(entries: Sequence[Entry]) -> Iterator[str]:
    """Say which entries were erased that hold no text, as ``redact`` never does: nobody can check what they said."""
    erased = [entry for entry in entries if entry.is_redacted and entry.kind != "text"]
    if erased:
        more = "" if len(erased) == 1 else f" (and {len(erased) - 1} more)"
        yield f"entry {erased[0].sequence}: this {erased[0].kind} was erased, although only texts may be{more}"


def _false_checkpoints(
    found: Sequence[tuple[Entry, Checkpoint]], entries: Sequence[Entry], keys: Sequence[str]
) -> Iterator[str]:
    """Say what is wrong with the first checkpoint that proves nothing, if there is one."""
    for entry, checkpoint in found:
        body, place = body_of(entry), f"entry {entry.sequence}"
        if body.entries != entry.sequence or body.head != entries[entry.sequence - 1].chain:
            yield f"{place}: this checkpoint is of another journal: what stands before it was changed"
            return
        if not is_signed(checkpoint):
            yield f"{place}: the signature of this checkpoint is false: no server signed this journal"
            return
        if keys and checkpoint.key not in keys:
            yield f"{place}: this checkpoint is signed with the key {checkpoint.key}, which was not given"
            return


def _unsigned_end(entries: Sequence[Entry], signed: Sequence[Entry], keys: Sequence[str]) -> Iterator[str]:
    """Say from where on entries are not signed that a server would have signed."""
    if not keys:
        return
    if not signed:
        yield "not signed: no checkpoint in this journal is signed with a key that was given"
        return
    after = signed[-1].sequence + 1
    if any(entry.kind in DIGESTED for entry in entries[after:]):
        yield f"entry {after}: from here on the journal is not signed, although a server signs each window and the end"


def _missing_receipts(
    missing: Sequence[Checkpoint],
    known: Sequence[Checkpoint],
    entries: Sequence[Entry],
    session: Session,
    *,
    has_end: bool,
) -> Iterator[str]:
    """Say what receipts show that are not in the journal: one sentence for the first of each kind."""
    told: dict[str, list[str]] = {}
    for receipt in missing:
        when = f"the receipt of {receipt.date} ({receipt.phase})"
        if not is_signed(receipt):
            kind, what = "false", "has a false signature: no server gave it"
        elif receipt.session != session.id:
            kind, what = "session", f"is of the session {receipt.session}, and this journal is of {session.id}"
        elif has_end or receipt.tick < entries[-1].tick or any(one.tick == receipt.tick for one in known):
            kind, what = "other", "is of another journal: this is not the journal that was played"
        else:
            kind, what = "later", f"is not in this journal, which stops before: entry {len(entries)} is missing"
        told.setdefault(kind, []).append(f"{when} {what}")
    for first, *others in told.values():
        more = "" if not others else " (and 1 more)" if len(others) == 1 else f" (and {len(others)} more)"
        yield f"{first}{more}"
