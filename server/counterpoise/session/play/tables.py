"""How people played, as tables for research: the session, those who took part, and what happened at what time of day.

Only people who have said yes are in the tables. Of all others nothing is exported but what is nobody's: stops, phases, seats.
Programs are no people: they are exported. Times are seconds since 1970 in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import fsum
from typing import Any

import msgspec

from counterpoise.session.export.columns import TICK, Column, ExportTable, Row, day, number, whole, words
from counterpoise.session.play.log import PlayEvent, PlayRow
from counterpoise.sim.clock.calendar import Calendar

PROGRAMS = ("bot", "sdk")
_SECONDS = "seconds since 1970 in UTC"
_NO_LOG = "no play log was kept"
_CLIENT = Column(
    "client",
    "browser for a person at the page; bot or sdk for a program; other for a client that did not say",
    levels="browser sdk bot other",
)
_IMPERSONAL = ("served", "stopped", "stop", "phase", "seat", "command")
"""Kinds of events that are exported without the person who caused them."""


def events_of(rows: Sequence[PlayRow]) -> list[tuple[int, PlayEvent]]:
    """Return what happened, with the numbers of the rows; rows that were purged are left out."""
    return [(row.number, row.event()) for row in rows if not row.is_purged]


def consents(events: Sequence[tuple[int, PlayEvent]]) -> dict[str, bool]:
    """Return the last answer of each participant who has answered."""
    return {event.participant: bool(event.detail["given"]) for _, event in events if event.kind == "consent"}


PLAY_COLUMNS = (
    number("began", "time of the first row of the play log", _SECONDS, missing=_NO_LOG),
    number("last_played", "time of the last row of the play log", _SECONDS, missing=_NO_LOG),
    whole("served", "how often a server began to serve it: more than once after a restart", missing=_NO_LOG),
    whole("stops", "stops of the clock", missing=_NO_LOG),
    whole("pauses", "how often it was paused", missing=_NO_LOG),
    number("paused_seconds", "how long it was paused altogether", "seconds", missing=_NO_LOG),
    whole("people", "people at the page who played", missing=_NO_LOG),
    whole("programs", "programs that joined over the network", missing=_NO_LOG),
    whole("others", "clients that did not say what they are", missing=_NO_LOG),
    whole("agreed", "people who let research use how they played; the others are in no table", missing=_NO_LOG),
    whole("refused", "people who said no", missing=_NO_LOG),
    whole("purged", "rows that were erased because a person was purged", missing=_NO_LOG),
)
"""The columns of the table of sessions that come from the play log."""


def play_counts(rows: Sequence[PlayRow]) -> Row:
    """Return what ``PLAY_COLUMNS`` hold for a session with a play log."""
    events = events_of(rows)
    given = consents(events)
    players = {event.participant: event.client for _, event in events if event.role in ("player", "team")}
    clients = [client for participant, client in players.items() if participant]
    times = [event.at for _, event in events]
    pauses = list(_pauses(events))
    return (
        _at(min(times, default=0.0)), _at(max(times, default=0.0)), _count(events, "served"), _count(events, "stop"),
        len(pauses), round(fsum(pauses), 3), clients.count("browser"),
        sum(1 for client in clients if client in PROGRAMS), clients.count("other"),
        sum(1 for answer in given.values() if answer), sum(1 for answer in given.values() if not answer),
        sum(1 for one in rows if one.is_purged),
    )  # fmt: skip


def play_tables(rows: Sequence[PlayRow], calendar: Calendar) -> tuple[ExportTable, ...]:
    """Return the tables ``participants`` and ``events``; none if nothing was recorded."""
    if not rows:
        return ()
    events = events_of(rows)
    given = consents(events)
    shown = [(place, event) for place, event in events if _is_shown(event, given)]
    return _participants(shown, given), _events(shown, given, calendar)


def _has_agreed(event: PlayEvent, given: Mapping[str, bool]) -> bool:
    return event.client in PROGRAMS or given.get(event.participant, False)


def _is_shown(event: PlayEvent, given: Mapping[str, bool]) -> bool:
    return event.kind in _IMPERSONAL or not event.participant or _has_agreed(event, given)


def _participants(shown: Sequence[tuple[int, PlayEvent]], given: Mapping[str, bool]) -> ExportTable:
    columns = (
        Column("participant", "pseudonym, the same in the whole session, and of people of a class in all its sessions"),
        Column("role", "what the person was", levels="player team moderator observer"),
        words("seats", "the seats that it held"),
        _CLIENT,
        number("first", "time of its first event", _SECONDS),
        number("last", "time of its last event", _SECONDS),
        whole("connections", "how often it connected"),
        whole("drops", "how often its connection ended without the server closing it"),
        whole("orders", "orders that were taken"),
        whole("refusals", "messages that were refused"),
        whole("readies", "how often it was ready"),
        number("ready_seconds", "median time from a stop to its ready there", "seconds", missing="it was never ready"),
    )

    def rows() -> Iterator[Row]:
        own: dict[str, list[PlayEvent]] = {}
        for _, event in shown:
            if event.participant and _has_agreed(event, given):
                own.setdefault(event.participant, []).append(event)
        waits = _ready_seconds(shown)
        for participant, events in own.items():
            kinds = [event.kind for event in events]
            known = next((event for event in events if event.role), events[0])
            drops = sum(1 for event in events if event.kind == "left" and not event.detail)
            waited = sorted(waits.get(participant, ()))
            yield (
                participant, known.role, " ".join(dict.fromkeys(event.seat for event in events if event.seat)), known.client,
                _at(events[0].at), _at(events[-1].at), kinds.count("connected"), drops, kinds.count("order"),
                kinds.count("refusal"), kinds.count("ready"), waited[len(waited) // 2] if waited else None,
            )  # fmt: skip

    return ExportTable("participants", "one row per person who agreed, and per program", columns, rows)


def _events(shown: Sequence[tuple[int, PlayEvent]], given: Mapping[str, bool], calendar: Calendar) -> ExportTable:
    columns = (
        whole("row", "number of the row in the play log"),
        number("at", "time of the event", _SECONDS),
        Column("event_kind", "what happened, such as stop, order, ready, refusal, connected, left or seat"),
        TICK,
        day("date", "first day of the window, or day of what the row tells of"),
        Column("seat", "the seat that it was about", missing="it was about none"),
        Column("participant", "pseudonym", missing="the server, its bots and those who have not agreed"),
        Column(_CLIENT.name, _CLIENT.meaning, levels=_CLIENT.levels, missing="the server"),
        whole("entry", "number of the journal entry that it wrote, as in the table orders", missing="it wrote none"),
        Column("detail", "the particulars", "json"),
    )

    def rows() -> Iterator[Row]:
        for place, event in shown:
            who = event.participant if _has_agreed(event, given) else None
            detail = msgspec.json.encode(event.detail, order="deterministic").decode()
            entry: Any = None if event.entry < 0 else event.entry
            yield (
                place, _at(event.at), event.kind, event.tick, calendar.iso(event.tick), event.seat or None,
                who or None, event.client or None, entry, detail,
            )  # fmt: skip

    return ExportTable("events", "one row per thing that happened, with the time of day", columns, rows)


def _ready_seconds(events: Sequence[tuple[int, PlayEvent]]) -> dict[str, list[float]]:
    """Return for each participant the seconds from each stop to its first ready there."""
    found: dict[str, dict[int, float]] = {}
    stops: dict[int, float] = {}
    for _, event in events:
        if event.kind == "stop":
            stops.setdefault(event.tick, event.at)
        elif event.kind == "ready" and event.tick in stops:
            found.setdefault(event.participant, {}).setdefault(event.tick, round(event.at - stops[event.tick], 3))
    return {participant: list(waits.values()) for participant, waits in found.items()}


def _pauses(events: Sequence[tuple[int, PlayEvent]]) -> Iterator[float]:
    """Yield how long each pause took, in seconds; one that had not ended ends with the last event."""
    began: float | None = None
    for _, event in events:
        if event.kind == "phase":
            if began is not None:
                yield event.at - began
            began = event.at if event.detail["phase"] == "paused" else None
    if began is not None:
        yield events[-1][1].at - began


def _count(events: Sequence[tuple[int, PlayEvent]], kind: str) -> int:
    return sum(1 for _, event in events if event.kind == kind)


def _at(seconds: float) -> float:
    return round(seconds, 3)
