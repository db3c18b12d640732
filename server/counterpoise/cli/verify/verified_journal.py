"""What ``counterpoise verify`` says of a journal, as a document and as text."""

from __future__ import annotations

from typing import Any

import msgspec

from counterpoise.cli.archive.manifest import VerifiedArchive
from counterpoise.cli.terminal import console
from counterpoise.document_schema import json_schema
from counterpoise.session.play.log import CheckedPlayLog
from counterpoise.session.proofs.receipts import Provenance


class VerifiedJournal(msgspec.Struct, frozen=True, kw_only=True):
    """What ``verify --json`` prints about a journal whose entries are what a replay gives."""

    journal: str
    """The name of the file."""
    verified: bool
    """Whether nothing speaks against the journal, see the problems of its provenance."""
    session: str
    scenario: str
    entries: int
    head: str
    """The last value of the chain."""
    to: str
    """The date up to which the journal goes."""
    phase: str
    seed_commitment: str
    provenance: Provenance
    trusted: int = 0
    """With ``--quick``: how many entries were not replayed, because the snapshot after them was trusted."""
    bad_snapshots: list[int] = []
    """After how many entries there is a snapshot that is not the state there. The entries are sound nonetheless."""
    lacks_log: bool = False
    """Whether the file was copied while in use, without its log: then what came last is missing."""
    erased_texts: int = 0
    """How many texts were erased with ``redact``. The rest is compared."""
    play_log: CheckedPlayLog | None = None
    """What the play log beside the journal is like; null for an export, which has none, and for a journal without one."""


def verify_schema() -> dict[str, Any]:
    """Return the JSON Schema of what ``counterpoise verify --json`` prints."""
    return json_schema("counterpoise verify", VerifiedJournal, VerifiedArchive)


def print_verified(verified: VerifiedJournal) -> None:
    """Print what was found, the journal itself first and what is known of its origin after it."""
    extent = f"{verified.entries} entries up to {verified.to}, head {verified.head[:16]}…"
    if verified.trusted:
        rest = verified.entries - verified.trusted
        replayed = f"the last {rest}" if rest else "none"
        console.print(
            f"{verified.journal}: The first {verified.trusted} entries were not replayed, because --quick trusts the snapshot "
            "after them."
        )
        console.print(f"The hash chain is whole: {extent}. Replayed and compared: {replayed}.")
    else:
        word = "verified" if verified.verified else "consistent in itself, but not verified"
        console.print(f"{verified.journal}: {word}. {extent}")
    if verified.erased_texts:
        texts = "1 text was" if verified.erased_texts == 1 else f"{verified.erased_texts} texts were"
        console.print(f"{texts} erased with redact; everything else is as it was written.")
    for place in verified.bad_snapshots:
        console.print(f"The snapshot after {place} entries is not the state there. The entries are sound.")
    if verified.play_log is not None:
        _print_play_log(verified.play_log)
    _print_provenance(verified.provenance, verified.entries)


def _print_play_log(log: CheckedPlayLog) -> None:
    if log.problem:
        console.print(f"The play log is not as it was written: {log.problem}.", markup=False)
        return
    later = f" {log.rows - log.sealed} came after the last stop that the journal has." if log.rows > log.sealed else ""
    console.print(f"The play log fits the journal: {log.sealed} of {log.rows} rows.{later}")
    if log.purged:
        rows = "1 row of the play log was" if log.purged == 1 else f"{log.purged} rows of the play log were"
        console.print(f"{rows} purged; everything else in it is as it was written.")


def _print_provenance(found: Provenance, entries: int) -> None:
    if found.extent == "complete":
        console.print("Complete: the journal has the end of the game.")
    else:
        console.print(
            f"A prefix: the journal stops before the end of the game. If the game went on, entry {found.first_missing} is the "
            "first that is missing."
        )
    covered = f"the first {found.signed_entries} of {entries} entries"
    if found.signed == "yes":
        console.print(f"Signed with a key that was given: {covered}.")
    elif found.signed == "unknown key":
        console.print(
            f"Signed with the key {found.keys[-1]}: {covered}. Give --key to compare the key with the server's."
        )
    else:
        console.print("Not signed.")
    if found.receipts:
        to = f", the latest of {found.anchored_to}" if found.anchored else ""
        console.print(f"Anchored by {found.anchored} of {found.receipts} receipts{to}.")
    for stamp in found.timestamps:
        console.print(
            f"Timestamped: the receipt of {stamp.receipt} existed at {stamp.existed_at} ({stamp.file}).", markup=False
        )
    for problem in found.problems:
        console.print(f"Problem: {problem}", markup=False)
