"""Replaying a journal: the session that is rebuilt must write every entry of the journal again, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from counterpoise.errors import (
    ChainError,
    CounterpoiseError,
    DivergenceError,
    JournalError,
    OrderError,
    RulesVersionError,
    SnapshotError,
)
from counterpoise.session.commands import decode_command
from counterpoise.session.date_watch import DateWatch
from counterpoise.session.index_deal import chosen_in
from counterpoise.session.journal.bodies import require_form, require_forms
from counterpoise.session.journal.entries import DIGESTED, INPUTS, SERVED, Entry, check_chain, commitment_of
from counterpoise.session.journal.free_text import FreeTexts, filled_content
from counterpoise.session.journal.header import secret_field, secret_in, theory_version
from counterpoise.session.journal.releases import READABLE_FORMATS, advice
from counterpoise.session.orders.teams import Sender
from counterpoise.session.proofs.checkpoints import repeat_checkpoint
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import NO_SECRETS, JournalSettings, ResumePoint, ScenarioSetup, ServerSecrets
from counterpoise.session.session_snapshot import SessionState
from counterpoise.session.snapshot_evidence import SnapshotEvidence, require_evidence
from counterpoise.session.stored_snapshots import end_with_digest, require_world
from counterpoise.sim import RULES_VERSION
from counterpoise.sim.catalogue import decode_move
from counterpoise.sim.types import ActorId
from counterpoise.theory import THEORY_VERSION

Progress = Callable[[Session], None]
_HEADER_FIELDS = (
    "format", "rules_version", "scenario", "scenario_text", "seed", "session", "counterpoise",
)  # fmt: skip


def replay(
    entries: Sequence[Entry],
    source: str,
    *,
    streaming: bool = False,
    until: int | None = None,
    progress: Progress | None = None,
    watch: DateWatch | None = None,
    secrets: ServerSecrets = NO_SECRETS,
    state: SessionState | None = None,
) -> Session:
    """Rebuild a session from its journal, and check the chain and every entry on the way.

    With a state the session starts where the state was: the entries before are checked by the hash chain only.

    A redacted entry is accepted by its commitment; everything around it is compared. The session goes on in the format of
    its journal.

    Args:
        entries: the whole journal.
        source: name of the journal, for errors.
        streaming: whether the session is to go on serving clients.
        until: stop when the clock has reached this tick.
        progress: called after each entry.
        watch: dates on which to look at the session, none after ``until``.
        secrets: of the server that goes on with the session; they also salt what comes after the journal.
        state: the state of the session, whole, after some entry of this journal.

    Raises:
        SnapshotError: the state is of another journal or of another scenario.
        ChainError: an entry does not fit the chain.
        DivergenceError: the replay writes something else; the error names the first tick at which it does.
        RulesVersionError: the journal was written under other rules.
        JournalError: this release cannot read the journal, or an order in it was erased as a whole.
    """
    checked = list(check_chain(entries, source))
    require_forms(checked, source)
    if state is None:
        start = 0
    else:
        start = state.entries
        if not 0 < start <= len(checked) or checked[start - 1].chain != state.chain:
            raise SnapshotError(f"the snapshot was taken after {start} entries of another journal")
    texts = FreeTexts.from_entries(checked)
    session = _from_header(checked, source, checked, texts, streaming=streaming, secrets=secrets, state=state)
    if start and end_with_digest(checked[:start]):
        recorded = next(entry for entry in reversed(checked[:start]) if entry.kind in DIGESTED)
        if recorded.tick == session.now:
            require_world(session, recorded)
    return _followed(session, checked[start:], texts, source, until, progress, watch)


def resume(
    header: Entry,
    texts: Sequence[Entry],
    evidence: SnapshotEvidence,
    later: Sequence[Entry],
    source: str,
    state: SessionState,
    *,
    streaming: bool = False,
    until: int | None = None,
    progress: Progress | None = None,
    watch: DateWatch | None = None,
    secrets: ServerSecrets = NO_SECRETS,
) -> Session:
    """Rebuild a session from a stored snapshot and the entries after it, without replaying the entries before.

    Args:
        header: the first entry of the journal.
        texts: the text entries before the state.
        evidence: what the entries before the state show of it.
        later: the entries after the state.
        source: name of the journal, for errors.
        state: the state, whole, whose chain value the caller has found in the journal.
        streaming: see ``replay``.
        until: see ``replay``.
        progress: see ``replay``.
        watch: see ``replay``.
        secrets: see ``replay``.

    Raises:
        SnapshotError: the state is of another scenario, or is not what the journal shows.
        JournalError: as in ``replay``.
    """
    for entry in texts:
        if not entry.is_redacted and commitment_of(entry.salt, entry.body) != entry.commitment:
            raise ChainError(source, entry.sequence, "the body does not match its commitment")
    checked = list(check_chain(later, source, start=state.entries, previous=state.chain))
    require_forms([*texts, *checked], source)
    stored = [*texts, *checked]
    opening = list(check_chain([header], source))
    filled = FreeTexts.from_entries(stored)
    try:
        session = _from_header(opening, source, stored, filled, streaming=streaming, secrets=secrets, state=state)
        require_evidence(session, state, evidence)
    except (OrderError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # Bytes that only look like a snapshot can fail anywhere while they are made a session.
        raise SnapshotError(f"it holds no state of a session: {error}") from error
    return _followed(session, checked, filled, source, until, progress, watch)


def _followed(
    session: Session,
    later: Sequence[Entry],
    texts: FreeTexts,
    source: str,
    until: int | None,
    progress: Progress | None,
    watch: DateWatch | None,
) -> Session:
    """Bring a session through the entries that follow, comparing each, and return it. ``texts`` has those of the journal."""
    made = session.take_entries()
    whole = True
    for entry in later:
        if watch is not None:
            watch.look_before(session, entry.tick)
        if until is not None and entry.tick > until:
            whole = False
            break
        if not made:
            _reproduce(session, entry, texts, source)
            made = session.take_entries()
        _compare(made.pop(0) if made else None, entry, source)
        if progress is not None:
            progress(session)
    if watch is not None:
        watch.look_before(session, None)
    if whole:
        # A process may die while it writes the entries of one stop. Write the rest of them now.
        session.put_back(made)
        session.forget_replayed()
    if until is not None:
        while session.phase == "running" and session.now < min(until, session.end):
            session.advance(until)
    return session


def header_of(entries: Sequence[Entry], source: str) -> dict[str, Any]:
    """Return the header of a journal; raises ``JournalError`` unless this release can replay the journal."""
    if not entries:
        raise JournalError(source, "no entries: expected at least a header")
    if entries[0].kind != "header":
        raise JournalError(source, f"the first entry is of kind {entries[0].kind}: expected a header")
    if entries[0].is_redacted:
        raise JournalError(source, "the header was redacted: expected the scenario and the seed in it")
    header = _map_in(entries[0], source)
    _require_fields(header, _HEADER_FIELDS, source)
    journal_format, rules, theory = header["format"], header["rules_version"], theory_version(header)
    release = advice(rules, theory, journal_format)
    if rules != RULES_VERSION:
        raise RulesVersionError(source, rules, RULES_VERSION, release)
    if theory != THEORY_VERSION:
        raise RulesVersionError(source, theory, THEORY_VERSION, release, "theory")
    if journal_format not in READABLE_FORMATS:
        formats = " and ".join(map(str, READABLE_FORMATS))
        problem = f"journal format {journal_format}; this release reads {formats}. {release}"
        raise JournalError(source, problem)
    require_form(entries[0], source)
    _require_fields(header, (secret_field(journal_format),), source)
    return header


def _require_fields(header: dict[str, Any], names: Sequence[str], source: str) -> None:
    missing = [name for name in names if name not in header]
    if missing:
        raise JournalError(source, f"a header without {missing[0]}: expected one that counterpoise wrote")


def _map_in(header: Entry, source: str) -> dict[str, Any]:
    """Return what a header holds, whatever it is: its versions say which form to expect."""
    try:
        return header.content()
    except ValueError as error:
        raise JournalError(
            source, f"a header that cannot be read ({error}): expected one that counterpoise wrote"
        ) from None


def _from_header(
    entries: Sequence[Entry],
    source: str,
    stored: Sequence[Entry],
    texts: FreeTexts,
    *,
    streaming: bool,
    secrets: ServerSecrets,
    state: SessionState | None,
) -> Session:
    header = header_of(entries, source)
    return Session(
        scenario_text=header["scenario_text"],
        seed=header["seed"],
        session_id=header["session"],
        secret=secret_in(header),
        streaming=streaming,
        setup=ScenarioSetup(
            source=source,
            recorded=header.get("recorded", False),
            threat_index=chosen_in(header),
            withheld=header.get("withheld", ()),
            forked=header.get("forked"),
        ),
        journal=JournalSettings(
            written_by=header["counterpoise"],
            format=header["format"],
            secrets=secrets,
            stored={entry.sequence: entry for entry in stored},
        ),
        resumed=None if state is None else ResumePoint(state, texts.before(state.entries)),
    )


def _reproduce(session: Session, entry: Entry, texts: FreeTexts, source: str) -> None:
    """Bring the session to where it writes the entry: by the clock, then by the input that the entry holds."""
    while session.phase == "running" and session.now < entry.tick:
        session.advance(entry.tick)
        if session.has_entries and entry.kind not in (*INPUTS, *SERVED):
            return
    if session.has_entries or entry.kind not in (*INPUTS, *SERVED):
        return
    if entry.is_redacted:
        raise JournalError(
            source, f"entry {entry.sequence}: the {entry.kind} was redacted as a whole, a replay ends there"
        )
    if entry.kind == "checkpoint":
        repeat_checkpoint(session, entry, source)
        return
    if entry.kind == "play":
        session.journal.write(session.now, "play", entry.content())
        return
    try:
        content = filled_content(entry, texts)
        if entry.kind == "order":
            session.submit(
                ActorId(content["seat"]),
                content["id"],
                content["window"],
                decode_move(content["move"]),
                content.get("replaces", ""),
                Sender(content.get("member", ""), content.get("proposal", "")),
            )
        else:
            session.command(content["who"], content["id"], decode_command(content["command"]))
    except CounterpoiseError as error:
        raise DivergenceError(source, entry.tick, f"{entry.kind} {content['id']}", f"a refusal: {error}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise JournalError(
            source, f"entry {entry.sequence}: not an {entry.kind} this release reads: {error}"
        ) from error


def _compare(made: Entry | None, entry: Entry, source: str) -> None:
    if made is None:
        raise DivergenceError(source, entry.tick, _name(entry), "nothing")
    if made != entry:
        raise DivergenceError(source, min(made.tick, entry.tick), _name(entry), _name(made))


def _name(entry: Entry) -> str:
    return f"{entry.kind} at tick {entry.tick} ({entry.commitment[:12]})"
