"""The moment of a journal that a fork or a new session goes on from, with the last stored state before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from counterpoise.errors import InputError, SnapshotError
from counterpoise.session.forks.continuation import JournalMoment
from counterpoise.session.forks.shared_past import SharedPast, past_at_snapshot
from counterpoise.session.journal.entries import Entry
from counterpoise.session.journal.inputs import inputs_of
from counterpoise.session.session_snapshot import SessionState
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.validation_errors import JSON

NAME_CHARACTERS_MAX = 40
"""The longest name of a session."""


class StoredStates(Protocol):
    """The snapshots of a journal, wherever it is kept."""

    def places(self) -> list[int]:
        """Return after how many entries each snapshot was taken, in order."""

    def state_at(self, entries: int) -> SessionState:
        """Return the state in the snapshot after so many entries; raise ``SnapshotError`` if it is missing or damaged."""


def moment_at(
    entries: Sequence[Entry], source: str, tick: int, calendar: Calendar, stored: StoredStates | None
) -> JournalMoment:
    """Return a moment of a journal.

    Args:
        entries: the whole journal.
        source: its name, for errors.
        tick: the moment, in days since the scenario's start.
        calendar: of the scenario.
        stored: its snapshots; ``None`` if it has none.
    """
    first = next((given.sequence for given in inputs_of(entries) if given.tick >= tick), len(entries))
    found = None if stored is None else last_sound_past(entries, source, stored, tick, first)
    return JournalMoment(entries, source, tick, calendar.iso(tick), None if found is None else found[1])


def last_sound_past(
    entries: Sequence[Entry], source: str, stored: StoredStates, tick: int, before: int
) -> tuple[int, SharedPast] | None:
    """Return the last snapshot that a fork can start from, as its number of entries and the past in it; ``None`` without one.

    Args:
        entries: the journal.
        source: its name, for errors.
        stored: its snapshots.
        tick: the snapshot was taken at this tick or before it.
        before: the number of the first entry that the fork changes; the snapshot was taken before that entry.
    """
    for place in reversed(stored.places()):
        if place > min(before, len(entries)) or entries[place - 1].tick > tick:
            continue
        try:
            past = past_at(entries, source, stored, place)
        except SnapshotError:
            continue
        return None if past is None else (place, past)
    return None


def past_at(entries: Sequence[Entry], source: str, stored: StoredStates, place: int) -> SharedPast | None:
    """Return the past in the snapshot after ``place`` entries; ``None`` if no fork of the journal can start from one.

    Raises:
        SnapshotError: the snapshot is missing or damaged.
    """
    scenario = parse_scenario(entries[0].content()["scenario_text"], source)
    return past_at_snapshot(entries, source, stored.state_at(place), scenario)


def tick_in(day: str, calendar: Calendar, last: int) -> int:
    """Return the tick of a day that somebody names.

    Args:
        day: the date as text, such as ``1958-02-01``.
        calendar: of the scenario.
        last: the last tick that the session has reached.

    Raises:
        InputError: the text is no date, or the day is none of the session.
    """
    try:
        tick: int = calendar.tick_of(date.fromisoformat(day))
    except ValueError:
        tick = -1
    if not 0 <= tick <= last:
        expected = f"a day of the session, from {calendar.iso(0)} to {calendar.iso(last)}"
        raise InputError("the day", "", expected, JSON.shown(day))
    return tick


def name_of(moment: JournalMoment, session: str, number: int = 1) -> str:
    """Return the name of a session that goes on from a moment: the old name and the date, and from the second one on its number.

    Args:
        moment: where it goes on.
        session: the name of the session of the journal.
        number: 1 for the first session that goes on from there.
    """
    end = f"-{moment.date}" + (f"-{number}" if number > 1 else "")
    return re.sub("[^A-Za-z0-9-]", "-", session)[: NAME_CHARACTERS_MAX - len(end)] + end
