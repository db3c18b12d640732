"""How people played, as tables for research: the session, those who took part, and what happened at what time of day.

Only people who have said yes are in the tables. Of all others nothing is exported but what is nobody's: stops, phases, seats.
Programs are no people: they are exported. Times are seconds since 1970 in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import fsum
from typing import Any

import msgspec

from counterpoise.session.export_tables import ExportTable, Row
from counterpoise.session.play.log import PlayEvent, PlayRow
from counterpoise.sim.clock.calendar import Calendar

PROGRAMS = ("bot", "sdk")
_IMPERSONAL = ("served", "stopped", "stop", "phase", "seat", "command")
"""Kinds of events that are exported without the person who caused them."""


def events_of(rows: Sequence[PlayRow]) -> list[tuple[int, PlayEvent]]:
    """Return what happened, with the numbers of the rows; rows that were purged are left out."""
    return [(row.number, row.event()) for row in rows if not row.is_purged]


def consents(events: Sequence[tuple[int, PlayEvent]]) -> dict[str, bool]:
    """Return the last answer of each participant who has answered."""
    return {event.participant: bool(event.detail["given"]) for _, event in events if event.kind == "consent"}


def play_tables(rows: Sequence[PlayRow], session: str, scenario: str, calendar: Calendar) -> tuple[ExportTable, ...]:
    """Return the tables ``sessions``, ``participants`` and ``events``; none if nothing was recorded."""
    if not rows:
        return ()
    events = events_of(rows)
    given = consents(events)
    shown = [(number, event) for number, event in events if _is_shown(event, given)]
    return (
        _sessions(rows, events, given, session, scenario),
        _participants(shown, given),
        _events(shown, given, calendar),
    )


def _has_agreed(event: PlayEvent, given: Mapping[str, bool]) -> bool:
    return event.client in PROGRAMS or given.get(event.participant, False)


def _is_shown(event: PlayEvent, given: Mapping[str, bool]) -> bool:
    return event.kind in _IMPERSONAL or not event.participant or _has_agreed(event, given)


def _sessions(
    rows: Sequence[PlayRow],
    events: Sequence[tuple[int, PlayEvent]],
    given: Mapping[str, bool],
    session: str,
    scenario: str,
) -> ExportTable:
    columns = (
        ("session", "name of the session"),
        ("scenario", "its scenario"),
        ("began", "time of the first row of the play log, in seconds since 1970 in UTC"),
        ("ended", "time of the last row"),
        ("served", "how often a server began to serve it: more than once after a restart"),
        ("stops", "stops of the clock"),
        ("pauses", "how often it was paused"),
        ("paused_seconds", "how long it was paused altogether"),
        ("people", "people at the page who played"),
        ("programs", "programs that joined over the network"),
        ("others", "clients that did not say what they are"),
        ("agreed", "people who let research use how they played; the others are in no table"),
        ("refused", "people who said no"),
        ("purged", "rows that were erased because a person was purged"),
    )

    def row() -> Iterator[Row]:
        players = {event.participant: event.client for _, event in events if event.role in ("player", "team")}
        clients = [client for participant, client in players.items() if participant]
        times = [event.at for _, event in events]
        pauses = list(_pauses(events))
        yield (
            session, scenario, _at(min(times, default=0.0)), _at(max(times, default=0.0)), _count(events, "served"),
            _count(events, "stop"), len(pauses), round(fsum(pauses), 3),
            clients.count("browser"), sum(1 for client in clients if client in PROGRAMS), clients.count("other"),
            sum(1 for answer in given.values() if answer), sum(1 for answer in given.values() if not answer),
            sum(1 for one in rows if one.is_purged),
        )  # fmt: skip

    return ExportTable("sessions", "one row: how the session was played", columns, row)


def _participants(shown: Sequence[tuple[int, PlayEvent]], given: Mapping[str, bool]) -> ExportTable:
    columns = (
        ("participant", "pseudonym, the same in the whole session, and of people of a class in all its sessions"),
        ("role", "player, team or moderator"),
        ("seats", "the seats that it held, separated by spaces"),
        ("client", "browser for a person at the page; bot or sdk for a program; other for a client that did not say"),
        ("first", "time of its first event, in seconds since 1970 in UTC"),
        ("last", "time of its last event"),
        ("connections", "how often it connected"),
        ("drops", "how often its connection ended without the server closing it"),
        ("orders", "orders that were taken"),
        ("refusals", "messages that were refused"),
        ("readies", "how often it was ready"),
        ("ready_seconds", "median of the seconds from a stop to its ready there; empty without any"),
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
                kinds.count("refusal"), kinds.count("ready"), waited[len(waited) // 2] if waited else "",
            )  # fmt: skip

    return ExportTable("participants", "one row per person who agreed, and per program", columns, rows)


def _events(shown: Sequence[tuple[int, PlayEvent]], given: Mapping[str, bool], calendar: Calendar) -> ExportTable:
    columns = (
        ("row", "number of the row in the play log"),
        ("at", "time, in seconds since 1970 in UTC"),
        (
            "kind",
            "what happened, such as stop, order, ready, refusal, connected, left or seat",
        ),
        ("tick", "day of the session, from 0"),
        ("date", "its date"),
        ("seat", "the seat, empty if it was about none"),
        ("participant", "pseudonym; empty for the server, its bots and those who have not agreed"),
        ("client", "browser, sdk, bot or other; empty for the server"),
        ("entry", "number of the journal entry that it wrote, as in the table orders; empty if it wrote none"),
        ("detail", "the particulars as JSON"),
    )

    def rows() -> Iterator[Row]:
        for number, event in shown:
            who = event.participant if _has_agreed(event, given) else ""
            detail = msgspec.json.encode(event.detail, order="deterministic").decode()
            entry: Any = "" if event.entry < 0 else event.entry
            yield (
                number, _at(event.at), event.kind, event.tick, calendar.iso(event.tick), event.seat, who, event.client,
                entry, detail,
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
