"""``counterpoise verify``: replay a journal and compare every entry."""

from __future__ import annotations

import os
from typing import Annotated

import msgspec
import typer

from counterpoise.cli.journals import has_database, lacks_log, read_journal, replay_to, snapshot_places
from counterpoise.cli.options.journals import Journal, Json
from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.terminal import console, date_bar, print_json, session_bar
from counterpoise.cli.verify.verification import replay_in_segments
from counterpoise.session.journal.entries import check_chain
from counterpoise.session.replay import replay


class VerifiedJournal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What ``verify --json`` prints about a journal that verifies."""

    journal: str
    """The name of the file."""
    verified: bool
    session: str
    scenario: str
    entries: int
    head: str
    """The last value of the chain."""
    to: str
    """The date up to which the journal goes."""
    phase: str
    seed_commitment: str
    trusted: int = 0
    """With ``--quick``: how many entries were not replayed, because the snapshot after them was trusted."""
    bad_snapshots: list[int] = []
    """After how many entries there is a snapshot that is not the state there. The entries are sound nonetheless."""
    lacks_log: bool = False
    """Whether the file was copied while in use, without its log: then what came last is missing."""
    erased_texts: int = 0
    """How many texts were erased with ``redact``. The rest is compared."""


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
    json: Json = False,
) -> None:
    """Replay a journal and compare every entry.

    If an entry differs, the command names the first one and ends with exit code 1.
    """
    entries = read_journal(journal)
    list(check_chain(entries, str(journal)))
    opening = replay(entries[:1], str(journal))
    calendar, end = opening.simulation.world.calendar, max(entry.tick for entry in entries)
    label, trusted, bad = f"Verifying {journal.name}", 0, list[int]()
    if quick:
        with session_bar(label, end) as show:
            session, trusted = replay_to(entries, journal, end, show)
        tick, phase = session.now, session.phase
    elif has_database(journal):
        processes = jobs or (1 if len(entries) < PARALLEL_FROM else os.cpu_count() or 1)
        found = replay_in_segments(
            journal, snapshot_places(journal), len(entries), processes, date_bar(label, end, calendar)
        )
        tick, phase, bad = found.tick, found.phase, found.bad_snapshots
    else:
        with session_bar(label, end) as show:
            session = replay(entries, str(journal), progress=show)
        tick, phase = session.now, session.phase
    verified = VerifiedJournal(
        journal=journal.name,
        verified=True,
        session=opening.id,
        scenario=opening.scenario.id,
        entries=len(entries),
        head=entries[-1].chain,
        to=calendar.iso(tick),
        phase=phase,
        seed_commitment=opening.seed_commitment,
        trusted=trusted,
        bad_snapshots=bad,
        lacks_log=has_database(journal) and lacks_log(journal),
        erased_texts=sum(entry.kind == "text" and entry.is_redacted for entry in entries),
    )
    if json:
        print_json(verified)
    else:
        _print_verified(verified)


def _print_verified(verified: VerifiedJournal) -> None:
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
        console.print(f"{verified.journal}: verified. {extent}")
    if verified.erased_texts:
        texts = "1 text was" if verified.erased_texts == 1 else f"{verified.erased_texts} texts were"
        console.print(f"{texts} erased with redact; everything else is as it was written.")
    for place in verified.bad_snapshots:
        console.print(f"The snapshot after {place} entries is not the state there. The entries are sound.")
