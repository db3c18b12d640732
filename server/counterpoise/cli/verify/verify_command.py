"""``counterpoise verify``: replay a journal and compare every entry."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.journals import has_database, lacks_log, play_rows, read_journal, replay_to, snapshot_places
from counterpoise.cli.options.journals import Journal, Json
from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.options.receipts import (
    AuthorityFiles,
    PublicKeys,
    ReceiptFiles,
    TimestampFiles,
    public_key,
    read_receipts,
    read_replies,
)
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.terminal import date_bar, print_json, session_bar
from counterpoise.cli.verify.archives import is_archive, print_archive, verified_archive
from counterpoise.cli.verify.verification import ReplayedJournal, replay_in_segments
from counterpoise.cli.verify.verified_journal import VerifiedJournal, print_verified, verify_schema
from counterpoise.session.journal.entries import Entry
from counterpoise.session.play.log import CheckedPlayLog, compared
from counterpoise.session.proofs.checkpoints import checkpoints_in, counts_messages
from counterpoise.session.proofs.receipts import provenance_of, timestamped
from counterpoise.session.proofs.timestamps import check_timestamps
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session

PARALLEL_FROM = 1_000
"""From how many entries on ``verify`` uses several processes by default. To start them takes longer than a short replay."""


def verify(
    journal: Journal,
    jobs: Annotated[
        int | None,
        number_option(
            "--jobs", "Processes to use; by default one for each processor, for a short journal one.", int, 1, 256
        ),
    ] = None,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="Trust the last snapshot: check the hash chain, and replay what follows it only."),
    ] = False,
    receipt: ReceiptFiles = None,
    key: PublicKeys = None,
    timestamp: TimestampFiles = None,
    authority: AuthorityFiles = None,
    json: Json = False,
    schema: Annotated[bool, schema_option(verify_schema)] = False,
) -> None:
    """Replay a journal and compare every entry.

    If an entry differs, the command names the first one and ends with exit code 1.

    A journal can be consistent in itself and still not be the one that was played. --receipt compares it with what clients
    have kept, and --key with the key of the server. --timestamp shows how the journal stood at a time that an authority
    vouches for. What does not fit is listed, with exit code 1.

    An archive (a zip file of `counterpoise archive`) is checked as a whole: its files against its manifest, its journals
    against themselves, and its tables, debrief and scenarios against what its journals give.
    """
    if is_archive(journal):
        _verify_archive(journal, json=json, options=[receipt, key, timestamp, authority, jobs, quick or None])
        return
    receipts = [one for path in receipt or () for one in read_receipts(path)]
    keys = [public_key(text) for text in key or ()]
    replies, roots = read_replies(timestamp or (), authority or ())
    entries = read_journal(journal)
    opening = replay(entries[:1], str(journal))
    reached, trusted = _replayed(journal, entries, opening, jobs, quick=quick)
    provenance = provenance_of(entries, opening, receipts, keys)
    if replies:
        own = [checkpoint for _, checkpoint in checkpoints_in(entries, opening)]
        provenance = timestamped(provenance, check_timestamps(replies, [*own, *receipts], roots))
    log = _play_log(journal, entries)
    is_sound = not provenance.problems and (log is None or not log.problem)
    verified = VerifiedJournal(
        journal=journal.name,
        verified=is_sound,
        session=opening.id,
        scenario=opening.scenario.id,
        entries=len(entries),
        head=entries[-1].chain,
        to=opening.simulation.world.calendar.iso(reached.tick),
        phase=reached.phase,
        seed_commitment=opening.seed_commitment,
        provenance=provenance,
        trusted=trusted,
        bad_snapshots=reached.bad_snapshots,
        lacks_log=has_database(journal) and lacks_log(journal),
        erased_texts=sum(entry.kind == "text" and entry.is_redacted for entry in entries),
        play_log=log,
    )
    print_json(verified) if json else print_verified(verified)
    if not is_sound:
        raise typer.Exit(1)


def _verify_archive(path: Path, *, json: bool, options: Sequence[object]) -> None:
    """Check an archive, for which the options of a journal have no meaning."""
    if any(option is not None for option in options):
        raise typer.BadParameter(
            "these options are for a journal. Give a journal of the archive, or leave them out.", param_hint=path.name
        )
    found = verified_archive(path)
    print_json(found) if json else print_archive(found)
    if not found.verified:
        raise typer.Exit(1)


def _replayed(
    journal: Path, entries: list[Entry], opening: Session, jobs: int | None, *, quick: bool
) -> tuple[ReplayedJournal, int]:
    """Replay a journal, and return where it ended and how many entries were trusted without a replay."""
    label, end = f"Verifying {journal.name}", max(entry.tick for entry in entries)
    if not quick and has_database(journal):
        processes = jobs or (1 if len(entries) < PARALLEL_FROM else os.cpu_count() or 1)
        bar = date_bar(label, end, opening.simulation.world.calendar)
        return replay_in_segments(journal, snapshot_places(journal), len(entries), processes, bar), 0
    with session_bar(label, end) as show:
        if quick:
            session, trusted = replay_to(entries, journal, end, show)
        else:
            session, trusted = replay(entries, str(journal), streaming=counts_messages(entries), progress=show), 0
    return ReplayedJournal(session.now, session.phase, []), trusted


def _play_log(journal: Path, entries: Sequence[Entry]) -> CheckedPlayLog | None:
    """Return what the play log of a journal is like; ``None`` where there is none and the journal knows of none."""
    if not has_database(journal):
        return None
    found = compared(play_rows(journal), entries)
    return found if found.rows or found.problem else None
