"""A play log: its rows are tied to each other and to the journal, and rows of a purged person can go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count

from msgspec import to_builtins

from counterpoise.session.journal.entries import Chain
from counterpoise.session.play.log import PlayChain, PlayEvent, PlayRow, compared, problem_in
from counterpoise.session.play.tables import PLAY_COLUMNS, play_counts, play_tables
from counterpoise.sim.clock.calendar import Calendar


def rows_of(events: list[PlayEvent]) -> tuple[list[PlayRow], PlayChain]:
    salts = count()
    chain = PlayChain(lambda: next(salts).to_bytes(16, "big"))
    return [chain.row(event) for event in events], chain


EVENTS = [
    PlayEvent(0.0, "stop", 0, detail={"window": 0, "occasion": "window", "called": ["ARD", "BEL"]}),
    PlayEvent(0.5, "consent", 0, "ARD", "p1", "browser", "player", detail={"given": True}),
    PlayEvent(1.0, "order", 0, "ARD", "p1", "browser", "player", entry=7),
    PlayEvent(2.0, "ready", 0, "ARD", "p1", "browser", "player"),
    PlayEvent(2.5, "consent", 0, "BEL", "p2", "browser", "player", detail={"given": False}),
    PlayEvent(3.0, "ready", 0, "BEL", "p2", "browser", "player"),
    PlayEvent(4.0, "ready", 0, "COR", "p3", "bot", "player"),
    PlayEvent(4.5, "ready", 0, "DRU", "p4", "other", "player"),
]


def test_a_changed_a_missing_and_a_new_row_are_found_and_a_purged_one_is_not_forged() -> None:
    rows, chain = rows_of(EVENTS)
    seal = Chain("secret").entry(0, "play", to_builtins(chain.seal()))
    assert compared(rows, [seal]).problem == ""
    later = replace(rows[2], body=rows[2].body.replace(b"1.0", b"9.0"))
    assert "row 2 of the play log does not match" in problem_in([*rows[:2], later, *rows[3:]])
    assert "row 3 of the play log is missing" in problem_in([*rows[:3], *rows[4:]])
    assert "commits to 8 rows of the play log, and there are 7" in compared(rows[:-1], [seal]).problem
    forged, _ = rows_of([*EVENTS[:2], replace_at(EVENTS[2], 9.0), *EVENTS[3:]])
    assert problem_in(forged) == ""
    assert "commits to other rows" in compared(forged, [seal]).problem
    purged = [replace(row, body=b"", salt=b"") if row.number in (4, 5) else row for row in rows]
    found = compared(purged, [seal])
    assert (found.rows, found.sealed, found.purged, found.problem) == (8, 8, 2, "")


def replace_at(event: PlayEvent, at: float) -> PlayEvent:
    return PlayEvent(at, event.kind, event.tick, event.seat, event.participant, event.client, event.role, event.entry)


def test_rows_after_the_last_stop_are_not_yet_sealed() -> None:
    rows, chain = rows_of(EVENTS[:3])
    seal = Chain("secret").entry(0, "play", to_builtins(chain.seal()))
    later = chain.row(EVENTS[3])
    assert compared([*rows, later], [seal]).sealed == 3


def test_tables_hold_who_agreed_and_programs_and_nobody_else() -> None:
    rows, _ = rows_of(EVENTS)
    tables = {table.name: table for table in play_tables(rows, Calendar(date(1955, 1, 1), 3))}
    participants = list(tables["participants"].rows())
    assert [row[0] for row in participants] == ["p1", "p3"]
    assert dict(zip(tables["participants"].names, participants[0], strict=True))["ready_seconds"] == 2.0
    assert {row[6] for row in tables["events"].rows()} == {None, "p1", "p3"}
    told = dict(zip((column.name for column in PLAY_COLUMNS), play_counts(rows), strict=True))
    assert (told["people"], told["programs"], told["others"], told["agreed"], told["refused"]) == (2, 1, 1, 1, 1)
