"""Running a journal again: the session it makes must write every entry the journal has, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from counterpoise.errors import CounterpoiseError, DivergenceError, JournalError, RulesVersionError
from counterpoise.session.commands import command_from
from counterpoise.session.journal import FORMAT_VERSION, INPUTS, Entry, check_chain
from counterpoise.session.running_session import Session
from counterpoise.sim import RULES_VERSION
from counterpoise.sim.catalogue import decode_move
from counterpoise.sim.types import ActorId

Progress = Callable[[Session], None]


def replay(
    entries: Sequence[Entry],
    source: str,
    *,
    streaming: bool = False,
    until: int | None = None,
    progress: Progress | None = None,
) -> Session:
    """Rebuild a session from its journal, checking the chain and every entry on the way.

    Args:
        entries: the whole journal.
        source: its name, for errors.
        streaming: whether the session is to go on serving clients.
        until: stop when the clock has reached this tick.
        progress: called after each entry.

    Raises:
        ChainError: an entry is not what was written.
        DivergenceError: the re-run writes something else; names the first tick at which it does.
        RulesVersionError: written under other rules.
        JournalError: not a journal this version can read.
    """
    checked = list(check_chain(entries, source))
    session = _from_header(checked, source, streaming=streaming)
    made = session.take_entries()
    whole = True
    for entry in checked:
        if until is not None and entry.tick > until:
            whole = False
            break
        if not made:
            _reproduce(session, entry, source)
            made = session.take_entries()
        _compare(made.pop(0) if made else None, entry, source)
        if progress is not None:
            progress(session)
    if whole:
        # A process may die between writing the entries of one stop: what it had not written is written now.
        session.put_back(made)
    if until is not None:
        while session.phase == "running" and session.now < min(until, session.end):
            session.advance(until)
    return session


def header_of(entries: Sequence[Entry], source: str) -> dict[str, Any]:
    """Return the header of a journal; raises ``JournalError`` unless this version can play it."""
    if not entries:
        raise JournalError(source, "no entries: expected at least a header")
    if entries[0].kind != "header":
        raise JournalError(source, f"the first entry is of kind {entries[0].kind}; expected a header")
    header = entries[0].content()
    if header.get("format") != FORMAT_VERSION:
        raise JournalError(source, f"journal format {header.get('format')}; this version reads {FORMAT_VERSION}")
    if header["rules_version"] != RULES_VERSION:
        raise RulesVersionError(source, header["rules_version"], RULES_VERSION)
    return header


def _from_header(entries: Sequence[Entry], source: str, *, streaming: bool) -> Session:
    header = header_of(entries, source)
    return Session(
        scenario_text=header["scenario_text"],
        seed=header["seed"],
        session_id=header["session"],
        secret=header["secret"],
        streaming=streaming,
        source=source,
        written_by=header["counterpoise"],
        recorded=header.get("recorded", False),
        forked=header.get("forked"),
        withheld=header.get("withheld", ()),
    )


def _reproduce(session: Session, entry: Entry, source: str) -> None:
    """Bring the session to the point where it writes the entry: by the clock, then by the input the entry holds."""
    while session.phase == "running" and session.now < entry.tick:
        session.advance(entry.tick)
        if session.has_entries and entry.kind not in INPUTS:
            return
    if entry.kind not in INPUTS or session.has_entries:
        return
    content = entry.content()
    try:
        if entry.kind == "order":
            session.submit(ActorId(content["seat"]), content["id"], content["window"], decode_move(content["move"]))
        else:
            session.command(content["who"], content["id"], command_from(content["command"]))
    except CounterpoiseError as error:
        raise DivergenceError(source, entry.tick, f"{entry.kind} {content['id']}", f"a refusal: {error}") from error


def _compare(made: Entry | None, entry: Entry, source: str) -> None:
    if made is None:
        raise DivergenceError(source, entry.tick, _name(entry), "nothing")
    if made != entry:
        raise DivergenceError(source, min(made.tick, entry.tick), _name(entry), _name(made))


def _name(entry: Entry) -> str:
    return f"{entry.kind} at tick {entry.tick} ({entry.commitment[:12]})"
